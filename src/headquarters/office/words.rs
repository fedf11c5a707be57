//! Values of the record in the words of the office pages.

use domain::act::Role;
use domain::answer::{Answer, StatementState};
use domain::finding::Finding;
use domain::moment::Moment;
use domain::register::{Field, Value};
use domain::state::HeldReason;
use maud::{Markup, html};
use texts::{Lang, format, office};

pub(super) fn answer(answer: Answer, lang: Lang) -> &'static str {
    match answer {
        Answer::Compliant => office::compliant(lang),
        Answer::Violation => office::violation(lang),
        Answer::NotApplicable => office::not_applicable(lang),
        Answer::NotChecked => office::not_checked(lang),
    }
}

/// A value as a person reads it.
pub(super) fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Choice(_) => value
            .as_answer()
            .map_or_else(|| value.to_string(), |choice| answer(choice, lang).to_owned()),
        Value::Day(day) => format::day(lang, *day),
        Value::Empty | Value::Text(_) | Value::Whole(_) => value.to_string(),
    }
}

pub(super) fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::None => office::not_in_team(lang),
        Role::Member => office::member(lang),
        Role::Lead => office::lead(lang),
    }
}

pub(super) fn held_reason(reason: HeldReason, lang: Lang) -> &'static str {
    match reason {
        HeldReason::NotOnTeam => office::not_on_team(lang),
        HeldReason::SeatRevoked => office::seat_revoked(lang),
        HeldReason::Forked => office::forked(lang),
    }
}

/// The statement of the other side: its words, or why there are none.
pub(super) fn statement(finding: &Finding<'_>, lang: Lang) -> String {
    let words = finding.text(Field::Statement);
    let without = match finding.statement_state() {
        Some(StatementState::Given) | None => return words,
        Some(StatementState::Declined) => office::declined(lang),
        Some(StatementState::Impossible) => office::impossible(lang),
    };
    if words.is_empty() { without.to_owned() } else { format!("{without}: {words}") }
}

/// A moment in Viet Nam, exact for machines.
pub(super) fn moment(moment: Moment, lang: Lang) -> Markup {
    let shown =
        moment.local().map_or_else(|| moment.to_string(), |local| format::time(lang, local));
    html! { time datetime=(moment) { (shown) } }
}
