//! When typed text becomes a draft, and when it becomes an event.
//!
//! A draft at the latest half a second after a key, however long someone goes on typing; an event
//! on leaving the field, or after thirty seconds without a key. Timers are the view's.

/// How long after a key its text is kept as a draft.
pub(crate) const DRAFT_AFTER_MS: u64 = 500;

/// How long after the last key the text is recorded.
pub(crate) const RECORD_AFTER_MS: u64 = 30_000;

/// How far the text in a field has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typing {
    /// It is what was recorded.
    Still,
    /// There are keys that no draft has; a draft is due.
    Fresh,
    /// The draft has every key.
    Drafted,
}

/// What happened in or around a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happened {
    /// A key was pressed.
    Key,
    /// The time for a draft has come.
    DraftDue,
    /// The time for an event has come.
    RecordDue,
    /// The field was left.
    Left,
}

/// What is to be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Ask to be woken for the draft.
    WakeForDraft,
    /// Ask to be woken for the event, and not for an earlier one.
    WakeForRecord,
    /// Keep the text as a draft.
    SaveDraft,
    /// Record the text.
    Record,
}

impl Typing {
    /// Takes note of what happened.
    pub(crate) fn update(&mut self, happened: Happened) -> &'static [Deed] {
        let (next, deeds): (Self, &[Deed]) = match (*self, happened) {
            (Self::Fresh, Happened::Key) => (Self::Fresh, &[Deed::WakeForRecord]),
            (Self::Still | Self::Drafted, Happened::Key) => {
                (Self::Fresh, &[Deed::WakeForDraft, Deed::WakeForRecord])
            }
            (Self::Fresh, Happened::DraftDue) => (Self::Drafted, &[Deed::SaveDraft]),
            (Self::Fresh | Self::Drafted, Happened::RecordDue | Happened::Left) => {
                (Self::Still, &[Deed::Record])
            }
            (Self::Drafted, Happened::DraftDue) => (Self::Drafted, &[]),
            (Self::Still, Happened::DraftDue | Happened::RecordDue | Happened::Left) => {
                (Self::Still, &[])
            }
        };
        *self = next;
        deeds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: Typing, happened: &[Happened], to: Typing, deeds: &[Deed]) {
        let mut typing = from;
        let done: Vec<_> =
            happened.iter().flat_map(|happened| typing.update(*happened)).copied().collect();
        assert_eq!((typing, done.as_slice()), (to, deeds), "{happened:?}");
    }

    #[test]
    fn someone_who_never_stops_typing_still_gets_drafts() {
        use Happened::{DraftDue, Key};
        let deeds = [
            Deed::WakeForDraft,
            Deed::WakeForRecord,
            Deed::WakeForRecord,
            Deed::SaveDraft,
            Deed::WakeForDraft,
            Deed::WakeForRecord,
        ];
        check(Typing::Still, &[Key, Key, DraftDue, Key], Typing::Fresh, &deeds);
    }

    #[test]
    fn text_is_recorded_once_on_leaving_or_after_a_while() {
        use Happened::{DraftDue, Left, RecordDue};
        check(Typing::Fresh, &[Left, RecordDue, DraftDue], Typing::Still, &[Deed::Record]);
        check(Typing::Drafted, &[RecordDue, Left], Typing::Still, &[Deed::Record]);
    }

    #[test]
    fn leaving_an_untouched_field_records_nothing() {
        check(Typing::Still, &[Happened::Left], Typing::Still, &[]);
    }
}
