//! The commands a developer types: `cargo xtask build | run | test | bench | doctor | icons`.
//! Nothing in here reaches a tablet or headquarters, except the shell files that `app` writes.
#![doc = include_str!("README.md")]

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

mod app;
mod checks;
mod commands;
mod icon;
mod process;
mod setup;
mod size;
mod steps;
mod workspace;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "The commands a developer of Biên Bản types")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the tablet app into dist/ and `bienban` (release, with the app embedded).
    Build,
    /// Sets everything up, builds it and starts headquarters with sample data.
    Run(commands::run::Arguments),
    /// Sets everything up and runs every check, as CI does.
    Test(commands::test::Arguments),
    /// Measures, and writes the figures as JSON under target/bench/.
    Bench(commands::bench::Arguments),
    /// Says what of the tool chain is there, what is missing and how to get it.
    Doctor,
    /// Draws the icons under public/icons/ again.
    Icons,
    /// Writes the one stylesheet into Trunk's staging folder; called by Trunk.toml.
    #[command(hide = true)]
    TrunkStyles,
}

fn main() -> ExitCode {
    match carry_out(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> Result<()> {
    let workspace = Workspace::locate()?;
    match command {
        Command::Build => commands::build::build(&workspace),
        Command::Run(arguments) => commands::run::run(&workspace, &arguments),
        Command::Test(arguments) => commands::test::test(&workspace, &arguments),
        Command::Bench(arguments) => commands::bench::bench(&workspace, &arguments),
        Command::Doctor => commands::doctor::doctor(&workspace),
        Command::Icons => commands::icons::write(&workspace),
        Command::TrunkStyles => commands::trunk_styles::write(&workspace),
    }
}
