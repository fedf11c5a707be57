//! What is searched for, in every form in which a browser or a careless program may write it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The shortest needle: anything shorter turns up by chance.
pub const SHORTEST: usize = 6;

/// One thing that must not lie on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// What it is, for people.
    pub name: String,
    /// The thing itself.
    pub what: What,
}

/// Words or bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Something that can be read.
    Words(String),
    /// A key, or a record as it was made.
    Bytes(Vec<u8>),
}

impl Needle {
    /// Words that somebody typed or read.
    pub fn words(name: &str, words: &str) -> Self {
        Self { name: name.to_owned(), what: What::Words(words.to_owned()) }
    }

    /// Bytes that nobody reads.
    pub fn bytes(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), what: What::Bytes(bytes.to_owned()) }
    }

    /// Every form with its name; two forms may be the same bytes.
    fn forms(&self) -> Vec<(&'static str, Vec<u8>)> {
        match &self.what {
            What::Words(words) => forms_of_words(words),
            What::Bytes(bytes) => forms_of_bytes(bytes),
        }
    }
}

fn forms_of_words(words: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = forms_of_bytes(words.as_bytes());
    forms.push(("UTF-16", words.encode_utf16().flat_map(u16::to_le_bytes).collect()));
    forms
        .push(("UTF-16, big end first", words.encode_utf16().flat_map(u16::to_be_bytes).collect()));
    forms.push(("escaped for JSON", escaped(words).into_bytes()));
    forms.push(("escaped for an address", in_address(words).into_bytes()));
    let latin: Option<Vec<u8>> = words.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    forms.extend(latin.map(|latin| ("Latin-1", latin)));
    forms
}

fn forms_of_bytes(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![("as it is", bytes.to_vec()), ("hex", hex(bytes).into_bytes())];
    for shift in 0..3 {
        forms.push(("base64", inner_base64(&STANDARD_NO_PAD, bytes, shift)));
        forms.push(("base64", inner_base64(&URL_SAFE_NO_PAD, bytes, shift)));
    }
    // A list of numbers, as JSON has bytes.
    let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
    forms.push(("numbers", numbers.join(",").into_bytes()));
    forms
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The letters that base64 has for these bytes wherever they stand: those at the ends, which
/// depend on their neighbours too, are left out.
fn inner_base64(alphabet: &base64::engine::GeneralPurpose, bytes: &[u8], shift: usize) -> Vec<u8> {
    let mut shifted = vec![0; shift];
    shifted.extend(bytes);
    let letters = alphabet.encode(&shifted).into_bytes();
    let first = (shift * 8).div_ceil(6);
    let last = shifted.len() * 8 / 6;
    letters.get(first..last).unwrap_or_default().to_vec()
}

fn escaped(words: &str) -> String {
    words.encode_utf16().fold(String::new(), |mut text, unit| {
        let _ = match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => write!(text, "{}", char::from(byte)),
            Ok(_) | Err(_) => write!(text, "\\u{unit:04x}"),
        };
        text
    })
}

fn in_address(words: &str) -> String {
    words.bytes().fold(String::new(), |mut text, byte| {
        let _ = match byte {
            byte if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) => {
                write!(text, "{}", char::from(byte))
            }
            byte => write!(text, "%{byte:02X}"),
        };
        text
    })
}

/// Where one needle was seen in some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The needle.
    pub needle: &'a str,
    /// In which form.
    pub form: &'static str,
    /// From where in the bytes.
    pub start: usize,
    /// To where.
    pub end: usize,
}

/// Needles ready to be searched for, all at once.
#[derive(Debug)]
pub struct Needles {
    /// The needle and its form, by the number of the pattern.
    known: Vec<(String, &'static str)>,
    patterns: AhoCorasick,
}

impl Needles {
    /// Gets needles ready. Letters are searched in both cases.
    ///
    /// # Errors
    /// When one is so short that it would be found by chance.
    pub fn new(needles: &[Needle]) -> anyhow::Result<Self> {
        let mut known = BTreeMap::new();
        for needle in needles {
            for (form, bytes) in needle.forms() {
                ensure!(bytes.len() >= SHORTEST, "`{}` is too short to search", needle.name);
                known.entry(bytes).or_insert((needle.name.clone(), form));
            }
        }
        let patterns = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(known.keys())
            .context("make one pattern of all needles")?;
        Ok(Self { known: known.into_values().collect(), patterns })
    }

    /// Where they are in some bytes; of needles that overlap, all.
    pub fn in_bytes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Hit<'a>> {
        self.patterns.find_overlapping_iter(bytes).filter_map(|found| {
            let (needle, form) = self.known.get(found.pattern().as_usize())?;
            Some(Hit { needle, form, start: found.start(), end: found.end() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Thiếu sổ theo dõi";

    fn forms_in(bytes: &[u8]) -> Vec<&'static str> {
        let needles = Needles::new(&[Needle::words("facts", WORDS)]).expect("it is long enough");
        let mut forms: Vec<_> = needles.in_bytes(bytes).map(|hit| hit.form).collect();
        forms.dedup();
        forms
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let between = |bytes: Vec<u8>| [b"(((".to_vec(), bytes, b")))".to_vec()].concat();
        for (form, bytes) in forms_of_words(WORDS) {
            assert_eq!(forms_in(&between(bytes)), [form]);
        }
        assert_eq!(forms_in("thiếu SỔ theo".as_bytes()), Vec::<&str>::new());
        assert_eq!(forms_in(hex(WORDS.as_bytes()).to_uppercase().as_bytes()), ["hex"]);
    }

    #[test]
    fn base64_is_found_at_every_place_of_a_longer_text() {
        for before in 0..7 {
            let mut long = vec![b'a'; before];
            long.extend(WORDS.as_bytes());
            long.extend(b"and more");
            assert_eq!(forms_in(STANDARD_NO_PAD.encode(&long).as_bytes()), ["base64"], "{before}");
        }
    }

    #[test]
    fn other_words_are_not_found() {
        assert_eq!(forms_in("Thiếu sổ theo lối khác".as_bytes()), Vec::<&str>::new());
    }

    #[test]
    fn a_needle_that_chance_would_find_is_refused() {
        assert!(Needles::new(&[Needle::words("quantity", "12 c")]).is_err());
    }
}
