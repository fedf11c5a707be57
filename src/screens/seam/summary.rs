//! One line of the first page about an inspection, worked out from its folded state.

use std::rc::Rc;

use domain::checklist::Checklist;
use domain::ids::{InspectionId, SeatId};
use domain::state::{Cancelled, State};
use jiff::civil::Date;

use crate::inspection::plan::Plan;
use crate::inspection::state::{Progress, Sheet};

/// What the first page shows of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionSummary {
    /// Its id.
    pub id: InspectionId,
    /// The establishment's name.
    pub establishment: String,
    /// The establishment's kind, a name that checklists use.
    pub kind: String,
    /// The day of the inspection.
    pub on: Date,
    /// The number of the decision; `None` while it is pending.
    pub decision: Option<String>,
    /// That headquarters cancelled it, with the reason; it can be read and written on.
    pub cancelled: Option<Cancelled>,
    /// Who opened it.
    pub opened_by: OpenedBy,
    /// How far it is.
    pub progress: Progress,
    /// Its events that headquarters holds.
    pub held: u64,
    /// Its events that headquarters has not accepted yet.
    pub pending: u64,
    /// Its fields with words that are kept on this tablet and not recorded.
    pub drafts: usize,
}

/// Who opened an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenedBy {
    /// Headquarters.
    Headquarters,
    /// This seat.
    Me,
    /// The colleague with this name.
    Colleague(String),
}

/// What waits of an inspection on this tablet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Events that headquarters has not accepted yet.
    pub pending: u64,
    /// Fields with words that are not recorded.
    pub drafts: usize,
}

/// The line about an inspection; `None` while its opening has not arrived.
pub fn summarise(
    id: InspectionId,
    state: State,
    lists: Vec<Rc<Checklist>>,
    me: SeatId,
    waiting: Waiting,
) -> Option<InspectionSummary> {
    let opening = &state.opened()?.opening;
    let plan = Plan::new(lists, &opening.establishment.kind, opening.on);
    let sheet = Sheet::new(plan, state, me, Vec::new());
    line(id, sheet.state(), me, sheet.progress(), waiting)
}

/// The line about an inspection whose progress is known.
pub(crate) fn line(
    id: InspectionId,
    state: &State,
    me: SeatId,
    progress: Progress,
    waiting: Waiting,
) -> Option<InspectionSummary> {
    let opened = state.opened()?;
    let establishment = &opened.opening.establishment;
    Some(InspectionSummary {
        id,
        establishment: establishment.name.clone(),
        kind: establishment.kind.clone(),
        on: opened.opening.on,
        decision: state.decision().map(str::to_owned),
        cancelled: state.cancelled().cloned(),
        opened_by: opened_by(state, opened.author, me),
        progress,
        held: state.held().count() as u64,
        pending: waiting.pending,
        drafts: waiting.drafts,
    })
}

/// Headquarters names every seat of a team before a colleague's copy can arrive here, so an
/// author that it never named is headquarters itself.
fn opened_by(state: &State, author: SeatId, me: SeatId) -> OpenedBy {
    match state.seat(&author) {
        _ if author == me => OpenedBy::Me,
        Some(seat) => OpenedBy::Colleague(seat.name.clone()),
        None => OpenedBy::Headquarters,
    }
}
