//! `bienban pack check | compile | timeline`: reads folders, writes lines, gives the exit status.
//!
//! Results go to `out`, faults to `err`, one a line. The status is 0 when it worked and 2 when
//! what was given is at fault.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::{LAW, embedded_files, file, files_in};
use super::{Compiled, Fault, Faults, PackFile, timeline as changes};

/// The folder of packs when none is named.
const DEFAULT_FOLDER: &str = "packs";

/// It worked.
pub const WORKED: u8 = 0;
/// What was given is at fault.
pub const BAD_INPUT: u8 = 2;

/// Checks the folders that the named files belong to, or the named folders.
///
/// A file that stands alone is checked as if it replaced, in the packs of this program, the one
/// with the same kind and id.
pub fn check(paths: &[PathBuf], err: &mut dyn Write) -> u8 {
    let default = [PathBuf::from(DEFAULT_FOLDER)];
    let paths = if paths.is_empty() { &default } else { paths };
    let mut faults = Vec::new();
    let mut unreadable = false;
    for files in paths.iter().map(|path| context_of(path)) {
        match files {
            Ok(files) => faults.extend(super::check(&files)),
            Err(error) => {
                unreadable = true;
                tell(err, &error);
            }
        }
    }
    faults.sort();
    faults.dedup();
    report(&faults, err);
    if unreadable || !faults.is_empty() { BAD_INPUT } else { WORKED }
}

/// Compiles a folder, or the packs of this program when none is named and `packs/` is not here.
///
/// Prints `kind id version sha256 size` for each pack; with a folder to write to, also writes
/// `kind-id-version.cbor` there.
pub fn compile(
    folder: Option<&Path>,
    write_to: Option<&Path>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let compiled = folder_or_embedded(folder).map(|files| super::compile(&files));
    carry_out(compiled, err, |packs| publish(&packs, write_to, out))
}

/// Prints `day item what` for every change in a folder, as for [`compile`].
pub fn timeline(folder: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let changed = folder_or_embedded(folder).map(|files| changes(&files));
    carry_out(changed, err, |changes| {
        for change in changes {
            writeln!(out, "{} {} {}", change.day, change.item, change.event)?;
        }
        Ok(())
    })
}

fn carry_out<T>(
    result: io::Result<Result<T, Faults>>,
    err: &mut dyn Write,
    then: impl FnOnce(T) -> io::Result<()>,
) -> u8 {
    match result.map(|result| result.map(then)) {
        Ok(Ok(Ok(()))) => WORKED,
        Ok(Err(Faults(faults))) => {
            report(&faults, err);
            BAD_INPUT
        }
        Err(error) | Ok(Ok(Err(error))) => {
            tell(err, &error);
            BAD_INPUT
        }
    }
}

fn publish(packs: &[Compiled], folder: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).map_err(|error| naming(folder, &error))?;
    }
    for pack in packs {
        let Compiled { kind, id, version, sha256, bytes } = pack;
        writeln!(out, "{kind} {id} {version} {sha256} {}", bytes.len())?;
        if let Some(folder) = folder {
            let path = folder.join(format!("{kind}-{id}-{version}.cbor"));
            std::fs::write(&path, bytes).map_err(|error| naming(&path, &error))?;
        }
    }
    Ok(())
}

fn folder_or_embedded(folder: Option<&Path>) -> io::Result<Vec<PackFile>> {
    let default = Path::new(DEFAULT_FOLDER);
    match folder {
        Some(folder) => files_in(folder),
        None if default.join(LAW).is_file() => files_in(default),
        None => Ok(embedded_files()),
    }
}

/// The files that `path` must be checked with: its folder of packs, or those of this program.
fn context_of(path: &Path) -> io::Result<Vec<PackFile>> {
    if path.is_dir() {
        return files_in(path);
    }
    let alone = file(path)?;
    let Some(folder) = folder_of_packs(path)? else {
        return Ok(laid_over(embedded_files(), alone));
    };
    let files = files_in(&folder)?;
    Ok(if files.iter().any(|file| same_file(&file.path, path)) {
        files
    } else {
        laid_over(files, alone)
    })
}

/// The nearest folder above `path` that holds the law, named as `path` is.
fn folder_of_packs(path: &Path) -> io::Result<Option<PathBuf>> {
    let here = std::env::current_dir()?;
    let absolute = std::path::absolute(path)?;
    let found = absolute.ancestors().skip(1).find(|folder| folder.join(LAW).is_file());
    Ok(found.map(|folder| match folder.strip_prefix(&here) {
        Ok(below) if !path.is_absolute() && below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) if !path.is_absolute() => below.to_owned(),
        Ok(_) | Err(_) => folder.to_owned(),
    }))
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// `files` with `alone` in the place of the file of the same kind and id.
fn laid_over(mut files: Vec<PackFile>, alone: PackFile) -> Vec<PackFile> {
    let own = kind_and_id(&alone.text);
    files.retain(|file| own.is_none() || kind_and_id(&file.text) != own);
    files.push(alone);
    files
}

/// The first `kind` and `id` of a file, as far as it can be parsed.
fn kind_and_id(text: &str) -> Option<(String, Option<String>)> {
    let document = toml_edit::Document::parse(text).ok()?;
    let words = |key: &str| document.get(key).and_then(|item| item.as_str()).map(str::to_owned);
    Some((words("kind")?, words("id")))
}

fn report(faults: &[Fault], err: &mut dyn Write) {
    for fault in faults {
        tell(err, fault);
    }
}

/// Writes one line to `err`; when even that cannot be written there is nobody left to tell.
fn tell(err: &mut dyn Write, what: &dyn core::fmt::Display) {
    let _ = writeln!(err, "{what}");
}

fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display()))
}
