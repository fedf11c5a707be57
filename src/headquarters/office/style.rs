//! The stylesheet of the office pages and of the documents shown in them. Its tokens are those
//! of the tablet app: one file says what the colours, letters and sizes of the house are.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use texts::{Lang, office};

/// What every sheet of the house builds on.
const TOKENS: &str = include_str!("../../../style/tokens.css");
const OFFICE: &str = include_str!("office.css");

pub(crate) async fn sheet() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (headers, [TOKENS, OFFICE, minutes::html::STYLE, &previews()].concat())
}

/// What stands in the margins of every printed page: the page's number, and on the documents that
/// they are previews. A margin cannot take words from the page, so both languages are said here.
fn previews() -> String {
    let numbers = "counter(page) \" / \" counter(pages)";
    let preview = |lang: Lang| {
        format!(
            "@page preview-{tag} {{ margin: 20mm 15mm 20mm 25mm; @top-center {{ content: \"{words}\"; font-size: 8.5pt; }} }}\n\
             @media print {{ .preview:lang({tag}) {{ page: preview-{tag}; }} }}\n",
            tag = lang.tag(),
            words = office::preview_means(lang),
        )
    };
    let previews = Lang::ALL.map(preview).concat();
    format!("@page {{ @bottom-right {{ content: {numbers}; font-size: 8.5pt; }} }}\n{previews}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_that_the_office_uses_is_said_in_the_file_it_shares_with_the_tablet() {
        let used = OFFICE.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next());
        let used = used.collect::<std::collections::BTreeSet<_>>();
        assert!(used.len() > 20, "the sheet is built on tokens: {used:?}");
        let unsaid = used.into_iter().filter(|token| !TOKENS.contains(&format!("{token}:")));
        assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn words_in_the_margin_cannot_end_their_string() {
        for lang in Lang::ALL {
            let words = office::preview_means(lang);
            assert!(!words.contains(['"', '\\', '\n']), "{words}");
            assert!(previews().contains(words));
        }
    }

    #[test]
    fn no_colour_is_said_outside_the_tokens() {
        let lines = OFFICE.lines().filter(|line| line.contains('#') && line.contains(": #"));
        assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
