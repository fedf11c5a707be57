//! Running other programs: shown before they start, checked when they end, never parsed here.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Shows a command and runs it with this program's output.
///
/// # Errors
/// When it does not start or does not exit with 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("    $ {shown}");
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    ensure!(status.success(), "`{shown}` ended with {status}");
    Ok(())
}

/// Like [`run`], and returns what the command wrote to its output while it was shown.
///
/// # Errors
/// As [`run`], and when the output is something else than UTF-8.
pub(crate) fn run_and_read(command: &mut Command) -> Result<String> {
    let shown = show(command);
    println!("    $ {shown}");
    let cannot_start = || format!("cannot start `{shown}`");
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(cannot_start)?;
    let mut text = String::new();
    for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
        let line = line.with_context(|| format!("cannot read the output of `{shown}`"))?;
        println!("{line}");
        text.extend([line.as_str(), "\n"]);
    }
    let status = child.wait().with_context(cannot_start)?;
    ensure!(status.success(), "`{shown}` ended with {status}");
    Ok(text)
}

/// Runs a command silently and returns what it printed, without the closing line break.
///
/// # Errors
/// When it does not start, does not exit with 0 or prints something else than UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{shown}`"))?;
    ensure!(output.status.success(), "`{shown}` ended with {}", output.status);
    let text = String::from_utf8(output.stdout)
        .with_context(|| format!("`{shown}` printed something else than UTF-8"))?;
    Ok(text.trim_end().to_owned())
}

/// A program in `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).find_map(|folder| executable(&folder.join(name)))
}

/// The path itself when a file is there, with the ending that programs have on this system.
pub(crate) fn executable(path: &Path) -> Option<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(env::consts::EXE_SUFFIX);
    Some(PathBuf::from(name)).filter(|file| file.is_file())
}

/// A command as one would type it, with the folders before the program's name left out.
fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = [program].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_is_named_with_its_arguments() {
        let error = run(Command::new("/bin/sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(error.to_string(), "`sh -c exit 3` ended with exit status: 3");
    }

    #[test]
    fn a_shown_output_is_returned_only_when_the_program_succeeds() {
        let read = |script| run_and_read(Command::new("/bin/sh").args(["-c", script]));
        assert_eq!(read("echo one; echo two").unwrap(), "one\ntwo\n");
        assert!(read("echo one; exit 1").is_err());
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = output(&mut Command::new("no-such-program")).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `no-such-program`");
    }

    #[test]
    fn the_output_comes_without_its_line_break() {
        assert_eq!(output(Command::new("/bin/sh").args(["-c", "echo one"])).unwrap(), "one");
    }
}
