//! Headquarters: processes on one store. What is decided is decided by `sync`; here are a store
//! that commits as a whole, the office's acts, and the positions.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::act::{Act, AssignSeat, Body, Judgement, OpenInspection, OpenJournal, Role};
use domain::ids::{
    EnvelopeKey, Epoch, EventId, InspectionId, JournalId, PersonId, Salt, SeatId, SigningKey,
};
use domain::moment::Moment;
use domain::state::{Custody, State};
use proof::chain::{self, Circumstance, Journal, Verified};
use proof::head::{Head, SignedHead};
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::{
    self, Author, Decision, Examination, Examined, Known, Standing, Writer, blank, decide,
};
use sync::message::pull::{Cursor, Page, Pull, PullAnswer, PulledEvent};
use sync::message::push::{JournalAnswer, Part, PushAnswer};
use sync::message::refusal::RefusalCode;
use sync::paging::{self, Placed};
use sync::{recall, reception};

use crate::chance::Chance;
use crate::plant::Plant;

/// An event in custody.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its place among all.
    pub position: u64,
    /// The event.
    pub event: Rc<Verified>,
    /// Who wrote it.
    pub author: Author,
    /// Whether it counts.
    pub custody: Custody,
    /// The last event under the head it came with.
    pub head_tip: EventId,
}

/// A seat as headquarters knows it.
#[derive(Debug, Clone)]
pub struct SeatRecord {
    /// Who works there.
    pub person: PersonId,
    /// Its key.
    pub key: SigningKey,
    /// Whether it is revoked.
    pub is_revoked: bool,
}

/// Everything that is committed.
#[derive(Debug, Clone, Default)]
pub struct Store {
    /// The life of the store; `None` before the first.
    pub epoch: Option<Epoch>,
    /// The events in the order of their positions.
    pub events: Vec<Stored>,
    /// The position of each event.
    pub ids: BTreeMap<EventId, u64>,
    /// The journals.
    pub journals: BTreeMap<Journal, (Author, Known)>,
    heads: BTreeMap<(Journal, EventId), SignedHead>,
    /// The seats.
    pub seats: BTreeMap<SeatId, SeatRecord>,
    /// Who is on the team of which inspection.
    pub team: BTreeMap<(InspectionId, PersonId), Role>,
    /// The inspections that somebody opened, in the order in which that became known.
    pub opened: Vec<InspectionId>,
    /// The journals that headquarters itself goes on with in this life.
    own: BTreeMap<InspectionId, Journal>,
    /// The positions that were taken; more than there are events only with a planted fault.
    next: u64,
}

/// Headquarters.
#[derive(Debug, Clone)]
pub struct Headquarters {
    keys: KeyPair,
    /// What is committed.
    pub store: Store,
    chance: Chance,
    plant: Option<Plant>,
}

/// A push as a process has examined it, and the position it would take at once with a planted
/// fault.
#[derive(Debug, Clone)]
pub struct InHand {
    examinations: Vec<Examination>,
    reserved: Option<u64>,
}

impl Headquarters {
    /// A headquarters that has nothing yet.
    pub fn new(mut chance: Chance, plant: Option<Plant>) -> Self {
        let keys = KeyPair::from_seed(&chance.bytes());
        let store = Store { epoch: Some(Epoch(chance.bytes())), ..Store::default() };
        Self { keys, store, chance, plant }
    }

    /// Its seat.
    pub fn seat(&self) -> SeatId {
        seat_of(&self.keys.public())
    }

    /// The present life of its store.
    pub fn epoch(&self) -> Epoch {
        self.store.epoch.unwrap_or(Epoch([0; 16]))
    }

    /// Comes back from a backup, in a new life; no journal of its own is gone on with.
    pub fn restore(&mut self, backup: &Store) {
        let epoch = Some(Epoch(self.chance.bytes()));
        self.store = Store { epoch, own: BTreeMap::new(), ..backup.clone() };
    }

