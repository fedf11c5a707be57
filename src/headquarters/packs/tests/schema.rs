//! The published schemas and the checker agree on the keys: what the packs use is in the schema,
//! and every key of the schema is one that the checker knows.

use std::fs;
use std::path::Path;

use serde_json::Value;
use toml_edit::{Document, Item, Table};

use crate::packs::{check, embedded_files};

#[test]
fn every_key_in_the_packs_is_in_the_schema_of_its_kind() {
    for file in embedded_files() {
        let document = Document::parse(file.text.as_str()).unwrap();
        let schema = schema(document["kind"].as_str().unwrap());
        admits(document.as_table(), &schema, &schema, &file.path.display().to_string());
    }
}

#[test]
fn every_key_in_a_schema_is_known_to_the_checker() {
    let shown = [("law", "packs/law.toml"), ("instrument", "packs/instruments/nd-119-2020.toml")];
    for (kind, name) in shown {
        let schema = schema(kind);
        for key in schema["properties"].as_object().unwrap().keys() {
            assert_eq!(unknown_key(name, "id = ", key), None, "{key} in {name}");
        }
    }
    let schema = schema("checklist");
    for key in schema["$defs"]["item"]["properties"].as_object().unwrap().keys() {
        let name = "packs/checklists/printing.toml";
        assert_eq!(
            unknown_key(name, "establishment_kinds = [\"printer_other\"]", key),
            None,
            "{key}"
        );
    }
    assert!(unknown_key("packs/law.toml", "id = ", "no_such_key").is_some());
}

/// What the checker says of `key`, given the value `[]` on a line of its own before `anchor`.
fn unknown_key(name: &str, anchor: &str, key: &str) -> Option<String> {
    let mut files = embedded_files();
    let file = files.iter_mut().find(|file| file.path.to_str() == Some(name)).unwrap();
    let at = file.text.find(anchor).unwrap();
    file.text.insert_str(at, &format!("{key} = []\n"));
    let unknown = format!("unknown key `{key}`");
    check(&files).into_iter().map(|fault| fault.what).find(|what| *what == unknown)
}

fn admits(table: &Table, schema: &Value, root: &Value, place: &str) {
    for (key, item) in table.iter() {
        let place = format!("{place}, {key}");
        let below = &resolved(schema, root)["properties"][key];
        assert!(!below.is_null(), "{place} is not in the schema");
        match item {
            Item::Table(table) => admits(table, below, root, &place),
            Item::ArrayOfTables(tables) => {
                for table in tables.iter() {
                    admits(table, &below["items"], root, &place);
                }
            }
            Item::Value(value) => admits_inline(value, below, root, &place),
            Item::None => {}
        }
    }
}

fn admits_inline(value: &toml_edit::Value, schema: &Value, root: &Value, place: &str) {
    if let Some(table) = value.as_inline_table() {
        admits(&table.clone().into_table(), schema, root, place);
    }
    for value in value.as_array().into_iter().flatten() {
        admits_inline(value, &schema["items"], root, place);
    }
}

fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn schema(kind: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/schema");
    serde_json::from_str(&fs::read_to_string(folder.join(format!("{kind}.json"))).unwrap()).unwrap()
}
