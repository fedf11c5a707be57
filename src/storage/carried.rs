//! Bundles of colleagues that this tablet carries to headquarters, as it got them.
//!
//! Whether anything in one can be read here is nobody's business on the way.

use core::fmt;

use domain::ids::to_hex;
use domain::moment::Moment;

/// The name of a carried bundle: the SHA-256 of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BundleId(pub [u8; 32]);

impl fmt::Display for BundleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

/// A bundle that waits for headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Its id.
    pub id: BundleId,
    /// The name of the file.
    pub name: String,
    /// When it was taken, by this machine's clock.
    pub taken_at: Moment,
    /// The file.
    pub bytes: Vec<u8>,
}
