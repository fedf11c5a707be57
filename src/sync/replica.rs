//! The tablet's side of syncing: decides what to send, ask and wait for; does nothing itself.
//!
//! The caller carries out each [`Effect`] and reports with an [`Input`]; time is an argument,
//! chance a seed. The machine holds no events, only how far each journal is stored and accepted.
//! What is lost with it (a closed tab) is read again from the store.
//!
//! ```text
//!            stored, asked, online, timer
//!   Resting ─────────────────────────────▶ Pushing ──▶ Pulling ──▶ Resting
//!      ▲                                      │ no answer, refusal   │
//!      └───────────── Waiting(until) ◀────────┴──────────────────────┘
//! ```

use std::collections::{BTreeMap, VecDeque};

use domain::ids::{Epoch, InspectionId};
use domain::moment::Moment;
use proof::chain::Journal;

use crate::message::pull::{Cursor, Pull};
use crate::message::push::{JournalAnswer, MAX_PAGE_EVENTS, PushAnswer};
use crate::message::refusal::RefusalCode;
use crate::retry;
use crate::status::{Activity, Status, SyncFault};

/// How long an open tablet rests before it asks for news, in milliseconds.
pub const PULL_EVERY_MS: i64 = 30_000;

/// What the store knew when the app opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// This tablet's journals.
    pub journals: Vec<JournalProgress>,
    /// The cursor of each inspection.
    pub cursors: BTreeMap<InspectionId, Cursor>,
    /// The life of headquarters' store that these refer to.
    pub epoch: Option<Epoch>,
}

/// How far one journal is stored here and accepted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalProgress {
    /// The journal.
    pub journal: Journal,
    /// The `seq` of its last stored event.
    pub stored_through: u64,
    /// The last `seq` that headquarters has accepted.
    pub accepted_through: Option<u64>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// An event of this tablet is stored.
    Stored {
        /// Its journal.
        journal: Journal,
        /// The `seq` of the last stored event.
        through: u64,
    },
    /// The browser says that there is a network; it may be wrong.
    Online,
    /// The browser says that there is none; it is right.
    Offline,
    /// The page is in front.
    Shown,
    /// The page is not in front; nothing is begun until it is.
    Hidden,
    /// The inspector asked to sync.
    Asked,
    /// The answer to [`Effect::Push`].
    Pushed(Result<PushAnswer, SyncFault>),
    /// What became of [`Effect::Pull`]: the pages are verified and stored, or nothing is.
    Pulled(Result<PullOutcome, SyncFault>),
}

/// What a pull brought, after it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PullOutcome {
    /// The life of headquarters' store; `None` never comes from headquarters.
    pub epoch: Option<Epoch>,
    /// The new cursors.
    pub cursors: BTreeMap<InspectionId, Cursor>,
    /// Inspections that this seat may not see any longer.
    pub gone: Vec<InspectionId>,
    /// Whether there is more.
    pub more: bool,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send these runs; answer with [`Input::Pushed`]. A run may be cut short to fit a message.
    Push(Vec<Run>),
    /// Ask for news, verify and store it; answer with [`Input::Pulled`].
    Pull(Pull),
    /// Keep how far headquarters has accepted a journal. Losing this is harmless.
    Remember(Journal, Option<u64>),
    /// Headquarters has a new life: nothing counts as accepted until it says so again.
    NewEpoch(Epoch),
    /// Headquarters knows more of this journal than this tablet: never write to it again.
    Abandon(Journal),
}

/// A run of events of one journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The journal.
    pub journal: Journal,
    /// The first `seq`.
    pub from: u64,
    /// The last `seq`.
    pub through: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    stored_through: u64,
    accepted_through: Option<u64>,
}

impl Progress {
    fn next(self) -> u64 {
        self.accepted_through.map_or(0, |seq| seq.saturating_add(1))
    }

