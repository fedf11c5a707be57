//! One tablet: `sync::replica` decides what to send and when to try again, this makes the
//! messages and sends them. It draws nothing and stores nothing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use domain::event::Event;
use domain::ids::Epoch;
use domain::moment::Moment;
use headquarters::clock;
use proof::chain::{Journal, Tip};
use proof::hash::id_of;
use proof::head::Head;
use proof::request::Request;
use proof::sign::KeyPair;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use sync::message::enrol::Enrol;
use sync::message::pull::{Page, Pull, PullAnswer};
use sync::message::push::{Part, Push, PushAnswer};
use sync::message::refusal::{Refusal, RefusalCode};
use sync::reception::{self, Known};
use sync::replica::{Effect, Input, PullOutcome, Replica, Restored, Run, Sent, is_about_the_seat};
use sync::status::{Activity, SyncFault};

use crate::day::Day;
use crate::fleet::{PUSHES, scattered};

/// How long a tablet waits for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// One tablet at work.
pub(crate) struct Tablet<'a> {
    day: &'a Day,
    number: usize,
    keys: KeyPair,
    journal: Journal,
    events: Vec<Event>,
    known: Known,
    replica: Replica,
    epoch: Option<Epoch>,
    http: reqwest::Client,
}

impl<'a> Tablet<'a> {
    /// A tablet before its day.
    pub(crate) fn new(day: &'a Day, number: usize) -> Self {
        let fleet = day.fleet;
        let seed = scattered(fleet.seed ^ scattered(number as u64));
        let http = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build();
        Self {
            day,
            number,
            keys: fleet.keys(number),
            journal: fleet.journal(number),
            events: fleet.events(number),
            known: Known::default(),
            replica: Replica::new(Restored::default(), seed, clock::now()),
            epoch: None,
            http: http.expect("it needs nothing"),
        }
    }

    /// Enrols with an invitation.
    pub(crate) async fn enrol(&self) -> Result<(), SyncFault> {
        let fleet = self.day.fleet;
        let enrol = Enrol {
            code: fleet.code(self.number),
            signing_key: self.keys.public(),
            envelope_key: fleet.envelope(self.number),
            app: "load 1".to_owned(),
        };
        let body = serde_json::to_vec(&enrol).expect("it is plain data");
        self.send("/api/v1/enrol", "application/json", body, false).await.map(drop)
    }

    /// Works through the day: asks for news in the morning, records, and pushes and pulls each
    /// time there is a connection.
    pub(crate) async fn work(mut self) {
        self.replica.handle_input(Input::Shown, clock::now());
        self.settle().await;
        let last = self.events.len() - 1;
        for push in 1..=PUSHES {
            let through = (last * push / PUSHES) as u64;
            let input = Input::Stored { journal: self.journal, through };
            self.replica.handle_input(input, clock::now());
            self.settle().await;
            self.replica.handle_input(Input::Asked, clock::now());
            self.settle().await;
        }
    }

    /// Does what the replica asks for until it rests with nothing left to send.
    async fn settle(&mut self) {
        loop {
            while let Some(effect) = self.replica.poll_effect() {
                self.carry_out(effect).await;
            }
            let status = self.replica.status();
            if status.pending == 0 && status.activity == Activity::Idle {
                return;
            }
            let until = self.replica.poll_timeout().expect("it never stops on its way");
            let wait_ms = u64::try_from(until.since_ms(clock::now())).unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            self.replica.handle_timeout(clock::now().max(until));
        }
    }

    async fn carry_out(&mut self, effect: Effect) {
        let input = match effect {
            Effect::Push(runs) => Input::Pushed(self.push(runs).await),
            Effect::Pull(pull) => Input::Pulled(self.pull(&pull).await),
            Effect::NewEpoch(epoch) => return self.note_epoch(epoch),
            Effect::Remember(journal, accepted) => {
                assert_eq!(journal, self.journal, "it has one journal");
                return self.day.note_accepted(self.number, accepted);
            }
            Effect::Carry(_) | Effect::Survey(_) | Effect::Recovered | Effect::Abandon(_) => {
                panic!("tablet {} was told {effect:?}, as if headquarters had lost", self.number)
            }
        };
        self.replica.handle_input(input, clock::now());
    }

