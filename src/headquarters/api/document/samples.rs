//! The samples of the document, written by the rooms that own the messages.

use std::collections::BTreeMap;

use domain::ids::{
    EnvelopeKey, Epoch, EventId, InspectionId, JournalId, PackHash, PersonId, SeatId, SigningKey,
};
use domain::moment::Moment;
use proof::chain::{Journal, Tip};
use serde_json::{Value, json};
use sync::message::enrol::{Enrol, Enrolled, HeadquartersSeat};
use sync::message::packs::{PackAnswer, PackEntry, PackList, Retention};
use sync::message::pull::{Cursor, Pull};
use sync::message::push::{JournalAnswer, PushAnswer};
use sync::message::receipt::{AskReceipt, End};
use sync::message::refusal::{Refusal, RefusalCode, RefusalDetail};

fn written<T: serde::Serialize>(message: &T) -> Value {
    serde_json::to_value(message).unwrap_or_default()
}

pub(super) fn enrol() -> Value {
    written(&Enrol {
        code: "MAU00-MAU00-MAU00-MAU00".to_owned(),
        signing_key: SigningKey([1; 32]),
        envelope_key: EnvelopeKey([2; 32]),
        app: "bienban 0.1.0".to_owned(),
    })
}

pub(super) fn enrolled() -> Value {
    written(&a_seat())
}

fn a_seat() -> Enrolled {
    let key = SigningKey([3; 32]);
    let envelope = Some(EnvelopeKey([4; 32]));
    Enrolled {
        seat: SeatId([5; 16]),
        person: PersonId([6; 16]),
        name: "Kiểm tra viên Mẫu".to_owned(),
        headquarters: vec![HeadquartersSeat { seat: SeatId([7; 16]), key, envelope }],
        epoch: Epoch([8; 16]),
        escrow: Some(EnvelopeKey([11; 32])),
    }
}

pub(super) fn pull() -> Value {
    let cursor = Cursor("0-43-0".to_owned());
    written(&Pull { have: BTreeMap::from([(InspectionId([17; 16]), cursor)]) })
}

pub(super) fn push_answer() -> Value {
    written(&PushAnswer {
        epoch: Epoch([8; 16]),
        journals: vec![JournalAnswer {
            inspection: InspectionId([17; 16]),
            journal: JournalId([34; 16]),
            accepted_through: Some(4),
            held: None,
            expected: None,
            fork: false,
            refused: None,
        }],
        durable_through: Some(1200),
    })
}

pub(super) fn packs() -> Value {
    let pack = PackEntry {
        kind: "checklist".to_owned(),
        id: "printing".to_owned(),
        version: 1,
        sha256: PackHash([9; 32]),
        size: 48_213,
        current: true,
    };
    let retention = Some(Retention { records_days: 30, evidence_days: 7 });
    written(&PackAnswer { list: PackList { packs: vec![pack] }, retention })
}

pub(super) fn ask_receipt() -> Value {
    let journal = Journal { inspection: InspectionId([17; 16]), journal: JournalId([34; 16]) };
    let tip = Tip { seq: 4, id: EventId([10; 32]) };
    written(&AskReceipt { journals: vec![End::new(journal, tip)] })
}

pub(super) fn refusal(code: RefusalCode) -> Value {
    let now = (code == RefusalCode::StaleProof).then_some(Moment(1_782_838_800_000));
    let detail = "one sentence that names the thing and the next step".to_owned();
    let mut refusal =
        written(&Refusal { errors: vec![RefusalDetail { code, detail, now, order: None }] });
    if let Some(fields) = refusal.as_object_mut() {
        fields.insert("request_id".to_owned(), json!("3f2a91c45d07"));
    }
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::state::HeldReason;
    use std::collections::BTreeSet;
    use utoipa::openapi::schema::ComponentsBuilder;

    /// The fields that the document names for a schema, and those it requires.
    fn fields_of(schema: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let all = super::super::messages::all(ComponentsBuilder::new()).build();
        let schema = written(&all.schemas[schema]);
        let names = schema["properties"].as_object().unwrap().keys().cloned().collect();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        (names, required.iter().map(|name| name.as_str().unwrap().to_owned()).collect())
    }

    /// A message with everything that may be in it, and one with as little as possible.
    fn check(schema: &str, whole: &Value, least: &Value) {
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect();
        assert_eq!((keys(whole), keys(least)), fields_of(schema), "{schema}");
    }

    #[test]
    fn the_document_names_the_fields_that_are_written() {
        let journal = JournalAnswer {
            inspection: InspectionId([1; 16]),
            journal: JournalId([2; 16]),
            accepted_through: None,
            held: None,
            expected: None,
            fork: false,
            refused: None,
        };
        let whole = JournalAnswer {
            accepted_through: Some(1),
            held: Some(HeldReason::Forked),
            expected: Some(1),
            fork: true,
            refused: Some(RefusalCode::Malformed),
            ..journal.clone()
        };
        check("JournalAnswer", &written(&whole), &written(&journal));
        let answer = |durable_through| {
            written(&PushAnswer { epoch: Epoch([1; 16]), journals: Vec::new(), durable_through })
        };
        check("PushAnswer", &answer(Some(1)), &answer(None));
        let seat = |envelope| {
            written(&HeadquartersSeat { seat: SeatId([1; 16]), key: SigningKey([1; 32]), envelope })
        };
        check("HeadquartersSeat", &seat(Some(EnvelopeKey([1; 32]))), &seat(None));
        let whole = RefusalDetail {
            code: RefusalCode::StaleProof,
            detail: String::new(),
            now: Some(Moment(0)),
            order: Some(String::new()),
        };
        check("RefusalDetail", &written(&whole), &refusal(RefusalCode::Busy)["errors"][0]);
        check("AskReceipt", &ask_receipt(), &ask_receipt());
        check("End", &ask_receipt()["journals"][0], &ask_receipt()["journals"][0]);
        check("Enrol", &enrol(), &enrol());
        let least = Enrolled { escrow: None, ..a_seat() };
        check("Enrolled", &enrolled(), &written(&least));
        check("Pull", &pull(), &pull());
        check("PackList", &packs(), &packs());
        check("Retention", &packs()["retention"], &packs()["retention"]);
        check("PackEntry", &packs()["packs"][0], &packs()["packs"][0]);
    }

    #[test]
    fn the_document_names_every_reason_why_an_event_is_held() {
        let all = super::super::messages::all(ComponentsBuilder::new()).build();
        let schema = written(&all.schemas["JournalAnswer"]).to_string();
        for reason in [HeldReason::NotOnTeam, HeldReason::SeatRevoked, HeldReason::Forked] {
            let name = written(&reason).as_str().unwrap().to_owned();
            assert!(schema.contains(&format!("`{name}`")), "{name}: {schema}");
        }
    }
}