    fn pending(self) -> u64 {
        (self.stored_through.saturating_add(1)).saturating_sub(self.next())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    /// Nothing under way.
    Resting,
    /// Waiting for an answer to a push.
    Pushing,
    /// Waiting for an answer to a pull.
    Pulling,
    /// It did not work; try again at this time, or when a person or the network asks.
    Waiting { until: Option<Moment>, fault: SyncFault },
}

/// The tablet's side of syncing.
#[derive(Debug, Clone)]
pub struct Replica {
    journals: BTreeMap<Journal, Progress>,
    cursors: BTreeMap<InspectionId, Cursor>,
    epoch: Option<Epoch>,
    phase: Phase,
    /// When news is due.
    pull_at: Moment,
    online: bool,
    shown: bool,
    failures: u32,
    chance: u64,
    effects: VecDeque<Effect>,
}

impl Replica {
    /// A replica of what the store knew; `seed` spreads the waits of many tablets. Nothing is
    /// begun before the page is [`Input::Shown`].
    pub fn new(restored: Restored, seed: u64, now: Moment) -> Self {
        let journals = restored.journals.iter().map(|progress| {
            let JournalProgress { journal, stored_through, accepted_through } = *progress;
            (journal, Progress { stored_through, accepted_through })
        });
        Self {
            journals: journals.collect(),
            cursors: restored.cursors,
            epoch: restored.epoch,
            phase: Phase::Resting,
            pull_at: now,
            online: true,
            shown: false,
            failures: 0,
            chance: seed,
            effects: VecDeque::new(),
        }
    }

    /// Takes in what happened.
    pub fn handle_input(&mut self, input: Input, now: Moment) {
        match input {
            Input::Stored { journal, through } => self.stored(journal, through),
            Input::Online => self.online = true,
            Input::Offline => self.online = false,
            Input::Shown => self.shown = true,
            Input::Hidden => self.shown = false,
            Input::Asked => self.pull_at = now,
            Input::Pushed(Ok(answer)) => return self.pushed(&answer, now),
            Input::Pulled(Ok(outcome)) => return self.pulled(outcome, now),
            Input::Pushed(Err(fault)) | Input::Pulled(Err(fault)) => {
                return self.failed(fault, now);
            }
        }
        if matches!(input, Input::Online | Input::Shown | Input::Asked) {
            self.end_waiting(now);
        }
        self.begin(now);
    }

    /// Takes in that time has passed.
    pub fn handle_timeout(&mut self, now: Moment) {
        if self.poll_timeout().is_some_and(|at| at <= now) {
            self.end_waiting(now);
            self.begin(now);
        }
    }

    /// When [`Replica::handle_timeout`] is to be called next, if at all.
    pub fn poll_timeout(&self) -> Option<Moment> {
        match &self.phase {
            _ if !self.may_begin() => None,
            Phase::Resting => Some(self.pull_at),
            Phase::Waiting { until, .. } => *until,
            Phase::Pushing | Phase::Pulling => None,
        }
    }

    /// The next thing to be done, if any.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// The state of syncing, for the screen.
    pub fn status(&self) -> Status {
        let pending = self.journals.values().map(|progress| progress.pending()).sum();
        Status { pending, activity: self.activity() }
    }

    fn activity(&self) -> Activity {
        match &self.phase {
            Phase::Pushing | Phase::Pulling => Activity::Syncing,
            Phase::Waiting { fault: SyncFault::Unreachable, .. } => Activity::Offline,
            Phase::Waiting { fault, .. } => Activity::Failed(fault.clone()),
            Phase::Resting if !self.online => Activity::Offline,
            Phase::Resting => Activity::Idle,
        }
    }

    fn stored(&mut self, journal: Journal, through: u64) {
        let fresh = Progress { stored_through: through, accepted_through: None };
        let progress = self.journals.entry(journal).or_insert(fresh);
        progress.stored_through = progress.stored_through.max(through);
    }

    fn may_begin(&self) -> bool {
        self.online && self.shown
    }

    /// A wait without an end is for a person to end.
    fn end_waiting(&mut self, now: Moment) {
        if let Phase::Waiting { .. } = self.phase {
            self.phase = Phase::Resting;
            self.pull_at = now;
        }
    }

