//! What single words led to in earlier texts: running text repeats its words, so most need no search.

use super::matcher::Lookup;
use crate::token::Token;

/// Longest word that is kept, in bytes.
const LONGEST: usize = 16;
/// Places for words; a quarter megabyte, which stays near the processor.
const PLACES: usize = 1 << 13;
/// Places for the words of a first short text: most of its words come once, and every page that is touched must first be made.
const FIRST_PLACES: usize = 1 << 9;
/// Tokens of texts after which all places are worth their making.
const MANY_TOKENS: usize = 1 << 12;
/// Most hits kept before everything is forgotten.
const MOST_HITS: usize = 1 << 16;

/// What is known of a word: the payload of its slot, and which of the memo's hits are its own.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// 0: no form starts with the word.
    pub(super) payload: u32,
    first: u32,
    count: u32,
}

impl Known {
    /// A word that must be searched.
    const NEW: Known = Known { payload: 0, first: 0, count: u32::MAX };

    /// Whether the word must be searched.
    #[inline]
    pub(super) fn is_new(self) -> bool {
        self.payload == 0 && self.count == u32::MAX
    }

    /// Whether the memo has the word's hits.
    #[inline]
    pub(super) fn is_kept(self) -> bool {
        self.count != u32::MAX
    }

    /// A word that the memo has no place for: it is searched each time.
    pub(super) fn not_kept(payload: u32) -> Known {
        Known { payload, first: 0, count: u32::MAX }
    }
}

/// A place: the word's bytes in two numbers, then payload and first hit, then number of hits and length of the word.
type Place = [u64; 4];

/// The words of one table, by their bytes. A word takes the place of an earlier one.
#[derive(Default)]
pub(super) struct Memo {
    /// Checksum of the table.
    table: u64,
    /// A power of two of them.
    places: Vec<Place>,
    /// Number of tokens of all texts.
    tokens: usize,
    /// As they stood where they were found.
    hits: Vec<Lookup>,
}

/// A word as the memo knows it.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// Tells its place: the lower bits, as many as the places need.
    place: usize,
    /// Its bytes as two little-endian numbers.
    bytes: [u64; 2],
    len: u64,
}

/// For each length masks of the bytes that count.
const KEEP: [[u64; 2]; LONGEST + 1] = keep();

const fn keep() -> [[u64; 2]; LONGEST + 1] {
    let mut masks = [[0; 2]; LONGEST + 1];
    let mut len = 1;
    while len <= LONGEST {
        let all = u128::MAX >> (8 * (LONGEST - len));
        masks[len] = [all as u64, (all >> 64) as u64];
        len += 1;
    }
    masks
}

impl Memo {
    /// Makes ready for a text of so many tokens; forgets everything when it is about another table.
    pub(super) fn prepare(&mut self, table: u64, tokens: usize) {
        self.tokens = self.tokens.saturating_add(tokens);
        let places = if self.tokens > MANY_TOKENS { PLACES } else { FIRST_PLACES };
        if self.places.len() != places || self.table != table || self.hits.len() > MOST_HITS {
            self.places.clear();
            self.places.resize(places, [0; 4]);
            self.hits.clear();
        }
        self.table = table;
    }

    /// The key of a token; none when it is too long, or its meaning not in its bytes alone.
    #[inline]
    pub(super) fn key(text: &[u8], token: &Token) -> Option<Key> {
        let (start, len) = (token.start as usize, (token.end - token.start) as usize);
        let keep = KEEP.get(len).filter(|_| token.clitic == 0)?;
        let chunk = match text.get(start..).and_then(<[u8]>::first_chunk::<LONGEST>) {
            Some(chunk) => *chunk,
            None => near_end(text.get(start..start + len)?),
        };
        let (words, _) = chunk.as_chunks::<8>();
        let bytes = [u64::from_le_bytes(words[0]) & keep[0], u64::from_le_bytes(words[1]) & keep[1]];
        // Words that differ only in case share their hash, but not their place.
        let place = (token.hash >> 40) as usize ^ (token.case as usize) << 9;
        Some(Key { place, bytes, len: len as u64 })
    }

    #[inline]
    fn place(&self, key: Key) -> usize {
        key.place & self.places.len().wrapping_sub(1)
    }

    /// What is known of a token.
    #[inline]
    pub(super) fn get(&self, text: &[u8], token: &Token) -> Known {
        let Some(key) = Memo::key(text, token) else { return Known::NEW };
        match self.places.get(self.place(key)) {
            Some([low, high, at, rest]) if (low ^ key.bytes[0]) | (high ^ key.bytes[1]) | (rest >> 32 ^ key.len) == 0 => {
                Known { payload: *at as u32, first: (at >> 32) as u32, count: *rest as u32 }
            }
            _ => Known::NEW,
        }
    }

    /// Keeps what was found for a word.
    pub(super) fn put(&mut self, key: Key, payload: u32, hits: impl Iterator<Item = Lookup>) -> Known {
        let first = self.hits.len();
        self.hits.extend(hits);
        let count = self.hits.len() - first;
        let place = self.place(key);
        if let Some(place) = self.places.get_mut(place) {
            *place = [key.bytes[0], key.bytes[1], u64::from(payload) | (first as u64) << 32, count as u64 | key.len << 32];
        }
        Known { payload, first: first as u32, count: count as u32 }
    }

    /// The forms that a word is, in the order in which they were found; none of a word that is not kept.
    #[inline]
    pub(super) fn hits(&self, known: Known) -> &[Lookup] {
        if !known.is_kept() {
            return &[];
        }
        self.hits.get(known.first as usize..(known.first + known.count) as usize).unwrap_or_default()
    }
}

/// The bytes of a word that ends less than [`LONGEST`] bytes before the end of the text.
#[cold]
fn near_end(word: &[u8]) -> [u8; LONGEST] {
    let mut chunk = [0; LONGEST];
    chunk[..word.len()].copy_from_slice(word);
    chunk
}
