//! Random histories of one inspection, for the laws of the fold and of its snapshots.

use proptest::prelude::*;

use super::*;
use crate::act::{CancelInspection, Establishment, OpenJournal, Role, UnknownAct};
use crate::answer::Answer;
use crate::ids::{EnvelopeKey, EstablishmentId, PackHash, PersonId, PieceHash, SigningKey};
use crate::piece::{MediaType, Piece, PieceName};
use crate::register::{Field, Value};
use crate::remedy::{FollowRemedy, Outcome};

/// The seat of headquarters in histories. It writes several journals.
pub(super) const HEADQUARTERS: SeatId = SeatId([0; 16]);

/// An event as it arrives.
pub(super) type Arrival = (Entry, Custody);

/// How many events a history has at most.
const LONGEST: usize = 24;

/// One event of a random history; `names` are earlier or later events by number.
#[derive(Debug, Clone)]
struct Step {
    author: u8,
    kind: u8,
    place: u8,
    value: u8,
    names: Vec<u8>,
    custody: Custody,
}

fn step() -> impl Strategy<Value = Step> {
    let names = prop::collection::vec(0u8..24, 0..3);
    (0u8..4, 0u8..19, 0u8..3, 0u8..4, names, custody()).prop_map(
        |(author, kind, place, value, names, custody)| Step {
            author,
            kind,
            place,
            value,
            names,
            custody,
        },
    )
}

fn custody() -> impl Strategy<Value = Custody> {
    prop_oneof![
        3 => Just(Custody::Accepted),
        1 => Just(Custody::Held(HeldReason::NotOnTeam)),
        1 => Just(Custody::Held(HeldReason::Forked)),
    ]
}

/// The events of an inspection in which every kind of thing may happen, some of them reported
/// more than once and not always with the same custody.
pub(super) fn histories() -> impl Strategy<Value = Vec<Arrival>> {
    let again = prop::collection::vec((0usize..LONGEST, custody()), 0..6);
    (prop::collection::vec(step(), 0..LONGEST), again).prop_map(|(steps, again)| {
        let events: Vec<_> =
            (0u8..).zip(&steps).map(|(number, step)| event(number, step)).collect();
        let repeated = again.iter().filter_map(|(index, custody)| {
            let (entry, _) = events.get(*index)?;
            Some((entry.clone(), *custody))
        });
        events.iter().cloned().chain(repeated).collect()
    })
}

/// A history with another order of arrival.
pub(super) fn shuffled_histories() -> impl Strategy<Value = (Vec<Arrival>, Vec<Arrival>)> {
    histories().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
}

pub(super) fn fold<'a>(events: impl IntoIterator<Item = &'a Arrival>) -> State {
    fold_into(State::new([HEADQUARTERS]), events)
}

pub(super) fn fold_into<'a>(
    mut state: State,
    events: impl IntoIterator<Item = &'a Arrival>,
) -> State {
    for (entry, custody) in events {
        state.apply(entry, *custody);
    }
    state
}

pub(super) fn id(number: u8) -> EventId {
    EventId([number; 32])
}

fn event(number: u8, step: &Step) -> Arrival {
    let entry = Entry {
        id: id(number),
        author: author(step),
        // Small, so that journals of one seat have events of the same `seq` and time.
        seq: u64::from(number % 3),
        at: Moment(i64::from(step.value)),
        body: (step.kind != 15).then(|| Body::of(act(step))),
    };
    (entry, step.custody)
}

/// Anyone says anything, but what only headquarters may say is mostly said by headquarters.
fn author(step: &Step) -> SeatId {
    match step.kind {
        8..=12 | 16..=18 if step.author < 3 => HEADQUARTERS,
        _ => SeatId([step.author; 16]),
    }
}

