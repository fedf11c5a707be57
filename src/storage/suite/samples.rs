//! Made-up events for the suite.

use domain::act::{Act, Body, UnknownAct};
use domain::ids::{InspectionId, JournalId, Salt};
use domain::moment::Moment;
use proof::chain::{Circumstance, Journal};

/// A journal with these numbers for ids.
pub(crate) fn journal(inspection: u8, journal: u8) -> Journal {
    Journal { inspection: InspectionId([inspection; 16]), journal: JournalId([journal; 16]) }
}

/// A clock that says `at`, and a salt made of it.
pub(crate) fn circumstance(at: i64) -> Circumstance {
    let mut salt = [0; 16];
    salt[..8].copy_from_slice(&at.to_be_bytes());
    Circumstance { at: Moment(at), salt: Salt(salt), anchor: None }
}

/// A body that says `name`.
pub(crate) fn body(name: &str) -> Body {
    Body::of(Act::Unknown(UnknownAct { name: name.to_owned(), payload: vec![0xa0] }))
}
