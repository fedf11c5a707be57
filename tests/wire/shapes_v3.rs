//! The shapes that the third release added. What earlier releases wrote is read as it was: see
//! `shapes_v1.rs` and `shapes_v2.rs`. Nothing here is ever changed either.

use crate::shape::Rule;
use crate::shape::Shape::{As, Bytes, Day, List, Map, Text, TextIs, Uint};
use crate::shape::{key, maybe};
use crate::shapes_v1::OUTCOME;

/// Every rule that is new or says more than before, in reading order.
pub(crate) const ALL: &[&Rule] = &[&BODY, &FOLLOW_REMEDY, &PIECE];

macro_rules! rule {
    ($($name:ident $text:literal, $meaning:literal = $shape:expr;)*) => {
        $(pub(crate) static $name: Rule = Rule { name: $text, meaning: $meaning, shape: $shape };)*
    };
}

rule! {
    BODY "body", "what was done; every other act is as before" = Map(&[
        key(0, "act", TextIs("remedy/follow")),
        key(1, "payload", As(&FOLLOW_REMEDY)),
        maybe(2, "by, the person", Bytes(16)),
    ]);
    FOLLOW_REMEDY "follow-remedy", "what became of a remedy; counts only in headquarters' journals" = Map(&[
        key(0, "finding", Bytes(16)),
        key(1, "outcome", As(&OUTCOME)),
        key(2, "on, the day on which it was established", Day),
        key(3, "note", Text),
        key(4, "over", List(&Bytes(32))),
        maybe(5, "evidence; absent where there is none", List(&As(&PIECE))),
    ]);
    PIECE "piece", "a piece of evidence; its content is kept apart from the record" = Map(&[
        key(0, "content, its SHA-256", Bytes(32)),
        key(1, "size in bytes", Uint),
        key(2, "media type", Text),
        key(3, "name", Text),
    ]);
}
