//! `/office/inspections/{id}/remedies/{finding}`: following the remedy of one finding to its end.
//!
//! What is said goes into headquarters' journal and names what it saw standing; where two clerks
//! speak at once, both words stand and the page says so. Files are not taken here.

use std::sync::Arc;

use axum::extract::{Path, RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::act::{Act, Body};
use domain::finding::Finding;
use domain::ids::FindingId;
use domain::moment::parse_day;
use domain::register::Field as Of;
use domain::remedy::{FollowRemedy, FollowUp, FollowUps, Outcome, Progress};
use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, clerk as t, format, office};

use super::clerk::{Clerk, is_own_form};
use super::fields::{self, Field};
use super::filled::Filled;
use super::library::Library;
use super::listing::{Tone, mark};
use super::lists::remedies::{due, words_of};
use super::overview::today;
use super::record::Record;
use super::trouble::{Told, Trouble};
use super::{inspection, layout, words};
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::{clock, ledger};

/// What is wrong with what was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Outcome,
    On,
    Until,
    UntilAlone,
    Note,
}

impl Fault {
    fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Outcome => t::fault_outcome(lang),
            Self::On => t::fault_outcome_on(lang),
            Self::Until => t::fault_outcome_until(lang),
            Self::UntilAlone => t::fault_until_alone(lang),
            Self::Note => t::fault_outcome_note(lang),
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::On => "on",
            Self::Until | Self::UntilAlone => "until",
            Self::Note => "note",
        }
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Path((id, finding)): Path<(String, String)>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let (record, library) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let finding = named(&record, &finding, clerk.lang)?;
    Ok(draw(&record, &library, &finding, &clerk, (&Filled::default(), &[])))
}

pub(crate) async fn follow(
    State(headquarters): State<Arc<Headquarters>>,
    Path((id, finding)): Path<(String, String)>,
    clerk: Clerk,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    if !is_own_form(&headers) {
        return Err(Told(Trouble::ForeignForm, clerk.lang));
    }
    let (record, library) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let finding = named(&record, &finding, clerk.lang)?;
    if finding.remedy_on(today()).is_none() {
        return Err(Told(Trouble::NotFound, clerk.lang));
    }
    let filled = Filled::parse(&form);
    match read(&filled, &finding, today()) {
        Err(faults) => {
            let page = draw(&record, &library, &finding, &clerk, (&filled, &faults));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(follow) => {
            let place = place(&record, finding.id);
            let body = Body { act: Act::FollowRemedy(follow), by: Some(clerk.person.id) };
            let stored = store(&headquarters, record.id, body).await;
            stored.map_err(|fault| Told(fault.into(), clerk.lang))?;
            Ok(Redirect::to(&place).into_response())
        }
    }
}

fn place(record: &Record, finding: FindingId) -> String {
    format!("/office/inspections/{}/remedies/{finding}", record.id)
}

fn named<'a>(record: &'a Record, finding: &str, lang: Lang) -> Result<Finding<'a>, Told> {
    let id = finding.parse().ok();
    id.and_then(|id| record.state.finding(id)).ok_or(Told(Trouble::NotFound, lang))
}

async fn store(
    headquarters: &Headquarters,
    inspection: domain::ids::InspectionId,
    body: Body,
) -> Result<(), StoreFault> {
    let keys = headquarters.keys.clone();
    let work = headquarters.store.write(move |tx| {
        Box::pin(
            async move { ledger::append(tx, &keys, inspection, vec![body], clock::now()).await },
        )
    });
    work.await
}

/// Reads the form; names everything that is wrong with it at once.
fn read(filled: &Filled, finding: &Finding<'_>, today: Date) -> Result<FollowRemedy, Vec<Fault>> {
    let on = parse_day(filled.one("on")).filter(|on| *on <= today);
    let outcome = outcome(filled, on);
    let note = filled.one("note").to_owned();
    let faults =
        [outcome.err(), on.is_none().then_some(Fault::On), note.is_empty().then_some(Fault::Note)];
    let faults = faults.into_iter().flatten().collect::<Vec<_>>();
    match (outcome, on) {
        (Ok(outcome), Some(on)) if faults.is_empty() => {
            let over = finding.follow_ups().into_iter().flat_map(FollowUps::current);
            let over = over.map(|(event, _)| *event).collect();
            let evidence = Vec::new();
            Ok(FollowRemedy { finding: finding.id, outcome, on, note, over, evidence })
        }
        (Ok(_) | Err(_), _) => Err(faults),
    }
}

fn outcome(filled: &Filled, on: Option<Date>) -> Result<Outcome, Fault> {
    let until = filled.one("until");
    let ended = |outcome| if until.is_empty() { Ok(outcome) } else { Err(Fault::UntilAlone) };
    match filled.one("outcome") {
        "done" => ended(Outcome::Done),
        "not_done" => ended(Outcome::NotDone),
        "extended" => {
            let later = parse_day(until).filter(|until| on.is_none_or(|on| on < *until));
            later.map(Outcome::Extended).ok_or(Fault::Until)
        }
        _ => Err(Fault::Outcome),
    }
}

fn draw(
    record: &Record,
    library: &Library,
    finding: &Finding<'_>,
    clerk: &Clerk,
    (filled, faults): (&Filled, &[Fault]),
) -> Markup {
    let lang = clerk.lang;
    let view = View { record, library, finding, lang };
    let back = format!("/office/inspections/{}", record.id);
    let body = html! {
        p.actions {
            a href="/office/remedies" { (t::remedies(lang)) }
            a href=(back) { (office::back_to_inspection(lang)) }
        }
        h1 { (t::follow(lang)) }
        @match finding.remedy_on(today()) {
            None => p.empty { (t::no_remedy(lang)) },
            Some(progress) => {
                (view.facts(progress))
                (view.history())
                @if progress == Progress::Undecided { p.banner.warn { (t::follow_undecided(lang)) } }
                (view.form(filled, faults))
            },
        }
    };
    layout::page(lang, t::follow(lang), Some(clerk), &body)
}

