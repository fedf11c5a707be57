//! The fixed inputs of the golden files. Establishments and people in them do not exist.
//!
//! Changing an input changes a file of a release, so nothing here is ever changed.

use domain::act::{
    Act, AssignSeat, BeginFinding, Body, CancelInspection, Decision, Establishment, Judgement,
    OpenInspection, OpenJournal, Role, UnknownAct, WithdrawFinding,
};
use domain::answer::{Answer, StatementState};
use domain::event::{Anchor, Event};
use domain::ids::{
    EnvelopeKey, Epoch, EstablishmentId, EventId, FindingId, InspectionId, JournalId, PackHash,
    PersonId, PieceHash, RootHash, RowId, Salt,
};
use domain::moment::Moment;
use domain::piece::{MediaType, Piece, PieceName};
use domain::register::{Address, Field, RowStep, Value, Write};
use domain::remedy::{FollowRemedy, Outcome};
use domain::state::HeldReason;
use jiff::civil::date;
use proof::chain::{Circumstance, Journal, Tip, extend};
use proof::envelope::{self, Entropy, EnvelopeKeyPair};
use proof::erasure::{Covered, EraseOrder, Receipt, VaultReceipt};
use proof::head::{Head, SignedHead};
use proof::request::{Proof, Request};
use proof::seat::seat_of;
use proof::sign::KeyPair;
use proof::vault::file::{OpenedRow, SealedRow, SealedVault};
use proof::vault::row::{self, RowCipher};
use proof::vault::{DataKey, SlotId, escrow};
use proof::word::{Endorsement, Purpose, Signed, Statement, Word};
use sync::message::bundle::Bundle;
use sync::message::pull::{Cursor, Page, PullAnswer, PulledEvent};
use sync::message::push::{Part, Push};

pub(crate) const INSPECTION: InspectionId = InspectionId([0x11; 16]);
pub(crate) const EPOCH: Epoch = Epoch([0xee; 16]);
const FINDING: FindingId = FindingId([0xf1; 16]);
const PERSON: PersonId = PersonId([0x9e; 16]);
const ITEM: &str = "print.pub.licence";

/// 2026-07-01, 08:30 in Viet Nam.
pub(crate) const AT: Moment = Moment(1_782_869_400_000);

/// The inspector's key pair: its seed is 32 times the byte 01.
pub(crate) fn inspector() -> KeyPair {
    KeyPair::from_seed(&[1; 32])
}

/// Headquarters' key pair: its seed is 32 times the byte 02.
pub(crate) fn headquarters() -> KeyPair {
    KeyPair::from_seed(&[2; 32])
}

pub(crate) fn journal() -> Journal {
    Journal { inspection: INSPECTION, journal: JournalId([0x22; 16]) }
}

pub(crate) fn anchor() -> Anchor {
    Anchor { size: 1000, root: RootHash([0xac; 32]) }
}

/// Every act once, and every kind of subject and value, each with the name of its file.
pub(crate) fn bodies() -> Vec<(&'static str, Body)> {
    vec![
        ("body_journal_open", open_journal()),
        ("body_inspection_open", Body::of(open_inspection(Some(decision())))),
        ("body_inspection_open_pending", Body::of(open_inspection(None))),
        ("body_team_seat", Body { act: Act::AssignSeat(assign_seat()), by: Some(PERSON) }),
        ("body_register_set_choice", answer()),
        ("body_register_set_text", set(Address::item(ITEM, Field::Note), Value::text("Đã xem"))),
        ("body_register_set_day", act_on()),
        ("body_register_set_whole_in_row", whole_in_row()),
        ("body_register_set_empty", cleared_decision()),
        ("body_finding_begin", Body::of(begin_finding())),
        ("body_finding_withdraw", Body::of(withdraw_finding())),
        ("body_remedy_follow_done", followed(Outcome::Done)),
        ("body_remedy_follow_extended", followed(Outcome::Extended(date(2026, 8, 31)))),
        (
            "body_custody_admit",
            Body { act: Act::Admit(judgement("Đã xác minh")), by: Some(PERSON) },
        ),
        (
            "body_custody_set_aside",
            Body { act: Act::SetAside(judgement("Không thuộc đoàn")), by: Some(PERSON) },
        ),
        ("body_unknown", Body::of(unknown())),
    ]
}

