//! Who is on the team of an inspection, for every page that names it: the persons whom the stream
//! names, and those whom headquarters put on it before they had a tablet. It decides nothing.

use domain::act::Role;
use domain::ids::PersonId;
use domain::state::team::Member;
use maud::{Markup, html};
use texts::{Lang, clerk as t};

use super::record::Record;
use super::words;
use crate::store::people::Person;

/// One person of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teammate {
    /// The person; `None` for a seat that opened the inspection and is not known.
    pub person: Option<PersonId>,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Whether that is still so.
    pub standing: Standing,
}

/// Whether a person is still on the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// On the team.
    On,
    /// On the team by headquarters' record, and without a tablet.
    NoTablet,
    /// Left after the day of the inspection.
    Left,
}

/// Whom the stream names, the lead first.
pub(super) fn of_stream(record: &Record) -> Vec<Teammate> {
    let members = record.state.members().into_iter().map(teammate);
    opener(record).into_iter().chain(members).collect()
}

/// The same with those whom headquarters put on the team and who have no tablet yet.
pub(super) fn with_recorded(stream: &[Teammate], recorded: &[(Person, Role)]) -> Vec<Teammate> {
    let is_named = |person: &Person| stream.iter().any(|it| it.person == Some(person.id));
    let waiting = recorded.iter().filter(|(person, _)| !is_named(person));
    let waiting = waiting.map(|(person, role)| Teammate {
        person: Some(person.id),
        name: person.name.clone(),
        role: *role,
        standing: Standing::NoTablet,
    });
    let mut team = stream.iter().cloned().chain(waiting).collect::<Vec<_>>();
    team.sort_by_key(|it| (it.standing == Standing::Left, std::cmp::Reverse(it.role)));
    team
}

fn teammate(member: Member<'_>) -> Teammate {
    let standing = if member.left.is_some() { Standing::Left } else { Standing::On };
    let (name, role) = (member.name.to_owned(), member.role);
    Teammate { person: Some(member.person), name, role, standing }
}

/// The seat that opened the inspection by itself, while headquarters has said nothing of it.
fn opener(record: &Record) -> Option<Teammate> {
    let seat = record.state.opened()?.author;
    let role = record.state.role(&seat);
    let unsaid = record.state.seat(&seat).is_none() && role != Role::None;
    let person = record.person_at(&seat).map(|person| person.id);
    let name = record.author(&seat);
    unsaid.then_some(Teammate { person, name, role, standing: Standing::On })
}

/// The person at that seat, when headquarters knows it.
pub(super) fn opener_unsaid(record: &Record) -> Option<PersonId> {
    opener(record)?.person
}

impl Teammate {
    /// `name (role, what else is to be known)`.
    pub(super) fn words(&self, lang: Lang) -> String {
        let Self { name, role, standing, .. } = self;
        let role = words::role(*role, lang);
        match standing {
            Standing::On => format!("{name} ({role})"),
            Standing::NoTablet => format!("{name} ({role}, {})", t::no_tablet(lang)),
            Standing::Left => format!("{name} ({role}, {})", t::left_after_the_day(lang)),
        }
    }
}

/// The names of a team, with the role of each.
pub(super) fn line(team: &[Teammate], lang: Lang) -> Markup {
    let words = team.iter().map(|it| it.words(lang)).collect::<Vec<_>>();
    html! { (words.join(", ")) }
}
