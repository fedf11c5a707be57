//! What the state of syncing means for the inspector, and the next step when there is one.

use sync::message::refusal::RefusalCode;
use sync::status::{Activity, Status, SyncFault};
use texts::{Lang, syncing as words};

use crate::components::notice::trouble_words;
use crate::seam::Carrying;

/// What goes on, in a sentence.
pub(super) fn activity_words(lang: Lang, status: &Status) -> &'static str {
    match &status.activity {
        Activity::Offline => words::offline_long(lang),
        Activity::Idle if status.pending > 0 => words::waiting_long(lang),
        Activity::Idle => words::idle_long(lang),
        Activity::Syncing => words::syncing_long(lang),
        Activity::Failed(fault) => fault_words(lang, fault),
    }
}

/// What a fault means, with the next step.
pub(super) fn fault_words(lang: Lang, fault: &SyncFault) -> &'static str {
    match fault {
        SyncFault::Unreachable => words::unreachable(lang),
        SyncFault::Unreadable => words::unreadable(lang),
        SyncFault::NotStored => words::not_stored(lang),
        SyncFault::AppOutdated => words::app_outdated(lang),
        SyncFault::Refused(code) => refusal_words(lang, *code),
    }
}

fn refusal_words(lang: Lang, code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::UnknownSeat => words::unknown_seat(lang),
        RefusalCode::Revoked => words::revoked(lang),
        RefusalCode::Unproven => words::unproven(lang),
        RefusalCode::StaleProof => words::stale_proof(lang),
        RefusalCode::FutureVersion => words::future_version(lang),
        RefusalCode::Busy | RefusalCode::TooMany | RefusalCode::Internal => words::busy(lang),
        RefusalCode::Malformed
        | RefusalCode::NotFound
        | RefusalCode::InvitationSpent
        | RefusalCode::TooLarge
        | RefusalCode::UnsupportedMedia
        | RefusalCode::Other => words::refused_message(lang),
    }
}

/// Whether headquarters does not know this seat, so that enrolling again is the way on.
pub(super) fn is_unknown_seat(status: &Status) -> bool {
    status.activity == Activity::Failed(SyncFault::Refused(RefusalCode::UnknownSeat))
}

/// Whether the last file was not taken.
pub(super) fn is_fault(carrying: Carrying) -> bool {
    match carrying {
        Carrying::NotABundle | Carrying::Failed(_) => true,
        Carrying::Idle | Carrying::Storing | Carrying::Taken | Carrying::Delivered => false,
    }
}

/// What came of the last file that was to be carried.
pub(super) fn carrying_words(lang: Lang, carrying: Carrying) -> &'static str {
    match carrying {
        Carrying::Idle => "",
        Carrying::Storing => words::carry_storing(lang),
        Carrying::Taken => words::carry_taken(lang),
        Carrying::Delivered => words::carry_done(lang),
        Carrying::NotABundle => words::carry_not_a_bundle(lang),
        Carrying::Failed(trouble) => trouble_words(lang, trouble).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pending: u64, activity: Activity, expected: &str) {
        assert_eq!(activity_words(Lang::En, &Status { pending, activity }), expected);
    }

    #[test]
    fn nothing_is_called_delivered_while_something_waits() {
        check(0, Activity::Idle, words::idle_long(Lang::En));
        check(1, Activity::Idle, words::waiting_long(Lang::En));
    }

    #[test]
    fn a_fault_that_does_not_pass_by_itself_names_a_step() {
        for code in RefusalCode::ALL {
            let fault = SyncFault::Refused(*code);
            let text = fault_words(Lang::En, &fault);
            let by_itself = text.contains("by itself");
            assert_eq!(by_itself, fault.passes_by_itself(), "{code:?}: {text}");
        }
    }
}
