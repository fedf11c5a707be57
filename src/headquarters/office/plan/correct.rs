//! `/office/inspections/{id}/plan`: correcting the day, the reason and the decision of an
//! inspection, and cancelling it. Where it takes place and what is asked is not changed here.
//!
//! What was planned before stays in the record: headquarters' last word on a plan stands.

use std::sync::Arc;

use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::act::{Decision, OpenInspection};
use domain::moment::parse_day;
use domain::register::{Address, Field as Of, Subject};
use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, clerk as t, custody, office};

use super::{Fault, read};
use crate::headquarters::Headquarters;
use crate::ledger::Correction;
use crate::office::clerk::Clerk;
use crate::office::fields::{self, Field, must};
use crate::office::filled::Filled;
use crate::office::notice::Notice;
use crate::office::record::Record;
use crate::office::recorded::Recorded;
use crate::office::trouble::{Told, Trouble};
use crate::office::{inspection, layout, overview, teammates};
use crate::{clock, ledger};

/// What stands wrong on the page, and in which of its two forms.
#[derive(Default)]
struct Faults {
    plan: Vec<Fault>,
    cancelling: bool,
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let (record, _) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let opening = opening(&record, clerk.lang)?;
    Ok(draw(&clerk, &record, opening, (&as_it_stands(&record, opening), &Faults::default())))
}

pub(crate) async fn correct(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let (record, _) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let opening = opening(&record, clerk.lang)?;
    let filled = Filled::parse(&form);
    match corrected(&filled, (opening, is_recorded(&record)), overview::today()) {
        Err(plan) => {
            let faults = Faults { plan, ..Faults::default() };
            let page = draw(&clerk, &record, opening, (&filled, &faults));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(corrected) => {
            let place = place(&record);
            if is_news(&record, opening, &corrected) {
                store(&headquarters, &record, corrected, &clerk).await?;
            }
            Ok(Redirect::to(&Notice::PlanCorrected.on(&place)).into_response())
        }
    }
}

pub(crate) async fn cancel(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let (record, _) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let opening = opening(&record, clerk.lang)?;
    let filled = Filled::parse(&form);
    let Some(reason) = filled.reason("why_cancel") else {
        let faults = Faults { cancelling: true, ..Faults::default() };
        let page = draw(&clerk, &record, opening, (&as_it_stands(&record, opening), &faults));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (keys, reason) = (headquarters.keys.clone(), reason.to_owned());
    let (inspection, by) = (record.id, (clerk.person.id, clock::now()));
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move { ledger::cancel(tx, &keys, inspection, reason, by).await })
    });
    work.await.map_err(|fault| Told(fault.into(), clerk.lang))?;
    Ok(Redirect::to(&Notice::Cancelled.on(&place(&record))).into_response())
}

/// The opening that can be corrected: there is one, and the inspection takes place.
fn opening(record: &Record, lang: Lang) -> Result<&OpenInspection, Told> {
    if record.state.cancelled().is_some() {
        return Err(Told(Trouble::Cancelled(record.id), lang));
    }
    record.opening().ok_or(Told(Trouble::NotFound, lang))
}

fn place(record: &Record) -> String {
    format!("/office/inspections/{}", record.id)
}

/// The form with what stands in the record.
fn as_it_stands(record: &Record, opening: &OpenInspection) -> Filled {
    let number = record.state.decision().unwrap_or_default();
    let decided = opening.decision.as_ref().filter(|decision| decision.number == number);
    let decided_on = decided.map(|decision| decision.on.to_string()).unwrap_or_default();
    Filled::default()
        .with("on", &opening.on.to_string())
        .with("reason", &opening.reason)
        .with("decision", number)
        .with("decision_on", &decided_on)
}

/// Whether anything was found or answered: by the day of the inspection stand the law that it
/// cites and the team that took part.
fn is_recorded(record: &Record) -> bool {
    record.state.registers().any(|(address, _)| address.subject != Subject::Inspection)
}

/// The plan as the form has it, or everything that is wrong with it. What stood before is not
/// asked whether it is near.
fn corrected(
    filled: &Filled,
    (opening, is_recorded): (&OpenInspection, bool),
    today: Date,
) -> Result<OpenInspection, Vec<Fault>> {
    let (reason, on) = (filled.one("reason").to_owned(), parse_day(filled.one("on")));
    let decision = read::decision(filled);
    let late = matches!((&decision, on), (Ok(Some(decision)), Some(on)) if decision.on > on);
    let is_far = |day| !read::is_near(day, today);
    let stands = |decision: &Decision| opening.decision.as_ref() == Some(decision);
    let decided_far = matches!(&decision, Ok(Some(it)) if !stands(it) && is_far(it.on));
    let faults = [
        reason.is_empty().then_some(Fault::Reason),
        on.is_none().then_some(Fault::Day),
        on.is_some_and(|on| on != opening.on && is_far(on)).then_some(Fault::DayFar),
        on.is_some_and(|on| is_recorded && on != opening.on).then_some(Fault::DayRecorded),
        decision.as_ref().err().copied(),
        decided_far.then_some(Fault::DecisionFar),
        late.then_some(Fault::DecisionLate),
    ];
    let faults = faults.into_iter().flatten().collect::<Vec<_>>();
    match (on, decision) {
        (Some(on), Ok(decision)) if faults.is_empty() => {
            Ok(OpenInspection { reason, on, decision, ..opening.clone() })
        }
        _ => Err(faults),
    }
}

