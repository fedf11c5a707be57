//! Takes the words of a panic out of the program: a panic stops it at once.
//!
//! On a tablet nobody can read them: the standard library formats the message, writes it to a
//! stream that the browser does not have, and stops. What is left is the same stop without the
//! formatting, so nothing that calls it needs to bring a message either.

use anyhow::{Result, ensure};
use wasm_bindgen_cli_support::Output;

/// The module of the standard library whose every function is entered to panic and never returns.
const MODULE: &str = "core::panicking::";

/// Such functions elsewhere in the standard library.
const ELSEWHERE: [&str; 12] = [
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::slice::index::slice_index_fail",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "std::alloc::rust_oom",
];

/// The one that every other message goes through. Without it the standard library has changed.
const LAST: &str = "core::panicking::panic_fmt";

/// Leaves of every function that panics only the stop.
///
/// # Errors
/// When the standard library's way to panic is not found.
pub(super) fn take_out(program: &mut Output) -> Result<()> {
    let functions = &mut program.wasm_mut().funcs;
    let own: Vec<_> = functions.iter_local().map(|(id, _)| id).collect();
    let mut is_last_there = false;
    for id in own {
        let function = functions.get_mut(id);
        let name = function.name.as_deref().map(plain).unwrap_or_default();
        is_last_there |= name == LAST;
        if is_entered_to_panic(&name) {
            let mut body = function.kind.unwrap_local_mut().builder_mut().func_body();
            body.instrs_mut().clear();
            body.unreachable();
        }
    }
    ensure!(is_last_there, "the program has no `{LAST}`: compare `app/panics.rs` with the library");
    Ok(())
}

fn is_entered_to_panic(name: &str) -> bool {
    name.starts_with(MODULE) || ELSEWHERE.contains(&name)
}

/// A function's path without the numbers that the compiler adds: those of its crate, in brackets,
/// and its own, at the end.
fn plain(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(']').map_or(part, |(_, after)| after));
    }
    let own = plain.rfind("::h").filter(|at| plain.len() - at == "::h0123456789abcdef".len());
    plain.truncate(own.unwrap_or(plain.len()));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_functions_that_panic_are_taken_out() {
        let panics = ["core::panicking::assert_failed::<usize, usize>", LAST, ELSEWHERE[0]];
        assert!(panics.into_iter().all(is_entered_to_panic));
        let others = [
            "<core::panicking::AssertKind as core::fmt::Debug>::fmt",
            "std::panicking::panic_count::is_zero_slow_path",
            "tablet::start::start",
        ];
        assert!(!others.into_iter().any(is_entered_to_panic));
    }

    #[test]
    fn the_numbers_of_crate_and_function_are_left_out() {
        for name in [
            "core[c5930c85a12de822]::panicking::panic_fmt",
            "core::panicking::panic_fmt::h8ab44e364e7e0411",
            "core::panicking::panic_fmt",
        ] {
            assert_eq!(plain(name), LAST);
        }
    }
}
