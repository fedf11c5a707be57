//! What a tablet can give back to a headquarters that has lost it: journals of others, under the
//! heads they came with.
//!
//! Pure: the store says what it has; how it is sent is the replica's to decide.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{EventId, SeatId};
use domain::order;
use proof::chain::{Journal, Tip};

/// Whose journal it is. Headquarters' own come first: they say who is on the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Headquarters wrote it.
    Headquarters,
    /// A seat of somebody else wrote it.
    Colleague,
}

/// A run of another journal that ends at the tip of a head this tablet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carry {
    /// Whose it is.
    pub whose: Whose,
    /// The journal.
    pub journal: Journal,
    /// The first `seq`; the events before `tip` are found by going back from it.
    pub from: u64,
    /// The last event, which the head names.
    pub tip: Tip,
}

impl Carry {
    /// How many events it has.
    pub fn events(&self) -> u64 {
        self.tip.seq.saturating_add(1).saturating_sub(self.from)
    }
}

/// An event of another journal, as the store has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its journal.
    pub journal: Journal,
    /// Its place there.
    pub seq: u64,
    /// The event before it.
    pub prev: Option<EventId>,
    /// Whether headquarters has given it a position in its present life.
    pub is_placed: bool,
    /// Whether it was held, by headquarters' last word.
    pub is_held: bool,
}

/// What has no place at headquarters, in the order in which it is to be sent: headquarters' own
/// journals, then those of others, each from its beginning on.
///
/// `events` are those of journals that this tablet does not write, `heads` the tips of the heads
/// that came with them; `whose` tells by the author.
pub fn carries(
    events: &BTreeMap<EventId, Kept>,
    heads: impl IntoIterator<Item = (Journal, Tip)>,
    whose: impl Fn(Journal) -> Whose,
) -> Vec<Carry> {
    let mut tips: Vec<_> = heads.into_iter().collect();
    // Of two branches the one that counted comes first, so that it counts again.
    let is_held = |tip: &Tip| events.get(&tip.id).is_some_and(|kept| kept.is_held);
    order::sort_by_key(&mut tips, |(journal, tip)| {
        (whose(*journal), *journal, is_held(tip), tip.seq, tip.id)
    });
    let mut covered = BTreeSet::new();
    let carry = |(journal, tip): (Journal, Tip)| {
        let from = first_unplaced(events, tip, &mut covered)?;
        Some(Carry { whose: whose(journal), journal, from, tip })
    };
    tips.into_iter().filter_map(carry).collect()
}

/// Goes back from a tip as long as events have no place and no earlier run has them.
fn first_unplaced(
    events: &BTreeMap<EventId, Kept>,
    tip: Tip,
    covered: &mut BTreeSet<EventId>,
) -> Option<u64> {
    let (mut at, mut first) = (Some(tip.id), None);
    while let Some((id, kept)) = at.and_then(|id| Some((id, events.get(&id)?))) {
        if kept.is_placed || !covered.insert(id) {
            break;
        }
        first = Some(kept.seq);
        at = kept.prev;
    }
    first
}

/// Whose journal it is by the seat that wrote it.
pub fn whose(author: SeatId, headquarters: &[SeatId]) -> Whose {
    if headquarters.contains(&author) { Whose::Headquarters } else { Whose::Colleague }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{InspectionId, JournalId};

    fn journal(number: u8) -> Journal {
        Journal { inspection: InspectionId([1; 16]), journal: JournalId([number; 16]) }
    }

    fn id(journal: u8, seq: u64) -> EventId {
        let mut id = [journal; 32];
        id[0] = u8::try_from(seq).expect("small");
        EventId(id)
    }

    fn tip(number: u8, seq: u64) -> (Journal, Tip) {
        (journal(number), Tip { seq, id: id(number, seq) })
    }

    /// Journals 1 and 2 of five events; those from `placed` on have no place.
    fn kept(placed: u64) -> BTreeMap<EventId, Kept> {
        let all = [1, 2].into_iter().flat_map(|number| (0..5).map(move |seq| (number, seq)));
        let event = |(number, seq): (u8, u64)| {
            let prev = seq.checked_sub(1).map(|seq| id(number, seq));
            let is_placed = seq < placed;
            let kept = Kept { journal: journal(number), seq, prev, is_placed, is_held: false };
            (id(number, seq), kept)
        };
        all.map(event).collect()
    }

    fn by_number(journal: Journal) -> Whose {
        if journal.journal == JournalId([2; 16]) { Whose::Headquarters } else { Whose::Colleague }
    }

    #[test]
    fn each_event_without_a_place_is_carried_once_and_headquarters_comes_first() {
        let heads = [tip(1, 4), tip(1, 2), tip(2, 4), tip(1, 0)];
        let carries = carries(&kept(1), heads, by_number);
        let runs = carries.iter().map(|carry| (carry.journal, carry.from, carry.tip.seq));
        let expected = [(journal(2), 1, 4), (journal(1), 1, 2), (journal(1), 3, 4)];
        assert_eq!(runs.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_headquarters_has_and_what_no_head_covers_is_not_carried() {
        assert_eq!(carries(&kept(5), [tip(1, 4), tip(2, 4)], by_number), []);
        assert_eq!(carries(&kept(0), [], by_number), []);
    }

    #[test]
    fn a_branch_is_carried_from_where_it_leaves_the_other() {
        let mut events = kept(0);
        let branch = EventId([0xff; 32]);
        let prev = Some(id(1, 2));
        let kept = Kept { journal: journal(1), seq: 3, prev, is_placed: false, is_held: true };
        events.insert(branch, kept);
        let heads = [tip(1, 4), (journal(1), Tip { seq: 3, id: branch })];
        let carries = carries(&events, heads, by_number);
        let runs = carries.iter().map(|carry| (carry.from, carry.tip.seq));
        assert_eq!(runs.collect::<Vec<_>>(), [(0, 4), (3, 3)]);
    }
}
