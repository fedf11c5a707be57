//! What each event says in words, what it replaced, and where a conflict begins and ends: the
//! record is folded once more, event by event, in the order of positions.

use std::collections::BTreeMap;

use domain::act::{Act, AssignSeat, Body, OpenInspection, Role};
use domain::ids::{EventId, FindingId};
use domain::moment::Moment;
use domain::piece::Piece;
use domain::register::{Address, Field, Subject, Value, Write};
use domain::state::{Custody, Entry, HeldReason, Register, State};
use texts::{Lang, clerk as t, format, office};

use crate::office::library::Library;
use crate::office::record::{Record, Step};
use crate::office::recorded::Recorded;
use crate::office::words;
use sync::recall::Verdict;

/// One event as the timeline shows it.
pub(super) struct Line {
    pub(super) position: u64,
    pub(super) event: EventId,
    pub(super) kind: Kind,
    /// The finding it is about.
    pub(super) finding: Option<FindingId>,
    pub(super) by_headquarters: bool,
    pub(super) author: String,
    /// By the author's clock.
    pub(super) at: Moment,
    pub(super) accepted_at: Moment,
    pub(super) what: String,
    pub(super) value: Option<String>,
    pub(super) replaced: Vec<String>,
    /// The evidence it names.
    pub(super) pieces: Vec<Piece>,
    pub(super) turn: Turn,
    /// Why it is held, and what was decided about that.
    pub(super) held: Option<(HeldReason, Option<Verdict>)>,
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Opening,
    Team,
    Answer,
    Finding,
    Remedy,
    Custody,
    Journal,
    Other,
}

impl Kind {
    /// Its name in addresses and on the page.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Team => "team",
            Self::Answer => "answer",
            Self::Finding => "finding",
            Self::Remedy => "remedy",
            Self::Custody => "custody",
            Self::Journal => "journal",
            Self::Other => "other",
        }
    }

    fn of(act: &Act) -> Self {
        match act {
            Act::OpenJournal(_) => Self::Journal,
            Act::OpenInspection(_) | Act::CancelInspection(_) => Self::Opening,
            Act::AssignSeat(_) => Self::Team,
            Act::Set(write) => match write.address.subject {
                Subject::Item(_) => Self::Answer,
                Subject::Finding(_) => Self::Finding,
                Subject::Inspection => Self::Opening,
            },
            Act::BeginFinding(_) | Act::WithdrawFinding(_) => Self::Finding,
            Act::FollowRemedy(_) => Self::Remedy,
            Act::Admit(_) | Act::SetAside(_) => Self::Custody,
            Act::Unknown(_) => Self::Other,
        }
    }
}

/// What an event did to the agreement of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    Conflict,
    Decided,
}

/// Tells every event of a record that could be read.
pub(super) fn tell(record: &Record, library: &Library, lang: Lang) -> Vec<Line> {
    let teller = Teller { record, library, lang };
    let mut state = State::new(record.headquarters_seats());
    let mut before = Before::default();
    let mut lines = Vec::with_capacity(record.story().len());
    for step in record.story() {
        let turn = turned(&mut state, step);
        let line = teller.line(step, turn, &before);
        lines.push(Line { value: line.value.or_else(|| recorded(&state, step, lang)), ..line });
        let act = step.entry.body.as_ref().map(|body| &body.act);
        if let Some(write) = act.and_then(write_of) {
            before.written.insert(step.entry.id, (&write.value, teller.author(&step.entry)));
        }
        if let Some(Act::OpenInspection(opening)) = act {
            before.opening = Some(opening);
        }
    }
    lines
}

/// What stood when the inspection was cancelled.
fn recorded(state: &State, step: &Step, lang: Lang) -> Option<String> {
    let act = step.entry.body.as_ref().map(|body| &body.act);
    if !matches!(act, Some(Act::CancelInspection(_))) {
        return None;
    }
    let recorded = Recorded::of(state).words(lang)?;
    Some(t::recorded_before_cancelling(lang, &recorded))
}

/// What was said before an event.
#[derive(Default)]
struct Before<'a> {
    /// The value and the author of each event that wrote one.
    written: BTreeMap<EventId, (&'a Value, String)>,
    /// The plan.
    opening: Option<&'a OpenInspection>,
}

struct Teller<'a> {
    record: &'a Record,
    library: &'a Library,
    lang: Lang,
}

