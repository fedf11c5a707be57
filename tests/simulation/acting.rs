//! What people do, and what goes wrong, in a world.

use domain::act::{Act, BeginFinding, Body, OpenJournal, Role, WithdrawFinding};
use domain::answer::Answer;
use domain::ids::{EventId, FindingId, InspectionId, JournalId, PersonId, Salt};
use domain::register::{Address, Field, Value, Write};
use domain::state::State;
use proof::chain::{self, Circumstance, Journal, Tip};
use proof::head::Head;
use sync::message::push::Part;
use sync::replica::Input;

use crate::disk::Disk;
use crate::fold;
use crate::story::{Action, Trouble};
use crate::world::{Happened, Weather, World, Written, fresh_inspection, opening};

/// The items that everybody answers.
const ITEMS: [&str; 3] = ["a", "b", "c"];

impl World {
    /// Does one thing.
    pub(crate) fn act(&mut self, action: &Action) {
        match action {
            Action::Pass { ms } => self.pass(i64::from(*ms)),
            Action::Open { team } => self.open(*team),
            Action::OpenThere { tablet } => self.open_there(self.tablet(*tablet)),
            Action::Answer { tablet, inspection, item, value } => {
                self.answer_item(self.tablet(*tablet), *inspection, (*item, *value));
            }
            Action::Find { tablet, inspection } => self.find(self.tablet(*tablet), *inspection),
            Action::Withdraw { tablet, inspection } => {
                self.withdraw(self.tablet(*tablet), *inspection);
            }
            Action::Assign { person, inspection, joins } => {
                self.assign(*person, *inspection, *joins);
            }
            Action::Enrol { tablet, person } => {
                let person = self.person(*person);
                self.enrol(self.tablet(*tablet), person);
            }
            Action::Switch { tablet } => self.switch(self.tablet(*tablet)),
            Action::Revoke { seat } => self.revoke(*seat),
            Action::Judge { inspection, spare, admit } => self.judge(*inspection, *spare, *admit),
            Action::Trouble(trouble) => self.trouble(trouble),
        }
        self.look_at_everything();
    }

    fn trouble(&mut self, trouble: &Trouble) {
        match trouble {
            Trouble::Weather { tablet, lost_percent, doubled_percent, delay_ms } => {
                let tablet = self.tablet(*tablet);
                self.tablets[tablet].weather = Weather {
                    lost_percent: *lost_percent,
                    doubled_percent: *doubled_percent,
                    delay_ms: *delay_ms,
                };
            }
            Trouble::Jump { tablet, seconds } => {
                let tablet = self.tablet(*tablet);
                self.tablets[tablet].clock_ms += i64::from(*seconds) * 1_000;
            }
            Trouble::Kill { tablet, after } => {
                let tablet = self.tablet(*tablet);
                self.tablets[tablet].kill_after = Some(*after);
            }
            Trouble::Full { tablet, writes } => {
                let tablet = self.tablet(*tablet);
                self.tablets[tablet].failing_writes = *writes;
            }
            Trouble::LoseWrites { tablet, writes } => {
                let tablet = self.tablet(*tablet);
                if let Some(disk) = self.earlier(tablet, *writes) {
                    self.exchange(tablet, disk);
                }
            }
            Trouble::Copy { tablet } => {
                let tablet = self.tablet(*tablet);
                self.tablets[tablet].copy = Some(self.tablets[tablet].disk.clone());
            }
            Trouble::OldProfile { tablet, is_noticed } => {
                self.old_profile(self.tablet(*tablet), *is_noticed);
            }
            Trouble::Wipe { tablet } => self.wipe(self.tablet(*tablet)),
            Trouble::KillProcess { process, after } => {
                let process = usize::from(*process) % self.processes.len();
                self.processes[process].kill_after = Some(*after);
            }
            Trouble::Backup => self.backup = Some(self.headquarters.store.clone()),
            Trouble::Restore => self.restore(),
            Trouble::Bundle { tablet } => self.bundle(self.tablet(*tablet)),
        }
    }

