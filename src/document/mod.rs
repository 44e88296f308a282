//! The document: what is known of a text before names are recognised.

mod language;
mod layout;

pub use language::language;
pub use layout::{mark, title};

/// A date given from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDate {
    /// ISO 8601: a year, month, day, or a day with a time.
    pub value: String,
    /// `option`, `field` or `file-name`; a date line in the text goes before a file name.
    pub from: &'static str,
}
