//! One mention per line: `{"doc": id, …}` and the mention's own keys.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use crate::annotation::{Extraction, Mention};

#[derive(Serialize)]
struct Line<'a, 't> {
    doc: &'a str,
    #[serde(flatten)]
    mention: &'a Mention<'t>,
}

/// Writes a result's mentions, a line each, in text order. A document without any gives no line.
///
/// # Errors
/// When `out` does not take it.
pub fn write(record: &Extraction<'_>, out: &mut impl Write) -> io::Result<()> {
    record.mentions.iter().try_for_each(|mention| json::write_line(&Line { doc: &record.doc.id, mention }, out))
}
