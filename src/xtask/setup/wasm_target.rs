//! Rust's standard library for the browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target by rustup when the compiler does not have it.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    let rustup = process::find("rustup").with_context(|| {
        format!("the compiler lacks `{TARGET}` and `rustup` is not there to add it")
    })?;
    step("set up: compiler for wasm32", || {
        process::run(workspace.program(rustup).args(["target", "add", TARGET]))
    })
}

/// Whether the compiler has the target.
pub(crate) fn is_installed() -> bool {
    let mut rustc = Command::new("rustc");
    let library = process::output(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    library.is_ok_and(|folder| PathBuf::from(folder).is_dir())
}
