//! A directory's files, sorted, nothing passed over in silence.

use std::ops::ControlFlow;
use std::path::Path;

use walkdir::WalkDir;

use super::{Options, PathBuf};

/// What a walk meets.
pub(super) enum Met {
    /// A file, and its place below the directory.
    File(PathBuf, PathBuf),
    /// Something that cannot be listed.
    Failed(PathBuf, String),
    /// Something passed over.
    Passed(String),
}

/// Walks `root`, names in byte order.
pub(super) fn walk(root: &Path, options: &Options, met: &mut dyn FnMut(Met) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut entries = WalkDir::new(root).follow_links(options.follow_links).follow_root_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let what = match error.loop_ancestor() {
                    Some(above) => format!("a symbolic link back to {}", above.display()),
                    None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
                };
                met(Met::Failed(path, what))?;
                continue;
            }
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            if options.skip.as_deref().is_some_and(|skip| is_same(skip, entry.path())) {
                entries.skip_current_dir();
                met(Met::Passed(format!("{}: passed over: results are written there", entry.path().display())))?;
            }
        } else if kind.is_file() {
            let place = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
            met(Met::File(entry.into_path(), place))?;
        } else if kind.is_symlink() {
            met(Met::Passed(format!("{}: a symbolic link, not followed (-L follows)", entry.path().display())))?;
        } else {
            met(Met::Passed(format!("{}: no regular file, not read", entry.path().display())))?;
        }
    }
    ControlFlow::Continue(())
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
