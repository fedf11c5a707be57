//! How the app is installed on this device: a button where the browser offers one, its own way in
//! words elsewhere, nothing once it is installed.

use gloo_storage::{LocalStorage as SmallStore, Storage};
use leptos::prelude::*;
use texts::{Lang, install as words};

use crate::app::lang;
use crate::seam::{Install, Intent, Wiring};

/// Where it is kept that the person wants no hint; a preference of this device.
const KEPT: &str = "bienban/install";

/// Where the way to install is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the first page, until the person has done it or wants it no more.
    Hint,
    /// In the settings, always.
    Settings,
}

/// Whether there is something to show.
fn is_shown(install: Install, place: Place, is_unwanted: bool) -> bool {
    match (install, place) {
        (Install::Unknown, _) => false,
        (_, Place::Settings) => true,
        (Install::Installed | Install::Impossible, Place::Hint) => false,
        (Install::Offered | Install::ByShare, Place::Hint) => !is_unwanted,
        (Install::ByDock | Install::ByMenu, Place::Hint) => !is_unwanted,
    }
}

/// The way in words, a sentence for each step.
fn steps(lang: Lang, install: Install) -> Vec<String> {
    let step = |words: &str| words.to_owned();
    match install {
        Install::Unknown | Install::Offered => Vec::new(),
        Install::Installed => vec![step(words::installed(lang))],
        Install::ByShare => vec![
            format!("{} {}.", words::share_first(lang), words::share_icon(lang)),
            step(words::share_then(lang)),
            step(words::share_storage(lang)),
        ],
        Install::ByDock => vec![step(words::dock(lang))],
        Install::ByMenu => vec![step(words::menu(lang))],
        Install::Impossible => vec![step(words::not_here(lang))],
    }
}

/// How the app is installed here.
#[component]
pub(crate) fn InstallHint(place: Place) -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let unwanted = SmallStore::raw().get_item(KEPT).ok().flatten().is_some();
    let unwanted = RwSignal::new(unwanted);
    let later = move |_| {
        // What cannot be kept is asked again the next time.
        let _ = SmallStore::raw().set_item(KEPT, "later");
        unwanted.set(true);
    };
    let step = |words: String| view! { <li>{words}</li> };
    let shown = move || {
        let install = board.install.get();
        is_shown(install, place, unwanted.get()).then(|| {
            view! {
                <aside class="panel install" aria-labelledby="install-title">
                    <h2 id="install-title">{words::title(lang)}</h2>
                    <p hidden=install == Install::Installed>{words::why(lang)}</p>
                    <ol>{steps(lang, install).into_iter().map(step).collect_view()}</ol>
                    <div class="choices">
                        <button type="button" class="primary" hidden=install != Install::Offered
                            on:click=move |_| send.run(Intent::Install)>{words::install(lang)}</button>
                        <button type="button" hidden=place == Place::Settings on:click=later>
                            {words::later(lang)}
                        </button>
                    </div>
                </aside>
            }
        })
    };
    view! { {shown} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Install; 7] = [
        Install::Unknown,
        Install::Installed,
        Install::Offered,
        Install::ByShare,
        Install::ByDock,
        Install::ByMenu,
        Install::Impossible,
    ];

    #[test]
    fn the_hint_is_hidden_when_installed_impossible_or_unwanted() {
        let hinted: Vec<_> =
            ALL.into_iter().filter(|install| is_shown(*install, Place::Hint, false)).collect();
        let expected = [Install::Offered, Install::ByShare, Install::ByDock, Install::ByMenu];
        assert_eq!(hinted, expected);
        assert!(ALL.into_iter().all(|install| !is_shown(install, Place::Hint, true)));
    }

    #[test]
    fn every_way_but_the_button_is_told_in_words() {
        for install in ALL {
            let needs_words = !matches!(install, Install::Unknown | Install::Offered);
            assert_eq!(steps(Lang::En, install).is_empty(), !needs_words, "{install:?}");
        }
        assert_eq!(steps(Lang::Vi, Install::ByShare).len(), 3);
    }
}
