//! What stands in for the tablet while someone practises: it takes the same intents and folds them
//! in at once, in memory.
//!
//! It deliberately knows no `Wiring`: whatever the model says ends here. Its events are entries of
//! a fold and never bytes; they have no journal, no hash and no signature, so they are nothing
//! that a store or headquarters would take.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use domain::act::{
    Act, AssignSeat, BeginFinding, Body, Decision, Establishment, OpenInspection, Role,
    WithdrawFinding,
};
use domain::answer::Answer;
use domain::checklist::{Asking, Checklist, Item, Section};
use domain::ids::{
    EnvelopeKey, EstablishmentId, EventId, FindingId, InspectionId, PackHash, PersonId, SeatId,
    SigningKey,
};
use domain::moment::Moment;
use domain::register::{Address, Field, Value, Write};
use domain::state::{Custody, Entry, State};
use jiff::civil::Date;
use texts::{Lang, practice as words};

use crate::inspection::model::{Hands, InspectionModel, OpenedInspection};
use crate::seam::{Intent, Material, Settled, Ticket};

/// The seat of the person who practises.
const ME: SeatId = SeatId([0xee; 16]);

/// The seat that assigns and opens.
const HEADQUARTERS: SeatId = SeatId([0xdd; 16]);

/// A colleague who answers otherwise, so that a conflict can be practised.
const COLLEAGUE: SeatId = SeatId([0xcc; 16]);

/// How many sections are asked, and how many items of each: enough to see every tool at work.
const SECTIONS: usize = 3;
const ITEMS: usize = 5;

/// Begins a practice inspection, of an establishment of the kind that the person inspects when a
/// checklist is here for it; `None` when no checklist asks anything on the day.
pub fn begin(lang: Lang, material: &Material, kind: Option<&str>) -> Option<Rc<InspectionModel>> {
    let on = material.at.day()?;
    let (kind, list) = example(material, on, kind)?;
    let mut script = Script { next: 0, at: material.at, state: State::new([HEADQUARTERS]) };
    let items: Vec<String> = list.items().map(|item| item.id.clone()).collect();
    script.open(lang, kind, on);
    script.disagree(lang, &items);
    let opened = OpenedInspection {
        id: InspectionId([0xff; 16]),
        state: script.state,
        checklists: vec![Rc::new(list)],
        law: material.law.clone(),
        me: ME,
        drafts: Vec::new(),
        visible: true,
    };
    Some(Rc::new_cyclic(|model| {
        let rehearsal =
            Rehearsal { model: model.clone(), next: Cell::new(script.next), at: material.at };
        InspectionModel::unshared(opened, rehearsal.hands())
    }))
}

/// A few items for the wanted kind of establishment, or else for any, of the checklist that asks
/// most about it.
fn example(material: &Material, on: Date, wanted: Option<&str>) -> Option<(String, Checklist)> {
    let of_kind = |kind: &str| {
        let asked = |list: &Checklist| list.items().filter(|it| is_asked(it, kind, on)).count();
        let list = material.checklists.iter().max_by_key(|list| asked(list))?;
        (asked(list) > 0).then(|| (kind.to_owned(), shortened(list, kind, on)))
    };
    let kinds = material.checklists.iter().flat_map(|list| &list.establishment_kinds);
    wanted.and_then(of_kind).or_else(|| kinds.map(String::as_str).find_map(of_kind))
}

fn is_asked(item: &Item, kind: &str, on: Date) -> bool {
    item.is_for(kind) && item.asking_on(on) == Asking::Current
}

fn shortened(list: &Checklist, kind: &str, on: Date) -> Checklist {
    let few = |section: &Section| {
        let asked = section.items.iter().filter(|item| is_asked(item, kind, on));
        let items: Vec<_> = asked.take(ITEMS).cloned().collect();
        (!items.is_empty()).then(|| Section { items, ..section.clone() })
    };
    let sections = list.sections.iter().filter_map(few).take(SECTIONS).collect();
    Checklist { sections, ..list.clone() }
}

/// What has happened before the person begins.
struct Script {
    next: u64,
    at: Moment,
    state: State,
}

impl Script {
    fn say(&mut self, author: SeatId, act: Act) {
        let entry = entry(self.next, author, self.at, act);
        self.next += 1;
        self.state.apply(&entry, Custody::Accepted);
    }

