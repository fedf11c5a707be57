//! The hash chain of a journal: making the next event, and checking a run of them.
//!
//! A tip is where a journal ends. Making an event needs the tip and everything chance and the
//! clock give; checking needs only bytes.

use domain::act::{Body, BodyFault};
use domain::event::{Anchor, ENVELOPE_VERSION, Event, EventFault, Header, HeaderFault};
use domain::ids::{EventId, InspectionId, JournalId, Salt};
use domain::moment::Moment;
use minicbor::{Decode, Encode};
use thiserror::Error;

use crate::hash;

/// The last event of a journal: how far it reaches and with what hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Tip {
    /// The place of the last event.
    #[n(0)]
    pub seq: u64,
    /// Its id.
    #[n(1)]
    pub id: EventId,
}

/// One author's chain in one inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Journal {
    /// The stream.
    #[n(0)]
    pub inspection: InspectionId,
    /// The chain in it.
    #[n(1)]
    pub journal: JournalId,
}

/// What the clock, chance and headquarters give to the next event.
#[derive(Debug, Clone, Copy)]
pub struct Circumstance {
    /// The author's clock.
    pub at: Moment,
    /// 16 fresh random bytes.
    pub salt: Salt,
    /// The last checkpoint seen.
    pub anchor: Option<Anchor>,
}

/// Makes the event that follows `tip` in a journal, and the new tip.
///
/// # Errors
/// [`EventFault::TooLarge`] when the body does not fit into an event.
pub fn extend(
    journal: Journal,
    tip: Option<Tip>,
    circumstance: Circumstance,
    body: &Body,
) -> Result<(Event, Tip), EventFault> {
    let body = body.to_bytes();
    let header = Header {
        version: ENVELOPE_VERSION,
        inspection: journal.inspection,
        journal: journal.journal,
        seq: next_seq(tip),
        prev: tip.map(|tip| tip.id),
        at: circumstance.at,
        anchor: circumstance.anchor,
        body_hash: hash::body_hash(&circumstance.salt, &body),
    };
    let event = Event { header: header.to_bytes(), salt: circumstance.salt, body: Some(body) };
    let tip = Tip { seq: header.seq, id: hash::id_of(&event) };
    Ok((event.within_limits()?, tip))
}

/// The place after a tip; 0 for a journal without events.
pub fn next_seq(tip: Option<Tip>) -> u64 {
    tip.map_or(0, |tip| tip.seq.saturating_add(1))
}

/// One event that was read and found to be what it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its id.
    pub id: EventId,
    /// Its header.
    pub header: Header,
    /// Its body; `None` when withheld.
    pub body: Option<Body>,
    /// Its bytes as they came.
    pub event: Event,
}

/// Why an event or a run of events is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChainFault {
    /// The header cannot be used.
    #[error("event {index}: {fault}")]
    Header {
        /// Place in the run, from 0.
        index: usize,
        /// What is wrong with it.
        fault: HeaderFault,
    },
    /// The event as a whole is too large.
    #[error("event {index}: {fault}")]
    Event {
        /// Place in the run, from 0.
        index: usize,
        /// What is wrong with it.
        fault: EventFault,
    },
    /// The body cannot be read.
    #[error("event {index}: {fault}")]
    Body {
        /// Place in the run, from 0.
        index: usize,
        /// What is wrong with it.
        fault: BodyFault,
    },
    /// The body is not the one whose hash the header has.
    #[error("event {index}: the body does not belong to the header")]
    BodyHash {
        /// Place in the run, from 0.
        index: usize,
    },
    /// The event is of another journal than the run.
    #[error("event {index}: it belongs to another journal")]
    OtherJournal {
        /// Place in the run, from 0.
        index: usize,
    },
    /// The event does not follow the one before it.
    #[error("event {index}: it does not follow the event before it")]
    Broken {
        /// Place in the run, from 0.
        index: usize,
    },
}

/// Checks one event by itself: header, body, and that they belong together.
///
/// # Errors
/// See [`ChainFault`]; `index` is put into it.
pub fn verify_event(event: Event, index: usize) -> Result<Verified, ChainFault> {
    let event = event.within_limits().map_err(|fault| ChainFault::Event { index, fault })?;
    let header =
        Header::from_bytes(&event.header).map_err(|fault| ChainFault::Header { index, fault })?;
    let body = match &event.body {
        Some(bytes) => Some(verify_body(&header, &event.salt, bytes, index)?),
        None => None,
    };
    Ok(Verified { id: hash::id_of(&event), header, body, event })
}

