//! The fold: what an inspection's events amount to.
//!
//! The same events give the same state in any order, with repeats, and in any grouping, also
//! across a snapshot; `state/laws.rs` proves it. No value is chosen by a clock, and nothing that
//! was recorded is dropped: what has no effect is listed as such. Bytes and chains were checked
//! before (`proof`); who may be on the team is headquarters' judgement (`sync::admission`).

mod reading;
pub mod snapshot;
pub mod team;

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

pub use crate::merge::{Register, Written};

use crate::act::{
    Act, AssignSeat, BeginFinding, Body, CancelInspection, Judgement, OpenInspection,
    WithdrawFinding,
};
use crate::ids::{EventId, FindingId, PersonId, SeatId};
use crate::merge::few::{Few, Keys};
use crate::moment::Moment;
use crate::order;
use crate::register::{Address, Subject, Write};
use crate::remedy::FollowUps;

/// One verified event as the fold sees it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// The event's id.
    #[n(0)]
    pub id: EventId,
    /// The seat whose key signed the head over it.
    #[n(1)]
    pub author: SeatId,
    /// Its place in the author's journal.
    #[n(2)]
    pub seq: u64,
    /// When the author's machine says it was recorded.
    #[n(3)]
    pub at: Moment,
    /// What was done; `None` when the body is withheld from this copy.
    #[cbor(n(4), with = "snapshot::body_as_bytes")]
    pub body: Option<Body>,
}

/// Whether an event counts, by headquarters' record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Custody {
    /// Part of the state.
    Accepted,
    /// Kept and shown, and no part of the state until a person at headquarters admits it.
    Held(HeldReason),
}

/// Why an event is held.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    minicbor::Encode,
    minicbor::Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum HeldReason {
    /// The author was not on the team when the event arrived.
    #[n(0)]
    NotOnTeam,
    /// The author's seat is revoked.
    #[n(1)]
    SeatRevoked,
    /// The journal has two events after the same one.
    #[n(2)]
    Forked,
    /// Headquarters does not know the author's seat.
    #[n(3)]
    UnknownSeat,
}

/// A held event, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct HeldEntry {
    /// The event.
    #[n(0)]
    pub entry: Entry,
    /// Why it is held.
    #[n(1)]
    pub reason: HeldReason,
}

impl HeldEntry {
    /// Keeps of two reports of one event, whichever came first, the copy that has its body and
    /// the first of the reasons; whether the body is news.
    fn join(&mut self, other: Self) -> bool {
        self.reason = self.reason.min(other.reason);
        let is_news = self.entry.body.is_none() && other.entry.body.is_some();
        if is_news {
            self.entry = other.entry;
        }
        is_news
    }
}

/// What people at headquarters decided about a held event. The greater word stands: what was
/// admitted once stays admitted, so that the order of arrival cannot matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
enum Verdict {
    #[n(0)]
    SetAside,
    #[n(1)]
    Admitted,
}

/// Who opened the inspection, and how.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Opened {
    /// The seat that opened it.
    #[n(0)]
    pub author: SeatId,
    /// When, by its clock.
    #[n(1)]
    pub at: Moment,
    /// With what.
    #[n(2)]
    pub opening: OpenInspection,
}

/// That the inspection does not take place.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Cancelled {
    /// Why.
    #[n(0)]
    pub reason: String,
    /// When, by headquarters' clock.
    #[n(1)]
    pub at: Moment,
    /// The person at headquarters.
    #[n(2)]
    pub by: Option<PersonId>,
}

