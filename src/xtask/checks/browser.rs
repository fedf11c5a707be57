//! The checks that drive a real browser, and the build of what they drive.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Outcome;
use crate::app;
use crate::commands::run::build_bienban;
use crate::process;
use crate::setup::browsers::{Browser, Engine};
use crate::setup::npm::Wanted;
use crate::setup::{tools, wasm_opt, wasm_target};
use crate::size::shell::ShellSizes;
use crate::workspace::Workspace;

/// A busy machine needs longer than the 20 s that wasm-bindgen's runner waits by itself.
const STORAGE_TIMEOUT_S: &str = "300";

/// The package of everything that drives the app in a browser.
pub(crate) const JOURNEYS: &str = "e2e-tests";

/// What looks for barriers on every screen and page.
const AXE: Wanted = Wanted { package: "axe-core", file: "axe-core/axe.min.js" };

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

/// The app shell's size, which must not pass what it has been.
pub(super) fn size(workspace: &Workspace) -> Result<Outcome> {
    app::build(workspace)?;
    if wasm_opt::find(workspace).is_none() {
        return Ok(Outcome::Skipped {
            why: "the app is not optimised".to_owned(),
            advice: "apt-get install nodejs npm".to_owned(),
        });
    }
    let sizes = ShellSizes::measure(&workspace.dist())?;
    sizes.print();
    sizes.check()?;
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
    match AXE.find_or_install(workspace) {
        Ok(axe) => cargo.env("AXE", axe),
        Err(error) => return Ok(skipped(&error, "apt-get install nodejs npm".to_owned())),
    };
    cargo.args(["test", "--package", JOURNEYS, "--locked", "--no-fail-fast"]);
    name_programs(workspace, &mut cargo)?;
    process::run(&mut cargo)?;
    Ok(Outcome::Passed)
}

/// Builds the app and `bienban`, and tells a command of [`JOURNEYS`] where they are.
fn name_programs(workspace: &Workspace, command: &mut Command) -> Result<()> {
    app::build(workspace)?;
    let bienban = build_bienban(workspace)?;
    command.env("BIENBAN_BIN", bienban).env("BIENBAN_DIST", workspace.dist());
    Ok(())
}

/// Tells a benchmark in a browser where Chromium, the app and `bienban` are.
///
/// # Errors
/// When one of them cannot be had.
pub(crate) fn equip_benchmark(workspace: &Workspace, command: &mut Command) -> Result<()> {
    let engine = Engine::Chromium;
    let browser = engine.find_or_install(workspace).with_context(|| engine.advice())?;
    name_browser(command, &browser);
    name_programs(workspace, command)
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
    let output = process::run_and_read(drive_only(&mut cargo, &browser))?;
    ensure!(passed_tests(&output) > 0, "no test of `storage` ran in {engine}");
    Ok(Outcome::Passed)
}

/// How long Chromium takes to fold 100,000 events, in ms, run by run; compiled as the app is.
///
/// # Errors
/// When the browser or the runner cannot be had, or the fold is not what it is natively.
pub(crate) fn fold_in_browser(workspace: &Workspace) -> Result<Vec<f64>> {
    wasm_target::ensure(workspace)?;
    let engine = Engine::Chromium;
    let browser = engine.find_or_install(workspace).with_context(|| engine.advice())?;
    let runner = tools::wasm_bindgen_test_runner(workspace)?;
    let program = runner.find_or_install(workspace).with_context(|| runner.advice())?;
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--package", "browser-tests", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--profile", "wasm-release", "--test", "fold", "--locked", "--", "--nocapture"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", program);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", STORAGE_TIMEOUT_S);
    let output = process::run_and_read(drive_only(&mut cargo, &browser))?;
    let times = fold_times(&output);
    ensure!(!times.is_empty(), "the fold in {engine} told no time");
    Ok(times)
}

fn fold_times(output: &str) -> Vec<f64> {
    let told = output.lines().filter_map(|line| line.trim().strip_prefix("fold_ms "));
    told.filter_map(|ms| ms.parse().ok()).collect()
}

/// How many tests passed by cargo's closing lines. None at all is no proof of anything.
fn passed_tests(output: &str) -> usize {
    let closing = output.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    closing.filter_map(|line| line.split(' ').next()?.parse::<usize>().ok()).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_the_fold_are_read_from_what_the_browser_says() {
        assert_eq!(fold_times("running 1 test\nfold_ms 130\n  fold_ms 66.5\nok"), [130.0, 66.5]);
    }

    #[test]
    fn passed_tests_are_summed_over_programs() {
        let output = "test result: ok. 12 passed; 0 failed\nno tests to run!\n\
                      test result: ok. 3 passed; 0 failed\n";
        assert_eq!(passed_tests(output), 15);
        assert_eq!(passed_tests("no tests to run!\n"), 0);
    }
}
