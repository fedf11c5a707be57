//! What an item shows at a glance, and the sums of it over a section and the inspection.

use domain::answer::Answer;
use domain::ids::SeatId;
use domain::moment::Moment;

use super::busy::Busy;
use super::{ItemPlace, Sheet, Spot};
use domain::register::Field;

/// Whether what an item shows is in the store; the word in `data-saved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Saved {
    /// Everything shown is in the store.
    Stored,
    /// Something shown is recorded or being typed, and not in the store yet.
    Recorded,
    /// Something shown could not be stored.
    Failed,
}

impl Saved {
    /// The word in `data-saved`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Recorded => "recorded",
            Self::Failed => "failed",
        }
    }
}

/// Who gave an answer, and when by the clock of the tablet that recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// The seat.
    pub seat: SeatId,
    /// When.
    pub at: Moment,
}

/// What an item shows at a glance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    /// The answer that stands.
    pub answer: Option<Answer>,
    /// Who gave it; `None` while it is on its way into the store.
    pub by: Option<By>,
    /// Whether two values wait for a decision somewhere in it.
    pub conflict: bool,
    /// Findings that stand.
    pub findings: u32,
    /// Findings that stand and lack something.
    pub incomplete: u32,
    /// `None` while nothing was ever written.
    pub saved: Option<Saved>,
    /// Whether there is more to show than the answer.
    pub has_more: bool,
}

/// How far a section or an inspection is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items asked.
    pub items: u32,
    /// Items with an answer, *not checked* included: it is said openly.
    pub answered: u32,
    /// Items answered *violation*.
    pub violations: u32,
    /// Findings that stand.
    pub findings: u32,
    /// Findings that stand and lack something.
    pub incomplete: u32,
    /// Items in which two values wait for a decision.
    pub conflicts: u32,
    /// Items with something that is not stored.
    pub unsaved: u32,
    /// Items with something that could not be stored.
    pub failed: u32,
}

impl Progress {
    pub(super) fn replace(&mut self, before: &Glance, after: &Glance) {
        let (old, new) = (Self::of(before), Self::of(after));
        let shift = |sum: &mut u32, old: u32, new: u32| *sum = *sum + new - old;
        shift(&mut self.answered, old.answered, new.answered);
        shift(&mut self.violations, old.violations, new.violations);
        shift(&mut self.findings, old.findings, new.findings);
        shift(&mut self.incomplete, old.incomplete, new.incomplete);
        shift(&mut self.conflicts, old.conflicts, new.conflicts);
        shift(&mut self.unsaved, old.unsaved, new.unsaved);
        shift(&mut self.failed, old.failed, new.failed);
    }

    fn of(glance: &Glance) -> Self {
        Self {
            items: 1,
            answered: u32::from(glance.answer.is_some()),
            violations: u32::from(glance.answer == Some(Answer::Violation)),
            findings: glance.findings,
            incomplete: glance.incomplete,
            conflicts: u32::from(glance.conflict),
            unsaved: u32::from(matches!(glance.saved, Some(Saved::Recorded | Saved::Failed))),
            failed: u32::from(glance.saved == Some(Saved::Failed)),
        }
    }
}

impl Sheet {
    /// Looks at one item anew.
    pub(super) fn look(&self, place: ItemPlace) -> Glance {
        let answer = self.value(place, &Spot::item(Field::Answer));
        let standing = self.standing(place);
        let mut glance = Glance {
            answer: answer.and_then(|value| value.as_answer()),
            by: self.answered_by(place),
            conflict: self.has_conflict(place),
            findings: count(&standing),
            incomplete: self.incomplete(&standing),
            saved: None,
            has_more: self.has_note(place) || !self.cards(place).is_empty(),
        };
        glance.saved = self.saved(place, &glance);
        glance.has_more |= glance.conflict || glance.saved == Some(Saved::Failed);
        glance.has_more |= self.busy.get(&place).is_some_and(|busy| !busy.typed.is_empty());
        glance
    }

    fn saved(&self, place: ItemPlace, glance: &Glance) -> Option<Saved> {
        let busy = self.busy.get(&place);
        if busy.is_some_and(|busy| busy.trouble().is_some()) {
            Some(Saved::Failed)
        } else if busy.is_some_and(Busy::is_unsaved) {
            Some(Saved::Recorded)
        } else {
            let written = glance.answer.is_some()
                || glance.conflict
                || !self.findings(place).is_empty()
                || self.register(place, &Spot::item(Field::Note)).is_some();
            written.then_some(Saved::Stored)
        }
    }

    /// The last who gave the answer that stands, of those who gave the same.
    fn answered_by(&self, place: ItemPlace) -> Option<By> {
        let spot = Spot::item(Field::Answer);
        let on_its_way = self.busy.get(&place).is_some_and(|busy| busy.is_waiting_at(&spot));
        let register = self.register(place, &spot).filter(|_| !on_its_way)?;
        register.value().filter(|value| !value.is_empty())?;
        let written = register.current().map(|(_, written)| written);
        written.max_by_key(|it| it.at).map(|it| By { seat: it.author, at: it.at })
    }

    fn has_conflict(&self, place: ItemPlace) -> bool {
        let own = [Field::Answer, Field::Note].map(Spot::item);
        // The card of a withdrawn finding offers nothing to decide with.
        let standing = self.findings(place).into_iter().filter(|one| one.withdrawn.is_none());
        let of_findings = standing.flat_map(|finding| {
            Field::KNOWN.iter().map(move |field| Spot::finding(finding.id, field.clone()))
        });
        own.into_iter().chain(of_findings).any(|spot| self.conflict(place, &spot).is_some())
    }

    fn incomplete(&self, standing: &[domain::ids::FindingId]) -> u32 {
        let complete = |id: &&domain::ids::FindingId| {
            self.state.finding(**id).is_some_and(|finding| finding.is_complete())
        };
        count(standing) - count_of(standing.iter().filter(complete))
    }
}

fn count<T>(list: &[T]) -> u32 {
    count_of(list.iter())
}

fn count_of(things: impl Iterator) -> u32 {
    things.fold(0, |sum, _| sum + 1)
}
