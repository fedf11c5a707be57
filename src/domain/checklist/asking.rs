//! The law in time, for one item: whether it is asked on the day of the inspection, and which
//! provisions hold on the day of the act.
//!
//! Two days, two questions; neither answers the other. Limitation periods are not counted here.

use jiff::civil::Date;

use super::Item;
use crate::law::{Days, Penalty, Provision};

/// How an item is asked on the day of an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asking {
    /// A duty is in force on that day.
    Current,
    /// The item cites no duty; a provision that sanctions the act itself is in force.
    SanctionOnly,
    /// Every duty has ended: it is asked for acts on earlier days only.
    EarlierActs {
        /// The first day after the last duty.
        before: Date,
    },
    /// Nothing that it cites is in force yet, or its `asked_until` has passed.
    NotAsked,
}

/// The provisions of an item that are in force on the day of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis<'a> {
    /// The duties; several may be in force at once, in the order of the pack.
    pub duties: Vec<&'a Provision>,
    /// The sanctions.
    pub sanctions: Vec<&'a Provision>,
}

impl Basis<'_> {
    /// Whether nothing that the item cites was in force: the act rests on no known provision.
    pub fn is_empty(&self) -> bool {
        self.duties.is_empty() && self.sanctions.is_empty()
    }
}

impl Item {
    /// How the item is asked when the inspection takes place on `day`.
    pub fn asking_on(&self, day: Date) -> Asking {
        if self.asked_before.is_some_and(|before| before <= day) {
            return Asking::NotAsked;
        }
        let (cited, in_force) = match self.duties.as_slice() {
            [] => (&self.sanctions, Asking::SanctionOnly),
            [_, ..] => (&self.duties, Asking::Current),
        };
        if cited.iter().any(|provision| provision.days.contains(day)) {
            return in_force;
        }
        match last_end(cited, day) {
            Some(before) => Asking::EarlierActs { before },
            None => Asking::NotAsked,
        }
    }

    /// The provisions in force on `act_on`, the day of the act.
    pub fn basis_on(&self, act_on: Date) -> Basis<'_> {
        Basis { duties: on(&self.duties, act_on), sanctions: on(&self.sanctions, act_on) }
    }

    /// What the item cites next when `ended` is over: of its duties, or of its sanctions, those
    /// that begin first after that one.
    ///
    /// Empty while `ended` has no end. That the one replaces the other is not said here; the item
    /// cites them one after the other.
    pub fn cited_after(&self, ended: &Provision) -> Vec<&Provision> {
        let Some(before) = ended.days.before() else {
            return Vec::new();
        };
        let lists = [&self.duties, &self.sanctions];
        let own = lists.into_iter().filter(|list| list.contains(ended)).flatten();
        let later: Vec<_> = own.filter(|provision| provision.days.from() >= before).collect();
        let first = later.iter().map(|provision| provision.days.from()).min();
        later.into_iter().filter(|provision| Some(provision.days.from()) == first).collect()
    }

    /// What the instruments provide for an act on `act_on`.
    ///
    /// [`Penalty::NoSource`] also when no sanction that the item cites was in force on that day:
    /// the amounts of another day's text are not carried over.
    pub fn penalty_on(&self, act_on: Date) -> Penalty {
        match on(&self.sanctions, act_on).as_slice() {
            [] => Penalty::NoSource,
            [_, ..] => self.penalty(),
        }
    }
}

fn on(provisions: &[Provision], day: Date) -> Vec<&Provision> {
    provisions.iter().filter(|provision| provision.days.contains(day)).collect()
}

