//! The files whose names carry their content's hash: everything under `/assets/`, which a server
//! may therefore call immutable. Hashes are taken last, after every tool has done its part.

use std::path::Path;

use anyhow::Result;

use super::compile::Bound;
use super::{files, hashing, styles};
use crate::workspace::Workspace;

const BOOT: &str = include_str!("../shell/boot.js");
const TOO_OLD: &str = include_str!("../shell/too_old.js");
const WORKER: &str = include_str!("../shell/worker.js");

/// The addresses of the files that the page names.
#[derive(Debug)]
pub(super) struct Assets {
    /// The program.
    pub(super) wasm: String,
    /// The script that loads the program.
    pub(super) glue: String,
    /// The script that starts the app.
    pub(super) boot: String,
    /// The script for browsers that know no modules.
    pub(super) too_old: String,
    /// The one stylesheet.
    pub(super) styles: String,
}

/// Writes the assets under `dist/assets/`.
pub(super) fn write(
    workspace: &Workspace,
    (bound, beside): (&Bound, &Bound),
    dist: &Path,
) -> Result<Assets> {
    let folder = dist.join("assets");
    copy_snippets(bound, &folder)?;
    let worker = write_worker(beside, &folder)?;
    let wasm = write_hashed(&folder, "tablet", "wasm", &files::read(&bound.wasm)?)?;
    let glue = write_hashed(&folder, "tablet", "js", &files::read(&bound.glue)?)?;
    let boot = write_hashed(&folder, "boot", "js", boot(&glue, &wasm, &worker).as_bytes())?;
    let too_old = write_hashed(&folder, "too_old", "js", TOO_OLD.as_bytes())?;
    let css = styles::concatenate(&workspace.root.join("style"))?;
    let styles = write_hashed(&folder, "styles", "css", css.as_bytes())?;
    Ok(Assets { wasm, glue, boot, too_old, styles })
}

/// Writes the program that works beside the page, and gives the address of the script that starts
/// it.
fn write_worker(bound: &Bound, folder: &Path) -> Result<String> {
    let wasm = write_hashed(folder, "worker", "wasm", &files::read(&bound.wasm)?)?;
    let glue = write_hashed(folder, "worker", "js", &files::read(&bound.glue)?)?;
    let start = format!("import start from \"{glue}\";\nconst WASM = \"{wasm}\";\n{WORKER}");
    write_hashed(folder, "worker_start", "js", start.as_bytes())
}

/// Scripts that a crate brought along keep their place beside the glue, which imports them by
/// relative address; wasm-bindgen puts the crate's hash into their folder's name.
fn copy_snippets(bound: &Bound, folder: &Path) -> Result<()> {
    files::copy_folder(&bound.folder.join("snippets"), &folder.join("snippets"))
}

fn write_hashed(folder: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<String> {
    let name = hashing::hashed_name(stem, extension, content);
    files::write(&folder.join(&name), content)?;
    Ok(format!("/assets/{name}"))
}

fn boot(glue: &str, wasm: &str, worker: &str) -> String {
    let [glue, wasm, worker] = [("GLUE", glue), ("WASM", wasm), ("WORKER", worker)]
        .map(|(name, address)| format!("const {name} = \"{address}\";\n"));
    format!("{glue}{wasm}{worker}{BOOT}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boot_script_names_the_program_and_its_glue() {
        let script = boot("/assets/tablet-1.js", "/assets/tablet-2.wasm", "/assets/start-3.js");
        assert!(script.starts_with(
            "const GLUE = \"/assets/tablet-1.js\";\nconst WASM = \"/assets/tablet-2.wasm\";\n\
             const WORKER = \"/assets/start-3.js\";\n"
        ));
    }

    #[test]
    fn a_written_asset_is_found_under_its_address() {
        let dist = tempfile::tempdir().unwrap();
        let address = write_hashed(&dist.path().join("assets"), "boot", "js", b"abc").unwrap();
        assert_eq!(address, "/assets/boot-ba7816bf8f01cfea.js");
        assert_eq!(files::read(&dist.path().join(&address[1..])).unwrap(), b"abc");
    }
}
