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
//!
//!   a new life of headquarters:  Pulling … to the end ──▶ Surveying ──▶ Pushing:
//!                                headquarters' journals, colleagues', own
//! ```

use std::collections::{BTreeMap, VecDeque};

use domain::ids::{Epoch, InspectionId};
use domain::moment::Moment;
use proof::chain::Journal;

use crate::carrying::Carry;
use crate::message::pull::{Cursor, Pull};
use crate::message::push::{JournalAnswer, MAX_PAGE_EVENTS, PushAnswer};
use crate::message::refusal::RefusalCode;
use crate::retry::{self, Pace};
use crate::status::{Activity, Status, SyncFault};

use progress::{Answered, Progress};

mod progress;

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
    /// Whether the last [`Effect::NewEpoch`] was not followed by [`Effect::Recovered`] yet.
    pub is_recovering: bool,
}

/// How far one journal of this tablet is stored here and accepted there.
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
    /// What became of [`Effect::Push`] or [`Effect::Carry`].
    Pushed(Result<Sent, SyncFault>),
    /// What became of [`Effect::Pull`]: the pages are verified and stored, or nothing is.
    Pulled(Result<PullOutcome, SyncFault>),
    /// What became of [`Effect::Survey`].
    Surveyed(Result<Survey, SyncFault>),
}

/// A push that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The runs that went out, as far as they did.
    pub runs: Vec<Run>,
    /// What headquarters said.
    pub answer: PushAnswer,
}

/// What a pull brought, after it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PullOutcome {
    /// The life of headquarters' store; `None` never comes from headquarters.
    pub epoch: Option<Epoch>,
    /// The new cursors of what is stored.
    pub cursors: BTreeMap<InspectionId, Cursor>,
    /// Inspections whose page was not believed, so that nothing of it is stored. The others go
    /// on; these are asked for again later, from where they stood.
    pub passed_over: BTreeMap<InspectionId, PassedOver>,
    /// Inspections that this seat may not see any longer.
    pub gone: Vec<InspectionId>,
    /// Whether there is more.
    pub more: bool,
}

impl PullOutcome {
    fn brought_nothing(&self) -> bool {
        self.cursors.is_empty() && self.passed_over.is_empty() && self.gone.is_empty()
    }
}

/// A page that was not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// Where headquarters goes on after it.
    pub cursor: Cursor,
    /// Why.
    pub fault: SyncFault,
}

/// What the store has that headquarters may not have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// This tablet's journals.
    pub journals: Vec<JournalProgress>,
    /// What it has of other journals and headquarters has no place for, see
    /// [`carrying::carries`](crate::carrying::carries).
    pub carried: Vec<Carry>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send these runs under heads of this tablet's seats; answer with [`Input::Pushed`]. A run
    /// may be cut short to fit a message. A push of nothing is sent too: it asks for the epoch.
    Push(Vec<Run>),
    /// Send these runs of other journals under the heads they came with; answer with
    /// [`Input::Pushed`].
    Carry(Vec<Carry>),
    /// Ask for news, verify and store it; answer with [`Input::Pulled`].
    Pull(Pull),
    /// Find out what has no place at headquarters in this life of it; answer with
    /// [`Input::Surveyed`]. A store that goes by another life first goes by this one: the word
    /// of [`Effect::NewEpoch`] may not have been stored.
    Survey(Epoch),
    /// Keep how far headquarters has accepted a journal. Losing this is harmless.
    Remember(Journal, Option<u64>),
    /// Headquarters has a new life: nothing counts as accepted until it says so again, and
    /// what others wrote is to be given back. Remember both.
    NewEpoch(Epoch),
    /// Everything that was to be given back is.
    Recovered,
    /// This tablet is not certain of the end of this journal: never write to it again. What is
    /// in it is still pushed.
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

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    /// Nothing under way.
    Resting,
    /// Waiting for an answer to a push of these runs.
    Pushing(Vec<Run>),
    /// Waiting for an answer to a push of these runs of others.
    Carrying(Vec<Carry>),
    /// Waiting for an answer to a pull.
    Pulling,
    /// Waiting for the store.
    Surveying,
    /// It did not work; try again at this time, or when a person or the network asks.
    Waiting { until: Moment, fault: SyncFault },
}

/// Which of pushing and pulling comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// What is stored leaves at once; news in its own time.
    Usual,
    /// Everything headquarters still has comes first, so that it is not sent again.
    PullFirst,
    /// Then it is found out what headquarters has lost.
    Survey,
}

