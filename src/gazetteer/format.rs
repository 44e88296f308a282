//! The flat file format shared by the compiler and the reader.
//!
//! All numbers are little-endian. A file is a header of [`HEADER_WORDS`] 32-bit words, then the sections:
//!
//! | section | content |
//! |---|---|
//! | sums | [checksums](checksum) of the blocks of [`BLOCK`] bytes from the start of the next section on, two words each |
//! | lists | per list of the schema: first entry, number of entries, first cell, mask of the columns that are stored (four words) |
//! | cells | string offsets, row by row, list by list; a column that is empty in the whole list is not stored |
//! | aliases | two words each: entry, and what [`Packed`] holds; [plain](PLAIN) names have none |
//! | posts | tenure entries ordered by post (state, organisation, class, portfolio, from) |
//! | firsts | one bit per possible hash of a form's first token, scaled to the number of bits |
//! | lower firsts | the same for forms that a word in small letters may start |
//! | seconds | the same for the second tokens of forms |
//! | lower seconds | the same for second tokens that may be in small letters |
//! | pairs | the same for the first two tokens of a form together |
//! | keys | hash table of rows by their first column and of posts (see [`key_hash`]): 1 + entry, or 1 + place among the posts; empty in users' tables, which are searched by halves |
//! | slots | hash table of token-sequence prefixes, in buckets of [`BUCKET`] slots: their tags, then their payloads, a word each |
//! | strings | pool of texts, each a length (see [`write_length`]) and its bytes; a string is named by its offset. The section is valid UTF-8 as a whole |

use std::ops::Range;

use super::schema::List;
use crate::token::fold::{hash_folded, hash_sequence};

/// First word: `XGAZ`.
pub const MAGIC: u32 = u32::from_le_bytes(*b"XGAZ");
/// Second word.
pub const VERSION: u32 = 8;
/// Words in the header: magic, version, length, checksum (two words), then offset and length of each section.
pub const HEADER_WORDS: usize = FIRST_SECTION_WORD + 2 * SECTIONS;
/// The word of the header at which the places of the sections begin; the header's checksum covers everything from here to the
/// first block, and by the sums of the blocks the rest.
pub const FIRST_SECTION_WORD: usize = 5;
/// Bytes of a block, of which each has a sum of its own: a page of memory, so that checking what is read loads little more.
pub const BLOCK: usize = 4096;
/// Number of sections.
pub const SECTIONS: usize = 13;
/// Words per list in the directory.
pub const DIRECTORY_WORDS: usize = 4;

/// Order of the sections in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// Checksums of the blocks of all that follows.
    Sums,
    /// List directory.
    Lists,
    /// Cells of all lists.
    Cells,
    /// Forms.
    Aliases,
    /// Tenures by post.
    Posts,
    /// Filter of first tokens.
    Firsts,
    /// Filter of first tokens in small letters.
    LowerFirsts,
    /// Filter of second tokens.
    Seconds,
    /// Filter of second tokens in small letters.
    LowerSeconds,
    /// Filter of first and second token together.
    Pairs,
    /// Rows and posts by their keys.
    Keys,
    /// Token trie.
    Slots,
    /// String pool. It is the last section, so that a table can be embedded as bytes and text.
    Strings,
}

/// Payload bit: the prefix goes on. What is left without it and [`OVERFLOWS`] is the reference of the form that the prefix is: 1 + its first
/// alias, [`PLAIN`] with its entry, or 0 for none.
pub const CONTINUES: u32 = 1 << 31;

/// Bit of a form's reference: the name of an entry that nothing else is called by, whose [capitals](plain_capitals) are easily told. The
/// other bits are the entry; the alias follows from it, which saves eight bytes for most names of a list.
pub const PLAIN: u32 = 1 << 29;

/// The words of a name that are capitalised, as an alias has them, if blanks and hyphens alone part its words: bit k for word k, of
/// the first eight.
#[inline]
pub fn plain_capitals(form: &str) -> u8 {
    let starts = form.split([' ', '-']).take(8).enumerate();
    starts.fold(0, |mask, (k, word)| mask | u8::from(word.starts_with(char::is_uppercase)) << k)
}

/// A slot's tag: never 0, so that 0 marks a free slot.
#[inline]
pub fn tag_of(hash: u64) -> u32 {
    (hash >> 32) as u32 | 1
}

/// Payload bit of a bucket's first slot: some prefix that belongs into the bucket lies in one of the next.
pub const OVERFLOWS: u32 = 1 << 30;

/// Position of a hash in a filter of so many bytes: byte and bit.
#[inline]
pub fn filter_place(hash: u64, bytes: usize) -> (usize, u8) {
    let bit = ((hash >> 32) * (8 * bytes as u64)) >> 32;
    ((bit / 8) as usize, 1 << (bit % 8))
}

/// Bytes of a filter of so many hashes: at most one bit in eight is set, so it lets an eighth of the others pass. Small
/// filters stay near the processor.
pub fn filter_bytes(hashes: usize) -> usize {
    hashes.clamp(1 << 10, 1 << 20)
}

/// The lists whose rows are found by their first column in the keys.
pub const KEYED: &[List] =
    &[List::States, List::Organizations, List::Agreements, List::People, List::Tenures, List::TopicEntities, List::TopicMap, List::CommonWords];

/// Stands for a list's number in the key of a post.
pub const POSTS: u8 = u8::MAX;

