//! What every source file does and leaves out.

use crate::tree::{File, faulty_lines, files, files_in, none};

#[test]
fn every_rust_file_says_first_what_it_is_for() {
    let faults = files_in("", "rs").into_iter().filter(|file| !file.text.starts_with("//! "));
    none(
        faults
            .map(|file| format!("{}:1: open with `//! ` and what it is for", file.path))
            .collect(),
    );
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    // Written in parts, so that this file does not name them.
    let registries = [
        ["registry.npm", "js"],
        ["static.crates", ".io"],
        ["index.crates", ".io"],
        ["crates.io", "-index"],
        ["py", "pi.org"],
    ];
    let registries = registries.map(|parts| parts.concat());
    let everywhere = [["/ro", "ot/"], ["/wo", "rk/"]].map(|parts| parts.concat());
    let temporary = ["/tm", "p/"].concat();
    none(
        files()
            .iter()
            .filter(|file| !file.path.ends_with("Cargo.lock"))
            .flat_map(|file| {
                let in_tests = file.path.starts_with("tests/");
                let mut paths = everywhere.to_vec();
                paths.extend((!in_tests).then(|| temporary.clone()));
                faulty_lines(file, |line| {
                    let registry = registries.iter().find(|name| line.contains(name.as_str()));
                    let name = registry.or_else(|| paths.iter().find(|path| begins(line, path)))?;
                    Some(format!("`{name}` is of one machine or registry"))
                })
            })
            .collect(),
    );
}

/// Whether a path begins here: `a/work/b` is no machine's.
fn begins(line: &str, path: &str) -> bool {
    let mut places = line.match_indices(path);
    places.any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.'))
}

#[test]
fn the_lock_of_npm_names_no_registry() {
    none(
        files()
            .iter()
            .filter(|file| file.path.ends_with("package-lock.json"))
            .flat_map(|file| {
                let name = ["\"resol", "ved\""].concat();
                faulty_lines(file, |line| {
                    line.contains(&name)
                        .then(|| format!("{name}; .npmrc keeps it out, run `npm install` anew"))
                })
            })
            .collect(),
    );
}

#[test]
fn nothing_is_left_to_do_in_the_source() {
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["db", "g!("], ["HA", "CK:"]].map(|parts| parts.concat());
    let read = ["rs", "toml", "md", "css", "html", "js", "sql"];
    let is_read =
        |file: &&File| read.iter().any(|ending| file.path.ends_with(&format!(".{ending}")));
    none(
        files()
            .iter()
            .filter(is_read)
            .flat_map(|file| {
                faulty_lines(file, |line| {
                    let mark = marks.iter().find(|mark| line.contains(mark.as_str()))?;
                    Some(format!("`{mark}`: do it, or open an issue"))
                })
            })
            .collect(),
    );
}

#[test]
fn a_comment_never_tells_how_the_code_came_to_be() {
    let words = [["prev", "iously"], ["used", " to be"], ["was chan", "ged to"]]
        .map(|parts| parts.concat());
    none(
        files_in("", "rs")
            .iter()
            .flat_map(|file| {
                faulty_lines(file, |line| {
                    let comment = line.trim_start().strip_prefix("//")?.to_lowercase();
                    let word = words.iter().find(|word| comment.contains(word.as_str()))?;
                    Some(format!("`{word}`: say why, not what it was; the commit says that"))
                })
            })
            .collect(),
    );
}

#[test]
fn every_test_is_named_by_a_statement_and_none_is_passed_over() {
    let ignored = ["#[ign", "ore"].concat();
    let prefixed = ["fn te", "st_"].concat();
    none(
        files_in("", "rs")
            .iter()
            .flat_map(|file| {
                faulty_lines(file, |line| {
                    let line = line.trim_start();
                    let fault = if line.starts_with(&ignored) {
                        "a test is run or it is removed"
                    } else if line.contains(&prefixed) {
                        "a test's name says what is so"
                    } else {
                        return None;
                    };
                    Some(fault.to_owned())
                })
            })
            .collect(),
    );
}
