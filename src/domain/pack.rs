//! Packs as bytes: the envelope around a checklist, the law or a register.
//!
//! A pack is deterministic CBOR and is named by the SHA-256 of these bytes; hashing happens
//! elsewhere, and so does making packs from what lawyers edit. The envelope is
//! `{0: format, 1: kind, 2: id, 3: version, 4: body}`; the body is a byte string, so a pack can
//! be listed without reading it.

use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Decoder, Encode};
use thiserror::Error;

use crate::cbor::{self, CborFault};
use crate::checklist::Checklist;
use crate::law::Law;

/// The form of envelope and bodies that this room writes and reads.
pub const FORMAT: u64 = 1;

/// What a pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum PackKind {
    /// A checklist.
    #[n(0)]
    Checklist,
    /// The instruments and the words that checklists use.
    #[n(1)]
    Law,
    /// A register, such as licence holders or ISBN ranges.
    #[n(2)]
    Register,
}

impl PackKind {
    /// Its name in lists of packs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Checklist => "checklist",
            Self::Law => "law",
            Self::Register => "register",
        }
    }

    fn of_index(index: u64) -> Option<Self> {
        [Self::Checklist, Self::Law, Self::Register]
            .into_iter()
            .find(|kind| u64::from(*kind as u8) == index)
    }
}

impl core::fmt::Display for PackKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.word())
    }
}

/// A pack that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pack {
    /// A checklist.
    Checklist(Checklist),
    /// The law.
    Law(Law),
    /// A register, whose bytes are for the part that looks things up in it.
    Register(Register),
}

/// A register as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The pack's id.
    pub id: String,
    /// The pack's version.
    pub version: u32,
    /// What is looked up in.
    pub bytes: Vec<u8>,
}

/// The envelope of a pack, its body unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Envelope<'a> {
    #[n(0)]
    format: u64,
    /// What the body is.
    #[n(1)]
    pub kind: PackKind,
    /// The pack's stable id.
    #[b(2)]
    pub id: &'a str,
    /// The pack's version; counts up.
    #[n(3)]
    pub version: u32,
    #[b(4)]
    body: &'a ByteSlice,
}

/// Why bytes are not a pack that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PackError {
    /// The bytes are cut, have something left over, or are not deterministic CBOR.
    #[error("the pack is damaged: {0}; fetch it again")]
    Damaged(#[from] CborFault),
    /// The pack is of a form that this program does not know.
    #[error("the pack has format `{0}`, this program reads `{FORMAT}`; update the program")]
    UnknownFormat(u64),
    /// The pack holds something that this program does not know.
    #[error("the pack is of unknown kind `{0}`; update the program")]
    UnknownKind(u64),
    /// A field is missing or holds something else than it should.
    #[error("the pack's {part} cannot be read: {reason}")]
    Unreadable {
        /// `envelope`, or what the body is.
        part: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// An item names a source that the checklist does not list.
    #[error("item `{item}` names source {source_index}, which the pack does not hold")]
    DanglingSource {
        /// The item's id.
        item: String,
        /// The place that it names.
        source_index: u16,
    },
}

impl Pack {
    /// What it holds.
    pub fn kind(&self) -> PackKind {
        match self {
            Self::Checklist(_) => PackKind::Checklist,
            Self::Law(_) => PackKind::Law,
            Self::Register(_) => PackKind::Register,
        }
    }

    /// Its stable id.
    pub fn id(&self) -> &str {
        match self {
            Self::Checklist(list) => &list.id,
            Self::Law(law) => &law.id,
            Self::Register(register) => &register.id,
        }
    }

    /// Its version.
    pub fn version(&self) -> u32 {
        match self {
            Self::Checklist(list) => list.version,
            Self::Law(law) => law.version,
            Self::Register(register) => register.version,
        }
    }
}

/// Writes a pack; the same pack gives the same bytes on every machine.
pub fn encode(pack: &Pack) -> Vec<u8> {
    let body = match pack {
        Pack::Checklist(list) => written(list),
        Pack::Law(law) => written(law),
        Pack::Register(register) => register.bytes.clone(),
    };
    written(&Envelope {
        format: FORMAT,
        kind: pack.kind(),
        id: pack.id(),
        version: pack.version(),
        body: body.as_slice().into(),
    })
}

/// Reads a pack's envelope and leaves its body unread.
///
/// # Errors
/// Whatever [`PackError`] says of the envelope.
pub fn decode_envelope(bytes: &[u8]) -> Result<Envelope<'_>, PackError> {
    cbor::check(bytes)?;
    let unreadable = |error: minicbor::decode::Error| unreadable("envelope", &error);
    let (format, kind) = leading_fields(bytes).map_err(unreadable)?;
    if format != FORMAT {
        return Err(PackError::UnknownFormat(format));
    }
    match kind.and_then(PackKind::of_index) {
        Some(_) => minicbor::decode(bytes).map_err(unreadable),
        None => Err(PackError::UnknownKind(kind.unwrap_or(u64::MAX))),
    }
}

/// Reads a pack.
///
/// # Errors
/// [`PackError`] for bytes that are cut, too long, of another form, or contradict themselves.
pub fn decode(bytes: &[u8]) -> Result<Pack, PackError> {
    let envelope = decode_envelope(bytes)?;
    let (id, version) = (envelope.id.to_owned(), envelope.version);
    match envelope.kind {
        PackKind::Checklist => {
            let list: Checklist = body("checklist", envelope.body)?;
            refuse_dangling_sources(&list)?;
            Ok(Pack::Checklist(Checklist { id, version, ..list }))
        }
        PackKind::Law => {
            let law: Law = body("law", envelope.body)?;
            Ok(Pack::Law(Law { id, version, ..law }))
        }
        PackKind::Register => {
            Ok(Pack::Register(Register { id, version, bytes: envelope.body.to_vec() }))
        }
    }
}

