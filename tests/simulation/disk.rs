//! A tablet's store, as far as syncing is concerned: rows that are written together or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::event::Event;
use domain::ids::{Epoch, EventId, InspectionId, PersonId, SeatId};
use domain::state::{Custody, Entry};
use proof::chain::{Journal, Tip, Verified};
use proof::head::{Head, SignedHead};
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::Author;
use sync::carrying::{self, Carry, Kept};
use sync::message::pull::Cursor;
use sync::message::push::Part;
use sync::reception::{self, Known, Reception};
use sync::replica::{JournalProgress, Restored, Survey};

/// A seat of a tablet.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Its keys.
    pub keys: KeyPair,
    /// Who works there.
    pub person: PersonId,
}

impl Seat {
    /// Its name.
    pub fn id(&self) -> SeatId {
        seat_of(&self.keys.public())
    }
}

/// A journal that this tablet writes.
#[derive(Debug, Clone)]
pub struct Own {
    /// Which of its seats writes it.
    pub seat: usize,
    /// Its events on this tablet's branch; the place of each is its `seq`.
    pub events: Vec<EventId>,
    /// How far headquarters has it, and in which life it said so.
    pub accepted: Option<(Epoch, u64)>,
    /// Never written again.
    pub is_left: bool,
}

/// What is on a tablet's disk.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    /// Its seats.
    pub seats: Vec<Seat>,
    /// Which of them works.
    pub current: usize,
    /// The life of headquarters that everything said by it refers to.
    pub epoch: Option<Epoch>,
    /// Whether something is to be given back.
    pub is_recovering: bool,
    /// Every event.
    pub events: BTreeMap<EventId, Rc<Verified>>,
    /// What headquarters says of events, and in which life.
    pub places: BTreeMap<EventId, (Epoch, u64, Custody)>,
    /// Heads that came, by their last event.
    pub heads: BTreeMap<(Journal, EventId), (Tip, SignedHead)>,
    /// Its own journals.
    pub own: BTreeMap<Journal, Own>,
    /// Who wrote a journal.
    pub authors: BTreeMap<Journal, Author>,
    /// How far each inspection is pulled.
    pub cursors: BTreeMap<InspectionId, (Epoch, Cursor)>,
    /// Inspections that may not be seen any longer.
    pub gone: BTreeSet<InspectionId>,
    /// The last snapshot of each inspection, and what is folded into it.
    pub snapshots: BTreeMap<InspectionId, (Vec<u8>, BTreeMap<EventId, Custody>)>,
}

impl Disk {
    /// The seat that works.
    pub fn seat(&self) -> &Seat {
        &self.seats[self.current]
    }

    /// The journal that the current seat goes on with in an inspection.
    pub fn open_journal(&self, inspection: InspectionId) -> Option<Journal> {
        let mut own = self.own.iter();
        let open = own.find(|(journal, own)| {
            journal.inspection == inspection && own.seat == self.current && !own.is_left
        });
        open.map(|(journal, _)| *journal)
    }

    /// Writes own events at the end of a journal.
    pub fn append(&mut self, journal: Journal, events: Vec<Verified>) {
        let (seat, author) = (self.current, self.seat());
        let author = Author { seat: author.id(), key: author.keys.public() };
        self.authors.entry(journal).or_insert(author);
        let fresh = || Own { seat, events: Vec::new(), accepted: None, is_left: false };
        let own = self.own.entry(journal).or_insert_with(fresh);
        for event in events {
            own.events.push(event.id);
            self.events.insert(event.id, Rc::new(event));
        }
    }

    /// Goes by another life of headquarters, and remembers that things are to be given back.
    pub fn begin_epoch(&mut self, epoch: Epoch) {
        self.is_recovering |= self.epoch.is_some_and(|before| before != epoch);
        self.epoch = Some(epoch);
    }

    /// What is known of an inspection, to check a page against.
    pub fn known(&self, inspection: InspectionId) -> Known {
        let authors = self.authors.iter().filter(|(journal, _)| journal.inspection == inspection);
        Known {
            ids: self.of(inspection).map(|event| event.id).collect(),
            authors: authors.map(|(journal, author)| (journal.journal, *author)).collect(),
        }
    }

    /// The events of an inspection.
    pub fn of(&self, inspection: InspectionId) -> impl Iterator<Item = &Rc<Verified>> {
        self.events.values().filter(move |event| event.header.inspection == inspection)
    }

