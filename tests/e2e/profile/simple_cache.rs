//! An entry of Chromium's caches ("simple cache"): a head, the address, the body, its end.
//!
//! The head's layout is that of `net/disk_cache/simple/simple_entry_format.h`.

/// The first eight bytes of an entry.
const MAGIC: [u8; 8] = 0xfcfb_6d1b_a772_5c30_u64.to_le_bytes();

/// The size of the head in bytes, with its padding.
const HEAD: usize = 24;

/// What stands behind the address: the body, and after it whatever else the entry has.
pub fn bodies(bytes: &[u8]) -> Vec<Vec<u8>> {
    let body = || {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (length, _) = rest.get(4..)?.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        bytes.get(HEAD.checked_add(length)?..).map(<[u8]>::to_vec)
    };
    body().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_begins_behind_the_address() {
        let mut entry = MAGIC.to_vec();
        entry.extend([5, 0, 0, 0]);
        entry.extend(3_u32.to_le_bytes());
        entry.extend([0; 8]);
        entry.extend(b"a/bbody");
        assert_eq!(bodies(&entry), [b"body"]);
        assert_eq!(bodies(&entry[..20]), Vec::<Vec<u8>>::new());
    }
}
