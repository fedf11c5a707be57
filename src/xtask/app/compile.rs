//! From Rust to a browser's module: cargo for wasm32, then wasm-bindgen as a library.
//! The library has the version of the `wasm-bindgen` crate, so no separate tool can be out of step.

use std::path::{Path, PathBuf};

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

use super::names::ShortNames;
use super::{files, panics, unused};
use crate::process;
use crate::workspace::Workspace;

const PROFILE: &str = "wasm-release";
const TARGET: &str = "wasm32-unknown-unknown";

/// A program for the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// The app.
    Tablet,
    /// What works beside the page.
    Worker,
}

impl Program {
    /// Both of them.
    const ALL: [Self; 2] = [Self::Tablet, Self::Worker];

    /// The name of its package and of its files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tablet => "tablet",
            Self::Worker => "worker",
        }
    }
}

/// Where the compiled programs are.
pub(super) struct Compiled {
    /// The app.
    pub(super) tablet: PathBuf,
    /// What works beside the page.
    pub(super) worker: PathBuf,
}

/// What wasm-bindgen made: a program, the script that loads it, and scripts that crates brought.
pub(super) struct Bound {
    /// The folder that all of it lies in.
    pub(super) folder: PathBuf,
    /// The program.
    pub(super) wasm: PathBuf,
    /// The script that loads the program.
    pub(super) glue: PathBuf,
}

/// Compiles the tablet app and what works beside it, and says where they are.
pub(super) fn compile(workspace: &Workspace) -> Result<Compiled> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--target", TARGET, "--profile", PROFILE, "--locked"]);
    for program in Program::ALL {
        cargo.args(["--package", program.name(), "--bin", program.name()]);
    }
    process::run(&mut cargo)?;
    let folder = workspace.target.join(TARGET).join(PROFILE);
    let [tablet, worker] = Program::ALL.map(|it| folder.join(format!("{}.wasm", it.name())));
    Ok(Compiled { tablet, worker })
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
pub(super) fn bind(
    workspace: &Workspace,
    program: Program,
    compiled: &Path,
    names: Names,
) -> Result<Bound> {
    let kind = match names {
        Names::Removed => "xtask/bound",
        Names::Kept => "xtask/named",
    };
    let (name, folder) = (program.name(), workspace.target.join(kind).join(program.name()));
    files::empty_folder(&folder)?;
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(names == Names::Removed)
        .remove_producers_section(true)
        .generate_output()?;
    panics::take_out(&mut output)?;
    unused::take_out(&mut output);
    let short_names = ShortNames::give(&mut output);
    output.emit(&folder)?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let glue = folder.join(format!("{name}.js"));
    unused::take_out_of_script(&glue)?;
    short_names.write_into(&glue)?;
    Ok(Bound { folder, wasm, glue })
}
