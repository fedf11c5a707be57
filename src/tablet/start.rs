//! Starting: the store, the seat, the first page, then syncing. Each step that fails is a state
//! on screen.

use std::rc::Rc;

use domain::ids::EnvelopeKey;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use proof::envelope::Entropy;
use proof::vault::{DataKey, SlotId, escrow};
use screens::seam::{Escrow, Listing, Passphrase, Session, StoreTrouble};
use storage::contract::{Fault, OwnJournal, Standing};
use storage::seat::SeatRecord;
use storage::store::beginning::Beginning;
use storage::store::invited::Invited;
use storage::vault::slot::{InvitationTag, Slot, Stage};
use sync::replica::{Input, Replica, Restored};
use sync::status::SyncFault;
use wasm_bindgen_futures::spawn_local;

use crate::seat::{self, Enrolment, EnrolmentFault, Seat};
use crate::tablet::Tablet;
use crate::tabs::{self, News};
use crate::together::both;
use crate::vault::address::{self, Invitation};
use crate::vault::making::{self, MakeFault};
use crate::vault::{self, Vaults, handing, locking, moving, unlocking};
use crate::{Facts, browser, canary, erasing, install, leaving, overview, shell, syncing, trouble};

/// Starts the tablet.
pub(crate) fn start(tablet: Rc<Tablet>) {
    shell::keep(&tablet);
    tabs::listen(&tablet);
    install::follow(&tablet);
    handing::follow(&tablet);
    leaving::follow(&tablet);
    locking::follow(&tablet);
    spawn_local(async move {
        let session = open(&tablet).await.unwrap_or_else(Session::Broken);
        become_of(&tablet, session).await;
        if let Some(vaults) = tablet.vaults() {
            making::clear_away(&vaults, browser::now()).await;
        }
    });
}

