//! The inputs in order: which are files, which are streams of records.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::gzip::Stream;
use super::lines::{self, Line};
use super::{Content, Found, InputKind, Inputs, Item, Options, gzip, jsonl, list, sniff, walk};
use crate::error::FailureKind;

/// Hands over every document of the inputs, in order, until there are no more or `found` breaks.
///
/// Only streams (standard input, JSONL) are read here; files are left to [`Item::load`].
pub fn read(inputs: &Inputs, options: &Options, found: &mut dyn FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut reader = Reader { options, found };
    match inputs {
        Inputs::Paths(paths) => paths.iter().try_for_each(|path| reader.path(path, paths.len() == 1)),
        Inputs::List { from, nul } => reader.list(from, *nul),
    }
}

struct Reader<'r> {
    options: &'r Options,
    found: &'r mut dyn FnMut(Found) -> ControlFlow<()>,
}

impl Reader<'_> {
    fn list(&mut self, from: &OsStr, nul: bool) -> ControlFlow<()> {
        let stream: io::Result<Box<dyn Read + Send>> = if from == "-" { Ok(Box::new(io::stdin())) } else { File::open(from).map(|file| Box::new(file) as _) };
        let id = from.to_string_lossy();
        let mut names = match stream.and_then(gzip::open) {
            Ok(names) => names,
            Err(error) => return self.failed(&id, FailureKind::Read, format!("list of files: {error}")),
        };
        loop {
            match list::next(&mut names, nul) {
                Ok(Some(path)) => self.path(&path, false)?,
                Ok(None) => return ControlFlow::Continue(()),
                Err(error) => return self.failed(&id, FailureKind::Read, format!("list of files: {error}")),
            }
        }
    }

    fn path(&mut self, path: &OsStr, alone: bool) -> ControlFlow<()> {
        if path == "-" {
            return self.stream(io::stdin(), "-", Path::new("stdin"), alone);
        }
        let path = Path::new(path);
        match fs::metadata(path) {
            Err(error) => self.failed_item(&path.to_string_lossy(), FailureKind::Read, error.to_string(), alone),
            Ok(meta) if meta.is_dir() => {
                let mut files = 0usize;
                walk::walk(path, self.options, &mut |met| match met {
                    walk::Met::File(path, place) => {
                        files += 1;
                        self.file(&path, &place, false)
                    }
                    walk::Met::Failed(path, message) => {
                        files += 1;
                        self.failed(&path.to_string_lossy(), FailureKind::Read, message)
                    }
                    walk::Met::Passed(note) => (self.found)(Found::Note(note)),
                })?;
                match files {
                    0 => (self.found)(Found::Note(format!("{}: no files in this directory", path.display()))),
                    _ => ControlFlow::Continue(()),
                }
            }
            // A pipe or device (`<(zcat x.gz)`) has no extension to go by: as standard input.
            Ok(meta) if !meta.is_file() => match File::open(path) {
                Ok(file) => self.stream(file, &path.to_string_lossy(), Path::new("stdin"), alone),
                Err(error) => self.failed(&path.to_string_lossy(), FailureKind::Read, error.to_string()),
            },
            Ok(_) => self.file(path, path.file_name().map_or(path, Path::new), alone),
        }
    }

    fn file(&mut self, path: &Path, place: &Path, alone: bool) -> ControlFlow<()> {
        let id = path.to_string_lossy().into_owned();
        let is_jsonl = match self.options.kind {
            InputKind::Auto => sniff::is_jsonl(path),
            InputKind::Text => false,
            InputKind::Jsonl => true,
        };
        if !is_jsonl {
            return self.item(Item { id, place: place.to_owned(), alone, more: false, content: Content::File(path.to_owned()) });
        }
        match File::open(path).and_then(gzip::open) {
            Ok(mut records) => self.records(&mut records, &id, place),
            Err(error) => self.failed(&id, FailureKind::Read, error.to_string()),
        }
    }

    /// A stream whose kind only its content tells.
    fn stream(&mut self, source: impl Read + Send + 'static, id: &str, place: &Path, alone: bool) -> ControlFlow<()> {
        let stream = match gzip::open(source) {
            Ok(stream) => stream,
            Err(error) => return self.failed(id, FailureKind::Read, error.to_string()),
        };
        let (mut stream, kind, warnings) = match self.options.kind {
            InputKind::Auto => match self.sniff(stream) {
                Ok(sniffed) => sniffed,
                Err(error) => return self.failed(id, FailureKind::Read, error.to_string()),
            },
            kind => (stream, kind, Vec::new()),
        };
        if kind == InputKind::Jsonl {
            return self.records(&mut stream, id, place);
        }
        let content = match gzip::read_all(stream, 0, self.options.max_bytes) {
            Ok(bytes) => Content::Text(bytes, warnings),
            Err((kind, message)) => Content::Failed(kind, message),
        };
        self.item(Item { id: id.to_owned(), place: place.to_owned(), alone, more: false, content })
    }

    /// JSONL when the first line that is not blank is a record, or is too long for any text and starts like one.
    fn sniff(&self, mut stream: Stream) -> io::Result<(Stream, InputKind, Vec<String>)> {
        let limit = self.options.max_bytes;
        let mut start = Vec::new();
        let mut kind = InputKind::Text;
        let mut warnings = Vec::new();
        loop {
            let from = start.len();
            // One more than the limit, so that a line that is too long is still seen to be when it is read again.
            (&mut stream).take(limit.saturating_add(2)).read_until(b'\n', &mut start)?;
            let line = start[from..].trim_ascii();
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii_start();
            if line.is_empty() && start.len() > from && (start.len() as u64) < limit {
                continue;
            }
            if line.starts_with(b"{") {
                if jsonl::is_record(line, self.options) || line.len() as u64 > limit {
                    kind = InputKind::Jsonl;
                } else {
                    let text = &self.options.fields.text;
                    warnings.push(format!(
                        "input: starts with `{{`, but its first line is no JSON object with a field `{text}`; read as plain text (--input jsonl reads records)"
                    ));
                }
            }
            break;
        }
        Ok((gzip::stream(Box::new(io::Cursor::new(start).chain(stream))), kind, warnings))
    }

    fn records(&mut self, stream: &mut Stream, id: &str, place: &Path) -> ControlFlow<()> {
        for number in 1usize.. {
            let line = match lines::next(stream, self.options.max_bytes, b'\n') {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    let id = format!("{id}:{number}");
                    return self.failed(&id, FailureKind::Read, format!("{error}; what follows in this input is not read"));
                }
            };
            let content = match line {
                Line::Whole(line) if !self.options.every_line && line.trim_ascii().is_empty() => continue,
                Line::Whole(line) if number == 1 && (line.starts_with(b"\xFF\xFE") || line.starts_with(b"\xFE\xFF")) => {
                    let message = "JSONL in UTF-16 is not read; convert it first (iconv -f utf-16 -t utf-8)";
                    return self.failed(id, FailureKind::Encoding, message.to_owned());
                }
                Line::Whole(line) => Content::Line(line),
                Line::TooLong => Content::Failed(FailureKind::TooLarge, gzip::too_large("line", self.options.max_bytes)),
            };
            // Whole lines in the buffer; blank ones alone would give no item.
            let ahead = memchr::memrchr(b'\n', stream.buffer()).map(|end| &stream.buffer()[..end]);
            let more = ahead.is_some_and(|lines| self.options.every_line || !lines.trim_ascii().is_empty());
            self.item(Item { id: format!("{id}:{number}"), place: place.join(number.to_string()), alone: false, more, content })?;
        }
        ControlFlow::Continue(())
    }

    fn failed(&mut self, id: &str, kind: FailureKind, message: String) -> ControlFlow<()> {
        self.failed_item(id, kind, message, false)
    }

    fn failed_item(&mut self, id: &str, kind: FailureKind, message: String, alone: bool) -> ControlFlow<()> {
        let place = PathBuf::from(Path::new(id).file_name().unwrap_or(OsStr::new("input")));
        self.item(Item { id: id.to_owned(), place, alone, more: false, content: Content::Failed(kind, message) })
    }

    fn item(&mut self, item: Item) -> ControlFlow<()> {
        (self.found)(Found::Item(item))
    }
}
