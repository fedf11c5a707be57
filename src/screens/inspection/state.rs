//! What the inspection screen knows and decides: the folded record, what was recorded and is not
//! stored yet, and what is being typed.
//!
//! Nothing here draws, waits, or keeps a clock; what is to be done comes back as [`Step`]s. Each
//! act looks at one item only, however many the inspection has.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{Act, Role};
use domain::answer::Answer;
use domain::finding::Finding;
use domain::ids::{FindingId, SeatId};
use domain::register::{Address, Field, Subject, Value, Write};
use domain::state::{Custody, Entry, Register, State};

use super::plan::{ItemPlace, Plan, SectionPlace};
use crate::seam::{DraftPlace, Settled, StoreTrouble, Ticket};

mod busy;
mod glance;
mod index;
mod section;

pub use busy::Recording;
use busy::{Busy, Waiting};
pub use glance::{By, Glance, Progress, Saved};
pub use index::Filter;
use index::Index;
pub use section::Undo;

/// A field within an item: of the item itself, or of one of its findings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The finding; `None` for a field of the item itself.
    pub finding: Option<FindingId>,
    /// The field.
    pub field: Field,
}

impl Spot {
    /// A field of the item itself.
    pub fn item(field: Field) -> Self {
        Self { finding: None, field }
    }

    /// A field of a finding.
    pub fn finding(finding: FindingId, field: Field) -> Self {
        Self { finding: Some(finding), field }
    }
}

/// The id of a field's element: unique on the page, the same as long as the page stands.
pub(crate) fn field_id(place: ItemPlace, spot: &Spot) -> String {
    let finding = spot.finding.map(|finding| finding.to_string()).unwrap_or_default();
    format!("f{}-{finding}-{}", place.0, spot.field)
}

/// What is to be done outside after a decision, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Record an event.
    Record(Ticket, ItemPlace, Recording),
    /// Keep the text of a draft, or drop the draft.
    Draft(DraftPlace, Option<String>),
}

/// What an entry of the record changed on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// One item.
    Item(ItemPlace),
    /// The head of the inspection: opening, team, held events.
    Head,
    /// Possibly every item.
    All,
}

/// One inspection as the screen holds it.
pub struct Sheet {
    plan: Plan,
    state: State,
    me: SeatId,
    /// Headquarters does not show it to this seat any longer.
    is_gone: bool,
    glances: Vec<Glance>,
    progress: Vec<Progress>,
    whole: Progress,
    index: Index,
    busy: BTreeMap<ItemPlace, Busy>,
    tickets: BTreeMap<Ticket, ItemPlace>,
    next_ticket: u64,
}

impl Sheet {
    /// An inspection with what was being typed in it when it was last open.
    pub fn new(plan: Plan, state: State, me: SeatId, drafts: Vec<(DraftPlace, String)>) -> Self {
        let mut sheet = Self {
            glances: vec![Glance::default(); plan.items().count()],
            progress: plan.sections().map(|section| untouched(plan.items_of(section))).collect(),
            whole: untouched(plan.items()),
            index: Index::of(plan.items().map(|place| (place, plan.item(place)))),
            plan,
            state,
            me,
            is_gone: false,
            busy: BTreeMap::new(),
            tickets: BTreeMap::new(),
            next_ticket: 0,
        };
        for (place, text) in drafts {
            sheet.restore(place, text);
        }
        sheet.refresh_all();
        sheet
    }

    /// What is asked.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The folded record, without what is not stored yet.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whose tablet this is.
    pub fn me(&self) -> SeatId {
        self.me
    }

    /// Whether this seat may write here: it was not taken off the team, as far as it was told.
    pub fn may_write(&self) -> bool {
        !self.is_gone && self.state.seat(&self.me).is_none_or(|seat| seat.role != Role::None)
    }

    /// Headquarters does not show the inspection to this seat any longer: nothing is written.
    pub fn only_read(&mut self) {
        self.is_gone = true;
    }

    /// What an item shows at a glance.
    pub fn glance(&self, place: ItemPlace) -> &Glance {
        &self.glances[place.index()]
    }

    /// How far a section is.
    pub fn progress_of(&self, section: SectionPlace) -> Progress {
        self.progress[section.index()]
    }

    /// How far the inspection is.
    pub fn progress(&self) -> Progress {
        self.whole
    }

