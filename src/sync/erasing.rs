//! When a revoked seat erases what it holds: never by an order alone.
//!
//! The order and the receipts come in verified; here is decided what follows. What is erased, and
//! how, is the tablet's.

use std::collections::BTreeMap;

use domain::ids::SeatId;
use proof::chain::{Journal, Tip};
use proof::erasure::{EraseOrder, Receipt, VaultReceipt};

/// Whether what is here can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vault {
    /// It is open: journals can be pushed, and signed for.
    Open,
    /// It is locked: nothing in it can be read, and nothing signed.
    Locked,
}

/// Whether headquarters could read the vault if it had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escrow {
    /// Its key lies in it, sealed to headquarters' escrow key.
    Sealed,
    /// It does not: handing it in would save nothing.
    Absent,
}

/// What a revoked seat holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    /// The seat.
    pub seat: SeatId,
    /// Whether it can be read.
    pub vault: Vault,
    /// Whether headquarters could read it.
    pub escrow: Escrow,
    /// Where each of its own journals ends; empty while the vault is locked.
    pub journals: BTreeMap<Journal, Tip>,
    /// How much else exists perhaps only here: drafts, bundles carried for others, rows that
    /// cannot be read.
    pub leftovers: u64,
    /// The SHA-256 of the vault as it would be handed in.
    pub sha256: Option<[u8; 32]>,
}

/// What headquarters has said, each word verified.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// The order to erase.
    pub order: Option<&'a EraseOrder>,
    /// The last receipt for journals.
    pub receipt: Option<&'a Receipt>,
    /// The receipt for the vault.
    pub vault: Option<&'a VaultReceipt>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Everything stays: there is no order, or what is only here would be lost.
    Keep,
    /// Push what is not receipted and ask for a receipt.
    Push,
    /// Hand in the vault as it is.
    HandIn,
    /// Headquarters has everything: erase.
    Erase,
}

/// Decides what a seat does next.
pub fn next(holdings: &Holdings, said: Said<'_>) -> Next {
    if said.order.is_none_or(|order| order.seat != holdings.seat) {
        return Next::Keep;
    }
    if has_vault(holdings, said.vault) {
        return Next::Erase;
    }
    match (holdings.vault, holdings.escrow) {
        (Vault::Open, _) if !covers(holdings, said.receipt) => Next::Push,
        (Vault::Open, _) if holdings.leftovers == 0 => Next::Erase,
        (Vault::Open | Vault::Locked, Escrow::Sealed) => Next::HandIn,
        (Vault::Open | Vault::Locked, Escrow::Absent) => Next::Keep,
    }
}

/// Whether headquarters has the very bytes that would be handed in.
fn has_vault(holdings: &Holdings, receipt: Option<&VaultReceipt>) -> bool {
    let is_it = |receipt: &VaultReceipt| {
        receipt.seat == holdings.seat && holdings.sha256 == Some(receipt.sha256)
    };
    holdings.escrow == Escrow::Sealed && receipt.is_some_and(is_it)
}