/// Folds one event and says whether a conflict began or ended with it.
fn turned(state: &mut State, step: &Step) -> Turn {
    let conflicts = |state: &State| match step.entry.body.as_ref().map(|body| &body.act) {
        Some(Act::Admit(_)) => state.conflict_count(),
        Some(act) => {
            let register = write_of(act).and_then(|write| state.register(&write.address));
            usize::from(register.is_some_and(Register::is_conflict))
        }
        None => 0,
    };
    let before = conflicts(state);
    state.apply(&step.entry, step.custody);
    let after = conflicts(state);
    match before.cmp(&after) {
        std::cmp::Ordering::Less => Turn::Conflict,
        std::cmp::Ordering::Equal => Turn::None,
        std::cmp::Ordering::Greater => Turn::Decided,
    }
}

fn write_of(act: &Act) -> Option<&Write> {
    match act {
        Act::Set(write) => Some(write),
        Act::BeginFinding(begin) => Some(&begin.first),
        Act::OpenJournal(_)
        | Act::OpenInspection(_)
        | Act::CancelInspection(_)
        | Act::AssignSeat(_)
        | Act::WithdrawFinding(_)
        | Act::FollowRemedy(_)
        | Act::Admit(_)
        | Act::SetAside(_)
        | Act::Unknown(_) => None,
    }
}

fn pieces_of(act: &Act) -> &[Piece] {
    match act {
        Act::FollowRemedy(follow) => &follow.evidence,
        Act::OpenJournal(_)
        | Act::OpenInspection(_)
        | Act::AssignSeat(_)
        | Act::Set(_)
        | Act::BeginFinding(_)
        | Act::WithdrawFinding(_)
        | Act::Admit(_)
        | Act::SetAside(_)
        | Act::CancelInspection(_)
        | Act::Unknown(_) => &[],
    }
}

fn finding_of(act: &Act) -> Option<FindingId> {
    match act {
        Act::Set(write) => match write.address.subject {
            Subject::Finding(finding) => Some(finding),
            Subject::Item(_) | Subject::Inspection => None,
        },
        Act::BeginFinding(begin) => Some(begin.finding),
        Act::WithdrawFinding(withdraw) => Some(withdraw.finding),
        Act::FollowRemedy(follow) => Some(follow.finding),
        Act::OpenJournal(_)
        | Act::OpenInspection(_)
        | Act::CancelInspection(_)
        | Act::AssignSeat(_)
        | Act::Admit(_)
        | Act::SetAside(_)
        | Act::Unknown(_) => None,
    }
}

