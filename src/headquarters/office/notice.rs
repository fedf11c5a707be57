//! What was done just before, said once on the page that follows: its name stands behind the `?`
//! of the address, because a form answers with the address of a page.

use texts::{Lang, access, clerk as t, entry, people};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    Planned,
    PlanCorrected,
    Cancelled,
    TeamSaved,
    RemedyRecorded,
    SeatRevoked,
    SignedOut,
    PassphraseChanged,
    SessionEnded,
    RecoveryUsed,
    Added,
    Changed,
    PersonLeft,
    UnitEnded,
    InvitationTakenBack,
    UnitsSaved,
    RetentionSet,
}

impl Notice {
    const ALL: [Self; 17] = [
        Self::Planned,
        Self::PlanCorrected,
        Self::Cancelled,
        Self::TeamSaved,
        Self::RemedyRecorded,
        Self::SeatRevoked,
        Self::SignedOut,
        Self::PassphraseChanged,
        Self::SessionEnded,
        Self::RecoveryUsed,
        Self::Added,
        Self::Changed,
        Self::PersonLeft,
        Self::UnitEnded,
        Self::InvitationTakenBack,
        Self::UnitsSaved,
        Self::RetentionSet,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::PlanCorrected => "plan_corrected",
            Self::Cancelled => "cancelled",
            Self::TeamSaved => "team_saved",
            Self::RemedyRecorded => "remedy_recorded",
            Self::SeatRevoked => "seat_revoked",
            Self::SignedOut => "signed_out",
            Self::PassphraseChanged => "passphrase_changed",
            Self::SessionEnded => "session_ended",
            Self::RecoveryUsed => "recovery_used",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::PersonLeft => "person_left",
            Self::UnitEnded => "unit_ended",
            Self::InvitationTakenBack => "invitation_taken_back",
            Self::UnitsSaved => "units_saved",
            Self::RetentionSet => "retention_set",
        }
    }

    /// An address that says it.
    pub(super) fn on(self, path: &str) -> String {
        format!("{path}?done={}", self.name())
    }

    /// The notice that a query string asks for; none for any other word.
    pub(super) fn of(query: &str) -> Option<Self> {
        let name = query.split('&').find_map(|pair| pair.strip_prefix("done="))?;
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }

    pub(super) fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Planned => t::done_planned(lang),
            Self::PlanCorrected => t::done_plan_corrected(lang),
            Self::Cancelled => t::done_cancelled(lang),
            Self::TeamSaved => t::done_team_saved(lang),
            Self::RemedyRecorded => t::done_remedy_recorded(lang),
            Self::SeatRevoked => t::done_seat_revoked(lang),
            Self::SignedOut => t::done_signed_out(lang),
            Self::PassphraseChanged => entry::done_passphrase(lang),
            Self::SessionEnded => entry::done_session_ended(lang),
            Self::RecoveryUsed => entry::done_recovery_used(lang),
            Self::Added => people::done_added(lang),
            Self::Changed => people::done_changed(lang),
            Self::PersonLeft => people::done_left(lang),
            Self::UnitEnded => people::done_unit_ended(lang),
            Self::InvitationTakenBack => people::done_taken_back(lang),
            Self::UnitsSaved => access::done_units_saved(lang),
            Self::RetentionSet => access::done_retention_set(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_back_from_the_address_it_was_put_on_and_nothing_else_is() {
        for notice in Notice::ALL {
            let address = notice.on("/office/seats");
            let query = address.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(Notice::of(query), Some(notice));
        }
        for query in ["", "done=", "done=nonsense", "undone=planned"] {
            assert_eq!(Notice::of(query), None, "{query}");
        }
    }
}
