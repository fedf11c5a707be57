//! What came before in the demonstration: inspections of another team, with findings and
//! remedies, so that the office's pages have something to show. The demo's own inspectors are
//! not on that team, so that their tablets begin with the open samples alone.

use domain::act::OpenJournal;
use domain::act::{Act, BeginFinding, Body, Decision, Establishment, OpenInspection, Role};
use domain::answer::{Answer, StatementState};
use domain::ids::{
    EnvelopeKey, EstablishmentId, FindingId, InspectionId, JournalId, PackHash, PersonId, Salt,
};
use domain::moment::Moment;
use domain::pack::{self, Pack, PackKind};
use domain::register::{Address, Field, Value, Write};
use domain::remedy::{FollowRemedy, Outcome};
use domain::state::Custody;
use jiff::ToSpan;
use jiff::civil::Date;
use proof::chain::{self, Circumstance, Journal};
use proof::head::Head;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::{Author, Known};

use super::{DemoFault, add_person, current};
use crate::keyring::Keyring;
use crate::store::events::{self, Fresh};
use crate::store::people::{self, Person, Seat};
use crate::store::{self, StoreFault, Tx};
use crate::{clock, ledger};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The other team: name, role, and how many days ago the tablet was heard of last.
const TEAM: [(&str, Role, i64); 2] =
    [("Kiểm tra viên C", Role::Lead, 1), ("Kiểm tra viên D", Role::Member, 9)];

/// Facts that would fit any item; none is of a real establishment.
const FACTS: [(&str, &str, &str); 4] = [
    ("Không xuất trình được giấy tờ khi kiểm tra", "1 bộ hồ sơ", "Bổ sung giấy tờ còn thiếu"),
    ("Sổ theo dõi thiếu ghi chép 3 tháng gần nhất", "3 tháng", "Ghi bổ sung sổ theo dõi"),
    ("Hồ sơ lưu thiếu bản chính có chữ ký, đóng dấu", "2 hồ sơ", "Nộp bản chính để đối chiếu"),
    ("Chưa gửi thông báo thay đổi trong thời hạn", "1 thông báo", "Gửi thông báo thay đổi"),
];

/// One inspection of the past, or one that is planned.
struct Sample {
    place: (&'static str, &'static str, &'static str),
    checklist: &'static str,
    /// Its day, counted from today.
    in_days: i64,
    decision: Option<&'static str>,
    /// How many items have an answer; all of them where there are fewer.
    answers: usize,
    findings: &'static [Remedy],
    /// Whether the two inspectors disagree about an item.
    conflict: bool,
}

/// A finding's deadline, counted from today, and what was said of the remedy.
type Remedy = (Option<i64>, Option<Said>);

/// What headquarters said of a remedy.
enum Said {
    Done,
    NotDone,
    /// More time, until a day counted from today.
    Until(i64),
}

const ALL: usize = usize::MAX;

const SAMPLES: [Sample; 7] = [
    Sample {
        place: ("Cơ sở in Mẫu D", "Số 4 phố Ví Dụ, phường Mẫu", "printer_publications"),
        checklist: "printing",
        in_days: -40,
        decision: Some("21/QĐ-MẪU"),
        answers: ALL,
        findings: &[(Some(-10), None), (Some(-20), Some(Said::Done))],
        conflict: false,
    },
    Sample {
        place: ("Cửa hàng photocopy Mẫu E", "Số 5 phố Ví Dụ, phường Mẫu", "photocopy_shop"),
        checklist: "printing",
        in_days: -25,
        decision: Some("22/QĐ-MẪU"),
        answers: ALL,
        findings: &[(Some(-5), Some(Said::Until(12)))],
        conflict: false,
    },
    Sample {
        place: ("Nhà phát hành sách Mẫu F", "Số 6 phố Ví Dụ, phường Mẫu", "distributor"),
        checklist: "distribution",
        in_days: -60,
        decision: Some("18/QĐ-MẪU"),
        answers: ALL,
        findings: &[(Some(-30), Some(Said::Done)), (Some(-30), Some(Said::NotDone)), (None, None)],
        conflict: false,
    },
    Sample {
        place: ("Tạp chí điện tử Mẫu G", "Số 7 phố Ví Dụ, phường Mẫu", "press_online"),
        checklist: "press",
        in_days: -12,
        decision: Some("25/QĐ-MẪU"),
        answers: 20,
        findings: &[(Some(4), None), (Some(20), None)],
        conflict: false,
    },
    Sample {
        place: ("Nhà xuất bản Mẫu H", "Số 8 phố Ví Dụ, phường Mẫu", "publisher"),
        checklist: "publishing",
        in_days: -5,
        decision: None,
        answers: 9,
        findings: &[(Some(15), None)],
        conflict: true,
    },
    Sample {
        place: ("Sở Mẫu I", "Số 10 phố Ví Dụ, phường Mẫu", "agency_department"),
        checklist: "agency",
        in_days: 6,
        decision: None,
        answers: 0,
        findings: &[],
        conflict: false,
    },
    Sample {
        place: ("Cơ sở in Mẫu K", "Số 11 phố Ví Dụ, phường Mẫu", "printer_other"),
        checklist: "printing",
        in_days: 13,
        decision: Some("31/QĐ-MẪU"),
        answers: 0,
        findings: &[],
        conflict: false,
    },
];

/// The keys of the other team's tablets, the same at every start.
pub(super) fn keys(keyring: &Keyring) -> [KeyPair; 2] {
    ["demo seat C", "demo seat D"].map(|purpose| KeyPair::from_seed(&keyring.derive(purpose)))
}

/// Puts the past into an empty store.
pub(super) async fn fill(
    tx: &mut Tx,
    headquarters: &KeyPair,
    tablets: &[KeyPair; 2],
    (clerk, now): (PersonId, Moment),
) -> Result<(), DemoFault> {
    let team = enrol(tx, tablets, now).await?;
    let law = current(tx, PackKind::Law, None).await?;
    let writing = Writing { headquarters, tablets, team, clerk, now };
    for sample in &SAMPLES {
        let checklist = current(tx, PackKind::Checklist, Some(sample.checklist)).await?;
        writing.inspection(tx, sample, (checklist, law)).await?;
    }
    Ok(())
}

async fn enrol(
    tx: &mut Tx,
    tablets: &[KeyPair; 2],
    now: Moment,
) -> Result<Vec<(PersonId, Role)>, StoreFault> {
    let mut team = Vec::new();
    for ((name, role, silent_days), keys) in TEAM.into_iter().zip(tablets) {
        let id = add_person(tx, name, now).await?;
        let key = keys.public();
        let seat = Seat {
            id: seat_of(&key),
            person: Person { id, name: name.to_owned() },
            key,
            // Nothing is ever encrypted to a tablet that does not exist.
            envelope: EnvelopeKey(keys.public().0),
            app: ledger::APP.to_owned(),
            enrolled_at: now.later_by_ms(-90 * DAY_MS),
            last_contact: now.later_by_ms(-silent_days * DAY_MS),
            revocation: None,
        };
        people::add_seat(tx, &seat).await?;
        team.push((id, role));
    }
    Ok(team)
}

struct Writing<'a> {
    headquarters: &'a KeyPair,
    tablets: &'a [KeyPair; 2],
    team: Vec<(PersonId, Role)>,
    clerk: PersonId,
    now: Moment,
}

