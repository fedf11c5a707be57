//! `cargo xtask run`: everything set up and built, and headquarters started with sample data.
//! `bienban` is built in the dev profile, which is ready soonest; it serves `dist/` from disk.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::app;
use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

const DEFAULT_LISTEN: [&str; 2] = ["--listen", "127.0.0.1:8080"];

/// What `bienban demo` is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Passed on to `bienban demo`, for instance `--data DIR` or `--items 1000`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    demo: Vec<String>,
}

/// Starts headquarters in place of this program.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    app::build(workspace)?;
    let bienban = build_bienban(workspace)?;
    let mut demo = workspace.program(&bienban);
    demo.arg("demo").args(demo_arguments(&arguments.demo)).env("BIENBAN_DIST", workspace.dist());
    println!("==> headquarters: start");
    become_program(&mut demo).with_context(|| format!("cannot start `{}`", bienban.display()))
}

/// Builds `bienban` in the dev profile and says where it is.
pub(crate) fn build_bienban(workspace: &Workspace) -> Result<PathBuf> {
    step("headquarters: compile bienban", || {
        let arguments = ["build", "--package", "headquarters", "--bin", "bienban", "--locked"];
        process::run(workspace.cargo().args(arguments))
    })?;
    let name = format!("bienban{}", env::consts::EXE_SUFFIX);
    Ok(workspace.target.join("debug").join(name))
}

/// The address is ours unless the developer names one.
fn demo_arguments(given: &[String]) -> Vec<String> {
    let names_listen =
        |argument: &String| argument == "--listen" || argument.starts_with("--listen=");
    let default = (!given.iter().any(names_listen)).then_some(DEFAULT_LISTEN);
    let default = default.into_iter().flatten().map(str::to_owned);
    default.chain(given.iter().cloned()).collect()
}

/// Signals then reach headquarters itself, whoever sends them to whatever was started.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    process::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_given_once() {
        let told = |given: &[&str]| {
            demo_arguments(&given.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()).join(" ")
        };
        assert_eq!(told(&[]), "--listen 127.0.0.1:8080");
        assert_eq!(told(&["--items", "9"]), "--listen 127.0.0.1:8080 --items 9");
        assert_eq!(told(&["--listen", "127.0.0.1:9"]), "--listen 127.0.0.1:9");
        assert_eq!(told(&["--listen=127.0.0.1:9"]), "--listen=127.0.0.1:9");
    }
}
