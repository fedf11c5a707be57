//! Pages for people: each room has one, and what they point at is there.

use crate::tree::{File, exists, faulty_lines, files, files_in, folders_in, none, text_of};

#[test]
fn every_folder_of_the_house_has_a_page() {
    let top = [".", "src", "tests", "packs", "public", "style", "fuzz"].map(str::to_owned);
    let inside = ["src", "tests"].into_iter().flat_map(|folder| {
        folders_in(folder).into_iter().map(move |name| format!("{folder}/{name}"))
    });
    // The folder of architecture.rs is that file in parts.
    let folders = top.into_iter().chain(inside).filter(|folder| folder != "tests/architecture");
    let without = folders.filter(|folder| !exists(&format!("{folder}/README.md")));
    none(without.map(|folder| format!("{folder}: README.md is missing")).collect());
}

#[test]
fn the_page_of_a_room_is_its_rustdoc_and_has_its_parts() {
    none(folders_in("src").into_iter().flat_map(|room| faults_of(&room)).collect());
}

fn faults_of(room: &str) -> Vec<String> {
    let page = format!("src/{room}/README.md");
    if !exists(&page) {
        return Vec::new(); // said by the rule above
    }
    let text = text_of(&page);
    let parts = ["## Invariants", "## Why", "## Known quirks"];
    let missing = parts.iter().filter(|part| !text.contains(**part));
    let roots = ["lib.rs", "main.rs"].map(|name| format!("src/{room}/{name}"));
    let mut roots = roots.iter().filter(|root| exists(root));
    let doc = roots.any(|root| text_of(root).contains("include_str!(\"README.md\")"));
    let doc = (!doc).then(|| format!("src/{room}: the page is not its rustdoc"));
    missing.map(|part| format!("{page}: `{part}` is missing")).chain(doc).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    none(files_in("", "md").iter().flat_map(dead_links).collect());
}

fn dead_links(file: &File) -> Vec<String> {
    let folder = file.path.rsplit_once('/').map_or(".", |(folder, _)| folder);
    faulty_lines(file, |line| {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let mut local = targets.filter(|target| is_path(target));
        let dead = local.find(|target| !exists(&format!("{folder}/{}", without_anchor(target))))?;
        Some(format!("`{dead}` is not there"))
    })
}

fn is_path(target: &str) -> bool {
    !target.contains("://") && !target.starts_with('#') && !target.contains("::")
}

fn without_anchor(target: &str) -> &str {
    target.split('#').next().unwrap_or(target)
}

/// On a page, `` `src/domain/finding.rs` (`missing`) `` promises a file and a function in it.
#[test]
fn every_file_and_function_that_a_page_names_is_there() {
    let pages = files().into_iter().filter(|file| file.path.ends_with(".md"));
    none(pages.flat_map(|page| faulty_lines(&page, unkept)).collect());
}

fn unkept(line: &str) -> Option<String> {
    let mut pieces = line.split('`').skip(1);
    let mut faults = Vec::new();
    while let Some(path) = pieces.next() {
        let after = pieces.next().unwrap_or_default();
        if !is_source(path) {
            continue;
        }
        if !exists(path) {
            faults.push(format!("`{path}` is not there"));
        } else if after == " (" {
            let name = pieces.next().unwrap_or_default();
            pieces.next();
            let there = defines(&text_of(path), name);
            faults.extend((!there).then(|| format!("`{path}` has no `{name}`")));
        }
    }
    (!faults.is_empty()).then(|| faults.join(", "))
}

fn is_source(path: &str) -> bool {
    let below = ["src/", "tests/", "packs/", "style/", "public/", "docs/"];
    let whole = !path.contains([' ', '*', '{', '…']) && path != "src/" && !path.contains("NAME");
    whole && below.iter().any(|folder| path.starts_with(folder))
}

fn defines(text: &str, name: &str) -> bool {
    let name = name.rsplit("::").next().unwrap_or(name);
    ["fn", "struct", "enum", "trait", "const", "mod"].iter().any(|kind| {
        let definition = format!("{kind} {name}");
        let mut found = text.match_indices(&definition);
        found.any(|(at, found)| {
            let next = text[at + found.len()..].chars().next();
            next.is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
    })
}