    /// The items that a filter leaves, in the order of the plan.
    pub fn places(&self, filter: Filter) -> &BTreeSet<ItemPlace> {
        self.index.places(filter)
    }

    /// The items with a note.
    pub fn noted(&self) -> &BTreeSet<ItemPlace> {
        self.index.noted()
    }

    /// The first item that a filter leaves after another, from the top again when there is none.
    pub fn next_in(
        &self,
        filter: Filter,
        after: Option<ItemPlace>,
        is_shown: impl Fn(&ItemPlace) -> bool,
    ) -> Option<ItemPlace> {
        self.index.next_in(filter, after, is_shown)
    }

    /// The fields in which something is typed and not recorded.
    pub fn typing(&self) -> impl Iterator<Item = (ItemPlace, &Spot)> {
        let spots = |(place, busy): (&ItemPlace, _)| {
            let busy: &Busy = busy;
            let place = *place;
            busy.typed.iter().map(move |(spot, _)| (place, spot)).collect::<Vec<_>>()
        };
        self.busy.iter().flat_map(spots)
    }

    /// The items in which something could not be stored.
    pub fn failing(&self) -> impl Iterator<Item = ItemPlace> {
        let failed = self.busy.iter().filter(|(_, busy)| busy.trouble().is_some());
        failed.map(|(place, _)| *place)
    }
}

/// What is read field by field.
impl Sheet {
    /// The register's address of a field.
    pub fn address(&self, place: ItemPlace, spot: &Spot) -> Address {
        match spot.finding {
            Some(finding) => Address::finding(finding, spot.field.clone()),
            None => Address::item(self.plan.item(place).id.clone(), spot.field.clone()),
        }
    }

    fn draft_place(&self, place: ItemPlace, spot: Spot) -> DraftPlace {
        let item = self.plan.item(place).id.clone();
        DraftPlace { item, finding: spot.finding, field: spot.field }
    }

    fn register(&self, place: ItemPlace, spot: &Spot) -> Option<&Register> {
        self.state.register(&self.address(place, spot))
    }

    /// The value that stands in a field: the last one recorded here, else that of the record.
    /// `None` when nothing stands there or two values are in conflict.
    pub fn value(&self, place: ItemPlace, spot: &Spot) -> Option<Value> {
        let recorded = self.busy.get(&place).and_then(|busy| busy.value(spot));
        let stands = || self.register(place, spot).and_then(Register::value);
        recorded.or_else(stands).filter(|value| !value.is_empty()).cloned()
    }

    /// The words in a field: what is being typed, else the value.
    pub fn text(&self, place: ItemPlace, spot: &Spot) -> String {
        match self.typed(place, spot) {
            Some(text) => text.to_owned(),
            None => self.value(place, spot).map(|value| value.to_string()).unwrap_or_default(),
        }
    }

    /// What was typed in a field and is not recorded.
    pub fn typed(&self, place: ItemPlace, spot: &Spot) -> Option<&str> {
        self.busy.get(&place)?.typed(spot)
    }

    /// The register of a field in which two values wait for a decision.
    pub fn conflict(&self, place: ItemPlace, spot: &Spot) -> Option<&Register> {
        let decided = self.busy.get(&place).is_some_and(|busy| busy.value(spot).is_some());
        self.register(place, spot).filter(|register| !decided && register.is_conflict())
    }

    /// The findings of an item as cards: those of the record, then those opened here, which keep
    /// their place when they begin.
    pub fn cards(&self, place: ItemPlace) -> Vec<FindingId> {
        let opened = self.busy.get(&place).map_or(&[][..], |busy| &busy.cards);
        let found = self.findings(place).into_iter().map(|finding| finding.id);
        found.filter(|id| !opened.contains(id)).chain(opened.iter().copied()).collect()
    }