    /// The first half of taking a push, before the lock is held.
    ///
    /// # Errors
    /// The refusal of the whole message.
    pub fn examine(&mut self, parts: Vec<Part>) -> Result<InHand, RefusalCode> {
        let mut authors: BTreeMap<Journal, Author> =
            self.store.journals.iter().map(|(journal, (author, _))| (*journal, *author)).collect();
        let events = parts.iter().map(|part| part.events.len() as u64).sum::<u64>();
        let mut examinations = Vec::with_capacity(parts.len());
        for part in parts {
            let journal = admission::journal_of(&part).map_err(|_| RefusalCode::Malformed)?;
            let examined = admission::examine(part, authors.get(&journal).copied());
            let examined = examined.map_err(|_| RefusalCode::Malformed)?;
            if let Examination::Whole(examined) = &examined {
                authors.insert(journal, examined.author);
            }
            examinations.push(examined);
        }
        let reserved = (self.plant == Some(Plant::PositionGap)).then(|| {
            self.store.next += events;
            self.store.next - events
        });
        Ok(InHand { examinations, reserved })
    }

    /// The second half: everything is committed at once.
    pub fn take(&mut self, in_hand: InHand, now: Moment) -> PushAnswer {
        let mut reserved = in_hand.reserved;
        let mut answers: Vec<JournalAnswer> = Vec::new();
        for examination in in_hand.examinations {
            let answer = match examination {
                Examination::Whole(examined) => self.take_part(&examined, &mut reserved, now),
                Examination::NeedsBeginning(journal) => admission::needs_beginning(journal),
            };
            answers.retain(|other| other.journal() != answer.journal());
            answers.push(answer);
        }
        PushAnswer { epoch: self.epoch(), journals: answers, durable_through: None }
    }

    fn take_part(
        &mut self,
        examined: &Examined,
        reserved: &mut Option<u64>,
        now: Moment,
    ) -> JournalAnswer {
        let known = self.store.journals.get(&examined.journal).copied();
        if known.is_some_and(|(author, _)| author != examined.author) {
            let refused = Some(RefusalCode::Malformed);
            return JournalAnswer { refused, ..blank(examined.journal) };
        }
        let known = known.map(|(_, known)| known);
        let inspection = examined.journal.inspection;
        let is_opening = |event: &Verified| {
            event.body.as_ref().is_some_and(|body| matches!(body.act, Act::OpenInspection(_)))
        };
        let opens = examined.run.iter().any(is_opening) && !self.store.opened.contains(&inspection);
        let writer = self.writer(examined.author.seat, inspection);
        let decision = self.decide(examined, known, admission::standing(writer, opens));
        let fresh = examined.run.get(decision.stored..).unwrap_or_default();
        if let (Some(known), false) = (decision.known, fresh.is_empty()) {
            self.put(examined, fresh, (known, decision.custody), reserved);
            self.follow(examined, writer, opens && decision.custody == Custody::Accepted, now);
        }
        decision.answer
    }

    fn writer(&self, seat: SeatId, inspection: InspectionId) -> Writer {
        match self.store.seats.get(&seat) {
            _ if seat == self.seat() => Writer::Headquarters,
            Some(SeatRecord { person, is_revoked, .. }) => {
                let role = self.store.team.get(&(inspection, *person)).copied();
                Writer::Seat { is_revoked: *is_revoked, role }
            }
            None => Writer::Unknown,
        }
    }

    fn decide(&self, examined: &Examined, known: Option<Known>, standing: Standing) -> Decision {
        let first = examined.run.first().and_then(|event| event.header.prev);
        let named = examined.run.iter().map(|event| event.id).chain(first);
        let stored: BTreeSet<_> = named.filter(|id| self.store.ids.contains_key(id)).collect();
        match self.plant {
            Some(Plant::DoubleApply) if stored.len() == examined.run.len() => {
                decide(examined, None, &BTreeSet::new(), standing)
            }
            Some(Plant::ForkMergedSilently) => merged(decide(examined, known, &stored, standing)),
            Some(_) | None => decide(examined, known, &stored, standing),
        }
    }

