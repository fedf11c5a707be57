//! The commands of `bienban`: what each is given, and what it prints.

mod audit;
mod backup;
mod demo;
mod escrow;
mod import;
mod invite;
mod keys;
mod pack;
mod restore;
mod serve;
mod unit;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

/// Bad input.
const BAD_INPUT: u8 = 2;

/// Headquarters of Biên Bản.
#[derive(Parser)]
#[command(name = "bienban", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run headquarters.
    Serve(serve::Arguments),
    /// Run headquarters with sample data, for trying it on this machine.
    Demo(demo::Arguments),
    /// Check, compile and list the packs that lawyers edit.
    #[command(subcommand)]
    Pack(pack::Command),
    /// Print a one-time invitation for a person.
    Invite(invite::Arguments),
    /// Look after the people who work here.
    #[command(subcommand)]
    User(user::Command),
    /// Look after the units of the organisation.
    #[command(subcommand)]
    Unit(unit::Command),
    /// Take in a bundle that a tablet exported.
    Import(import::Arguments),
    /// The key by which what exists only on a tablet can be read without its passphrase.
    #[command(subcommand)]
    Escrow(escrow::Command),
    /// The keys with which headquarters signs.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Copy the database into a new folder and check the copy.
    Backup(backup::Arguments),
    /// Check the chain of who did what.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Make a new folder of headquarters from a backup.
    Restore(restore::Arguments),
}

/// Why a command did not work.
enum Failure {
    /// What was given is at fault.
    BadInput(String),
    /// Something else is.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs the program with its arguments; says in one line on stderr why it did not work.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return told(&error),
    };
    let done = match cli.command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Demo(arguments) => demo::run(arguments),
        Command::Invite(arguments) => invite::run(arguments),
        Command::User(command) => user::run(command),
        Command::Unit(command) => unit::run(command),
        Command::Import(arguments) => import::run(&arguments),
        Command::Escrow(command) => escrow::run(&command),
        Command::Keys(command) => keys::run(&command),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Audit(command) => audit::run(&command),
        Command::Restore(arguments) => restore::run(&arguments),
        Command::Pack(command) => return ExitCode::from(pack::run(command)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::BadInput(line)) => {
            eprintln!("bienban: {line}");
            ExitCode::from(BAD_INPUT)
        }
        Err(Failure::Failed(error)) => {
            eprintln!("bienban: {}", one_line(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}

/// Help and version go to stdout as they are; a fault becomes one line with the next step.
fn told(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print!("{error}");
        return ExitCode::SUCCESS;
    }
    // What clap says when there is no command is the whole help.
    let what = if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        "no command is given".to_owned()
    } else {
        fault_in(&error.to_string())
    };
    eprintln!("bienban: {what}; see `bienban --help`");
    ExitCode::from(BAD_INPUT)
}

/// The first paragraph of what clap says, without its label.
fn fault_in(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or("");
    one_line(first.trim_start_matches("error: "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the tablet app is read from when it is not inside the program.
#[derive(clap::Args)]
struct Dist {
    /// The folder of the tablet app.
    #[arg(long, env = "BIENBAN_DIST", hide = true)]
    dist: Option<PathBuf>,
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("BIENBAN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,headquarters=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.init();
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
