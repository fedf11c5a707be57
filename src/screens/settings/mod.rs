//! The settings of this device: language, theme, text size. A choice holds at once.

use leptos::prelude::*;
use texts::{Lang, settings as words};

use crate::app::lang;
use crate::install::{InstallHint, Place};
use crate::preferences::{Preferences, TextSize, Theme};

/// The settings of this device.
#[component]
pub(crate) fn SettingsScreen() -> AnyView {
    let lang = lang();
    let preferences = expect_context::<Preferences>();
    let theme = |theme| (theme, theme_words(lang, theme), Theme::name(theme), None);
    let size = |size| (size, size_words(lang, size), TextSize::name(size), None);
    view! {
        <section class="settings">
            <h1>{words::title(lang)}</h1>
            <p class="hint">{words::only_here(lang)}</p>
            <LanguageChoice />
            {choices("theme", words::theme(lang), preferences.theme, Theme::ALL.map(theme))}
            {choices("text-size", words::text_size(lang), preferences.text_size, TextSize::ALL.map(size))}
            <InstallHint place=Place::Settings />
        </section>
    }
    .into_any()
}

/// The choice of language, each named in itself.
#[component]
pub(crate) fn LanguageChoice() -> AnyView {
    let preferences = expect_context::<Preferences>();
    let option = |lang: Lang| (lang, lang.own_name(), lang.tag(), Some(lang.tag()));
    choices("language", words::language(lang()), preferences.lang, Lang::ALL.map(option))
}

/// A choice with its words, its name, and the language of the words where it differs.
type Choice<T> = (T, &'static str, &'static str, Option<&'static str>);

fn choices<T, const N: usize>(
    group: &'static str,
    title: &'static str,
    chosen: RwSignal<T>,
    options: [Choice<T>; N],
) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let option = |(value, words, name, tag): Choice<T>| {
        view! {
            <label class="choice">
                <input type="radio" name=group value=name checked=chosen.get_untracked() == value
                    on:change=move |_| chosen.set(value) />
                <span lang=tag>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class=group>
            <legend>{title}</legend>
            <div class="choices">{options.into_iter().map(option).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn theme_words(lang: Lang, theme: Theme) -> &'static str {
    match theme {
        Theme::System => words::theme_system(lang),
        Theme::Light => words::theme_light(lang),
        Theme::Dark => words::theme_dark(lang),
        Theme::Contrast => words::theme_contrast(lang),
    }
}

fn size_words(lang: Lang, size: TextSize) -> &'static str {
    match size {
        TextSize::Normal => words::text_normal(lang),
        TextSize::Large => words::text_large(lang),
        TextSize::Larger => words::text_larger(lang),
        TextSize::Largest => words::text_largest(lang),
    }
}
