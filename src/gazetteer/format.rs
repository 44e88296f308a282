//! The flat file format shared by the compiler and the reader.
//!
//! All numbers are little-endian. A file is a header of [`HEADER_WORDS`] 32-bit words, then the sections:
//!
//! | section | content |
//! |---|---|
//! | strings | pool of texts, each a 16-bit length and its bytes; a string is named by its offset |
//! | lists | per list of the schema: first entry, number of entries, first cell (three words) |
//! | cells | string offsets, row by row, list by list |
//! | aliases | four words each: folded form, form as written, entry, packed list/column/strength and case/capitals |
//! | posts | tenure entries ordered by post (state, organisation, class, portfolio, from) |
//! | bitmap | one bit per possible 20-bit prefix of a first token's hash; then the same for forms that a lower-case word may start |
//! | slots | open-addressing table of token-sequence prefixes: 32-bit tag, 32-bit payload |

/// First word: `XGAZ`.
pub const MAGIC: u32 = u32::from_le_bytes(*b"XGAZ");
/// Second word.
pub const VERSION: u32 = 3;
/// Words in the header: magic, version, length, checksum (two words), then offset and length of each section.
pub const HEADER_WORDS: usize = 5 + 2 * SECTIONS;
/// Number of sections.
pub const SECTIONS: usize = 7;

/// Order of the sections in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// String pool.
    Strings,
    /// List directory.
    Lists,
    /// Cells of all lists.
    Cells,
    /// Forms.
    Aliases,
    /// Tenures by post.
    Posts,
    /// First-token filter.
    Bitmap,
    /// Token trie.
    Slots,
}

/// Bits of a hash that index the bitmap.
pub const BITMAP_BITS: u32 = 20;
/// Payload bit: the prefix goes on.
pub const CONTINUES: u32 = 1 << 31;

/// A slot's tag: never 0, so that 0 marks a free slot.
#[inline]
pub fn tag_of(hash: u64) -> u32 {
    (hash >> 32) as u32 | 1
}

/// Position of a first token's hash in the bitmap: byte and bit.
#[inline]
pub fn bitmap_place(hash: u64) -> (usize, u8) {
    let bit = (hash >> (64 - BITMAP_BITS)) as usize;
    (bit / 8, 1 << (bit % 8))
}

/// First slot to look at; the table has a power of two of them.
#[inline]
pub fn slot_of(hash: u64, slots: usize) -> usize {
    (hash as usize) & (slots - 1)
}

/// Packs an alias's attributes into a word: list, column, strength and case rule, capitals mask.
pub fn pack(list: u8, column: u8, strength: u8, case: u8, capitals: u8) -> u32 {
    u32::from_le_bytes([list, column, strength | case << 4, capitals])
}

/// Checksum over everything behind the header (FNV-1a, by 8 bytes).
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut rest = bytes;
    while let Some((word, tail)) = rest.split_first_chunk::<8>() {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x0000_0100_0000_01b3);
        rest = tail;
    }
    for b in rest {
        hash = (hash ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}
