//! Headquarters as its own process: its folder prepared by its own functions, started, killed,
//! and looked at from outside. Only processes that were started here are ended here.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use domain::act::{Establishment, OpenInspection, Role};
use domain::ids::{EstablishmentId, PackHash};
use headquarters::clock;
use headquarters::headquarters::Headquarters;
use headquarters::ledger;
use headquarters::store::people::{self, Opens, Person, Seat, Uses};
use headquarters::store::{self, Store, StoreFault, Tx, events};
use headquarters::tablet_app::TabletApp;
use jiff::civil::date;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::runtime::Runtime;

use crate::fleet::{Fleet, TEAM};

/// How many inspections are prepared in one transaction.
const AT_ONCE: usize = 50;

/// The folder of a headquarters, and the program that runs on it.
pub(crate) struct Program {
    data: PathBuf,
    child: Child,
    /// Where tablets reach it.
    pub(crate) address: SocketAddr,
    /// Where its figures are.
    pub(crate) ops: SocketAddr,
    /// Where it goes on saying things: a program whose words nobody takes ends.
    _says: Lines<BufReader<ChildStdout>>,
    /// How long the last start took, until it listened.
    pub(crate) started_in: Duration,
}

/// What the processors did for the program, in seconds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Busy {
    /// The thread that writes into the database.
    pub(crate) writer_s: f64,
    /// The threads that read from it.
    pub(crate) readers_s: f64,
    /// Everything else: sockets, HTTP, signatures, hashes.
    pub(crate) others_s: f64,
}

impl Busy {
    /// What was used since.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            writer_s: self.writer_s - before.writer_s,
            readers_s: self.readers_s - before.readers_s,
            others_s: self.others_s - before.others_s,
        }
    }
}

impl Program {
    /// Starts the program on a prepared folder.
    pub(crate) async fn start(data: &Path) -> Self {
        Self::start_with(data, &[]).await
    }

    /// The same, with options.
    pub(crate) async fn start_with(data: &Path, options: &[&str]) -> Self {
        let begun = Instant::now();
        let mut log = std::fs::OpenOptions::new();
        let log = log.create(true).append(true).open(data.join("load.log"));
        // Another build is named to compare the two.
        let built = || env!("CARGO_BIN_EXE_bienban").into();
        let mut child = Command::new(std::env::var_os("BIENBAN_BIN").unwrap_or_else(built))
            .args(["serve", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(["--dist", "nowhere"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(log.expect("there is room"))
            .kill_on_drop(true)
            .spawn()
            .expect("the program runs");
        let stdout = child.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(stdout).lines();
        let mut told = async |begin: &str| {
            let line = lines.next_line().await.expect("it speaks UTF-8");
            let line = line.unwrap_or_else(|| panic!("it ended; see `{}`", data.display()));
            line.strip_prefix(begin).and_then(|address| address.parse().ok()).expect("an address")
        };
        let address = told("listening on http://").await;
        let ops = told("ops: http://").await;
        let started_in = begun.elapsed();
        Self { data: data.to_owned(), child, address, ops, started_in, _says: lines }
    }

    /// Ends it in the middle of what it does, and waits until it is gone.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.expect("it was running");
    }

    /// Starts it again on the same folder.
    pub(crate) async fn again(&mut self) {
        *self = Self::start(&self.data).await;
    }

    /// The most memory it had at any time, in bytes.
    pub(crate) fn peak_memory_bytes(&self) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kib.expect("Linux says so") * 1024
    }

    /// What its threads used of the processors since the start.
    pub(crate) fn busy(&self) -> Busy {
        let pid = self.child.id().expect("it runs");
        let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("Linux says so");
        let (mut busy, mut databases) = (Busy::default(), Vec::new());
        for task in tasks.flatten() {
            let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let spent = read("schedstat");
            let ns = spent.split_whitespace().next().and_then(|ns| ns.parse().ok()).unwrap_or(0);
            let spent_s = Duration::from_nanos(ns).as_secs_f64();
            // The first thread of the database is the one connection that writes.
            if read("comm").starts_with("sqlx-sqlite") {
                databases.push((task.file_name(), spent_s));
            } else {
                busy.others_s += spent_s;
            }
        }
        databases.sort_by_key(|(id, _)| id.to_string_lossy().parse::<u64>().unwrap_or(u64::MAX));
        busy.writer_s = databases.first().map_or(0.0, |(_, spent_s)| *spent_s);
        busy.readers_s = databases.iter().skip(1).map(|(_, spent_s)| spent_s).sum();
        busy
    }

    /// How large its database is on disk with what is not yet moved into it, in bytes.
    pub(crate) fn database_bytes(&self) -> (u64, u64) {
        let size =
            |name: &str| std::fs::metadata(self.data.join(name)).map_or(0, |file| file.len());
        (size("bienban.sqlite"), size("bienban.sqlite-wal"))
    }

    /// The figures it shows to a monitor, by name with labels.
    pub(crate) async fn figures(&self) -> BTreeMap<String, f64> {
        let page = reqwest::get(format!("http://{}/metrics", self.ops)).await;
        let page = page.expect("it answers").text().await.expect("it is text");
        let figure = |line: &str| {
            let (name, value) = line.rsplit_once(' ')?;
            Some((name.to_owned(), value.parse().ok()?))
        };
        page.lines().filter(|line| !line.starts_with('#')).filter_map(figure).collect()
    }

    fn proc(&self, file: &str) -> String {
        let pid = self.child.id().expect("it runs");
        std::fs::read_to_string(format!("/proc/{pid}/{file}")).expect("Linux says so")
    }
}

/// What the whole of this process used of the processors, in seconds.
pub(crate) fn own_busy_s() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux says so");
    let spent = tasks.flatten().map(|task| {
        let spent = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
        spent.split_whitespace().next().and_then(|ns| ns.parse().ok()).unwrap_or(0)
    });
    Duration::from_nanos(spent.sum()).as_secs_f64()
}

/// Makes a folder with every person, seat and inspection of a fleet, by the program's own
/// functions. The first `enrolling` tablets get an invitation instead of a seat.
pub(crate) fn prepare(data: &Path, fleet: Fleet, enrolling: usize) {
    alone(|runtime| {
        runtime.block_on(prepare_folder(data, fleet, enrolling));
    });
}

async fn prepare_folder(data: &Path, fleet: Fleet, enrolling: usize) {
    let app = TabletApp::choose(Some("nowhere".into()));
    let started = Headquarters::start(data, None, app).await;
    let headquarters = started.expect("the folder is empty");
    let opening = opening(&headquarters.store).await;
    for first in (0..fleet.inspections()).step_by(AT_ONCE) {
        let some = first..(first + AT_ONCE).min(fleet.inspections());
        let (keys, opening) = (headquarters.keys.clone(), opening.clone());
        let work = headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                for number in some {
                    let plan = (number, opening.clone());
                    open(tx, &keys, (fleet, enrolling), plan).await?;
                }
                Ok(())
            })
        });
        work.await.expect("the store takes it");
    }
}

