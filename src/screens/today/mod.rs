//! The first page: the inspections on this tablet, what is unfinished, and whether one can leave
//! the network.

use leptos::prelude::*;
use texts::{Lang, format, today as words};

use crate::app::lang;
use crate::router::Route;
use crate::seam::{EstablishmentKind, InspectionSummary, OpenedBy, Readiness, Session, Wiring};

/// The first page.
#[component]
pub(crate) fn TodayScreen() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let greeting = move || match board.session.get() {
        Session::Ready { name } => Some(words::greeting(lang, &name)),
        Session::Starting | Session::NotEnrolled | Session::Enrolling => None,
        Session::EnrolmentFailed(_) | Session::Broken(_) => None,
    };
    let list = move || {
        let kinds = board.kinds.get();
        board
            .inspections
            .with(|all| if all.is_empty() { nothing(lang) } else { inspections(lang, &kinds, all) })
    };
    view! {
        <section class="today">
            <header>
                <h1>{words::title(lang)}</h1>
                <p class="seat">{greeting}</p>
            </header>
            <Ready />
            <h2>{words::inspections(lang)}</h2>
            {list}
            <a class="button primary open-new" href=Route::NewInspection.href()>{words::open_new(lang)}</a>
        </section>
    }
    .into_any()
}

/// Whether one can leave the network.
#[component]
fn Ready() -> AnyView {
    let lang = lang();
    let readiness = expect_context::<Wiring>().board.readiness;
    let shown = move || match readiness.get() {
        Readiness::Ready => {
            view! { <p class="ready is-ready" role="status">{words::ready(lang)}</p> }.into_any()
        }
        Readiness::Stale => {
            view! { <p class="ready is-stale" role="status">{words::stale(lang)}</p> }.into_any()
        }
        Readiness::Preparing { done, total } => view! {
            <div class="ready is-preparing" role="status">
                <label for="preparing">{words::preparing(lang)}</label>
                <progress id="preparing" max=total.max(1) value=done></progress>
                <span>{words::preparing_count(lang, done, total)}</span>
            </div>
        }
        .into_any(),
    };
    view! { {shown} }.into_any()
}

fn nothing(lang: Lang) -> AnyView {
    view! {
        <div class="empty">
            <p>{words::none(lang)}</p>
            <p class="hint">{words::none_next(lang)}</p>
        </div>
    }
    .into_any()
}

fn inspections(lang: Lang, kinds: &[EstablishmentKind], all: &[InspectionSummary]) -> AnyView {
    let line = |summary| view! { <li>{inspection(lang, kinds, summary)}</li> };
    view! { <ul class="inspections">{all.iter().map(line).collect_view()}</ul> }.into_any()
}

fn inspection(lang: Lang, kinds: &[EstablishmentKind], summary: &InspectionSummary) -> AnyView {
    let kind = kinds.iter().find(|kind| kind.id == summary.kind);
    let kind = kind.map(|kind| lang.pick(kind.words.vi.clone(), kind.words.en.clone()));
    let progress = summary.progress;
    let share = format!("{}%", 100 * progress.answered / progress.items.max(1));
    view! {
        <a class="inspection-card" href=Route::Inspection(summary.id).href()
            data-inspection=summary.id.to_string()>
            <span class="card-name">{summary.establishment.clone()}</span>
            <span class="facts">
                {kind.map(|kind| view! { <span>{kind}</span> })}
                <span>{words::on(lang, &format::day(lang, summary.on))}</span>
                {decision(lang, summary)}
                {opened_by(lang, &summary.opened_by).map(|by| view! { <span>{by}</span> })}
            </span>
            <span class="card-progress">
                <span>{words::answered(lang, progress.answered, progress.items)}</span>
                <span class="bar" aria-hidden="true"><span style:inline-size=share></span></span>
            </span>
            <span class="badges">{badges(lang, summary)}</span>
        </a>
    }
    .into_any()
}

fn decision(lang: Lang, summary: &InspectionSummary) -> AnyView {
    match &summary.decision {
        Some(number) => view! { <span>{words::decision(lang, number)}</span> }.into_any(),
        None => {
            view! { <span class="badge warn">{words::decision_pending(lang)}</span> }.into_any()
        }
    }
}

fn opened_by(lang: Lang, by: &OpenedBy) -> Option<String> {
    match by {
        OpenedBy::Headquarters => None,
        OpenedBy::Me => Some(words::opened_by_me(lang).to_owned()),
        OpenedBy::Colleague(name) => Some(words::opened_by(lang, name)),
    }
}

/// What is unfinished, and whether headquarters has everything.
fn badges(lang: Lang, summary: &InspectionSummary) -> AnyView {
    let progress = summary.progress;
    let findings = (progress.findings > 0).then(|| words::findings(lang, progress.findings));
    let incomplete =
        (progress.incomplete > 0).then(|| words::incomplete(lang, progress.incomplete));
    let conflicts = (progress.conflicts > 0).then(|| words::conflicts(lang, progress.conflicts));
    let pending = match summary.pending {
        0 => (words::delivered(lang).to_owned(), "badge good"),
        pending => (words::pending(lang, pending), "badge wait"),
    };
    let badges = [
        findings.map(|text| (text, "badge bad")),
        incomplete.map(|text| (text, "badge warn")),
        conflicts.map(|text| (text, "badge warn")),
        Some(pending),
    ];
    let badge = |(text, class): (String, &'static str)| view! { <span class=class>{text}</span> };
    badges.into_iter().flatten().map(badge).collect_view().into_any()
}
