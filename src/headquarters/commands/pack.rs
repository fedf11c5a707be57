//! `bienban pack check | compile | timeline`: the work is done by the packs' own module.

use std::io::{stderr, stdout};
use std::path::PathBuf;

use clap::Subcommand;

use crate::packs::cli;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Name every fault by file and line.
    Check {
        /// Folders or files of packs; `packs` when none is named.
        files: Vec<PathBuf>,
    },
    /// Compile packs and print the hash of each.
    Compile {
        /// The folder of packs; `packs`, else those of this program, when it is left out.
        folder: Option<PathBuf>,
        /// Also write each pack into this folder.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Print every day on which the law changes for an item.
    Timeline {
        /// The folder of packs; `packs`, else those of this program, when it is left out.
        folder: Option<PathBuf>,
    },
}

pub(super) fn run(command: Command) -> u8 {
    let (mut out, mut err) = (stdout().lock(), stderr().lock());
    match command {
        Command::Check { files } => cli::check(&files, &mut err),
        Command::Compile { folder, out: to } => {
            cli::compile(folder.as_deref(), to.as_deref(), &mut out, &mut err)
        }
        Command::Timeline { folder } => cli::timeline(folder.as_deref(), &mut out, &mut err),
    }
}
