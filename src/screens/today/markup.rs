//! The lists of the first page as markup: they only link, so they need no component.

use maud::{Markup, html};
use texts::{Lang, format, today as words};

use crate::seam::{EstablishmentKind, InspectionSummary, OpenedBy, Progress, Readiness};

/// Whether one can leave the network.
pub(super) fn readiness(lang: Lang, readiness: &Readiness) -> Markup {
    match readiness {
        Readiness::Ready => html! { p."ready is-ready" { (words::ready(lang)) } },
        Readiness::Stale => html! { p."ready is-stale" { (words::stale(lang)) } },
        Readiness::Preparing { done, total } => html! {
            div."ready is-preparing" {
                label for="preparing" { (words::preparing(lang)) }
                progress id="preparing" max=((*total).max(1)) value=(done) {}
                span { (words::preparing_count(lang, *done, *total)) }
            }
        },
    }
}

/// What stands there while there is no inspection.
pub(super) fn none(lang: Lang) -> Markup {
    html! {
        div.empty {
            p { (words::none(lang)) }
            p.hint { (words::none_next(lang)) }
        }
    }
}

/// What the link to an inspection says.
pub(super) fn inspection(
    lang: Lang,
    kinds: &[EstablishmentKind],
    summary: &InspectionSummary,
) -> Markup {
    let InspectionSummary { establishment, on, decision, opened_by, progress, .. } = summary;
    let kind = kinds.iter().find(|kind| kind.id == summary.kind).map(|kind| &kind.words);
    html! {
        span.card-name { (establishment) }
        span.facts {
            @if let Some(kind) = kind { span { (lang.pick(&kind.vi, &kind.en)) } }
            span { (words::on(lang, &format::day(lang, *on))) }
            @match decision {
                Some(number) => span { (words::decision(lang, number)) },
                None => span."badge warn" { (words::decision_pending(lang)) },
            }
            (by(lang, opened_by))
        }
        @if let Some(cancelled) = &summary.cancelled {
            span.card-cancelled { span."badge bad" { (words::cancelled(lang)) } " " (cancelled.reason) }
        }
        span.card-progress {
            span { (words::answered(lang, progress.answered, progress.items)) }
            progress max=(progress.items.max(1)) value=(progress.answered) aria-hidden="true" {}
        }
        span.badges {
            (badges(lang, *progress))
            @if summary.held > 0 { span."badge warn" { (words::held(lang, summary.held)) } }
            @if summary.drafts > 0 { span."badge warn" { (words::drafts(lang, summary.drafts)) } }
            (delivery(lang, summary))
        }
    }
}

fn by(lang: Lang, opened_by: &OpenedBy) -> Markup {
    match opened_by {
        OpenedBy::Headquarters => html! {},
        OpenedBy::Me => html! { span { (words::opened_by_me(lang)) } },
        OpenedBy::Colleague(name) => html! { span { (words::opened_by(lang, name)) } },
    }
}

/// What is unfinished.
fn badges(lang: Lang, progress: Progress) -> Markup {
    let Progress { findings, incomplete, conflicts, .. } = progress;
    html! {
        @if findings > 0 { span."badge bad" { (words::findings(lang, findings)) } }
        @if incomplete > 0 { span."badge warn" { (words::incomplete(lang, incomplete)) } }
        @if conflicts > 0 { span."badge warn" { (words::conflicts(lang, conflicts)) } }
    }
}

/// Whether headquarters has everything.
fn delivery(lang: Lang, summary: &InspectionSummary) -> Markup {
    let is_begun = summary.progress.answered > 0 || summary.progress.findings > 0;
    html! {
        @if summary.pending > 0 {
            span."badge wait" { (words::pending(lang, summary.pending)) }
        } @else if summary.drafts == 0 && is_begun {
            span."badge good" { (words::delivered(lang)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::InspectionId;
    use domain::moment::Moment;
    use domain::state::Cancelled;
    use jiff::civil::date;

    fn summary() -> InspectionSummary {
        InspectionSummary {
            id: InspectionId([0xab; 16]),
            establishment: "Cơ sở in <Mẫu A>".to_owned(),
            kind: "printer".to_owned(),
            on: date(2026, 9, 1),
            decision: None,
            cancelled: None,
            opened_by: OpenedBy::Me,
            progress: Progress {
                items: 4,
                answered: 1,
                findings: 2,
                conflicts: 1,
                ..Progress::default()
            },
            held: 2,
            pending: 3,
            drafts: 1,
        }
    }

    #[test]
    fn an_inspection_says_what_it_is_and_what_waits() {
        let html = inspection(Lang::Vi, &[], &summary()).into_string();
        let parts = [
            "Cơ sở in &lt;Mẫu A&gt;",
            "Chưa có quyết định",
            "Tự mở",
            "3 nội dung chờ gửi",
            "1 bản nháp chưa ghi",
            "1/4 mục đã trả lời",
            "2 dấu hiệu vi phạm",
            "1 mục cần quyết định",
            "2 nội dung chờ xem xét",
        ];
        for part in parts {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("Trụ sở đã nhận đủ"));
    }

    #[test]
    fn a_cancelled_inspection_says_so_and_why() {
        let cancelled = Cancelled { reason: "cơ sở nghỉ".to_owned(), at: Moment(0), by: None };
        let summary = InspectionSummary { cancelled: Some(cancelled), ..summary() };
        let html = inspection(Lang::Vi, &[], &summary).into_string();
        assert!(html.contains("Đã hủy</span> cơ sở nghỉ"), "{html}");
        assert!(html.contains("3 nội dung chờ gửi"), "nothing is hidden: {html}");
    }

    #[test]
    fn headquarters_has_everything_only_where_something_was_recorded_and_nothing_waits() {
        let says = |summary: &InspectionSummary| {
            inspection(Lang::Vi, &[], summary).into_string().contains("Trụ sở đã nhận đủ")
        };
        let sent = InspectionSummary { pending: 0, drafts: 0, ..summary() };
        assert!(says(&sent));
        assert!(!says(&InspectionSummary { drafts: 1, ..sent.clone() }));
        assert!(!says(&InspectionSummary { progress: Progress::default(), ..sent }));
    }

    #[test]
    fn no_inspection_says_what_to_do() {
        let html = none(Lang::En).into_string();
        assert!(html.contains("open an inspection yourself"), "{html}");
    }
}
