//! The frame around every office page.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use texts::{Lang, backup, custody, office};

use super::clerk::Clerk;

/// A page; with the navigation when someone is signed in.
pub(super) fn page(lang: Lang, title: &str, clerk: Option<&Clerk>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
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
                    @if let Some(clerk) = clerk { (navigation(clerk)) }
                    a href={ "/office/language?to=" (other(lang).tag()) }
                        lang=(other(lang).tag()) hreflang=(other(lang).tag()) {
                        (office::other_language(lang))
                    }
                    @if let Some(clerk) = clerk { (leave(clerk)) }
                }
                main id="content" { (PreEscaped(&body.0)) }
            }
        }
    }
}

fn navigation(clerk: &Clerk) -> Markup {
    html! {
        nav {
            a href="/office" { (office::inspections(clerk.lang)) }
            a href="/office/inspections/new" { (office::open_inspection(clerk.lang)) }
            a href="/office/held" { (held(clerk)) }
            a href="/office/seats" { (office::seats(clerk.lang)) }
            a href="/office/backup" { (backup::backup(clerk.lang)) }
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
            button.plain { (office::sign_out(clerk.lang)) " (" (clerk.person.name) ")" }
        }
    }
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Vi => Lang::En,
        Lang::En => Lang::Vi,
    }
}
