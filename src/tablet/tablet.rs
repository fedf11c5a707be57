//! The tablet as one thing: what it holds, and where each intent goes.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::ids::{FindingId, InspectionId};
use domain::moment::Moment;
use jiff::civil::Date;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;
use proof::chain::{Journal, Tip};
use screens::seam::{Board, Desk, InspectionModel, Intent, LockAnswer, Session, Wiring};
use wasm_bindgen_futures::spawn_local;

use crate::carrying::Faults;
use crate::jobs::Jobs;
use crate::library::Library;
use crate::overview::Line;
use crate::seat::Seat;
use crate::shown::Shown;
use crate::syncing::Syncing;
use crate::tabs::{self, Tabs};
use crate::vault::locking::{self, Others};
use crate::vault::{OpenVault, Vaults, giving, unlocking};
use crate::{
    Facts, browser, carrying, install, opening, practice, recording, safety, shell, showing, start,
    updating,
};

/// What the tablet holds while the page lives. Whatever matters is in the store.
pub(crate) struct Tablet {
    pub(crate) board: Board,
    pub(crate) jobs: Jobs,
    pub(crate) library: Library,
    facts: RefCell<Option<Facts>>,
    seat: RefCell<Option<Rc<Seat>>>,
    /// The end of this seat's journal in each inspection.
    journals: RefCell<BTreeMap<InspectionId, (Journal, Tip)>>,
    /// The line of each inspection on the first page.
    pub(crate) summaries: RefCell<BTreeMap<InspectionId, Line>>,
    pub(crate) syncing: RefCell<Option<Syncing>>,
    /// How often this page has begun to sync.
    pub(crate) turns: Cell<u32>,
    pub(crate) tabs: Tabs,
    /// What of the open inspection the screen has.
    shown: RefCell<Option<Shown>>,
    /// What headquarters said of carried bundles that it did not take.
    pub(crate) carrying_faults: RefCell<Faults>,
    /// Whether what the sync screen shows is about to be worked out anew.
    pub(crate) safety_is_due: Cell<bool>,
    /// Inspections of which another tab has stored something that this one has not read.
    pub(crate) behind: RefCell<BTreeSet<InspectionId>>,
    vaults: RefCell<Option<Vaults>>,
    vault: RefCell<Option<OpenVault>>,
    /// When somebody last touched this tablet.
    touched_at: Cell<Moment>,
    /// How long it may lie untouched.
    lock_after_ms: Cell<i64>,
    is_locking: Cell<bool>,
    /// What a person says to a lock that would lose something.
    pub(crate) lock_answer: Cell<Option<LockAnswer>>,
}

/// How long a tablet may lie untouched before anything else is chosen.
const LOCK_AFTER_MS: i64 = 15 * 60 * 1000;

impl Tablet {
    /// A tablet that has not been started.
    pub(crate) fn new(board: Board) -> Rc<Self> {
        Rc::new(Self {
            board,
            jobs: Jobs::default(),
            library: Library::default(),
            facts: RefCell::default(),
            seat: RefCell::default(),
            journals: RefCell::default(),
            summaries: RefCell::default(),
            syncing: RefCell::default(),
            turns: Cell::default(),
            tabs: Tabs::default(),
            shown: RefCell::default(),
            carrying_faults: RefCell::default(),
            safety_is_due: Cell::default(),
            behind: RefCell::default(),
            vaults: RefCell::default(),
            vault: RefCell::default(),
            touched_at: Cell::new(browser::now()),
            lock_after_ms: Cell::new(LOCK_AFTER_MS),
            is_locking: Cell::default(),
            lock_answer: Cell::default(),
        })
    }

    /// The store, once it is open.
    pub(crate) fn facts(&self) -> Option<Facts> {
        self.facts.borrow().clone()
    }

    /// The seat, once there is one.
    pub(crate) fn seat(&self) -> Option<Rc<Seat>> {
        self.seat.borrow().clone()
    }

    /// Both, where nothing can be done without them.
    pub(crate) fn facts_and_seat(&self) -> Option<(Facts, Rc<Seat>)> {
        Some((self.facts()?, self.seat()?))
    }

    pub(crate) fn use_facts(&self, facts: Facts) {
        self.facts.replace(Some(facts));
    }

    /// Lets go of a vault that is of no use.
    pub(crate) fn leave_facts(&self) {
        self.facts.replace(None);
        self.forget_vault();
        self.board.vault_open.set(false);
    }

    pub(crate) fn use_seat(&self, seat: Seat) {
        self.seat.replace(Some(Rc::new(seat)));
    }

    /// The directory of vaults, once it is open.
    pub(crate) fn vaults(&self) -> Option<Vaults> {
        self.vaults.borrow().clone()
    }

    pub(crate) fn use_vaults(&self, vaults: Vaults) {
        self.vaults.replace(Some(vaults));
    }

    pub(crate) fn use_vault(&self, vault: OpenVault) {
        self.vault.replace(Some(vault));
    }

    /// Forgets the key of the open vault.
    pub(crate) fn forget_vault(&self) {
        self.vault.replace(None);
    }

    /// Whether a vault is open.
    pub(crate) fn has_vault(&self) -> bool {
        self.vault.borrow().is_some()
    }

    /// Whether the vault of this slot is open.
    pub(crate) fn has_open(&self, slot: &str) -> bool {
        self.with_vault(|open| open.slot.id.to_string() == slot) == Some(true)
    }

    /// Does something with the open vault, if one is open.
    pub(crate) fn with_vault<T>(&self, act: impl FnOnce(&mut OpenVault) -> T) -> Option<T> {
        self.vault.borrow_mut().as_mut().map(act)
    }

    /// Somebody touches this tablet; returns for how long nobody had, in ms.
    pub(crate) fn touch(&self, now: Moment) -> i64 {
        now.since_ms(self.touched_at.replace(now))
    }

