//! The world: tablets, a network, processes of headquarters, and time, moved by one queue.
//!
//! Everything that happens has a place in the queue; what happens at the same time happens in
//! the order in which it was put there. Nothing here decides anything about syncing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::act::{Establishment, OpenInspection};
use domain::ids::{EstablishmentId, EventId, InspectionId, PackHash, PersonId, SeatId};
use domain::moment::Moment;
use proof::sign::KeyPair;
use sync::message::pull::{Pull, PullAnswer};
use sync::message::push::{Part, PushAnswer};
use sync::message::refusal::RefusalCode;
use sync::replica::{Input, Replica, Run};
use sync::status::SyncFault;

use crate::chance::Chance;
use crate::disk::{Disk, Seat};
use crate::headquarters::{Headquarters, InHand, Store};
use crate::plant::Plant;
use crate::story::Story;

/// How long a tablet waits for an answer, in milliseconds.
const PATIENCE_MS: i64 = 20_000;

/// More happenings than any story of this size has: something goes round in circles.
const MOST_HAPPENINGS: u64 = 60_000;

/// How many writes of a store can be lost at once.
const HISTORY: usize = 8;

/// A world that goes on.
pub struct World {
    /// The true time.
    pub now: Moment,
    /// Headquarters.
    pub headquarters: Headquarters,
    /// The tablets.
    pub tablets: Vec<Tablet>,
    /// Everybody there is.
    pub people: Vec<PersonId>,
    /// The last backup.
    pub backup: Option<Store>,
    pub(crate) processes: Vec<Process>,
    pub(crate) chance: Chance,
    pub(crate) plant: Option<Plant>,
    pub(crate) room: usize,
    /// A law that was seen broken while something happened.
    pub(crate) broken: Option<String>,
    queue: BTreeMap<(Moment, u64), Happening>,
    serial: u64,
    happened: u64,
}

/// A tablet.
pub struct Tablet {
    /// What is stored.
    pub disk: Disk,
    /// What runs; `None` while it is down.
    pub ram: Option<Ram>,
    pub(crate) copy: Option<Disk>,
    pub(crate) weather: Weather,
    pub(crate) clock_ms: i64,
    pub(crate) failing_writes: u8,
    pub(crate) kill_after: Option<u8>,
    /// What may not vanish.
    pub(crate) kept: BTreeSet<EventId>,
    history: VecDeque<Disk>,
    asked: u64,
}

/// What runs on a tablet.
pub struct Ram {
    /// The product's machine.
    pub replica: Replica,
    pub(crate) sending: Option<(u64, Sending)>,
    timer: u64,
}

/// What a tablet waits for an answer to.
#[derive(Debug, Clone)]
pub(crate) enum Sending {
    Push(Vec<Run>),
    Pull,
}

/// What the network does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    pub(crate) lost_percent: u8,
    pub(crate) doubled_percent: u8,
    pub(crate) delay_ms: u16,
}

impl Weather {
    pub(crate) const FINE: Self = Self { lost_percent: 0, doubled_percent: 0, delay_ms: 20 };
}

/// A process of headquarters.
pub(crate) struct Process {
    is_up: bool,
    /// What a former one had in hand is gone with it.
    generation: u64,
    pub(crate) kill_after: Option<u8>,
}

/// What a request asks.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    Push(Vec<Part>),
    Pull(Pull),
}

/// Where an answer goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct From {
    tablet: usize,
    seat: SeatId,
    asked: u64,
}

pub(crate) type Answer = Result<Answered, RefusalCode>;

/// What headquarters says.
#[derive(Debug, Clone)]
pub(crate) enum Answered {
    Push(PushAnswer),
    Pull(PullAnswer),
}

enum Happening {
    Request(usize, From, Asked),
    Commit(usize, u64, From, InHand),
    Answer(usize, u64, Answer),
    GiveUp(usize, u64),
    Wake(usize, u64),
    Start(usize),
    StartProcess(usize),
    Import(Vec<Part>),
}

/// What came of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Done,
    Failed,
    /// The tablet died before it.
    Dead,
}

impl World {
    /// The world in which a story begins.
    pub fn of(story: &Story, plant: Option<Plant>) -> Self {
        let mut chance = Chance::from_seed(story.seed ^ 0x5eed);
        let headquarters = Headquarters::new(Chance::from_seed(chance.number()), plant);
        let mut world = Self {
            now: Moment(1_800_000_000_000),
            headquarters,
            tablets: Vec::new(),
            people: (0..story.tablets).map(|_| PersonId(chance.bytes())).collect(),
            backup: None,
            processes: (0..story.processes).map(|_| Process::new()).collect(),
            chance,
            plant,
            room: story.room,
            broken: None,
            queue: BTreeMap::new(),
            serial: 0,
            happened: 0,
        };
        for person in world.people.clone() {
            world.tablets.push(Tablet::new());
            world.enrol(world.tablets.len() - 1, person);
        }
        world
    }

