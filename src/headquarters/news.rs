//! The answer to a pull: what a seat may see, above the cursors it names.
//!
//! A page ends where a head ends, so that a tablet can verify everything it got at once. Cursors
//! belong to one life of the store; one of another life counts as none.

use std::collections::BTreeMap;

use domain::ids::{Epoch, InspectionId, PersonId};
use domain::state::Custody;
use proof::chain::Journal;
use proof::head::SignedHead;
use sync::message::pull::{Cursor, Page, Pull, PullAnswer, PulledEvent};
use sync::message::push::MAX_PAGE_EVENTS;
use sync::paging::{self, Placed};

use crate::store::events::{self, Stored};
use crate::store::inspections::{self, Listed};
use crate::store::{Store, StoreFault, meta};

/// Answers a pull; `None` when a cursor is not one of headquarters.
///
/// # Errors
/// See [`StoreFault`].
pub async fn answer(
    store: &Store,
    epoch: Epoch,
    person: PersonId,
    pull: &Pull,
) -> Result<Option<PullAnswer>, StoreFault> {
    let Some(have) = positions(epoch, pull) else { return Ok(None) };
    let visible = inspections::visible_to(store.readers(), person).await?;
    let gone = have.keys().filter(|id| visible.iter().all(|listed| listed.id != **id));
    let gone = gone.copied().collect();
    let (mut pages, mut more, mut room) = (Vec::new(), false, MAX_PAGE_EVENTS);
    for listed in visible {
        let from = have.get(&listed.id).copied();
        if from.is_some_and(|from| from >= listed.end) {
            continue;
        }
        let Some(read) = read(store, epoch, &listed, from.unwrap_or(0), room).await? else {
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
    Ok(Some(PullAnswer { epoch, pages, gone, more, durable_through }))
}

fn positions(epoch: Epoch, pull: &Pull) -> Option<BTreeMap<InspectionId, u64>> {
    let have = pull.have.iter();
    have.map(|(id, cursor)| Some((*id, position(epoch, cursor)?))).collect()
}

fn cursor(epoch: Epoch, next: u64) -> Cursor {
    Cursor(format!("{epoch}.{next}"))
}

fn position(epoch: Epoch, cursor: &Cursor) -> Option<u64> {
    let (of, next) = cursor.0.split_once('.')?;
    let (of, next) = (of.parse::<Epoch>().ok()?, next.parse().ok()?);
    Some(if of == epoch { next } else { 0 })
}

struct Read {
    page: Page,
    more: bool,
}

/// A page of at most `room` events; `None` when not even the first run fits.
async fn read(
    store: &Store,
    epoch: Epoch,
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
    let next = last.position + 1;
    let heads = heads(store, listed.id, &stored).await?;
    let entries = stored.into_iter().map(entry).collect();
    let page = Page { inspection: listed.id, cursor: cursor(epoch, next), heads, entries };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_another_life_of_the_store_counts_as_none() {
        let (present, earlier) = (Epoch([1; 16]), Epoch([2; 16]));
        assert_eq!(position(present, &cursor(present, 7)), Some(7));
        assert_eq!(position(present, &cursor(earlier, 7)), Some(0));
    }

    #[test]
    fn what_headquarters_never_gave_is_no_cursor() {
        let epoch = Epoch([1; 16]);
        for text in ["", "7", "x.7", &format!("{epoch}."), &format!("{epoch}.-1")] {
            assert_eq!(position(epoch, &Cursor(text.to_owned())), None, "{text}");
        }
    }
}
