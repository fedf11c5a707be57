//! `/office`: every inspection, the newest day first.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};
use texts::{Lang, office};

use super::clerk::Clerk;
use super::library::Library;
use super::summary::{self, Summary};
use super::trouble::Told;
use super::{layout, words};
use crate::headquarters::Headquarters;
use crate::store::{StoreFault, inspections};

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let summaries = summaries(&headquarters).await.map_err(told)?;
    let library = Library::current(&headquarters.store).await.map_err(told)?;
    let body = html! {
        h1 { (office::inspections(lang)) }
        @if summaries.is_empty() {
            p { (office::no_inspections(lang)) }
        } @else {
            div.scroll role="group" aria-label=(office::inspections(lang)) tabindex="0" { (table(&summaries, &library, lang)) }
        }
        p.actions { a href="/office/inspections/new" { (office::open_inspection(lang)) } }
    };
    Ok(layout::page(lang, office::inspections(lang), Some(&clerk), &body))
}

/// Every inspection, the newest day first.
pub(super) async fn summaries(headquarters: &Headquarters) -> Result<Vec<Summary>, StoreFault> {
    let mut summaries = Vec::new();
    for listed in inspections::all(headquarters.store.readers()).await? {
        summaries.extend(summary::of(headquarters, &listed).await?);
    }
    summaries.sort_by_key(|summary| Reverse(summary.opening.as_ref().map(|opening| opening.2)));
    Ok(summaries)
}

fn table(summaries: &[Summary], library: &Library, lang: Lang) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { (office::establishment(lang)) }
                    th scope="col" { (office::kind(lang)) }
                    th scope="col" { (office::day(lang)) }
                    th scope="col" { (office::team(lang)) }
                    th scope="col" { (office::decision(lang)) }
                    th.number scope="col" { (office::answers(lang)) }
                    th.number scope="col" { (office::findings(lang)) }
                    th.number scope="col" { (office::conflicts(lang)) }
                    th.number scope="col" { (office::held(lang)) }
                }
            }
            tbody { @for summary in summaries { (row(summary, library, lang)) } }
        }
    }
}

fn row(summary: &Summary, library: &Library, lang: Lang) -> Markup {
    let (name, kind, day) = match &summary.opening {
        Some((name, kind, day)) => {
            (name.as_str(), library.kind(kind, lang), texts::format::day(lang, *day))
        }
        None => (office::not_opened(lang), "", String::new()),
    };
    html! {
        tr data-inspection=(summary.id) {
            td { a.row href={ "/office/inspections/" (summary.id) } { (name) } }
            td { (kind) }
            td { (day) }
            td { (team(&summary.team, lang)) }
            td { (decision(summary.decision.as_deref(), lang)) }
            td.number { (summary.answers) }
            td.number { (summary.findings) }
            td.number { (summary.conflicts) }
            td.number { (summary.held) }
        }
    }
}

/// The names of a team, with the role of each.
pub(super) fn team(team: &[(String, domain::act::Role)], lang: Lang) -> Markup {
    html! {
        @for (at, (name, role)) in team.iter().enumerate() {
            @if at > 0 { ", " }
            (name) " (" (words::role(*role, lang)) ")"
        }
    }
}

/// The number of a decision, or the mark that there is none yet.
pub(super) fn decision(number: Option<&str>, lang: Lang) -> Markup {
    match number {
        Some(number) => html! { (number) },
        None => html! { span.mark { (office::no_decision(lang)) } },
    }
}
