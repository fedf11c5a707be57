//! The API as strangers see it: schemathesis asks a demonstration for everything that is in its
//! document.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use super::Outcome;
use crate::commands::run::build_bienban;
use crate::process;
use crate::setup::python::{API, Pins};
use crate::workspace::Workspace;

/// Where the hooks are.
const HERE: &str = "tests/schemathesis";

/// The seed, when `BIENBAN_SEED` names no other.
const SEED: &str = "20260701";

/// `bienban demo`, and what it said when it was ready. It ends with this value.
struct Demo {
    program: Child,
    said: Vec<String>,
}

/// The document is kept, whatever is sent.
pub(super) fn api(workspace: &Workspace) -> Result<Outcome> {
    let judge = match API.find_or_install(workspace, "schemathesis") {
        Ok(program) => program,
        Err(error) => {
            return Ok(Outcome::Skipped { why: format!("{error:#}"), advice: Pins::advice() });
        }
    };
    let bienban = build_bienban(workspace)?;
    let folder = workspace.target.join("schemathesis");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("cannot remove the last demonstration")?;
    }
    let demo = Demo::start(workspace.program(bienban), &folder)?;
    process::run(&mut asking(workspace, &judge, &demo, &folder)?)?;
    let python = judge.with_file_name("python");
    let mut figures = workspace.program(python);
    process::run(figures.arg(format!("{HERE}/figures.py")).arg(demo.said("ops: ")?))?;
    Ok(Outcome::Passed)
}

fn asking(workspace: &Workspace, judge: &Path, demo: &Demo, folder: &Path) -> Result<Command> {
    let seed = env::var("BIENBAN_SEED").unwrap_or_else(|_| SEED.to_owned());
    let url = demo.said("listening on ")?;
    // Behind the code stands the passphrase of the demonstration, which is the tablet's alone.
    let code = demo.said("tablet: ")?.split(['#', '.']).rev().nth(1).unwrap_or_default();
    let here = workspace.root.join(HERE);
    let mut command = workspace.program(judge);
    // What it notes down for itself stays out of the repository.
    command.current_dir(folder);
    command.arg("--config-file").arg(here.join("schemathesis.toml"));
    command.arg("run").arg(format!("{url}/api/v1/openapi.json")).arg(format!("--seed={seed}"));
    command.env("SCHEMATHESIS_HOOKS", "hooks").env("PYTHONPATH", here);
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("BIENBAN_SEED", &seed);
    command.env("BIENBAN_URL", url).env("BIENBAN_CODE", code);
    command.env("BIENBAN_OFFICE", demo.said("office: ")?);
    Ok(command)
}

impl Demo {
    fn start(mut bienban: Command, folder: &Path) -> Result<Self> {
        bienban.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(folder.join("data"));
        bienban.env("BIENBAN_LOG", "error").stdout(Stdio::piped());
        let mut program = bienban.spawn().context("cannot start `bienban demo`")?;
        let output = program.stdout.take().map(BufReader::new);
        let mut said = Vec::new();
        for line in output.into_iter().flat_map(BufRead::lines).map_while(Result::ok) {
            let is_last = line.starts_with("ops: ");
            said.push(line);
            if is_last {
                break;
            }
        }
        Ok(Self { program, said })
    }

    /// The rest of the first line that begins so.
    fn said(&self, beginning: &str) -> Result<&str> {
        let rest = self.said.iter().find_map(|line| line.strip_prefix(beginning));
        rest.with_context(|| format!("`bienban demo` did not say `{beginning}`"))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It is only a demonstration: nothing of it is kept.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
