//! Loading users' lists: TSV text or a compiled file, told apart by their first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::compile::{CompileError, UserFile, compile_user};
use super::format::MAGIC;
use super::owned::OwnedTable;
use crate::error::Error;

/// Loads a list from a file: compiled (`.gaz`) files are mapped, TSV files are compiled on the way. `checked_as_read` is for
/// compiled files: see [`OwnedTable::open_checked_as_read`].
///
/// # Errors
/// With file and, for TSV, line: what is wrong and what to do.
pub fn load(path: &Path, checked_as_read: bool) -> Result<OwnedTable, Error> {
    let name = path.display().to_string();
    if is_compiled(path).map_err(|e| Error::data(&name, None, e.to_string(), None))? {
        let table = if checked_as_read { OwnedTable::open_checked_as_read(path) } else { OwnedTable::open(path) };
        return table.map_err(|what| Error::data(name, None, what, None));
    }
    let bytes = std::fs::read(path).map_err(|e| Error::data(&name, None, e.to_string(), None))?;
    load_text(name, bytes)
}

/// Compiles a list given as TSV text; `name` tells the list where no column does, and stands in messages.
///
/// # Errors
/// With the line: what is wrong and what to do.
pub fn load_text(name: String, bytes: Vec<u8>) -> Result<OwnedTable, Error> {
    let compiled = compile_user(vec![UserFile { name: name.clone(), bytes }]).map_err(Error::from)?;
    let table = OwnedTable::new(compiled.bytes).map_err(|what| Error::data(name, None, what, None))?;
    Ok(table.with_origin(compiled.origin))
}

fn is_compiled(path: &Path) -> std::io::Result<bool> {
    let mut first = [0; 4];
    let mut file = File::open(path)?;
    match file.read_exact(&mut first) {
        Ok(()) => Ok(u32::from_le_bytes(first) == MAGIC),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

impl From<CompileError> for Error {
    fn from(error: CompileError) -> Error {
        Error::data(error.file, (error.line > 0).then_some(error.line), error.message, None)
    }
}
