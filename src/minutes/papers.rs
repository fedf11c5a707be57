//! What a document is made from: the state of an inspection, the packs that it pins, and what
//! happens at the signing.
//!
//! Everything is an argument, the time too. Whether the packs are the pinned ones is for the
//! caller to see to.

use domain::answer::StatementState;
use domain::checklist::{Checklist, Item};
use domain::law::Law;
use domain::moment::Moment;
use domain::register::{Address, Field, Value};
use domain::state::{Opened, Register, State};
use texts::{Lang, minutes as t};

use crate::document::Fill;

/// The record and the packs.
#[derive(Debug, Clone, Copy)]
pub struct Papers<'a> {
    /// The inspection, folded.
    pub state: &'a State,
    /// The checklists that it pins, as far as they are on this machine.
    pub checklists: &'a [Checklist],
    /// The law that it pins, when it is on this machine.
    pub law: Option<&'a Law>,
}

/// What happens at the signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// When the document is drawn up; `None` while it is only looked at beforehand.
    pub at: Option<Moment>,
    /// How many copies are made.
    pub copies: Option<u16>,
    /// Whether the other side signs.
    pub other_side: OtherSide,
}

/// Whether the other side signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OtherSide {
    /// It signs, or has not been asked yet.
    Signs,
    /// It does not; the reason is empty when none was given.
    Refuses {
        /// Why.
        reason: String,
    },
}

impl<'a> Papers<'a> {
    /// The item of this id, in any of the checklists.
    pub fn item(&self, id: &str) -> Option<&'a Item> {
        self.checklists.iter().find_map(|checklist| checklist.item(id))
    }

    pub(crate) fn opened(&self) -> Option<&'a Opened> {
        self.state.opened()
    }

    /// A field of the inspection itself.
    pub(crate) fn inspection_field(&self, field: Field, lang: Lang) -> Fill {
        let register = self.state.register(&Address::inspection(field));
        of_register(register, lang)
    }
}

/// The one value of a register; what is missing and what is not decided say so.
pub(crate) fn of_register(register: Option<&Register>, lang: Lang) -> Fill {
    match register {
        Some(register) if register.is_conflict() => Fill::Missing(conflict(register, lang)),
        Some(_) | None => {
            let words = register.and_then(Register::value).map(|value| shown(value, lang));
            Fill::of(&words.unwrap_or_default(), t::not_recorded(lang))
        }
    }
}

fn conflict(register: &Register, lang: Lang) -> String {
    let values: Vec<_> =
        register.current().map(|(_, written)| shown(&written.value, lang)).collect();
    t::undecided(lang, &values.join(" / "))
}

/// A value as the reader writes it; the names of choices are for records, not for readers.
fn shown(value: &Value, lang: Lang) -> String {
    if let Some(day) = value.as_day() {
        return texts::format::day(lang, day);
    }
    if let Some(state) = value.as_statement_state() {
        return statement_state(state, lang).to_owned();
    }
    value.to_string()
}

fn statement_state(state: StatementState, lang: Lang) -> &'static str {
    match state {
        StatementState::Given => texts::finding::given(lang),
        StatementState::Declined => texts::finding::declined(lang),
        StatementState::Impossible => texts::finding::impossible(lang),
    }
}

/// A moment as the reader writes it, on Viet Nam's clock.
pub(crate) fn moment(at: Moment, lang: Lang) -> String {
    match at.local() {
        Some(time) => texts::format::time(lang, time),
        None => at.to_string(),
    }
}
