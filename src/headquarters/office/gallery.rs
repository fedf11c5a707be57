//! `/office/style`: every component of the office pages in every theme, so that a change of the
//! stylesheet can be seen at once. Nothing on it does anything.

use maud::{Markup, html};
use texts::{Lang, clerk as t};

use super::chart::{self, Bar};
use super::clerk::Clerk;
use super::fields::{self, Field};
use super::layout;
use super::listing::{Tone, mark};
use super::theme::Theme;

/// The themes that are shown; the system's is one of them.
const SHOWN: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Contrast];

pub(crate) async fn page(clerk: Clerk) -> Markup {
    let lang = clerk.lang;
    let body = html! {
        h1 { (t::gallery(lang)) }
        p.quiet { (t::gallery_lead(lang)) }
        @for theme in SHOWN { (themed(theme, lang)) }
    };
    layout::page(lang, t::gallery(lang), Some(&clerk), &body)
}

fn themed(theme: Theme, lang: Lang) -> Markup {
    // Ids are those of one theme: the same components stand on the page three times.
    let id = theme.name();
    html! {
        section.gallery data-theme=(id) aria-labelledby={ (id) "-theme" } {
            h2 id={ (id) "-theme" } { (theme.words(lang)) }
            (typography(lang))
            (buttons(lang))
            (form_fields(id, lang))
            (choices(id, lang))
            (notices(lang))
            (sections(lang))
            (progress(id, lang))
            (empty_and_error(lang))
            (table(theme, lang))
            (chart::bars(&format!("{id}-chart"), &named(t::sample_chart(lang), theme, lang), &bars(lang), lang))
        }
    }
}

/// The name of a part; the same parts stand there once for each theme.
fn named(part: &str, theme: Theme, lang: Lang) -> String {
    format!("{part} · {}", theme.words(lang))
}

fn typography(lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_typography(lang)) }
        p { (t::sample_pangram(lang)) }
        p { strong { (t::sample_pangram(lang)) } }
        p.quiet { (t::sample_pangram(lang)) }
    }
}

fn buttons(lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_buttons(lang)) }
        p.actions {
            button type="button" { (t::sample_primary(lang)) }
            button.second type="button" { (t::sample_secondary(lang)) }
            button.plain type="button" { (t::sample_plain(lang)) }
            button.danger type="button" { (t::sample_danger(lang)) }
            button type="button" disabled { (t::sample_disabled(lang)) }
            a href="#content" { (t::sample_link(lang)) }
        }
    }
}

fn form_fields(id: &str, lang: Lang) -> Markup {
    let named = |name: &str| format!("{id}-{name}");
    let (one, several, day, faulty) =
        (named("one"), named("several"), named("day"), named("faulty"));
    let field = |name, label| Field { name, label, fault: None };
    let fault = Some(t::sample_fault_words(lang));
    html! {
        h3 { (t::sample_fields(lang)) }
        div.sheet {
            (fields::text(&field(&one, t::sample_text(lang)), "Cơ sở in Mẫu A"))
            (fields::words(&field(&several, t::sample_words(lang)), t::sample_pangram(lang)))
            (fields::day(&field(&day, t::sample_day(lang)), "2026-07-01"))
            (fields::text(&Field { name: &faulty, label: t::sample_fault(lang), fault }, ""))
        }
    }
}

fn choices(id: &str, lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_groups(lang)) }
        fieldset {
            legend { (t::sample_choice(lang)) }
            @for (at, words) in [t::outcome_done(lang), t::outcome_extended(lang)].iter().enumerate() {
                label.choice {
                    input type="radio" name={ (id) "-radio" } checked[at == 0];
                    (words)
                }
            }
            label.choice { input type="checkbox" checked; (t::sample_text(lang)) }
        }
    }
}

fn notices(lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_notices(lang)) }
        p.banner.good { (t::sample_notice_good(lang)) }
        p.banner.calm { (t::sample_notice_info(lang)) }
        p.banner.warn { (t::sample_notice_warn(lang)) }
        p.banner.bad-banner { (t::sample_notice_bad(lang)) }
        h3 { (t::sample_marks(lang)) }
        p {
            (mark(Tone::Calm, t::stage_under_way(lang))) " "
            (mark(Tone::Good, t::progress_done(lang))) " "
            (mark(Tone::Warn, t::progress_no_deadline(lang))) " "
            (mark(Tone::Bad, t::progress_overdue(lang)))
        }
    }
}

fn sections(lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_sections(lang)) }
        section.card {
            p { (t::sample_pangram(lang)) }
            details {
                summary { (t::sample_more(lang)) }
                p { (t::sample_pangram(lang)) }
            }
        }
    }
}

fn progress(id: &str, lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_progress(lang)) }
        div.field {
            label for={ (id) "-progress" } { (t::sample_progress_label(lang)) }
            progress id={ (id) "-progress" } max="40" value="12" {}
        }
    }
}

fn empty_and_error(lang: Lang) -> Markup {
    html! {
        h3 { (t::sample_empty(lang)) }
        p.empty { (t::sample_empty_words(lang)) }
        p.bad { (t::sample_error_words(lang)) }
    }
}

fn table(theme: Theme, lang: Lang) -> Markup {
    let label = named(t::sample_table(lang), theme, lang);
    html! {
        h3 { (t::sample_table(lang)) }
        div.scroll role="group" aria-label=(label) tabindex="0" { (rows(lang)) }
    }
}

fn rows(lang: Lang) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { (t::remedy(lang)) }
                    th scope="col" { (t::remedy_state(lang)) }
                    th.number scope="col" { (t::count(lang)) }
                }
            }
            tbody {
                tr {
                    td { (t::sample_text(lang)) }
                    td { (mark(Tone::Bad, t::progress_overdue(lang))) }
                    td.number { "3" }
                }
                tr {
                    td { (t::sample_words(lang)) }
                    td { (mark(Tone::Good, t::progress_done(lang))) }
                    td.number { "12" }
                }
            }
        }
    }
}

fn bars(lang: Lang) -> Vec<Bar> {
    let bar = |words: &str, count, tone| Bar { words: words.to_owned(), count, tone, link: None };
    vec![
        bar(t::progress_overdue(lang), 3, Tone::Bad),
        bar(t::progress_no_deadline(lang), 5, Tone::Warn),
        bar(t::progress_due(lang), 8, Tone::Calm),
        bar(t::progress_done(lang), 12, Tone::Good),
    ]
}
