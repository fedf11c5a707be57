//! wasm-opt out of npm's `binaryen`.
//! A wasm-opt in `PATH` is never used: Debian's writes programs that no browser starts.

use std::path::PathBuf;

use super::npm::Wanted;
use crate::workspace::Workspace;

const WASM_OPT: Wanted = Wanted { package: "binaryen", file: ".bin/wasm-opt" };

/// wasm-opt, installed by npm when it is missing; `None`, said aloud, when that cannot be done.
pub(crate) fn find_or_install(workspace: &Workspace) -> Option<PathBuf> {
    match WASM_OPT.find_or_install(workspace) {
        Ok(program) => Some(program),
        Err(error) => {
            println!("!!! the app stays unoptimised and larger than need be: {error:#}");
            println!("!!! install node with npm and run this again");
            None
        }
    }
}

/// wasm-opt, when the locked version is installed.
pub(crate) fn find(workspace: &Workspace) -> Option<PathBuf> {
    WASM_OPT.find(workspace)
}
