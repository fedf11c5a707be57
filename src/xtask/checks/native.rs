//! The checks that need no browser.

use std::process::Command;

use anyhow::Result;

use super::Outcome;
use crate::process;
use crate::setup::wasm_target;
use crate::workspace::Workspace;

/// The crates that run in a browser, and the pure ones that it shares with headquarters.
const BROWSER_CRATES: [&str; 8] =
    ["tablet", "screens", "storage", "sync", "proof", "minutes", "texts", "domain"];

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Formatting.
pub(super) fn fmt(workspace: &Workspace) -> Result<Outcome> {
    process::run(workspace.cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Outcome::Passed)
}

/// The service worker's own tests, which run under node with a cache store in memory.
pub(super) fn service_worker(workspace: &Workspace) -> Result<Outcome> {
    let Some(node) = process::find("node") else {
        return Ok(Outcome::Skipped {
            why: "`node` is missing".to_owned(),
            advice: "apt-get install nodejs npm".to_owned(),
        });
    };
    let tests = "src/xtask/shell/service_worker.test.mjs";
    process::run(workspace.program(node).args(["--test", tests]))?;
    Ok(Outcome::Passed)
}

/// Lints of everything, tests included.
pub(super) fn clippy(workspace: &Workspace) -> Result<Outcome> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked"];
    process::run(workspace.cargo().args(arguments).args(DENY_WARNINGS))?;
    Ok(Outcome::Passed)
}

/// Lints of what the browser runs, where `cfg` shows other code than on this machine. Tests are
/// those of the store: no other crate has tests that run in a browser.
pub(super) fn clippy_wasm(workspace: &Workspace) -> Result<Outcome> {
    wasm_target::ensure(workspace)?;
    let packages = BROWSER_CRATES.iter().flat_map(|name| ["--package", name]);
    process::run(clippy_for_wasm(workspace).args(packages).args(DENY_WARNINGS))?;
    let store_tests = ["--package", "storage", "--tests"];
    process::run(clippy_for_wasm(workspace).args(store_tests).args(DENY_WARNINGS))?;
    Ok(Outcome::Passed)
}

fn clippy_for_wasm(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo();
    cargo.args(["clippy", "--target", "wasm32-unknown-unknown", "--locked"]);
    cargo
}

/// Unit tests, property tests, doc tests, the API over its router.
pub(super) fn unit(workspace: &Workspace) -> Result<Outcome> {
    let arguments = ["test", "--workspace", "--exclude", "e2e-tests", "--locked", "--no-fail-fast"];
    process::run(workspace.cargo().args(arguments))?;
    Ok(Outcome::Passed)
}

/// The documentation, private items included.
pub(super) fn docs(workspace: &Workspace) -> Result<Outcome> {
    let arguments = ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"];
    process::run(workspace.cargo().args(arguments).env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Outcome::Passed)
}
