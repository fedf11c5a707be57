//! How a draft's place is written in the key of its row.
//!
//! The words are the store's to keep and this file's to read: item, finding (or nothing) and
//! field, parted by a character that no id has.

use domain::ids::InspectionId;
use domain::register::Field;
use screens::seam::DraftPlace;
use storage::drafts::DraftKey;

const PART: char = '\u{1f}';

/// The key of the draft at a place.
pub(crate) fn key(inspection: InspectionId, place: &DraftPlace) -> DraftKey {
    let finding = place.finding.map(|id| id.to_string()).unwrap_or_default();
    let field = format!("{}{PART}{finding}{PART}{}", place.item, place.field);
    DraftKey { inspection, field }
}

/// The place of a draft; `None` for a key that this app did not write.
pub(crate) fn place(key: &DraftKey) -> Option<DraftPlace> {
    let mut parts = key.field.split(PART);
    let item = parts.next()?.to_owned();
    let finding = parts.next()?;
    let field = Field::from(parts.next()?);
    let finding = if finding.is_empty() { None } else { Some(finding.parse().ok()?) };
    parts.next().is_none().then_some(DraftPlace { item, finding, field })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::FindingId;

    #[test]
    fn a_place_goes_there_and_back_and_another_text_is_no_place() {
        let inspection = InspectionId([1; 16]);
        for finding in [None, Some(FindingId([2; 16]))] {
            let at = DraftPlace { item: "print.a".to_owned(), finding, field: Field::Facts };
            assert_eq!(place(&key(inspection, &at)), Some(at));
        }
        let other = DraftKey { inspection, field: "print.a".to_owned() };
        assert_eq!(place(&other), None);
    }
}