    fn put(
        &mut self,
        examined: &Examined,
        fresh: &[Verified],
        (known, custody): (Known, Custody),
        reserved: &mut Option<u64>,
    ) {
        let Some(head_tip) = fresh.last().map(|event| event.id) else { return };
        for event in fresh {
            let position = reserved.unwrap_or(self.store.next);
            match reserved {
                Some(reserved) => *reserved += 1,
                None => self.store.next += 1,
            }
            let (event, author) = (Rc::new(event.clone()), examined.author);
            self.store.ids.insert(event.id, position);
            self.store.events.push(Stored { position, event, author, custody, head_tip });
        }
        self.store.heads.entry((examined.journal, head_tip)).or_insert(examined.head.clone());
        self.store.journals.insert(examined.journal, (examined.author, known));
    }

    /// What follows in headquarters' own record.
    fn follow(&mut self, examined: &Examined, writer: Writer, is_opener: bool, now: Moment) {
        let inspection = examined.journal.inspection;
        match writer {
            Writer::Headquarters => {
                self.store.own.retain(|_, own| *own != examined.journal);
                self.recall(inspection, now);
            }
            Writer::Seat { role, .. } if is_opener => {
                self.store.opened.push(inspection);
                let person = self.store.seats.get(&examined.author.seat).map(|seat| seat.person);
                if let (Some(person), None) = (person, role) {
                    self.assign(inspection, person, Role::Lead, now);
                }
            }
            Writer::Seat { .. } | Writer::Unknown => {}
        }
    }

    /// The record follows headquarters' own journals.
    fn recall(&mut self, inspection: InspectionId, now: Moment) {
        let own = self.of(inspection).filter(|stored| {
            stored.author.seat == self.seat() && stored.custody == Custody::Accepted
        });
        let own: Vec<Verified> = own.map(|stored| (*stored.event).clone()).collect();
        let recalled = recall::recall(&own);
        let before = self.store.seats.len();
        for (seat, (_, assign)) in &recalled.seats {
            let fresh = || SeatRecord { person: assign.person, key: assign.key, is_revoked: false };
            self.store.seats.entry(*seat).or_insert_with(fresh);
        }
        for (person, role) in recalled.roles() {
            self.store.team.insert((inspection, person), role);
        }
        if recalled.opened && !self.store.opened.contains(&inspection) {
            self.store.opened.push(inspection);
        }
        let came_back = self.store.seats.len() > before;
        let all: BTreeSet<_> = self.store.team.keys().map(|(id, _)| *id).collect();
        for other in all.into_iter().filter(|other| came_back || *other == inspection) {
            self.say_what_is_owed(other, now);
        }
    }

    fn say_what_is_owed(&mut self, inspection: InspectionId, now: Moment) {
        let seats = self.store.seats.iter().filter(|(_, seat)| !seat.is_revoked);
        let seats = seats.map(|(id, seat)| (*id, seat.person));
        let team = |person: &PersonId| self.store.team.get(&(inspection, *person)).copied();
        let owed = recall::owed(&self.state(inspection), team, seats);
        let word =
            |(id, role): (SeatId, Role)| Some(introduction(id, self.store.seats.get(&id)?, role));
        let acts: Vec<_> = owed.into_iter().filter_map(word).collect();
        if !acts.is_empty() {
            self.write(inspection, acts, now);
        }
    }

    /// The events of an inspection in the order of their positions.
    pub fn of(&self, inspection: InspectionId) -> impl Iterator<Item = &Stored> {
        let events = self.store.events.iter();
        events.filter(move |stored| stored.event.header.inspection == inspection)
    }

    /// The state of an inspection.
    pub fn state(&self, inspection: InspectionId) -> State {
        let mut state = State::new([self.seat()]);
        for stored in self.of(inspection) {
            state.apply(&reception::entry(&stored.event, stored.author), stored.custody);
        }
        state
    }

