//! Headquarters' side of a push: custody first, judgement second.
//!
//! [`examine`] checks what can be checked from the bytes and the seat's key; [`decide`] says
//! what is new, whether it counts, and what to answer. Both are pure: headquarters loads what
//! they need and stores what they say in one transaction.
//!
//! ```text
//!   known:            0 ── 1 ── 2            a run …
//!   repeat            0 ── 1 ── 2            that is all stored: nothing is fresh
//!   extension              1 ── 2 ── 3 ── 4  that goes on from the tip: 3, 4 are fresh
//!   gap                                   4  whose parent is not stored: 3 is expected
//!   fork                   1 ── 2'── 3'      that leaves the chain: 2', 3' are fresh and held
//! ```

use std::collections::BTreeSet;

use domain::act::{Act, OpenJournal, Role};
use domain::ids::{EventId, SeatId, SigningKey};
use domain::state::{Custody, HeldReason};
use proof::chain::{self, ChainFault, Journal, Tip, Verified};
use proof::head::{Head, HeadFault, SignedHead};
use proof::seat::{self, SeatFault};
use thiserror::Error;

use crate::message::push::{JournalAnswer, Part};

/// The author of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The seat.
    pub seat: SeatId,
    /// The key under which its heads verify.
    pub key: SigningKey,
}

/// A part of a push that is what it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Its journal.
    pub journal: Journal,
    /// The seat that wrote and signed it.
    pub author: Author,
    /// Its events, never empty, each following the one before.
    pub run: Vec<Verified>,
    /// The head, to be kept beside the events.
    pub head: SignedHead,
}

/// What the examination of a part shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Examination {
    /// The part verifies.
    Whole(Box<Examined>),
    /// The journal is not known and this is not its beginning, so no key is at hand to check it.
    NeedsBeginning(Journal),
}

/// Why a part is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AdmissionFault {
    /// There is no event in it.
    #[error("the part has no events")]
    Empty,
    /// An event is not what it says it is.
    #[error(transparent)]
    Chain(#[from] ChainFault),
    /// The head is not what it says it is.
    #[error(transparent)]
    Head(#[from] HeadFault),
    /// The head is not the head of these events.
    #[error("the head names another last event than the part has")]
    OtherTip,
    /// The first event of the journal does not open it.
    #[error("the first event of the journal does not name its seat")]
    NotOpened,
    /// The first event names a seat that is not its key's.
    #[error(transparent)]
    Seat(#[from] SeatFault),
}

/// Checks a part by itself. `known` is the author of its journal, where headquarters has it.
///
/// # Errors
/// See [`AdmissionFault`].
pub fn examine(part: Part, known: Option<Author>) -> Result<Examination, AdmissionFault> {
    let journal = journal_of(&part)?;
    let run = chain::verify_run(journal, part.events)?;
    let first = run.first().ok_or(AdmissionFault::Empty)?;
    let author = match known {
        Some(author) => author,
        None if first.header.seq > 0 => return Ok(Examination::NeedsBeginning(journal)),
        None => author_named_in(first)?,
    };
    let head = part.head.verify(&author.key)?;
    if run.last().map(tip_of) != Some(head.tip) {
        return Err(AdmissionFault::OtherTip);
    }
    Ok(Examination::Whole(Box::new(Examined { journal, author, run, head: part.head })))
}

/// The journal a part claims to be of; nothing is verified yet.
///
/// # Errors
/// [`AdmissionFault::Head`] when the head cannot be read.
pub fn journal_of(part: &Part) -> Result<Journal, AdmissionFault> {
    Ok(Head::from_bytes(&part.head.head)?.journal)
}

fn author_named_in(first: &Verified) -> Result<Author, AdmissionFault> {
    let opening = opening_of(first).ok_or(AdmissionFault::NotOpened)?;
    seat::verify_opening(opening)?;
    Ok(Author { seat: opening.seat, key: opening.key })
}

/// What a journal says of its seat, when this event opens it. Whether the key is the seat's is
/// `proof::seat::verify_opening`'s to say.
pub fn opening_of(first: &Verified) -> Option<&OpenJournal> {
    match &first.body.as_ref()?.act {
        Act::OpenJournal(opening) => Some(opening),
        Act::OpenInspection(_)
        | Act::CancelInspection(_)
        | Act::AssignSeat(_)
        | Act::Set(_)
        | Act::BeginFinding(_)
        | Act::WithdrawFinding(_)
        | Act::FollowRemedy(_)
        | Act::Admit(_)
        | Act::SetAside(_)
        | Act::Unknown(_) => None,
    }
}

fn tip_of(event: &Verified) -> Tip {
    Tip { seq: event.header.seq, id: event.id }
}

/// What headquarters knows of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The end of its first branch.
    pub tip: Tip,
    /// Whether it has two events after the same one.
    pub forked: bool,
}

/// What the author may do in this inspection, by headquarters' own record at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is on the team, or it opens this inspection itself.
    OnTeam,
    /// It is not on the team.
    NotOnTeam,
    /// The seat is revoked.
    Revoked,
    /// Headquarters does not know the seat.
    Unknown,
}

/// Who wrote a journal, by headquarters' own record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// Headquarters itself: its own journal, brought back by a tablet after a restore.
    Headquarters,
    /// A seat that it knows.
    Seat {
        /// Whether it is revoked.
        is_revoked: bool,
        /// The role of its person in the inspection; `None` when nobody ever said one.
        role: Option<Role>,
    },
    /// A seat that it does not know.
    Unknown,
}

