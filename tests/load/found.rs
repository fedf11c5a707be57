//! What must be true at the end of a day: every event that was accepted, and every event of every
//! tablet, is at headquarters exactly once. Read by pulling everything from the start.

use std::collections::BTreeMap;

use domain::ids::EventId;
use sync::message::pull::Pull;
use sync::reception::{self, Known};

use crate::day::Day;
use crate::fleet::Fleet;
use crate::tablet::Tablet;

/// What headquarters has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// How many events of tablets there are.
    pub(crate) events: u64,
    /// Events of tablets that are not there.
    pub(crate) missing: u64,
    /// Events that are missing although headquarters said that it has them.
    pub(crate) lost: u64,
    /// Events that came more than once.
    pub(crate) repeated: u64,
    /// Events that nobody of the fleet recorded, apart from headquarters' own.
    pub(crate) strange: u64,
}

impl Found {
    /// What is to be found when nothing went wrong.
    pub(crate) fn whole(fleet: Fleet) -> Self {
        let events = (0..fleet.tablets).map(|tablet| fleet.ids(tablet).len() as u64).sum();
        Self { events, missing: 0, lost: 0, repeated: 0, strange: 0 }
    }
}

/// Pulls every inspection as its lead, and compares.
pub(crate) async fn find(day: &Day) -> Found {
    let mut found = Found { events: 0, missing: 0, lost: 0, repeated: 0, strange: 0 };
    for inspection in 0..day.fleet.inspections() {
        compare(day, inspection, &mut found).await;
    }
    found
}

async fn compare(day: &Day, inspection: usize, found: &mut Found) {
    let (mut times, mut of_headquarters) = pulled(day, inspection).await;
    for tablet in day.fleet.team(inspection) {
        let accepted = day.accepted(tablet);
        for (seq, id) in (0..).zip(day.fleet.ids(tablet)) {
            match times.remove(&id) {
                Some(1) => found.events += 1,
                Some(_) => found.repeated += 1,
                None if seq < accepted => found.lost += 1,
                None => found.missing += 1,
            }
        }
    }
    of_headquarters.retain(|id| times.remove(id) != Some(1));
    found.strange += (times.len() + of_headquarters.len()) as u64;
}

/// How often each event of an inspection comes, and which of them headquarters wrote.
async fn pulled(day: &Day, inspection: usize) -> (BTreeMap<EventId, u64>, Vec<EventId>) {
    let lead = Tablet::new(day, day.fleet.team(inspection).start);
    let seats: Vec<_> = day.fleet.team(inspection).map(|tablet| day.fleet.keys(tablet)).collect();
    let of_team = |key| seats.iter().any(|keys| keys.public() == key);
    let (mut times, mut of_headquarters) = (BTreeMap::new(), Vec::new());
    let (mut pull, mut known) = (Pull::default(), Known::default());
    loop {
        let answer = lead.pull_once(&pull).await.expect("headquarters answers");
        for page in answer.pages {
            pull.have.insert(page.inspection, page.cursor.clone());
            let received = reception::receive(page, &known).expect("it verifies");
            for event in received.events {
                let id = event.event.id;
                *times.entry(id).or_default() += 1;
                known.ids.insert(id);
                known.authors.insert(event.event.header.journal, event.author);
                if !of_team(event.author.key) {
                    of_headquarters.push(id);
                }
            }
        }
        if !answer.more {
            return (times, of_headquarters);
        }
    }
}
