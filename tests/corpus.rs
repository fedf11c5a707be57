//! Every input that the fuzzer found worth keeping, replayed without a fuzzer.
//!
//! What must hold of them is said once, in fuzz/checks.rs. Finding new inputs is the fuzzer's;
//! fuzz/README.md says how to run it.
#![expect(clippy::expect_used, reason = "a test fails loudly")]

#[expect(unreachable_pub, reason = "for the fuzzer the same file is a crate")]
#[path = "../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What must hold for any bytes; panics when it does not.
type Check = fn(&[u8]);

/// Whether bytes are read to the end.
type Reaches = fn(&[u8]) -> bool;

/// The targets of the fuzzer, in the order of their names, with what must hold for any bytes.
const TARGETS: &[(&str, Check)] = &[
    ("bundle", checks::bundle),
    ("envelope", checks::envelope),
    ("event", checks::event),
    ("head", checks::head),
    ("pack", checks::pack),
    ("pull_answer", checks::pull_answer),
    ("push", checks::push),
    ("snapshot", checks::snapshot),
    ("vault", checks::vault),
    ("word", checks::word),
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// The names in a folder, in order.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|fault| panic!("`{folder:?}`: {fault}"));
    let names = entries.map(|entry| entry.expect("its entries can be read").file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_input_that_was_kept_is_read_or_refused_as_it_should_be() {
    for (target, check) in TARGETS {
        let folder = fuzz().join("corpus").join(target);
        let names = names_in(&folder);
        assert!(!names.is_empty(), "fuzz/corpus/{target} is empty");
        for name in names {
            let bytes = fs::read(folder.join(&name)).expect("a kept input can be read");
            let held = catch_unwind(AssertUnwindSafe(|| check(&bytes)));
            assert!(held.is_ok(), "fuzz/corpus/{target}/{name}: see the panic above");
        }
    }
}

#[test]
fn every_target_of_the_fuzzer_has_inputs_that_are_replayed() {
    let targets: Vec<_> = TARGETS.iter().map(|(target, _)| (*target).to_owned()).collect();
    assert_eq!(names_in(&fuzz().join("corpus")), targets);
    let files: Vec<_> = targets.iter().map(|target| format!("{target}.rs")).collect();
    assert_eq!(names_in(&fuzz().join("targets")), files);
}

/// Inputs that are all refused at the door would test little.
#[test]
fn the_kept_inputs_reach_behind_each_decoder() {
    let reached: [(&str, Reaches); 6] = [
        ("bundle", |bytes| sync::message::bundle::Bundle::from_bytes(bytes).is_ok()),
        ("envelope", |bytes| checks::opened(bytes).is_some()),
        ("pack", |bytes| domain::pack::decode(bytes).is_ok()),
        ("snapshot", |bytes| checks::restored(bytes).is_ok()),
        ("vault", checks::is_opened),
        ("word", checks::is_believed),
    ];
    for (target, reaches) in reached {
        let folder = fuzz().join("corpus").join(target);
        let inputs = names_in(&folder).into_iter().map(|name| fs::read(folder.join(name)));
        let good = inputs.flatten().filter(|bytes| reaches(bytes)).count();
        assert!(good > 0, "no input in fuzz/corpus/{target} is read to the end");
    }
}
