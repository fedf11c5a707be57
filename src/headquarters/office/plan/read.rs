//! From what was filled in to an opening with its team, or to everything that is wrong with it.

use domain::act::{Decision, Establishment, OpenInspection, Role};
use domain::ids::{EstablishmentId, PackHash, PersonId};
use domain::moment::parse_day;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Fault, Known, Offer, is_for};
use crate::clock;
use crate::office::filled::Filled;
use crate::office::overview::Place;
use crate::office::team;

/// An opening and its team.
pub(super) type Opening = (OpenInspection, Vec<(PersonId, Role)>);

/// The last year of a plan, counted from today: programmes of inspection are made a year ahead.
const YEARS_AHEAD: i32 = 2;

/// The first year of what is brought in from paper, counted from today. Both ends are there to
/// stop a slipped digit, not to judge: a day in 2206 or 1926 would never be looked at again.
const YEARS_BACK: i32 = 5;

/// Whether a day is one on which an inspection may have been ordered or may take place.
pub(super) fn is_near(day: Date, today: Date) -> bool {
    let ends = (today.checked_sub(YEARS_BACK.years()), today.checked_add(YEARS_AHEAD.years()));
    matches!(ends, (Ok(first), Ok(last)) if (first..=last).contains(&day))
}

/// Reads the form; names everything that is wrong with it at once.
pub(super) fn opening(filled: &Filled, offer: &Offer) -> Result<Opening, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut kept = |faulty: Vec<Fault>| faults.extend(faulty);
    let establishment = establishment(filled, offer);
    let kind = establishment.as_ref().map(|place| place.kind.clone()).unwrap_or_default();
    kept(establishment.as_ref().err().cloned().unwrap_or_default());
    let reason = filled.one("reason").to_owned();
    kept(reason.is_empty().then_some(Fault::Reason).into_iter().collect());
    let on = parse_day(filled.one("on"));
    kept(on.is_none().then_some(Fault::Day).into_iter().collect());
    let is_far = |day: Date| !is_near(day, offer.today);
    kept(on.is_some_and(is_far).then_some(Fault::DayFar).into_iter().collect());
    let decision = decision(filled);
    kept(decision.as_ref().err().copied().into_iter().collect());
    let decided_far = matches!(&decision, Ok(Some(decision)) if is_far(decision.on));
    kept(decided_far.then_some(Fault::DecisionFar).into_iter().collect());
    let late = matches!((&decision, on), (Ok(Some(decision)), Some(on)) if decision.on > on);
    kept(late.then_some(Fault::DecisionLate).into_iter().collect());
    let team = team(filled, offer);
    let leads = team.iter().filter(|(_, role)| *role == Role::Lead).count();
    kept((leads != 1).then_some(Fault::Lead).into_iter().collect());
    let pinned = checklists(filled, offer, &kind);
    // Without a kind nothing can be said of the checklists.
    kept(pinned.as_ref().err().copied().filter(|_| !kind.is_empty()).into_iter().collect());
    match (establishment, on, decision, pinned) {
        (Ok(establishment), Some(on), Ok(decision), Ok((checklists, law))) if faults.is_empty() => {
            Ok((OpenInspection { establishment, reason, decision, on, checklists, law }, team))
        }
        _ => Err(faults),
    }
}

fn establishment(filled: &Filled, offer: &Offer) -> Result<Establishment, Vec<Fault>> {
    match filled.one("known") {
        "" => new_establishment(filled, offer),
        _ => match chosen(filled, offer) {
            Some(Known { place: Place { establishment, name, kind, address, .. }, .. }) => {
                Ok(Establishment {
                    id: *establishment,
                    name: name.clone(),
                    kind: kind.clone(),
                    address: address.clone(),
                })
            }
            None => Err(vec![Fault::Known]),
        },
    }
}

/// The known establishment that was chosen.
pub(super) fn chosen<'a>(filled: &Filled, offer: &'a Offer) -> Option<&'a Known> {
    offer.known.get(&filled.id::<EstablishmentId>("known")?)
}

fn new_establishment(filled: &Filled, offer: &Offer) -> Result<Establishment, Vec<Fault>> {
    let (name, kind) = (filled.one("establishment"), filled.one("kind"));
    let nameless = name.is_empty().then_some(Fault::Establishment);
    let known_kind = offer.library.law.establishment_kind(kind).is_some();
    let kindless = (!known_kind).then_some(Fault::Kind);
    let faults = [nameless, kindless].into_iter().flatten().collect::<Vec<_>>();
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Establishment {
        id: EstablishmentId(clock::random()),
        name: name.to_owned(),
        kind: kind.to_owned(),
        address: filled.one("address").to_owned(),
    })
}

/// The decision; `None` while it is pending, a fault when only one half of it is there.
pub(super) fn decision(filled: &Filled) -> Result<Option<Decision>, Fault> {
    let (number, on) = (filled.one("decision"), filled.one("decision_on"));
    match (number.is_empty(), on.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => {
            let on = parse_day(on).ok_or(Fault::Decision)?;
            Ok(Some(Decision { number: number.to_owned(), on }))
        }
        (true, false) | (false, true) => Err(Fault::Decision),
    }
}

fn team(filled: &Filled, offer: &Offer) -> Vec<(PersonId, Role)> {
    let role = |person| team::chosen(filled, person).unwrap_or(Role::None);
    let roles = offer.persons.iter().map(|(person, _)| (person.id, role(person.id)));
    roles.filter(|(_, role)| *role != Role::None).collect()
}

/// The ticked checklists, else every one for the kind; and the law.
fn checklists(
    filled: &Filled,
    offer: &Offer,
    kind: &str,
) -> Result<(Vec<PackHash>, PackHash), Fault> {
    let ticked = filled.all("checklist");
    let lists = offer.library.checklists.iter().filter(|list| {
        if ticked.is_empty() { is_for(list, kind) } else { ticked.contains(&list.id) }
    });
    let lists = lists.collect::<Vec<_>>();
    if lists.iter().any(|list| !is_for(list, kind)) {
        return Err(Fault::ChecklistKind);
    }
    let law = offer.pack("law", &offer.library.law.id).ok_or(Fault::Checklists)?;
    let pinned = lists.into_iter().filter_map(|list| offer.pack("checklist", &list.id));
    let pinned = pinned.collect::<Vec<_>>();
    if pinned.is_empty() { Err(Fault::Checklists) } else { Ok((pinned, law)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_slipped_digit_of_the_year_is_seen_and_a_programme_of_two_years_is_not_stopped() {
        let today = date(2026, 11, 23);
        for near in [today, date(2028, 11, 23), date(2021, 11, 23)] {
            assert!(is_near(near, today), "{near}");
        }
        for far in [date(2028, 11, 24), date(2206, 11, 23), date(2021, 11, 22), date(1926, 11, 23)]
        {
            assert!(!is_near(far, today), "{far}");
        }
    }
}
