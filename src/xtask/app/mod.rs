//! Builds the tablet app: from the crate `tablet`, the page, the styles and public/ into `dist/`.
//! Does not know what the app does; serving `dist/` is the business of headquarters.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::compile::{Bound, Compiled, Names, Program};
use crate::setup;
use crate::steps::step;
use crate::workspace::Workspace;

mod assets;
mod compile;
pub(crate) mod compress;
pub(crate) mod files;
mod hashing;
mod names;
mod optimise;
mod order;
mod page;
mod panics;
mod places;
mod service_worker;
pub(crate) mod shell;
mod stamp;
pub(crate) mod styles;
mod unused;

/// Builds the tablet app, or leaves `dist/` alone when nothing it is made of has changed.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    setup::wasm_target::ensure(workspace)?;
    let optimiser = setup::wasm_opt::find_or_install(workspace);
    let compiled = step("tablet: compile for wasm32", || compile::compile(workspace))?;
    let programs = [&*compiled.tablet, &*compiled.worker];
    let stamp = stamp::Stamp::of(workspace, &programs, optimiser.as_deref())?;
    if stamp.is_current(workspace) {
        println!("    dist/ is up to date");
        return Ok(());
    }
    step("tablet: write dist/", || {
        write_dist(workspace, &compiled, optimiser.as_deref())?;
        stamp.keep(workspace)
    })
}

/// The program as it is in `dist/`, but with the names of its functions, for a measurement.
pub(crate) fn build_named(workspace: &Workspace) -> Result<Vec<u8>> {
    let compiled = compile::compile(workspace)?;
    let optimiser = setup::wasm_opt::find_or_install(workspace);
    let bound =
        bound(workspace, (Program::Tablet, &compiled.tablet), optimiser.as_deref(), Names::Kept)?;
    files::read(&bound.wasm)
}

/// A compiled program as a browser loads it, as small as it gets.
fn bound(
    workspace: &Workspace,
    (program, compiled): (Program, &Path),
    optimiser: Option<&Path>,
    names: Names,
) -> Result<Bound> {
    let bound = compile::bind(workspace, program, compiled, names)?;
    if let Some(optimiser) = optimiser {
        optimise::shrink(workspace, optimiser, &bound.wasm, names)?;
    }
    Ok(bound)
}

/// Writes the app beside `dist/` and then swaps: a server that reads the folder never sees half.
fn write_dist(workspace: &Workspace, compiled: &Compiled, optimiser: Option<&Path>) -> Result<()> {
    let next = workspace.root.join("dist.next");
    files::empty_folder(&next)?;
    write_app(workspace, compiled, optimiser, &next)?;
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
    compiled: &Compiled,
    optimiser: Option<&Path>,
    dist: &Path,
) -> Result<()> {
    let programs = [(Program::Tablet, &*compiled.tablet), (Program::Worker, &*compiled.worker)];
    let [tablet, worker] =
        programs.map(|program| bound(workspace, program, optimiser, Names::Removed));
    let assets = assets::write(workspace, (&tablet?, &worker?), dist)?;
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
