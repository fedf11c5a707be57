//! One slot of the directory: what opens a vault, and nothing of whose it is.
//!
//! It lies in clear by design. The data key in it is wrapped twice: under the key that Argon2id
//! makes of the passphrase, and for headquarters' escrow key where it has one.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use domain::ids::{SeatId, SigningKey};
use domain::moment::Moment;
use minicbor::{Decode, Encode};
use proof::hash::sha256;
use proof::vault::{CONTEXT, DataKey, SlotId};
use zeroize::Zeroizing;

use super::attempts::Attempts;
use super::parameters::Parameters;

/// The key that Argon2id makes of a passphrase.
pub type PassphraseKey = Zeroizing<[u8; 32]>;

/// The passphrase is not the one of this vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the passphrase is not the one of this vault; try again")]
pub struct WrongPassphrase;

/// The name of an invitation in a slot: it tells whether a code is the one that made it, and not
/// the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct InvitationTag(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl InvitationTag {
    /// The tag of a code.
    pub fn of(code: &str) -> Self {
        let hash = sha256(&[b"bienban/invitation/v1\n", code.trim().as_bytes()].concat());
        let mut tag = [0; 16];
        tag.copy_from_slice(&hash[..16]);
        Self(tag)
    }
}

/// The data key under the passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Lock {
    /// How much work the passphrase is.
    #[n(0)]
    pub parameters: Parameters,
    /// What goes into the work beside the passphrase.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub salt: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    nonce: [u8; 12],
    #[cbor(n(3), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
}

/// What chance gives to a lock.
#[derive(Debug, Clone, Copy)]
pub struct LockChance {
    /// See [`Lock::salt`].
    pub salt: [u8; 16],
    /// The nonce of the wrapping.
    pub nonce: [u8; 12],
}

impl Lock {
    /// Wraps the data key of a vault under a passphrase's key, which was made with these
    /// parameters and this salt.
    #[expect(clippy::expect_used, reason = "32 bytes are not too long for the cipher")]
    pub fn new(
        key: &DataKey,
        slot: SlotId,
        under: &PassphraseKey,
        parameters: Parameters,
        chance: LockChance,
    ) -> Self {
        let payload = Payload { msg: key.as_bytes(), aad: &bound_to(slot, parameters) };
        let wrapped = cipher(under).encrypt(&Nonce::from(chance.nonce), payload);
        let wrapped = wrapped.expect("it is short");
        Self { parameters, salt: chance.salt, nonce: chance.nonce, wrapped }
    }

    /// The data key, when the passphrase's key is the right one.
    ///
    /// # Errors
    /// [`WrongPassphrase`]. Damage is found out when the slot is read.
    pub fn open(&self, slot: SlotId, under: &PassphraseKey) -> Result<DataKey, WrongPassphrase> {
        let payload = Payload { msg: &self.wrapped, aad: &bound_to(slot, self.parameters) };
        let opened = cipher(under).decrypt(&Nonce::from(self.nonce), payload);
        let opened = Zeroizing::new(opened.map_err(|_| WrongPassphrase)?);
        let key = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| WrongPassphrase)?;
        Ok(DataKey::new(key))
    }
}

fn cipher(under: &PassphraseKey) -> Aes256Gcm {
    Aes256Gcm::new(&(**under).into())
}

fn bound_to(slot: SlotId, parameters: Parameters) -> Vec<u8> {
    [CONTEXT.as_bytes(), &[0], &slot.0, &parameters.to_bytes()].concat()
}

/// Whether a vault is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Stage {
    /// It is being made; one that is found so at a start was broken off and holds nothing that is
    /// not elsewhere.
    #[n(0)]
    Making,
    /// It is in use.
    #[n(1)]
    InUse,
    /// Headquarters has what is in it, and its store is being deleted. One that is found so at a
    /// start was broken off.
    #[n(2)]
    Erasing,
}

