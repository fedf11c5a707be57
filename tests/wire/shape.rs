//! What may stand where: the shapes of written forms, as a small language.
//!
//! One description serves three readers: the annotated dump, the CDDL in the README, and the
//! check that golden bytes are of this shape. The shapes of the first release are in `forms.rs`.

/// A shape with a name.
pub(crate) struct Rule {
    /// Its name in CDDL.
    pub(crate) name: &'static str,
    /// What it is, in a few words.
    pub(crate) meaning: &'static str,
    /// What it looks like.
    pub(crate) shape: Shape,
}

/// What a value looks like.
pub(crate) enum Shape {
    /// A number from 0.
    Uint,
    /// A whole number.
    Int,
    /// Any text.
    Text,
    /// A day as `YYYY-MM-DD`.
    Day,
    /// Exactly this text.
    TextIs(&'static str),
    /// Exactly this number, and the word it stands for.
    NumberIs(u64, &'static str),
    /// So many bytes.
    Bytes(usize),
    /// Any number of bytes that say nothing without a key.
    Sealed,
    /// Any number of bytes.
    AnyBytes,
    /// `false` or `true`.
    Bool,
    /// Nothing: `null`.
    Null,
    /// Any one value.
    Any,
    /// A byte string that holds another form.
    Holding(&'static Rule),
    /// As another rule says.
    As(&'static Rule),
    /// A list of any length.
    List(&'static Shape),
    /// A list whose places have names.
    Tuple(&'static [Part]),
    /// A map with numbered keys.
    Map(&'static [Key]),
    /// One of these, the first that fits.
    Either(&'static [Shape]),
}

/// A place of a tuple.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
}

/// A pair of a map.
pub(crate) struct Key {
    pub(crate) key: u64,
    pub(crate) name: &'static str,
    pub(crate) need: Need,
    pub(crate) shape: Shape,
}

/// Whether something must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Always,
    MayLack,
}

/// A place.
pub(crate) const fn part(name: &'static str, shape: Shape) -> Part {
    Part { name, shape }
}

/// A pair that is always there.
pub(crate) const fn key(key: u64, name: &'static str, shape: Shape) -> Key {
    Key { key, name, need: Need::Always, shape }
}

/// A pair that may be absent.
pub(crate) const fn maybe(key: u64, name: &'static str, shape: Shape) -> Key {
    Key { key, name, need: Need::MayLack, shape }
}
