//! Which unit an inspection belongs to and to which it is shown: the section of its page, and
//! `POST …/units`.

use std::sync::Arc;

use axum::extract::{Path, RawForm, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{InspectionId, PersonId, from_hex, to_hex};
use maud::{Markup, html};
use texts::{Lang, access as t};

use super::clerk::Clerk;
use super::filled::Filled;
use super::inspection;
use super::notice::Notice;
use super::trouble::{Told, Trouble};
use crate::audit;
use crate::headquarters::Headquarters;
use crate::identity::UnitId;
use crate::store::sharing::{self, Units};
use crate::store::{StoreFault, Tx};

/// What the section is drawn from.
pub(super) struct Section {
    units: Units,
    named: Vec<(UnitId, String)>,
}

impl Section {
    pub(super) async fn load(
        headquarters: &Headquarters,
        inspection: InspectionId,
    ) -> Result<Self, StoreFault> {
        let db = headquarters.store.readers();
        let units = sharing::units_of(db, inspection).await?;
        Ok(Self { units, named: sharing::named_units(db).await? })
    }

    fn those<'a>(
        &'a self,
        wanted: impl Fn(&UnitId) -> bool + 'a,
    ) -> impl Iterator<Item = &'a (UnitId, String)> {
        self.named.iter().filter(move |(unit, _)| wanted(unit))
    }

    /// The section; nothing where the organisation has no units.
    pub(super) fn draw(&self, inspection: InspectionId, clerk: &Clerk) -> Markup {
        let lang = clerk.lang;
        let own = self.those(|unit| self.units.own.contains(unit));
        let own = own.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
        let free =
            |unit: &UnitId| !self.units.own.contains(unit) && !self.units.shared.contains(unit);
        html! {
            @if !self.named.is_empty() {
                details id="units" {
                    summary { (t::units_of_inspection(lang)) }
                    dl {
                        dt { (t::own_unit(lang)) }
                        dd { @if own.is_empty() { span.quiet { (t::no_unit(lang)) } } @else { (own) } }
                    }
                    p.quiet { (t::sharing_means(lang)) }
                    @for (unit, name) in self.those(|unit| self.units.shared.contains(unit)) {
                        (form(inspection, html! {
                            input type="hidden" name="unit" value=(to_hex(&unit.0));
                            span { (t::shared_with(lang, name)) } " "
                            button.second name="unshare" value="1" { (t::share_no_longer(lang, name)) }
                        }))
                    }
                    @if self.those(free).next().is_some() {
                        (form(inspection, self.choosing(free, clerk)))
                    }
                }
            }
        }
    }

    fn choosing<'a>(&'a self, free: impl Fn(&UnitId) -> bool + 'a, clerk: &Clerk) -> Markup {
        let lang = clerk.lang;
        html! {
            div.field {
                label for="unit" { (t::unit(lang)) }
                select id="unit" name="unit" {
                    @for (unit, name) in self.those(free) { option value=(to_hex(&unit.0)) { (name) } }
                }
            }
            p.actions {
                button.second name="share" value="1" { (t::share(lang)) }
                @if gives(clerk, &self.units) {
                    button.second name="give" value="1" { (t::give(lang)) }
                }
            }
        }
    }
}

/// Who sees every unit says whose an inspection is that has none.
fn gives(clerk: &Clerk, units: &Units) -> bool {
    clerk.unit().is_none() && units.own.is_empty()
}

fn form(inspection: InspectionId, inside: Markup) -> Markup {
    html! {
        form method="post" action={ "/office/inspections/" (inspection) "/units" } {
            // The return key in a field presses the first button of its form.
            button disabled hidden {}
            (inside)
        }
    }
}

/// What is to become of a unit.
#[derive(Debug, Clone, Copy)]
enum Change {
    Share,
    Unshare,
    Give,
}

impl Change {
    fn pressed(filled: &Filled) -> Option<Self> {
        let buttons = [("share", Self::Share), ("unshare", Self::Unshare), ("give", Self::Give)];
        buttons.into_iter().find(|(name, _)| filled.has(name)).map(|(_, change)| change)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Unshare => "unshare",
            Self::Give => "give",
        }
    }
}

pub(crate) async fn change(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let lang = clerk.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let filled = Filled::parse(&form);
    let (record, _) = inspection::load(&headquarters, &id, lang).await?;
    let section = Section::load(&headquarters, record.id).await.map_err(told)?;
    let (change, unit) = asked(&filled, &section, &clerk).ok_or(Told(Trouble::NotFound, lang))?;
    let (inspection, by) = (record.id, clerk.person.id);
    let work = headquarters
        .store
        .write(move |tx| Box::pin(async move { store(tx, (inspection, unit), change, by).await }));
    work.await.map_err(told)?;
    let place = format!("/office/inspections/{inspection}");
    Ok(Redirect::to(&Notice::UnitsSaved.on(&place)).into_response())
}

/// What the form asks for; a unit that is not offered, or a gift that is not this person's to
/// make, is nothing.
fn asked(filled: &Filled, section: &Section, clerk: &Clerk) -> Option<(Change, UnitId)> {
    let unit = unit_of(filled.one("unit"))?;
    let is_known = section.named.iter().any(|(known, _)| *known == unit);
    let change = Change::pressed(filled).filter(|_| is_known)?;
    match change {
        Change::Give if !gives(clerk, &section.units) => None,
        Change::Share | Change::Unshare | Change::Give => Some((change, unit)),
    }
}

/// The unit of an id in hexadecimal digits.
pub(super) fn unit_of(digits: &str) -> Option<UnitId> {
    from_hex(digits).ok().map(UnitId)
}

async fn store(
    tx: &mut Tx,
    (inspection, unit): (InspectionId, UnitId),
    change: Change,
    by: PersonId,
) -> Result<(), StoreFault> {
    match change {
        Change::Share => sharing::share(&mut *tx, inspection, unit).await?,
        Change::Unshare => sharing::unshare(&mut *tx, inspection, unit).await?,
        Change::Give => sharing::give(&mut *tx, inspection, unit).await?,
    }
    let (object, detail) =
        (inspection.to_string(), format!("{} {}", change.word(), to_hex(&unit.0)));
    audit::note(tx, Some(by), audit::Act::InspectionShared, &object, &detail).await
}

/// The choice of a unit on the form of a new inspection, for whoever sees every unit.
pub(super) fn choice(units: &[(UnitId, String)], chosen: &str, lang: Lang) -> Markup {
    html! {
        @if !units.is_empty() {
            fieldset {
                legend { (t::own_unit(lang)) }
                div.field {
                    label for="unit" { (t::unit(lang)) }
                    select id="unit" name="unit" {
                        option value="" { (t::no_unit(lang)) }
                        @for (unit, name) in units {
                            option value=(to_hex(&unit.0)) selected[to_hex(&unit.0) == chosen] { (name) }
                        }
                    }
                }
            }
        }
    }
}
