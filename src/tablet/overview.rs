//! The first page: a line for each inspection, worked out from the store.

use std::rc::Rc;

use domain::ids::InspectionId;
use domain::moment::Moment;
use leptos::prelude::*;
use screens::seam::{EstablishmentKind, InspectionSummary, summarise};
use storage::contract::OwnJournal;

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

/// Works out the line of one inspection from the store.
pub(crate) async fn refresh(tablet: &Rc<Tablet>, inspection: InspectionId) {
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
    let Some(facts) = tablet.facts() else { return };
    let Ok(own) = facts.tips().await else { return };
    let of_it = own.rows.iter().filter(|own| own.journal.inspection == inspection);
    let pending = of_it.map(OwnJournal::pending).sum();
    let known = tablet.summaries.borrow().get(&inspection).cloned();
    if let Some(Line { opened_at, summary }) = known {
        put(tablet, Line { opened_at, summary: InspectionSummary { pending, ..summary } });
    }
}

async fn line(tablet: &Rc<Tablet>, facts: &Facts, inspection: InspectionId) -> Option<Line> {
    let seat = tablet.seat()?;
    let entries = facts.entries(inspection).await.ok()?;
    let record = record::fold(&entries.rows, &seat.headquarters());
    let opened = record.state.opened()?;
    let opened_at = opened.at;
    // An inspection whose checklists are still on their way is listed all the same.
    let pinned = &opened.opening.checklists;
    let checklists = tablet.library.checklists(facts, pinned).await.unwrap_or_default();
    let me = seat.record.seat;
    let summary = summarise(inspection, record.state, checklists, me, record.pending)?;
    Some(Line { opened_at, summary })
}

fn put(tablet: &Tablet, line: Line) {
    let mut lines = tablet.summaries.borrow_mut();
    let id = line.summary.id;
    if lines.insert(id, line.clone()).as_ref() == Some(&line) {
        return;
    }
    let mut lines: Vec<_> = lines.values().collect();
    lines.sort_by_key(|line| (line.summary.on, line.opened_at, line.summary.id));
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
