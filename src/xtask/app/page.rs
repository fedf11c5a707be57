//! The page of the app: `index.html` as Trunk reads it, with Trunk's lines replaced by ours.

use anyhow::{Result, ensure};

use super::assets::Assets;

/// Lines that carry this are for Trunk only.
const TRUNK_LINE: &str = "data-trunk";
/// The stylesheet as `index.html` names it; under Trunk a hook writes it.
const STYLESHEET: &str = "<link rel=\"stylesheet\" href=\"/styles.css\">";
const HEAD_END: &str = "</head>";

/// The page that names the hashed assets.
///
/// # Errors
/// When the source lacks the places where the assets are named, or has an inline script or style,
/// which the content security policy would refuse.
pub(super) fn render(source: &str, assets: &Assets) -> Result<String> {
    for place in [STYLESHEET, HEAD_END] {
        ensure!(source.matches(place).count() == 1, "`index.html` must have `{place}` once");
    }
    for inline in ["<style", "style=", "<script>"] {
        ensure!(!source.contains(inline), "`index.html` has `{inline}`: put it into a file");
    }
    let ours = source.lines().filter(|line| !line.contains(TRUNK_LINE));
    let page: String = ours.flat_map(|line| [line, "\n"]).collect();
    let stylesheet = format!("<link rel=\"stylesheet\" href=\"{}\">", assets.styles);
    let head = format!("{}{HEAD_END}", scripts(assets));
    Ok(page.replace(STYLESHEET, &stylesheet).replace(HEAD_END, &head))
}

/// The browser learns of program and glue at once, not only when boot.js has been read.
/// `crossorigin` makes the preload the same request as the `fetch` in boot.js.
fn scripts(Assets { wasm, glue, boot, too_old, styles: _ }: &Assets) -> String {
    format!(
        "<link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>
<link rel=\"modulepreload\" href=\"{glue}\">
<script type=\"module\" src=\"{boot}\"></script>
<script nomodule defer src=\"{too_old}\"></script>
"
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::app::files;

    const SOURCE: &str = "<html lang=\"vi\"><head>
<link data-trunk rel=\"rust\">
<link rel=\"stylesheet\" href=\"/styles.css\">
</head><body></body></html>";

    #[test]
    fn the_page_names_every_asset_and_nothing_of_trunk() {
        let page = render(SOURCE, &assets()).unwrap();
        for address in ["/assets/a.wasm", "/assets/b.js", "/assets/c.js", "/assets/e.css"] {
            assert!(page.contains(&format!("\"{address}\"")), "{address} is missing in {page}");
        }
        assert!(page.contains("<script nomodule defer src=\"/assets/d.js\">"));
        assert!(!page.contains("data-trunk"));
        assert!(!page.contains("/styles.css"));
    }

    #[test]
    fn the_committed_page_can_be_rendered() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let page = render(&files::read_text(&root.join("index.html")).unwrap(), &assets()).unwrap();
        for owed in
            ["<html lang=\"vi\">", "name=\"viewport\"", "name=\"theme-color\"", "<noscript>"]
        {
            assert!(page.contains(owed), "{owed} is missing");
        }
        assert!(page.contains("rel=\"manifest\" href=\"/manifest.webmanifest\""));
        assert!(page.contains("data-shell=\"opening\"") && page.contains("data-shell=\"failed\""));
    }

    #[test]
    fn a_page_without_a_place_for_the_styles_is_refused() {
        let error = render("<html><head></head></html>", &assets()).unwrap_err();
        assert!(error.to_string().contains("must have `<link rel=\"stylesheet\""), "{error}");
    }

    #[test]
    fn what_the_content_security_policy_forbids_is_refused() {
        for inline in ["<style>p {}</style>", "<p style=\"color: red\">", "<script>x()</script>"] {
            assert!(render(&format!("{SOURCE}{inline}"), &assets()).is_err(), "{inline}");
        }
    }

    fn assets() -> Assets {
        Assets {
            wasm: "/assets/a.wasm".to_owned(),
            glue: "/assets/b.js".to_owned(),
            boot: "/assets/c.js".to_owned(),
            too_old: "/assets/d.js".to_owned(),
            styles: "/assets/e.css".to_owned(),
        }
    }
}