async fn open(
    tx: &mut Tx,
    keys: &KeyPair,
    (fleet, enrolling): (Fleet, usize),
    (number, opening): (usize, OpenInspection),
) -> Result<(), StoreFault> {
    let now = clock::now();
    let mut team = Vec::with_capacity(TEAM);
    for tablet in fleet.team(number) {
        let person = Person { id: fleet.person(tablet), name: fleet.name(tablet) };
        people::add_person(&mut *tx, &person, now).await?;
        team.push((person.id, if team.is_empty() { Role::Lead } else { Role::Member }));
        if tablet < enrolling {
            let until = now.later_by_ms(24 * 60 * 60 * 1000);
            let (code, id) = (fleet.code(tablet), person.id);
            people::invite(&mut *tx, &code, id, Opens::Seat, Uses::Once, (now, until)).await?;
        } else {
            people::add_seat(&mut *tx, &seat(fleet, tablet, person)).await?;
        }
    }
    let by = (team[0].0, now);
    ledger::open_inspection(tx, keys, (fleet.inspection(number), opening), &team, by).await
}

fn seat(fleet: Fleet, tablet: usize, person: Person) -> Seat {
    let (key, now) = (fleet.keys(tablet).public(), clock::now());
    Seat {
        id: seat_of(&key),
        person,
        key,
        envelope: fleet.envelope(tablet),
        app: "load 1".to_owned(),
        enrolled_at: now,
        last_contact: now,
        revocation: None,
    }
}

async fn opening(store: &Store) -> OpenInspection {
    let packs = store::packs::list(store.readers()).await.expect("they are published");
    let pack = |kind: &str| -> PackHash {
        packs.iter().find(|pack| pack.kind == kind).expect("there is one").sha256
    };
    OpenInspection {
        establishment: Establishment {
            id: EstablishmentId([7; 16]),
            name: "Cơ sở in Mẫu A".to_owned(),
            kind: "printer_publications".to_owned(),
            address: "Số 1 phố Ví Dụ".to_owned(),
        },
        reason: "Kiểm tra định kỳ".to_owned(),
        decision: None,
        on: date(2026, 7, 2),
        checklists: vec![pack("checklist")],
        law: pack("law"),
    }
}

/// How many events lie in the folder of a program that has ended, and how many positions they
/// reach over.
pub(crate) fn extent(data: &Path) -> (u64, u64) {
    let read = async || {
        let store = Store::open(data).await.expect("nobody has it open");
        events::extent(store.readers()).await.expect("the store answers")
    };
    let (events, last) = alone(|runtime| runtime.block_on(read()));
    (events, last.map_or(0, |last| last + 1))
}

/// Runs work that opens the folder, to the end: the folder is free afterwards.
pub(crate) fn alone<T: Send>(work: impl FnOnce(&Runtime) -> T + Send) -> T {
    let run = || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        work(&runtime.expect("there are threads"))
    };
    std::thread::scope(|scope| scope.spawn(run).join().expect("it does not panic"))
}
