//! Roles: what a person is at headquarters. What each may do stands elsewhere, in one table.

/// One thing that a person is. A clerk of a small district may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Records inspections on a tablet.
    Inspector,
    /// Leads teams, and judges held events of the inspections led.
    Lead,
    /// Plans, follows remedies and reports.
    Office,
    /// Looks after people, seats, units and the machine.
    Administrator,
    /// Reads everything, the audit too, and changes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Inspector, Self::Lead, Self::Office, Self::Administrator, Self::Auditor];

    /// Its word in commands, files and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::Lead => "lead",
            Self::Office => "office",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// What it adds to the number under which roles are kept.
    pub(crate) fn bit(self) -> i64 {
        match self {
            Self::Inspector => 1,
            Self::Lead => 2,
            Self::Office => 4,
            Self::Administrator => 8,
            Self::Auditor => 16,
        }
    }
}

/// The roles of one person; none means that the person may do nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles(i64);

impl Roles {
    /// These roles.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | role.bit()))
    }

    /// Whether this is one of them.
    pub fn include(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.include(*role))
    }

    /// The number under which they are kept.
    pub(crate) fn bits(self) -> i64 {
        self.0
    }

    /// The roles kept under a number; `None` for one that no roles have.
    pub(crate) fn of_bits(bits: i64) -> Option<Self> {
        let known = Self::of(Role::ALL);
        (bits & !known.0 == 0).then_some(Self(bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_of_roles_comes_back_from_its_number_and_no_other_number_does() {
        for bits in 0..32 {
            let roles = Roles::of_bits(bits).unwrap();
            assert_eq!(Roles::of(roles.each()), roles);
            assert_eq!(roles.bits(), bits);
        }
        assert_eq!(Roles::of_bits(32), None);
        assert_eq!(Roles::of_bits(-1), None);
    }

    #[test]
    fn every_role_comes_back_from_its_word() {
        for role in Role::ALL {
            assert_eq!(Role::of_word(role.word()), Some(role));
        }
        assert_eq!(Role::of_word("owner"), None);
    }
}
