//! What the store lacks by the word of a second place: what was lost, or that nothing was.

use leptos::prelude::*;
use maud::{Markup, html};
use texts::{Lang, format, syncing as words};

use crate::app::lang;
use crate::seam::{Intent, Loss, Wiring};

/// A notice about what the store lacks, while there is something to say.
#[component]
pub(crate) fn LossNotice() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let notice = move || {
        board.loss.get().map(|loss| {
            let class = if is_bad(loss) { "notice bad" } else { "notice" };
            view! {
                <section class=class role="alert" data-loss=kind(loss)>
                    <div inner_html=markup(lang, loss).into_string()></div>
                    {may_be_put_away(loss).then(|| view! {
                        <button type="button" on:click=move |_| send.run(Intent::UnderstandLoss)>
                            {words::loss_understood(lang)}
                        </button>
                    })}
                </section>
            }
        })
    };
    view! { {notice} }.into_any()
}

/// The word in `data-loss`.
fn kind(loss: Loss) -> &'static str {
    match loss {
        Loss::Wiped { .. } => "wiped",
        Loss::Older { .. } => "older",
    }
}

fn is_bad(loss: Loss) -> bool {
    match loss {
        Loss::Wiped { lost, .. } | Loss::Older { lost, .. } => lost > 0,
    }
}

/// A wiped store is said until this browser is a seat again.
fn may_be_put_away(loss: Loss) -> bool {
    match loss {
        Loss::Wiped { .. } => false,
        Loss::Older { .. } => true,
    }
}

fn markup(lang: Lang, loss: Loss) -> Markup {
    match loss {
        Loss::Wiped { lost, accepted_at, .. } => {
            let at = accepted_at.and_then(domain::moment::Moment::local);
            html! {
                h2 { (words::loss_wiped(lang)) }
                @if lost == 0 { p { (words::loss_wiped_nothing(lang)) } }
                @else { p { (words::loss_wiped_some(lang, lost)) } }
                @if let Some(at) = at {
                    p { (words::loss_accepted_at(lang, &format::time(lang, at))) }
                }
            }
        }
        Loss::Older { lost, coming_back } => html! {
            h2 { (words::loss_older(lang)) }
            @if coming_back > 0 { p { (words::loss_older_back(lang, coming_back)) } }
            @if lost > 0 { p { (words::loss_older_lost(lang, lost)) } }
            @else { p { (words::loss_older_nothing_lost(lang)) } }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::moment::Moment;

    #[test]
    fn a_wiped_store_says_what_was_lost_or_that_nothing_was() {
        let wiped = |lost| Loss::Wiped { accepted: 9, lost, accepted_at: Some(Moment(0)) };
        let nothing = markup(Lang::Vi, wiped(0)).into_string();
        assert!(nothing.contains("Không mất gì") && nothing.contains("01/01/1970"), "{nothing}");
        let some = markup(Lang::Vi, wiped(3)).into_string();
        assert!(some.contains("mất 3 nội dung") && !some.contains("Không mất gì"), "{some}");
    }

    #[test]
    fn an_older_copy_says_what_comes_back_and_what_does_not() {
        let older = markup(Lang::En, Loss::Older { lost: 1, coming_back: 2 }).into_string();
        assert!(older.contains("2 events recorded after") && older.contains("1 event recorded"));
        let whole = markup(Lang::En, Loss::Older { lost: 0, coming_back: 2 }).into_string();
        assert!(whole.contains("Nothing is lost."), "{whole}");
    }
}