    fn begin(&mut self, now: Moment) {
        if self.phase != Phase::Resting || !self.may_begin() {
            return;
        }
        let runs = self.runs();
        if !runs.is_empty() {
            self.phase = Phase::Pushing;
            self.effects.push_back(Effect::Push(runs));
        } else if self.pull_at <= now {
            self.phase = Phase::Pulling;
            self.effects.push_back(Effect::Pull(Pull { have: self.cursors.clone() }));
        }
    }

    /// What to push: of each journal what is not accepted, a page of events in all.
    fn runs(&self) -> Vec<Run> {
        let mut left = MAX_PAGE_EVENTS as u64;
        let mut runs = Vec::new();
        for (journal, progress) in &self.journals {
            let count = progress.pending().min(left);
            if count > 0 {
                let from = progress.next();
                runs.push(Run { journal: *journal, from, through: from + count - 1 });
                left -= count;
            }
        }
        runs
    }

    fn pushed(&mut self, answer: &PushAnswer, now: Moment) {
        self.note_epoch(answer.epoch, now);
        let before = self.status().pending;
        for journal in &answer.journals {
            self.answered(journal);
        }
        if let Some(code) = answer.journals.iter().find_map(|journal| journal.refused) {
            return self.failed(SyncFault::Refused(code), now);
        }
        // An answer that moves nothing would be asked for again at once, for ever.
        let moved = self.status().pending != before
            || answer.journals.iter().any(|journal| journal.expected.is_some());
        if !moved && before > 0 {
            return self.failed(SyncFault::Unreadable, now);
        }
        self.succeeded(now);
    }

    fn answered(&mut self, answer: &JournalAnswer) {
        let journal = answer.journal();
        let Some(progress) = self.journals.get_mut(&journal) else { return };
        let knows_more = |seq: u64| seq > progress.stored_through;
        if answer.accepted_through.is_some_and(knows_more)
            || answer.expected.is_some_and(|seq| seq > progress.stored_through + 1)
        {
            self.journals.remove(&journal);
            self.effects.push_back(Effect::Abandon(journal));
            return;
        }
        let accepted = match answer.expected {
            Some(expected) => expected.checked_sub(1),
            None => answer.accepted_through,
        };
        progress.accepted_through = accepted;
        self.effects.push_back(Effect::Remember(journal, accepted));
    }

    fn pulled(&mut self, outcome: PullOutcome, now: Moment) {
        if let Some(epoch) = outcome.epoch {
            self.note_epoch(epoch, now);
        }
        self.cursors.extend(outcome.cursors);
        for inspection in outcome.gone {
            self.cursors.remove(&inspection);
        }
        self.pull_at = if outcome.more { now } else { now.later_by_ms(PULL_EVERY_MS) };
        self.succeeded(now);
    }

    /// Headquarters came back from a backup: what it accepted in its former life it may not
    /// have any more, so everything is offered again and everything is asked for again.
    fn note_epoch(&mut self, epoch: Epoch, now: Moment) {
        if self.epoch == Some(epoch) {
            return;
        }
        let is_change = self.epoch.replace(epoch).is_some();
        if is_change {
            self.journals.values_mut().for_each(|progress| progress.accepted_through = None);
            self.cursors.clear();
            self.pull_at = now;
        }
        self.effects.push_back(Effect::NewEpoch(epoch));
    }

    fn succeeded(&mut self, now: Moment) {
        self.failures = 0;
        self.phase = Phase::Resting;
        self.begin(now);
    }

    fn failed(&mut self, fault: SyncFault, now: Moment) {
        self.failures = self.failures.saturating_add(1);
        let chance = self.next_chance();
        let until = fault
            .passes_by_itself()
            .then(|| now.later_by_ms(retry::pick_ms(self.failures, chance)));
        self.phase = Phase::Waiting { until, fault };
    }

    /// The next number of a sequence that spreads well (SplitMix64, Steele et al. 2014).
    fn next_chance(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.chance ^ (self.chance >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Whether a refusal means that this seat is not known or not allowed any longer: nothing is
/// deleted, the screen offers export and enrolment.
pub fn is_about_the_seat(code: RefusalCode) -> bool {
    matches!(code, RefusalCode::UnknownSeat | RefusalCode::Revoked | RefusalCode::Unproven)
}

#[cfg(test)]
#[path = "replica/tests.rs"]
mod tests;
