//! Registers: the addresses at which values are recorded, and the values.
//!
//! A register keeps every value that no other value has replaced. Who replaced whom is said by
//! the events themselves (`over`), never by a clock. Which values are current is the fold's.

use core::fmt;

use jiff::civil::Date;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};

use crate::answer::{Answer, StatementState};
use crate::ids::{EventId, FindingId, RowId};
use crate::moment::day_as_text;

/// Where a value stands: about what, which field of it, and in which row of repeated sections.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Address {
    /// What the value is about.
    #[n(0)]
    pub subject: Subject,
    /// Which of its fields.
    #[n(1)]
    pub field: Field,
    /// The row in repeated sections, outermost first; empty until checklists have such sections.
    #[n(2)]
    pub row: Vec<RowStep>,
}

/// One step into a repeated section.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct RowStep {
    /// The id of the repeated group in the checklist.
    #[n(0)]
    pub group: String,
    /// The row in it.
    #[n(1)]
    pub row: RowId,
}

impl Address {
    /// The address of a field of an item.
    pub fn item(item: impl Into<String>, field: Field) -> Self {
        Self { subject: Subject::Item(item.into()), field, row: Vec::new() }
    }

    /// The address of a field of a finding.
    pub fn finding(finding: FindingId, field: Field) -> Self {
        Self { subject: Subject::Finding(finding), field, row: Vec::new() }
    }

    /// The address of a field of the inspection itself.
    pub fn inspection(field: Field) -> Self {
        Self { subject: Subject::Inspection, field, row: Vec::new() }
    }
}

/// What a value is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Subject {
    /// An item of the inspection's checklists, by its stable id.
    #[n(0)]
    Item(#[n(0)] String),
    /// A finding.
    #[n(1)]
    Finding(#[n(0)] FindingId),
    /// The inspection as a whole.
    #[n(2)]
    Inspection,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A field of a subject. On the wire it is its name, so that a field of a later version is
        /// kept and passed on.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)*
            /// A field this build does not know.
            Other(String),
        }

        impl Field {
            /// Every field this build knows.
            pub const KNOWN: &'static [Field] = &[$(Field::$name,)*];

            /// The first field in the order of addresses.
            pub(crate) const FIRST: Field = Field::Answer;

            /// The name on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for Field {
            fn from(name: &str) -> Self {
                match name {
                    $($text => Self::$name,)*
                    _ => Self::Other(name.to_owned()),
                }
            }
        }
    };
}

fields! {
    /// Of an item: the [`Answer`].
    Answer = "answer",
    /// Of an item: a free note.
    Note = "note",
    /// Of a finding: what was found, in words.
    Facts = "facts",
    /// Of a finding: how much or how many, with the unit, as the inspector writes it.
    Quantity = "quantity",
    /// Of a finding: the day of the act. The provision is chosen by it.
    ActOn = "act_on",
    /// Of a finding: the provision, when the inspector chose another than the item's.
    Provision = "provision",
    /// Of a finding: what is to be put right.
    Remedy = "remedy",
    /// Of a finding: the day by which it is to be put right.
    RemedyBy = "remedy_by",
    /// Of a finding: whether the other side gave a statement, see [`StatementState`].
    StatementState = "statement_state",
    /// Of a finding: the statement, or the reason why there is none.
    Statement = "statement",
    /// Of the inspection: the number of the decision that orders it.
    Decision = "decision",
    /// Of the inspection: where it takes place.
    Place = "place",
    /// Of the inspection: who takes part on the side of the establishment.
    Present = "present",
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<C> Encode<C> for Field {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Field {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        d.str().map(Self::from)
    }
}

/// What is written in a register.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Value {
    /// Nothing: the field was cleared.
    #[n(0)]
    Empty,
    /// Words as they were typed.
    #[n(1)]
    Text(#[n(0)] String),
    /// A whole number.
    #[n(2)]
    Whole(#[n(0)] i64),
    /// A civil day.
    #[n(3)]
    Day(#[cbor(n(0), with = "day_as_text")] Date),
    /// One of the choices that the field offers, by its name.
    #[n(4)]
    Choice(#[n(0)] String),
}

impl Value {
    /// Words, or [`Value::Empty`] when there are none but spaces.
    pub fn text(words: &str) -> Self {
        if words.trim().is_empty() { Self::Empty } else { Self::Text(words.to_owned()) }
    }

    /// A day, or [`Value::Empty`].
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// The answer, when this is one.
    pub fn as_answer(&self) -> Option<Answer> {
        self.as_choice().and_then(Answer::from_name)
    }

    /// The state of a statement, when this is one.
    pub fn as_statement_state(&self) -> Option<StatementState> {
        self.as_choice().and_then(StatementState::from_name)
    }

    /// The name of the choice, when this is one.
    pub fn as_choice(&self) -> Option<&str> {
        match self {
            Self::Choice(name) => Some(name),
            Self::Empty | Self::Text(_) | Self::Whole(_) | Self::Day(_) => None,
        }
    }

    /// The day, when this is one.
    pub fn as_day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Empty | Self::Text(_) | Self::Whole(_) | Self::Choice(_) => None,
        }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// The value as it stands in a spreadsheet or a form field.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) | Self::Choice(text) => f.write_str(text),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// A value written at an address, and the events whose values it replaces there.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Write {
    /// Where.
    #[n(0)]
    pub address: Address,
    /// What.
    #[n(1)]
    pub value: Value,
    /// The events that the author saw as current there. Counts only on the same address.
    #[n(2)]
    pub over: Vec<EventId>,
}