    fn findings(&self, place: ItemPlace) -> Vec<Finding<'_>> {
        self.state.findings_of(&self.plan.item(place).id)
    }

    /// Whether a finding has its first fact, stored or on the way.
    pub fn has_begun(&self, place: ItemPlace, finding: FindingId) -> bool {
        let on_the_way = || self.busy.get(&place).is_some_and(|busy| busy.begins(finding));
        self.state.finding(finding).is_some() || on_the_way()
    }

    /// Whether words are being typed in a finding.
    pub fn has_typed(&self, place: ItemPlace, finding: FindingId) -> bool {
        let typed = |busy: &Busy| busy.typed.iter().any(|(spot, _)| spot.finding == Some(finding));
        self.busy.get(&place).is_some_and(typed)
    }

    /// The reason for which a finding was withdrawn, if it was.
    pub fn withdrawn(&self, place: ItemPlace, finding: FindingId) -> Option<String> {
        let stands = self.state.finding(finding).and_then(|finding| finding.withdrawn);
        let recorded = || self.busy.get(&place)?.withdrawn(finding);
        stands.or_else(recorded).map(str::to_owned)
    }

    /// Why what was recorded in an item could not be stored.
    pub fn trouble(&self, place: ItemPlace) -> Option<StoreTrouble> {
        self.busy.get(&place)?.trouble()
    }

    /// The findings that stand although the answer is no longer *violation*, and about which the
    /// inspector was not asked yet.
    pub fn left_over(&self, place: ItemPlace) -> Vec<FindingId> {
        let answer = self.glance(place).answer;
        let kept = self.busy.get(&place).is_some_and(|busy| busy.keeps_findings);
        if kept || answer.is_none() || answer == Some(Answer::Violation) {
            return Vec::new();
        }
        self.standing(place)
    }

    fn touches(&self, place: ItemPlace, finding: FindingId) -> bool {
        self.busy.get(&place).is_some_and(|busy| busy.touches(finding))
    }

    /// The findings of an item that have something in them and were not withdrawn.
    fn standing(&self, place: ItemPlace) -> Vec<FindingId> {
        let stands = |finding: &FindingId| {
            (self.has_begun(place, *finding) || self.touches(place, *finding))
                && self.withdrawn(place, *finding).is_none()
        };
        self.cards(place).into_iter().filter(stands).collect()
    }

    /// Whether anything here is recorded or typed and not stored.
    pub fn has_unsaved(&self) -> bool {
        self.busy.values().any(Busy::is_unsaved)
    }

    /// The items in which something would be lost with this page: what is recorded and not stored,
    /// and words that are not kept.
    pub fn losing(&self, is_kept: impl Fn(&DraftPlace, &str) -> bool) -> Vec<ItemPlace> {
        let loses = |place: ItemPlace, busy: &Busy| {
            let is_lost = |(spot, text): &(Spot, String)| {
                !is_kept(&self.draft_place(place, spot.clone()), text)
            };
            !busy.waiting.is_empty() || busy.typed.iter().any(is_lost)
        };
        let losing = self.busy.iter().filter(|(place, busy)| loses(**place, busy));
        losing.map(|(place, _)| *place).collect()
    }
}

/// What the inspector does.
impl Sheet {
    /// Answers an item. *Violation* opens an empty finding when there is none; any other answer
    /// closes empty ones.
    pub fn answer(
        &mut self,
        place: ItemPlace,
        answer: Answer,
        fresh: impl FnOnce() -> FindingId,
    ) -> Vec<Step> {
        match answer {
            Answer::Violation if self.standing(place).is_empty() => self.open_card(place, fresh),
            Answer::Violation => {}
            Answer::Compliant | Answer::NotApplicable | Answer::NotChecked => {
                self.close_empty_cards(place);
            }
        }
        self.busy(place).keeps_findings = false;
        self.record_value(place, &Spot::item(Field::Answer), answer.value())
    }

    fn open_card(&mut self, place: ItemPlace, fresh: impl FnOnce() -> FindingId) {
        if self.busy(place).cards.is_empty() {
            self.add_card(place, fresh());
        }
    }

    /// Opens one more empty finding.
    pub fn add_card(&mut self, place: ItemPlace, finding: FindingId) {
        self.busy(place).cards.push(finding);
        self.refresh(place);
    }

    fn close_empty_cards(&mut self, place: ItemPlace) {
        let is_empty =
            |card: &FindingId| !self.has_begun(place, *card) && !self.touches(place, *card);
        let empty: Vec<_> = self.cards(place).into_iter().filter(is_empty).collect();
        self.busy(place).cards.retain(|card| !empty.contains(card));
    }

    /// Takes away a finding that has not begun, with what was typed in it.
    pub fn discard_card(&mut self, place: ItemPlace, finding: FindingId) -> Vec<Step> {
        if self.has_begun(place, finding) {
            return Vec::new();
        }
        let busy = self.busy(place);
        busy.cards.retain(|card| *card != finding);
        let dropped = busy.drop_typed_of(finding);
        self.refresh(place);
        dropped.into_iter().map(|spot| Step::Draft(self.draft_place(place, spot), None)).collect()
    }

