//! What an item shows beside its answer, when there is something: a failed write, a conflict, its
//! findings, a note.

use domain::answer::Answer;
use domain::ids::FindingId;
use domain::register::Field;
use leptos::prelude::*;
use texts::{app as app_words, finding as finding_words, inspection as words};

use super::conflict::FieldConflict;
use super::finding::FindingCard;
use super::model::ModelHandle;
use super::plan::ItemPlace;
use super::state::Spot;
use super::view::bring_into_view;
use super::withdraw::LeftOver;
use crate::app::lang;
use crate::components::field::{FieldAt, Kind, TypedField};
use crate::components::notice::trouble_words;

/// What an item shows beside its answer.
pub(super) fn more(model: ModelHandle, place: ItemPlace) -> AnyView {
    let at = |field| FieldAt { model, place, spot: Spot::item(field) };
    view! {
        <div class="more">
            <Trouble model place />
            <FieldConflict at=at(Field::Answer) name="" />
            <LeftOver model place />
            <Findings model place />
            <Note at=at(Field::Note) />
        </div>
    }
    .into_any()
}

/// Why something could not be stored, and what to do about it.
#[component]
fn Trouble(model: ModelHandle, place: ItemPlace) -> AnyView {
    let lang = lang();
    let trouble = move || model.get_value().follow(place).trouble(place);
    let retry = move |_| {
        if let Some(model) = model.try_get_value() {
            model.retry(place);
        }
    };
    let shown = move || {
        trouble().map(|trouble| {
            let (what, next) = trouble_words(lang, trouble);
            view! {
                <div class="trouble" role="alert">
                    <p><strong>{words::failed(lang)}": "</strong>{what}</p>
                    <p>{next}</p>
                    <button type="button" on:click=retry>{app_words::retry(lang)}</button>
                </div>
            }
        })
    };
    view! { {shown} }.into_any()
}

/// The findings of an item, and the way to one more.
#[component]
fn Findings(model: ModelHandle, place: ItemPlace) -> AnyView {
    let lang = lang();
    let cards = move || model.get_value().follow(place).cards(place);
    let numbered = move || cards().into_iter().enumerate().collect::<Vec<(usize, FindingId)>>();
    let may_add = move || {
        let model = model.get_value();
        let sheet = model.follow(place);
        sheet.may_write() && sheet.glance(place).answer == Some(Answer::Violation)
    };
    let add = move |_| {
        if let Some(model) = model.try_get_value() {
            model.add_finding(place);
            bring_into_view(place);
        }
    };
    let adding = move || {
        may_add().then(|| {
            view! {
                <button type="button" class="add" on:click=add>{finding_words::add(lang)}</button>
            }
        })
    };
    let is_without = move || {
        let model = model.get_value();
        let sheet = model.follow(place);
        let cards = sheet.cards(place);
        !cards.is_empty() && cards.iter().all(|card| sheet.withdrawn(place, *card).is_some())
    };
    let none_left = move || {
        (may_add() && is_without())
            .then(|| view! { <p class="fault">{finding_words::none_left(lang)}</p> })
    };
    view! {
        <For each=numbered key=|(_, finding)| *finding
            children=move |(index, finding)| view! { <FindingCard model place finding number=index + 1 /> } />
        <div role="status">{none_left}</div>
        {adding}
    }
    .into_any()
}

#[component]
fn Note(at: FieldAt) -> AnyView {
    let lang = lang();
    let (model, place) = (at.model, at.place);
    let has_note = Memo::new(move |_| model.get_value().follow(place).has_note(place));
    let field = move || {
        let at = at.clone();
        has_note.get().then(|| {
            view! { <TypedField at kind=Kind::Words label=words::note(lang) /> }
        })
    };
    view! { {field} }.into_any()
}
