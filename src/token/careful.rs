//! The careful path: everything but words of ASCII letters and digits, and ASCII marks.
//!
//! Latin letters up to U+024F and the usual typographic marks run through a small state machine;
//! any other white-space-delimited stretch is given to `unicode-segmentation`, stretch by stretch,
//! so that one foreign word costs nothing elsewhere.

use unicode_segmentation::UnicodeSegmentation;

use super::class::{Class, class_at, class_from, stretch_end, stretch_start};
use super::fold::{fold_into, hash_folded};
use super::{Case, Gap, Kind, Token};

/// A text on its way to tokens.
pub(super) struct Careful<'a> {
    text: &'a str,
    /// The folded form of a token that is not all ASCII.
    scratch: String,
}

impl<'a> Careful<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Careful { text, scratch: String::new() }
    }

    /// If the `plain` ASCII letters and digits at byte `i` are a whole word, or one but for a
    /// possessive ending: the length of that ending, or 0.
    #[inline(never)] // as `step`
    pub(super) fn ending(&self, i: usize, plain: usize) -> Option<usize> {
        plain_ending(self.text.as_bytes(), i, i + plain)
    }

    /// Reads what stands at byte `i`, `gap` being what stands before it: white space, a token, or
    /// the rest of a foreign stretch. Its first `plain` bytes are known to be ASCII letters and digits.
    /// Gives the byte where it ends and what then stands before that byte.
    #[inline(never)] // its variables would crowd the fast path's out of the registers
    pub(super) fn step(&mut self, i: usize, plain: usize, gap: Gap, tokens: &mut Vec<Token>) -> (usize, Gap) {
        let bytes = self.text.as_bytes();
        let (class, len) = class_at(bytes, i);
        match class {
            Class::Space | Class::Newline => self.spaces(i, gap),
            Class::Letter | Class::Digit | Class::Extend => self.word(i, i + plain.max(len), gap, tokens),
            Class::Foreign => self.foreign_stretch(i, gap, tokens),
            Class::MidLetter | Class::MidBoth | Class::MidDigit | Class::Other => {
                self.push_mark(i, i + len, gap, tokens);
                (i + len, Gap::None)
            }
        }
    }

    /// Reads the word that starts at `start` and goes on at least to `known`.
    fn word(&mut self, start: usize, known: usize, gap: Gap, tokens: &mut Vec<Token>) -> (usize, Gap) {
        match word_end(self.text.as_bytes(), start, known) {
            Some(end) => {
                self.push(start, end, possessive(&self.text.as_bytes()[start..end]), gap, tokens);
                (end, Gap::None)
            }
            None => self.foreign_stretch(start, gap, tokens),
        }
    }

    fn spaces(&self, start: usize, mut gap: Gap) -> (usize, Gap) {
        let bytes = self.text.as_bytes();
        let mut i = start;
        while i < bytes.len() {
            match class_at(bytes, i) {
                (Class::Space, len) => {
                    gap = widen(gap, false);
                    i += len;
                }
                (Class::Newline, _) => {
                    gap = widen(gap, true);
                    i += 1;
                }
                _ => break,
            }
        }
        (i, gap)
    }

    /// Re-reads the white-space-delimited stretch around byte `i` with the reference implementation.
    #[cold]
    fn foreign_stretch(&mut self, i: usize, mut gap: Gap, tokens: &mut Vec<Token>) -> (usize, Gap) {
        let bytes = self.text.as_bytes();
        let (start, end) = (stretch_start(bytes, i), stretch_end(bytes, i));
        while let Some(token) = tokens.pop_if(|t| t.start as usize >= start) {
            gap = token.gap;
        }
        for (offset, segment) in self.text[start..end].split_word_bound_indices() {
            let at = start + offset;
            if segment.chars().all(char::is_whitespace) {
                gap = widen(gap, segment.contains(['\u{85}', '\u{2028}', '\u{2029}']));
            } else if segment.chars().all(is_invisible) {
                // A byte order mark or a stray joiner is neither a word nor a gap.
            } else {
                self.push(at, at + segment.len(), possessive(segment.as_bytes()), gap, tokens);
                gap = Gap::None;
            }
        }
        (end, gap)
    }

    /// A token of a single mark of the classes that [`class_at`] knows.
    fn push_mark(&mut self, start: usize, end: usize, gap: Gap, tokens: &mut Vec<Token>) {
        let hash = hash_folded(folded_mark(&self.text.as_bytes()[start..end]));
        // Offsets fit 32 bit by the contract of `tokenize`.
        tokens.push(Token { start: start as u32, end: end as u32, hash, clitic: 0, kind: Kind::Punctuation, case: Case::None, gap });
    }

    /// A token of any kind whose possessive ending has `clitic` bytes.
    fn push(&mut self, start: usize, end: usize, clitic: usize, gap: Gap, tokens: &mut Vec<Token>) {
        let core = &self.text[start..end - clitic];
        let (kind, case, ascii) = shape(core);
        let hash = if ascii {
            hash_folded(core.as_bytes())
        } else {
            self.scratch.clear();
            fold_into(core, &mut self.scratch);
            hash_folded(self.scratch.as_bytes())
        };
        // A clitic is 2 or 4 bytes.
        tokens.push(Token { start: start as u32, end: end as u32, hash, clitic: clitic as u8, kind, case, gap });
    }
}

