//! Changing the team of an inspection: the form on its page, and `POST …/team`.

use std::sync::Arc;

use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::act::Role;
use domain::ids::{InspectionId, PersonId};
use maud::{Markup, html};
use texts::{Lang, clerk as t, custody, office};

use super::clerk::Clerk;
use super::fields;
use super::filled::Filled;
use super::listing::{Tone, mark};
use super::notice::Notice;
use super::trouble::{Told, Trouble};
use super::{inspection, words};
use crate::headquarters::Headquarters;
use crate::store::people::{self, Person};
use crate::store::{StoreFault, Tx, inspections};
use crate::{clock, ledger};

/// Everyone with the role that headquarters has said, those on the team and with tablets first.
pub(super) type Roles = Vec<Known>;

/// A person, the role in an inspection, and with how many tablets.
pub(super) struct Known {
    pub(super) person: Person,
    pub(super) role: Role,
    tablets: usize,
}

/// What is wrong with a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Lead,
    Person,
}

impl Fault {
    pub(super) fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Lead => office::fault_lead(lang),
            Self::Person => custody::fault_person(lang),
        }
    }
}

/// What a change came to.
enum Outcome {
    Changed,
    Refused(Fault),
}

/// Every person with its role in an inspection.
pub(super) async fn roles(
    headquarters: &Headquarters,
    inspection: InspectionId,
) -> Result<Roles, StoreFault> {
    let db = headquarters.store.readers();
    let present = people::present(db).await?;
    let mut roles = Vec::new();
    for person in people::persons(db).await? {
        let role = inspections::role(db, inspection, person.id).await?.unwrap_or(Role::None);
        let seats = people::seats_of(db, person.id).await?;
        let tablets = seats.iter().filter(|seat| seat.revocation.is_none()).count();
        if role == Role::None && !present.contains(&person) {
            continue;
        }
        roles.push(Known { person, role, tablets });
    }
    roles.sort_by_key(|known| (std::cmp::Reverse(known.role), known.tablets == 0));
    Ok(roles)
}

/// The role chosen for a person; `None` when the form does not ask.
pub(super) fn chosen(filled: &Filled, person: PersonId) -> Option<Role> {
    let name = field(person);
    filled.has(&name).then(|| match filled.one(&name) {
        "lead" => Role::Lead,
        "member" => Role::Member,
        _ => Role::None,
    })
}

fn field(person: PersonId) -> String {
    format!("role-{person}")
}

/// One person with the roles to choose from.
pub(super) fn choice(person: &Person, chosen: Role, lang: Lang) -> Markup {
    let roles = [("", Role::None), ("member", Role::Member), ("lead", Role::Lead)];
    html! {
        label {
            (person.name)
            select name=(field(person.id)) aria-label={ (office::role_of(lang)) ": " (person.name) } {
                @for (value, role) in roles {
                    option value=(value) selected[chosen == role] { (words::role(role, lang)) }
                }
            }
        }
    }
}

/// How many tablets a person has.
pub(super) fn tablets(count: usize, lang: Lang) -> Markup {
    match count {
        0 => mark(Tone::Warn, t::no_tablet(lang)),
        _ => html! { span.quiet { (t::tablets_of(lang, count)) } },
    }
}

/// What is wrong with a team, on top of the page; it leads to the form.
pub(super) fn summary(fault: Fault, lang: Lang) -> Markup {
    let faults = [("team", fault.sentence(lang))].into_iter();
    fields::summary(custody::team_not_saved(lang), faults)
}

/// The form on the page of an inspection; open, and as it was filled in, when there is a fault.
pub(super) fn form(
    inspection: InspectionId,
    roles: &Roles,
    fault: Option<(Fault, &Filled)>,
    lang: Lang,
) -> Markup {
    let asked = |known: &Known| fault.and_then(|(_, filled)| chosen(filled, known.person.id));
    html! {
        details open[fault.is_some()] {
            summary { (custody::change_team(lang)) }
            form.sheet method="post" action={ "/office/inspections/" (inspection) "/team" } {
                p.quiet { (custody::change_team_means(lang)) }
                fieldset id="team" aria-describedby=[fault.map(|_| "team-fault")] {
                    legend { (office::team(lang)) }
                    (fields::fault("team", fault.map(|(fault, _)| fault.sentence(lang))))
                    @for known in roles {
                        div.person {
                            (choice(&known.person, asked(known).unwrap_or(known.role), lang))
                            (tablets(known.tablets, lang))
                        }
                    }
                }
                p { button { (custody::save_team(lang)) } }
            }
        }
    }
}

pub(crate) async fn change(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let told = |trouble: Trouble| Told(trouble, clerk.lang);
    let filled = Filled::parse(&form);
    let (record, _) = inspection::load(&headquarters, &id, clerk.lang).await?;
    if record.state.cancelled().is_some() {
        return Err(told(Trouble::Cancelled(record.id)));
    }
    let keys = headquarters.keys.clone();
    let (inspection, by, asked) = (record.id, clerk.person.id, filled.clone());
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            let roles = wanted(tx, inspection, &asked).await?;
            if let Err(fault) = check(&asked, &roles) {
                return Ok(Outcome::Refused(fault));
            }
            for (person, role) in changes(&roles) {
                let by = (Some(by), clock::now());
                ledger::assign(&mut *tx, &keys, inspection, (person, role), by).await?;
            }
            Ok::<_, StoreFault>(Outcome::Changed)
        })
    });
    match work.await.map_err(|fault| told(fault.into()))? {
        Outcome::Changed => {
            let place = format!("/office/inspections/{inspection}");
            Ok(Redirect::to(&Notice::TeamSaved.on(&place)).into_response())
        }
        Outcome::Refused(fault) => {
            let page = inspection::draw(&headquarters, &id, &clerk, Some((fault, &filled))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// A person with the role it has and the role it is to have.
struct Wanted {
    person: PersonId,
    has: Role,
    wants: Role,
}

async fn wanted(
    tx: &mut Tx,
    inspection: InspectionId,
    filled: &Filled,
) -> Result<Vec<Wanted>, StoreFault> {
    let mut roles = Vec::new();
    for Person { id: person, .. } in people::persons(&mut *tx).await? {
        let has = inspections::role(&mut *tx, inspection, person).await?.unwrap_or(Role::None);
        roles.push(Wanted { person, has, wants: chosen(filled, person).unwrap_or(has) });
    }
    Ok(roles)
}

fn check(filled: &Filled, roles: &[Wanted]) -> Result<(), Fault> {
    let known = |name: &str| roles.iter().any(|wanted| field(wanted.person) == name);
    if filled.names().any(|name| name.starts_with("role-") && !known(name)) {
        return Err(Fault::Person);
    }
    let leads = roles.iter().filter(|wanted| wanted.wants == Role::Lead).count();
    if leads == 1 { Ok(()) } else { Err(Fault::Lead) }
}

/// What has to be said, those who leave first.
fn changes(roles: &[Wanted]) -> Vec<(PersonId, Role)> {
    let changed = roles.iter().filter(|wanted| wanted.has != wanted.wants);
    let mut changes = changed.map(|wanted| (wanted.person, wanted.wants)).collect::<Vec<_>>();
    changes.sort_by_key(|(_, role)| *role);
    changes
}
