//! The board: the signals that the tablet writes and the screens read.

use std::rc::Rc;

use domain::checklist::Checklist;
use domain::ids::{FindingId, InspectionId};
use domain::law::{Bilingual, Law};
use domain::moment::Moment;
use jiff::civil::Date;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;
use sync::status::{Activity, Status, SyncFault};

use super::{InspectionModel, InspectionSummary, Intent};

/// Why the store on this tablet did not do what was asked. Each has words and a next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoreTrouble {
    /// Another tab keeps the store from opening or changing.
    Blocked,
    /// The store was made by a newer version of the app.
    Newer,
    /// What is in the store cannot be read.
    Damaged,
    /// There is no room.
    Full,
    /// The browser gives no store: private browsing, or storage is switched off.
    Unavailable,
}

/// Whose tablet this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// The store is being opened.
    Starting,
    /// This browser is no seat yet, or is to become another.
    NotEnrolled,
    /// Headquarters is being asked.
    Enrolling,
    /// This browser did not become a seat.
    EnrolmentFailed(SyncFault),
    /// This browser is the seat of the person with this name.
    Ready {
        /// The person's name.
        name: String,
    },
    /// There are vaults here, and none is open.
    Locked {
        /// The one used last first.
        vaults: Vec<LockedVault>,
    },
    /// What an earlier version of the app stored here lies in clear and needs a passphrase.
    Unprotected,
    /// It is being moved into a vault.
    Protecting,
    /// Headquarters revoked the seat, has everything, and its vault is gone.
    Erased {
        /// Whether other vaults are on this tablet.
        others: bool,
    },
    /// The store cannot be used.
    Broken(StoreTrouble),
}

/// A vault that is not open. Whose it is cannot be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedVault {
    /// Names it.
    pub id: String,
    /// The number of the place, from 1 in the order of enrolment.
    pub number: u32,
    /// Events in it that headquarters has not accepted.
    pub pending: u64,
    /// Whether headquarters can open it when the passphrase is forgotten.
    pub has_escrow: bool,
}

/// What became of [`Intent::Unlock`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlocking {
    /// Nothing was asked.
    Idle,
    /// The key is being made of the passphrase.
    Working,
    /// The passphrase is not the one of this vault.
    Wrong,
    /// Too many were wrong: none is tried for so long.
    Slowed {
        /// In whole seconds, at least 1.
        wait_s: u64,
    },
    /// The key cannot be made here.
    NoWorker,
}

/// Whether a forgotten passphrase loses what exists only in the open vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escrow {
    /// No vault is open.
    Unknown,
    /// Headquarters can open it with its escrow key.
    Kept,
    /// Headquarters has no escrow key: nobody can.
    None,
}

/// What a second place says that the store of this tablet lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// There was a store here and it is gone.
    Wiped {
        /// Events of it that headquarters has.
        accepted: u64,
        /// Events of it that headquarters had not accepted.
        lost: u64,
        /// When headquarters last accepted something.
        accepted_at: Option<Moment>,
    },
    /// The store is an older copy: events that were recorded after it are not in it.
    Older {
        /// Those that headquarters had not accepted.
        lost: u64,
        /// Those that headquarters has: they come back.
        coming_back: u64,
    },
}

/// How much of what this tablet recorded is in a backup of headquarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backup {
    /// Events in it.
    pub covered: u64,
    /// Events recorded on this tablet.
    pub recorded: u64,
}

/// Why no file for export could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportTrouble {
    /// The store did not give what is to be in it.
    Store(StoreTrouble),
    /// This tablet does not know headquarters' key: it was enrolled before there was one.
    NoKey,
    /// There is more than one file can hold: deliver a part of it first.
    TooLarge,
}

/// The file with everything that headquarters has not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Export {
    /// Nobody asked for it.
    Idle,
    /// It is being made.
    Preparing,
    /// There is nothing to put into it.
    Nothing,
    /// It can be saved.
    Ready {
        /// Its address within this page.
        href: String,
        /// The name under which it is saved.
        file_name: String,
        /// How many events are in it.
        events: u64,
    },
    /// It cannot be made.
    Failed(ExportTrouble),
}

/// A colleague's bundle that waits for headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedBundle {
    /// Names it; the same file has the same name always.
    pub id: String,
    /// The name of the file.
    pub file_name: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// When it was taken.
    pub taken_at: Moment,
    /// What headquarters said when it was handed in and not taken; `None` before that.
    pub fault: Option<SyncFault>,
}

