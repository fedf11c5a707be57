//! Opening an inspection at headquarters: the form, its faults, and the opening itself.

use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::act::{Decision, Establishment, OpenInspection, Role};
use domain::ids::{EstablishmentId, InspectionId, PackHash, PersonId};
use domain::moment::parse_day;
use jiff::civil::Date;
use maud::{Markup, html};
use sync::message::packs::PackEntry;
use texts::{Lang, office};

use super::clerk::{Clerk, is_own_form};
use super::filled::Filled;
use super::library::Library;
use super::trouble::{Told, Trouble};
use super::{layout, team};
use crate::headquarters::Headquarters;
use crate::store::people::{self, Person};
use crate::store::{self, StoreFault};
use crate::{clock, ledger};

/// What the form offers.
struct Offer {
    library: Library,
    packs: Vec<PackEntry>,
    persons: Vec<Person>,
}

impl Offer {
    async fn load(headquarters: &Headquarters) -> Result<Self, StoreFault> {
        let store = &headquarters.store;
        let mut packs = store::packs::list(store.readers()).await?;
        packs.retain(|pack| pack.current);
        let library = Library::current(store).await?;
        let persons = people::persons(store.readers()).await?;
        Ok(Self { library, packs, persons })
    }

    fn pack(&self, kind: &str, id: &str) -> Option<PackHash> {
        let pack = self.packs.iter().find(|pack| pack.kind == kind && pack.id == id);
        pack.map(|pack| pack.sha256)
    }
}

/// What is wrong with what was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Establishment,
    Kind,
    Reason,
    Day,
    Decision,
    Lead,
    Checklists,
}

impl Fault {
    fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Establishment => office::fault_establishment(lang),
            Self::Kind => office::fault_kind(lang),
            Self::Reason => office::fault_reason(lang),
            Self::Day => office::fault_day(lang),
            Self::Decision => office::fault_decision(lang),
            Self::Lead => office::fault_lead(lang),
            Self::Checklists => office::fault_checklists(lang),
        }
    }
}

pub(crate) async fn form(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let offer = Offer::load(&headquarters).await.map_err(|fault| Told(fault.into(), clerk.lang))?;
    Ok(draw(&clerk, &offer, &Filled::default(), &[]))
}

