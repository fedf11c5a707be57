//! The ways in which browsers make bytes smaller.
//!
//! Each takes what it can and gives nothing for what is not of its kind. What is cut off or
//! followed by something else is unpacked as far as it goes.

use std::io::Read;

use super::bytes::Reader;

/// The most that one piece may unpack to, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Snappy makes at best 64 bytes of three.
const SNAPPY_AT_BEST: usize = 22;

/// Before the size and the block in files of Firefox, among them those of its sessions.
const MOZILLA_LZ4: &[u8] = b"mozLz40\0";

/// Before the snappy block in a value that Chromium stores for a page: version, compressed, how.
const SNAPPY_OF_VALUES: &[u8] = &[0xff, 0x11, 0x02];

/// The first bytes of snappy in frames.
const SNAPPY_FRAMES: &[u8] = b"\xff\x06\x00\x00sNaPpY";

/// A file of Firefox.
pub fn mozilla_lz4(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Some(block) = bytes.strip_prefix(MOZILLA_LZ4) else { return Vec::new() };
    lz4_flex::block::decompress_size_prepended(block).into_iter().collect()
}

/// One whole snappy block.
pub fn snappy(bytes: &[u8]) -> Vec<Vec<u8>> {
    match snap::raw::decompress_len(bytes) {
        Ok(length) if length > 0 && length <= bytes.len().saturating_mul(SNAPPY_AT_BEST) => {
            snap::raw::Decoder::new().decompress_vec(bytes).into_iter().collect()
        }
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// The values that a page of Chromium stored, wherever they begin.
pub fn snappy_of_values(bytes: &[u8]) -> Vec<Vec<u8>> {
    after_each(bytes, SNAPPY_OF_VALUES).flat_map(snappy).collect()
}

/// Snappy in frames, wherever it begins. Firefox writes other sums than the form asks for.
pub fn snappy_frames(bytes: &[u8]) -> Vec<Vec<u8>> {
    let unpacked = at_each(bytes, SNAPPY_FRAMES).map(|frames| {
        let mut reader = Reader(frames);
        let mut unpacked = Vec::new();
        while let Some(part) = snappy_frame(&mut reader) {
            unpacked.extend(part);
        }
        unpacked
    });
    unpacked.filter(|unpacked| !unpacked.is_empty()).collect()
}

/// A kind, a length of three bytes, and, before what is packed (0) or not (1), a sum.
fn snappy_frame(reader: &mut Reader<'_>) -> Option<Vec<u8>> {
    let [kind, small, middle, large] = *reader.take(4)?.first_chunk()?;
    let length = u32::from_le_bytes([small, middle, large, 0]);
    let content = reader.take(usize::try_from(length).ok()?)?;
    let behind_sum = content.get(4..).unwrap_or_default();
    match kind {
        0 => Some(snappy(behind_sum).concat()),
        1 => Some(behind_sum.to_vec()),
        _ => Some(Vec::new()),
    }
}

/// Gzip, wherever it begins.
pub fn gzip(bytes: &[u8]) -> Vec<Vec<u8>> {
    at_each(bytes, &[0x1f, 0x8b, 0x08])
        .filter_map(|packed| as_far_as_it_goes(flate2::read::GzDecoder::new(packed)))
        .collect()
}

/// A piece that is zlib from its first byte on.
pub fn zlib(bytes: &[u8]) -> Vec<Vec<u8>> {
    let is_zlib = matches!(bytes, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]);
    let unpacked = is_zlib.then(|| as_far_as_it_goes(flate2::read::ZlibDecoder::new(bytes)));
    unpacked.flatten().into_iter().collect()
}

/// A piece that is Brotli from its first byte on; nothing says so but that it can be unpacked.
pub fn brotli(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut unpacked = Vec::new();
    let read = brotli::Decompressor::new(bytes, 4096).take(LARGEST).read_to_end(&mut unpacked);
    // Chance makes short runs of anything.
    let is_likely = read.is_ok() || unpacked.len() > bytes.len();
    if is_likely && !unpacked.is_empty() { vec![unpacked] } else { Vec::new() }
}

fn as_far_as_it_goes(packed: impl Read) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    // What came before a fault is in there.
    let _ = packed.take(LARGEST).read_to_end(&mut unpacked);
    (!unpacked.is_empty()).then_some(unpacked)
}

fn after_each<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    at_each(bytes, mark).filter_map(move |from_there| from_there.strip_prefix(mark))
}

fn at_each<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let is_there = move |(at, window): (usize, &[u8])| (window == mark).then_some(at);
    bytes.windows(mark.len()).enumerate().filter_map(is_there).map(|at| &bytes[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const WORDS: &[u8] = b"Thieu so theo doi. Thieu so theo doi. Thieu so theo doi. ";

    fn with(before: &[u8], packed: &[u8], after: &[u8]) -> Vec<u8> {
        [before, packed, after].concat()
    }

    #[test]
    fn each_way_takes_what_it_can() {
        let block = snap::raw::Encoder::new().compress_vec(WORDS).expect("it packs");
        assert_eq!(snappy(&block), [WORDS]);
        assert_eq!(snappy_of_values(&with(b"\x03\xff\x11\x02", &block, b"")), [WORDS]);
        let mut frames = snap::write::FrameEncoder::new(Vec::new());
        frames.write_all(WORDS).expect("it packs");
        let mut frames = frames.into_inner().expect("it ends");
        frames[SNAPPY_FRAMES.len() + 4] ^= 1;
        assert_eq!(snappy_frames(&with(b"ab", &frames, b"cd")), [WORDS]);
        let level = flate2::Compression::default();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), level);
        gz.write_all(WORDS).expect("it packs");
        assert_eq!(gzip(&with(b"ab", &gz.finish().expect("it ends"), b"cd")), [WORDS]);
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), level);
        packed.write_all(WORDS).expect("it packs");
        assert_eq!(zlib(&packed.finish().expect("it ends")), [WORDS]);
        let mut small = Vec::new();
        brotli::CompressorWriter::new(&mut small, 4096, 5, 20).write_all(WORDS).expect("it packs");
        assert_eq!(brotli(&small), [WORDS]);
        let lz4 = lz4_flex::block::compress_prepend_size(WORDS);
        assert_eq!(mozilla_lz4(&with(MOZILLA_LZ4, &lz4, b"")), [WORDS]);
    }

    #[test]
    fn what_is_of_no_kind_gives_nothing() {
        for (name, unpack) in [
            ("lz4", mozilla_lz4 as fn(&[u8]) -> Vec<Vec<u8>>),
            ("snappy", snappy),
            ("values", snappy_of_values),
            ("frames", snappy_frames),
            ("gzip", gzip),
            ("zlib", zlib),
            ("brotli", brotli),
        ] {
            assert_eq!(unpack(WORDS), Vec::<Vec<u8>>::new(), "{name}");
            assert_eq!(unpack(b""), Vec::<Vec<u8>>::new(), "{name}");
        }
    }
}
