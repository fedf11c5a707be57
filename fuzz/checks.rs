//! What must hold for any bytes that come from outside, one function for each decoder.
//!
//! The fuzz targets call these with whatever libFuzzer thinks of; a test of the house calls them
//! with every input that is kept. They fail by panicking and return nothing.

use std::sync::LazyLock;

use domain::act::{Act, Body};
use domain::cbor;
use domain::event::{ENVELOPE_VERSION, Event, Header, MAX_EVENT_BYTES, MAX_HEADER_BYTES};
use domain::ids::{EnvelopeKey, InspectionId, JournalId, Salt, SeatId, SigningKey};
use domain::moment::Moment;
use domain::pack;
use domain::state::State;
use domain::state::snapshot::SnapshotFault;
use proof::chain::{Journal, verify_event, verify_run};
use proof::envelope::{self, EnvelopeKeyPair, MAX_CONTENT_BYTES, MAX_ENVELOPE_BYTES};
use proof::erasure::{EraseOrder, Receipt, VaultReceipt};
use proof::hash;
use proof::head::{Head, SignedHead};
use proof::sign::KeyPair;
use proof::vault::file::SealedVault;
use proof::vault::recovered;
use proof::word::{Endorsement, MAX_WORD_BYTES, Statement, Word};
use sync::message::bundle::{Bundle, MAX_BUNDLE_BYTES};
use sync::message::pull::{MAX_PULL_BYTES, PullAnswer};
use sync::message::push::{MAX_PAGE_EVENTS, MAX_PUSH_BYTES, Part, Push};
use sync::reception::{Known, receive};

/// Bytes as an event, as a header, as a body, and as the body of an event that is chained.
pub fn event(bytes: &[u8]) {
    if let Ok(read) = Event::from_bytes(bytes) {
        assert!(read.size_bytes() <= MAX_EVENT_BYTES);
        assert_eq!(Event::from_bytes(&read.to_bytes()).as_ref(), Ok(&read));
        let _ = verify_event(read, 0);
    }
    header(bytes);
    body(bytes);
}

fn header(bytes: &[u8]) {
    let Ok(read) = Header::from_bytes(bytes) else { return };
    assert!(bytes.len() <= MAX_HEADER_BYTES);
    assert_eq!(read.version, ENVELOPE_VERSION);
    assert_eq!(Header::from_bytes(&read.to_bytes()), Ok(read));
}

fn body(bytes: &[u8]) {
    let verified = verify_event(carrying(bytes), 0);
    match Body::from_bytes(bytes) {
        Ok(read) => {
            let fits = carrying(bytes).within_limits().is_ok();
            assert_eq!(verified.is_ok(), fits, "a body that can be read is a body of an event");
            rewritten(bytes, &read);
        }
        Err(_) => assert!(verified.is_err(), "a body that cannot be read is no body of an event"),
    }
}

/// A body is read back as what was read; an act of a later version keeps every byte.
fn rewritten(bytes: &[u8], read: &Body) {
    let again = read.to_bytes();
    assert_eq!(cbor::check(&again), Ok(()));
    assert_eq!(Body::from_bytes(&again).as_ref(), Ok(read));
    if let Act::Unknown(unknown) = &read.act {
        let kept = bytes.windows(unknown.payload.len()).any(|window| window == unknown.payload);
        assert!(kept, "the payload of an act that is not known is kept as it came");
    }
}

/// An event whose header fits these bytes as its body.
fn carrying(body: &[u8]) -> Event {
    let salt = Salt([6; 16]);
    let header = Header {
        version: ENVELOPE_VERSION,
        inspection: InspectionId([1; 16]),
        journal: JournalId([2; 16]),
        seq: 0,
        prev: None,
        at: Moment(0),
        anchor: None,
        body_hash: hash::body_hash(&salt, body),
    };
    Event { header: header.to_bytes(), salt, body: Some(body.to_vec()) }
}

/// The seat whose journals the kept inputs are, and another.
static SEAT: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::from_seed(&[1; 32]));
static SEAT_KEY: LazyLock<SigningKey> = LazyLock::new(|| SEAT.public());
static OTHER_KEY: LazyLock<SigningKey> = LazyLock::new(|| KeyPair::from_seed(&[2; 32]).public());

