//! A new version of the app: looked for, offered, and taken over when nothing is lost by it.
//!
//! A version is never forced on anybody: the worker waits until a person takes it, and every
//! other tab loads anew only when what it shows is stored.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use screens::seam::Update;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

use crate::shell::{container, object, registration};
use crate::tablet::Tablet;
use crate::{browser, syncing};

/// How long what is not stored is waited for before it is looked at again.
const UNSAVED_AGAIN_MS: u32 = 250;
/// How long a version that was told to take over may need before it is told again.
const TELL_AGAIN_MS: u32 = 2_000;
/// How often it is told before the page is loaded anew without an answer.
const TELLINGS: u32 = 2;
/// Pages live for days; the browser looks for a new version only when one is loaded.
const LOOK_AGAIN_MS: i64 = 10 * 60 * 1_000;

/// Loads the page anew when another worker takes over; the very first one changes nothing.
pub(crate) fn follow_the_worker(tablet: &Rc<Tablet>, container: &ServiceWorkerContainer) {
    let had_controller = container.controller().is_some();
    let tablet = tablet.clone();
    browser::listen(container, "controllerchange", move || {
        if had_controller {
            spawn_local(load_anew(tablet.clone()));
        }
    });
}

/// Loads the page anew once nothing is lost by it. Until then the page goes on with what it has.
async fn load_anew(tablet: Rc<Tablet>) {
    while is_unsaved(&tablet) {
        TimeoutFuture::new(UNSAVED_AGAIN_MS).await;
    }
    let queue = tablet.jobs.clone();
    queue.give(async move {
        if is_unsaved(&tablet) {
            spawn_local(load_anew(tablet));
        } else if let Ok(window) = browser::window() {
            let _ = window.location().reload();
        }
    });
}

/// Whether something is shown that is kept nowhere else: an answer or a word that is not stored,
/// or the form of an inspection that is not begun.
fn is_unsaved(tablet: &Tablet) -> bool {
    let address = browser::window().ok().and_then(|window| window.location().hash().ok());
    let is_form = address.is_some_and(|fragment| screens::names_a_form(&fragment));
    is_form || tablet.open().is_some_and(|model| model.has_unsaved())
}

/// Offers an update as soon as a new worker is installed and waits, and goes on looking for one
/// whenever the page comes to the front or the network comes back.
pub(crate) fn follow(tablet: &Rc<Tablet>, registration: &ServiceWorkerRegistration) {
    if registration.waiting().is_some() {
        tablet.board.update.set(Update::Offered);
    }
    let (own, found) = (tablet.clone(), registration.clone());
    browser::listen(registration, "updatefound", move || {
        if let Some(worker) = found.installing() {
            offer_when_installed(&own, worker);
        }
    });
    look_again(registration);
}

fn offer_when_installed(tablet: &Rc<Tablet>, worker: ServiceWorker) {
    let (board, installing) = (tablet.board, worker.clone());
    browser::listen(&worker, "statechange", move || {
        let waits = installing.state() == ServiceWorkerState::Installed;
        if waits && container().is_some_and(|all| all.controller().is_some()) {
            board.update.set(Update::Offered);
        }
    });
}

fn look_again(registration: &ServiceWorkerRegistration) {
    let looked = Rc::new(Cell::new(browser::now()));
    let look = move |registration: &ServiceWorkerRegistration| {
        let is_due = browser::now().since_ms(looked.get()).abs() >= LOOK_AGAIN_MS;
        if is_due && browser::is_shown() && browser::is_online() {
            looked.set(browser::now());
            // Without an answer the next time does.
            let _ = registration.update();
        }
    };
    let (Ok(window), Ok(document)) = (browser::window(), browser::document()) else { return };
    let (to_front, online) = (registration.clone(), registration.clone());
    let again = look.clone();
    browser::listen(&document, "visibilitychange", move || look(&to_front));
    browser::listen(&window, "online", move || again(&online));
}

/// Lets the waiting version take over, as soon as everything shown is stored and nothing is on
/// its way: whoever asked for it does not ask twice.
pub(crate) fn apply(tablet: &Rc<Tablet>) {
    if tablet.board.update.get_untracked() != Update::Taken {
        tablet.board.update.set(Update::Taken);
        spawn_local(take_over(tablet.clone()));
    }
}

/// Tells the waiting version to take over, which loads this page anew.
///
/// Chromium sometimes lets it wait on, however often it is told, and takes it as soon as the page
/// is loaded anew: both were seen, why is not known. A version that waits even then is offered
/// again.
async fn take_over(tablet: Rc<Tablet>) {
    for _ in 0..TELLINGS {
        when_at_rest(&tablet).await;
        tablet.jobs.done().await;
        if !tell_waiting().await {
            return without_waiting(tablet).await;
        }
        TimeoutFuture::new(TELL_AGAIN_MS).await;
    }
    load_anew(tablet).await;
}

async fn when_at_rest(tablet: &Tablet) {
    while is_unsaved(tablet) || !syncing::is_at_rest(tablet) {
        TimeoutFuture::new(UNSAVED_AGAIN_MS).await;
    }
}

/// Whether a version waits, and was told to take over.
async fn tell_waiting() -> bool {
    let Some(worker) = registration().await.and_then(|registration| registration.waiting()) else {
        return false;
    };
    let message = object(&[("type", &"apply-update".into())]);
    worker.post_message(&message).is_ok()
}

/// What waited is at work already, or was taken back.
async fn without_waiting(tablet: Rc<Tablet>) {
    tablet.board.update.set(Update::None);
    let active = registration().await.and_then(|registration| registration.active());
    let controller = container().and_then(|container| container.controller());
    if active.is_some() && active != controller {
        load_anew(tablet).await;
    }
}
