//! Records as JSON: one per line, or indented. The wire format is `schema.json` beside this file.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::annotation::Extraction;

/// Writes a record on one line, with its line end.
///
/// # Errors
/// When `out` does not take it.
pub fn write_line(record: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// Writes a record indented by one space, without a line end: what follows is the caller's to know.
///
/// # Errors
/// When `out` does not take it.
pub fn write_pretty(record: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(out, PrettyFormatter::with_indent(INDENT)))?;
    Ok(())
}

const INDENT: &[u8] = b" ";

/// As [`write_line`], with the input record's other fields as `doc.fields`.
/// `fields` is a JSON object, passed through as it stands: numbers keep all their digits.
///
/// # Errors
/// When `out` does not take it.
pub fn write_line_with(record: &Extraction<'_>, fields: &str, out: &mut impl Write) -> io::Result<()> {
    let doc = serde_json::to_vec(&record.doc)?;
    let line = serde_json::to_vec(record)?;
    let end = memchr::memmem::find(&line, &doc).map_or(line.len(), |at| at + doc.len()) - 1;
    out.write_all(&line[..end])?;
    write!(out, ",\"fields\":{fields}")?;
    out.write_all(&line[end..])?;
    out.write_all(b"\n")
}

/// As [`write_pretty`], with the input record's other fields as `doc.fields`, on a line of their own.
///
/// # Errors
/// When `out` does not take it.
pub fn write_pretty_with(record: &Extraction<'_>, fields: &str, out: &mut impl Write) -> io::Result<()> {
    let mut json = Vec::new();
    write_pretty(record, &mut json)?;
    // `doc` is the first object inside; line ends within strings are escaped, so this is its closing brace.
    let end = memchr::memmem::find(&json, b"\n }").unwrap_or(json.len());
    out.write_all(&json[..end])?;
    write!(out, ",\n  \"fields\": {fields}")?;
    out.write_all(&json[end..])
}
