//! Lines of a stream, each bounded.

use std::io::{self, BufRead};

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The bytes.
    Whole(Vec<u8>),
    /// Over the limit; the rest of it has been read and dropped.
    TooLong,
}

/// The next line, of at most `max_bytes`; `None` at the end of the stream.
pub(super) fn next(reader: &mut impl BufRead, max_bytes: u64, end: u8) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let (mut is_long, mut is_started) = (false, false);
    loop {
        let chunk = match reader.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            break;
        }
        is_started = true;
        let at = memchr::memchr(end, chunk);
        let part = &chunk[..at.unwrap_or(chunk.len())];
        // The bytes of `\r` are not the document's; one more than the limit is let through for it.
        if is_long || (line.len() + part.len()) as u64 > max_bytes.saturating_add(1) {
            is_long = true;
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(at.is_some());
        reader.consume(used);
        if at.is_some() {
            break;
        }
    }
    if end == b'\n' && line.last() == Some(&b'\r') {
        line.pop();
    }
    let is_long = is_long || line.len() as u64 > max_bytes;
    Ok(is_started.then_some(if is_long { Line::TooLong } else { Line::Whole(line) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounded_lines() {
        let mut reader = io::BufReader::with_capacity(2, &b"ab\r\n\nabcd\nabcdefgh\nlast"[..]);
        let mut found = Vec::new();
        while let Some(line) = next(&mut reader, 4, b'\n').unwrap() {
            found.push(line);
        }
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(found, [whole("ab"), whole(""), whole("abcd"), Line::TooLong, whole("last")]);
    }
}
