//! Units of the organisation, and where a person stands in it.

use super::role::Roles;

/// A unit of the organisation: the department, a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub [u8; 16]);

/// Where a person stands: as what, and where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// As what.
    pub roles: Roles,
    /// In which unit; `None` for those who see every unit.
    pub unit: Option<UnitId>,
}
