//! The snapshot: a state as bytes, so that an inspection opens without folding every event anew.
//!
//! A snapshot can always be made again from the record, so it promises nothing to any other
//! build: it carries [`FOLD_VERSION`] and is thrown away when that differs. Where it is kept,
//! encrypted, and up to which event it reaches is said elsewhere.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use thiserror::Error;

use super::{Facts, HeldEntry, Indexes, State};
use crate::cbor::{self, CborFault};
use crate::event::to_vec;
use crate::ids::SeatId;
use crate::merge::Register;
use crate::order;

use crate::register::Address;

/// Counts up whenever the same events would give another state, or a state other bytes.
pub const FOLD_VERSION: u32 = 3;

/// The first element of every snapshot: what the bytes are.
pub const CONTEXT: &str = "bienban/state";

/// A state as deterministic CBOR: equal states give equal bytes on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot(Vec<u8>);

impl Snapshot {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to be kept.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Why bytes are not a snapshot to go on from: fold the record instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SnapshotFault {
    /// The bytes are not deterministic CBOR.
    #[error("the snapshot cannot be read: {0}; fold the record")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not a snapshot.
    #[error("the snapshot has a field missing or of the wrong kind: {0}; fold the record")]
    Shape(String),
    /// Another build folds in another way.
    #[error(
        "the snapshot is of fold `{0}`, this program folds as `{FOLD_VERSION}`; fold the record"
    )]
    OtherVersion(u64),
    /// It was folded while other seats were headquarters.
    #[error("the snapshot takes other seats for headquarters; fold the record")]
    OtherHeadquarters,
    /// It says more, or in another order, than a state says.
    #[error("the snapshot is not one that this program writes; fold the record")]
    NotOwnForm,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Form<H, F> {
    #[n(0)]
    context: String,
    #[n(1)]
    version: u32,
    #[n(2)]
    headquarters: H,
    #[n(3)]
    facts: F,
}

/// What every form of a snapshot begins with.
#[derive(Decode)]
#[cbor(map)]
struct Opening<'a> {
    #[b(0)]
    context: &'a str,
    #[n(1)]
    version: u64,
}

impl State {
    /// Writes the state down.
    pub fn to_snapshot(&self) -> Snapshot {
        let form = Form {
            context: CONTEXT.to_owned(),
            version: FOLD_VERSION,
            headquarters: &self.headquarters,
            facts: &self.facts,
        };
        Snapshot(to_vec(&form))
    }

    /// Reads a state back. `headquarters` are the seats that [`State::new`] would be given.
    ///
    /// The form is checked to the last byte; whether the record says the same is not.
    ///
    /// # Errors
    /// See [`SnapshotFault`]; after any of them the record is folded anew.
    pub fn from_snapshot(
        bytes: &[u8],
        headquarters: impl IntoIterator<Item = SeatId>,
    ) -> Result<Self, SnapshotFault> {
        cbor::check(bytes)?;
        check_opening(bytes)?;
        let form: Form<BTreeSet<SeatId>, Facts> = read(bytes)?;
        if form.headquarters != order::gather::<BTreeSet<_>, _>(headquarters) {
            return Err(SnapshotFault::OtherHeadquarters);
        }
        let indexes = Indexes::of(&form.facts);
        let state = Self { headquarters: form.headquarters, facts: form.facts, indexes };
        if state.to_snapshot().as_bytes() == bytes {
            Ok(state)
        } else {
            Err(SnapshotFault::NotOwnForm)
        }
    }
}

fn check_opening(bytes: &[u8]) -> Result<(), SnapshotFault> {
    let opening: Opening<'_> = read(bytes)?;
    if opening.context != CONTEXT {
        return Err(SnapshotFault::Shape("it is not a state".to_owned()));
    }
    if opening.version != u64::from(FOLD_VERSION) {
        return Err(SnapshotFault::OtherVersion(opening.version));
    }
    Ok(())
}

fn read<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, SnapshotFault> {
    minicbor::decode(bytes).map_err(|fault| SnapshotFault::Shape(fault.to_string()))
}

impl Indexes {
    /// What follows from the facts.
    fn of(facts: &Facts) -> Self {
        let mut indexes = Self::default();
        for (finding, record) in &facts.findings {
            for begun in record.begun.values() {
                let of_item = indexes.findings_of_item.entry(begun.item.clone()).or_default();
                of_item.insert(*finding, ());
            }
        }
        let differing = facts.registers.iter().filter(|(_, register)| register.is_conflict());
        let open = differing.filter(|(address, _)| !facts.is_withdrawn(&address.subject));
        indexes.conflicts = order::gather(open.map(|(address, _)| address.clone()));
        indexes
    }
}

/// Registers as a list of `[address, register]`: addresses are no keys in CBOR's order.
pub(super) mod by_address {
    use std::collections::BTreeMap;

    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    use super::{Address, Register};

    pub(in crate::state) fn encode<C, W: Write>(
        registers: &BTreeMap<Address, Register>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.array(u64::try_from(registers.len()).unwrap_or(u64::MAX))?;
        for pair in registers {
            e.encode_with(pair, ctx)?;
        }
        Ok(())
    }

    pub(in crate::state) fn decode<C>(
        d: &mut Decoder<'_>,
        ctx: &mut C,
    ) -> Result<BTreeMap<Address, Register>, DecodeError> {
        let mut registers = BTreeMap::new();
        for pair in d.array_iter_with(ctx)? {
            let (address, register) = pair?;
            registers.insert(address, register);
        }
        Ok(registers)
    }
}

/// Held entries as a list: each has its id in it.
pub(super) mod by_entry {
    use std::collections::BTreeMap;

    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    use super::HeldEntry;
    use crate::ids::EventId;

    pub(in crate::state) fn encode<C, W: Write>(
        held: &BTreeMap<EventId, HeldEntry>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.array(u64::try_from(held.len()).unwrap_or(u64::MAX))?;
        for entry in held.values() {
            e.encode_with(entry, ctx)?;
        }
        Ok(())
    }

    pub(in crate::state) fn decode<C>(
        d: &mut Decoder<'_>,
        ctx: &mut C,
    ) -> Result<BTreeMap<EventId, HeldEntry>, DecodeError> {
        let mut entries = BTreeMap::new();
        for held in d.array_iter_with::<C, HeldEntry>(ctx)? {
            let held = held?;
            entries.insert(held.entry.id, held);
        }
        Ok(entries)
    }
}

/// A body as the bytes that it would have in an event; nothing when it is withheld.
pub(super) mod body_as_bytes {
    use minicbor::data::Type;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    use crate::act::Body;

    pub(in crate::state) fn encode<C, W: Write>(
        body: &Option<Body>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        match body {
            Some(body) => e.bytes(&body.to_bytes())?.ok(),
            None => e.null()?.ok(),
        }
    }

    pub(in crate::state) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Option<Body>, DecodeError> {
        if d.datatype()? == Type::Null {
            return d.null().map(|()| None);
        }
        Body::from_bytes(d.bytes()?).map(Some).map_err(DecodeError::message)
    }
}

#[cfg(test)]
mod laws;
