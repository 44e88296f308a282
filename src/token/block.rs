//! Sixty-four bytes of text at once: which are letters, capitals, digits, blanks, and where the
//! tokens among them end.

/// Bytes in a block.
pub(super) const BLOCK: usize = 64;
/// The longest word that is read off the masks; its hash needs one multiplication.
pub(super) const LONGEST: usize = 16;
/// How many bytes may start such a word that still ends within the block.
pub(super) const STARTS: usize = BLOCK - LONGEST;

/// Sixty-four bytes, classified: bit `n` of a mask stands for byte `n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Masks {
    letter: u64,
    small: u64,
    digit: u64,
    blank: u64,
    hyphen: u64,
    /// ASCII marks, letters and digits: neither white space nor control characters.
    visible: u64,
    /// Not ASCII, or `_`, or the delete character.
    odd: u64,
}

/// What the masks say of tokens.
#[derive(Clone, Copy)]
pub(super) struct Block {
    small: u64,
    capital: u64,
    digit: u64,
    blank: u64,
    /// Where a token may start that this block can tell.
    plain: u64,
    /// Where a word that ends before the byte may go on: the byte is odd, or a mark that may join
    /// stands between two words. A hyphen never joins and is too frequent to be looked at again.
    goes_on: u64,
}

impl Block {
    /// The block for tokens that start in the first `starts` bytes, at most [`STARTS`].
    #[inline]
    pub(super) fn read<const N: usize>(bytes: &[u8; N], starts: usize) -> Block {
        let m = bytes.first_chunk().map_or_else(Masks::default, masks);
        let word = m.letter | m.digit;
        // What stands behind the block is not known.
        let joinable = (word | m.odd) >> 1 | LAST;
        let mark = m.visible & !word & !m.hyphen;
        Block {
            small: m.small,
            capital: m.letter ^ m.small,
            digit: m.digit,
            blank: m.blank & !LAST, // so that what stands behind a blank is in the block
            plain: m.visible & !m.odd & !long_runs(word) & ((1 << starts.min(STARTS)) - 1),
            goes_on: word << 1 & (m.odd | mark & joinable),
        }
    }

    /// The bytes of the token that starts at `bit`: a run of letters and digits, or else that byte alone.
    #[inline]
    pub(super) fn token(&self, bit: u64) -> u64 {
        let word = self.small | self.capital | self.digit;
        // The carry runs through the ones of the word and stops behind it.
        word & !word.wrapping_add(bit) | bit
    }

    /// Whether the token at `bit` is a plain one and ends for certain before `next`.
    #[inline]
    pub(super) fn is_plain(&self, bit: u64, next: u64) -> bool {
        bit & !self.plain | next & self.goes_on == 0
    }

    /// `next` if a blank stands there, else 0.
    #[inline]
    pub(super) fn blank(&self, next: u64) -> u64 {
        self.blank & next
    }

    /// Whether `token`, which starts at `bit`, holds a small letter (1), a capital (2), a digit (4), and starts with a capital (8).
    #[inline]
    pub(super) fn shape(&self, token: u64, bit: u64) -> usize {
        let any = |bits: u64| usize::from(bits != 0);
        any(self.small & token) | any(self.capital & token) << 1 | any(self.digit & token) << 2 | any(self.capital & bit) << 3
    }

    /// Whether the token at `bit` is a word.
    #[inline]
    pub(super) fn is_word(&self, bit: u64) -> bool {
        (self.small | self.capital | self.digit) & bit != 0
    }
}

/// The last byte of a block.
const LAST: u64 = 1 << (BLOCK - 1);

