//! `/office/seats`: who works where, with which app, and when each seat was heard of last.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};
use texts::{Lang, office};

use super::clerk::Clerk;
use super::trouble::Told;
use super::{layout, words};
use crate::headquarters::Headquarters;
use crate::store::people::{self, Seat};

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let seats = people::seats(headquarters.store.readers()).await;
    let seats = seats.map_err(|fault| Told(fault.into(), lang))?;
    let body = html! {
        h1 { (office::seats(lang)) }
        @if seats.is_empty() { p { (office::no_seats(lang)) } }
        @else { div.scroll role="group" aria-label=(office::seats(lang)) tabindex="0" { (table(&seats, lang)) } }
    };
    Ok(layout::page(lang, office::seats(lang), Some(&clerk), &body))
}

fn table(seats: &[Seat], lang: Lang) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { (office::person(lang)) }
                    th scope="col" { (office::app(lang)) }
                    th scope="col" { (office::enrolled_at(lang)) }
                    th scope="col" { (office::last_contact(lang)) }
                    th scope="col" { (office::seat_state(lang)) }
                }
            }
            tbody {
                @for seat in seats {
                    tr data-seat=(seat.id) {
                        td { (seat.person.name) }
                        td { (seat.app) }
                        td { (words::moment(seat.enrolled_at, lang)) }
                        td { (words::moment(seat.last_contact, lang)) }
                        td { (state(seat, lang)) }
                    }
                }
            }
        }
    }
}

fn state(seat: &Seat, lang: Lang) -> &'static str {
    match seat.revoked_at {
        None => office::seat_active(lang),
        Some(_) => office::revoked(lang),
    }
}
