//! The shapes that the fourth release added: words of headquarters. What earlier releases wrote is
//! read as it was. Nothing here is ever changed either.

use crate::shape::Rule;
use crate::shape::Shape::{As, Bytes, Either, Holding, Int, List, NumberIs, TextIs, Tuple, Uint};
use crate::shape::part;

/// Every rule that is new, in reading order.
pub(crate) const ALL: &[&Rule] = &[
    &WORD,
    &SIGNED,
    &ERASE_ORDER,
    &RECEIPT,
    &COVERED,
    &VAULT_RECEIPT,
    &ENDORSED,
    &ENDORSEMENT,
    &PURPOSE,
];

macro_rules! rule {
    ($($name:ident $text:literal, $meaning:literal = $shape:expr;)*) => {
        $(pub(crate) static $name: Rule = Rule { name: $text, meaning: $meaning, shape: $shape };)*
    };
}

rule! {
    WORD "word", "what headquarters says, and the way from its key to one that is trusted" = Tuple(&[
        part("said", As(&SIGNED)),
        part("endorsements, the first of the key that signed", List(&As(&ENDORSED))),
    ]);
    SIGNED "signed", "the signature is over exactly the bytes of the statement" = Tuple(&[
        part("statement", Either(&[
            Holding(&ERASE_ORDER),
            Holding(&RECEIPT),
            Holding(&VAULT_RECEIPT),
        ])),
        part("key, Ed25519", Bytes(32)),
        part("signature", Bytes(64)),
    ]);
    ERASE_ORDER "erase-order", "that a seat is revoked and is to erase what is receipted" = Tuple(&[
        part("context", TextIs("bienban/erase/v1")),
        part("order", Tuple(&[
            part("seat", Bytes(16)),
            part("at, of the revocation", Int),
        ])),
    ]);
    RECEIPT "receipt", "which journals headquarters has on disk" = Tuple(&[
        part("context", TextIs("bienban/receipt/v1")),
        part("receipt", Tuple(&[
            part("seat", Bytes(16)),
            part("at", Int),
            part("epoch", Bytes(16)),
            part("journals", List(&As(&COVERED))),
        ])),
    ]);
    COVERED "covered", "a journal, everything up to this event" = Tuple(&[
        part("inspection", Bytes(16)),
        part("journal", Bytes(16)),
        part("seq", Uint),
        part("hash", Bytes(32)),
    ]);
    VAULT_RECEIPT "vault-receipt", "that headquarters has a locked vault" = Tuple(&[
        part("context", TextIs("bienban/vault-receipt/v1")),
        part("receipt", Tuple(&[
            part("seat", Bytes(16)),
            part("at", Int),
            part("SHA-256 of the vault", Bytes(32)),
        ])),
    ]);
    ENDORSED "endorsed", "an endorsement under the key that gives it" = Tuple(&[
        part("endorsement", Holding(&ENDORSEMENT)),
        part("key, Ed25519", Bytes(32)),
        part("signature", Bytes(64)),
    ]);
    ENDORSEMENT "endorsement", "that a key is headquarters'" = Tuple(&[
        part("context", TextIs("bienban/endorsement/v1")),
        part("endorsement", Tuple(&[
            part("key, Ed25519", Bytes(32)),
            part("purpose", As(&PURPOSE)),
            part("since", Int),
        ])),
    ]);
    PURPOSE "purpose", "what a key is for" = Either(&[
        NumberIs(0, "journals"),
        NumberIs(1, "receipts"),
        NumberIs(2, "orders"),
    ]);
}
