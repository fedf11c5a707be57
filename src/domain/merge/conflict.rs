//! A conflict, and what a person's decision about it is: one more write, over everything that
//! the person saw.

use crate::ids::{EventId, SeatId};
use crate::merge::Register;
use crate::moment::Moment;
use crate::order;
use crate::register::{Address, Value, Write};

/// Two or more values at one address of which none knows of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict<'a> {
    /// Where.
    pub address: &'a Address,
    register: &'a Register,
}

/// One of the values that stand against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The event that wrote it.
    pub event: EventId,
    /// The value.
    pub value: &'a Value,
    /// Who wrote it.
    pub author: SeatId,
    /// When, by the author's clock.
    pub at: Moment,
}

impl<'a> Conflict<'a> {
    /// The conflict at an address, when its register has one.
    pub(crate) fn of(address: &'a Address, register: &'a Register) -> Option<Self> {
        register.is_conflict().then_some(Self { address, register })
    }

    /// The values, oldest first by the clocks of their authors, which decides nothing: people
    /// read them in that order. Two who wrote the same are both named.
    pub fn candidates(&self) -> Vec<Candidate<'a>> {
        let candidate = |(event, written): (&EventId, &'a super::Written)| Candidate {
            event: *event,
            value: &written.value,
            author: written.author,
            at: written.at,
        };
        let mut candidates: Vec<_> = self.register.current().map(candidate).collect();
        order::sort_by_key(&mut candidates, |candidate| (candidate.at, candidate.event));
        candidates
    }

    /// What a person's decision is: a value, over each that the person was shown. A value that
    /// the person has not seen stands against it.
    pub fn decide(&self, value: Value) -> Write {
        let over = self.register.current().map(|(event, _)| *event).collect();
        Write { address: self.address.clone(), value, over }
    }
}
