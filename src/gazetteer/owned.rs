//! A compiled table that owns its bytes or maps them from a file.

use std::fs::File;
use std::path::Path;

use super::blocks::Blocks;
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
    /// When they are compared as they are read.
    blocks: Option<Blocks>,
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

    /// Maps a compiled file. Cost: one pass over the file for its checksums.
    ///
    /// The file must not be changed while it is mapped; put a new version in place by renaming.
    ///
    /// # Errors
    /// When the file cannot be read, is no compiled gazetteer, was compiled for another version of the format,
    /// is truncated, or a checksum disagrees.
    pub fn open(path: &Path) -> Result<OwnedTable, String> {
        Ok(OwnedTable::checked(map(path)?, true)?.named(path))
    }

    /// As [`OwnedTable::open`], but of the content only what every text needs is compared with its checksums: the rest is when
    /// it is first read, block by block. A million names are ready in less than a millisecond so. Whoever uses what was found
    /// must ask [`OwnedTable::damage`] first.
    ///
    /// # Errors
    /// As [`OwnedTable::open`], as far as it is read.
    pub fn open_checked_as_read(path: &Path) -> Result<OwnedTable, String> {
        let mut table = OwnedTable::checked(map(path)?, false)?;
        table.blocks = Some(table.places.blocks(table.bytes.as_slice().len()));
        table.table().see_common();
        match table.damage() {
            None => Ok(table.named(path)),
            Some(what) => Err(what),
        }
    }

    fn named(self, path: &Path) -> OwnedTable {
        self.with_origin(Origin::of_file(path.display().to_string()))
    }

    fn checked(bytes: Bytes, whole: bool) -> Result<OwnedTable, String> {
        let places = Places::read(bytes.as_slice())?;
        if !(if whole { Table::verify(bytes.as_slice()) } else { places.are_whole(bytes.as_slice()) }) {
            return Err("damaged: the checksum disagrees; compile it again".to_owned());
        }
        Ok(OwnedTable { bytes, places, blocks: None, origin: Origin::default() })
    }

    /// What is wrong with the content, as far as it has been read: see [`OwnedTable::open_checked_as_read`]. What was read of a
    /// damaged block may have given wrong or missing names, never a panic.
    pub fn damage(&self) -> Option<String> {
        let byte = self.blocks.as_ref()?.damage()?;
        Some(format!("damaged: the checksum of what stands at byte {byte} disagrees; compile it again"))
    }

    /// The file that the table was read from, for messages.
    pub fn file(&self) -> Option<&str> {
        self.origin.of(0).0
    }

    /// The table. Cost: some slices.
    #[inline]
    pub fn table(&self) -> Table<'_> {
        let table = Table::at(self.bytes.as_slice(), &self.places);
        match &self.blocks {
            None => table,
            Some(blocks) => table.watched_by(self.bytes.as_slice(), blocks),
        }
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
