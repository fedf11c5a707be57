//! Following a remedy to its end: what headquarters says became of it, and where it stands on
//! a day, with the proof below.
//!
//! What is to be put right, and by when, stands in the finding itself and is not changed here.
//! Whether a remedy that was not carried out has consequences is not decided here either.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use minicbor::{Decode, Encode};

use crate::finding::Finding;
use crate::ids::{EventId, FindingId, PersonId};
use crate::moment::{Moment, day_as_text};
use crate::order;
use crate::piece::Piece;
use crate::register::Field;
use crate::state::{Entry, Register};

/// Payload of `remedy/follow`. Counts only in headquarters' journals.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct FollowRemedy {
    /// The finding whose remedy it is.
    #[n(0)]
    pub finding: FindingId,
    /// What became of it.
    #[n(1)]
    pub outcome: Outcome,
    /// The day on which that was established or decided.
    #[cbor(n(2), with = "day_as_text")]
    pub on: Date,
    /// By what it was established, or why it was decided.
    #[n(3)]
    pub note: String,
    /// The events that the author saw standing. Counts only on the same finding.
    #[n(4)]
    pub over: Vec<EventId>,
    /// What it was established by. Absent on the wire when there is nothing, so that what was
    /// written before there was evidence is read, and is written again, as it is.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    pub evidence: Vec<Piece>,
}

/// What became of a remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Outcome {
    /// It was carried out.
    #[n(0)]
    Done,
    /// It was not carried out, and is not waited for any longer.
    #[n(1)]
    NotDone,
    /// There is time until the end of this day.
    #[n(2)]
    Extended(#[cbor(n(0), with = "day_as_text")] Date),
}

/// One thing that was said of a remedy.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct FollowUp {
    /// What became of it.
    #[n(0)]
    pub outcome: Outcome,
    /// The day on which that was established or decided.
    #[cbor(n(1), with = "day_as_text")]
    pub on: Date,
    /// By what, or why.
    #[n(2)]
    pub note: String,
    /// When it was recorded, by headquarters' clock.
    #[n(3)]
    pub at: Moment,
    /// The person at headquarters.
    #[n(4)]
    pub by: Option<PersonId>,
    /// What it was established by.
    #[n(5)]
    pub evidence: Vec<Piece>,
}

/// Everything that was said of one remedy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct FollowUps {
    #[n(0)]
    said: BTreeMap<EventId, FollowUp>,
    /// Also ids that have not arrived: what replaces may be here before what it replaces.
    #[n(1)]
    replaced: BTreeSet<EventId>,
}

impl FollowUps {
    pub(crate) fn take(&mut self, entry: &Entry, by: Option<PersonId>, follow: &FollowRemedy) {
        self.replaced.extend(&follow.over);
        let said = FollowUp {
            outcome: follow.outcome,
            on: follow.on,
            note: follow.note.clone(),
            at: entry.at,
            by,
            evidence: follow.evidence.clone(),
        };
        self.said.insert(entry.id, said);
    }

    /// What no later word has replaced: name these in [`FollowRemedy::over`].
    pub fn current(&self) -> impl Iterator<Item = (&EventId, &FollowUp)> {
        self.said.iter().filter(|(id, _)| !self.replaced.contains(*id))
    }

    /// The outcome that stands; `None` while there is none, or two that do not know each other.
    pub fn outcome(&self) -> Option<Outcome> {
        let mut outcomes = self.current().map(|(_, said)| said.outcome);
        let first = outcomes.next()?;
        outcomes.all(|other| other == first).then_some(first)
    }

    /// Every piece of evidence that was named, also by what was replaced since.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.said.values().flat_map(|said| &said.evidence)
    }

    /// Everything that was said, in the order in which it was recorded.
    pub fn history(&self) -> Vec<(&EventId, &FollowUp)> {
        let mut history = self.said.iter().collect::<Vec<_>>();
        order::sort_by_key(&mut history, |(id, said)| (said.at, **id));
        history
    }
}

/// Where a remedy stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It is waited for until the end of this day, which has passed.
    Overdue(Date),
    /// It is waited for until the end of this day.
    Due(Date),
    /// It is waited for, and no day was set.
    NoDeadline,
    /// Two things were said of it that do not know each other.
    Undecided,
    /// It was carried out.
    Done,
    /// It was not carried out, and is not waited for any longer.
    NotDone,
}

impl Progress {
    /// The same remedy on another day.
    #[must_use]
    pub fn on(self, day: Date) -> Self {
        match self {
            Self::Overdue(by) | Self::Due(by) => waited_for(Some(by), day),
            Self::NoDeadline | Self::Undecided | Self::Done | Self::NotDone => self,
        }
    }

