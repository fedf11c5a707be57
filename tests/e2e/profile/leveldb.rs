//! LevelDB, in which Chromium keeps IndexedDB, local storage and session storage: its tables and
//! its logs.
//!
//! Each file is read by itself, without the list of those in use: what was deleted and still lies
//! there is seen too. The forms are those of LevelDB's `doc/table_format.md` and
//! `doc/log_format.md`. Sums are not checked: a damaged file is read as far as it goes.

use super::bytes::Reader;
use super::packed;

/// The last eight bytes of a table.
const TABLE_MAGIC: [u8; 8] = 0xdb47_7524_8b80_fb57_u64.to_le_bytes();

/// The places of two blocks, padding and the magic.
const FOOTER: usize = 48;

/// Behind each block: how it is packed, and a sum.
const NOT_PACKED: u8 = 0;

/// Packed by snappy.
const SNAPPY: u8 = 1;

/// A log is written in blocks of so many bytes.
const LOG_BLOCK: usize = 32 * 1024;

/// Sequence and count, before the entries of a batch.
const BATCH_HEAD: usize = 12;

/// The keys and values of a table.
pub fn table(bytes: &[u8]) -> Vec<Vec<u8>> {
    index_of(bytes)
        .unwrap_or_default()
        .iter()
        .skip(1)
        .step_by(2)
        .filter_map(|place| block_at(bytes, &mut Reader(place)))
        .flat_map(|block| entries(&block))
        .collect()
}

/// The keys of the index and, after each, where a block is.
fn index_of(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let footer = bytes.get(bytes.len().checked_sub(FOOTER)?..)?;
    let mut places = Reader(footer.strip_suffix(&TABLE_MAGIC)?);
    let (_meta_at, _meta_length) = (places.varint()?, places.varint()?);
    block_at(bytes, &mut places).map(|index| entries(&index))
}

fn block_at(bytes: &[u8], place: &mut Reader<'_>) -> Option<Vec<u8>> {
    let (at, length) = (place.size()?, place.size()?);
    let end = at.checked_add(length)?;
    let block = bytes.get(at..end)?;
    match *bytes.get(end)? {
        NOT_PACKED => Some(block.to_vec()),
        SNAPPY => packed::snappy(block).pop(),
        _ => None,
    }
}

/// Keys, each whole, and values by turns. At the end of a block are the places of whole keys and
/// their number, four bytes each.
fn entries(block: &[u8]) -> Vec<Vec<u8>> {
    let mut entries: Vec<Vec<u8>> = Vec::new();
    let Some(count) = block.last_chunk().map(|count| u32::from_le_bytes(*count) as usize) else {
        return entries;
    };
    let end = block.len().saturating_sub(count.saturating_add(1).saturating_mul(4));
    let mut reader = Reader(&block[..end]);
    let mut key = Vec::new();
    while let Some((next, value)) = entry(&mut reader, &key) {
        entries.extend([next.clone(), value.to_vec()]);
        key = next;
    }
    entries
}

fn entry<'a>(reader: &mut Reader<'a>, before: &[u8]) -> Option<(Vec<u8>, &'a [u8])> {
    let (shared, own, value) = (reader.size()?, reader.size()?, reader.size()?);
    let key = [before.get(..shared)?, reader.take(own)?].concat();
    Some((key, reader.take(value)?))
}

/// The batches of a log, and the keys and values in them.
pub fn log(bytes: &[u8]) -> Vec<Vec<u8>> {
    let batches = batches(bytes);
    let entries: Vec<_> = batches.iter().flat_map(|batch| entries_of_batch(batch)).collect();
    [batches, entries].concat()
}