/// The latest end among those that are over on `day`.
fn last_end(provisions: &[Provision], day: Date) -> Option<Date> {
    let over = provisions.iter().map(|provision| &provision.days).filter(|days| days.ended_by(day));
    over.filter_map(Days::before).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{FineRange, Place};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn an_item_is_asked_by_the_day_of_the_inspection() {
        let end = date(2026, 7, 1);
        let cases = [
            ("in force", vec![from_july()], vec![], Asking::NotAsked, Asking::Current),
            (
                "ended",
                vec![until_june()],
                vec![],
                Asking::Current,
                Asking::EarlierActs { before: end },
            ),
            ("both", vec![until_june(), from_july()], vec![], Asking::Current, Asking::Current),
            (
                "sanction",
                vec![],
                vec![until_june()],
                Asking::SanctionOnly,
                Asking::EarlierActs { before: end },
            ),
            (
                "a sanction does not stand in for a duty",
                vec![from_july()],
                vec![until_june()],
                Asking::NotAsked,
                Asking::Current,
            ),
            ("nothing", vec![], vec![], Asking::NotAsked, Asking::NotAsked),
        ];
        for (name, duties, sanctions, in_june, in_july) in cases {
            let item = item(duties, sanctions);
            assert_eq!(item.asking_on(date(2026, 6, 30)), in_june, "{name}, 30 June");
            assert_eq!(item.asking_on(date(2026, 7, 1)), in_july, "{name}, 1 July");
        }
    }

    #[test]
    fn an_item_is_not_asked_once_its_last_day_has_passed() {
        let item =
            Item { asked_before: Some(date(2023, 1, 1)), ..item(vec![until_june()], vec![]) };
        assert_eq!(item.asking_on(date(2022, 12, 31)), Asking::Current);
        assert_eq!(item.asking_on(date(2023, 1, 1)), Asking::NotAsked);
    }

    #[test]
    fn a_finding_rests_on_the_provision_of_the_day_of_the_act() {
        let item = item(vec![until_june(), from_july()], vec![]);
        assert_eq!(item.basis_on(date(2026, 6, 30)).duties, [&until_june()]);
        assert_eq!(item.basis_on(date(2026, 7, 1)).duties, [&from_july()]);
        assert!(item.basis_on(date(2016, 12, 31)).is_empty());
    }

    #[test]
    fn what_follows_an_ended_provision_is_what_the_item_cites_next() {
        let in_2028 = cited("nd-1-2028", Days::through(date(2028, 1, 1), None).unwrap());
        let july = vec![until_june(), in_2028.clone(), from_july()];
        let both = item(july, vec![in_2028.clone()]);
        assert_eq!(both.cited_after(&until_june()), [&from_july()]);
        assert!(both.cited_after(&from_july()).is_empty(), "it has no end");
        let sanctioned = item(vec![until_june()], vec![from_july()]);
        assert!(sanctioned.cited_after(&until_june()).is_empty(), "a sanction is no duty");
        assert!(item(vec![from_july()], vec![]).cited_after(&until_june()).is_empty(), "not cited");
    }

    #[test]
    fn amounts_are_not_carried_to_a_day_without_a_sanction() {
        let range = FineRange::new(3_000_000, 5_000_000).unwrap();
        let item = Item { fine: Some(range), ..item(vec![until_june()], vec![from_july()]) };
        assert_eq!(item.penalty_on(date(2026, 6, 30)), Penalty::NoSource);
        assert_eq!(item.penalty_on(date(2026, 7, 1)), Penalty::Fine(range));
    }

    proptest! {
        #[test]
        fn an_item_is_current_exactly_when_an_act_of_that_day_breaks_a_duty(
            duties in proptest::collection::vec(provision(), 1..4), day in day()
        ) {
            let item = item(duties, vec![]);
            let current = item.asking_on(day) == Asking::Current;
            prop_assert_eq!(current, !item.basis_on(day).duties.is_empty());
        }

        #[test]
        fn what_is_asked_for_earlier_acts_only_has_no_duty_after_that_day(
            duties in proptest::collection::vec(provision(), 1..4), day in day()
        ) {
            let item = item(duties, vec![]);
            if let Asking::EarlierActs { before } = item.asking_on(day) {
                prop_assert!(before <= day);
                let last = before.yesterday().unwrap();
                prop_assert!(!item.basis_on(last).duties.is_empty());
                prop_assert!(item.basis_on(day).duties.is_empty());
                let ended = |duty: &&Provision| duty.days.ended_by(day);
                prop_assert!(item.duties.iter().filter(ended).all(|duty| duty.days.ended_by(before)));
            }
        }
    }

    fn item(duties: Vec<Provision>, sanctions: Vec<Provision>) -> Item {
        Item { duties, sanctions, ..Item::sample("a.b", "printer") }
    }

    fn until_june() -> Provision {
        cited("luat-103-2016", Days::through(date(2017, 1, 1), Some(date(2026, 6, 30))).unwrap())
    }

    fn from_july() -> Provision {
        cited("luat-126-2025", Days::through(date(2026, 7, 1), None).unwrap())
    }

    fn cited(instrument: &str, days: Days) -> Provision {
        let place = Place { article: "18".into(), clause: Some("1".into()), point: None };
        Provision { instrument: instrument.into(), place, text: None, days }
    }

    fn day() -> impl Strategy<Value = Date> {
        (2020..2030_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
    }

    fn provision() -> impl Strategy<Value = Provision> {
        (day(), proptest::option::of(day())).prop_map(|(a, b)| {
            let from = b.map_or(a, |b| a.min(b));
            cited("luat-126-2025", Days::through(from, b.map(|b| a.max(b))).unwrap())
        })
    }
}