/// What came of [`super::Intent::Carry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrying {
    /// Nothing was asked.
    Idle,
    /// It is being stored.
    Storing,
    /// It waits for headquarters.
    Taken,
    /// Headquarters has answered for it.
    Delivered,
    /// The file is no bundle.
    NotABundle,
    /// The store did not take it.
    Failed(StoreTrouble),
}

/// Whether everything needed without a network is on this tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// It is being fetched.
    Preparing {
        /// How many pieces (shell, packs, inspections) are here.
        done: u32,
        /// How many there are.
        total: u32,
    },
    /// It is here.
    Ready,
    /// It was here, and headquarters has something newer that is not.
    Stale,
}

/// Whether the list of inspections is what the store has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// It is being read: that nothing is on it means nothing.
    Reading,
    /// It was read.
    Read,
}

/// What becomes of a new version of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Update {
    /// There is none.
    #[default]
    None,
    /// One is here, and waits until a person takes it.
    Offered,
    /// A person took it: it comes as soon as nothing is lost by it.
    Taken,
}

/// What is known about the store's health.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Whether the browser promised to keep the store; `None` while it was not asked.
    pub persisted: Option<bool>,
    /// Bytes in use, as the browser estimates them.
    pub used_bytes: Option<u64>,
    /// Bytes that the browser allows.
    pub quota_bytes: Option<u64>,
    /// When the oldest event was recorded that exists on this tablet only.
    pub only_here_since: Option<Moment>,
    /// When headquarters last answered.
    pub last_contact: Option<Moment>,
    /// The id of the last request that headquarters refused, while this page lives.
    pub refused_request: Option<String>,
    /// How much of what was recorded here is in a backup of headquarters; `None` while it is not
    /// known that there is one.
    pub backup: Option<Backup>,
    /// For how many days headquarters wants records kept here after they are in a backup; `None`
    /// before it said so.
    pub kept_days: Option<u32>,
}

/// Why an inspection cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not on this tablet.
    Unknown,
    /// A checklist or the law that it pins is not on this tablet.
    PackMissing,
    /// The store did not give it.
    Store(StoreTrouble),
}

/// What a practice inspection is made of. It is read from the store once and never written.
#[derive(Clone)]
pub struct Material {
    /// The checklists that inspections pin.
    pub checklists: Vec<Rc<Checklist>>,
    /// The law that inspections pin.
    pub law: Rc<Law>,
    /// When it was given.
    pub at: Moment,
}

/// What became of [`Intent::Practise`].
#[derive(Clone)]
pub enum Practice {
    /// Nothing was asked.
    Idle,
    /// It is being read.
    Fetching,
    /// It is here.
    Given(Material),
    /// There are no checklists on this tablet.
    Missing,
}

/// How this browser makes an installed app of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// Nothing is known yet.
    Unknown,
    /// This is the installed app.
    Installed,
    /// The browser asks the person when it is told to.
    Offered,
    /// By the share sheet: Safari on iPad and iPhone.
    ByShare,
    /// By the File menu: Safari on a Mac.
    ByDock,
    /// By the browser's own menu.
    ByMenu,
    /// Not at all.
    Impossible,
}

/// What locking waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockWaits {
    /// Nothing: nobody wants to lock, or it is done in a moment.
    No,
    /// Something is not stored yet.
    ForStore,
    /// Something cannot be stored: a person says what is to be done.
    ForPerson {
        /// The questions of the items in which it is; what has none is not named.
        lost: Vec<Bilingual>,
    },
}

/// The inspection that is shown.
#[derive(Clone)]
pub enum Desk {
    /// None.
    Empty,
    /// It is being read from the store.
    Fetching(InspectionId),
    /// It is open.
    Open(Rc<InspectionModel>),
    /// It cannot be shown.
    Unreadable(InspectionId, Unreadable),
}

/// What became of [`Intent::OpenInspection`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewInspectionState {
    /// Nothing was asked.
    Idle,
    /// It is being stored.
    Recording,
    /// It is stored.
    Opened(InspectionId),
    /// It could not be stored; the form stays as it is.
    Failed(StoreTrouble),
}

/// A kind of establishment that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstablishmentKind {
    /// The name that checklists use.
    pub id: String,
    /// The words for it.
    pub words: Bilingual,
}

