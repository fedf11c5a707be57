//! House rules as tests: arrows, purity, READMEs, words, versions. Each failure names the file
//! and, where there is one, the line.
//!
//! Source is read as text. The rules are meant for accidents, not for an adversary.
#![expect(clippy::expect_used, reason = "a test fails loudly")]

#[path = "architecture/arrows.rs"]
mod arrows;
#[path = "architecture/pages.rs"]
mod pages;
#[path = "architecture/routes.rs"]
mod routes;
#[path = "architecture/sentences.rs"]
mod sentences;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/tree.rs"]
mod tree;
#[path = "architecture/versions.rs"]
mod versions;
#[path = "architecture/words.rs"]
mod words;
