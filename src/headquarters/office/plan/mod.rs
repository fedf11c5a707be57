//! `/office/inspections/new`: planning an inspection and giving it to a team. Whoever plans again
//! where an inspection took place before takes the known establishment, and finds it by search.

pub(crate) mod correct;
mod draw;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::checklist::Checklist;
use domain::ids::{EstablishmentId, InspectionId, PackHash, PersonId};
use jiff::civil::Date;
use maud::Markup;
use sync::message::packs::PackEntry;
use texts::{Lang, clerk as t, office};

use super::clerk::Clerk;
use super::filled::Filled;
use super::library::Library;
use super::notice::Notice;
use super::overview::{self, Overview, Place, Stage};
use super::trouble::Told;
use crate::headquarters::Headquarters;
use crate::identity::UnitId;
use crate::store::people::{self, Person};
use crate::store::{self, StoreFault, sharing};
use crate::{clock, ledger};
use read::Opening;

/// The address of the form.
const HERE: &str = "/office/inspections/new";

/// What the form offers.
struct Offer {
    library: Arc<Library>,
    packs: Vec<PackEntry>,
    /// Everyone, those with tablets first, with how many.
    persons: Vec<(Person, usize)>,
    known: BTreeMap<EstablishmentId, Known>,
    /// The units to choose from; none for whoever belongs to one.
    units: Vec<(UnitId, String)>,
    today: Date,
}

impl Offer {
    async fn load(headquarters: &Headquarters, clerk: &Clerk) -> Result<Self, StoreFault> {
        let db = headquarters.store.readers();
        let mut packs = store::packs::list(db).await?;
        packs.retain(|pack| pack.current);
        let overview = overview::load(headquarters, clerk.scope()).await?;
        let mut persons = Vec::new();
        for person in people::present(db).await? {
            let seats = people::seats_of(db, person.id).await?;
            let in_use = seats.iter().filter(|seat| seat.revocation.is_none()).count();
            persons.push((person, in_use));
        }
        persons.sort_by_key(|(_, tablets)| *tablets == 0);
        let known = known(&overview);
        let Overview { library, today, .. } = overview;
        let units = match clerk.unit() {
            Some(_) => Vec::new(),
            None => sharing::named_units(db).await?,
        };
        Ok(Self { library, packs, persons, known, units, today })
    }

    fn pack(&self, kind: &str, id: &str) -> Option<PackHash> {
        let pack = self.packs.iter().find(|pack| pack.kind == kind && pack.id == id);
        pack.map(|pack| pack.sha256)
    }

    /// The checklists, those for a kind first.
    fn checklists(&self, kind: &str) -> Vec<&Checklist> {
        let mut lists = self.library.checklists.iter().collect::<Vec<_>>();
        lists.sort_by_key(|list| !is_for(list, kind));
        lists
    }
}

fn is_for(list: &Checklist, kind: &str) -> bool {
    list.establishment_kinds.iter().any(|own| own == kind)
}

/// An establishment that stands in the record.
struct Known {
    /// As its latest inspection has it.
    place: Place,
    /// When it was inspected last.
    last: Option<Date>,
    /// For when an inspection is planned next.
    planned: Option<Date>,
}

fn known(overview: &Overview) -> BTreeMap<EstablishmentId, Known> {
    let today = overview.today;
    let mut known = BTreeMap::<EstablishmentId, Known>::new();
    let digests = overview.digests.iter().filter(|digest| digest.stage() != Stage::Cancelled);
    for place in digests.filter_map(|digest| digest.place.as_ref()) {
        let new = || Known { place: place.clone(), last: None, planned: None };
        let entry = known.entry(place.establishment).or_insert_with(new);
        if place.on > entry.place.on {
            entry.place = place.clone();
        }
        if place.on < today {
            entry.last = entry.last.max(Some(place.on));
        } else {
            entry.planned = Some(entry.planned.map_or(place.on, |on| on.min(place.on)));
        }
    }
    known
}

