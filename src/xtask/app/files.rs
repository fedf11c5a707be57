//! The few things the build does with files, with errors that name the file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Files that explain a folder to a developer and have no business in `dist/`.
const DEVELOPER_FILES: [&str; 1] = ["README.md"];

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// Reads a file of UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the folder `{}`", folder.display()))?;
    fs::write(path, content).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Makes a folder that has nothing in it.
pub(crate) fn empty_folder(folder: &Path) -> Result<()> {
    remove_folder(folder)?;
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the folder `{}`", folder.display()))
}

/// Removes a folder with all in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove the folder `{}`", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Every file under a folder, relative to it, in a fixed order. A missing folder has none.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, Path::new(""), &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, relative: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let cannot_list = || format!("cannot list the folder `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(cannot_list)? {
        let entry = entry.with_context(cannot_list)?;
        let relative = relative.join(entry.file_name());
        if entry.path().is_dir() {
            collect(&entry.path(), &relative, found)?;
        } else {
            found.push(relative);
        }
    }
    Ok(())
}

/// Copies a folder's files, except those that explain it to a developer.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in list(from)?.iter().filter(|file| !is_for_developers(file)) {
        write(&to.join(file), read(&from.join(file))?)?;
    }
    Ok(())
}

fn is_for_developers(file: &Path) -> bool {
    DEVELOPER_FILES.iter().any(|name| file.ends_with(name))
}

/// The address of a file under `dist/`: `/assets/boot.js`, with slashes on every system.
pub(crate) fn address(relative: &Path) -> String {
    relative.iter().map(|part| format!("/{}", part.to_string_lossy())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_complete_sorted_and_relative() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b.css", "a/z.js", "a/b/c.js"] {
            write(&folder.path().join(file), "x").unwrap();
        }
        let listed = list(folder.path()).unwrap();
        assert_eq!(listed, ["a/b/c.js", "a/z.js", "b.css"].map(PathBuf::from));
        assert_eq!(list(&folder.path().join("missing")).unwrap(), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_copy_leaves_the_readme_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        write(&from.join("icons/icon.svg"), "<svg/>").unwrap();
        write(&from.join("README.md"), "for developers").unwrap();
        copy_folder(&from, &to).unwrap();
        assert_eq!(list(&to).unwrap(), [PathBuf::from("icons/icon.svg")]);
    }

    #[test]
    fn an_emptied_folder_has_nothing_in_it() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("old/file"), "x").unwrap();
        empty_folder(&folder.path().join("old")).unwrap();
        assert_eq!(list(folder.path()).unwrap(), [] as [PathBuf; 0]);
    }
}
