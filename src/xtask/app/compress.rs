//! Brotli and gzip siblings (`FILE.br`, `FILE.gz`), so that no server compresses while it serves.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::files;

/// Text and programs. Images are compressed by their own form.
const COMPRESSIBLE: [&str; 7] = ["html", "js", "css", "json", "wasm", "svg", "webmanifest"];

const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 1 << 16;

/// Writes the siblings of every file that becomes smaller by them.
pub(super) fn write_siblings(dist: &Path) -> Result<()> {
    for file in files::list(dist)?.iter().filter(|file| is_compressible(file)) {
        let content = files::read(&dist.join(file))?;
        write_if_smaller(dist, file, "br", &content, brotli(&content)?)?;
        write_if_smaller(dist, file, "gz", &content, gzip(&content)?)?;
    }
    Ok(())
}

/// Some bytes at Brotli's highest quality.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(
        &mut compressed,
        BUFFER_BYTES,
        BROTLI_QUALITY,
        BROTLI_WINDOW_BITS,
    );
    writer.write_all(content).context("cannot compress with Brotli")?;
    drop(writer);
    Ok(compressed)
}

/// Some bytes at gzip's highest level.
pub(crate) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content).context("cannot compress with gzip")?;
    writer.finish().context("cannot compress with gzip")
}

fn is_compressible(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn write_if_smaller(
    dist: &Path,
    file: &Path,
    ending: &str,
    content: &[u8],
    compressed: Vec<u8>,
) -> Result<()> {
    if compressed.len() < content.len() {
        files::write(&dist.join(format!("{}.{ending}", file.display())), compressed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_siblings_unpack_to_the_file() {
        let dist = tempfile::tempdir().unwrap();
        let content = "nhật ký ".repeat(200);
        files::write(&dist.path().join("app.js"), &content).unwrap();
        write_siblings(dist.path()).unwrap();

        let mut from_brotli = String::new();
        let br = files::read(&dist.path().join("app.js.br")).unwrap();
        brotli::Decompressor::new(&br[..], BUFFER_BYTES).read_to_string(&mut from_brotli).unwrap();
        let mut from_gzip = String::new();
        let gz = files::read(&dist.path().join("app.js.gz")).unwrap();
        flate2::read::GzDecoder::new(&gz[..]).read_to_string(&mut from_gzip).unwrap();
        assert_eq!((from_brotli, from_gzip), (content.clone(), content));
    }

    #[test]
    fn images_and_files_that_would_grow_have_no_siblings() {
        let dist = tempfile::tempdir().unwrap();
        files::write(&dist.path().join("icon.png"), "x".repeat(500)).unwrap();
        files::write(&dist.path().join("a.js"), "x").unwrap();
        write_siblings(dist.path()).unwrap();
        assert_eq!(files::list(dist.path()).unwrap().len(), 2);
    }
}
