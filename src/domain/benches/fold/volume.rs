//! A very long inspection whose outcome is known: 100,000 events over 4,000 items.
//!
//! Each item has the same 25 events, and the items are worked through round by round, so that
//! no two events in a row are about the same item. The benchmark measures its fold; a test
//! checks what comes out.

use domain::act::{Act, BeginFinding, Body, WithdrawFinding};
use domain::answer::{Answer, StatementState};
use domain::ids::{EventId, FindingId, SeatId};
use domain::moment::Moment;
use domain::register::{Address, Field, Value, Write};
use domain::state::{Custody, Entry, State};
use jiff::civil::date;

/// How many items there are.
pub(crate) const ITEMS: u64 = 4_000;

/// How many events each item has.
pub(crate) const ROUNDS: u64 = 25;

/// Every which item has a note that two inspectors wrote without knowing of each other.
pub(crate) const CONFLICT_EVERY: u64 = 10;

/// Every which item has a finding that was withdrawn.
pub(crate) const WITHDRAWN_EVERY: u64 = 50;

/// The events in the order in which they were recorded.
pub(crate) fn events() -> Vec<Entry> {
    let rounds = (0..ROUNDS).flat_map(|round| (0..ITEMS).map(move |item| (round, item)));
    rounds.map(|(round, item)| entry(round, item)).collect()
}

/// Folds events, all of them accepted.
pub(crate) fn fold<'a>(events: impl IntoIterator<Item = &'a Entry>) -> State {
    let mut state = State::new([]);
    events.into_iter().for_each(|entry| state.apply(entry, Custody::Accepted));
    state
}

/// The id of an item.
pub(crate) fn item_id(item: u64) -> String {
    format!("print.section_{}.item_{item}", item / 25)
}

/// The finding of an item.
pub(crate) fn finding_id(item: u64) -> FindingId {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&scattered(item).to_be_bytes());
    id[8..].copy_from_slice(&item.to_be_bytes());
    FindingId(id)
}

fn entry(round: u64, item: u64) -> Entry {
    Entry {
        id: event_id(round, item),
        author: SeatId([if has_conflict(round, item) { 2 } else { 1 }; 16]),
        seq: round * ITEMS + item,
        at: Moment(1_782_869_400_000).later_by_ms(i64::try_from(round * ITEMS + item).unwrap_or(0)),
        body: Some(Body::of(act(round, item))),
    }
}

/// Ids are hashes: two in a row are far from each other.
fn event_id(round: u64, item: u64) -> EventId {
    let mut id = [0; 32];
    let mut number = round * ITEMS + item;
    for part in id.chunks_exact_mut(8) {
        number = scattered(number);
        part.copy_from_slice(&number.to_be_bytes());
    }
    EventId(id)
}

fn scattered(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ mixed >> 29).wrapping_mul(0x94d0_49bb_1331_11eb)
}

fn has_conflict(round: u64, item: u64) -> bool {
    round == 15 && item.is_multiple_of(CONFLICT_EVERY)
}

fn act(round: u64, item: u64) -> Act {
    let finding = finding_id(item);
    let over = |before: u64| vec![event_id(before, item)];
    let of_item = |field, value, over| {
        Act::Set(Write { address: Address::item(item_id(item), field), value, over })
    };
    let of_finding = |field, value, over| {
        Act::Set(Write { address: Address::finding(finding, field), value, over })
    };
    let words = |what: &str| Value::text(&format!("{what}, lần {round}"));
    match round {
        0 => of_item(Field::Answer, Answer::NotChecked.value(), Vec::new()),
        1..=8 => of_item(Field::Answer, answer(round).value(), over(round - 1)),
        9 => of_item(Field::Note, words("đã xem"), Vec::new()),
        10..=14 => of_item(Field::Note, words("đã xem"), over(round - 1)),
        15 if has_conflict(round, item) => of_item(Field::Note, words("chưa xem"), over(13)),
        15 => of_item(Field::Note, words("đã xem"), over(14)),
        16 => Act::BeginFinding(BeginFinding {
            finding,
            item: item_id(item),
            first: Write {
                address: Address::finding(finding, Field::Facts),
                value: words("thiếu hợp đồng"),
                over: Vec::new(),
            },
        }),
        17 => of_finding(Field::Quantity, words("100 cuốn"), Vec::new()),
        18 => of_finding(Field::ActOn, Value::Day(date(2026, 7, 1)), Vec::new()),
        19 => of_finding(Field::StatementState, StatementState::Given.value(), Vec::new()),
        20 => of_finding(Field::Statement, words("sẽ bổ sung"), Vec::new()),
        21 => of_finding(Field::Facts, words("thiếu hợp đồng"), over(16)),
        22 => of_finding(Field::Statement, words("đã bổ sung"), over(20)),
        23 if item.is_multiple_of(WITHDRAWN_EVERY) => {
            Act::WithdrawFinding(WithdrawFinding { finding, reason: "nhầm kho".to_owned() })
        }
        23 => of_finding(Field::Quantity, words("120 cuốn"), over(17)),
        _ => of_item(Field::Answer, Answer::Violation.value(), over(8)),
    }
}

fn answer(round: u64) -> Answer {
    if round.is_multiple_of(2) { Answer::Compliant } else { Answer::NotApplicable }
}
