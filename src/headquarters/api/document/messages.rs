//! The written form of messages, field by field. Nothing here is sent: these types carry words
//! for the document and nothing else.

#![expect(dead_code, reason = "the fields are read by the macro that makes schemas of them")]

use std::collections::BTreeMap;

use utoipa::ToSchema;
use utoipa::openapi::schema::ComponentsBuilder;

use super::described::binary;

/// Every schema of the document.
pub(super) fn all(components: ComponentsBuilder) -> ComponentsBuilder {
    components
        .schema_from::<Enrol>()
        .schema_from::<Enrolled>()
        .schema_from::<HeadquartersSeat>()
        .schema_from::<Pull>()
        .schema_from::<PushAnswer>()
        .schema_from::<JournalAnswer>()
        .schema_from::<PackList>()
        .schema_from::<PackEntry>()
        .schema_from::<AskReceipt>()
        .schema_from::<End>()
        .schema_from::<Retention>()
        .schema_from::<Refusal>()
        .schema_from::<RefusalDetail>()
        .schema_from::<Push>()
        .schema_from::<Part>()
        .schema_from::<PullAnswer>()
        .schema_from::<Page>()
        .schema_from::<PulledEvent>()
        .schema("PushBytes", binary(PUSH_BYTES))
        .schema("PullAnswerBytes", binary(PULL_BYTES))
        .schema("BundleBytes", binary(BUNDLE_BYTES))
        .schema("PackBytes", binary(PACK_BYTES))
        .schema("WordBytes", binary(WORD_BYTES))
        .schema("VaultBytes", binary(VAULT_BYTES))
}

const PUSH_BYTES: &str = "\
A push in deterministic CBOR, at most 4 MiB. `Push` has its logical structure: a map with key 0, \
an array of parts; a part is a map with key 0, the signed head as an array of two byte strings \
(head, signature of 64 bytes), and key 1, an array of at most 500 events; an event is an array of \
header, salt and body as byte strings, without the body where it was withheld. The head is an \
array of the text `bienban/head/v1`, inspection (16 bytes), journal (16 bytes), seq, hash (32 \
bytes) and moment in milliseconds. The header is a map: 0 version, 1 inspection, 2 journal, 3 seq, \
4 hash of the header before (absent at seq 0), 5 moment in milliseconds, 6 checkpoint (may be \
absent), 7 SHA-256 of salt and body.";

const PULL_BYTES: &str = "\
The answer to a pull in deterministic CBOR, at most 40 MiB. `PullAnswer` has its logical \
structure: a map of 0 epoch (16 bytes), 1 pages, 2 inspections that are gone (16 bytes each), 3 \
whether there is more, 4 how many positions are in a backup (absent before the first). A page is \
a map of 0 inspection (16 bytes), 1 cursor (text), 2 signed heads, 3 events; of these each is a \
map of 0 position, 1 why it is held (0 not on the team, 1 seat revoked, 2 journal forked; absent \
when it is not held), 2 the event as in a push.";

const BUNDLE_BYTES: &str = "\
A bundle sealed to headquarters: an envelope in deterministic CBOR around the same parts that a \
push has. Only headquarters and the team's seats can open it.";

const PACK_BYTES: &str = "\
A pack in deterministic CBOR, whose SHA-256 is its name: a checklist, the law or a register.";

const WORD_BYTES: &str = "\
A word of headquarters in deterministic CBOR: an array of what is said and of at most 16 \
endorsements, each an array of the signed bytes, the Ed25519 key (32 bytes) and its signature (64 \
bytes). Signed is an array of a context and a statement. `bienban/erase/v1`: seat (16 bytes), \
moment of the revocation. `bienban/receipt/v1`: seat, moment, epoch (16 bytes), journals, each an \
array of inspection, journal (16 bytes), seq and hash (32 bytes) of its last event. \
`bienban/vault-receipt/v1`: seat, moment, SHA-256 of the vault. `bienban/endorsement/v1`: key (32 \
bytes), purpose (0 journals, 1 receipts, 2 orders), moment. The first endorsement is of the key \
that speaks, each further one of the key that signed the one before; the way ends at a key of \
headquarters that the tablet enrolled with.";

