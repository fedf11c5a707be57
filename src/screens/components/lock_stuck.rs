//! That locking would lose something: what that is, and what can be done.

use domain::law::Bilingual;
use leptos::prelude::*;
use maud::{Markup, html};
use texts::{Lang, unlock as words};

use crate::app::lang;
use crate::seam::{Intent, LockAnswer, LockWaits, Wiring};

/// Asks what is to be done, while somebody wants to lock and something cannot be stored.
#[component]
pub(crate) fn LockStuck() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let answer = move |answer| move |_| send.run(Intent::AnswerLock(answer));
    let notice = move || {
        let LockWaits::ForPerson { lost } = board.lock_waits.get() else { return None };
        Some(view! {
            <section class="notice bad" role="alert" data-lock="stuck">
                <div inner_html=markup(lang, &lost).into_string()></div>
                <button type="button" class="primary" name="stay" on:click=answer(LockAnswer::Stay)>
                    {words::stuck_stay(lang)}
                </button>
                <button type="button" name="lock-anyway" on:click=answer(LockAnswer::Anyway)>
                    {words::stuck_anyway(lang)}
                </button>
            </section>
        })
    };
    view! { {notice} }.into_any()
}

fn markup(lang: Lang, lost: &[Bilingual]) -> Markup {
    html! {
        h2 { (words::stuck_title(lang)) }
        p { (words::stuck_lead(lang)) }
        ul {
            @for it in lost { li { (lang.pick(&it.vi, &it.en)) } }
            @if lost.is_empty() { li { (words::stuck_unnamed(lang)) } }
        }
        p.hint { (words::stuck_hint(lang)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_lost_is_named_by_its_question_or_as_what_was_entered_last() {
        let question = Bilingual { vi: "Có giấy phép không?".into(), en: "A licence?".into() };
        let named = |lang, lost| markup(lang, lost).into_string();
        let question = std::slice::from_ref(&question);
        assert!(named(Lang::Vi, question).contains("<li>Có giấy phép không?</li>"));
        assert!(named(Lang::En, question).contains("<li>A licence?</li>"));
        let unnamed = format!("<li>{}</li>", words::stuck_unnamed(Lang::En));
        assert!(named(Lang::En, &[]).contains(&unnamed));
        assert!(!named(Lang::En, question).contains(&unnamed));
    }
}
