//! The shapes of the first release. They describe bytes that are out in the world: nothing here
//! is ever changed, a later release adds a file of its own beside it.

use crate::shape::Shape::{
    Any, As, Bool, Bytes, Day, Either, Holding, Int, List, Map, NumberIs, Text, TextIs, Tuple, Uint,
};
use crate::shape::{Rule, key, maybe, part};

/// Every rule, in reading order.
pub(crate) const ALL: &[&Rule] = &[
    &EVENT,
    &HEADER,
    &ANCHOR,
    &BODY,
    &OPEN_JOURNAL,
    &OPEN_INSPECTION,
    &ESTABLISHMENT,
    &DECISION,
    &ASSIGN_SEAT,
    &ROLE,
    &WRITE,
    &ADDRESS,
    &SUBJECT,
    &ROW_STEP,
    &VALUE,
    &BEGIN_FINDING,
    &WITHDRAW_FINDING,
    &FOLLOW_REMEDY,
    &OUTCOME,
    &JUDGEMENT,
    &SIGNED_HEAD,
    &HEAD,
    &PUSH,
    &PUSH_PART,
    &PULL_ANSWER,
    &PAGE,
    &PULLED_EVENT,
    &HELD_REASON,
];

macro_rules! act {
    ($name:literal, $payload:expr) => {
        Map(&[
            key(0, "act", TextIs($name)),
            key(1, "payload", $payload),
            maybe(2, "by, the person", Bytes(16)),
        ])
    };
}

macro_rules! rule {
    ($($name:ident $text:literal, $meaning:literal = $shape:expr;)*) => {
        $(pub(crate) static $name: Rule = Rule { name: $text, meaning: $meaning, shape: $shape };)*
    };
}