    /// Whether it is still waited for.
    pub fn is_open(self) -> bool {
        match self {
            Self::Overdue(_) | Self::Due(_) | Self::NoDeadline | Self::Undecided => true,
            Self::Done | Self::NotDone => false,
        }
    }
}

impl Finding<'_> {
    /// Everything that was said of its remedy, if anything was.
    pub fn follow_ups(&self) -> Option<&FollowUps> {
        self.state.follow_ups(self.id)
    }

    /// Where its remedy stands on a day; `None` when the finding asks for none or is withdrawn.
    ///
    /// A remedy is in time through the whole of its last day.
    pub fn remedy_on(&self, day: Date) -> Option<Progress> {
        let is_asked = [Field::Remedy, Field::RemedyBy].into_iter().any(|field| self.says(field));
        if self.withdrawn.is_some() || !is_asked {
            return None;
        }
        let said = self.follow_ups().filter(|said| said.current().next().is_some());
        Some(match said.map(FollowUps::outcome) {
            None => waited_for(self.remedy_by(), day),
            Some(None) => Progress::Undecided,
            Some(Some(Outcome::Extended(until))) => waited_for(Some(until), day),
            Some(Some(Outcome::Done)) => Progress::Done,
            Some(Some(Outcome::NotDone)) => Progress::NotDone,
        })
    }

    /// Whether something stands in a field, be it one value or two.
    fn says(&self, field: Field) -> bool {
        let written = self.register(field).into_iter().flat_map(Register::current);
        written.into_iter().any(|(_, written)| !written.value.is_empty())
    }

    /// The day by which the finding itself asks for its remedy.
    pub fn remedy_by(&self) -> Option<Date> {
        self.value(Field::RemedyBy)?.as_day()
    }
}

