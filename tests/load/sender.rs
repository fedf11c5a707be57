//! One tablet that pushes a few answers and asks for news, again and again, and how long it waits.
//! Decides nothing: what is not answered as asked fails the run.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use domain::act::Body;
use domain::answer::Answer;
use domain::event::Event;
use domain::ids::Salt;
use domain::register::{Address, Field};
use headquarters::clock;
use proof::chain::{self, Circumstance, Journal, Tip};
use proof::hash::id_of;
use proof::head::Head;
use proof::request::Request;
use proof::sign::KeyPair;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use sync::message::pull::{Pull, PullAnswer};
use sync::message::push::{Part, Push, PushAnswer};

use crate::fleet::{self, Fleet};

/// How many answers an inspector gives between two pushes.
const ANSWERS: usize = 4;

/// A tablet with a seat and a journal that grows.
pub(crate) struct Sender {
    keys: KeyPair,
    journal: Journal,
    tip: Tip,
    unsent: Vec<Event>,
    known: Pull,
    origin: String,
    http: reqwest::Client,
}

impl Sender {
    /// A tablet of a fleet that has opened its journal and sent nothing; the origin is where
    /// headquarters answers.
    pub(crate) fn new(fleet: Fleet, number: usize, origin: &str) -> Self {
        let opening = fleet.events(number).swap_remove(0);
        Self {
            keys: fleet.keys(number),
            journal: fleet.journal(number),
            tip: Tip { seq: 0, id: id_of(&opening) },
            unsent: vec![opening],
            known: Pull { have: BTreeMap::new() },
            origin: origin.to_owned(),
            http: reqwest::Client::builder().no_proxy().build().expect("it needs nothing"),
        }
    }

    /// Records some answers and pushes them; gives how long that took.
    pub(crate) async fn push(&mut self) -> Duration {
        (0..ANSWERS).for_each(|_| self.record());
        let head = Head { journal: self.journal, tip: self.tip, at: clock::now() };
        let part =
            Part { head: self.keys.sign_head(&head), events: std::mem::take(&mut self.unsent) };
        let body = Push { parts: vec![part] }.to_bytes();
        let (answer, took) = self.post("/api/v1/push", "application/cbor", body).await;
        let answer: PushAnswer = serde_json::from_slice(&answer).expect("it is an answer");
        assert_eq!(answer.journals[0].accepted_through, Some(self.tip.seq), "{answer:?}");
        took
    }

    /// Asks for what is new since the last time; gives how long that took.
    pub(crate) async fn pull(&mut self) -> Duration {
        let body = serde_json::to_vec(&self.known).expect("it is plain data");
        let (answer, took) = self.post("/api/v1/pull", "application/json", body).await;
        let answer = PullAnswer::from_bytes(&answer).expect("it is an answer");
        let cursors = answer.pages.into_iter().map(|page| (page.inspection, page.cursor));
        self.known.have.extend(cursors);
        took
    }

    fn record(&mut self) {
        let item = format!("load.item_{}", self.tip.seq);
        let act = fleet::set(Address::item(item, Field::Answer), Answer::Compliant.value());
        let circumstance =
            Circumstance { at: clock::now(), salt: Salt(clock::random()), anchor: None };
        let (event, tip) =
            chain::extend(self.journal, Some(self.tip), circumstance, &Body::of(act))
                .expect("an answer fits into an event");
        self.unsent.push(event);
        self.tip = tip;
    }

    async fn post(&self, path: &str, media: &str, body: Vec<u8>) -> (Vec<u8>, Duration) {
        let proof = self.keys.prove(&Request { method: "POST", path, body: &body }, clock::now());
        let request = self.http.post(format!("{}{path}", self.origin)).body(body);
        let request = request.header(CONTENT_TYPE, media).header(AUTHORIZATION, proof.to_string());
        let began = Instant::now();
        let response = request.send().await.expect("headquarters answers");
        let status = response.status();
        let bytes = response.bytes().await.expect("headquarters answers to the end");
        assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        (bytes.into(), began.elapsed())
    }
}
