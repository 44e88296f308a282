//! A list of paths, read as it comes.

use std::ffi::OsString;
use std::io;

use super::gzip::Stream;
use super::lines::{self, Line};

/// Longer than any path of any system.
const MAX_NAME: u64 = 64 << 10;

/// The next path of a list; blank ones are passed over.
pub(super) fn next(reader: &mut Stream, nul: bool) -> io::Result<Option<OsString>> {
    let end = if nul { 0 } else { b'\n' };
    loop {
        match lines::next(reader, MAX_NAME, end)? {
            None => return Ok(None),
            Some(Line::Whole(name)) if name.is_empty() => {}
            Some(Line::Whole(name)) => return Ok(Some(os_string(name))),
            Some(Line::TooLong) => return Err(io::Error::other("a name over 64 KiB: is the list NUL-separated? then add -0")),
        }
    }
}

#[cfg(unix)]
fn os_string(name: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(name)
}

#[cfg(not(unix))]
fn os_string(name: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&name).into_owned().into()
}
