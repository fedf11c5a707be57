//! The fold: what an inspection's events amount to.
//!
//! The same events give the same state in any order, with repeats, and in any grouping; the
//! laws are proven at the end of this file. Nothing is decided by a clock, and nothing that was
//! recorded is dropped: what has no effect is listed as such. Bytes and chains were checked
//! before (`proof`); who may be on the team is headquarters' judgement (`sync::admission`).

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{
    Act, AssignSeat, BeginFinding, Body, Judgement, OpenInspection, Role, WithdrawFinding,
};
use crate::finding::Finding;
use crate::ids::{EventId, FindingId, SeatId};
use crate::moment::Moment;
use crate::register::{Address, Field, Value, Write};

/// One verified event as the fold sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event's id.
    pub id: EventId,
    /// The seat whose key signed the head over it.
    pub author: SeatId,
    /// Its place in the author's journal.
    pub seq: u64,
    /// When the author's machine says it was recorded.
    pub at: Moment,
    /// What was done; `None` when the body is withheld from this copy.
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

/// A held event with what headquarters decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntry {
    /// The event.
    pub entry: Entry,
    /// Why it is held.
    pub reason: HeldReason,
}

/// What people at headquarters decided about a held event. The greater word stands: what was
/// admitted once stays admitted, so that the order of arrival cannot matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    SetAside,
    Admitted,
}

/// A value that stands in a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The value.
    pub value: Value,
    /// Who wrote it.
    pub author: SeatId,
    /// When, by the author's clock.
    pub at: Moment,
}

/// Every value at one address that no other has replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    current: BTreeMap<EventId, Written>,
    /// Also ids that have not arrived: what replaces may be here before what it replaces.
    replaced: BTreeSet<EventId>,
}

impl Register {
    fn apply(&mut self, entry: &Entry, write: &Write) {
        for old in &write.over {
            self.replaced.insert(*old);
            self.current.remove(old);
        }
        if !self.replaced.contains(&entry.id) {
            let written =
                Written { value: write.value.clone(), author: entry.author, at: entry.at };
            self.current.insert(entry.id, written);
        }
    }

    /// The current values with the events that wrote them, by event id.
    pub fn current(&self) -> impl Iterator<Item = (&EventId, &Written)> {
        self.current.iter()
    }

    /// The one value that is current; `None` while there is none or a conflict.
    pub fn value(&self) -> Option<&Value> {
        let mut values = self.current.values().map(|written| &written.value);
        let first = values.next()?;
        values.all(|other| other == first).then_some(first)
    }

    /// Whether two different values do not know each other. Equal values are no conflict.
    pub fn is_conflict(&self) -> bool {
        !self.current.is_empty() && self.value().is_none()
    }
}

/// Who opened the inspection, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The seat that opened it.
    pub author: SeatId,
    /// When, by its clock.
    pub at: Moment,
    /// With what.
    pub opening: OpenInspection,
}

/// Why an event of the record changes nothing in the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoEffect {
    /// Its act is of a later version.
    UnknownAct(String),
    /// Its act counts only in headquarters' journals.
    NotHeadquarters(String),
    /// Its body is withheld from this copy.
    Withheld,
}

/// Which of headquarters' own words is the later one.
///
/// Headquarters writes a journal of its own after each restore, so `seq` alone does not tell;
/// it never dates an event before its own last one in the inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    at: Moment,
    seq: u64,
    id: EventId,
}

