//! Builds the tablet app: from the crate `tablet`, the page, the styles and public/ into `dist/`.
//! Does not know what the app does; serving `dist/` is the business of headquarters.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::compile::Names;
use crate::setup;
use crate::steps::step;
use crate::workspace::Workspace;

mod assets;
mod compile;
pub(crate) mod compress;
pub(crate) mod files;
mod hashing;
mod optimise;
mod page;
mod panics;
mod service_worker;
pub(crate) mod shell;
mod stamp;
pub(crate) mod styles;

/// Builds the tablet app, or leaves `dist/` alone when nothing it is made of has changed.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    setup::wasm_target::ensure(workspace)?;
    let optimiser = setup::wasm_opt::find_or_install(workspace);
    let program = step("tablet: compile for wasm32", || compile::compile(workspace))?;
    let stamp = stamp::Stamp::of(workspace, &program, optimiser.as_deref())?;
    if stamp.is_current(workspace) {
        println!("    dist/ is up to date");
        return Ok(());
    }
    step("tablet: write dist/", || {
        write_dist(workspace, &program, optimiser.as_deref())?;
        stamp.keep(workspace)
    })
}

/// The program as it is in `dist/`, but with the names of its functions, for a measurement.
pub(crate) fn build_named(workspace: &Workspace) -> Result<Vec<u8>> {
    let program = compile::compile(workspace)?;
    let bound = compile::bind(workspace, &program, Names::Kept)?;
    if let Some(optimiser) = setup::wasm_opt::find_or_install(workspace) {
        optimise::shrink(workspace, &optimiser, &bound.wasm, Names::Kept)?;
    }
    files::read(&bound.wasm)
}

/// Writes the app beside `dist/` and then swaps: a server that reads the folder never sees half.
fn write_dist(workspace: &Workspace, program: &Path, optimiser: Option<&Path>) -> Result<()> {
    let next = workspace.root.join("dist.next");
    files::empty_folder(&next)?;
    write_app(workspace, program, optimiser, &next)?;
    let old = workspace.root.join("dist.old");
    files::remove_folder(&old)?;
    if workspace.dist().exists() {
        rename(&workspace.dist(), &old)?;
    }
    rename(&next, &workspace.dist())?;
    files::remove_folder(&old)
}

fn write_app(
    workspace: &Workspace,
    program: &Path,
    optimiser: Option<&Path>,
    dist: &Path,
) -> Result<()> {
    let bound = compile::bind(workspace, program, Names::Removed)?;
    if let Some(optimiser) = optimiser {
        optimise::shrink(workspace, optimiser, &bound.wasm, Names::Removed)?;
    }
    let assets = assets::write(workspace, &bound, dist)?;
    files::copy_folder(&workspace.root.join("public"), dist)?;
    let source = files::read_text(&workspace.root.join("index.html"))?;
    files::write(&dist.join("index.html"), page::render(&source, &assets)?)?;
    let shell = shell::Shell::of(dist)?;
    files::write(&dist.join("shell.json"), shell.to_json()?)?;
    files::write(&dist.join("sw.js"), service_worker::render(&shell)?)?;
    compress::write_siblings(dist)
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to)
        .with_context(|| format!("cannot rename `{}` to `{}`", from.display(), to.display()))
}
