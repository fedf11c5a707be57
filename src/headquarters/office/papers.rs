//! The two documents of an inspection as they stand at this moment, to be read and printed.
//!
//! A preview: nothing is sealed or signed here, and what is not recorded says so.

use std::sync::Arc;

use axum::extract::{Path, State};
use maud::{Markup, PreEscaped, html};
use minutes::document::Document;
use minutes::inspection_minutes::inspection_minutes;
use minutes::papers::{OtherSide, Papers, Signing};
use minutes::violation_record::violation_record;
use texts::{Lang, office};

use super::clerk::Clerk;
use super::trouble::Told;
use super::{inspection, layout};
use crate::headquarters::Headquarters;

/// How one of the documents is made.
type Make = fn(&Papers<'_>, &Signing, Lang) -> Document;

pub(crate) async fn inspection_minutes_page(
    headquarters: State<Arc<Headquarters>>,
    id: Path<String>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    page(headquarters, id, clerk, inspection_minutes).await
}

pub(crate) async fn violation_record_page(
    headquarters: State<Arc<Headquarters>>,
    id: Path<String>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    page(headquarters, id, clerk, violation_record).await
}

async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    make: Make,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let (record, library) = inspection::load(&headquarters, &id, lang).await?;
    let papers =
        Papers { state: &record.state, checklists: &library.checklists, law: Some(&library.law) };
    let signing = Signing { at: None, copies: None, other_side: OtherSide::Signs };
    let document = make(&papers, &signing, lang);
    let body = html! {
        p.actions {
            a href={ "/office/inspections/" (record.id) } { (office::back_to_inspection(lang)) }
        }
        p.quiet.screen-only { (office::preview_means(lang)) " " (office::how_to_print(lang)) }
        div.preview { (PreEscaped(minutes::html::article(&document))) }
    };
    Ok(layout::page(lang, &document.title, Some(&clerk), &body))
}
