//! The first page: the inspections on this tablet, what is unfinished, and whether one can leave
//! the network.

mod agenda;
mod markup;

use domain::ids::InspectionId;
use leptos::prelude::*;
use texts::{practice, today as words};

use crate::app::lang;
use crate::install::{InstallHint, Place};
use crate::router::Route;
use crate::seam::{Listing, Session, Wiring};

/// The first page.
#[component]
pub(crate) fn TodayScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, today, .. } = expect_context::<Wiring>();
    let greeting = move || match board.session.get() {
        Session::Ready { name } => words::greeting(lang, &name),
        Session::Starting | Session::NotEnrolled | Session::Enrolling => String::new(),
        Session::EnrolmentFailed(_) | Session::Erased { .. } | Session::Broken(_) => String::new(),
        Session::Locked { .. } | Session::Unprotected | Session::Protecting => String::new(),
    };
    let ready = move || board.readiness.with(|ready| markup::readiness(lang, ready).into_string());
    // All at once: what comes later would move what a finger is already on its way to.
    let is_read = move || board.listing.get() == Listing::Read;
    let is_empty = Memo::new(move |_| board.inspections.with(Vec::is_empty));
    let list = move || {
        if is_empty.get() {
            view! { <div inner_html=markup::none(lang).into_string()></div> }.into_any()
        } else {
            view! { <Inspections /> }.into_any()
        }
    };
    let next = Memo::new(move |_| {
        let today = today.run(());
        board.inspections.with(|all| agenda::next(lang, all, today).into_string())
    });
    let waiting = move || {
        let pending = board.sync.with(|status| status.pending);
        board.inspections.with(|all| agenda::waiting(lang, all, pending).into_string())
    };
    view! {
        <section class="today">
            <header>
                <h1>{words::title(lang)}</h1>
                <p class="seat">{greeting}</p>
            </header>
            <p role="status" aria-busy="true" hidden=is_read>{words::reading(lang)}</p>
            <div class="day" hidden=move || !is_read()>
                <div role="status" inner_html=ready></div>
                <div class="agenda" hidden=move || is_empty.get()>
                    <h2>{words::next(lang)}</h2>
                    <div inner_html=move || next.get()></div>
                    <p class="facts" inner_html=waiting></p>
                </div>
                <h2>{words::inspections(lang)}</h2>
                {list}
                <a class="button open-new" href=Route::NewInspection.href()>
                    {words::open_new(lang)}
                </a>
                <p class="to-practice">
                    <a href=Route::Practice.href()>{practice::open(lang)}</a>
                    <span class="hint">{practice::open_hint(lang)}</span>
                </p>
                <InstallHint place=Place::Hint />
            </div>
        </section>
    }
    .into_any()
}

/// A link for each inspection. A link stays the same element while what it says changes: whoever
/// is about to tap it still taps it.
#[component]
fn Inspections() -> AnyView {
    let board = expect_context::<Wiring>().board;
    let ids =
        move || board.inspections.with(|all| all.iter().map(|one| one.id).collect::<Vec<_>>());
    view! {
        <ul class="inspections">
            <For each=ids key=|id| *id children=move |id| view! { <li><Card id /></li> } />
        </ul>
    }
    .into_any()
}

#[component]
fn Card(id: InspectionId) -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let summary = Memo::new(move |_| {
        board.inspections.with(|all| all.iter().find(|one| one.id == id).cloned())
    });
    let inside = Memo::new(move |_| {
        let kinds = board.kinds.get();
        let inside = summary.get().map(|summary| markup::inspection(lang, &kinds, &summary));
        inside.map(maud::Markup::into_string).unwrap_or_default()
    });
    view! {
        <a class="inspection-card" href=Route::Inspection(id).href() data-inspection=id.to_string()
            inner_html=move || inside.get()></a>
    }
    .into_any()
}
