//! `cargo xtask build`: the tablet app in `dist/`, then `bienban` with the app inside.

use anyhow::Result;

use crate::app;
use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

/// Builds everything that headquarters installs.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    app::build(workspace)?;
    step("headquarters: compile bienban, release, with the app embedded", || {
        process::run(workspace.cargo().args([
            "build",
            "--release",
            "--package",
            "headquarters",
            "--bin",
            "bienban",
            "--features",
            "embedded",
            "--locked",
        ]))
    })?;
    println!("built `{}`", workspace.target.join("release/bienban").display());
    Ok(())
}
