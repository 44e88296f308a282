//! The tokenizer: UAX #29 words at the speed of a table walk.
//!
//! Law: the word tokens are exactly what `unicode-segmentation`'s `unicode_word_indices` gives.
//! Text made of ASCII, Latin letters up to U+024F and the usual typographic marks runs through
//! a small state machine; any other white-space-delimited stretch is given to that crate,
//! stretch by stretch, so that one foreign word costs nothing elsewhere.

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{fold_into, hash_folded};
use super::{Case, Gap, Kind, Token};

/// Character classes of UAX #29 as far as the fast path needs them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Newline,
    Letter,
    Digit,
    /// `_`
    Extend,
    /// Joins letters: `:`
    MidLetter,
    /// Joins letters, and digits: `.` `'` `’` `‘`
    MidBoth,
    /// Joins digits: `,` `;`
    MidDigit,
    Other,
    /// Not known to the fast path.
    Foreign,
}

const ASCII: [Class; 128] = ascii_classes();

const fn ascii_classes() -> [Class; 128] {
    let mut table = [Class::Other; 128];
    let mut i = 0;
    while i < 128 {
        let b = i as u8;
        table[i] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Extend,
            b':' => Class::MidLetter,
            b'.' | b'\'' => Class::MidBoth,
            b',' | b';' => Class::MidDigit,
            b' ' | b'\t' => Class::Space,
            b'\n' => Class::Newline,
            b'\r' | 0x0b | 0x0c => Class::Space,
            _ => Class::Other,
        };
        i += 1;
    }
    table
}

/// Class and length in bytes of the character at `i`.
#[inline]
fn class_at(bytes: &[u8], i: usize) -> (Class, usize) {
    let b = bytes[i];
    if b < 0x80 {
        return (ASCII[b as usize], 1);
    }
    foreign_class(bytes, i)
}

fn foreign_class(bytes: &[u8], i: usize) -> (Class, usize) {
    match (bytes[i], bytes.get(i + 1), bytes.get(i + 2)) {
        (0xc2, Some(0xa0), _) => (Class::Space, 2),
        // Latin-1 signs: £ § © « » and the like; letters among them (ª µ º), the soft hyphen and · are left to the crate.
        (0xc2, Some(0xa1..=0xa7 | 0xa9 | 0xab | 0xac | 0xae..=0xb1 | 0xb6 | 0xbb | 0xbf), _) => (Class::Other, 2),
        (0xc3, Some(0x97 | 0xb7), _) => (Class::Other, 2),
        (0xc3..=0xc8, Some(_), _) => (Class::Letter, 2),
        (0xc9, Some(0x80..=0x8f), _) => (Class::Letter, 2),
        (0xe2, Some(0x80), Some(0x98 | 0x99)) => (Class::MidBoth, 3),
        // dashes, double quotes, bullet, ellipsis
        (0xe2, Some(0x80), Some(0x90..=0x97 | 0x9a..=0xa3 | 0xa6)) if bytes[i + 2] != 0xa4 => dash_or_quote(bytes[i + 2]),
        (0xe2, Some(0x82), Some(0xac)) => (Class::Other, 3),
        (first, _, _) => (Class::Foreign, char_len(first)),
    }
}

fn dash_or_quote(last: u8) -> (Class, usize) {
    match last {
        // U+2024 joins words; it is rare enough to leave to the crate
        0xa4 => (Class::Foreign, 3),
        _ => (Class::Other, 3),
    }
}

fn char_len(first: u8) -> usize {
    match first {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

/// Appends the tokens of `text` to `tokens`, which is cleared first so that its memory is reused.
///
/// Words and their boundaries equal UAX #29; each other visible character is a token of its own.
/// Text beyond 4 GiB is not supported (offsets are 32 bit); the callers limit it long before.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.reserve(text.len() / 5);
    let bytes = text.as_bytes();
    let mut scratch = String::new();
    let mut gap = Gap::Paragraph;
    let mut i = 0;
    let mut chunk = (0, 0); // start of the white-space-delimited stretch: byte, number of tokens
    while i < bytes.len() {
        let (class, len) = class_at(bytes, i);
        match class {
            Class::Space | Class::Newline => {
                gap = widen(gap, class == Class::Newline);
                i += len;
                chunk = (i, tokens.len());
            }
            Class::Letter | Class::Digit | Class::Extend => match word_end(bytes, i) {
                Some(end) => {
                    push(text, i, end, gap, &mut scratch, tokens);
                    gap = Gap::None;
                    i = end;
                }
                None => i = foreign_chunk(text, chunk, &mut gap, &mut scratch, tokens),
            },
            Class::Foreign => i = foreign_chunk(text, chunk, &mut gap, &mut scratch, tokens),
            _ => {
                push(text, i, i + len, gap, &mut scratch, tokens);
                gap = Gap::None;
                i += len;
            }
        }
    }
}

fn widen(gap: Gap, newline: bool) -> Gap {
    match (gap, newline) {
        (Gap::Line | Gap::Paragraph, true) => Gap::Paragraph,
        (Gap::None | Gap::Space, true) => Gap::Line,
        (Gap::None, false) => Gap::Space,
        (other, false) => other,
    }
}

/// End of the word that starts at `start`, or `None` when a character outside the fast path
/// touches it.
#[inline]
fn word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut before, len) = class_at(bytes, start);
    let mut i = start + len;
    while i < bytes.len() {
        let (class, len) = class_at(bytes, i);
        match class {
            Class::Letter | Class::Digit | Class::Extend => {
                before = class;
                i += len;
            }
            Class::MidLetter | Class::MidBoth | Class::MidDigit => {
                let Some(next) = next_class(bytes, i + len) else { return Some(i) };
                if next == Class::Foreign {
                    return None;
                }
                let letters = before == Class::Letter && next == Class::Letter && class != Class::MidDigit;
                let digits = before == Class::Digit && next == Class::Digit && class != Class::MidLetter;
                if !letters && !digits {
                    return Some(i);
                }
                i += len;
            }
            Class::Foreign => return None,
            _ => return Some(i),
        }
    }
    Some(i)
}

