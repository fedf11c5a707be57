//! Serving the tablet app: from inside the program (feature `embedded`) or from a folder.
//!
//! Names that carry the hash of their content never change; everything else is asked for again
//! each time. Nothing outside the folder is ever read.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::ids::to_hex;
use maud::{DOCTYPE, Markup, html};
use proof::hash::sha256;
use texts::{Lang, office};

use crate::headquarters::Headquarters;

/// How many hexadecimal digits of a file's hash its name carries.
const HEX_IN_NAME: usize = 16;

/// Where the tablet app comes from.
#[derive(Debug, Clone)]
pub enum TabletApp {
    /// A folder, as `cargo xtask build` fills it.
    Folder(PathBuf),
    /// The files inside this program.
    #[cfg(feature = "embedded")]
    Embedded,
}

impl TabletApp {
    /// The app inside the program where there is one and no folder is named; else the folder,
    /// `dist` by default.
    pub fn choose(folder: Option<PathBuf>) -> Self {
        #[cfg(feature = "embedded")]
        if folder.is_none() {
            return Self::Embedded;
        }
        Self::Folder(folder.unwrap_or_else(|| PathBuf::from("dist")))
    }

    async fn read(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Self::Folder(folder) => tokio::fs::read(folder.join(inside(name)?)).await.ok(),
            #[cfg(feature = "embedded")]
            Self::Embedded => embedded::read(name),
        }
    }
}

#[cfg(feature = "embedded")]
mod embedded {
    //! The files of `dist/` as they were when this program was built.

    #[derive(rust_embed::RustEmbed)]
    #[folder = "../../dist"]
    struct Dist;

    pub(super) fn read(name: &str) -> Option<Vec<u8>> {
        Dist::get(name).map(|file| file.data.into_owned())
    }
}

/// The name as a path that cannot leave the folder.
fn inside(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !name.is_empty()).then_some(path)
}

/// Answers every address that is no other's.
pub(crate) async fn serve(
    State(headquarters): State<Arc<Headquarters>>,
    request: Request,
) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let name = match request.uri().path() {
        "/" | "/enrol" => "index.html",
        path => path.trim_start_matches('/'),
    };
    match file(&headquarters.tablet_app, name, request.headers()).await {
        Some(response) => response,
        None if name == "index.html" => missing(),
        None => no_such_page(),
    }
}

async fn file(app: &TabletApp, name: &str, asked: &HeaderMap) -> Option<Response> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching(name)));
    let (bytes, encoding) = smallest(app, name, asked).await?;
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if !is_hashed(name) {
        let tag = HeaderValue::from_str(&format!("\"{}\"", to_hex(&sha256(&bytes)))).ok()?;
        let known = asked.get(IF_NONE_MATCH) == Some(&tag);
        headers.insert(ETAG, tag);
        if known {
            return Some((StatusCode::NOT_MODIFIED, headers).into_response());
        }
    }
    Some((headers, bytes).into_response())
}

/// The compressed sibling that the browser takes, or the file itself.
async fn smallest(
    app: &TabletApp,
    name: &str,
    asked: &HeaderMap,
) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (suffix, encoding) in [("br", "br"), ("gz", "gzip")] {
        if takes(asked, encoding)
            && let Some(bytes) = app.read(&format!("{name}.{suffix}")).await
        {
            return Some((bytes, Some(encoding)));
        }
    }
    Some((app.read(name).await?, None))
}

fn takes(asked: &HeaderMap, encoding: &str) -> bool {
    let accepted = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && parts.all(|part| !matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Whether the name carries its content's hash: `tablet-0123456789abcdef.wasm`.
fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or("");
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == HEX_IN_NAME && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn caching(name: &str) -> &'static str {
    if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The app is not there: in both languages, because nobody is known yet.
fn missing() -> Response {
    let page = plain_page(office::app_missing, office::app_missing_how);
    (StatusCode::SERVICE_UNAVAILABLE, [(CACHE_CONTROL, "no-store")], page).into_response()
}

fn no_such_page() -> Response {
    (StatusCode::NOT_FOUND, plain_page(office::not_found, office::app_not_found)).into_response()
}

fn plain_page(title: fn(Lang) -> &'static str, words: fn(Lang) -> &'static str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title(Lang::Vi)) }
                link rel="stylesheet" href="/office/office.css";
            }
            body {
                main {
                    @for lang in Lang::ALL {
                        section lang=(lang.tag()) {
                            h1 { (title(lang)) }
                            p { (words(lang)) }
                        }
                    }
                    p.actions { a href="/" { "Biên Bản" } a href="/office" { (office::office(Lang::Vi)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in ["../secret", "/etc/passwd", "a/../../b", "", "./a"] {
            assert_eq!(inside(name).filter(|path| !path.starts_with("a")), None, "{name}");
        }
        assert_eq!(inside("a/../../b"), None);
        assert_eq!(inside("icons/192.png"), Some(Path::new("icons/192.png")));
    }

    #[test]
    fn only_names_with_their_hash_never_change() {
        assert!(is_hashed("tablet-ba7816bf8f01cfea.wasm"));
        for name in ["sw.js", "shell.json", "index.html", "too-old.js", "tablet-latest.wasm"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn a_browser_that_refuses_an_encoding_does_not_get_it() {
        let mut asked = HeaderMap::new();
        asked.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br;q=0"));
        assert!(takes(&asked, "gzip"));
        assert!(!takes(&asked, "br"));
    }
}
