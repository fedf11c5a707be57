//! The first page: the inspections on this tablet, what is unfinished, and whether one can leave
//! the network.

mod markup;

use leptos::prelude::*;
use texts::today as words;

use crate::app::lang;
use crate::router::Route;
use crate::seam::{Session, Wiring};

/// The first page.
#[component]
pub(crate) fn TodayScreen() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let greeting = move || match board.session.get() {
        Session::Ready { name } => words::greeting(lang, &name),
        Session::Starting | Session::NotEnrolled | Session::Enrolling => String::new(),
        Session::EnrolmentFailed(_) | Session::Broken(_) => String::new(),
    };
    let ready = move || board.readiness.with(|ready| markup::readiness(lang, ready).into_string());
    let list = move || {
        let kinds = board.kinds.get();
        board.inspections.with(|all| markup::inspections(lang, &kinds, all).into_string())
    };
    view! {
        <section class="today">
            <header>
                <h1>{words::title(lang)}</h1>
                <p class="seat">{greeting}</p>
            </header>
            <div role="status" inner_html=ready></div>
            <h2>{words::inspections(lang)}</h2>
            <div inner_html=list></div>
            <a class="button primary open-new" href=Route::NewInspection.href()>{words::open_new(lang)}</a>
        </section>
    }
    .into_any()
}
