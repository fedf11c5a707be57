//! The files of a release. They are read; they are written only where one is missing and the
//! environment variable `BIENBAN_WRITE_GOLDEN` is set. A file that is there is never overwritten.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::forms;

/// Where the files of the first release are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("wire/v1")
}

/// The content of a file of the release.
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

/// The names of all files of the release.
pub(crate) fn names() -> Vec<String> {
    LazyLock::force(&WRITTEN);
    let entries = fs::read_dir(folder()).expect("the folder of the release is there");
    let names = entries.map(|entry| entry.expect("its entries can be read").file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
