//! A form that was sent with files: its fields as they came, and the contents of its files, on
//! disk and nobody's yet. Whatever is wrong with a file, the rest of the form is read to its end.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use domain::piece::{Piece, PieceName, is_hidden};
use http_body::Frame;
use texts::{Lang, format, pieces as t};

use super::filled::Filled;
use crate::pieces::{MAX_PIECE_BYTES, MAX_PIECES, Pieces, Refused, Whole};

/// The field of a form that holds its files.
pub(super) const FILES: &str = "evidence";

/// The longest form, in bytes: as many pieces as it may have and a few more, so that a file that
/// is too large can be named instead of cutting the line.
pub(crate) const MAX_FORM_BYTES: usize = 300_000_000;

/// The longest other field, in bytes: an event takes no more.
const MAX_FIELD_BYTES: usize = 64 * 1024;

/// How much of a name that cannot be used is shown, in characters.
const SHOWN_CHARS: usize = 80;

/// What was sent.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) filled: Filled,
    pub(super) files: Vec<(PieceName, Whole)>,
    pub(super) refused: Vec<FileFault>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FileFault {
    TooLarge(String),
    Empty(String),
    OtherKind(String),
    Name(String),
    Disk(String),
    TooMany,
    TooMuch,
}

/// The form cannot be read at all.
#[derive(Debug)]
pub(super) struct Unreadable;

impl FileFault {
    fn of(refused: &Refused, name: &str) -> Self {
        let name = shown(name);
        match refused {
            Refused::TooLarge => Self::TooLarge(name),
            Refused::Empty => Self::Empty(name),
            Refused::OtherKind => Self::OtherKind(name),
            Refused::Disk(cause) => {
                tracing::error!(%cause, "a piece of evidence was not written");
                Self::Disk(name)
            }
        }
    }

    pub(super) fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge(name) => t::too_large(lang, name, &format::size(lang, MAX_PIECE_BYTES)),
            Self::Empty(name) => t::empty(lang, name),
            Self::OtherKind(name) => t::other_kind(lang, name),
            Self::Name(name) => t::unusable_name(lang, name),
            Self::Disk(name) => t::not_on_disk(lang, name),
            Self::TooMany => t::too_many(lang, MAX_PIECES),
            Self::TooMuch => t::too_much(lang).to_owned(),
        }
    }
}

/// Reads a form to its end.
pub(super) async fn read(request: Request, pieces: &Pieces) -> Result<Sent, Unreadable> {
    let request = request.map(|body| Body::new(Paced { body, rests: false }));
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| Unreadable)?;
    let mut sent = Sent::default();
    match take_all(&mut form, pieces, &mut sent).await {
        Ok(()) => Ok(sent),
        // The fields stand before the files, so they are read already.
        Err(Stop::TooMuch) => {
            sent.refused.push(FileFault::TooMuch);
            Ok(sent)
        }
        Err(Stop::Unreadable) => Err(Unreadable),
    }
}

/// Keeps the contents of files: from then on they are pieces that an event may name.
pub(super) async fn keep(files: Vec<(PieceName, Whole)>) -> Result<Vec<Piece>, FileFault> {
    let mut kept = Vec::new();
    for (name, whole) in files {
        let shown = name.to_string();
        let piece = whole.keep(name).await;
        kept.push(piece.map_err(|cause| FileFault::of(&cause.into(), &shown))?);
    }
    Ok(kept)
}

/// Why reading stopped before the end.
enum Stop {
    TooMuch,
    Unreadable,
}

impl From<MultipartError> for Stop {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::TooMuch;
        }
        tracing::info!(%error, "a form was not read");
        Self::Unreadable
    }
}

async fn take_all(form: &mut Multipart, pieces: &Pieces, sent: &mut Sent) -> Result<(), Stop> {
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == FILES {
            take_file(field, pieces, sent).await?;
        } else {
            let words = words(field).await?;
            sent.filled.put(name, &words);
        }
    }
    Ok(())
}

async fn words(mut field: Field<'_>) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_FIELD_BYTES {
            return Err(Stop::Unreadable);
        }
    }
    String::from_utf8(bytes).map_err(|_| Stop::Unreadable)
}

async fn take_file(mut field: Field<'_>, pieces: &Pieces, sent: &mut Sent) -> Result<(), Stop> {
    let name = field.file_name().unwrap_or_default().trim().to_owned();
    let taken = content(&mut field, pieces).await?;
    // What is refused is read all the same: a browser shows no answer that comes before its end.
    while field.chunk().await?.is_some() {}
    sent.note(&name, taken);
    Ok(())
}

/// The content of a file, as far as it is taken.
async fn content(field: &mut Field<'_>, pieces: &Pieces) -> Result<Result<Whole, Refused>, Stop> {
    let mut arriving = match pieces.begin().await {
        Ok(arriving) => arriving,
        Err(cause) => return Ok(Err(cause.into())),
    };
    while let Some(chunk) = field.chunk().await? {
        if let Err(refused) = arriving.take(&chunk).await {
            return Ok(Err(refused));
        }
    }
    Ok(arriving.end().await)
}

impl Sent {
    fn note(&mut self, name: &str, taken: Result<Whole, Refused>) {
        let fault = match (taken, PieceName::new(name)) {
            // A form on which no file was chosen has one without name and content.
            (Err(Refused::Empty), _) if name.is_empty() => return,
            (Err(refused), _) => FileFault::of(&refused, name),
            (Ok(_), Err(_)) => FileFault::Name(shown(name)),
            (Ok(_), Ok(_)) if self.files.len() == MAX_PIECES => FileFault::TooMany,
            (Ok(whole), Ok(name)) => return self.files.push((name, whole)),
        };
        if !self.refused.contains(&fault) {
            self.refused.push(fault);
        }
    }
}

/// A body that rests after each frame. The reader of forms takes into memory whatever is ready
/// before it hands anything on, which would be all of it when the line is faster than the disk.
struct Paced {
    body: Body,
    rests: bool,
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.rests = frame.is_ready();
        frame
    }
}

/// A name as it can be shown, whatever is in it.
fn shown(name: &str) -> String {
    let shown = name.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c });
    shown.take(SHOWN_CHARS).collect()
}