impl Order {
    fn of(entry: &Entry) -> Self {
        Self { at: entry.at, seq: entry.seq, id: entry.id }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Begun {
    item: String,
    author: SeatId,
    at: Moment,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct FindingRecord {
    begun: BTreeMap<EventId, Begun>,
    withdrawn: BTreeMap<EventId, String>,
}

/// One inspection, folded from its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    headquarters: BTreeSet<SeatId>,
    openings: BTreeMap<EventId, Opened>,
    team: BTreeMap<SeatId, (Order, AssignSeat)>,
    registers: BTreeMap<Address, Register>,
    findings: BTreeMap<FindingId, FindingRecord>,
    findings_of_item: BTreeMap<String, BTreeSet<FindingId>>,
    held: BTreeMap<EventId, HeldEntry>,
    verdicts: BTreeMap<EventId, Verdict>,
    no_effect: BTreeMap<EventId, NoEffect>,
}

impl State {
    /// The state before any event. `headquarters` are the seats whose team and custody acts
    /// count (more than one after a change of keys).
    pub fn new(headquarters: impl IntoIterator<Item = SeatId>) -> Self {
        Self { headquarters: headquarters.into_iter().collect(), ..Self::default() }
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
        match self.verdict(&entry.id) {
            Some(Verdict::Admitted) => self.fold(entry),
            Some(Verdict::SetAside) | None => {}
        }
        self.held.insert(entry.id, HeldEntry { entry: entry.clone(), reason });
    }

    fn verdict(&self, event: &EventId) -> Option<Verdict> {
        self.verdicts.get(event).copied()
    }

    fn fold(&mut self, entry: &Entry) {
        let Some(body) = &entry.body else {
            self.no_effect.insert(entry.id, NoEffect::Withheld);
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
            Act::AssignSeat(_) | Act::Admit(_) | Act::SetAside(_) => {
                let name = body.act.name().to_owned();
                self.no_effect.insert(entry.id, NoEffect::NotHeadquarters(name));
            }
            Act::Unknown(unknown) => {
                self.no_effect.insert(entry.id, NoEffect::UnknownAct(unknown.name.clone()));
            }
        }
    }

    fn by_headquarters(&self, entry: &Entry) -> bool {
        self.headquarters.contains(&entry.author)
    }

    fn open(&mut self, entry: &Entry, opening: &OpenInspection) {
        let opened = Opened { author: entry.author, at: entry.at, opening: opening.clone() };
        self.openings.insert(entry.id, opened);
    }

    fn set(&mut self, entry: &Entry, write: &Write) {
        self.registers.entry(write.address.clone()).or_default().apply(entry, write);
    }

    fn begin(&mut self, entry: &Entry, begin: &BeginFinding) {
        let begun = Begun { item: begin.item.clone(), author: entry.author, at: entry.at };
        self.findings.entry(begin.finding).or_default().begun.insert(entry.id, begun);
        self.findings_of_item.entry(begin.item.clone()).or_default().insert(begin.finding);
        self.set(entry, &begin.first);
    }

    fn withdraw(&mut self, entry: &Entry, withdraw: &WithdrawFinding) {
        let record = self.findings.entry(withdraw.finding).or_default();
        record.withdrawn.insert(entry.id, withdraw.reason.clone());
    }

    /// Headquarters' later word on a seat replaces its earlier one.
    fn assign(&mut self, entry: &Entry, assign: &AssignSeat) {
        let order = Order::of(entry);
        let newer = self.team.get(&assign.seat).is_none_or(|(known, _)| order > *known);
        if newer {
            self.team.insert(assign.seat, (order, assign.clone()));
        }
    }

    fn judge(&mut self, judgement: &Judgement, verdict: Verdict) {
        for event in &judgement.events {
            let stands = self.verdicts.entry(*event).or_insert(verdict);
            *stands = verdict.max(*stands);
            self.fold_if_admitted(event);
        }
    }

    fn fold_if_admitted(&mut self, event: &EventId) {
        if self.verdict(event) != Some(Verdict::Admitted) {
            return;
        }
        if let Some(held) = self.held.get(event) {
            let entry = held.entry.clone();
            self.fold(&entry);
        }
    }
}

/// What screens, minutes and headquarters read.
impl State {
    /// How the inspection was opened: headquarters' word before a seat's; `None` while only
    /// other events have arrived.
    pub fn opened(&self) -> Option<&Opened> {
        let by_headquarters =
            self.openings.values().find(|opened| self.headquarters.contains(&opened.author));
        by_headquarters.or_else(|| self.openings.values().next())
    }

    /// The number of the decision; `None` while it is pending or in conflict.
    pub fn decision(&self) -> Option<&str> {
        let later = self.register(&Address::inspection(Field::Decision)).and_then(Register::value);
        match later {
            Some(Value::Text(number)) => Some(number),
            Some(Value::Empty | Value::Whole(_) | Value::Day(_) | Value::Choice(_)) | None => {
                Some(&self.opened()?.opening.decision.as_ref()?.number)
            }
        }
    }

    /// The seats of the team with what headquarters says of them, by seat id.
    pub fn team(&self) -> impl Iterator<Item = &AssignSeat> {
        self.team.values().map(|(_, assign)| assign).filter(|assign| assign.role != Role::None)
    }

    /// What headquarters said last of a seat, also when it left the team.
    pub fn seat(&self, seat: &SeatId) -> Option<&AssignSeat> {
        self.team.get(seat).map(|(_, assign)| assign)
    }

    /// The role of a seat: headquarters' word, or lead for the seat that opened the inspection
    /// while headquarters has said nothing of it. Headquarters itself is never on a team.
    pub fn role(&self, seat: &SeatId) -> Role {
        let opened_it = || self.opened().is_some_and(|opened| opened.author == *seat);
        match self.seat(seat) {
            Some(assign) => assign.role,
            None if self.headquarters.contains(seat) => Role::None,
            None if opened_it() => Role::Lead,
            None => Role::None,
        }
    }

    /// The register at an address, if anything was ever written there.
    pub fn register(&self, address: &Address) -> Option<&Register> {
        self.registers.get(address)
    }

    /// Every register with its address, in the order of addresses.
    pub fn registers(&self) -> impl Iterator<Item = (&Address, &Register)> {
        self.registers.iter()
    }

    /// The events a new write at this address replaces: name them in [`Write::over`].
    pub fn over(&self, address: &Address) -> Vec<EventId> {
        self.register(address)
            .map(|register| register.current().map(|(id, _)| *id).collect())
            .unwrap_or_default()
    }

    /// The finding, when its beginning has arrived.
    pub fn finding(&self, id: FindingId) -> Option<Finding<'_>> {
        let record = self.findings.get(&id)?;
        let begun = record.begun.values().next()?;
        let withdrawn = record.withdrawn.values().next().map(String::as_str);
        Some(Finding {
            id,
            item: &begun.item,
            author: begun.author,
            begun_at: begun.at,
            withdrawn,
            state: self,
        })
    }

    /// Every finding, withdrawn ones too, in the order in which they were begun.
    pub fn findings(&self) -> Vec<Finding<'_>> {
        in_order(self.findings.keys().filter_map(|id| self.finding(*id)).collect())
    }

    /// The findings of one item, withdrawn ones too, in the order in which they were begun.
    pub fn findings_of(&self, item: &str) -> Vec<Finding<'_>> {
        let ids = self.findings_of_item.get(item).into_iter().flatten();
        let findings = ids.filter_map(|id| self.finding(*id));
        in_order(findings.filter(|finding| finding.item == item).collect())
    }

    /// Held events with the reason, without those that were admitted or set aside.
    pub fn held(&self) -> impl Iterator<Item = &HeldEntry> {
        self.held.values().filter(|held| self.verdict(&held.entry.id).is_none())
    }

    /// Events that change nothing, with the reason.
    pub fn no_effect(&self) -> impl Iterator<Item = (&EventId, &NoEffect)> {
        self.no_effect.iter()
    }
}

fn in_order(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    findings.sort_by_key(|finding| (finding.begun_at, finding.id));
    findings
}

#[cfg(test)]
#[path = "state/laws.rs"]
mod laws;
