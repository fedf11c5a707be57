//! Writes `styles.css` for `trunk serve`, which knows files but not "all stylesheets of a folder".

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::app::styles;
use crate::workspace::Workspace;

/// Writes the stylesheet into the folder that Trunk names.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("`TRUNK_STAGING_DIR` is not set: this command is called by Trunk")?;
    let css = styles::concatenate(&workspace.root.join("style"))?;
    fs::write(PathBuf::from(staging).join("styles.css"), css).context("cannot write `styles.css`")
}