/// Hash of a row's first cell, or of a post's state, organisation, class and portfolio.
#[inline]
pub fn key_hash(list: u8, cells: &[&str]) -> u64 {
    cells.iter().fold(u64::from(list) + 1, |hash, cell| hash_sequence(hash, hash_folded(cell.as_bytes()), true))
}

/// First slot of a key in a table of so many slots; a search goes on until a slot is 0.
#[inline]
pub fn key_place(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * slots as u64) >> 32) as usize
}

/// Slots of a bucket: tags and payloads fill one line of the cache, so most searches load one.
pub const BUCKET: usize = 8;

/// What the sections are aligned to, so that a bucket is one line of the cache.
pub const ALIGNMENT: usize = 64;

/// First bucket to look at: the lower half of the hash scaled to the number of buckets. A search goes on to the next
/// bucket only when this one [overflows](OVERFLOWS).
#[inline]
pub fn bucket_of(hash: u64, buckets: usize) -> usize {
    (((hash & 0xffff_ffff) * buckets as u64) >> 32) as usize
}

/// Number of buckets for a number of prefixes: three in four slots are used, and one bucket in seven overflows.
pub fn buckets_for(nodes: usize) -> usize {
    (nodes * 4).div_ceil(3 * BUCKET) + 1
}

/// A string's length as it stands in the pool: one byte below 127, or 127 and four bytes of seven bits, lowest first. All are
/// ASCII, so the pool is text.
pub fn write_length(length: usize, out: &mut Vec<u8>) -> Option<()> {
    match u8::try_from(length) {
        Ok(short) if short < LONG => out.push(short),
        _ if length >> 28 == 0 => out.extend([LONG].into_iter().chain([0, 7, 14, 21].map(|shift| (length >> shift) as u8 & LONG))),
        _ => return None,
    }
    Some(())
}

/// The range of the string at an offset of the pool; none past its end.
#[inline]
pub fn string_range(pool: &[u8], offset: usize) -> Option<Range<usize>> {
    let first = *pool.get(offset)?;
    if first < LONG {
        return Some(offset + 1..offset + 1 + usize::from(first));
    }
    let bytes = pool.get(offset + 1..)?.first_chunk::<4>()?;
    let length = bytes.iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & LONG));
    Some(offset + 5..offset + 5 + length)
}

/// Marks a length of four bytes.
const LONG: u8 = 127;

/// Most forms that one cell may hold.
pub const MAX_PARTS: usize = 256;
/// Most entries of one table: the upper bits of an entry's number tell the table.
pub const MAX_ENTRIES: u32 = 1 << 28;

/// What an alias says besides its entry, in one word.
///
/// | bits | |
/// |---|---|
/// | 0–5 | list |
/// | 6–9 | column |
/// | 10–11 | strength |
/// | 12–13 | case rule |
/// | 14 | the last of the aliases with this folded form |
/// | 15 | hyphens of the form stand for blanks |
/// | 16–23 | bit k: the k-th word must be capitalised |
/// | 24–31 | which of the cell's forms it is |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packed(pub u32);

impl Packed {
    /// The bit of the last alias of its folded form.
    pub const LAST: u32 = 1 << 14;
    /// The bit of a form whose hyphens stand for blanks.
    pub const BLANKS: u32 = 1 << 15;

    /// Packs the attributes; `part` is at most [`MAX_PARTS`].
    pub fn new(list: u8, column: u8, strength: u8, case: u8, capitals: u8, part: u8) -> Packed {
        let low = u32::from(list & 63) | u32::from(column & 15) << 6 | u32::from(strength & 3) << 10 | u32::from(case & 3) << 12;
        Packed(low | u32::from(capitals) << 16 | u32::from(part) << 24)
    }

    /// Number of the list.
    #[inline]
    pub fn list(self) -> usize {
        (self.0 & 63) as usize
    }

    /// Number of the column.
    #[inline]
    pub fn column(self) -> u8 {
        (self.0 >> 6 & 15) as u8
    }

    /// Number of the strength.
    #[inline]
    pub fn strength(self) -> u32 {
        self.0 >> 10 & 3
    }

    /// Number of the case rule.
    #[inline]
    pub fn case(self) -> u32 {
        self.0 >> 12 & 3
    }

    /// The words that must be capitalised.
    #[inline]
    pub fn capitals(self) -> u8 {
        (self.0 >> 16 & 255) as u8
    }

    /// Which of the cell's forms it is.
    #[inline]
    pub fn part(self) -> usize {
        (self.0 >> 24) as usize
    }
}

/// Checksum of some bytes.
///
/// Eight independent sums of multiplied words: memory, not arithmetic, is its limit. It finds accidents, not forgery.
pub fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [0xcbf2_9ce4_8422_2325u64; 8];
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME);
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes {
        sum = (sum.rotate_left(23) ^ lane).wrapping_mul(PRIME);
    }
    for byte in rest {
        sum = (sum.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(PRIME);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::plain_capitals;

    #[test]
    fn plain_forms_tell_their_capitals() {
        for (form, capitals) in [("Jane Orrwell", 0b11), ("Ministry of Roads", 0b101), ("Özgür Al-Sabah", 0b111), ("roads", 0), ("A B C D E F G H I", 0xff)] {
            assert_eq!(plain_capitals(form), capitals, "{form}");
        }
    }
}