/// What the author may do. `opens` tells that the run opens an inspection that nobody has opened.
pub fn standing(writer: Writer, opens: bool) -> Standing {
    match writer {
        Writer::Headquarters => Standing::OnTeam,
        Writer::Unknown => Standing::Unknown,
        Writer::Seat { is_revoked: true, .. } => Standing::Revoked,
        Writer::Seat { role: Some(Role::Member | Role::Lead), .. } => Standing::OnTeam,
        Writer::Seat { role: None, .. } if opens => Standing::OnTeam,
        Writer::Seat { role: Some(Role::None) | None, .. } => Standing::NotOnTeam,
    }
}

/// What is to be stored and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// How many events at the beginning of the run are stored already; all others are to be.
    pub stored: usize,
    /// Whether the others count.
    pub custody: Custody,
    /// What headquarters knows of the journal afterwards; `None` when nothing of it is stored.
    pub known: Option<Known>,
    /// The answer.
    pub answer: JournalAnswer,
}

/// Decides about an examined part.
///
/// `stored` says which of these are in custody already: the ids of the run, and the id before
/// its first event.
pub fn decide(
    examined: &Examined,
    known: Option<Known>,
    stored: &BTreeSet<EventId>,
    standing: Standing,
) -> Decision {
    let run = &examined.run;
    let old = run.iter().take_while(|event| stored.contains(&event.id)).count();
    let Some(fresh) = run.get(old) else { return repeat(examined, known) };
    match place(fresh, known, stored, old > 0) {
        Place::Gap { expected } => gap(examined, known, expected),
        Place::Extension => extension(examined, known, old, standing),
        Place::Fork => fork(examined, known, old, standing),
    }
}

enum Place {
    Extension,
    Fork,
    Gap { expected: u64 },
}

fn place(
    fresh: &Verified,
    known: Option<Known>,
    stored: &BTreeSet<EventId>,
    parent_in_run: bool,
) -> Place {
    let tip = known.map(|known| known.tip);
    if fresh.header.prev == tip.map(|tip| tip.id) {
        // One that names the tip and leaves out a `seq` is never taken.
        let expected = chain::next_seq(tip);
        let follows = fresh.header.seq == expected;
        return if follows { Place::Extension } else { Place::Gap { expected } };
    }
    let parent_stored = fresh.header.prev.is_none_or(|prev| stored.contains(&prev));
    if parent_in_run || parent_stored {
        return Place::Fork;
    }
    let next = chain::next_seq(tip);
    // A run from within the known chain whose parent is not in it left the chain earlier.
    let expected = if fresh.header.seq > next { next } else { 0 };
    Place::Gap { expected }
}

fn repeat(examined: &Examined, known: Option<Known>) -> Decision {
    let last = last_seq(examined);
    let through = match known {
        Some(Known { tip, forked: false }) => last.max(tip.seq),
        Some(Known { forked: true, .. }) | None => last,
    };
    let forked = known.is_some_and(|known| known.forked);
    Decision {
        stored: examined.run.len(),
        custody: Custody::Accepted,
        known,
        answer: JournalAnswer { fork: forked, ..accepted(examined, through) },
    }
}

fn gap(examined: &Examined, known: Option<Known>, expected: u64) -> Decision {
    Decision {
        stored: examined.run.len(),
        custody: Custody::Accepted,
        known,
        answer: JournalAnswer {
            accepted_through: known.map(|known| known.tip.seq),
            expected: Some(expected),
            fork: known.is_some_and(|known| known.forked),
            ..blank(examined.journal)
        },
    }
}

fn extension(
    examined: &Examined,
    known: Option<Known>,
    stored: usize,
    standing: Standing,
) -> Decision {
    let forked = known.is_some_and(|known| known.forked);
    let tip = examined.run.last().map(tip_of);
    Decision {
        known: tip.map(|tip| Known { tip, forked }),
        ..taken(examined, stored, forked, standing)
    }
}

fn fork(examined: &Examined, known: Option<Known>, stored: usize, standing: Standing) -> Decision {
    Decision {
        known: known.map(|known| Known { forked: true, ..known }),
        ..taken(examined, stored, true, standing)
    }
}

fn taken(examined: &Examined, stored: usize, forked: bool, standing: Standing) -> Decision {
    let held = held(forked, standing);
    let answer = JournalAnswer { held, fork: forked, ..accepted(examined, last_seq(examined)) };
    let custody = held.map_or(Custody::Accepted, Custody::Held);
    Decision { stored, custody, known: None, answer }
}

fn held(forked: bool, standing: Standing) -> Option<HeldReason> {
    match standing {
        Standing::Revoked => Some(HeldReason::SeatRevoked),
        Standing::Unknown => Some(HeldReason::UnknownSeat),
        Standing::OnTeam | Standing::NotOnTeam if forked => Some(HeldReason::Forked),
        Standing::NotOnTeam => Some(HeldReason::NotOnTeam),
        Standing::OnTeam => None,
    }
}

fn accepted(examined: &Examined, through: u64) -> JournalAnswer {
    JournalAnswer { accepted_through: Some(through), ..blank(examined.journal) }
}

/// An answer about a journal that says nothing yet.
pub fn blank(journal: Journal) -> JournalAnswer {
    JournalAnswer {
        inspection: journal.inspection,
        journal: journal.journal,
        accepted_through: None,
        held: None,
        expected: None,
        fork: false,
        refused: None,
    }
}

/// The answer when the beginning of an unknown journal is needed first.
pub fn needs_beginning(journal: Journal) -> JournalAnswer {
    JournalAnswer { expected: Some(0), ..blank(journal) }
}

fn last_seq(examined: &Examined) -> u64 {
    examined.run.last().map_or(0, |event| event.header.seq)
}

#[cfg(test)]
#[path = "admission/tests.rs"]
mod tests;
