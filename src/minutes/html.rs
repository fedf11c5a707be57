//! The HTML face of a document: the same bytes for the same document, wherever it is made.
//!
//! There are no scripts, no links, nothing to load and no attribute that holds a word of the
//! record. Every word is escaped; there is no way to put markup into a document.

use crate::document::{Block, Document, Fact, Fill, Signature};

/// How a document looks; part of every page, so that a saved file needs no other.
pub const STYLE: &str = include_str!("document.css");

/// The document as an `article`, to be shown within a page.
pub fn article(document: &Document) -> String {
    let mut out = Html::default();
    out.line(&format!("<article class=\"document\" lang=\"{}\">", document.lang.tag()));
    for block in &document.blocks {
        out.block(block);
    }
    out.line("</article>");
    out.0
}

/// The document as a file of its own, to be saved, printed and handed over.
pub fn page(document: &Document) -> String {
    let (lang, title) = (document.lang.tag(), escaped(&document.title));
    let article = article(document);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{article}</body>\n</html>\n"
    )
}

/// Words as they may stand between two tags. A line break stays one; what no reader can see
/// (other control characters, and marks that turn the direction of writing) becomes `U+FFFD`.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for character in words.replace("\r\n", "\n").chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            '\n' => text.push_str("<br>"),
            '\t' => text.push(' '),
            hidden if is_hidden(hidden) => text.push('\u{fffd}'),
            shown => text.push(shown),
        }
    }
    text
}

fn is_hidden(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || turns
}

#[derive(Default)]
struct Html(String);

impl Html {
    fn line(&mut self, markup: &str) {
        self.0.push_str(markup);
        self.0.push('\n');
    }

    /// An element that holds words; `tag` may have a class.
    fn words(&mut self, tag: &str, words: &str) {
        self.line(&element(tag, &escaped(words)));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::State { name, motto } => {
                self.words("p class=\"state\"", name);
                self.words("p class=\"motto\"", motto);
            }
            Block::Title { title, under } => {
                self.words("h1", title);
                self.words("p class=\"under\"", under);
            }
            Block::Part(title) => self.words("h2", title),
            Block::Subpart(title) => self.words("h3", title),
            Block::Paragraph(words) => self.words("p", words),
            Block::Notice { about, points } => self.notice(about, points),
            Block::Facts(facts) => self.facts(facts),
            Block::List(lines) => self.list(lines),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Signatures(signatures) => self.signatures(signatures),
        }
    }

    fn notice(&mut self, about: &str, points: &[String]) {
        self.line("<section class=\"notice\">");
        self.words("p", about);
        self.list(points);
        self.line("</section>");
    }

    fn list(&mut self, lines: &[String]) {
        self.line("<ul>");
        for line in lines {
            self.words("li", line);
        }
        self.line("</ul>");
    }

    fn facts(&mut self, facts: &[Fact]) {
        self.line("<dl>");
        for fact in facts {
            self.words("dt", &fact.name);
            self.line(&element("dd", &filled(&fact.fill)));
        }
        self.line("</dl>");
    }

    fn table(&mut self, head: &[String], rows: &[Vec<Fill>]) {
        self.line("<table>");
        let head: String =
            head.iter().map(|name| element("th scope=\"col\"", &escaped(name))).collect();
        self.line(&element("thead", &element("tr", &head)));
        self.line("<tbody>");
        for row in rows {
            let cells: String = row.iter().map(|fill| element("td", &filled(fill))).collect();
            self.line(&element("tr", &cells));
        }
        self.line("</tbody>");
        self.line("</table>");
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        self.line("<section class=\"signatures\">");
        for signature in signatures {
            self.line("<div>");
            self.words("p class=\"who\"", &signature.who);
            self.words("p class=\"how\"", &signature.how);
            self.words("p class=\"name\"", signature.name.as_deref().unwrap_or_default());
            self.line("</div>");
        }
        self.line("</section>");
    }
}

/// An element around markup that is already escaped.
fn element(tag: &str, markup: &str) -> String {
    let name = tag.split(' ').next().unwrap_or(tag);
    format!("<{tag}>{markup}</{name}>")
}

fn filled(fill: &Fill) -> String {
    match fill {
        Fill::Written(words) => escaped(words),
        Fill::Missing(why) => element("em class=\"missing\"", &escaped(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use texts::Lang;

    /// Every tag that a document may have.
    const TAGS: &[&str] = &[
        "article", "p", "h1", "h2", "h3", "section", "ul", "li", "dl", "dt", "dd", "em", "table",
        "thead", "tbody", "tr", "th", "td", "div", "br",
    ];

    fn document(words: &str) -> Document {
        let word = || words.to_owned();
        let facts =
            vec![Fact::new(words, Fill::Written(word())), Fact::new(words, Fill::Missing(word()))];
        let signature = Signature { who: word(), how: word(), name: Some(word()) };
        let blocks = vec![
            Block::State { name: word(), motto: word() },
            Block::Title { title: word(), under: word() },
            Block::Part(word()),
            Block::Subpart(word()),
            Block::Paragraph(word()),
            Block::Notice { about: word(), points: vec![word()] },
            Block::Facts(facts),
            Block::List(vec![word()]),
            Block::table(vec![word()], vec![vec![Fill::Written(word())], vec![]]),
            Block::Signatures(vec![signature]),
        ];
        Document { lang: Lang::Vi, title: word(), blocks }
    }

    /// What stands between `<` and `>`, in order.
    fn tags(html: &str) -> Vec<&str> {
        html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)).collect()
    }

    fn name_of(tag: &str) -> &str {
        tag.trim_start_matches('/').split(' ').next().unwrap_or(tag)
    }

    #[test]
    fn markup_in_a_word_stays_a_word() {
        let html = article(&document("<script>alert('1')</script> & \"x\""));
        let shown = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;";
        assert_eq!(html.matches(shown).count(), 19, "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn what_cannot_be_seen_is_shown_as_that() {
        assert_eq!(escaped("a\u{202e}b\u{0}c\r\nd"), "a\u{fffd}b\u{fffd}c<br>d");
    }

    #[test]
    fn a_page_loads_nothing_and_runs_nothing() {
        let page = page(&document("x"));
        for word in ["<script", "<link", "src=", "href=", "url(", "@import", "style=\"", "http"] {
            assert!(!page.contains(word), "`{word}` in a page");
        }
    }

    proptest! {
        #[test]
        fn no_words_add_a_tag_or_an_attribute(words in "(\\PC|[<>&\"'=/ \n\t\u{202e}\u{0}]){0,40}") {
            let (plain, html) = (article(&document("x")), article(&document(&words)));
            let without_breaks = |tag: &&str| *tag != "br";
            let of_words: Vec<_> = tags(&html).into_iter().filter(without_breaks).collect();
            prop_assert_eq!(of_words, tags(&plain));
            prop_assert!(tags(&html).into_iter().all(|tag| TAGS.contains(&name_of(tag))));
            prop_assert_eq!(html.matches('<').count(), html.matches('>').count());
        }
    }
}