/// Shows what became of starting. A seat's first screen does not wait for the rest.
async fn become_of(tablet: &Rc<Tablet>, session: Session) {
    let is_seat = matches!(session, Session::Ready { .. });
    tablet.board.session.set(session);
    if is_seat {
        let slot = tablet.with_vault(|open| open.slot.id.to_string());
        handing::keep(tablet);
        tablet.tabs.tell(&News::Opened { slot: slot.unwrap_or_default() });
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
    let requested = handing::request();
    let (vaults, has_clear) = both(vault::directory(tablet), moving::has_clear()).await;
    let vaults = vaults?;
    let erased = erasing::end_broken_off(&vaults).await;
    let slots = vault::slots(&vaults).await?;
    tablet.use_vaults(vaults);
    tablet.board.has_vaults.set(!slots.is_empty());
    let invitation = address::invitation();
    if let (Some(erased), None) = (erased, &invitation) {
        return Ok(erased);
    }
    if has_clear? && moving::is_due(&slots).await? {
        return match invitation {
            Some(invitation) => Ok(protected(tablet, &invitation).await),
            None => Ok(Session::Unprotected),
        };
    }
    let tag = invitation.as_ref().map(|invitation| InvitationTag::of(&invitation.code));
    let is_meant = |slot: &Slot| tag.is_none_or(|tag| slot.invitation == Some(tag));
    match handing::given(&slots, requested).await.filter(|(slot, _)| is_meant(slot)) {
        Some((slot, key)) => entered(tablet, slot, key).await,
        None => match invitation {
            Some(invitation) => Ok(by_link(tablet, slots, invitation).await),
            None => Ok(at_the_door(tablet, &slots).await),
        },
    }
}

/// What is shown when no vault is open.
async fn at_the_door(tablet: &Rc<Tablet>, slots: &[Slot]) -> Session {
    if slots.is_empty() {
        tablet.board.loss.set(canary::check_wiped());
        return Session::NotEnrolled;
    }
    if address::is_enrolment() {
        return Session::NotEnrolled;
    }
    erasing::watch_locked(tablet);
    vault::locked(slots).await
}

/// Opens the vault that an address names with its passphrase, or makes it.
async fn by_link(tablet: &Rc<Tablet>, slots: Vec<Slot>, invitation: Invitation) -> Session {
    let Invitation { code, passphrase } = invitation;
    let tag = InvitationTag::of(&code);
    let Some(slot) = slots.iter().find(|slot| slot.invitation == Some(tag)).cloned() else {
        tablet.board.session.set(Session::Enrolling);
        return enrolled_anew(tablet, &code, &passphrase).await;
    };
    match unlocking::open(tablet, slot, &passphrase).await {
        Ok((slot, key)) => entered(tablet, slot, key).await.unwrap_or_else(Session::Broken),
        Err(unlocking) => {
            tablet.board.unlocking.set(unlocking);
            vault::locked(&slots).await
        }
    }
}

/// Goes on with a vault that was just unlocked.
pub(crate) async fn go_on(tablet: &Rc<Tablet>, slot: Slot, key: DataKey) {
    let session = entered(tablet, slot, key).await.unwrap_or_else(Session::Broken);
    become_of(tablet, session).await;
}

/// Takes a vault into use, and the seat in it.
async fn entered(tablet: &Rc<Tablet>, slot: Slot, key: DataKey) -> Result<Session, StoreTrouble> {
    let facts = match vault::facts(tablet, &slot, &key).await {
        Err(StoreTrouble::Newer) => {
            // What cannot be opened cannot be exported either; the screen says so.
            let _ = open_for_export(tablet, slot, key).await;
            return Err(StoreTrouble::Newer);
        }
        opened => opened?,
    };
    let id = slot.id;
    vault::take(tablet, slot, key, facts.clone());
    let beginning = facts.beginning().await.map_err(|fault| trouble::of(&fault))?;
    let Beginning { seat, former, canary, own } = beginning;
    let Some(record) = seat else {
        return Ok(resumed(tablet, &facts).await);
    };
    let checked = canary::check(id, &facts, canary, own.rows).await;
    let (loss, own) = checked.map_err(|fault| trouble::of(&fault))?;
    tablet.board.loss.set(loss);
    let name = record.name.clone();
    let seat = Seat::open(record, &former.rows).await.map_err(|_| StoreTrouble::Unavailable)?;
    take_seat(tablet, seat, &own);
    Ok(Session::Ready { name })
}

/// Goes on with an enrolment whose answer was lost: the same keys ask again.
async fn resumed(tablet: &Rc<Tablet>, facts: &Facts) -> Session {
    match facts.invited().await {
        Ok(Some(invited)) => {
            tablet.board.session.set(Session::Enrolling);
            settled(enrolled(tablet, facts, invited).await)
        }
        Ok(None) => Session::NotEnrolled,
        Err(fault) => Session::Broken(trouble::of(&fault)),
    }
}

/// Opens a newer store and its seat for nothing but exporting.
async fn open_for_export(
    tablet: &Rc<Tablet>,
    slot: Slot,
    key: DataKey,
) -> Result<(), StoreTrouble> {
    let facts = vault::newer_facts(&slot, &key).await?;
    let record = facts.seat().await.map_err(|fault| trouble::of(&fault))?;
    let former = facts.former_seats().await.map_err(|fault| trouble::of(&fault))?.rows;
    if let Some(record) = record {
        let seat = Seat::open(record, &former).await.map_err(|_| StoreTrouble::Unavailable)?;
        tablet.use_seat(seat);
        vault::take(tablet, slot, key, facts);
    }
    Ok(())
}

/// Makes this browser a seat: in the vault that is open, or in a new one.
pub(crate) async fn enrol(tablet: Rc<Tablet>, code: String, passphrase: Option<Passphrase>) {
    tablet.board.session.set(Session::Enrolling);
    let session = match (tablet.facts(), passphrase) {
        (Some(facts), _) => enrolled_here(&tablet, &facts, &code).await,
        (None, Some(passphrase)) => enrolled_anew(&tablet, &code, &passphrase).await,
        (None, None) => Session::NotEnrolled,
    };
    become_of(&tablet, session).await;
}

async fn enrolled_here(tablet: &Rc<Tablet>, facts: &Facts, code: &str) -> Session {
    match seat::invite(facts, code).await {
        Ok(invited) => settled(enrolled(tablet, facts, invited).await),
        Err(fault) => settled(Err(fault)),
    }
}

/// Enrols in a new vault. What was asked for in vain before goes on with the same keys; a vault for
/// an invitation that headquarters refuses is taken away again.
async fn enrolled_anew(tablet: &Rc<Tablet>, code: &str, passphrase: &Passphrase) -> Session {
    let (vaults, slot, key) = match made(tablet, code, passphrase).await {
        Ok(made) => made,
        Err(MakeFault::NoWorker) => return Session::Broken(StoreTrouble::Unavailable),
        Err(MakeFault::Store(trouble)) => return Session::Broken(trouble),
    };
    let facts = match vault::facts(tablet, &slot, &key).await {
        Ok(facts) => facts,
        Err(trouble) => return Session::Broken(trouble),
    };
    let asked = asked_in(tablet, &vaults, (&slot, &key), &facts, code).await;
    if let Err(EnrolmentFault::Sync(SyncFault::Refused(_))) = &asked {
        tablet.leave_facts();
        drop(facts);
        making::discard(&vaults, &slot).await;
        let others = vault::slots(&vaults).await.is_ok_and(|slots| !slots.is_empty());
        tablet.board.has_vaults.set(others);
    }
    settled(asked)
}

async fn made(
    tablet: &Tablet,
    code: &str,
    passphrase: &Passphrase,
) -> Result<(Vaults, Slot, DataKey), MakeFault> {
    let vaults = tablet.vaults().ok_or(MakeFault::Store(StoreTrouble::Unavailable))?;
    let (slot, key) = making::make(&vaults, passphrase, Some(InvitationTag::of(code))).await?;
    Ok((vaults, slot, key))
}

async fn asked_in(
    tablet: &Rc<Tablet>,
    vaults: &Vaults,
    (slot, key): (&Slot, &DataKey),
    facts: &Facts,
    code: &str,
) -> Result<String, EnrolmentFault> {
    let invited = seat::invite(facts, code).await?;
    let in_use = |slot| Slot { stage: Stage::InUse, ..slot };
    let slot = vaults.change(slot.id, in_use).await.map_err(EnrolmentFault::Store)?;
    let slot = slot.ok_or(EnrolmentFault::Keys)?;
    vault::take(tablet, slot, key.clone(), facts.clone());
    enrolled(tablet, facts, invited).await
}

fn settled(enrolled: Result<String, EnrolmentFault>) -> Session {
    match enrolled {
        Ok(name) => Session::Ready { name },
        Err(EnrolmentFault::Sync(fault)) => Session::EnrolmentFailed(fault),
        Err(EnrolmentFault::Keys) => Session::Broken(StoreTrouble::Unavailable),
        Err(EnrolmentFault::Store(fault)) => Session::Broken(trouble::of(&fault)),
    }
}

/// Takes the invitation in the open vault.
async fn enrolled(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    invited: Invited,
) -> Result<String, EnrolmentFault> {
    let Enrolment { record, escrow } = seat::enrol(facts, invited).await?;
    let slot = kept_open(tablet, &record, escrow).await?;
    canary::begin(slot, facts).await.map_err(EnrolmentFault::Store)?;
    if let Some(vaults) = tablet.vaults() {
        canary::forget_lost(&vault::slots(&vaults).await.unwrap_or_default());
    }
    tablet.board.loss.set(None);
    tablet.tabs.tell(&News::Enrolled);
    let name = record.name.clone();
    if tablet.seat().is_some() {
        // Everything on this page is about the seat before.
        handing::keep(tablet);
        browser::reload();
        return Ok(name);
    }
    let Beginning { former, own, .. } = facts.beginning().await.map_err(EnrolmentFault::Store)?;
    let seat = Seat::open(record, &former.rows).await.map_err(|_| EnrolmentFault::Keys)?;
    take_seat(tablet, seat, &own.rows);
    Ok(name)
}

/// Notes in the slot whose seat works there, and keeps its data key in escrow where there is one.
async fn kept_open(
    tablet: &Rc<Tablet>,
    record: &SeatRecord,
    escrow: Option<EnvelopeKey>,
) -> Result<SlotId, EnrolmentFault> {
    let (vaults, open) = (tablet.vaults(), tablet.with_vault(|it| (it.slot.id, it.key.clone())));
    let (Some(vaults), Some((id, key))) = (vaults, open) else { return Err(EnrolmentFault::Keys) };
    let wrapped = escrow.and_then(|escrow| {
        let entropy = Entropy(browser::random().ok()?);
        escrow::wrap(&key, id, &escrow, &entropy).ok()
    });
    let seat = Some(record.seat);
    let headquarters = record.headquarters.iter().map(|it| it.key).collect();
    let kept =
        move |slot: Slot| Slot { seat, headquarters, escrow: wrapped.or(slot.escrow), ..slot };
    let slot = vaults.change(id, kept).await.map_err(EnrolmentFault::Store)?;
    let slot = slot.ok_or(EnrolmentFault::Keys)?;
    tablet.board.tell_no_escrow.set(slot.escrow.is_none());
    let kept = if slot.escrow.is_some() { Escrow::Kept } else { Escrow::None };
    tablet.board.escrow.set(kept);
    tablet.with_vault(|open| open.slot = slot);
    Ok(id)
}

/// Moves what lies in clear into a vault of this passphrase.
pub(crate) async fn protect(tablet: Rc<Tablet>, passphrase: Passphrase) {
    tablet.board.session.set(Session::Protecting);
    let session = moved(&tablet, &passphrase, None).await;
    become_of(&tablet, session).await;
}

async fn protected(tablet: &Rc<Tablet>, invitation: &Invitation) -> Session {
    let tag = InvitationTag::of(&invitation.code);
    moved(tablet, &invitation.passphrase, Some(tag)).await
}

async fn moved(
    tablet: &Rc<Tablet>,
    passphrase: &Passphrase,
    tag: Option<InvitationTag>,
) -> Session {
    match moving::protect(tablet, passphrase, tag).await {
        Ok((slot, key)) => entered(tablet, slot, key).await.unwrap_or_else(Session::Broken),
        Err(MakeFault::NoWorker) => Session::Broken(StoreTrouble::Unavailable),
        Err(MakeFault::Store(trouble)) => Session::Broken(trouble),
    }
}

/// The person knows what the store lacks: from here on it is measured by what it has.
pub(crate) async fn understand_loss(tablet: &Tablet) {
    let Some(facts) = tablet.facts() else { return };
    let Some(slot) = tablet.with_vault(|open| open.slot.id) else { return };
    // A second place that cannot be written says the same at the next start.
    let _ = canary::begin(slot, &facts).await;
    tablet.board.loss.set(None);
}

/// Takes the seat with its journals: from here on it can record.
fn take_seat(tablet: &Tablet, seat: Seat, own: &[OwnJournal]) {
    tablet.use_seat(seat);
    for journal in own.iter().filter(|own| own.standing == Standing::Open) {
        tablet.note_journal(journal.journal, journal.tip);
    }
    let pending = own.iter().map(OwnJournal::pending).sum();
    tablet.board.sync.update(|status| status.pending = pending);
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
