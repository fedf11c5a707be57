//! The state of syncing, as the screen says it.

use serde::{Deserialize, Serialize};

use crate::message::refusal::RefusalCode;
use crate::retry::Pace;

/// What the screen shows about syncing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Events of this tablet that headquarters has not accepted yet.
    pub pending: u64,
    /// What is going on.
    pub activity: Activity,
}

/// What is going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activity {
    /// Headquarters cannot be reached; work goes on.
    Offline,
    /// Nothing to do.
    Idle,
    /// Something is on its way.
    Syncing,
    /// It did not work, and not for lack of a network.
    Failed(SyncFault),
}

impl Activity {
    /// The word in `data-state`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Idle => "idle",
            Self::Syncing => "syncing",
            Self::Failed(_) => "failed",
        }
    }
}

/// Why syncing did not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncFault {
    /// There was no answer: no network, or headquarters is down.
    Unreachable,
    /// Headquarters refused.
    Refused(RefusalCode),
    /// The answer cannot be read or does not verify.
    Unreadable,
    /// What came could not be stored on this tablet.
    NotStored,
    /// What came is of a later version: this app has to be updated.
    AppOutdated,
}

impl SyncFault {
    /// Whether trying again later can help without a person doing something.
    pub fn passes_by_itself(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable | Self::NotStored => true,
            Self::AppOutdated => false,
            Self::Refused(code) => matches!(
                code,
                RefusalCode::Internal
                    | RefusalCode::Busy
                    | RefusalCode::TooMany
                    | RefusalCode::StaleProof
                    | RefusalCode::Other
            ),
        }
    }

    /// How it is tried again. Nothing waits for ever: what needs a person may be put right at
    /// headquarters or by a colleague's tablet, without a word to this one.
    pub fn pace(&self) -> Pace {
        if self.passes_by_itself() { Pace::Doubling } else { Pace::Slow }
    }

    /// Whether the fault is in what was sent, so that something else may still be taken.
    pub fn is_about_the_message(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable | Self::NotStored | Self::AppOutdated => false,
            Self::Refused(code) => matches!(
                code,
                RefusalCode::Malformed | RefusalCode::TooLarge | RefusalCode::FutureVersion
            ),
        }
    }
}
