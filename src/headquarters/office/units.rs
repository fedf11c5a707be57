//! `/office/units`: the units of the organisation, as a page and as files; adding, renaming and
//! ending one.

use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use texts::{Lang, people as t};

use super::clerk::Clerk;
use super::fields::{self, Field};
use super::filled::Filled;
use super::listing::{Ask, Cell, Column, Ending, Sheet, Tone, file_links, mark};
use super::notice::Notice;
use super::people::{not_saved, pages, sentence};
use super::trouble::Told;
use super::{layout, overview, words};
use crate::headquarters::Headquarters;
use crate::identity::staff::{self, By, StaffFault};
use crate::store::Tx;
use crate::store::units::{self, Unit};

/// The address of the page.
pub(super) const HERE: &str = "/office/units";

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    draw(&headquarters, &clerk, None).await
}

async fn draw(
    headquarters: &Headquarters,
    clerk: &Clerk,
    fault: Option<&str>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let known = units::all(headquarters.store.readers()).await;
    let known = known.map_err(|fault| Told(fault.into(), lang))?;
    let body = html! {
        h1 { (t::units(lang)) }
        (pages(HERE, lang))
        @if let Some(fault) = fault { (not_saved(fault, lang)) }
        p.quiet { (t::units_lead(lang)) }
        @if known.is_empty() { p.empty { (t::no_units(lang)) } }
        @else {
            p.actions { (file_links(HERE, &Ask::default(), lang)) }
            div.scroll role="group" aria-label=(t::units(lang)) tabindex="0" { (table(&known, lang)) }
        }
        details open[known.is_empty()] {
            summary { (t::add_unit(lang)) }
            form.sheet method="post" action=(HERE) {
                (fields::text(&Field { name: "name", label: t::unit_name(lang), fault: None }, ""))
                p { button name="do" value="add" { (t::add(lang)) } }
            }
        }
    };
    Ok(layout::page(lang, t::units(lang), Some(clerk), &body))
}

fn table(known: &[Unit], lang: Lang) -> Markup {
    let heads = [t::unit_name(lang), t::persons_in_it(lang), t::state(lang), t::rename(lang)];
    html! {
        table.cards role="table" aria-label=(t::units(lang)) {
            thead role="rowgroup" {
                tr role="row" { @for head in heads { th role="columnheader" scope="col" { (head) } } }
            }
            tbody role="rowgroup" {
                @for unit in known {
                    tr role="row" data-unit=(unit.id) {
                        td role="cell" data-label=(heads[0]) { strong { (unit.name) } }
                        td.number role="cell" data-label=(heads[1]) { (unit.persons) }
                        td role="cell" data-label=(heads[2]) {
                            @match unit.ended_at {
                                Some(at) => { div { (mark(Tone::Calm, t::ended(lang))) " " (words::moment(at, lang)) } }
                                None => (mark(Tone::Good, t::in_use(lang))),
                            }
                        }
                        td role="cell" data-label=(heads[3]) {
                            @if unit.ended_at.is_none() { (changing(unit, lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn changing(unit: &Unit, lang: Lang) -> Markup {
    let field = format!("name-{}", unit.id);
    html! {
        details {
            summary { (t::rename_of(lang, &unit.name)) }
            form.sheet method="post" action=(HERE) {
                input type="hidden" name="unit" value=(unit.id);
                div.field {
                    label for=(field) { (t::unit_name(lang)) }
                    input id=(field) name="name" value=(unit.name) maxlength="200";
                }
                p { button.second name="do" value="rename" { (t::save(lang)) } }
                @if unit.persons == 0 {
                    p.quiet { (t::end_unit_means(lang)) }
                    p { button.danger name="do" value="end" { (t::end_unit_of(lang, &unit.name)) } }
                }
            }
        }
    }
}

/// The page's table as a file.
pub(crate) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    ending: Ending,
) -> Result<Response, Told> {
    let rows = units::all(headquarters.store.readers()).await;
    let rows = rows.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let name = format!("units-{}", overview::today());
    let sheet = Sheet { name, title: t::units, columns: columns(), rows };
    Ok(sheet.file(ending, clerk.lang))
}

fn columns() -> Vec<Column<Unit>> {
    vec![
        Column::<Unit>::new("name", t::unit_name, |unit, _| Cell::words(unit.name.clone())),
        Column::<Unit>::new("persons", t::persons_in_it, |unit, _| {
            Cell::Number(usize::try_from(unit.persons).unwrap_or(usize::MAX))
        }),
        Column::<Unit>::new("state", t::state, |unit, lang| match unit.ended_at {
            Some(_) => {
                Cell::Mark { name: "ended", words: t::ended(lang), tone: Tone::Calm, place: 1 }
            }
            None => {
                Cell::Mark { name: "in_use", words: t::in_use(lang), tone: Tone::Good, place: 0 }
            }
        }),
        Column::<Unit>::new("since", t::since, |unit, _| Cell::Moment(unit.created_at)),
        Column::<Unit>::new("ended_at", t::ended_at, |unit, _| Cell::moment(unit.ended_at)),
        Column::<Unit>::new("unit", t::unit_id, |unit, _| Cell::words(unit.id.to_string())),
    ]
}

pub(crate) async fn change(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let (filled, by) = (Filled::parse(&form), Some(clerk.person.id));
    let work =
        headquarters.store.write(move |tx| Box::pin(async move { done(tx, by, &filled).await }));
    match work.await {
        Ok(notice) => Ok(Redirect::to(&notice.on(HERE)).into_response()),
        Err(fault) => {
            let fault = sentence(fault, clerk.lang)?;
            let page = draw(&headquarters, &clerk, Some(fault)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Does what the button says.
async fn done(tx: &mut Tx, by: By, filled: &Filled) -> Result<Notice, StaffFault> {
    let unit = filled.id("unit").ok_or(StaffFault::NoSuchUnit);
    match filled.one("do") {
        "rename" => {
            staff::rename_unit(tx, by, unit?, filled.one("name")).await?;
            Ok(Notice::Changed)
        }
        "end" => {
            staff::end_unit(tx, by, unit?).await?;
            Ok(Notice::UnitEnded)
        }
        _ => {
            staff::add_unit(tx, by, filled.one("name")).await?;
            Ok(Notice::Added)
        }
    }
}
