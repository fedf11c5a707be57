//! Makes the program small: wasm-opt, then what wasm-opt does not do.

use std::path::Path;

use anyhow::Result;

use super::compile::Names;
use super::{files, order, places};
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

/// Keeping a value that is worked out twice in a local makes the program shorter and what is
/// compressed longer: Brotli writes a repetition in fewer bits than the way around it.
const SKIPPED: &str = "--skip-pass=local-cse";

/// Replaces a program by its smaller equal.
pub(super) fn shrink(
    workspace: &Workspace,
    wasm_opt: &Path,
    program: &Path,
    names: Names,
) -> Result<()> {
    let before = files::read(program)?.len();
    let mut command = workspace.program(wasm_opt);
    command.args(["-Oz", SKIPPED]).args(FEATURES).arg("-o").arg(program).arg(program);
    if names == Names::Kept {
        command.arg("--debuginfo");
    }
    process::run(&mut command)?;
    if names == Names::Removed {
        let mut bytes = files::read(program)?;
        places::blank(&mut bytes)?;
        files::write(program, order::by_likeness(&bytes)?)?;
    }
    println!("    {before} bytes became {}", files::read(program)?.len());
    Ok(())
}
