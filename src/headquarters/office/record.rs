//! One inspection read back from its stored bytes: verified anew, then folded.
//!
//! Nothing is taken on trust from the columns beside the bytes except when they were accepted
//! and whether they are held, which are headquarters' own words.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{Act, OpenInspection, Role};
use domain::ids::{EventId, FindingId, InspectionId, JournalId, SeatId};
use domain::moment::Moment;
use domain::state::{Entry, HeldEntry, State};
use proof::chain::{self, Journal, Verified};

use crate::headquarters::Headquarters;
use crate::store::events::{self, Stored};
use crate::store::{Store, StoreFault, inspections, people};

/// The most events that are read of one inspection.
const ALL: usize = 10_000_000;

/// An inspection as the office shows it.
pub(super) struct Record {
    pub(super) id: InspectionId,
    pub(super) state: State,
    pub(super) journals: Vec<Checked>,
    /// By headquarters' own record: it also has people without a seat yet.
    pub(super) team: Vec<(String, Role)>,
    accepted_at: BTreeMap<EventId, Moment>,
    findings_accepted_at: BTreeMap<FindingId, Moment>,
    names: BTreeMap<SeatId, String>,
    headquarters: BTreeSet<SeatId>,
}

/// A journal and whether everything stored of it verifies.
pub(super) struct Checked {
    pub(super) journal: JournalId,
    pub(super) author: SeatId,
    pub(super) events: usize,
    pub(super) fault: Option<String>,
}

/// Reads an inspection; `None` when there is none with this id.
pub(super) async fn read(
    headquarters: &Headquarters,
    id: InspectionId,
) -> Result<Option<Record>, StoreFault> {
    let store = &headquarters.store;
    let stored = events::of_inspection(store.readers(), id, 0, ALL).await?;
    if stored.is_empty() {
        return Ok(None);
    }
    let seats = headquarters.seats.iter().map(|seat| seat.seat).collect::<BTreeSet<_>>();
    let mut record = Record {
        id,
        state: State::new(seats.iter().copied()),
        journals: check(store, id, &stored).await?,
        team: team(store, id).await?,
        accepted_at: BTreeMap::new(),
        findings_accepted_at: BTreeMap::new(),
        names: names(store).await?,
        headquarters: seats,
    };
    for stored in stored {
        record.fold(stored);
    }
    Ok(Some(record))
}

async fn team(store: &Store, id: InspectionId) -> Result<Vec<(String, Role)>, StoreFault> {
    let team = inspections::team(store.readers(), id).await?;
    Ok(team.into_iter().map(|(person, role)| (person.name, role)).collect())
}

async fn names(store: &Store) -> Result<BTreeMap<SeatId, String>, StoreFault> {
    let seats = people::seats(store.readers()).await?;
    Ok(seats.into_iter().map(|seat| (seat.id, seat.person.name)).collect())
}

impl Record {
    /// What cannot be read is named by the verification and left out of the fold.
    fn fold(&mut self, stored: Stored) {
        let Ok(verified) = chain::verify_event(stored.event, 0) else { return };
        let Verified { id, header, body, .. } = verified;
        self.accepted_at.insert(id, stored.accepted_at);
        if let Some(Act::BeginFinding(begin)) = body.as_ref().map(|body| &body.act) {
            self.findings_accepted_at.entry(begin.finding).or_insert(stored.accepted_at);
        }
        let author = stored.author.seat;
        let entry = Entry { id, author, seq: header.seq, at: header.at, body };
        self.state.apply(&entry, stored.custody);
    }

    /// When headquarters accepted the beginning of a finding.
    pub(super) fn finding_accepted_at(&self, finding: FindingId) -> Option<Moment> {
        self.findings_accepted_at.get(&finding).copied()
    }

    /// When headquarters accepted an event.
    pub(super) fn accepted_at(&self, event: &EventId) -> Option<Moment> {
        self.accepted_at.get(event).copied()
    }

    /// How the inspection was opened.
    pub(super) fn opening(&self) -> Option<&OpenInspection> {
        self.state.opened().map(|opened| &opened.opening)
    }

    /// Whether headquarters itself wrote something.
    pub(super) fn is_headquarters(&self, seat: &SeatId) -> bool {
        self.headquarters.contains(seat)
    }

    /// The name of the person at a seat, else the seat's id.
    pub(super) fn author(&self, seat: &SeatId) -> String {
        let introduced = self.state.seat(seat).map(|assign| assign.name.clone());
        introduced.or_else(|| self.names.get(seat).cloned()).unwrap_or_else(|| seat.to_string())
    }

    /// The held events, in the order of their journals.
    pub(super) fn held(&self) -> Vec<&HeldEntry> {
        let mut held = self.state.held().collect::<Vec<_>>();
        held.sort_by_key(|held| (held.entry.author, held.entry.seq));
        held
    }
}

/// Checks every run under its head.
async fn check(
    store: &Store,
    inspection: InspectionId,
    stored: &[Stored],
) -> Result<Vec<Checked>, StoreFault> {
    let mut runs = BTreeMap::<(JournalId, EventId), Vec<&Stored>>::new();
    for event in stored {
        runs.entry((event.journal, event.head_tip)).or_default().push(event);
    }
    let known = stored.iter().map(|stored| proof::hash::id_of(&stored.event));
    let known = known.collect::<BTreeSet<_>>();
    let mut journals = BTreeMap::<JournalId, Checked>::new();
    for ((journal, tip), run) in runs {
        let head = events::head(store.readers(), Journal { inspection, journal }, tip).await?;
        let fault = fault_of(Journal { inspection, journal }, &run, head, &known);
        let author = run.first().map_or(SeatId([0; 16]), |first| first.author.seat);
        let checked = journals.entry(journal);
        let checked = checked.or_insert(Checked { journal, author, events: 0, fault: None });
        checked.events += run.len();
        checked.fault = checked.fault.take().or(fault);
    }
    Ok(journals.into_values().collect())
}

fn fault_of(
    journal: Journal,
    run: &[&Stored],
    head: Option<proof::head::SignedHead>,
    known: &BTreeSet<EventId>,
) -> Option<String> {
    let events = run.iter().map(|stored| stored.event.clone()).collect();
    let verified = match chain::verify_run(journal, events) {
        Ok(verified) => verified,
        Err(fault) => return Some(fault.to_string()),
    };
    let (first, last) = (verified.first()?, verified.last()?);
    if first.header.prev.is_some_and(|prev| !known.contains(&prev)) {
        return Some(format!("the event before seq {} is missing", first.header.seq));
    }
    let Some(head) = head else { return Some("the head is missing".to_owned()) };
    match run.first().map(|stored| head.verify(&stored.author.key))? {
        Ok(head) if head.tip.id == last.id && head.journal == journal => None,
        Ok(_) => Some("the head is not over these events".to_owned()),
        Err(fault) => Some(fault.to_string()),
    }
}
