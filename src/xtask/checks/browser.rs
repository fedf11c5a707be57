//! The checks that drive a real browser, and the build of what they drive.

use std::process::Command;

use anyhow::Result;

use super::Outcome;
use crate::app;
use crate::commands::run::build_bienban;
use crate::process;
use crate::setup::browsers::{Browser, Engine};
use crate::setup::{tools, wasm_target};
use crate::workspace::Workspace;

/// A busy machine needs longer than the 20 s that wasm-bindgen's runner waits by itself.
const STORAGE_TIMEOUT_S: &str = "300";

/// The store in Chromium.
pub(super) fn storage_in_chromium(workspace: &Workspace) -> Result<Outcome> {
    storage(workspace, Engine::Chromium)
}

/// The store in Firefox.
pub(super) fn storage_in_firefox(workspace: &Workspace) -> Result<Outcome> {
    storage(workspace, Engine::Firefox)
}

/// The tablet app as tablets get it, and `bienban` as `cargo xtask run` starts it.
pub(super) fn app(workspace: &Workspace) -> Result<Outcome> {
    app::build(workspace)?;
    build_bienban(workspace)?;
    Ok(Outcome::Passed)
}

/// The journey, in every browser: a test names the one it drives.
pub(super) fn journey(workspace: &Workspace) -> Result<Outcome> {
    let mut cargo = workspace.cargo();
    for engine in Engine::ALL {
        match engine.find_or_install(workspace) {
            Ok(browser) => name_browser(&mut cargo, &browser),
            Err(error) => return Ok(skipped(&error, engine.advice())),
        };
    }
    app::build(workspace)?;
    let bienban = build_bienban(workspace)?;
    cargo.args(["test", "--package", "e2e-tests", "--locked", "--no-fail-fast"]);
    cargo.env("BIENBAN_BIN", bienban).env("BIENBAN_DIST", workspace.dist());
    process::run(&mut cargo)?;
    Ok(Outcome::Passed)
}

fn storage(workspace: &Workspace, engine: Engine) -> Result<Outcome> {
    wasm_target::ensure(workspace)?;
    let browser = match engine.find_or_install(workspace) {
        Ok(browser) => browser,
        Err(error) => return Ok(skipped(&error, engine.advice())),
    };
    let runner = tools::wasm_bindgen_test_runner(workspace)?;
    let runner = match runner.find_or_install(workspace) {
        Ok(program) => program,
        Err(error) => return Ok(skipped(&error, runner.advice())),
    };
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--package", "storage", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--tests", "--locked", "--no-fail-fast"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", STORAGE_TIMEOUT_S);
    process::run(drive_only(&mut cargo, &browser))?;
    Ok(Outcome::Passed)
}

/// Tells wasm-bindgen's runner which browser to take: it takes the first whose driver is named.
fn drive_only<'a>(command: &'a mut Command, browser: &Browser) -> &'a mut Command {
    for engine in Engine::ALL {
        command.env_remove(engine.driver_variable());
    }
    name_browser(command, browser)
}

fn name_browser<'a>(command: &'a mut Command, browser: &Browser) -> &'a mut Command {
    command
        .env(browser.engine.program_variable(), &browser.program)
        .env(browser.engine.driver_variable(), &browser.driver)
}

fn skipped(error: &anyhow::Error, advice: String) -> Outcome {
    Outcome::Skipped { why: format!("{error:#}"), advice }
}