const VAULT_BYTES: &str = "\
A locked vault in deterministic CBOR, at most 64 MiB: an array of the text \
`bienban/sealed-vault/v1`, the vault's name (16 bytes), the seat (16 bytes), the vault's key sealed \
to headquarters' escrow key, and the rows as they lie on the tablet, encrypted.";

/// Where journals end, to learn which of them headquarters has on disk.
#[derive(ToSchema)]
pub(super) struct AskReceipt {
    /// The journals, at most 500.
    #[schema(max_items = 500)]
    journals: Vec<End>,
}

/// Where a journal ends.
#[derive(ToSchema)]
pub(super) struct End {
    /// The inspection: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    inspection: String,
    /// The journal: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    journal: String,
    /// The number of its last event, counted from 0.
    seq: u64,
    /// The last event: 32 bytes, 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    id: String,
}

/// An invitation that is to become a seat. Only public halves of keys travel.
#[derive(ToSchema)]
pub(super) struct Enrol {
    /// The code of the invitation.
    code: String,
    /// The seat's Ed25519 public key: 32 bytes, 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    signing_key: String,
    /// The seat's X25519 public key, to which bundles are sealed: 32 bytes, 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    envelope_key: String,
    /// Name and version of the tablet app; what is longer than 200 characters is cut.
    app: String,
}

/// Who sits at a seat, and whose word counts as headquarters'.
#[derive(ToSchema)]
pub(super) struct Enrolled {
    /// The seat, made from its signing key: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    seat: String,
    /// The person who was invited: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    person: String,
    /// The person's name as it stands in the inspection minutes.
    name: String,
    /// The seats of headquarters, the present one first.
    headquarters: Vec<HeadquartersSeat>,
    /// The life of headquarters' store: 16 bytes, 32 hexadecimal digits. A new one begins at every restore.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    epoch: String,
    /// The X25519 public key of the escrow, to which a tablet seals the key of its vault: 32 bytes, 64 hexadecimal digits; absent where headquarters has none.
    #[schema(pattern = "^[0-9a-f]{64}$", nullable = false)]
    escrow: Option<String>,
}

/// One seat of headquarters.
#[derive(ToSchema)]
pub(super) struct HeadquartersSeat {
    /// The seat: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    seat: String,
    /// Its Ed25519 public key: 32 bytes, 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    key: String,
    /// The X25519 public key to which bundles for headquarters are sealed: 32 bytes, 64 hexadecimal digits; absent before it had one.
    #[schema(pattern = "^[0-9a-f]{64}$", nullable = false)]
    envelope: Option<String>,
}

/// What a tablet has.
#[derive(ToSchema)]
pub(super) struct Pull {
    /// By inspection (32 hexadecimal digits), the cursor that the last page of it came with. What is not named comes from the start.
    have: BTreeMap<String, String>,
}

/// What headquarters has of the journals of a push; given after the commit is on disk.
#[derive(ToSchema)]
pub(super) struct PushAnswer {
    /// The life of headquarters' store: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    epoch: String,
    /// One entry for each journal of the push.
    journals: Vec<JournalAnswer>,
    /// How many positions, counted from 0, are in a backup of headquarters; absent before the first.
    #[schema(nullable = false)]
    durable_through: Option<u64>,
}

/// What headquarters has of one journal.
#[derive(ToSchema)]
pub(super) struct JournalAnswer {
    /// The inspection: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    inspection: String,
    /// The journal: 16 bytes, 32 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    journal: String,
    /// The last `seq` up to which headquarters has everything; absent when it has nothing.
    #[schema(nullable = false)]
    accepted_through: Option<u64>,
    /// Why the events of this push are held: `not_on_team`, `seat_revoked` or `forked`; absent when they are not.
    #[schema(nullable = false)]
    held: Option<String>,
    /// The `seq` that headquarters needs next; only where the push left a gap.
    #[schema(nullable = false)]
    expected: Option<u64>,
    /// `true` where this journal has two events after the same one; absent otherwise.
    #[schema(nullable = false)]
    fork: Option<bool>,
    /// Why nothing of this journal was taken, as the code of a refusal; absent when something was.
    #[schema(nullable = false)]
    refused: Option<String>,
}

