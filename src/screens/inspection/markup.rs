//! The fixed markup of items, written as text: the browser reads a thousand items from text
//! several times faster than it makes them one element after another.
//!
//! What can change later is repainted by `shell`; what is built only when it is needed (legal
//! basis, findings) is not here.

use domain::answer::Answer;
use domain::checklist::{Asking, Item};
use maud::{Markup, html};
use texts::{Lang, format, inspection as words, law, tools};

use super::by;
use super::cite;
use super::plan::{ItemPlace, SectionPlace};
use super::state::{Glance, Saved, Sheet};

/// The items of a section.
pub(crate) fn items(lang: Lang, sheet: &Sheet, section: SectionPlace) -> String {
    let mut text = String::with_capacity(1400 * sheet.plan().items_of(section).count());
    for place in sheet.plan().items_of(section) {
        text.push_str(&item(lang, sheet, place).into_string());
    }
    text
}

fn item(lang: Lang, sheet: &Sheet, place: ItemPlace) -> Markup {
    let (item, glance) = (sheet.plan().item(place), sheet.glance(place));
    let (answer, state) = (glance.answer.map(Answer::name), glance.saved.map(Saved::name));
    let n = place.0;
    html! {
        div.item id={ "i" (n) } data-item=(item.id) role="radiogroup" aria-labelledby={ "q" (n) }
            data-answer=[answer] data-saved=[state] data-conflict=[glance.conflict.then_some("true")] {
            h3.question id={ "q" (n) } { (lang.pick(&item.question_vi, &item.question_en)) }
            div.answers {
                @for answer in Answer::ALL { (choice(lang, sheet, place, *answer)) }
            }
            (marks(lang, item, sheet.plan().asking(place)))
            div.item-foot {
                button.why type="button" aria-expanded="false" { (law::details(lang)) }
                @if sheet.may_write() {
                    button.quiet type="button" data-add-note { (words::add_note(lang)) }
                }
                @if let Some(words) = clear_words(lang, sheet, glance) { (clear_button(words)) }
                @if let Some(saved) = glance.saved { (saved_line(saved_words(lang, saved))) }
            }
            @if let Some(words) = by::of_another(lang, sheet, glance) { (by_line(&words)) }
        }
    }
}

/// The way to take an answer back, if there is one that this seat may take back.
pub(super) fn clear_words(lang: Lang, sheet: &Sheet, glance: &Glance) -> Option<&'static str> {
    (sheet.may_write() && glance.answer.is_some()).then(|| tools::clear_answer(lang))
}

/// An item has it only while there is an answer: a thousand buttons that nobody sees cost as much
/// as a thousand that are seen.
pub(super) fn clear_button(words: &str) -> Markup {
    html! { button.quiet type="button" data-clear-answer { (words) } }
}

/// What became of an item.
pub(super) fn saved_line(words: &str) -> Markup {
    html! { p.saved { (words) } }
}

/// Who of the team answered.
pub(super) fn by_line(words: &str) -> Markup {
    html! { p.by { (words) } }
}

fn choice(lang: Lang, sheet: &Sheet, place: ItemPlace, answer: Answer) -> Markup {
    let chosen = sheet.glance(place).answer == Some(answer);
    let name = answer.name();
    html! {
        label class={ "answer " (name) } {
            input type="radio" name={ "a" (place.0) } value=(name) checked[chosen] disabled[!sheet.may_write()];
            (answer_words(lang, answer))
        }
    }
}

fn marks(lang: Lang, item: &Item, asking: Asking) -> Markup {
    let marks = marks_of(lang, item, asking);
    html! {
        @if !marks.is_empty() {
            ul.marks { @for mark in marks { li { (mark) } } }
        }
    }
}

/// What an item says of itself: how it is asked, and that something about it is not verified.
fn marks_of(lang: Lang, item: &Item, asking: Asking) -> Vec<String> {
    let asked = match asking {
        Asking::EarlierActs { before } => {
            Some(words::earlier_acts(lang, &format::day(lang, before)))
        }
        Asking::SanctionOnly | Asking::Current | Asking::NotAsked => None,
    };
    let recheck = item.must_recheck.then(|| words::recheck(lang).to_owned());
    asked.into_iter().chain(cite::unverified(lang, item)).chain(recheck).collect()
}

/// The words for an answer.
pub(crate) fn answer_words(lang: Lang, answer: Answer) -> &'static str {
    match answer {
        Answer::Compliant => words::compliant(lang),
        Answer::Violation => words::violation(lang),
        Answer::NotApplicable => words::not_applicable(lang),
        Answer::NotChecked => words::not_checked(lang),
    }
}

/// The words for what became of an item.
pub(crate) fn saved_words(lang: Lang, saved: Saved) -> &'static str {
    match saved {
        Saved::Recorded => words::recorded(lang),
        Saved::Stored => words::stored(lang),
        Saved::Failed => words::failed(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use domain::law::{Confidence, Days};
    use jiff::civil::date;

    #[test]
    fn an_item_is_a_group_of_four_choices_named_by_its_question() {
        let sheet = samples::sheet(&[("a", &["a.1"])]);
        let html = items(Lang::Vi, &sheet, SectionPlace(0));
        assert!(html.contains("data-item=\"a.1\" role=\"radiogroup\" aria-labelledby=\"q0\">"));
        assert!(html.contains("<h3 class=\"question\" id=\"q0\">Có giấy phép không?</h3>"));
        for answer in Answer::ALL {
            assert!(html.contains(&format!("name=\"a0\" value=\"{}\">", answer.name())));
        }
        assert!(!html.contains("data-saved") && !html.contains(" checked>"));
        assert!(!html.contains("data-clear-answer"), "there is nothing to take back");
    }

    #[test]
    fn what_is_stored_is_in_the_markup() {
        let mut sheet = samples::sheet(&[("a", &["a.1"])]);
        samples::store_answer(&mut sheet, ItemPlace(0), Answer::NotApplicable);
        let html = items(Lang::En, &sheet, SectionPlace(0));
        assert!(html.contains(" data-answer=\"not_applicable\" data-saved=\"stored\""), "{html}");
        assert!(html.contains("value=\"not_applicable\" checked>"));
        assert!(html.contains("<p class=\"saved\">Stored</p>"));
        assert!(html.contains("data-clear-answer"), "it can be taken back");
    }

    #[test]
    fn words_from_packs_cannot_become_markup() {
        let question = "<img src=x onerror=alert(1)> \"c\" & d";
        let sheet = samples::sheet_of(Item {
            question_vi: question.to_owned(),
            id: "a\"b".to_owned(),
            ..samples::item("a.1")
        });
        let html = items(Lang::Vi, &sheet, SectionPlace(0));
        assert!(
            html.contains("&lt;img src=x onerror=alert(1)&gt; &quot;c&quot; &amp; d"),
            "{html}"
        );
        assert!(html.contains("data-item=\"a&quot;b\""), "{html}");
    }

    #[test]
    fn what_is_not_verified_and_what_is_past_says_so() {
        let mut item = samples::item("a.1");
        let asking = Asking::EarlierActs { before: date(2026, 7, 1) };
        assert_eq!(marks_of(Lang::Vi, &item, asking), ["Chỉ hỏi về hành vi trước ngày 01/07/2026"]);
        item.confidence.fine = Some(Confidence::Memory);
        item.duties[0].days = Days::through(date(2020, 1, 1), None).unwrap();
        let marks = marks_of(Lang::Vi, &item, Asking::Current);
        assert_eq!(marks, ["Mức phạt: chưa đối chiếu văn bản gốc"]);
    }
}
