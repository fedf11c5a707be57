//! The files of a release. They are read; they are written only where one is missing and the
//! environment variable `BIENBAN_WRITE_GOLDEN` is set. A file that is there is never overwritten.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::forms;

/// The folders of the releases.
const RELEASES: [&str; 5] = ["v1", "v2", "v3", "v4", "v5"];

/// Where the folders of the releases are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("wire")
}

/// The content of a file, named with the folder of its release.
pub(crate) fn golden(name: &str) -> Vec<u8> {
    LazyLock::force(&WRITTEN);
    let path = folder().join(name);
    match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(fault) => panic!("`{}`: {fault}; see tests/wire/README.md", path.display()),
    }
}

/// Once per run, before the first file is read: what is missing is written where that is asked.
static WRITTEN: LazyLock<()> = LazyLock::new(|| {
    if std::env::var_os("BIENBAN_WRITE_GOLDEN").is_some() {
        let missing = |(name, _): &(String, _)| !folder().join(name).exists();
        for (name, bytes) in forms::files().into_iter().filter(missing) {
            fs::write(folder().join(name), bytes)
                .expect("the folder of the release can be written");
        }
    }
});

/// The names of all files, each with the folder of its release.
pub(crate) fn names() -> Vec<String> {
    LazyLock::force(&WRITTEN);
    let mut names: Vec<_> = RELEASES.iter().flat_map(|release| names_of(release)).collect();
    names.sort();
    names
}

fn names_of(release: &str) -> Vec<String> {
    let entries = fs::read_dir(folder().join(release)).expect("the folder of the release is there");
    let names = entries.map(|entry| entry.expect("its entries can be read").file_name());
    names.map(|name| format!("{release}/{}", name.to_string_lossy())).collect()
}
