//! The tablet's side of a pull: a page from headquarters is believed only as far as it verifies.
//!
//! Each event must be what it says it is and follow one that is known, and must be under a head
//! in the page that its author signed. Headquarters' word alone is never enough for what another
//! seat said. Storing is the caller's.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::HeaderFault;
use domain::ids::{EventId, JournalId};
use domain::order;
use domain::state::{Custody, Entry};
use proof::chain::{self, ChainFault, Verified};
use proof::head::{Head, HeadFault, SignedHead};
use proof::seat::{self, SeatFault};
use thiserror::Error;

use crate::admission::{Author, opening_of};
use crate::message::pull::{Page, PulledEvent};
use crate::status::SyncFault;

/// What a tablet has of an inspection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The ids of its events.
    pub ids: BTreeSet<EventId>,
    /// The author of each of its journals.
    pub authors: BTreeMap<JournalId, Author>,
}

/// An event that verified, with what headquarters says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The event.
    pub event: Verified,
    /// Who wrote it.
    pub author: Author,
    /// Its position at headquarters.
    pub position: u64,
    /// Whether it counts.
    pub custody: Custody,
}

impl Received {
    /// The event as the fold takes it.
    pub fn entry(&self) -> Entry {
        entry(&self.event, self.author)
    }
}

/// A verified event as the fold takes it.
pub fn entry(event: &Verified, author: Author) -> Entry {
    Entry {
        id: event.id,
        author: author.seat,
        seq: event.header.seq,
        at: event.header.at,
        body: event.body.clone(),
    }
}