/// Why an event of the record changes nothing in the state.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum NoEffect {
    /// Its act is of a later version.
    #[n(0)]
    UnknownAct(#[n(0)] String),
    /// Its act counts only in headquarters' journals.
    #[n(1)]
    NotHeadquarters(#[n(0)] String),
    /// Its body is withheld from this copy.
    #[n(2)]
    Withheld,
}

/// Which of headquarters' own words is the later one.
///
/// Headquarters writes a journal of its own after each restore, so `seq` alone does not tell;
/// it never dates an event before its own last one in the inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
struct Order {
    #[n(0)]
    at: Moment,
    #[n(1)]
    seq: u64,
    #[n(2)]
    id: EventId,
}

impl Order {
    fn of(entry: &Entry) -> Self {
        Self { at: entry.at, seq: entry.seq, id: entry.id }
    }
}

/// One word of headquarters on a seat.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Assigned {
    #[n(0)]
    order: Order,
    #[n(1)]
    assign: AssignSeat,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Begun {
    #[n(0)]
    item: String,
    #[n(1)]
    author: SeatId,
    #[n(2)]
    at: Moment,
}

/// That a finding was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Withdrawal {
    /// Why.
    #[n(0)]
    pub reason: String,
    /// The seat that withdrew it.
    #[n(1)]
    pub author: SeatId,
    /// When, by its clock.
    #[n(2)]
    pub at: Moment,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
struct FindingRecord {
    #[n(0)]
    begun: Few<EventId, Begun>,
    #[n(1)]
    withdrawn: Few<EventId, Withdrawal>,
}

/// What the events said, and nothing that follows from it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Facts {
    #[n(0)]
    openings: BTreeMap<EventId, Opened>,
    /// Every word on each seat, the last one last: who was on the team on a day is asked later.
    #[n(1)]
    team: BTreeMap<SeatId, Vec<Assigned>>,
    #[cbor(n(2), with = "snapshot::by_address")]
    registers: BTreeMap<Address, Register>,
    #[n(3)]
    findings: BTreeMap<FindingId, FindingRecord>,
    #[cbor(n(4), with = "snapshot::by_entry")]
    held: BTreeMap<EventId, HeldEntry>,
    #[n(5)]
    verdicts: BTreeMap<EventId, Verdict>,
    #[n(6)]
    no_effect: BTreeMap<EventId, NoEffect>,
    #[n(7)]
    follow_ups: BTreeMap<FindingId, FollowUps>,
    #[n(8)]
    cancelled: BTreeMap<EventId, Cancelled>,
}

impl Facts {
    fn is_withdrawn(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Finding(finding) => {
                self.findings.get(finding).is_some_and(|record| record.withdrawn.len() > 0)
            }
            Subject::Item(_) | Subject::Inspection => false,
        }
    }
}

/// What follows from the facts, kept beside them so that no question looks at every register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Indexes {
    findings_of_item: BTreeMap<String, Keys<FindingId>>,
    /// Where a person has to decide. Nobody has to in a finding that was withdrawn.
    conflicts: BTreeSet<Address>,
}

/// One inspection, folded from its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    headquarters: BTreeSet<SeatId>,
    facts: Facts,
    indexes: Indexes,
}

impl State {
    /// The state before any event. `headquarters` are the seats whose team and custody acts
    /// count (more than one after a change of keys).
    pub fn new(headquarters: impl IntoIterator<Item = SeatId>) -> Self {
        Self { headquarters: order::gather(headquarters), ..Self::default() }
    }

    /// Folds one event in. An event folded as accepted cannot be made held again by another
    /// call: fold anew from the record instead.
    pub fn apply(&mut self, entry: &Entry, custody: Custody) {
        match custody {
            Custody::Accepted => self.fold(entry),
            Custody::Held(reason) => self.hold(entry, reason),
        }
    }

    fn hold(&mut self, entry: &Entry, reason: HeldReason) {
        let held = HeldEntry { entry: entry.clone(), reason };
        let is_news = match self.facts.held.get_mut(&entry.id) {
            Some(known) => known.join(held),
            None => self.facts.held.insert(entry.id, held).is_none(),
        };
        if is_news && self.verdict(&entry.id) == Some(Verdict::Admitted) {
            self.fold_held(&entry.id);
        }
    }

    fn verdict(&self, event: &EventId) -> Option<Verdict> {
        self.facts.verdicts.get(event).copied()
    }

    fn fold(&mut self, entry: &Entry) {
        let Some(body) = &entry.body else {
            self.facts.no_effect.insert(entry.id, NoEffect::Withheld);
            return;
        };
        match &body.act {
            Act::OpenJournal(_) => {}
            Act::OpenInspection(opening) => self.open(entry, opening),
            Act::Set(write) => self.set(entry, write),
            Act::BeginFinding(begin) => self.begin(entry, begin),
            Act::WithdrawFinding(withdraw) => self.withdraw(entry, withdraw),
            Act::AssignSeat(assign) if self.by_headquarters(entry) => self.assign(entry, assign),
            Act::Admit(judgement) if self.by_headquarters(entry) => {
                self.judge(judgement, Verdict::Admitted);
            }
            Act::SetAside(judgement) if self.by_headquarters(entry) => {
                self.judge(judgement, Verdict::SetAside);
            }
            Act::FollowRemedy(follow) if self.by_headquarters(entry) => {
                let follow_ups = self.facts.follow_ups.entry(follow.finding).or_default();
                follow_ups.take(entry, body.by, follow);
            }
            Act::CancelInspection(cancel) if self.by_headquarters(entry) => {
                self.cancel(entry, body.by, cancel);
            }
            Act::AssignSeat(_)
            | Act::Admit(_)
            | Act::SetAside(_)
            | Act::FollowRemedy(_)
            | Act::CancelInspection(_) => {
                let name = body.act.name().to_owned();
                self.facts.no_effect.insert(entry.id, NoEffect::NotHeadquarters(name));
            }
            Act::Unknown(unknown) => {
                self.facts.no_effect.insert(entry.id, NoEffect::UnknownAct(unknown.name.clone()));
            }
        }
    }

