//! Where a page of a pull ends, and which heads it needs.
//!
//! A page ends where a head ends, so that a tablet can verify everything it got at once. Pure:
//! headquarters loads the events and sends the page.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{EventId, JournalId};

/// What decides about an event's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its journal.
    pub journal: JournalId,
    /// The last event under the head it came with.
    pub head_tip: EventId,
    /// Whether it is held.
    pub is_held: bool,
}

/// How many of these events, which are in the order of their positions, make a page of at most
/// `room`. One more than fit is enough to see whether the last run that does is complete.
pub fn length(events: &[Placed], room: usize) -> usize {
    if events.len() <= room {
        return events.len();
    }
    let run = |event: &Placed| (event.journal, event.head_tip);
    let last = events.get(room).map(run);
    let whole = events.iter().take(room).rposition(|event| Some(run(event)) != last);
    whole.map_or(0, |at| at + 1)
}

/// The heads a page needs, by journal and last event: of each journal the one over its last event
/// here; where events are held there may be branches, and every head is needed.
pub fn heads(events: &[Placed]) -> BTreeSet<(JournalId, EventId)> {
    let held = events.iter().filter(|event| event.is_held);
    let with_held = held.map(|event| event.journal).collect::<BTreeSet<_>>();
    let last = events.iter().map(|event| (event.journal, event.head_tip));
    let last = last.collect::<BTreeMap<_, _>>();
    let needed = events.iter().filter(|event| {
        with_held.contains(&event.journal) || last.get(&event.journal) == Some(&event.head_tip)
    });
    needed.map(|event| (event.journal, event.head_tip)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(journal: u8, head_tip: u8) -> Placed {
        let (journal, head_tip) = (JournalId([journal; 16]), EventId([head_tip; 32]));
        Placed { journal, head_tip, is_held: false }
    }

    #[test]
    fn a_page_ends_where_a_head_ends() {
        let events = [event(1, 1), event(1, 1), event(2, 2), event(1, 3), event(1, 3)];
        let lengths = [5, 4, 3, 2, 1, 0].map(|room| length(&events, room));
        assert_eq!(lengths, [5, 3, 3, 2, 0, 0]);
    }

    #[test]
    fn a_page_has_the_last_head_of_each_journal_and_every_head_of_one_with_held_events() {
        let mut events = vec![event(1, 1), event(2, 2), event(1, 3)];
        let ids = |events: &[Placed]| heads(events).into_iter().map(|(_, tip)| tip.0[0]).collect();
        let last: Vec<u8> = ids(&events);
        assert_eq!(last, [3, 2]);
        events.push(Placed { is_held: true, ..event(1, 4) });
        let every: Vec<u8> = ids(&events);
        assert_eq!(every, [1, 3, 4, 2]);
    }
}