    fn open(&mut self, lang: Lang, kind: String, on: Date) {
        let establishment = Establishment {
            id: EstablishmentId([0xff; 16]),
            name: words::establishment(lang).to_owned(),
            kind,
            address: words::address(lang).to_owned(),
        };
        let opening = OpenInspection {
            establishment,
            reason: words::reason(lang).to_owned(),
            decision: Some(Decision { number: words::decision(lang).to_owned(), on }),
            on,
            checklists: vec![PackHash([0xff; 32])],
            law: PackHash([0xff; 32]),
        };
        self.say(HEADQUARTERS, Act::OpenInspection(opening));
        self.say(HEADQUARTERS, assign(ME, Role::Lead, words::title(lang)));
        self.say(HEADQUARTERS, assign(COLLEAGUE, Role::Member, words::colleague(lang)));
    }

    /// The last item has two answers that do not know each other, the first one a finding that
    /// lacks most of what it needs.
    fn disagree(&mut self, lang: Lang, items: &[String]) {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return };
        let answer = |item: &String, answer: Answer| {
            let address = Address::item(item.clone(), Field::Answer);
            Act::Set(Write { address, value: answer.value(), over: Vec::new() })
        };
        self.say(COLLEAGUE, answer(first, Answer::Violation));
        let finding = FindingId([0xff; 16]);
        let address = Address::finding(finding, Field::Facts);
        let facts = Write { address, value: Value::text(words::facts(lang)), over: Vec::new() };
        let begin = BeginFinding { finding, item: first.clone(), first: facts };
        self.say(COLLEAGUE, Act::BeginFinding(begin));
        if first != last {
            self.say(COLLEAGUE, answer(last, Answer::Compliant));
            self.say(ME, answer(last, Answer::NotChecked));
        }
    }
}

fn assign(seat: SeatId, role: Role, name: &str) -> Act {
    let (key, envelope) = (SigningKey([0; 32]), EnvelopeKey([0; 32]));
    let person = PersonId(*seat.as_bytes());
    let name = name.to_owned();
    Act::AssignSeat(AssignSeat { seat, key, envelope, person, name, role, keeps: None })
}

fn entry(seq: u64, author: SeatId, at: Moment, act: Act) -> Entry {
    let mut id = [0xff; 32];
    id[..8].copy_from_slice(&seq.to_be_bytes());
    Entry { id: EventId(id), author, seq, at, body: Some(Body::of(act)) }
}

/// Takes the model's intents.
struct Rehearsal {
    model: Weak<InspectionModel>,
    next: Cell<u64>,
    at: Moment,
}

impl Rehearsal {
    fn hands(self) -> Hands {
        let own = Rc::new(self);
        let (taking, drawing) = (own.clone(), own);
        Hands {
            send: Rc::new(move |intent| taking.take(intent)),
            fresh_finding: Rc::new(move || drawing.fresh_finding()),
        }
    }

    /// Counted, not drawn: within one practice no other finding can have the same id.
    fn fresh_finding(&self) -> FindingId {
        let mut id = [0xff; 16];
        id[..8].copy_from_slice(&self.count().to_be_bytes());
        FindingId(id)
    }

    fn count(&self) -> u64 {
        let count = self.next.get();
        self.next.set(count + 1);
        count
    }

    fn take(&self, intent: Intent) {
        match intent {
            Intent::Write { ticket, address, value, .. } => self.write(ticket, address, value),
            Intent::WriteAll { writes, .. } => {
                writes.into_iter().for_each(|(ticket, at, value)| self.write(ticket, at, value));
            }
            Intent::Begin { ticket, finding, item, field, value, .. } => {
                let first = self.over(Address::finding(finding, field), value);
                self.say(ticket, Act::BeginFinding(BeginFinding { finding, item, first }));
            }
            Intent::Withdraw { ticket, finding, reason, .. } => {
                self.say(ticket, Act::WithdrawFinding(WithdrawFinding { finding, reason }));
            }
            // Drafts are in the model while the page lives, which is as long as anything here.
            Intent::Draft { .. } => {}
            // No model ever means these.
            Intent::Enrol { .. } | Intent::Show { .. } | Intent::Leave { .. } => {}
            Intent::OpenInspection(_) | Intent::SyncNow | Intent::AskPersist => {}
            Intent::ApplyUpdate | Intent::Practise | Intent::Install => {}
            Intent::LookAtSafety | Intent::LeaveSafety | Intent::Carry(_) => {}
            Intent::UnderstandLoss | Intent::EnrolAgain | Intent::EnrolBeside => {}
            Intent::Unlock { .. } | Intent::Protect { .. } | Intent::GiveVault { .. } => {}
            Intent::Lock | Intent::AnswerLock(_) | Intent::LockAfter { .. } => {}
        }
    }

    fn write(&self, ticket: Ticket, address: Address, value: Value) {
        let write = self.over(address, value);
        self.say(ticket, Act::Set(write));
    }

    fn over(&self, address: Address, value: Value) -> Write {
        let model = self.model.upgrade();
        let over = model.map(|model| model.with_state(|state| state.over(&address)));
        Write { address, value, over: over.unwrap_or_default() }
    }

