//! The legal basis of an item, written as markup when it is asked for: duties and sanctions with
//! their days, indicative range, remedies, evidence, sources, and how well each was verified.

use domain::checklist::{Checklist, Item};
use domain::law::{Confidence, Law, Penalty, Provision};
use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, finding as finding_words, format, law as words};

use super::by;
use super::cite;
use super::plan::ItemPlace;
use super::state::Sheet;
use crate::law as law_sheet;

/// The legal basis of an item, whatever the day.
pub(crate) fn basis(lang: Lang, law: &Law, sheet: &Sheet, place: ItemPlace) -> Markup {
    let (item, list) = (sheet.plan().item(place), sheet.plan().checklist_of(place));
    let on = sheet.state().opened().map(|opened| opened.opening.on);
    html! {
        div.basis {
            (evidence(lang, law, item))
            (provisions(lang, law, words::duties(lang), words::no_duty(lang), item.duties.iter(), on))
            (provisions(lang, law, words::sanctions(lang), words::no_sanction(lang), item.sanctions.iter(), on))
            p.hint { (words::by_day_of_act(lang)) }
            h4 { (words::range(lang)) }
            (penalty(lang, law, item, item.penalty()))
            @if let Some(text) = &item.fine_text {
                p.hint { (words::text_read(lang, &cite::text_version(lang, law, &item.sanctions, text))) }
            }
            (list_of(words::supplementary(lang), &item.supplementary_sanctions))
            (list_of(words::remedies(lang), &item.remedies))
            (confidence(lang, item))
            (sentence(words::note(lang), item.note.as_deref()))
            (sentence(words::decree(lang), item.domain_decree_status.as_deref()))
            (sources(lang, list, item))
            (by::history(lang, sheet, place))
        }
    }
}

/// The provisions of an item in force on the day of an act, and what they provide for.
pub(crate) fn on_day(lang: Lang, law: &Law, item: &Item, act_on: Option<Date>) -> Markup {
    let Some(day) = act_on else {
        return html! { p.hint { (finding_words::basis_needs_day(lang)) } };
    };
    let basis = item.basis_on(day);
    if basis.is_empty() {
        return html! { p.no-source { (finding_words::basis_empty(lang)) } };
    }
    let (duties, sanctions) = (basis.duties.into_iter(), basis.sanctions.into_iter());
    html! {
        p.day-basis-title { (finding_words::basis_on(lang, &format::day(lang, day))) }
        (provisions(lang, law, words::duties(lang), words::no_duty(lang), duties, act_on))
        (provisions(lang, law, words::sanctions(lang), words::no_sanction(lang), sanctions, act_on))
        h4 { (words::range(lang)) }
        (penalty(lang, law, item, item.penalty_on(day)))
    }
}

/// Provisions with the days on which each is in force, marked where that is not so `on` a day.
fn provisions<'a>(
    lang: Lang,
    law: &Law,
    title: &str,
    none: &str,
    provisions: impl ExactSizeIterator<Item = &'a Provision>,
    on: Option<Date>,
) -> Markup {
    html! {
        h4 { (title) }
        @if provisions.len() == 0 {
            p.no-source { (none) }
        } @else {
            ul { @for provision in provisions { (line(lang, law, provision, on)) } }
        }
    }
}

fn line(lang: Lang, law: &Law, provision: &Provision, on: Option<Date>) -> Markup {
    let out_of_force = cite::out_of_force(lang, &provision.days, on);
    html! {
        li data-out-of-force[out_of_force.is_some()] {
            (law_sheet::cited(lang, law, provision))
            span.days {
                (cite::in_force(lang, &provision.days))
                @if let Some(words) = out_of_force { " · " strong { (words) } }
            }
        }
    }
}

/// What a penalty amounts to, with the sentence that it decides nothing.
fn penalty(lang: Lang, law: &Law, item: &Item, penalty: Penalty) -> Markup {
    let lines = cite::penalty(lang, penalty, item.applies_to, individual_pays_half(law, item));
    html! {
        @if lines.is_empty() {
            p.no-source { (words::no_source(lang)) }
        } @else {
            dl { @for (whom, amount) in lines { dt { (whom) } dd { (amount) } } }
            p.hint { (words::indicative(lang)) }
        }
    }
}

/// Whether every instrument that sanctions the act says so.
fn individual_pays_half(law: &Law, item: &Item) -> bool {
    let mut instruments =
        item.sanctions.iter().map(|provision| law.instrument(&provision.instrument));
    !item.sanctions.is_empty()
        && instruments.all(|instrument| instrument.is_some_and(|it| it.individual_pays_half))
}

