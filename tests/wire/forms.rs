//! Every form of every release: its name, its bytes as this build writes them, its shape, and
//! whether bytes from a file read back as the value they were made from.

use core::fmt::Debug;
use std::collections::BTreeMap;

use domain::act::Body;
use domain::event::{Event, Header};
use domain::ids::{EnvelopeKey, JournalId, PackHash, PersonId};
use domain::state::HeldReason;
use proof::envelope::{self, OpenFault};
use proof::hash::sha256;
use proof::head::Head;
use proof::request::Proof;
use proof::seat::seat_of;
use proof::vault::file::{FileFault, SealedVault};
use proof::word::Word;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::message::bundle::Bundle;
use sync::message::enrol::{Enrol, Enrolled, HeadquartersSeat};
use sync::message::packs::{PackEntry, PackList};
use sync::message::pull::{Cursor, Pull, PullAnswer};
use sync::message::push::{JournalAnswer, Push, PushAnswer};
use sync::message::refusal::{Refusal, RefusalCode, RefusalDetail};

use crate::annotate;
use crate::cddl;
use crate::sample;
use crate::shape::Rule;
use crate::shapes_v1 as v1;
use crate::shapes_v2 as v2;
use crate::shapes_v3 as v3;
use crate::shapes_v4 as v4;
use crate::shapes_v5 as v5;

type Reads = Box<dyn Fn(&[u8]) -> Result<(), String>>;

/// A written form.
pub(crate) struct Form {
    /// The folder of the release that first wrote it.
    pub(crate) release: &'static str,
    /// The name of its file, without what follows the dot.
    pub(crate) name: &'static str,
    /// The bytes as this build writes them.
    pub(crate) bytes: Vec<u8>,
    /// Fails when bytes do not read back as the value.
    pub(crate) reads: Reads,
}

/// A form in CBOR.
pub(crate) struct CborForm {
    pub(crate) form: Form,
    pub(crate) rule: &'static Rule,
}

/// The forms in CBOR.
pub(crate) fn cbor() -> Vec<CborForm> {
    let mut forms = bodies();
    forms.extend(headers());
    forms.extend(events());
    forms.extend(heads_and_messages());
    forms.extend(second_release());
    forms.push(third_release());
    forms.extend(words());
    forms.extend(sealed_vaults());
    forms
}

/// What headquarters says, which the fourth release added.
fn words() -> Vec<CborForm> {
    let words = sample::words().into_iter().map(|(name, word)| {
        let form = form(name, word.to_bytes(), word, Word::from_bytes);
        CborForm { form: of_v4(form), rule: &v4::WORD }
    });
    words.collect()
}

/// The file of a locked vault, which the fifth release pinned.
fn sealed_vaults() -> Vec<CborForm> {
    let vaults = sample::sealed_vaults().into_iter().map(|(name, vault)| {
        let form = form(name, vault.to_bytes(), vault, opened_vault);
        CborForm { form: Form { release: "v5", ..form }, rule: &v5::SEALED_VAULT }
    });
    vaults.collect()
}

/// A file; it reads back when the escrow key gives out what was put into it.
fn opened_vault(bytes: &[u8]) -> Result<SealedVault, FileFault> {
    let vault = SealedVault::from_bytes(bytes)?;
    let rows = vault.open(&sample::escrow_keys()).expect("it is sealed for this key");
    let rows: Result<Vec<_>, _> = rows.collect();
    assert_eq!(rows.as_deref(), Ok(&sample::vault_rows()[..vault.rows.len()]));
    Ok(vault)
}

/// What the third release writes that no earlier one did.
fn third_release() -> CborForm {
    let body = sample::evidenced();
    let form = form("body_remedy_follow_evidence", body.to_bytes(), body, Body::from_bytes);
    CborForm { form: Form { release: "v3", ..form }, rule: &v3::BODY }
}

/// What the second release writes that the first did not.
fn second_release() -> Vec<CborForm> {
    let (pull, bundle) = (sample::durable_pull_answer(), sample::bundle());
    let sealed = Sealed(sample::envelope());
    let forms = [
        CborForm {
            form: form("pull_answer_durable", pull.to_bytes(), pull, PullAnswer::from_bytes),
            rule: &v2::PULL_ANSWER,
        },
        CborForm {
            form: form("bundle", bundle.to_bytes(), bundle, Bundle::from_bytes),
            rule: &v2::BUNDLE,
        },
        CborForm {
            form: form("envelope", sealed.0.clone(), sealed, Sealed::opened_from),
            rule: &v2::ENVELOPE,
        },
    ];
    let bodies = sample::later_bodies().into_iter().map(|(name, body)| CborForm {
        form: form(name, body.to_bytes(), body, Body::from_bytes),
        rule: &v2::BODY,
    });
    let forms = bodies.chain(forms);
    forms.map(|cbor| CborForm { form: of_v2(cbor.form), ..cbor }).collect()
}

