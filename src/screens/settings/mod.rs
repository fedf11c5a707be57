//! The settings of this device: locking, language, theme, text size. A choice holds at once.

use leptos::prelude::*;
use texts::{Lang, settings as words, unlock as lock_words};

use crate::app::lang;
use crate::install::{InstallHint, Place};
use crate::preferences::{LockAfter, Preferences, TextSize, Theme};
use crate::seam::{Escrow, Intent, LockWaits, Wiring};

/// The settings of this device.
#[component]
pub(crate) fn SettingsScreen() -> AnyView {
    let lang = lang();
    let preferences = expect_context::<Preferences>();
    let theme = |theme| (theme, theme_words(lang, theme), Theme::name(theme), None);
    let size = |size| (size, size_words(lang, size), TextSize::name(size), None);
    let after = |after| (after, after_words(lang, after), LockAfter::name(after), None);
    view! {
        <section class="settings">
            <h1>{words::title(lang)}</h1>
            <p class="hint">{words::only_here(lang)}</p>
            <LockNow />
            {choices("lock-after", lock_words::after(lang), preferences.lock_after, LockAfter::ALL.map(after))}
            <LanguageChoice />
            {choices("theme", words::theme(lang), preferences.theme, Theme::ALL.map(theme))}
            {choices("text-size", words::text_size(lang), preferences.text_size, TextSize::ALL.map(size))}
            <InstallHint place=Place::Settings />
        </section>
    }
    .into_any()
}

/// Locks at once, and says what a forgotten passphrase would mean.
#[component]
fn LockNow() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let waits = move || {
        (board.lock_waits.get() == LockWaits::ForStore).then(|| {
            view! { <p class="fault" role="alert">{lock_words::waits(lang)}</p> }
        })
    };
    let forgotten = move || match board.escrow.get() {
        Escrow::Unknown => "",
        Escrow::Kept => lock_words::escrow_kept(lang),
        Escrow::None => lock_words::escrow_none(lang),
    };
    view! {
        <section class="lock-now">
            <button type="button" class="primary" name="lock" on:click=move |_| send.run(Intent::Lock)>
                {lock_words::lock_now(lang)}
            </button>
            {waits}
            <p class="hint">{forgotten}</p>
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

fn after_words(lang: Lang, after: LockAfter) -> &'static str {
    match after {
        LockAfter::Five => lock_words::after_5(lang),
        LockAfter::Fifteen => lock_words::after_15(lang),
        LockAfter::Thirty => lock_words::after_30(lang),
        LockAfter::Sixty => lock_words::after_60(lang),
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
