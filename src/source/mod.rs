//! From paths and streams to documents.
//!
//! [`read`] walks the inputs in order and hands over [`Item`]s: a file's path, a line of a JSONL
//! stream, the text of standard input. That is the cheap, sequential half. [`Item::load`] is the
//! other half, made for many threads: it reads, unpacks and decodes one item into a [`Document`].

mod date;
mod decode;
mod gzip;
mod jsonl;
mod lines;
mod list;
mod read;
mod sniff;
mod walk;

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;

pub use date::{iso as iso_date, today};
pub use decode::Encoding;
pub use read::read;

use crate::error::{Failure, FailureKind};

/// Where documents come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inputs {
    /// Paths in order: files, directories, `-` for standard input.
    Paths(Vec<OsString>),
    /// A file (or `-`) that lists paths.
    List {
        /// The list.
        from: OsString,
        /// Whether names end in NUL instead of a line end.
        nul: bool,
    },
}

/// What an input holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// JSONL by its extension (`.jsonl`, `.ndjson`, also `.gz`), a stream also by its first line; else text.
    #[default]
    Auto,
    /// One document of plain text.
    Text,
    /// One record per line.
    Jsonl,
}

/// Names of the fields of a JSONL record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// The text; required.
    pub text: String,
    /// The id.
    pub id: String,
    /// The date.
    pub date: String,
    /// The title.
    pub title: String,
}

impl Default for FieldNames {
    fn default() -> FieldNames {
        FieldNames { text: "text".into(), id: "id".into(), date: "date".into(), title: "title".into() }
    }
}

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// What they hold.
    pub kind: InputKind,
    /// Field names of records.
    pub fields: FieldNames,
    /// Pass the other fields of a record through.
    pub keep_fields: bool,
    /// One result per line, also for a blank one.
    pub every_line: bool,
    /// Encoding of text without a byte-order mark; without it UTF-8, else a guess.
    pub encoding: Option<Encoding>,
    /// A text that needs a guess or a replacement is a failure.
    pub strict: bool,
    /// Largest document (file, unpacked file, line) in bytes.
    pub max_bytes: u64,
    /// Follow symbolic links inside directories.
    pub follow_links: bool,
    /// A directory that is passed over while walking: the one that results are written to.
    pub skip: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            kind: InputKind::Auto,
            fields: FieldNames::default(),
            keep_fields: false,
            every_line: false,
            encoding: None,
            strict: false,
            max_bytes: 64 << 20,
            follow_links: false,
            skip: None,
        }
    }
}

/// One document not yet loaded.
#[derive(Clone, Debug)]
pub struct Item {
    /// Path, `-`, or for a line `path:number`.
    pub id: String,
    /// Where its own result file belongs: the input's place below the path given, without extension for results.
    pub place: PathBuf,
    /// It is the whole input: a single file or text, not one of several.
    pub alone: bool,
    /// The next item is at hand: to wait for it costs nothing.
    pub more: bool,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// A file, to be read.
    File(PathBuf),
    /// A text already read, perhaps packed.
    Text(Vec<u8>, Vec<String>),
    /// A line of a JSONL stream.
    Line(Vec<u8>),
    /// What could not even be listed.
    Failed(FailureKind, String),
}

/// What [`read`] hands over.
#[derive(Clone, Debug)]
pub enum Found {
    /// A document.
    Item(Item),
    /// Something passed over, for a person to know.
    Note(String),
}

/// One document: what the extraction needs, and what the record passes through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The record's id, else the path, else `-`.
    pub id: String,
    /// Where the record came from, when the id is its own.
    pub source: Option<String>,
    /// The text, after decoding. A UTF-8 byte-order mark stays in it, so that offsets fit the file.
    pub text: String,
    /// The record's title.
    pub title: Option<String>,
    /// Date of the record or in the file's name, in ISO 8601.
    pub date: Option<(String, DateFrom)>,
    /// What reading changed or could not use.
    pub warnings: Vec<String>,
    /// The record's other fields as a JSON object, as they stood.
    pub fields: Option<String>,
}

/// Where a document's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFrom {
    /// A field of the record.
    Field,
    /// The file's name.
    FileName,
}

impl DateFrom {
    /// The name in the schema: `field` or `file-name`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateFrom::Field => "field",
            DateFrom::FileName => "file-name",
        }
    }
}

impl Item {
    /// Bytes it holds in memory before it is loaded.
    pub fn held(&self) -> usize {
        match &self.content {
            Content::Text(bytes, _) | Content::Line(bytes) => bytes.len(),
            Content::File(_) | Content::Failed(..) => 0,
        }
    }

    /// Reads, unpacks and decodes the document.
    ///
    /// # Errors
    /// A [`Failure`] that is the document's record.
    pub fn load(self, options: &Options) -> Result<Document, Failure> {
        let fail = |(kind, message): (FailureKind, String)| Failure::new(self.id.clone(), kind, message);
        match self.content {
            Content::File(path) => {
                let bytes = gzip::read_file(&path, options.max_bytes).map_err(fail)?;
                let date = path.file_name().and_then(|name| date::in_file_name(&name.to_string_lossy()));
                let warnings = sniff::markup_note(&path).into_iter().collect();
                let date = date.map(|value| (value, DateFrom::FileName));
                text_document(&self.id, bytes, Document { id: self.id.clone(), date, warnings, ..Document::default() }, options)
            }
            Content::Text(bytes, warnings) => text_document(&self.id, bytes, Document { id: self.id.clone(), warnings, ..Document::default() }, options),
            Content::Line(line) => jsonl::document(&self.id, &line, options),
            Content::Failed(kind, message) => Err(Failure::new(self.id, kind, message)),
        }
    }
}

/// Decodes a text into a document that has everything else.
fn text_document(id: &str, bytes: Vec<u8>, mut document: Document, options: &Options) -> Result<Document, Failure> {
    let fail = |(kind, message)| Failure::new(id, kind, message);
    if let Some(what) = sniff::binary(&bytes, options.encoding) {
        return Err(fail((FailureKind::Binary, what)));
    }
    let decoded = decode::decode(&bytes, options.encoding, options.strict).map_err(fail)?;
    document.warnings.extend(decoded.warning);
    document.text = match decoded.text {
        Cow::Owned(text) => text,
        // The bytes are the text: a large document is not held twice.
        Cow::Borrowed(_) => String::from_utf8(bytes).unwrap_or_default(),
    };
    if u32::try_from(document.text.len()).is_err() {
        return Err(fail((FailureKind::TooLarge, "the text is over 4 GiB; split it".to_owned())));
    }
    Ok(document)
}