/// The signals that the tablet writes and the screens read.
#[derive(Clone, Copy)]
pub struct Board {
    /// Whose tablet this is.
    pub session: RwSignal<Session>,
    /// Whether everything needed without a network is here.
    pub readiness: RwSignal<Readiness>,
    /// The inspections on this tablet, in the order in which they are shown.
    pub inspections: RwSignal<Vec<InspectionSummary>>,
    /// Whether these are all.
    pub listing: RwSignal<Listing>,
    /// The kinds of establishment of the law pack; empty until it is here.
    pub kinds: RwSignal<Vec<EstablishmentKind>>,
    /// How syncing goes.
    pub sync: RwSignal<Status>,
    /// How the store is.
    pub health: RwSignal<Health>,
    /// What becomes of a new version of the app.
    pub update: RwSignal<Update>,
    /// The inspection that is shown.
    pub desk: RwSignal<Desk, LocalStorage>,
    /// What became of the inspection that was opened last.
    pub new_inspection: RwSignal<NewInspectionState>,
    /// What the store lacks; `None` when it lacks nothing, or when a person knows.
    pub loss: RwSignal<Option<Loss>>,
    /// The file with everything that headquarters has not accepted.
    pub export: RwSignal<Export>,
    /// Bundles of colleagues that wait for headquarters.
    pub carried: RwSignal<Vec<CarriedBundle>>,
    /// What came of the last file that was to be carried.
    pub carrying: RwSignal<Carrying>,
    /// What a practice inspection is made of.
    pub practice: RwSignal<Practice, LocalStorage>,
    /// How the app is installed here.
    pub install: RwSignal<Install>,
    /// What became of the last passphrase.
    pub unlocking: RwSignal<Unlocking>,
    /// Whether a vault is open: what enrols in it needs no new passphrase.
    pub vault_open: RwSignal<bool>,
    /// Whether there are vaults here, open or not.
    pub has_vaults: RwSignal<bool>,
    /// Whether this vault was just made where nobody else can ever open it.
    pub tell_no_escrow: RwSignal<bool>,
    /// Whether headquarters could open it.
    pub escrow: RwSignal<Escrow>,
    /// What locking waits for.
    pub lock_waits: RwSignal<LockWaits>,
    /// The locked vault that is given to headquarters.
    pub vault_file: RwSignal<Export>,
}

impl Board {
    /// The board before anything is known. Its signals live as long as the current owner.
    pub fn new() -> Self {
        Self {
            session: RwSignal::new(Session::Starting),
            readiness: RwSignal::new(Readiness::Preparing { done: 0, total: 0 }),
            inspections: RwSignal::new(Vec::new()),
            listing: RwSignal::new(Listing::Reading),
            kinds: RwSignal::new(Vec::new()),
            sync: RwSignal::new(Status { pending: 0, activity: Activity::Idle }),
            health: RwSignal::new(Health::default()),
            update: RwSignal::new(Update::default()),
            desk: RwSignal::new_local(Desk::Empty),
            new_inspection: RwSignal::new(NewInspectionState::Idle),
            loss: RwSignal::new(None),
            export: RwSignal::new(Export::Idle),
            carried: RwSignal::new(Vec::new()),
            carrying: RwSignal::new(Carrying::Idle),
            practice: RwSignal::new_local(Practice::Idle),
            install: RwSignal::new(Install::Unknown),
            unlocking: RwSignal::new(Unlocking::Idle),
            vault_open: RwSignal::new(false),
            has_vaults: RwSignal::new(false),
            tell_no_escrow: RwSignal::new(false),
            escrow: RwSignal::new(Escrow::Unknown),
            lock_waits: RwSignal::new(LockWaits::No),
            vault_file: RwSignal::new(Export::Idle),
        }
    }
}

impl Default for Board {
    fn default() -> Self {
        Self::new()
    }
}

/// What the screens are given once: the board, and the tablet's ears, dice and calendar.
#[derive(Clone, Copy)]
pub struct Wiring {
    /// The signals.
    pub board: Board,
    /// Takes an intent.
    pub send: UnsyncCallback<Intent>,
    /// Draws the id of a new finding.
    pub fresh_finding: UnsyncCallback<(), FindingId>,
    /// Tells the day in Viet Nam.
    pub today: UnsyncCallback<(), Date>,
}
