//! One inspection read back from its stored bytes: verified anew, then folded.
//!
//! Nothing is taken on trust from the columns beside the bytes except when they were accepted
//! and whether they are held, which are headquarters' own words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::act::{Act, OpenInspection};
use domain::ids::{EventId, FindingId, InspectionId, JournalId, PersonId, SeatId};
use domain::moment::Moment;
use domain::state::{Custody, Entry, HeldReason, State};
use proof::chain::{self, Journal, Verified};
use proof::head::SignedHead;
use sync::recall::Verdict;
use texts::{Lang, office};

use crate::headquarters::Headquarters;
use crate::store::events::{self, Stored};
use crate::store::people::Person;
use crate::store::{Store, StoreFault, people};

/// The most events that are read of one inspection.
const ALL: usize = 10_000_000;

/// An inspection as the office shows it.
pub(super) struct Record {
    pub(super) id: InspectionId,
    pub(super) state: State,
    pub(super) journals: Vec<Checked>,
    /// Every event that came in held, in the order of arrival.
    pub(super) held: Vec<Held>,
    accepted_at: BTreeMap<EventId, Moment>,
    findings_accepted_at: BTreeMap<FindingId, Moment>,
    judged: BTreeMap<EventId, Judged>,
    named: BTreeMap<EventId, EventId>,
    story: Vec<Step>,
    people: Arc<People>,
    headquarters: BTreeSet<SeatId>,
}

/// Who sits where, and what everyone is called.
pub(super) struct People {
    seats: BTreeMap<SeatId, Person>,
    persons: BTreeMap<PersonId, String>,
}

/// One event that could be read, with headquarters' own words about it.
pub(super) struct Step {
    pub(super) position: u64,
    pub(super) accepted_at: Moment,
    pub(super) custody: Custody,
    pub(super) entry: Entry,
}

/// An event that came in held.
pub(super) struct Held {
    pub(super) journal: JournalId,
    pub(super) reason: HeldReason,
    pub(super) entry: Entry,
}

/// What a person decided about a held event.
#[derive(Clone)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reason: String,
    pub(super) by: Option<PersonId>,
    pub(super) at: Moment,
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
    let people = people(&headquarters.store).await?;
    read_with(headquarters, id, Arc::new(people)).await
}

/// Reads one of many inspections: the people have been read once for all of them.
pub(super) async fn read_with(
    headquarters: &Headquarters,
    id: InspectionId,
    people: Arc<People>,
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
        journals: check(id, &stored, &events::heads(store.readers(), id).await?),
        held: Vec::new(),
        accepted_at: BTreeMap::new(),
        findings_accepted_at: BTreeMap::new(),
        judged: BTreeMap::new(),
        named: BTreeMap::new(),
        story: Vec::with_capacity(stored.len()),
        people,
        headquarters: seats,
    };
    for stored in stored {
        record.fold(stored);
    }
    Ok(Some(record))
}