fn act(step: &Step) -> Act {
    let names = step.names.iter().map(|name| id(*name)).collect::<Vec<_>>();
    let finding = FindingId([step.place; 16]);
    let item = format!("item {}", step.place);
    let write = |address| Write { address, value: value(step), over: names.clone() };
    let reason = format!("reason {}", step.value);
    match step.kind {
        0..=2 => Act::Set(write(Address::item(item, Field::Note))),
        3 => Act::Set(write(Address::item(item, Field::Other("later".to_owned())))),
        4 | 5 => Act::Set(write(Address::finding(finding, Field::Quantity))),
        6 => Act::BeginFinding(BeginFinding {
            finding,
            item: format!("item {}", step.value),
            first: write(Address::finding(finding, Field::Facts)),
        }),
        7 => Act::WithdrawFinding(WithdrawFinding { finding, reason }),
        8 => Act::Admit(judgement(step, reason)),
        9 => Act::SetAside(judgement(step, reason)),
        10 | 11 => Act::AssignSeat(assignment(SeatId([step.place; 16]), role(step.kind), &reason)),
        12 => Act::OpenInspection(opening(&reason)),
        13 => Act::Unknown(UnknownAct { name: reason, payload: vec![0xf5] }),
        14 => Act::OpenJournal(OpenJournal {
            seat: SeatId([step.author; 16]),
            key: SigningKey([1; 32]),
            app: reason,
        }),
        17 => Act::CancelInspection(CancelInspection { reason }),
        18 => Act::AssignSeat(AssignSeat {
            keeps: Some(Role::Member),
            ..assignment(SeatId([step.place; 16]), Role::None, &reason)
        }),
        16 => Act::FollowRemedy(FollowRemedy {
            finding,
            outcome: outcome(step.value),
            on: jiff::civil::date(2026, 8, 1),
            note: reason,
            over: names,
            evidence: pieces(step.value),
        }),
        _ => Act::Set(write(Address::inspection(Field::Place))),
    }
}

/// About few events, so that headquarters often speaks twice about one.
fn judgement(step: &Step, reason: String) -> Judgement {
    let events = step.names.iter().map(|name| id(*name % 6)).collect();
    Judgement { events, reason }
}

fn outcome(value: u8) -> Outcome {
    match value {
        0 => Outcome::Done,
        1 => Outcome::NotDone,
        later => Outcome::Extended(jiff::civil::date(2026, 9, 1 + i8::from(later == 2))),
    }
}

fn pieces(value: u8) -> Vec<Piece> {
    (0..value / 2).map(piece).collect()
}

pub(super) fn piece(number: u8) -> Piece {
    Piece {
        content: PieceHash([number; 32]),
        size_bytes: u64::from(number) * 1000,
        media: MediaType::Pdf,
        name: PieceName::new("công văn.pdf").expect("it is a name"),
    }
}

fn value(step: &Step) -> Value {
    match step.value {
        0 => Value::Empty,
        1 => Value::text("một"),
        2 => Value::Day(jiff::civil::date(2026, 7, 1)),
        _ => Answer::Violation.value(),
    }
}

fn role(kind: u8) -> Role {
    if kind == 10 { Role::Member } else { Role::None }
}

pub(super) fn assignment(seat: SeatId, role: Role, name: &str) -> AssignSeat {
    AssignSeat {
        seat,
        key: SigningKey([1; 32]),
        envelope: EnvelopeKey([2; 32]),
        person: PersonId([4; 16]),
        name: name.to_owned(),
        role,
        keeps: None,
    }
}

pub(super) fn opening(reason: &str) -> OpenInspection {
    let establishment = Establishment {
        id: EstablishmentId([5; 16]),
        name: "Cơ sở in Mẫu A".to_owned(),
        kind: "printing_house".to_owned(),
        address: String::new(),
    };
    OpenInspection {
        establishment,
        reason: reason.to_owned(),
        decision: None,
        on: jiff::civil::date(2026, 7, 1),
        checklists: Vec::new(),
        law: PackHash([0; 32]),
    }
}

/// An accepted event with this act; its number is its `seq` and its time as well.
pub(super) fn said(number: u8, author: u8, act: Act) -> Arrival {
    let entry = Entry {
        id: id(number),
        author: SeatId([author; 16]),
        seq: u64::from(number),
        at: Moment(i64::from(number)),
        body: Some(Body::of(act)),
    };
    (entry, Custody::Accepted)
}

/// An accepted write.
pub(super) fn wrote(
    number: u8,
    author: u8,
    address: Address,
    value: Value,
    over: &[u8],
) -> Arrival {
    let over = over.iter().map(|name| id(*name)).collect();
    said(number, author, Act::Set(Write { address, value, over }))
}
