//! How things lie in their rows: keys of ids one after the other, values as CBOR.
//!
//! What headquarters said carries the epoch in which it was said; in another epoch it counts
//! for nothing, so a restore of headquarters needs no row but one to be rewritten. Fields may be
//! added to the maps; a field's number never changes its meaning.

use domain::cbor;
use domain::event::{Anchor, Event};
use domain::ids::{
    EnvelopeKey, Epoch, EventId, InspectionId, JournalId, PackHash, PersonId, SeatId, SigningKey,
};
use domain::moment::Moment;
use domain::state::HeldReason;
use minicbor::{Decode, Encode};
use proof::chain::{self, Journal, Tip, Verified};
use sync::message::enrol::HeadquartersSeat;
use sync::message::packs::PackEntry;
use sync::message::pull::Cursor;

use crate::contract::{Damage, Origin, Standing};
use crate::drafts::DraftKey;
use crate::seat::SeatRecord;
use crate::store::invited::Invited;
use crate::tables::{Key, Row, Table};

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct EventRow {
    #[n(0)]
    pub(crate) event: Event,
    #[n(1)]
    pub(crate) origin: Origin,
}

/// What headquarters said of an event.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct PlaceRow {
    #[n(0)]
    pub(crate) epoch: Epoch,
    #[n(1)]
    pub(crate) position: u64,
    #[n(2)]
    pub(crate) held: Option<HeldReason>,
}

/// Where an own journal ends, and how far it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct JournalRow {
    #[n(0)]
    pub(crate) tip: Tip,
    #[n(1)]
    pub(crate) accepted: Option<Accepted>,
    #[n(2)]
    pub(crate) standing: Standing,
}

/// How far a journal is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Accepted {
    #[n(0)]
    pub(crate) epoch: Epoch,
    #[n(1)]
    pub(crate) through: u64,
}

impl JournalRow {
    /// How far it is accepted by what was said in `epoch`.
    pub(crate) fn accepted_through(&self, epoch: Option<Epoch>) -> Option<u64> {
        self.accepted
            .filter(|accepted| Some(accepted.epoch) == epoch)
            .map(|accepted| accepted.through)
    }
}

/// How far an inspection is pulled, and whether it may still be seen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct InspectionRow {
    #[n(0)]
    pub(crate) epoch: Epoch,
    #[n(1)]
    pub(crate) cursor: Option<Cursor>,
}

/// A draft's text.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct DraftRow {
    #[n(0)]
    pub(crate) text: String,
    #[n(1)]
    pub(crate) at: Moment,
}

/// The seat.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct SeatRow {
    #[n(0)]
    seat: SeatId,
    #[n(1)]
    person: PersonId,
    #[n(2)]
    name: String,
    #[cbor(n(3), with = "minicbor::bytes")]
    signing_key: Vec<u8>,
    #[cbor(n(4), with = "minicbor::bytes")]
    envelope_key: Vec<u8>,
    #[n(5)]
    headquarters: Vec<HeadquartersRow>,
    #[n(6)]
    signing_public: SigningKey,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct HeadquartersRow {
    #[n(0)]
    seat: SeatId,
    #[n(1)]
    key: SigningKey,
    #[n(2)]
    envelope: Option<EnvelopeKey>,
}

impl From<&SeatRecord> for SeatRow {
    fn from(record: &SeatRecord) -> Self {
        let headquarters = record.headquarters.iter();
        Self {
            seat: record.seat,
            person: record.person,
            name: record.name.clone(),
            signing_key: record.signing_key.clone(),
            envelope_key: record.envelope_key.clone(),
            headquarters: headquarters
                .map(|seat| HeadquartersRow {
                    seat: seat.seat,
                    key: seat.key,
                    envelope: seat.envelope,
                })
                .collect(),
            signing_public: record.signing_public,
        }
    }
}

