//! From Rust to a browser's module: cargo for wasm32, then wasm-bindgen as a library.
//! The library has the version of the `wasm-bindgen` crate, so no separate tool can be out of step.

use std::path::{Path, PathBuf};

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

use super::{files, panics};
use crate::process;
use crate::workspace::Workspace;

const PROFILE: &str = "wasm-release";
const TARGET: &str = "wasm32-unknown-unknown";
const NAME: &str = "tablet";

/// What wasm-bindgen made: a program, the script that loads it, and scripts that crates brought.
pub(super) struct Bound {
    /// The folder that all of it lies in.
    pub(super) folder: PathBuf,
    /// The program.
    pub(super) wasm: PathBuf,
    /// The script that loads the program.
    pub(super) glue: PathBuf,
}

/// Compiles the tablet app and says where the program is.
pub(super) fn compile(workspace: &Workspace) -> Result<PathBuf> {
    process::run(workspace.cargo().args([
        "build",
        "--package",
        NAME,
        "--bin",
        NAME,
        "--target",
        TARGET,
        "--profile",
        PROFILE,
        "--locked",
    ]))?;
    Ok(workspace.target.join(TARGET).join(PROFILE).join(format!("{NAME}.wasm")))
}

/// Whether the program keeps the names of its functions, which only a measurement reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// They go.
    Removed,
    /// They stay.
    Kept,
}

/// Makes the compiled program loadable by a page.
pub(super) fn bind(workspace: &Workspace, program: &Path, names: Names) -> Result<Bound> {
    let folder = workspace.target.join(match names {
        Names::Removed => "xtask/bound",
        Names::Kept => "xtask/named",
    });
    files::empty_folder(&folder)?;
    let mut output = Bindgen::new()
        .input_path(program)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(names == Names::Removed)
        .remove_producers_section(true)
        .generate_output()?;
    panics::take_out(&mut output)?;
    output.emit(&folder)?;
    let wasm = folder.join(format!("{NAME}_bg.wasm"));
    let glue = folder.join(format!("{NAME}.js"));
    Ok(Bound { folder, wasm, glue })
}
