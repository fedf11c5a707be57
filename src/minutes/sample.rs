//! A sample inspection for tests. The establishment and the people in it do not exist.

use domain::act::{
    Act, AssignSeat, BeginFinding, Body, Decision, Establishment, OpenInspection, Role,
    WithdrawFinding,
};
use domain::answer::{Answer, StatementState};
use domain::checklist::{Checklist, Item, ItemConfidence, Section};
use domain::ids::{
    EnvelopeKey, EstablishmentId, EventId, FindingId, PackHash, PersonId, SeatId, SigningKey,
};
use domain::law::{
    Addressee, Bilingual, Confidence, Days, FineRange, Instrument, Law, Place, Provision, Term,
};
use domain::moment::Moment;
use domain::register::{Address, Field, Value, Write};
use domain::state::{Custody, Entry, State};
use jiff::civil::date;

use crate::papers::{OtherSide, Signing};

const SEAT: SeatId = SeatId([9; 16]);
const FIRST: FindingId = FindingId([1; 16]);
const SECOND: FindingId = FindingId([2; 16]);

pub(crate) fn signing() -> Signing {
    // 2026-07-01, 16:45 in Viet Nam.
    Signing { at: Some(Moment(1_782_899_100_000)), copies: Some(2), other_side: OtherSide::Signs }
}

/// Folds the acts, all by one seat that is also headquarters here.
pub(crate) fn fold(acts: Vec<Act>) -> State {
    let order: Vec<_> = (0..acts.len()).collect();
    fold_in(&acts, &order)
}

/// Folds the acts, all by one seat that is not headquarters.
pub(crate) fn fold_by_a_seat(acts: Vec<Act>) -> State {
    let order: Vec<_> = (0..acts.len()).collect();
    fold_into(State::new([]), &acts, &order)
}

/// Folds the acts in another order of arrival.
pub(crate) fn fold_in(acts: &[Act], order: &[usize]) -> State {
    fold_into(State::new([SEAT]), acts, order)
}

fn fold_into(mut state: State, acts: &[Act], order: &[usize]) -> State {
    for place in order {
        let number = u8::try_from(*place).unwrap();
        let entry = Entry {
            id: EventId([number; 32]),
            author: SEAT,
            seq: u64::from(number),
            at: Moment(i64::from(number)),
            body: Some(Body::of(acts[*place].clone())),
        };
        state.apply(&entry, Custody::Accepted);
    }
    state
}

pub(crate) fn open(decision: Option<Decision>) -> Act {
    open_as("Cơ sở in Mẫu A", decision)
}

fn open_as(name: &str, decision: Option<Decision>) -> Act {
    Act::OpenInspection(OpenInspection {
        establishment: Establishment {
            id: EstablishmentId([3; 16]),
            name: name.to_owned(),
            kind: "printer".to_owned(),
            address: "Số 1, đường Mẫu".to_owned(),
        },
        reason: "Kế hoạch kiểm tra năm 2026".to_owned(),
        decision,
        on: date(2026, 7, 1),
        checklists: vec![PackHash([4; 32])],
        law: PackHash([5; 32]),
    })
}

fn set(address: Address, value: Value) -> Act {
    Act::Set(Write { address, value, over: Vec::new() })
}

fn of_finding(finding: FindingId, field: Field, value: Value) -> Act {
    set(Address::finding(finding, field), value)
}

fn begin(finding: FindingId, item: &str, facts: &str) -> Act {
    let address = Address::finding(finding, Field::Facts);
    let first = Write { address, value: Value::text(facts), over: Vec::new() };
    Act::BeginFinding(BeginFinding { finding, item: item.to_owned(), first })
}

fn assign(name: &str, role: Role) -> Act {
    Act::AssignSeat(AssignSeat {
        seat: SEAT,
        key: SigningKey([6; 32]),
        envelope: EnvelopeKey([7; 32]),
        person: PersonId([8; 16]),
        name: name.to_owned(),
        role,
        keeps: None,
    })
}

/// A finding that lacks only the statement of the other side, on an item without a fine.
pub(crate) fn without_statement() -> Vec<Act> {
    vec![
        open(None),
        begin(FIRST, "print.copy", "Không có sổ theo dõi"),
        of_finding(FIRST, Field::ActOn, Value::Day(date(2026, 6, 30))),
    ]
}

/// An item that was answered with a violation, and nothing was written down of it.
pub(crate) fn with_a_violation_alone() -> Vec<Act> {
    let answer = set(Address::item("print.copy", Field::Answer), Answer::Violation.value());
    vec![open(None), answer]
}

pub(crate) fn with_withdrawal() -> Vec<Act> {
    let withdraw = WithdrawFinding { finding: FIRST, reason: "nhầm máy in".to_owned() };
    let mut acts = without_statement();
    acts.push(Act::WithdrawFinding(withdraw));
    acts
}

pub(crate) fn with_conflict() -> Vec<Act> {
    let mut acts = without_statement();
    acts.extend(
        ["100 cuốn", "120 cuốn"]
            .map(|quantity| of_finding(FIRST, Field::Quantity, Value::text(quantity))),
    );
    acts
}

