//! Several tabs, one tablet: which of them syncs, and how the others come to show the same.
//!
//! The tab that holds the browser's lock syncs; the one in front wants it, and a hidden one gives
//! it up to it. Where the browser lacks locks or a channel, every tab syncs by itself, which is
//! wasteful and harmless. What is stored is compared and appended, whoever leads.

mod channel;
mod lock;
mod news;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use proof::chain::Journal;
use sync::replica::Input;
use sync::status::Status;
use wasm_bindgen_futures::spawn_local;

use self::channel::Channel;
use self::lock::{Held, Locks};
pub(crate) use self::news::News;
use crate::tablet::Tablet;
use crate::vault::locking::{self, Others};
use crate::{browser, canary, carrying, overview, safety, shell, showing, start, syncing};

/// This tab among the tabs of the tablet.
#[derive(Default)]
pub(crate) struct Tabs {
    channel: RefCell<Option<Channel>>,
    part: RefCell<Part>,
}

/// What this tab does for the tablet.
#[derive(Default)]
enum Part {
    /// There is no seat yet, so nothing to do.
    #[default]
    None,
    /// The browser cannot agree on one tab: this one syncs in any case.
    Alone,
    /// Another tab syncs, as far as is known.
    Following,
    /// This tab syncs until it gives the lock up.
    Leading(Held),
}

impl Tabs {
    fn syncs(&self) -> bool {
        match *self.part.borrow() {
            Part::Alone | Part::Leading(_) => true,
            Part::None | Part::Following => false,
        }
    }

    /// Tells the other tabs.
    pub(crate) fn tell(&self, news: &News) {
        if let Some(channel) = self.channel.borrow().as_ref() {
            channel.tell(news);
        }
    }
}

/// Listens to the other tabs from now on.
pub(crate) fn listen(tablet: &Rc<Tablet>) {
    let heard = {
        let tablet = tablet.clone();
        move |news| hear(&tablet, news)
    };
    tablet.tabs.channel.replace(Channel::open(heard));
}

/// Takes part in syncing: leads, or follows until the lock is free.
pub(crate) async fn take_part(tablet: &Rc<Tablet>) {
    let has_channel = tablet.tabs.channel.borrow().is_some();
    match Locks::of_browser().filter(|_| has_channel) {
        Some(locks) => {
            tablet.tabs.part.replace(Part::Following);
            queue(tablet, &locks);
            tablet.tabs.tell(&News::Hello);
            want(tablet);
        }
        None => alone(tablet).await,
    }
    overview::refresh_pending_of_all(tablet).await;
}

async fn alone(tablet: &Rc<Tablet>) {
    tablet.tabs.part.replace(Part::Alone);
    start::begin_syncing(tablet).await;
}

fn queue(tablet: &Rc<Tablet>, locks: &Locks) {
    let held = {
        let tablet = tablet.clone();
        move |held| spawn_local(lead(tablet, held))
    };
    if !locks.request(held) {
        // A browser that refuses the request refuses it to every tab: each syncs by itself.
        let tablet = tablet.clone();
        spawn_local(async move { alone(&tablet).await });
    }
}

/// This tab has the lock: it reads from the store where everything stands, and goes on.
async fn lead(tablet: Rc<Tablet>, held: Held) {
    tablet.tabs.part.replace(Part::Leading(held));
    start::begin_syncing(&tablet).await;
    if !browser::is_shown() {
        tablet.tabs.tell(&News::Hidden);
    }
}

/// Gives the lock up to a tab that is in front, and stands in line again behind it.
fn give_up(tablet: &Rc<Tablet>) {
    let part = tablet.tabs.part.replace(Part::Following);
    match part {
        Part::Leading(held) => {
            syncing::end(tablet);
            held.release();
            if let Some(locks) = Locks::of_browser() {
                queue(tablet, &locks);
            }
        }
        Part::None | Part::Alone | Part::Following => drop(tablet.tabs.part.replace(part)),
    }
}

fn want(tablet: &Rc<Tablet>) {
    if browser::is_shown() && !tablet.tabs.syncs() {
        tablet.tabs.tell(&News::Wanted);
    }
}

