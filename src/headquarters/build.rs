//! Puts the files of `packs/` into the program: writes the list that `packs/files.rs` includes.
//! Looks at names only; what the files say is checked by `bienban pack check` and a test.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FOLDERS: [&str; 3] = ["", "instruments", "checklists"];

fn main() -> io::Result<()> {
    let packs =
        PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("../../packs").canonicalize()?;
    let mut list = String::from("pub(super) const PACK_FILES: &[(&str, &str)] = &[\n");
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", packs.join(folder).display());
        for name in names(&packs.join(folder))? {
            let name = Path::new(folder).join(name);
            let path = packs.join(&name);
            list +=
                &format!("    ({:?}, include_str!({:?})),\n", Path::new("packs").join(name), path);
        }
    }
    fs::write(PathBuf::from(variable("OUT_DIR")?).join("pack_files.rs"), list + "];\n")
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|_| io::Error::other(format!("cargo did not set `{name}`")))
}
