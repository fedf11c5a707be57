//! A provision or an instrument as markup: when it is in force, what follows it, how well it was
//! verified, and what it was read in. The wording is not in the packs, and the sheet says so.

use domain::checklist::Item;
use domain::law::{Confidence, Instrument, InstrumentId, Law, Provision};
use domain::order;
use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, format, inspection as inspection_words, law as words};

use crate::inspection::cite;

/// What is known of a provision (`nd-119-2020/28c/1/b`) or of an instrument (`nd-119-2020`), with
/// regard to the day of an inspection and to the item that cites it.
pub(super) fn about(
    lang: Lang,
    law: &Law,
    name: &str,
    on: Option<Date>,
    item: Option<&Item>,
) -> Markup {
    let (id, place) = name.split_once('/').map_or((name, None), |(id, _)| (id, Some(name)));
    let Some(instrument) = law.instrument(&InstrumentId::from(id)) else {
        return html! { h2 { (id) } p.no-source { (words::not_in_pack(lang)) } };
    };
    let mut versions: Vec<_> =
        instrument.provisions.iter().filter(|it| Some(it.to_string().as_str()) == place).collect();
    order::sort_by_key(&mut versions, |it| it.days);
    html! {
        @match (place, versions.last()) {
            (None, _) => h2 { (title(lang, instrument)) },
            (Some(place), newest) => {
                @match newest {
                    Some(newest) => {
                        (provision(lang, law, &versions, on))
                        (after(lang, law, instrument, newest, item))
                        (as_cited(lang, newest, item))
                    },
                    None => h2 { (place) },
                }
                h3 { (words::instrument(lang)) }
                p { strong { (title(lang, instrument)) } }
            },
        }
        (facts(lang, law, instrument))
    }
}

/// The versions of a provision, of which one may be in force on the day.
fn provision(lang: Lang, law: &Law, versions: &[&Provision], on: Option<Date>) -> Markup {
    let in_force = |version: &Provision| on.filter(|day| version.days.contains(*day));
    let current = versions.iter().find(|it| in_force(it).is_some());
    let cited = current.or(versions.last()).map(|it| cite::cite(lang, law, it));
    let cited = cited.unwrap_or_default();
    html! {
        h2 { (cited) }
        h3 { (words::wording(lang)) }
        p { (words::no_wording(lang, &cited)) }
        h3 { (words::versions(lang)) }
        ul.versions { @for it in versions { (version(lang, law, it, on, in_force(it))) } }
        @if let Some(day) = on.filter(|_| current.is_none()) {
            p.no-source { (words::not_on_inspection_day(lang, &format::day(lang, day))) }
        }
    }
}

fn version(
    lang: Lang,
    law: &Law,
    version: &Provision,
    on: Option<Date>,
    current_on: Option<Date>,
) -> Markup {
    let out_of_force = cite::out_of_force(lang, &version.days, on);
    html! {
        li data-current[current_on.is_some()] data-out-of-force[out_of_force.is_some()] {
            (cite::in_force(lang, &version.days))
            @if let Some(words) = out_of_force { " · " b { (words) } }
            @if let Some(text) = &version.text {
                span.days { (cite::text_version(lang, law, std::slice::from_ref(version), text)) }
            }
            @if let Some(day) = current_on {
                strong { (words::on_inspection_day(lang, &format::day(lang, day))) }
            }
        }
    }
}

/// What follows the newest version of a provision, when that has an end: what the item cites next,
/// else the instrument's successors, which stand with the instrument.
fn after(
    lang: Lang,
    law: &Law,
    instrument: &Instrument,
    newest: &Provision,
    item: Option<&Item>,
) -> Markup {
    let next = item.map(|item| item.cited_after(newest)).unwrap_or_default();
    let is_known = !next.is_empty() || !instrument.replaced_by.is_empty();
    html! {
        @if let Some(first) = next.first() {
            h3 { (words::next(lang)) }
            p { (words::next_from(lang, &format::day(lang, first.days.from()))) }
            ul {
                @for it in &next {
                    li { (link(&it.to_string(), &cite::cite(lang, law, it))) }
                }
            }
        }
        @if newest.days.before().is_some() && !is_known {
            h3 { (words::next(lang)) }
            p.hint { (words::next_none(lang)) }
        }
    }
}

