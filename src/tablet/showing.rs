//! Showing an inspection: from the store to the screen.

use std::rc::Rc;

use domain::ids::InspectionId;
use leptos::prelude::*;
use screens::seam::{
    Desk, DraftPlace, Hands, InspectionModel, Intent, OpenedInspection, Unreadable,
};
use storage::contract::Fault;
use storage::drafts::Draft;
use storage::store::beginning::Laid;
use sync::reception::Received;

use crate::library::PackTrouble;
use crate::record;
use crate::seat::Seat;
use crate::shown::Shown;
use crate::syncing::News;
use crate::tablet::{self, Tablet};
use crate::{Facts, draft_field, overview, trouble};

/// Shows an inspection, after everything that is being recorded is: what was typed in the one
/// before is recorded there as long as that is open.
pub(crate) fn show(tablet: Rc<Tablet>, inspection: InspectionId) {
    let jobs = tablet.jobs.clone();
    jobs.give(async move {
        if tablet.open_as(inspection).is_some() {
            return;
        }
        tablet.board.desk.set(Desk::Fetching(inspection));
        let Some((facts, seat)) = tablet.facts_and_seat() else { return };
        let opened = open(&tablet, &facts, &seat, inspection).await;
        // The inspector may have gone elsewhere in the meantime.
        if is_fetching(&tablet, inspection) {
            let desk = match opened {
                Ok((model, shown)) => {
                    tablet.show(shown);
                    Desk::Open(model)
                }
                Err(why) => Desk::Unreadable(inspection, why),
            };
            tablet.board.desk.set(desk);
        }
    });
}

/// Does not show an inspection any longer. What was typed has been recorded or put aside by the
/// screen. Another one that is shown already stays, and so does one in which something could not
/// be stored: whoever comes back to it finds it as it was.
pub(crate) fn leave(tablet: &Rc<Tablet>, inspection: InspectionId) {
    let left = tablet.clone();
    tablet.jobs.give(async move {
        if left.open_as(inspection).is_some() {
            overview::refresh_one(&left, inspection);
            overview::refresh_pending(&left, inspection).await;
        }
        let fails = left.open_as(inspection).is_some_and(|model| model.has_failed());
        if !fails && left.board.desk.with_untracked(|desk| is_about(desk, inspection)) {
            left.board.desk.set(Desk::Empty);
        }
    });
}

fn is_about(desk: &Desk, inspection: InspectionId) -> bool {
    match desk {
        Desk::Empty => false,
        Desk::Fetching(id) | Desk::Unreadable(id, _) => *id == inspection,
        Desk::Open(model) => model.id() == inspection,
    }
}

async fn open(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    id: InspectionId,
) -> Result<(Rc<InspectionModel>, Shown), Unreadable> {
    let Laid { entries, drafts, visible } = facts.laid(id).await.map_err(|fault| store(&fault))?;
    let record = record::fold(&entries.rows, &seat.headquarters());
    let opening = record.state.opened().ok_or(Unreadable::Unknown)?.opening.clone();
    let pack = |trouble| match trouble {
        PackTrouble::Missing => Unreadable::PackMissing,
        PackTrouble::Store(fault) => store(&fault),
    };
    let wanted: Vec<_> = opening.checklists.iter().copied().chain([opening.law]).collect();
    tablet.library.fetch(facts, &wanted).await.map_err(pack)?;
    let checklists = tablet.library.checklists(facts, &opening.checklists).await.map_err(pack)?;
    let law = tablet.library.law(facts, opening.law).await.map_err(pack)?;
    let drafts = placed(drafts.rows);
    let me = seat.record.seat;
    let opened = OpenedInspection { id, state: record.state, checklists, law, me, drafts, visible };
    Ok((InspectionModel::new(opened, hands(tablet)), Shown::new(id, record.known)))
}

fn store(fault: &Fault) -> Unreadable {
    Unreadable::Store(trouble::of(fault))
}

fn placed(drafts: Vec<Draft>) -> Vec<(DraftPlace, String)> {
    let place = |draft: Draft| Some((draft_field::place(&draft.key)?, draft.text));
    drafts.into_iter().filter_map(place).collect()
}

/// What was being typed in an inspection.
pub(crate) async fn drafts(
    facts: &Facts,
    inspection: InspectionId,
) -> Result<Vec<(DraftPlace, String)>, Fault> {
    Ok(placed(facts.drafts(inspection).await?.rows))
}

fn hands(tablet: &Rc<Tablet>) -> Hands {
    let wiring = tablet::wiring(tablet);
    Hands {
        send: Rc::new(move |intent: Intent| wiring.send.run(intent)),
        fresh_finding: Rc::new(tablet::fresh_finding),
    }
}

/// Folds into the open inspection what the store has and it has not: what another tab recorded,
/// or what came from headquarters.
pub(crate) async fn catch_up(tablet: &Tablet, model: &InspectionModel) -> Result<(), Fault> {
    let (id, facts) = (model.id(), tablet.facts());
    let known = tablet.with_shown(id, |shown| shown.ids().clone());
    let (Some(facts), Some(known)) = (facts, known) else { return Ok(()) };
    let rows = facts.entries_beyond(id, &known).await?.rows;
    let entries = tablet.with_shown(id, |shown| shown.take_in(&rows)).unwrap_or_default();
    entries.iter().for_each(|(entry, custody)| model.apply(entry, *custody));
    Ok(())
}

/// Reads what another tab stored of an inspection, once for everything it tells meanwhile.
pub(crate) fn catch_up_later(tablet: &Rc<Tablet>, inspection: InspectionId) {
    if !tablet.behind.borrow_mut().insert(inspection) {
        return;
    }
    let own = tablet.clone();
    tablet.jobs.give(async move {
        own.behind.borrow_mut().remove(&inspection);
        if let Some(model) = own.open_as(inspection) {
            // What cannot be read now is read when the inspection is opened again.
            let _ = catch_up(&own, &model).await;
        }
        overview::refresh(&own, inspection).await;
    });
}

/// Shows what came from headquarters, if this inspection is the open one. One that is being opened
/// may have been read before the news were stored: it takes them in as soon as it is open.
pub(crate) fn show_news(tablet: &Rc<Tablet>, inspection: InspectionId, news: &News) {
    match news {
        News::FoldAnew => show_anew(tablet, inspection),
        News::Fold(received) => match tablet.open_as(inspection) {
            Some(model) => take_in(tablet, &model, received),
            None if is_fetching(tablet, inspection) => catch_up_later(tablet, inspection),
            None => {}
        },
    }
}

fn take_in(tablet: &Tablet, model: &InspectionModel, news: &[Received]) {
    for received in news {
        tablet.with_shown(model.id(), |shown| shown.received(received));
        model.apply(&received.entry(), received.custody);
    }
}

/// Folds the open inspection anew, if it is this one: something that counted does not any more.
pub(crate) fn show_anew(tablet: &Rc<Tablet>, inspection: InspectionId) {
    if tablet.open_as(inspection).is_some() {
        tablet.board.desk.set(Desk::Empty);
        show(tablet.clone(), inspection);
    } else if is_fetching(tablet, inspection) {
        let own = tablet.clone();
        tablet.jobs.give(async move {
            if own.open_as(inspection).is_some() {
                show_anew(&own, inspection);
            }
        });
    }
}

/// Whether this inspection is being read from the store.
fn is_fetching(tablet: &Tablet, inspection: InspectionId) -> bool {
    let is_this = |desk: &Desk| matches!(desk, Desk::Fetching(wanted) if *wanted == inspection);
    tablet.board.desk.with_untracked(is_this)
}
