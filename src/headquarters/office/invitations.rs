//! `/office/invitations`: invitations that nobody has used yet, as a page and as files; giving one,
//! whose code is shown once, and taking one back.

use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PersonId;
use maud::{Markup, html};
use texts::{Lang, people as t};

use super::clerk::Clerk;
use super::filled::Filled;
use super::listing::{Ask, Cell, Column, Ending, Sheet, file_links};
use super::notice::Notice;
use super::people::{Staff, not_saved, pages, roles, sentence};
use super::trouble::Told;
use super::{layout, overview, qr, words};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::staff::{self, INVITATION_DAYS};
use crate::store::StoreFault;
use crate::store::invitations::{self, Invitation, Opens};
use crate::web::Web;

/// The address of the page.
pub(super) const HERE: &str = "/office/invitations";

/// For how many days an invitation can be given.
const DAYS: [i64; 4] = [1, INVITATION_DAYS, 14, 30];

/// An invitation as the list has it.
struct Row {
    invitation: Invitation,
    given_by: Option<String>,
}

async fn load(headquarters: &Headquarters) -> Result<(Staff, Vec<Row>), StoreFault> {
    let staff = Staff::load(headquarters).await?;
    let open = invitations::open(headquarters.store.readers(), clock::now()).await?;
    let row = |invitation: Invitation| Row {
        given_by: invitation.made_by.and_then(|by| staff.name(by)).map(str::to_owned),
        invitation,
    };
    let rows = open.into_iter().map(row).collect();
    Ok((staff, rows))
}

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
    let loaded = load(headquarters).await;
    let (staff, rows) = loaded.map_err(|fault| Told(fault.into(), lang))?;
    let body = html! {
        h1 { (t::invitations(lang)) }
        (pages(HERE, lang))
        @if let Some(fault) = fault { (not_saved(fault, lang)) }
        h2 { (t::open_invitations(lang)) }
        @if rows.is_empty() { p.empty { (t::no_invitations(lang)) } }
        @else {
            p.actions { (file_links(HERE, &Ask::default(), lang)) }
            div.scroll role="group" aria-label=(t::open_invitations(lang)) tabindex="0" { (table(&rows, lang)) }
        }
        h2 { (t::invite(lang)) }
        (inviting(&staff, lang))
    };
    Ok(layout::page(lang, t::invitations(lang), Some(clerk), &body))
}

fn opens(opens: Opens, lang: Lang) -> &'static str {
    match opens {
        Opens::Seat => t::opens_seat(lang),
        Opens::Office => t::opens_office(lang),
    }
}

fn table(rows: &[Row], lang: Lang) -> Markup {
    let heads = [
        t::for_whom(lang),
        t::opens(lang),
        t::given_by(lang),
        t::expires_at(lang),
        t::take_back(lang),
    ];
    html! {
        table.cards role="table" aria-label=(t::open_invitations(lang)) {
            thead role="rowgroup" {
                tr role="row" { @for head in heads { th role="columnheader" scope="col" { (head) } } }
            }
            tbody role="rowgroup" {
                @for Row { invitation, given_by } in rows {
                    tr role="row" data-invitation=(invitation.id) {
                        td role="cell" data-label=(heads[0]) { strong { (invitation.person.name) } }
                        td role="cell" data-label=(heads[1]) { (opens(invitation.opens, lang)) }
                        td role="cell" data-label=(heads[2]) {
                            div { (given_by.as_deref().unwrap_or(t::by_command(lang))) ", " (words::moment(invitation.made_at, lang)) }
                        }
                        td role="cell" data-label=(heads[3]) { (words::moment(invitation.expires_at, lang)) }
                        td role="cell" data-label=(heads[4]) { (taking_back(invitation, lang)) }
                    }
                }
            }
        }
    }
}

fn taking_back(invitation: &Invitation, lang: Lang) -> Markup {
    html! {
        form method="post" action={ (HERE) "/take-back" } {
            input type="hidden" name="invitation" value=(invitation.id);
            button.second aria-label=(t::take_back_of(lang, &invitation.person.name)) { (t::take_back(lang)) }
        }
    }
}

fn inviting(staff: &Staff, lang: Lang) -> Markup {
    let offered = staff.members.iter().filter(|it| it.departure.is_none());
    html! {
        form.sheet method="post" action=(HERE) {
            p.quiet { (t::roles_first(lang)) }
            div.field {
                label for="person" { (t::for_whom(lang)) }
                select id="person" name="person" required {
                    option value="" { (t::choose_person(lang)) }
                    @for member in offered {
                        option value=(member.person.id) { (member.person.name) " (" (roles(member.standing.roles, lang)) ")" }
                    }
                }
            }
            (choices(lang))
            p { button { (t::make_invitation(lang)) } }
        }
    }
}

