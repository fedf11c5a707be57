//! The open inspection as the screen follows it: the sheet, and who is told when an item changes.
//!
//! An entry or a tap tells the one item concerned, and the sums of its section. The shell of an
//! item (its fixed markup) is told in the same task; what is drawn by signals follows.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::answer::Answer;
use domain::checklist::Checklist;
use domain::ids::{FindingId, InspectionId, SeatId};
use domain::law::Law;
use domain::register::Value;
use domain::state::{Custody, Entry, State};
use jiff::civil::Date;
use leptos::prelude::*;

use super::plan::{ItemPlace, Plan, SectionPlace};
use super::state::{Progress, Recording, Sheet, Spot, Step, Touched, Undo};
use crate::seam::summary::line;
use crate::seam::{DraftPlace, InspectionSummary, Intent, Settled, Ticket, Waiting};

/// What the tablet gives to open an inspection.
pub struct OpenedInspection {
    /// Which.
    pub id: InspectionId,
    /// Its folded record.
    pub state: State,
    /// The checklists that it pins.
    pub checklists: Vec<Rc<Checklist>>,
    /// The law that it pins.
    pub law: Rc<Law>,
    /// Whose tablet this is.
    pub me: SeatId,
    /// What was being typed in it.
    pub drafts: Vec<(DraftPlace, String)>,
    /// Whether headquarters still shows it to this seat; otherwise it is only read.
    pub visible: bool,
}

/// The tablet's ears and dice, as the model holds them.
#[derive(Clone)]
pub struct Hands {
    /// Takes an intent.
    pub send: Rc<dyn Fn(Intent)>,
    /// Draws the id of a new finding.
    pub fresh_finding: Rc<dyn Fn() -> FindingId>,
}

/// A copyable handle to the model for parts of the screen; empty once the screen is left.
pub type ModelHandle = StoredValue<Rc<InspectionModel>, LocalStorage>;

/// The fixed markup of the items, as the model sees it.
pub(super) trait Drawn {
    /// Shows what the sheet says of an item, if it is drawn.
    fn repaint(&self, place: ItemPlace);
    /// Draws at once what is still waiting for it.
    fn draw_all(&self);
}

/// The open inspection.
pub struct InspectionModel {
    id: InspectionId,
    law: Rc<Law>,
    /// The day by which is asked: that of the opening when this was opened.
    asked_on: Option<Date>,
    sheet: RefCell<Sheet>,
    hands: Hands,
    drawn: RefCell<Option<Rc<dyn Drawn>>>,
    items: RefCell<BTreeMap<ItemPlace, ArcTrigger>>,
    sections: Vec<ArcRwSignal<Progress>>,
    whole: ArcRwSignal<Progress>,
    head: ArcTrigger,
}

/// What the tablet does with it.
impl InspectionModel {
    /// Opens an inspection.
    ///
    /// Without its opening event nothing is asked: kind and day are not known.
    pub fn new(opened: OpenedInspection, hands: Hands) -> Rc<Self> {
        Rc::new(Self::unshared(opened, hands))
    }

    /// The same, for hands that hold the model themselves.
    pub(crate) fn unshared(opened: OpenedInspection, hands: Hands) -> Self {
        let OpenedInspection { id, state, checklists, law, me, drafts, visible } = opened;
        let plan = state.opened().map(|opened| {
            let opening = &opened.opening;
            Plan::new(checklists, &opening.establishment.kind, opening.on)
        });
        let asked_on = state.opened().map(|opened| opened.opening.on);
        let mut sheet = Sheet::new(plan.unwrap_or_default(), state, me, drafts);
        if !visible {
            sheet.only_read();
        }
        let section = |place| ArcRwSignal::new(sheet.progress_of(place));
        Self {
            id,
            law,
            asked_on,
            hands,
            drawn: RefCell::new(None),
            items: RefCell::default(),
            sections: sheet.plan().sections().map(section).collect(),
            whole: ArcRwSignal::new(sheet.progress()),
            head: ArcTrigger::new(),
            sheet: RefCell::new(sheet),
        }
    }

    /// Which inspection this is.
    pub fn id(&self) -> InspectionId {
        self.id
    }

    /// Folds an event in, of this seat or of another. Of an event that this screen asked for,
    /// call it before [`InspectionModel::settle`], so that the value never flickers.
    pub fn apply(&self, entry: &Entry, custody: Custody) {
        let touched = self.sheet.borrow_mut().apply(entry, custody);
        self.tell(touched);
    }

    /// Says what became of a recording.
    pub fn settle(&self, ticket: Ticket, settled: Settled) {
        let outcome = self.sheet.borrow_mut().settle(ticket, settled);
        if let Some((place, steps)) = outcome {
            self.act(place, steps);
        }
    }

