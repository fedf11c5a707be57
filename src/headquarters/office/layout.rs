//! The frame around every office page.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use texts::{Lang, access, backup, clerk as t, custody, entry, office, people};

use super::clerk::Clerk;
use super::theme::Theme;
use crate::access::Right;

/// The name of a page.
type Name = fn(Lang) -> &'static str;

/// The pages that the navigation leads to, the one of held events and the count of them apart.
const PLACES: [(&str, Name, Right); 10] = [
    ("/office", t::dashboard, Right::Enter),
    ("/office/inspections", t::inspections, Right::ListInspections),
    ("/office/inspections/new", t::plan, Right::Plan),
    ("/office/findings", t::findings, Right::ReadFindings),
    ("/office/remedies", t::remedies, Right::ReadFindings),
    ("/office/seats", office::seats, Right::ReadSeats),
    ("/office/people", people::people, Right::ReadPeople),
    ("/office/backup", backup::backup, Right::ReadBackup),
    ("/office/retention", access::retention, Right::ReadRetention),
    ("/office/audit", access::audit, Right::ReadAudit),
];

/// The page of held events.
const HELD: &str = "/office/held";

/// A page; with the navigation when someone is signed in.
pub(super) fn page(lang: Lang, title: &str, clerk: Option<&Clerk>, body: &Markup) -> Markup {
    framed(lang, title, (clerk, true), body)
}

/// A page that is shown this once: choosing a language or a theme would load another in its place.
pub(super) fn page_once(lang: Lang, title: &str, clerk: Option<&Clerk>, body: &Markup) -> Markup {
    framed(lang, title, (clerk, false), body)
}

fn framed(
    lang: Lang,
    title: &str,
    (clerk, comes_again): (Option<&Clerk>, bool),
    body: &Markup,
) -> Markup {
    let theme = clerk.map_or(Theme::System, |clerk| clerk.theme);
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) data-theme=(theme.name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (office::office(lang)) }
                link rel="stylesheet" href="/office/office.css";
            }
            body {
                a.skip href="#content" { (office::skip_to_content(lang)) }
                header.bar {
                    strong { (office::office(lang)) }
                    @if let Some(clerk) = clerk {
                        a.own href="/office/account" aria-label={ (clerk.person.name) ", " (entry::account(lang)) } { (clerk.person.name) }
                        @if comes_again { (themes(clerk)) }
                    }
                    @if comes_again { (languages(lang)) }
                    @if let Some(clerk) = clerk { (menu(clerk)) }
                }
                main id="content" tabindex="-1" {
                    @if let Some(done) = clerk.and_then(|clerk| clerk.done) {
                        p.done role="status" { (done.words(lang)) }
                    }
                    (PreEscaped(&body.0))
                }
            }
        }
    }
}

fn languages(lang: Lang) -> Markup {
    let other = other(lang).tag();
    html! {
        a href={ "/office/language?to=" (other) } lang=(other) hreflang=(other) {
            (office::other_language(lang))
        }
    }
}

/// Every place and the way out: in a row on a desk, behind one line on a phone.
fn menu(clerk: &Clerk) -> Markup {
    let lang = clerk.lang;
    let here = PLACES.iter().find(|(path, ..)| clerk.path == *path || is_within(&clerk.path, path));
    html! {
        details.menu {
            summary {
                (t::menu(lang))
                @if let Some((_, words, _)) = here { " · " strong { (words(lang)) } }
                @else if clerk.path == HELD { " · " strong { (office::held(lang)) } }
                @if clerk.held > 0 { " " span.mark { (held(clerk)) } }
            }
            div.row {
                (navigation(clerk))
                (leave(clerk))
            }
        }
    }
}

fn navigation(clerk: &Clerk) -> Markup {
    let lang = clerk.lang;
    let place = |path: &str, words: Markup| {
        let current = (clerk.path == path)
            .then_some("page")
            .or(is_within(&clerk.path, path).then_some("true"));
        html! { a href=(path) aria-current=[current] { (words) } }
    };
    html! {
        nav aria-label=(t::main_navigation(lang)) {
            @for (path, words, right) in PLACES {
                @if clerk.may_anywhere(right) { (place(path, html! { (words(lang)) })) }
            }
            @if clerk.may_anywhere(Right::ReadHeld) { (place(HELD, held(clerk))) }
            // On a phone there is no room for it beside the name of the office.
            a.own-in-menu href="/office/account" aria-current=[(clerk.path == "/office/account").then_some("page")] { (entry::account(lang)) }
        }
    }
}

/// Whether a page belongs to a place of the navigation without being it.
fn is_within(page: &str, place: &str) -> bool {
    if place == "/office/people" && ["/office/units", "/office/invitations"].contains(&page) {
        return true;
    }
    let below = page.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'));
    match place {
        "/office/inspections" => below && !page.starts_with("/office/inspections/new"),
        "/office/people" => below,
        _ => false,
    }
}

/// The themes, behind the name of the one that is chosen.
fn themes(clerk: &Clerk) -> Markup {
    let lang = clerk.lang;
    html! {
        details.themes {
            summary { span { span.quiet { (t::theme(lang)) ": " } (clerk.theme.words(lang)) } }
            nav aria-label=(t::theme(lang)) {
                @for theme in Theme::ALL {
                    a href={ "/office/theme?to=" (theme.name()) }
                        aria-current=[(theme == clerk.theme).then_some("true")] { (theme.words(lang)) }
                }
            }
        }
    }
}

fn held(clerk: &Clerk) -> Markup {
    match clerk.held {
        0 => html! { (office::held(clerk.lang)) },
        waiting => html! { (custody::held_waiting(clerk.lang, waiting)) },
    }
}

fn leave(clerk: &Clerk) -> Markup {
    html! {
        form method="post" action="/office/leave" {
            button.plain { (office::sign_out(clerk.lang)) }
        }
    }
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Vi => Lang::En,
        Lang::En => Lang::Vi,
    }
}
