//! What is known of a list's entries, by their numbers.

use rustc_hash::FxHashMap;

use crate::gazetteer::{EntryId, List, Tables};

/// A value for each entry of a list.
pub(super) struct PerEntry<T> {
    first: u32,
    /// From the first entry on, those that lie near: the built-in ones.
    near: Vec<T>,
    /// Those of users' lists.
    far: FxHashMap<EntryId, T>,
}

/// Entries that count as near.
const NEAR: u32 = 1 << 14;

impl<T: Default> PerEntry<T> {
    /// The values that `of` gives, entry by entry.
    pub(super) fn new(table: &Tables, list: List, of: impl Fn(EntryId) -> T) -> PerEntry<T> {
        let mut all = PerEntry { first: table.entries(list).next().map_or(0, |entry| entry.0), near: Vec::new(), far: FxHashMap::default() };
        for entry in table.entries(list) {
            let place = entry.0.wrapping_sub(all.first);
            if place < NEAR {
                all.near.resize_with(place as usize, T::default);
                all.near.push(of(entry));
            } else {
                all.far.insert(entry, of(entry));
            }
        }
        all
    }

    /// The value of an entry; none for those of other lists.
    #[inline]
    pub(super) fn get(&self, entry: EntryId) -> Option<&T> {
        self.near.get(entry.0.wrapping_sub(self.first) as usize).or_else(|| self.far.get(&entry))
    }
}

impl<T: Copy + Default> PerEntry<T> {
    /// As [`PerEntry::get`], the default for other lists' entries.
    #[inline]
    pub(super) fn of(&self, entry: EntryId) -> T {
        self.get(entry).copied().unwrap_or_default()
    }
}
