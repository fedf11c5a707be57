//! A tablet as headquarters sees it: keys, journals, and signed requests.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Method, Request, StatusCode};
use domain::act::{Act, BeginFinding, Body as EventBody, OpenInspection, OpenJournal};
use domain::answer::Answer as Choice;
use domain::event::Event;
use domain::ids::{EnvelopeKey, FindingId, InspectionId, JournalId, Salt, SeatId};
use domain::moment::Moment;
use domain::register::{Address, Field, Value, Write};
use headquarters::clock;
use proof::chain::{self, Circumstance, Journal, Tip, verify_event};
use proof::envelope::{self, Entropy};
use proof::head::{Head, SignedHead};
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission;
use sync::message::bundle::Bundle;
use sync::message::enrol::{Enrol, Enrolled};
use sync::message::pull::{Cursor, Page, Pull, PullAnswer};
use sync::message::push::{JournalAnswer, Part, Push, PushAnswer};

use crate::house::{Answer, House};

/// 08:30 on 2 July 2026 in Viet Nam, by the tablets' clocks.
pub(crate) const RECORDED: Moment = Moment(1_782_955_800_000);

const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";

/// One tablet with one seat.
pub(crate) struct Tablet<'a> {
    house: &'a House,
    pub(crate) keys: KeyPair,
    journals: BTreeMap<InspectionId, Chain>,
    cursors: BTreeMap<InspectionId, Cursor>,
    /// What it pulled: each event by its place, and the heads by theirs.
    pulled: BTreeMap<Journal, Pulled>,
}

/// What a tablet is by itself.
#[derive(Clone)]
pub(crate) struct Parked {
    keys: KeyPair,
    journals: BTreeMap<InspectionId, Chain>,
    cursors: BTreeMap<InspectionId, Cursor>,
    pulled: BTreeMap<Journal, Pulled>,
}

impl Parked {
    /// The tablet finds a headquarters at the old address.
    pub(crate) fn at(self, house: &House) -> Tablet<'_> {
        let Self { keys, journals, cursors, pulled } = self;
        Tablet { house, keys, journals, cursors, pulled }
    }
}

/// A journal as it came from headquarters.
#[derive(Clone, Default)]
struct Pulled {
    events: BTreeMap<u64, Event>,
    heads: BTreeMap<u64, SignedHead>,
}

/// A journal that the tablet writes.
#[derive(Clone)]
pub(crate) struct Chain {
    pub(crate) journal: Journal,
    pub(crate) tip: Option<Tip>,
    pub(crate) events: Vec<Event>,
    pub(crate) unsent: usize,
}

impl<'a> Tablet<'a> {
    /// A tablet that nobody knows.
    pub(crate) fn new(house: &'a House) -> Self {
        static TABLETS: AtomicU8 = AtomicU8::new(1);
        let seed = [TABLETS.fetch_add(1, Ordering::Relaxed); 32];
        let keys = KeyPair::from_seed(&seed);
        let (journals, cursors) = (BTreeMap::new(), BTreeMap::new());
        Self { house, keys, journals, cursors, pulled: BTreeMap::new() }
    }

    /// The tablet while headquarters is not there.
    pub(crate) fn parked(self) -> Parked {
        let Self { keys, journals, cursors, pulled, .. } = self;
        Parked { keys, journals, cursors, pulled }
    }

    /// The same, with everything there was to hear.
    pub(crate) async fn parked_after_pull(mut self) -> Parked {
        self.pull_all().await;
        self.parked()
    }

