//! What tabs of one tablet tell each other, as text.
//!
//! News says that something changed and never what: what is true is in the store, and each tab
//! reads it there. Only the state of syncing is told itself, because no store has it.

use domain::ids::{InspectionId, JournalId};
use serde::{Deserialize, Serialize};
use sync::status::Status;

/// What one tab tells the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// A tab has opened and does not know how syncing goes.
    Hello,
    /// A tab in front would lead.
    Wanted,
    /// The leading tab is not in front any more.
    Hidden,
    /// Someone asked a tab that does not lead to sync.
    Asked,
    /// How syncing goes, by the leading tab.
    Syncing(Status),
    /// A tab has stored events of this seat.
    Recorded {
        inspection: InspectionId,
        journal: JournalId,
        /// The `seq` of the last of them.
        through: u64,
    },
    /// Something about an inspection came from headquarters.
    Arrived {
        inspection: InspectionId,
        /// Whether an event that was shown does not count any more.
        anew: bool,
    },
    /// What headquarters has has changed, or packs have come.
    Prepared,
    /// This browser has become another seat.
    Enrolled,
    /// A vault was opened: every tab shows the same one.
    Opened { slot: String },
    /// Somebody locked the tablet.
    Locked,
    /// Somebody uses another tab.
    Touched,
}

impl News {
    /// The news as text.
    pub(crate) fn to_text(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// Reads news; `None` for words of another version of the app.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        serde_json::from_slice(text.as_bytes()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::message::refusal::RefusalCode;
    use sync::status::{Activity, SyncFault};

    #[test]
    fn news_goes_there_and_back_and_words_of_another_version_are_passed_over() {
        let activity = Activity::Failed(SyncFault::Refused(RefusalCode::UnknownSeat));
        let inspection = InspectionId([1; 16]);
        let all = [
            News::Hello,
            News::Syncing(Status { pending: 3, activity }),
            News::Recorded { inspection, journal: JournalId([2; 16]), through: 7 },
            News::Arrived { inspection, anew: true },
        ];
        for news in all {
            let text = news.to_text().expect("it is plain data");
            assert_eq!(News::from_text(&text), Some(news));
        }
        assert_eq!(News::from_text("{\"later\":1}"), None);
    }
}
