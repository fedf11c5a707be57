//! Locking: when somebody says so, and after a time without a touch.
//!
//! What is only recorded is stored first. Then the key is forgotten everywhere, and the page is
//! loaded anew, so that nothing of the person is left on it or in its memory. What cannot be
//! stored keeps a tablet open only as long as somebody is there to say so.

use std::rc::Rc;

use domain::moment::Moment;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use screens::seam::{LockAnswer, LockWaits};
use wasm_bindgen_futures::spawn_local;

use super::closing::{self, Look, Patience};
use super::handing;
use crate::browser;
use crate::tablet::Tablet;
use crate::tabs::News;

/// How often is looked whether the time has passed.
const LOOK_MS: u32 = 5_000;

/// How often other tabs are told that this one is in use.
const TELL_MS: i64 = 20_000;

/// What counts as a touch.
const TOUCHES: [&str; 4] = ["pointerdown", "keydown", "input", "wheel"];

/// Who else has to lock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// Every other tab.
    Told,
    /// Nobody: another tab said so.
    Know,
}

/// Locks after the idle time, from here on.
pub(crate) fn follow(tablet: &Rc<Tablet>) {
    let (Ok(window), Ok(document)) = (browser::window(), browser::document()) else { return };
    tablet.touch(browser::now());
    for touch in TOUCHES {
        let tablet = tablet.clone();
        browser::listen(&window, touch, move || touched(&tablet));
    }
    let seen = tablet.clone();
    browser::listen(&document, "visibilitychange", move || look(&seen));
    let tablet = tablet.clone();
    spawn_local(async move {
        loop {
            TimeoutFuture::new(LOOK_MS).await;
            look(&tablet);
        }
    });
}

fn touched(tablet: &Rc<Tablet>) {
    let now = browser::now();
    // A tablet that lay there too long is not woken by the touch that finds it.
    if is_due(tablet, now) {
        return look(tablet);
    }
    if tablet.touch(now) >= TELL_MS {
        tablet.tabs.tell(&News::Touched);
    }
}

fn is_due(tablet: &Tablet, now: Moment) -> bool {
    now.since_ms(tablet.locks_at()) >= 0
}

fn look(tablet: &Rc<Tablet>) {
    if tablet.has_vault() && is_due(tablet, browser::now()) {
        lock(tablet, Others::Told);
    }
}

/// Locks this tablet.
pub(crate) fn lock(tablet: &Rc<Tablet>, others: Others) {
    if !tablet.begin_locking() {
        return;
    }
    spawn_local(locked(tablet.clone(), others));
}

async fn locked(tablet: Rc<Tablet>, others: Others) {
    let answer = answered(&tablet, others).await;
    tablet.board.lock_waits.set(LockWaits::No);
    match answer {
        LockAnswer::Anyway => tablet.forget_vault(),
        LockAnswer::Stay => {
            tablet.touch(browser::now());
            return tablet.end_locking();
        }
    }
    handing::forget().await;
    if others == Others::Told {
        tablet.tabs.tell(&News::Locked);
    }
    browser::reload();
}

/// Waits until nothing is lost by locking, or until it is said what is to be done.
async fn answered(tablet: &Tablet, others: Others) -> LockAnswer {
    let mut patience = Patience::from(browser::now());
    tablet.lock_answer.set(None);
    loop {
        let waits = match closing::look(tablet, &mut patience).await {
            Look::Kept => return LockAnswer::Anyway,
            Look::Stuck(_) if is_unattended(tablet, others) => return LockAnswer::Anyway,
            Look::Stuck(lost) => LockWaits::ForPerson { lost },
            Look::WaitsLong => LockWaits::ForStore,
            Look::Waits => LockWaits::No,
        };
        if tablet.board.lock_waits.get_untracked() != waits {
            tablet.board.lock_waits.set(waits);
        }
        if let Some(answer) = tablet.lock_answer.take() {
            return answer;
        }
        TimeoutFuture::new(closing::AGAIN_MS).await;
    }
}

/// Whether nobody is here who could say anything: a tablet that lies open tells more than is lost
/// by locking it.
fn is_unattended(tablet: &Tablet, others: Others) -> bool {
    others == Others::Know || is_due(tablet, browser::now())
}