fn verify_body(
    header: &Header,
    salt: &Salt,
    bytes: &[u8],
    index: usize,
) -> Result<Body, ChainFault> {
    if hash::body_hash(salt, bytes) != header.body_hash {
        return Err(ChainFault::BodyHash { index });
    }
    Body::from_bytes(bytes).map_err(|fault| ChainFault::Body { index, fault })
}

/// Checks that events are of one journal and each follows the one before. Where the run begins
/// is not checked: the first event may follow anything.
///
/// # Errors
/// The first [`ChainFault`].
pub fn verify_run(journal: Journal, events: Vec<Event>) -> Result<Vec<Verified>, ChainFault> {
    let mut run: Vec<Verified> = Vec::with_capacity(events.len());
    for (index, event) in events.into_iter().enumerate() {
        let verified = verify_event(event, index)?;
        let header = &verified.header;
        if (header.inspection, header.journal) != (journal.inspection, journal.journal) {
            return Err(ChainFault::OtherJournal { index });
        }
        if run.last().is_some_and(|last| !follows(last, header)) {
            return Err(ChainFault::Broken { index });
        }
        run.push(verified);
    }
    Ok(run)
}

fn follows(last: &Verified, header: &Header) -> bool {
    header.prev == Some(last.id) && last.header.seq.checked_add(1) == Some(header.seq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::act::{Act, UnknownAct};
    use domain::ids::BodyHash;

    const JOURNAL: Journal =
        Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };

    fn body(text: &str) -> Body {
        let payload = vec![0xa0];
        Body::of(Act::Unknown(UnknownAct { name: text.to_owned(), payload }))
    }

    fn run(length: u8) -> Vec<Event> {
        let mut tip = None;
        let mut events = Vec::new();
        for number in 0..length {
            let circumstance = Circumstance {
                at: Moment(i64::from(number)),
                salt: Salt([number; 16]),
                anchor: None,
            };
            let (event, next) =
                extend(JOURNAL, tip, circumstance, &body("a")).expect("it is small");
            events.push(event);
            tip = Some(next);
        }
        events
    }

    #[test]
    fn a_run_made_by_extend_verifies_from_any_place() {
        assert_eq!(verify_run(JOURNAL, run(5)).map(|run| run.len()), Ok(5));
        assert_eq!(verify_run(JOURNAL, run(5).split_off(2)).map(|run| run.len()), Ok(3));
    }

    #[test]
    fn a_missing_a_doubled_and_a_swapped_event_break_the_run() {
        let mut missing = run(4);
        missing.remove(2);
        assert_eq!(verify_run(JOURNAL, missing), Err(ChainFault::Broken { index: 2 }));
        let mut doubled = run(4);
        doubled.insert(1, doubled[1].clone());
        assert_eq!(verify_run(JOURNAL, doubled), Err(ChainFault::Broken { index: 2 }));
        let mut swapped = run(4);
        swapped.swap(1, 2);
        assert_eq!(verify_run(JOURNAL, swapped), Err(ChainFault::Broken { index: 1 }));
    }

    #[test]
    fn a_changed_body_or_salt_does_not_belong_to_its_header() {
        let mut events = run(2);
        events[1].body = Some(body("b").to_bytes());
        assert_eq!(verify_run(JOURNAL, events), Err(ChainFault::BodyHash { index: 1 }));
        let mut events = run(2);
        events[1].salt = Salt([99; 16]);
        assert_eq!(verify_run(JOURNAL, events), Err(ChainFault::BodyHash { index: 1 }));
    }

    #[test]
    fn a_withheld_body_leaves_the_chain_whole() {
        let mut events = run(3);
        events[1].body = None;
        let verified = verify_run(JOURNAL, events).expect("the chain is of headers");
        assert_eq!(verified[1].body, None);
    }

    #[test]
    fn an_event_of_another_journal_is_named() {
        let other = Journal { journal: JournalId([9; 16]), ..JOURNAL };
        assert_eq!(verify_run(other, run(1)), Err(ChainFault::OtherJournal { index: 0 }));
    }

    #[test]
    fn a_changed_header_changes_the_id_and_breaks_the_next_link() {
        let mut events = run(3);
        let mut header = Header::from_bytes(&events[1].header).expect("it was made here");
        header.at = Moment(12_345);
        events[1].header = header.to_bytes();
        assert_eq!(verify_run(JOURNAL, events), Err(ChainFault::Broken { index: 2 }));
        assert_ne!(header.body_hash, BodyHash([0; 32]));
    }
}
