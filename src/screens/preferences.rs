//! What this device prefers: language, theme, text size, and when it locks. Kept in the browser's small store;
//! nothing that was recorded is ever kept there.

use gloo_storage::{LocalStorage as SmallStore, Storage};
use leptos::prelude::*;
use texts::Lang;

/// The colours of the screens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Light or dark as the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As much contrast as there is, for sunlight.
    Contrast,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

    /// The word in `data-theme` and in the store.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

/// The size of letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum TextSize {
    /// As the browser has it.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
    /// Half as large again.
    Larger,
    /// Twice as large.
    Largest,
}

impl TextSize {
    /// Every size, the smallest first.
    pub(crate) const ALL: [Self; 4] = [Self::Normal, Self::Large, Self::Larger, Self::Largest];

    /// The word in `data-text` and in the store.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Larger => "larger",
            Self::Largest => "largest",
        }
    }
}

/// How long this device may lie untouched before it locks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LockAfter {
    /// Five minutes.
    Five,
    /// A quarter of an hour.
    #[default]
    Fifteen,
    /// Half an hour.
    Thirty,
    /// An hour.
    Sixty,
}

impl LockAfter {
    /// Every choice, the shortest first.
    pub(crate) const ALL: [Self; 4] = [Self::Five, Self::Fifteen, Self::Thirty, Self::Sixty];

    /// The word in the store.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Five => "5",
            Self::Fifteen => "15",
            Self::Thirty => "30",
            Self::Sixty => "60",
        }
    }

    /// The same in ms.
    pub(crate) fn idle_ms(self) -> i64 {
        60 * 1000
            * match self {
                Self::Five => 5,
                Self::Fifteen => 15,
                Self::Thirty => 30,
                Self::Sixty => 60,
            }
    }
}

/// The preferences of this device.
#[derive(Clone, Copy)]
pub(crate) struct Preferences {
    /// The reader's language.
    pub(crate) lang: RwSignal<Lang>,
    /// The colours.
    pub(crate) theme: RwSignal<Theme>,
    /// The size of letters.
    pub(crate) text_size: RwSignal<TextSize>,
    /// When it locks.
    pub(crate) lock_after: RwSignal<LockAfter>,
}

impl Preferences {
    /// Reads what was chosen before; what cannot be read is as if it was never chosen.
    pub(crate) fn load() -> Self {
        let lang = Lang::ALL.into_iter().find(chosen("lang", Lang::tag));
        let theme = Theme::ALL.into_iter().find(chosen("theme", Theme::name));
        let text_size = TextSize::ALL.into_iter().find(chosen("text_size", TextSize::name));
        let lock_after = LockAfter::ALL.into_iter().find(chosen("lock_after", LockAfter::name));
        Self {
            lang: RwSignal::new(lang.unwrap_or_default()),
            theme: RwSignal::new(theme.unwrap_or_default()),
            text_size: RwSignal::new(text_size.unwrap_or_default()),
            lock_after: RwSignal::new(lock_after.unwrap_or_default()),
        }
    }

    /// Keeps what is chosen and shows it on the page, from here on.
    pub(crate) fn follow(self) {
        Effect::new(move || {
            let lang = self.lang.get().tag();
            set_on_page("lang", lang);
            keep("lang", lang);
        });
        Effect::new(move || {
            set_on_page("data-theme", self.theme.get().name());
            keep("theme", self.theme.get().name());
        });
        Effect::new(move || {
            set_on_page("data-text", self.text_size.get().name());
            keep("text_size", self.text_size.get().name());
        });
        Effect::new(move || keep("lock_after", self.lock_after.get().name()));
    }
}

fn chosen<T: Copy>(key: &str, name: fn(T) -> &'static str) -> impl Fn(&T) -> bool {
    let kept = SmallStore::raw().get_item(&in_store(key)).ok().flatten();
    move |choice| kept.as_deref() == Some(name(*choice))
}

fn in_store(key: &str) -> String {
    format!("bienban/{key}")
}

/// A choice that cannot be kept still holds until the page is closed.
fn keep(key: &str, value: &str) {
    let _ = SmallStore::raw().set_item(&in_store(key), value);
}

fn set_on_page(attribute: &str, value: &str) {
    if let Some(page) = document().document_element() {
        // Setting an attribute fails only for a name that is none.
        let _ = page.set_attribute(attribute, value);
    }
}
