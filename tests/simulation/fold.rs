//! What a tablet shows: the fold of its events, from the beginning or from a snapshot.

use std::collections::BTreeMap;

use domain::act::{Act, Body};
use domain::ids::{EventId, InspectionId, SeatId};
use domain::register::Write;
use domain::state::{Custody, Entry, State};

use crate::disk::Disk;
use crate::plant::Plant;
use crate::world::World;

type Entries = Vec<(Entry, Custody)>;

/// The state of an inspection, folded from every event that a tablet has.
pub fn whole(
    disk: &Disk,
    inspection: InspectionId,
    headquarters: SeatId,
    plant: Option<Plant>,
) -> State {
    let entries = seen(disk.entries(inspection), plant);
    folded(State::new([headquarters]), entries)
}

/// The state as a tablet that starts finds it: its last snapshot and what came later. A snapshot
/// into which an event was folded that headquarters now judges otherwise is thrown away.
pub fn from_snapshot(
    disk: &Disk,
    inspection: InspectionId,
    headquarters: SeatId,
    plant: Option<Plant>,
) -> State {
    from_last(disk, inspection, headquarters, seen(disk.entries(inspection), plant))
}

fn from_last(
    disk: &Disk,
    inspection: InspectionId,
    headquarters: SeatId,
    entries: Entries,
) -> State {
    let snapshot = disk.snapshots.get(&inspection);
    let usable = snapshot.filter(|(_, folded)| is_current(folded, &entries));
    let begun = usable.and_then(|(bytes, folded)| {
        Some((State::from_snapshot(bytes, [headquarters]).ok()?, folded))
    });
    match begun {
        Some((state, known)) => {
            let later = entries.into_iter().filter(|(entry, _)| !known.contains_key(&entry.id));
            folded(state, later.collect())
        }
        None => folded(State::new([headquarters]), entries),
    }
}

fn is_current(folded: &BTreeMap<EventId, Custody>, entries: &Entries) -> bool {
    let present: BTreeMap<_, _> =
        entries.iter().map(|(entry, custody)| (entry.id, *custody)).collect();
    folded.iter().all(|(id, custody)| present.get(id) == Some(custody))
}

fn folded(mut state: State, entries: Entries) -> State {
    for (entry, custody) in entries {
        state.apply(&entry, custody);
    }
    state
}

/// The entries as the fold gets them; planted faults are here.
fn seen(mut entries: Entries, plant: Option<Plant>) -> Entries {
    for (entry, custody) in &mut entries {
        if plant == Some(Plant::HeldFolded) {
            *custody = Custody::Accepted;
        }
        if plant == Some(Plant::OverIgnored) {
            for_writes(entry, |write| write.over.clear());
        }
    }
    entries
}

fn for_writes(entry: &mut Entry, mut change: impl FnMut(&mut Write)) {
    match &mut entry.body {
        Some(Body { act: Act::Set(write), .. }) => change(write),
        Some(Body { act: Act::BeginFinding(begin), .. }) => change(&mut begin.first),
        Some(_) | None => {}
    }
}

impl World {
    /// A tablet writes down how far it has folded, from where it wrote it down before.
    pub(crate) fn take_snapshot(&mut self, tablet: usize, inspection: InspectionId) {
        let headquarters = self.headquarters.seat();
        let mut entries = seen(self.tablets[tablet].disk.entries(inspection), self.plant);
        let folded_in: BTreeMap<_, _> =
            entries.iter().map(|(entry, custody)| (entry.id, *custody)).collect();
        if self.plant == Some(Plant::SnapshotForgetsPendingOver) {
            for (entry, _) in &mut entries {
                for_writes(entry, |write| write.over.retain(|id| folded_in.contains_key(id)));
            }
        }
        let disk = &self.tablets[tablet].disk;
        let state = from_last(disk, inspection, headquarters, entries);
        let snapshot = state.to_snapshot().into_bytes();
        self.write(tablet, |disk| {
            disk.snapshots.insert(inspection, (snapshot, folded_in));
        });
    }
}
