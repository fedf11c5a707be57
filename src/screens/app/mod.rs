//! The frame around every screen: which one is shown, head and navigation, language and colours.

mod frame;

use std::collections::BTreeMap;

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use texts::{Lang, unlock as words};

use crate::components::export::ExportPanel;
use crate::components::notice::BrokenStore;
use crate::enrol::view::{EnrolScreen, ProtectScreen};
use crate::preferences::Preferences;
use crate::seam::{Intent, Readiness, Session, StoreTrouble, Wiring};
use crate::unlock::UnlockScreen;
use frame::Frame;

/// Shows the app on the page, in place of the notice that stood there while it was loading.
pub fn mount(wiring: impl FnOnce() -> Wiring + 'static) {
    if let Some(notice) = document().get_element_by_id("shell-notice") {
        notice.remove();
    }
    mount_to_body(move || App(AppProps { wiring: wiring() }));
}

/// The reader's language. It is the same as long as a screen stands: when another is chosen, the
/// screen is built anew.
pub(crate) fn lang() -> Lang {
    use_context().unwrap_or_default()
}

/// The address, for screens with parts of their own.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    /// Its fragment.
    pub(crate) fragment: RwSignal<String>,
    /// How far down each screen stood when it was left, in CSS pixels, by its address.
    pub(crate) left_at_px: StoredValue<BTreeMap<String, f64>>,
}

/// The app.
#[component]
fn App(wiring: Wiring) -> AnyView {
    let preferences = Preferences::load();
    preferences.follow();
    provide_context(wiring);
    provide_context(preferences);
    say_when_ready(wiring);
    Effect::new(move || {
        let idle_ms = preferences.lock_after.get().idle_ms();
        wiring.send.run(Intent::LockAfter { idle_ms });
    });
    let session = wiring.board.session;
    // A name that arrives later must not build the screen anew.
    let stage = Memo::new(move |_| Stage::of(&session.get()));
    let shown = move || {
        provide_context(preferences.lang.get());
        match stage.get() {
            Stage::Starting => starting(),
            Stage::Enrolling => view! { <EnrolScreen /> }.into_any(),
            Stage::Locked => view! { <UnlockScreen /> }.into_any(),
            Stage::Unprotected => view! { <ProtectScreen /> }.into_any(),
            Stage::Working => view! { <Frame /> }.into_any(),
            Stage::Erased { others } => erased(others),
            Stage::Broken(trouble) => broken(trouble),
        }
    };
    view! { {shown} }.into_any()
}

/// What is shown, as far as it depends on whose tablet this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Starting,
    Enrolling,
    Locked,
    Unprotected,
    Working,
    Erased { others: bool },
    Broken(StoreTrouble),
}

impl Stage {
    fn of(session: &Session) -> Self {
        match session {
            Session::Starting => Self::Starting,
            Session::NotEnrolled | Session::Enrolling | Session::EnrolmentFailed(_) => {
                Self::Enrolling
            }
            Session::Locked { .. } => Self::Locked,
            Session::Unprotected | Session::Protecting => Self::Unprotected,
            Session::Ready { .. } => Self::Working,
            Session::Erased { others } => Self::Erased { others: *others },
            Session::Broken(trouble) => Self::Broken(*trouble),
        }
    }
}

/// What is in a store that cannot be worked with can still be taken out of it, as far as it reads.
fn broken(trouble: StoreTrouble) -> AnyView {
    let exporting = match trouble {
        StoreTrouble::Newer | StoreTrouble::Damaged => Some(view! { <ExportPanel /> }),
        StoreTrouble::Blocked | StoreTrouble::Full | StoreTrouble::Unavailable => None,
    };
    view! {
        <main id="content" class="syncing">
            <BrokenStore trouble />
            {exporting}
        </main>
    }
    .into_any()
}

/// What a revoked tablet says when it has sent and erased everything.
fn erased(others: bool) -> AnyView {
    let lang = lang();
    let on = if others { words::to_vaults(lang) } else { words::enrol_beside(lang) };
    view! {
        <main id="content" class="enrol unlock" data-erased="true">
            <p class="brand">{texts::app::name(lang)}</p>
            <h1>{words::erased_title(lang)}</h1>
            <p role="status">{words::erased_lead(lang)}</p>
            <a class="button primary" href="/" rel="external">{on}</a>
        </main>
    }
    .into_any()
}

fn starting() -> AnyView {
    let lang = lang();
    view! { <main id="content"><p class="notice" role="status">{texts::app::opening(lang)}</p></main> }
        .into_any()
}

/// Puts `data-offline` on the page while everything needed without a network is on this tablet.
fn say_when_ready(wiring: Wiring) {
    Effect::new(move || {
        let ready = match wiring.board.readiness.get() {
            Readiness::Ready => Some("ready"),
            Readiness::Stale => Some("stale"),
            Readiness::Preparing { .. } => None,
        };
        let page = document().document_element();
        // Setting or removing an attribute fails only for a name that is none.
        let _ = page.map(|page| match ready {
            Some(ready) => page.set_attribute("data-offline", ready),
            None => page.remove_attribute("data-offline"),
        });
    });
}