    fn tablet(&self, number: u8) -> usize {
        usize::from(number) % self.tablets.len()
    }

    fn person(&self, number: u8) -> PersonId {
        self.people[usize::from(number) % self.people.len()]
    }
}

/// The office.
impl World {
    fn open(&mut self, team: u8) {
        let inspection = fresh_inspection(&mut self.chance);
        let bits = self.people.iter().enumerate().filter(|(bit, _)| team & (1 << (bit % 8)) != 0);
        let team: Vec<_> = bits.map(|(_, person)| *person).collect();
        self.headquarters.open(inspection, opening(), &team, self.now);
    }

    fn assign(&mut self, person: u8, inspection: u8, joins: bool) {
        let person = self.person(person);
        let role = if joins { Role::Member } else { Role::None };
        if let Some(inspection) = self.known_to_office(inspection) {
            self.headquarters.assign(inspection, person, role, self.now);
        }
    }

    fn known_to_office(&self, number: u8) -> Option<InspectionId> {
        let opened = &self.headquarters.store.opened;
        opened.get(usize::from(number) % opened.len().max(1)).copied()
    }

    fn revoke(&mut self, seat: u8) {
        let seats: Vec<_> = self.headquarters.store.seats.keys().copied().collect();
        if let Some(seat) = seats.get(usize::from(seat) % seats.len().max(1)) {
            self.headquarters.revoke(*seat, self.now);
        }
    }

    fn judge(&mut self, inspection: u8, spare: u8, admit: bool) {
        let Some(inspection) = self.known_to_office(inspection) else { return };
        let state = self.headquarters.state(inspection);
        let held: Vec<EventId> = state.held().map(|held| held.entry.id).collect();
        let judged = held.iter().filter(|id| usize::from(id.0[0] % 8) != usize::from(spare % 16));
        let judged: Vec<_> = judged.copied().collect();
        if !judged.is_empty() {
            self.headquarters.judge(inspection, judged, admit, self.now);
        }
    }
}

/// Inspectors.
impl World {
    /// What a seat may work in: what came, and what it opened itself.
    fn inspection(&self, tablet: usize, number: u8) -> Option<InspectionId> {
        let disk = &self.tablets[tablet].disk;
        let known = disk.events.values().map(|event| event.header.inspection);
        let mut known: Vec<_> = known.filter(|id| !disk.gone.contains(id)).collect();
        known.sort_unstable();
        known.dedup();
        known.get(usize::from(number) % known.len().max(1)).copied()
    }

    fn state_at(&self, tablet: usize, inspection: InspectionId) -> State {
        let headquarters = self.headquarters.seat();
        fold::whole(&self.tablets[tablet].disk, inspection, headquarters, None)
    }

    fn open_there(&mut self, tablet: usize) {
        let inspection = fresh_inspection(&mut self.chance);
        self.record(tablet, inspection, Act::OpenInspection(opening()));
    }

    fn answer_item(&mut self, tablet: usize, inspection: u8, (item, value): (u8, u8)) {
        let Some(inspection) = self.inspection(tablet, inspection) else { return };
        let item = ITEMS[usize::from(item) % ITEMS.len()];
        let value = Answer::ALL[usize::from(value) % Answer::ALL.len()].value();
        let address = Address::item(item, Field::Answer);
        let over = self.state_at(tablet, inspection).over(&address);
        self.record(tablet, inspection, Act::Set(Write { address, value, over }));
    }

    fn find(&mut self, tablet: usize, inspection: u8) {
        let Some(inspection) = self.inspection(tablet, inspection) else { return };
        let finding = FindingId(self.chance.bytes());
        let address = Address::finding(finding, Field::Facts);
        let first = Write { address, value: Value::text("x"), over: Vec::new() };
        let begin = BeginFinding { finding, item: ITEMS[0].to_owned(), first };
        self.record(tablet, inspection, Act::BeginFinding(begin));
    }

