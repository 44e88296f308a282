//! Reloading: users' lists that change while the program runs.

use std::path::Path;
use std::sync::{Mutex, RwLock};
use std::time::SystemTime;

use crate::error::Error;
use crate::extractor::{Extractor, ExtractorBuilder};

/// An [`Extractor`] whose lists may change on disk.
///
/// [`ReloadingExtractor::reload`] builds a new extractor when a file has changed, and puts it in the place of the old
/// one only if every list is in order. Work that goes on keeps the extractor it began with.
///
/// Put a new list in place by renaming: a compiled file is mapped, and must not change under a running program.
///
/// ```
/// # let dir = std::env::temp_dir().join(format!("extract-reload-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&dir).unwrap();
/// let list = dir.join("people.tsv");
/// std::fs::write(&list, "name\tfamily\nTamsin Orrwell\tOrrwell\n").unwrap();
/// let live = extract::ReloadingExtractor::new(extract::Extractor::builder().gazetteer(&list))?;
/// assert_eq!(live.current().extract("Tamsin Orrwell spoke.").people[0].known, true);
/// assert_eq!(live.reload()?, false, "nothing has changed");
/// # std::fs::remove_dir_all(&dir).unwrap();
/// # Ok::<(), extract::Error>(())
/// ```
pub struct ReloadingExtractor {
    builder: ExtractorBuilder,
    current: RwLock<Extractor>,
    /// What the files looked like when they were last read.
    seen: Mutex<Vec<Option<Stamp>>>,
}

/// By what a changed file is told: its time and length.
type Stamp = (SystemTime, u64);

impl ReloadingExtractor {
    /// Builds the first extractor.
    ///
    /// # Errors
    /// As [`ExtractorBuilder::build`].
    pub fn new(builder: ExtractorBuilder) -> Result<ReloadingExtractor, Error> {
        let seen = stamps(&builder);
        let current = builder.clone().build()?;
        Ok(ReloadingExtractor { builder, current: RwLock::new(current), seen: Mutex::new(seen) })
    }

    /// The extractor in use. Cost: a lock and a counter.
    pub fn current(&self) -> Extractor {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads the lists again if a file has changed (in time or length); says whether new ones are in use.
    ///
    /// # Errors
    /// What is wrong with a list. The old lists stay in use, and the changed files are not looked at again until they
    /// change once more.
    pub fn reload(&self) -> Result<bool, Error> {
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let now = stamps(&self.builder);
        if *seen == now {
            return Ok(false);
        }
        *seen = now;
        let fresh = self.builder.clone().build()?;
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(true)
    }
}

fn stamps(builder: &ExtractorBuilder) -> Vec<Option<Stamp>> {
    builder.files().map(stamp).collect()
}

fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}