rule! {
    EVENT "event", "one recorded fact; the second form has its body withheld from this copy" = Either(&[
        Tuple(&[
            part("header", Holding(&HEADER)),
            part("salt", Bytes(16)),
            part("body", Holding(&BODY)),
        ]),
        Tuple(&[part("header", Holding(&HEADER)), part("salt", Bytes(16))]),
    ]);
    HEADER "header", "its SHA-256 is the event's id" = Map(&[
        key(0, "version of the envelope", NumberIs(1, "this form")),
        key(1, "inspection", Bytes(16)),
        key(2, "journal", Bytes(16)),
        key(3, "seq", Uint),
        maybe(4, "prev, the id of the event before; absent exactly at seq 0", Bytes(32)),
        key(5, "at, milliseconds since 1970 by the author's clock", Int),
        maybe(6, "anchor, the last checkpoint of headquarters that the author saw", As(&ANCHOR)),
        key(7, "body_hash, SHA-256 of salt and body", Bytes(32)),
    ]);
    ANCHOR "anchor", "a checkpoint of headquarters' log" = Tuple(&[
        part("size", Uint),
        part("root", Bytes(32)),
    ]);
    BODY "body", "what was done; the last alternative is an act of a later version" = Either(&[
        act!("journal/open", As(&OPEN_JOURNAL)),
        act!("inspection/open", As(&OPEN_INSPECTION)),
        act!("team/seat", As(&ASSIGN_SEAT)),
        act!("register/set", As(&WRITE)),
        act!("finding/begin", As(&BEGIN_FINDING)),
        act!("finding/withdraw", As(&WITHDRAW_FINDING)),
        act!("remedy/follow", As(&FOLLOW_REMEDY)),
        act!("custody/admit", As(&JUDGEMENT)),
        act!("custody/set_aside", As(&JUDGEMENT)),
        Map(&[
            key(0, "act", Text),
            key(1, "payload", Any),
            maybe(2, "by, the person", Bytes(16)),
        ]),
    ]);
    OPEN_JOURNAL "open-journal", "first event of every journal" = Map(&[
        key(0, "seat", Bytes(16)),
        key(1, "key, Ed25519", Bytes(32)),
        key(2, "app", Text),
    ]);
    OPEN_INSPECTION "open-inspection", "the inspection begins to exist" = Map(&[
        key(0, "establishment", As(&ESTABLISHMENT)),
        key(1, "reason", Text),
        maybe(2, "decision; absent while pending", As(&DECISION)),
        key(3, "on, the day of the inspection", Day),
        key(4, "checklists, SHA-256 of each", List(&Bytes(32))),
        key(5, "law, SHA-256", Bytes(32)),
    ]);
    ESTABLISHMENT "establishment", "as it was known when the inspection was opened" = Map(&[
        key(0, "id", Bytes(16)),
        key(1, "name", Text),
        key(2, "kind", Text),
        key(3, "address", Text),
    ]);
    DECISION "decision", "the decision that orders the inspection" = Map(&[
        key(0, "number", Text),
        key(1, "on, its day", Day),
    ]);
    ASSIGN_SEAT "assign-seat", "counts only in headquarters' journals" = Map(&[
        key(0, "seat", Bytes(16)),
        key(1, "key, Ed25519", Bytes(32)),
        key(2, "envelope, X25519", Bytes(32)),
        key(3, "person", Bytes(16)),
        key(4, "name", Text),
        key(5, "role", As(&ROLE)),
    ]);
    ROLE "role", "0 no longer on the team, 1 member, 2 lead" = Either(&[
        NumberIs(0, "none"), NumberIs(1, "member"), NumberIs(2, "lead"),
    ]);
    WRITE "write", "a value at an address, and the events whose values it replaces there" = Map(&[
        key(0, "address", As(&ADDRESS)),
        key(1, "value", As(&VALUE)),
        key(2, "over", List(&Bytes(32))),
    ]);
    ADDRESS "address", "about what, which field, which row of repeated sections" = Tuple(&[
        part("subject", As(&SUBJECT)),
        part("field", Text),
        part("row", List(&As(&ROW_STEP))),
    ]);
    SUBJECT "subject", "0 an item by its id, 1 a finding, 2 the inspection" = Either(&[
        Tuple(&[part("kind", NumberIs(0, "item")), part("of", Tuple(&[part("item", Text)]))]),
        Tuple(&[part("kind", NumberIs(1, "finding")), part("of", Tuple(&[part("finding", Bytes(16))]))]),
        Tuple(&[part("kind", NumberIs(2, "inspection")), part("of", Tuple(&[]))]),
    ]);
    ROW_STEP "row-step", "one step into a repeated section" = Tuple(&[
        part("group", Text),
        part("row", Bytes(16)),
    ]);
    VALUE "value", "0 empty, 1 text, 2 whole number, 3 day, 4 choice by its name" = Either(&[
        Tuple(&[part("kind", NumberIs(0, "empty")), part("of", Tuple(&[]))]),
        Tuple(&[part("kind", NumberIs(1, "text")), part("of", Tuple(&[part("words", Text)]))]),
        Tuple(&[part("kind", NumberIs(2, "whole")), part("of", Tuple(&[part("number", Int)]))]),
        Tuple(&[part("kind", NumberIs(3, "day")), part("of", Tuple(&[part("day", Day)]))]),
        Tuple(&[part("kind", NumberIs(4, "choice")), part("of", Tuple(&[part("name", Text)]))]),
    ]);
    BEGIN_FINDING "begin-finding", "a finding begins with its first fact" = Map(&[
        key(0, "finding", Bytes(16)),
        key(1, "item", Text),
        key(2, "first", As(&WRITE)),
    ]);
    WITHDRAW_FINDING "withdraw-finding", "a finding is taken back; it stays in the record" = Map(&[
        key(0, "finding", Bytes(16)),
        key(1, "reason", Text),
    ]);
    FOLLOW_REMEDY "follow-remedy", "what became of a remedy; counts only in headquarters' journals" = Map(&[
        key(0, "finding", Bytes(16)),
        key(1, "outcome", As(&OUTCOME)),
        key(2, "on, the day on which it was established", Day),
        key(3, "note", Text),
        key(4, "over", List(&Bytes(32))),
    ]);
    OUTCOME "outcome", "0 done, 1 not done and not waited for, 2 time until the end of a day" = Either(&[
        Tuple(&[part("kind", NumberIs(0, "done")), part("of", Tuple(&[]))]),
        Tuple(&[part("kind", NumberIs(1, "not done")), part("of", Tuple(&[]))]),
        Tuple(&[part("kind", NumberIs(2, "extended")), part("of", Tuple(&[part("until", Day)]))]),
    ]);
    JUDGEMENT "judgement", "about held events; counts only in headquarters' journals" = Map(&[
        key(0, "events, their ids", List(&Bytes(32))),
        key(1, "reason", Text),
    ]);
    SIGNED_HEAD "signed-head", "the signature is over exactly the bytes of the head" = Tuple(&[
        part("signed", Holding(&HEAD)),
        part("signature", Bytes(64)),
    ]);
    HEAD "head", "how far a journal reaches, by its author's word" = Tuple(&[
        part("context", TextIs("bienban/head/v1")),
        part("inspection", Bytes(16)),
        part("journal", Bytes(16)),
        part("seq", Uint),
        part("hash", Bytes(32)),
        part("at", Int),
    ]);
    PUSH "push", "POST /api/v1/push" = Map(&[
        key(0, "parts", List(&As(&PUSH_PART))),
    ]);
    PUSH_PART "push-part", "events of one journal, each following the one before, up to the head" = Map(&[
        key(0, "head", As(&SIGNED_HEAD)),
        key(1, "events", List(&As(&EVENT))),
    ]);
    PULL_ANSWER "pull-answer", "answer to POST /api/v1/pull" = Map(&[
        key(0, "epoch", Bytes(16)),
        key(1, "pages", List(&As(&PAGE))),
        key(2, "gone, inspections no longer visible", List(&Bytes(16))),
        key(3, "more", Bool),
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
    HELD_REASON "held-reason", "0 not on the team, 1 seat revoked, 2 journal forked" = Either(&[
        NumberIs(0, "not on the team"), NumberIs(1, "seat revoked"), NumberIs(2, "journal forked"),
    ]);
}