/// Bytes as a head, and as a head that a seat signed.
pub fn head(bytes: &[u8]) {
    let Ok(read) = Head::from_bytes(bytes) else { return };
    assert_eq!(Head::from_bytes(&read.to_bytes()).as_ref(), Ok(&read));
    let signed = SignedHead { head: bytes.to_vec(), signature: SEAT.sign(bytes) };
    assert_eq!(signed.verify(&SEAT_KEY).as_ref(), Ok(&read));
    assert!(signed.verify(&OTHER_KEY).is_err(), "another seat's key verifies nothing");
}

/// Bytes as a push; each part of it is then verified as headquarters does.
pub fn push(bytes: &[u8]) {
    let Ok(read) = Push::from_bytes(bytes) else { return };
    assert!(bytes.len() <= MAX_PUSH_BYTES);
    assert_eq!(Push::from_bytes(&read.to_bytes()).as_ref(), Ok(&read));
    read.parts.into_iter().for_each(part);
}

/// Bytes as what is inside a bundle; each part of it is then verified as headquarters does.
pub fn bundle(bytes: &[u8]) {
    let Ok(read) = Bundle::from_bytes(bytes) else { return };
    assert!(bytes.len() <= MAX_BUNDLE_BYTES);
    assert_eq!(Bundle::from_bytes(&read.to_bytes()).as_ref(), Ok(&read));
    read.parts.into_iter().for_each(part);
}

fn part(part: Part) {
    assert!(part.events.len() <= MAX_PAGE_EVENTS);
    let journal = Head::from_bytes(&part.head.head).map_or(JOURNAL, |head| head.journal);
    let _ = part.head.verify(&SEAT_KEY);
    let count = part.events.len();
    if let Ok(run) = verify_run(journal, part.events) {
        assert_eq!(run.len(), count);
    }
}

/// Whoever the kept envelopes are for. The private half is that of nobody.
static RECIPIENT: LazyLock<EnvelopeKeyPair> =
    LazyLock::new(|| EnvelopeKeyPair::from_secret(&[3; 32]));

/// Bytes as an envelope, and as the public key of someone to seal for.
pub fn envelope(bytes: &[u8]) {
    if let Some(content) = opened(bytes) {
        assert!(bytes.len() <= MAX_ENVELOPE_BYTES && content.len() <= MAX_CONTENT_BYTES);
        assert!(content.len() < bytes.len());
    }
    if let Ok(key) = <[u8; EnvelopeKey::LEN]>::try_from(bytes) {
        sealed_for(EnvelopeKey(key));
    }
}

/// What is in an envelope that is for the recipient of the kept ones.
pub fn opened(bytes: &[u8]) -> Option<Vec<u8>> {
    envelope::open(bytes, &RECIPIENT).ok()
}

/// Whatever a seat gave as its key, what is sealed for it and for another opens for the other.
fn sealed_for(key: EnvelopeKey) {
    let entropy = envelope::Entropy([4; 32]);
    let recipients = [key, RECIPIENT.public()];
    let Ok(sealed) = envelope::seal(b"bundle", &recipients, &entropy) else { return };
    assert_eq!(envelope::open(&sealed, &RECIPIENT).as_deref(), Ok(&b"bundle"[..]));
}

/// Bytes as a snapshot: what is read is written again as the very same bytes.
pub fn snapshot(bytes: &[u8]) {
    match restored(bytes) {
        Ok(state) => assert_eq!(state.to_snapshot().as_bytes(), bytes),
        Err(SnapshotFault::NotOwnForm | SnapshotFault::OtherHeadquarters) => {
            assert_eq!(cbor::check(bytes), Ok(()));
        }
        Err(_) => {}
    }
}

/// Reads a snapshot under the headquarters of the kept ones.
///
/// # Errors
/// As [`State::from_snapshot`].
pub fn restored(bytes: &[u8]) -> Result<State, SnapshotFault> {
    State::from_snapshot(bytes, [SeatId([0; 16])])
}