    /// A second life would have everything sent again, and hide what was lost.
    fn note_epoch(&mut self, epoch: Epoch) {
        let before = self.epoch.replace(epoch);
        assert!(before.is_none(), "headquarters began a new life: it had forgotten something");
    }

    async fn push(&mut self, runs: Vec<Run>) -> Result<Sent, SyncFault> {
        let parts = runs.iter().map(|run| self.part(run)).collect();
        let body = Push { parts }.to_bytes();
        let bytes = self.send("/api/v1/push", "application/cbor", body, true).await?;
        let answer: PushAnswer =
            serde_json::from_slice(&bytes).map_err(|_| SyncFault::Unreadable)?;
        let is_held = answer.journals.iter().any(|journal| journal.held.is_some());
        assert!(!is_held, "headquarters held what tablet {} pushed", self.number);
        Ok(Sent { runs, answer })
    }

    fn part(&self, run: &Run) -> Part {
        let place = |seq: u64| usize::try_from(seq).expect("it is a day");
        let events = self.events[place(run.from)..=place(run.through)].to_vec();
        let id = id_of(&self.events[place(run.through)]);
        let tip = Tip { seq: run.through, id };
        let head = Head { journal: self.journal, tip, at: clock::now() };
        Part { head: self.keys.sign_head(&head), events }
    }

    async fn pull(&mut self, pull: &Pull) -> Result<PullOutcome, SyncFault> {
        let answer = self.pull_once(pull).await?;
        let mut cursors = BTreeMap::new();
        for page in answer.pages {
            cursors.insert(page.inspection, page.cursor.clone());
            self.take(page);
        }
        let (epoch, gone) = (Some(answer.epoch), answer.gone);
        let passed_over = BTreeMap::new();
        Ok(PullOutcome { epoch, cursors, passed_over, gone, more: answer.more })
    }

    /// Asks for news, and does nothing with it.
    pub(crate) async fn pull_once(&self, pull: &Pull) -> Result<PullAnswer, SyncFault> {
        let body = serde_json::to_vec(pull).expect("it is plain data");
        let bytes = self.send("/api/v1/pull", "application/json", body, true).await?;
        PullAnswer::from_bytes(&bytes).map_err(|_| SyncFault::Unreadable)
    }

    fn take(&mut self, page: Page) {
        let received = reception::receive(page, &self.known);
        for event in received.expect("what headquarters sends verifies").events {
            self.known.ids.insert(event.event.id);
            self.known.authors.insert(event.event.header.journal, event.author);
        }
    }

    /// Sends a request, proven by the seat, and reads the answer as the tablet app does.
    async fn send(
        &self,
        path: &'static str,
        media: &str,
        body: Vec<u8>,
        is_proven: bool,
    ) -> Result<Vec<u8>, SyncFault> {
        let begun = Instant::now();
        let mut request = self.http.post(self.day.url(path)).header(CONTENT_TYPE, media);
        if is_proven {
            request = request.header(AUTHORIZATION, self.prove(path, &body, clock::now()));
        }
        let response = request.body(body).send().await.map_err(|_| self.unreachable(path))?;
        let is_ok = response.status().is_success();
        let bytes = response.bytes().await.map_err(|_| self.unreachable(path))?;
        if is_ok {
            self.day.note_answer(path, begun.elapsed());
            return Ok(bytes.into());
        }
        let refusal: Refusal =
            serde_json::from_slice(&bytes).map_err(|_| self.unreachable(path))?;
        let code = refusal.code().unwrap_or(RefusalCode::Other);
        // It would be asked about for ever.
        assert!(!is_about_the_seat(code), "tablet {} is refused: {refusal:?}", self.number);
        self.day.note_refusal(path, code.as_str());
        Err(SyncFault::Refused(code))
    }

    fn prove(&self, path: &str, body: &[u8], at: Moment) -> String {
        self.keys.prove(&Request { method: "POST", path, body }, at).to_string()
    }

    fn unreachable(&self, path: &'static str) -> SyncFault {
        self.day.note_refusal(path, "unreachable");
        SyncFault::Unreachable
    }
}