/// What is wrong with what was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Known,
    Establishment,
    Kind,
    Reason,
    Day,
    DayFar,
    DayRecorded,
    Decision,
    DecisionFar,
    DecisionLate,
    Lead,
    Checklists,
    ChecklistKind,
}

impl Fault {
    fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Known => t::fault_known(lang),
            Self::Establishment => office::fault_establishment(lang),
            Self::Kind => office::fault_kind(lang),
            Self::Reason => office::fault_reason(lang),
            Self::Day => office::fault_day(lang),
            Self::DayFar => t::fault_day_far(lang),
            Self::DayRecorded => t::fault_day_recorded(lang),
            Self::DecisionFar => t::fault_decision_far(lang),
            Self::Decision => office::fault_decision(lang),
            Self::DecisionLate => t::fault_decision_late(lang),
            Self::Lead => office::fault_lead(lang),
            Self::Checklists => office::fault_checklists(lang),
            Self::ChecklistKind => t::fault_checklist_kind(lang),
        }
    }

    /// The id of the field beside which it stands.
    fn field(self) -> &'static str {
        match self {
            Self::Known | Self::Establishment => "establishment",
            Self::Kind => "kind",
            Self::Reason => "reason",
            Self::Day | Self::DayFar | Self::DayRecorded => "on",
            Self::Decision | Self::DecisionFar | Self::DecisionLate => "decision",
            Self::Lead => "team",
            Self::Checklists | Self::ChecklistKind => "checklists",
        }
    }
}

pub(crate) async fn form(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
) -> Result<Markup, Told> {
    let offer = Offer::load(&headquarters, &clerk).await;
    let offer = offer.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let filled = Filled::parse(query.unwrap_or_default().as_bytes());
    Ok(draw::page(&clerk, &offer, &filled, &[]))
}

pub(crate) async fn open(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let told = |fault: StoreFault| Told(fault.into(), clerk.lang);
    let offer = Offer::load(&headquarters, &clerk).await.map_err(told)?;
    let filled = Filled::parse(&form);
    if let Some(filled) = chosen_by_button(&filled) {
        return Ok(draw::page(&clerk, &offer, &filled, &[]).into_response());
    }
    match read::opening(&filled, &offer) {
        Err(faults) => {
            let page = draw::page(&clerk, &offer, &filled, &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(opening) => {
            let unit = clerk.unit().or_else(|| unit_chosen(&filled, &offer));
            let by = clerk.person.id;
            let id = store(&headquarters, opening, unit, by).await.map_err(told)?;
            Ok(Redirect::to(&Notice::Planned.on(&format!("/office/inspections/{id}")))
                .into_response())
        }
    }
}

/// The form with the establishment that a button chose; `None` where the plan is to be saved.
fn chosen_by_button(filled: &Filled) -> Option<Filled> {
    if filled.has("choose") {
        Some(filled.with("known", filled.one("choose")))
    } else if filled.has("another") {
        Some(filled.with("known", ""))
    } else {
        filled.has("search").then(|| filled.clone())
    }
}

/// The unit that was chosen, where it is one that is offered.
fn unit_chosen(filled: &Filled, offer: &Offer) -> Option<UnitId> {
    let chosen = super::sharing::unit_of(filled.one("unit"))?;
    offer.units.iter().any(|(unit, _)| *unit == chosen).then_some(chosen)
}

async fn store(
    headquarters: &Headquarters,
    (opening, team): Opening,
    unit: Option<UnitId>,
    by: PersonId,
) -> Result<InspectionId, StoreFault> {
    let id = InspectionId(clock::random());
    let keys = headquarters.keys.clone();
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            let now = (by, clock::now());
            ledger::open_inspection(&mut *tx, &keys, (id, opening), &team, now).await?;
            match unit {
                Some(unit) => sharing::give(tx, id, unit).await,
                None => Ok(()),
            }
        })
    });
    work.await.map(|()| id)
}