    /// A tablet of an inspector who was invited.
    pub(crate) async fn enrolled(house: &'a House, code: &str) -> Tablet<'a> {
        let tablet = Self::new(house);
        let enrolled: Enrolled = tablet.enrol(code).await.json();
        assert_eq!(enrolled.seat, tablet.seat());
        tablet
    }

    /// The 32 bytes of its signing key, found again among those that tablets here have.
    pub(crate) fn seed(&self) -> [u8; 32] {
        let seeds = (1..=u8::MAX).map(|seed| [seed; 32]);
        let is_own = |seed: &[u8; 32]| KeyPair::from_seed(seed).public() == self.keys.public();
        seeds.into_iter().find(is_own).expect("it was made from one")
    }

    pub(crate) fn seat(&self) -> SeatId {
        seat_of(&self.keys.public())
    }

    pub(crate) async fn enrol(&self, code: &str) -> Answer {
        let enrol = Enrol {
            code: code.to_owned(),
            signing_key: self.keys.public(),
            envelope_key: EnvelopeKey([9; 32]),
            app: "tests 1".to_owned(),
        };
        let request = Request::post("/api/v1/enrol").header(CONTENT_TYPE, JSON);
        let body = serde_json::to_vec(&enrol).unwrap();
        self.house.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Opens an inspection on the spot, with its journal.
    pub(crate) async fn open(&mut self) -> InspectionId {
        let id = InspectionId(clock::random());
        let opening = OpenInspection { decision: None, ..self.house.opening().await };
        self.record(id, Act::OpenInspection(opening));
        id
    }

    /// Records an answer.
    pub(crate) fn tap(&mut self, inspection: InspectionId, item: &str, answer: Choice) {
        self.set(inspection, Address::item(item, Field::Answer), answer.value());
    }

    pub(crate) fn set(&mut self, inspection: InspectionId, address: Address, value: Value) {
        self.record(inspection, Act::Set(Write { address, value, over: Vec::new() }));
    }

    /// Begins a finding and writes its other fields.
    pub(crate) fn find(
        &mut self,
        inspection: InspectionId,
        (finding, item, facts): (FindingId, &str, &str),
        fields: &[(Field, Value)],
    ) {
        let address = |field: &Field| Address::finding(finding, field.clone());
        let first =
            Write { address: address(&Field::Facts), value: Value::text(facts), over: Vec::new() };
        let begin = BeginFinding { finding, item: item.to_owned(), first };
        self.record(inspection, Act::BeginFinding(begin));
        for (field, value) in fields {
            self.set(inspection, address(field), value.clone());
        }
    }

    /// Appends an act to this tablet's journal, opening it first.
    pub(crate) fn record(&mut self, inspection: InspectionId, act: Act) {
        let keys = &self.keys;
        let opened = || Chain::opened(inspection, keys);
        self.journals.entry(inspection).or_insert_with(opened).append(act);
    }

    pub(crate) fn chain(&mut self, inspection: InspectionId) -> &mut Chain {
        self.journals.get_mut(&inspection).expect("the tablet wrote there")
    }

    /// The journal from one event on, under its head.
    pub(crate) fn part(&self, inspection: InspectionId, from: usize) -> Part {
        self.journals[&inspection].part(&self.keys, from)
    }

    /// Pushes what is not sent of every journal.
    pub(crate) async fn push(&mut self) -> Vec<JournalAnswer> {
        self.push_answer().await.journals
    }

    /// The same, with all that headquarters answers.
    pub(crate) async fn push_answer(&mut self) -> PushAnswer {
        let unsent = self.journals.values().filter(|chain| chain.unsent < chain.events.len());
        let parts = unsent.map(|chain| chain.part(&self.keys, chain.unsent)).collect();
        let answer = self.push_bytes(Push { parts }.to_bytes()).await.json();
        for chain in self.journals.values_mut() {
            chain.unsent = chain.events.len();
        }
        answer
    }

    pub(crate) async fn push_parts(&self, parts: Vec<Part>) -> Vec<JournalAnswer> {
        let answer = self.post("/api/v1/push", CBOR, Push { parts }.to_bytes()).await;
        answer.json::<PushAnswer>().journals
    }

    pub(crate) async fn push_bytes(&self, bytes: Vec<u8>) -> Answer {
        self.post("/api/v1/push", CBOR, bytes).await
    }

    /// Pulls once; remembers the cursors.
    pub(crate) async fn pull(&mut self) -> PullAnswer {
        let answer = self.pull_with(&Pull { have: self.cursors.clone() }).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, CBOR));
        let answer = PullAnswer::from_bytes(&answer.body).unwrap();
        let cursors = answer.pages.iter().map(|page| (page.inspection, page.cursor.clone()));
        self.cursors.extend(cursors);
        answer.pages.iter().for_each(|page| self.keep(page));
        answer
    }

    fn keep(&mut self, page: &Page) {
        for entry in &page.entries {
            let header = domain::event::Header::from_bytes(&entry.event.header).unwrap();
            let journal = Journal { inspection: header.inspection, journal: header.journal };
            let pulled = self.pulled.entry(journal).or_default();
            pulled.events.insert(header.seq, entry.event.clone());
        }
        for signed in &page.heads {
            let head = Head::from_bytes(&signed.head).unwrap();
            let pulled = self.pulled.entry(head.journal).or_default();
            pulled.heads.insert(head.tip.seq, signed.clone());
        }
    }

    /// What a tablet does with an inspection that is gone.
    pub(crate) fn forget_cursors(&mut self) {
        self.cursors.clear();
    }

    /// Pulls until there is no more.
    pub(crate) async fn pull_all(&mut self) {
        while self.pull().await.more {}
    }

