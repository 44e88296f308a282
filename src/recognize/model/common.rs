//! Common words of running text by hash: how likely a capital says nothing.

use rustc_hash::FxHashMap;

use crate::gazetteer::{Column, List, Tables};
use crate::token::fold::hash_folded;

/// Levels of frequency by word hash.
pub(super) struct Common {
    levels: FxHashMap<u64, u8>,
}

impl Common {
    /// Reads the list of common words; their plurals count as common too.
    pub(super) fn new(tables: &Tables) -> Common {
        let mut levels = FxHashMap::default();
        let mut plural = String::new();
        for entry in tables.entries(List::CommonWords) {
            let form = tables.cell(List::CommonWords, entry, Column::Form);
            let level = level(tables.cell(List::CommonWords, entry, Column::PerMillion).parse().unwrap_or(0));
            plural.clear();
            plural.push_str(form);
            plural.push('s');
            levels.insert(hash_folded(form.as_bytes()), level);
            levels.entry(hash_folded(plural.as_bytes())).or_insert(level);
        }
        Common { levels }
    }

    /// How common the word of this hash is: 0 rare to 5.
    #[inline]
    pub(super) fn level(&self, hash: u64) -> u64 {
        self.levels.get(&hash).copied().map_or(0, u64::from)
    }
}

fn level(per_million: u32) -> u8 {
    match per_million {
        0..10 => 1,
        10..40 => 2,
        40..160 => 3,
        160..640 => 4,
        _ => 5,
    }
}
