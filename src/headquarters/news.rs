//! The answer to a pull: what a seat may see, above the cursors it names.
//!
//! A page ends where a head ends, so that a tablet can verify everything it got at once. Cursors
//! belong to one life of the store; one of another life counts as none.

use std::collections::BTreeMap;

use domain::ids::{InspectionId, PersonId};
use domain::state::Custody;
use proof::chain::Journal;
use proof::hash::id_of;
use proof::head::SignedHead;
use sync::message::pull::{Page, Pull, PullAnswer, PulledEvent};
use sync::message::push::MAX_PAGE_EVENTS;
use sync::paging::{self, Placed};

use crate::cursor::{Cursors, Stand};
use crate::store::events::{self, Stored};
use crate::store::inspections::{self, Listed};
use crate::store::{Store, StoreFault, meta};

/// What a pull comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The answer.
    Answer(PullAnswer),
    /// A cursor is not one that headquarters gave.
    NoCursor,
    /// The tablet has an event that headquarters gave it and does not have: an old copy of the
    /// database was put back, and a new life has to begin.
    Forgotten,
}

/// Answers a pull.
///
/// # Errors
/// See [`StoreFault`].
pub async fn answer(
    store: &Store,
    cursors: &Cursors,
    person: PersonId,
    pull: &Pull,
) -> Result<News, StoreFault> {
    let Some(have) = stands(cursors, pull) else { return Ok(News::NoCursor) };
    if has_forgotten(store, &have).await? {
        return Ok(News::Forgotten);
    }
    let visible = inspections::visible_to(store.readers(), person).await?;
    let gone = have.keys().filter(|id| visible.iter().all(|listed| listed.id != **id));
    let gone = gone.copied().collect();
    let (mut pages, mut more, mut room) = (Vec::new(), false, MAX_PAGE_EVENTS);
    for listed in visible {
        let from = have.get(&listed.id).map(|stand| stand.next);
        if from.is_some_and(|from| from >= listed.end) {
            continue;
        }
        let Some(read) = read(store, cursors, &listed, from.unwrap_or(0), room).await? else {
            more = true;
            break;
        };
        room -= read.page.entries.len();
        more = read.more;
        pages.push(read.page);
        if more {
            break;
        }
    }
    let durable_through = meta::durable_through(store.readers()).await?;
    let epoch = cursors.epoch;
    Ok(News::Answer(PullAnswer { epoch, pages, gone, more, durable_through }))
}

fn stands(cursors: &Cursors, pull: &Pull) -> Option<BTreeMap<InspectionId, Stand>> {
    let have = pull.have.iter();
    have.map(|(id, cursor)| Some((*id, cursors.read(*id, cursor)?))).collect()
}

/// Whether a tablet stands after an event that is not at its place here.
async fn has_forgotten(
    store: &Store,
    have: &BTreeMap<InspectionId, Stand>,
) -> Result<bool, StoreFault> {
    for stand in have.values().filter(|stand| stand.last.is_some()) {
        let Some(position) = stand.next.checked_sub(1) else { continue };
        let event = events::id_at(store.readers(), position).await?;
        if !stand.is_after(event.as_ref()) {
            return Ok(true);
        }
    }
    Ok(false)
}

struct Read {
    page: Page,
    more: bool,
}

/// A page of at most `room` events; `None` when not even the first run fits.
async fn read(
    store: &Store,
    cursors: &Cursors,
    listed: &Listed,
    from: u64,
    room: usize,
) -> Result<Option<Read>, StoreFault> {
    // One more than fits shows whether the last run that does is complete.
    let mut stored = events::of_inspection(store.readers(), listed.id, from, room + 1).await?;
    let more = stored.len() > room;
    let placed = stored.iter().map(placed).collect::<Vec<_>>();
    stored.truncate(paging::length(&placed, room));
    let Some(last) = stored.last() else { return Ok(None) };
    let cursor = cursors.give(listed.id, last.position + 1, id_of(&last.event));
    let heads = heads(store, listed.id, &stored).await?;
    let entries = stored.into_iter().map(entry).collect();
    let page = Page { inspection: listed.id, cursor, heads, entries };
    Ok(Some(Read { page, more }))
}

fn placed(stored: &Stored) -> Placed {
    let is_held = stored.custody != Custody::Accepted;
    Placed { journal: stored.journal, head_tip: stored.head_tip, is_held }
}

fn entry(stored: Stored) -> PulledEvent {
    let held = match stored.custody {
        Custody::Accepted => None,
        Custody::Held(reason) => Some(reason),
    };
    PulledEvent { position: stored.position, held, event: stored.event }
}

async fn heads(
    store: &Store,
    inspection: InspectionId,
    stored: &[Stored],
) -> Result<Vec<SignedHead>, StoreFault> {
    let placed = stored.iter().map(placed).collect::<Vec<_>>();
    let mut heads = Vec::new();
    for (journal, tip) in paging::heads(&placed) {
        let journal = Journal { inspection, journal };
        let head = events::head(store.readers(), journal, tip).await?;
        heads.push(head.ok_or(StoreFault::Damaged("heads"))?);
    }
    Ok(heads)
}