fn is_news(record: &Record, opening: &OpenInspection, corrected: &OpenInspection) -> bool {
    let number = corrected.decision.as_ref().map(|Decision { number, .. }| number.as_str());
    opening != corrected || record.state.decision() != number
}

async fn store(
    headquarters: &Headquarters,
    record: &Record,
    opening: OpenInspection,
    clerk: &Clerk,
) -> Result<(), Told> {
    let correction = Correction {
        opening,
        over_decision: record.state.over(&Address::inspection(Of::Decision)),
        opener: teammates::opener_unsaid(record),
    };
    let (keys, inspection) = (headquarters.keys.clone(), record.id);
    let by = (clerk.person.id, clock::now());
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move { ledger::correct_plan(tx, &keys, inspection, correction, by).await })
    });
    work.await.map_err(|fault| Told(fault.into(), clerk.lang))
}

fn draw(
    clerk: &Clerk,
    record: &Record,
    opening: &OpenInspection,
    (filled, faults): (&Filled, &Faults),
) -> Markup {
    let lang = clerk.lang;
    let title = t::correct_plan_of(lang, &opening.establishment.name);
    let form = Form { filled, faults: &faults.plan, lang };
    let body = html! {
        p.actions { a href=(place(record)) { (office::back_to_inspection(lang)) } }
        h1 { (title) }
        p.quiet { (t::correct_plan_means(lang)) " " (t::required_means(lang)) }
        @if !faults.plan.is_empty() {
            (fields::summary(t::plan_not_saved(lang), faults.plan.iter().map(|it| (it.field(), it.sentence(lang)))))
        }
        @if faults.cancelling {
            (fields::summary(t::not_cancelled(lang), [("why_cancel", custody::fault_reason(lang))].into_iter()))
        }
        (form.plan(&place(record)))
        section aria-labelledby="cancel" {
            h2 id="cancel" { (t::cancel_inspection(lang)) }
            @match Recorded::of(&record.state).words(lang) {
                Some(recorded) => p.banner.warn { (t::recorded_so_far(lang, &recorded)) },
                None => p { (t::nothing_recorded(lang)) },
            }
            p.quiet { (t::cancel_means(lang)) }
            (cancelling(&place(record), faults.cancelling, lang))
        }
    };
    layout::page(lang, &title, Some(clerk), &body)
}

struct Form<'a> {
    filled: &'a Filled,
    faults: &'a [Fault],
    lang: Lang,
}

impl Form<'_> {
    fn plan(&self, place: &str) -> Markup {
        let lang = self.lang;
        html! {
            form.sheet method="post" action={ (place) "/plan" } {
                fieldset {
                    legend { (t::when_and_why(lang)) }
                    (fields::day(&self.field("on", &must(office::day(lang))), self.filled.one("on")))
                    (self.text("reason", &must(office::reason(lang))))
                    (self.text("decision", t::decision_number(lang)))
                    (fields::day(&self.field("decision_on", office::decision_on(lang)), self.filled.one("decision_on")))
                    p.quiet { (t::decision_pending_hint(lang)) }
                }
                p { button { (t::save_correction(lang)) } }
            }
        }
    }

    fn text(&self, name: &'static str, label: &str) -> Markup {
        fields::text(&self.field(name, label), self.filled.one(name))
    }

    fn field<'f>(&self, name: &'static str, label: &'f str) -> Field<'f> {
        let fault = self.faults.iter().find(|fault| fault.field() == name);
        Field { name, label, fault: fault.map(|fault| fault.sentence(self.lang)) }
    }
}

fn cancelling(place: &str, fault: bool, lang: Lang) -> Markup {
    let fault = fault.then(|| custody::fault_reason(lang));
    let field = Field { name: "why_cancel", label: &must(t::why_cancel(lang)), fault };
    html! {
        form.sheet method="post" action={ (place) "/cancel" } {
            // The return key in a field presses the first button of its form.
            button disabled hidden {}
            (fields::text(&field, ""))
            p { button.danger name="cancel" value="1" { (t::cancel_inspection(lang)) } }
        }
    }
}
