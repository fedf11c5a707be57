//! Mistakes made in a copy of the real packs, each refused by file and line.

use super::version_line;
use crate::packs::{PackFile, check, compile, embedded_files};

const PRINTING: &str = "packs/checklists/printing.toml";
const PRESS_LAW: &str = "packs/instruments/luat-103-2016.toml";
const DECREE: &str = "packs/instruments/nd-119-2020.toml";
const SOURCES: &str = "packs/sources.toml";

#[test]
fn the_packs_as_they_are_have_no_fault() {
    assert_eq!(check(&embedded_files()), []);
}

#[test]
fn an_unknown_provision_is_refused() {
    refused(
        PRINTING,
        "{ instrument = \"luat-19-2012\", article = \"31\", clause = \"1\" }",
        "{ instrument = \"luat-19-2012\", article = \"31\", clause = \"99\" }",
        "unknown provision `luat-19-2012/31/99`; list it in the instrument",
    );
    refused(
        PRINTING,
        "{ instrument = \"luat-19-2012\", article = \"31\", clause = \"1\" }",
        "{ instrument = \"luat-1-1900\", article = \"31\", clause = \"1\" }",
        "unknown instrument `luat-1-1900`; add instruments/luat-1-1900.toml",
    );
}

#[test]
fn a_provision_removed_from_the_instrument_is_missed_where_it_is_cited() {
    let mut files = embedded_files();
    let law = file(&mut files, "packs/instruments/luat-19-2012.toml");
    let line =
        law.text.lines().find(|line| line.contains("article = \"31\", clause = \"1\"")).unwrap();
    law.text = law.text.replacen(&format!("{line}\n"), "", 1);
    let faults = check(&files);
    assert!(!faults.is_empty());
    for fault in faults {
        assert!(fault.what.contains("unknown provision `luat-19-2012/31/1`"), "{fault}");
        assert!(fault.path.starts_with("packs/checklists"), "{fault}");
    }
}

#[test]
fn an_end_before_the_start_is_refused() {
    refused(
        PRESS_LAW,
        "effective_until = 2026-06-30",
        "effective_until = 2016-06-30",
        "the end `2016-06-30` is before the start `2017-01-01`",
    );
    refused(
        PRESS_LAW,
        "from = 2017-01-01, until = 2026-06-30",
        "from = 2017-01-01, until = 2016-12-31",
        "the end `2016-12-31` is before the start `2017-01-01`",
    );
}

#[test]
fn a_duplicate_id_is_refused_even_in_another_checklist() {
    let same = "duplicate item `print.pub.licence`";
    refused(PRINTING, "id = \"print.pub.report\"", "id = \"print.pub.licence\"", same);
    refused(
        "packs/checklists/publishing.toml",
        "id = \"pub.report.periodic\"",
        "id = \"print.pub.licence\"",
        same,
    );
}

#[test]
fn a_removed_source_is_refused() {
    let sources = "sources = [\"phap-dien-32-3-xuat-ban\", \"phap-dien-39-13\"]";
    let missing = "`sources` is missing or empty";
    refused(PRINTING, sources, "sources = []", missing);
    refused(
        PRINTING,
        "\"phap-dien-39-13\"]",
        "\"phap-dien-39-14\"]",
        "unknown source `phap-dien-39-14`; add it to sources.toml",
    );
    let mut files = embedded_files();
    let printing = file(&mut files, PRINTING);
    printing.text = printing.text.replacen(&format!("{sources}\n"), "", 1);
    let line = line_of(&printing.text, "id = \"print.pub.licence\"") - 1;
    assert_eq!(told(&files), [format!("{PRINTING}:{line}: {missing}")]);
}

#[test]
fn a_source_removed_from_the_list_is_missed_wherever_it_is_named() {
    let mut files = embedded_files();
    let sources = file(&mut files, "packs/sources.toml");
    let at = sources.text.find("[[sources]]\nid = \"haiphong-dieu-28b\"").unwrap();
    let end = at + 1 + sources.text[at + 1..].find("[[sources]]").unwrap();
    sources.text.replace_range(at..end, "");
    let faults = check(&files);
    assert_eq!(faults.len(), 2);
    assert!(faults.iter().all(|fault| fault.what.contains("unknown source `haiphong-dieu-28b`")));
}