    fn by_headquarters(&self, entry: &Entry) -> bool {
        self.headquarters.contains(&entry.author)
    }

    fn open(&mut self, entry: &Entry, opening: &OpenInspection) {
        let opened = Opened { author: entry.author, at: entry.at, opening: opening.clone() };
        self.facts.openings.insert(entry.id, opened);
    }

    fn set(&mut self, entry: &Entry, write: &Write) {
        // The address is copied only where there is no register: nearly always there is one.
        let differs = match self.facts.registers.get_mut(&write.address) {
            Some(register) => take(register, entry, write),
            None => {
                let register = self.facts.registers.entry(write.address.clone());
                take(register.or_default(), entry, write)
            }
        };
        if let Some(differs) = differs {
            self.list_conflict(&write.address, differs);
        }
    }

    fn list_conflict(&mut self, address: &Address, differs: bool) {
        let Self { facts, indexes, .. } = self;
        if differs && !facts.is_withdrawn(&address.subject) {
            indexes.conflicts.insert(address.clone());
        } else {
            indexes.conflicts.remove(address);
        }
    }

    fn begin(&mut self, entry: &Entry, begin: &BeginFinding) {
        let begun = Begun { item: begin.item.clone(), author: entry.author, at: entry.at };
        self.facts.findings.entry(begin.finding).or_default().begun.insert(entry.id, begun);
        let of_item = self.indexes.findings_of_item.entry(begin.item.clone()).or_default();
        of_item.insert(begin.finding, ());
        self.set(entry, &begin.first);
    }

    fn withdraw(&mut self, entry: &Entry, withdraw: &WithdrawFinding) {
        let reason = withdraw.reason.clone();
        let withdrawal = Withdrawal { reason, author: entry.author, at: entry.at };
        let record = self.facts.findings.entry(withdraw.finding).or_default();
        record.withdrawn.insert(entry.id, withdrawal);
        self.forget_conflicts(&Subject::Finding(withdraw.finding));
    }

    fn forget_conflicts(&mut self, subject: &Subject) {
        let conflicts = &mut self.indexes.conflicts;
        let about: Vec<_> = reading::about(conflicts, subject).cloned().collect();
        about.iter().for_each(|address| {
            conflicts.remove(address);
        });
    }

    fn cancel(&mut self, entry: &Entry, by: Option<PersonId>, cancel: &CancelInspection) {
        let cancelled = Cancelled { reason: cancel.reason.clone(), at: entry.at, by };
        self.facts.cancelled.insert(entry.id, cancelled);
    }

    /// Headquarters' later word on a seat replaces its earlier one, which is kept beside it.
    fn assign(&mut self, entry: &Entry, assign: &AssignSeat) {
        let order = Order::of(entry);
        let words = self.facts.team.entry(assign.seat).or_default();
        if let Err(place) = words.binary_search_by_key(&order, |word| word.order) {
            words.insert(place, Assigned { order, assign: assign.clone() });
        }
    }

    fn judge(&mut self, judgement: &Judgement, verdict: Verdict) {
        for event in &judgement.events {
            let before = self.verdict(event);
            self.facts.verdicts.insert(*event, before.map_or(verdict, |it| it.max(verdict)));
            // Once only: what is admitted may itself be an admission.
            if verdict == Verdict::Admitted && before != Some(Verdict::Admitted) {
                self.fold_held(event);
            }
        }
    }

    fn fold_held(&mut self, event: &EventId) {
        if let Some(held) = self.facts.held.get(event) {
            let entry = held.entry.clone();
            self.fold(&entry);
        }
    }
}

/// Takes a write into its register; whether there is a conflict, when that is news.
fn take(register: &mut Register, entry: &Entry, write: &Write) -> Option<bool> {
    let before = register.is_conflict();
    let written = Written { value: write.value.clone(), author: entry.author, at: entry.at };
    register.take(entry.id, &write.over, written);
    let after = register.is_conflict();
    (before != after).then_some(after)
}

#[cfg(test)]
mod history;
#[cfg(test)]
mod laws;
