//! The app around the records: the service worker, the store's health, and whether everything is here for going offline.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use screens::seam::Readiness;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

use crate::tablet::Tablet;
use crate::{browser, updating, worker};

/// Registers the service worker and follows its updates, where the browser has such a thing.
pub(crate) fn keep(tablet: &Rc<Tablet>) {
    let Some(container) = container() else { return };
    updating::follow_the_worker(tablet, &container);
    let tablet = tablet.clone();
    spawn_local(async move {
        // Without a worker the app works as long as there is a network; readiness says so.
        let Ok(registered) = JsFuture::from(container.register("/sw.js")).await else { return };
        let registration: ServiceWorkerRegistration = registered.unchecked_into();
        updating::follow(&tablet, &registration);
        if let Ok(ready) = container.ready() {
            let _ = JsFuture::from(ready).await;
        }
        refresh_readiness(&tablet).await;
    });
}

pub(crate) fn container() -> Option<ServiceWorkerContainer> {
    let navigator = browser::window().ok()?.navigator();
    let has = Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    has.then(|| navigator.service_worker())
}

/// The worker's registration, once there is one.
pub(crate) async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    found.dyn_into().ok()
}

/// Works out whether shell, packs and inspections are all on this tablet.
pub(crate) async fn refresh_readiness(tablet: &Rc<Tablet>) {
    let Some(facts) = tablet.facts() else { return };
    let Ok(list) = facts.pack_list().await else { return };
    let wanted = list.packs.iter().map(|pack| pack.sha256);
    let Ok(here) = facts.packs_among(wanted).await else { return };
    let Ok(cursors) = facts.cursors().await else { return };
    let packs_here = list.packs.iter().filter(|pack| here.contains(&pack.sha256)).count();
    let shell = usize::from(shell_is_complete().await);
    let pulled = usize::from(!cursors.is_empty());
    let (done, total) = (shell + pulled + packs_here, 2 + list.packs.len().max(1));
    let readiness = if done == total {
        Readiness::Ready
    } else {
        Readiness::Preparing { done: count(done), total: count(total) }
    };
    if readiness == Readiness::Ready {
        browser::mark_root("data-offline", "ready");
    }
    if tablet.board.readiness.get_untracked() != readiness {
        tablet.board.readiness.set(readiness);
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Asks the active worker whether it has every file of the shell.
async fn shell_is_complete() -> bool {
    let Some(worker) = registration().await.and_then(|registration| registration.active()) else {
        return false;
    };
    let Some(answer) = worker::ask(&worker, "report-shell").await else { return false };
    Reflect::get(&answer, &"complete".into()).is_ok_and(|complete| complete.is_truthy())
}

pub(crate) fn object(pairs: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // A fresh plain object takes every property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// Works out how safe it is what this tablet holds.
pub(crate) async fn refresh_health(tablet: &Rc<Tablet>) {
    let Some(facts) = tablet.facts() else { return };
    let Ok(health) = facts.health().await else { return };
    let contact = facts.contact().await.ok().flatten();
    tablet.board.health.update(|shown| {
        shown.persisted = health.device.persisted;
        shown.used_bytes = health.device.usage_bytes;
        shown.quota_bytes = health.device.quota_bytes;
        shown.only_here_since = health.oldest_only_here;
        shown.last_contact = contact.map(|contact| contact.at);
    });
}

/// Asks the browser not to evict the store; what it says is shown.
pub(crate) async fn ask_persist(tablet: &Rc<Tablet>) {
    if let Ok(window) = browser::window() {
        let navigator = window.navigator();
        let has = Reflect::has(&navigator, &"storage".into()).unwrap_or(false);
        if let Some(Ok(asked)) = has.then(|| navigator.storage().persist()) {
            let _ = JsFuture::from(asked).await;
        }
    }
    refresh_health(tablet).await;
}
