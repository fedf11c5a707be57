//! Drafts: text that is being typed and is no event yet.
//!
//! One row per field, overwritten; outside every journal, never sent, never folded. A draft goes
//! in the same transaction in which the event made of it is stored.

use domain::ids::InspectionId;
use domain::moment::Moment;

/// Which field of which inspection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftKey {
    /// The inspection.
    pub inspection: InspectionId,
    /// The field, in words of the caller's choosing; the same field has the same text always.
    pub field: String,
}

/// What stood in a field when it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which field.
    pub key: DraftKey,
    /// The text.
    pub text: String,
    /// When it was put aside, by this machine's clock.
    pub at: Moment,
}
