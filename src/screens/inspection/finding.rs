//! The card of one finding: its fields, the provisions of the day of the act, and taking it back.

use domain::finding::Missing;
use domain::ids::FindingId;
use domain::register::{Field, Value};
use leptos::prelude::*;
use texts::{Lang, finding as words, format};

use super::basis;
use super::earlier::CopyEarlier;
use super::model::ModelHandle;
use super::plan::ItemPlace;
use super::state::Spot;
use super::withdraw::{Discard, Withdraw};
use crate::app::lang;
use crate::components::field::{FieldAt, Kind, StatementChoice, TypedField};

/// The card of one finding.
#[component]
pub(super) fn FindingCard(
    model: ModelHandle,
    place: ItemPlace,
    finding: FindingId,
    number: usize,
) -> AnyView {
    let lang = lang();
    let withdrawn = Memo::new(move |_| model.get_value().follow(place).withdrawn(place, finding));
    let title_id = format!("t{finding}");
    // The number counts within the item: the name says also which item.
    let labelled_by = format!("{title_id} q{}", place.0);
    let body = move || match withdrawn.get() {
        Some(reason) => {
            let facts =
                model.get_value().sheet().text(place, &Spot::finding(finding, Field::Facts));
            view! {
                <p class="withdrawn">{words::withdrawn_because(lang, &reason)}</p>
                <p class="withdrawn-facts">{facts}</p>
            }
            .into_any()
        }
        None => view! { <Fields model place finding /> }.into_any(),
    };
    view! {
        <section class="finding" data-finding=finding.to_string() aria-labelledby=labelled_by
            class:is-withdrawn=move || withdrawn.get().is_some()>
            <header>
                <h4 id=title_id tabindex="-1">{words::title(lang, number)}</h4>
                <Completeness model place finding />
            </header>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Fields(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let at = |field| FieldAt { model, place, spot: Spot::finding(finding, field) };
    let facts = (words::facts(lang), words::facts_hint(lang));
    view! {
        <CopyEarlier model place finding />
        <TypedField at=at(Field::Facts) kind=Kind::Words label=facts.0 hint=facts.1 />
        <div class="pair">
            <TypedField at=at(Field::Quantity) kind=Kind::Line label=words::quantity(lang) />
            <div>
                <TypedField at=at(Field::ActOn) kind=Kind::Day label=words::act_on(lang) />
                <InspectionDay at=at(Field::ActOn) />
            </div>
        </div>
        <div class="pair">
            <TypedField at=at(Field::Remedy) kind=Kind::Words label=words::remedy(lang) />
            <TypedField at=at(Field::RemedyBy) kind=Kind::Day label=words::remedy_by(lang) />
        </div>
        <StatementChoice at=at(Field::StatementState) />
        <StatementWithoutChoice model place finding />
        <TypedField at=at(Field::Statement) kind=Kind::Words label=words::statement(lang) />
        <DayBasis model place finding />
        <footer>
            <Withdraw model place finding />
            <Discard model place finding />
        </footer>
    }
    .into_any()
}

/// Says that there are words and no choice yet: without it the statement counts as missing.
#[component]
fn StatementWithoutChoice(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let at = |field| Spot::finding(finding, field);
    let (state, words_at) = (at(Field::StatementState), at(Field::Statement));
    let lacks = Memo::new(move |_| {
        let model = model.get_value();
        let sheet = model.follow(place);
        sheet.value(place, &state).is_none() && !sheet.text(place, &words_at).is_empty()
    });
    let shown =
        move || lacks.get().then(|| view! { <p class="fault">{words::statement_choose(lang)}</p> });
    view! { <div role="status">{shown}</div> }.into_any()
}

/// Fills in the day of the inspection: many acts are seen as they happen.
#[component]
fn InspectionDay(at: FieldAt) -> AnyView {
    let lang = lang();
    let model = at.model;
    // Headquarters may correct it while the inspection is open.
    let day = Memo::new(move |_| {
        model.get_value().follow_head().state().opened().map(|opened| opened.opening.on)
    });
    let button = move || {
        let (day, at) = (day.get()?, at.clone());
        let label = format!("{}: {}", words::inspection_day(lang), format::day(lang, day));
        let fill = move |_| at.act(|model, place, spot| model.record(place, spot, Value::Day(day)));
        Some(view! { <button type="button" class="small" on:click=fill>{label}</button> })
    };
    view! { {button} }.into_any()
}

/// The provisions in force on the day of the act, and what they provide for.
#[component]
fn DayBasis(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let spot = Spot::finding(finding, Field::ActOn);
    let day = Memo::new(move |_| {
        model.get_value().follow(place).value(place, &spot).and_then(|value| value.as_day())
    });
    let shown = move || {
        let model = model.get_value();
        let sheet = model.sheet();
        basis::on_day(lang, model.law(), sheet.plan().item(place), day.get()).into_string()
    };
    view! { <div class="day-basis" aria-live="polite" inner_html=shown></div> }.into_any()
}

/// Whether the finding has everything, in words.
#[component]
fn Completeness(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let lacks = Memo::new(move |_| {
        let model = model.get_value();
        let sheet = model.follow(place);
        let begun = sheet.state().finding(finding);
        begun.filter(|begun| begun.withdrawn.is_none()).map(|begun| begun.missing())
    });
    let shown = move || match lacks.get() {
        None => None,
        Some(missing) if missing.is_empty() => {
            Some(view! { <p class="badge good">{words::complete(lang)}</p> }.into_any())
        }
        Some(missing) => {
            let lacks: Vec<_> = missing.into_iter().map(|part| missing_words(lang, part)).collect();
            let text = format!("{} {}", words::missing(lang), lacks.join(", "));
            Some(view! { <p class="badge warn">{text}</p> }.into_any())
        }
    };
    view! { {shown} }.into_any()
}

/// The words for what a finding lacks.
pub(crate) fn missing_words(lang: Lang, missing: Missing) -> &'static str {
    match missing {
        Missing::Facts => words::missing_facts(lang),
        Missing::ActOn => words::missing_act_on(lang),
        Missing::StatementState => words::missing_statement_state(lang),
        Missing::StatementWords => words::missing_statement_words(lang),
        Missing::LaterDeadline => words::missing_later_deadline(lang),
        Missing::StatementReason => words::missing_statement_reason(lang),
        Missing::Decision => words::missing_decision(lang),
    }
}
