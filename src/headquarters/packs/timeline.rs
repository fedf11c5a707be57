//! The calendar of the law: on which day what changes for which item.

use std::collections::BTreeSet;

use domain::checklist::{Asking, Checklist, Item};
use domain::law::Provision;
use jiff::civil::Date;

use super::assemble::assemble;
use super::{Faults, PackFile};

/// Something that changes for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day on which it is so for the first time.
    pub day: Date,
    /// The item.
    pub item: String,
    /// What changes.
    pub event: Event,
}

/// What changes for an item on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A duty is in force from this day.
    DutyBegins(Provision),
    /// A duty is not in force any more.
    DutyEnds(Provision),
    /// A sanction is in force from this day.
    SanctionBegins(Provision),
    /// A sanction is not in force any more.
    SanctionEnds(Provision),
    /// The item is asked differently in inspections from this day.
    Asked(Asking),
}

impl core::fmt::Display for Event {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::DutyBegins(provision) => write!(f, "duty begins: {provision}"),
            Self::DutyEnds(provision) => write!(f, "duty ends: {provision}"),
            Self::SanctionBegins(provision) => write!(f, "sanction begins: {provision}"),
            Self::SanctionEnds(provision) => write!(f, "sanction ends: {provision}"),
            Self::Asked(Asking::Current) => f.write_str("asked"),
            Self::Asked(Asking::SanctionOnly) => f.write_str("asked, on a sanction alone"),
            Self::Asked(Asking::EarlierActs { before }) => {
                write!(f, "asked for acts before {before} only")
            }
            Self::Asked(Asking::NotAsked) => f.write_str("not asked any more"),
        }
    }
}

/// Every change, by day, then in the order of the checklists.
///
/// # Errors
/// The faults of the files.
pub fn timeline(files: &[PackFile]) -> Result<Vec<Change>, Faults> {
    let (packs, faults) = assemble(files);
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let mut changes: Vec<Change> =
        packs.checklists.iter().flat_map(Checklist::items).flat_map(changes).collect();
    changes.sort_by_key(|change| change.day);
    Ok(changes)
}

fn changes(item: &Item) -> Vec<Change> {
    let mut changes = Vec::new();
    for day in days_of_change(item) {
        let events = events_on(item, day);
        changes.extend(events.into_iter().map(|event| Change {
            day,
            item: item.id.clone(),
            event,
        }));
    }
    changes
}

fn days_of_change(item: &Item) -> BTreeSet<Date> {
    let cited = item.duties.iter().chain(&item.sanctions).map(|provision| &provision.days);
    let ends = cited.clone().filter_map(|days| days.before());
    cited.map(|days| days.from()).chain(ends).chain(item.asked_before).collect()
}

fn events_on(item: &Item, day: Date) -> Vec<Event> {
    let mut events = Vec::new();
    for duty in &item.duties {
        events.extend(edge(duty, day, Event::DutyBegins, Event::DutyEnds));
    }
    for sanction in &item.sanctions {
        events.extend(edge(sanction, day, Event::SanctionBegins, Event::SanctionEnds));
    }
    let asking = item.asking_on(day);
    let before = day.yesterday().map_or(Asking::NotAsked, |eve| item.asking_on(eve));
    if asking != before {
        events.push(Event::Asked(asking));
    }
    events
}

fn edge(
    provision: &Provision,
    day: Date,
    begins: fn(Provision) -> Event,
    ends: fn(Provision) -> Event,
) -> Option<Event> {
    if provision.days.from() == day {
        return Some(begins(provision.clone()));
    }
    (provision.days.before() == Some(day)).then(|| ends(provision.clone()))
}