/// The folded form of a mark of the classes that [`class_at`] knows.
fn folded_mark(mark: &[u8]) -> &[u8] {
    match mark {
        [0xe2, 0x80, 0x98 | 0x99 | 0x9b] => b"'",
        [0xe2, 0x80, 0x9c..=0x9f] | [0xc2, 0xab | 0xbb] => b"\"",
        [0xe2, 0x80, 0x90..=0x95] => b"-",
        _ => mark,
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

/// End of the word that starts at `start` and goes on at least to `known`, or `None` when a
/// character that only the reference knows touches it.
fn word_end(bytes: &[u8], start: usize, known: usize) -> Option<usize> {
    let mut before = last_class(bytes, start, known);
    let mut i = known;
    while i < bytes.len() {
        let (class, len) = class_at(bytes, i);
        match class {
            Class::Letter | Class::Digit | Class::Extend => {
                before = class;
                i += len;
            }
            Class::MidLetter | Class::MidBoth | Class::MidDigit => {
                let Some(next) = class_from(bytes, i + len) else { return Some(i) };
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

/// Class of the last character of `start..known`: one character, or several ASCII ones.
fn last_class(bytes: &[u8], start: usize, known: usize) -> Class {
    let last = if bytes[known - 1] < 0x80 { known - 1 } else { start };
    class_at(bytes, last).0
}

/// Where the ASCII letters and digits of `start..i` are a whole word, or one but for a possessive
/// ending: the length of that ending, or 0. `None`: the word may go on otherwise.
fn plain_ending(bytes: &[u8], start: usize, i: usize) -> Option<usize> {
    match class_from(bytes, i) {
        None | Some(Class::Space | Class::Newline | Class::Other) => Some(0),
        Some(Class::MidBoth) => {
            let mark = class_at(bytes, i).1;
            match class_from(bytes, i + mark) {
                Some(Class::Letter) if last_class(bytes, start, i) == Class::Letter => possessive_ending(bytes, i, mark),
                Some(Class::Letter | Class::Digit | Class::Foreign) => None,
                _ => Some(0),
            }
        }
        Some(_) => None,
    }
}

/// The length of the possessive ending at `i` whose apostrophe or point is `mark` bytes long.
fn possessive_ending(bytes: &[u8], i: usize, mark: usize) -> Option<usize> {
    let end = i + mark + 1;
    let ending = &bytes[i..end];
    let ends = match class_from(bytes, end) {
        None | Some(Class::Space | Class::Newline | Class::Other) => true,
        Some(Class::MidLetter | Class::MidBoth | Class::MidDigit) => {
            let next = end + class_at(bytes, end).1;
            !matches!(class_from(bytes, next), Some(Class::Letter | Class::Foreign))
        }
        Some(_) => false,
    };
    (ends && matches!(ending, [b'\'', b's' | b'S'] | [0xe2, 0x80, 0x99, b's' | b'S'])).then_some(mark + 1)
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
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
    (Kind::of(upper || lower, bits & DIGIT != 0), Case::of(upper, lower, first_upper), true)
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
    (Kind::of(upper || lower || other, digit), Case::of(upper, lower, first_upper), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_marks_fold_as_all_text() {
        for c in ('\0'..=char::MAX).filter(|c| !c.is_ascii_alphanumeric()) {
            let text = c.to_string();
            let (class, len) = class_at(text.as_bytes(), 0);
            if matches!(class, Class::MidLetter | Class::MidBoth | Class::MidDigit | Class::Other) {
                let mut folded = String::new();
                fold_into(&text, &mut folded);
                assert_eq!(folded_mark(text.as_bytes()), folded.as_bytes(), "{c:?}");
                assert_eq!((shape(&text).0, shape(&text).1), (Kind::Punctuation, Case::None), "{c:?}");
                assert_eq!(len, text.len(), "{c:?}");
            }
        }
    }
}
