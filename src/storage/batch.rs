//! A batch: events that follow a tip, and the drafts that became them.
//!
//! It can only be built so that each event follows the one before; what the store is asked to
//! append is therefore a chain. Nothing is stored here.

use domain::act::Body;
use domain::event::{Event, EventFault};
use proof::chain::{self, ChainFault, Circumstance, Journal, Tip};

use crate::drafts::DraftKey;

/// Events for one journal that belong together: all of them are stored, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    journal: Journal,
    expected: Option<Tip>,
    events: Vec<(Tip, Event)>,
    drafts_done: Vec<DraftKey>,
}

impl Batch {
    /// An empty batch for a journal that ends at `expected`; `None` for one without events.
    pub fn after(journal: Journal, expected: Option<Tip>) -> Self {
        Self { journal, expected, events: Vec::new(), drafts_done: Vec::new() }
    }

    /// Makes the next event and adds it; returns the journal's new tip.
    ///
    /// # Errors
    /// [`EventFault::TooLarge`]; the batch stays as it was.
    pub fn record(&mut self, circumstance: Circumstance, body: &Body) -> Result<Tip, EventFault> {
        let (event, tip) = chain::extend(self.journal, self.tip(), circumstance, body)?;
        self.events.push((tip, event));
        Ok(tip)
    }

    /// Adds an event that was made elsewhere; returns the journal's new tip.
    ///
    /// # Errors
    /// A [`ChainFault`] when it is not the next event of this journal; the batch stays as it was.
    pub fn add(&mut self, event: Event) -> Result<Tip, ChainFault> {
        let index = self.events.len();
        let verified = chain::verify_event(event, index)?;
        let header = &verified.header;
        if (header.inspection, header.journal) != (self.journal.inspection, self.journal.journal) {
            return Err(ChainFault::OtherJournal { index });
        }
        let tip = self.tip();
        if header.seq != chain::next_seq(tip) || header.prev != tip.map(|tip| tip.id) {
            return Err(ChainFault::Broken { index });
        }
        let next = Tip { seq: header.seq, id: verified.id };
        self.events.push((next, verified.event));
        Ok(next)
    }

    /// Says that the text of a draft is in these events: it goes when they are stored.
    pub fn finish_draft(&mut self, draft: DraftKey) {
        self.drafts_done.push(draft);
    }

    /// The journal.
    pub fn journal(&self) -> Journal {
        self.journal
    }

    /// Where the journal must end for the batch to be stored.
    pub fn expected(&self) -> Option<Tip> {
        self.expected
    }

    /// Where the journal ends once the batch is stored.
    pub fn tip(&self) -> Option<Tip> {
        self.events.last().map(|(tip, _)| *tip).or(self.expected)
    }

    /// The events with the tip that each makes.
    pub fn events(&self) -> &[(Tip, Event)] {
        &self.events
    }

    /// The drafts that go with the events.
    pub fn drafts_done(&self) -> &[DraftKey] {
        &self.drafts_done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::samples::{body, circumstance, journal};

    #[test]
    fn a_made_event_and_one_from_elsewhere_make_the_same_batch() {
        let mut made = Batch::after(journal(1, 1), None);
        made.record(circumstance(1), &body("a")).expect("it is small");
        made.record(circumstance(2), &body("b")).expect("it is small");
        let mut added = Batch::after(journal(1, 1), None);
        for (_, event) in made.events() {
            added.add(event.clone()).expect("it is the next one");
        }
        assert_eq!(made, added);
    }

    #[test]
    fn an_event_that_is_not_the_next_one_is_refused() {
        let mut made = Batch::after(journal(1, 1), None);
        made.record(circumstance(1), &body("a")).expect("it is small");
        made.record(circumstance(2), &body("b")).expect("it is small");
        let (_, second) = made.events()[1].clone();
        let mut other = Batch::after(journal(1, 1), None);
        assert_eq!(other.add(second.clone()), Err(ChainFault::Broken { index: 0 }));
        let mut elsewhere = Batch::after(journal(1, 2), None);
        assert_eq!(elsewhere.add(second), Err(ChainFault::OtherJournal { index: 0 }));
    }
}
