//! The compiled table as it is read: zero-copy, over borrowed bytes.

use super::format::{CONTINUES, HEADER_WORDS, MAGIC, SECTIONS, Section, VERSION, bitmap_place, checksum, slot_of, tag_of};
use super::schema::{CaseRule, List, SCHEMAS, Strength};

/// A row of a list, counted over all lists of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// A compiled gazetteer.
#[derive(Clone, Copy)]
pub struct Table {
    strings: &'static [u8],
    lists: &'static [[u8; 4]],
    cells: &'static [[u8; 4]],
    aliases: &'static [[u8; 16]],
    posts: &'static [[u8; 4]],
    bitmap: &'static [u8],
    slots: &'static [[u8; 8]],
    checksum: u64,
}

/// One form of an entry.
#[derive(Clone, Copy)]
pub struct Alias {
    /// Offset of the folded form in the string pool.
    pub folded: u32,
    /// Offset of the form as written.
    pub raw: u32,
    /// The entry it names.
    pub entry: EntryId,
    /// The entry's list.
    pub list: List,
    /// The column it stands in.
    pub column: u8,
    /// How much it says alone.
    pub strength: Strength,
    /// Its case rule.
    pub case: CaseRule,
    /// Bit k: the k-th word must be capitalised.
    pub capitals: u8,
}