#[test]
fn a_source_without_a_title_of_its_own_is_refused() {
    let (mut files, _) = edited(SOURCES, "title = \"Thông tấn xã Việt Nam\"\n", "");
    let line = line_of(&file(&mut files, SOURCES).text, "id = \"ttxvn\"") - 1;
    assert!(told(&files).contains(&format!("{SOURCES}:{line}: `title` is missing")));
    let own = "title = \"Báo Mới, tin về Chỉ thị 32/CT-UBND\"";
    let taken = "title = \"Thông tấn xã Việt Nam\"";
    refused(SOURCES, own, taken, "duplicate source title `Thông tấn xã Việt Nam`");
}

#[test]
fn what_only_an_editor_can_use_is_refused_where_people_read_it() {
    let cases = [
        (PRINTING, "note = \"", "note = \"Để null. ", "`note` is shown and holds `null`"),
        (
            PRINTING,
            "evidence.vi = \"",
            "evidence.vi = \"read_file ",
            "`vi` is shown and holds `read_file`",
        ),
        (
            PRINTING,
            "question.vi = \"",
            "question.vi = \"print.pub_x ",
            "`vi` is shown and holds `pub_x`",
        ),
        (DECREE, "note = \"", "note = \"github:a/b ", "`note` is shown and holds `github`"),
        (SOURCES, "title = \"", "title = \"https://a.vn ", "`title` is shown and holds `://`"),
        (
            SOURCES,
            "title = \"",
            "title = \"offset 4766000 ",
            "`title` is shown and holds `4766000`",
        ),
    ];
    for (name, from, to, what) in cases {
        let keep = "say it in plain words, and keep the rest in `editor_note` or `cite`";
        refused(name, from, to, &format!("{what}; {keep}"));
    }
}

#[test]
fn what_an_editor_notes_is_not_compiled() {
    let compiled = |files: &[PackFile]| {
        let packs = compile(files).unwrap();
        packs.into_iter().map(|pack| pack.sha256).collect::<Vec<_>>()
    };
    let (noted, _) = edited(PRINTING, "editor_note = \"", "editor_note = \"read_file, null: ");
    assert_eq!(compiled(&noted), compiled(&embedded_files()));
    let (cited, _) = edited(SOURCES, "cite = \"", "cite = \"github:a/b ");
    assert_eq!(compiled(&cited), compiled(&embedded_files()));
}

#[test]
fn an_unknown_confidence_word_is_refused() {
    refused(
        PRINTING,
        "confidence.duty = \"verified\"",
        "confidence.duty = \"certain\"",
        "unknown word `certain`; write verified, secondary or memory",
    );
    refused(
        DECREE,
        "confidence = \"verified\"",
        "confidence = \"Verified\"",
        "unknown word `Verified`; write verified, secondary or memory",
    );
}

#[test]
fn unknown_names_and_keys_are_refused() {
    let cases = [
        (
            "[\"printer_publications\"]",
            "[\"printer_of_maps\"]",
            "unknown establishment kind `printer_of_maps`",
        ),
        (
            "evidence.kinds = [\"licence\"]",
            "evidence.kinds = [\"opinion\"]",
            "unknown evidence kind `opinion`",
        ),
        ("must_recheck = true", "must_recheck_it = true", "unknown key `must_recheck_it`"),
        (
            "question.en = \"Licence to print publications?\"",
            "question.en = \" \"",
            "`en` is empty",
        ),
        (
            "kind = \"checklist\"",
            "kind = \"list\"",
            "unknown kind of file `list`; write law, vocabulary, sources, instrument or checklist",
        ),
        (
            "asked_until = 2022-12-31",
            "asked_until = \"2022-12-31\"",
            "`asked_until` is not a day, as in 2026-07-01",
        ),
        (
            "asked_until = 2022-12-31",
            "asked_until = 2002-12-31",
            "`asked_until` is before the first duty's start",
        ),
    ];
    for (from, to, what) in cases {
        refused(PRINTING, from, to, what);
    }
    let version = version_line(&file(&mut embedded_files(), PRINTING).text);
    refused(PRINTING, &version, "version = 0", "`version` is not a whole number from 1");
}

