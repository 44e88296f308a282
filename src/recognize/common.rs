//! Common words of running text by hash: how often a word stands in lower case, so how little a capital says.
//!
//! Needs: `lexicon/common_words.tsv`.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};

use once_cell::sync::OnceCell;
use rustc_hash::FxHashMap;

use super::Context;
use crate::gazetteer::{Column, EntryId, List, Tables};
use crate::token::fold::{fold_into, hash_folded};

/// Fewest bytes of an inflected form's stem.
const SHORTEST: usize = 3;
/// Most bytes of a stem; no common word is as long.
const LONGEST: usize = 32;
/// Marks the frequency of a word that is on the list without its plural `s` alone.
const PLURAL: u32 = 1 << 31;
/// What an inflected form ends in, and what its stem has instead; the first stem that is known counts.
const INFLECTIONS: &[(&[u8], &[u8])] = &[(b"s", b""), (b"es", b""), (b"ed", b""), (b"ed", b"e"), (b"ing", b""), (b"ing", b"e")];

/// Questions after which the whole list is read: before, each word is looked up in the tables, so that one short text
/// does not wait for twelve thousand rows.
const PATIENCE: u32 = 4000;

/// The list of common words, read as a whole when texts go on asking.
#[derive(Default)]
pub struct CommonWords {
    /// How often a word was asked for before the list was read.
    asked: AtomicU32,
    /// Per million words by word hash; plurals have the frequency of their singulars and are marked [`PLURAL`].
    words: OnceCell<FxHashMap<u64, u32>>,
}

impl CommonWords {
    fn words(&self, tables: &Tables) -> &FxHashMap<u64, u32> {
        self.words.get_or_init(|| read(tables))
    }

    /// How often the word of this hash stands in a million; `text` is the word, folded but for ASCII case. A plural has its
    /// singular's frequency, marked [`PLURAL`].
    fn get(&self, tables: &Tables, hash: u64, text: &str) -> Option<u32> {
        match self.words.get() {
            Some(words) => words.get(&hash).copied(),
            None if self.asked.fetch_add(1, Ordering::Relaxed) < PATIENCE => look_up(tables, text),
            None => self.words(tables).get(&hash).copied(),
        }
    }
}

fn per_million(tables: &Tables, entry: EntryId) -> u32 {
    tables.cell(List::CommonWords, entry, Column::PerMillion).parse().unwrap_or(0).min(PLURAL - 1)
}

/// As [`read`], for one word. Slower for many (measured: a tenth of a long run), at once ready for few.
fn look_up(tables: &Tables, text: &str) -> Option<u32> {
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..text.len())?;
    lower.copy_from_slice(text.as_bytes());
    lower.make_ascii_lowercase();
    let word = std::str::from_utf8(lower).ok()?;
    let frequency = |form: &str| tables.entry(List::CommonWords, form).map(|entry| per_million(tables, entry));
    frequency(word).or_else(|| frequency(word.strip_suffix('s')?).map(|frequency| frequency | PLURAL))
}

fn read(tables: &Tables) -> FxHashMap<u64, u32> {
    let entries = tables.entries(List::CommonWords);
    let mut words = FxHashMap::default();
    let mut plural = Vec::new();
    for entry in entries {
        let form = tables.cell(List::CommonWords, entry, Column::Form).as_bytes();
        let frequency = per_million(tables, entry);
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
        let of = |word: &[u8]| {
            let frequency = self.common.get(self.table, hash_folded(word), std::str::from_utf8(word).ok()?);
            frequency.filter(|frequency| frequency & PLURAL == 0)
        };
        let inflected = |(ending, other): &(&[u8], &[u8])| stem(word.as_bytes(), ending, other).and_then(|stem| of(stem.bytes()));
        of(word.as_bytes()).or_else(|| INFLECTIONS.iter().find_map(inflected)).unwrap_or(0)
    }

    /// How common token `i`'s word, or its singular, is: 0 rare to 5.
    #[inline]
    pub(super) fn common_level(&self, i: usize) -> u64 {
        let token = &self.tokens[i];
        if !token.is_word() {
            return 0;
        }
        let word = self.word(i);
        let mut folded = String::new();
        if !word.is_ascii() {
            fold_into(word, &mut folded);
        }
        let frequency = self.common.get(self.table, token.hash, if word.is_ascii() { word } else { &folded });
        frequency.map_or(0, |frequency| level(frequency & !PLURAL))
    }
}

/// A stem and its length.
#[derive(Debug, PartialEq)]
struct Stem([u8; LONGEST], usize);

impl Stem {
    fn bytes(&self) -> &[u8] {
        &self.0[..self.1]
    }
}

/// `word` with `other` in place of `ending`.
fn stem(word: &[u8], ending: &[u8], other: &[u8]) -> Option<Stem> {
    let (stem, end) = word.split_at_checked(word.len().checked_sub(ending.len())?)?;
    if stem.len() < SHORTEST || stem.len() + other.len() > LONGEST || !end.eq_ignore_ascii_case(ending) {
        return None;
    }
    let mut whole = [0; LONGEST];
    whole[..stem.len()].copy_from_slice(stem);
    whole[stem.len()..stem.len() + other.len()].copy_from_slice(other);
    Some(Stem(whole, stem.len() + other.len()))
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
        assert_eq!(stem(b"hoping", b"ing", b"e").unwrap().bytes(), b"hope");
        assert_eq!(stem(b"walks", b"s", b"").unwrap().bytes(), b"walk");
        assert_eq!(stem(b"gas", b"s", b""), None, "too short a stem");
        assert_eq!(stem(b"walk", b"s", b""), None);
        assert_eq!(stem(b"s", b"ing", b""), None);
    }
}
