//! In what order items are drawn: those of the first sections come with the screen, so that the first
//! answer waits for nothing that is out of sight; the others follow, some at a time, and taps come
//! in between. Who needs an element that may not be there yet has everything drawn first.
//!
//! What an item looks like is in `markup`, and what changes it in `shell`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;

use super::model::Drawn;
use super::plan::{ItemPlace, Plan, SectionPlace};
use super::shell::Shell;

/// How many items are drawn without a pause: several screens of them, and on a slow tablet less time
/// than a person notices.
const AT_ONCE: usize = 50;

/// The items of an open inspection, drawn or waiting for it.
pub(super) struct Drawing {
    shell: Rc<Shell>,
    first: Vec<SectionPlace>,
    waiting: RefCell<VecDeque<SectionPlace>>,
}

impl Drawing {
    /// Nothing is drawn yet: `first` come with the screen, `rest` wait.
    pub(super) fn new(shell: Rc<Shell>, (first, rest): Parts) -> Rc<Self> {
        Rc::new(Self { shell, first, waiting: RefCell::new(rest.into()) })
    }

    /// Call it when the screen is in the page: hangs in what the first sections have from the start,
    /// and draws the others by and by.
    pub(super) fn begin(self: &Rc<Self>) {
        self.first.iter().for_each(|section| self.shell.hang_in(*section));
        self.go_on();
    }

    /// Ends by itself when everything is drawn, or when the screen is left.
    fn go_on(self: &Rc<Self>) {
        if self.waiting.borrow().is_empty() {
            return;
        }
        let this = Rc::downgrade(self);
        let draw = move || {
            if let Some(this) = this.upgrade() {
                this.draw_some(AT_ONCE);
                this.go_on();
            }
        };
        set_timeout(draw, Duration::ZERO);
    }

    fn draw_some(&self, enough: usize) {
        let mut drawn = 0;
        while drawn < enough {
            // Taken in a statement of its own: drawing may ask for everything to be drawn.
            let next = self.waiting.borrow_mut().pop_front();
            let Some(section) = next else { return };
            drawn += self.shell.draw(section);
        }
    }
}

impl Drawn for Drawing {
    fn repaint(&self, place: ItemPlace) {
        self.shell.repaint(place);
    }

    fn draw_all(&self) {
        self.draw_some(usize::MAX);
    }
}

/// The sections that come with the screen, and those that follow.
pub(super) type Parts = (Vec<SectionPlace>, Vec<SectionPlace>);

/// The first sections with [`AT_ONCE`] items between them, and the rest.
pub(super) fn parts(plan: &Plan) -> Parts {
    let mut items = 0;
    plan.sections().partition(|section| {
        let is_first = items < AT_ONCE;
        items += plan.items_of(*section).count();
        is_first
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn lengths(sections: &[usize]) -> (usize, usize) {
        let ids: Vec<Vec<String>> = sections
            .iter()
            .enumerate()
            .map(|(s, items)| (0..*items).map(|i| format!("s{s}.{i}")).collect())
            .collect();
        let lists: Vec<Vec<&str>> =
            ids.iter().map(|ids| ids.iter().map(String::as_str).collect()).collect();
        let titles: Vec<_> = (0..sections.len()).map(|s| format!("s{s}")).collect();
        let both: Vec<_> = titles
            .iter()
            .zip(&lists)
            .map(|(title, ids)| (title.as_str(), ids.as_slice()))
            .collect();
        let (first, rest) = parts(samples::sheet(&both).plan());
        let in_order: Vec<_> = first.iter().chain(&rest).map(|section| section.index()).collect();
        assert_eq!(in_order, (0..sections.len()).collect::<Vec<_>>(), "none twice, none left out");
        (first.len(), rest.len())
    }

    #[test]
    fn the_first_sections_come_with_the_screen_and_the_others_follow() {
        assert_eq!(lengths(&[25, 25, 25, 25]), (2, 2));
        assert_eq!(lengths(&[AT_ONCE - 1, 1, 1]), (2, 1));
        assert_eq!(lengths(&[3 * AT_ONCE, 1]), (1, 1), "a section is not cut");
        assert_eq!(lengths(&[10, 10]), (2, 0), "a small checklist is whole at once");
    }
}
