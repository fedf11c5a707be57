//! What is to leave this tablet: runs of journals as parts of a push or of a file.
//!
//! Which runs is decided elsewhere; here they are read, and signed by the seat that wrote them.

use storage::contract::Fault;
use sync::carrying::Carry;
use sync::message::push::{MAX_PAGE_EVENTS, Part};
use sync::replica::Run;

use crate::Facts;
use crate::seat::Seat;

/// Room for heads and framing in a message.
const FRAMING_BYTES: usize = 64 * 1024;

/// Parts of one message, up to a size.
pub(crate) struct Outbox<'a> {
    facts: &'a Facts,
    seat: &'a Seat,
    room: usize,
    parts: Vec<Part>,
}

/// Why a part could not be made.
#[derive(Debug)]
pub(crate) enum OutboxFault {
    /// The store did not give its events.
    Store(Fault),
    /// It cannot be signed.
    Signing,
}

impl<'a> Outbox<'a> {
    /// An empty message of at most `max_bytes`.
    pub(crate) fn new(facts: &'a Facts, seat: &'a Seat, max_bytes: usize) -> Self {
        Self { facts, seat, room: max_bytes.saturating_sub(FRAMING_BYTES), parts: Vec::new() }
    }

    /// Adds the beginning of an own run: a page of it at most, and no more than there is room
    /// for. Tells what went in; `None` when nothing did.
    pub(crate) async fn add(&mut self, run: &Run) -> Result<Option<Run>, OutboxFault> {
        let count = (run.through - run.from).saturating_add(1).min(MAX_PAGE_EVENTS as u64);
        let count = u32::try_from(count).unwrap_or(1);
        let stored = self.facts.run(run.journal, run.from, count, self.room).await;
        let stored = stored.map_err(OutboxFault::Store)?;
        let author = self.facts.author(run.journal).await.map_err(OutboxFault::Store)?;
        let (Some(tip), Some(author)) = (stored.tip(), author) else { return Ok(None) };
        let size: usize = stored.events.iter().map(|event| event.event.size_bytes() + 16).sum();
        if !self.parts.is_empty() && size > self.room {
            return Ok(None);
        }
        let head = self.seat.sign_head(author.seat, run.journal, tip).await;
        let head = head.map_err(|_| OutboxFault::Signing)?;
        let events = stored.events.into_iter().map(|event| event.event).collect();
        self.put(Part { head, events }, size);
        Ok(Some(Run { through: tip.seq, ..*run }))
    }

    /// Adds a run of another journal, whole or not at all. Tells what went in.
    pub(crate) async fn add_carried(&mut self, carry: &Carry) -> Result<Option<Run>, OutboxFault> {
        let part = self.facts.carried_part(carry).await.map_err(OutboxFault::Store)?;
        let Some(part) = part else { return Ok(None) };
        let size: usize = part.events.iter().map(|event| event.size_bytes() + 16).sum();
        if !self.parts.is_empty() && size > self.room {
            return Ok(None);
        }
        self.put(part, size);
        let Carry { journal, from, tip, .. } = *carry;
        Ok(Some(Run { journal, from, through: tip.seq }))
    }

    fn put(&mut self, part: Part, size: usize) {
        self.room = self.room.saturating_sub(size);
        self.parts.push(part);
    }

    /// The parts.
    pub(crate) fn into_parts(self) -> Vec<Part> {
        self.parts
    }
}
