//! Strangers who try passphrases at a steady rate, and the persons whose names they try. Nobody
//! of them gets in.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use domain::ids::PersonId;
use headquarters::clock;
use headquarters::headquarters::Headquarters;
use headquarters::identity::passphrase::Passphrase;
use headquarters::identity::{Role, Roles, Standing};
use headquarters::store::people::{self, Person};
use headquarters::store::{StoreFault, credentials};
use headquarters::tablet_app::TabletApp;
use reqwest::header::{CONTENT_TYPE, ORIGIN, RETRY_AFTER};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use crate::program;

/// How many tries a second.
pub(crate) const TRIES_PER_S: u64 = 100;

/// How many persons sign in with a passphrase: the offices of a province.
pub(crate) const CLERKS: usize = 200;

/// What browsers see as headquarters' origin.
pub(crate) const ORIGIN_SEEN: &str = "https://bienban.example";

/// From where the strangers come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// All from one address, as from one computer.
    OneAddress,
    /// Each from another address, as from many computers: only the door slows them.
    ManyAddresses,
}

/// The strangers, and how they were answered.
pub(crate) struct Attack {
    origin: String,
    http: reqwest::Client,
    /// No name and no address is tried twice in a run where they are to differ.
    tries: AtomicU32,
    is_over: AtomicBool,
}

/// How often which status was answered.
pub(crate) type Answered = BTreeMap<u16, u64>;

impl Attack {
    /// Strangers who know where headquarters answers.
    pub(crate) fn new(origin: &str) -> Arc<Self> {
        // Each try comes over a connection of its own, as from one who has not been here.
        let http = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build();
        Arc::new(Self {
            origin: origin.to_owned(),
            http: http.expect("it needs nothing"),
            tries: AtomicU32::new(0),
            is_over: AtomicBool::new(false),
        })
    }

    /// Tries at the rate until [`Attack::end`], and waits for all answers.
    pub(crate) async fn go_on(self: &Arc<Self>, from: From) -> Answered {
        self.is_over.store(false, Ordering::Relaxed);
        let mut ticks = interval(Duration::from_secs(1) / u32::try_from(TRIES_PER_S).unwrap_or(1));
        // A late one is followed by those it held up: the rate is kept.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut tries = JoinSet::new();
        while !self.is_over.load(Ordering::Relaxed) {
            ticks.tick().await;
            let attack = self.clone();
            tries.spawn(async move { attack.try_one(from).await });
        }
        let mut answered = Answered::new();
        while let Some(status) = tries.join_next().await {
            *answered.entry(status.expect("it does not panic")).or_default() += 1;
        }
        answered
    }

    /// Ends it.
    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    async fn try_one(&self, from: From) -> u16 {
        let number = self.tries.fetch_add(1, Ordering::Relaxed);
        let form =
            format!("name={}&passphrase=cau+tre+lam+dinh+{number}&code=000000", name(number));
        let request = self.http.post(format!("{}/office/sign-in", self.origin)).body(form);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(ORIGIN, ORIGIN_SEEN);
        let request = request.header("x-forwarded-for", address(from, number).to_string());
        let response = request.send().await.expect("headquarters answers");
        let (status, again) = (response.status(), response.headers().contains_key(RETRY_AFTER));
        let _page = response.bytes().await.expect("headquarters answers to the end");
        assert!(matches!(status.as_u16(), 422 | 429), "a wrong passphrase is answered {status}");
        assert_eq!(again, status.as_u16() == 429, "{status} says when to come back");
        status.as_u16()
    }
}

/// Every other name is known; no unknown one comes twice.
fn name(number: u32) -> String {
    if number.is_multiple_of(2) {
        clerk(number as usize / 2 % CLERKS)
    } else {
        format!("khong.co.{number}")
    }
}

fn clerk(number: usize) -> String {
    format!("can.bo.{number}")
}

/// An address of the networks that are set aside for measuring.
fn address(from: From, number: u32) -> Ipv4Addr {
    let first = u32::from(Ipv4Addr::new(198, 18, 0, 1));
    Ipv4Addr::from(match from {
        From::OneAddress => first,
        From::ManyAddresses => first + 1 + number % 130_000,
    })
}

/// Puts everyone whose name is tried into a folder.
pub(crate) fn prepare(data: &Path) {
    program::alone(|runtime| runtime.block_on(add_clerks(data)));
}

async fn add_clerks(data: &Path) {
    let app = TabletApp::choose(Some("nowhere".into()));
    let headquarters = Headquarters::start(data, None, app).await.expect("the folder is good");
    // One string for all of them: nobody is to get in.
    let phc = Passphrase::typed("cau tre lam go").hash();
    let work = headquarters.store.write::<(), StoreFault, _>(move |tx| {
        Box::pin(async move {
            for number in 0..CLERKS {
                let (now, id) = (clock::now(), PersonId(clock::random()));
                let person = Person { id, name: format!("Cán bộ {number}") };
                people::add_person(&mut *tx, &person, now).await?;
                let standing = Standing { roles: Roles::of([Role::Office]), unit: None };
                people::appoint(&mut *tx, id, standing).await?;
                credentials::put_passphrase(&mut *tx, id, (&clerk(number), &phc), now).await?;
            }
            Ok(())
        })
    });
    work.await.expect("the store takes it");
}
