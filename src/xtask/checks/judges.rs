//! Programs of others that judge this house without running it.

use anyhow::Result;

use super::Outcome;
use crate::process;
use crate::setup::python::{JUDGES, Pins};
use crate::workspace::Workspace;

/// Licences and origins of everything that is built in; the rules are in deny.toml.
pub(super) fn deny(workspace: &Workspace) -> Result<Outcome> {
    judge(workspace, "cargo-deny", &["--locked", "check", "licenses", "bans", "sources"])
}

/// Dependencies that nothing uses.
pub(super) fn unused(workspace: &Workspace) -> Result<Outcome> {
    judge(workspace, "cargo-shear", &["--locked", "--deny-warnings"])
}

/// Words as they are written; typos.toml knows what is Vietnamese.
pub(super) fn typos(workspace: &Workspace) -> Result<Outcome> {
    judge(workspace, "typos", &["--format", "brief"])
}

fn judge(workspace: &Workspace, program: &str, arguments: &[&str]) -> Result<Outcome> {
    let program = match JUDGES.find_or_install(workspace, program) {
        Ok(program) => program,
        Err(error) => {
            return Ok(Outcome::Skipped { why: format!("{error:#}"), advice: Pins::advice() });
        }
    };
    process::run(workspace.program(program).args(arguments))?;
    Ok(Outcome::Passed)
}