    /// Gives a person a seat on a tablet and puts it to work there.
    pub(crate) fn enrol(&mut self, tablet: usize, person: PersonId) {
        let keys = KeyPair::from_seed(&self.chance.bytes());
        let now = self.now;
        self.headquarters.enrol(person, keys.public(), now);
        let epoch = self.headquarters.epoch();
        let disk = &mut self.tablets[tablet].disk;
        disk.seats.push(Seat { keys, person });
        disk.current = disk.seats.len() - 1;
        disk.epoch.get_or_insert(epoch);
        self.start(tablet);
    }

    pub(crate) fn after(&mut self, ms: i64, happening: Happened) {
        self.put(ms, happening.0);
    }

    fn put(&mut self, ms: i64, happening: Happening) {
        self.serial += 1;
        self.queue.insert((self.now.later_by_ms(ms.max(0)), self.serial), happening);
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, ms: i64) {
        let until = self.now.later_by_ms(ms);
        while let Some(next) = self.queue.first_entry() {
            if next.key().0 > until {
                break;
            }
            let ((at, _), happening) = next.remove_entry();
            self.now = self.now.max(at);
            if self.goes_round_in_circles() {
                break;
            }
            self.happen(happening);
        }
        self.now = until;
    }

    fn goes_round_in_circles(&mut self) -> bool {
        self.happened += 1;
        let too_much = self.happened > MOST_HAPPENINGS;
        if too_much {
            self.broken.get_or_insert_with(|| "syncing goes round in circles".to_owned());
        }
        too_much
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Request(process, from, asked) => self.arrive(process, from, asked),
            Happening::Commit(process, generation, from, in_hand) => {
                self.commit(process, generation, from, in_hand);
            }
            Happening::Answer(tablet, asked, answer) => self.answered(tablet, asked, answer),
            Happening::GiveUp(tablet, asked) => self.give_up(tablet, asked),
            Happening::Wake(tablet, timer) => self.wake(tablet, timer),
            Happening::Start(tablet) => self.start_if_down(tablet),
            Happening::StartProcess(process) => self.processes[process].is_up = true,
            Happening::Import(parts) => self.import(parts),
        }
    }
}

/// Something that others may put into the queue.
pub(crate) struct Happened(Happening);

impl Happened {
    /// A file is handed in at headquarters.
    pub(crate) fn import(parts: Vec<Part>) -> Self {
        Self(Happening::Import(parts))
    }
}

/// Headquarters' processes.
impl World {
    fn arrive(&mut self, process: usize, from: From, asked: Asked) {
        if !self.process_goes_on(process) {
            return;
        }
        let Some(seat) = self.headquarters.store.seats.get(&from.seat).cloned() else {
            return self.answer(from, Err(RefusalCode::UnknownSeat));
        };
        match asked {
            Asked::Pull(_) if seat.is_revoked => self.answer(from, Err(RefusalCode::Revoked)),
            Asked::Pull(pull) => {
                let news = self.headquarters.news(seat.person, &pull, self.room);
                self.answer(from, Ok(Answered::Pull(news)));
            }
            Asked::Push(parts) => match self.headquarters.examine(parts) {
                Ok(in_hand) => {
                    let generation = self.processes[process].generation;
                    let wait = self.chance.below(60);
                    let commit = Happening::Commit(process, generation, from, in_hand);
                    self.put(i64::try_from(wait).unwrap_or(0), commit);
                }
                Err(code) => self.answer(from, Err(code)),
            },
        }
    }

    fn commit(&mut self, process: usize, generation: u64, from: From, in_hand: InHand) {
        let is_same = self.processes[process].generation == generation;
        if !is_same || !self.process_goes_on(process) {
            return;
        }
        let answer = self.headquarters.take(in_hand, self.now);
        self.look_at_headquarters();
        if self.process_goes_on(process) {
            self.answer(from, Ok(Answered::Push(answer)));
        }
    }

    fn import(&mut self, parts: Vec<Part>) {
        if let Ok(in_hand) = self.headquarters.examine(parts) {
            self.headquarters.take(in_hand, self.now);
            self.look_at_headquarters();
        }
    }

