//! The first page: a line for each inspection, worked out from the store.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::InspectionId;
use domain::moment::Moment;
use domain::order;
use leptos::prelude::*;
use screens::seam::{EstablishmentKind, InspectionSummary, Waiting, summarise};
use storage::store::beginning::Laid;

use crate::library::current;
use crate::tablet::Tablet;
use crate::{Facts, record};

/// An inspection's line on the first page; lines stand by day, and in the order of opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    opened_at: Moment,
    summary: InspectionSummary,
}

/// Works out the line of every inspection.
pub(crate) async fn refresh_all(tablet: &Rc<Tablet>) {
    let Some(facts) = tablet.facts() else { return };
    let Ok(known) = facts.inspections().await else { return };
    for inspection in known {
        refresh(tablet, inspection.id).await;
    }
}

/// Works out the line of one inspection: from the screen if it is open, else from the store.
pub(crate) async fn refresh(tablet: &Rc<Tablet>, inspection: InspectionId) {
    if tablet.open_as(inspection).is_some() && tablet.summaries.borrow().contains_key(&inspection) {
        refresh_one(tablet, inspection);
        return refresh_pending(tablet, inspection).await;
    }
    let Some(facts) = tablet.facts() else { return };
    if let Some(line) = line(tablet, &facts, inspection).await {
        put(tablet, line);
    }
}

/// Works out the line of the open inspection without reading anything.
pub(crate) fn refresh_one(tablet: &Rc<Tablet>, inspection: InspectionId) {
    let known = tablet.summaries.borrow().get(&inspection).cloned();
    let (Some(known), Some(model)) = (known, tablet.open_as(inspection)) else { return };
    if let Some(summary) = model.summary(known.summary.pending) {
        put(tablet, Line { summary, ..known });
    }
}

/// Counts anew what of an inspection headquarters has not accepted, without folding anything.
pub(crate) async fn refresh_pending(tablet: &Rc<Tablet>, inspection: InspectionId) {
    put_pending(tablet, |id| id == inspection).await;
}

/// Counts anew what headquarters has not accepted, without folding anything.
pub(crate) async fn refresh_pending_of_all(tablet: &Rc<Tablet>) {
    put_pending(tablet, |_| true).await;
}

async fn put_pending(tablet: &Rc<Tablet>, is_wanted: impl Fn(InspectionId) -> bool) {
    let Some(facts) = tablet.facts() else { return };
    let Ok(own) = facts.tips().await else { return };
    let mut pending: BTreeMap<InspectionId, u64> = BTreeMap::new();
    for own in &own.rows {
        *pending.entry(own.journal.inspection).or_default() += own.pending();
    }
    let lines: Vec<Line> = tablet.summaries.borrow().values().cloned().collect();
    for Line { opened_at, summary } in lines.into_iter().filter(|line| is_wanted(line.summary.id)) {
        let pending = pending.get(&summary.id).copied().unwrap_or(0);
        put(tablet, Line { opened_at, summary: InspectionSummary { pending, ..summary } });
    }
}

async fn line(tablet: &Rc<Tablet>, facts: &Facts, inspection: InspectionId) -> Option<Line> {
    let seat = tablet.seat()?;
    let Laid { entries, drafts, .. } = facts.laid(inspection).await.ok()?;
    let record = record::fold(&entries.rows, &seat.headquarters());
    let opened = record.state.opened()?;
    let opened_at = opened.at;
    // An inspection whose checklists are still on their way is listed all the same.
    let pinned = &opened.opening.checklists;
    let checklists = tablet.library.checklists(facts, pinned).await.unwrap_or_default();
    let me = seat.record.seat;
    let waiting = Waiting { pending: record.pending, drafts: drafts.rows.len() };
    let summary = summarise(inspection, record.state, checklists, me, waiting)?;
    Some(Line { opened_at, summary })
}

fn put(tablet: &Tablet, line: Line) {
    let mut lines = tablet.summaries.borrow_mut();
    let id = line.summary.id;
    if lines.insert(id, line.clone()).as_ref() == Some(&line) {
        return;
    }
    let mut lines: Vec<_> = lines.values().collect();
    order::sort_by_key(&mut lines, |line| (line.summary.on, line.opened_at, line.summary.id));
    tablet.board.inspections.set(lines.into_iter().map(|line| line.summary.clone()).collect());
}

/// The kinds of establishment that can be chosen, from the law that is in use.
pub(crate) async fn refresh_kinds(tablet: &Rc<Tablet>) {
    let Some(facts) = tablet.facts() else { return };
    let Ok(list) = facts.pack_list().await else { return };
    let Some(hash) = current(&list, "law").next() else { return };
    if let Ok(law) = tablet.library.law(&facts, hash).await {
        let kinds = law
            .establishment_kinds
            .iter()
            .map(|term| EstablishmentKind { id: term.id.clone(), words: term.words.clone() });
        tablet.board.kinds.set(kinds.collect());
    }
}