fn waited_for(by: Option<Date>, day: Date) -> Progress {
    match by {
        None => Progress::NoDeadline,
        Some(by) if by < day => Progress::Overdue(by),
        Some(by) => Progress::Due(by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::{Act, BeginFinding, Body, WithdrawFinding};
    use crate::ids::{PieceHash, SeatId};
    use crate::piece::{MediaType, PieceName};
    use crate::register::{Address, Value, Write};
    use crate::state::{Custody, NoEffect, State};
    use jiff::civil::date;

    const FINDING: FindingId = FindingId([1; 16]);
    const HEADQUARTERS: SeatId = SeatId([0; 16]);
    const INSPECTOR: SeatId = SeatId([9; 16]);

    fn entry(number: u8, author: SeatId, act: Act) -> Entry {
        Entry {
            id: EventId([number; 32]),
            author,
            seq: u64::from(number),
            at: Moment(i64::from(number)),
            body: Some(Body::of(act)),
        }
    }

    fn follow(number: u8, outcome: Outcome, over: &[u8]) -> Entry {
        let over = over.iter().map(|number| EventId([*number; 32])).collect();
        let on = date(2026, 8, 1);
        let note = format!("công văn {number}");
        let follow = FollowRemedy { finding: FINDING, outcome, on, note, over, evidence: vec![] };
        entry(number, HEADQUARTERS, Act::FollowRemedy(follow))
    }

    /// A finding whose remedy is due on 15 July, and what followed.
    fn folded(after: &[Entry]) -> State {
        let address = Address::finding(FINDING, Field::RemedyBy);
        let first = Write { address, value: Value::Day(date(2026, 7, 15)), over: Vec::new() };
        let begin = BeginFinding { finding: FINDING, item: "a".to_owned(), first };
        let mut state = State::new([HEADQUARTERS]);
        state.apply(&entry(100, INSPECTOR, Act::BeginFinding(begin)), Custody::Accepted);
        for entry in after {
            state.apply(entry, Custody::Accepted);
        }
        state
    }

    fn on(state: &State, month: i8, day: i8) -> Option<Progress> {
        state.finding(FINDING).expect("it was begun").remedy_on(date(2026, month, day))
    }

    #[test]
    fn a_remedy_is_in_time_through_the_whole_of_its_last_day() {
        let state = folded(&[]);
        let by = date(2026, 7, 15);
        assert_eq!(on(&state, 7, 15), Some(Progress::Due(by)));
        assert_eq!(on(&state, 7, 16), Some(Progress::Overdue(by)));
        assert_eq!(Progress::Due(by).on(date(2026, 7, 16)), Progress::Overdue(by));
        assert_eq!(Progress::Overdue(by).on(by), Progress::Due(by));
    }

    #[test]
    fn an_extension_moves_the_day_and_an_end_ends_it() {
        let extended = follow(1, Outcome::Extended(date(2026, 9, 1)), &[]);
        let done = follow(2, Outcome::Done, &[1]);
        let state = folded(std::slice::from_ref(&extended));
        assert_eq!(on(&state, 9, 1), Some(Progress::Due(date(2026, 9, 1))));
        assert_eq!(on(&state, 9, 2), Some(Progress::Overdue(date(2026, 9, 1))));
        for order in [[extended.clone(), done.clone()], [done, extended]] {
            let state = folded(&order);
            assert_eq!(on(&state, 12, 1), Some(Progress::Done));
            let said = state.follow_ups(FINDING).expect("something was said");
            let notes =
                said.history().iter().map(|(_, said)| said.note.as_str()).collect::<Vec<_>>();
            assert_eq!(notes, ["công văn 1", "công văn 2"], "nothing that was said is lost");
        }
    }

    #[test]
    fn two_words_that_do_not_know_each_other_are_undecided_until_a_third_names_both() {
        let two = [follow(1, Outcome::Done, &[]), follow(2, Outcome::NotDone, &[])];
        assert_eq!(on(&folded(&two), 8, 1), Some(Progress::Undecided));
        let equal = [follow(1, Outcome::Done, &[]), follow(2, Outcome::Done, &[])];
        assert_eq!(on(&folded(&equal), 8, 1), Some(Progress::Done));
        let [one, other] = two;
        let decided = [one, other, follow(3, Outcome::NotDone, &[1, 2])];
        assert_eq!(on(&folded(&decided), 8, 1), Some(Progress::NotDone));
    }

    fn piece(number: u8) -> Piece {
        Piece {
            content: PieceHash([number; 32]),
            size_bytes: 1000,
            media: MediaType::Png,
            name: PieceName::new("biên lai.png").expect("it is a name"),
        }
    }

    fn evidenced(number: u8, over: &[u8], pieces: &[u8]) -> Entry {
        let mut entry = follow(number, Outcome::Done, over);
        if let Some(Body { act: Act::FollowRemedy(follow), .. }) = &mut entry.body {
            follow.evidence = pieces.iter().copied().map(piece).collect();
        }
        entry
    }

    #[test]
    fn evidence_of_what_was_replaced_is_still_named() {
        for order in [[1, 2], [2, 1]] {
            let pieces = |number| if number == 1 { vec![7, 8] } else { vec![9] };
            let events = order.map(|number| {
                let over: &[u8] = if number == 2 { &[1] } else { &[] };
                evidenced(number, over, &pieces(number))
            });
            let state = folded(&events);
            let named = state.pieces().map(|piece| piece.content.0[0]).collect::<Vec<_>>();
            assert_eq!(named, [7, 8, 9]);
        }
    }

    #[test]
    fn evidence_that_an_inspector_names_is_not_named_by_the_state() {
        let stranger = Entry { author: INSPECTOR, ..evidenced(1, &[], &[7]) };
        assert_eq!(folded(&[stranger]).pieces().count(), 0);
    }

    /// What stands in `tests/wire/v1`, without the key of evidence.
    #[test]
    fn a_word_without_evidence_has_no_key_for_it() {
        let bytes = |pieces: &[u8]| evidenced(1, &[], pieces).body.map(|body| body.to_bytes());
        let (without, with) = (bytes(&[]).expect("there"), bytes(&[7]).expect("there"));
        let map_of = |length: u8| move |pair: &[u8]| pair == [0x01, 0xa0 | length];
        assert!(without.windows(2).any(map_of(5)) && !without.windows(2).any(map_of(6)));
        assert!(with.windows(2).any(map_of(6)));
        let read = Body::from_bytes(&without).expect("it was written here");
        assert!(matches!(read.act, Act::FollowRemedy(follow) if follow.evidence.is_empty()));
    }

    #[test]
    fn only_headquarters_follows_a_remedy() {
        let state = folded(&[Entry { author: INSPECTOR, ..follow(1, Outcome::Done, &[]) }]);
        assert_eq!(on(&state, 7, 1), Some(Progress::Due(date(2026, 7, 15))));
        let effects = state.no_effect().map(|(_, why)| why.clone()).collect::<Vec<_>>();
        assert_eq!(effects, [NoEffect::NotHeadquarters("remedy/follow".to_owned())]);
    }

    #[test]
    fn a_withdrawn_finding_asks_for_no_remedy() {
        let reason = "nhầm cơ sở".to_owned();
        let withdraw = Act::WithdrawFinding(WithdrawFinding { finding: FINDING, reason });
        assert_eq!(on(&folded(&[entry(5, INSPECTOR, withdraw)]), 7, 1), None);
    }
}