#[test]
fn a_fine_upside_down_or_unfounded_is_refused() {
    let fine = "fine = { min_vnd = 3_000_000, max_vnd = 5_000_000 }";
    let upside_down = "fine = { min_vnd = 5_000_000, max_vnd = 3_000_000 }";
    refused(PRINTING, fine, upside_down, "the fine's minimum 5000000 is above its maximum 3000000");
    refused(
        PRINTING,
        fine,
        "fine = { min_vnd = 0, max_vnd = 0 }",
        "a fine of 0 is no fine; leave it out when no source was found",
    );
    let mut files = embedded_files();
    let printing = file(&mut files, PRINTING);
    let item = printing.text.find("id = \"print.pub.licence\"").unwrap();
    let at = item + printing.text[item..].find("applies_to").unwrap();
    printing.text.insert_str(at, "fine = { min_vnd = 1, max_vnd = 2 }\n");
    let line = line_of(&printing.text, "fine = { min_vnd = 1, max_vnd = 2 }");
    let told = told(&files);
    assert!(
        told.contains(&format!(
            "{PRINTING}:{line}: a fine without a sanction that provides for it"
        ))
    );
}

#[test]
fn versions_of_a_provision_that_overlap_or_leave_a_gap_are_refused() {
    let decree = "packs/instruments/nd-60-2014.toml";
    let ended = "article = \"12\", clause = \"1\", from = 2014-11-01, until = 2022-12-31";
    refused_later(
        decree,
        ended,
        "article = \"12\", clause = \"1\", from = 2014-11-01, until = 2023-01-01",
        "two versions of `12/1` are in force on `2023-01-01`",
    );
    refused_later(
        decree,
        ended,
        "article = \"12\", clause = \"1\", from = 2014-11-01, until = 2022-12-30",
        "no version of `12/1` is in force just before `2023-01-01`",
    );
    refused(
        PRESS_LAW,
        "from = 2017-01-01, until = 2026-06-30",
        "from = 2017-01-01, until = 2026-07-01",
        "the provision outlives its instrument; give it an `until`",
    );
}

#[test]
fn what_is_not_toml_is_refused_where_it_breaks() {
    let mut files = embedded_files();
    let printing = file(&mut files, PRINTING);
    printing.text = printing.text.replacen(&version_line(&printing.text), "version = ", 1);
    let line = line_of(&printing.text, "version = ");
    let faults = check(&files);
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].path.to_str(), faults[0].line), (Some(PRINTING), line));
}

#[test]
fn a_folder_without_the_law_is_no_folder_of_packs() {
    let told = told(&[]);
    assert_eq!(told, ["law.toml:1: no file of kind `law`; is this a folder of packs?"]);
}

#[test]
fn several_faults_are_named_at_once() {
    let mut files = embedded_files();
    let printing = file(&mut files, PRINTING);
    printing.text = printing
        .text
        .replacen("confidence.overall = \"verified\"", "confidence.overall = \"sure\"", 1)
        .replacen("evidence.vi = \"Thông báo\"", "evidence.vi = \"\"", 1);
    assert_eq!(check(&files).len(), 2);
}

/// Replaces the first `from` in a file by `to`, and expects one fault, on the line of `to`.
fn refused(name: &str, from: &str, to: &str, what: &str) {
    let (files, line) = edited(name, from, to);
    let expected = format!("{name}:{line}: {what}");
    let told = told(&files);
    assert!(told.contains(&expected), "{expected}\nis not among\n{}", told.join("\n"));
}

/// As [`refused`], with the fault on the line of the later version.
fn refused_later(name: &str, from: &str, to: &str, what: &str) {
    let (files, line) = edited(name, from, to);
    assert_eq!(told(&files), [format!("{name}:{}: {what}", line + 1)]);
}

fn edited(name: &str, from: &str, to: &str) -> (Vec<PackFile>, usize) {
    let mut files = embedded_files();
    let file = file(&mut files, name);
    let at = file.text.find(from).unwrap_or_else(|| panic!("`{from}` is not in {name}"));
    let line = 1 + file.text[..at].matches('\n').count();
    file.text.replace_range(at..at + from.len(), to);
    (files, line)
}

fn told(files: &[PackFile]) -> Vec<String> {
    check(files).iter().map(ToString::to_string).collect()
}

fn line_of(text: &str, needle: &str) -> usize {
    1 + text[..text.find(needle).unwrap()].matches('\n').count()
}

fn file<'a>(files: &'a mut [PackFile], name: &str) -> &'a mut PackFile {
    files.iter_mut().find(|file| file.path.to_str() == Some(name)).unwrap()
}
