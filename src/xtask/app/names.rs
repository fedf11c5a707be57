//! Gives what the program and its script call each other by short names.
//!
//! wasm-bindgen puts a hash of 64 bits into each of these names, in the program and in the script;
//! nothing compresses a hash. Does not touch the few names that our own scripts know.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, ensure};
use wasm_bindgen_cli_support::Output;

use super::files;

/// What ends the name of the script as the program calls it.
const SCRIPT: &str = "_bg.js";

/// What begins the name of an exported closure; other exports are named by hand.
const CLOSURE: &str = "wasm_bindgen_";

/// The short name of each long one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ShortNames(BTreeMap<String, String>);

impl ShortNames {
    /// Renames what the program takes from its script, and the closures that the script calls.
    pub(super) fn give(program: &mut Output) -> Self {
        let mut names = Self::default();
        let module = program.wasm_mut();
        for import in module.imports.iter_mut().filter(|it| it.module.ends_with(SCRIPT)) {
            import.name = names.of(&import.name);
        }
        for export in module.exports.iter_mut().filter(|it| it.name.starts_with(CLOSURE)) {
            export.name = names.of(&export.name);
        }
        names
    }

    /// Renames the same in the script.
    ///
    /// # Errors
    /// When the script lacks one of the names, or has a short one already.
    pub(super) fn write_into(&self, script: &Path) -> Result<()> {
        let text = files::read_text(script)?;
        files::write(script, self.renamed(&text)?)
    }

    fn of(&mut self, long: &str) -> String {
        let next = format!("${}", self.0.len());
        self.0.entry(long.to_owned()).or_insert(next).clone()
    }

    fn renamed(&self, script: &str) -> Result<String> {
        let words: BTreeSet<&str> = words(script).collect();
        for (long, short) in &self.0 {
            ensure!(words.contains(&**long), "the script of the program has no `{long}`");
            ensure!(!words.contains(&**short), "the script of the program has a `{short}` already");
        }
        let short = |word| self.0.get(word).map_or(word, String::as_str);
        Ok(words_of(script).map(short).collect())
    }
}

fn words(script: &str) -> impl Iterator<Item = &str> {
    words_of(script).filter(|word| word.starts_with(is_of_a_word))
}

/// Words and what is between them, one after the other.
fn words_of(script: &str) -> impl Iterator<Item = &str> {
    let mut rest = script;
    core::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let kind = is_of_a_word(first);
        let end = rest.find(|letter| is_of_a_word(letter) != kind).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_renamed_and_nothing_else() {
        let names = short(&["__wbg_call_01", "__wbg_call_0123"]);
        let script = "__wbg_call_0123: f(`${__wbg_call_01}`), call: __wbg_call_012345";
        assert_eq!(names.renamed(script).unwrap(), "$1: f(`${$0}`), call: __wbg_call_012345");
    }

    #[test]
    fn one_long_name_has_one_short_name() {
        let mut names = ShortNames::default();
        assert_eq!([names.of("a"), names.of("b"), names.of("a")], ["$0", "$1", "$0"]);
    }

    #[test]
    fn a_script_that_lacks_a_name_is_refused() {
        assert!(short(&["__wbg_call_01"]).renamed("__wbg_call_02()").is_err());
    }

    #[test]
    fn a_script_that_has_a_short_name_already_is_refused() {
        assert!(short(&["__wbg_call_01"]).renamed("__wbg_call_01($0)").is_err());
    }

    fn short(long: &[&str]) -> ShortNames {
        let mut names = ShortNames::default();
        for name in long {
            names.of(name);
        }
        names
    }
}
