//! Every route of headquarters is named by a test that goes through it.

use crate::tree::{File, files_in, none};

#[test]
fn every_route_of_headquarters_is_named_by_a_test() {
    let sources = files_in("src/headquarters/", "rs");
    let tests: Vec<_> = files_in("tests/headquarters/", "rs")
        .into_iter()
        .chain(files_in("tests/e2e/", "rs"))
        .collect();
    let routes = sources.iter().flat_map(routes_of);
    let unnamed = routes.filter(|(_, route)| !tests.iter().any(|test| names(&test.text, route)));
    none(unnamed.map(|(path, route)| format!("{path}: no test names `{route}`")).collect());
}

/// What puts an address into a router.
const VERBS: [&str; 5] = [".route(", ".get(", ".post(", ".get_untold(", ".post_untold("];

/// The paths that a file gives to a router, as a string or as a constant of the file.
fn routes_of(file: &File) -> Vec<(String, String)> {
    let text = file.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = VERBS.iter().flat_map(|verb| text.split(verb).skip(1)).map(str::trim_start);
    let paths = after.filter_map(|rest| {
        let first = rest.split(',').next()?.trim();
        quoted(first).or_else(|| quoted(text.split(&format!("{first}: &str = ")).nth(1)?))
    });
    let paths = paths.filter(|path| path.starts_with('/'));
    paths.map(|path| (file.path.clone(), path.to_owned())).collect()
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split('"').next()
}

/// Whether some line has all fixed parts of the route, in order.
fn names(text: &str, route: &str) -> bool {
    let parts: Vec<_> =
        route.split(['{', '}']).step_by(2).filter(|part| !part.is_empty()).collect();
    text.lines().any(|line| in_order(line, &parts))
}

fn in_order(line: &str, parts: &[&str]) -> bool {
    let mut rest = line;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}
