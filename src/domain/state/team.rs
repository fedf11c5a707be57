//! The team as persons: whom lists and documents name. Seats come and go with tablets, and a
//! tablet that is revoked takes nobody off the team; what a seat may do is not asked here.

use core::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Assigned, State};
use crate::act::Role;
use crate::ids::{PersonId, SeatId};
use crate::moment::Moment;
use crate::order;

/// A person of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The person.
    pub person: PersonId,
    /// The name, as it stands in the minutes.
    pub name: &'a str,
    /// The role: the last one, of those who left that of the day of the inspection.
    pub role: Role,
    /// When the person left the team, of those who left after taking part.
    pub left: Option<Moment>,
}

impl State {
    /// The persons of the team, the lead first: who is on it, who was on it at any time of the day
    /// of the inspection, and who recorded something that stands. Who left before that day and
    /// recorded nothing is no part of it.
    pub fn members(&self) -> Vec<Member<'_>> {
        let now = self.on_team(<[Assigned]>::last);
        let day = self.opened().map(|opened| opened.opening.on);
        let then = day.map(|day| self.on_team(|words| word_of(words, day))).unwrap_or_default();
        let mut took_part = self.authors_on_team();
        took_part.extend(then);
        let left = took_part.iter().filter(|(person, _)| !now.contains_key(*person));
        let left = left.map(|(person, word)| member(word, self.last_word_on(*person)));
        let mut members: Vec<_> = now.values().map(|word| member(word, None)).chain(left).collect();
        members.sort_by_key(|it| (it.left.is_some(), Reverse(it.role), it.name, it.person));
        members
    }

    /// The last word that keeps each person on the team, of those that are chosen for each seat.
    fn on_team(
        &self,
        choose: impl Fn(&[Assigned]) -> Option<&Assigned>,
    ) -> BTreeMap<PersonId, &Assigned> {
        let mut team = BTreeMap::<PersonId, &Assigned>::new();
        for words in self.facts.team.values() {
            let Some(last) = choose(words).filter(|word| keeps(word)) else { continue };
            let known = team.entry(last.assign.person).or_insert(last);
            if last.order > known.order {
                *known = last;
            }
        }
        team
    }

    /// The last word that kept each person on the team, of those who recorded something that
    /// stands: a value, the beginning of a finding, a withdrawal.
    fn authors_on_team(&self) -> BTreeMap<PersonId, &Assigned> {
        let facts = &self.facts;
        let written = facts.registers.values().flat_map(|register| register.current());
        let begun = facts.findings.values().flat_map(|record| record.begun.values());
        let withdrawn = facts.findings.values().flat_map(|record| record.withdrawn.values());
        let authors = written.map(|(_, written)| written.author);
        let authors = authors.chain(begun.map(|begun| begun.author));
        let authors: BTreeSet<SeatId> =
            order::gather(authors.chain(withdrawn.map(|withdrawal| withdrawal.author)));
        self.on_team(|words| {
            let last = words.iter().rev().find(|word| keeps(word))?;
            authors.contains(&last.assign.seat).then_some(last)
        })
    }

    fn last_word_on(&self, person: PersonId) -> Option<Moment> {
        let last = self.facts.team.values().filter_map(|words| words.last());
        last.filter(|word| word.assign.person == person).map(|word| word.order.at).max()
    }
}

fn member(word: &Assigned, left: Option<Moment>) -> Member<'_> {
    let assign = &word.assign;
    Member { person: assign.person, name: &assign.name, role: assign.role_of_person(), left }
}

fn keeps(word: &Assigned) -> bool {
    word.assign.role_of_person() != Role::None
}