/// This page came to the front or left it.
pub(crate) fn visibility_changed(tablet: &Rc<Tablet>) {
    let shown = browser::is_shown();
    if tablet.tabs.syncs() {
        syncing::input(tablet, if shown { Input::Shown } else { Input::Hidden });
        if !shown {
            tablet.tabs.tell(&News::Hidden);
        }
    }
    want(tablet);
    if shown {
        // Without a channel nothing was heard of what other tabs recorded.
        let open = tablet.open().map(|model| model.id());
        open.into_iter().for_each(|inspection| showing::catch_up_later(tablet, inspection));
    }
}

/// Someone asks to sync now.
pub(crate) fn ask(tablet: &Rc<Tablet>) {
    if tablet.tabs.syncs() {
        syncing::input(tablet, Input::Asked);
    } else {
        tablet.tabs.tell(&News::Asked);
    }
}

/// This tab has stored `count` events of this seat.
pub(crate) fn recorded(tablet: &Rc<Tablet>, journal: Journal, through: u64, count: u64) {
    let Journal { inspection, journal: id } = journal;
    tablet.with_vault(|open| canary::note_stored(open.slot.id, journal, through));
    tablet.tabs.tell(&News::Recorded { inspection, journal: id, through });
    if tablet.tabs.syncs() {
        syncing::input(tablet, Input::Stored { journal, through });
    } else {
        // The tab that syncs says the true number in a moment; until then it must not be less.
        tablet.board.sync.update(|status| status.pending = status.pending.saturating_add(count));
    }
    safety::changed(tablet);
}

/// How syncing goes, for this tab and for the others.
pub(crate) fn show(tablet: &Rc<Tablet>, status: Status) {
    if status != tablet.board.sync.get_untracked() {
        tablet.tabs.tell(&News::Syncing(status.clone()));
        tablet.board.sync.set(status);
    }
}

fn hear(tablet: &Rc<Tablet>, news: News) {
    match &news {
        News::Enrolled => return browser::reload(),
        News::Locked if tablet.has_vault() => return locking::lock(tablet, Others::Know),
        News::Opened { slot } if !tablet.has_open(slot) => return browser::reload(),
        News::Touched => drop(tablet.touch(browser::now())),
        News::Locked | News::Opened { .. } | News::Hello | News::Wanted | News::Hidden => {}
        News::Asked | News::Syncing(_) | News::Recorded { .. } => {}
        News::Arrived { .. } | News::Prepared => {}
    }
    if tablet.seat().is_none() {
        return;
    }
    match news {
        News::Locked | News::Opened { .. } | News::Touched => {}
        News::Hello if tablet.tabs.syncs() => {
            let status = tablet.board.sync.get_untracked();
            tablet.tabs.tell(&News::Syncing(status));
        }
        News::Wanted if tablet.tabs.syncs() && !browser::is_shown() => give_up(tablet),
        News::Hidden => want(tablet),
        News::Asked if tablet.tabs.syncs() => syncing::input(tablet, Input::Asked),
        News::Hello | News::Wanted | News::Asked | News::Enrolled => {}
        News::Syncing(status) => follow(tablet, status),
        News::Recorded { inspection, journal, through } => {
            let journal = Journal { inspection, journal };
            if tablet.tabs.syncs() {
                syncing::input(tablet, Input::Stored { journal, through });
            }
            showing::catch_up_later(tablet, inspection);
        }
        News::Arrived { inspection, anew } => {
            if anew {
                showing::show_anew(tablet, inspection);
            }
            showing::catch_up_later(tablet, inspection);
        }
        News::Prepared => prepared(tablet),
    }
}

fn follow(tablet: &Rc<Tablet>, status: Status) {
    if tablet.tabs.syncs() {
        return;
    }
    tablet.board.sync.set(status);
    safety::changed(tablet);
    let tablet = tablet.clone();
    spawn_local(async move {
        overview::refresh_pending_of_all(&tablet).await;
        shell::refresh_health(&tablet).await;
    });
}

fn prepared(tablet: &Rc<Tablet>) {
    let tablet = tablet.clone();
    spawn_local(async move {
        overview::refresh_all(&tablet).await;
        overview::refresh_kinds(&tablet).await;
        shell::refresh_readiness(&tablet).await;
        carrying::refresh(&tablet).await;
    });
}