    /// Whether something shown is not stored: no update is applied while this holds.
    pub fn has_unsaved(&self) -> bool {
        self.sheet.borrow().has_unsaved()
    }

    /// Whether something recorded here could not be stored.
    pub fn has_failed(&self) -> bool {
        self.sheet.borrow().failing().next().is_some()
    }

    /// Its line on the first page, with `pending` events not accepted yet.
    pub fn summary(&self, pending: u64) -> Option<InspectionSummary> {
        let sheet = self.sheet.borrow();
        let waiting = Waiting { pending, drafts: sheet.typing().count() };
        line(self.id, sheet.state(), sheet.me(), sheet.progress(), waiting)
    }

    /// The folded record, without what is not stored yet.
    pub fn with_state<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(self.sheet.borrow().state())
    }
}

/// What the screen reads.
impl InspectionModel {
    /// The law that it pins.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// The law that it pins, for what may outlive a look at it.
    pub(crate) fn law_handle(&self) -> Rc<Law> {
        self.law.clone()
    }

    /// The day by which is asked and the one that headquarters has put in its place since.
    pub fn corrected_day(&self) -> Option<(Date, Date)> {
        let on = self.with_state(|state| state.opened().map(|opened| opened.opening.on))?;
        self.asked_on.filter(|asked| *asked != on).map(|asked| (asked, on))
    }

    /// The sheet, without following it.
    pub fn sheet(&self) -> Ref<'_, Sheet> {
        self.sheet.borrow()
    }

    /// The sheet, for a part of the screen that follows one item.
    pub fn follow(&self, place: ItemPlace) -> Ref<'_, Sheet> {
        self.items.borrow_mut().entry(place).or_default().track();
        self.sheet.borrow()
    }

    /// The sheet, for a part of the screen that follows opening, team and held events.
    pub fn follow_head(&self) -> Ref<'_, Sheet> {
        self.head.track();
        self.sheet.borrow()
    }

    /// How far a section is.
    pub fn progress_of(&self, section: SectionPlace) -> ArcRwSignal<Progress> {
        self.sections[section.index()].clone()
    }

    /// How far the inspection is.
    pub fn progress(&self) -> ArcRwSignal<Progress> {
        self.whole.clone()
    }

    /// Names what draws the items, or takes it away.
    pub(super) fn set_drawn(&self, drawn: Option<Rc<dyn Drawn>>) {
        *self.drawn.borrow_mut() = drawn;
    }

    /// Has every item drawn: call it before an element is looked for that may be out of sight.
    pub(super) fn draw_all(&self) {
        let drawn = self.drawn.borrow().clone();
        if let Some(drawn) = drawn {
            drawn.draw_all();
        }
    }
}

/// What the inspector does.
impl InspectionModel {
    /// Answers an item.
    pub fn answer(&self, place: ItemPlace, answer: Answer) {
        let fresh = self.hands.fresh_finding.clone();
        self.change(place, |sheet| sheet.answer(place, answer, || fresh()));
    }

    /// Takes the answer of an item away.
    pub fn clear_answer(&self, place: ItemPlace) {
        self.change(place, |sheet| sheet.clear_answer(place));
    }

    /// Answers all these items at once, in one recording.
    pub fn answer_all(&self, items: &[ItemPlace], answer: Answer) -> Undo {
        let (steps, undo) = self.sheet.borrow_mut().answer_all(items, answer);
        self.act_together(steps);
        undo
    }

    /// Takes an answer away from those of the items that have it, in one recording.
    pub fn clear_all(&self, items: &[ItemPlace], answer: Answer) {
        let steps = self.sheet.borrow_mut().clear_all(items, answer);
        self.act_together(steps);
    }

    /// Brings back what stood before an act over several items; tells how many items changed.
    pub fn undo(&self, undo: &Undo) -> usize {
        let steps = self.sheet.borrow_mut().undo(undo);
        let count = steps.len();
        self.act_together(steps);
        count
    }

    /// Opens one more empty finding and names it.
    pub fn add_finding(&self, place: ItemPlace) -> FindingId {
        let finding = (self.hands.fresh_finding)();
        self.change(place, |sheet| {
            sheet.add_card(place, finding);
            Vec::new()
        });
        finding
    }

    /// Takes away a finding that has not begun.
    pub fn discard_finding(&self, place: ItemPlace, finding: FindingId) {
        self.change(place, |sheet| sheet.discard_card(place, finding));
    }

    /// Keeps the findings of an item whose answer is no longer *violation*.
    pub fn keep_findings(&self, place: ItemPlace) {
        self.change(place, |sheet| {
            sheet.keep_findings(place);
            Vec::new()
        });
    }

