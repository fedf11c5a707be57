//! What lists and dashboard show of one inspection, made from its record and its packs. Words
//! that come from packs are kept in both languages; nothing here depends on the day.

use std::collections::BTreeMap;

use domain::act::Act;
use domain::finding::Finding;
use domain::ids::{EstablishmentId, FindingId, InspectionId};
use domain::law::Bilingual;
use domain::moment::Moment;
use domain::piece::Piece;
use domain::register::Field;
use domain::remedy::{FollowUp, FollowUps, Progress};
use domain::state::Register;
use jiff::civil::Date;

use crate::office::cite::{self, Citation};
use crate::office::library::Library;
use crate::office::lists::both;
use crate::office::record::Record;
use crate::office::recorded::Recorded;
use crate::office::teammates::{self, Teammate};
use crate::office::words;

/// One inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Its id.
    pub id: InspectionId,
    /// Where and when, once the opening has arrived.
    pub place: Option<Place>,
    /// The number of the decision.
    pub decision: Option<String>,
    /// Whom its stream names as the team, the lead first.
    pub team: Vec<Teammate>,
    /// Whether headquarters said that it does not take place.
    pub cancelled: bool,
    /// How many items its checklists ask.
    pub asked: usize,
    /// How many items have an answer.
    pub answered: usize,
    /// How many registers have two values.
    pub conflicts: usize,
    /// How many events wait for a decision.
    pub held: usize,
    /// How many events are named and are not here.
    pub missing: usize,
    /// Whether everything stored of it verifies.
    pub verifies: bool,
    /// When headquarters accepted its last event that is news to a reader.
    pub last_news: Option<Moment>,
    /// Its findings, withdrawn ones too, in the order in which they were begun.
    pub findings: Vec<FindingDigest>,
    /// Every piece of evidence that headquarters' words name in it.
    pub pieces: Vec<Piece>,
}

/// The establishment, the day and the reason of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The id of the establishment.
    pub establishment: EstablishmentId,
    /// Its name.
    pub name: String,
    /// Its kind, as records name it.
    pub kind: String,
    /// Its kind, in words.
    pub kind_words: Bilingual,
    /// Its address.
    pub address: String,
    /// The day of the inspection.
    pub on: Date,
    /// Why it takes place.
    pub reason: String,
}

/// How far an inspection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Only other events have arrived.
    NotOpened,
    /// Nothing is answered and nothing found.
    Planned,
    /// Something is.
    UnderWay,
    /// Every item that is asked has an answer.
    Answered,
    /// Headquarters said that it does not take place.
    Cancelled,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] =
        [Self::NotOpened, Self::Planned, Self::UnderWay, Self::Answered, Self::Cancelled];

    /// Its name in addresses and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotOpened => "not_opened",
            Self::Planned => "planned",
            Self::UnderWay => "under_way",
            Self::Answered => "answered",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingDigest {
    /// Its id.
    pub id: FindingId,
    /// Its item.
    pub item: String,
    /// The question of the item.
    pub question: Bilingual,
    /// The provisions it rests on; none while the day is missing or none was in force.
    pub provisions: Vec<Citation>,
    /// What was found.
    pub facts: String,
    /// How much or how many.
    pub quantity: String,
    /// The day of the act.
    pub act_on: Option<Date>,
    /// What the other side says.
    pub statement: Bilingual,
    /// What is to be put right.
    pub remedy: String,
    /// Until when, by the finding itself.
    pub remedy_by: Option<Date>,
    /// Where the remedy stands, on no day in particular: see [`Progress::on`].
    pub progress: Option<Progress>,
    /// The last thing that was said of the remedy.
    pub said: Option<Said>,
    /// How many pieces of evidence were named of the remedy, also by words that were replaced.
    pub pieces: usize,
    /// Whether nothing is missing.
    pub complete: bool,
    /// Why it was withdrawn, if it was.
    pub withdrawn: Option<String>,
    /// Who began it.
    pub author: String,
    /// When, by the author's clock.
    pub recorded_at: Moment,
    /// When headquarters accepted its beginning.
    pub accepted_at: Option<Moment>,
}

/// The last thing that was said of a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The day on which it was established.
    pub on: Date,
    /// By what.
    pub note: String,
}

impl Digest {
    /// Makes the digest of a record with the packs it pins.
    pub(super) fn of(record: &Record, library: &Library) -> Self {
        let state = &record.state;
        let place = record.opening().map(|opening| {
            let establishment = &opening.establishment;
            Place {
                establishment: establishment.id,
                name: establishment.name.clone(),
                kind: establishment.kind.clone(),
                kind_words: both(|lang| library.kind(&establishment.kind, lang).to_owned()),
                address: establishment.address.clone(),
                on: opening.on,
                reason: opening.reason.clone(),
            }
        });
        let findings = state.findings();
        Self {
            id: record.id,
            asked: place.as_ref().map_or(0, |place| asked(library, place)),
            place,
            decision: state.decision().map(str::to_owned),
            team: teammates::of_stream(record),
            cancelled: state.cancelled().is_some(),
            answered: Recorded::of(state).answers,
            conflicts: state.conflict_count(),
            held: state.held().count(),
            missing: record.missing().count(),
            verifies: record.journals.iter().all(|checked| checked.fault.is_none()),
            last_news: last_news(record),
            findings: findings.iter().map(|one| finding(one, record, library)).collect(),
            pieces: state.pieces().cloned().collect(),
        }
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        if self.cancelled {
            return Stage::Cancelled;
        }
        let begun = self.answered > 0 || !self.findings.is_empty();
        match (&self.place, begun) {
            (None, _) => Stage::NotOpened,
            (Some(_), false) => Stage::Planned,
            (Some(_), true) if self.asked > 0 && self.answered >= self.asked => Stage::Answered,
            (Some(_), true) => Stage::UnderWay,
        }
    }