/// One vault on this tablet.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Slot {
    /// Its name.
    #[n(0)]
    pub id: SlotId,
    /// The number that people see, from 1 in the order of enrolment.
    #[n(1)]
    pub number: u32,
    /// The seat that works in it; `None` until headquarters has answered.
    #[n(2)]
    pub seat: Option<SeatId>,
    /// The invitation that made it.
    #[n(3)]
    pub invitation: Option<InvitationTag>,
    /// The data key under the passphrase.
    #[n(4)]
    pub lock: Lock,
    /// The data key in escrow; `None` where headquarters has no escrow key.
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    pub escrow: Option<Vec<u8>>,
    /// The name of its store's database.
    #[n(6)]
    pub database: String,
    /// Wrong passphrases.
    #[n(7)]
    pub attempts: Attempts,
    /// When it was opened last.
    #[n(8)]
    pub used_at: Moment,
    /// Whether it is ready.
    #[n(9)]
    pub stage: Stage,
    /// The keys of headquarters' journals that its seat enrolled with, by which an order to erase
    /// is known while the vault is locked; empty before there were such orders.
    #[n(10)]
    #[cbor(default)]
    pub headquarters: Vec<SigningKey>,
}

/// A slot's row: the slot, and a hash by which damage is told from a wrong passphrase. It proves
/// nothing against somebody who writes rows.
#[derive(Encode, Decode)]
pub(crate) struct SlotRow {
    #[cbor(n(0), with = "minicbor::bytes")]
    slot: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    check: [u8; 8],
}

impl SlotRow {
    /// The row of a slot.
    #[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
    pub(crate) fn of(slot: &Slot) -> Self {
        let slot = minicbor::to_vec(slot).expect("writing into memory does not fail");
        Self { check: check(&slot), slot }
    }

    /// The slot, or what is wrong with the row.
    pub(crate) fn slot(&self) -> Result<Slot, String> {
        if check(&self.slot) != self.check {
            return Err("its bytes have another hash".to_owned());
        }
        domain::cbor::check(&self.slot).map_err(|fault| fault.to_string())?;
        minicbor::decode(&self.slot).map_err(|fault| fault.to_string())
    }
}

fn check(bytes: &[u8]) -> [u8; 8] {
    let hash = sha256(bytes);
    let mut check = [0; 8];
    check.copy_from_slice(&hash[..8]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::samples::{passphrase_key, slot};

    #[test]
    fn the_right_passphrase_gives_the_data_key_and_a_wrong_one_says_so() {
        let slot = slot(1);
        assert_eq!(slot.lock.open(slot.id, &passphrase_key(1)), Ok(DataKey::new([1; 32])));
        assert_eq!(slot.lock.open(slot.id, &passphrase_key(2)), Err(WrongPassphrase));
    }

    #[test]
    fn a_lock_moved_to_another_slot_or_given_other_parameters_does_not_open() {
        let slot = slot(1);
        let moved = slot.lock.open(SlotId([9; 16]), &passphrase_key(1));
        assert_eq!(moved, Err(WrongPassphrase));
        let parameters = Parameters::new(65_536, 3).expect("it is within bounds");
        let cheaper = Lock { parameters, ..slot.lock };
        assert_eq!(cheaper.open(slot.id, &passphrase_key(1)), Err(WrongPassphrase));
    }

    #[test]
    fn a_flipped_bit_is_damage_and_no_wrong_passphrase() {
        let whole = SlotRow::of(&slot(1));
        assert_eq!(whole.slot(), Ok(slot(1)));
        for at in 0..whole.slot.len() {
            let mut row = SlotRow { slot: whole.slot.clone(), check: whole.check };
            row.slot[at] ^= 4;
            assert!(row.slot().is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_slot_says_its_stage_as_every_version_did_and_earlier_ones_are_read() {
        for (stage, number) in [(Stage::Making, 0), (Stage::InUse, 1), (Stage::Erasing, 2)] {
            let slot = Slot { stage, ..slot(1) };
            let bytes = minicbor::to_vec(&slot).expect("writing into memory does not fail");
            assert!(bytes.ends_with(&[9, number, 10, 0x80]), "{stage:?}: the stage, then no keys");
            // There was a time before the keys of headquarters stood there.
            let mut earlier = bytes[..bytes.len() - 2].to_vec();
            earlier[0] -= 1;
            assert_eq!(minicbor::decode(&earlier).ok(), Some(slot));
        }
    }

    #[test]
    fn a_tag_tells_codes_apart_and_not_what_they_are() {
        assert_eq!(InvitationTag::of(" K7Q2 "), InvitationTag::of("K7Q2"));
        assert_ne!(InvitationTag::of("K7Q2"), InvitationTag::of("K7Q3"));
    }
}
