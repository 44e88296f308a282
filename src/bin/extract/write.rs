//! Where records go: standard output, or a file each.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Component, Path, PathBuf};
use std::process;

use crate::args::Format;
use crate::settings::Settings;
use crate::work::Done;

/// The destination of a run.
pub(crate) enum Output {
    Stream(Stream),
    Files(Files),
}

impl Output {
    pub(crate) fn new(settings: &Settings) -> Output {
        match &settings.output_dir {
            Some(dir) => Output::Files(Files { dir: dir.clone(), force: settings.force, format: settings.format, written: HashSet::new() }),
            None => Output::Stream(Stream { out: BufWriter::with_capacity(64 << 10, io::stdout().lock()), format: settings.format, state: State::Start }),
        }
    }

    /// Writes one record. An error of a stream ends the run; one of a file is that document's alone.
    pub(crate) fn write(&mut self, done: &Done) -> Result<(), WriteError> {
        match self {
            Output::Stream(stream) => stream.write(done).map_err(WriteError::Stream),
            Output::Files(files) => files.write(done).map_err(WriteError::File),
        }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stream(stream) => stream.out.flush(),
            Output::Files(_) => Ok(()),
        }
    }

    /// Ends the output: an array gets its bracket.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match self {
            Output::Stream(stream) => stream.finish(),
            Output::Files(_) => Ok(()),
        }
    }
}

/// What could not be written.
pub(crate) enum WriteError {
    Stream(io::Error),
    File(String),
}

/// All records on standard output.
pub(crate) struct Stream {
    out: BufWriter<StdoutLock<'static>>,
    format: Format,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    /// A single JSON object.
    Alone,
    /// Inside a JSON array, or between texts.
    Several,
}

impl Stream {
    fn write(&mut self, done: &Done) -> io::Result<()> {
        match (self.format, self.state) {
            (Format::Json, State::Start) if !done.alone => self.out.write_all(b"[\n")?,
            (Format::Json, State::Several) => self.out.write_all(b",\n")?,
            (Format::Text, State::Several) => self.out.write_all(b"\n")?,
            _ => {}
        }
        self.state = if done.alone { State::Alone } else { State::Several };
        self.out.write_all(&done.bytes)
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.write_all(match self.state {
                State::Start => b"[]\n",
                State::Alone => b"\n",
                State::Several => b"\n]\n",
            })?;
        }
        self.out.flush()
    }
}

/// One file per document, in the shape of the input tree.
pub(crate) struct Files {
    dir: PathBuf,
    force: bool,
    format: Format,
    /// What this run wrote: two documents must not share a file, whatever `--force` says.
    written: HashSet<PathBuf>,
}

impl Files {
    fn write(&mut self, done: &Done) -> Result<(), String> {
        let path = self.path(&done.place);
        let shown = path.display();
        if !self.written.insert(path.clone()) {
            return Err(format!("{shown}: another document of this run is there; give one directory at a time"));
        }
        if !self.force && path.symlink_metadata().is_ok() {
            return Err(format!("{shown}: exists; --force overwrites it"));
        }
        put(&path, &done.bytes, self.format == Format::Json).map_err(|error| format!("{shown}: {error}"))
    }

    /// The result's file: what would lead out of the directory is left out.
    fn path(&self, place: &Path) -> PathBuf {
        let below = place.components().filter(|part| matches!(part, Component::Normal(_)));
        let mut path = self.dir.clone();
        path.extend(below);
        let mut name: OsString = path.file_name().map(Into::into).unwrap_or_default();
        name.push(match self.format {
            Format::Json | Format::Jsonl => ".json",
            Format::Mentions => ".mentions.jsonl",
            Format::Text => ".summary.txt",
        });
        path.set_file_name(name);
        path
    }
}

/// Writes under a temporary name and renames: under its own name a file is always whole.
fn put(path: &Path, bytes: &[u8], end_line: bool) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", process::id()));
    let temporary = dir.join(name);
    let write = || {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        if end_line {
            file.write_all(b"\n")?;
        }
        fs::rename(&temporary, path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}