/// Every pack a tablet should have: current versions, and those that inspections pin.
#[derive(ToSchema)]
pub(super) struct PackList {
    /// The packs.
    packs: Vec<PackEntry>,
    /// How long a tablet keeps what headquarters has.
    retention: Retention,
}

/// How long a tablet keeps what headquarters has, by headquarters' decision.
#[derive(ToSchema)]
pub(super) struct Retention {
    /// Days for its own journals, after they are in a backup.
    records_days: u32,
    /// Days for originals of evidence, after headquarters gave a receipt.
    evidence_days: u32,
}

/// One pack.
#[derive(ToSchema)]
pub(super) struct PackEntry {
    /// What it is: `checklist`, `law` or `register`.
    kind: String,
    /// Its name, the same through all versions.
    id: String,
    /// Its version, counted from 1.
    version: u32,
    /// The SHA-256 of its bytes: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
    /// Its length in bytes.
    size: u64,
    /// Whether it is the version that new inspections pin.
    current: bool,
}

/// Why a request was not answered as asked.
#[derive(ToSchema)]
pub(super) struct Refusal {
    /// What is wrong; at least one.
    #[schema(min_items = 1)]
    errors: Vec<RefusalDetail>,
    /// The request's id, as in the header `x-request-id`.
    #[schema(nullable = false)]
    request_id: Option<String>,
}

/// One thing that is wrong.
#[derive(ToSchema)]
pub(super) struct RefusalDetail {
    /// What kind of refusal; decides what the tablet does next. Later versions may have others.
    code: String,
    /// One sentence that names the thing and the next step; for logs and experts.
    detail: String,
    /// Headquarters' clock in milliseconds since 1970; only with `stale_proof`.
    #[schema(nullable = false)]
    now: Option<i64>,
    /// The order to erase as `WordBytes`, in hexadecimal digits; only with `revoked`.
    #[schema(nullable = false)]
    order: Option<String>,
}

/// The logical structure of `PushBytes`, in which each field has the number that is named here.
#[derive(ToSchema)]
pub(super) struct Push {
    /// Key 0: the parts; the same journal may come in several, in order.
    parts: Vec<Part>,
}

/// A run of events of one journal that ends at the tip of its head.
#[derive(ToSchema)]
pub(super) struct Part {
    /// Key 0: the seat's signed word on how far the run reaches, as two byte strings.
    #[schema(value_type = Vec<String>, min_items = 2, max_items = 2)]
    head: Vec<String>,
    /// Key 1: the events, each following the one before; each as byte strings of header, salt and body.
    #[schema(value_type = Vec<Vec<String>>, max_items = 500)]
    events: Vec<Vec<String>>,
}

/// The logical structure of `PullAnswerBytes`, in which each field has the number that is named here.
#[derive(ToSchema)]
pub(super) struct PullAnswer {
    /// Key 0: the life of headquarters' store, 16 bytes.
    epoch: String,
    /// Key 1: what is new, by inspection.
    pages: Vec<Page>,
    /// Key 2: inspections that this seat may not see any longer, 16 bytes each.
    gone: Vec<String>,
    /// Key 3: whether there is more, to be asked for with the new cursors.
    more: bool,
    /// Key 4: how many positions, counted from 0, are in a backup; absent before the first.
    #[schema(nullable = false)]
    durable_through: Option<u64>,
}

/// What is new in one inspection.
#[derive(ToSchema)]
pub(super) struct Page {
    /// Key 0: the inspection, 16 bytes.
    inspection: String,
    /// Key 1: where the tablet stands after this page; only headquarters knows what it says.
    cursor: String,
    /// Key 2: for each journal in this page, a signed head that reaches at least as far.
    heads: Vec<Vec<String>>,
    /// Key 3: the events in the order of their positions, at most 500.
    #[schema(max_items = 500)]
    entries: Vec<PulledEvent>,
}

/// One event with what headquarters says of it.
#[derive(ToSchema)]
pub(super) struct PulledEvent {
    /// Key 0: its place among everything headquarters ever accepted, counted from 0.
    position: u64,
    /// Key 1: why it is held: 0 not on the team, 1 seat revoked, 2 journal forked; absent when it is not.
    #[schema(nullable = false)]
    held: Option<u8>,
    /// Key 2: the event as byte strings of header, salt and body.
    event: Vec<String>,
}
