//! Recognizers: each finds the mentions of one type.
//!
//! They run in listed order, import no sibling, and see the document, its tokens, the gazetteer
//! hits and the mentions found before through [`Context`].

pub mod timex;

use crate::gazetteer::{Lookups, Table};
use crate::token::Token;

/// What a recognizer sees.
pub struct Context<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// First tokens of the sentences, ascending; the first is 0.
    pub sentences: &'a [u32],
    /// Gazetteer hits.
    pub lookups: &'a Lookups,
    /// The gazetteer.
    pub table: &'a Table,
}
