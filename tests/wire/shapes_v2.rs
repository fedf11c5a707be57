//! The shapes that the second release added. What the first release wrote is read as it was: see
//! `shapes_v1.rs`. Nothing here is ever changed either.

use crate::shape::Rule;
use crate::shape::Shape::{
    As, Bool, Bytes, Either, Holding, List, Map, NumberIs, Sealed, Text, TextIs, Tuple, Uint,
};
use crate::shape::{key, maybe, part};
use crate::shapes_v1::{EVENT, PUSH_PART, ROLE, SIGNED_HEAD};

/// Every rule that is new or says more than before, in reading order.
pub(crate) const ALL: &[&Rule] = &[
    &BODY,
    &ASSIGN_SEAT,
    &CANCEL_INSPECTION,
    &PULL_ANSWER,
    &PAGE,
    &PULLED_EVENT,
    &HELD_REASON,
    &BUNDLE,
    &ENVELOPE,
    &ENVELOPE_ADDRESS,
    &RECIPIENT,
];

macro_rules! rule {
    ($($name:ident $text:literal, $meaning:literal = $shape:expr;)*) => {
        $(pub(crate) static $name: Rule = Rule { name: $text, meaning: $meaning, shape: $shape };)*
    };
}

macro_rules! act {
    ($name:literal, $payload:expr) => {
        Map(&[
            key(0, "act", TextIs($name)),
            key(1, "payload", $payload),
            maybe(2, "by, the person", Bytes(16)),
        ])
    };
}

rule! {
    BODY "body", "what is new in what was done; the other acts are those of the first release" = Either(&[
        act!("team/seat", As(&ASSIGN_SEAT)),
        act!("inspection/cancel", As(&CANCEL_INSPECTION)),
    ]);
    ASSIGN_SEAT "assign-seat", "counts only in headquarters' journals" = Map(&[
        key(0, "seat", Bytes(16)),
        key(1, "key, Ed25519", Bytes(32)),
        key(2, "envelope, X25519", Bytes(32)),
        key(3, "person", Bytes(16)),
        key(4, "name", Text),
        key(5, "role", As(&ROLE)),
        maybe(6, "keeps, the role of the person whose seat was revoked", As(&ROLE)),
    ]);
    CANCEL_INSPECTION "cancel-inspection", "counts only in headquarters' journals" = Map(&[
        key(0, "reason", Text),
    ]);
    PULL_ANSWER "pull-answer", "answer to POST /api/v1/pull" = Map(&[
        key(0, "epoch", Bytes(16)),
        key(1, "pages", List(&As(&PAGE))),
        key(2, "gone, inspections no longer visible", List(&Bytes(16))),
        key(3, "more", Bool),
        maybe(4, "durable through, positions in a backup", Uint),
    ]);
    PAGE "page", "what is new in one inspection" = Map(&[
        key(0, "inspection", Bytes(16)),
        key(1, "cursor, opaque", Text),
        key(2, "heads", List(&As(&SIGNED_HEAD))),
        key(3, "entries", List(&As(&PULLED_EVENT))),
    ]);
    PULLED_EVENT "pulled-event", "one event with what headquarters says of it" = Map(&[
        key(0, "position", Uint),
        maybe(1, "held, why", As(&HELD_REASON)),
        key(2, "event", As(&EVENT)),
    ]);
    HELD_REASON "held-reason", "0 not on the team, 1 seat revoked, 2 journal forked, 3 seat unknown" = Either(&[
        NumberIs(0, "not on the team"),
        NumberIs(1, "seat revoked"),
        NumberIs(2, "journal forked"),
        NumberIs(3, "seat unknown"),
    ]);
    BUNDLE "bundle", "a push as a file; it travels inside an envelope" = Map(&[
        key(0, "parts", List(&As(&PUSH_PART))),
    ]);
    ENVELOPE "envelope", "what only its recipients can read" = Tuple(&[
        part("address", Holding(&ENVELOPE_ADDRESS)),
        part("content", Sealed),
    ]);
    ENVELOPE_ADDRESS "envelope-address", "for whom it is" = Tuple(&[
        part("context", TextIs("bienban/envelope/v1")),
        part("recipients", List(&As(&RECIPIENT))),
    ]);
    RECIPIENT "recipient", "the content key, sealed with HPKE for one key" = Tuple(&[
        part("key", Bytes(16)),
        part("encapsulated", Bytes(32)),
        part("wrapped", Bytes(48)),
    ]);
}