fn next_class(bytes: &[u8], i: usize) -> Option<Class> {
    (i < bytes.len()).then(|| class_at(bytes, i).0)
}

/// Re-reads the stretch that began at `chunk` with the reference implementation; gives the byte
/// where it ends.
#[cold]
fn foreign_chunk(text: &str, chunk: (usize, usize), gap: &mut Gap, scratch: &mut String, tokens: &mut Vec<Token>) -> usize {
    let (start, kept) = chunk;
    if let Some(first) = tokens.get(kept) {
        *gap = first.gap;
    }
    tokens.truncate(kept);
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() {
        let (class, len) = class_at(bytes, end);
        if matches!(class, Class::Space | Class::Newline) {
            break;
        }
        end += len;
    }
    for (offset, segment) in text[start..end].split_word_bound_indices() {
        let at = start + offset;
        if segment.chars().all(char::is_whitespace) {
            *gap = widen(*gap, segment.contains(['\u{85}', '\u{2028}', '\u{2029}']));
        } else if segment.chars().all(is_invisible) {
            // A byte order mark or a stray joiner is neither a word nor a gap.
        } else {
            push(text, at, at + segment.len(), *gap, scratch, tokens);
            *gap = Gap::None;
        }
    }
    end
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[inline]
fn push(text: &str, start: usize, end: usize, gap: Gap, scratch: &mut String, tokens: &mut Vec<Token>) {
    let clitic = possessive(&text.as_bytes()[start..end]);
    let core = &text[start..end - clitic];
    let (kind, case, ascii) = shape(core);
    let hash = if ascii {
        hash_folded(core.as_bytes())
    } else {
        scratch.clear();
        fold_into(core, scratch);
        hash_folded(scratch.as_bytes())
    };
    // Offsets fit 32 bit by the contract of `tokenize`; a clitic is 2 or 4 bytes.
    tokens.push(Token { start: start as u32, end: end as u32, hash, clitic: clitic as u8, kind, case, gap });
}

/// Length of a possessive `'s` or `’s` at the end of a word, unless nothing would remain.
#[inline]
fn possessive(word: &[u8]) -> usize {
    match word {
        [_, .., b'\'', b's' | b'S'] => 2,
        [_, .., 0xe2, 0x80, 0x99, b's' | b'S'] => 4,
        _ => 0,
    }
}

/// What a byte says of a token's shape: bits to be united over the token.
const SHAPE: [u8; 256] = shape_bits();
const UPPER: u8 = 1;
const LOWER: u8 = 2;
const DIGIT: u8 = 4;
const FOREIGN: u8 = 8;

const fn shape_bits() -> [u8; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            0x80.. => FOREIGN,
            _ => 0,
        };
        i += 1;
    }
    table
}

/// Kind and case of a token, and whether it is all ASCII.
#[inline]
fn shape(core: &str) -> (Kind, Case, bool) {
    let bytes = core.as_bytes();
    let bits = bytes.iter().fold(0, |bits, b| bits | SHAPE[usize::from(*b)]);
    if bits & FOREIGN != 0 {
        return foreign_shape(core);
    }
    let first_upper = bytes.first().is_some_and(u8::is_ascii_uppercase);
    let (upper, lower) = (bits & UPPER != 0, bits & LOWER != 0);
    (kind(upper || lower, bits & DIGIT != 0), case(upper, lower, first_upper), true)
}

fn foreign_shape(core: &str) -> (Kind, Case, bool) {
    let (mut upper, mut lower, mut other, mut digit, mut first_upper) = (false, false, false, false, false);
    for (i, c) in core.chars().enumerate() {
        if c.is_uppercase() {
            upper = true;
            first_upper |= i == 0;
        } else if c.is_lowercase() {
            lower = true;
        } else if c.is_numeric() {
            digit = true;
        } else if c.is_alphabetic() {
            other = true;
        }
    }
    (kind(upper || lower || other, digit), case(upper, lower, first_upper), false)
}

fn kind(letter: bool, digit: bool) -> Kind {
    match (letter, digit) {
        (true, false) => Kind::Word,
        (true, true) => Kind::Alphanumeric,
        (false, true) => Kind::Number,
        (false, false) => Kind::Punctuation,
    }
}

fn case(upper: bool, lower: bool, first_upper: bool) -> Case {
    match (upper, lower) {
        (false, false) => Case::None,
        (false, true) => Case::Lower,
        (true, false) => Case::Upper,
        (true, true) if first_upper => Case::Capital,
        (true, true) => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        fn tokenizer_equals_reference_on_random_text(text in "[a-zA-Z0-9 _:.;,'’‘“”–—\u{ad}\u{200d}\u{a0}éşƏ·ª東а\u{301}\n\t$#@-]{0,60}") {
            assert_reference(&text);
        }

        #[test]
        fn tokens_and_gaps_cover_the_text(text in "\\PC{0,60}") {
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