impl Teller<'_> {
    fn line(&self, step: &Step, turn: Turn, before: &Before<'_>) -> Line {
        let entry = &step.entry;
        let act = entry.body.as_ref().map(|body| &body.act);
        let (what, value) = match act {
            Some(act) => self.words(act, before.opening),
            None => (t::withheld(self.lang).to_owned(), None),
        };
        let held = match step.custody {
            Custody::Accepted => None,
            Custody::Held(reason) => {
                let judged = self.record.judged(&entry.id);
                Some((reason, judged.map(|judged| judged.verdict)))
            }
        };
        Line {
            position: step.position,
            event: entry.id,
            kind: act.map_or(Kind::Other, Kind::of),
            finding: act.and_then(finding_of),
            by_headquarters: self.record.is_headquarters(&entry.author),
            author: self.author(entry),
            at: entry.at,
            accepted_at: step.accepted_at,
            what,
            value,
            replaced: act.map(|act| self.replaced(act, before)).unwrap_or_default(),
            pieces: act.map(pieces_of).unwrap_or_default().to_vec(),
            turn,
            held,
        }
    }

    /// Headquarters is one seat for many people: the body names the one.
    fn author(&self, entry: &Entry) -> String {
        if !self.record.is_headquarters(&entry.author) {
            return self.record.author(&entry.author);
        }
        let headquarters = office::headquarters(self.lang);
        let by = entry.body.as_ref().and_then(|body: &Body| body.by);
        match by.and_then(|by| self.record.person(by)) {
            Some(name) => format!("{name} ({headquarters})"),
            None => headquarters.to_owned(),
        }
    }

    fn words(&self, act: &Act, planned: Option<&OpenInspection>) -> (String, Option<String>) {
        let lang = self.lang;
        match act {
            Act::OpenJournal(open) => (t::began_on_tablet(lang).to_owned(), Some(open.app.clone())),
            Act::OpenInspection(opening) if planned.is_some() => {
                let changes = planned.map(|planned| changes(planned, opening, lang));
                (t::corrected_plan(lang).to_owned(), changes)
            }
            Act::OpenInspection(opening) => {
                let day = format::day(lang, opening.on);
                let words = t::opened_inspection(lang, &opening.establishment.name, &day);
                (words, Some(opening.reason.clone()))
            }
            Act::CancelInspection(cancel) => (t::cancelled_inspection(lang, &cancel.reason), None),
            Act::AssignSeat(assign) => (self.assigned(assign), None),
            Act::Set(write) => self.wrote(write),
            Act::BeginFinding(begin) => {
                let item = self.library.question(&begin.item, lang);
                let value = value_words(&begin.first.value, lang);
                (t::began_finding(lang, item), Some(value).filter(|value| !value.is_empty()))
            }
            Act::WithdrawFinding(withdraw) => (t::withdrew_finding(lang, &withdraw.reason), None),
            Act::FollowRemedy(follow) => (words::outcome(follow.outcome, &follow.note, lang), None),
            Act::Admit(it) => (t::admitted(lang, it.events.len(), &it.reason), None),
            Act::SetAside(it) => (t::set_aside(lang, it.events.len(), &it.reason), None),
            Act::Unknown(unknown) => (t::unknown_act(lang, &unknown.name), None),
        }
    }

    fn assigned(&self, assign: &AssignSeat) -> String {
        let (lang, name) = (self.lang, assign.name.as_str());
        match (assign.role, assign.keeps) {
            (Role::None, Some(Role::Member | Role::Lead)) => t::seat_left_team(lang, name),
            (Role::None, Some(Role::None) | None) => t::left_team(lang, name),
            (role @ (Role::Member | Role::Lead), _) => {
                t::joined_team(lang, name, words::role(role, lang))
            }
        }
    }

    fn wrote(&self, write: &Write) -> (String, Option<String>) {
        let place = self.place(&write.address);
        if write.value.is_empty() {
            (t::cleared(self.lang, &place), None)
        } else {
            (place, Some(value_words(&write.value, self.lang)))
        }
    }

    /// Which field of what.
    fn place(&self, address: &Address) -> String {
        let field = if address.field == Field::Answer {
            t::field_answer(self.lang)
        } else {
            words::field(&address.field, self.lang)
        };
        let item = match &address.subject {
            Subject::Item(item) => Some(item.as_str()),
            Subject::Finding(finding) => {
                self.record.state.finding(*finding).map(|finding| finding.item)
            }
            Subject::Inspection => None,
        };
        let question = item.map(|item| self.library.question(item, self.lang));
        question.map_or(field.to_owned(), |question| format!("{question} · {field}"))
    }

    fn replaced(&self, act: &Act, before: &Before<'_>) -> Vec<String> {
        let over = write_of(act).map(|write| write.over.as_slice()).unwrap_or_default();
        let one = |event: &EventId| match before.written.get(event) {
            Some((value, author)) => t::replaced(self.lang, &value_words(value, self.lang), author),
            None => t::replaced_unknown(self.lang).to_owned(),
        };
        over.iter().map(one).collect()
    }
}

/// What a corrected plan says that the one before did not.
fn changes(before: &OpenInspection, after: &OpenInspection, lang: Lang) -> String {
    let decision = |plan: &OpenInspection| match &plan.decision {
        Some(decision) => {
            t::decision_of_day(lang, &decision.number, &format::day(lang, decision.on))
        }
        None => office::no_decision(lang).to_owned(),
    };
    let day = |plan: &OpenInspection| format::day(lang, plan.on);
    let reason = |plan: &OpenInspection| plan.reason.clone();
    let fields: [(&str, String, String); 3] = [
        (office::day(lang), day(before), day(after)),
        (office::decision(lang), decision(before), decision(after)),
        (office::reason(lang), reason(before), reason(after)),
    ];
    let changed = fields.iter().filter(|(_, before, after)| before != after);
    let lines = changed.map(|(field, before, after)| format!("{field}: {before} → {after}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn value_words(value: &Value, lang: Lang) -> String {
    match value.as_statement_state() {
        Some(state) => words::statement_state(state, lang).to_owned(),
        None => words::value(value, lang),
    }
}
