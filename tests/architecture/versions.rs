//! One version of each thing: the code generator of the tablet app above all.
//!
//! A wasm-bindgen of another version than its generator builds an app that does not start.

use toml_edit::DocumentMut;

use crate::tree::{files_in, folders_in, none, text_of};

#[test]
fn every_file_that_names_wasm_bindgen_names_the_same_version() {
    let version = pinned("wasm-bindgen");
    assert_eq!(pinned("wasm-bindgen-cli-support"), version);
    for package in ["wasm-bindgen", "wasm-bindgen-cli-support"] {
        assert_eq!(locked(package), std::slice::from_ref(&version), "`{package}` in Cargo.lock");
    }
    assert_eq!(trunk("wasm_bindgen"), version, "Trunk.toml");
    none(
        files_in("src/xtask/", "rs").iter().flat_map(|file| other(&file.text, &version)).collect(),
    );
}

/// Versions of the 0.2 line that stand after the word wasm-bindgen and are not this one.
fn other(text: &str, version: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| line.contains("wasm-bindgen"));
    let named = lines.flat_map(|line| line.split(|c: char| !c.is_ascii_digit() && c != '.'));
    let other = named.filter(|word| word.starts_with("0.2.") && *word != version);
    other.map(|word| format!("src/xtask names wasm-bindgen `{word}`, not `{version}`")).collect()
}

#[test]
fn trunk_and_npm_name_the_same_wasm_opt() {
    let tools: serde_json::Value =
        serde_json::from_str(&text_of("package.json")).expect("package.json is JSON");
    let npm = tools["devDependencies"]["binaryen"].as_str().expect("binaryen is named");
    let major = npm.split('.').next().unwrap_or(npm);
    assert_eq!(trunk("wasm_opt"), format!("version_{major}"));
}

#[test]
fn every_crate_takes_versions_and_lints_from_the_workspace() {
    let manifests = files_in("", "toml").into_iter().filter(|f| f.path.ends_with("/Cargo.toml"));
    let faults = manifests.flat_map(|file| {
        let manifest: DocumentMut = file.text.parse().expect("a manifest is TOML");
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        let lints = (lints.and_then(|l| l.as_bool()) != Some(true))
            .then(|| format!("{}: `[lints] workspace = true` is missing", file.path));
        versions(&file.path, &manifest).into_iter().chain(lints)
    });
    none(faults.collect());
}

fn versions(path: &str, manifest: &DocumentMut) -> Vec<String> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = kinds.iter().filter_map(|kind| manifest.get(kind)?.as_table_like());
    let named = tables.flat_map(|table| table.iter());
    let alone = named.filter(|(_, item)| item.get("workspace").is_none());
    alone
        .map(|(name, _)| format!("{path}: `{name}` does not take its version from the workspace"))
        .collect()
}

#[test]
fn every_crate_is_a_member_by_name() {
    let workspace: DocumentMut = text_of("Cargo.toml").parse().expect("a manifest is TOML");
    let members = workspace["workspace"]["members"].as_array().expect("members are a list");
    let members: Vec<_> = members.iter().filter_map(|member| member.as_str()).collect();
    for room in folders_in("src") {
        assert!(members.contains(&format!("src/{room}").as_str()), "`src/{room}` is no member");
    }
}

/// The version that the workspace pins with `=`.
fn pinned(package: &str) -> String {
    let workspace: DocumentMut = text_of("Cargo.toml").parse().expect("a manifest is TOML");
    let version = workspace["workspace"]["dependencies"][package].as_str();
    let version = version.expect("it is a version alone").strip_prefix('=');
    version.unwrap_or_else(|| panic!("`{package}` is not pinned with `=`")).to_owned()
}

/// The versions in Cargo.lock.
fn locked(package: &str) -> Vec<String> {
    let lock: DocumentMut = text_of("Cargo.lock").parse().expect("the lock is TOML");
    let packages = lock["package"].as_array_of_tables().expect("packages are tables");
    let named = packages.iter().filter(|table| table["name"].as_str() == Some(package));
    named.filter_map(|table| Some(table["version"].as_str()?.to_owned())).collect()
}

fn trunk(tool: &str) -> String {
    let trunk: DocumentMut = text_of("Trunk.toml").parse().expect("Trunk.toml is TOML");
    trunk["tools"][tool].as_str().expect("the tool has a version").to_owned()
}
