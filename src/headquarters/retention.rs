//! How long each kind of record is kept: the kinds, their days while nobody decided, and bounds.
//!
//! It deletes nothing: tablets follow what they are told, and at headquarters the days are the
//! least that everything is kept.

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A tablet's own journals, after headquarters has them in a backup.
    TabletRecords,
    /// Originals of evidence on a tablet, after headquarters gave a receipt.
    TabletEvidence,
    /// Inspections at headquarters that are closed.
    ClosedInspections,
    /// The audit.
    Audit,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] =
        [Self::TabletRecords, Self::TabletEvidence, Self::ClosedInspections, Self::Audit];

    /// Its word in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::TabletRecords => "tablet-records",
            Self::TabletEvidence => "tablet-evidence",
            Self::ClosedInspections => "closed-inspections",
            Self::Audit => "audit",
        }
    }

    /// The days while nobody decided otherwise.
    pub fn default_days(self) -> u32 {
        match self {
            Self::TabletRecords => 30,
            Self::TabletEvidence => 7,
            Self::ClosedInspections | Self::Audit => 3_650,
        }
    }

    /// The fewest and the most days that may be set.
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Self::TabletRecords => (7, 365),
            Self::TabletEvidence => (1, 365),
            Self::ClosedInspections | Self::Audit => (365, 36_500),
        }
    }

    /// The days that somebody wrote, where they may be set.
    pub fn days(self, written: &str) -> Option<u32> {
        let (fewest, most) = self.bounds();
        written.trim().parse().ok().filter(|days| (fewest..=most).contains(days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_of_each_kind_may_be_set_and_what_is_outside_may_not() {
        for kind in Kind::ALL {
            let (fewest, most) = kind.bounds();
            assert_eq!(kind.days(&kind.default_days().to_string()), Some(kind.default_days()));
            assert_eq!(kind.days(&fewest.to_string()), Some(fewest));
            for wrong in [fewest - 1, most + 1] {
                assert_eq!(kind.days(&wrong.to_string()), None, "{kind:?}");
            }
            assert_eq!(kind.days("x"), None);
        }
    }
}
