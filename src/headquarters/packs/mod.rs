//! From what lawyers edit to what tablets read: see the README below.
//!
#![doc = include_str!("README.md")]

pub mod cli;

mod assemble;
mod compile;
mod fault;
mod files;
mod plain;
mod read;
mod timeline;
mod toml;

#[cfg(test)]
mod tests;

pub use compile::Compiled;
pub use fault::{Fault, Faults};
pub use files::{PackFile, embedded_files, files_in};
pub use timeline::{Change, Event, timeline};

/// Names every fault in the files of a folder of packs; none when they can be compiled.
///
/// `files` is the whole folder: items cite instruments and sources of other files.
pub fn check(files: &[PackFile]) -> Vec<Fault> {
    assemble::assemble(files).1
}

/// Compiles the files of a folder of packs: the law first, then the checklists by id.
///
/// # Errors
/// Every fault that [`check`] finds.
pub fn compile(files: &[PackFile]) -> Result<Vec<Compiled>, Faults> {
    match assemble::assemble(files) {
        (packs, faults) if faults.is_empty() => Ok(compile::compile(packs)),
        (_, faults) => Err(Faults(faults)),
    }
}

/// Compiles the packs that are part of this program.
///
/// # Errors
/// Faults in `packs/`, which a test keeps free of them.
pub fn embedded() -> Result<Vec<Compiled>, Faults> {
    compile(&embedded_files())
}