/// Where more than [`LONGEST`] ones follow one another.
#[inline]
fn long_runs(mut ones: u64) -> u64 {
    let all = ones;
    let mut len = 1;
    while len < LONGEST {
        ones &= ones >> len;
        len *= 2;
    }
    ones & all >> LONGEST
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
fn masks(bytes: &[u8; BLOCK]) -> Masks {
    // SAFETY: the target has SSE2, says the condition above.
    unsafe { sse2::masks(bytes) }
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
#[inline]
fn masks(bytes: &[u8; BLOCK]) -> Masks {
    portable::masks(bytes)
}

/// Every x86-64 has these instructions. They touch no memory, so only the call into this module is
/// `unsafe`; it earns that (measured: the whole tokenizer is 1.4 times as fast as with `portable`).
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod sse2 {
    use std::arch::x86_64::*;

    use super::{BLOCK, Masks};

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn masks(bytes: &[u8; BLOCK]) -> Masks {
        let mut all = Masks::default();
        let (quarters, _) = bytes.as_chunks::<16>();
        for (n, quarter) in quarters.iter().enumerate() {
            let quarter = u128::from_le_bytes(*quarter);
            add(&mut all, _mm_set_epi64x((quarter >> 64) as i64, quarter as i64), 16 * n);
        }
        all
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn add(all: &mut Masks, bytes: __m128i, at: usize) {
        let bit5 = _mm_set1_epi8(0x20);
        let lowered = _mm_or_si128(bytes, bit5);
        let letter = within(lowered, b'a', 25);
        // Bit 5, moved to where a mask is taken, tells small letters from capitals.
        let small = _mm_and_si128(letter, _mm_slli_epi16::<2>(bytes));
        let underscore = _mm_cmpeq_epi8(lowered, _mm_set1_epi8(0x7f));
        all.letter |= bits(letter) << at;
        all.small |= bits(small) << at;
        all.digit |= bits(within(bytes, b'0', 9)) << at;
        all.blank |= bits(_mm_cmpeq_epi8(bytes, bit5)) << at;
        all.hyphen |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'-' as i8))) << at;
        all.visible |= bits(_mm_cmpgt_epi8(bytes, bit5)) << at;
        all.odd |= bits(_mm_or_si128(bytes, underscore)) << at;
    }

    /// Which bytes are `first` or up to `more` above it.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn within(bytes: __m128i, first: u8, more: i8) -> __m128i {
        let above = _mm_sub_epi8(bytes, _mm_set1_epi8(first as i8));
        _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(more)), above)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn bits(mask: __m128i) -> u64 {
        u64::from(_mm_movemask_epi8(mask) as u32)
    }
}

/// The same in plain integers, eight bytes at a time.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
mod portable {
    use super::{BLOCK, Masks};

    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;

    pub(super) fn masks(bytes: &[u8; BLOCK]) -> Masks {
        let mut all = Masks::default();
        let (eighths, _) = bytes.as_chunks::<8>();
        for (n, eighth) in eighths.iter().enumerate() {
            let bytes = u64::from_le_bytes(*eighth);
            let small = within(bytes, b'a', b'z');
            let odd = bytes & HIGH | within(bytes, b'_', b'_') | within(bytes, 0x7f, 0x7f);
            all.letter |= bits(small | within(bytes, b'A', b'Z')) << (8 * n);
            all.small |= bits(small) << (8 * n);
            all.digit |= bits(within(bytes, b'0', b'9')) << (8 * n);
            all.blank |= bits(within(bytes, b' ', b' ')) << (8 * n);
            all.hyphen |= bits(within(bytes, b'-', b'-')) << (8 * n);
            all.visible |= bits(within(bytes, b'!', 0x7f)) << (8 * n);
            all.odd |= bits(odd) << (8 * n);
        }
        all
    }

    /// High bit of each byte that is ASCII and stands between `first` and `last`.
    #[inline]
    fn within(bytes: u64, first: u8, last: u8) -> u64 {
        let low = bytes & !HIGH;
        let from_first = low + (0x80 - u64::from(first)) * ONES;
        let past_last = low + (0x7f - u64::from(last)) * ONES;
        from_first & !past_last & !bytes & HIGH
    }

    /// The high bits of eight bytes, gathered.
    #[inline]
    fn bits(high: u64) -> u64 {
        ((high & HIGH) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn masks_equal_their_bytes(bytes in proptest::collection::vec(any::<u8>(), BLOCK), text in "[ -~]{64}", ascii: bool) {
            let bytes: [u8; BLOCK] = if ascii { text.into_bytes() } else { bytes }.try_into().unwrap();
            let mask = |test: fn(u8) -> bool| bytes.iter().enumerate().fold(0, |bits, (n, b)| bits | u64::from(test(*b)) << n);
            let expected = Masks {
                letter: mask(|b| b.is_ascii_alphabetic()),
                small: mask(|b| b.is_ascii_lowercase()),
                digit: mask(|b| b.is_ascii_digit()),
                blank: mask(|b| b == b' '),
                hyphen: mask(|b| b == b'-'),
                visible: mask(|b| (0x21..0x80).contains(&b)),
                odd: mask(|b| b > 0x7e || b == b'_'),
            };
            prop_assert_eq!(masks(&bytes), expected);
            prop_assert_eq!(portable::masks(&bytes), expected);
        }
    }
}
