//! What headquarters holds of this inspection, in words: what was recorded, by whom, and why it
//! does not count yet. Deciding about it is the office's.

use domain::act::Act;
use domain::ids::FindingId;
use domain::register::{Field, Subject, Write};
use domain::state::{HeldEntry, HeldReason};
use maud::{Markup, html};
use texts::{Lang, finding as finding_words, format, inspection as words};

use super::conflict::{name_of, value_words};
use super::state::Sheet;

/// How many events are held, and each of them on demand; nothing when there is none.
pub(super) fn summary(lang: Lang, sheet: &Sheet) -> Markup {
    let is_own = |held: &&HeldEntry| held.entry.author == sheet.me();
    let own = sheet.state().held().filter(is_own).count();
    let others = sheet.state().held().count() - own;
    html! {
        @if own > 0 { p.warning { (words::held_own(lang, own)) } }
        @if others > 0 { p.warning { (words::held(lang, others)) } }
        @if own + others > 0 {
            details.held {
                summary { (words::held_show(lang)) }
                ul { @for held in sheet.state().held() { (line(lang, sheet, held)) } }
            }
        }
    }
}

fn line(lang: Lang, sheet: &Sheet, held: &HeldEntry) -> Markup {
    let HeldEntry { entry, reason } = held;
    let name = name_of(lang, sheet, entry.author);
    let at = entry.at.local().map(|time| format::time(lang, time)).unwrap_or_default();
    let what = match &entry.body {
        Some(body) => act_words(lang, sheet, &body.act),
        None => words::act_unknown(lang).to_owned(),
    };
    html! {
        li data-held=(entry.id) {
            strong { (what) } " "
            span { (words::held_by(lang, &name, &at, reason_words(lang, *reason))) }
        }
    }
}

/// Why an event is held.
fn reason_words(lang: Lang, reason: HeldReason) -> &'static str {
    match reason {
        HeldReason::NotOnTeam => words::held_not_on_team(lang),
        HeldReason::SeatRevoked => words::held_seat_revoked(lang),
        HeldReason::Forked => words::held_forked(lang),
        HeldReason::UnknownSeat => words::held_unknown_seat(lang),
    }
}

fn act_words(lang: Lang, sheet: &Sheet, act: &Act) -> String {
    match act {
        Act::OpenJournal(_) => words::act_opens_journal(lang).to_owned(),
        Act::OpenInspection(open) => words::act_opens_inspection(lang, &open.establishment.name),
        Act::Set(write) => {
            let place = subject_words(lang, sheet, &write.address.subject);
            words::act_writes(lang, &place, &field_of(lang, write), &value_of(lang, write))
        }
        Act::BeginFinding(begin) => {
            let place = item_words(lang, sheet, &begin.item);
            let (field, value) = (field_of(lang, &begin.first), value_of(lang, &begin.first));
            words::act_begins(lang, &place, &field, &value)
        }
        Act::WithdrawFinding(withdraw) => {
            let place = finding_place(lang, sheet, withdraw.finding);
            words::act_withdraws(lang, &place, &withdraw.reason)
        }
        Act::CancelInspection(_)
        | Act::AssignSeat(_)
        | Act::Admit(_)
        | Act::SetAside(_)
        | Act::FollowRemedy(_) => words::act_of_headquarters(lang).to_owned(),
        Act::Unknown(_) => words::act_unknown(lang).to_owned(),
    }
}

fn subject_words(lang: Lang, sheet: &Sheet, subject: &Subject) -> String {
    match subject {
        Subject::Item(item) => item_words(lang, sheet, item),
        Subject::Finding(finding) => finding_place(lang, sheet, *finding),
        Subject::Inspection => words::whole_inspection(lang).to_owned(),
    }
}

/// The question of an item, or its id when it is not asked here.
fn item_words(lang: Lang, sheet: &Sheet, item: &str) -> String {
    let place = sheet.plan().place_of(item).map(|place| sheet.plan().item(place));
    let question = place.map(|item| lang.pick(&item.question_vi, &item.question_en).clone());
    question.unwrap_or_else(|| item.to_owned())
}

fn finding_place(lang: Lang, sheet: &Sheet, finding: FindingId) -> String {
    match sheet.state().finding(finding) {
        Some(finding) => item_words(lang, sheet, finding.item),
        None => words::some_finding(lang).to_owned(),
    }
}

fn value_of(lang: Lang, write: &Write) -> String {
    value_words(lang, &write.address.field, &write.value)
}

/// A field within a sentence: in small letters.
fn field_of(lang: Lang, write: &Write) -> String {
    let name = match &write.address.field {
        Field::Answer => words::answer(lang),
        Field::Note => words::note(lang),
        Field::Facts => finding_words::facts(lang),
        Field::Quantity => finding_words::quantity(lang),
        Field::ActOn => finding_words::act_on(lang),
        Field::Provision => words::field_provision(lang),
        Field::Remedy => finding_words::remedy(lang),
        Field::RemedyBy => finding_words::remedy_by(lang),
        Field::StatementState | Field::Statement => finding_words::statement_state(lang),
        Field::Decision => words::field_decision(lang),
        Field::Place => words::field_place(lang),
        Field::Present => words::field_present(lang),
        Field::Other(name) => name,
    };
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{entry, sheet};
    use domain::answer::Answer;
    use domain::register::Address;
    use domain::state::Custody;

    #[test]
    fn a_held_event_is_told_with_what_was_done_and_why_it_is_held() {
        let mut sheet = sheet(&[("a", &["a.1"])]);
        assert_eq!(summary(Lang::Vi, &sheet).into_string(), "");
        let address = Address::item("a.1", Field::Answer);
        let write = Write { address, value: Answer::Compliant.value(), over: Vec::new() };
        sheet.apply(&entry(1, Act::Set(write)), Custody::Held(HeldReason::NotOnTeam));
        let html = summary(Lang::Vi, &sheet).into_string();
        let parts = [
            "1 nội dung anh/chị ghi đang chờ trụ sở xem xét",
            "Có giấy phép không? – trả lời: Đạt",
            "Tôi ghi lúc",
            "không có trong đoàn",
        ];
        for part in parts {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}