/// How well the item's facts that rest on this provision were verified; the item as a whole where
/// nothing was noted about them.
fn as_cited(lang: Lang, provision: &Provision, item: Option<&Item>) -> Markup {
    let Some(item) = item else {
        return html! {};
    };
    let is_it =
        |it: &Provision| it.instrument == provision.instrument && it.place == provision.place;
    let duty = item.confidence.duty.filter(|_| item.duties.iter().any(is_it));
    let fine = item.confidence.fine.filter(|_| item.sanctions.iter().any(is_it));
    let whole = Some(item.confidence.overall).filter(|_| duty.or(fine).is_none());
    html! {
        h3 { (words::confidence(lang)) }
        (verified(lang, words::of_duty_here(lang), duty))
        (verified(lang, words::of_fine_here(lang), fine))
        (verified(lang, words::of_item(lang), whole))
        @if item.must_recheck { p.no-source { (inspection_words::recheck(lang)) } }
    }
}

fn verified(lang: Lang, what: &str, confidence: Option<Confidence>) -> Markup {
    html! {
        @if let Some(confidence) = confidence { p { (what) ": " (cite::confidence(lang, confidence)) } }
    }
}

fn title(lang: Lang, instrument: &Instrument) -> String {
    let title = lang.pick(&instrument.title.vi, &instrument.title.en);
    let named = [title, &instrument.number].into_iter().find(|name| !name.is_empty());
    named.cloned().unwrap_or_else(|| instrument.id.to_string())
}

fn facts(lang: Lang, law: &Law, instrument: &Instrument) -> Markup {
    html! {
        p {
            (instrument.number)
            @if let Some(day) = instrument.issued_on {
                " · " (words::issued_on(lang, &format::day(lang, day)))
            }
        }
        p {
            @match &instrument.days {
                Some(days) => (cite::in_force(lang, days)),
                None => span.no-source { (words::days_unknown(lang)) },
            }
        }
        h3 { (words::replaced_by(lang)) }
        @if instrument.replaced_by.is_empty() {
            p.hint { (words::replaced_by_none(lang)) }
        }
        (instruments(lang, law, instrument.replaced_by.iter()))
        (named(lang, law, words::amended_by(lang), &instrument.amended_by))
        (named(lang, law, words::replaces(lang), &replaced_by_it(law, instrument)))
        h3 { (words::confidence(lang)) }
        (verified(lang, words::of_instrument(lang), Some(instrument.confidence)))
        (verified(lang, words::of_first_day(lang), instrument.confidence_from))
        @if let Some(note) = &instrument.note {
            h3 { (words::note(lang)) }
            p lang="vi" { (note) }
        }
        h3 { (words::sources(lang)) }
        @if instrument.sources.is_empty() { p.hint { (words::no_sources(lang)) } }
        ul.sources lang="vi" { @for source in &instrument.sources { li { (source) } } }
    }
}

fn replaced_by_it(law: &Law, instrument: &Instrument) -> Vec<InstrumentId> {
    let older = law.instruments.iter().filter(|it| it.replaced_by.contains(&instrument.id));
    older.map(|it| it.id.clone()).collect()
}

fn named(lang: Lang, law: &Law, title: &str, ids: &[InstrumentId]) -> Markup {
    html! {
        @if !ids.is_empty() {
            h3 { (title) }
            (instruments(lang, law, ids.iter()))
        }
    }
}

fn instruments<'a>(lang: Lang, law: &Law, ids: impl Iterator<Item = &'a InstrumentId>) -> Markup {
    let name = |id: &InstrumentId| match law.instrument(id) {
        Some(it) if it.number.is_empty() => title(lang, it),
        Some(it) => format!("{} ({})", title(lang, it), it.number),
        None => id.to_string(),
    };
    html! {
        ul {
            @for id in ids { li { (link(id.as_str(), &name(id))) } }
        }
    }
}