/// The tablet's side of syncing.
#[derive(Debug, Clone)]
pub struct Replica {
    journals: BTreeMap<Journal, Progress>,
    /// In the order in which they are to be sent.
    carried: VecDeque<Carry>,
    is_recovering: bool,
    cursors: BTreeMap<InspectionId, Cursor>,
    /// Where to ask on after pages that were not believed, until the round ends.
    passed_over: BTreeMap<InspectionId, Cursor>,
    epoch: Option<Epoch>,
    phase: Phase,
    course: Course,
    /// When news is due.
    pull_at: Moment,
    online: bool,
    shown: bool,
    /// Headquarters refused a message of several journals: find out which it was.
    one_by_one: bool,
    /// What did not work while everything else did.
    trouble: Option<SyncFault>,
    failures: u32,
    chance: u64,
    effects: VecDeque<Effect>,
}

impl Replica {
    /// A replica of what the store knew; `seed` spreads the waits of many tablets. Nothing is
    /// begun before the page is [`Input::Shown`].
    pub fn new(restored: Restored, seed: u64, now: Moment) -> Self {
        let is_recovering = restored.is_recovering;
        Self {
            journals: progress::of(&restored.journals),
            carried: VecDeque::new(),
            is_recovering,
            cursors: restored.cursors,
            passed_over: BTreeMap::new(),
            epoch: restored.epoch,
            phase: Phase::Resting,
            course: if is_recovering { Course::PullFirst } else { Course::Usual },
            pull_at: now,
            online: true,
            shown: false,
            one_by_one: false,
            trouble: None,
            failures: 0,
            chance: seed,
            effects: VecDeque::new(),
        }
    }

    /// Takes in what happened.
    pub fn handle_input(&mut self, input: Input, now: Moment) {
        self.note_clock(now);
        match input {
            Input::Stored { journal, through } => self.stored(journal, through),
            Input::Online => self.online = true,
            Input::Offline => self.online = false,
            Input::Shown => self.shown = true,
            Input::Hidden => self.shown = false,
            Input::Asked => self.pull_at = now,
            Input::Pushed(Ok(sent)) => return self.pushed(&sent, now),
            Input::Pushed(Err(fault)) => return self.not_pushed(fault, now),
            Input::Pulled(Ok(outcome)) => return self.pulled(outcome, now),
            Input::Surveyed(Ok(survey)) => return self.surveyed(survey, now),
            Input::Pulled(Err(fault)) => return self.not_pulled(fault, now),
            Input::Surveyed(Err(fault)) => return self.failed(fault, now),
        }
        if matches!(input, Input::Online | Input::Shown | Input::Asked) {
            self.end_waiting(now);
        }
        self.begin(now);
    }