impl From<SeatRow> for SeatRecord {
    fn from(row: SeatRow) -> Self {
        let headquarters = row.headquarters.into_iter();
        Self {
            seat: row.seat,
            person: row.person,
            name: row.name,
            signing_key: row.signing_key,
            envelope_key: row.envelope_key,
            headquarters: headquarters
                .map(|row| HeadquartersSeat {
                    seat: row.seat,
                    key: row.key,
                    envelope: row.envelope,
                })
                .collect(),
            signing_public: row.signing_public,
        }
    }
}

/// The list of packs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct PackListRow {
    #[n(0)]
    pub(crate) packs: Vec<PackRow>,
}

/// One pack of the list.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct PackRow {
    #[n(0)]
    kind: String,
    #[n(1)]
    id: String,
    #[n(2)]
    version: u32,
    #[n(3)]
    sha256: PackHash,
    #[n(4)]
    size: u64,
    #[n(5)]
    current: bool,
}

impl From<&PackEntry> for PackRow {
    fn from(entry: &PackEntry) -> Self {
        Self {
            kind: entry.kind.clone(),
            id: entry.id.clone(),
            version: entry.version,
            sha256: entry.sha256,
            size: entry.size,
            current: entry.current,
        }
    }
}

impl From<PackRow> for PackEntry {
    fn from(row: PackRow) -> Self {
        Self {
            kind: row.kind,
            id: row.id,
            version: row.version,
            sha256: row.sha256,
            size: row.size,
            current: row.current,
        }
    }
}

/// The last checkpoint of headquarters that this tablet saw.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct CheckpointRow {
    #[n(0)]
    pub(crate) anchor: Anchor,
}

/// How long headquarters wants things kept here.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct RetentionRow {
    #[n(0)]
    pub(crate) records_days: u32,
    #[n(1)]
    pub(crate) evidence_days: u32,
}

/// When headquarters last answered.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct ContactRow {
    #[n(0)]
    pub(crate) at: Moment,
    #[n(1)]
    pub(crate) epoch: Epoch,
    #[n(2)]
    pub(crate) durable_through: Option<u64>,
}

/// An enrolment that is under way.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
pub(crate) struct InvitedRow {
    #[n(0)]
    code: String,
    #[n(1)]
    signing_public: SigningKey,
    #[cbor(n(2), with = "minicbor::bytes")]
    signing_key: Vec<u8>,
    #[n(3)]
    envelope_public: EnvelopeKey,
    #[cbor(n(4), with = "minicbor::bytes")]
    envelope_key: Vec<u8>,
}

impl From<&Invited> for InvitedRow {
    fn from(invited: &Invited) -> Self {
        let Invited { code, signing_public, signing_key, envelope_public, envelope_key } =
            invited.clone();
        Self { code, signing_public, signing_key, envelope_public, envelope_key }
    }
}

impl From<InvitedRow> for Invited {
    fn from(row: InvitedRow) -> Self {
        let InvitedRow { code, signing_public, signing_key, envelope_public, envelope_key } = row;
        Self { code, signing_public, signing_key, envelope_public, envelope_key }
    }
}

/// The canary.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct CanaryRow {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) word: [u8; 16],
}

/// A bundle that is carried for a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct CarriedRow {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) taken_at: Moment,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) bytes: Vec<u8>,
}

/// The life of headquarters' store by which this tablet goes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct EpochRow {
    #[n(0)]
    pub(crate) epoch: Epoch,
}

/// Writes a value into a row.
#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
pub(crate) fn row<T: Encode<()>>(key: Key, value: &T) -> Row {
    let bytes = minicbor::to_vec(value).expect("writing into memory does not fail");
    Row { key, bytes }
}

/// Reads a value out of a row of `table`.
pub(crate) fn value<T: for<'b> Decode<'b, ()>>(table: Table, row: &Row) -> Result<T, Damage> {
    cbor::check(&row.bytes).map_err(|fault| row.key.damage(table, fault))?;
    minicbor::decode(&row.bytes).map_err(|fault| row.key.damage(table, fault))
}

/// Reads an event and finds it to be the one its key names.
pub(crate) fn event(row: &Row) -> Result<(Verified, Origin), Damage> {
    let EventRow { event, origin } = value(Table::Events, row)?;
    let verified =
        chain::verify_event(event, 0).map_err(|fault| row.key.damage(Table::Events, fault))?;
    if event_key_of(&verified) == row.key {
        Ok((verified, origin))
    } else {
        Err(row.key.damage(Table::Events, "it holds another event than its key names"))
    }
}

