//! A map in order of keys that holds its first entry in place.
//!
//! Nearly every register has one value and nearly every finding one beginning, and a tree for
//! each of them would take a kilobyte. Where there are many entries it is a tree.

use std::collections::BTreeMap;

use minicbor::decode::Error as DecodeError;
use minicbor::encode::{Error as EncodeError, Write};
use minicbor::{Decode, Decoder, Encode, Encoder};

/// The map; two of them are equal when their entries are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Few<K, V> {
    /// The entry with the least key.
    first: Option<(K, V)>,
    rest: BTreeMap<K, V>,
}

/// A set, as a map to nothing.
pub(crate) type Keys<K> = Few<K, ()>;

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self { first: None, rest: BTreeMap::new() }
    }
}

impl<K: Ord, V> Few<K, V> {
    /// Puts an entry in, instead of the one with this key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match &mut self.first {
            None => self.first = Some((key, value)),
            Some(first) if key < first.0 => {
                let (key, value) = std::mem::replace(first, (key, value));
                self.rest.insert(key, value);
            }
            Some(first) if key == first.0 => first.1 = value,
            Some(_) => {
                self.rest.insert(key, value);
            }
        }
    }

    /// Takes an entry out; whether it was there.
    pub(crate) fn remove(&mut self, key: &K) -> bool {
        match &self.first {
            Some((first, _)) if first == key => {
                self.first = self.rest.pop_first();
                true
            }
            Some(_) => self.rest.remove(key).is_some(),
            None => false,
        }
    }

    /// Whether there is an entry with this key.
    pub(crate) fn contains(&self, key: &K) -> bool {
        self.first.as_ref().is_some_and(|(first, _)| first == key) || self.rest.contains_key(key)
    }

    /// The entries by their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.first.iter().map(|(key, value)| (key, value)).chain(&self.rest)
    }

    /// The keys in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values by their keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.first.is_some()) + self.rest.len()
    }
}

/// The number of entries, as CBOR counts.
fn length<K: Ord, V>(few: &Few<K, V>) -> u64 {
    u64::try_from(few.len()).unwrap_or(u64::MAX)
}

/// A map. Deterministic where the order of keys is that of their bytes, as with ids.
impl<C, K: Encode<C> + Ord, V: Encode<C>> Encode<C> for Few<K, V> {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.map(length(self))?;
        for (key, value) in self.iter() {
            e.encode_with(key, ctx)?.encode_with(value, ctx)?;
        }
        Ok(())
    }
}

impl<'b, C, K: Decode<'b, C> + Ord, V: Decode<'b, C>> Decode<'b, C> for Few<K, V> {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, DecodeError> {
        let length = d.map()?.ok_or_else(|| DecodeError::message("the length is missing"))?;
        let mut few = Self::default();
        for _ in 0..length {
            let key = d.decode_with(ctx)?;
            few.insert(key, d.decode_with(ctx)?);
        }
        Ok(few)
    }
}

/// A set as an array, for `#[cbor(with = "…")]`.
pub(crate) mod keys {
    use super::{
        Decode, DecodeError, Decoder, Encode, EncodeError, Encoder, Few, Keys, Write, length,
    };

    /// Writes the keys in order.
    pub(crate) fn encode<C, K: Encode<C> + Ord, W: Write>(
        few: &Keys<K>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.array(length(few))?;
        for key in few.keys() {
            e.encode_with(key, ctx)?;
        }
        Ok(())
    }

    /// Reads keys in any order.
    pub(crate) fn decode<'b, C, K: Decode<'b, C> + Ord>(
        d: &mut Decoder<'b>,
        ctx: &mut C,
    ) -> Result<Keys<K>, DecodeError> {
        let mut few = Few::default();
        for key in d.array_iter_with(ctx)? {
            few.insert(key?, ());
        }
        Ok(few)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_map_in_order_of_keys(acts in prop::collection::vec((any::<bool>(), 0u8..8, any::<u8>()), 0..40)) {
            let (mut few, mut map) = (Few::default(), BTreeMap::new());
            for (insert, key, value) in acts {
                if insert {
                    few.insert(key, value);
                    map.insert(key, value);
                } else {
                    prop_assert_eq!(few.remove(&key), map.remove(&key).is_some());
                }
                prop_assert!(few.iter().eq(map.iter()));
                prop_assert_eq!(few.len(), map.len());
                prop_assert_eq!(few.contains(&key), map.contains_key(&key));
                let again = map.iter().rev().fold(Few::default(), |mut few, (key, value)| {
                    few.insert(*key, *value);
                    few
                });
                prop_assert_eq!(&few, &again);
            }
        }
    }
}
