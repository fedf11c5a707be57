//! The closed choices of the form: the answer to an item, and whether a statement was given.
//!
//! Their names are written in records and in the page (`value="…"`) and never change.

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$case_doc])* $case,)*
        }

        impl $name {
            /// Every choice, in the order in which it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$case,)*];

            /// The name in records and pages.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$case => $text,)*
                }
            }

            /// The choice of that name, if there is one.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == name)
            }

            /// The choice as a register's value.
            pub fn value(self) -> crate::register::Value {
                crate::register::Value::Choice(self.name().to_owned())
            }
        }
    };
}

choice!(
    /// The answer to an item.
    Answer {
        /// The document or fact is as the law asks.
        Compliant = "compliant",
        /// It is not: there is at least one finding to write.
        Violation = "violation",
        /// The item does not concern this establishment.
        NotApplicable = "not_applicable",
        /// It was not looked at, and that is said openly.
        NotChecked = "not_checked",
    }
);

choice!(
    /// Whether the other side said something about a finding on the spot.
    StatementState {
        /// It did; its words stand beside the finding.
        Given = "given",
        /// It was asked and declined; the reason is written down if there is one.
        Declined = "declined",
        /// It could not be asked; the reason is written down.
        Impossible = "impossible",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_found_by_its_name_and_no_other_is() {
        for answer in Answer::ALL {
            assert_eq!(Answer::from_name(answer.name()), Some(*answer));
            assert_eq!(answer.value().as_answer(), Some(*answer));
        }
        assert_eq!(Answer::from_name("Compliant"), None);
        assert_eq!(StatementState::from_name("given"), Some(StatementState::Given));
    }
}
