//! How far one journal of this tablet has got, and what an answer of headquarters does to it.

use std::collections::BTreeMap;

use domain::order;
use proof::chain::Journal;

use super::{JournalProgress, Run};
use crate::message::push::JournalAnswer;
use crate::status::SyncFault;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) stored_through: u64,
    pub(super) accepted_through: Option<u64>,
    /// Nothing is written to it any more; what is in it is still pushed.
    pub(super) is_left: bool,
    /// It is set aside until the next wait has ended.
    pub(super) is_stuck: bool,
}

/// What an answer did.
pub(super) enum Answered {
    /// It is known how to go on.
    Moved,
    /// Asking again at once would end in the same answer.
    Stuck(SyncFault),
}

pub(super) fn of(journals: &[JournalProgress]) -> BTreeMap<Journal, Progress> {
    let progress = |own: &JournalProgress| Progress {
        accepted_through: own.accepted_through,
        ..Progress::new(own.stored_through)
    };
    order::gather(journals.iter().map(|own| (own.journal, progress(own))))
}

impl Progress {
    pub(super) fn new(stored_through: u64) -> Self {
        Self { stored_through, accepted_through: None, is_left: false, is_stuck: false }
    }

    pub(super) fn store(&mut self, through: u64) {
        self.stored_through = self.stored_through.max(through);
    }

    pub(super) fn pending(&self) -> u64 {
        self.stored_through.saturating_add(1).saturating_sub(self.next())
    }

    fn next(&self) -> u64 {
        self.accepted_through.map_or(0, |seq| seq.saturating_add(1))
    }

    /// What to push of it: at most `most` events.
    pub(super) fn run(&self, journal: Journal, most: u64) -> Option<Run> {
        let count = self.pending().min(most);
        let (from, through) = (self.next(), self.next().saturating_add(count).checked_sub(1)?);
        (count > 0 && !self.is_stuck).then_some(Run { journal, from, through })
    }

    /// Takes in what headquarters says after a run was sent.
    pub(super) fn answered(&mut self, run: &Run, answer: Option<&JournalAnswer>) -> Answered {
        let Some(answer) = answer else { return self.stuck(SyncFault::Unreadable) };
        if let Some(code) = answer.refused {
            return self.stuck(SyncFault::Refused(code));
        }
        if answer.fork || answer.accepted_through.is_some_and(|seq| seq > self.stored_through) {
            self.is_left = true;
        }
        // Beyond what was sent, headquarters may have another branch of the same journal.
        let accepted = match answer.expected {
            Some(expected) => expected.checked_sub(1),
            None => answer.accepted_through.map(|seq| seq.min(run.through)),
        };
        let goes_back = answer.expected.is_some_and(|expected| expected < run.from);
        let goes_on = answer.expected.is_none() && accepted.is_some_and(|seq| seq >= run.from);
        if !goes_back && !goes_on {
            return self.stuck(SyncFault::Unreadable);
        }
        self.accepted_through = accepted;
        Answered::Moved
    }

    fn stuck(&mut self, fault: SyncFault) -> Answered {
        self.is_stuck = true;
        Answered::Stuck(fault)
    }
}