/// These words come from packs, in Vietnamese.
fn list_of(title: &str, lines: &[String]) -> Markup {
    html! {
        @if !lines.is_empty() {
            h4 { (title) }
            ul lang="vi" { @for line in lines { li { (line) } } }
        }
    }
}

fn sentence(title: &str, words: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = words {
            h4 { (title) }
            p lang="vi" { (words) }
        }
    }
}

fn evidence(lang: Lang, law: &Law, item: &Item) -> Markup {
    let kind = |id: &String| match law.evidence_kind(id) {
        Some(term) => lang.pick(&term.words.vi, &term.words.en).clone(),
        None => id.clone(),
    };
    let kinds: Vec<_> = item.evidence_kinds.iter().map(kind).collect();
    html! {
        h4 { (words::evidence(lang)) }
        p lang="vi" { (item.evidence_vi) }
        p.hint { (kinds.join(" · ")) }
    }
}

fn confidence(lang: Lang, item: &Item) -> Markup {
    let line = |part: &str, confidence: Option<Confidence>| {
        html! {
            @if let Some(confidence) = confidence {
                dt { (part) }
                dd { (cite::confidence(lang, confidence)) }
            }
        }
    };
    html! {
        h4 { (words::confidence(lang)) }
        dl {
            (line(words::of_item(lang), Some(item.confidence.overall)))
            (line(words::of_duty(lang), item.confidence.duty))
            (line(words::of_fine(lang), item.confidence.fine))
        }
    }
}

fn sources(lang: Lang, list: &Checklist, item: &Item) -> Markup {
    html! {
        h4 { (words::sources(lang)) }
        ul.sources lang="vi" { @for source in list.sources_of(item) { li { (source) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use domain::law::{Days, FineRange};
    use jiff::civil::date;

    fn fined_from_july() -> Item {
        let days = Days::through(date(2026, 7, 1), None).unwrap();
        let sanction = Provision { days, ..samples::item("a.1").duties[0].clone() };
        let fine = FineRange::new(3_000_000, 5_000_000).ok();
        Item { sanctions: vec![sanction], fine, ..samples::item("a.1") }
    }

    fn shown(item: &Item, act_on: Option<Date>) -> String {
        on_day(Lang::Vi, &Law::default(), item, act_on).into_string()
    }

    #[test]
    fn the_provisions_and_amounts_are_those_of_the_day_of_the_act() {
        let item = fined_from_july();
        let july = shown(&item, Some(date(2026, 7, 1)));
        assert!(july.contains("Phạt tiền từ 3.000.000 đến 5.000.000 đồng"), "{july}");
        assert!(july.contains("Mức tham khảo"), "{july}");
        let june = shown(&item, Some(date(2026, 6, 30)));
        assert!(june.contains("Hãy hỏi pháp chế") && !june.contains("3.000.000"), "{june}");
        assert!(shown(&item, None).contains("Chọn ngày xảy ra"));
    }

    #[test]
    fn a_missing_fine_is_no_source() {
        let item = Item { fine: None, ..fined_from_july() };
        let shown = shown(&item, Some(date(2026, 7, 1)));
        assert!(shown.contains("Chưa có nguồn") && !shown.contains("0 đồng"), "{shown}");
    }

    #[test]
    fn a_provision_that_is_over_is_marked_and_one_in_force_is_not() {
        let over = Days::through(date(2014, 1, 1), Some(date(2022, 12, 31))).unwrap();
        let [ended, current] = [over, Days::through(date(2023, 1, 1), None).unwrap()]
            .map(|days| Provision { days, ..samples::item("a.1").duties[0].clone() });
        let shown = |it| line(Lang::Vi, &Law::default(), it, Some(date(2026, 7, 1))).into_string();
        let marked = shown(&ended);
        assert!(marked.starts_with("<li data-out-of-force>"), "{marked}");
        assert!(marked.contains("31/12/2022 · <strong>hết hiệu lực</strong>"), "{marked}");
        assert!(!shown(&current).contains("out-of-force"));
    }

    #[test]
    fn everything_about_an_item_can_be_read_on_demand() {
        let item =
            Item { remedies: vec!["Buộc nộp lưu chiểu".to_owned()], ..fined_from_july() };
        let sheet = samples::sheet_of(item);
        let shown = basis(Lang::Vi, &Law::default(), &sheet, ItemPlace(0)).into_string();
        assert!(shown.starts_with("<div class=\"basis\"><h4>Chứng cứ cần xem"), "{shown}");
        let parts = ["có hiệu lực từ 01/07/2026", "Buộc nộp lưu chiểu", "Công báo", "Đã đối chiếu"];
        for part in parts {
            assert!(shown.contains(part), "{part} in {shown}");
        }
    }
}