    /// Offers everything it has, as after a new epoch: headquarters' own journals, then those of
    /// colleagues, then its own.
    pub(crate) async fn resupply(&mut self) -> Vec<JournalAnswer> {
        self.pull_all().await;
        let is_own = |journal: &Journal| self.journals.values().any(|own| own.journal == *journal);
        let others = self.pulled.iter().filter(|(journal, _)| !is_own(journal));
        let (headquarters, colleagues) =
            others.partition::<Vec<_>, _>(|(_, pulled)| self.by_headquarters(pulled));
        let others = headquarters.iter().chain(&colleagues);
        let mut parts = others.flat_map(|(_, pulled)| pulled.parts()).collect::<Vec<_>>();
        parts.extend(self.journals.values().map(|chain| chain.part(&self.keys, 0)));
        self.push_parts(parts).await
    }

    fn by_headquarters(&self, pulled: &Pulled) -> bool {
        let first = verify_event(pulled.events[&0].clone(), 0).unwrap();
        let opening = admission::opening_of(&first).expect("a journal begins with its seat");
        opening.seat == self.house.headquarters.seats[0].seat
    }

    /// A bundle of its journals, sealed to others.
    pub(crate) fn bundle(&self, recipients: &[EnvelopeKey]) -> Vec<u8> {
        let parts = self.journals.values().map(|chain| chain.part(&self.keys, 0)).collect();
        let entropy = Entropy(clock::random());
        envelope::seal(&Bundle { parts }.to_bytes(), recipients, &entropy).unwrap()
    }

    pub(crate) async fn pull_with(&self, pull: &Pull) -> Answer {
        self.post("/api/v1/pull", JSON, serde_json::to_vec(pull).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, media: &str, body: Vec<u8>) -> Answer {
        self.send(Method::POST, path, media, body, clock::now()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", Vec::new(), clock::now()).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        media: &str,
        body: Vec<u8>,
        at: Moment,
    ) -> Answer {
        let asked = proof::request::Request { method: method.as_str(), path, body: &body };
        let proof = self.keys.prove(&asked, at).to_string();
        let mut request = Request::builder().method(method).uri(path).header(AUTHORIZATION, proof);
        if !media.is_empty() {
            request = request.header(CONTENT_TYPE, media);
        }
        self.house.send(request.body(Body::from(body)).unwrap()).await
    }
}

impl Pulled {
    /// A run for each head, which ends where the head does.
    fn parts(&self) -> Vec<Part> {
        let mut from = 0;
        let mut parts = Vec::new();
        for (through, head) in &self.heads {
            let events = self.events.range(from..=*through).map(|(_, event)| event.clone());
            parts.push(Part { head: head.clone(), events: events.collect() });
            from = through + 1;
        }
        parts
    }
}

impl Chain {
    /// A new journal with its opening.
    pub(crate) fn opened(inspection: InspectionId, keys: &KeyPair) -> Self {
        let journal = Journal { inspection, journal: JournalId(clock::random()) };
        let mut chain = Self { journal, tip: None, events: Vec::new(), unsent: 0 };
        let key = keys.public();
        let opening = OpenJournal { seat: seat_of(&key), key, app: "tests 1".to_owned() };
        chain.append(Act::OpenJournal(opening));
        chain
    }

    pub(crate) fn append(&mut self, act: Act) {
        let at = RECORDED.later_by_ms(1000 * i64::try_from(self.events.len()).unwrap());
        let circumstance = Circumstance { at, salt: Salt(clock::random()), anchor: None };
        let extended = chain::extend(self.journal, self.tip, circumstance, &EventBody::of(act));
        let (event, tip) = extended.unwrap();
        self.events.push(event);
        self.tip = Some(tip);
    }

    pub(crate) fn part(&self, keys: &KeyPair, from: usize) -> Part {
        let head = Head { journal: self.journal, tip: self.tip.unwrap(), at: RECORDED };
        Part { head: keys.sign_head(&head), events: self.events[from..].to_vec() }
    }

    /// The journal as it was after its first events.
    pub(crate) fn cut(&self, events: usize) -> Self {
        let last = self.events[events - 1].clone();
        let tip = Tip { seq: u64::try_from(events).unwrap() - 1, id: proof::hash::id_of(&last) };
        Self { tip: Some(tip), events: self.events[..events].to_vec(), ..self.clone() }
    }
}

/// Checks a page as a tablet does: every journal's run is whole under one of the heads.
pub(crate) fn assert_verifies(page: &Page) {
    for head in &page.heads {
        let head = Head::from_bytes(&head.head).unwrap();
        let events = page.entries.iter().map(|entry| &entry.event);
        let ids = events.map(proof::hash::id_of).collect::<Vec<_>>();
        assert!(ids.contains(&head.tip.id), "a head reaches beyond its page");
    }
    let mut runs = BTreeMap::<JournalId, Vec<Event>>::new();
    for entry in &page.entries {
        let header = domain::event::Header::from_bytes(&entry.event.header).unwrap();
        runs.entry(header.journal).or_default().push(entry.event.clone());
    }
    for (journal, run) in runs {
        let journal = Journal { inspection: page.inspection, journal };
        chain::verify_run(journal, run).unwrap();
    }
}
