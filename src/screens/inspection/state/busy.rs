//! What goes on in one item: recordings that are not stored, words that are not recorded, and the
//! cards of findings. Only items in which something was done have one.

use domain::ids::FindingId;
use domain::register::{Field, Value};

use super::Spot;
use crate::seam::{StoreTrouble, Ticket};

/// An event on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recording {
    /// A value is written.
    Set {
        /// Where.
        spot: Spot,
        /// What.
        value: Value,
    },
    /// A finding begins with its first fact.
    Begin {
        /// The finding.
        finding: FindingId,
        /// Which of its fields.
        field: Field,
        /// What.
        value: Value,
    },
    /// A finding is taken back.
    Withdraw {
        /// The finding.
        finding: FindingId,
        /// Why.
        reason: String,
    },
}

impl Recording {
    /// The field that it writes, if it writes one.
    pub(super) fn spot(&self) -> Option<Spot> {
        match self {
            Self::Set { spot, .. } => Some(spot.clone()),
            Self::Begin { finding, field, .. } => Some(Spot::finding(*finding, field.clone())),
            Self::Withdraw { .. } => None,
        }
    }

    fn value_at(&self, spot: &Spot) -> Option<&Value> {
        match self {
            Self::Set { spot: own, value } => (own == spot).then_some(value),
            Self::Begin { finding, field, value } => {
                (spot.finding == Some(*finding) && spot.field == *field).then_some(value)
            }
            Self::Withdraw { .. } => None,
        }
    }

    fn finding(&self) -> Option<FindingId> {
        match self {
            Self::Set { spot, .. } => spot.finding,
            Self::Begin { finding, .. } | Self::Withdraw { finding, .. } => Some(*finding),
        }
    }
}

/// A recording that the store has not confirmed.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) ticket: Ticket,
    pub(super) recording: Recording,
    /// Why it could not be stored; `None` while nothing is known.
    pub(super) trouble: Option<StoreTrouble>,
}

#[derive(Debug, Default)]
pub(super) struct Busy {
    pub(super) waiting: Vec<Waiting>,
    pub(super) typed: Vec<(Spot, String)>,
    pub(super) cards: Vec<FindingId>,
    pub(super) keeps_findings: bool,
    pub(super) note_open: bool,
    draft_rows: Vec<Spot>,
}

impl Busy {
    pub(super) fn value(&self, spot: &Spot) -> Option<&Value> {
        self.waiting.iter().rev().find_map(|waiting| waiting.recording.value_at(spot))
    }

    pub(super) fn typed(&self, spot: &Spot) -> Option<&str> {
        self.typed.iter().find(|(own, _)| own == spot).map(|(_, text)| text.as_str())
    }

    pub(super) fn set_typed(&mut self, spot: &Spot, text: String) {
        self.drop_typed(spot);
        self.typed.push((spot.clone(), text));
    }

    pub(super) fn drop_typed(&mut self, spot: &Spot) {
        self.typed.retain(|(own, _)| own != spot);
    }

    /// Forgets what was typed in a finding; the fields whose draft is in the store come back.
    pub(super) fn drop_typed_of(&mut self, finding: FindingId) -> Vec<Spot> {
        self.typed.retain(|(spot, _)| spot.finding != Some(finding));
        self.draft_rows.extract_if(.., |spot| spot.finding == Some(finding)).collect()
    }

    pub(super) fn add_draft_row(&mut self, spot: &Spot) {
        if !self.draft_rows.contains(spot) {
            self.draft_rows.push(spot.clone());
        }
    }

    /// Whether there was a draft in the store, which is to be dropped from it.
    pub(super) fn take_draft_row(&mut self, spot: &Spot) -> bool {
        let before = self.draft_rows.len();
        self.draft_rows.retain(|own| own != spot);
        self.draft_rows.len() < before
    }

    pub(super) fn is_waiting_at(&self, spot: &Spot) -> bool {
        self.value(spot).is_some()
    }

    pub(super) fn has_failed_at(&self, spot: &Spot) -> bool {
        let failed = |waiting: &Waiting| waiting.trouble.is_some();
        self.waiting.iter().any(|w| failed(w) && w.recording.value_at(spot).is_some())
    }

    pub(super) fn drop_failed_at(&mut self, spot: &Spot) {
        self.waiting.retain(|w| w.trouble.is_none() || w.recording.value_at(spot).is_none());
    }

    pub(super) fn take_failed(&mut self) -> Vec<Recording> {
        let failed = self.waiting.extract_if(.., |waiting| waiting.trouble.is_some());
        failed.map(|waiting| waiting.recording).collect()
    }

    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Recording> {
        let index = self.waiting.iter().position(|waiting| waiting.ticket == ticket)?;
        Some(self.waiting.remove(index).recording)
    }

    pub(super) fn fail(&mut self, ticket: Ticket, trouble: StoreTrouble) {
        let waiting = self.waiting.iter_mut().find(|waiting| waiting.ticket == ticket);
        if let Some(waiting) = waiting {
            waiting.trouble = Some(trouble);
        }
    }

    pub(super) fn trouble(&self) -> Option<StoreTrouble> {
        self.waiting.iter().find_map(|waiting| waiting.trouble)
    }

    pub(super) fn is_unsaved(&self) -> bool {
        !self.waiting.is_empty() || !self.typed.is_empty()
    }

    /// Whether the first fact of a finding is on its way and was not refused.
    pub(super) fn begins(&self, finding: FindingId) -> bool {
        self.waiting.iter().any(|waiting| {
            waiting.trouble.is_none()
                && matches!(waiting.recording, Recording::Begin { finding: own, .. } if own == finding)
        })
    }

    /// Whether something of a finding was recorded or typed here and is not stored.
    pub(super) fn touches(&self, finding: FindingId) -> bool {
        self.waiting.iter().any(|waiting| waiting.recording.finding() == Some(finding))
            || self.typed.iter().any(|(spot, _)| spot.finding == Some(finding))
    }

    pub(super) fn withdrawn(&self, finding: FindingId) -> Option<&str> {
        self.waiting.iter().find_map(|waiting| match &waiting.recording {
            Recording::Withdraw { finding: own, reason } => {
                (*own == finding).then_some(reason.as_str())
            }
            Recording::Set { .. } | Recording::Begin { .. } => None,
        })
    }
}