    /// Keeps the findings of an item whose answer is no longer *violation*.
    pub fn keep_findings(&mut self, place: ItemPlace) {
        self.busy(place).keeps_findings = true;
    }

    /// Something was typed in a field.
    pub fn type_text(&mut self, place: ItemPlace, spot: &Spot, text: String) {
        self.busy(place).set_typed(spot, text);
        self.refresh(place);
    }

    /// Keeps everything that was typed as drafts.
    pub fn save_drafts(&mut self) -> Vec<Step> {
        let spots = |(place, busy): (&ItemPlace, &Busy)| {
            busy.typed.iter().map(|(spot, _)| (*place, spot.clone())).collect::<Vec<_>>()
        };
        let typed: Vec<_> = self.busy.iter().flat_map(spots).collect();
        typed.into_iter().flat_map(|(place, spot)| self.save_draft(place, &spot)).collect()
    }

    /// Shows the field for a note.
    pub fn open_note(&mut self, place: ItemPlace) {
        self.busy(place).note_open = true;
        self.refresh(place);
    }

    /// Whether the field for a note is shown: one was written, or is about to be.
    pub fn has_note(&self, place: ItemPlace) -> bool {
        let spot = Spot::item(Field::Note);
        let opened =
            self.busy.get(&place).is_some_and(|busy| busy.note_open || busy.typed(&spot).is_some());
        opened || self.register(place, &spot).is_some()
    }

    /// Keeps what was typed in a field as a draft.
    pub fn save_draft(&mut self, place: ItemPlace, spot: &Spot) -> Vec<Step> {
        let Some(text) = self.typed(place, spot).map(str::to_owned) else {
            return Vec::new();
        };
        self.busy(place).add_draft_row(spot);
        vec![Step::Draft(self.draft_place(place, spot.clone()), Some(text))]
    }

    /// Records a field's value. Nothing is recorded when the value stands there already, or when
    /// it is empty and the finding has not begun.
    pub fn record_value(&mut self, place: ItemPlace, spot: &Spot, value: Value) -> Vec<Step> {
        let stands = self.value(place, spot).unwrap_or(Value::Empty);
        let same = stands == value && self.conflict(place, spot).is_none();
        let failed = self.busy(place).has_failed_at(spot);
        self.busy(place).drop_typed(spot);
        if same && !failed {
            let drop = self.drop_draft_row(place, spot);
            self.refresh(place);
            return drop.into_iter().collect();
        }
        self.busy(place).drop_failed_at(spot);
        let recording = self.recording(place, spot, value);
        vec![self.issue(place, recording)]
    }

    fn recording(&self, place: ItemPlace, spot: &Spot, value: Value) -> Recording {
        match spot.finding {
            Some(finding) if !self.has_begun(place, finding) => {
                Recording::Begin { finding, field: spot.field.clone(), value }
            }
            Some(_) | None => Recording::Set { spot: spot.clone(), value },
        }
    }

    /// Takes a finding back, with the reason.
    pub fn withdraw(&mut self, place: ItemPlace, finding: FindingId, reason: String) -> Vec<Step> {
        vec![self.issue(place, Recording::Withdraw { finding, reason })]
    }

    /// Records again, in order, what could not be stored in an item.
    pub fn retry(&mut self, place: ItemPlace) -> Vec<Step> {
        let failed = self.busy(place).take_failed();
        failed.into_iter().map(|recording| self.issue(place, recording)).collect()
    }

    fn issue(&mut self, place: ItemPlace, recording: Recording) -> Step {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.tickets.insert(ticket, place);
        let waiting = Waiting { ticket, recording: recording.clone(), trouble: None };
        self.busy(place).waiting.push(waiting);
        self.refresh(place);
        Step::Record(ticket, place, recording)
    }
}

/// What the tablet reports.
impl Sheet {
    /// Folds an event of the record in.
    pub fn apply(&mut self, entry: &Entry, custody: Custody) -> Touched {
        self.state.apply(entry, custody);
        let touched = match custody {
            Custody::Accepted => self.touched_by(entry),
            // Its admission may have come before it.
            Custody::Held(_) if self.is_decided(entry) => Touched::All,
            Custody::Held(_) => Touched::Head,
        };
        match touched {
            Touched::Item(place) => self.refresh(place),
            Touched::All => self.refresh_all(),
            Touched::Head => {}
        }
        touched
    }