    /// Whether the decision that orders it is still to come.
    pub fn waits_for_decision(&self) -> bool {
        self.decision.is_none() && !self.cancelled
    }

    /// The findings that stand.
    pub fn standing(&self) -> impl Iterator<Item = &FindingDigest> {
        self.findings.iter().filter(|finding| finding.withdrawn.is_none())
    }
}

fn asked(library: &Library, place: &Place) -> usize {
    let asked = library.checklists.iter().flat_map(|list| list.asked(&place.kind, place.on));
    asked.map(|(_, items)| items.len()).sum()
}

/// When headquarters accepted the last event that is news. A word that gives a person another
/// tablet, or takes one away, and leaves the person's role as it was, is none.
fn last_news(record: &Record) -> Option<Moment> {
    let mut roles = BTreeMap::new();
    let news =
        record.story().iter().filter(|step| match step.entry.body.as_ref().map(|body| &body.act) {
            Some(Act::AssignSeat(assign)) => {
                let role = assign.role_of_person();
                roles.insert(assign.person, role) != Some(role)
            }
            Some(_) | None => true,
        });
    news.last().map(|step| step.accepted_at)
}

fn finding(finding: &Finding<'_>, record: &Record, library: &Library) -> FindingDigest {
    let history = finding.follow_ups().map(FollowUps::history).unwrap_or_default();
    FindingDigest {
        id: finding.id,
        item: finding.item.to_owned(),
        question: both(|lang| library.question(finding.item, lang).to_owned()),
        provisions: without_repeats(cite::citations(finding, library)),
        facts: all_words(finding.register(Field::Facts)),
        quantity: all_words(finding.register(Field::Quantity)),
        act_on: finding.act_on(),
        statement: both(|lang| words::statement(finding, lang)),
        remedy: all_words(finding.register(Field::Remedy)),
        remedy_by: finding.remedy_by(),
        progress: finding.remedy_on(Date::MIN),
        said: history
            .last()
            .map(|(_, FollowUp { on, note, .. })| Said { on: *on, note: note.clone() }),
        pieces: finding.follow_ups().map_or(0, |said| said.pieces().count()),
        complete: finding.is_complete(),
        withdrawn: finding.withdrawn.map(str::to_owned),
        author: record.author(&finding.author),
        recorded_at: finding.begun_at,
        accepted_at: record.finding_accepted_at(finding.id),
    }
}

/// Two values that are not decided stand side by side, so that neither is hidden.
fn all_words(register: Option<&Register>) -> String {
    let written = register.into_iter().flat_map(Register::current);
    let mut values = Vec::<String>::new();
    for value in written.map(|(_, written)| written.value.to_string()) {
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    values.join(" / ")
}

/// A duty and its sanction may be one provision.
fn without_repeats(citations: Vec<Citation>) -> Vec<Citation> {
    let mut kept = Vec::<Citation>::new();
    for citation in citations {
        if !kept.contains(&citation) {
            kept.push(citation);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(asked: usize, answered: usize) -> Digest {
        let place = Place {
            establishment: EstablishmentId([1; 16]),
            name: "Cơ sở in Mẫu A".to_owned(),
            kind: "printer_publications".to_owned(),
            kind_words: Bilingual::default(),
            address: String::new(),
            on: jiff::civil::date(2026, 7, 1),
            reason: String::new(),
        };
        Digest {
            id: InspectionId([1; 16]),
            place: Some(place),
            decision: None,
            team: Vec::new(),
            cancelled: false,
            asked,
            answered,
            conflicts: 0,
            held: 0,
            missing: 0,
            verifies: true,
            last_news: None,
            findings: Vec::new(),
            pieces: Vec::new(),
        }
    }

    #[test]
    fn an_inspection_is_planned_until_something_is_answered_and_answered_when_all_is() {
        let cases = [
            (12, 0, Stage::Planned),
            (12, 1, Stage::UnderWay),
            (12, 12, Stage::Answered),
            // Where the packs are not here, nobody can say that all is answered.
            (0, 3, Stage::UnderWay),
        ];
        for (asked, answered, stage) in cases {
            assert_eq!(digest(asked, answered).stage(), stage, "{answered} of {asked}");
        }
        let unopened = Digest { place: None, ..digest(0, 5) };
        assert_eq!(unopened.stage(), Stage::NotOpened);
    }
}
