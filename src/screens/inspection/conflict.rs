//! Two values that do not know each other: both shown with author and time, until a person
//! decides.

use domain::ids::SeatId;
use domain::moment::Moment;
use domain::register::{Field, Value};
use leptos::prelude::*;
use texts::{Lang, format, inspection as words};

use super::markup::answer_words;
use super::state::Sheet;
use crate::app::lang;
use crate::components::field::{FieldAt, statement_words};

/// One of the values.
struct Candidate {
    value: Value,
    author: SeatId,
    by: String,
    at: Moment,
}

/// The conflict of a field, when there is one.
#[component]
pub(crate) fn FieldConflict(at: FieldAt, name: &'static str) -> AnyView {
    let lang = lang();
    let shown = move || {
        let candidates = candidates(lang, &at.model.get_value().follow(at.place), &at);
        (!candidates.is_empty()).then(|| conflict(lang, &at, name, candidates))
    };
    view! { {shown} }.into_any()
}

fn conflict(lang: Lang, at: &FieldAt, name: &str, candidates: Vec<Candidate>) -> AnyView {
    let title = if at.spot.field == Field::Answer {
        words::conflict(lang).to_owned()
    } else {
        words::conflict_here(lang, name)
    };
    let label = title.clone();
    let rows = candidates.into_iter().map(|candidate| row(lang, at.clone(), candidate));
    view! {
        <div class="conflict" role="group" aria-label=label>
            <p class="conflict-title">{title}</p>
            <ul>{rows.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, at: FieldAt, candidate: Candidate) -> AnyView {
    let Candidate { value, author, by, at: written_at } = candidate;
    let when = written_at.local().map(|time| format::time(lang, time)).unwrap_or_default();
    let shown = value_words(lang, &at.spot.field, &value);
    let label = words::decide_which(lang, &shown, &by);
    let may_decide = at.model.get_value().sheet().may_write();
    let decide = move |_| {
        let value = value.clone();
        at.act(|model, place, spot| model.record(place, spot, value));
    };
    view! {
        <li data-value-by=author.to_string()>
            <span class="conflict-value">{shown}</span>
            <span class="conflict-by">{words::conflict_by(lang, &by, &when)}</span>
            <button type="button" data-decide="" aria-label=label disabled=!may_decide on:click=decide>
                {words::decide(lang)}
            </button>
        </li>
    }
    .into_any()
}

fn candidates(lang: Lang, sheet: &Sheet, at: &FieldAt) -> Vec<Candidate> {
    let register = sheet.conflict(at.place, &at.spot);
    let current = register.into_iter().flat_map(|register| register.current());
    let candidate = |(_, written): (_, &domain::state::Written)| Candidate {
        value: written.value.clone(),
        author: written.author,
        by: name_of(lang, sheet, written.author),
        at: written.at,
    };
    current.map(candidate).collect()
}

/// The name of the person at a seat. Headquarters names every seat of a team; one that it never
/// named is its own.
pub(crate) fn name_of(lang: Lang, sheet: &Sheet, seat: SeatId) -> String {
    match sheet.state().seat(&seat) {
        _ if seat == sheet.me() => words::me(lang).to_owned(),
        Some(assigned) => assigned.name.clone(),
        None => words::headquarters(lang).to_owned(),
    }
}

/// A value of a field as a person reads it.
pub(super) fn value_words(lang: Lang, field: &Field, value: &Value) -> String {
    let answer = value.as_answer().filter(|_| *field == Field::Answer);
    let state = value.as_statement_state().filter(|_| *field == Field::StatementState);
    match (answer, state, value) {
        (Some(answer), _, _) => answer_words(lang, answer).to_owned(),
        (None, Some(state), _) => statement_words(lang, state).to_owned(),
        (None, None, Value::Empty) => words::empty_value(lang).to_owned(),
        (None, None, Value::Day(day)) => format::day(lang, *day),
        (None, None, Value::Text(_) | Value::Whole(_) | Value::Choice(_)) => value.to_string(),
    }
}
