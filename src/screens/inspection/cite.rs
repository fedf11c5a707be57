//! The law in words: how a provision is cited, on which days it is in force, and what a penalty
//! amounts to. Nothing is chosen here; the item chooses by the day.

use domain::checklist::Item;
use domain::law::{Addressee, Confidence, Days, FineRange, Law, Penalty, Provision};
use jiff::civil::Date;
use texts::{Lang, format, law as words};

/// `khoản 1 Điều 18 Luật Báo chí số 126/2025/QH15`.
pub(crate) fn cite(lang: Lang, law: &Law, provision: &Provision) -> String {
    let place = &provision.place;
    let place = words::place(lang, &place.article, place.clause.as_deref(), place.point.as_deref());
    let cited = law.instrument(&provision.instrument).map(|instrument| {
        let cited = instrument.cited_for(provision);
        lang.pick(cited.vi.as_str(), cited.en.as_str())
    });
    let name = cited.unwrap_or(provision.instrument.as_str());
    format!("{place} {name}")
}

/// What the text of an instrument is called in which an amount was read.
pub(crate) fn text_version(lang: Lang, law: &Law, sanctions: &[Provision], text: &str) -> String {
    let instruments = sanctions.iter().filter_map(|it| law.instrument(&it.instrument));
    let found = instruments.flat_map(|it| &it.texts).find(|version| version.id == text);
    let named = found.map(|version| lang.pick(&version.cited.vi, &version.cited.en).clone());
    named.unwrap_or_else(|| text.to_owned())
}

/// `có hiệu lực từ 01/07/2026`, with the last day when there is one.
pub(crate) fn in_force(lang: Lang, days: &Days) -> String {
    let from = format::day(lang, days.from());
    match days.last() {
        Some(last) => words::in_force_through(lang, &from, &format::day(lang, last)),
        None => words::in_force_from(lang, &from),
    }
}

/// What is to be said when days are over, or have not begun, on the day of an inspection.
pub(crate) fn out_of_force(lang: Lang, days: &Days, on: Option<Date>) -> Option<&'static str> {
    let on = on.filter(|on| !days.contains(*on))?;
    Some(if days.ended_by(on) { words::ended(lang) } else { words::not_yet(lang) })
}

/// Which facts of an item were not compared with the text of the law, one line each.
pub(crate) fn unverified(lang: Lang, item: &Item) -> Vec<String> {
    let known = &item.confidence;
    let parts = [(words::of_duty(lang), known.duty), (words::of_fine(lang), known.fine)];
    let is_open = |confidence: Confidence| confidence != Confidence::Verified;
    let named = parts.into_iter().filter(|(_, confidence)| confidence.is_some_and(is_open));
    let mut lines: Vec<_> = named.map(|(part, _)| words::unverified(lang, part)).collect();
    if lines.is_empty() && is_open(known.overall) {
        lines.push(words::unverified(lang, words::of_item(lang)));
    }
    lines
}

/// How well something was verified.
pub(crate) fn confidence(lang: Lang, confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Verified => words::verified(lang),
        Confidence::Secondary => words::secondary(lang),
        Confidence::Memory => words::memory(lang),
    }
}

/// One line per addressee for whom there is something to say.
///
/// The amount for an individual stands here only when `individual_pays_half` says so, or when the
/// provision's own amount is an individual's.
pub(crate) fn penalty(
    lang: Lang,
    penalty: Penalty,
    applies_to: Addressee,
    individual_pays_half: bool,
) -> Vec<(&'static str, String)> {
    let for_whom = |whom| {
        let range = |range: FineRange| range.indicative_for(whom, applies_to, individual_pays_half);
        let text = match penalty {
            Penalty::NoSource => return None,
            Penalty::Warning => words::warning(lang).to_owned(),
            Penalty::Fine(fine) => words::fine(lang, &amounts(lang, range(fine)?)),
            Penalty::WarningOrFine(fine) => words::warning_or(lang, &amounts(lang, range(fine)?)),
        };
        Some((addressee(lang, whom), text))
    };
    [Addressee::Organisation, Addressee::Individual].into_iter().filter_map(for_whom).collect()
}

fn amounts(lang: Lang, range: FineRange) -> String {
    format::amounts(lang, range.min_vnd(), range.max_vnd())
}

fn addressee(lang: Lang, addressee: Addressee) -> &'static str {
    match addressee {
        Addressee::Organisation => words::organisation(lang),
        Addressee::Individual => words::individual(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::Vi;
    use jiff::civil::date;

    #[test]
    fn half_for_an_individual_stands_only_where_the_instrument_says_so() {
        let fine = Penalty::Fine(FineRange::new(20_000_000, 30_000_000).unwrap());
        let both = penalty(Vi, fine, Addressee::Organisation, true);
        assert_eq!(both[1], ("Cá nhân", "Phạt tiền từ 10.000.000 đến 15.000.000 đồng".to_owned()));
        assert_eq!(penalty(Vi, fine, Addressee::Organisation, false).len(), 1);
        assert_eq!(penalty(Vi, fine, Addressee::Individual, true)[0].0, "Cá nhân");
    }

    #[test]
    fn a_missing_fine_says_nothing_and_never_zero() {
        assert!(penalty(Vi, Penalty::NoSource, Addressee::Organisation, true).is_empty());
    }

    #[test]
    fn what_is_not_verified_is_named_and_the_item_only_when_no_part_is() {
        let mut item = crate::samples::item("a.1");
        assert!(unverified(Vi, &item).is_empty());
        item.confidence.overall = Confidence::Secondary;
        assert_eq!(unverified(Vi, &item), ["Mục kiểm tra nói chung: chưa đối chiếu văn bản gốc"]);
        item.confidence.duty = Some(Confidence::Secondary);
        item.confidence.fine = Some(Confidence::Memory);
        let parts = ["Nghĩa vụ", "Mức phạt"].map(|it| format!("{it}: chưa đối chiếu văn bản gốc"));
        assert_eq!(unverified(Vi, &item), parts);
    }

    #[test]
    fn days_that_are_over_or_to_come_say_so() {
        let days = Days::through(date(2014, 11, 1), Some(date(2022, 12, 31))).unwrap();
        let said = |on| out_of_force(Vi, &days, on);
        assert_eq!(said(Some(date(2022, 12, 31))), None);
        assert_eq!(said(Some(date(2023, 1, 1))), Some("hết hiệu lực"));
        assert_eq!(said(Some(date(2014, 10, 31))), Some("chưa có hiệu lực"));
        assert_eq!(said(None), None);
    }

    #[test]
    fn an_instrument_that_the_pack_lacks_is_cited_by_its_name() {
        let item = crate::samples::item("a.1");
        let cited = cite(Vi, &Law::default(), &item.duties[0]);
        assert_eq!(cited, "Điều 18 luat-126-2025");
        assert_eq!(in_force(Vi, &item.duties[0].days), "có hiệu lực từ 01/07/2026");
    }
}
