//! `/office/pieces/{sha256}`: one piece of evidence, to those in the office and only when the
//! record names it; and the list of pieces as other pages show it.
//!
//! What a piece says is never run here: its kind is the one the record names, browsers are told
//! not to guess another, and what they open is shut into a sandbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::ids::PieceHash;
use domain::piece::{MediaType, Piece};
use maud::{Markup, html};
use texts::{Lang, format, pieces as t};

use super::clerk::Clerk;
use super::listing::{Tone, mark};
use super::overview;
use super::trouble::{Told, Trouble};
use crate::headquarters::Headquarters;
use crate::pieces::{Pieces, Standing};

/// What a browser may do with a piece that it opens: show it, and nothing else. The page that it
/// makes around a picture by itself has its style inside.
const SHUT_IN: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub(crate) async fn one(
    State(headquarters): State<Arc<Headquarters>>,
    Path(content): Path<String>,
    clerk: Clerk,
) -> Result<Response, Told> {
    let told = |trouble| Told(trouble, clerk.lang);
    let overview = overview::load(&headquarters, clerk.scope()).await;
    let overview = overview.map_err(|fault| told(fault.into()))?;
    let asked = content.parse::<PieceHash>().ok();
    let piece = overview.pieces().find(|piece| Some(piece.content) == asked);
    let piece = piece.ok_or_else(|| told(Trouble::NotFound))?;
    let bytes = headquarters.pieces.read(piece.content).await;
    let bytes = bytes.map_err(|fault| told(Trouble::Piece(fault)))?;
    let headers = [
        (CONTENT_TYPE, media_type(&piece.media)),
        (CONTENT_SECURITY_POLICY, SHUT_IN),
        (CONTENT_DISPOSITION, &disposition(piece)),
    ];
    Ok((headers, bytes).into_response())
}

/// Kinds of a later version are handed out as bytes that nothing opens by itself.
fn media_type(media: &MediaType) -> &str {
    match media {
        MediaType::Pdf | MediaType::Jpeg | MediaType::Png | MediaType::Webp => media.as_str(),
        MediaType::Other(_) => "application/octet-stream",
    }
}

