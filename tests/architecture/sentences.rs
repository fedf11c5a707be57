//! No sentence that a person reads is written in code: every one is in `texts`, in both languages.
//!
//! That a key has both is the compiler's business: `sentences!` takes no line with one. What
//! is found here are words that went past it.

use crate::tree::{File, faulty_lines, files_in, none};

/// What shows something to a person.
const SHOWN: &[&str] = &["src/screens/", "src/tablet/", "src/headquarters/", "src/minutes/"];

/// The product's name, the sample establishment, and words that are looked for in the law.
const NAMES: &[&str] = &["Biên Bản", "Cơ sở in Mẫu A", "tước quyền", "đình chỉ"];

/// What operators and programmers read is English. Sample data is content, written in Vietnamese on purpose.
const NOT_SHOWN: &[&str] = &[
    "/ops",
    "/api/",
    "/metrics",
    "/demo",
    "/samples.rs",
    "/sample.rs",
    "/examples/",
    "/tests.rs",
    "/practice/",
    "/packs/",
];

#[test]
fn no_sentence_is_written_in_code() {
    let faults = SHOWN.iter().flat_map(|room| files_in(room, "rs"));
    let shown = faults.filter(|file| !NOT_SHOWN.iter().any(|part| file.path.contains(part)));
    none(shown.flat_map(|file| sentences_of(&file)).collect());
}

fn sentences_of(file: &File) -> Vec<String> {
    let code = file.text.split("#[cfg(test)]").next().unwrap_or(&file.text);
    let code = File { path: file.path.clone(), text: code.to_owned() };
    faulty_lines(&code, |line| {
        let found = literals(line).find(|text| is_sentence(text) && !NAMES.contains(text))?;
        Some(format!("“{found}” is for a person: give it a name in `texts`, in both languages"))
    })
}

/// What stands in double quotes on this line of code.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    let is_code = !line.trim_start().starts_with("//") && !line.contains("reason =");
    line.split('"').skip(1).step_by(2).filter(move |_| is_code)
}

/// Vietnamese gives itself away by its letters; English here by a capital and a second word, since
/// messages for operators begin with a small letter.
fn is_sentence(literal: &str) -> bool {
    let is_vietnamese = literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let begins = literal.chars().next().is_some_and(|c| c.is_ascii_uppercase());
    let second = literal.split(' ').nth(1).and_then(|word| word.chars().next());
    is_vietnamese || (begins && second.is_some_and(|c| c.is_ascii_lowercase()))
}

#[test]
fn a_sentence_is_told_from_a_name() {
    for sentence in ["Đã lưu", "Not stored yet", "chưa gửi"] {
        assert!(is_sentence(sentence), "{sentence}");
    }
    for name in ["no-store", "Content-Type", "INSERT INTO events", "cannot read `x`", "GET {path}"]
    {
        assert!(!is_sentence(name), "{name}");
    }
}
