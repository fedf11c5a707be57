//! Units of the organisation, and where a person stands in it.

use domain::ids::{from_hex, to_hex};

use super::role::Roles;

/// A unit of the organisation: the department, a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub [u8; 16]);

impl core::fmt::Display for UnitId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl core::str::FromStr for UnitId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        from_hex(text).map(Self).map_err(drop)
    }
}

/// Where a person stands: as what, and where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// As what.
    pub roles: Roles,
    /// In which unit; `None` for those who see every unit.
    pub unit: Option<UnitId>,
}
