//! The merge: a register keeps every value that no other has replaced.
//!
//! Which event replaces which is said by the events (`over`); no clock and no order of arrival
//! has a say. Two different values that do not know each other are a [`Conflict`], which stands
//! until a person decides. Who may write, and what a value means, is not looked at here.

mod conflict;
pub(crate) mod few;

use minicbor::decode::Error as DecodeError;
use minicbor::encode::{Error as EncodeError, Write as Output};
use minicbor::{Decode, Decoder, Encode, Encoder};

pub use conflict::{Candidate, Conflict};

use crate::ids::{EventId, SeatId};
use crate::moment::Moment;
use crate::register::Value;
use few::{Few, Keys};

/// A value that stands in a register.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Written {
    /// The value.
    #[n(0)]
    pub value: Value,
    /// Who wrote it.
    #[n(1)]
    pub author: SeatId,
    /// When, by the author's clock.
    #[n(2)]
    pub at: Moment,
}

/// Every value at one address that no other has replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    current: Few<EventId, Written>,
    /// Also ids that have not arrived: what replaces may be here before what it replaces. And
    /// ids that have: an event may come again.
    replaced: Keys<EventId>,
    /// Kept, because a register is asked far more often than it is written.
    differs: bool,
}

impl Register {
    /// Takes a value in; what it was written `over` is current no more.
    pub(crate) fn take(&mut self, id: EventId, over: &[EventId], written: Written) {
        let mut removed = false;
        for old in over {
            self.replaced.insert(*old, ());
            removed |= self.current.remove(old);
        }
        // Values that are all equal stay so when one of them goes.
        if removed && self.differs {
            self.differs = differs(&self.current);
        }
        if !self.replaced.contains(&id) {
            self.stand(id, written);
        }
    }

    fn stand(&mut self, id: EventId, written: Written) {
        let other = self.current.values().next();
        self.differs |= other.is_some_and(|other| other.value != written.value);
        self.current.insert(id, written);
    }

    /// The current values with the events that wrote them, by event id.
    pub fn current(&self) -> impl Iterator<Item = (&EventId, &Written)> {
        self.current.iter()
    }

    /// The one value that is current; `None` while there is none or a conflict.
    pub fn value(&self) -> Option<&Value> {
        let first = self.current.values().next()?;
        (!self.differs).then_some(&first.value)
    }

    /// Whether two different values do not know each other. Equal values are no conflict.
    pub fn is_conflict(&self) -> bool {
        self.differs
    }
}

/// Whether not all values are equal.
fn differs(current: &Few<EventId, Written>) -> bool {
    let mut values = current.values().map(|written| &written.value);
    values.next().is_some_and(|first| values.any(|other| other != first))
}

/// `[current, replaced]`, for snapshots.
impl<C> Encode<C> for Register {
    fn encode<W: Output>(
        &self,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.array(2)?.encode_with(&self.current, ctx)?;
        few::keys::encode(&self.replaced, e, ctx)
    }
}

impl<'b, C> Decode<'b, C> for Register {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, DecodeError> {
        if d.array()? != Some(2) {
            return Err(DecodeError::message("a register is what is current and what is not"));
        }
        let current: Few<EventId, Written> = d.decode_with(ctx)?;
        let replaced: Keys<EventId> = few::keys::decode(d, ctx)?;
        if current.iter().any(|(id, _)| replaced.contains(id)) {
            return Err(DecodeError::message("a replaced value is current"));
        }
        let differs = differs(&current);
        Ok(Self { current, replaced, differs })
    }
}

#[cfg(test)]
mod laws;