/// The key of a journal; events of the journal begin with it.
pub(crate) fn journal_key(journal: Journal) -> Key {
    Key::of(&[journal.inspection.as_bytes(), journal.journal.as_bytes()])
}

/// The smallest key an event of a journal from `seq` on can have.
pub(crate) fn seq_key(journal: Journal, seq: u64) -> Key {
    Key::of(&[&journal_key(journal).0, &seq.to_be_bytes()])
}

/// The key of an event, and of a head that ends there.
pub(crate) fn event_key(journal: Journal, tip: Tip) -> Key {
    Key::of(&[&seq_key(journal, tip.seq).0, tip.id.as_bytes()])
}

/// The id of the event whose key this is.
pub(crate) fn id_from(key: &Key) -> Option<EventId> {
    let (_, id) = key.0.split_at_checked(InspectionId::LEN + JournalId::LEN + 8)?;
    Some(EventId(id.try_into().ok()?))
}

/// The `seq` of the event whose key this is.
pub(crate) fn seq_from(key: &Key) -> Option<u64> {
    let (_, rest) = key.0.split_at_checked(InspectionId::LEN + JournalId::LEN)?;
    let (seq, _) = rest.split_at_checked(8)?;
    Some(u64::from_be_bytes(seq.try_into().ok()?))
}

/// The journal and the last event of the head whose key this is.
pub(crate) fn tip_from(key: &Key) -> Option<(Journal, Tip)> {
    let (journal, _) = key.0.split_at_checked(InspectionId::LEN + JournalId::LEN)?;
    let journal = journal_from(&Key(journal.to_vec()))?;
    Some((journal, Tip { seq: seq_from(key)?, id: id_from(key)? }))
}

/// The key of a verified event.
pub(crate) fn event_key_of(event: &Verified) -> Key {
    event_key(journal_of(event), Tip { seq: event.header.seq, id: event.id })
}

/// The journal of a verified event.
pub(crate) fn journal_of(event: &Verified) -> Journal {
    Journal { inspection: event.header.inspection, journal: event.header.journal }
}

/// Reads the key of a journal.
pub(crate) fn journal_from(key: &Key) -> Option<Journal> {
    let (inspection, journal) = key.0.split_at_checked(InspectionId::LEN)?;
    Some(Journal {
        inspection: InspectionId(inspection.try_into().ok()?),
        journal: JournalId(journal.try_into().ok()?),
    })
}

/// The key of an inspection; everything of the inspection begins with it.
pub(crate) fn inspection_key(inspection: InspectionId) -> Key {
    Key::of(&[inspection.as_bytes()])
}

/// Reads the key of an inspection.
pub(crate) fn inspection_from(key: &Key) -> Option<InspectionId> {
    Some(InspectionId(key.0.as_slice().try_into().ok()?))
}

/// The key of a draft.
pub(crate) fn draft_key(draft: &DraftKey) -> Key {
    Key::of(&[draft.inspection.as_bytes(), draft.field.as_bytes()])
}

/// Reads the key of a draft.
pub(crate) fn draft_from(key: &Key) -> Option<DraftKey> {
    let (inspection, field) = key.0.split_at_checked(InspectionId::LEN)?;
    Some(DraftKey {
        inspection: InspectionId(inspection.try_into().ok()?),
        field: String::from_utf8(field.to_vec()).ok()?,
    })
}

/// The key of a pack.
pub(crate) fn pack_key(hash: &PackHash) -> Key {
    Key::of(&[hash.as_bytes()])
}

/// The key of a former seat's record; those of all of them begin with the name.
pub(crate) fn former_seat_key(name: &str, seat: SeatId) -> Key {
    Key::of(&[name.as_bytes(), seat.as_bytes()])
}

/// The key of a single record.
pub(crate) fn name_key(name: &str) -> Key {
    Key::of(&[name.as_bytes()])
}
