//! The stylesheet of the office pages and of the documents shown in them. Its tokens are those
//! of the tablet app: one file says what the colours, letters and sizes of the house are.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// What every sheet of the house builds on.
const TOKENS: &str = include_str!("../../../style/tokens.css");
const OFFICE: &str = include_str!("office.css");

pub(crate) async fn sheet() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (headers, [TOKENS, OFFICE, minutes::html::STYLE].concat())
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
    fn no_colour_is_said_outside_the_tokens() {
        let lines = OFFICE.lines().filter(|line| line.contains('#') && line.contains(": #"));
        assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
