//! Who of the team wrote what, and when, in words.

use domain::moment::Moment;
use domain::register::{Address, Field};
use domain::state::State;
use maud::{Markup, html};
use texts::{Lang, format, inspection as words, tools};

use super::conflict::name_of;
use super::markup::answer_words;
use super::plan::ItemPlace;
use super::state::{Glance, Sheet};

/// A time as the reader writes it; empty for a clock that was out of bounds.
pub(crate) fn time(lang: Lang, at: Moment) -> String {
    at.local().map(|time| format::time(lang, time)).unwrap_or_default()
}

/// Who answered, when it was not this seat.
pub(crate) fn of_another(lang: Lang, sheet: &Sheet, glance: &Glance) -> Option<String> {
    let by = glance.by.filter(|by| by.seat != sheet.me())?;
    Some(tools::answered_by(lang, &name_of(lang, sheet, by.seat), &time(lang, by.at)))
}

/// That headquarters cancelled the inspection: who, when, why, and what that means for what is
/// recorded. Of the people at headquarters this tablet knows those by name who are on the team.
pub(super) fn cancelled(lang: Lang, state: &State) -> Option<String> {
    let cancelled = state.cancelled()?;
    let person = state.team().find(|assign| Some(assign.person) == cancelled.by);
    let by = person.map_or(words::headquarters(lang), |assign| &assign.name);
    let reason = cancelled.reason.trim_end_matches('.');
    let said = words::cancelled(lang, by, &time(lang, cancelled.at), reason);
    Some(format!("{said}. {}", words::cancelled_means(lang)))
}

/// Who wrote what in an item.
pub(crate) fn history(lang: Lang, sheet: &Sheet, place: ItemPlace) -> Markup {
    let lines = lines(lang, sheet, place);
    html! {
        h4 { (tools::who(lang)) }
        @if lines.is_empty() {
            p.hint { (tools::nobody(lang)) }
        } @else {
            ul { @for line in lines { li { (line) } } }
        }
    }
}

fn lines(lang: Lang, sheet: &Sheet, place: ItemPlace) -> Vec<String> {
    let item = &sheet.plan().item(place).id;
    let state = sheet.state();
    let written = |field: Field| {
        let register = state.register(&Address::item(item.clone(), field));
        register.into_iter().flat_map(|register| register.current()).map(|(_, written)| written)
    };
    let answers = written(Field::Answer).filter_map(|it| {
        let answer = answer_words(lang, it.value.as_answer()?);
        let (name, at) = (name_of(lang, sheet, it.author), time(lang, it.at));
        Some(tools::answer_by(lang, answer, &name, &at))
    });
    let notes = written(Field::Note)
        .filter(|it| !it.value.is_empty())
        .map(|it| tools::noted_by(lang, &name_of(lang, sheet, it.author), &time(lang, it.at)));
    let findings = state.findings_of(item).into_iter().map(|finding| {
        let name = name_of(lang, sheet, finding.author);
        tools::found_by(lang, &name, &time(lang, finding.begun_at))
    });
    answers.chain(notes).chain(findings).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, entry};
    use domain::act::{Act, CancelInspection};
    use domain::answer::Answer;
    use domain::ids::SeatId;
    use domain::register::Write;
    use domain::state::{Custody, Entry};

    #[test]
    fn a_cancelled_inspection_says_who_when_and_why_and_that_nothing_is_lost() {
        let mut state = State::new([SeatId([9; 16])]);
        assert_eq!(cancelled(Lang::En, &state), None);
        let cancel = Act::CancelInspection(CancelInspection { reason: "moved.".to_owned() });
        let word = Entry { author: SeatId([9; 16]), ..entry(1, cancel) };
        state.apply(&word, Custody::Accepted);
        let said = cancelled(Lang::En, &state).unwrap();
        assert!(said.starts_with("Headquarters cancelled this inspection, "), "{said}");
        assert!(said.contains("Reason: moved. What was recorded is still here."), "{said}");
    }

    #[test]
    fn an_answer_of_a_colleague_names_the_colleague_and_ones_own_does_not() {
        let mut sheet = samples::sheet(&[("a", &["a.1", "a.2"])]);
        samples::store_answer(&mut sheet, ItemPlace(0), Answer::Compliant);
        let address = Address::item("a.2", Field::Answer);
        let write = Write { address, value: Answer::NotChecked.value(), over: Vec::new() };
        let theirs = Entry { author: SeatId([8; 16]), ..entry(7, Act::Set(write)) };
        sheet.apply(&theirs, Custody::Accepted);
        let said = |place| of_another(Lang::En, &sheet, sheet.glance(place));
        assert_eq!(said(ItemPlace(0)), None);
        let said = said(ItemPlace(1)).unwrap();
        assert!(said.starts_with("Answered by Headquarters, "), "{said}");
        let history = history(Lang::En, &sheet, ItemPlace(1)).into_string();
        assert!(history.contains("Not checked: Headquarters"), "{history}");
    }
}
