//! What kind of content it is, by its first bytes. What a file is called, and what a browser says
//! that it is, are not asked.

use domain::piece::MediaType;

/// How many bytes tell.
pub(super) const TELLING_BYTES: usize = 12;

/// The kind, when it is one that is taken in. The signatures are those of ISO 32000-1 §7.5.2,
/// ISO/IEC 10918-1 annex B, RFC 2083 §3.1 and RFC 9649 §2.4.
pub(super) fn of(first: &[u8]) -> Option<MediaType> {
    match first {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(MediaType::Pdf),
        [0xff, 0xd8, 0xff, ..] => Some(MediaType::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(MediaType::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(MediaType::Webp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_and_anything_else_is_refused() {
        let cases: [(&[u8], Option<MediaType>); 10] = [
            (b"%PDF-1.7\n", Some(MediaType::Pdf)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(MediaType::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\r", Some(MediaType::Png)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(MediaType::Webp)),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b"<!doctype html>", None),
            (b"<svg xmlns=", None),
            (b"PK\x03\x04", None),
            (b"\0\0\0\x18ftypheic", None),
            (b" %PDF-1.7", None),
        ];
        for (first, expected) in cases {
            assert_eq!(of(first), expected, "{first:02x?}");
        }
        assert_eq!(of(b""), None);
    }
}