pub(crate) async fn open(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    if !is_own_form(&headers) {
        return Err(Told(Trouble::ForeignForm, clerk.lang));
    }
    let told = |fault: StoreFault| Told(fault.into(), clerk.lang);
    let offer = Offer::load(&headquarters).await.map_err(told)?;
    let filled = Filled::parse(&form);
    match read(&filled, &offer) {
        Err(faults) => {
            let page = draw(&clerk, &offer, &filled, &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok((opening, team)) => {
            let id = InspectionId(clock::random());
            store(&headquarters, id, opening, team, clerk.person.id).await.map_err(told)?;
            Ok(Redirect::to(&format!("/office/inspections/{id}")).into_response())
        }
    }
}

async fn store(
    headquarters: &Headquarters,
    id: InspectionId,
    opening: OpenInspection,
    team: Vec<(PersonId, Role)>,
    by: PersonId,
) -> Result<(), StoreFault> {
    let keys = headquarters.keys.clone();
    headquarters
        .store
        .write(move |tx| {
            Box::pin(async move {
                ledger::open_inspection(tx, &keys, (id, opening), &team, (by, clock::now())).await
            })
        })
        .await
}

type Opening = (OpenInspection, Vec<(PersonId, Role)>);

/// Reads the form; names everything that is wrong with it at once.
fn read(filled: &Filled, offer: &Offer) -> Result<Opening, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut check = |right: bool, fault: Fault| {
        if !right {
            faults.push(fault);
        }
    };
    let (name, kind) = (filled.one("establishment"), filled.one("kind"));
    check(!name.is_empty(), Fault::Establishment);
    let known_kind = offer.library.law.establishment_kind(kind).is_some();
    check(known_kind, Fault::Kind);
    check(!filled.one("reason").is_empty(), Fault::Reason);
    let day = parse_day(filled.one("on"));
    check(day.is_some(), Fault::Day);
    let decision = decision(filled);
    check(decision.is_some(), Fault::Decision);
    let team = team_of(filled, offer);
    check(team.iter().filter(|(_, role)| *role == Role::Lead).count() == 1, Fault::Lead);
    let checklists = checklists(filled, offer, kind);
    let law = offer.pack("law", &offer.library.law.id);
    check(!known_kind || (!checklists.is_empty() && law.is_some()), Fault::Checklists);
    match (day, decision, law) {
        (Some(on), Some(decision), Some(law)) if faults.is_empty() => {
            let reason = filled.one("reason").to_owned();
            let establishment = establishment(filled);
            Ok((OpenInspection { establishment, reason, decision, on, checklists, law }, team))
        }
        _ => Err(faults),
    }
}

fn establishment(filled: &Filled) -> Establishment {
    Establishment {
        id: EstablishmentId(clock::random()),
        name: filled.one("establishment").to_owned(),
        kind: filled.one("kind").to_owned(),
        address: filled.one("address").to_owned(),
    }
}

/// `None` when only one half of a decision is there; none at all is `Some(None)`.
#[expect(clippy::option_option, reason = "a fault, a pending decision and a decision differ")]
fn decision(filled: &Filled) -> Option<Option<Decision>> {
    let (number, on) = (filled.one("decision"), filled.one("decision_on"));
    match (number.is_empty(), on.is_empty()) {
        (true, true) => Some(None),
        (false, false) => {
            let on: Date = parse_day(on)?;
            Some(Some(Decision { number: number.to_owned(), on }))
        }
        (true, false) | (false, true) => None,
    }
}

fn role(filled: &Filled, person: PersonId) -> Role {
    team::chosen(filled, person).unwrap_or(Role::None)
}

fn team_of(filled: &Filled, offer: &Offer) -> Vec<(PersonId, Role)> {
    let roles = offer.persons.iter().map(|person| (person.id, role(filled, person.id)));
    roles.filter(|(_, role)| *role != Role::None).collect()
}

/// The ticked checklists, else every one for the kind.
fn checklists(filled: &Filled, offer: &Offer, kind: &str) -> Vec<PackHash> {
    let ticked = filled.all("checklist");
    let lists = offer.library.checklists.iter().filter(|list| {
        if ticked.is_empty() {
            list.establishment_kinds.iter().any(|own| own == kind)
        } else {
            ticked.contains(&list.id)
        }
    });
    lists.filter_map(|list| offer.pack("checklist", &list.id)).collect()
}

fn draw(clerk: &Clerk, offer: &Offer, filled: &Filled, faults: &[Fault]) -> Markup {
    let lang = clerk.lang;
    let body = html! {
        h1 { (office::open_inspection(lang)) }
        @if !faults.is_empty() {
            div.bad role="alert" {
                p { (office::form_faults(lang)) }
                ul { @for fault in faults { li { (fault.sentence(lang)) } } }
            }
        }
        form.sheet method="post" action="/office/inspections/new" {
            (text(office::establishment_name(lang), "establishment", filled))
            (kinds(offer, filled, lang))
            (text(office::address(lang), "address", filled))
            (text(office::reason(lang), "reason", filled))
            (day(office::day(lang), "on", filled))
            (text(office::decision_number(lang), "decision", filled))
            (day(office::decision_on(lang), "decision_on", filled))
            (team_fields(offer, filled, lang))
            (checklist_fields(offer, filled, lang))
            p { button { (office::open_now(lang)) } }
        }
    };
    layout::page(lang, office::open_inspection(lang), Some(clerk), &body)
}

fn text(label: &str, name: &str, filled: &Filled) -> Markup {
    html! { label { (label) input name=(name) value=(filled.one(name)) maxlength="500"; } }
}

fn day(label: &str, name: &str, filled: &Filled) -> Markup {
    html! { label { (label) input type="date" name=(name) value=(filled.one(name)); } }
}

fn kinds(offer: &Offer, filled: &Filled, lang: Lang) -> Markup {
    html! {
        label {
            (office::kind(lang))
            select name="kind" {
                option value="" {}
                @for term in &offer.library.law.establishment_kinds {
                    option value=(term.id) selected[filled.one("kind") == term.id] {
                        (lang.pick(&term.words.vi, &term.words.en))
                    }
                }
            }
        }
    }
}

fn team_fields(offer: &Offer, filled: &Filled, lang: Lang) -> Markup {
    html! {
        fieldset {
            legend { (office::team(lang)) }
            @for person in &offer.persons { (team::choice(person, role(filled, person.id), lang)) }
        }
    }
}

fn checklist_fields(offer: &Offer, filled: &Filled, lang: Lang) -> Markup {
    html! {
        fieldset {
            legend { (office::checklists(lang)) }
            p.quiet { (office::checklists_default(lang)) }
            @for list in &offer.library.checklists {
                label.choice {
                    input type="checkbox" name="checklist" value=(list.id)
                        checked[filled.all("checklist").contains(&list.id)];
                    (lang.pick(&list.title.vi, &list.title.en))
                }
            }
        }
    }
}
