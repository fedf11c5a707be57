//! Repaints the fixed markup of an item by hand, in the same task as the tap, and hangs into it
//! what is built only when there is something to show.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use maud::Markup;
use texts::Lang;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::basis::basis;
use super::by;
use super::markup::{self, by_line, clear_button, clear_words, saved_line, saved_words};
use super::model::ModelHandle;
use super::more::more;
use super::plan::{ItemPlace, SectionPlace};
use super::state::{Glance, Sheet};

/// The fixed markup of every item of an inspection.
pub(super) struct Shell {
    model: ModelHandle,
    lang: Lang,
    owner: Owner,
    /// What hangs in the items; it goes when the screen is left.
    hung: RefCell<BTreeMap<ItemPlace, Box<dyn Any>>>,
}

impl Shell {
    /// Takes charge of the markup. Call it where the screen is built: what hangs in items lives as
    /// long as the owner that is current.
    pub(super) fn new(model: ModelHandle, lang: Lang) -> Rc<Self> {
        let owner = Owner::current().unwrap_or_default();
        Rc::new(Self { model, lang, owner, hung: RefCell::default() })
    }

    /// Hangs in what the items of a section have from the start.
    pub(super) fn hang_in(&self, section: SectionPlace) {
        let Some(model) = self.model.try_get_value() else { return };
        let with_more: Vec<_> = {
            let sheet = model.sheet();
            let items = sheet.plan().items_of(section);
            items.filter(|place| sheet.glance(*place).has_more).collect()
        };
        with_more.into_iter().for_each(|place| self.repaint(place));
    }

    /// Draws the items of a section that stands empty, as the sheet has them now; tells how many.
    pub(super) fn draw(&self, section: SectionPlace) -> usize {
        let list = document().get_element_by_id(&list_id(section));
        let (Some(list), Some(model)) = (list, self.model.try_get_value()) else { return 0 };
        list.set_inner_html(&markup::items(self.lang, &model.sheet(), section));
        // It kept the place of its items; removing an attribute that is not there changes nothing.
        let _ = list.remove_attribute("style");
        self.hang_in(section);
        model.sheet().plan().items_of(section).count()
    }

    /// Shows what the sheet says of an item.
    pub(super) fn repaint(&self, place: ItemPlace) {
        let (Some(element), Some(model)) = (element_of(place), self.model.try_get_value()) else {
            return;
        };
        let glance = *model.sheet().glance(place);
        paint(&element, &glance);
        self.paint_foot(&element, &model.sheet(), &glance);
        if glance.has_more {
            self.hang_more(place, element);
        }
    }

    /// Shows the legal basis of an item, or takes it away again: written anew each time, so that
    /// it tells who wrote what by then.
    pub(super) fn toggle_basis(&self, place: ItemPlace, button: &Element) {
        let (Some(item), Some(model)) = (element_of(place), self.model.try_get_value()) else {
            return;
        };
        let shown = within(&item, ":scope > .basis");
        set(button, "aria-expanded", Some(if shown.is_some() { "false" } else { "true" }));
        match (shown, within(&item, ":scope > .item-foot")) {
            (Some(shown), _) => shown.remove(),
            (None, Some(foot)) => {
                add_after(&foot, basis(self.lang, model.law(), &model.sheet(), place));
            }
            (None, None) => {}
        }
    }

    /// What stands under the answers only when there is reason to.
    fn paint_foot(&self, item: &Element, sheet: &Sheet, glance: &Glance) {
        let Some(foot) = within(item, ":scope > .item-foot") else { return };
        let clear = clear_words(self.lang, sheet, glance);
        if let Some(add_note) = within(&foot, "[data-add-note]") {
            paint_words(&foot, "[data-clear-answer]", clear, clear_button, &add_note);
        }
        let saved = glance.saved.map(|saved| saved_words(self.lang, saved));
        if let Some(last) = foot.last_element_child() {
            paint_words(&foot, ".saved", saved, saved_line, &last);
        }
        let by = by::of_another(self.lang, sheet, glance);
        paint_words(item, ":scope > .by", by.as_deref(), by_line, &foot);
    }

    fn hang_more(&self, place: ItemPlace, into: Element) {
        if self.hung.borrow().contains_key(&place) {
            return;
        }
        if let Ok(into) = into.dyn_into::<HtmlElement>() {
            let model = self.model;
            let handle = self.owner.with(|| mount_to(into, move || more(model, place)));
            self.hung.borrow_mut().insert(place, Box::new(handle));
        }
    }
}

/// The place of the item in which an element stands.
pub(super) fn place_of(element: &Element) -> Option<ItemPlace> {
    let item = element.closest("[data-item]").ok().flatten()?;
    item.id().strip_prefix('i')?.parse().ok().map(ItemPlace)
}

/// The element of an item.
pub(super) fn element_of(place: ItemPlace) -> Option<Element> {
    document().get_element_by_id(&format!("i{}", place.0))
}

/// The id of the element that holds the items of a section.
pub(super) fn list_id(section: SectionPlace) -> String {
    format!("l{}", section.0)
}

fn paint(element: &Element, glance: &Glance) {
    set(element, "data-answer", glance.answer.map(|answer| answer.name()));
    set(element, "data-saved", glance.saved.map(|saved| saved.name()));
    set(element, "data-conflict", glance.conflict.then_some("true"));
    check(element, glance);
}

/// Shows words in an element that most items never have, and nothing where there are none.
fn paint_words(
    parent: &Element,
    selector: &str,
    words: Option<&str>,
    made_of: fn(&str) -> Markup,
    after: &Element,
) {
    match (within(parent, selector), words) {
        (Some(shown), Some(words)) => shown.set_text_content(Some(words)),
        (Some(shown), None) => shown.remove(),
        (None, Some(words)) => add_after(after, made_of(words)),
        (None, None) => {}
    }
}

fn add_after(element: &Element, markup: Markup) {
    // Markup of our own always finds its place after an element.
    let _ = element.insert_adjacent_html("afterend", &markup.into_string());
}

fn within(element: &Element, selector: &str) -> Option<Element> {
    element.query_selector(selector).ok().flatten()
}

fn set(element: &Element, attribute: &str, value: Option<&str>) {
    if element.get_attribute(attribute).as_deref() == value {
        return;
    }
    // Setting or removing an attribute fails only for a name that is none.
    let _ = match value {
        Some(value) => element.set_attribute(attribute, value),
        None => element.remove_attribute(attribute),
    };
}

/// Checks the answer that stands; none while two are in conflict.
fn check(element: &Element, glance: &Glance) {
    let checked = radio(element, ":scope > .answers input:checked");
    let chosen = glance.answer.map(|answer| answer.name());
    if checked.as_ref().map(HtmlInputElement::value).as_deref() == chosen {
        return;
    }
    if let Some(radio) = checked {
        radio.set_checked(false);
    }
    let of_answer = |name| radio(element, &format!(":scope > .answers input[value={name}]"));
    if let Some(radio) = chosen.and_then(of_answer) {
        radio.set_checked(true);
    }
}

fn radio(element: &Element, selector: &str) -> Option<HtmlInputElement> {
    within(element, selector)?.dyn_into().ok()
}
