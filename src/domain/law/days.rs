//! A range of days, half-open: from its first day until just before another.
//!
//! People write the *last* day in force; [`Days::through`] turns it into the day after, once,
//! where a pack is compiled.

use jiff::civil::Date;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use thiserror::Error;

use crate::moment::day_as_text;

/// A non-empty range of days: `from ≤ day < before`, without end when `before` is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    from: Date,
    before: Option<Date>,
}

/// Why two days make no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DaysFault {
    /// The range would end before it starts.
    #[error("the end `{end}` is before the start `{from}`")]
    EndBeforeStart {
        /// The first day.
        from: Date,
        /// The last day.
        end: Date,
    },
    /// The day after the last one cannot be written.
    #[error("the end `{end}` has no day after it; leave the end out")]
    EndOfTime {
        /// The last day.
        end: Date,
    },
}

impl Days {
    /// The range from `from` through `last`, both included.
    ///
    /// # Errors
    /// When `last` is before `from`, or is the last day that can be written.
    pub fn through(from: Date, last: Option<Date>) -> Result<Self, DaysFault> {
        let Some(end) = last else {
            return Ok(Self { from, before: None });
        };
        if end < from {
            return Err(DaysFault::EndBeforeStart { from, end });
        }
        let before = end.tomorrow().map_err(|_| DaysFault::EndOfTime { end })?;
        Ok(Self { from, before: Some(before) })
    }

    /// The first day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The first day after the range; `None` when it has no end.
    pub fn before(&self) -> Option<Date> {
        self.before
    }

    /// The last day of the range, as people write it; `None` when it has no end.
    pub fn last(&self) -> Option<Date> {
        self.before.and_then(|before| before.yesterday().ok())
    }

    /// Whether `day` is in the range.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && !self.ended_by(day)
    }

    /// Whether the range is over on `day`.
    pub fn ended_by(&self, day: Date) -> bool {
        self.before.is_some_and(|before| before <= day)
    }

    /// Whether some day is in both ranges.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.ended_by(other.from) && !other.ended_by(self.from)
    }
}

/// `[from]` or `[from, before]`, as `YYYY-MM-DD`.
impl<C> Encode<C> for Days {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(if self.before.is_some() { 2 } else { 1 })?;
        day_as_text::encode(&self.from, e, ctx)?;
        match &self.before {
            Some(before) => day_as_text::encode(before, e, ctx),
            None => Ok(()),
        }
    }
}

impl<'b, C> Decode<'b, C> for Days {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        let len = d.array()?;
        let from = day_as_text::decode(d, ctx)?;
        let before = match len {
            Some(1) => None,
            Some(2) => Some(day_as_text::decode(d, ctx)?),
            Some(_) | None => return Err(decode::Error::message("days are not one or two")),
        };
        if before.is_some_and(|before| before <= from) {
            return Err(decode::Error::message("days end before they start"));
        }
        Ok(Self { from, before })
    }
}

/// A day that may be missing, for `#[cbor(with = "…", has_nil)]`.
pub(crate) mod optional_day {
    use minicbor::{decode::Error as DecodeError, encode::Error as EncodeError};

    use super::{Date, Decoder, Encoder, Write, day_as_text};

    pub(crate) fn encode<C, W: Write>(
        day: &Option<Date>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        match day {
            Some(day) => day_as_text::encode(day, e, ctx),
            None => e.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Option<Date>, DecodeError> {
        day_as_text::decode(d, ctx).map(Some)
    }

    #[expect(clippy::option_option, reason = "the signature that minicbor asks for")]
    pub(crate) fn nil() -> Option<Option<Date>> {
        Some(None)
    }

    pub(crate) fn is_nil(day: &Option<Date>) -> bool {
        day.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_last_day_in_force_is_the_day_before_the_end() {
        let press_law_2016 = Days::through(date(2017, 1, 1), Some(date(2026, 6, 30))).unwrap();
        assert_eq!(press_law_2016.before(), Some(date(2026, 7, 1)));
        assert_eq!(press_law_2016.last(), Some(date(2026, 6, 30)));
        let cases = [
            (date(2016, 12, 31), false),
            (date(2017, 1, 1), true),
            (date(2026, 6, 30), true),
            (date(2026, 7, 1), false),
        ];
        for (day, expected) in cases {
            assert_eq!(press_law_2016.contains(day), expected, "{day}");
        }
    }

    #[test]
    fn a_range_of_one_day_is_a_range_and_less_is_not() {
        let day = date(2026, 7, 1);
        assert!(Days::through(day, Some(day)).unwrap().contains(day));
        let end = date(2026, 6, 30);
        assert_eq!(
            Days::through(day, Some(end)),
            Err(DaysFault::EndBeforeStart { from: day, end })
        );
        let end = Date::MAX;
        assert_eq!(Days::through(day, Some(end)), Err(DaysFault::EndOfTime { end }));
    }

    #[test]
    fn foreign_days_that_end_before_they_start_are_refused() {
        let mut bytes = vec![0x82];
        for day in ["2026-07-01", "2026-07-01"] {
            bytes.push(0x6a);
            bytes.extend_from_slice(day.as_bytes());
        }
        assert!(minicbor::decode::<Days>(&bytes).is_err());
    }

    proptest! {
        #[test]
        fn two_ranges_overlap_exactly_when_they_share_a_day(a in days(), b in days()) {
            let first = a.from().max(b.from());
            let shared = a.contains(first) && b.contains(first);
            prop_assert_eq!(a.overlaps(&b), shared);
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        }

        #[test]
        fn ranges_that_follow_each_other_share_no_day_and_leave_none_out(a in days(), day in day()) {
            let Some(before) = a.before() else { return Ok(()) };
            let next = Days::through(before, None).unwrap();
            prop_assert!(!a.overlaps(&next));
            let held_by = usize::from(a.contains(day)) + usize::from(next.contains(day));
            prop_assert_eq!(held_by, usize::from(day >= a.from()));
        }

        #[test]
        fn days_are_read_as_they_were_written(days in days()) {
            let bytes = minicbor::to_vec(days).unwrap();
            prop_assert_eq!(minicbor::decode::<Days>(&bytes).unwrap(), days);
        }
    }

    fn day() -> impl Strategy<Value = Date> {
        (2010..2035_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
    }

    fn days() -> impl Strategy<Value = Days> {
        (day(), proptest::option::of(day())).prop_map(|(a, b)| {
            let from = b.map_or(a, |b| a.min(b));
            Days::through(from, b.map(|b| a.max(b))).unwrap()
        })
    }
}
