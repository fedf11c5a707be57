//! The laws: what must be true all the time, and what must be true when everything has come to
//! rest.

use std::collections::BTreeSet;

use domain::act::Role;
use domain::ids::{EventId, InspectionId};
use domain::state::Custody;
use sync::status::{Activity, SyncFault};

use crate::fold;
use crate::headquarters::position;
use crate::world::{Weather, World};

/// How long everything may take to come to rest when nothing goes wrong any longer, in minutes.
const PATIENCE_MINUTES: u32 = 60;

/// All the time.
impl World {
    fn break_law(&mut self, law: impl FnOnce() -> String) {
        if self.broken.is_none() {
            self.broken = Some(law());
        }
    }

    /// Positions without a gap, each event once, chains whole, no branch merged.
    pub(crate) fn look_at_headquarters(&mut self) {
        if let Some(law) = broken_at_headquarters(self) {
            self.break_law(|| law);
        }
    }

    /// Nothing vanishes from a tablet by what the product does.
    pub(crate) fn look_at_tablet(&mut self, tablet: usize) {
        let one = &mut self.tablets[tablet];
        let missing = one.kept.iter().find(|id| !one.disk.events.contains_key(id)).copied();
        one.kept.extend(one.disk.events.keys().copied());
        if let Some(id) = missing {
            self.break_law(|| format!("tablet {tablet} deleted {id} without a receipt"));
        }
    }

    /// What headquarters said it has, in its present life, it has.
    pub(crate) fn look_at_everything(&mut self) {
        let epoch = self.headquarters.epoch();
        for tablet in 0..self.tablets.len() {
            let own = self.tablets[tablet].disk.own.values();
            let accepted = own.flat_map(|own| {
                let through = own.accepted.filter(|(said_in, _)| *said_in == epoch);
                let count = through.map_or(0, |(_, through)| through + 1);
                own.events.iter().take(usize::try_from(count).unwrap_or(usize::MAX))
            });
            let lost = accepted.copied().find(|id| !self.headquarters.store.ids.contains_key(id));
            if let Some(id) = lost {
                self.break_law(|| format!("tablet {tablet} takes {id} for accepted"));
            }
        }
    }
}

fn broken_at_headquarters(world: &World) -> Option<String> {
    let store = &world.headquarters.store;
    let (mut seen, mut followed) = (BTreeSet::new(), BTreeSet::new());
    for (index, stored) in store.events.iter().enumerate() {
        let (id, header) = (stored.event.id, &stored.event.header);
        if stored.position != index as u64 {
            return Some(format!("position {} is at place {index}", stored.position));
        }
        if header.prev.is_some_and(|prev| !seen.contains(&prev)) {
            return Some(format!("{id} follows an event that is not there"));
        }
        if !seen.insert(id) {
            return Some(format!("{id} is stored twice"));
        }
        let link = (header.inspection, header.journal, header.prev);
        if stored.custody == Custody::Accepted && !followed.insert(link) {
            return Some(format!("{id} is a second branch and counts"));
        }
    }
    None
}

/// When everything has come to rest.
impl World {
    /// Nothing goes wrong any longer, until everything has come to rest; then the laws are
    /// looked at.
    ///
    /// # Errors
    /// The law that is broken.
    pub fn end(&mut self) -> Result<(), String> {
        self.end_faults();
        self.pass(120_000);
        self.enrol_the_unknown();
        for _ in 0..PATIENCE_MINUTES {
            self.pass(60_000);
            self.look_at_everything();
            if self.broken.is_some() || self.restless().is_none() {
                break;
            }
        }
        match (self.broken.take(), self.restless()) {
            (Some(law), _) => Err(law),
            (None, Some(restless)) => Err(format!("syncing does not come to rest: {restless}")),
            (None, None) => self.everything_arrived().and_then(|()| self.all_are_equal()),
        }
    }

    fn end_faults(&mut self) {
        self.mend_processes();
        for tablet in 0..self.tablets.len() {
            let one = &mut self.tablets[tablet];
            one.weather = Weather::FINE;
            one.failing_writes = 0;
            one.kill_after = None;
            one.clock_ms = 0;
            if one.ram.is_none() {
                self.start(tablet);
            }
        }
    }

    /// The office enrols a person anew whose seat it does not know any longer.
    fn enrol_the_unknown(&mut self) {
        for tablet in 0..self.tablets.len() {
            let seat = self.tablets[tablet].disk.seat();
            let (id, person) = (seat.id(), seat.person);
            if !self.headquarters.store.seats.contains_key(&id) {
                self.enrol(tablet, person);
            }
        }
    }

