//! Cursors: how far a tablet has pulled an inspection. Opaque to tablets.
//!
//! A cursor names the last event it covers, under a mark that only headquarters can make. So
//! headquarters notices when a tablet has seen an event that it does not have: somebody put an
//! old copy of its database back. Whether the event is there is not looked up here.

use domain::ids::{Epoch, EventId, InspectionId, from_hex, to_hex};
use proof::hash::sha256;
use sync::message::pull::Cursor;

/// How many bytes of an event's id a cursor has, and how many of its mark.
const SHORT: usize = 8;

/// What makes cursors: one life of the store, and a secret of headquarters.
#[derive(Debug, Clone, Copy)]
pub struct Cursors {
    /// The life.
    pub epoch: Epoch,
    /// The secret, the same through restarts.
    pub secret: [u8; 32],
}

/// Where a tablet stands in an inspection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// The position to go on from.
    pub next: u64,
    /// The beginning of the id of the event before that position, when the cursor names it.
    pub last: Option<[u8; SHORT]>,
}

impl Stand {
    /// Whether this is the event before.
    pub fn is_after(&self, event: Option<&EventId>) -> bool {
        match (self.last, event) {
            (None, _) => true,
            (Some(last), Some(event)) => event.0.starts_with(&last),
            (Some(_), None) => false,
        }
    }
}

impl Cursors {
    /// The cursor after an event at the position before `next`.
    pub fn give(&self, inspection: InspectionId, next: u64, last: EventId) -> Cursor {
        let mut short = [0; SHORT];
        short.copy_from_slice(&last.0[..SHORT]);
        let mark = self.mark(inspection, next, &short);
        Cursor(format!("{}.{next}.{}.{}", self.epoch, to_hex(&short), to_hex(&mark)))
    }

    /// Reads a cursor; `None` when headquarters never gave it for this inspection. One of another
    /// life of the store stands at the beginning.
    pub fn read(&self, inspection: InspectionId, cursor: &Cursor) -> Option<Stand> {
        let mut parts = cursor.0.split('.');
        let (epoch, next) = (parts.next()?.parse::<Epoch>().ok()?, parts.next()?);
        let next = next.parse::<u64>().ok()?;
        let (last, mark, more) = (parts.next(), parts.next(), parts.next());
        if more.is_some() {
            return None;
        }
        let last = match (last, mark) {
            // The first form of a cursor named no event.
            (None, None) => None,
            (Some(last), Some(mark)) => Some((from_hex(last).ok()?, from_hex(mark).ok()?)),
            (Some(_), None) | (None, Some(_)) => return None,
        };
        if epoch != self.epoch {
            return Some(Stand::default());
        }
        match last {
            None => Some(Stand { next, last: None }),
            Some((last, mark)) if mark == self.mark(inspection, next, &last) => {
                Some(Stand { next, last: Some(last) })
            }
            Some(_) => None,
        }
    }

    /// Without the secret nobody makes headquarters believe that it has lost something.
    fn mark(&self, inspection: InspectionId, next: u64, last: &[u8; SHORT]) -> [u8; SHORT] {
        let next = next.to_be_bytes();
        let parts: [&[u8]; 5] = [&self.secret, &self.epoch.0, &inspection.0, &next, last];
        let hash = sha256(&parts.concat());
        let mut mark = [0; SHORT];
        mark.copy_from_slice(&hash[..SHORT]);
        mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSPECTION: InspectionId = InspectionId([3; 16]);
    const EVENT: EventId = EventId([7; 32]);

    fn cursors(epoch: u8) -> Cursors {
        Cursors { epoch: Epoch([epoch; 16]), secret: [9; 32] }
    }

    #[test]
    fn a_cursor_says_where_it_stands_and_after_which_event() {
        let cursor = cursors(1).give(INSPECTION, 7, EVENT);
        let stand = cursors(1).read(INSPECTION, &cursor).expect("it was given");
        assert_eq!(stand.next, 7);
        assert!(stand.is_after(Some(&EVENT)));
        assert!(!stand.is_after(Some(&EventId([8; 32]))) && !stand.is_after(None));
    }

    #[test]
    fn a_cursor_of_another_life_of_the_store_stands_at_the_beginning() {
        let earlier = cursors(2).give(INSPECTION, 7, EVENT);
        assert_eq!(cursors(1).read(INSPECTION, &earlier), Some(Stand::default()));
    }

    #[test]
    fn the_first_form_of_a_cursor_is_read_and_names_no_event() {
        let first = Cursor(format!("{}.7", cursors(1).epoch));
        let stand = cursors(1).read(INSPECTION, &first).expect("it was given once");
        assert_eq!((stand.next, stand.last), (7, None));
        assert!(stand.is_after(None));
    }

    #[test]
    fn what_headquarters_never_gave_is_no_cursor() {
        let epoch = cursors(1).epoch;
        let given = cursors(1).give(INSPECTION, 7, EVENT).0;
        let forged = given.replacen(".7.", ".8.", 1);
        let other = Cursors { secret: [8; 32], ..cursors(1) }.give(INSPECTION, 7, EVENT).0;
        for text in [
            "",
            "7",
            "x.7",
            &format!("{epoch}."),
            &format!("{epoch}.-1"),
            &format!("{epoch}.7.00"),
            &format!("{given}.0"),
            &forged,
            &other,
        ] {
            assert_eq!(cursors(1).read(INSPECTION, &Cursor(text.to_owned())), None, "{text}");
        }
        let elsewhere = cursors(1).read(InspectionId([4; 16]), &Cursor(given));
        assert_eq!(elsewhere, None, "it is of another inspection");
    }
}