    /// Something was typed in a field.
    pub fn type_text(&self, place: ItemPlace, spot: &Spot, text: String) {
        self.change(place, |sheet| {
            sheet.type_text(place, spot, text);
            Vec::new()
        });
    }

    /// Keeps what was typed in a field as a draft.
    pub fn save_draft(&self, place: ItemPlace, spot: &Spot) {
        self.change(place, |sheet| sheet.save_draft(place, spot));
    }

    /// Keeps everything that is being typed as drafts: the page is about to be hidden or left.
    pub fn save_drafts(&self) {
        let steps = self.sheet.borrow_mut().save_drafts();
        self.send(steps);
    }

    /// Shows the field for a note on an item.
    pub fn open_note(&self, place: ItemPlace) {
        self.change(place, |sheet| {
            sheet.open_note(place);
            Vec::new()
        });
    }

    /// Records a field's value.
    pub fn record(&self, place: ItemPlace, spot: &Spot, value: Value) {
        self.change(place, |sheet| sheet.record_value(place, spot, value));
    }

    /// Takes findings back, with the reason.
    pub fn withdraw(&self, place: ItemPlace, findings: &[FindingId], reason: &str) {
        for finding in findings {
            self.change(place, |sheet| sheet.withdraw(place, *finding, reason.to_owned()));
        }
    }

    /// Records again what could not be stored in an item.
    pub fn retry(&self, place: ItemPlace) {
        self.change(place, |sheet| sheet.retry(place));
    }

    fn change(&self, place: ItemPlace, decide: impl FnOnce(&mut Sheet) -> Vec<Step>) {
        let steps = decide(&mut self.sheet.borrow_mut());
        self.act(place, steps);
    }

    /// Shows first and sends then: a tap is on screen before the tablet hears of it.
    fn act(&self, place: ItemPlace, steps: Vec<Step>) {
        self.tell(Touched::Item(place));
        self.send(steps);
    }

    /// Shows first, and sends everything that is to be recorded as one.
    fn act_together(&self, steps: Vec<Step>) {
        let mut writes = Vec::new();
        for step in steps {
            match step {
                Step::Record(ticket, place, Recording::Set { spot, value }) => {
                    let address = self.sheet.borrow().address(place, &spot);
                    writes.push((ticket, address, value));
                    self.tell(Touched::Item(place));
                }
                Step::Record(..) | Step::Draft(..) => self.send(vec![step]),
            }
        }
        if !writes.is_empty() {
            (self.hands.send)(Intent::WriteAll { inspection: self.id, writes });
        }
    }

    fn send(&self, steps: Vec<Step>) {
        steps.into_iter().for_each(|step| (self.hands.send)(self.intent(step)));
    }

    fn intent(&self, step: Step) -> Intent {
        let inspection = self.id;
        match step {
            Step::Draft(place, text) => Intent::Draft { inspection, place, text },
            Step::Record(ticket, place, recording) => self.record_intent(ticket, place, recording),
        }
    }

    fn record_intent(&self, ticket: Ticket, place: ItemPlace, recording: Recording) -> Intent {
        let inspection = self.id;
        let sheet = self.sheet.borrow();
        match recording {
            Recording::Set { spot, value } => {
                let address = sheet.address(place, &spot);
                Intent::Write { ticket, inspection, address, value }
            }
            Recording::Begin { finding, field, value } => {
                let item = sheet.plan().item(place).id.clone();
                Intent::Begin { ticket, inspection, finding, item, field, value }
            }
            Recording::Withdraw { finding, reason } => {
                Intent::Withdraw { ticket, inspection, finding, reason }
            }
        }
    }

    fn tell(&self, touched: Touched) {
        match touched {
            Touched::Item(place) => self.tell_item(place),
            Touched::Head => self.head.notify(),
            Touched::All => {
                let places: Vec<_> = self.sheet.borrow().plan().items().collect();
                places.into_iter().for_each(|place| self.tell_item(place));
                self.head.notify();
            }
        }
    }

    fn tell_item(&self, place: ItemPlace) {
        let drawn = self.drawn.borrow().clone();
        if let Some(drawn) = drawn {
            drawn.repaint(place);
        }
        if let Some(follower) = self.items.borrow().get(&place) {
            follower.notify();
        }
        self.tell_sums(place);
    }

    fn tell_sums(&self, place: ItemPlace) {
        let sheet = self.sheet.borrow();
        let section = sheet.plan().section_of(place);
        set_if_changed(&self.sections[section.index()], sheet.progress_of(section));
        set_if_changed(&self.whole, sheet.progress());
    }
}

fn set_if_changed(signal: &ArcRwSignal<Progress>, progress: Progress) {
    if signal.get_untracked() != progress {
        signal.set(progress);
    }
}
