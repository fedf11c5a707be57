//! Reading bytes from front to back; what is not there is `None`.

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// So many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number in groups of seven bits, the small ones first.
    pub fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number of bytes.
    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.varint()?).ok()
    }

    /// Bytes after their number.
    pub fn counted(&mut self) -> Option<&'a [u8]> {
        let count = self.size()?;
        self.take(count)
    }

    /// A number in groups of seven bits, the large ones first; of nine bytes the last counts whole.
    pub fn varint_large_first(&mut self) -> Option<u64> {
        let mut number = 0;
        for _ in 0..8 {
            let byte = *self.take(1)?.first()?;
            number = (number << 7) | u64::from(byte & 0x7f);
            if byte < 0x80 {
                return Some(number);
            }
        }
        Some((number << 8) | u64::from(*self.take(1)?.first()?))
    }

    /// Four bytes, the large end first.
    pub fn u32_large_first(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(*self.take(4)?.first_chunk()?))
    }
}
