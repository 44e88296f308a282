//! What is known of a list's entries, by their numbers.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::gazetteer::{EntryId, List, Tables};

/// A value for each entry of a list, read when it is first asked for: a short run meets few of the entries.
pub(super) struct PerEntry<T> {
    first: u32,
    /// From the first entry on, those that lie near: the built-in ones.
    near: Vec<OnceLock<T>>,
    /// Those of users' lists.
    far: FxHashMap<EntryId, OnceLock<T>>,
}

/// Entries that count as near.
const NEAR: u32 = 1 << 14;

impl<T> PerEntry<T> {
    /// Places for the values of a list's entries.
    pub(super) fn new(table: &Tables, list: List) -> PerEntry<T> {
        let mut all = PerEntry { first: table.entries(list).next().map_or(0, |entry| entry.0), near: Vec::new(), far: FxHashMap::default() };
        for entry in table.entries(list) {
            let place = entry.0.wrapping_sub(all.first);
            if place < NEAR {
                all.near.resize_with(place as usize + 1, OnceLock::new);
            } else {
                all.far.insert(entry, OnceLock::new());
            }
        }
        all
    }

    /// The value of an entry, which `read` gives the first time; none for entries of other lists.
    #[inline]
    pub(super) fn get(&self, entry: EntryId, read: impl FnOnce() -> T) -> Option<&T> {
        let place = self.near.get(entry.0.wrapping_sub(self.first) as usize).or_else(|| self.far.get(&entry))?;
        Some(place.get_or_init(read))
    }
}