    fn is_revoked(&self, tablet: usize) -> bool {
        let seat = self.headquarters.store.seats.get(&self.tablets[tablet].disk.seat().id());
        seat.is_some_and(|seat| seat.is_revoked)
    }

    /// What is not at rest, if anything.
    fn restless(&self) -> Option<String> {
        (0..self.tablets.len()).find_map(|tablet| self.restless_tablet(tablet))
    }

    fn restless_tablet(&self, tablet: usize) -> Option<String> {
        let one = &self.tablets[tablet];
        let Some(ram) = &one.ram else { return Some(format!("tablet {tablet} is down")) };
        let status = ram.replica.status();
        let rests = match &status.activity {
            Activity::Idle => true,
            Activity::Failed(SyncFault::Refused(_)) => self.is_revoked(tablet),
            Activity::Offline | Activity::Syncing | Activity::Failed(_) => false,
        };
        if !rests || status.pending > 0 {
            return Some(format!("tablet {tablet} is at {status:?}"));
        }
        let behind = self.visible(tablet).into_iter().find(|inspection| {
            let end = self.headquarters.of(*inspection).last().map_or(0, |last| last.position + 1);
            let cursor = one.disk.cursors.get(inspection);
            cursor.is_none_or(|(_, cursor)| position(self.headquarters.epoch(), cursor) < end)
        });
        behind.map(|inspection| format!("tablet {tablet} is behind in {inspection}"))
    }

    /// What a tablet's seat may see; nothing when it is revoked.
    fn visible(&self, tablet: usize) -> Vec<InspectionId> {
        if self.is_revoked(tablet) {
            return Vec::new();
        }
        self.headquarters.visible_to(self.tablets[tablet].disk.seat().person)
    }

    /// Everything stored that still exists anywhere is at headquarters.
    fn everything_arrived(&self) -> Result<(), String> {
        for (tablet, one) in self.tablets.iter().enumerate() {
            let lost = one.disk.events.keys().find(|id| !self.is_at_headquarters(id));
            if let Some(id) = lost {
                let event = &one.disk.events[id];
                let (journal, seq) = (event.header.journal, event.header.seq);
                let is_own = one.disk.own.values().any(|own| own.events.contains(id));
                return Err(format!(
                    "headquarters never got {seq} of {journal} that tablet {tablet} has \
                     (own: {is_own})"
                ));
            }
        }
        Ok(())
    }

    fn is_at_headquarters(&self, id: &EventId) -> bool {
        self.headquarters.store.ids.contains_key(id)
    }

    /// Every replica has everything it may see, and shows what headquarters shows.
    fn all_are_equal(&self) -> Result<(), String> {
        for tablet in 0..self.tablets.len() {
            for inspection in self.visible(tablet) {
                self.is_equal(tablet, inspection)?;
            }
        }
        self.office_says_what_its_journals_say()
    }

    fn is_equal(&self, tablet: usize, inspection: InspectionId) -> Result<(), String> {
        let (disk, headquarters) = (&self.tablets[tablet].disk, self.headquarters.seat());
        let missed = self.headquarters.of(inspection).find(|stored| {
            let place = disk.places.get(&stored.event.id);
            place.is_none_or(|(epoch, position, _)| {
                (*epoch, *position) != (self.headquarters.epoch(), stored.position)
            })
        });
        if let Some(missed) = missed {
            return Err(format!("tablet {tablet} missed position {}", missed.position));
        }
        let expected = self.headquarters.state(inspection);
        if fold::whole(disk, inspection, headquarters, self.plant) != expected {
            return Err(format!("tablet {tablet} shows another state of {inspection}"));
        }
        if fold::from_snapshot(disk, inspection, headquarters, self.plant) != expected {
            return Err(format!("tablet {tablet} opens another state of {inspection}"));
        }
        Ok(())
    }

    /// The office's record of teams is what headquarters' own journals say: every seat of a
    /// member was spoken of, and no seat of anybody else is on the team.
    fn office_says_what_its_journals_say(&self) -> Result<(), String> {
        let store = &self.headquarters.store;
        for ((inspection, person), role) in &store.team {
            let state = self.headquarters.state(*inspection);
            let of_person = store.seats.iter().filter(|(_, seat)| seat.person == *person);
            let in_use = of_person.filter(|(_, seat)| !seat.is_revoked);
            let mut said = in_use.map(|(id, _)| state.seat(id).map(|said| said.role));
            let agrees = |said: Option<Role>| match said {
                None => *role == Role::None,
                Some(Role::None) => true,
                Some(Role::Member | Role::Lead) => *role != Role::None,
            };
            if let Some(other) = said.find(|said| !agrees(*said)) {
                return Err(format!("the office has {role:?} in {inspection}, said {other:?}"));
            }
        }
        Ok(())
    }
}
