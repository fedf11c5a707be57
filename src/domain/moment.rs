//! Points in time and days as they are recorded.
//!
//! No clock is read here: a [`Moment`] is what some clock said. Days are civil days in
//! Viet Nam, where the establishments are; a day has no clock and no zone of its own.

use core::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz};

/// Milliseconds since 1970-01-01T00:00:00Z, by the clock of the machine that recorded it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    minicbor::Encode,
    minicbor::Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Moment(#[n(0)] pub i64);

impl Moment {
    /// This moment, later by `ms` milliseconds; stops at the end of what can be counted.
    #[must_use]
    pub fn later_by_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// The milliseconds from `earlier` until this moment; negative when it is not earlier.
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The civil day of this moment in Viet Nam (UTC+7, no summer time).
    ///
    /// `None` for a moment outside the years −9999 to 9999.
    pub fn day(self) -> Option<Date> {
        self.local().map(|time| time.date())
    }

    /// Date and time of day in Viet Nam; `None` outside the years −9999 to 9999.
    pub fn local(self) -> Option<jiff::civil::DateTime> {
        let instant = Timestamp::from_millisecond(self.0).ok()?;
        Some(tz::offset(7).to_datetime(instant))
    }
}

/// `2026-07-01T08:30:00+07:00`, the form used in spreadsheets and logs.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.local().and_then(without_fraction) {
            Some(time) => write!(f, "{time}+07:00"),
            None => write!(f, "{} ms", self.0),
        }
    }
}

fn without_fraction(time: jiff::civil::DateTime) -> Option<jiff::civil::DateTime> {
    let fraction = SignedDuration::from_nanos(i64::from(time.subsec_nanosecond()));
    time.checked_sub(fraction).ok()
}

/// A day as text `YYYY-MM-DD` in CBOR, for `#[cbor(with = "…")]`.
pub mod day_as_text {
    use jiff::civil::Date;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::Error as EncodeError;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    /// Writes the day.
    ///
    /// # Errors
    /// Only what the writer reports.
    pub fn encode<C, W: Write>(
        day: &Date,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.str(&day.to_string())?.ok()
    }

    /// Reads the day.
    ///
    /// # Errors
    /// When the text is not a day written as `YYYY-MM-DD`.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Date, DecodeError> {
        super::parse_day(d.str()?).ok_or_else(|| DecodeError::message("day is not YYYY-MM-DD"))
    }
}

/// Reads a day written as `YYYY-MM-DD` and nothing else.
///
/// By hand, because a parser for every form of date is most of what jiff would add to the app.
pub fn parse_day(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let year = number(&[y1, y2, y3, y4])?;
    let (month, day) = (number(&[m1, m2])?, number(&[d1, d2])?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |sum, digit| match digit {
        b'0'..=b'9' => Some(sum * 10 + i16::from(digit - b'0')),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_is_the_day_in_viet_nam() {
        // 2026-06-30T17:00:00Z is midnight of 1 July in Ha Noi: the press law of 2025 is in force.
        let midnight = Moment(1_782_838_800_000);
        assert_eq!(midnight.day(), Some(date(2026, 7, 1)));
        assert_eq!(midnight.later_by_ms(-1).day(), Some(date(2026, 6, 30)));
        assert_eq!(midnight.later_by_ms(12).to_string(), "2026-07-01T00:00:00+07:00");
    }

    #[test]
    fn a_clock_gone_wild_still_prints() {
        assert_eq!(Moment(i64::MAX).to_string(), "9223372036854775807 ms");
        assert_eq!(Moment(i64::MAX).day(), None);
    }

    #[test]
    fn only_full_days_are_read() {
        assert_eq!(parse_day("2026-07-01"), Some(date(2026, 7, 1)));
        assert_eq!(parse_day("20260701"), None);
        assert_eq!(parse_day("2026-07-01T00:00"), None);
        for text in ["2026-7-1", "2026-02-30", "2026-13-01", "+026-07-01", "2026/07/01", ""] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