fn open_journal() -> Body {
    let key = inspector().public();
    let app = "bienban-tablet 0.1.0".to_owned();
    Body::of(Act::OpenJournal(OpenJournal { seat: seat_of(&key), key, app }))
}

fn open_inspection(decision: Option<Decision>) -> Act {
    Act::OpenInspection(OpenInspection {
        establishment: Establishment {
            id: EstablishmentId([0xe5; 16]),
            name: "Cơ sở in Mẫu A".to_owned(),
            kind: "printer_publications".to_owned(),
            address: "Số 1, đường Mẫu".to_owned(),
        },
        reason: "Kế hoạch năm".to_owned(),
        decision,
        on: date(2026, 7, 1),
        checklists: vec![PackHash([0xc1; 32])],
        law: PackHash([0x1a; 32]),
    })
}

fn decision() -> Decision {
    Decision { number: "01/QĐ-MẪU".to_owned(), on: date(2026, 6, 25) }
}

fn assign_seat() -> AssignSeat {
    let key = inspector().public();
    AssignSeat {
        seat: seat_of(&key),
        key,
        envelope: EnvelopeKey([0x25; 32]),
        person: PERSON,
        name: "Kiểm tra viên Mẫu".to_owned(),
        role: Role::Lead,
        keeps: None,
    }
}

/// What the second release added to the acts, each with the name of its file.
pub(crate) fn later_bodies() -> Vec<(&'static str, Body)> {
    let revoked = AssignSeat { role: Role::None, keeps: Some(Role::Lead), ..assign_seat() };
    let cancel = CancelInspection { reason: "Cơ sở đã ngừng hoạt động".to_owned() };
    vec![
        ("body_team_seat_revoked", Body { act: Act::AssignSeat(revoked), by: Some(PERSON) }),
        ("body_inspection_cancel", Body { act: Act::CancelInspection(cancel), by: Some(PERSON) }),
    ]
}

fn set(address: Address, value: Value) -> Body {
    Body::of(Act::Set(Write { address, value, over: Vec::new() }))
}

pub(crate) fn answer() -> Body {
    set(Address::item(ITEM, Field::Answer), Answer::Violation.value())
}

fn act_on() -> Body {
    let write = Write {
        address: Address::finding(FINDING, Field::ActOn),
        value: Value::Day(date(2026, 6, 30)),
        over: vec![EventId([0x0a; 32]), EventId([0x0b; 32])],
    };
    Body::of(Act::Set(write))
}

fn whole_in_row() -> Body {
    let row = vec![RowStep { group: "machines".to_owned(), row: RowId([0x40; 16]) }];
    let field = Field::from("machines_counted");
    set(Address { row, ..Address::item(ITEM, field) }, Value::Whole(-3))
}

fn cleared_decision() -> Body {
    set(Address::inspection(Field::Decision), Value::Empty)
}

fn begin_finding() -> Act {
    let first = Write {
        address: Address::finding(FINDING, Field::Facts),
        value: Value::text("Không xuất trình được giấy phép"),
        over: Vec::new(),
    };
    Act::BeginFinding(BeginFinding { finding: FINDING, item: ITEM.to_owned(), first })
}

fn withdraw_finding() -> Act {
    let reason = "Giấy phép đã được xuất trình".to_owned();
    Act::WithdrawFinding(WithdrawFinding { finding: FINDING, reason })
}

fn followed(outcome: Outcome) -> Body {
    let (on, note) = (date(2026, 8, 3), "Đã xuất trình giấy phép".to_owned());
    let over = vec![EventId([0x0d; 32])];
    let follow = FollowRemedy { finding: FINDING, outcome, on, note, over, evidence: Vec::new() };
    Body { act: Act::FollowRemedy(follow), by: Some(PERSON) }
}

/// The remedy was put right, by a document and a photograph.
pub(crate) fn evidenced() -> Body {
    let mut body = followed(Outcome::Done);
    if let Act::FollowRemedy(follow) = &mut body.act {
        follow.evidence = vec![
            piece(0xd0, 184_320, MediaType::Pdf, "Giấy phép.pdf"),
            piece(0xd1, 2_400_000, MediaType::Jpeg, "Ảnh chụp.jpg"),
        ];
    }
    body
}

