//! A piece of evidence as the record names it: by the hash of its content, with what a person
//! wants to know before opening it.
//!
//! The content itself is kept elsewhere, and what kind of content it is was decided by whoever
//! took it in: here nothing looks into it.

use core::fmt;

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use thiserror::Error;

use crate::ids::PieceHash;

/// The longest name, in characters.
pub const MAX_NAME_CHARS: usize = 200;

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Piece {
    /// The SHA-256 of the content, by which it is kept and asked for.
    #[n(0)]
    pub content: PieceHash,
    /// The length of the content.
    #[n(1)]
    pub size_bytes: u64,
    /// What kind of content it is.
    #[n(2)]
    pub media: MediaType,
    /// What it was called where it came from.
    #[n(3)]
    pub name: PieceName,
}

/// What kind of content a piece has. On the wire it is the media type of RFC 6838, so that a kind
/// of a later version is kept and passed on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaType {
    /// A document.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture without loss.
    Png,
    /// A photograph or picture.
    Webp,
    /// A kind that this build does not know.
    Other(String),
}

impl MediaType {
    /// The kinds that this build takes in.
    pub const ALLOWED: &'static [Self] = &[Self::Pdf, Self::Jpeg, Self::Png, Self::Webp];

    /// The media type on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for MediaType {
    fn from(name: &str) -> Self {
        let known = Self::ALLOWED.iter().find(|known| known.as_str() == name);
        known.cloned().unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl<C> Encode<C> for MediaType {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for MediaType {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        d.str().map(Self::from)
    }
}

/// The name of a piece, which says nothing about where it is kept.
///
/// It is one line that can be shown as it is: no control character, nothing that turns the
/// direction of what follows, and no path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PieceName(String);

/// Why a text is not the name of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameFault {
    /// There is nothing, or nothing but dots.
    #[error("the name of a piece is empty; give it one")]
    Empty,
    /// It is longer than [`MAX_NAME_CHARS`].
    #[error("the name of a piece is longer than {MAX_NAME_CHARS} characters; shorten it")]
    TooLong,
    /// It has a character that a name does not have.
    #[error("the name of a piece has the character {0:?} in it; take it out")]
    NotAllowed(char),
}

impl PieceName {
    /// Takes a text for a name.
    ///
    /// # Errors
    /// See [`NameFault`]; spaces at either end are not allowed either.
    pub fn new(name: &str) -> Result<Self, NameFault> {
        if name.chars().all(|c| c == '.') {
            return Err(NameFault::Empty);
        }
        if name.chars().count() > MAX_NAME_CHARS {
            return Err(NameFault::TooLong);
        }
        let ends = name.chars().next().into_iter().chain(name.chars().next_back());
        let space = ends.into_iter().find(|c| c.is_whitespace());
        match space.or_else(|| name.chars().find(|c| is_refused(*c))) {
            Some(refused) => Err(NameFault::NotAllowed(refused)),
            None => Ok(Self(name.to_owned())),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_refused(c: char) -> bool {
    is_hidden(c) || matches!(c, '/' | '\\')
}

/// Whether a character shows as nothing, or changes what stands around it: control characters,
/// line separators, and what turns the direction of writing (UAX #9).
pub fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

impl fmt::Display for PieceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<C> Encode<C> for PieceName {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for PieceName {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        Self::new(d.str()?).map_err(decode::Error::message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;
    use crate::event::to_vec;
    use proptest::prelude::*;

    fn piece(name: PieceName, media: MediaType) -> Piece {
        Piece { content: PieceHash([7; 32]), size_bytes: 1_234_567, media, name }
    }

    fn there_and_back(piece: &Piece) -> Result<Piece, decode::Error> {
        let bytes = to_vec(piece);
        assert_eq!(cbor::check(&bytes), Ok(()));
        minicbor::decode(&bytes)
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_or_refused_and_a_name_goes_there_and_back(text in any::<String>()) {
            if let Ok(name) = PieceName::new(&text) {
                prop_assert_eq!(name.as_str(), &text);
                prop_assert!(!text.contains(['/', '\\', '\n', '\0']));
                let piece = piece(name, MediaType::Pdf);
                prop_assert_eq!(there_and_back(&piece).ok(), Some(piece));
            }
        }

        #[test]
        fn a_kind_of_a_later_version_is_kept(kind in "[a-z]{1,10}/[a-z0-9.+-]{1,20}") {
            let name = PieceName::new("a").expect("it is short");
            let piece = piece(name, MediaType::from(kind.as_str()));
            prop_assert_eq!(piece.media.as_str(), kind);
            prop_assert_eq!(there_and_back(&piece).ok(), Some(piece));
        }
    }

    #[test]
    fn a_kind_that_is_known_is_never_another() {
        for known in MediaType::ALLOWED {
            assert_eq!(&MediaType::from(known.as_str()), known);
        }
        assert_eq!(MediaType::from("text/html"), MediaType::Other("text/html".to_owned()));
    }

    #[track_caller]
    fn check(name: &str, expected: Result<(), NameFault>) {
        assert_eq!(PieceName::new(name).map(drop), expected, "{name:?}");
    }

    #[test]
    fn a_name_is_one_line_without_a_path() {
        check("Biên lai nộp phạt (bản 2).pdf", Ok(()));
        check("照片.jpg", Ok(()));
        check(&"a".repeat(MAX_NAME_CHARS), Ok(()));
        check(&"ế".repeat(MAX_NAME_CHARS + 1), Err(NameFault::TooLong));
        check("", Err(NameFault::Empty));
        check("..", Err(NameFault::Empty));
        check(" a", Err(NameFault::NotAllowed(' ')));
        check("\u{a0}", Err(NameFault::NotAllowed('\u{a0}')));
        check("../a", Err(NameFault::NotAllowed('/')));
        check("C:\\a", Err(NameFault::NotAllowed('\\')));
        check("a\r\nb", Err(NameFault::NotAllowed('\r')));
        check("a\u{202e}fdp.exe", Err(NameFault::NotAllowed('\u{202e}')));
    }
}