/// Two values for the state of one statement.
pub(crate) fn with_two_statement_states() -> Vec<Act> {
    let mut acts = without_statement();
    acts.extend(
        [StatementState::Declined, StatementState::Given]
            .map(|state| of_finding(FIRST, Field::StatementState, state.value())),
    );
    acts
}

/// Two findings: one with a statement, one where the other side declined.
pub(crate) fn whole() -> Vec<Act> {
    whole_saying(None)
}

/// The same, with these words instead wherever a person can write some.
pub(crate) fn whole_saying(words: Option<&str>) -> Vec<Act> {
    let say = |usual| words.unwrap_or(usual);
    let decision = Decision { number: say("01/QĐ-MẪU").to_owned(), on: date(2026, 6, 25) };
    let choice =
        |item: &str, answer: Answer| set(Address::item(item, Field::Answer), answer.value());
    let note = Value::text(say("Sổ ghi tới tháng 6"));
    let mut acts = vec![
        open_as(say("Cơ sở in Mẫu A"), Some(decision)),
        assign(say("Kiểm tra viên Mẫu"), Role::Lead),
        set(Address::inspection(Field::Present), Value::text(say("Giám đốc cơ sở"))),
        choice("print.licence", Answer::Violation),
        choice("print.copy", Answer::Violation),
        choice("print.register", Answer::Compliant),
        set(Address::item("print.register", Field::Note), note),
    ];
    acts.extend(first_finding(say));
    acts.extend([
        begin(SECOND, "print.copy", "Không có sổ theo dõi\nbản photocopy"),
        of_finding(SECOND, Field::ActOn, Value::Day(date(2026, 6, 30))),
        of_finding(SECOND, Field::StatementState, StatementState::Declined.value()),
    ]);
    acts
}

fn first_finding<'a>(say: impl Fn(&'a str) -> &'a str) -> Vec<Act> {
    let field = |field, value| of_finding(FIRST, field, value);
    vec![
        begin(FIRST, "print.licence", say("Không xuất trình được giấy phép hoạt động in")),
        field(Field::Quantity, Value::text(say("02 máy in"))),
        field(Field::ActOn, Value::Day(date(2026, 7, 1))),
        field(Field::Remedy, Value::text(say("Nộp hồ sơ xin cấp lại"))),
        field(Field::RemedyBy, Value::Day(date(2026, 7, 31))),
        field(Field::StatementState, StatementState::Given.value()),
        field(Field::Statement, Value::text(say("Đã nộp hồ sơ ngày 20/6, chưa có trả lời"))),
    ]
}

fn both(vi: &str, en: &str) -> Bilingual {
    Bilingual { vi: vi.to_owned(), en: en.to_owned() }
}

pub(crate) fn checklist() -> Checklist {
    let fine = FineRange::new(20_000_000, 40_000_000).ok();
    let items = vec![
        Item { fine, ..item("print.licence") },
        item("print.copy"),
        item("print.register"),
        item("print.storage"),
    ];
    let title = both("Hoạt động in", "Printing");
    let section = Section { id: "print".to_owned(), title, items };
    Checklist { sections: vec![section], ..Checklist::default() }
}

/// An item with a duty and a sanction in force since 2020-12-01, and no fine.
pub(crate) fn item(id: &str) -> Item {
    let provision = |instrument: &str, article: &str| Provision {
        instrument: instrument.into(),
        place: Place { article: article.to_owned(), clause: Some("1".to_owned()), point: None },
        text: None,
        days: Days::through(date(2020, 12, 1), None).unwrap(),
    };
    Item {
        id: id.to_owned(),
        question_vi: format!("Câu hỏi {id}?"),
        question_en: format!("Question {id}?"),
        establishment_kinds: vec!["printer".to_owned()],
        evidence_kinds: vec!["licence".to_owned(), "log".to_owned()],
        evidence_vi: String::new(),
        duties: vec![provision("nd-mau-1", "12")],
        sanctions: vec![provision("nd-mau-2", "28")],
        fine: None,
        warning_possible: false,
        applies_to: Addressee::Organisation,
        fine_text: None,
        supplementary_sanctions: Vec::new(),
        remedies: Vec::new(),
        confidence: ItemConfidence { overall: Confidence::Memory, duty: None, fine: None },
        sources: Vec::new(),
        note: None,
        must_recheck: false,
        domain_decree_status: None,
        asked_before: None,
    }
}

pub(crate) fn law() -> Law {
    let instrument =
        |id: &str, vi: &str, en: &str| Instrument { cited: both(vi, en), ..Instrument::named(id) };
    let term = |id: &str, vi, en| Term { id: id.to_owned(), words: both(vi, en) };
    Law {
        instruments: vec![
            instrument("nd-mau-1", "Nghị định Mẫu 1", "Sample decree 1"),
            instrument("nd-mau-2", "Nghị định Mẫu 2", "Sample decree 2"),
        ],
        establishment_kinds: vec![term("printer", "Cơ sở in", "Printing house")],
        evidence_kinds: vec![
            term("licence", "Giấy phép", "Licence"),
            term("log", "Sổ theo dõi", "Log"),
        ],
        ..Law::default()
    }
}