fn piece(content: u8, size_bytes: u64, media: MediaType, name: &str) -> Piece {
    let name = PieceName::new(name).expect("it is a name");
    Piece { content: PieceHash([content; 32]), size_bytes, media, name }
}

fn judgement(reason: &str) -> Judgement {
    Judgement { events: vec![EventId([0x0c; 32])], reason: reason.to_owned() }
}

fn unknown() -> Act {
    // The payload is the map {0: true}.
    Act::Unknown(UnknownAct { name: "evidence/stamp".to_owned(), payload: vec![0xa1, 0x00, 0xf5] })
}

/// The inspector's journal: it opens, the inspection opens, an answer, a finding, a statement.
/// From the fourth event on he has seen a checkpoint of headquarters.
pub(crate) fn events() -> (Vec<Event>, Tip) {
    let declined = Address::finding(FINDING, Field::StatementState);
    let bodies = [
        open_journal(),
        Body::of(open_inspection(None)),
        answer(),
        Body::of(begin_finding()),
        set(declined, StatementState::Declined.value()),
    ];
    let (mut events, mut tip) = (Vec::new(), None);
    for (place, body) in (0u8..).zip(&bodies) {
        let circumstance = Circumstance {
            at: AT.later_by_ms(i64::from(place) * 1000),
            salt: Salt([0x50 + place; 16]),
            anchor: (place >= 3).then(anchor),
        };
        let (event, next) = extend(journal(), tip, circumstance, body).expect("it is small");
        events.push(event);
        tip = Some(next);
    }
    (events, tip.expect("there are events"))
}

/// The fourth event with its body withheld.
pub(crate) fn withheld() -> Event {
    let (events, _) = events();
    Event { body: None, ..events[3].clone() }
}

pub(crate) fn head() -> Head {
    Head { journal: journal(), tip: events().1, at: AT.later_by_ms(60_000) }
}

pub(crate) fn signed_head() -> SignedHead {
    inspector().sign_head(&head())
}

pub(crate) fn push() -> Push {
    Push { parts: vec![Part { head: signed_head(), events: events().0 }] }
}

/// One page: an answer, and a held event whose body is withheld from this copy.
pub(crate) fn pull_answer() -> PullAnswer {
    let (events, _) = events();
    let entries = vec![
        PulledEvent { position: 41, held: None, event: events[2].clone() },
        PulledEvent { position: 42, held: Some(HeldReason::NotOnTeam), event: withheld() },
    ];
    let page = Page {
        inspection: INSPECTION,
        cursor: Cursor("43".to_owned()),
        heads: vec![signed_head()],
        entries,
    };
    PullAnswer {
        epoch: EPOCH,
        pages: vec![page],
        gone: vec![InspectionId([0x12; 16])],
        more: false,
        durable_through: None,
    }
}

/// One page with an event of a seat that headquarters does not know, and how much is in a backup.
pub(crate) fn durable_pull_answer() -> PullAnswer {
    let mut answer = pull_answer();
    let entries = answer.pages.iter_mut().flat_map(|page| &mut page.entries);
    entries.for_each(|entry| entry.held = Some(HeldReason::UnknownSeat));
    PullAnswer { durable_through: Some(41), ..answer }
}

pub(crate) fn bundle() -> Bundle {
    Bundle { parts: push().parts }
}

/// Headquarters' key pair for envelopes.
pub(crate) fn envelope_keys() -> EnvelopeKeyPair {
    EnvelopeKeyPair::from_secret(&[0x52; 32])
}

/// The bundle, sealed to headquarters and to the inspector's seat.
pub(crate) fn envelope() -> Vec<u8> {
    let seat = EnvelopeKeyPair::from_secret(&[0x25; 32]).public();
    let recipients = [envelope_keys().public(), seat];
    let entropy = Entropy([0x77; 32]);
    envelope::seal(&bundle().to_bytes(), &recipients, &entropy).expect("it is small")
}

