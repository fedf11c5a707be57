//! The review as markup: it only links.

use domain::finding::Missing;
use domain::ids::FindingId;
use domain::register::Field;
use maud::{Markup, html};
use texts::{Lang, finding as finding_words, review as words};

use super::state::Review;
use crate::inspection::by;
use crate::inspection::conflict::name_of;
use crate::inspection::finding::missing_words;
use crate::inspection::plan::{ItemPlace, SectionPlace};
use crate::inspection::state::{Sheet, Spot, field_id};
use crate::router::Route;

/// The review of an inspection whose own address is `home`.
pub(super) fn review(lang: Lang, sheet: &Sheet, review: &Review, home: &str) -> Markup {
    let page = Page { lang, sheet, home };
    html! {
        header {
            h2 id="review-title" tabindex="-1" { (words::title(lang)) }
            a.button href=(home) { (words::back(lang)) }
        }
        @if review.open() == 0 {
            p."ready is-ready" { (words::complete(lang)) }
        } @else {
            p."ready is-stale" { (words::open(lang, review.open())) }
        }
        (page.items(words::failed(lang), &review.failed))
        (page.items(words::conflicts(lang), &review.conflicts))
        (page.drafts(review))
        (page.items(words::no_finding(lang), &review.no_finding))
        (page.items(words::contradicting(lang), &review.contradicting))
        (page.findings(review))
        (page.held(review))
        (page.unanswered(review))
        (page.good_to_know(review))
        (page.team(review))
    }
}

/// What every line needs.
#[derive(Clone, Copy)]
struct Page<'a> {
    lang: Lang,
    sheet: &'a Sheet,
    home: &'a str,
}