/// What the invitation opens, and for how long.
pub(super) fn choices(lang: Lang) -> Markup {
    let choices = [(Opens::Seat, t::to_tablet(lang)), (Opens::Office, t::to_office(lang))];
    html! {
        fieldset {
            legend { (t::what_opens(lang)) }
            @for (opens, words) in choices {
                label.choice {
                    input type="radio" name="opens" value=(opens.word()) checked[opens == Opens::Seat];
                    span { (words) }
                }
            }
        }
        div.field {
            label for="days" { (t::valid_for(lang)) }
            select id="days" name="days" {
                @for days in DAYS {
                    option value=(days) selected[days == INVITATION_DAYS] { (t::days(lang, days)) }
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
    let loaded = load(&headquarters).await;
    let (_, rows) = loaded.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let name = format!("invitations-{}", overview::today());
    let sheet = Sheet { name, title: t::invitations, columns: columns(), rows };
    Ok(sheet.file(ending, clerk.lang))
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("person", t::for_whom, |row, _| {
            Cell::words(row.invitation.person.name.clone())
        }),
        Column::<Row>::new("opens", t::opens, |row, lang| Cell::Named {
            name: row.invitation.opens.word().to_owned(),
            words: opens(row.invitation.opens, lang).to_owned(),
        }),
        Column::<Row>::new("given_by", t::given_by, |row, _| {
            Cell::words(row.given_by.clone().unwrap_or_default())
        }),
        Column::<Row>::new("given_at", t::given_at, |row, _| Cell::Moment(row.invitation.made_at)),
        Column::<Row>::new("expires_at", t::expires_at, |row, _| {
            Cell::Moment(row.invitation.expires_at)
        }),
    ]
}

pub(crate) async fn give(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let lang = clerk.lang;
    let filled = Filled::parse(&form);
    let Some(person) = filled.id::<PersonId>("person") else {
        let page = draw(&headquarters, &clerk, Some(t::fault_person(lang))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let opens =
        if filled.one("opens") == Opens::Office.word() { Opens::Office } else { Opens::Seat };
    let days = filled.one("days").parse().ok().filter(|days| DAYS.contains(days));
    let days = days.unwrap_or(INVITATION_DAYS);
    let by = Some(clerk.person.id);
    let work = headquarters.store.write(move |tx| {
        let span = (clock::now(), days);
        Box::pin(async move { staff::invite(tx, by, (person, opens), span).await })
    });
    match work.await {
        Ok(code) => {
            shown(&headquarters, &clerk, &headers, Given { person, opens, code, days }).await
        }
        Err(fault) => {
            let page = draw(&headquarters, &clerk, Some(sentence(fault, lang)?)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// An invitation that was just given.
pub(super) struct Given {
    pub(super) person: PersonId,
    pub(super) opens: Opens,
    pub(super) code: String,
    pub(super) days: i64,
}

/// The page that shows an invitation once.
pub(super) async fn shown(
    headquarters: &Headquarters,
    clerk: &Clerk,
    headers: &HeaderMap,
    given: Given,
) -> Result<Response, Told> {
    let lang = clerk.lang;
    let staff = Staff::load(headquarters).await.map_err(|fault| Told(fault.into(), lang))?;
    let title = t::invitation_for(lang, staff.name(given.person).unwrap_or_default());
    let link = link(&headquarters.web, headers, &given);
    let until = clock::now().later_by_ms(given.days * 24 * 60 * 60 * 1000);
    let body = html! {
        h1 { (title) }
        p.banner.warn { (t::shown_once(lang)) }
        p { @match given.opens { Opens::Seat => (t::seat_how(lang)), Opens::Office => (t::office_how(lang)) } }
        (qr::picture(&link, t::picture(lang)))
        dl {
            @if given.opens == Opens::Seat { dt { (t::short_code(lang)) } dd { code.large { (given.code) } } }
            dt { (t::link(lang)) } dd { code { (link) } }
            dt { (t::valid_until(lang)) } dd { (words::moment(until, lang)) }
        }
        p.quiet { (t::proxy_address(lang)) }
        p.actions { a href=(HERE) { (t::back_to_invitations(lang)) } }
    };
    Ok(layout::page_once(lang, &title, Some(clerk), &body).into_response())
}

/// The link, under the address by which the page itself is reached.
fn link(web: &Web, headers: &HeaderMap, given: &Given) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8080");
    let scheme = if web.is_tls() { "https" } else { "http" };
    let origin = web.origin().map_or_else(|| format!("{scheme}://{host}"), str::to_owned);
    match given.opens {
        Opens::Seat => format!("{origin}/enrol#{}", given.code),
        Opens::Office => format!("{origin}/office/enter?token={}", given.code),
    }
}

pub(crate) async fn take_back(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let lang = clerk.lang;
    let by = Some(clerk.person.id);
    let fault = match Filled::parse(&form).id("invitation") {
        None => t::fault_no_invitation(lang),
        Some(invitation) => {
            let work = headquarters.store.write(move |tx| {
                Box::pin(async move { staff::revoke_invitation(tx, by, invitation).await })
            });
            match work.await {
                Ok(()) => {
                    return Ok(Redirect::to(&Notice::InvitationTakenBack.on(HERE)).into_response());
                }
                Err(fault) => sentence(fault, lang)?,
            }
        }
    };
    let page = draw(&headquarters, &clerk, Some(fault)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
