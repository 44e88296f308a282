//! `extract gazetteer compile`: users' lists into one compiled file.

use std::fs;
use std::path::{Path, PathBuf};

use extract::Error;
use extract::gazetteer::OwnedTable;
use extract::gazetteer::compile::{UserFile, compile_user};

use super::{count, grouped, say};

/// Compiles `paths` into `output` and says what came of it.
pub(super) fn run(paths: &[PathBuf], output: &Path) -> Result<u8, Box<dyn std::error::Error>> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|e| Error::data(&name, None, e.to_string(), None))?;
        files.push(UserFile { name, bytes });
    }
    let compiled = compile_user(files).map_err(Error::from)?.bytes;
    let size = compiled.len();
    let forms = OwnedTable::new(compiled.clone())?.table().form_count();
    put(output, &compiled).map_err(|e| Error::data(output.display().to_string(), None, e.to_string(), None))?;
    say(&format!("{}: {}, {} bytes", output.display(), count(forms, "form"), grouped(size)));
    Ok(0)
}

/// Writes beside and renames, so that whoever has the old file mapped keeps it whole.
fn put(output: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = output.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, output));
    if written.is_err() {
        // The half-written file is of no use to anyone; that it may not exist at all is no further error.
        let _ = fs::remove_file(&beside);
    }
    written
}
