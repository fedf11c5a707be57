//! Who the tablets are and what each records in a day, all of it made from one seed, so that
//! nothing has to be kept and everything can be made again to compare. Sends nothing.

use domain::act::{Act, BeginFinding, Body, OpenJournal};
use domain::answer::{Answer, StatementState};
use domain::event::Event;
use domain::ids::{EnvelopeKey, EventId, FindingId, InspectionId, JournalId, PersonId, Salt};
use domain::moment::Moment;
use domain::register::{Address, Field, Value, Write};
use jiff::civil::date;
use proof::chain::{self, Circumstance, Journal};
use proof::hash::{id_of, sha256};
use proof::sign::KeyPair;

/// How many items an inspector answers in a day, each once.
pub(crate) const ANSWERS: usize = 60;

/// How many findings come of them; each has facts, quantity, day, deadline and statement.
pub(crate) const FINDINGS: usize = 3;

/// How many tablets work on one inspection.
pub(crate) const TEAM: usize = 2;

/// How often in a day there is a connection, and what was recorded is pushed.
pub(crate) const PUSHES: usize = 4;

/// 08:30 on 2 July 2026 in Viet Nam.
const MORNING: Moment = Moment(1_782_955_800_000);

const FACTS: &str = "Tại kho thành phẩm có 1.200 bản in của xuất bản phẩm ghi trong hồ sơ số \
                     17; cơ sở chưa xuất trình hợp đồng in và phiếu xuất kho cho số bản này.";
const STATEMENT: &str = "Hợp đồng để ở văn phòng; cơ sở sẽ nộp bản sao trong hai ngày.";

/// All tablets of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fleet {
    /// What everything is made from.
    pub(crate) seed: u64,
    /// How many there are; a multiple of [`TEAM`].
    pub(crate) tablets: usize,
}

impl Fleet {
    /// How many inspections they work on.
    pub(crate) fn inspections(self) -> usize {
        self.tablets / TEAM
    }

    /// The id of an inspection.
    pub(crate) fn inspection(self, number: usize) -> InspectionId {
        InspectionId(self.made("inspection", number))
    }

    /// The inspection of a tablet.
    pub(crate) fn inspection_of(self, tablet: usize) -> InspectionId {
        self.inspection(tablet / TEAM)
    }

    /// The tablets of an inspection.
    pub(crate) fn team(self, inspection: usize) -> std::ops::Range<usize> {
        inspection * TEAM..(inspection + 1) * TEAM
    }

    /// Who sits at a tablet.
    pub(crate) fn person(self, tablet: usize) -> PersonId {
        PersonId(self.made("person", tablet))
    }

    /// Their name.
    pub(crate) fn name(self, tablet: usize) -> String {
        format!("Kiểm tra viên {tablet}")
    }

    /// The code with which a tablet enrols, where it does.
    pub(crate) fn code(self, tablet: usize) -> String {
        headquarters::clock::code_of(&self.made("code", tablet))
    }

    /// What a tablet signs with.
    pub(crate) fn keys(self, tablet: usize) -> KeyPair {
        KeyPair::from_seed(&self.made("key", tablet))
    }

    /// What would be encrypted to it.
    pub(crate) fn envelope(self, tablet: usize) -> EnvelopeKey {
        EnvelopeKey(self.made("envelope", tablet))
    }

    /// The journal that a tablet writes.
    pub(crate) fn journal(self, tablet: usize) -> Journal {
        let journal = JournalId(self.made("journal", tablet));
        Journal { inspection: self.inspection_of(tablet), journal }
    }

    /// What a tablet records in its day.
    pub(crate) fn events(self, tablet: usize) -> Vec<Event> {
        let journal = self.journal(tablet);
        let (mut tip, mut events) = (None, Vec::new());
        for (seq, act) in self.acts(tablet).into_iter().enumerate() {
            let at = MORNING.later_by_ms(120_000 * i64::try_from(seq).expect("it is a day"));
            let salt = Salt(self.made("salt", tablet * 1_000 + seq));
            let circumstance = Circumstance { at, salt, anchor: None };
            let (event, next) = chain::extend(journal, tip, circumstance, &Body::of(act))
                .expect("what an inspector writes fits into an event");
            events.push(event);
            tip = Some(next);
        }
        events
    }

    /// Their ids.
    pub(crate) fn ids(self, tablet: usize) -> Vec<EventId> {
        self.events(tablet).iter().map(id_of).collect()
    }

    fn acts(self, tablet: usize) -> Vec<Act> {
        let key = self.keys(tablet).public();
        let opening = OpenJournal { seat: proof::seat::seat_of(&key), key, app: "load 1".into() };
        let mut acts = vec![Act::OpenJournal(opening)];
        for number in 0..ANSWERS {
            // Two of a team share the items between them.
            let item = format!("load.item_{}", number * TEAM + tablet % TEAM);
            let has_finding = number % (ANSWERS / FINDINGS) == 7;
            let answer = if has_finding { Answer::Violation } else { Answer::Compliant };
            acts.push(set(Address::item(item.clone(), Field::Answer), answer.value()));
            if has_finding {
                acts.extend(self.finding(tablet, number, item));
            }
        }
        acts
    }

    fn finding(self, tablet: usize, number: usize, item: String) -> Vec<Act> {
        let finding = FindingId(self.made("finding", tablet * 1_000 + number));
        let address = |field| Address::finding(finding, field);
        let first = write(address(Field::Facts), Value::text(FACTS));
        let rest = [
            (Field::Quantity, Value::text("1.200 bản")),
            (Field::ActOn, Value::Day(date(2026, 7, 1))),
            (Field::RemedyBy, Value::Day(date(2026, 7, 20))),
            (Field::StatementState, StatementState::Given.value()),
            (Field::Statement, Value::text(STATEMENT)),
        ];
        let begun = Act::BeginFinding(BeginFinding { finding, item, first });
        let rest = rest.into_iter().map(|(field, value)| set(address(field), value));
        [begun].into_iter().chain(rest).collect()
    }

    /// The first bytes of a hash of the seed, a use and a number.
    fn made<const N: usize>(self, what: &str, number: usize) -> [u8; N] {
        let hash = sha256(format!("{} {what} {number}", self.seed).as_bytes());
        hash.first_chunk().copied().expect("nothing here is longer than a hash")
    }
}

/// The seed that `BIENBAN_SEED` names, or one by chance.
pub(crate) fn chosen_seed() -> u64 {
    let named = std::env::var("BIENBAN_SEED").ok();
    let named = named.map(|seed| seed.parse().expect("`BIENBAN_SEED` is a number"));
    named.unwrap_or_else(|| u64::from_be_bytes(headquarters::clock::random()))
}

/// The number of a set of numbers that a seed gives; spreads well (SplitMix64).
pub(crate) fn scattered(seed: u64) -> u64 {
    let mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// What an inspector writes into a field that was empty.
pub(crate) fn set(address: Address, value: Value) -> Act {
    Act::Set(write(address, value))
}

fn write(address: Address, value: Value) -> Write {
    Write { address, value, over: Vec::new() }
}
