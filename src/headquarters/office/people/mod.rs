//! `/office/people`: who works here, as what and where, as a page and as files; and adding somebody.
//! What is done with one person stands on that person's page.

pub(crate) mod one;

mod draw;

pub(super) use draw::not_saved;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PersonId;
use domain::moment::Moment;
use maud::{Markup, html};
use texts::{Lang, people as t};

use super::clerk::Clerk;
use super::filled::Filled;
use super::listing::{Ask, Cell, Column, Ending, Sheet, Tone, file_links};
use super::notice::Notice;
use super::trouble::Told;
use super::{layout, overview};
use crate::headquarters::Headquarters;
use crate::identity::staff::{self, StaffFault};
use crate::identity::{Role, Roles, Standing, UnitId};
use crate::store::invitations::Opens;
use crate::store::people::{self, Member};
use crate::store::units::{self, Unit};
use crate::store::{StoreFault, credentials};

/// The address of the list.
pub(super) const HERE: &str = "/office/people";

/// What the pages about people are drawn from.
pub(super) struct Staff {
    pub(super) members: Vec<Member>,
    pub(super) units: Vec<Unit>,
    /// How many seats that are not revoked each has.
    tablets: BTreeMap<PersonId, usize>,
    /// Of those who have a passphrase, when they signed in last.
    signed_in: BTreeMap<PersonId, Option<Moment>>,
}

impl Staff {
    pub(super) async fn load(headquarters: &Headquarters) -> Result<Self, StoreFault> {
        let db = headquarters.store.readers();
        let mut tablets = BTreeMap::new();
        for seat in people::seats(db).await?.iter().filter(|seat| seat.revocation.is_none()) {
            *tablets.entry(seat.person.id).or_default() += 1;
        }
        let credentials = credentials::all(db).await?.into_iter();
        Ok(Self {
            members: people::members(db).await?,
            units: units::all(db).await?,
            tablets,
            signed_in: credentials.map(|it| (it.person.id, it.last_sign_in)).collect(),
        })
    }

    /// The name of a unit, also of one that has ended.
    pub(super) fn unit(&self, unit: Option<UnitId>, lang: Lang) -> String {
        let known = unit.and_then(|unit| self.units.iter().find(|it| it.id == unit));
        known.map_or_else(|| t::every_unit(lang).to_owned(), |unit| unit.name.clone())
    }

    /// The unit of a person in words.
    pub(super) fn unit_of(&self, person: PersonId, lang: Lang) -> String {
        self.unit_named(person).unwrap_or_else(|| t::every_unit(lang).to_owned())
    }

    /// The name of a person's unit; none for those who see every unit.
    pub(super) fn unit_named(&self, person: PersonId) -> Option<String> {
        let member = self.members.iter().find(|it| it.person.id == person)?;
        let unit = member.standing.unit?;
        self.units.iter().find(|it| it.id == unit).map(|it| it.name.clone())
    }

    /// The name of a person, also of one who has left.
    pub(super) fn name(&self, person: PersonId) -> Option<&str> {
        let known = self.members.iter().find(|it| it.person.id == person)?;
        Some(&known.person.name)
    }

    fn rows(self) -> Vec<Row> {
        let units = self.units.iter().map(|unit| (unit.id, unit.name.clone()));
        let units = units.collect::<BTreeMap<_, _>>();
        let names = self.members.iter().map(|it| (it.person.id, it.person.name.clone()));
        let names = names.collect::<BTreeMap<_, _>>();
        let row = |member: Member| Row {
            unit: member.standing.unit.and_then(|unit| units.get(&unit).cloned()),
            tablets: self.tablets.get(&member.person.id).copied().unwrap_or(0),
            signs_in: self.signed_in.get(&member.person.id).copied(),
            said_by: member.departure.as_ref().and_then(|it| names.get(&it.by?).cloned()),
            member,
        };
        self.members.into_iter().map(row).collect()
    }
}

/// Somebody as the list has one.
struct Row {
    member: Member,
    unit: Option<String>,
    tablets: usize,
    /// Of one who has a passphrase, when the person signed in last.
    signs_in: Option<Option<Moment>>,
    said_by: Option<String>,
}

/// What a role is called.
pub(super) fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Inspector => t::inspector(lang),
        Role::Lead => t::lead(lang),
        Role::Office => t::office(lang),
        Role::Administrator => t::administrator(lang),
        Role::Auditor => t::auditor(lang),
    }
}

/// What somebody in a role does.
fn role_means(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Inspector => t::inspector_means(lang),
        Role::Lead => t::lead_means(lang),
        Role::Office => t::office_means(lang),
        Role::Administrator => t::administrator_means(lang),
        Role::Auditor => t::auditor_means(lang),
    }
}

/// Roles in words.
pub(super) fn roles(roles: Roles, lang: Lang) -> String {
    let words = roles.each().map(|one| role(one, lang)).collect::<Vec<_>>();
    if words.is_empty() { t::no_roles(lang).to_owned() } else { words.join(", ") }
}

