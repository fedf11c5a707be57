//! Starting: the store, the seat, the first page, then syncing. Each step that fails is a state
//! on screen.

use std::rc::Rc;

use leptos::prelude::*;
use screens::seam::{Session, StoreTrouble};
use storage::contract::{Fault, Standing};
use sync::replica::{Input, JournalProgress, Replica, Restored};
use wasm_bindgen_futures::spawn_local;

use crate::seat::{self, EnrolmentFault, Seat};
use crate::syncing::{self, Syncing};
use crate::tablet::Tablet;
use crate::{Facts, browser, overview, shell, trouble};

/// Starts the tablet.
pub(crate) fn start(tablet: Rc<Tablet>) {
    shell::keep(&tablet);
    spawn_local(async move {
        let session = match open(&tablet).await {
            Ok(session) => session,
            Err(trouble) => Session::Broken(trouble),
        };
        tablet.board.session.set(session);
    });
}

async fn open(tablet: &Rc<Tablet>) -> Result<Session, StoreTrouble> {
    let facts = shell::open_store(tablet).await?;
    tablet.use_facts(facts.clone());
    let record = facts.seat().await.map_err(|fault| trouble::of(&fault))?;
    let Some(record) = record else { return Ok(Session::NotEnrolled) };
    let name = record.name.clone();
    let seat = Seat::open(record).await.map_err(|_| StoreTrouble::Unavailable)?;
    work(tablet, &facts, seat).await.map_err(|fault| trouble::of(&fault))?;
    Ok(Session::Ready { name })
}

/// Makes this browser a seat.
pub(crate) async fn enrol(tablet: Rc<Tablet>, code: String) {
    let Some(facts) = tablet.facts() else { return };
    tablet.board.session.set(Session::Enrolling);
    let session = match enrolled(&tablet, &facts, &code).await {
        Ok(name) => Session::Ready { name },
        Err(EnrolmentFault::Sync(fault)) => Session::EnrolmentFailed(fault),
        Err(EnrolmentFault::Keys) => Session::Broken(StoreTrouble::Unavailable),
        Err(EnrolmentFault::Store(fault)) => Session::Broken(trouble::of(&fault)),
    };
    tablet.board.session.set(session);
}

async fn enrolled(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    code: &str,
) -> Result<String, EnrolmentFault> {
    let record = seat::enrol(facts, code).await?;
    let name = record.name.clone();
    let seat = Seat::open(record).await.map_err(|_| EnrolmentFault::Keys)?;
    work(tablet, facts, seat).await.map_err(EnrolmentFault::Store)?;
    Ok(name)
}

/// Reads where everything stands and begins to sync.
async fn work(tablet: &Rc<Tablet>, facts: &Facts, seat: Seat) -> Result<(), Fault> {
    let me = seat.record.seat;
    tablet.use_seat(seat);
    let own = facts.tips().await?.rows;
    for journal in own.iter().filter(|own| own.standing == Standing::Open) {
        tablet.note_journal(journal.journal, journal.tip);
    }
    let journals = own.iter().map(|own| JournalProgress {
        journal: own.journal,
        stored_through: own.tip.seq,
        accepted_through: own.accepted_through,
    });
    let restored = Restored {
        journals: journals.collect(),
        cursors: facts.cursors().await?,
        epoch: facts.epoch().await?,
    };
    let seed = u64::from_le_bytes(first_eight(me.as_bytes()));
    let replica = Replica::new(restored, seed, browser::now());
    tablet.syncing.replace(Some(Syncing::new(replica)));
    overview::refresh_all(tablet).await;
    overview::refresh_kinds(tablet).await;
    shell::refresh_readiness(tablet).await;
    shell::refresh_health(tablet).await;
    follow_browser(tablet);
    Ok(())
}

fn first_eight(bytes: &[u8; 16]) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&bytes[..8]);
    first
}

/// Tells the replica what the browser says, from now on.
fn follow_browser(tablet: &Rc<Tablet>) {
    let (Ok(window), Ok(document)) = (browser::window(), browser::document()) else { return };
    let tell = |input: fn() -> Input| {
        let tablet = tablet.clone();
        move || syncing::input(&tablet, input())
    };
    browser::listen(&window, "online", tell(|| Input::Online));
    browser::listen(&window, "offline", tell(|| Input::Offline));
    browser::listen(&document, "visibilitychange", tell(visibility));
    let online = if browser::is_online() { Input::Online } else { Input::Offline };
    syncing::input(tablet, online);
    syncing::input(tablet, visibility());
}

fn visibility() -> Input {
    if browser::is_shown() { Input::Shown } else { Input::Hidden }
}