/// An envelope; it reads back when it opens to the bundle.
#[derive(Debug, PartialEq)]
struct Sealed(Vec<u8>);

impl Sealed {
    fn opened_from(bytes: &[u8]) -> Result<Self, OpenFault> {
        let opened = envelope::open(bytes, &sample::envelope_keys())?;
        assert_eq!(Bundle::from_bytes(&opened), Ok(sample::bundle()));
        Ok(Self(bytes.to_vec()))
    }
}

fn of_v2(form: Form) -> Form {
    Form { release: "v2", ..form }
}

fn of_v4(form: Form) -> Form {
    Form { release: "v4", ..form }
}

fn bodies() -> Vec<CborForm> {
    let form = |(name, body): (&'static str, Body)| CborForm {
        form: form(name, body.to_bytes(), body, Body::from_bytes),
        rule: &v1::BODY,
    };
    sample::bodies().into_iter().map(form).collect()
}

fn headers() -> Vec<CborForm> {
    let (events, _) = sample::events();
    let named = [("header_first", 0), ("header", 2), ("header_anchored", 4)];
    let form = |(name, place): (_, usize)| {
        let bytes = events[place].header.clone();
        let value = Header::from_bytes(&bytes).expect("it was made here");
        CborForm { form: form(name, bytes, value, Header::from_bytes), rule: &v1::HEADER }
    };
    named.map(form).into()
}

fn events() -> Vec<CborForm> {
    let (events, _) = sample::events();
    let named = [("event", events[2].clone()), ("event_withheld", sample::withheld())];
    let form = |(name, event): (_, Event)| CborForm {
        form: form(name, event.to_bytes(), event, Event::from_bytes),
        rule: &v1::EVENT,
    };
    named.map(form).into()
}

fn heads_and_messages() -> Vec<CborForm> {
    let (head, push, pull) = (sample::head(), sample::push(), sample::pull_answer());
    vec![
        CborForm { form: form("head", head.to_bytes(), head, Head::from_bytes), rule: &v1::HEAD },
        CborForm { form: form("push", push.to_bytes(), push, Push::from_bytes), rule: &v1::PUSH },
        CborForm {
            form: form("pull_answer", pull.to_bytes(), pull, PullAnswer::from_bytes),
            rule: &v1::PULL_ANSWER,
        },
    ]
}

fn form<T, E>(
    name: &'static str,
    bytes: Vec<u8>,
    value: T,
    from_bytes: fn(&[u8]) -> Result<T, E>,
) -> Form
where
    T: PartialEq + Debug + 'static,
    E: Debug + 'static,
{
    let reads = move |bytes: &[u8]| match from_bytes(bytes) {
        Ok(read) if read == value => Ok(()),
        other => Err(format!("read as {other:?}, not as {value:?}")),
    };
    Form { release: "v1", name, bytes, reads: Box::new(reads) }
}

/// The forms in JSON.
fn json() -> Vec<Form> {
    vec![
        of_json("push_answer", push_answer()),
        of_json("pull", pull()),
        of_json("refusal", refusal()),
        of_json("enrol", enrol()),
        of_json("enrolled", enrolled()),
        of_json("packs", packs()),
        of_v2(of_json("push_answer_durable", durable_push_answer())),
        of_v2(of_json("enrolled_envelope", enrolled_with_envelope())),
        of_v4(of_json("enrolled_escrow", enrolled_with_escrow())),
        of_v4(of_json("refusal_revoked", refusal_of_revoked())),
    ]
}