/// What is longer than a block lies in it in fragments: 1 whole, 2 first, 3 middle, 4 last.
fn batches(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut batches, mut begun) = (Vec::new(), Vec::new());
    for block in bytes.chunks(LOG_BLOCK) {
        let mut reader = Reader(block);
        while let Some((kind, fragment)) = fragment(&mut reader) {
            if kind <= 2 {
                begun.clear();
            }
            begun.extend(fragment);
            if kind == 1 || kind == 4 {
                batches.push(std::mem::take(&mut begun));
            }
        }
    }
    batches
}

fn fragment<'a>(reader: &mut Reader<'a>) -> Option<(u8, &'a [u8])> {
    let _sum = reader.take(4)?;
    let length = u16::from_le_bytes(*reader.take(2)?.first_chunk()?);
    let kind = *reader.take(1)?.first()?;
    let fragment = reader.take(usize::from(length))?;
    (1..=4).contains(&kind).then_some((kind, fragment))
}

/// A key and a value that were put, or a key that was deleted.
fn entries_of_batch(batch: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = Reader(batch.get(BATCH_HEAD..).unwrap_or_default());
    let (mut entries, mut counted) = (Vec::new(), || -> Option<Vec<Vec<u8>>> {
        let kind = *reader.take(1)?.first()?;
        let key = reader.counted()?.to_vec();
        match kind {
            0 => Some(vec![key]),
            1 => Some(vec![key, reader.counted()?.to_vec()]),
            _ => None,
        }
    });
    while let Some(some) = counted() {
        entries.extend(some);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of two keys that begin alike, without what stands behind it.
    fn block(first: (&[u8], &[u8]), second: (&[u8], &[u8])) -> Vec<u8> {
        let mut block = vec![0, length(first.0), length(first.1)];
        block.extend([first.0, first.1].concat());
        block.extend([1, length(second.0) - 1, length(second.1)]);
        block.extend([&second.0[1..], second.1].concat());
        block.extend([0, 0, 0, 0, 1, 0, 0, 0]);
        block
    }

    fn length(bytes: &[u8]) -> u8 {
        u8::try_from(bytes.len()).expect("it is short")
    }

    #[test]
    fn keys_and_values_of_a_packed_table_are_whole() {
        let content = block((b"kept", b"one"), (b"keys", b"two"));
        let packed = snap::raw::Encoder::new().compress_vec(&content).expect("it packs");
        let mut file = [packed.clone(), vec![SNAPPY, 0, 0, 0, 0]].concat();
        let place = [0, length(&packed)];
        let index = block((b"k", &place), (b"kz", &[0, 0]));
        let index_place = [length(&file), length(&index)];
        file.extend([index, vec![NOT_PACKED, 0, 0, 0, 0]].concat());
        let mut footer = [[0, 0], index_place].concat();
        footer.resize(FOOTER - TABLE_MAGIC.len(), 0);
        file.extend([footer, TABLE_MAGIC.to_vec()].concat());
        let seen = table(&file);
        assert_eq!(
            seen[..4],
            [b"kept".to_vec(), b"one".to_vec(), b"keys".to_vec(), b"two".to_vec()]
        );
    }

    #[test]
    fn a_value_that_lies_in_two_blocks_of_a_log_is_put_together() {
        let value = vec![b'v'; 200];
        let mut batch = vec![0; BATCH_HEAD];
        batch.extend([1, 3]);
        batch.extend(b"key");
        batch.extend([0xc8, 0x01]);
        batch.extend(&value);
        let (first, last) = batch.split_at(60);
        let filler = LOG_BLOCK - 7 - 7 - 60;
        let mut file = fragment_of(1, &vec![0; filler]);
        file.extend([fragment_of(2, first), fragment_of(4, last)].concat());
        assert!(log(&file).contains(&value));
        assert!(log(&file).contains(&b"key".to_vec()));
    }

    fn fragment_of(kind: u8, bytes: &[u8]) -> Vec<u8> {
        let length = u16::try_from(bytes.len()).expect("it is short").to_le_bytes();
        [&[0; 4], length.as_slice(), &[kind], bytes].concat()
    }
}