/// What a fault says; trouble with the store is a page of its own.
pub(super) fn sentence(fault: StaffFault, lang: Lang) -> Result<&'static str, Told> {
    Ok(match fault {
        StaffFault::NoSuchPerson => t::fault_no_person(lang),
        StaffFault::NoSuchUnit => t::fault_no_unit(lang),
        StaffFault::Name => t::fault_name(lang),
        StaffFault::NameTaken => t::fault_name_taken(lang),
        StaffFault::LastAdministrator => t::fault_last_administrator(lang),
        StaffFault::UnitInUse => t::fault_unit_in_use(lang),
        StaffFault::NoSuchInvitation => t::fault_no_invitation(lang),
        StaffFault::NoPassphrase => t::fault_no_passphrase(lang),
        StaffFault::LacksRole(Opens::Seat) => t::lacks_role_seat(lang),
        StaffFault::LacksRole(Opens::Office) => t::lacks_role_office(lang),
        StaffFault::Store(fault) => return Err(Told(fault.into(), lang)),
    })
}

/// The standing that a form has; `None` where its unit is none that there is.
fn standing(filled: &Filled) -> Option<Standing> {
    let chosen = filled.all("role").iter().filter_map(|word| Role::of_word(word));
    let unit = match filled.one("unit") {
        "" => None,
        id => Some(id.parse().ok()?),
    };
    Some(Standing { roles: Roles::of(chosen), unit })
}

/// The three pages that belong together.
pub(super) fn pages(here: &str, lang: Lang) -> Markup {
    let places = [
        (HERE, t::people(lang)),
        (super::units::HERE, t::units(lang)),
        (super::invitations::HERE, t::invitations(lang)),
    ];
    html! {
        nav.actions aria-label=(t::people_pages(lang)) {
            @for (path, words) in places {
                a href=(path) aria-current=[(path == here).then_some("page")] { (words) }
            }
        }
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    draw(&headquarters, &clerk, &Filled::default(), None).await
}

async fn draw(
    headquarters: &Headquarters,
    clerk: &Clerk,
    filled: &Filled,
    fault: Option<&str>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let staff = Staff::load(headquarters).await.map_err(|fault| Told(fault.into(), lang))?;
    let adding = draw::adding(&staff, filled, fault, lang);
    let body = html! {
        h1 { (t::people(lang)) }
        (pages(HERE, lang))
        @if let Some(fault) = fault { (draw::not_saved(fault, lang)) }
        p.actions { (file_links(HERE, &Ask::default(), lang)) }
        (draw::table(&staff.rows(), lang))
        (adding)
    };
    Ok(layout::page(lang, t::people(lang), Some(clerk), &body))
}

/// The page's table as a file.
pub(crate) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    ending: Ending,
) -> Result<Response, Told> {
    let staff = Staff::load(&headquarters).await;
    let rows = staff.map_err(|fault| Told(fault.into(), clerk.lang))?.rows();
    let name = format!("people-{}", overview::today());
    let sheet = Sheet { name, title: t::people, columns: columns(), rows };
    Ok(sheet.file(ending, clerk.lang))
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("name", t::name, |row, _| Cell::words(row.member.person.name.clone())),
        Column::<Row>::new("roles", t::roles, |row, lang| Cell::Named {
            name: row.member.standing.roles.each().map(Role::word).collect::<Vec<_>>().join(" "),
            words: roles(row.member.standing.roles, lang),
        }),
        Column::<Row>::new("unit", t::unit, |row, _| {
            Cell::words(row.unit.clone().unwrap_or_default())
        }),
        Column::<Row>::new("tablets", t::tablets, |row, _| Cell::Number(row.tablets)),
        Column::<Row>::new("state", t::state, state),
        Column::<Row>::new("last_sign_in", t::last_sign_in, |row, _| {
            Cell::moment(row.signs_in.flatten())
        }),
        Column::<Row>::new("left_at", t::left_at, |row, _| {
            Cell::moment(row.member.departure.as_ref().map(|it| it.at))
        }),
        Column::<Row>::new("left_because", t::left_because, |row, _| {
            Cell::words(row.member.departure.as_ref().map_or("", |it| it.reason.as_str()))
        }),
        Column::<Row>::new("said_by", t::who_said_left, |row, _| {
            Cell::words(row.said_by.clone().unwrap_or_default())
        }),
        Column::<Row>::new("person", t::person_id, |row, _| {
            Cell::words(row.member.person.id.to_string())
        }),
    ]
}

fn state(row: &Row, lang: Lang) -> Cell {
    let (name, words, tone, place) = match (&row.member.departure, row.signs_in) {
        (Some(_), _) => ("left", t::has_left(lang), Tone::Calm, 2),
        (None, Some(_)) => ("works", t::works(lang), Tone::Good, 0),
        (None, None) => ("no_passphrase", t::has_no_passphrase(lang), Tone::Calm, 1),
    };
    Cell::Mark { name, words, tone, place }
}

pub(crate) async fn add(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let filled = Filled::parse(&form);
    let (by, name) = (Some(clerk.person.id), filled.one("name").to_owned());
    let added = match standing(&filled) {
        None => Err(StaffFault::NoSuchUnit),
        Some(standing) => {
            let work = headquarters.store.write(move |tx| {
                Box::pin(async move { staff::add(tx, by, &name, standing).await })
            });
            work.await
        }
    };
    match added {
        Ok(person) => Ok(Redirect::to(&Notice::Added.on(&one::address(person))).into_response()),
        Err(fault) => {
            let fault = sentence(fault, clerk.lang)?;
            let page = draw(&headquarters, &clerk, &filled, Some(fault)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
