//! Bar charts as inline SVG with a table beside them, as one figure: the picture for a glance, the
//! table for the figures and for those who do not see the picture. Colours come from the stylesheet.

use maud::{Markup, html};
use texts::{Lang, clerk as t};

use super::listing::Tone;

/// Units of the drawing: it is scaled to the room it gets.
const WIDTH: usize = 320;
const ROW: usize = 46;
const BAR_TOP: usize = 22;
const BAR_HEIGHT: usize = 16;
/// What the longest bar takes, so that its figure fits behind it.
const LONGEST: usize = 275;
/// Letters of a label that fit above a bar; the table has all of them.
const LABEL_LETTERS: usize = 42;

/// One bar.
pub(super) struct Bar {
    pub(super) words: String,
    pub(super) count: usize,
    pub(super) tone: Tone,
    /// The list of what is counted.
    pub(super) link: Option<String>,
}

/// A chart with its table. `id` is its own on the page. Whoever hears the page hears the table and
/// not the picture as well: both say the same.
pub(super) fn bars(id: &str, title: &str, bars: &[Bar], lang: Lang) -> Markup {
    let heading = format!("{id}-heading");
    html! {
        section.card {
            h2 id=(heading) { (title) }
            @if bars.iter().all(|bar| bar.count == 0) {
                p.empty { (t::chart_empty(lang)) }
            } @else {
                figure.chart aria-labelledby=(heading) {
                    (picture(bars))
                    (table(&heading, bars, lang))
                }
            }
        }
    }
}

fn picture(bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let height = bars.len() * ROW;
    html! {
        svg aria-hidden="true" viewBox={ "0 0 " (WIDTH) " " (height) } width="100%" focusable="false" {
            @for (at, bar) in bars.iter().enumerate() { (drawn(bar, at * ROW, most)) }
        }
    }
}

fn drawn(bar: &Bar, top: usize, most: usize) -> Markup {
    let length = length(bar.count, most);
    html! {
        text.label x="0" y=(top + 15) font-size="15" { (shortened(&bar.words)) }
        rect.bar.(bar.tone.class()) x="0" y=(top + BAR_TOP) width=(length) height=(BAR_HEIGHT) rx="3" {}
        text.figure x=(length + 8) y=(top + BAR_TOP + 13) font-size="15" { (bar.count) }
    }
}

/// A bar of something is never too short to be seen.
fn length(count: usize, most: usize) -> usize {
    if count == 0 { 0 } else { (count * LONGEST / most).max(4) }
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= LABEL_LETTERS {
        return words.to_owned();
    }
    words.chars().take(LABEL_LETTERS - 1).chain(['…']).collect()
}

fn table(heading: &str, bars: &[Bar], lang: Lang) -> Markup {
    html! {
        table.figures aria-labelledby=(heading) {
            thead {
                tr {
                    th scope="col" { (t::share(lang)) }
                    th.number scope="col" { (t::count(lang)) }
                }
            }
            tbody {
                @for bar in bars {
                    tr {
                        td {
                            @match &bar.link {
                                Some(link) => a.row href=(link) { (bar.words) },
                                None => (bar.words),
                            }
                        }
                        td.number { (bar.count) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_takes_the_room_and_the_least_can_be_seen() {
        assert_eq!([length(0, 1000), length(1, 1000), length(1000, 1000)], [0, 4, LONGEST]);
    }

    #[test]
    fn long_words_are_cut_in_the_picture_and_whole_in_the_table() {
        let words = "khoản 1 ".repeat(20);
        let bar = Bar { words: words.clone(), count: 3, tone: Tone::Calm, link: None };
        let drawn = bars("a", "Theo điều khoản", &[bar], Lang::Vi).0;
        assert!(drawn.contains('…') && drawn.contains(&words));
    }
}
