//! Tokens and sentences.
//!
//! One pass over the text gives [`Token`]s: the words of UAX #29 and every other visible
//! character. Nothing is copied; a token knows its span, the hash of its folded form and its
//! shape.

mod block;
mod careful;
mod class;
pub mod fold;
pub mod sentence;
mod tokenizer;

pub use tokenizer::tokenize;

use crate::span::Span;

/// What kind of characters a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters only (with inner apostrophes and points, as in `don't`, `U.S`).
    Word,
    /// Starts with a digit and holds no letter: `2024`, `1,000`, `3.5`.
    Number,
    /// Letters and digits: `COP29`, `19th`.
    Alphanumeric,
    /// A single punctuation mark or symbol.
    Punctuation,
}

impl Kind {
    /// The kind of a token that holds a letter, a digit, both or neither.
    const fn of(letter: bool, digit: bool) -> Kind {
        match (letter, digit) {
            (true, false) => Kind::Word,
            (true, true) => Kind::Alphanumeric,
            (false, true) => Kind::Number,
            (false, false) => Kind::Punctuation,
        }
    }
}

/// How a token is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letter at all.
    None,
    /// No capital: `minister`.
    Lower,
    /// A capital first, then at least one small letter: `Minister`, `McCain`.
    Capital,
    /// Capitals only: `UNFCCC`, `A`.
    Upper,
    /// A small letter first, capitals later: `eBay`, `al-` is not one (two tokens).
    Mixed,
}

impl Case {
    /// The case of a token that holds a capital, a small letter, both or neither.
    const fn of(upper: bool, lower: bool, first_upper: bool) -> Case {
        match (upper, lower) {
            (false, false) => Case::None,
            (false, true) => Case::Lower,
            (true, false) => Case::Upper,
            (true, true) if first_upper => Case::Capital,
            (true, true) => Case::Mixed,
        }
    }
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// White space without a line break.
    Space,
    /// One line break.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// The smallest unit of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte, a possessive ending included.
    pub end: u32,
    /// Hash of the folded form, without a possessive ending.
    pub hash: u64,
    /// Bytes of a possessive ending (`'s`, `’s`); 0 when there is none.
    pub clitic: u8,
    /// Kind of characters.
    pub kind: Kind,
    /// Capitalisation, without a possessive ending.
    pub case: Case,
    /// What stands before the token.
    pub gap: Gap,
}

impl Token {
    /// The whole token, a possessive ending included.
    #[inline]
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The token without its possessive ending.
    #[inline]
    pub fn core(&self) -> Span {
        Span::new(self.start, self.core_end())
    }

    /// End of the token without its possessive ending.
    #[inline]
    pub fn core_end(&self) -> u32 {
        self.end - u32::from(self.clitic)
    }

    /// Whether the token is a word, number or mixture (not punctuation).
    #[inline]
    pub fn is_word(&self) -> bool {
        self.kind != Kind::Punctuation
    }

    /// Whether the token starts with a capital letter.
    #[inline]
    pub fn is_capitalized(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether the token's text, without a possessive ending, is `word` (ASCII case ignored).
    #[inline]
    pub fn is(&self, text: &str, word: &str) -> bool {
        self.core().slice(text).eq_ignore_ascii_case(word)
    }
}