fn of_json<T>(name: &'static str, value: T) -> Form
where
    T: Serialize + DeserializeOwned + PartialEq + Debug + 'static,
{
    let bytes = serde_json::to_vec(&value).expect("it is plain data");
    form(name, bytes, value, |bytes| serde_json::from_slice::<T>(bytes))
}

fn push_answer() -> PushAnswer {
    let nothing = JournalAnswer {
        inspection: sample::INSPECTION,
        journal: JournalId([0x23; 16]),
        accepted_through: None,
        held: None,
        expected: None,
        fork: false,
        refused: None,
    };
    let accepted = JournalAnswer {
        journal: sample::journal().journal,
        accepted_through: Some(4),
        ..nothing.clone()
    };
    let held = JournalAnswer {
        accepted_through: Some(7),
        held: Some(HeldReason::Forked),
        fork: true,
        ..nothing.clone()
    };
    let gap = JournalAnswer {
        journal: JournalId([0x24; 16]),
        accepted_through: Some(2),
        expected: Some(3),
        ..nothing.clone()
    };
    let refused = JournalAnswer {
        journal: JournalId([0x25; 16]),
        expected: Some(0),
        refused: Some(RefusalCode::Malformed),
        ..nothing
    };
    PushAnswer {
        epoch: sample::EPOCH,
        journals: vec![accepted, held, gap, refused],
        durable_through: None,
    }
}

fn durable_push_answer() -> PushAnswer {
    let answer = push_answer();
    let mut held = answer.journals[1].clone();
    held.held = Some(HeldReason::UnknownSeat);
    held.fork = false;
    PushAnswer { journals: vec![held], durable_through: Some(41), ..answer }
}

fn enrolled_with_envelope() -> Enrolled {
    let mut enrolled = enrolled();
    let envelope = Some(sample::envelope_keys().public());
    enrolled.headquarters.iter_mut().for_each(|seat| seat.envelope = envelope);
    enrolled
}

fn enrolled_with_escrow() -> Enrolled {
    let escrow = Some(sample::escrow_keys().public());
    Enrolled { escrow, ..enrolled_with_envelope() }
}

fn refusal_of_revoked() -> Refusal {
    let [(_, order), ..] = sample::words();
    let detail = "the seat is revoked; it may still push what it has";
    let revoked = RefusalDetail {
        code: RefusalCode::Revoked,
        detail: detail.to_owned(),
        now: None,
        order: Some(order.to_string()),
    };
    Refusal { errors: vec![revoked] }
}

fn pull() -> Pull {
    Pull { have: BTreeMap::from([(sample::INSPECTION, Cursor("43".to_owned()))]) }
}

fn refusal() -> Refusal {
    let detail = "the request was signed more than 5 minutes from headquarters' clock: sign again";
    let stale = RefusalDetail {
        code: RefusalCode::StaleProof,
        detail: detail.to_owned(),
        now: Some(sample::AT),
        order: None,
    };
    Refusal { errors: vec![stale] }
}

fn enrol() -> Enrol {
    Enrol {
        code: "MAU-0001".to_owned(),
        signing_key: sample::inspector().public(),
        envelope_key: EnvelopeKey([0x25; 32]),
        app: "bienban-tablet 0.1.0".to_owned(),
    }
}

fn enrolled() -> Enrolled {
    let key = sample::headquarters().public();
    Enrolled {
        seat: seat_of(&sample::inspector().public()),
        person: PersonId([0x9e; 16]),
        name: "Kiểm tra viên Mẫu".to_owned(),
        headquarters: vec![HeadquartersSeat { seat: seat_of(&key), key, envelope: None }],
        epoch: sample::EPOCH,
        escrow: None,
    }
}

fn packs() -> PackList {
    let entry = |kind: &str, id: &str, current| PackEntry {
        kind: kind.to_owned(),
        id: id.to_owned(),
        version: 1,
        sha256: PackHash(sha256(id.as_bytes())),
        size: 1234,
        current,
    };
    PackList { packs: vec![entry("checklist", "printing", true), entry("law", "vn", false)] }
}

/// The forms that are lines of text: what a request signs, and the header that carries it.
fn text() -> Vec<Form> {
    let proof = sample::request_proof();
    let signed = sample::REQUEST.to_sign(sample::AT);
    vec![
        form("request_signed", signed.clone(), signed, |bytes| Ok::<_, ()>(bytes.to_vec())),
        form("authorization", proof.to_string().into_bytes(), proof, |bytes| {
            let text = core::str::from_utf8(bytes).map_err(|e| e.to_string())?;
            text.parse::<Proof>().map_err(|e| e.to_string())
        }),
    ]
}

/// Every file of the release as this build would write it, by name.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let cbor = cbor();
    let dumps = cbor.iter().map(|cbor| {
        let dump = annotate::dump(&cbor.form.bytes, cbor.rule).expect(cbor.form.name);
        (file(&cbor.form, "dump"), dump.into_bytes())
    });
    let named = all().into_iter().map(|(form, extension)| (file(&form, extension), form.bytes));
    let rules =
        [("v1", v1::ALL), ("v2", v2::ALL), ("v3", v3::ALL), ("v4", v4::ALL), ("v5", v5::ALL)];
    let cddl = rules.map(|(release, rules)| {
        (format!("{release}/forms.cddl"), cddl::written(rules).into_bytes())
    });
    named.chain(dumps).chain(cddl).collect()
}

/// Every form with the extension of its file.
pub(crate) fn all() -> Vec<(Form, &'static str)> {
    let cbor = cbor().into_iter().map(|cbor| (cbor.form, "cbor"));
    let json = json().into_iter().map(|form| (form, "json"));
    let text = text().into_iter().map(|form| (form, "txt"));
    cbor.chain(json).chain(text).collect()
}

/// The name of a form's file.
pub(crate) fn file(form: &Form, extension: &str) -> String {
    format!("{}/{}.{extension}", form.release, form.name)
}