/// Why a page is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceptionFault {
    /// An event is not what it says it is.
    #[error(transparent)]
    Chain(#[from] ChainFault),
    /// A head is not what it says it is.
    #[error(transparent)]
    Head(#[from] HeadFault),
    /// A journal's first event names a seat that is not its key's.
    #[error(transparent)]
    Seat(#[from] SeatFault),
    /// An event is of another inspection than the page.
    #[error("the event at position {position} is of another inspection")]
    OtherInspection {
        /// Its position.
        position: u64,
    },
    /// An event follows one that is not known.
    #[error("the event at position {position} follows one that is not known")]
    Torn {
        /// Its position.
        position: u64,
    },
    /// A journal is not known and does not begin here with its seat.
    #[error("journal `{0}` does not begin with its seat")]
    NoAuthor(JournalId),
    /// An event of the journal is not among those that a head in the page covers.
    #[error("no signed head covers journal `{0}`")]
    NotCovered(JournalId),
    /// The events are not in the order of their positions.
    #[error("the event at position {position} comes after one with a later position")]
    Order {
        /// Its position.
        position: u64,
    },
}

impl ReceptionFault {
    /// The state of syncing when a page is not believed for this reason.
    pub fn as_sync_fault(&self) -> SyncFault {
        match self {
            Self::Chain(ChainFault::Header { fault: HeaderFault::FutureVersion(_), .. }) => {
                SyncFault::AppOutdated
            }
            Self::Chain(_)
            | Self::Head(_)
            | Self::Seat(_)
            | Self::OtherInspection { .. }
            | Self::Torn { .. }
            | Self::NoAuthor(_)
            | Self::NotCovered(_)
            | Self::Order { .. } => SyncFault::Unreadable,
        }
    }
}

/// A page that verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reception {
    /// Its events in the order of their positions.
    pub events: Vec<Received>,
    /// Its heads with what they say.
    pub heads: Vec<(Head, SignedHead)>,
}

/// Checks a page against what the tablet has; events it has already come back too.
///
/// # Errors
/// The first [`ReceptionFault`]; then nothing of the page is believed.
pub fn receive(page: Page, known: &Known) -> Result<Reception, ReceptionFault> {
    let mut known = known.clone();
    in_order(&page)?;
    let mut events = Vec::with_capacity(page.entries.len());
    for (index, pulled) in page.entries.iter().enumerate() {
        events.push(receive_event(&page, index, pulled, &mut known)?);
    }
    let heads = verified_heads(&page, &known)?;
    covered(&heads, &events)?;
    Ok(Reception { events, heads })
}

/// The heads of the page's own journals; a head of any other is passed over.
fn verified_heads(page: &Page, known: &Known) -> Result<Vec<(Head, SignedHead)>, ReceptionFault> {
    let mut heads = Vec::with_capacity(page.heads.len());
    for signed in &page.heads {
        let journal = Head::from_bytes(&signed.head)?.journal;
        let author = known.authors.get(&journal.journal);
        if let Some(author) = author.filter(|_| journal.inspection == page.inspection) {
            heads.push((signed.verify(&author.key)?, signed.clone()));
        }
    }
    Ok(heads)
}

fn receive_event(
    page: &Page,
    index: usize,
    pulled: &PulledEvent,
    known: &mut Known,
) -> Result<Received, ReceptionFault> {
    let event = chain::verify_event(pulled.event.clone(), index)?;
    let position = pulled.position;
    if event.header.inspection != page.inspection {
        return Err(ReceptionFault::OtherInspection { position });
    }
    if event.header.prev.is_some_and(|prev| !known.ids.contains(&prev)) {
        return Err(ReceptionFault::Torn { position });
    }
    let author = author_of(&event, known)?;
    known.ids.insert(event.id);
    Ok(Received { event, author, position, custody: pulled.custody() })
}

fn author_of(event: &Verified, known: &mut Known) -> Result<Author, ReceptionFault> {
    let journal = event.header.journal;
    if let Some(author) = known.authors.get(&journal) {
        return Ok(*author);
    }
    if event.header.seq > 0 {
        return Err(ReceptionFault::NoAuthor(journal));
    }
    let opening = opening_of(event).ok_or(ReceptionFault::NoAuthor(journal))?;
    seat::verify_opening(opening)?;
    let author = Author { seat: opening.seat, key: opening.key };
    known.authors.insert(journal, author);
    Ok(author)
}

fn in_order(page: &Page) -> Result<(), ReceptionFault> {
    let pairs = page.entries.iter().zip(page.entries.iter().skip(1));
    let wrong =
        pairs.map(|(one, next)| (one.position, next.position)).find(|(one, next)| one >= next);
    wrong.map_or(Ok(()), |(_, position)| Err(ReceptionFault::Order { position }))
}

/// Whether each event is on the way back from the last event of some head. How far a head reaches
/// would not be enough: beside the branch that it covers there may be one that nobody signed.
fn covered(heads: &[(Head, SignedHead)], events: &[Received]) -> Result<(), ReceptionFault> {
    let here: BTreeMap<EventId, &Received> =
        order::gather(events.iter().map(|received| (received.event.id, received)));
    let mut covered = BTreeSet::new();
    for (head, _) in heads {
        let mut at = Some(head.tip.id);
        while let Some((id, received)) = at.and_then(|id| Some((id, here.get(&id)?))) {
            let is_of_head = received.event.header.journal == head.journal.journal;
            if !is_of_head || !covered.insert(id) {
                break;
            }
            at = received.event.header.prev;
        }
    }
    let not_covered = events.iter().find(|received| !covered.contains(&received.event.id));
    not_covered
        .map_or(Ok(()), |received| Err(ReceptionFault::NotCovered(received.event.header.journal)))
}

/// The journals of this tablet of which a page brings events that it does not have: it has
/// forgotten them, or somebody else writes with its key. It leaves them and opens others.
pub fn forgotten(
    received: &[Received],
    known: &Known,
    is_own: impl Fn(JournalId) -> bool,
) -> BTreeSet<JournalId> {
    let fresh = received.iter().filter(|received| !known.ids.contains(&received.event.id));
    fresh.map(|received| received.event.header.journal).filter(|id| is_own(*id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::pull::Cursor;
    use domain::act::{Act, Body, OpenJournal, UnknownAct};
    use domain::event::Event;
    use domain::ids::{InspectionId, Salt};
    use domain::moment::Moment;
    use proof::chain::{Circumstance, Journal, Tip, extend};
    use proof::seat::seat_of;
    use proof::sign::KeyPair;

    const JOURNAL: Journal =
        Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };

    fn written(keys: &KeyPair, count: u8) -> (Vec<Event>, Tip) {
        let key = keys.public();
        let opening = OpenJournal { seat: seat_of(&key), key, app: String::new() };
        let note = UnknownAct { name: "note".to_owned(), payload: vec![0xa0] };
        let mut acts = vec![Act::OpenJournal(opening)];
        acts.resize(usize::from(count), Act::Unknown(note));
        let (mut tip, mut events) = (None, Vec::new());
        for act in acts {
            let circumstance = Circumstance { at: Moment(0), salt: Salt([0; 16]), anchor: None };
            let made = extend(JOURNAL, tip, circumstance, &Body::of(act));
            let (event, next) = made.expect("it is small");
            events.push(event);
            tip = Some(next);
        }
        (events, tip.expect("there is at least one"))
    }

    fn page(keys: &KeyPair, count: u8) -> Page {
        let (events, tip) = written(keys, count);
        let head = keys.sign_head(&Head { journal: JOURNAL, tip, at: Moment(0) });
        let entries = (0u64..)
            .zip(events)
            .map(|(position, event)| PulledEvent { position, held: None, event })
            .collect();
        let cursor = Cursor("1".to_owned());
        Page { inspection: JOURNAL.inspection, cursor, heads: vec![head], entries }
    }

    fn keys() -> KeyPair {
        KeyPair::from_seed(&[7; 32])
    }

    #[test]
    fn a_page_is_believed_from_the_beginning_and_from_where_the_tablet_stands() {
        let whole = receive(page(&keys(), 4), &Known::default()).expect("it verifies").events;
        assert_eq!(whole.len(), 4);
        let known = Known {
            ids: whole.iter().take(2).map(|received| received.event.id).collect(),
            authors: BTreeMap::from([(JOURNAL.journal, whole[0].author)]),
        };
        let mut rest = page(&keys(), 4);
        rest.entries.drain(..2);
        assert_eq!(receive(rest.clone(), &known).map(|reception| reception.events.len()), Ok(2));
        let fault = ReceptionFault::Torn { position: 2 };
        assert_eq!(receive(rest, &Known::default()), Err(fault));
    }

    #[test]
    fn a_journal_without_a_head_of_its_author_that_reaches_as_far_is_not_believed() {
        let not_covered = Err(ReceptionFault::NotCovered(JOURNAL.journal));
        let mut bare = page(&keys(), 3);
        bare.heads.clear();
        assert_eq!(receive(bare, &Known::default()), not_covered);

        let mut short = page(&keys(), 3);
        short.heads = page(&keys(), 2).heads;
        assert_eq!(receive(short, &Known::default()), not_covered);

        let mut forged = page(&keys(), 3);
        forged.heads = page(&KeyPair::from_seed(&[8; 32]), 3).heads;
        let fault = ReceptionFault::Head(HeadFault::Signature);
        assert_eq!(receive(forged, &Known::default()), Err(fault));
    }

    #[test]
    fn an_event_of_another_inspection_is_not_believed() {
        let mut page = page(&keys(), 1);
        page.inspection = InspectionId([9; 16]);
        let fault = ReceptionFault::OtherInspection { position: 0 };
        assert_eq!(receive(page, &Known::default()), Err(fault));
    }

    #[test]
    fn an_event_that_was_left_out_is_noticed() {
        let mut page = page(&keys(), 4);
        page.entries.remove(1);
        let fault = ReceptionFault::Torn { position: 2 };
        assert_eq!(receive(page, &Known::default()), Err(fault));
    }

    #[test]
    fn a_branch_that_nobody_signed_is_not_believed_beside_one_that_is_signed_further() {
        let mut page = page(&keys(), 4);
        let forged = page.entries[2].event.clone();
        let mut header = domain::event::Header::from_bytes(&forged.header).expect("made here");
        header.at = Moment(99);
        let event = Event { header: header.to_bytes(), ..forged };
        page.entries.push(PulledEvent { position: 9, held: None, event });
        let fault = ReceptionFault::NotCovered(JOURNAL.journal);
        assert_eq!(receive(page, &Known::default()), Err(fault));
    }

    #[test]
    fn a_page_out_of_order_is_not_believed() {
        let mut page = page(&keys(), 3);
        page.entries[2].position = 1;
        let fault = ReceptionFault::Order { position: 1 };
        assert_eq!(receive(page, &Known::default()), Err(fault));
    }

    #[test]
    fn a_page_of_a_later_version_asks_for_an_update() {
        let mut page = page(&keys(), 2);
        let event = &mut page.entries[1].event;
        let mut header = domain::event::Header::from_bytes(&event.header).expect("made here");
        header.version += 1;
        event.header = header.to_bytes();
        let fault = receive(page, &Known::default()).expect_err("it is of the future");
        assert_eq!(fault.as_sync_fault(), SyncFault::AppOutdated);
    }

    #[test]
    fn an_own_journal_that_headquarters_knows_better_is_forgotten() {
        let received = receive(page(&keys(), 3), &Known::default()).expect("it verifies").events;
        let knows = |count| Known {
            ids: received.iter().take(count).map(|received| received.event.id).collect(),
            ..Known::default()
        };
        let own = |_| true;
        assert_eq!(forgotten(&received, &knows(2), own), BTreeSet::from([JOURNAL.journal]));
        assert_eq!(forgotten(&received, &knows(3), own), BTreeSet::new());
        assert_eq!(forgotten(&received, &knows(2), |_| false), BTreeSet::new());
    }
}
