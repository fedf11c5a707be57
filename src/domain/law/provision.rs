//! One place in an instrument, with the days on which it says what is cited.

use core::fmt;

use minicbor::{Decode, Encode};

use super::Days;

/// The stable name of an instrument in packs: `luat-126-2025`, `nd-119-2020`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct InstrumentId(#[n(0)] String);

impl InstrumentId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for InstrumentId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for InstrumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place in an instrument: điều, khoản, điểm. They are names, not numbers (`28c`, `đ`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(map)]
pub struct Place {
    /// Điều.
    #[n(0)]
    pub article: String,
    /// Khoản.
    #[n(1)]
    pub clause: Option<String>,
    /// Điểm.
    #[n(2)]
    pub point: Option<String>,
}

/// `28c/1/b`, `8//a` when a point has no clause.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.article)?;
        match (&self.clause, &self.point) {
            (None, None) => Ok(()),
            (Some(clause), None) => write!(f, "/{clause}"),
            (clause, Some(point)) => write!(f, "/{}/{point}", clause.as_deref().unwrap_or("")),
        }
    }
}

/// One version of a provision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(map)]
pub struct Provision {
    /// The instrument it stands in.
    #[n(0)]
    pub instrument: InstrumentId,
    /// Where it stands.
    #[n(1)]
    pub place: Place,
    /// Which text of the instrument this was read in, where it has several.
    #[n(2)]
    pub text: Option<String>,
    /// The days on which it is in force.
    #[n(3)]
    pub days: Days,
}

/// `nd-119-2020/28c/1/b`: the machine's name for it, the same for every version.
impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.instrument, self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_its_parts() {
        let cases = [
            (("28a", None, None), "28a"),
            (("5", Some("4"), None), "5/4"),
            (("28c", Some("1"), Some("b")), "28c/1/b"),
            (("8", None, Some("đ")), "8//đ"),
        ];
        for ((article, clause, point), expected) in cases {
            let place = Place {
                article: article.to_owned(),
                clause: clause.map(str::to_owned),
                point: point.map(str::to_owned),
            };
            assert_eq!(place.to_string(), expected);
        }
    }
}
