//! Recording: what the inspector did becomes an event, and the event becomes stored.
//!
//! Everything here is done in the queue. The screen has shown the act as *recorded* before;
//! it hears *stored* only when the transaction completed, and otherwise what went wrong.

use std::rc::Rc;

use domain::act::{Act, BeginFinding, Body, OpenJournal, WithdrawFinding};
use domain::ids::{FindingId, InspectionId, JournalId, Salt};
use domain::register::{Address, Field, Subject, Value, Write};
use domain::state::{Custody, Entry, State};
use leptos::prelude::*;
use proof::chain::{self, Circumstance, Journal, Tip};
use screens::seam::{DraftPlace, InspectionModel, Settled, StoreTrouble, Ticket};
use storage::batch::Batch;
use storage::contract::{Appended, Fault};
use storage::drafts::{Draft, DraftKey};
use sync::reception;

use crate::seat::Seat;
use crate::tablet::Tablet;
use crate::{APP, Facts, browser, draft_field, overview, showing, tabs, trouble};

/// How often a recording is begun anew when another tab has written in between.
const TRIES: u32 = 50;

/// What is to be recorded; what it replaces is found out when its turn comes.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    Write { address: Address, value: Value },
    Begin { finding: FindingId, item: String, field: Field, value: Value },
    Withdraw { finding: FindingId, reason: String },
}

/// Records in the open inspection and settles the ticket.
pub(crate) fn record(
    tablet: Rc<Tablet>,
    inspection: InspectionId,
    ticket: Option<Ticket>,
    asked: Asked,
) {
    let jobs = tablet.jobs.clone();
    jobs.give(async move {
        let asked = std::slice::from_ref(&asked);
        let recorded = record_batch(&tablet, inspection, asked).await;
        settle(&tablet, inspection, ticket, &recorded);
    });
}

/// Records several values in one batch: all of them are stored, or none.
pub(crate) fn record_all(
    tablet: Rc<Tablet>,
    inspection: InspectionId,
    writes: Vec<(Ticket, Address, Value)>,
) {
    let jobs = tablet.jobs.clone();
    jobs.give(async move {
        let (tickets, asked): (Vec<_>, Vec<_>) = writes
            .into_iter()
            .map(|(ticket, address, value)| (ticket, Asked::Write { address, value }))
            .unzip();
        let recorded = record_batch(&tablet, inspection, &asked).await;
        settle(&tablet, inspection, tickets, &recorded);
    });
}

/// Says what became of a recording: first where the inspector looks, then everywhere else.
fn settle(
    tablet: &Rc<Tablet>,
    inspection: InspectionId,
    tickets: impl IntoIterator<Item = Ticket>,
    recorded: &Result<Stored, Fault>,
) {
    let settled = match recorded {
        Ok(_) => Settled::Stored,
        Err(fault) => Settled::Failed(trouble::of(fault)),
    };
    if let Some(model) = tablet.open_as(inspection) {
        tickets.into_iter().for_each(|ticket| model.settle(ticket, settled));
    }
    if let Ok(stored) = recorded {
        stored.tell(tablet);
    }
    overview::refresh_one(tablet, inspection);
}

/// Each of what is asked is at another address, so none of them replaces another.
async fn record_batch(
    tablet: &Rc<Tablet>,
    inspection: InspectionId,
    asked: &[Asked],
) -> Result<Stored, Fault> {
    let not_open = || Fault::Other("the inspection is not open".to_owned());
    let (facts, seat) = tablet.facts_and_seat().ok_or_else(not_open)?;
    let model = tablet.open_as(inspection).ok_or_else(not_open)?;
    for _ in 0..TRIES {
        let (acts, drafts) = model.with_state(|state| {
            let acts = asked.iter().map(|asked| act(state, asked)).collect();
            let drafts = asked.iter().filter_map(|asked| draft_of(inspection, state, asked));
            (acts, drafts.collect())
        });
        match append(tablet, &facts, &seat, inspection, acts, drafts).await? {
            Outcome::Stored(stored) => {
                show(&model, &stored.entries);
                return Ok(stored);
            }
            Outcome::OtherTab(elsewhere) => {
                // First what was recorded there, then where it ends: an event that follows names
                // everything it replaces.
                showing::catch_up(tablet, &model).await?;
                elsewhere.into_iter().for_each(|(journal, tip)| tablet.note_journal(journal, tip));
            }
        }
    }
    Err(Fault::Blocked)
}

fn act(state: &State, asked: &Asked) -> Act {
    match asked.clone() {
        Asked::Write { address, value } => Act::Set(write(state, address, value)),
        Asked::Begin { finding, item, field, value } => {
            let first = write(state, Address::finding(finding, field), value);
            Act::BeginFinding(BeginFinding { finding, item, first })
        }
        Asked::Withdraw { finding, reason } => {
            Act::WithdrawFinding(WithdrawFinding { finding, reason })
        }
    }
}

fn write(state: &State, address: Address, value: Value) -> Write {
    let over = state.over(&address);
    Write { address, value, over }
}

/// The draft that becomes this event. An answer is chosen and never typed, so it has none.
fn draft_of(inspection: InspectionId, state: &State, asked: &Asked) -> Option<DraftKey> {
    let place = match asked {
        Asked::Write { address, .. } if address.field == Field::Answer => return None,
        Asked::Write { address, .. } => place_of(state, address)?,
        Asked::Begin { finding, item, field, .. } => {
            DraftPlace { item: item.clone(), finding: Some(*finding), field: field.clone() }
        }
        Asked::Withdraw { .. } => return None,
    };
    Some(draft_field::key(inspection, &place))
}

