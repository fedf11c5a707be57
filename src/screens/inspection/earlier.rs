//! Copying the facts of an earlier finding into one that has none: the same shortcoming is often
//! found again a few items on. Where there is one finding to copy from, one tap does it.

use domain::ids::FindingId;
use domain::register::{Field, Value};
use leptos::prelude::*;
use texts::{Lang, finding as finding_words, tools as words};

use super::model::InspectionModel;
use super::model::ModelHandle;
use super::plan::ItemPlace;
use super::state::{Sheet, Spot};
use crate::app::lang;

/// About how much of the facts is shown in the choice, in letters.
const SHOWN_LETTERS: usize = 60;

/// The findings whose facts can be copied: begun before and not withdrawn, the newest first.
fn earlier(sheet: &Sheet, finding: FindingId) -> Vec<(FindingId, String)> {
    let findings = sheet.state().findings().into_iter().rev();
    let others = findings.filter(|it| it.id != finding && it.withdrawn.is_none());
    let with_facts = others.map(|it| (it.id, it.text(Field::Facts)));
    with_facts.filter(|(_, facts)| !facts.is_empty()).collect()
}

/// The fields that are copied, with their values. Day, quantity and statement belong to one
/// finding alone; what is written already stays.
fn copied(sheet: &Sheet, place: ItemPlace, from: FindingId, into: FindingId) -> Copied {
    let Some(finding) = sheet.state().finding(from) else {
        return Vec::new();
    };
    let is_free = |field: &Field| sheet.text(place, &Spot::finding(into, field.clone())).is_empty();
    let value = |field: Field| Some((field.clone(), finding.value(field)?.clone()));
    [Field::Facts, Field::Remedy].into_iter().filter(is_free).filter_map(value).collect()
}

/// Fields with the values that were copied into them.
type Copied = Vec<(Field, Value)>;

/// Those of the copied values that still stand as they were copied.
fn standing(sheet: &Sheet, place: ItemPlace, finding: FindingId, copied: &Copied) -> Vec<Spot> {
    let spots = copied.iter().map(|(field, value)| (Spot::finding(finding, field.clone()), value));
    let stands = |spot: &Spot, value: &Value| {
        sheet.typed(place, spot).is_none() && sheet.value(place, spot).as_ref() == Some(value)
    };
    spots.filter(|(spot, value)| stands(spot, value)).map(|(spot, _)| spot).collect()
}

/// The beginning of some facts, as they are named where they can be copied.
fn beginning(facts: &str) -> String {
    let shown: String = facts.chars().take(SHOWN_LETTERS).collect();
    if shown.len() < facts.len() { format!("{shown}…") } else { shown }
}

/// One finding in which facts can be copied.
#[derive(Clone, Copy)]
struct At {
    model: ModelHandle,
    place: ItemPlace,
    finding: FindingId,
    copied: RwSignal<Copied>,
}

impl At {
    fn with<T>(self, act: impl FnOnce(&InspectionModel) -> T) -> Option<T> {
        self.model.try_get_value().map(|model| act(&model))
    }

    fn copy(self, from: FindingId) {
        self.with(|model| {
            let values = copied(&model.sheet(), self.place, from, self.finding);
            for (field, value) in values.clone() {
                model.record(self.place, &Spot::finding(self.finding, field), value);
            }
            self.copied.set(values);
        });
    }

    /// Takes away what was copied and still stands so.
    fn undo(self) {
        self.with(|model| {
            let copied = self.copied.get_untracked();
            let spots = standing(&model.sheet(), self.place, self.finding, &copied);
            spots.iter().for_each(|spot| model.record(self.place, spot, Value::Empty));
            self.copied.set(Vec::new());
        });
    }
}

/// Offers to copy, while the finding has no facts, and to undo it, while nothing was changed since.
#[component]
pub(super) fn CopyEarlier(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let at = At { model, place, finding, copied: RwSignal::new(Vec::new()) };
    let asking = RwSignal::new(false);
    let is_wanted = Memo::new(move |_| {
        let model = model.get_value();
        let sheet = model.follow(place);
        let facts = Spot::finding(finding, Field::Facts);
        sheet.may_write()
            && sheet.text(place, &facts).is_empty()
            && sheet.state().findings().iter().any(|it| it.id != finding)
    });
    let can_undo = Memo::new(move |_| {
        let copied = at.copied.get();
        !standing(&model.get_value().follow(place), place, finding, &copied).is_empty()
    });
    let offer = move || {
        let earlier = earlier(&model.get_value().sheet(), finding);
        match &earlier[..] {
            [] => ().into_any(),
            [(from, facts)] => copy_one(lang, at, *from, facts),
            [..] if asking.get() => choose(lang, at, earlier),
            [..] => ask(lang, asking),
        }
    };
    let undo = move || {
        view! {
            <div class="copied">
                <p role="status">{words::copied(lang)}</p>
                <button type="button" on:click=move |_| at.undo()>{words::undo(lang)}</button>
            </div>
        }
        .into_any()
    };
    let shown = move || match (is_wanted.get(), can_undo.get()) {
        (true, _) => offer(),
        (false, true) => undo(),
        (false, false) => ().into_any(),
    };
    view! { {shown} }.into_any()
}

