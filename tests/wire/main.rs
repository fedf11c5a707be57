//! The written forms of every release, pinned byte by byte. README.md explains them.
//!
//! A failure here means that a record made by an older build would be read differently, or not
//! at all: the code is wrong, never the file.
#![expect(clippy::expect_used, reason = "a test fails loudly")]

mod annotate;
mod cbor;
mod cddl;
mod expert;
mod forms;
mod golden;
mod sample;
mod shape;
mod shapes_v1;
mod shapes_v2;
mod shapes_v3;
mod shapes_v4;
mod shapes_v5;

use expert::{Testimony, sha256, verify_push, verify_signature};
use golden::golden;

const README: &str = include_str!("README.md");

#[test]
fn this_build_writes_every_file_as_its_release_did() {
    let files = forms::files();
    let names: Vec<_> = files.keys().cloned().collect();
    assert_eq!(golden::names(), names);
    for (name, bytes) in files {
        assert_eq!(readable(&bytes), readable(&golden(&name)), "{name}");
    }
}

/// Text where it is text, else hexadecimal: two files that differ are printed.
fn readable(bytes: &[u8]) -> String {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => domain::ids::to_hex(bytes),
    }
}

#[test]
fn this_build_reads_what_every_release_wrote() {
    for (form, extension) in forms::all() {
        let bytes = golden(&forms::file(&form, extension));
        assert_eq!((form.reads)(&bytes), Ok(()), "{}", form.name);
    }
}

#[test]
fn every_byte_of_every_cbor_form_is_explained() {
    for cbor in forms::cbor() {
        let (name, bytes) = (cbor.form.name, golden(&forms::file(&cbor.form, "cbor")));
        let dump = annotate::dump(&bytes, cbor.rule).expect(name);
        assert_eq!(dumped_bytes(&dump), bytes, "{name}");
        assert_eq!(domain::cbor::check(&bytes), Ok(()), "{name}");
    }
}

/// The bytes that a dump shows, read back from its hexadecimal columns.
fn dumped_bytes(dump: &str) -> Vec<u8> {
    let columns = dump.lines().map(|line| line.chars().skip(7).take(47).collect::<String>());
    let pairs: Vec<_> =
        columns.flat_map(|c| c.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
    pairs.iter().map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect()
}

fn golden_cbor(name: &str) -> Vec<u8> {
    golden(&format!("v1/{name}.cbor"))
}

#[test]
fn the_page_shows_the_files_of_the_release_as_they_are() {
    let blocks: Vec<_> = README.split("\n```text ").skip(1).collect();
    assert!(blocks.len() >= 6, "the page shows {} files", blocks.len());
    for block in blocks {
        let (name, rest) = block.split_once('\n').expect("a name, then the file");
        let (shown, _) = rest.split_once("\n```").expect("the block ends");
        let file = golden(name);
        assert_eq!(shown.trim_end(), String::from_utf8_lossy(&file).trim_end(), "{name}");
    }
}

#[test]
fn the_page_names_every_form() {
    for name in forms::files().keys() {
        let file = name.split('/').next_back().unwrap_or(name);
        let stem = file.split('.').next().unwrap_or(file);
        assert!(README.contains(&format!("`{stem}`")), "the page does not name `{stem}`");
    }
}

#[test]
fn an_expert_verifies_a_stream_with_two_algorithms_and_the_page() {
    let acts = ["journal/open", "inspection/open", "register/set", "finding/begin", "register/set"];
    let acts = acts.map(|act| Some(act.to_owned())).to_vec();
    let seat = proof::seat::seat_of(&sample::inspector().public()).0;
    let expected = Testimony { seat, through: 4, acts };
    assert_eq!(verify_push(&golden_cbor("push")), Ok(vec![expected]));
}

#[test]
fn no_bit_of_a_stream_can_be_changed_unnoticed() {
    let push = golden_cbor("push");
    for at in 0..push.len() {
        for bit in 0..8 {
            let mut changed = push.clone();
            changed[at] ^= 1 << bit;
            assert!(verify_push(&changed).is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn an_event_without_its_body_has_the_same_id() {
    let whole = golden_cbor("event");
    let header = golden_cbor("header");
    assert!(whole.windows(header.len()).any(|window| window == header));
    let withheld = domain::event::Event::from_bytes(&golden_cbor("event_withheld"));
    let withheld = withheld.expect("it was written by a release");
    let (events, _) = sample::events();
    assert_eq!(sha256(&[&withheld.header]), proof::hash::id_of(&events[3]).0);
}

#[test]
fn a_request_is_signed_over_the_five_lines_on_the_page() {
    let signed = golden("v1/request_signed.txt");
    let header = String::from_utf8(golden("v1/authorization.txt")).expect("it is text");
    let signature = header.rsplit('.').next().expect("three parts");
    let signature = domain::ids::from_hex::<64>(signature).expect("it is hexadecimal");
    let key = sample::inspector().public();
    assert_eq!(verify_signature(&key.0, &signed, &signature), Ok(()));
    let body = domain::ids::to_hex(&sha256(&[sample::REQUEST.body]));
    assert!(String::from_utf8_lossy(&signed).ends_with(&format!("\n{body}\n")));
}
