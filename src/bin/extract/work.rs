//! One document from bytes to bytes: what a worker does, knowing of no other document.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

use extract::output::{json, mentions, text};
use extract::source::{DateFrom, Document, Item};
use extract::{Failure, FailureKind, GivenDate, Input};

use crate::args::Format;
use crate::settings::Settings;

/// A document's record, rendered.
pub(crate) struct Done {
    pub(crate) bytes: Vec<u8>,
    /// Where its own result file belongs, without extension.
    pub(crate) place: PathBuf,
    pub(crate) alone: bool,
    /// Whether anything was found in it.
    pub(crate) found: bool,
    pub(crate) failure: Option<Failure>,
}

/// Reads, extracts and renders one item. Never fails: what goes wrong becomes the record.
pub(crate) fn process(item: Item, settings: &Settings) -> Done {
    let (id, place, alone) = (item.id.clone(), item.place.clone(), item.alone);
    let mut bytes = Vec::new();
    // A defect met in one document must not cost the others.
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        let document = item.load(&settings.source)?;
        let failed = |kind, message| Failure { id: document.id.clone(), source: document.source.clone(), kind, message };
        let found = render(&document, settings, &mut bytes).map_err(|error| failed(FailureKind::Internal, error.to_string()))?;
        // The lists are checked as they are read, and this document may have read what is damaged.
        settings.extractor.check_lists().map_err(|error| failed(FailureKind::Lists, error.to_string()))?;
        Ok(found)
    }));
    let result = result.unwrap_or_else(|_| {
        let message = "a defect of extract: please report it with this document";
        Err(Failure::new(id, FailureKind::Internal, message))
    });
    match result {
        Ok(found) => Done { bytes, place, alone, found, failure: None },
        Err(failure) => {
            bytes.clear();
            render_failure(&failure, settings.format, &mut bytes);
            Done { bytes, place, alone, found: false, failure: Some(failure) }
        }
    }
}

/// Extracts and writes; says whether anything was found.
fn render(document: &Document, settings: &Settings, out: &mut Vec<u8>) -> io::Result<bool> {
    let given = |(value, from): &(String, DateFrom)| GivenDate { value: value.clone(), from: from.as_str() };
    let input = Input {
        id: document.id.as_str().into(),
        text: &document.text,
        title: document.title.as_deref(),
        date: match &settings.date {
            Some(value) => Some(GivenDate { value: value.clone(), from: "option" }),
            None => document.date.as_ref().map(given),
        },
        warnings: document.warnings.clone(),
    };
    let mut result = settings.extractor.extract_document(&input);
    result.doc.source = document.source.as_deref().map(Into::into);
    settings.filter.apply(&mut result);
    result.convert_offsets(settings.offsets, &document.text);
    match (settings.format, &document.fields) {
        (Format::Json, None) => json::write_pretty(&result, out)?,
        (Format::Json, Some(fields)) => json::write_pretty_with(&result, fields, out)?,
        (Format::Jsonl, None) => json::append_line(&result, out)?,
        (Format::Jsonl, Some(fields)) => json::append_line_with(&result, fields, out)?,
        (Format::Mentions, _) => mentions::write(&result, out)?,
        (Format::Text, _) => text::write(&result, settings.color, out)?,
    }
    Ok(!result.is_empty())
}

/// An error record. In the mentions format it is a line of its own; in the text format a line for people.
fn render_failure(failure: &Failure, format: Format, out: &mut Vec<u8>) {
    let written = match format {
        Format::Json => json::write_pretty(failure, out),
        Format::Jsonl | Format::Mentions => json::write_line(failure, out),
        Format::Text => text::write_failure(failure, out),
    };
    debug_assert!(written.is_ok(), "a vector takes everything");
}