/// The format and, when it is of this format, the index of the kind: read first, because the
/// rest of another format may be anything.
fn leading_fields(bytes: &[u8]) -> Result<(u64, Option<u64>), minicbor::decode::Error> {
    let mut d = Decoder::new(bytes);
    d.map()?;
    if d.u64()? != 0 {
        return Err(minicbor::decode::Error::message("the format is missing"));
    }
    let format = d.u64()?;
    if format != FORMAT {
        return Ok((format, None));
    }
    if d.u64()? != 1 {
        return Err(minicbor::decode::Error::message("the kind is missing"));
    }
    Ok((format, Some(d.u64()?)))
}

fn body<'b, T: Decode<'b, ()>>(part: &'static str, bytes: &'b [u8]) -> Result<T, PackError> {
    cbor::check(bytes)?;
    minicbor::decode(bytes).map_err(|error| unreadable(part, &error))
}

fn unreadable(part: &'static str, error: &minicbor::decode::Error) -> PackError {
    PackError::Unreadable { part, reason: error.to_string() }
}

fn refuse_dangling_sources(list: &Checklist) -> Result<(), PackError> {
    for item in list.items() {
        let held = |place: u16| usize::from(place) < list.sources.len();
        if let Some(&source_index) = item.sources.iter().find(|&&place| !held(place)) {
            return Err(PackError::DanglingSource { item: item.id.clone(), source_index });
        }
    }
    Ok(())
}

#[expect(clippy::expect_used, reason = "writing to a vector cannot fail, and no encoder here does")]
fn written<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("a vector takes every byte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Item, Section};
    use crate::law::Bilingual;
    use proptest::prelude::*;

    #[test]
    fn a_pack_is_read_as_it_was_written() {
        for pack in [checklist(), law(), register()] {
            let bytes = encode(&pack);
            assert_eq!(cbor::check(&bytes), Ok(()));
            assert_eq!(decode(&bytes).unwrap(), pack);
            assert_eq!(encode(&decode(&bytes).unwrap()), bytes);
            let envelope = decode_envelope(&bytes).unwrap();
            assert_eq!((envelope.kind, envelope.id), (pack.kind(), pack.id()));
        }
    }

    #[test]
    fn the_envelope_is_written_as_documented() {
        let bytes = encode(&register());
        assert_eq!(
            bytes,
            [
                0xa5, 0x00, 0x01, 0x01, 0x02, 0x02, 0x64, b'i', b's', b'b', b'n', 0x03, 0x07, 0x04,
                0x42, 0xff, 0x00
            ]
        );
    }

    #[test]
    fn a_pack_cut_anywhere_or_with_bytes_left_over_is_refused() {
        let mut bytes = encode(&checklist());
        for end in 0..bytes.len() {
            assert!(decode(&bytes[..end]).is_err(), "cut at {end}");
        }
        bytes.push(0);
        assert!(matches!(decode(&bytes), Err(PackError::Damaged(CborFault::Trailing { .. }))));
    }

    #[test]
    fn another_format_and_an_unknown_kind_are_told_apart() {
        assert_eq!(decode(&[0xa1, 0x00, 0x02]), Err(PackError::UnknownFormat(2)));
        let mut bytes = encode(&register());
        bytes[4] = 9;
        assert_eq!(decode(&bytes), Err(PackError::UnknownKind(9)));
        assert!(matches!(decode(&[0xa1, 0x01, 0x02]), Err(PackError::Unreadable { .. })));
    }

    #[test]
    fn an_item_with_a_source_that_is_not_there_is_refused() {
        let Pack::Checklist(list) = checklist() else { unreachable!("made above") };
        let bytes = encode(&Pack::Checklist(Checklist { sources: Vec::new(), ..list }));
        let fault = PackError::DanglingSource { item: "a.1".to_owned(), source_index: 0 };
        assert_eq!(decode(&bytes), Err(fault));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn one_wrong_byte_is_refused_or_read_as_another_pack(at in 0_usize..400, byte: u8) {
            let mut bytes = encode(&checklist());
            let at = at % bytes.len();
            prop_assume!(bytes[at] != byte);
            bytes[at] = byte;
            if let Ok(pack) = decode(&bytes) {
                prop_assert_ne!(pack, checklist());
            }
        }
    }

    fn checklist() -> Pack {
        let section = Section {
            id: "a".to_owned(),
            title: Bilingual { vi: "Giấy phép".to_owned(), en: "Licence".to_owned() },
            items: vec![Item::sample("a.1", "printer")],
        };
        Pack::Checklist(Checklist {
            id: "printing".to_owned(),
            version: 3,
            sections: vec![section],
            sources: vec!["Công báo".to_owned()],
            ..Checklist::default()
        })
    }

    fn law() -> Pack {
        let instruments = vec![crate::law::Instrument::named("nd-1-1900")];
        Pack::Law(Law { id: "vn".to_owned(), version: 1, instruments, ..Law::default() })
    }

    fn register() -> Pack {
        Pack::Register(Register { id: "isbn".to_owned(), version: 7, bytes: vec![0xff, 0x00] })
    }
}
