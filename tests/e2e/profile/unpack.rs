//! Every layer of a file: as it is, the pieces it consists of, and what is packed in those.
//!
//! What a file is, is told by its bytes. Every way of unpacking is tried on everything: a wrong
//! one yields nothing, or something in which nothing is found.

use std::path::Path;

use super::{leveldb, packed, simple_cache, sqlite};

/// How deep things are packed in each other, at most.
const DEEPEST: usize = 5;

/// A way of unpacking bytes into pieces, with its name.
type Way = (&'static str, fn(&[u8]) -> Vec<Vec<u8>>);

const WAYS: [Way; 10] = [
    ("LevelDB table", leveldb::table),
    ("LevelDB log", leveldb::log),
    ("cache entry", simple_cache::bodies),
    ("LZ4 of Mozilla", packed::mozilla_lz4),
    ("snappy", packed::snappy),
    ("snappy of a page's value", packed::snappy_of_values),
    ("snappy in frames", packed::snappy_frames),
    ("gzip", packed::gzip),
    ("zlib", packed::zlib),
    ("Brotli", packed::brotli),
];

/// Shows every layer of a file with the way to it.
pub fn every_layer(path: &Path, bytes: Vec<u8>, see: &mut dyn FnMut(&[u8], &[&'static str])) {
    if sqlite::is_database(&bytes) {
        let log = sqlite::log_beside(path);
        for record in sqlite::records(&bytes, log.as_deref()) {
            record.iter().for_each(|value| layers(value, &mut vec!["SQLite"], see));
        }
    }
    layers(&bytes, &mut Vec::new(), see);
}

fn layers(bytes: &[u8], way: &mut Vec<&'static str>, see: &mut dyn FnMut(&[u8], &[&'static str])) {
    see(bytes, way);
    if way.len() == DEEPEST {
        return;
    }
    for (name, unpack) in WAYS {
        way.push(name);
        unpack(bytes).iter().for_each(|piece| layers(piece, way, see));
        way.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_twice_is_seen() {
        let words = "Thiếu sổ theo dõi. ".repeat(20);
        let inner = snap::raw::Encoder::new().compress_vec(words.as_bytes()).expect("it packs");
        let mut outer = b"mozLz40\0".to_vec();
        outer.extend(lz4_flex::block::compress_prepend_size(&inner));
        let mut seen = Vec::new();
        every_layer(Path::new("nowhere"), outer, &mut |layer, way| {
            if layer == words.as_bytes() {
                seen.push(way.to_vec());
            }
        });
        assert_eq!(seen, [["LZ4 of Mozilla", "snappy"]]);
    }
}