    /// A process may die between any two of its steps.
    fn process_goes_on(&mut self, process: usize) -> bool {
        let one = &mut self.processes[process];
        match one.kill_after {
            Some(0) => {
                *one = Process { is_up: false, generation: one.generation + 1, kill_after: None };
                self.put(2_000, Happening::StartProcess(process));
                false
            }
            Some(steps) => {
                one.kill_after = Some(steps - 1);
                one.is_up
            }
            None => one.is_up,
        }
    }

    /// Headquarters comes back from its last backup; what was in hand is gone.
    pub(crate) fn restore(&mut self) {
        let Some(backup) = self.backup.clone() else { return };
        self.headquarters.restore(&backup);
        self.processes.iter_mut().for_each(|process| process.generation += 1);
    }

    /// Every process is up and stays so.
    pub(crate) fn mend_processes(&mut self) {
        for process in &mut self.processes {
            process.is_up = true;
            process.kill_after = None;
        }
    }
}

impl Process {
    fn new() -> Self {
        Self { is_up: true, generation: 0, kill_after: None }
    }
}

/// The network.
impl World {
    /// Sends a request and begins to wait for its answer.
    pub(crate) fn send(&mut self, tablet: usize, asked: Asked, sending: Sending) {
        let one = &mut self.tablets[tablet];
        one.asked += 1;
        let from = From { tablet, seat: one.disk.seat().id(), asked: one.asked };
        if let Some(ram) = &mut one.ram {
            ram.sending = Some((from.asked, sending));
        }
        self.put(PATIENCE_MS, Happening::GiveUp(tablet, from.asked));
        for _ in 0..self.copies(tablet) {
            let process = self.chance.below(self.processes.len() as u64);
            let process = usize::try_from(process).unwrap_or(0);
            let delay = self.delay(tablet);
            self.put(delay, Happening::Request(process, from, asked.clone()));
        }
    }

    fn answer(&mut self, from: From, answer: Answer) {
        for _ in 0..self.copies(from.tablet) {
            let delay = self.delay(from.tablet);
            self.put(delay, Happening::Answer(from.tablet, from.asked, answer.clone()));
        }
    }

    fn copies(&mut self, tablet: usize) -> usize {
        let weather = self.tablets[tablet].weather;
        if self.chance.percent(weather.lost_percent) {
            0
        } else {
            1 + usize::from(self.chance.percent(weather.doubled_percent))
        }
    }

    fn delay(&mut self, tablet: usize) -> i64 {
        let longest = u64::from(self.tablets[tablet].weather.delay_ms);
        i64::try_from(self.chance.below(longest + 1)).unwrap_or(0)
    }

    fn answered(&mut self, tablet: usize, asked: u64, answer: Answer) {
        if let Some(sending) = self.no_longer_sending(tablet, asked) {
            self.hear(tablet, sending, answer);
        }
    }

    fn give_up(&mut self, tablet: usize, asked: u64) {
        if let Some(sending) = self.no_longer_sending(tablet, asked) {
            self.hear_nothing(tablet, sending);
        }
    }

    /// What was asked, unless it was answered before or died with the tablet.
    fn no_longer_sending(&mut self, tablet: usize, asked: u64) -> Option<Sending> {
        let ram = self.tablets[tablet].ram.as_mut()?;
        if ram.sending.as_ref()?.0 != asked {
            return None;
        }
        ram.sending.take().map(|(_, sending)| sending)
    }
}

/// Tablets, as machines that start, run and die.
impl World {
    /// The time by a tablet's clock.
    pub(crate) fn clock(&self, tablet: usize) -> Moment {
        self.now.later_by_ms(self.tablets[tablet].clock_ms)
    }

    /// Starts a tablet, from its disk alone.
    pub(crate) fn start(&mut self, tablet: usize) {
        let (clock, seed) = (self.clock(tablet), self.chance.number());
        let one = &mut self.tablets[tablet];
        let replica = Replica::new(one.disk.restored(), seed, clock);
        let timer = one.ram.as_ref().map_or(0, |ram| ram.timer) + 1_000_000;
        one.ram = Some(Ram { replica, sending: None, timer });
        self.tell(tablet, Input::Shown);
    }

    fn start_if_down(&mut self, tablet: usize) {
        if self.tablets[tablet].ram.is_none() {
            self.start(tablet);
        }
    }

    /// A tablet dies, and is started again a little later.
    pub(crate) fn die(&mut self, tablet: usize) {
        let one = &mut self.tablets[tablet];
        one.ram = None;
        one.kill_after = None;
        let wait = self.chance.below(8_000);
        self.put(i64::try_from(wait).unwrap_or(0), Happening::Start(tablet));
    }

