//! The legal basis of an item, built when it is asked for: duties and sanctions with their days,
//! indicative range, remedies, evidence, sources, and how well each was verified.

use domain::checklist::{Checklist, Item};
use domain::law::{Law, Penalty, Provision};
use leptos::prelude::*;
use texts::{Lang, inspection as inspection_words, law as words};

use super::cite;
use super::model::ModelHandle;
use super::plan::ItemPlace;
use crate::app::lang;

/// The legal basis of an item.
pub(super) fn basis(model: ModelHandle, place: ItemPlace) -> AnyView {
    let lang = lang();
    let model_now = model.get_value();
    let sheet = model_now.sheet();
    let (item, list) = (sheet.plan().item(place), sheet.plan().checklist_of(place));
    let law = model_now.law();
    let note = move |_| {
        if let Some(model) = model.try_get_value() {
            model.open_note(place);
        }
    };
    view! {
        <div class="basis">
            {provisions(lang, law, words::duties(lang), words::no_duty(lang), &item.duties)}
            {provisions(lang, law, words::sanctions(lang), words::no_sanction(lang), &item.sanctions)}
            <p class="hint">{words::by_day_of_act(lang)}</p>
            {range(lang, law, item)}
            {list_of(words::supplementary(lang), &item.supplementary_sanctions)}
            {list_of(words::remedies(lang), &item.remedies)}
            {evidence(lang, law, item)}
            {confidence(lang, item)}
            {sentence(words::note(lang), item.note.as_deref())}
            {sentence(words::decree(lang), item.domain_decree_status.as_deref())}
            {sources(lang, list, item)}
            <button type="button" on:click=note>{inspection_words::add_note(lang)}</button>
        </div>
    }
    .into_any()
}

/// Provisions with the days on which each is in force.
pub(super) fn provisions(
    lang: Lang,
    law: &Law,
    title: &'static str,
    none: &'static str,
    provisions: &[Provision],
) -> AnyView {
    let line = |provision: &Provision| {
        view! {
            <li>
                {cite::cite(lang, law, provision)}
                <span class="days">{cite::in_force(lang, &provision.days)}</span>
            </li>
        }
    };
    let lines = provisions.iter().map(line).collect_view();
    let none = provisions.is_empty().then(|| view! { <p class="no-source">{none}</p> });
    view! { <h4>{title}</h4><ul class="provisions">{lines}</ul>{none} }.into_any()
}

fn range(lang: Lang, law: &Law, item: &Item) -> AnyView {
    let text = item.fine_text.as_deref().map(|text| {
        let text = cite::text_version(lang, law, &item.sanctions, text);
        view! { <p class="hint">{words::text_read(lang, &text)}</p> }
    });
    view! { <h4>{words::range(lang)}</h4>{penalty(lang, law, item, item.penalty())}{text} }
        .into_any()
}

/// What a penalty amounts to, with the sentence that it decides nothing.
pub(super) fn penalty(lang: Lang, law: &Law, item: &Item, penalty: Penalty) -> AnyView {
    let lines = cite::penalty(lang, penalty, item.applies_to, individual_pays_half(law, item));
    if lines.is_empty() {
        return view! { <p class="no-source">{words::no_source(lang)}</p> }.into_any();
    }
    let line = |(whom, amount)| view! { <dt>{whom}</dt><dd>{amount}</dd> };
    view! {
        <dl class="range">{lines.into_iter().map(line).collect_view()}</dl>
        <p class="hint">{words::indicative(lang)}</p>
    }
    .into_any()
}

/// Whether every instrument that sanctions the act says so.
fn individual_pays_half(law: &Law, item: &Item) -> bool {
    let mut instruments =
        item.sanctions.iter().map(|provision| law.instrument(&provision.instrument));
    !item.sanctions.is_empty()
        && instruments.all(|instrument| instrument.is_some_and(|it| it.individual_pays_half))
}

/// These words come from packs, in Vietnamese.
fn list_of(title: &'static str, lines: &[String]) -> Option<impl IntoView + use<>> {
    let line = |line: &String| view! { <li>{line.clone()}</li> };
    let lines = lines.iter().map(line).collect_view();
    (!lines.is_empty()).then(|| view! { <h4>{title}</h4><ul lang="vi">{lines}</ul> })
}

fn sentence(title: &'static str, words: Option<&str>) -> Option<impl IntoView + use<>> {
    words.map(|words| view! { <h4>{title}</h4><p lang="vi">{words.to_owned()}</p> })
}

fn evidence(lang: Lang, law: &Law, item: &Item) -> AnyView {
    let kind = |id: &String| match law.evidence_kind(id) {
        Some(term) => lang.pick(&term.words.vi, &term.words.en).clone(),
        None => id.clone(),
    };
    let kinds: Vec<_> = item.evidence_kinds.iter().map(kind).collect();
    view! {
        <h4>{words::evidence(lang)}</h4>
        <p lang="vi">{item.evidence_vi.clone()}</p>
        <p class="hint">{kinds.join(" · ")}</p>
    }
    .into_any()
}

fn confidence(lang: Lang, item: &Item) -> AnyView {
    let parts = [
        (words::of_item(lang), Some(item.confidence.overall)),
        (words::of_duty(lang), item.confidence.duty),
        (words::of_fine(lang), item.confidence.fine),
    ];
    let line = |(part, confidence): (&'static str, Option<_>)| {
        let words = cite::confidence(lang, confidence?);
        Some(view! { <dt>{part}</dt><dd>{words}</dd> })
    };
    let lines = parts.into_iter().filter_map(line).collect_view();
    view! { <h4>{words::confidence(lang)}</h4><dl class="confidence">{lines}</dl> }.into_any()
}

fn sources(lang: Lang, list: &Checklist, item: &Item) -> AnyView {
    let line = |source: &str| view! { <li>{source.to_owned()}</li> };
    let lines = list.sources_of(item).map(line).collect_view();
    view! { <h4>{words::sources(lang)}</h4><ul class="sources" lang="vi">{lines}</ul> }.into_any()
}
