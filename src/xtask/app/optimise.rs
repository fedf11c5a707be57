//! Makes the program small with wasm-opt.

use std::path::Path;

use anyhow::Result;

use super::compile::Names;
use super::files;
use crate::process;
use crate::workspace::Workspace;

/// What rustc's output uses and every browser of the last years knows. They are named one by one,
/// because `--all-features` makes wasm-opt write forms that no browser reads yet.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
];

/// Replaces a program by its smaller equal.
pub(super) fn shrink(
    workspace: &Workspace,
    wasm_opt: &Path,
    program: &Path,
    names: Names,
) -> Result<()> {
    let before = files::read(program)?.len();
    let mut command = workspace.program(wasm_opt);
    command.arg("-Oz").args(FEATURES).arg("-o").arg(program).arg(program);
    if names == Names::Kept {
        command.arg("--debuginfo");
    }
    process::run(&mut command)?;
    println!("    {before} bytes became {}", files::read(program)?.len());
    Ok(())
}
