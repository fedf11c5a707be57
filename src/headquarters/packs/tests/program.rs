//! Compiling, and `bienban pack …` as it is typed, on copies of the packs on disk.

use std::fs;
use std::path::{Path, PathBuf};

use domain::pack::PackKind;
use tempfile::TempDir;

use super::version_line;
use crate::packs::{Compiled, cli, compile, embedded, embedded_files, files_in};

#[test]
fn the_same_files_give_the_same_bytes_in_whatever_order_they_are_read() {
    let mut files = embedded_files();
    files.reverse();
    assert_eq!(compile(&files).unwrap(), embedded().unwrap());
}

#[test]
fn comments_and_layout_do_not_change_a_pack_and_words_do() {
    let mut files = embedded_files();
    for file in &mut files {
        file.text = format!("# {}\n\n{}", file.path.display(), file.text);
    }
    let packs = compile(&files).unwrap();
    assert_eq!(packs, embedded().unwrap());
    for file in &mut files {
        file.text = file.text.replacen("Kiểm tra hoạt động in", "Kiểm tra nhà in", 1);
    }
    let changed = compile(&files).unwrap();
    let other = |pack: &&Compiled| !packs.iter().any(|old| old.sha256 == pack.sha256);
    let changed: Vec<&str> = changed.iter().filter(other).map(|pack| pack.id.as_str()).collect();
    assert_eq!(changed, ["printing"]);
}

#[test]
fn the_law_comes_first_and_no_pack_is_large_for_a_tablet() {
    let packs = embedded().unwrap();
    let kinds: Vec<PackKind> = packs.iter().map(|pack| pack.kind).collect();
    assert_eq!((kinds[0], kinds.len()), (PackKind::Law, 7));
    assert!(kinds[1..].iter().all(|kind| *kind == PackKind::Checklist));
    let sizes: Vec<_> = packs.iter().map(|pack| (pack.id.as_str(), pack.size())).collect();
    assert!(packs.iter().all(|pack| pack.size() < 128 * 1024), "{sizes:?}");
}

#[test]
fn the_folder_on_disk_is_what_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    assert_eq!(compile(&files_in(&folder).unwrap()).unwrap(), embedded().unwrap());
}

#[test]
fn a_good_folder_and_a_good_file_pass_the_check() {
    let folder = copied();
    for path in ["", "checklists/printing.toml", "sources.toml"] {
        assert_eq!(checked(&[folder.path().join(path)]), (cli::WORKED, String::new()), "{path}");
    }
}

#[test]
fn a_fault_is_printed_with_file_and_line_and_the_status_is_2() {
    let folder = copied();
    let path = folder.path().join("checklists/printing.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen(&version_line(&text), "version = 0", 1)).unwrap();
    let expected = format!("{}:4: `version` is not a whole number from 1\n", path.display());
    assert_eq!(checked(&[path]), (cli::BAD_INPUT, expected));
}

#[test]
fn a_file_that_stands_alone_is_checked_against_the_packs_of_the_program() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mine.toml");
    let named = |name: &str| embedded_files().into_iter().find(|file| file.path.ends_with(name));
    let text = named("printing.toml").unwrap().text;
    fs::write(&path, &text).unwrap();
    assert_eq!(checked(std::slice::from_ref(&path)), (cli::WORKED, String::new()));
    fs::write(&path, text.replacen("\"phap-dien-39-13\"", "\"gone\"", 1)).unwrap();
    let (status, told) = checked(&[path]);
    assert_eq!(status, cli::BAD_INPUT);
    assert!(told.contains("mine.toml:") && told.contains("unknown source `gone`"), "{told}");
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let (status, told) = checked(&[PathBuf::from("no/such/file.toml")]);
    assert_eq!(status, cli::BAD_INPUT);
    assert!(told.starts_with("cannot read `no/such/file.toml`: "), "{told}");
}

#[test]
fn compiled_packs_are_listed_and_written() {
    let (folder, target) = (copied(), TempDir::new().unwrap());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::compile(Some(folder.path()), Some(target.path()), &mut out, &mut err);
    assert_eq!((status, err), (cli::WORKED, Vec::new()));
    let listed = String::from_utf8(out).unwrap();
    for pack in embedded().unwrap() {
        let Compiled { kind, id, version, sha256, bytes } = pack;
        assert!(listed.contains(&format!("{kind} {id} {version} {sha256} {}\n", bytes.len())));
        let written = target.path().join(format!("{kind}-{id}-{version}.cbor"));
        assert_eq!(fs::read(written).unwrap(), bytes);
    }
}

#[test]
fn nothing_is_compiled_from_files_with_a_fault() {
    let (folder, target) = (copied(), TempDir::new().unwrap());
    fs::write(folder.path().join("law.toml"), "kind = \"law\"\n").unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::compile(Some(folder.path()), Some(target.path()), &mut out, &mut err);
    assert_eq!((status, out), (cli::BAD_INPUT, Vec::new()));
    assert!(!err.is_empty());
    assert_eq!(fs::read_dir(target.path()).unwrap().count(), 0);
}

#[test]
fn the_timeline_says_what_changes_on_the_day_of_the_new_press_law() {
    let folder = copied();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(cli::timeline(Some(folder.path()), &mut out, &mut err), cli::WORKED);
    let told = String::from_utf8(out).unwrap();
    for line in [
        "2026-07-01 press.licence.valid duty ends: luat-103-2016/18",
        "2026-07-01 press.licence.valid duty begins: luat-126-2025/18/1",
        "2026-07-01 press.bulletin.format asked for acts before 2026-07-01 only",
        "2028-07-01 press.deposit.electronic_match asked",
        "2023-01-01 print.other.register not asked any more",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}");
    }
    assert!(told.lines().is_sorted_by_key(|line| line.get(..10)), "by day");
}

fn checked(paths: &[PathBuf]) -> (u8, String) {
    let mut err = Vec::new();
    let status = cli::check(paths, &mut err);
    (status, String::from_utf8(err).unwrap())
}

/// The packs of this repository in a folder of their own.
fn copied() -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in embedded_files() {
        let path = folder.path().join(file.path.strip_prefix("packs").unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
    folder
}
