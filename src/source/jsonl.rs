//! A JSONL line to a document. Fields are kept as they stand in the line, so a number of any
//! length and the order of the other fields pass through unchanged.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::{DateFrom, Document, Options, date, decode};
use crate::error::{Failure, FailureKind};

/// Reads one record. `place` is `path:line`.
pub(super) fn document(place: &str, line: &[u8], options: &Options) -> Result<Document, Failure> {
    let mut failure = Failure::new(place, FailureKind::Record, "");
    let fail = |mut failure: Failure, kind: FailureKind, message: String| {
        (failure.kind, failure.message) = (kind, message);
        Err(failure)
    };
    let decoded = match decode::decode(line, options.encoding, options.strict) {
        Ok(decoded) => decoded,
        Err((kind, message)) => return fail(failure, kind, message),
    };
    let line = decoded.text.trim_start_matches('\u{FEFF}').trim();
    if line.is_empty() {
        return fail(failure, FailureKind::Record, "a blank line, no record".to_owned());
    }
    let fields = match fields(line) {
        Ok(fields) => fields,
        Err(message) => return fail(failure, FailureKind::Record, message),
    };

    let names = &options.fields;
    let value = |name: &str| fields.iter().rev().find(|field| field.name == name).map(|field| field.value);
    let mut document = Document { id: place.to_owned(), warnings: decoded.warning.into_iter().collect(), ..Document::default() };
    if let Some(id) = value(&names.id).and_then(scalar) {
        document.id = id.into_owned();
        document.source = Some(place.to_owned());
        failure.id.clone_from(&document.id);
        failure.source.clone_from(&document.source);
    }
    match value(&names.text) {
        Some(raw) if raw.starts_with('"') => match string(raw) {
            Ok(text) => document.text = text.into_owned(),
            Err(message) => return fail(failure, FailureKind::Record, format!("field `{}`: {message}", names.text)),
        },
        Some(_) => return fail(failure, FailureKind::Record, format!("field `{}` is no string", names.text)),
        None => {
            let message = format!("no field `{}`; --text-field names the one that holds the text", names.text);
            return fail(failure, FailureKind::Record, message);
        }
    }
    if u32::try_from(document.text.len()).is_err() {
        return fail(failure, FailureKind::TooLarge, "the text is over 4 GiB; split it".to_owned());
    }
    document.title = value(&names.title).and_then(scalar).filter(|title| !title.trim().is_empty()).map(Cow::into_owned);
    if let Some(given) = value(&names.date).filter(|raw| !matches!(*raw, "null" | "\"\"")) {
        match scalar(given).and_then(|given| date::iso(&given)) {
            Some(value) => document.date = Some((value, DateFrom::Field)),
            None => document.warnings.push(format!("date: field `{}` is no ISO 8601 date, not used: {given}", names.date)),
        }
    }
    if options.keep_fields {
        document.fields = other_fields(&fields, options);
    }
    Ok(document)
}

/// Whether a line is a record: a JSON object with the text field.
pub(super) fn is_record(line: &[u8], options: &Options) -> bool {
    let Ok(line) = str::from_utf8(line) else { return false };
    fields(line.trim_start_matches('\u{FEFF}').trim()).is_ok_and(|fields| fields.iter().any(|field| field.name == options.fields.text))
}

/// A field of a record, its value as it stands.
#[derive(Debug, PartialEq)]
struct Field<'l> {
    raw_name: &'l str,
    name: Cow<'l, str>,
    value: &'l str,
}

/// The fields of a JSON object, in order.
fn fields(line: &str) -> Result<Vec<Field<'_>>, String> {
    // serde_json decides what JSON is; the scan below may then rely on it.
    serde_json::from_str::<IgnoredAny>(line).map_err(|error| format!("no JSON: {error}"))?;
    let mut rest = line.strip_prefix('{').ok_or("no JSON object")?.trim_start();
    let mut fields = Vec::new();
    while rest.starts_with('"') {
        let (raw_name, after) = rest.split_at(value_end(rest));
        let after = after.trim_start().strip_prefix(':').unwrap_or(after).trim_start();
        let (value, after) = after.split_at(value_end(after));
        fields.push(Field { raw_name, name: string(raw_name)?, value });
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Ok(fields)
}

/// Where the JSON value ends that `text` starts with. `text` is known to be valid.
fn value_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'"') => string_end(bytes, 0),
        Some(b'{' | b'[') => {
            let (mut depth, mut at) = (0usize, 0);
            while at < bytes.len() {
                match bytes[at] {
                    b'"' => {
                        at = string_end(bytes, at);
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    break;
                }
            }
            at
        }
        _ => bytes.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(bytes.len()),
    }
}

/// Where the string ends that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        if bytes[at + found] == b'"' {
            return at + found + 1;
        }
        at += found + 2;
    }
    bytes.len()
}

/// A JSON string's content.
fn string(raw: &str) -> Result<Cow<'_, str>, String> {
    match raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
        _ => serde_json::from_str::<String>(raw).map(Cow::Owned).map_err(|error| error.to_string()),
    }
}

/// A string's content or a number as written; nothing for other values.
fn scalar(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes().first()? {
        b'"' => string(raw).ok(),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw)),
        _ => None,
    }
}

/// The fields that the extraction does not take, as a JSON object; `None` when there are none.
fn other_fields(fields: &[Field<'_>], options: &Options) -> Option<String> {
    let names = &options.fields;
    let used = [&names.text, &names.id, &names.date, &names.title];
    let mut json = String::new();
    for field in fields.iter().filter(|field| used.iter().all(|name| field.name != **name)) {
        json.push(if json.is_empty() { '{' } else { ',' });
        json.push_str(field.raw_name);
        json.push(':');
        json.push_str(field.value);
    }
    (!json.is_empty()).then(|| json + "}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Document, Failure> {
        document("f:1", line.as_bytes(), &Options { keep_fields: true, ..Options::default() })
    }

    #[test]
    fn a_whole_record() {
        let line = r#" {"id": 7, "tags" : ["a}", {"b":"\"]"}], "text":"Bak\u0131 \"x\"\n", "date":"2024-09-18","n":12345678901234567890123, "title":"T" } "#;
        let document = read(line).unwrap();
        assert_eq!((&*document.id, document.source.as_deref()), ("7", Some("f:1")));
        assert_eq!(document.text, "Bakı \"x\"\n");
        assert_eq!(document.title.as_deref(), Some("T"));
        assert_eq!(document.date, Some(("2024-09-18".to_owned(), DateFrom::Field)));
        assert_eq!(document.fields.as_deref(), Some(r#"{"tags":["a}", {"b":"\"]"}],"n":12345678901234567890123}"#));
        assert!(document.warnings.is_empty());
    }

    #[test]
    fn what_is_no_record() {
        for (line, said) in [
            ("", "blank"),
            ("{", "no JSON"),
            ("[1]", "no JSON object"),
            ("{}", "no field `text`"),
            (r#"{"text":null}"#, "no string"),
            (r#"{"text":"\ud800"}"#, "text"),
            (r#"{"text":"a"} x"#, "no JSON"),
        ] {
            let failure = read(line).unwrap_err();
            assert!(failure.message.contains(said), "{line}: {}", failure.message);
        }
        assert_eq!(read(r#"{"id":"x","text":3}"#).unwrap_err().id, "x");
    }

    #[test]
    fn odd_dates_are_told() {
        let document = read(r#"{"text":"","date":"soon"}"#).unwrap();
        assert!(document.date.is_none() && document.warnings[0].contains("soon"));
        assert!(read(r#"{"text":"","date":null}"#).unwrap().warnings.is_empty());
    }
}
