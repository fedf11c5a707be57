//! Values of the record in the words of the office pages.

use domain::act::{Act, Body, Role};
use domain::answer::{Answer, StatementState};
use domain::finding::Finding;
use domain::moment::Moment;
use domain::register::{Field, Subject, Value, Write};
use domain::remedy::Outcome;
use domain::state::HeldReason;
use maud::{Markup, html};
use texts::{Lang, clerk, custody, format, office};

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
        HeldReason::UnknownSeat => office::unknown_seat(lang),
    }
}

/// Whether the other side gave a statement.
pub(super) fn statement_state(state: StatementState, lang: Lang) -> &'static str {
    match state {
        StatementState::Given => clerk::statement_given(lang),
        StatementState::Declined => office::declined(lang),
        StatementState::Impossible => office::impossible(lang),
    }
}

/// The number of a decision, or the mark that there is none yet.
pub(super) fn decision(number: Option<&str>, lang: Lang) -> Markup {
    match number {
        Some(number) => html! { (number) },
        None => html! { span.mark { (office::no_decision(lang)) } },
    }
}

/// What was said of a remedy.
pub(super) fn outcome(outcome: Outcome, note: &str, lang: Lang) -> String {
    match outcome {
        Outcome::Done => clerk::remedy_was_done(lang, note),
        Outcome::NotDone => clerk::remedy_was_not_done(lang, note),
        Outcome::Extended(until) => {
            clerk::remedy_was_extended(lang, &format::day(lang, until), note)
        }
    }
}

/// What a field is called.
pub(super) fn field(field: &Field, lang: Lang) -> &str {
    match field {
        Field::Answer => office::answers(lang),
        Field::Note => custody::note(lang),
        Field::Facts => office::facts(lang),
        Field::Quantity => office::quantity(lang),
        Field::ActOn => office::act_on(lang),
        Field::Provision => office::provision(lang),
        Field::Remedy => custody::remedy(lang),
        Field::RemedyBy => office::remedy_by(lang),
        Field::StatementState => custody::statement_state(lang),
        Field::Statement => office::statement(lang),
        Field::Decision => office::decision(lang),
        Field::Place => custody::place(lang),
        Field::Present => custody::present(lang),
        Field::Other(name) => name,
    }
}

/// What was done, for someone who decides whether it counts.
pub(super) fn act(
    body: Option<&Body>,
    question: impl Fn(&Subject) -> String,
    lang: Lang,
) -> String {
    let Some(body) = body else { return custody::act_withheld(lang).to_owned() };
    match &body.act {
        Act::OpenJournal(_) => custody::act_open_journal(lang).to_owned(),
        Act::OpenInspection(opening) => {
            custody::act_open_inspection(lang, &opening.establishment.name)
        }
        Act::CancelInspection(cancel) => clerk::cancelled_inspection(lang, &cancel.reason),
        Act::AssignSeat(assign) => custody::act_assign(lang, &assign.name),
        Act::Set(write) => written(write, &question(&write.address.subject), lang),
        Act::BeginFinding(begin) => {
            let item = question(&Subject::Item(begin.item.clone()));
            let first = written(&begin.first, "", lang);
            format!("{}: {item} · {first}", custody::act_begin(lang))
        }
        Act::WithdrawFinding(withdraw) => {
            format!("{}: {}", custody::act_withdraw(lang), withdraw.reason)
        }
        Act::FollowRemedy(follow) => outcome(follow.outcome, &follow.note, lang),
        Act::Admit(_) | Act::SetAside(_) => custody::act_judge(lang).to_owned(),
        Act::Unknown(unknown) => custody::act_unknown(lang, &unknown.name),
    }
}

/// `question · field: value`; the field of an answer says nothing more.
fn written(write: &Write, question: &str, lang: Lang) -> String {
    let words = match &write.value {
        Value::Empty => custody::cleared(lang).to_owned(),
        Value::Text(_) | Value::Whole(_) | Value::Day(_) | Value::Choice(_) => {
            value(&write.value, lang)
        }
    };
    let named = &write.address.field;
    let is_answer = *named == Field::Answer;
    let said = if is_answer { words } else { format!("{}: {words}", field(named, lang)) };
    if question.is_empty() { said } else { format!("{question} · {said}") }
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

/// A sentence in which commands stand between backticks.
pub(super) fn with_commands(sentence: &str) -> Markup {
    html! {
        @for (at, part) in sentence.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A moment in Viet Nam, exact for machines.
pub(super) fn moment(moment: Moment, lang: Lang) -> Markup {
    let shown =
        moment.local().map_or_else(|| moment.to_string(), |local| format::time(lang, local));
    html! { time datetime=(moment) { (shown) } }
}
