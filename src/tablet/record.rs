//! From stored events to a folded inspection: who wrote each journal, and the state.
//!
//! Pure: the store has checked each event already, and what it could not read it has left out.

use std::collections::BTreeMap;

use domain::ids::{JournalId, SeatId};
use domain::order;
use domain::state::{Custody, Entry, State};
use storage::contract::{Delivery, Origin, StoredEvent};
use sync::admission::{self, Author};
use sync::reception::{self, Known};

/// An inspection as the store has it.
pub(crate) struct Record {
    /// Its folded state.
    pub(crate) state: State,
    /// What is known of it, for checking what comes next.
    pub(crate) known: Known,
    /// How many of its events exist only here.
    pub(crate) pending: u64,
}

/// Folds the events of one inspection. `headquarters` are the seats whose team and custody acts
/// count.
pub(crate) fn fold(events: &[StoredEvent], headquarters: &[SeatId]) -> Record {
    let known =
        Known { ids: order::gather(events.iter().map(StoredEvent::id)), authors: authors(events) };
    let mut state = State::new(headquarters.iter().copied());
    for (entry, custody) in entries(events, &known) {
        state.apply(&entry, custody);
    }
    Record {
        state,
        pending: events.iter().filter(|event| is_only_here(event)).count() as u64,
        known,
    }
}

/// The events of one inspection as the fold takes them; those of a journal whose first event is
/// not here have no author that could be named and are left out.
pub(crate) fn entries<'a>(
    events: &'a [StoredEvent],
    known: &'a Known,
) -> impl Iterator<Item = (Entry, Custody)> + 'a {
    events.iter().filter_map(|stored| {
        let author = known.authors.get(&stored.event.header.journal)?;
        Some((reception::entry(&stored.event, *author), stored.custody))
    })
}

/// Who wrote the journals whose first events are among these.
pub(crate) fn authors(events: &[StoredEvent]) -> BTreeMap<JournalId, Author> {
    let openings = events.iter().filter(|stored| stored.event.header.seq == 0);
    let of_journal = |stored: &StoredEvent| Some((stored.event.header.journal, author(stored)?));
    order::gather(openings.filter_map(of_journal))
}

fn author(first: &StoredEvent) -> Option<Author> {
    let opening = admission::opening_of(&first.event)?;
    Some(Author { seat: opening.seat, key: opening.key })
}

fn is_only_here(event: &StoredEvent) -> bool {
    event.origin == Origin::Recorded && event.delivery == Delivery::Stored
}
