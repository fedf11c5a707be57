//! `shell.json`: the files that the service worker keeps, each with its SHA-256 and size.
//! Launcher icons are left out: the browser takes its own copies when the app is installed.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{files, hashing};

/// The app shell of one build.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shell {
    /// Changes when any file does; it names the service worker's cache.
    pub(crate) version: String,
    /// In the order of their paths.
    pub(crate) files: Vec<PrecachedFile>,
}

/// A file that the service worker keeps.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PrecachedFile {
    /// The address on the server, which is the path under `dist/` after a slash.
    pub(crate) path: String,
    /// In lower-case hex, of the file as it is, not of a compressed sibling.
    pub(crate) sha256: String,
    /// In bytes.
    pub(crate) size: usize,
}

/// The folder of launcher icons.
const ICONS: &str = "icons";

impl Shell {
    /// Reads what has been written into `dist/` so far.
    pub(crate) fn of(dist: &Path) -> Result<Self> {
        let precached: Result<Vec<_>> = files::list(dist)?
            .iter()
            .filter(|file| !file.starts_with(ICONS))
            .map(|file| PrecachedFile::of(dist, file))
            .collect();
        let mut files = precached?;
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self { version: version(&files), files })
    }

    /// Reads `shell.json` of a finished `dist/`.
    pub(crate) fn read(dist: &Path) -> Result<Self> {
        let json = files::read(&dist.join("shell.json"))?;
        serde_json::from_slice(&json).context("cannot read `dist/shell.json` as JSON")
    }

    /// The content of `shell.json`.
    pub(crate) fn to_json(&self) -> Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    /// Whether every file lies in `dist/` as it was listed.
    pub(crate) fn is_intact(&self, dist: &Path) -> bool {
        self.files.iter().all(|file| file.is_intact(dist))
    }
}

impl PrecachedFile {
    fn of(dist: &Path, relative: &Path) -> Result<Self> {
        let content = files::read(&dist.join(relative))?;
        Ok(Self {
            path: files::address(relative),
            sha256: hashing::sha256_hex(&content),
            size: content.len(),
        })
    }

    fn is_intact(&self, dist: &Path) -> bool {
        let content = self.read(dist);
        content.is_ok_and(|content| hashing::sha256_hex(&content) == self.sha256)
    }

    /// The file's content.
    pub(crate) fn read(&self, dist: &Path) -> Result<Vec<u8>> {
        files::read(&dist.join(self.path.trim_start_matches('/')))
    }
}

fn version(files: &[PrecachedFile]) -> String {
    let lines: String =
        files.iter().map(|file| format!("{} {}\n", file.sha256, file.path)).collect();
    hashing::short_hash(lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_lists_every_file_but_the_launcher_icons() {
        let dist = dist_with(&[
            ("index.html", "page"),
            ("assets/boot.js", "abc"),
            ("icons/icon-512.png", "png"),
        ]);
        let shell = Shell::of(dist.path()).unwrap();
        let paths: Vec<_> = shell.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["/assets/boot.js", "/index.html"]);
        assert_eq!(shell.files[0].sha256, hashing::sha256_hex(b"abc"));
        assert_eq!(shell.files[0].size, 3);
    }

    #[test]
    fn the_version_follows_content_and_name() {
        let version = |files| Shell::of(dist_with(files).path()).unwrap().version;
        let first = version(&[("a.js", "1")]);
        assert_eq!(first, version(&[("a.js", "1")]));
        assert_ne!(first, version(&[("a.js", "2")]));
        assert_ne!(first, version(&[("b.js", "1")]));
    }

    #[test]
    fn a_written_shell_reads_back() {
        let dist = dist_with(&[("index.html", "page")]);
        let shell = Shell::of(dist.path()).unwrap();
        files::write(&dist.path().join("shell.json"), shell.to_json().unwrap()).unwrap();
        assert_eq!(Shell::read(dist.path()).unwrap(), shell);
    }

    #[test]
    fn a_changed_or_missing_file_is_noticed() {
        let dist = dist_with(&[("index.html", "page"), ("boot.js", "abc")]);
        let shell = Shell::of(dist.path()).unwrap();
        assert!(shell.is_intact(dist.path()));
        files::write(&dist.path().join("boot.js"), "abd").unwrap();
        assert!(!shell.is_intact(dist.path()));
        std::fs::remove_file(dist.path().join("boot.js")).unwrap();
        assert!(!shell.is_intact(dist.path()));
    }

    fn dist_with(content: &[(&str, &str)]) -> tempfile::TempDir {
        let dist = tempfile::tempdir().unwrap();
        for (file, text) in content {
            files::write(&dist.path().join(file), text).unwrap();
        }
        dist
    }
}
