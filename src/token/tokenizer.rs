//! The tokenizer: UAX #29 words, sixty-four bytes at a time.
//!
//! Law: the word tokens are exactly what `unicode-segmentation`'s `unicode_word_indices` gives.
//! Words of ASCII letters and digits, and ASCII marks, are read off the masks of a [`Block`]
//! without a branch that depends on their length or kind. Whatever else comes goes to the careful path, and comes back at the next token.

use super::block::{BLOCK, Block, LONGEST, STARTS};
use super::careful::Careful;
use super::fold::hash_short;
use super::{Case, Gap, Kind, Token};

/// Appends the tokens of `text` to `tokens`, which is cleared first so that its memory is reused.
///
/// Words and their boundaries equal UAX #29; each other visible character is a token of its own.
/// Text beyond 4 GiB is not supported (offsets are 32 bit); the callers limit it long before.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.reserve(text.len() / 5);
    let mut careful = Careful::new(text);
    let (mut i, mut gap) = (0, Gap::Paragraph);
    while let Some(rest) = text.as_bytes().get(i..).filter(|rest| !rest.is_empty()) {
        (i, gap) = match rest.first_chunk::<WINDOW>() {
            Some(bytes) => block(bytes, STARTS, i, gap, &mut careful, tokens),
            None => {
                // The last bytes, with zeros behind them, which end any token.
                let mut bytes = [0; WINDOW];
                bytes[..rest.len()].copy_from_slice(rest);
                block(&bytes, rest.len().min(STARTS), i, gap, &mut careful, tokens)
            }
        };
    }
}

/// A block, and as much behind it that the longest plain word may be loaded from anywhere in the block.
const WINDOW: usize = BLOCK + LONGEST;

/// Reads the tokens that start in the first `starts` bytes of a block, which stands at byte `base`
/// and has `gap` before it. Gives the byte where the next token may start, and what then stands before it.
#[inline(never)]
fn block(bytes: &[u8; WINDOW], starts: usize, base: usize, mut gap: Gap, careful: &mut Careful, tokens: &mut Vec<Token>) -> (usize, Gap) {
    let block = Block::read(bytes, starts);
    let (mut at, mut bit) = (0, 1u64);
    loop {
        let token = block.token(bit);
        let next = token.wrapping_add(bit); // the bit behind the token
        let end = next.trailing_zeros() as usize;
        // With room made beforehand, `push` is a few stores.
        if block.is_plain(bit, next) && tokens.len() < tokens.capacity() {
            tokens.push(plain_token(&block, bytes, base, at, end, bit, token, gap));
            let blank = block.blank(next);
            gap = if blank == 0 { Gap::None } else { Gap::Space };
            at = end + usize::from(blank != 0);
            bit = next.wrapping_add(blank);
            continue;
        }
        if at >= starts {
            return (base + at, gap);
        }
        tokens.reserve(BLOCK);
        let word = if block.is_word(bit) { end - at } else { 0 };
        if (1..=LONGEST).contains(&word)
            && let Some(clitic) = careful.ending(base + at, word)
        {
            let mut whole = plain_token(&block, bytes, base, at, end, bit, token, gap);
            whole.end += clitic as u32;
            whole.clitic = clitic as u8; // 2 or 4 bytes
            tokens.push(whole);
            (at, gap) = (end + clitic, Gap::None);
        } else {
            let i;
            (i, gap) = careful.step(base + at, word, gap, tokens);
            at = i - base;
        }
        bit = 1 << at.min(BLOCK - 1);
    }
}

/// The token at the bytes `at..end` of the block: a word of up to [`LONGEST`] letters and digits, or one mark.
/// In the masks `bit` is its first byte, and `token` are all.
#[inline(always)]
#[allow(clippy::too_many_arguments)] // the variables of one loop
fn plain_token(block: &Block, bytes: &[u8; WINDOW], base: usize, at: usize, end: usize, bit: u64, token: u64, gap: Gap) -> Token {
    let mut window = [0; LONGEST];
    let from = at % BLOCK; // less it is anyway: this spares a check
    window.copy_from_slice(&bytes[from..from + LONGEST]);
    let window = u128::from_le_bytes(window);
    // Bit 5 lowers capitals; small letters and digits have it.
    let lower = if block.is_word(bit) { 0x2020_2020_2020_2020 } else { 0 };
    let hash = hash_short(window as u64 | lower, (window >> 64) as u64 | lower, end - at);
    let Look { clitic, kind, case, gap } = LOOKS[block.shape(token, bit) | (gap as usize) << 4];
    // Offsets fit 32 bit by the contract of `tokenize`.
    Token { start: (base + at) as u32, end: (base + end) as u32, hash, clitic, kind, case, gap }
}

/// What a plain token is besides its bytes, in the order of [`Token`] so that it is copied at once.
#[derive(Clone, Copy)]
struct Look {
    clitic: u8,
    kind: Kind,
    case: Case,
    gap: Gap,
}

