//! A provision or an instrument as markup: when it is in force, what replaced it, how well it was
//! verified, and what it was read in.

use domain::law::{Instrument, InstrumentId, Law, Provision};
use domain::order;
use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, format, law as words};

use crate::inspection::cite;

/// What is known of a provision (`nd-119-2020/28c/1/b`) or of an instrument (`nd-119-2020`), with
/// regard to the day of an inspection.
pub(super) fn about(lang: Lang, law: &Law, name: &str, on: Option<Date>) -> Markup {
    let (id, place) = name.split_once('/').map_or((name, None), |(id, _)| (id, Some(name)));
    let Some(instrument) = law.instrument(&InstrumentId::from(id)) else {
        return html! { h2 { (id) } p.no-source { (words::not_in_pack(lang)) } };
    };
    match place {
        Some(place) => provision(lang, law, instrument, place, on),
        None => html! { h2 { (title(lang, instrument)) } (facts(lang, law, instrument)) },
    }
}

fn provision(
    lang: Lang,
    law: &Law,
    instrument: &Instrument,
    name: &str,
    on: Option<Date>,
) -> Markup {
    let mut versions: Vec<_> =
        instrument.provisions.iter().filter(|it| it.to_string() == name).collect();
    order::sort_by_key(&mut versions, |it| it.days);
    let in_force = |version: &&Provision| on.filter(|day| version.days.contains(*day));
    let cited = versions.iter().find(|it| in_force(it).is_some()).or(versions.last());
    html! {
        h2 {
            @match cited {
                Some(version) => (cite::cite(lang, law, version)),
                None => (name),
            }
        }
        h3 { (words::versions(lang)) }
        ul.versions {
            @for version in &versions {
                li data-current[in_force(version).is_some()] {
                    (cite::in_force(lang, &version.days))
                    @if let Some(text) = &version.text {
                        span.days { (cite::text_version(lang, law, std::slice::from_ref(*version), text)) }
                    }
                    @if let Some(day) = in_force(version) {
                        strong { (words::on_inspection_day(lang, &format::day(lang, day))) }
                    }
                }
            }
        }
        @if let Some(day) = on.filter(|_| !versions.iter().any(|it| in_force(it).is_some())) {
            p.no-source { (words::not_on_inspection_day(lang, &format::day(lang, day))) }
        }
        h3 { (words::instrument(lang)) }
        p { strong { (title(lang, instrument)) } }
        (facts(lang, law, instrument))
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
        p { (cite::confidence(lang, instrument.confidence)) }
        @if let Some(of_day) = instrument.confidence_from {
            p { (words::of_first_day(lang)) ": " (cite::confidence(lang, of_day)) }
        }
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
            @for id in ids { li { button.cited type="button" data-popup=(id) { (name(id)) } } }
        }
    }
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
        about(Lang::Vi, &law(), name, Some(on)).into_string()
    }

    #[test]
    fn a_provision_shows_its_versions_and_the_one_of_the_inspection_day() {
        let html = shown("nd-1/12/1", date(2024, 5, 6));
        assert_eq!(html.matches("có hiệu lực từ").count(), 2, "{html}");
        assert!(html.contains("<li data-current>có hiệu lực từ 01/01/2023"), "{html}");
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
    fn an_instrument_names_what_it_replaces_and_an_unknown_one_is_named_as_such() {
        assert!(shown("nd-2", date(2024, 1, 1)).contains("data-popup=\"nd-1\""));
        assert!(shown("nd-9", date(2024, 1, 1)).contains("chưa có văn bản này"));
    }
}
