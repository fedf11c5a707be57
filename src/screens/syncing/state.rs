//! What the state of syncing means for the inspector, and the next step when there is one.

use sync::message::refusal::RefusalCode;
use sync::status::{Activity, Status, SyncFault};
use texts::{Lang, syncing as words};

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
fn fault_words(lang: Lang, fault: &SyncFault) -> &'static str {
    match fault {
        SyncFault::Unreachable => words::unreachable(lang),
        SyncFault::Unreadable => words::unreadable(lang),
        SyncFault::NotStored => words::not_stored(lang),
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
        RefusalCode::Busy | RefusalCode::Internal => words::busy(lang),
        RefusalCode::Malformed
        | RefusalCode::NotFound
        | RefusalCode::InvitationSpent
        | RefusalCode::TooLarge
        | RefusalCode::UnsupportedMedia
        | RefusalCode::Other => words::refused_message(lang),
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
