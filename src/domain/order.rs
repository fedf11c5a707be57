//! Putting things in order at a small price for the tablet app.
//!
//! The standard library's sort is copied, whole, for every type that is sorted, and collecting
//! into a `BTreeMap` or a `BTreeSet` sorts first: 3.5 KB of program each time. Here is one sort
//! for all. What runs at headquarters only has no use for it.

use core::cmp::Ordering;
use core::mem;

/// Puts items into a map or a set one by one. Of two with the same key the later one stays.
pub fn gather<C, T>(items: impl IntoIterator<Item = T>) -> C
where
    C: Default + Extend<T>,
{
    let mut gathered = C::default();
    gathered.extend(items);
    gathered
}

/// Orders items by a key; those with equal keys stay as they were.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let order = sorted(items.len(), &|one, other| key(&items[one]).cmp(&key(&items[other])));
    let mut unordered: Vec<_> = mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| unordered.get_mut(place)?.take()));
}

/// The places of so many items in their order.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_orders_as_the_standard_library_does(items: Vec<(u8, u16)>) {
            let mut ours = items.clone();
            sort_by_key(&mut ours, |item| item.0);
            let mut theirs = items.clone();
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn it_gathers_what_collecting_collects(items: Vec<(u8, u16)>) {
            let map: BTreeMap<_, _> = gather(items.clone());
            prop_assert_eq!(map, items.iter().copied().collect::<BTreeMap<_, _>>());
            let set: BTreeSet<_> = gather(items.clone());
            prop_assert_eq!(set, items.into_iter().collect::<BTreeSet<_>>());
        }
    }
}