    /// Takes over a page that verified, with the cursor after it.
    pub fn take_page(&mut self, epoch: Epoch, page: (InspectionId, Cursor), taken: Reception) {
        let (inspection, cursor) = page;
        let known = self.known(inspection);
        let own = |journal| self.own.contains_key(&Journal { inspection, journal });
        for journal in reception::forgotten(&taken.events, &known, own) {
            self.leave(Journal { inspection, journal });
        }
        for received in taken.events {
            let (id, journal) = (received.event.id, journal_of(&received.event));
            self.places.insert(id, (epoch, received.position, received.custody));
            self.authors.entry(journal).or_insert(received.author);
            self.events.entry(id).or_insert_with(|| Rc::new(received.event));
        }
        for (Head { journal, tip, .. }, signed) in taken.heads {
            self.heads.insert((journal, tip.id), (tip, signed));
        }
        self.gone.remove(&inspection);
        self.cursors.insert(inspection, (epoch, cursor));
    }

    /// Never writes to a journal again.
    pub fn leave(&mut self, journal: Journal) {
        if let Some(own) = self.own.get_mut(&journal) {
            own.is_left = true;
        }
    }

    fn custody(&self, id: &EventId) -> Custody {
        let place = self.places.get(id).filter(|(epoch, ..)| Some(*epoch) == self.epoch);
        place.map_or(Custody::Accepted, |(.., custody)| *custody)
    }

    /// The events of an inspection as the fold takes them.
    pub fn entries(&self, inspection: InspectionId) -> Vec<(Entry, Custody)> {
        let entry = |event: &Rc<Verified>| {
            let author = self.authors.get(&journal_of(event))?;
            Some((reception::entry(event, *author), self.custody(&event.id)))
        };
        self.of(inspection).filter_map(entry).collect()
    }

    fn accepted_through(&self, own: &Own) -> Option<u64> {
        own.accepted.filter(|(epoch, _)| Some(*epoch) == self.epoch).map(|(_, through)| through)
    }

    fn progress(&self) -> Vec<JournalProgress> {
        let progress = |(journal, own): (&Journal, &Own)| JournalProgress {
            journal: *journal,
            stored_through: (own.events.len() as u64).saturating_sub(1),
            accepted_through: self.accepted_through(own),
        };
        self.own.iter().map(progress).collect()
    }

    /// Where everything stands, for a replica that begins.
    pub fn restored(&self) -> Restored {
        let cursors = self.cursors.iter().filter(|(_, (epoch, _))| Some(*epoch) == self.epoch);
        Restored {
            journals: self.progress(),
            cursors: cursors.map(|(id, (_, cursor))| (*id, cursor.clone())).collect(),
            epoch: self.epoch,
            is_recovering: self.is_recovering,
        }
    }

    /// What headquarters may not have. Own branches are pushed as such; other branches of own
    /// journals came from headquarters and are given back like those of others.
    pub fn survey(&self, headquarters: SeatId) -> Survey {
        let mine: BTreeSet<&EventId> = self.own.values().flat_map(|own| &own.events).collect();
        let kept = |event: &Rc<Verified>| {
            let place = self.places.get(&event.id);
            let is_placed = place.is_some_and(|(epoch, ..)| Some(*epoch) == self.epoch);
            Kept {
                journal: journal_of(event),
                seq: event.header.seq,
                prev: event.header.prev,
                is_placed: is_placed || mine.contains(&event.id),
                is_held: place.is_some_and(|(.., custody)| *custody != Custody::Accepted),
            }
        };
        let events = self.events.iter().map(|(id, event)| (*id, kept(event))).collect();
        let tips = self.heads.iter().map(|((journal, _), (tip, _))| (*journal, *tip));
        let whose = |journal: Journal| {
            let author = self.authors.get(&journal).map_or(SeatId([0; 16]), |author| author.seat);
            carrying::whose(author, &[headquarters])
        };
        Survey { journals: self.progress(), carried: carrying::carries(&events, tips, whose) }
    }

    /// A run of another journal as a part under the head it came with.
    pub fn carry(&self, carry: &Carry) -> Option<Part> {
        let (_, head) = self.heads.get(&(carry.journal, carry.tip.id))?;
        let (mut events, mut at) = (Vec::new(), Some(carry.tip.id));
        while let Some(event) = at.and_then(|id| self.events.get(&id)) {
            events.push(event.event.clone());
            if event.header.seq <= carry.from {
                break;
            }
            at = event.header.prev;
        }
        events.reverse();
        Some(Part { head: head.clone(), events })
    }

    /// A run of an own journal.
    pub fn run(&self, own: &Own, from: u64, count: u64) -> Vec<Event> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let ids = own.events.iter().skip(from).take(count);
        ids.filter_map(|id| self.events.get(id)).map(|event| event.event.clone()).collect()
    }
}

/// The journal of an event.
pub fn journal_of(event: &Verified) -> Journal {
    Journal { inspection: event.header.inspection, journal: event.header.journal }
}
