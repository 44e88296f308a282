//! What can go wrong: [`Error`] stops a run, [`Failure`] costs one document.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::annotation::SCHEMA;

/// An error of the library. Its message says where (file and line, if any), what, and what to do.
#[derive(Clone, Debug)]
pub struct Error {
    kind: Box<Kind>,
}

#[derive(Clone, Debug)]
enum Kind {
    Data { file: String, line: Option<usize>, what: String, remedy: Option<String> },
    Builtin { what: String },
    Option { name: &'static str, what: String },
}

impl Error {
    /// A data file that does not say what it should, with what to do about it.
    pub fn data(file: impl Into<String>, line: Option<usize>, what: impl Into<String>, remedy: Option<String>) -> Error {
        Error { kind: Box::new(Kind::Data { file: file.into(), line, what: what.into(), remedy }) }
    }

    /// The embedded gazetteers cannot be read.
    pub fn builtin(what: impl Into<String>) -> Error {
        Error { kind: Box::new(Kind::Builtin { what: what.into() }) }
    }

    /// An option whose value cannot be used.
    pub fn option(name: &'static str, what: impl Into<String>) -> Error {
        Error { kind: Box::new(Kind::Option { name, what: what.into() }) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::Data { file, line, what, remedy } => {
                f.write_str(file)?;
                if let Some(line) = line {
                    write!(f, ":{line}")?;
                }
                write!(f, ": {what}")?;
                remedy.as_ref().map_or(Ok(()), |remedy| write!(f, "; {remedy}"))
            }
            Kind::Builtin { what } => write!(f, "built-in gazetteers: {what}; the program is damaged: install it again"),
            Kind::Option { name, what } => write!(f, "{name}: {what}"),
        }
    }
}

impl std::error::Error for Error {}

/// Why one document gave no annotations. Serialises as the error record of the schema:
/// `{"schema","doc":{"id","source"?,"complete":false},"error":{"kind","message"}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The record's id, else the path, else `-`.
    pub id: String,
    /// Where the document came from, when the id does not say it.
    pub source: Option<String>,
    /// Kind of failure.
    pub kind: FailureKind,
    /// What happened and what to do about it.
    pub message: String,
}

/// Kind of a [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// The file cannot be opened or read.
    Read,
    /// It is no text: an image, an office file, a compression that is not supported.
    Binary,
    /// Bytes that are no text in the encoding expected, under strict reading.
    Encoding,
    /// Larger than the limit.
    TooLarge,
    /// A JSONL line that is no record: no JSON object, or without a text.
    Record,
    /// The result could not be written to its own file.
    Write,
    /// A compiled list was found damaged: no result can be trusted.
    Lists,
    /// A defect of the program.
    Internal,
}

impl Failure {
    /// A failure without a separate source.
    pub fn new(id: impl Into<String>, kind: FailureKind, message: impl Into<String>) -> Failure {
        Failure { id: id.into(), source: None, kind, message: message.into() }
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Doc<'a> {
            id: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            source: Option<&'a str>,
            complete: bool,
        }
        #[derive(Serialize)]
        struct Body<'a> {
            kind: FailureKind,
            message: &'a str,
        }
        let mut record = serializer.serialize_struct("Failure", 3)?;
        record.serialize_field("schema", SCHEMA)?;
        record.serialize_field("doc", &Doc { id: &self.id, source: self.source.as_deref(), complete: false })?;
        record.serialize_field("error", &Body { kind: self.kind, message: &self.message })?;
        record.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_says_where_what_and_what_to_do() {
        let error = Error::data("people.tsv", Some(7), "no id", Some("write one in the first column".to_owned()));
        assert_eq!(error.to_string(), "people.tsv:7: no id; write one in the first column");
        assert_eq!(Error::data("people.tsv", None, "empty", None).to_string(), "people.tsv: empty");
    }

    #[test]
    fn failure_is_an_error_record() {
        let failure = Failure::new("a.txt", FailureKind::TooLarge, "too large");
        let json = serde_json::to_string(&failure).unwrap();
        assert_eq!(json, r#"{"schema":"extract/1","doc":{"id":"a.txt","complete":false},"error":{"kind":"too-large","message":"too large"}}"#);
    }
}