/// A name, as what leads on to what it stands for.
fn link(name: &str, words: &str) -> Markup {
    html! { button.cited type="button" data-popup=(name) { (words) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::law::{Bilingual, Days, Place};
    use jiff::civil::date;

    fn law() -> Law {
        let version = |from, last| Provision {
            instrument: "nd-1".into(),
            place: Place { article: "12".into(), clause: Some("1".into()), point: None },
            text: None,
            days: Days::through(from, last).unwrap(),
        };
        let title = Bilingual { vi: "Nghị định cũ".to_owned(), en: "Old decree".to_owned() };
        let old = Instrument {
            title,
            number: "1/2014".to_owned(),
            replaced_by: vec!["nd-2".into()],
            sources: vec!["Công báo <số 3>".to_owned()],
            provisions: vec![
                version(date(2014, 1, 1), Some(date(2022, 12, 31))),
                version(date(2023, 1, 1), None),
            ],
            ..Instrument::named("nd-1")
        };
        Law { instruments: vec![old, Instrument::named("nd-2")], ..Law::default() }
    }

    fn shown(name: &str, on: Date) -> String {
        about(Lang::Vi, &law(), name, Some(on), None).into_string()
    }

    fn item_of(duties: &[&Provision]) -> Item {
        let duties = duties.iter().map(|&it| it.clone()).collect();
        Item { duties, ..crate::samples::item("a.1") }
    }

    #[test]
    fn a_provision_shows_its_versions_and_the_one_of_the_inspection_day() {
        let html = shown("nd-1/12/1", date(2024, 5, 6));
        assert_eq!(html.matches("có hiệu lực từ").count(), 2, "{html}");
        assert!(html.contains("<li data-current>có hiệu lực từ 01/01/2023"), "{html}");
        assert!(html.contains("<li data-out-of-force>có hiệu lực từ 01/01/2014"), "{html}");
        assert!(html.contains("<b>hết hiệu lực</b>"), "{html}");
        assert!(html.contains("ngày kiểm tra 06/05/2024"), "{html}");
        assert!(html.contains("data-popup=\"nd-2\""), "what replaced it can be opened: {html}");
        assert!(html.contains("Công báo &lt;số 3&gt;"), "{html}");
    }

    #[test]
    fn a_provision_that_was_not_in_force_on_the_day_says_so() {
        let html = shown("nd-1/12/1", date(2013, 5, 6));
        assert!(html.contains("Không có bản nào có hiệu lực"), "{html}");
    }

    #[test]
    fn a_provision_without_its_wording_says_where_it_is_published() {
        let html = shown("nd-1/12/1", date(2024, 5, 6));
        assert!(html.contains("Chưa có nguyên văn trong máy. Xem khoản 1 Điều 12"), "{html}");
        assert!(!shown("nd-2", date(2024, 5, 6)).contains("nguyên văn"));
    }

    #[test]
    fn an_ended_provision_leads_to_what_the_item_cites_next() {
        let mut law = law();
        let old = Provision {
            place: Place { article: "30".into(), clause: None, point: None },
            ..law.instruments[0].provisions[0].clone()
        };
        let next =
            Provision { instrument: "nd-2".into(), ..law.instruments[0].provisions[1].clone() };
        law.instruments[0].provisions.push(old.clone());
        law.instruments[0].replaced_by.clear();
        let on = Some(date(2024, 5, 6));
        let item = item_of(&[&old, &next]);
        let html = about(Lang::Vi, &law, "nd-1/30", on, Some(&item)).into_string();
        assert!(html.contains("Từ 01/01/2023, mục kiểm tra dẫn:"), "{html}");
        assert!(html.contains("data-popup=\"nd-2/12/1\""), "{html}");
        assert!(!html.contains("Chưa biết quy định nào"), "{html}");
        let html = about(Lang::Vi, &law, "nd-1/30", on, Some(&item_of(&[&old]))).into_string();
        assert!(html.contains("Chưa biết quy định nào tiếp theo."), "{html}");
        let html = about(Lang::Vi, &law, "nd-1/12/1", on, None).into_string();
        assert!(!html.contains("tiếp theo"), "the newest version has no end: {html}");
    }

    #[test]
    fn what_is_not_verified_is_told_from_what_is() {
        let mut law = law();
        law.instruments[0].confidence = Confidence::Verified;
        let mut item = item_of(&[&law.instruments[0].provisions[1]]);
        item.confidence.duty = Some(Confidence::Secondary);
        item.must_recheck = true;
        let html =
            about(Lang::Vi, &law, "nd-1/12/1", Some(date(2024, 5, 6)), Some(&item)).into_string();
        assert!(html.contains("Nghĩa vụ theo điều khoản này: Theo bản tóm tắt"), "{html}");
        assert!(html.contains("Văn bản nói chung: Đã đối chiếu văn bản"), "{html}");
        assert!(html.contains("Cần kiểm tra lại nội dung hiện hành"), "{html}");
        assert!(!html.contains("Mục kiểm tra nói chung"), "the duty is what is cited here: {html}");
        assert!(!html.contains("Mức phạt theo điều khoản này"), "it is cited as a duty: {html}");
    }

    #[test]
    fn an_instrument_names_what_it_replaces_and_an_unknown_one_is_named_as_such() {
        assert!(shown("nd-2", date(2024, 1, 1)).contains("data-popup=\"nd-1\""));
        assert!(shown("nd-9", date(2024, 1, 1)).contains("chưa có văn bản này"));
    }
}
