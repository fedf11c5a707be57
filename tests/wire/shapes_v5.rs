//! The shapes that the fifth release pinned: the file of a locked vault, which the fourth wrote
//! already. Nothing here is ever changed either.

use crate::shape::Rule;
use crate::shape::Shape::{
    AnyBytes, As, Bool, Bytes, Either, Holding, List, Null, Text, TextIs, Tuple,
};
use crate::shape::part;
use crate::shapes_v2 as v2;

/// Every rule that is new, and those that say what lies inside, in reading order.
pub(crate) const ALL: &[&Rule] =
    &[&SEALED_VAULT, &SEALED_ROW, &v2::ENVELOPE, &v2::ENVELOPE_ADDRESS, &v2::RECIPIENT];

macro_rules! rule {
    ($($name:ident $text:literal, $meaning:literal = $shape:expr;)*) => {
        $(pub(crate) static $name: Rule = Rule { name: $text, meaning: $meaning, shape: $shape };)*
    };
}

rule! {
    SEALED_VAULT "sealed-vault", "a locked vault as it lies on a tablet, without its packs" = Tuple(&[
        part("context", TextIs("bienban/sealed-vault/v1")),
        part("slot", Bytes(16)),
        part("seat", Either(&[Bytes(16), Null])),
        part("data key in escrow", Holding(&v2::ENVELOPE)),
        part("rows", List(&As(&SEALED_ROW))),
    ]);
    SEALED_ROW "sealed-row", "one row; two tables lie in clear" = Tuple(&[
        part("table", Text),
        part("key as it lies", AnyBytes),
        part("bytes as they lie", AnyBytes),
        part("sealed", Bool),
    ]);
}
