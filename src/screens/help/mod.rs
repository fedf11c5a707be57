//! Help in place: a few sentences for the screen that is shown, and all of them on one page.

use leptos::prelude::*;
use maud::{Markup, html};
use texts::{Lang, help as words};

use crate::app::lang;
use crate::router::Route;

/// What help is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// The first page.
    Today,
    /// Working through an inspection.
    Inspection,
    /// What is missing.
    Review,
    /// The law.
    Law,
    /// Delivery.
    Sync,
    /// Opening an inspection.
    New,
    /// Practising.
    Practice,
    /// The settings.
    Settings,
    /// The keyboard.
    Keys,
}

impl Topic {
    /// Every topic, in the order of the page.
    pub(crate) const ALL: [Self; 9] = [
        Self::Today,
        Self::Inspection,
        Self::Review,
        Self::Law,
        Self::Sync,
        Self::New,
        Self::Practice,
        Self::Settings,
        Self::Keys,
    ];

    /// The topics of a screen.
    pub(crate) fn of(route: Route) -> &'static [Self] {
        match route {
            Route::Today => &[Self::Today, Self::Practice],
            Route::Inspection(_) => &[Self::Inspection, Self::Law, Self::Keys],
            Route::Practice => &[Self::Practice, Self::Inspection, Self::Law],
            Route::Review(_) | Route::PracticeReview => &[Self::Review],
            Route::NewInspection => &[Self::New],
            Route::Syncing => &[Self::Sync],
            Route::Settings => &[Self::Settings, Self::Keys],
            Route::Help | Route::Unknown => &Self::ALL,
        }
    }

    fn words(self, lang: Lang) -> (&'static str, Vec<&'static str>) {
        match self {
            Self::Today => (
                words::today_title(lang),
                vec![words::today_1(lang), words::today_2(lang), words::today_3(lang)],
            ),
            Self::Inspection => (
                words::inspection_title(lang),
                vec![
                    words::inspection_1(lang),
                    words::inspection_2(lang),
                    words::inspection_3(lang),
                    words::inspection_4(lang),
                    words::inspection_5(lang),
                ],
            ),
            Self::Review => {
                (words::review_title(lang), vec![words::review_1(lang), words::review_2(lang)])
            }
            Self::Law => (words::law_title(lang), vec![words::law_1(lang), words::law_2(lang)]),
            Self::Sync => (words::sync_title(lang), vec![words::sync_1(lang), words::sync_2(lang)]),
            Self::New => (words::new_title(lang), vec![words::new_1(lang)]),
            Self::Practice => (words::practice_title(lang), vec![words::practice_1(lang)]),
            Self::Settings => (words::settings_title(lang), vec![words::settings_1(lang)]),
            Self::Keys => (words::keys_title(lang), vec![words::keys_1(lang)]),
        }
    }
}

/// What there is to say about some topics.
fn about(lang: Lang, topics: &[Topic]) -> Markup {
    html! {
        @for topic in topics {
            @let (title, sentences) = topic.words(lang);
            h2 { (title) }
            ul { @for sentence in sentences { li { (sentence) } } }
        }
    }
}

/// The help for a screen, with the way to all of it.
pub(crate) fn in_place(lang: Lang, route: Route) -> Markup {
    html! {
        (about(lang, Topic::of(route)))
        p { a href=(Route::Help.href()) { (words::whole(lang)) } }
    }
}

/// All of the help.
#[component]
pub(crate) fn HelpScreen() -> AnyView {
    let lang = lang();
    let text = about(lang, &Topic::ALL).into_string();
    view! {
        <section class="help">
            <h1>{words::title(lang)}</h1>
            <div class="help-text" inner_html=text></div>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::InspectionId;

    #[test]
    fn every_screen_has_help_and_every_topic_stands_on_the_page() {
        let id = InspectionId([1; 16]);
        let routes = [
            Route::Today,
            Route::NewInspection,
            Route::Inspection(id),
            Route::Review(id),
            Route::Practice,
            Route::PracticeReview,
            Route::Syncing,
            Route::Settings,
        ];
        for lang in Lang::ALL {
            let page = about(lang, &Topic::ALL).into_string();
            for topic in routes.iter().flat_map(|route| Topic::of(*route)) {
                assert!(page.contains(topic.words(lang).0), "{topic:?}");
            }
        }
        assert!(in_place(Lang::En, Route::Today).into_string().contains("href=\"#/help\""));
    }
}