    /// The inspections a person may see.
    pub fn visible_to(&self, person: PersonId) -> Vec<InspectionId> {
        let on_team = |inspection: &InspectionId| {
            let role = self.store.team.get(&(*inspection, person));
            role.is_some_and(|role| *role != Role::None)
        };
        self.store
            .team
            .keys()
            .map(|(id, _)| *id)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(on_team)
            .collect()
    }

    /// The answer to a pull by a person.
    pub fn news(&self, person: PersonId, pull: &Pull, room: usize) -> PullAnswer {
        let epoch = self.epoch();
        let visible = self.visible_to(person);
        let gone = pull.have.keys().filter(|id| !visible.contains(id)).copied().collect();
        let (mut pages, mut more, mut left) = (Vec::new(), false, room);
        for inspection in visible {
            let cursor = pull.have.get(&inspection);
            let from = cursor.map_or(0, |cursor| position(epoch, cursor));
            let events = self.above(inspection, from);
            if events.is_empty() {
                continue;
            }
            let placed: Vec<Placed> = events.iter().map(|stored| placed(stored)).collect();
            let length = paging::length(&placed, left);
            more = length < events.len();
            if length > 0 {
                left -= length;
                pages.push(self.page(inspection, &events[..length], &placed[..length]));
            }
            if more {
                break;
            }
        }
        PullAnswer { epoch, pages, gone, more, durable_through: None }
    }

    fn above(&self, inspection: InspectionId, from: u64) -> Vec<&Stored> {
        let mut events: Vec<_> =
            self.of(inspection).filter(|stored| stored.position >= from).collect();
        events.sort_by_key(|stored| stored.position);
        if self.plant == Some(Plant::ReorderedPage) {
            events.sort_by_key(|stored| (stored.event.header.journal, stored.position));
        }
        events
    }

    fn page(&self, inspection: InspectionId, events: &[&Stored], placed: &[Placed]) -> Page {
        let next = events.last().map_or(0, |stored| stored.position + 1);
        let heads = paging::heads(placed).into_iter().filter_map(|(journal, tip)| {
            self.store.heads.get(&(Journal { inspection, journal }, tip)).cloned()
        });
        let entry = |stored: &&Stored| {
            let held = match stored.custody {
                Custody::Accepted => None,
                Custody::Held(reason) => Some(reason),
            };
            PulledEvent { position: stored.position, held, event: stored.event.event.clone() }
        };
        Page {
            inspection,
            cursor: Cursor(format!("{}.{next}", self.epoch())),
            heads: heads.collect(),
            entries: events.iter().map(entry).collect(),
        }
    }
}

/// What the office does, each committed at once.
impl Headquarters {
    fn write(&mut self, inspection: InspectionId, acts: Vec<Act>, now: Moment) {
        let (journal, mut tip) = match self.store.own.get(&inspection) {
            Some(journal) => {
                (*journal, self.store.journals.get(journal).map(|(_, known)| known.tip))
            }
            None => (Journal { inspection, journal: JournalId(self.chance.bytes()) }, None),
        };
        let key = self.keys.public();
        let author = Author { seat: self.seat(), key };
        let opening = OpenJournal { seat: author.seat, key, app: String::new() };
        let opening = tip.is_none().then_some(Act::OpenJournal(opening));
        let at = self.last_word(inspection).map_or(now, |last| now.max(last.later_by_ms(1)));
        let mut run = Vec::new();
        for act in opening.into_iter().chain(acts) {
            let salt = Salt(self.chance.bytes());
            let made = chain::extend(
                journal,
                tip,
                Circumstance { at, salt, anchor: None },
                &Body::of(act),
            );
            let (event, next) = made.expect("it is small");
            run.push(chain::verify_event(event, 0).expect("it was made here"));
            tip = Some(next);
        }
        let Some(tip) = tip else { return };
        let head = self.keys.sign_head(&Head { journal, tip, at });
        let examined = Examined { journal, author, run: run.clone(), head };
        self.put(&examined, &run, (Known { tip, forked: false }, Custody::Accepted), &mut None);
        self.store.own.insert(inspection, journal);
    }