    fn say(&self, ticket: Ticket, act: Act) {
        let Some(model) = self.model.upgrade() else { return };
        model.apply(&entry(self.count(), ME, self.at, act), Custody::Accepted);
        model.settle(ticket, Settled::Stored);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::plan::{ItemPlace, SectionPlace};
    use crate::inspection::state::{Filter, Spot};
    use crate::samples::checklist;
    use domain::law::Law;
    use leptos::prelude::Owner;

    /// Noon of the first day of September 2026, in Viet Nam.
    const NOON: Moment = Moment(1_788_238_800_000);

    fn material() -> Material {
        let ids = ["a.1", "a.2", "a.3", "a.4", "a.5", "a.6"];
        let mut list = checklist(&[("a", &ids), ("b", &["b.1", "b.2"])]);
        list.establishment_kinds = vec!["printer".to_owned()];
        Material { checklists: vec![Rc::new(list)], law: Rc::new(Law::default()), at: NOON }
    }

    fn practise(act: impl FnOnce(&InspectionModel)) -> Rc<InspectionModel> {
        let owner = Owner::new();
        owner.with(|| {
            let model = begin(Lang::Vi, &material(), Some("unknown")).unwrap();
            act(&model);
            model
        })
    }

    #[test]
    fn it_begins_with_a_conflict_and_a_finding_that_lacks_something() {
        let model = practise(|_| {});
        let sheet = model.sheet();
        let progress = sheet.progress();
        assert_eq!((progress.items, progress.conflicts, progress.incomplete), (7, 1, 1));
        assert!(sheet.may_write());
    }

    #[test]
    fn everything_that_is_done_is_folded_in_and_called_stored_at_once() {
        let place = ItemPlace(1);
        let model = practise(|model| {
            model.answer(place, Answer::Violation);
            let finding = model.sheet().cards(place)[0];
            model.record(place, &Spot::finding(finding, Field::Facts), Value::text("thiếu"));
            model.record(place, &Spot::item(Field::Note), Value::text("ghi chú"));
            model.withdraw(place, &[finding], "thử");
            let second: Vec<_> = model.sheet().plan().items_of(SectionPlace(1)).collect();
            let undo = model.answer_all(&second, Answer::NotApplicable);
            model.undo(&undo);
        });
        let sheet = model.sheet();
        assert!(!sheet.has_unsaved());
        assert_eq!(sheet.state().findings_of("a.2").len(), 1);
        assert!(sheet.noted().contains(&place));
        assert!(sheet.places(Filter::Unanswered).contains(&ItemPlace(5)), "undone");
    }

    #[test]
    fn a_day_that_headquarters_corrects_is_said_and_what_is_asked_stays() {
        let model = practise(|_| {});
        assert_eq!(model.corrected_day(), None);
        let opened = model.with_state(|state| state.opened().cloned()).unwrap();
        let (before, after) = (opened.opening.on, opened.opening.on.tomorrow().unwrap());
        let opening = OpenInspection { on: after, ..opened.opening };
        let asked = model.sheet().plan().items().count();
        let at = opened.at.later_by_ms(1);
        let act = Act::OpenInspection(opening);
        model.apply(&entry(1_000, HEADQUARTERS, at, act), Custody::Accepted);
        assert_eq!(model.corrected_day(), Some((before, after)));
        assert_eq!(model.summary(0).unwrap().on, after);
        assert_eq!(model.sheet().plan().items().count(), asked);
    }

    /// The hands of the model are the only way out of it. They end in the rehearsal, which is
    /// given no `Wiring`, and this room can name neither a store nor a network.
    #[test]
    fn nothing_of_it_can_be_delivered() {
        let manifest = include_str!("../Cargo.toml");
        for room in ["storage", "proof", "tablet", "gloo-net"] {
            assert!(!manifest.contains(&format!("\n{room}")), "screens can reach `{room}`");
        }
        let source = include_str!("rehearsal.rs");
        let program = source.split("#[cfg(test)]").next().unwrap();
        let used: String =
            program.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for way_out in ["Wiring", "UnsyncCallback", "use_context", "expect_context", "web_sys"] {
            assert!(!used.contains(way_out), "the rehearsal can reach `{way_out}`");
        }
        let model = practise(|model| model.answer(ItemPlace(1), Answer::Compliant));
        model.with_state(|state| {
            let seats = state.registers().flat_map(|(_, register)| register.current());
            let ours = [ME, COLLEAGUE, HEADQUARTERS];
            assert!(seats.into_iter().all(|(_, written)| ours.contains(&written.author)));
        });
    }
}
