//! Looking at tokens: what word, number or mark stands at a place.

use super::cues::{Classes, Cue, Cues};
use super::lexicon::Word;
use crate::gazetteer::{List, Lookups};
use crate::token::{Case, Gap, Kind, Token};

/// A document's tokens with their listed meanings.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lookups: &'a Lookups,
    pub(super) words: &'a [Word],
    pub(super) cues: &'a Cues,
    /// First entry of the list of words.
    pub(super) first: u32,
}

impl<'a> Reader<'a> {
    /// The meaning of the longest listed form that starts at `i`, and the token behind it.
    #[inline]
    pub(super) fn word(&self, i: usize) -> Option<(Word, usize)> {
        let hit = self.lookups.longest(i, List::TimexWords)?;
        let word = self.words.get(hit.entry.0.wrapping_sub(self.first) as usize)?;
        Some((*word, hit.end as usize))
    }

    /// The meaning of the token at `i`, taken with the one before as one text (no empty line between).
    #[inline]
    pub(super) fn next_word(&self, i: usize) -> Option<(Word, usize)> {
        if self.joined(i) { self.word(i) } else { None }
    }

    /// The token at `i`.
    #[inline]
    pub(super) fn token(&self, i: usize) -> Option<&'a Token> {
        self.tokens.get(i)
    }

    /// The token's text without a possessive ending; empty behind the last.
    #[inline]
    pub(super) fn core(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.core().slice(self.text))
    }

    /// Whether token `i` is `word`, ASCII case ignored.
    #[inline]
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is(self.text, word))
    }

    /// Whether token `i` is one of `words`, ASCII case ignored.
    pub(super) fn is_any(&self, i: usize, words: &[&str]) -> bool {
        let core = self.core(i);
        words.iter().any(|w| core.eq_ignore_ascii_case(w))
    }

    /// Whether the token before `i` is one of `words`, in the same paragraph.
    pub(super) fn before_is_any(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.joined(i) && self.is_any(i - 1, words)
    }

    /// What token `i` tells as a cue word.
    #[inline]
    pub(super) fn cues(&self, i: usize) -> Classes {
        self.tokens.get(i).map_or(Classes::NONE, |t| self.cues.of(t.hash))
    }

    /// Whether token `i` is a cue word of that class.
    #[inline]
    pub(super) fn cue(&self, i: usize, cue: Cue) -> bool {
        self.cues(i).holds(cue)
    }

    /// Whether the token before `i` is a cue word of that class, in the same paragraph.
    #[inline]
    pub(super) fn before_cue(&self, i: usize, cue: Cue) -> bool {
        i > 0 && self.joined(i) && self.cue(i - 1, cue)
    }

    /// Whether token `i` exists and belongs to the paragraph of the one before.
    #[inline]
    pub(super) fn joined(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.gap < Gap::Paragraph)
    }

    /// Whether token `i` exists and touches the one before.
    #[inline]
    pub(super) fn touches(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.gap == Gap::None)
    }

    /// Whether token `i` is the punctuation mark `mark`.
    #[inline]
    pub(super) fn mark(&self, i: usize, mark: &str) -> bool {
        self.joined(i) && self.core(i) == mark
    }

    /// Whether token `i` is a dash of any length.
    #[inline]
    pub(super) fn dash(&self, i: usize) -> bool {
        self.joined(i) && self.tokens[i].kind == Kind::Punctuation && matches!(self.core(i), "-" | "–" | "—" | "‐" | "‑" | "−" | "‒")
    }

    /// Whether token `i` is a dash that touches both neighbours.
    pub(super) fn hyphen(&self, i: usize) -> bool {
        self.touches(i) && self.dash(i) && self.touches(i + 1)
    }

    /// Whether token `i` carries a possessive ending.
    pub(super) fn possessive(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.clitic > 0)
    }

    /// The value and number of digits when token `i` is digits only (at most nine).
    #[inline]
    pub(super) fn digits(&self, i: usize) -> Option<(u32, usize)> {
        let token = self.tokens.get(i)?;
        if token.kind != Kind::Number {
            return None;
        }
        plain_digits(self.core(i))
    }

    /// Whether token `i` starts with a capital and is no number.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.joined(i) && self.tokens[i].is_capitalized()
    }

    /// Whether token `i` is a word without capitals.
    pub(super) fn lower(&self, i: usize) -> bool {
        self.joined(i) && self.tokens[i].kind == Kind::Word && self.tokens[i].case == Case::Lower
    }

    /// Skips a comma at `i`.
    pub(super) fn skip_comma(&self, i: usize) -> usize {
        if self.mark(i, ",") { i + 1 } else { i }
    }

    /// Skips the point of an abbreviation at `i`: one that touches the word and is followed by more of the line.
    pub(super) fn skip_point(&self, i: usize) -> usize {
        if self.touches(i) && self.mark(i, ".") { i + 1 } else { i }
    }

    /// Whether a sentence starts at `i`, as far as the token before tells.
    pub(super) fn opens(&self, i: usize) -> bool {
        i == 0 || !self.joined(i) || matches!(self.core(i - 1), "." | "!" | "?" | ":" | "“" | "\"" | "•" | "*" | "(")
    }
}

/// Value and length of a text of one to nine digits.
pub(super) fn plain_digits(text: &str) -> Option<(u32, usize)> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let mut value = 0;
    for b in text.bytes() {
        if !b.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(b - b'0');
    }
    Some((value, text.len()))
}
