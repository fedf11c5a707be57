//! `/office/retention`: how long each kind of record is kept, who decided it, and deciding.

use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PersonId;
use maud::{Markup, html};
use texts::{Lang, access as t, custody};

use super::clerk::Clerk;
use super::filled::Filled;
use super::notice::Notice;
use super::trouble::Told;
use super::{fields, layout, words};
use crate::access::Right;
use crate::headquarters::Headquarters;
use crate::retention::Kind;
use crate::store::retention::{self, Kept};
use crate::store::{StoreFault, Tx, people};
use crate::{audit, clock};

const HERE: &str = "/office/retention";

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let drawn = draw(&headquarters, &clerk, None).await;
    drawn.map_err(|fault| Told(fault.into(), clerk.lang))
}

pub(crate) async fn set(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let told = |fault: StoreFault| Told(fault.into(), clerk.lang);
    let filled = Filled::parse(&form);
    let Some(days) = read(&filled) else {
        let page = draw(&headquarters, &clerk, Some(&filled)).await.map_err(told)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let by = clerk.person.id;
    let work =
        headquarters.store.write(move |tx| Box::pin(async move { store(tx, &days, by).await }));
    work.await.map_err(told)?;
    Ok(Redirect::to(&Notice::RetentionSet.on(HERE)).into_response())
}

/// The days of every kind; `None` where one of them may not be set.
fn read(filled: &Filled) -> Option<Vec<(Kind, u32)>> {
    let one = |kind: Kind| Some((kind, kind.days(filled.one(kind.word()))?));
    Kind::ALL.into_iter().map(one).collect()
}

/// Stores and notes what changes.
async fn store(tx: &mut Tx, days: &[(Kind, u32)], by: PersonId) -> Result<(), StoreFault> {
    for (kind, days) in days {
        let before = retention::of(&mut *tx, *kind).await?.days;
        if before == *days {
            continue;
        }
        retention::set(&mut *tx, (*kind, *days), (by, clock::now())).await?;
        let detail = format!("{before} to {days} days");
        audit::note(&mut *tx, Some(by), audit::Act::RetentionSet, kind.word(), &detail).await?;
    }
    Ok(())
}

async fn draw(
    headquarters: &Headquarters,
    clerk: &Clerk,
    filled: Option<&Filled>,
) -> Result<Markup, StoreFault> {
    let (lang, db) = (clerk.lang, headquarters.store.readers());
    let kept = retention::all(db).await?;
    let persons = people::persons(db).await?;
    let name = |by: PersonId| persons.iter().find(|it| it.id == by).map(|it| it.name.as_str());
    let faults = filled.map(|filled| faults(filled, lang)).unwrap_or_default();
    let sets = clerk.may(Right::SetRetention);
    let one = |kept: &Kept| {
        let word = kept.kind.word();
        let fault = faults.iter().find(|(kind, _)| *kind == word).map(|(_, words)| words.as_str());
        let days = filled.map_or_else(|| kept.days.to_string(), |it| it.one(word).to_owned());
        html! {
            fieldset {
                legend { (title(kept.kind, lang)) }
                p.quiet { (reason(kept.kind, lang)) }
                @if sets {
                    (fields::labelled(&fields::Field { name: word, label: t::days(lang), fault }, html! {
                        input id=(word) name=(word) inputmode="numeric" value=(days)
                            aria-invalid=[fault.map(|_| "true")]
                            aria-describedby=[fault.map(|_| format!("{word}-fault"))];
                    }))
                } @else { p { strong { (t::so_many_days(lang, kept.days)) } } }
                @match kept.set {
                    None => p.quiet { (t::nobody_decided(lang)) },
                    Some((by, at)) => p.quiet {
                        (t::decided_by(lang, by.and_then(name).unwrap_or(custody::unknown_person(lang))))
                        ", " (words::moment(at, lang))
                    },
                }
            }
        }
    };
    let body = html! {
        h1 { (t::retention(lang)) }
        p.quiet { (t::retention_lead(lang)) }
        @if !faults.is_empty() {
            (fields::summary(t::retention_not_saved(lang), faults.iter().map(|(kind, words)| (*kind, words.as_str()))))
        }
        form.sheet method="post" action=(HERE) {
            @for kept in &kept { (one(kept)) }
            @if sets { p { button { (t::save_retention(lang)) } } }
        }
    };
    Ok(layout::page(lang, t::retention(lang), Some(clerk), &body))
}

/// What is wrong, with the field it stands beside.
fn faults(filled: &Filled, lang: Lang) -> Vec<(&'static str, String)> {
    let wrong = Kind::ALL.into_iter().filter(|kind| kind.days(filled.one(kind.word())).is_none());
    let one = |kind: Kind| {
        let (fewest, most) = kind.bounds();
        (kind.word(), t::fault_days(lang, fewest, most))
    };
    wrong.map(one).collect()
}

fn title(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::TabletRecords => t::keep_tablet_records(lang),
        Kind::TabletEvidence => t::keep_tablet_evidence(lang),
        Kind::ClosedInspections => t::keep_closed_inspections(lang),
        Kind::Audit => t::keep_audit(lang),
    }
}

fn reason(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::TabletRecords => t::why_tablet_records(lang),
        Kind::TabletEvidence => t::why_tablet_evidence(lang),
        Kind::ClosedInspections => t::why_closed_inspections(lang),
        Kind::Audit => t::why_audit(lang),
    }
}