impl Writing<'_> {
    async fn inspection(
        &self,
        tx: &mut Tx,
        sample: &Sample,
        (checklist, law): (PackHash, PackHash),
    ) -> Result<(), DemoFault> {
        let id = InspectionId(clock::random());
        let opening = self.opening(sample, (checklist, law));
        let items = items(tx, checklist, &opening).await?;
        // Planned two weeks ahead, and never later than this moment.
        let planned = self.now.later_by_ms((sample.in_days - 14).min(-1) * DAY_MS);
        let by = (self.clerk, planned);
        ledger::open_inspection(tx, self.headquarters, (id, opening), &self.team, by).await?;
        let then = self.now.later_by_ms(sample.in_days * DAY_MS);
        let (acts, findings) = self.recorded(sample, &items);
        if !acts.is_empty() {
            self.store(tx, id, &self.tablets[0], acts, then).await?;
        }
        if let (true, Some(item)) = (sample.conflict, items.first()) {
            let other = vec![answered(item, Answer::NotChecked)];
            self.store(tx, id, &self.tablets[1], other, then.later_by_ms(60_000)).await?;
        }
        for (finding, (_, said)) in findings.into_iter().zip(sample.findings) {
            if let Some(said) = said {
                self.follow(tx, id, finding, said).await?;
            }
        }
        Ok(())
    }

    fn opening(&self, sample: &Sample, (checklist, law): (PackHash, PackHash)) -> OpenInspection {
        let (name, address, kind) = sample.place;
        let on = self.day(sample.in_days);
        let number = sample.decision.map(str::to_owned);
        OpenInspection {
            establishment: Establishment {
                id: EstablishmentId(clock::random()),
                name: name.to_owned(),
                kind: kind.to_owned(),
                address: address.to_owned(),
            },
            reason: "Kiểm tra định kỳ theo kế hoạch năm".to_owned(),
            decision: number.map(|number| Decision { number, on: self.day(sample.in_days - 14) }),
            on,
            checklists: vec![checklist],
            law,
        }
    }

    /// Answers and findings as one inspector recorded them; findings stand at the first items.
    fn recorded(&self, sample: &Sample, items: &[String]) -> (Vec<Act>, Vec<FindingId>) {
        let (mut acts, mut ids) = (Vec::new(), Vec::new());
        for (at, item) in items.iter().take(sample.answers).enumerate() {
            let Some((by, _)) = sample.findings.get(at) else {
                acts.push(answered(item, Answer::Compliant));
                continue;
            };
            let id = FindingId(clock::random());
            acts.push(answered(item, Answer::Violation));
            acts.extend(self.finding(id, item, FACTS[at % FACTS.len()], (sample.in_days, *by)));
            ids.push(id);
        }
        (acts, ids)
    }

    fn finding(
        &self,
        id: FindingId,
        item: &str,
        (facts, quantity, remedy): (&str, &str, &str),
        (act_on, remedy_by): (i64, Option<i64>),
    ) -> Vec<Act> {
        let write =
            |field, value| Write { address: Address::finding(id, field), value, over: Vec::new() };
        let first = write(Field::Facts, Value::text(facts));
        let begin = BeginFinding { finding: id, item: item.to_owned(), first };
        let fields = [
            (Field::Quantity, Value::text(quantity)),
            (Field::ActOn, Value::Day(self.day(act_on))),
            (Field::Remedy, Value::text(remedy)),
            (Field::RemedyBy, Value::day(remedy_by.map(|days| self.day(days)))),
            (Field::StatementState, StatementState::Given.value()),
            (Field::Statement, Value::text("Cơ sở ghi nhận và sẽ bổ sung")),
        ];
        let written = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let written = written.map(|(field, value)| Act::Set(write(field, value)));
        [Act::BeginFinding(begin)].into_iter().chain(written).collect()
    }

    async fn follow(
        &self,
        tx: &mut Tx,
        inspection: InspectionId,
        finding: FindingId,
        said: &Said,
    ) -> Result<(), StoreFault> {
        let (outcome, note) = match said {
            Said::Done => (Outcome::Done, "Đã nộp đủ giấy tờ theo công văn mẫu"),
            Said::NotDone => (Outcome::NotDone, "Cơ sở đã ngừng hoạt động"),
            Said::Until(days) => {
                (Outcome::Extended(self.day(*days)), "Cơ sở đề nghị thêm thời gian")
            }
        };
        let (on, note) = (self.day(-2), note.to_owned());
        let (over, evidence) = (Vec::new(), Vec::new());
        let follow = FollowRemedy { finding, outcome, on, note, over, evidence };
        let body = Body { act: Act::FollowRemedy(follow), by: Some(self.clerk) };
        let then = self.now.later_by_ms(-2 * DAY_MS);
        ledger::append(tx, self.headquarters, inspection, vec![body], then).await
    }

    /// Stores a journal as if it had been pushed.
    async fn store(
        &self,
        tx: &mut Tx,
        inspection: InspectionId,
        keys: &KeyPair,
        acts: Vec<Act>,
        at: Moment,
    ) -> Result<(), StoreFault> {
        let own = |fault: &dyn core::fmt::Display| StoreFault::OwnEvent(fault.to_string());
        let (seat, key) = (seat_of(&keys.public()), keys.public());
        let opening = Act::OpenJournal(OpenJournal { seat, key, app: ledger::APP.to_owned() });
        let journal = Journal { inspection, journal: JournalId(clock::random()) };
        let (mut run, mut last) = (Vec::new(), None);
        for (act, second) in [opening].into_iter().chain(acts).zip(0..) {
            let at = at.later_by_ms(second * 20_000);
            let circumstance = Circumstance { at, salt: Salt(clock::random()), anchor: None };
            let (event, tip) = chain::extend(journal, last, circumstance, &Body::of(act))
                .map_err(|fault| own(&fault))?;
            run.push(event);
            last = Some(tip);
        }
        let Some(tip) = last else { return Ok(()) };
        let verified = chain::verify_run(journal, run).map_err(|fault| own(&fault))?;
        let fresh = Fresh {
            journal,
            author: Author { seat, key },
            events: &verified,
            head: &keys.sign_head(&Head { journal, tip, at }),
            head_tip: tip,
            custody: Custody::Accepted,
            known: Known { tip, forked: false },
            now: at.later_by_ms(DAY_MS / 4),
        };
        events::store(tx, &fresh).await
    }

    fn day(&self, from_today: i64) -> Date {
        let today = self.now.day().unwrap_or(Date::ZERO);
        today.checked_add(from_today.days()).unwrap_or(today)
    }
}

fn answered(item: &str, answer: Answer) -> Act {
    let address = Address::item(item, Field::Answer);
    Act::Set(Write { address, value: answer.value(), over: Vec::new() })
}

/// The items that the opening asks.
async fn items(
    tx: &mut Tx,
    checklist: PackHash,
    opening: &OpenInspection,
) -> Result<Vec<String>, StoreFault> {
    let bytes = store::packs::bytes(tx, checklist).await?;
    let damaged = || StoreFault::Damaged("packs.bytes");
    let pack = pack::decode(&bytes.ok_or_else(damaged)?).map_err(|_| damaged())?;
    let Pack::Checklist(list) = pack else { return Err(damaged()) };
    let asked = list.asked(&opening.establishment.kind, opening.on);
    Ok(asked.flat_map(|(_, items)| items).map(|(item, _)| item.id.clone()).collect())
}