/// By [`Block::shape`] and gap.
const LOOKS: [Look; 64] = looks();

const fn looks() -> [Look; 64] {
    const GAPS: [Gap; 4] = [Gap::None, Gap::Space, Gap::Line, Gap::Paragraph];
    let mut table = [Look { clitic: 0, kind: Kind::Punctuation, case: Case::None, gap: Gap::None }; 64];
    let mut i = 0;
    while i < 64 {
        let (small, capital, digit, first) = (i & 1 != 0, i & 2 != 0, i & 4 != 0, i & 8 != 0);
        table[i].kind = Kind::of(small || capital, digit);
        table[i].case = Case::of(capital, small, first);
        table[i].gap = GAPS[i >> 4];
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::careful::is_invisible;
    use super::super::fold::{fold_into, hash_folded};
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn words(text: &str) -> Vec<(usize, &str)> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        tokens
            .iter()
            .filter(|t| text[t.start as usize..t.end as usize].contains(char::is_alphanumeric))
            .map(|t| (t.start as usize, t.span().slice(text)))
            .collect()
    }

    fn assert_reference(text: &str) {
        let reference: Vec<_> = text.unicode_word_indices().collect();
        assert_eq!(words(text), reference, "words of {text:?}");
    }

    #[test]
    fn tokenizer_equals_reference_on_press_shapes() {
        for text in [
            "On September 18, Minister Jeyhun Bayramov's visit (COP29) – the “29th session” began.",
            "U.S.-led talks cost $1,000.50; e.g. a:b 16:58 (UTC+04:00) can't O’Brien’s _x_ a_b 3.a a.3 1;2 1:2",
            "Fatumanava Pa’olelei, Şuşa, Łódź, naïve café… €5 £6 ½ m² ª º · 東京 Москва’s a\u{ad}b x\u{200d}y",
            "\u{feff}Start\u{a0}end\r\nnew\u{2028}line ‘quoted’ “said” 5’10 a’ ’a ''s 's",
            "e\u{301}a \u{301}x ´ ` ʼ Hawaiʻi 👨‍👩‍👧 🇦🇿🇺🇸 ©2024 a‧b a․b a﹕b 1٫2 ١٢",
        ] {
            assert_reference(text);
        }
    }

    #[test]
    fn tokenizer_knows_possessive_gap_and_case() {
        let text = "Baku’s  US\nIran\n\n's iPhone";
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let seen: Vec<_> = tokens.iter().map(|t| (t.core().slice(text), t.gap, t.case)).collect();
        assert_eq!(seen[0], ("Baku", Gap::Paragraph, Case::Capital));
        assert_eq!(seen[1], ("US", Gap::Space, Case::Upper));
        assert_eq!(seen[2], ("Iran", Gap::Line, Case::Capital));
        assert_eq!(seen[3], ("'", Gap::Paragraph, Case::None));
        assert_eq!(seen[5], ("iPhone", Gap::Space, Case::Mixed));
    }

    proptest! {
        #[test]
        fn tokenizer_equals_reference_on_random_text(text in "[a-zA-Z0-9 _:.;,'’‘“”–—\u{ad}\u{200d}\u{a0}éşƏ·ª東а\u{301}\n\t$#@-]{0,200}") {
            assert_reference(&text);
        }

        #[test]
        fn tokenizer_equals_reference_on_words_and_marks(text in "([a-zA-Z0-9]{1,20}[ .:;,'’_\\-–é(]{1,2}){0,30}") {
            assert_reference(&text);
        }

        #[test]
        fn tokens_know_their_hash_and_shape(text in "([a-z]{0,9}[A-Z]{0,6}[0-9é]{0,4}['’s, \n\\[-]{1,2}){0,30}") {
            let mut tokens = Vec::new();
            tokenize(&text, &mut tokens);
            for t in &tokens {
                let core = t.core().slice(&text);
                let mut folded = String::new();
                fold_into(core, &mut folded);
                prop_assert_eq!(t.hash, hash_folded(folded.as_bytes()), "{}", core);
                let any = |test: fn(char) -> bool| core.contains(test);
                prop_assert_eq!(t.kind, Kind::of(any(char::is_alphabetic), any(char::is_numeric)), "{}", core);
                prop_assert_eq!(t.case, Case::of(any(char::is_uppercase), any(char::is_lowercase), core.starts_with(char::is_uppercase)), "{}", core);
            }
        }

        #[test]
        fn tokens_and_gaps_cover_the_text(text in "\\PC{0,150}") {
            let mut tokens = Vec::new();
            tokenize(&text, &mut tokens);
            let mut end = 0;
            for t in &tokens {
                prop_assert!(t.start >= end && t.end > t.start);
                prop_assert!(text[end as usize..t.start as usize].chars().all(|c| c.is_whitespace() || is_invisible(c)));
                end = t.end;
            }
        }
    }
}