fn place_of(state: &State, address: &Address) -> Option<DraftPlace> {
    let field = address.field.clone();
    match &address.subject {
        Subject::Item(item) => Some(DraftPlace { item: item.clone(), finding: None, field }),
        Subject::Finding(id) => {
            let item = state.finding(*id)?.item.to_owned();
            Some(DraftPlace { item, finding: Some(*id), field })
        }
        Subject::Inspection => None,
    }
}

fn show(model: &InspectionModel, entries: &[Entry]) {
    entries.iter().for_each(|entry| model.apply(entry, Custody::Accepted));
}

/// What came of appending.
pub(crate) enum Outcome {
    /// The events are on disk.
    Stored(Stored),
    /// Another tab has written in this journal, opened another or left it: catch up, go on where
    /// it ends, and begin anew.
    OtherTab(Option<(Journal, Tip)>),
}

/// Events that were just stored.
pub(crate) struct Stored {
    /// As the fold takes them.
    entries: Vec<Entry>,
    journal: Journal,
    through: u64,
}

impl Stored {
    /// Tells the second place, the other tabs and syncing.
    pub(crate) fn tell(&self, tablet: &Rc<Tablet>) {
        tabs::recorded(tablet, self.journal, self.through, self.entries.len() as u64);
    }
}

/// Appends acts to this seat's journal in an inspection, opening the journal if there is none.
/// Whoever asks tells everybody of what was stored.
pub(crate) async fn append(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    inspection: InspectionId,
    acts: Vec<Act>,
    drafts: Vec<DraftKey>,
) -> Result<Outcome, Fault> {
    let (journal, tip) = match tablet.journal(inspection) {
        Some((journal, tip)) => (journal, Some(tip)),
        None => (Journal { inspection, journal: JournalId(random()?) }, None),
    };
    let mut batch = Batch::after(journal, tip);
    let opening = tip.is_none().then(|| open_journal(seat));
    for act in opening.into_iter().chain(acts) {
        batch.record(circumstance()?, &Body::of(act)).map_err(|fault| other(&fault))?;
    }
    drafts.into_iter().for_each(|draft| batch.finish_draft(draft));
    match facts.append(&batch).await {
        Appended::Stored => Ok(Outcome::Stored(stored(tablet, seat, &batch)?)),
        Appended::Behind(Some(tip)) => Ok(Outcome::OtherTab(Some((journal, tip)))),
        Appended::Elsewhere(journal, tip) => Ok(Outcome::OtherTab(Some((journal, tip)))),
        Appended::Behind(None) | Appended::Left => {
            tablet.leave_journal(journal);
            Ok(Outcome::OtherTab(None))
        }
        Appended::Failed(fault) => Err(fault),
    }
}

fn open_journal(seat: &Seat) -> Act {
    let (seat, key) = (seat.record.seat, seat.record.signing_public);
    Act::OpenJournal(OpenJournal { seat, key, app: APP.to_owned() })
}

fn circumstance() -> Result<Circumstance, Fault> {
    Ok(Circumstance { at: browser::now(), salt: Salt(random()?), anchor: None })
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    browser::random().map_err(|lacking| other(&lacking))
}

fn other(fault: &impl ToString) -> Fault {
    Fault::Other(fault.to_string())
}

fn stored(tablet: &Rc<Tablet>, seat: &Seat, batch: &Batch) -> Result<Stored, Fault> {
    let author =
        sync::admission::Author { seat: seat.record.seat, key: seat.record.signing_public };
    let mut entries = Vec::with_capacity(batch.events().len());
    for (index, (tip, event)) in batch.events().iter().enumerate() {
        let verified = chain::verify_event(event.clone(), index).map_err(|fault| other(&fault))?;
        entries.push(reception::entry(&verified, author));
        let inspection = batch.journal().inspection;
        tablet.with_shown(inspection, |shown| shown.stored(&verified, author));
        tablet.note_journal(batch.journal(), *tip);
    }
    let through = batch.tip().map_or(0, |tip| tip.seq);
    Ok(Stored { entries, journal: batch.journal(), through })
}

/// Keeps or drops what is being typed. A draft that cannot be kept is still on screen and tried
/// again with the next key; the event made of it says whether it is stored.
pub(crate) fn put_draft(
    tablet: Rc<Tablet>,
    inspection: InspectionId,
    place: DraftPlace,
    text: Option<String>,
) {
    let jobs = tablet.jobs.clone();
    jobs.give(async move {
        let Some(facts) = tablet.facts() else { return };
        let key = draft_field::key(inspection, &place);
        let kept = match text {
            Some(text) => facts.put_draft(&Draft { key, text, at: browser::now() }).await,
            None => facts.drop_draft(&key).await,
        };
        if let Err(fault) = kept {
            tablet.board.session.set(broken(&fault, &tablet));
        }
    });
}

/// A store that was taken over or damaged is for a person to mend before anything is lost; one
/// that is full says so at the item that could not be stored.
fn broken(fault: &Fault, tablet: &Tablet) -> screens::seam::Session {
    match trouble::of(fault) {
        trouble @ (StoreTrouble::Blocked | StoreTrouble::Newer | StoreTrouble::Damaged) => {
            screens::seam::Session::Broken(trouble)
        }
        StoreTrouble::Full | StoreTrouble::Unavailable => tablet.board.session.get_untracked(),
    }
}