impl Table {
    /// Reads the header of a compiled table. The checksum is not verified: that is [`Table::verify`].
    ///
    /// # Errors
    /// What is wrong with the bytes, in words.
    pub fn new(bytes: &'static [u8]) -> Result<Table, String> {
        let (words, _) = bytes.as_chunks::<4>();
        let word = |i: usize| words.get(i).map(|w| u32::from_le_bytes(*w)).ok_or("truncated header");
        if word(0)? != MAGIC {
            return Err("not a compiled gazetteer (wrong magic)".to_owned());
        }
        if word(1)? != VERSION {
            return Err(format!("compiled for version {} of the format, not {VERSION}", word(1)?));
        }
        if word(2)? as usize != bytes.len() {
            return Err(format!("truncated: {} bytes instead of {}", bytes.len(), word(2)?));
        }
        let section = |s: Section| -> Result<&'static [u8], String> {
            let offset = word(5 + 2 * s as usize)? as usize;
            let len = word(6 + 2 * s as usize)? as usize;
            bytes.get(offset..offset.saturating_add(len)).ok_or_else(|| "a section lies outside the file".to_owned())
        };
        debug_assert_eq!(HEADER_WORDS, 5 + 2 * SECTIONS);
        let table = Table {
            strings: section(Section::Strings)?,
            lists: section(Section::Lists)?.as_chunks().0,
            cells: section(Section::Cells)?.as_chunks().0,
            aliases: section(Section::Aliases)?.as_chunks().0,
            posts: section(Section::Posts)?.as_chunks().0,
            bitmap: section(Section::Bitmap)?,
            slots: section(Section::Slots)?.as_chunks().0,
            checksum: u64::from(word(3)?) | u64::from(word(4)?) << 32,
        };
        if table.lists.len() != 3 * SCHEMAS.len() || !table.slots.len().is_power_of_two() {
            return Err("damaged directory".to_owned());
        }
        Ok(table)
    }

    /// Compares the checksum with the bytes the table was read from.
    pub fn verify(bytes: &[u8]) -> bool {
        let (words, _) = bytes.as_chunks::<4>();
        let word = |i: usize| words.get(i).map_or(0, |w| u64::from(u32::from_le_bytes(*w)));
        bytes.get(HEADER_WORDS * 4..).is_some_and(|body| checksum(body) == word(3) | word(4) << 32)
    }

    /// Checksum of the content: identity of the data.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// The text at an offset of the string pool; empty when the offset is wrong.
    #[inline]
    pub fn string(&self, offset: u32) -> &'static str {
        let at = offset as usize;
        let len = self.strings.get(at..at + 2).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
        self.strings.get(at + 2..at + 2 + len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    fn directory(&self, list: List, word: usize) -> u32 {
        self.lists.get(3 * list as usize + word).map_or(0, |w| u32::from_le_bytes(*w))
    }

    /// The entries of a list, in file order.
    pub fn entries(&self, list: List) -> impl ExactSizeIterator<Item = EntryId> + use<> {
        let first = self.directory(list, 0);
        (first..first + self.directory(list, 1)).map(EntryId)
    }

    /// Text of a cell by column name; empty when the list has no such column.
    pub fn cell(&self, list: List, entry: EntryId, column: &str) -> &'static str {
        let schema = list.schema();
        let Some(column) = schema.column(column) else {
            debug_assert!(false, "{} has no column {column}", schema.name);
            return "";
        };
        let row = entry.0.wrapping_sub(self.directory(list, 0)) as usize;
        let at = self.directory(list, 2) as usize + row * schema.columns.len() + column;
        self.cells.get(at).map_or("", |w| self.string(u32::from_le_bytes(*w)))
    }

    /// The alias with number `i`.
    #[inline]
    pub fn alias(&self, i: u32) -> Option<Alias> {
        let record = self.aliases.get(i as usize)?;
        let (words, _) = record.as_chunks::<4>();
        let [list, column, rules, capitals] = words[3];
        Some(Alias {
            folded: u32::from_le_bytes(words[0]),
            raw: u32::from_le_bytes(words[1]),
            entry: EntryId(u32::from_le_bytes(words[2])),
            list: SCHEMAS.get(usize::from(list))?.list,
            column,
            strength: match rules & 15 {
                0 => Strength::Strong,
                1 => Strength::Acronym,
                _ => Strength::Weak,
            },
            case: match rules >> 4 {
                0 => CaseRule::Capitals,
                1 => CaseRule::Fold,
                _ => CaseRule::Exact,
            },
            capitals,
        })
    }

    /// Number of forms in the table.
    pub fn alias_count(&self) -> usize {
        self.aliases.len()
    }

    /// The slot at which a first token's search begins, as one word; 0 when no form may start with it.
    /// `lower` says that the token has no capital, which rules most names out.
    ///
    /// There is no branch on what is loaded, so the loads of many tokens in a row overlap.
    #[inline]
    pub fn first_slot(&self, hash: u64, lower: bool) -> u64 {
        let (byte, bit) = bitmap_place(hash);
        let byte = byte + usize::from(lower) * (self.bitmap.len() / 2);
        let may = u64::from(self.bitmap.get(byte).is_some_and(|b| b & bit != 0));
        let slot = slot_of(hash, self.slots.len()) * may as usize;
        u64::from_le_bytes(self.slots[slot]) & may.wrapping_neg()
    }

    /// The payload for a hash whose search begins at a slot already loaded.
    #[inline]
    pub fn payload_from(&self, slot: u64, hash: u64) -> Option<u32> {
        match slot as u32 {
            0 => None,
            tag if tag == tag_of(hash) => Some((slot >> 32) as u32),
            _ => self.payload(hash),
        }
    }

    /// Brings the first alias of a payload near: reads its last word, which the caller unites and drops.
    #[inline]
    pub fn touch(&self, payload: u32) -> u8 {
        let alias = (payload & !CONTINUES).saturating_sub(1) as usize;
        self.aliases.get(alias).map_or(0, |record| record[15])
    }

    /// A token-sequence prefix: whether it goes on, and its first alias if it is a whole form.
    #[inline]
    pub fn prefix(&self, hash: u64) -> Option<(bool, Option<u32>)> {
        self.payload(hash).map(Table::node)
    }

    /// What a slot's payload says: whether the prefix goes on, and its first alias.
    #[inline]
    pub fn node(payload: u32) -> (bool, Option<u32>) {
        (payload & CONTINUES != 0, (payload & !CONTINUES).checked_sub(1))
    }

    /// The payload of a token-sequence prefix's slot.
    #[inline]
    pub fn payload(&self, hash: u64) -> Option<u32> {
        let tag = tag_of(hash);
        let mut place = slot_of(hash, self.slots.len());
        // Half of the slots are free, so a run ends soon; a damaged table ends after one round.
        for _ in 0..self.slots.len() {
            let [a, b, c, d, e, f, g, h] = self.slots[place];
            match u32::from_le_bytes([a, b, c, d]) {
                0 => return None,
                found if found == tag => return Some(u32::from_le_bytes([e, f, g, h])),
                _ => place = (place + 1) & (self.slots.len() - 1),
            }
        }
        None
    }

    /// The entry of a list whose first column is `key`; lists are sorted by it. Cost: a binary search.
    pub fn entry(&self, list: List, key: &str) -> Option<EntryId> {
        let entries = self.entries(list);
        let (first, len) = (self.directory(list, 0), entries.len() as u32);
        let column = list.schema().columns[0];
        let place = partition_point(len, |i| self.cell(list, EntryId(first + i), column) < key);
        let entry = EntryId(first + place);
        (place < len && self.cell(list, entry, column) == key).then_some(entry)
    }

    /// Tenures of a person, oldest first.
    pub fn tenures_of(&self, person: &str) -> impl Iterator<Item = EntryId> + use<> {
        let entries = self.entries(List::Tenures);
        let (first, len) = (self.directory(List::Tenures, 0), entries.len() as u32);
        let position = |past: bool| {
            partition_point(len, |i| {
                let id = self.cell(List::Tenures, EntryId(first + i), "person");
                id < person || past && id == person
            })
        };
        (first + position(false)..first + position(true)).map(EntryId)
    }

    /// Tenures of a post, oldest first. Empty strings stand for "no state", "no organisation", "no portfolio".
    pub fn holders_of(&self, state: &str, org: &str, class: &str, portfolio: &str) -> impl Iterator<Item = EntryId> + use<> {
        let wanted = [state, org, class, portfolio];
        let entry = |i: u32| EntryId(self.posts.get(i as usize).map_or(0, |w| u32::from_le_bytes(*w)));
        let key = |i: u32| ["state", "org", "class", "portfolio"].map(|column| self.cell(List::Tenures, entry(i), column));
        let len = self.posts.len() as u32;
        let first = partition_point(len, |i| key(i) < wanted);
        let last = partition_point(len, |i| key(i) <= wanted);
        let posts = self.posts;
        (first..last).map(move |i| EntryId(posts.get(i as usize).map_or(0, |w| u32::from_le_bytes(*w))))
    }
}

fn partition_point(len: u32, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
