//! One word per idea. The words are in src/README.md; here are those that blur them.
//!
//! Comments and texts in quotes are free: a person may say "ten minutes".

use crate::tree::{File, faulty_lines, files_in, none};

/// Where `minutes` is the name of the room.
const ROOM: &[&str] =
    &["minutes::", "use minutes", "pub mod minutes", "mod minutes", "minutes as "];

/// A word, and the word of the glossary for it.
const SYNONYMS: &[(&str, &str)] =
    &[("facility", "establishment"), ("attachment", "evidence"), ("infringement", "finding")];

#[test]
fn minutes_alone_is_a_room_and_never_a_document() {
    none(
        files_in("src/", "rs")
            .iter()
            .flat_map(|file| {
                faulty_lines(file, |line| {
                    let code = code_of(line);
                    let code = ROOM.iter().fold(code, |code, room| code.replace(room, ""));
                    let alone = words_of(&code).any(|identifier| identifier == "minutes");
                    alone.then(|| {
                        "`minutes` alone: say `inspection_minutes` or `violation_record`".to_owned()
                    })
                })
            })
            .collect(),
    );
}

#[test]
fn code_says_the_words_of_the_glossary() {
    none(
        files_in("src/", "rs")
            .iter()
            .flat_map(|file: &File| {
                faulty_lines(file, |line| {
                    let code = code_of(line).to_lowercase();
                    let (word, own) = SYNONYMS.iter().find(|(word, _)| code.contains(word))?;
                    Some(format!("`{word}`: the word is `{own}`, see src/README.md"))
                })
            })
            .collect(),
    );
}

/// The line without its comment and without what stands in quotes.
fn code_of(line: &str) -> String {
    let code = line.split("//").next().unwrap_or(line);
    code.split('"').step_by(2).collect()
}

fn words_of(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
}