const JOURNAL: Journal = Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };

/// Bytes as an answer to a pull; each page of it is then received by a tablet that has nothing.
pub fn pull_answer(bytes: &[u8]) {
    let Ok(read) = PullAnswer::from_bytes(bytes) else { return };
    assert!(bytes.len() <= MAX_PULL_BYTES);
    assert_eq!(PullAnswer::from_bytes(&read.to_bytes()).as_ref(), Ok(&read));
    for page in read.pages {
        let entries = page.entries.len();
        if let Ok(reception) = receive(page, &Known::default()) {
            assert_eq!(reception.events.len(), entries, "what is believed is believed whole");
        }
    }
}

/// Bytes as a pack of any kind.
pub fn pack(bytes: &[u8]) {
    let envelope = pack::decode_envelope(bytes).map(|envelope| (envelope.kind, envelope.version));
    let Ok(read) = pack::decode(bytes) else { return };
    assert_eq!(envelope, Ok((read.kind(), read.version())));
    let again = pack::encode(&read);
    assert_eq!(cbor::check(&again), Ok(()));
    assert_eq!(pack::decode(&again).as_ref(), Ok(&read));
}

/// Bytes as a word of headquarters, and as the digits in which one travels in a refusal.
pub fn word(bytes: &[u8]) {
    let digits = core::str::from_utf8(bytes).ok().and_then(|text| text.parse::<Word>().ok());
    let read = Word::from_bytes(bytes).ok();
    assert!(read.is_none() || bytes.len() <= MAX_WORD_BYTES);
    for word in read.iter().chain(&digits) {
        assert_eq!(Word::from_bytes(&word.to_bytes()).as_ref(), Ok(word));
        assert_eq!(word.to_string().parse().as_ref(), Ok(word));
        assert_eq!(said(word, &[]), 0, "to whom no key is known, nothing is said");
        assert_eq!(said(word, &[*SEAT_KEY]), 0, "a seat's word is not headquarters'");
        assert!(said(word, &[*OTHER_KEY]) <= 1, "a word says one thing");
    }
}

/// Whether bytes are a word that is believed under the key of the kept ones' headquarters.
pub fn is_believed(bytes: &[u8]) -> bool {
    Word::from_bytes(bytes).is_ok_and(|word| said(&word, &[*OTHER_KEY]) == 1)
}

/// How many statements a word is taken for by whoever trusts these keys.
fn said(word: &Word, trusted: &[SigningKey]) -> usize {
    let is = [
        is_said::<EraseOrder>(word, trusted),
        is_said::<Receipt>(word, trusted),
        is_said::<VaultReceipt>(word, trusted),
        is_said::<Endorsement>(word, trusted),
    ];
    is.into_iter().filter(|is| *is).count()
}

fn is_said<T: Statement>(word: &Word, trusted: &[SigningKey]) -> bool {
    word.verify::<T>(trusted).is_ok()
}

/// The escrow key of the kept vaults. The private half is that of nobody.
static ESCROW: LazyLock<EnvelopeKeyPair> =
    LazyLock::new(|| EnvelopeKeyPair::from_secret(&[0x53; 32]));

/// Bytes as the file of a locked vault; each row of one that opens is then read by itself.
pub fn vault(bytes: &[u8]) {
    let Ok(read) = SealedVault::from_bytes(bytes) else { return };
    assert_eq!(SealedVault::from_bytes(&read.to_bytes()).as_ref(), Ok(&read));
    if let Some(rows) = rows_opened(&read) {
        assert!(rows <= read.rows.len());
    }
}

/// How many rows of a vault for the kept escrow key can be read; `None` when it is for another.
fn rows_opened(vault: &SealedVault) -> Option<usize> {
    let rows = vault.open(&ESCROW).ok()?;
    Some(rows.flatten().filter(|row| recovered::read(row).is_ok()).count())
}

/// Whether bytes are a vault in which every row can be read.
pub fn is_opened(bytes: &[u8]) -> bool {
    let read = SealedVault::from_bytes(bytes).ok();
    read.is_some_and(|vault| rows_opened(&vault) == Some(vault.rows.len()))
}
