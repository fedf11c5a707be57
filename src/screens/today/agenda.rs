//! What to do next, worked out from the lines of the first page: which inspection, how many are
//! unfinished, and what waits to be sent.

use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, format, today as words};

use crate::router::Route;
use crate::seam::{InspectionSummary, Progress};

/// Whether something is left to do in an inspection. One whose checklists are on their way has no
/// items yet and is not finished.
fn is_unfinished(progress: Progress) -> bool {
    let Progress { items, answered, incomplete, conflicts, .. } = progress;
    items == 0 || answered < items || incomplete > 0 || conflicts > 0
}

/// Whether there is something to do in an inspection that takes place.
fn is_open(summary: &InspectionSummary) -> bool {
    summary.cancelled.is_none() && is_unfinished(summary.progress)
}

/// The inspection to work on next.
///
/// One that was begun goes before one that was not; of several, the one whose day is nearest to
/// today, and of two days equally near the one that has come.
fn next_of(all: &[InspectionSummary], today: Date) -> Option<&InspectionSummary> {
    let urgency = |it: &&InspectionSummary| {
        let begun = it.progress.answered > 0 || it.progress.findings > 0;
        let away_hours = it.on.duration_since(today).as_hours();
        (!begun, away_hours.abs(), away_hours > 0)
    };
    all.iter().filter(|it| is_open(it)).min_by_key(urgency)
}

/// The inspection to work on next, with the way into it.
pub(super) fn next(lang: Lang, all: &[InspectionSummary], today: Date) -> Markup {
    match next_of(all, today) {
        Some(summary) => way_in(lang, summary, today),
        None => html! { p { (words::nothing_next(lang)) } },
    }
}

/// How much is unfinished, and how much waits to be sent.
pub(super) fn waiting(lang: Lang, all: &[InspectionSummary], pending: u64) -> Markup {
    let drafts: usize = all.iter().map(|it| it.drafts).sum();
    let unfinished = all.iter().filter(|it| is_open(it)).count();
    html! {
        @if unfinished > 0 { span { (words::unfinished(lang, unfinished)) } }
        @if drafts > 0 { span { (words::drafts(lang, drafts)) } }
        a href=(Route::Syncing.href()) {
            @if pending > 0 { (words::pending(lang, pending)) } @else { (words::all_sent(lang)) }
        }
    }
}

fn way_in(lang: Lang, summary: &InspectionSummary, today: Date) -> Markup {
    let InspectionSummary { id, establishment, on, progress, .. } = summary;
    let (answered, items) = (progress.answered, progress.items);
    let is_begun = answered > 0 || progress.findings > 0;
    let (words, target) = match (is_begun, answered < items) {
        (false, _) => (words::next_begin(lang), Route::Inspection(*id)),
        (true, true) => (words::next_continue(lang), Route::Inspection(*id)),
        (true, false) => (words::next_review(lang), Route::Review(*id)),
    };
    let day = if *on == today {
        words::on_today(lang).to_owned()
    } else {
        words::on(lang, &format::day(lang, *on))
    };
    html! {
        p.agenda-next {
            strong { (establishment) }
            span { (day) " · " (words::answered(lang, answered, items)) }
        }
        a.button.primary href=(target.href()) { (words) span.unseen { ": " (establishment) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seam::OpenedBy;
    use domain::ids::InspectionId;
    use domain::moment::Moment;
    use domain::state::Cancelled;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 9, 10);

    fn line(id: u8, day: i8, answered: u32) -> InspectionSummary {
        InspectionSummary {
            id: InspectionId([id; 16]),
            establishment: format!("Cơ sở in Mẫu {id}"),
            kind: "printer".to_owned(),
            on: date(2026, 9, day),
            decision: None,
            cancelled: None,
            opened_by: OpenedBy::Headquarters,
            progress: Progress { items: 4, answered, ..Progress::default() },
            pending: 0,
            drafts: 0,
            held: 0,
        }
    }

    fn check(lines: &[InspectionSummary], next: Option<u8>, unfinished: usize) {
        let found = next_of(lines, TODAY).map(|it| it.id.as_bytes()[0]);
        let waiting = waiting(Lang::En, lines, 3).into_string();
        assert_eq!(found, next);
        assert_eq!(waiting.contains(&format!("{unfinished} inspection")), unfinished > 0);
        assert!(waiting.contains("3 events to send"), "{waiting}");
    }

    #[test]
    fn what_was_begun_comes_first_then_the_nearest_day() {
        check(&[line(1, 10, 0), line(2, 1, 3)], Some(2), 2);
        check(&[line(1, 20, 0), line(2, 11, 0)], Some(2), 2);
        check(&[line(1, 11, 0), line(2, 9, 0)], Some(2), 2);
        check(&[line(1, 10, 4)], None, 0);
        check(&[], None, 0);
        let no_items = Progress::default();
        check(&[InspectionSummary { progress: no_items, ..line(3, 10, 0) }], Some(3), 1);
    }

    #[test]
    fn a_cancelled_inspection_is_neither_next_nor_unfinished() {
        let cancelled = Cancelled { reason: "hoãn".to_owned(), at: Moment(0), by: None };
        let gone = InspectionSummary { cancelled: Some(cancelled), ..line(1, 10, 2) };
        check(&[gone.clone(), line(2, 20, 0)], Some(2), 1);
        check(&[gone], None, 0);
    }

    #[test]
    fn an_inspection_that_lacks_only_a_decision_between_values_is_unfinished_and_reviewed() {
        let conflict = Progress { conflicts: 1, ..line(1, 10, 4).progress };
        let summary = InspectionSummary { progress: conflict, ..line(1, 10, 4) };
        let html = super::next(Lang::En, &[summary], TODAY).into_string();
        let id = "01".repeat(16);
        assert!(html.contains(&format!("href=\"#/inspection/{id}/review\"")), "{html}");
        assert!(!html.contains("data-inspection"), "the list has the one link: {html}");
    }
}