    fn withdraw(&mut self, tablet: usize, inspection: u8) {
        let Some(inspection) = self.inspection(tablet, inspection) else { return };
        let state = self.state_at(tablet, inspection);
        let finding = state.findings().first().map(|finding| finding.id);
        if let Some(finding) = finding {
            let withdraw = WithdrawFinding { finding, reason: "x".to_owned() };
            self.record(tablet, inspection, Act::WithdrawFinding(withdraw));
        }
    }

    /// An act becomes an event and is stored, or it is not and the inspector sees that.
    fn record(&mut self, tablet: usize, inspection: InspectionId, act: Act) {
        if self.tablets[tablet].ram.is_none() {
            return;
        }
        let at = self.clock(tablet);
        let disk = &self.tablets[tablet].disk;
        let open = disk.open_journal(inspection);
        let mut tip = open.and_then(|journal| tip_of(disk, journal));
        let opening = open.is_none().then(|| open_journal(disk));
        let fresh = Journal { inspection, journal: JournalId(self.chance.bytes()) };
        let journal = open.unwrap_or(fresh);
        let mut events = Vec::new();
        for act in opening.into_iter().chain([act]) {
            let circumstance = Circumstance { at, salt: Salt(self.chance.bytes()), anchor: None };
            let made = chain::extend(journal, tip, circumstance, &Body::of(act));
            let (event, next) = made.expect("it is small");
            events.push(chain::verify_event(event, 0).expect("it was made here"));
            tip = Some(next);
        }
        let through = tip.map_or(0, |tip| tip.seq);
        if self.write(tablet, |disk| disk.append(journal, events)) == Written::Done {
            self.tell(tablet, Input::Stored { journal, through });
        }
    }

    /// Another seat of a shared tablet goes to work; the app starts anew.
    fn switch(&mut self, tablet: usize) {
        let next = |disk: &mut Disk| disk.current = (disk.current + 1) % disk.seats.len();
        if self.write(tablet, next) == Written::Done {
            self.start(tablet);
        }
    }
}

fn tip_of(disk: &Disk, journal: Journal) -> Option<Tip> {
    let events = &disk.own.get(&journal)?.events;
    let id = *events.last()?;
    Some(Tip { seq: events.len() as u64 - 1, id })
}

fn open_journal(disk: &Disk) -> Act {
    let seat = disk.seat();
    let opening = OpenJournal { seat: seat.id(), key: seat.keys.public(), app: String::new() };
    Act::OpenJournal(opening)
}

/// What happens to stores.
impl World {
    fn old_profile(&mut self, tablet: usize, is_noticed: bool) {
        let Some(mut disk) = self.tablets[tablet].copy.clone() else { return };
        if is_noticed {
            disk.own.values_mut().for_each(|own| own.is_left = true);
        }
        self.exchange(tablet, disk);
    }

    fn wipe(&mut self, tablet: usize) {
        let person = self.tablets[tablet].disk.seat().person;
        self.exchange(tablet, Disk::default());
        self.enrol(tablet, person);
    }

    /// Everything that is not accepted as one file, which is handed in much later.
    fn bundle(&mut self, tablet: usize) {
        let at = self.clock(tablet);
        let disk = &self.tablets[tablet].disk;
        let mut parts = Vec::new();
        for progress in disk.restored().journals {
            let from = progress.accepted_through.map_or(0, |through| through + 1);
            let Some(own) = disk.own.get(&progress.journal) else { continue };
            let rest = own.events.iter().enumerate().skip(usize::try_from(from).unwrap_or(0));
            for run in rest.collect::<Vec<_>>().chunks(self.room) {
                let (Some((first, _)), Some((last, id))) = (run.first(), run.last()) else { break };
                let tip = Tip { seq: *last as u64, id: **id };
                let head = Head { journal: progress.journal, tip, at };
                let head = disk.seats[own.seat].keys.sign_head(&head);
                let events = disk.run(own, *first as u64, run.len() as u64);
                parts.push(Part { head, events });
            }
        }
        let wait = self.chance.below(120_000);
        self.after(i64::try_from(wait).unwrap_or(0), Happened::import(parts));
    }
}