/// Reads who sits where, and what everyone is called.
pub(super) async fn people(store: &Store) -> Result<People, StoreFault> {
    let seats = people::seats(store.readers()).await?;
    let persons = people::persons(store.readers()).await?;
    Ok(People {
        seats: seats.into_iter().map(|seat| (seat.id, seat.person)).collect(),
        persons: persons.into_iter().map(|person| (person.id, person.name)).collect(),
    })
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
        self.note(&entry);
        match stored.custody {
            Custody::Accepted => self.judge(&entry),
            Custody::Held(reason) => {
                let entry = entry.clone();
                self.held.push(Held { journal: stored.journal, reason, entry });
            }
        }
        let Stored { position, accepted_at, custody, .. } = stored;
        self.story.push(Step { position, accepted_at, custody, entry });
    }

    /// Which events this one names.
    fn note(&mut self, entry: &Entry) {
        let Some(body) = &entry.body else { return };
        let named: &[EventId] = match &body.act {
            Act::Set(write) => &write.over,
            Act::BeginFinding(begin) => &begin.first.over,
            Act::Admit(judgement) | Act::SetAside(judgement) => &judgement.events,
            Act::FollowRemedy(follow) => &follow.over,
            Act::OpenJournal(_)
            | Act::OpenInspection(_)
            | Act::CancelInspection(_)
            | Act::AssignSeat(_)
            | Act::WithdrawFinding(_)
            | Act::Unknown(_) => &[],
        };
        for event in named {
            self.named.entry(*event).or_insert(entry.id);
        }
    }

    /// What headquarters decided here; what was admitted once stays admitted, as in the fold.
    fn judge(&mut self, entry: &Entry) {
        let Some(body) = entry.body.as_ref().filter(|_| self.is_headquarters(&entry.author)) else {
            return;
        };
        let (judgement, verdict) = match &body.act {
            Act::Admit(judgement) => (judgement, Verdict::Admitted),
            Act::SetAside(judgement) => (judgement, Verdict::SetAside),
            Act::OpenJournal(_)
            | Act::OpenInspection(_)
            | Act::CancelInspection(_)
            | Act::AssignSeat(_)
            | Act::Set(_)
            | Act::BeginFinding(_)
            | Act::WithdrawFinding(_)
            | Act::FollowRemedy(_)
            | Act::Unknown(_) => return,
        };
        let reason = judgement.reason.clone();
        let judged = Judged { verdict, reason, by: body.by, at: entry.at };
        for event in &judgement.events {
            let stands = self.judged.entry(*event).or_insert_with(|| judged.clone());
            if stands.verdict == Verdict::SetAside && verdict == Verdict::Admitted {
                *stands = judged.clone();
            }
        }
    }

    /// When headquarters accepted the beginning of a finding.
    pub(super) fn finding_accepted_at(&self, finding: FindingId) -> Option<Moment> {
        self.findings_accepted_at.get(&finding).copied()
    }

    /// Every event that could be read, in the order in which headquarters accepted them.
    pub(super) fn story(&self) -> &[Step] {
        &self.story
    }

    /// The seats whose team and custody acts count.
    pub(super) fn headquarters_seats(&self) -> impl Iterator<Item = SeatId> {
        self.headquarters.iter().copied()
    }

    /// What was decided about a held event.
    pub(super) fn judged(&self, event: &EventId) -> Option<&Judged> {
        self.judged.get(event)
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

    /// Who opened the inspection, and when: at headquarters the person, whom the event names.
    /// Corrections of the plan are openings too; the first one began it.
    pub(super) fn opened_by(&self, lang: Lang) -> Option<(String, Moment)> {
        let opening = |step: &&Step| {
            let act = step.entry.body.as_ref().map(|body| &body.act);
            step.custody == Custody::Accepted && matches!(act, Some(Act::OpenInspection(_)))
        };
        let Entry { author, at, body, .. } = &self.story.iter().find(opening)?.entry;
        if !self.is_headquarters(author) {
            return Some((self.author(author), *at));
        }
        let name = body.as_ref().and_then(|body| body.by).and_then(|by| self.person(by));
        let headquarters = office::headquarters(lang);
        let by = name.map_or(headquarters.to_owned(), |name| format!("{name} ({headquarters})"));
        Some((by, *at))
    }

    /// The name of the person at a seat, else the seat's id.
    pub(super) fn author(&self, seat: &SeatId) -> String {
        self.name(seat).unwrap_or_else(|| seat.to_string())
    }

    /// The name of the person at a seat, when headquarters knows it.
    pub(super) fn name(&self, seat: &SeatId) -> Option<String> {
        let introduced = self.state.seat(seat).map(|assign| assign.name.clone());
        introduced.or_else(|| self.person_at(seat).map(|person| person.name.clone()))
    }

    /// The person at a seat, by headquarters' record.
    pub(super) fn person_at(&self, seat: &SeatId) -> Option<&Person> {
        self.people.seats.get(seat)
    }

    /// The item of a finding, also of one whose beginning is held.
    pub(super) fn item_of(&self, finding: FindingId) -> Option<&str> {
        let begun = self.state.finding(finding).map(|finding| finding.item);
        begun.or_else(|| self.held.iter().find_map(|held| begins(&held.entry, finding)))
    }

    /// The name of a person.
    pub(super) fn person(&self, person: PersonId) -> Option<&str> {
        self.people.persons.get(&person).map(String::as_str)
    }

    /// The held events that wait for a person, journal by journal.
    pub(super) fn waiting(&self) -> BTreeMap<JournalId, Vec<&Held>> {
        let mut journals = BTreeMap::<JournalId, Vec<&Held>>::new();
        for held in self.held.iter().filter(|held| !self.judged.contains_key(&held.entry.id)) {
            journals.entry(held.journal).or_default().push(held);
        }
        journals
    }

    /// The held events that a person decided about.
    pub(super) fn decided(&self) -> impl Iterator<Item = (&Held, &Judged)> {
        self.held.iter().filter_map(|held| Some((held, self.judged.get(&held.entry.id)?)))
    }

    /// The events that are named here and are not, each with one that names it.
    pub(super) fn missing(&self) -> impl Iterator<Item = (&EventId, &EventId)> {
        self.named.iter().filter(|(event, _)| !self.accepted_at.contains_key(event))
    }
}

fn begins(entry: &Entry, finding: FindingId) -> Option<&str> {
    match &entry.body.as_ref()?.act {
        Act::BeginFinding(begin) if begin.finding == finding => Some(&begin.item),
        Act::BeginFinding(_)
        | Act::OpenJournal(_)
        | Act::OpenInspection(_)
        | Act::CancelInspection(_)
        | Act::AssignSeat(_)
        | Act::Set(_)
        | Act::WithdrawFinding(_)
        | Act::FollowRemedy(_)
        | Act::Admit(_)
        | Act::SetAside(_)
        | Act::Unknown(_) => None,
    }
}

/// Checks every run under its head.
fn check(
    inspection: InspectionId,
    stored: &[Stored],
    heads: &BTreeMap<(JournalId, EventId), SignedHead>,
) -> Vec<Checked> {
    let mut runs = BTreeMap::<(JournalId, EventId), Vec<&Stored>>::new();
    for event in stored {
        runs.entry((event.journal, event.head_tip)).or_default().push(event);
    }
    let known = stored.iter().map(|stored| proof::hash::id_of(&stored.event));
    let known = known.collect::<BTreeSet<_>>();
    let mut journals = BTreeMap::<JournalId, Checked>::new();
    for ((journal, tip), run) in runs {
        let head = heads.get(&(journal, tip));
        let fault = fault_of(Journal { inspection, journal }, &run, head, &known);
        let author = run.first().map_or(SeatId([0; 16]), |first| first.author.seat);
        let checked = journals.entry(journal);
        let checked = checked.or_insert(Checked { journal, author, events: 0, fault: None });
        checked.events += run.len();
        checked.fault = checked.fault.take().or(fault);
    }
    journals.into_values().collect()
}

fn fault_of(
    journal: Journal,
    run: &[&Stored],
    head: Option<&SignedHead>,
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
