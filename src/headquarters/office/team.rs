//! Changing the team of an inspection: the form on its page, and `POST …/team`.

use std::sync::Arc;

use axum::extract::{Path, RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::act::Role;
use domain::ids::{InspectionId, PersonId};
use maud::{Markup, html};
use texts::{Lang, custody, office};

use super::clerk::{Clerk, is_own_form};
use super::filled::Filled;
use super::trouble::{Told, Trouble};
use super::{inspection, words};
use crate::headquarters::Headquarters;
use crate::store::people::{self, Person};
use crate::store::{StoreFault, Tx, inspections};
use crate::{clock, ledger};

/// Everyone with the role that headquarters has said.
pub(super) type Roles = Vec<(Person, Role)>;

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
    let mut roles = Vec::new();
    for person in people::persons(db).await? {
        let role = inspections::role(db, inspection, person.id).await?.unwrap_or(Role::None);
        roles.push((person, role));
    }
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

/// The form on the page of an inspection; open when there is a fault in it.
pub(super) fn form(
    inspection: InspectionId,
    roles: &Roles,
    fault: Option<Fault>,
    lang: Lang,
) -> Markup {
    html! {
        details open[fault.is_some()] {
            summary { (custody::change_team(lang)) }
            form.sheet method="post" action={ "/office/inspections/" (inspection) "/team" } {
                @if let Some(fault) = fault {
                    p.bad role="alert" { (custody::team_not_saved(lang)) " " (fault.sentence(lang)) }
                }
                p.quiet { (custody::change_team_means(lang)) }
                fieldset {
                    legend { (office::team(lang)) }
                    @for (person, role) in roles { (choice(person, *role, lang)) }
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
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let told = |trouble: Trouble| Told(trouble, clerk.lang);
    if !is_own_form(&headers) {
        return Err(told(Trouble::ForeignForm));
    }
    let filled = Filled::parse(&form);
    let (record, _) = inspection::load(&headquarters, &id, clerk.lang).await?;
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
            Ok(Redirect::to(&format!("/office/inspections/{inspection}")).into_response())
        }
        Outcome::Refused(fault) => {
            let page = inspection::draw(&headquarters, &id, &clerk, Some(fault)).await?;
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