/// The last word on a seat that kept its person on the team at some time of a day. What a word
/// takes away, it takes from its own day on and not before.
fn word_of(words: &[Assigned], day: Date) -> Option<&Assigned> {
    let said = |word: &Assigned| word.order.at.day();
    let last = words.iter().rposition(|word| keeps(word) && said(word) <= Some(day))?;
    let ended = words.get(last + 1).is_some_and(|next| said(next) < Some(day));
    words.get(last).filter(|_| !ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::{Act, AssignSeat};
    use crate::answer::Answer;
    use crate::register::{Address, Field};
    use crate::state::Entry;
    use crate::state::history::{Arrival, assignment, fold, opening, said, wrote};

    /// Noon of the day of the inspection, which is 1 July 2026.
    const NOON: Moment = Moment(1_782_838_800_000 + 12 * 60 * 60 * 1000);
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    /// Headquarters' word on a seat, some days after the inspection. The number of the seat is the
    /// person's too.
    fn word(number: u8, days_after: i64, seat: u8, (role, keeps): (Role, Option<Role>)) -> Arrival {
        let assign = AssignSeat {
            person: PersonId([seat % 10; 16]),
            keeps,
            ..assignment(SeatId([seat; 16]), role, &format!("Kiểm tra viên {}", seat % 10))
        };
        let (entry, custody) = said(number, 0, Act::AssignSeat(assign));
        (Entry { at: NOON.later_by_ms(days_after * DAY_MS), ..entry }, custody)
    }

    fn opened() -> Arrival {
        said(1, 0, Act::OpenInspection(opening("kế hoạch")))
    }

    #[track_caller]
    fn check(words: &[Arrival], expected: &[(u8, Role, bool)]) {
        let state = fold(words.iter().chain([&opened()]));
        let members = state.members().into_iter();
        let members = members.map(|it| (it.person.0[0], it.role, it.left.is_some()));
        assert_eq!(members.collect::<Vec<_>>(), expected);
    }

    const LEAD: (Role, Option<Role>) = (Role::Lead, None);
    const MEMBER: (Role, Option<Role>) = (Role::Member, None);
    const OFF: (Role, Option<Role>) = (Role::None, None);
    const REVOKED: (Role, Option<Role>) = (Role::None, Some(Role::Member));

    #[test]
    fn a_person_whose_only_seat_was_revoked_is_still_on_the_team() {
        for days in [-1, 0, 1] {
            let words = [word(2, -2, 1, LEAD), word(3, -2, 2, MEMBER), word(4, days, 2, REVOKED)];
            check(&words, &[(1, Role::Lead, false), (2, Role::Member, false)]);
        }
        let seat = SeatId([2; 16]);
        let state = fold(&[word(2, -2, 2, MEMBER), word(3, 0, 2, REVOKED)]);
        assert_eq!((state.role(&seat), state.team().count()), (Role::None, 0));
    }

    #[test]
    fn who_leaves_after_the_day_is_named_and_who_left_before_is_not() {
        let lead = word(2, -2, 1, LEAD);
        let after = [lead.clone(), word(3, -2, 2, MEMBER), word(4, 3, 2, OFF)];
        check(&after, &[(1, Role::Lead, false), (2, Role::Member, true)]);
        let meanwhile = [lead.clone(), word(3, -2, 2, MEMBER), word(4, 0, 2, OFF)];
        check(&meanwhile, &[(1, Role::Lead, false), (2, Role::Member, true)]);
        let before = [lead, word(3, -2, 2, MEMBER), word(4, -1, 2, OFF)];
        check(&before, &[(1, Role::Lead, false)]);
    }

    #[test]
    fn who_joined_after_the_day_and_recorded_something_is_named_also_after_leaving() {
        let lead = word(2, -2, 1, LEAD);
        let joined = [lead.clone(), word(3, 1, 2, MEMBER), word(4, 3, 2, OFF)];
        check(&joined, &[(1, Role::Lead, false)]);
        let answer = Address::item("a", Field::Answer);
        let wrote = wrote(9, 2, answer, Answer::Compliant.value(), &[]);
        let recorded = [joined.as_slice(), &[wrote]].concat();
        check(&recorded, &[(1, Role::Lead, false), (2, Role::Member, true)]);
    }

    #[test]
    fn a_person_with_two_seats_is_named_once_with_the_last_role() {
        let words = [word(2, -2, 1, MEMBER), word(3, -1, 11, LEAD), word(4, 0, 1, REVOKED)];
        check(&words, &[(1, Role::Member, false)]);
        let words = [word(2, -2, 1, REVOKED), word(3, -1, 11, LEAD)];
        check(&words, &[(1, Role::Lead, false)]);
        let words = [word(2, -2, 1, OFF), word(3, -1, 11, OFF)];
        check(&words, &[]);
    }
}
