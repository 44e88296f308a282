//! Plain or gzip, by the first bytes; never more than the limit in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::error::FailureKind;

const CHUNK: usize = 64 << 10;

/// A stream of unpacked content.
pub(super) type Stream = BufReader<Box<dyn Read + Send>>;

/// A stream of the content, unpacked when it is gzip.
pub(super) fn open<R: Read + Send + 'static>(source: R) -> io::Result<Stream> {
    let mut source = BufReader::with_capacity(CHUNK, source);
    // A pipe may give a single byte first: only its end says there is no second one.
    let mut start = Vec::with_capacity(2);
    (&mut source).take(2).read_to_end(&mut start)?;
    let is_packed = start == [0x1F, 0x8B];
    let whole = Box::new(BufReader::with_capacity(CHUNK, io::Cursor::new(start).chain(source)));
    Ok(stream(if is_packed { unpacked(whole) } else { whole }))
}

/// Unpacks gzip. Apart from its caller, for a decoder takes more than 40 KB of the stack before it is boxed, and every page of
/// a frame is touched.
#[inline(never)]
fn unpacked(packed: Box<dyn BufRead + Send>) -> Box<dyn Read + Send> {
    Box::new(MultiGzDecoder::new(packed))
}

/// A stream with a buffer.
pub(super) fn stream(source: Box<dyn Read + Send>) -> Stream {
    BufReader::with_capacity(CHUNK, source)
}

/// A file's whole content.
pub(super) fn read_file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, (FailureKind, String)> {
    let file = File::open(path).map_err(|error| (FailureKind::Read, error.to_string()))?;
    let size = file.metadata().map_or(0, |meta| meta.len());
    // A packed file is larger unpacked: over the limit as it lies, it is over it in any case.
    if size > max_bytes {
        return Err((FailureKind::TooLarge, too_large("file", max_bytes)));
    }
    let stream = open(file).map_err(|error| (FailureKind::Read, error.to_string()))?;
    read_all(stream, usize::try_from(size).unwrap_or(0), max_bytes)
}

/// A stream's whole content.
pub(super) fn read_all(stream: impl Read, expected: usize, max_bytes: u64) -> Result<Vec<u8>, (FailureKind, String)> {
    let mut bytes = Vec::with_capacity(expected);
    stream.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| (FailureKind::Read, error.to_string()))?;
    if bytes.len() as u64 > max_bytes {
        return Err((FailureKind::TooLarge, too_large("text", max_bytes)));
    }
    Ok(bytes)
}

/// The message for what is over the limit.
pub(super) fn too_large(what: &str, max_bytes: u64) -> String {
    format!("the {what} is over {max_bytes} bytes; raise --max-doc-bytes to read it")
}