struct View<'a> {
    record: &'a Record,
    library: &'a Library,
    finding: &'a Finding<'a>,
    lang: Lang,
}

impl View<'_> {
    fn facts(&self, progress: Progress) -> Markup {
        let (lang, finding) = (self.lang, self.finding);
        let (words, tone) = words_of(progress, lang);
        let name = self.record.opening().map(|opening| opening.establishment.name.as_str());
        html! {
            dl data-progress=(super::lists::remedies::name_of(progress)) {
                dt { (t::remedy_state(lang)) }
                dd {
                    (mark(tone, words))
                    @if let Some(by) = due(progress) { " " (format::day(lang, by)) }
                }
                dt { (office::establishment(lang)) } dd { (name.unwrap_or_default()) }
                dt { (office::item(lang)) } dd { (self.library.question(finding.item, lang)) }
                dt { (office::facts(lang)) } dd.words { (finding.text(Of::Facts)) }
                dt { (t::remedy(lang)) } dd.words { (finding.text(Of::Remedy)) }
                dt { (t::remedy_by(lang)) }
                dd { @if let Some(by) = finding.remedy_by() { (format::day(lang, by)) } }
            }
        }
    }

    fn history(&self) -> Markup {
        let lang = self.lang;
        let history = self.finding.follow_ups().map(FollowUps::history).unwrap_or_default();
        html! {
            h2 { (t::follow_history(lang)) }
            @if history.is_empty() { p.empty { (t::follow_history_none(lang)) } }
            @else { ol.story { @for (event, said) in history { li.step data-event=(event) { (self.said(said)) } } } }
        }
    }

    fn said(&self, said: &FollowUp) -> Markup {
        let lang = self.lang;
        let by = said.by.and_then(|by| self.record.person(by));
        html! {
            p.said { span.label { (words::outcome(said.outcome, &said.note, lang)) } }
            dl.when {
                dt { (t::outcome_on(lang)) } dd { (format::day(lang, said.on)) }
                dt { (office::author(lang)) } dd { (by.unwrap_or(office::headquarters(lang))) }
                dt { (office::recorded_at(lang)) } dd { (words::moment(said.at, lang)) }
            }
        }
    }

    fn form(&self, filled: &Filled, faults: &[Fault]) -> Markup {
        let lang = self.lang;
        let fault = |field: &str| {
            faults.iter().find(|fault| fault.field() == field).map(|fault| fault.sentence(lang))
        };
        let field = |name, label| Field { name, label, fault: fault(name) };
        let today = today().to_string();
        let on = if filled.has("on") { filled.one("on") } else { &today };
        html! {
            h2 { (t::follow_new(lang)) }
            @if !faults.is_empty() {
                (fields::summary(office::form_faults(lang), faults.iter().map(|fault| (fault.field(), fault.sentence(lang)))))
            }
            form.sheet method="post" action=(place(self.record, self.finding.id)) {
                (outcomes(filled, fault("outcome"), lang))
                (fields::day(&field("on", t::outcome_on(lang)), on))
                (fields::day(&field("until", t::outcome_until(lang)), filled.one("until")))
                (fields::words(&field("note", t::outcome_note(lang)), filled.one("note")))
                p.quiet { (t::follow_evidence(lang)) }
                p { button { (t::record_outcome(lang)) } }
            }
        }
    }
}

fn outcomes(filled: &Filled, fault: Option<&str>, lang: Lang) -> Markup {
    let choices = [
        ("done", t::outcome_done(lang)),
        ("extended", t::outcome_extended(lang)),
        ("not_done", t::outcome_not_done(lang)),
    ];
    html! {
        fieldset id="outcome" aria-describedby=[fault.map(|_| "outcome-fault")] {
            legend { (t::outcome(lang)) }
            (fields::fault("outcome", fault))
            @for (value, words) in choices {
                label.choice {
                    input type="radio" name="outcome" value=(value) checked[filled.one("outcome") == value];
                    (words)
                }
            }
        }
    }
}

/// The mark of a remedy, with the way to follow it; nothing where none is asked.
pub(super) fn linked(record: &Record, finding: &Finding<'_>, lang: Lang) -> Markup {
    let Some(progress) = finding.remedy_on(today()) else { return html! {} };
    let (words, tone): (&str, Tone) = words_of(progress, lang);
    html! { (mark(tone, words)) " " a href=(place(record, finding.id)) { (t::follow(lang)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(form: &str, expected: Result<Outcome, Fault>) {
        let filled = Filled::parse(form.as_bytes());
        assert_eq!(outcome(&filled, Some(date(2026, 8, 1))), expected, "{form}");
    }

    #[test]
    fn only_more_time_has_a_day_and_it_is_a_later_one() {
        check("outcome=done&until=", Ok(Outcome::Done));
        check("outcome=extended&until=2026-08-02", Ok(Outcome::Extended(date(2026, 8, 2))));
        check("outcome=extended&until=2026-08-01", Err(Fault::Until));
        check("outcome=extended", Err(Fault::Until));
        check("outcome=done&until=2026-08-02", Err(Fault::UntilAlone));
        check("outcome=maybe", Err(Fault::Outcome));
        check("", Err(Fault::Outcome));
    }
}
