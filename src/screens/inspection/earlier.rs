//! Copying the facts of an earlier finding into one that has none: the same shortcoming is often
//! found again a few items on.

use domain::ids::FindingId;
use domain::register::{Field, Value};
use leptos::prelude::*;
use texts::{finding as finding_words, tools as words};

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
/// finding alone.
fn copied(sheet: &Sheet, from: FindingId) -> Vec<(Field, Value)> {
    let Some(finding) = sheet.state().finding(from) else {
        return Vec::new();
    };
    let value = |field: Field| Some((field.clone(), finding.value(field)?.clone()));
    [Field::Facts, Field::Remedy].into_iter().filter_map(value).collect()
}

/// Offers to copy, while the finding has no facts.
#[component]
pub(super) fn CopyEarlier(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let asking = RwSignal::new(false);
    let is_wanted = Memo::new(move |_| {
        let model = model.get_value();
        let sheet = model.follow(place);
        let facts = Spot::finding(finding, Field::Facts);
        sheet.may_write()
            && sheet.text(place, &facts).is_empty()
            && sheet.state().findings().iter().any(|it| it.id != finding)
    });
    let copy = move |event: web_sys::Event| {
        let from = event_target_value(&event).parse::<FindingId>();
        if let (Ok(from), Some(model)) = (from, model.try_get_value()) {
            let values = copied(&model.sheet(), from);
            for (field, value) in values {
                model.record(place, &Spot::finding(finding, field), value);
            }
        }
    };
    let choice = move || {
        let earlier = earlier(&model.get_value().sheet(), finding);
        let option = |(id, facts): (FindingId, String)| {
            let shown: String = facts.chars().take(SHOWN_LETTERS).collect();
            view! { <option value=id.to_string()>{shown}</option> }
        };
        let id = format!("c{finding}");
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
    };
    let ask = move || {
        view! {
            <button type="button" class="small" on:click=move |_| asking.set(true)>
                {words::copy(lang)}
            </button>
        }
        .into_any()
    };
    let shown = move || is_wanted.get().then(|| if asking.get() { choice() } else { ask() });
    view! { {shown} }.into_any()
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
        let fields: Vec<_> = copied(&sheet, FIRST).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [Field::Facts, Field::Remedy]);
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