fn covers(holdings: &Holdings, receipt: Option<&Receipt>) -> bool {
    let Some(receipt) = receipt.filter(|receipt| receipt.seat == holdings.seat) else {
        return false;
    };
    holdings.journals.iter().all(|(journal, tip)| receipt.covers(*journal, *tip))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{Epoch, EventId, InspectionId, JournalId};
    use domain::moment::Moment;
    use proof::erasure::Covered;
    use proptest::prelude::*;

    const SEAT: SeatId = SeatId([1; 16]);
    const OTHER: SeatId = SeatId([2; 16]);
    const AT: Moment = Moment(0);

    fn journal(name: u8) -> Journal {
        Journal { inspection: InspectionId([9; 16]), journal: JournalId([name; 16]) }
    }

    fn tip(seq: u64) -> Tip {
        Tip { seq, id: EventId([seq as u8; 32]) }
    }

    fn order(seat: SeatId) -> EraseOrder {
        EraseOrder { seat, at: AT }
    }

    fn receipt(seat: SeatId, journals: &[(u8, u64)]) -> Receipt {
        let covered = journals.iter().map(|(name, seq)| Covered::new(journal(*name), tip(*seq)));
        Receipt { seat, at: AT, epoch: Epoch([3; 16]), journals: covered.collect() }
    }

    fn holdings(vault: Vault, escrow: Escrow) -> Holdings {
        let journals = [(journal(1), tip(4)), (journal(2), tip(0))].into();
        Holdings { seat: SEAT, vault, escrow, journals, leftovers: 0, sha256: Some([7; 32]) }
    }

    #[test]
    fn an_open_vault_is_pushed_receipted_and_erased() {
        let (held, order) = (holdings(Vault::Open, Escrow::Absent), order(SEAT));
        let said = Said { order: Some(&order), ..Said::default() };
        assert_eq!(next(&held, Said::default()), Next::Keep);
        assert_eq!(next(&held, said), Next::Push);
        let part = receipt(SEAT, &[(1, 4)]);
        assert_eq!(next(&held, Said { receipt: Some(&part), ..said }), Next::Push);
        let whole = receipt(SEAT, &[(1, 4), (2, 0)]);
        assert_eq!(next(&held, Said { receipt: Some(&whole), ..said }), Next::Erase);
    }

    #[test]
    fn what_is_no_event_yet_is_handed_in_with_the_vault_or_kept() {
        let (order, whole) = (order(SEAT), receipt(SEAT, &[(1, 4), (2, 0)]));
        let said = Said { order: Some(&order), receipt: Some(&whole), vault: None };
        for (escrow, expected) in [(Escrow::Sealed, Next::HandIn), (Escrow::Absent, Next::Keep)] {
            let held = Holdings { leftovers: 1, ..holdings(Vault::Open, escrow) };
            assert_eq!(next(&held, said), expected);
        }
    }

    #[test]
    fn a_locked_vault_is_handed_in_and_erased_with_the_receipt_for_its_very_bytes() {
        let (held, order) = (holdings(Vault::Locked, Escrow::Sealed), order(SEAT));
        let said = Said { order: Some(&order), ..Said::default() };
        assert_eq!(next(&held, said), Next::HandIn);
        for (seat, byte, expected) in
            [(SEAT, 7, Next::Erase), (SEAT, 8, Next::HandIn), (OTHER, 7, Next::HandIn)]
        {
            let receipt = VaultReceipt { seat, at: AT, sha256: [byte; 32] };
            assert_eq!(next(&held, Said { vault: Some(&receipt), ..said }), expected);
        }
        let without = holdings(Vault::Locked, Escrow::Absent);
        assert_eq!(next(&without, said), Next::Keep);
    }

    prop_compose! {
        fn anything()(
            ordered in proptest::option::of(any::<bool>()),
            covered in proptest::option::of(proptest::collection::vec((1u8..4, 0u64..6), 0..4)),
            of_seat in any::<bool>(),
            vault in proptest::option::of((any::<bool>(), 6u8..9)),
            locked in any::<bool>(),
            escrow in any::<bool>(),
            leftovers in 0u64..2,
        ) -> (Holdings, Option<EraseOrder>, Option<Receipt>, Option<VaultReceipt>) {
            let seat = |own: bool| if own { SEAT } else { OTHER };
            let held = holdings(
                if locked { Vault::Locked } else { Vault::Open },
                if escrow { Escrow::Sealed } else { Escrow::Absent },
            );
            let journals = if locked { BTreeMap::new() } else { held.journals.clone() };
            (
                Holdings { leftovers, journals, ..held },
                ordered.map(|own| order(seat(own))),
                covered.map(|covered| receipt(seat(of_seat), &covered)),
                vault.map(|(own, byte)| VaultReceipt { seat: seat(own), at: AT, sha256: [byte; 32] }),
            )
        }
    }

    proptest! {
        #[test]
        fn nothing_is_erased_without_an_order_and_a_receipt_for_all_of_it(
            (held, order, receipt, vault) in anything()
        ) {
            let said = Said { order: order.as_ref(), receipt: receipt.as_ref(), vault: vault.as_ref() };
            if next(&held, said) == Next::Erase {
                prop_assert_eq!(order.map(|order| order.seat), Some(SEAT));
                let by_vault = vault.is_some_and(|vault| {
                    vault.seat == SEAT && Some(vault.sha256) == held.sha256
                }) && held.escrow == Escrow::Sealed;
                let by_journals = held.vault == Vault::Open && held.leftovers == 0
                    && receipt.is_some_and(|receipt| {
                        held.journals.iter().all(|(journal, tip)| receipt.covers(*journal, *tip))
                    });
                prop_assert!(by_vault || by_journals);
            }
        }
    }
}