impl Page<'_> {
    /// A link to an element of the inspection.
    fn link(self, element: &str, words: &str) -> Markup {
        html! { a href={ (self.home) "/go/" (element) } { (words) } }
    }

    fn question(self, place: ItemPlace) -> String {
        let item = self.sheet.plan().item(place);
        self.lang.pick(&item.question_vi, &item.question_en).clone()
    }

    fn to_item(self, place: ItemPlace) -> Markup {
        self.link(&format!("i{}", place.0), &self.question(place))
    }

    fn items(self, title: &str, places: &[ItemPlace]) -> Markup {
        html! {
            @if !places.is_empty() {
                h3 { (title) span.count { (places.len()) } }
                ul { @for place in places { li { (self.to_item(*place)) } } }
            }
        }
    }

    fn drafts(self, review: &Review) -> Markup {
        let line = |place: ItemPlace, spot: &Spot| {
            self.link(&field_id(place, spot), &self.question(place))
        };
        html! {
            @if !review.drafts.is_empty() {
                h3 { (words::drafts(self.lang)) span.count { (review.drafts.len()) } }
                ul { @for (place, spot) in &review.drafts { li { (line(*place, spot)) } } }
            }
        }
    }

    fn findings(self, review: &Review) -> Markup {
        html! {
            @if !review.findings.is_empty() {
                h3 { (words::findings(self.lang)) span.count { (review.findings.len()) } }
                ul {
                    @for (place, card, finding, missing) in &review.findings {
                        li {
                            p { (self.question(*place)) " · " (words::finding_of(self.lang, *card)) }
                            p.lacks {
                                span { (finding_words::missing(self.lang)) }
                                @for part in missing { (self.missing(*place, *finding, *part)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn missing(self, place: ItemPlace, finding: FindingId, missing: Missing) -> Markup {
        let element = match field_of(missing) {
            Some(field) => field_id(place, &Spot::finding(finding, field)),
            None => format!("t{finding}"),
        };
        self.link(&element, missing_words(self.lang, missing))
    }

    fn unanswered(self, review: &Review) -> Markup {
        let count: usize = review.unanswered.iter().map(|(_, places)| places.len()).sum();
        html! {
            @if count > 0 {
                h3 { (words::unanswered(self.lang)) span.count { (count) } }
                @for (section, places) in &review.unanswered {
                    details open[review.unanswered.len() == 1] {
                        summary { (self.section(*section)) span.count { (words::unanswered_in(self.lang, places.len())) } }
                        ul { @for place in places { li { (self.to_item(*place)) } } }
                    }
                }
            }
        }
    }

    fn section(self, section: SectionPlace) -> String {
        let title = self.sheet.plan().title(section);
        self.lang.pick(&title.vi, &title.en).clone()
    }

    /// What headquarters or an update has to decide stands at the head of the inspection.
    fn held(self, review: &Review) -> Markup {
        let lang = self.lang;
        html! {
            @if review.held + review.not_understood > 0 {
                ul {
                    @if review.held > 0 { li { a href=(self.home) { (words::held(lang, review.held)) } } }
                    @if review.not_understood > 0 {
                        li { a href=(self.home) { (words::not_understood(lang, review.not_understood)) } }
                    }
                }
            }
        }
    }

    fn good_to_know(self, review: &Review) -> Markup {
        let lang = self.lang;
        let lines = [
            review.no_decision.then(|| words::no_decision(lang).to_owned()),
            (review.not_checked > 0).then(|| words::not_checked(lang, review.not_checked)),
        ];
        let lines: Vec<_> = lines.into_iter().flatten().collect();
        html! {
            @if !lines.is_empty() {
                h3 { (words::good_to_know(lang)) }
                ul { @for line in lines { li { (line) } } }
            }
            p { a href=(Route::Syncing.href()) { (words::to_sync(lang)) } }
        }
    }

    fn team(self, review: &Review) -> Markup {
        let lang = self.lang;
        html! {
            @if !review.team.is_empty() {
                h3 { (words::team(lang)) }
                dl {
                    @for (seat, count, last) in &review.team {
                        dt { (name_of(lang, self.sheet, *seat)) }
                        dd { (words::team_line(lang, *count, &by::time(lang, *last))) }
                    }
                }
            }
        }
    }
}

/// The field that has to be filled; `None` where it is for the conflict in it to be decided.
fn field_of(missing: Missing) -> Option<Field> {
    match missing {
        Missing::Facts => Some(Field::Facts),
        Missing::ActOn => Some(Field::ActOn),
        Missing::StatementState => Some(Field::StatementState),
        Missing::LaterDeadline => Some(Field::RemedyBy),
        Missing::StatementWords | Missing::StatementReason => Some(Field::Statement),
        Missing::Decision => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, store, store_answer};
    use domain::answer::Answer;
    use domain::register::Value;

    fn shown(sheet: &Sheet) -> String {
        review(Lang::En, sheet, &Review::of(sheet), "#/inspection/x").into_string()
    }

    #[test]
    fn every_line_leads_to_its_place() {
        let mut sheet = samples::sheet(&[("a", &["a.1", "a.2"])]);
        store_answer(&mut sheet, ItemPlace(0), Answer::Violation);
        let finding = FindingId([1; 16]);
        let facts = Spot::finding(finding, Field::Facts);
        for step in sheet.record_value(ItemPlace(0), &facts, Value::text("x")) {
            store(&mut sheet, &step);
        }
        let html = shown(&sheet);
        for target in
            ["i1", &format!("f0-{finding}-act_on"), &format!("f0-{finding}-statement_state")]
        {
            assert!(
                html.contains(&format!("href=\"#/inspection/x/go/{target}\"")),
                "{target}: {html}"
            );
        }
        assert!(html.contains("Section a"), "{html}");
    }

    #[test]
    fn a_complete_inspection_says_so_and_lists_nothing() {
        let mut sheet = samples::sheet(&[("a", &["a.1"])]);
        store_answer(&mut sheet, ItemPlace(0), Answer::Compliant);
        let html = shown(&sheet);
        assert!(html.contains("Nothing is missing") && !html.contains("/go/"), "{html}");
    }
}
