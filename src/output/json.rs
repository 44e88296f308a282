//! Records as JSON: one per line, or indented. The wire format is `schema.json` beside this file.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::compact;
use crate::annotation::Extraction;

/// Writes a record on one line, with its line end.
///
/// # Errors
/// When `out` does not take it.
pub fn write_line(record: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    append_line(record, &mut line)?;
    out.write_all(&line)
}

/// As [`write_line`], to the end of a vector.
///
/// # Errors
/// When the record cannot be JSON.
pub fn append_line(record: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    out.reserve(USUAL);
    compact::append(record, out)?;
    out.push(b'\n');
    Ok(())
}

/// Bytes that a line is given from the start.
const USUAL: usize = 16 << 10;

/// Writes a record indented by one space, without a line end: what follows is the caller's to know.
///
/// # Errors
/// When `out` does not take it.
pub fn write_pretty(record: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(out, PrettyFormatter::with_indent(INDENT)))?;
    Ok(())
}

const INDENT: &[u8] = b" ";

/// As [`append_line`], with the input record's other fields as `doc.fields`.
/// `fields` is a JSON object, passed through as it stands: numbers keep all their digits.
///
/// # Errors
/// When the record cannot be JSON.
pub fn append_line_with(record: &Extraction<'_>, fields: &str, out: &mut Vec<u8>) -> io::Result<()> {
    let start = out.len();
    append_line(record, out)?;
    let mut doc = Vec::new();
    compact::append(&record.doc, &mut doc)?;
    let end = memchr::memmem::find(&out[start..], &doc).map_or(out.len() - 1, |at| start + at + doc.len()) - 1;
    out.splice(end..end, [b",\"fields\":", fields.as_bytes()].concat());
    Ok(())
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