    /// When it locks by itself, if nobody touches it before.
    pub(crate) fn locks_at(&self) -> Moment {
        self.touched_at.get().later_by_ms(self.lock_after_ms.get())
    }

    /// Whether locking begins with this; it begins once.
    pub(crate) fn begin_locking(&self) -> bool {
        !self.is_locking.replace(true)
    }

    /// Whatever was begun, this tablet stays open.
    pub(crate) fn end_locking(&self) {
        self.is_locking.set(false);
    }

    /// The end of this seat's journal in an inspection, if it has one.
    pub(crate) fn journal(&self, inspection: InspectionId) -> Option<(Journal, Tip)> {
        self.journals.borrow().get(&inspection).copied()
    }

    pub(crate) fn note_journal(&self, journal: Journal, tip: Tip) {
        self.journals.borrow_mut().insert(journal.inspection, (journal, tip));
    }

    /// Never writes to a journal again; the next recording opens another.
    pub(crate) fn leave_journal(&self, journal: Journal) {
        self.journals.borrow_mut().retain(|_, (own, _)| *own != journal);
    }

    /// Takes note of what the screen has of the inspection that is opened.
    pub(crate) fn show(&self, shown: Shown) {
        self.shown.replace(Some(shown));
    }

    /// Does something with what the screen has of this inspection, if it is the one shown.
    pub(crate) fn with_shown<T>(
        &self,
        inspection: InspectionId,
        act: impl FnOnce(&mut Shown) -> T,
    ) -> Option<T> {
        let mut shown = self.shown.borrow_mut();
        shown.as_mut().filter(|shown| shown.inspection() == inspection).map(act)
    }

    /// The open inspection.
    pub(crate) fn open(&self) -> Option<Rc<InspectionModel>> {
        match self.board.desk.get_untracked() {
            Desk::Open(model) => Some(model),
            Desk::Empty | Desk::Fetching(_) | Desk::Unreadable(..) => None,
        }
    }

    /// The open inspection, if it is this one.
    pub(crate) fn open_as(&self, inspection: InspectionId) -> Option<Rc<InspectionModel>> {
        self.open().filter(|model| model.id() == inspection)
    }
}

/// What the screens are given.
pub(crate) fn wiring(tablet: &Rc<Tablet>) -> Wiring {
    let send = {
        let tablet = tablet.clone();
        UnsyncCallback::new(move |intent| take(&tablet, intent))
    };
    Wiring {
        board: tablet.board,
        send,
        fresh_finding: UnsyncCallback::new(|()| fresh_finding()),
        today: UnsyncCallback::new(|()| today()),
    }
}

/// A new finding's id. Without a random source no seat could have been made, so the zeros are
/// never reached; they would still be refused nowhere and lost nowhere.
pub(crate) fn fresh_finding() -> FindingId {
    FindingId(browser::random().unwrap_or_default())
}

/// The day in Viet Nam; the first of all days for a clock that is out of bounds.
fn today() -> Date {
    browser::now().day().or_else(|| Moment(0).day()).unwrap_or(Date::ZERO)
}

fn take(tablet: &Rc<Tablet>, intent: Intent) {
    let own = tablet.clone();
    match intent {
        Intent::Enrol { code, passphrase } => {
            spawn_local(async move { start::enrol(own, code, passphrase).await });
        }
        Intent::Unlock { vault, passphrase } => {
            spawn_local(unlocking::unlock(own, vault, passphrase));
        }
        Intent::Protect { passphrase } => spawn_local(start::protect(own, passphrase)),
        Intent::Lock => locking::lock(tablet, Others::Told),
        Intent::AnswerLock(answer) => tablet.lock_answer.set(Some(answer)),
        Intent::LockAfter { idle_ms } => tablet.lock_after_ms.set(idle_ms),
        Intent::GiveVault { vault } => spawn_local(giving::give(own, vault)),
        Intent::EnrolBeside => {
            browser::go_to("/enrol");
            tablet.board.session.set(Session::NotEnrolled);
        }
        Intent::Show { inspection } => showing::show(own, inspection),
        Intent::Leave { inspection } => showing::leave(tablet, inspection),
        Intent::OpenInspection(new) => opening::open(own, new),
        Intent::Write { ticket, inspection, address, value } => {
            let asked = recording::Asked::Write { address, value };
            recording::record(own, inspection, Some(ticket), asked);
        }
        Intent::WriteAll { inspection, writes } => recording::record_all(own, inspection, writes),
        Intent::Begin { ticket, inspection, finding, item, field, value } => {
            let asked = recording::Asked::Begin { finding, item, field, value };
            recording::record(own, inspection, Some(ticket), asked);
        }
        Intent::Withdraw { ticket, inspection, finding, reason } => {
            let asked = recording::Asked::Withdraw { finding, reason };
            recording::record(own, inspection, Some(ticket), asked);
        }
        Intent::Draft { inspection, place, text } => {
            recording::put_draft(own, inspection, place, text);
        }
        Intent::SyncNow => tabs::ask(tablet),
        Intent::AskPersist => spawn_local(async move { shell::ask_persist(&own).await }),
        Intent::ApplyUpdate => updating::apply(tablet),
        Intent::LookAtSafety => safety::look(tablet),
        Intent::LeaveSafety => safety::leave(tablet),
        Intent::Carry(file) => spawn_local(carrying::take(own, file)),
        Intent::UnderstandLoss => spawn_local(async move { start::understand_loss(&own).await }),
        Intent::EnrolAgain => tablet.board.session.set(Session::NotEnrolled),
        Intent::Practise => spawn_local(practice::give(own)),
        Intent::Install => spawn_local(install::ask(own)),
    }
}
