//! Arrows only go down: what a room's manifest names is what the table in src/README.md allows.
//!
//! The table on the page is the rule; there is no second list.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{DocumentMut, Item, TableLike};

use crate::tree::{File, exists, faulty_lines, files_in, folders_in, none, text_of};

const DEPENDENCIES: &[&str] = &["dependencies", "dev-dependencies", "build-dependencies"];

/// The rooms that the table calls pure.
const PURE: &[&str] = &["domain", "texts", "proof", "sync", "minutes"];

type Table = BTreeMap<String, BTreeSet<String>>;

#[test]
fn a_room_uses_only_the_rooms_below_it() {
    let table = table();
    let rooms: BTreeSet<_> = table.keys().cloned().collect();
    let used_wrongly = table.iter().flat_map(|(room, below)| {
        let uses: Vec<_> = dependencies(room).into_iter().filter(|d| rooms.contains(d)).collect();
        let wrong = uses.into_iter().filter(|used| !below.contains(used));
        wrong.map(|used| format!("src/{room}/Cargo.toml: `{room}` may not use `{used}`; the table in src/README.md says which rooms it may")).collect::<Vec<_>>()
    });
    none(used_wrongly.collect());
}

#[test]
fn the_table_of_rooms_is_the_folder_of_rooms() {
    assert_eq!(table().into_keys().collect::<Vec<_>>(), folders_in("src"));
}

#[test]
fn the_table_has_no_circle() {
    let table = table();
    for room in table.keys() {
        let mut above = BTreeSet::from([room.clone()]);
        let mut below: Vec<_> = table[room].iter().cloned().collect();
        while let Some(next) = below.pop() {
            assert_ne!(&next, room, "`{room}` is below itself");
            if above.insert(next.clone()) {
                below.extend(table[&next].iter().cloned());
            }
        }
    }
}

#[test]
fn every_pure_room_has_the_same_bans() {
    let first = text_of("src/domain/clippy.toml");
    for ban in ["SystemTime::now", "Instant::now", "HashMap", "HashSet", "fs::", "env::var"] {
        assert!(first.contains(ban), "src/domain/clippy.toml does not ban `{ban}`");
    }
    for room in PURE {
        assert_eq!(text_of(&format!("src/{room}/clippy.toml")), first, "src/{room}/clippy.toml");
    }
}

#[test]
fn a_pure_room_needs_nothing_that_does_input_or_output() {
    const DOING: &[&str] = &[
        "tokio",
        "sqlx",
        "axum",
        "reqwest",
        "getrandom",
        "rand",
        "web-sys",
        "js-sys",
        "leptos",
        "wasm-bindgen",
        "idb",
        "gloo-net",
        "gloo-storage",
        "gloo-timers",
    ];
    let faults = PURE.iter().flat_map(|room| {
        let does = |name: &String| DOING.contains(&name.as_str());
        let named = dependencies(room).into_iter().filter(does);
        named.map(move |name| format!("src/{room}/Cargo.toml: a pure room does not need `{name}`"))
    });
    none(faults.collect());
}

#[test]
fn what_a_screen_decides_is_decided_without_leptos() {
    let states = files_in("src/screens/", "rs");
    let states = states.iter().filter(|file| file.path.ends_with("/state.rs"));
    none(states.flat_map(without_leptos).collect());
}

fn without_leptos(file: &File) -> Vec<String> {
    faulty_lines(file, |line| {
        line.contains("leptos").then(|| "`leptos` belongs into view.rs".to_owned())
    })
}

/// The table of src/README.md: a room, and the rooms below it.
fn table() -> Table {
    let page = text_of("src/README.md");
    let (_, after) = page.split_once("| room | may use |").expect("the table has its heading");
    let rows = after.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.flat_map(row).collect()
}

fn row(line: &str) -> Vec<(String, BTreeSet<String>)> {
    let cells: Vec<_> = line.split('|').map(str::trim).collect();
    let below: BTreeSet<_> = names(cells[2]).collect();
    names(cells[1]).map(|room| (room, below.clone())).collect()
}

/// The names in backticks.
fn names(cell: &str) -> impl Iterator<Item = String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// Everything that a room's manifest names, in every kind of dependency.
fn dependencies(room: &str) -> BTreeSet<String> {
    let path = format!("src/{room}/Cargo.toml");
    if !exists(&path) {
        return BTreeSet::new();
    }
    let manifest: DocumentMut = text_of(&path).parse().expect("a manifest is TOML");
    let for_targets = manifest.get("target").and_then(Item::as_table_like);
    let tables = for_targets.into_iter().flat_map(TableLike::iter).map(|(_, target)| target);
    tables.chain([manifest.as_item()]).flat_map(named_in).collect()
}

fn named_in(table: &Item) -> Vec<String> {
    let kinds = DEPENDENCIES.iter().filter_map(|kind| table.get(kind)?.as_table_like());
    kinds.flat_map(TableLike::iter).map(|(name, _)| name.to_owned()).collect()
}
