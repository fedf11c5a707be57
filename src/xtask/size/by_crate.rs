//! What each crate adds to the program, by the names that a program keeps for this once.
//!
//! Counts the bytes of each function's body after wasm-opt, before compression. A function counts
//! for the crate that wrote it: what a screen makes of a generic of `core`, `alloc` or `tachys`
//! counts there, and what was inlined counts where it went. Data (texts, tables, markup) has no
//! names and is one line.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Serialize;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// How many crates the printed table names.
const PRINTED: usize = 30;

/// What each crate adds.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CrateSizes {
    counted: &'static str,
    code_bytes: usize,
    data_bytes: usize,
    crates: Vec<CrateSize>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct CrateSize {
    name: String,
    functions: usize,
    code_bytes: usize,
}

/// What a program's sections say.
#[derive(Default)]
struct Sections {
    imported: u32,
    bodies: Vec<usize>,
    names: BTreeMap<u32, String>,
    data_bytes: usize,
}

impl CrateSizes {
    /// Reads a program that has kept its names.
    ///
    /// # Errors
    /// When it is not a program.
    pub(crate) fn of(program: &[u8]) -> Result<Self> {
        let sections = Sections::read(program).context("cannot read the program")?;
        let mut crates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (index, bytes) in (sections.imported..).zip(&sections.bodies) {
            let name = sections.names.get(&index).map_or("", String::as_str);
            let (functions, sum) = crates.entry(crate_of(name)).or_default();
            *functions += 1;
            *sum += bytes;
        }
        let size = |(name, (functions, code_bytes)): (&str, _)| CrateSize {
            name: name.to_owned(),
            functions,
            code_bytes,
        };
        let mut crates: Vec<_> = crates.into_iter().map(size).collect();
        crates.sort_by_key(|size| core::cmp::Reverse(size.code_bytes));
        Ok(Self {
            counted: "bodies after wasm-opt, uncompressed; a generic counts for who wrote it",
            code_bytes: sections.bodies.iter().sum(),
            data_bytes: sections.data_bytes,
            crates,
        })
    }

    /// Prints a table of the largest.
    pub(crate) fn print(&self) {
        println!("    {:>9} {:>9}", "bytes", "functions");
        for size in self.crates.iter().take(PRINTED) {
            println!("    {:>9} {:>9} {}", size.code_bytes, size.functions, size.name);
        }
        println!("    {:>9} {:>9} data", self.data_bytes, "");
        println!("    {}", self.counted);
    }
}

impl Sections {
    fn read(program: &[u8]) -> Result<Self> {
        let mut sections = Self::default();
        for payload in Parser::new(0).parse_all(program) {
            sections.take(&payload?)?;
        }
        Ok(sections)
    }

    fn take(&mut self, payload: &Payload<'_>) -> Result<()> {
        if let Payload::ImportSection(imports) = payload {
            for import in imports.clone().into_imports() {
                self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
            }
        }
        if let Payload::CodeSectionEntry(body) = payload {
            self.bodies.push(body.range().len());
        }
        if let Payload::DataSection(data) = payload {
            self.data_bytes = data.range().len();
        }
        if let Payload::CustomSection(custom) = payload
            && let KnownCustom::Name(names) = custom.as_known()
        {
            for name in names {
                self.take_names(name?)?;
            }
        }
        Ok(())
    }

    fn take_names(&mut self, name: Name<'_>) -> Result<()> {
        if let Name::Function(functions) = name {
            for function in functions {
                let function = function?;
                self.names.insert(function.index, function.name.to_owned());
            }
        }
        Ok(())
    }
}

/// The crate in a function's path: `<alloc::vec::Vec<T> as core::clone::Clone>::clone` is of
/// `alloc`. A type of the language, and what has no path, is the compiler's.
fn crate_of(name: &str) -> &str {
    let words = name.trim_start_matches(['<', '&', '*', '(', '[', ' ']);
    let words = ["mut ", "dyn ", "const "]
        .iter()
        .fold(words, |words, word| words.strip_prefix(word).unwrap_or(words));
    let end = words.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let (word, rest) = words.split_at(end.unwrap_or(words.len()));
    let is_crate = rest.starts_with("::") || rest.starts_with('[');
    if !is_crate {
        return second_crate_of(name);
    }
    word
}

/// `<T as tachys::view::Render>::build`: who wrote it is behind the parameter.
fn second_crate_of(name: &str) -> &str {
    let behind = name.split_once(" as ").map(|(_, behind)| behind);
    behind.filter(|behind| behind.contains("::")).map_or("(no path)", crate_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_for_the_crate_that_wrote_it() {
        for (name, expected) in [
            ("screens::today::view::h0123456789abcdef", "screens"),
            ("<alloc::vec::Vec<T> as core::clone::Clone>::clone", "alloc"),
            ("<&mut dyn core::fmt::Write as core::fmt::Write>::write_str", "core"),
            ("<T as tachys::view::any_view::IntoAny>::into_any", "tachys"),
            ("core[c5930c85a12de822]::panicking::panic_fmt", "core"),
            ("memcpy", "(no path)"),
            ("", "(no path)"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }

    // One imported function, one of our own whose body is three bytes, and its name.
    const PROGRAM: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x07\x01\x01a\x01b\0\0\
        \x03\x02\x01\0\
        \x0a\x05\x01\x03\0\x00\x0b\
        \0\x10\x04name\x01\x09\x01\x01\x06fit::a";

    #[test]
    fn bodies_are_counted_by_their_names() {
        let sizes = CrateSizes::of(PROGRAM).unwrap();
        assert_eq!(sizes.code_bytes, 3);
        let fit = CrateSize { name: "fit".to_owned(), functions: 1, code_bytes: 3 };
        assert_eq!(sizes.crates, [fit]);
    }

    #[test]
    fn what_is_not_a_program_is_refused() {
        assert!(CrateSizes::of(b"<!doctype html>").is_err());
    }
}