    /// Takes in that time has passed.
    pub fn handle_timeout(&mut self, now: Moment) {
        self.note_clock(now);
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
            Phase::Waiting { until, .. } => Some(*until),
            Phase::Pushing(_) | Phase::Carrying(_) | Phase::Pulling | Phase::Surveying => None,
        }
    }

    /// The next thing to be done, if any.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// The state of syncing, for the screen.
    pub fn status(&self) -> Status {
        let own: u64 = self.journals.values().map(|progress| progress.pending()).sum();
        let carried: u64 = self.carried.iter().map(Carry::events).sum();
        Status { pending: own + carried, activity: self.activity() }
    }

    fn activity(&self) -> Activity {
        match &self.phase {
            Phase::Pushing(_) | Phase::Carrying(_) | Phase::Pulling | Phase::Surveying => {
                Activity::Syncing
            }
            Phase::Waiting { fault: SyncFault::Unreachable, .. } => Activity::Offline,
            Phase::Waiting { fault, .. } => Activity::Failed(fault.clone()),
            Phase::Resting if !self.online => Activity::Offline,
            Phase::Resting => Activity::Idle,
        }
    }

    /// A clock that was set back must not make a short wait a long one.
    fn note_clock(&mut self, now: Moment) {
        self.pull_at = self.pull_at.min(now.later_by_ms(PULL_EVERY_MS));
        if let Phase::Waiting { until, .. } = &mut self.phase {
            *until = (*until).min(now.later_by_ms(retry::LONGEST_MS));
        }
    }

    fn stored(&mut self, journal: Journal, through: u64) {
        self.journals.entry(journal).or_insert_with(|| Progress::new(through)).store(through);
    }

    fn may_begin(&self) -> bool {
        self.online && self.shown
    }

    /// After a wait everything is tried again, also what was set aside so that the rest could go
    /// on.
    fn end_waiting(&mut self, now: Moment) {
        if let Phase::Waiting { .. } = self.phase {
            self.phase = Phase::Resting;
            self.pull_at = now;
            self.one_by_one = false;
            self.passed_over.clear();
            self.journals.values_mut().for_each(|progress| progress.is_stuck = false);
        }
    }

    fn begin(&mut self, now: Moment) {
        if self.phase != Phase::Resting || !self.may_begin() {
            return;
        }
        match self.course {
            Course::PullFirst => self.pull(),
            Course::Survey => self.begin_survey(now),
            Course::Usual => self.begin_usual(now),
        }
    }

    /// Before headquarters was ever heard of there is nothing that it could have lost.
    fn begin_survey(&mut self, now: Moment) {
        match self.epoch {
            Some(epoch) => self.ask(Phase::Surveying, Effect::Survey(epoch)),
            None => {
                self.course = Course::Usual;
                self.begin_usual(now);
            }
        }
    }

    fn begin_usual(&mut self, now: Moment) {
        if self.is_recovering && self.carried.is_empty() {
            self.is_recovering = false;
            self.effects.push_back(Effect::Recovered);
        }
        let carries = self.carries();
        let runs = if carries.is_empty() { self.runs() } else { Vec::new() };
        if !carries.is_empty() {
            self.ask(Phase::Carrying(carries.clone()), Effect::Carry(carries));
        } else if !runs.is_empty() {
            self.ask(Phase::Pushing(runs.clone()), Effect::Push(runs));
        } else if self.pull_at <= now {
            self.pull();
        } else if let Some(fault) = self.trouble.take() {
            self.failed(fault, now);
        }
    }

    fn ask(&mut self, phase: Phase, effect: Effect) {
        self.phase = phase;
        self.effects.push_back(effect);
    }

    fn pull(&mut self) {
        let mut have = self.cursors.clone();
        have.extend(self.passed_over.clone());
        self.ask(Phase::Pulling, Effect::Pull(Pull { have }));
    }

    /// What to push: of each journal what is not accepted, a page of events in all.
    fn runs(&self) -> Vec<Run> {
        let mut left = MAX_PAGE_EVENTS as u64;
        let mut runs = Vec::new();
        for (journal, progress) in &self.journals {
            let Some(run) = progress.run(*journal, left) else { continue };
            left -= run.events();
            runs.push(run);
        }
        runs.truncate(self.most_at_once());
        runs
    }

    /// What to carry: the next run of each journal of the same kind, a page of events in all.
    fn carries(&self) -> Vec<Carry> {
        let mut left = MAX_PAGE_EVENTS as u64;
        let mut carries: Vec<Carry> = Vec::new();
        for carry in &self.carried {
            let is_other = |first: &Carry| first.whose != carry.whose;
            let is_full = !carries.is_empty() && carry.events() > left;
            if is_full || carries.first().is_some_and(is_other) {
                break;
            }
            if carries.iter().all(|other| other.journal != carry.journal) {
                left = left.saturating_sub(carry.events());
                carries.push(*carry);
            }
        }
        carries.truncate(self.most_at_once());
        carries
    }

    fn most_at_once(&self) -> usize {
        if self.one_by_one { 1 } else { usize::MAX }
    }

    fn pushed(&mut self, sent: &Sent, now: Moment) {
        let phase = core::mem::replace(&mut self.phase, Phase::Resting);
        if self.note_epoch(sent.answer.epoch, now) {
            // What was answered is found out again by pulling.
            return self.succeeded(now);
        }
        let carries = match phase {
            Phase::Carrying(carries) => carries,
            Phase::Pushing(_)
            | Phase::Pulling
            | Phase::Surveying
            | Phase::Resting
            | Phase::Waiting { .. } => Vec::new(),
        };
        for carry in &carries {
            self.carried_answered(carry, sent);
        }
        for run in &sent.runs {
            self.own_answered(run, sent);
        }
        self.succeeded(now);
    }

    fn own_answered(&mut self, run: &Run, sent: &Sent) {
        let Some(progress) = self.journals.get_mut(&run.journal) else { return };
        let answer = sent.answer.journals.iter().find(|answer| answer.journal() == run.journal);
        let was_left = progress.is_left;
        match progress.answered(run, answer) {
            Answered::Moved => {
                let accepted = progress.accepted_through;
                self.effects.push_back(Effect::Remember(run.journal, accepted));
            }
            Answered::Stuck(fault) => self.trouble = Some(fault),
        }
        if progress.is_left && !was_left {
            self.effects.push_back(Effect::Abandon(run.journal));
        }
    }

    /// A run of another journal is sent once more from further back where headquarters lacks
    /// more, and is then let be until the app opens again: nothing of it is lost here.
    fn carried_answered(&mut self, carry: &Carry, sent: &Sent) {
        let place = self.carried.iter().position(|other| other == carry);
        let answer = sent.answer.journals.iter().find(|answer| answer.journal() == carry.journal);
        let earlier = answer.and_then(|answer: &JournalAnswer| answer.expected);
        match (place, earlier) {
            (Some(place), Some(from)) if from < carry.from => {
                self.carried[place] = Carry { from, ..*carry };
            }
            (Some(place), Some(_) | None) => {
                self.carried.remove(place);
            }
            (None, Some(_) | None) => {}
        }
    }

    /// A refusal of the message as a whole is the fault of something in it: that is found and
    /// set aside, so that it does not keep everything else.
    fn not_pushed(&mut self, fault: SyncFault, now: Moment) {
        let phase = core::mem::replace(&mut self.phase, Phase::Resting);
        if !fault.is_about_the_message() {
            return self.failed(fault, now);
        }
        match phase {
            Phase::Pushing(runs) if runs.len() == 1 => self.set_aside(&runs, fault),
            Phase::Carrying(carries) if carries.len() == 1 => {
                self.carried.retain(|carry| !carries.contains(carry));
                self.trouble = Some(fault);
            }
            Phase::Pushing(_) | Phase::Carrying(_) => self.one_by_one = true,
            Phase::Pulling | Phase::Surveying | Phase::Resting | Phase::Waiting { .. } => {}
        }
        self.succeeded(now);
    }

    fn set_aside(&mut self, runs: &[Run], fault: SyncFault) {
        for run in runs {
            if let Some(progress) = self.journals.get_mut(&run.journal) {
                progress.is_stuck = true;
            }
        }
        self.trouble = Some(fault);
    }

    fn pulled(&mut self, outcome: PullOutcome, now: Moment) {
        if outcome.epoch.is_some_and(|epoch| self.note_epoch(epoch, now)) {
            return self.succeeded(now);
        }
        if outcome.more && outcome.brought_nothing() {
            // It would be asked for again at once, for ever.
            return self.failed(SyncFault::Unreadable, now);
        }
        self.cursors.extend(outcome.cursors);
        for (inspection, PassedOver { cursor, fault }) in outcome.passed_over {
            self.passed_over.insert(inspection, cursor);
            self.trouble = Some(fault);
        }
        for inspection in outcome.gone {
            self.cursors.remove(&inspection);
            self.passed_over.remove(&inspection);
        }
        if outcome.more {
            self.pull_at = now;
        } else {
            self.end_round(now);
        }
        self.succeeded(now);
    }

    /// A seat that may not pull any longer may still push. It hears of a new life of
    /// headquarters by a push of nothing, and gives back what it has.
    fn not_pulled(&mut self, fault: SyncFault, now: Moment) {
        if fault != SyncFault::Refused(RefusalCode::Revoked) {
            return self.failed(fault, now);
        }
        match self.course {
            Course::PullFirst | Course::Survey => {
                self.course = Course::Survey;
                self.failed(fault, now);
            }
            Course::Usual => {
                self.trouble = Some(fault);
                self.pull_at = now.later_by_ms(PULL_EVERY_MS);
                self.ask(Phase::Pushing(Vec::new()), Effect::Push(Vec::new()));
            }
        }
    }

    fn end_round(&mut self, now: Moment) {
        self.pull_at = now.later_by_ms(PULL_EVERY_MS);
        self.passed_over.clear();
        if self.course == Course::PullFirst {
            self.course = Course::Survey;
        }
    }

    fn surveyed(&mut self, survey: Survey, now: Moment) {
        let before = core::mem::replace(&mut self.journals, progress::of(&survey.journals));
        for (journal, progress) in before {
            // What was stored while the store was being read, and what was left before.
            self.stored(journal, progress.stored_through);
            if let (true, Some(fresh)) = (progress.is_left, self.journals.get_mut(&journal)) {
                fresh.is_left = true;
            }
        }
        self.carried = survey.carried.into();
        self.course = Course::Usual;
        self.succeeded(now);
    }

    /// Headquarters came back from a backup: what it accepted in its former life it may not
    /// have any more, so everything is asked for and then offered again. Tells whether it did.
    fn note_epoch(&mut self, epoch: Epoch, now: Moment) -> bool {
        if self.epoch == Some(epoch) {
            return false;
        }
        let is_change = self.epoch.replace(epoch).is_some();
        self.effects.push_back(Effect::NewEpoch(epoch));
        if is_change {
            self.journals.values_mut().for_each(|progress| progress.accepted_through = None);
            self.cursors.clear();
            self.passed_over.clear();
            self.carried.clear();
            self.is_recovering = true;
            self.course = Course::PullFirst;
            self.pull_at = now;
        }
        is_change
    }

    fn succeeded(&mut self, now: Moment) {
        if self.trouble.is_none() {
            self.failures = 0;
        }
        self.phase = Phase::Resting;
        self.begin(now);
    }

    fn failed(&mut self, fault: SyncFault, now: Moment) {
        self.failures = self.failures.saturating_add(1);
        let chance = self.next_chance();
        let failures = match fault.pace() {
            Pace::Doubling => self.failures,
            Pace::Slow => u32::MAX,
        };
        let until = now.later_by_ms(retry::pick_ms(failures, chance));
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

impl Run {
    /// How many events it has.
    pub fn events(&self) -> u64 {
        self.through.saturating_add(1).saturating_sub(self.from)
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
