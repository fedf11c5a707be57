//! `cargo xtask doctor`: what is there, what is missing and how to get it. Changes nothing.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::setup::browsers::Engine;
use crate::setup::python::{API, JUDGES, Pins};
use crate::setup::{tools, wasm_opt, wasm_target};
use crate::workspace::Workspace;

/// Prints one line per part of the tool chain.
pub(crate) fn doctor(workspace: &Workspace) -> Result<()> {
    compiler();
    node();
    report("wasm-opt", wasm_opt::find(workspace), "npm ci");
    for engine in Engine::ALL {
        let driver = engine.find(workspace).map(|browser| browser.driver);
        report(&format!("{engine} and its driver"), driver, &engine.advice());
    }
    let runner = tools::wasm_bindgen_test_runner(workspace)?;
    report("wasm-bindgen-test-runner", runner.find(workspace), &runner.advice());
    for (name, pins, program) in
        [("judges", JUDGES, "typos"), ("judge of the API", API, "schemathesis")]
    {
        report(name, pins.find(workspace, program), &Pins::advice());
    }
    println!("`cargo xtask run` and `cargo xtask test` install what is missing where they can");
    Ok(())
}

fn compiler() {
    let version = process::output(Command::new("rustc").arg("--version"));
    println!("{:<28} {}", "compiler", version.unwrap_or_else(|error| format!("{error:#}")));
    let target = wasm_target::is_installed();
    let word = if target { "there" } else { "missing: rustup target add wasm32-unknown-unknown" };
    println!("{:<28} {word}", "compiler for wasm32");
}

fn node() {
    for program in ["node", "npm"] {
        report(program, process::find(program), "see https://nodejs.org");
    }
}

fn report(part: &str, found: Option<PathBuf>, advice: &str) {
    match found {
        Some(program) => println!("{part:<28} {}", program.display()),
        None => println!("{part:<28} missing: {advice}"),
    }
}
