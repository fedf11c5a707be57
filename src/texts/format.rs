//! Days, amounts and sizes as the reader writes them. Times are those of Viet Nam, as they come in.

use jiff::civil::{Date, DateTime};

use crate::Lang;

/// `23/11/2026`, or `23 Nov 2026`.
pub fn day(lang: Lang, day: Date) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        Lang::En => format!("{} {} {}", day.day(), month(day), day.year()),
    }
}

fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let index = usize::try_from(day.month() - 1).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// `14:05 23/11/2026`, or `14:05, 23 Nov 2026`.
pub fn time(lang: Lang, time: DateTime) -> String {
    let (hour, minute, date) = (time.hour(), time.minute(), day(lang, time.date()));
    match lang {
        Lang::Vi => format!("{hour:02}:{minute:02} {date}"),
        Lang::En => format!("{hour:02}:{minute:02}, {date}"),
    }
}

/// `3.000.000`, or `3,000,000`.
pub fn number(lang: Lang, number: u64) -> String {
    let separator = lang.pick('.', ',');
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `3.000.000 đồng`, or `VND 3,000,000`.
pub fn amount(lang: Lang, amount_vnd: u64) -> String {
    let amount = number(lang, amount_vnd);
    lang.pick(format!("{amount} đồng"), format!("VND {amount}"))
}

/// `từ 3.000.000 đồng đến 5.000.000 đồng`, or `VND 3,000,000 to 5,000,000`.
pub fn amounts(lang: Lang, min_vnd: u64, max_vnd: u64) -> String {
    let (min, max) = (number(lang, min_vnd), number(lang, max_vnd));
    match lang {
        Lang::Vi => format!("từ {min} đến {max} đồng"),
        Lang::En => format!("VND {min} to {max}"),
    }
}

/// Bytes in the largest unit that leaves at least one: `1,5 GB`, or `1.5 GB`.
pub fn size(lang: Lang, bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];
    let mut tenths = bytes.saturating_mul(10);
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    let (whole, tenth) = (number(lang, tenths / 10), tenths % 10);
    let comma = lang.pick(',', '.');
    match (unit, tenth) {
        (0, _) | (_, 0) => format!("{whole} {}", UNITS[unit]),
        (_, _) => format!("{whole}{comma}{tenth} {}", UNITS[unit]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang::{En, Vi};
    use jiff::civil::date;

    #[test]
    fn days_and_times_are_written_as_the_reader_writes_them() {
        let time_of_day = date(2026, 7, 1).at(8, 5, 59, 0);
        assert_eq!(time(Vi, time_of_day), "08:05 01/07/2026");
        assert_eq!(time(En, time_of_day), "08:05, 1 Jul 2026");
    }

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let cases = [(0, "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000")];
        for (value, vi, en) in cases {
            assert_eq!((number(Vi, value).as_str(), number(En, value).as_str()), (vi, en));
        }
        assert_eq!(amounts(Vi, 3_000_000, 5_000_000), "từ 3.000.000 đến 5.000.000 đồng");
        assert_eq!(amount(En, 40_000_000), "VND 40,000,000");
    }

    #[test]
    fn sizes_keep_one_digit_after_the_comma() {
        let cases = [(0, "0 B"), (999, "999 B"), (1000, "1 KB"), (1_549_000, "1,5 MB")];
        for (bytes, text) in cases {
            assert_eq!(size(Vi, bytes), text);
        }
        assert_eq!(size(En, u64::MAX), "1,844,674.4 TB");
    }
}
