//! Reading a locked vault with the escrow key: its journals as parts of a push, each under a head
//! of the seat that wrote it. What is true in them is examined where every push is.

use std::collections::BTreeMap;

use domain::ids::{SeatId, to_hex};
use domain::moment::Moment;
use proof::chain::{Journal, Tip, Verified};
use proof::envelope::EnvelopeKeyPair;
use proof::head::{Head, SignedHead};
use proof::seat::seat_of;
use proof::sign::KeyPair;
use proof::vault::escrow::EscrowFault;
use proof::vault::file::{DamagedRow, SealedVault};
use proof::vault::recovered::{self, ContentFault, Recovered, RecoveredDraft};
use sync::admission;
use sync::message::push::{MAX_PAGE_EVENTS, Part};
use thiserror::Error;

use crate::audit::{self, Act};
use crate::store::{StoreFault, Tx, vaults};

/// How an Ed25519 private key begins as PKCS#8 (RFC 8410); its 32 bytes follow.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// What was in a vault.
pub struct Recovery {
    /// The journals, ready to be examined like those of a push.
    pub parts: Vec<Part>,
    /// Words that were typed and are no event: nobody signed them, so they come into no journal.
    pub drafts: Vec<RecoveredDraft>,
    /// What could not be read.
    pub faults: Vec<RowFault>,
}

/// A row that gives nothing.
#[derive(Debug, Error)]
pub enum RowFault {
    /// It does not open.
    #[error(transparent)]
    Damaged(#[from] DamagedRow),
    /// It is not what it should be.
    #[error("row `{row}` of `{table}` cannot be used: {fault}; the others can")]
    Content {
        /// The table.
        table: String,
        /// The row's key.
        row: String,
        /// What is wrong.
        fault: ContentFault,
    },
    /// Nobody here can sign for a journal, and no head came with it.
    #[error(
        "the journal `{0}` of inspection `{1}` has neither its author's key nor a head; take it from its author"
    )]
    Unsigned(domain::ids::JournalId, domain::ids::InspectionId),
    /// Something between events cannot be read, so that those after it follow on nothing.
    #[error(
        "{count} events of the journal `{journal}` follow on one that is missing, and were not taken; the vault is kept, so they can be once it is there"
    )]
    Behind {
        /// The journal.
        journal: domain::ids::JournalId,
        /// How many there are after the gap.
        count: usize,
    },
}

/// Everything of use in a vault, by kind.
#[derive(Default)]
struct Found {
    journals: BTreeMap<Journal, BTreeMap<u64, Verified>>,
    heads: BTreeMap<Journal, Vec<(Tip, SignedHead)>>,
    signers: BTreeMap<SeatId, KeyPair>,
    drafts: Vec<RecoveredDraft>,
    faults: Vec<RowFault>,
}

/// Opens a vault and makes parts of what is in it.
///
/// # Errors
/// [`EscrowFault`] when this is not the key to which the vault is sealed.
pub fn recover(
    vault: &SealedVault,
    keys: &EnvelopeKeyPair,
    now: Moment,
) -> Result<Recovery, EscrowFault> {
    let mut found = Found::default();
    for row in vault.open(keys)? {
        match row {
            Ok(row) => match recovered::read(&row) {
                Ok(content) => found.put(content),
                Err(fault) => {
                    let (table, row) = (row.table, to_hex(&row.key));
                    found.faults.push(RowFault::Content { table, row, fault });
                }
            },
            Err(damaged) => found.faults.push(damaged.into()),
        }
    }
    Ok(found.into_recovery(now))
}

impl Found {
    fn put(&mut self, content: Recovered) {
        match content {
            Recovered::Event(event) => {
                let header = &event.header;
                let journal = Journal { inspection: header.inspection, journal: header.journal };
                self.journals.entry(journal).or_default().insert(header.seq, *event);
            }
            Recovered::Head(signed) => {
                // A head that cannot be read is of no use; the journal may have another.
                if let Ok(head) = Head::from_bytes(&signed.head) {
                    self.heads.entry(head.journal).or_default().push((head.tip, signed));
                }
            }
            Recovered::Seat(seat) => {
                if let Some(pair) = pair_in(&seat.signing_pkcs8)
                    && seat_of(&pair.public()) == seat.seat
                {
                    self.signers.insert(seat.seat, pair);
                }
            }
            Recovered::Draft(draft) => self.drafts.push(draft),
            Recovered::Other => {}
        }
    }

    fn into_recovery(self, now: Moment) -> Recovery {
        let Self { journals, heads, signers, drafts, mut faults } = self;
        let mut parts = Vec::new();
        for (journal, events) in journals {
            let (all, run) = (events.len(), first_run(events));
            if run.len() < all {
                let (journal, count) = (journal.journal, all - run.len());
                faults.push(RowFault::Behind { journal, count });
            }
            let author = run.first().and_then(admission::opening_of).map(|opening| opening.seat);
            let pages = match author.and_then(|author| signers.get(&author)) {
                Some(signer) => signed(journal, &run, signer, now),
                None => headed(&run, heads.get(&journal).map_or(&[], Vec::as_slice)),
            };
            if pages.is_empty() {
                faults.push(RowFault::Unsigned(journal.journal, journal.inspection));
            }
            parts.extend(pages);
        }
        Recovery { parts, drafts, faults }
    }
}

/// The events up to the first gap.
fn first_run(events: BTreeMap<u64, Verified>) -> Vec<Verified> {
    let first = events.keys().next().copied().unwrap_or_default();
    let in_order = events.into_iter().zip(first..);
    in_order.take_while(|((seq, _), due)| seq == due).map(|((_, event), _)| event).collect()
}

/// The whole run in pages, each under a head of its author.
fn signed(journal: Journal, run: &[Verified], signer: &KeyPair, at: Moment) -> Vec<Part> {
    let pages = run.chunks(MAX_PAGE_EVENTS).filter_map(|page| {
        let last = page.last()?;
        let tip = Tip { seq: last.header.seq, id: last.id };
        let head = signer.sign_head(&Head { journal, tip, at });
        Some(Part { head, events: page.iter().map(|event| event.event.clone()).collect() })
    });
    pages.collect()
}

/// The run in the pages in which it came, each under the head that came with it.
fn headed(run: &[Verified], heads: &[(Tip, SignedHead)]) -> Vec<Part> {
    let place = |tip: &Tip| run.iter().position(|event| event.id == tip.id);
    let ends: BTreeMap<usize, &SignedHead> =
        heads.iter().filter_map(|(tip, head)| Some((place(tip)?, head))).collect();
    let mut from = 0;
    let pages = ends.into_iter().map(|(end, head)| {
        let page = run.iter().take(end + 1).skip(from);
        from = end + 1;
        Part { head: head.clone(), events: page.map(|event| event.event.clone()).collect() }
    });
    pages.collect()
}

fn pair_in(pkcs8: &[u8]) -> Option<KeyPair> {
    let seed = pkcs8.strip_prefix(&PKCS8)?.get(..32)?;
    Some(KeyPair::from_seed(seed.try_into().ok()?))
}

/// Writes down that a vault was opened, and why.
///
/// # Errors
/// See [`StoreFault`].
pub async fn note_opening(
    tx: &mut Tx,
    sha256: &[u8; 32],
    reason: &str,
    now: Moment,
) -> Result<(), StoreFault> {
    let vault = to_hex(sha256);
    tracing::warn!(vault, "a locked vault was opened with the escrow key");
    vaults::opened(&mut *tx, sha256, now).await?;
    audit::note(tx, None, Act::EscrowUsed, &vault, reason).await
}
