//! `cargo xtask icons`: draws the icons under public/ again, after the drawing in `icon` changed.

use std::path::Path;

use anyhow::Result;

use crate::app::files;
use crate::icon::{self, Ground};
use crate::workspace::Workspace;

/// Launcher icons: what the manifest and `index.html` name.
const PNGS: [(&str, Ground, u32); 4] = [
    ("icons/icon-192.png", Ground::Rounded, 192),
    ("icons/icon-512.png", Ground::Rounded, 512),
    ("icons/maskable-512.png", Ground::Full, 512),
    ("icons/apple-touch-180.png", Ground::Full, 180),
];

/// Writes every icon.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let public = workspace.root.join("public");
    for (name, content) in drawn()? {
        files::write(&public.join(name), &content)?;
        println!("wrote `{}`, {} bytes", Path::new("public").join(name).display(), content.len());
    }
    Ok(())
}

/// Every icon with its path under public/. The SVG is the page's own icon and lies beside it.
fn drawn() -> Result<Vec<(&'static str, Vec<u8>)>> {
    let mut icons = vec![("icon.svg", icon::svg(Ground::Rounded).into_bytes())];
    for (name, ground, side_px) in PNGS {
        icons.push((name, icon::png(ground, side_px)?));
    }
    Ok(icons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_icons_are_the_drawn_ones() {
        let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
        for (name, content) in drawn().unwrap() {
            let committed = std::fs::read(public.join(name)).unwrap();
            assert!(
                picture(name, &committed) == picture(name, &content),
                "`{name}` is outdated: run `cargo xtask icons`"
            );
        }
    }

    /// What is seen: two packers of the same pixels may write other bytes.
    fn picture(name: &str, file: &[u8]) -> Vec<u8> {
        if !name.ends_with(".png") {
            return file.to_vec();
        }
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        pixels.extend(frame.width.to_be_bytes());
        pixels
    }

    #[test]
    fn the_manifest_names_only_icons_that_are_there() {
        let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public");
        let manifest = std::fs::read(public.join("manifest.webmanifest")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let icons = manifest["icons"].as_array().unwrap();
        assert_eq!(icons.len(), 4);
        for icon in icons {
            let path = icon["src"].as_str().unwrap();
            assert!(public.join(&path[1..]).is_file(), "`{path}` is not under public/");
        }
    }
}