fn copy_one(lang: Lang, at: At, from: FindingId, facts: &str) -> AnyView {
    view! {
        <button type="button" class="small" on:click=move |_| at.copy(from)>
            {words::copy_one(lang, &beginning(facts))}
        </button>
    }
    .into_any()
}

fn ask(lang: Lang, asking: RwSignal<bool>) -> AnyView {
    view! {
        <button type="button" class="small" on:click=move |_| asking.set(true)>
            {words::copy(lang)}
        </button>
    }
    .into_any()
}

fn choose(lang: Lang, at: At, earlier: Vec<(FindingId, String)>) -> AnyView {
    let copy = move |event: web_sys::Event| {
        if let Ok(from) = event_target_value(&event).parse() {
            at.copy(from);
        }
    };
    let option = |(id, facts): (FindingId, String)| {
        view! { <option value=id.to_string()>{beginning(&facts)}</option> }
    };
    let id = format!("c{}", at.finding);
    view! {
        <div class="field">
            <label for=id.clone()>{words::copy_choose(lang)}</label>
            <select id=id on:change=copy>
                <option value="">{finding_words::choose(lang)}</option>
                {earlier.into_iter().map(option).collect_view()}
            </select>
            <p class="hint">{words::copy_kept(lang)}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{sheet, store};

    const FIRST: FindingId = FindingId([1; 16]);
    const SECOND: FindingId = FindingId([2; 16]);

    fn write(sheet: &mut Sheet, finding: FindingId, field: Field, text: &str) {
        let spot = Spot::finding(finding, field);
        for step in sheet.record_value(ItemPlace(0), &spot, Value::text(text)) {
            store(sheet, &step);
        }
    }

    #[test]
    fn facts_and_remedy_are_copied_and_what_is_of_one_finding_alone_is_not() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        write(&mut sheet, FIRST, Field::Facts, "thiếu sổ");
        write(&mut sheet, FIRST, Field::Remedy, "lập sổ");
        write(&mut sheet, FIRST, Field::Quantity, "12 cuốn");
        write(&mut sheet, FIRST, Field::Statement, "đồng ý");
        assert_eq!(earlier(&sheet, SECOND), [(FIRST, "thiếu sổ".to_owned())]);
        assert_eq!(earlier(&sheet, FIRST), []);
        assert_eq!(fields(&sheet), [Field::Facts, Field::Remedy]);
    }

    fn fields(sheet: &Sheet) -> Vec<Field> {
        let copied = copied(sheet, ItemPlace(0), FIRST, SECOND);
        copied.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn what_is_written_in_the_finding_already_is_not_copied_over() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        write(&mut sheet, FIRST, Field::Facts, "thiếu sổ");
        write(&mut sheet, FIRST, Field::Remedy, "lập sổ");
        write(&mut sheet, SECOND, Field::Remedy, "thu hồi");
        assert_eq!(fields(&sheet), [Field::Facts]);
    }

    #[test]
    fn only_what_still_stands_as_it_was_copied_can_be_undone() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        write(&mut sheet, FIRST, Field::Facts, "thiếu sổ");
        write(&mut sheet, FIRST, Field::Remedy, "lập sổ");
        let copied = copied(&sheet, ItemPlace(0), FIRST, SECOND);
        write(&mut sheet, SECOND, Field::Facts, "thiếu sổ");
        write(&mut sheet, SECOND, Field::Remedy, "lập sổ");
        let facts = Spot::finding(SECOND, Field::Facts);
        let remedy = Spot::finding(SECOND, Field::Remedy);
        let undone = |sheet: &Sheet| standing(sheet, ItemPlace(0), SECOND, &copied);
        assert_eq!(undone(&sheet), [facts.clone(), remedy.clone()]);
        sheet.type_text(ItemPlace(0), &facts, "thiếu sổ in".to_owned());
        assert_eq!(undone(&sheet), std::slice::from_ref(&remedy), "while someone types over it");
        write(&mut sheet, SECOND, Field::Remedy, "lập sổ mới");
        assert_eq!(undone(&sheet), []);
    }

    #[test]
    fn long_facts_are_named_by_their_beginning() {
        assert_eq!(beginning("thiếu sổ"), "thiếu sổ");
        assert_eq!(beginning(&"ộ".repeat(70)).chars().count(), SHOWN_LETTERS + 1);
    }

    #[test]
    fn a_withdrawn_finding_is_not_offered() {
        let mut sheet = sheet(&[("a", &["a.1"])]);
        write(&mut sheet, FIRST, Field::Facts, "thiếu sổ");
        for step in sheet.withdraw(ItemPlace(0), FIRST, "nhầm".to_owned()) {
            store(&mut sheet, &step);
        }
        assert_eq!(earlier(&sheet, SECOND), []);
    }
}