/// Pictures are shown. Everything else is saved: a PDF can hold scripts, and viewers differ.
fn disposition(piece: &Piece) -> String {
    let way = match piece.media {
        MediaType::Jpeg | MediaType::Png | MediaType::Webp => "inline",
        MediaType::Pdf | MediaType::Other(_) => "attachment",
    };
    let name = saved_as(piece);
    let (plain, whole) = (plain(&name), encoded(&name));
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

/// The name with an ending of its kind, because a disk opens files by it.
fn saved_as(piece: &Piece) -> String {
    let name = piece.name.as_str();
    let endings: &[&str] = match piece.media {
        MediaType::Pdf => &["pdf"],
        MediaType::Jpeg => &["jpg", "jpeg"],
        MediaType::Png => &["png"],
        MediaType::Webp => &["webp"],
        MediaType::Other(_) => &["bin"],
    };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let fits = endings.iter().any(|own| ending.eq_ignore_ascii_case(own));
    let own = endings.first().filter(|_| !fits);
    own.map_or_else(|| name.to_owned(), |own| format!("{name}.{own}"))
}

/// For programs that do not read RFC 8187: what is not plain is `_`, also the marks with which
/// some of them decode further (RFC 6266 §4.3 and appendix D).
fn plain(name: &str) -> String {
    let is_plain = |c: char| c == ' ' || (c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%'));
    name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect()
}

/// RFC 8187 §3.2.1: everything but `attr-char` as `%XX`.
fn encoded(name: &str) -> String {
    let is_kept = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(byte);
    let each = |byte: u8| {
        if is_kept(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    name.bytes().map(each).collect()
}

/// What lies on disk of the pieces that a page shows.
#[derive(Default)]
pub(super) struct OnDisk(BTreeMap<PieceHash, Standing>);

impl OnDisk {
    pub(super) async fn look<'a>(pieces: &Pieces, named: impl Iterator<Item = &'a Piece>) -> Self {
        let named = named.map(|piece| (piece.content, piece)).collect::<BTreeMap<_, _>>();
        let mut found = BTreeMap::new();
        for (content, piece) in named {
            found.insert(content, pieces.standing(piece).await);
        }
        Self(found)
    }

    /// How many pieces are looked for, and how many of them are not there as they were.
    pub(super) fn counts(&self) -> (usize, usize) {
        let gone = self.0.values().filter(|standing| **standing != Standing::Here);
        (self.0.len(), gone.count())
    }

    fn of(&self, piece: &Piece) -> Standing {
        self.0.get(&piece.content).copied().unwrap_or(Standing::Missing)
    }
}

/// The pieces of one word, each leading to its content; those that are not there say so.
pub(super) fn list(pieces: &[Piece], on_disk: &OnDisk, lang: Lang) -> Markup {
    html! {
        @if !pieces.is_empty() {
            ul.pieces aria-label=(t::pieces(lang)) {
                @for piece in pieces { li data-piece=(piece.content) { (line(piece, on_disk, lang)) } }
            }
        }
    }
}

fn line(piece: &Piece, on_disk: &OnDisk, lang: Lang) -> Markup {
    let gone = match on_disk.of(piece) {
        Standing::Here => None,
        Standing::Missing => Some(t::is_missing(lang)),
        Standing::Damaged => Some(t::is_damaged(lang)),
    };
    html! {
        @match gone {
            None => a href={ "/office/pieces/" (piece.content) } { (piece.name) },
            Some(_) => span { (piece.name) },
        }
        span.quiet { (kind(&piece.media)) " · " (format::size(lang, piece.size_bytes)) }
        @if let Some(words) = gone { (mark(Tone::Bad, words)) }
    }
}

fn kind(media: &MediaType) -> &str {
    match media {
        MediaType::Pdf => "PDF",
        MediaType::Jpeg => "JPEG",
        MediaType::Png => "PNG",
        MediaType::Webp => "WebP",
        MediaType::Other(name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::piece::PieceName;

    #[track_caller]
    fn check(name: &str, media: MediaType, expected: &str) {
        let name = PieceName::new(name).unwrap();
        let piece = Piece { content: PieceHash([0; 32]), size_bytes: 1, media, name };
        assert_eq!(disposition(&piece), expected);
    }

    #[test]
    fn a_name_is_written_for_old_programs_and_whole_and_cannot_end_the_header() {
        check("a.png", MediaType::Png, "inline; filename=\"a.png\"; filename*=UTF-8''a.png");
        check(
            "Biên lai (2).PDF",
            MediaType::Pdf,
            "attachment; filename=\"Bi_n lai (2).PDF\"; filename*=UTF-8''Bi%C3%AAn%20lai%20%282%29.PDF",
        );
        check(
            "a\"; filename=\"b%41.jpeg",
            MediaType::Jpeg,
            "inline; filename=\"a_; filename=_b_41.jpeg\"; filename*=UTF-8''a%22%3B%20filename%3D%22b%2541.jpeg",
        );
    }

    #[test]
    fn what_is_saved_ends_as_its_kind_does() {
        check(
            "a.html",
            MediaType::Pdf,
            "attachment; filename=\"a.html.pdf\"; filename*=UTF-8''a.html.pdf",
        );
        check(
            "ảnh",
            MediaType::Webp,
            "inline; filename=\"_nh.webp\"; filename*=UTF-8''%E1%BA%A3nh.webp",
        );
        let later = MediaType::Other("text/html".to_owned());
        assert_eq!(media_type(&later), "application/octet-stream");
        check("a.html", later, "attachment; filename=\"a.html.bin\"; filename*=UTF-8''a.html.bin");
    }
}
