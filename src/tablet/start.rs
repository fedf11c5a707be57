//! Starting: the store, the seat, the first page, then syncing. Each step that fails is a state
//! on screen.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use screens::seam::{Listing, Session, StoreTrouble};
use storage::contract::{Fault, OwnJournal, Standing};
use sync::replica::{Input, Replica, Restored};
use wasm_bindgen_futures::spawn_local;

use crate::seat::{self, EnrolmentFault, Seat};
use crate::tablet::Tablet;
use crate::tabs::{self, News};
use crate::{Facts, browser, canary, install, overview, shell, syncing, trouble};

/// Starts the tablet.
pub(crate) fn start(tablet: Rc<Tablet>) {
    shell::keep(&tablet);
    tabs::listen(&tablet);
    install::follow(&tablet);
    spawn_local(async move {
        let session = match open(&tablet).await {
            Ok(session) => session,
            Err(trouble) => {
                if trouble == StoreTrouble::Newer {
                    // What cannot be opened cannot be exported either; the screen says so.
                    let _ = open_for_export(&tablet).await;
                }
                Session::Broken(trouble)
            }
        };
        become_of(&tablet, session).await;
    });
}

/// Shows what became of starting. A seat's first screen does not wait for the rest.
async fn become_of(tablet: &Rc<Tablet>, session: Session) {
    let is_seat = matches!(session, Session::Ready { .. });
    tablet.board.session.set(session);
    if is_seat {
        first_screen(tablet).await;
        settle_in(tablet).await;
    }
}

/// Waits until what the first screen asked for is there: the inspection that the address names is
/// on it before anything else is read.
async fn first_screen(tablet: &Tablet) {
    // The screen asks when it is built, which is before this task's next turn.
    TimeoutFuture::new(0).await;
    tablet.jobs.done().await;
}

async fn open(tablet: &Rc<Tablet>) -> Result<Session, StoreTrouble> {
    let facts = shell::open_store(tablet).await?;
    tablet.use_facts(facts.clone());
    let record = facts.seat().await.map_err(|fault| trouble::of(&fault))?;
    let loss = canary::check(&facts, record.is_some()).await;
    tablet.board.loss.set(loss.map_err(|fault| trouble::of(&fault))?);
    let Some(record) = record else { return Ok(Session::NotEnrolled) };
    let name = record.name.clone();
    let former = facts.former_seats().await.map_err(|fault| trouble::of(&fault))?.rows;
    let seat = Seat::open(record, &former).await.map_err(|_| StoreTrouble::Unavailable)?;
    take_seat(tablet, &facts, seat).await.map_err(|fault| trouble::of(&fault))?;
    Ok(Session::Ready { name })
}

/// Opens a newer store and its seat for nothing but exporting.
async fn open_for_export(tablet: &Rc<Tablet>) -> Result<(), StoreTrouble> {
    let facts = shell::open_newer_store().await?;
    let record = facts.seat().await.map_err(|fault| trouble::of(&fault))?;
    let former = facts.former_seats().await.map_err(|fault| trouble::of(&fault))?.rows;
    if let Some(record) = record {
        let seat = Seat::open(record, &former).await.map_err(|_| StoreTrouble::Unavailable)?;
        tablet.use_seat(seat);
        tablet.use_facts(facts);
    }
    Ok(())
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
    become_of(&tablet, session).await;
}

async fn enrolled(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    code: &str,
) -> Result<String, EnrolmentFault> {
    let record = seat::enrol(facts, code).await?;
    canary::begin(facts).await.map_err(EnrolmentFault::Store)?;
    tablet.board.loss.set(None);
    tablet.tabs.tell(&News::Enrolled);
    let name = record.name.clone();
    if tablet.seat().is_some() {
        // Everything on this page is about the seat before.
        tabs::reload();
        return Ok(name);
    }
    let former = facts.former_seats().await.map_err(EnrolmentFault::Store)?.rows;
    let seat = Seat::open(record, &former).await.map_err(|_| EnrolmentFault::Keys)?;
    take_seat(tablet, facts, seat).await.map_err(EnrolmentFault::Store)?;
    Ok(name)
}

/// The person knows what the store lacks: from here on it is measured by what it has.
pub(crate) async fn understand_loss(tablet: &Tablet) {
    let Some(facts) = tablet.facts() else { return };
    // A second place that cannot be written says the same at the next start.
    let _ = canary::begin(&facts).await;
    tablet.board.loss.set(None);
}

/// Takes the seat: from here on it can record.
async fn take_seat(tablet: &Rc<Tablet>, facts: &Facts, seat: Seat) -> Result<(), Fault> {
    tablet.use_seat(seat);
    let own = facts.tips().await?.rows;
    for journal in own.iter().filter(|own| own.standing == Standing::Open) {
        tablet.note_journal(journal.journal, journal.tip);
    }
    let pending = own.iter().map(OwnJournal::pending).sum();
    tablet.board.sync.update(|status| status.pending = pending);
    Ok(())
}

/// Lists what is here, and takes part in syncing.
async fn settle_in(tablet: &Rc<Tablet>) {
    let asking = tablet.clone();
    // A worker that does not answer keeps nobody waiting.
    spawn_local(async move { shell::refresh_readiness(&asking).await });
    overview::refresh_all(tablet).await;
    overview::refresh_kinds(tablet).await;
    tablet.board.listing.set(Listing::Read);
    shell::refresh_health(tablet).await;
    follow_browser(tablet);
    tabs::take_part(tablet).await;
}

/// Reads where everything stands and begins to sync, in place of another tab or alone.
pub(crate) async fn begin_syncing(tablet: &Rc<Tablet>) {
    let Some((facts, seat)) = tablet.facts_and_seat() else { return };
    match restored(&facts).await {
        Ok(restored) => {
            let seed = u64::from_le_bytes(first_eight(seat.record.seat.as_bytes()));
            let replica = Replica::new(restored, seed, browser::now());
            syncing::begin(tablet, replica);
            tell_what_was_stored_meanwhile(tablet, &facts).await;
            syncing::input(tablet, connection());
            syncing::input(tablet, visibility());
        }
        // Recording shows the same trouble at the item, with its next step.
        Err(fault) => tablet.board.session.set(Session::Broken(trouble::of(&fault))),
    }
}

/// What was recorded between the reading and the beginning nobody has told the replica yet.
async fn tell_what_was_stored_meanwhile(tablet: &Rc<Tablet>, facts: &Facts) {
    // If it cannot be read, the next recording of each journal tells.
    for own in facts.progress().await.unwrap_or_default() {
        let stored = Input::Stored { journal: own.journal, through: own.stored_through };
        syncing::input(tablet, stored);
    }
}

/// Where everything stands, by the store.
async fn restored(facts: &Facts) -> Result<Restored, Fault> {
    Ok(Restored {
        journals: facts.progress().await?,
        cursors: facts.cursors().await?,
        epoch: facts.epoch().await?,
        is_recovering: facts.is_survey_due().await?,
    })
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
    let tablet = tablet.clone();
    browser::listen(&document, "visibilitychange", move || tabs::visibility_changed(&tablet));
}

fn connection() -> Input {
    if browser::is_online() { Input::Online } else { Input::Offline }
}

fn visibility() -> Input {
    if browser::is_shown() { Input::Shown } else { Input::Hidden }
}