    fn last_word(&self, inspection: InspectionId) -> Option<Moment> {
        let own = self.of(inspection).filter(|stored| stored.author.seat == self.seat());
        own.map(|stored| stored.event.header.at).max()
    }

    /// Opens an inspection with a team.
    pub fn open(
        &mut self,
        inspection: InspectionId,
        opening: OpenInspection,
        team: &[PersonId],
        now: Moment,
    ) {
        self.write(inspection, vec![Act::OpenInspection(opening)], now);
        self.store.opened.push(inspection);
        for (index, person) in team.iter().enumerate() {
            let role = if index == 0 { Role::Lead } else { Role::Member };
            self.assign(inspection, *person, role, now);
        }
    }

    /// Puts a person on a team or off it.
    pub fn assign(&mut self, inspection: InspectionId, person: PersonId, role: Role, now: Moment) {
        self.store.team.insert((inspection, person), role);
        let seats =
            self.store.seats.iter().filter(|(_, seat)| {
                seat.person == person && (role == Role::None || !seat.is_revoked)
            });
        let acts: Vec<_> = seats.map(|(id, seat)| introduction(*id, seat, role)).collect();
        if !acts.is_empty() {
            self.write(inspection, acts, now);
        }
    }

    /// Makes a seat, and introduces it wherever its person is on the team.
    pub fn enrol(&mut self, person: PersonId, key: SigningKey, now: Moment) {
        let seat = SeatRecord { person, key, is_revoked: false };
        self.store.seats.insert(seat_of(&key), seat.clone());
        for (inspection, role) in self.roles_of(person) {
            self.write(inspection, vec![introduction(seat_of(&key), &seat, role)], now);
        }
    }

    /// Revokes a seat and takes it off every team.
    pub fn revoke(&mut self, id: SeatId, now: Moment) {
        let Some(seat) = self.store.seats.get_mut(&id) else { return };
        seat.is_revoked = true;
        let seat = seat.clone();
        for (inspection, _) in self.roles_of(seat.person) {
            self.write(inspection, vec![introduction(id, &seat, Role::None)], now);
        }
    }

    fn roles_of(&self, person: PersonId) -> Vec<(InspectionId, Role)> {
        let team = self.store.team.iter();
        let of_person =
            team.filter(|((_, member), role)| *member == person && **role != Role::None);
        of_person.map(|((inspection, _), role)| (*inspection, *role)).collect()
    }

    /// Judges held events.
    pub fn judge(
        &mut self,
        inspection: InspectionId,
        events: Vec<EventId>,
        admit: bool,
        now: Moment,
    ) {
        let judgement = Judgement { events, reason: String::new() };
        let act = if admit { Act::Admit(judgement) } else { Act::SetAside(judgement) };
        self.write(inspection, vec![act], now);
    }
}

fn introduction(id: SeatId, seat: &SeatRecord, role: Role) -> Act {
    Act::AssignSeat(AssignSeat {
        seat: id,
        key: seat.key,
        envelope: EnvelopeKey([0; 32]),
        person: seat.person,
        name: String::new(),
        role,
        keeps: None,
    })
}

fn placed(stored: &Stored) -> Placed {
    Placed {
        journal: stored.event.header.journal,
        head_tip: stored.head_tip,
        is_held: stored.custody != Custody::Accepted,
    }
}

/// Where a cursor stands; one of another life counts as none.
pub fn position(epoch: Epoch, cursor: &Cursor) -> u64 {
    let (of, next) = cursor.0.split_once('.').unwrap_or_default();
    if of == epoch.to_string() { next.parse().unwrap_or(0) } else { 0 }
}

/// The planted fault: what leaves the chain counts as if it went on.
fn merged(decision: Decision) -> Decision {
    let answer = JournalAnswer { fork: false, held: None, ..decision.answer };
    let known = decision.known.map(|known| Known { forked: false, ..known });
    Decision { custody: Custody::Accepted, known, answer, ..decision }
}