    /// Tells the replica, and does what it says then.
    pub(crate) fn tell(&mut self, tablet: usize, input: Input) {
        let clock = self.clock(tablet);
        if let Some(ram) = &mut self.tablets[tablet].ram {
            ram.replica.handle_input(input, clock);
            self.go_on(tablet);
        }
    }

    fn wake(&mut self, tablet: usize, timer: u64) {
        let clock = self.clock(tablet);
        let Some(ram) = &mut self.tablets[tablet].ram else { return };
        if ram.timer == timer {
            ram.replica.handle_timeout(clock);
            self.go_on(tablet);
        }
    }

    fn go_on(&mut self, tablet: usize) {
        loop {
            let Some(ram) = &mut self.tablets[tablet].ram else { return };
            let Some(effect) = ram.replica.poll_effect() else { break };
            if self.goes_round_in_circles() {
                return;
            }
            self.carry_out(tablet, effect);
        }
        self.set_timer(tablet);
    }

    /// As a page does it: by how long it is until then by the clock of now.
    fn set_timer(&mut self, tablet: usize) {
        let clock = self.clock(tablet);
        let Some(ram) = &mut self.tablets[tablet].ram else { return };
        ram.timer += 1;
        let timer = ram.timer;
        if let Some(at) = ram.replica.poll_timeout() {
            let wait = at.since_ms(clock).clamp(0, 3_600_000);
            self.put(wait, Happening::Wake(tablet, timer));
        }
    }

    /// Writes to a tablet's disk, if it lives and the disk takes it.
    pub(crate) fn write(&mut self, tablet: usize, change: impl FnOnce(&mut Disk)) -> Written {
        if !self.tablet_goes_on(tablet) {
            return Written::Dead;
        }
        let one = &mut self.tablets[tablet];
        if one.failing_writes > 0 {
            one.failing_writes -= 1;
            return Written::Failed;
        }
        one.history.push_back(one.disk.clone());
        if one.history.len() > HISTORY {
            one.history.pop_front();
        }
        change(&mut one.disk);
        self.look_at_tablet(tablet);
        Written::Done
    }

    /// A tablet may die between any two of its steps.
    fn tablet_goes_on(&mut self, tablet: usize) -> bool {
        match self.tablets[tablet].kill_after {
            Some(0) => self.die(tablet),
            Some(steps) => self.tablets[tablet].kill_after = Some(steps - 1),
            None => {}
        }
        self.tablets[tablet].ram.is_some()
    }

    /// A tablet's disk becomes another one, through no fault of the product.
    pub(crate) fn exchange(&mut self, tablet: usize, disk: Disk) {
        let one = &mut self.tablets[tablet];
        one.kept = disk.events.keys().copied().collect();
        one.disk = disk;
        one.history.clear();
        self.die(tablet);
    }

    /// The disk as it was some writes ago.
    pub(crate) fn earlier(&self, tablet: usize, writes: u8) -> Option<Disk> {
        let history = &self.tablets[tablet].history;
        let back = usize::from(writes).min(history.len());
        history.get(history.len() - back).cloned()
    }

    /// What a fault is to a tablet.
    pub(crate) fn fault(written: Written) -> Option<SyncFault> {
        match written {
            Written::Done => None,
            Written::Failed | Written::Dead => Some(SyncFault::NotStored),
        }
    }
}

impl Tablet {
    fn new() -> Self {
        Self {
            disk: Disk::default(),
            ram: None,
            copy: None,
            weather: Weather::FINE,
            clock_ms: 0,
            failing_writes: 0,
            kill_after: None,
            kept: BTreeSet::new(),
            history: VecDeque::new(),
            asked: 0,
        }
    }
}

/// An opening as it is written in the field and at headquarters; nothing of it is looked at.
pub(crate) fn opening() -> OpenInspection {
    OpenInspection {
        establishment: Establishment {
            id: EstablishmentId([1; 16]),
            name: "Cơ sở in Mẫu A".to_owned(),
            kind: "printing_house".to_owned(),
            address: String::new(),
        },
        reason: String::new(),
        decision: None,
        on: jiff::civil::date(2026, 7, 1),
        checklists: Vec::new(),
        law: PackHash([0; 32]),
    }
}

/// A fresh inspection.
pub(crate) fn fresh_inspection(chance: &mut Chance) -> InspectionId {
    InspectionId(chance.bytes())
}
