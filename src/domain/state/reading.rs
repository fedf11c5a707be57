//! What screens, minutes and headquarters read in a state. Nothing here changes it.

use std::collections::BTreeSet;

use super::{Cancelled, HeldEntry, NoEffect, Opened, State, Withdrawal};
use crate::act::{AssignSeat, Role};
use crate::finding::Finding;
use crate::ids::{EventId, FindingId, SeatId};
use crate::merge::few::Keys;
use crate::merge::{Conflict, Register};
use crate::order;
use crate::piece::Piece;
use crate::register::{Address, Field, Subject, Value};
use crate::remedy::FollowUps;

impl State {
    /// How the inspection was opened: headquarters' word before a seat's, and of its words the
    /// last, by which it corrects a plan; `None` while only other events have arrived.
    pub fn opened(&self) -> Option<&Opened> {
        let openings = self.facts.openings.iter();
        let by_headquarters = openings.filter(|(_, it)| self.headquarters.contains(&it.author));
        let last = by_headquarters.max_by_key(|(id, opened)| (opened.at, **id));
        last.map(|(_, opened)| opened).or_else(|| self.facts.openings.values().next())
    }

    /// Why the inspection does not take place, by headquarters' first word on it.
    pub fn cancelled(&self) -> Option<&Cancelled> {
        let words = self.facts.cancelled.iter();
        words.min_by_key(|(id, cancelled)| (cancelled.at, **id)).map(|(_, cancelled)| cancelled)
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
        let last = self.facts.team.values().filter_map(|words| words.last());
        last.map(|last| &last.assign).filter(|assign| assign.role != Role::None)
    }

    /// What headquarters said last of a seat, also when it left the team.
    pub fn seat(&self, seat: &SeatId) -> Option<&AssignSeat> {
        self.facts.team.get(seat)?.last().map(|last| &last.assign)
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
        self.facts.registers.get(address)
    }

    /// Every register with its address, in the order of addresses.
    pub fn registers(&self) -> impl Iterator<Item = (&Address, &Register)> {
        self.facts.registers.iter()
    }

    /// The events a new write at this address replaces: name them in
    /// [`over`](crate::register::Write::over).
    pub fn over(&self, address: &Address) -> Vec<EventId> {
        self.register(address)
            .map(|register| register.current().map(|(id, _)| *id).collect())
            .unwrap_or_default()
    }

    /// Every conflict that waits for a person, in the order of addresses. In a finding that was
    /// withdrawn nobody has to decide: all values stay in its registers.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict<'_>> {
        self.indexes.conflicts.iter().filter_map(|address| self.conflict(address))
    }

    /// How many conflicts wait for a person; looks at no register.
    pub fn conflict_count(&self) -> usize {
        self.indexes.conflicts.len()
    }

    /// The conflict at an address, when a person has to decide there.
    pub fn conflict(&self, address: &Address) -> Option<Conflict<'_>> {
        let address = self.indexes.conflicts.get(address)?;
        Conflict::of(address, self.facts.registers.get(address)?)
    }

    /// The conflicts in the fields of one subject: an item, a finding or the inspection itself.
    pub fn conflicts_about(&self, subject: &Subject) -> impl Iterator<Item = Conflict<'_>> {
        let of_subject = about(&self.indexes.conflicts, subject);
        of_subject.filter_map(|address| self.conflict(address))
    }

    /// The conflicts in an item's own fields, then those in its findings.
    pub fn conflicts_of_item(&self, item: &str) -> Vec<Conflict<'_>> {
        if self.indexes.conflicts.is_empty() {
            return Vec::new();
        }
        let findings = self.findings_of(item).into_iter().map(|it| Subject::Finding(it.id));
        let subjects = [Subject::Item(item.to_owned())].into_iter().chain(findings);
        subjects.flat_map(|subject| self.conflicts_about(&subject).collect::<Vec<_>>()).collect()
    }

    /// The finding, when its beginning has arrived.
    pub fn finding(&self, id: FindingId) -> Option<Finding<'_>> {
        let record = self.facts.findings.get(&id)?;
        let begun = record.begun.values().next()?;
        let withdrawn = self.withdrawals(id).first().map(|first| first.reason.as_str());
        Some(Finding {
            id,
            item: &begun.item,
            author: begun.author,
            begun_at: begun.at,
            withdrawn,
            state: self,
        })
    }

    /// Every withdrawal of a finding, oldest first by the clocks of their authors: two people may
    /// take it back at once, each with a reason.
    pub fn withdrawals(&self, id: FindingId) -> Vec<&Withdrawal> {
        let record = self.facts.findings.get(&id);
        let mut all: Vec<_> = record.into_iter().flat_map(|it| it.withdrawn.iter()).collect();
        order::sort_by_key(&mut all, |(event, withdrawal)| (withdrawal.at, **event));
        all.into_iter().map(|(_, withdrawal)| withdrawal).collect()
    }

    /// Every finding, withdrawn ones too, in the order in which they were begun.
    pub fn findings(&self) -> Vec<Finding<'_>> {
        in_order(self.facts.findings.keys().filter_map(|id| self.finding(*id)).collect())
    }

    /// The findings of one item, withdrawn ones too, in the order in which they were begun.
    pub fn findings_of(&self, item: &str) -> Vec<Finding<'_>> {
        let ids = self.indexes.findings_of_item.get(item).into_iter().flat_map(Keys::keys);
        let findings = ids.filter_map(|id| self.finding(*id));
        in_order(findings.filter(|finding| finding.item == item).collect())
    }

    /// What was said of the remedy of a finding, if anything was.
    pub fn follow_ups(&self, finding: FindingId) -> Option<&FollowUps> {
        self.facts.follow_ups.get(&finding)
    }

    /// Every piece of evidence that the record names; one that is named twice stands here twice.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.facts.follow_ups.values().flat_map(FollowUps::pieces)
    }

    /// Held events with the reason, without those that were admitted or set aside.
    pub fn held(&self) -> impl Iterator<Item = &HeldEntry> {
        self.facts.held.values().filter(|held| self.verdict(&held.entry.id).is_none())
    }

    /// Events that change nothing, with the reason.
    pub fn no_effect(&self) -> impl Iterator<Item = (&EventId, &NoEffect)> {
        self.facts.no_effect.iter()
    }
}

fn in_order(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    order::sort_by_key(&mut findings, |finding| (finding.begun_at, finding.id));
    findings
}

/// The addresses of one subject, without looking at any other.
pub(super) fn about<'a>(
    addresses: &'a BTreeSet<Address>,
    subject: &Subject,
) -> impl Iterator<Item = &'a Address> {
    let subject = subject.clone();
    let first = Address { subject: subject.clone(), field: Field::FIRST, row: Vec::new() };
    addresses.range(first..).take_while(move |address| address.subject == subject)
}