/// A pull by the inspector, as it is signed.
pub(crate) const REQUEST: Request<'static> =
    Request { method: "POST", path: "/api/v1/pull", body: br#"{"have":{}}"# };

pub(crate) fn request_proof() -> Proof {
    inspector().prove(&REQUEST, AT)
}

/// What headquarters says to a seat that is revoked. The seed of the key for orders is 32 times the
/// byte 03, that of the one for receipts 32 times 04.
pub(crate) fn words() -> [(&'static str, Word); 3] {
    let seat = seat_of(&inspector().public());
    let tip = Tip { seq: 4, id: EventId([0x44; 32]) };
    let journals = vec![Covered::new(journal(), tip)];
    let receipt = Receipt { seat, at: AT, epoch: EPOCH, journals };
    let vault = VaultReceipt { seat, at: AT, sha256: [0x5a; 32] };
    [
        ("word_erase_order", said(3, Purpose::Order, &EraseOrder { seat, at: AT })),
        ("word_receipt", said(4, Purpose::Receipt, &receipt)),
        ("word_vault_receipt", said(4, Purpose::Receipt, &vault)),
    ]
}

fn said<T: Statement>(seed: u8, purpose: Purpose, statement: &T) -> Word {
    let pair = KeyPair::from_seed(&[seed; 32]);
    let endorsement = Endorsement { key: pair.public(), purpose, since: AT };
    Word::new(Signed::of(&pair, statement), vec![Signed::of(&headquarters(), &endorsement)])
}

/// Headquarters' escrow key: its secret half is 32 times the byte 53.
pub(crate) fn escrow_keys() -> EnvelopeKeyPair {
    EnvelopeKeyPair::from_secret(&[0x53; 32])
}

/// The data key of the vault.
fn data_key() -> DataKey {
    DataKey::new([0x5d; 32])
}

/// What is in the vault: a row under its own key, one whose key tells something, one in clear.
pub(crate) fn vault_rows() -> [OpenedRow; 3] {
    let row = |table: &str, key: Vec<u8>, bytes: &[u8]| OpenedRow {
        table: table.to_owned(),
        key,
        bytes: bytes.to_vec(),
    };
    let (events, _) = events();
    // Each a map with one pair: an event, and words that are none yet.
    let event = [&[0xa1, 0][..], &events[2].to_bytes()].concat();
    let draft = [&[0xa1, 0, 0x66][..], "2 máy".as_bytes()].concat();
    let id = proof::hash::id_of(&events[2]).0;
    let place = [&INSPECTION.0[..], &journal().journal.0, &2u64.to_be_bytes(), &id].concat();
    [
        row("events", place, &event),
        row("drafts", [&INSPECTION.0[..], ITEM.as_bytes()].concat(), &draft),
        row("marks", b"epoch".to_vec(), &[0x50; 17]),
    ]
}

/// The vault as a file: of a seat, and of a place in which headquarters had not answered yet.
pub(crate) fn sealed_vaults() -> [(&'static str, SealedVault); 2] {
    let slot = SlotId([0x50; 16]);
    let wrapped = escrow::wrap(&data_key(), slot, &escrow_keys().public(), &Entropy([0x54; 32]));
    let escrow = wrapped.expect("it is a key");
    let [event, draft, mark] = vault_rows();
    let (shown, hidden) = draft.key.split_at(INSPECTION.0.len());
    let stand_in = row::stand_in(&data_key().names(), "drafts", shown, hidden);
    let rows = vec![
        sealed_row(&event, event.key.clone(), None, 1),
        sealed_row(&draft, stand_in, Some(&draft.key), 2),
        SealedRow { table: mark.table, key: mark.key, bytes: mark.bytes, is_sealed: false },
    ];
    let seat = Some(seat_of(&inspector().public()));
    let unanswered = SealedVault { slot, seat: None, escrow: escrow.clone(), rows: Vec::new() };
    [
        ("sealed_vault", SealedVault { slot, seat, escrow, rows }),
        ("sealed_vault_unanswered", unanswered),
    ]
}

/// A row under the key as it lies; its nonce is 12 times this byte.
fn sealed_row(of: &OpenedRow, lies: Vec<u8>, true_key: Option<&[u8]>, nonce: u8) -> SealedRow {
    let plain = row::plain(true_key, &of.bytes).expect("it is short");
    let cipher = RowCipher::new(&data_key().rows());
    let bytes = cipher.seal(&[nonce; 12], &row::place(&of.table, &lies), &plain);
    let bytes = bytes.expect("it is small");
    SealedRow { table: of.table.clone(), key: lies, bytes, is_sealed: true }
}
