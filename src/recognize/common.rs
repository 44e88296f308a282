//! Common words of running text by hash: how often a word stands in lower case, so how little a capital says.
//!
//! Needs: `lexicon/common_words.tsv`.

use std::borrow::Cow;

use once_cell::sync::OnceCell;
use rustc_hash::FxHashMap;

use super::Context;
use crate::gazetteer::{Column, List, Tables};
use crate::token::fold::hash_folded;

/// Fewest bytes of an inflected form's stem.
const SHORTEST: usize = 3;
/// Most bytes of a stem; no common word is as long.
const LONGEST: usize = 32;
/// Marks the frequency of a word that is on the list without its plural `s` alone.
const PLURAL: u32 = 1 << 31;
/// What an inflected form ends in, and what its stem has instead; the first stem that is known counts.
const INFLECTIONS: &[(&[u8], &[u8])] = &[(b"s", b""), (b"es", b""), (b"ed", b""), (b"ed", b"e"), (b"ing", b""), (b"ing", b"e")];

/// The list of common words, read when the first text asks for one.
#[derive(Default)]
pub struct CommonWords {
    /// Per million words by word hash; plurals have the frequency of their singulars and are marked [`PLURAL`].
    words: OnceCell<FxHashMap<u64, u32>>,
}

impl CommonWords {
    fn words(&self, tables: &Tables) -> &FxHashMap<u64, u32> {
        self.words.get_or_init(|| read(tables))
    }
}

fn read(tables: &Tables) -> FxHashMap<u64, u32> {
    let entries = tables.entries(List::CommonWords);
    let mut words = FxHashMap::default();
    let mut plural = Vec::new();
    for entry in entries {
        let form = tables.cell(List::CommonWords, entry, Column::Form).as_bytes();
        let frequency = tables.cell(List::CommonWords, entry, Column::PerMillion).parse().unwrap_or(0).min(PLURAL - 1);
        plural.clear();
        plural.extend_from_slice(form);
        plural.push(b's');
        words.insert(hash_folded(form), frequency);
        words.entry(hash_folded(&plural)).or_insert(frequency | PLURAL);
    }
    words
}

impl Context<'_, '_> {
    /// How often token `i`'s word, or the word it is an inflected form of, stands in lower case in a million words of press text; 0 for rare words.
    pub fn commonness(&self, i: usize) -> u32 {
        let word = self.word(i);
        // Hashing lowers ASCII by itself.
        let word = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        let words = self.common.words(self.table);
        let of = |hash: u64| words.get(&hash).copied().filter(|frequency| frequency & PLURAL == 0);
        of(hash_folded(word.as_bytes())).or_else(|| INFLECTIONS.iter().find_map(|(ending, other)| of(stem(word.as_bytes(), ending, other)?))).unwrap_or(0)
    }

    /// How common the word of this hash, or its singular, is: 0 rare to 5.
    #[inline]
    pub(super) fn common_level(&self, hash: u64) -> u64 {
        self.common.words(self.table).get(&hash).map_or(0, |frequency| level(frequency & !PLURAL))
    }
}

/// Hash of `word` with `other` in place of `ending`.
fn stem(word: &[u8], ending: &[u8], other: &[u8]) -> Option<u64> {
    let (stem, end) = word.split_at_checked(word.len().checked_sub(ending.len())?)?;
    if stem.len() < SHORTEST || stem.len() + other.len() > LONGEST || !end.eq_ignore_ascii_case(ending) {
        return None;
    }
    let mut whole = [0; LONGEST];
    whole[..stem.len()].copy_from_slice(stem);
    whole[stem.len()..stem.len() + other.len()].copy_from_slice(other);
    Some(hash_folded(&whole[..stem.len() + other.len()]))
}

/// Level of a frequency per million words.
fn level(per_million: u32) -> u64 {
    match per_million {
        0..10 => 1,
        10..40 => 2,
        40..160 => 3,
        160..640 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_take_the_place_of_endings() {
        assert_eq!(stem(b"Hoping", b"ing", b"e"), Some(hash_folded(b"hope")));
        assert_eq!(stem(b"walks", b"s", b""), Some(hash_folded(b"walk")));
        assert_eq!(stem(b"gas", b"s", b""), None, "too short a stem");
        assert_eq!(stem(b"walk", b"s", b""), None);
        assert_eq!(stem(b"s", b"ing", b""), None);
    }
}