    fn is_decided(&self, entry: &Entry) -> bool {
        self.state.held().all(|held| held.entry.id != entry.id)
    }

    fn touched_by(&self, entry: &Entry) -> Touched {
        let item = match entry.body.as_ref().map(|body| &body.act) {
            Some(Act::Set(write)) => self.item_of(write),
            Some(Act::BeginFinding(begin)) => self.plan.place_of(&begin.item),
            Some(Act::WithdrawFinding(withdraw)) => self.item_of_finding(withdraw.finding),
            Some(Act::FollowRemedy(follow)) => self.item_of_finding(follow.finding),
            Some(Act::Admit(_) | Act::SetAside(_)) => return Touched::All,
            Some(
                Act::OpenJournal(_)
                | Act::OpenInspection(_)
                | Act::CancelInspection(_)
                | Act::AssignSeat(_)
                | Act::Unknown(_),
            )
            | None => None,
        };
        item.map_or(Touched::Head, Touched::Item)
    }

    fn item_of(&self, write: &Write) -> Option<ItemPlace> {
        match &write.address.subject {
            Subject::Item(item) => self.plan.place_of(item),
            Subject::Finding(finding) => self.item_of_finding(*finding),
            Subject::Inspection => None,
        }
    }

    fn item_of_finding(&self, finding: FindingId) -> Option<ItemPlace> {
        self.plan.place_of(self.state.finding(finding)?.item)
    }

    /// What became of a recording. When it was stored, its event is applied before this call.
    pub fn settle(&mut self, ticket: Ticket, settled: Settled) -> Option<(ItemPlace, Vec<Step>)> {
        let place = self.tickets.get(&ticket).copied()?;
        let steps = match settled {
            Settled::Stored => self.stored(place, ticket),
            Settled::Failed(trouble) => {
                self.busy(place).fail(ticket, trouble);
                Vec::new()
            }
        };
        self.refresh(place);
        Some((place, steps))
    }

    fn stored(&mut self, place: ItemPlace, ticket: Ticket) -> Vec<Step> {
        self.tickets.remove(&ticket);
        let spot = self.busy(place).take(ticket).and_then(|recording| recording.spot());
        spot.and_then(|spot| self.drop_draft_row(place, &spot)).into_iter().collect()
    }

    /// The draft of a field is not needed any more, unless something was typed since.
    fn drop_draft_row(&mut self, place: ItemPlace, spot: &Spot) -> Option<Step> {
        let busy = self.busy(place);
        if busy.typed(spot).is_some() || busy.is_waiting_at(spot) || !busy.take_draft_row(spot) {
            return None;
        }
        Some(Step::Draft(self.draft_place(place, spot.clone()), None))
    }

    /// Puts a draft back into its field. One that says what the record says is left out.
    fn restore(&mut self, draft: DraftPlace, text: String) {
        let Some(place) = self.plan.place_of(&draft.item) else {
            return;
        };
        let spot = Spot { finding: draft.finding, field: draft.field };
        self.busy(place).add_draft_row(&spot);
        if self.text(place, &spot) == text {
            return;
        }
        self.busy(place).set_typed(&spot, text);
        if let Some(finding) = spot.finding
            && !self.cards(place).contains(&finding)
        {
            self.busy(place).cards.push(finding);
        }
    }

    fn busy(&mut self, place: ItemPlace) -> &mut Busy {
        self.busy.entry(place).or_default()
    }
}

/// Keeping glances and progress in step, one item at a time.
impl Sheet {
    fn refresh_all(&mut self) {
        for place in self.plan.items() {
            self.refresh(place);
        }
    }

    fn refresh(&mut self, place: ItemPlace) {
        let glance = self.look(place);
        let before = std::mem::replace(&mut self.glances[place.index()], glance);
        self.progress[self.plan.section_of(place).index()].replace(&before, &glance);
        self.whole.replace(&before, &glance);
        let noted = self.value(place, &Spot::item(Field::Note)).is_some();
        self.index.note(place, &glance, noted);
    }
}

/// A section or inspection of which nothing was looked at.
fn untouched(items: impl Iterator) -> Progress {
    Progress { items: items.fold(0, |sum, _| sum + 1), ..Progress::default() }
}

#[cfg(test)]
mod tests;
