//! The compiled table as it is read: zero-copy, over borrowed bytes.
//!
//! Every access is checked, so a damaged table gives wrong or missing answers but never a panic.

use std::ops::Range;

use super::blocks::Blocks;
use super::format::{
    BLOCK, BUCKET, CONTINUES, DIRECTORY_WORDS, FIRST_SECTION_WORD, HEADER_WORDS, KEYED, MAGIC, MAX_ENTRIES, OVERFLOWS, PLAIN, POSTS, Packed, SECTIONS, Section,
    VERSION, bucket_of, checksum, filter_place, key_hash, key_place, plain_capitals, string_range, tag_of,
};
use super::schema::{CaseRule, Column, List, SCHEMAS, Schema, Strength};

/// A row of a list, counted over all lists of the table; the upper bits tell the table among several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// A compiled gazetteer.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    strings: &'a [u8],
    /// The strings as text, when they are known to be.
    text: Option<&'a str>,
    lists: &'a [[u8; 4 * DIRECTORY_WORDS]],
    cells: &'a [[u8; 4]],
    aliases: &'a [[u8; 8]],
    posts: &'a [[u8; 4]],
    firsts: &'a [u8],
    lower_firsts: &'a [u8],
    seconds: &'a [u8],
    lower_seconds: &'a [u8],
    pairs: &'a [u8],
    keys: &'a [[u8; 4]],
    buckets: &'a [[u8; 8 * BUCKET]],
    checksum: u64,
    /// The whole file and its blocks, when they are compared as they are read.
    watch: Option<(&'a [u8], &'a Blocks)>,
}

/// One form of an entry.
#[derive(Clone, Copy)]
pub struct Alias {
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
    /// Whether it is the last of the aliases with this folded form.
    pub last: bool,
    packed: Packed,
}

impl Alias {
    /// Whether the form is matched with blanks where it has hyphens.
    pub fn blanks(&self) -> bool {
        self.packed.0 & Packed::BLANKS != 0
    }
}

/// Where the sections of a compiled table lie in its bytes.
#[derive(Clone)]
pub struct Places {
    sections: [Range<usize>; SECTIONS],
    checksum: u64,
}

impl Places {
    /// Reads and checks the header. The checksums are not verified: that is [`Table::verify`].
    ///
    /// # Errors
    /// What is wrong with the bytes, in words.
    pub fn read(bytes: &[u8]) -> Result<Places, String> {
        Places::in_parts(bytes, 0)
    }

    /// As [`Places::read`], where the last `apart` bytes stand elsewhere.
    fn in_parts(bytes: &[u8], apart: usize) -> Result<Places, String> {
        let length = bytes.len() + apart;
        let (words, _) = bytes.as_chunks::<4>();
        let word = |i: usize| words.get(i).map(|w| u32::from_le_bytes(*w)).ok_or("truncated: the header is not whole");
        if word(0)? != MAGIC {
            return Err("not a compiled gazetteer (wrong first bytes)".to_owned());
        }
        if word(1)? != VERSION {
            return Err(format!("compiled for version {} of the format, this program reads version {VERSION}: compile it again", word(1)?));
        }
        if word(2)? as usize != length {
            return Err(format!("truncated: {length} bytes instead of {}", word(2)?));
        }
        let mut sections: [Range<usize>; SECTIONS] = Default::default();
        for (i, section) in sections.iter_mut().enumerate() {
            let start = word(FIRST_SECTION_WORD + 2 * i)? as usize;
            let end = start.saturating_add(word(FIRST_SECTION_WORD + 1 + 2 * i)? as usize);
            if start < HEADER_WORDS * 4 || end > length {
                return Err("damaged: a section lies outside the file".to_owned());
            }
            *section = start..end;
        }
        let places = Places { sections, checksum: u64::from(word(3)?) | u64::from(word(4)?) << 32 };
        if places.sums().end > places.body(length).start || places.sums().len() != 8 * places.body(length).len().div_ceil(BLOCK) {
            return Err("damaged: the checksums have a wrong size".to_owned());
        }
        let table = Table::at(bytes, &places);
        if table.lists.len() != SCHEMAS.len() || table.buckets.is_empty() {
            return Err("damaged: the directory of lists has a wrong size".to_owned());
        }
        match SCHEMAS.iter().find(|schema| !table.fits(schema.list)) {
            Some(schema) => Err(format!("damaged: the list {} lies outside the file", schema.name)),
            None => Ok(places),
        }
    }

    /// Where the sums of the blocks lie.
    fn sums(&self) -> Range<usize> {
        self.sections[Section::Sums as usize].clone()
    }

    /// What the blocks make up, in a file of so many bytes.
    fn body(&self, length: usize) -> Range<usize> {
        self.sections[Section::Lists as usize].start.min(length)..length
    }

    /// Whether the header and the sums are as they were written. Cost: a pass over them, a five-hundredth of the file.
    pub(super) fn are_whole(&self, bytes: &[u8]) -> bool {
        let summed = bytes.get(FIRST_SECTION_WORD * 4..self.body(bytes.len()).start);
        summed.is_some_and(|summed| checksum(summed) == self.checksum)
    }

    /// Blocks of a file with this header, none of them compared.
    pub(super) fn blocks(&self, length: usize) -> Blocks {
        Blocks::new(self.body(length), self.sums())
    }
}

impl<'a> Table<'a> {
    /// Reads the header of a compiled table: see [`Places::read`].
    ///
    /// # Errors
    /// What is wrong with the bytes, in words.
    pub fn new(bytes: &'a [u8]) -> Result<Table<'a>, String> {
        Ok(Table::at(bytes, &Places::read(bytes)?))
    }

    /// The table in bytes whose header was read before.
    #[inline]
    pub fn at(bytes: &'a [u8], places: &Places) -> Table<'a> {
        let section = |s: Section| bytes.get(places.sections[s as usize].clone()).unwrap_or_default();
        Table {
            strings: section(Section::Strings),
            text: None,
            lists: section(Section::Lists).as_chunks().0,
            cells: section(Section::Cells).as_chunks().0,
            aliases: section(Section::Aliases).as_chunks().0,
            posts: section(Section::Posts).as_chunks().0,
            firsts: section(Section::Firsts),
            lower_firsts: section(Section::LowerFirsts),
            seconds: section(Section::Seconds),
            lower_seconds: section(Section::LowerSeconds),
            pairs: section(Section::Pairs),
            keys: section(Section::Keys).as_chunks().0,
            buckets: section(Section::Slots).as_chunks().0,
            checksum: places.checksum,
            watch: None,
        }
    }

    /// The table, with each block of the file compared with its sum when it is first read.
    #[inline]
    pub(super) fn watched_by(self, whole: &'a [u8], blocks: &'a Blocks) -> Table<'a> {
        Table { watch: Some((whole, blocks)), ..self }
    }

    /// Compares what is read for every text: nothing looks there any more then.
    pub(super) fn see_common(&self) {
        self.see(self.lists.as_flattened());
        self.see(self.keys.as_flattened());
        for filter in [self.firsts, self.lower_firsts, self.seconds, self.lower_seconds, self.pairs] {
            self.see(filter);
        }
    }

    /// Compares the blocks of what is about to be read, if they are to be. Only the question stands where things are read, so that
    /// tables that are whole, the built-in one first, lose nothing by it.
    #[inline]
    fn see(&self, part: &[u8]) {
        if self.watch.is_some() {
            self.see_blocks(part);
        }
    }

    #[cold]
    #[inline(never)]
    fn see_blocks(&self, part: &[u8]) {
        if let Some((whole, blocks)) = self.watch {
            blocks.see(whole, part);
        }
    }

    /// A table whose last section, the strings, stands apart as text: reading it needs no check that it is.
    ///
    /// # Errors
    /// As [`Table::new`].
    pub fn in_parts(bytes: &'a [u8], text: &'a str) -> Result<Table<'a>, String> {
        let places = Places::in_parts(bytes, text.len())?;
        Ok(Table { strings: text.as_bytes(), text: Some(text), ..Table::at(bytes, &places) })
    }

    /// Whether the directory's words about a list agree with the sections.
    fn fits(&self, list: List) -> bool {
        let [first, count, first_cell, mask] = self.directory(list).map(u64::from);
        let columns = list.schema().columns.len();
        first + count <= u64::from(MAX_ENTRIES)
            && mask >> columns == 0
            && (count == 0 || mask != 0 && first_cell + count * u64::from(mask.count_ones()) <= self.cells.len() as u64)
    }

    /// Compares all checksums with the bytes the table was read from. Cost: one pass over them.
    pub fn verify(bytes: &[u8]) -> bool {
        Places::read(bytes).is_ok_and(|places| places.are_whole(bytes) && places.blocks(bytes.len()).are_whole(bytes))
    }

    /// Checksum of the content: identity of the data.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// The bytes at an offset of the string pool; none when the offset is wrong. For comparing, they need not be text.
    #[inline]
    fn bytes(&self, offset: u32) -> &'a [u8] {
        let offset = offset as usize;
        if let Some(length) = self.strings.get(offset..self.strings.len().min(offset + 5)) {
            self.see(length);
        }
        let bytes = string_range(self.strings, offset).and_then(|range| self.strings.get(range)).unwrap_or_default();
        self.see(bytes);
        bytes
    }

    /// As [`Table::bytes`], the text.
    #[inline]
    fn string(&self, offset: u32) -> &'a str {
        match self.text {
            Some(text) => string_range(self.strings, offset as usize).and_then(|range| text.get(range)).unwrap_or(""),
            None => std::str::from_utf8(self.bytes(offset)).unwrap_or(""),
        }
    }

    /// What the directory says of a list: first entry, number of entries, first cell, mask of the columns that are stored.
    #[inline]
    fn directory(&self, list: List) -> [u32; DIRECTORY_WORDS] {
        self.lists.get(list as usize).map_or([0; DIRECTORY_WORDS], |record| {
            let (words, _) = record.as_chunks::<4>();
            std::array::from_fn(|i| u32::from_le_bytes(words[i]))
        })
    }

    /// Number of entries of a list.
    #[inline]
    pub fn count(&self, list: List) -> u32 {
        self.directory(list)[1]
    }

    /// The entries of a list, in its order.
    pub fn entries(&self, list: List) -> impl ExactSizeIterator<Item = EntryId> + use<> {
        let [first, count, ..] = self.directory(list);
        (first..first.saturating_add(count)).map(EntryId)
    }

    /// Text of a cell; empty when the list has no such column.
    #[inline]
    pub fn cell(&self, list: List, entry: EntryId, column: Column) -> &'a str {
        let place = list.position(column);
        debug_assert!(place.is_some(), "{} has no column {column:?}", list.name());
        place.map_or("", |place| self.cell_at(list, entry, place))
    }

    /// Text of a cell by the column's position. An id that is not stored is the name.
    #[inline]
    pub fn cell_at(&self, list: List, entry: EntryId, column: usize) -> &'a str {
        self.offset(list, entry, column).map_or("", |offset| self.string(offset))
    }

    #[inline]
    fn cell_bytes(&self, list: List, entry: EntryId, column: usize) -> &'a [u8] {
        self.offset(list, entry, column).map_or(b"", |offset| self.bytes(offset))
    }

    /// Offset of a cell's text in the string pool.
    #[inline]
    fn offset(&self, list: List, entry: EntryId, column: usize) -> Option<u32> {
        let [first, _, first_cell, mask] = self.directory(list);
        let column = match mask >> column & 1 {
            0 => list.position(Column::Name).filter(|name| column == 0 && mask >> name & 1 != 0)?,
            _ => column,
        };
        let row = entry.0.wrapping_sub(first) as usize;
        let before = (mask & ((1 << column) - 1)).count_ones() as usize;
        let at = (first_cell as usize).saturating_add(row.saturating_mul(mask.count_ones() as usize)).saturating_add(before);
        self.word(self.cells, at)
    }

    /// A word of a section.
    #[inline]
    fn word(&self, words: &[[u8; 4]], at: usize) -> Option<u32> {
        let word = words.get(at)?;
        self.see(word);
        Some(u32::from_le_bytes(*word))
    }

    /// The alias of a form's reference: see [`Table::node`]. Those of equal forms follow, up to the last, by adding 1.
    #[inline]
    pub fn alias(&self, reference: u32) -> Option<Alias> {
        if reference & PLAIN != 0 {
            return self.plain_alias(EntryId(reference & !PLAIN));
        }
        let (entry, packed) = self.record(reference)?;
        Some(Table::unpacked(entry, packed, SCHEMAS.get(packed.list())?.list))
    }

    /// The record of an alias.
    #[inline]
    fn record(&self, reference: u32) -> Option<(EntryId, Packed)> {
        let alias = self.aliases.get(reference.checked_sub(1)? as usize)?;
        self.see(alias);
        let (words, _) = alias.as_chunks::<4>();
        Some((EntryId(u32::from_le_bytes(words[0])), Packed(u32::from_le_bytes(words[1]))))
    }

    /// The alias of a name that has no record.
    fn plain_alias(&self, entry: EntryId) -> Option<Alias> {
        let (list, column) = self.plain_place(entry)?;
        let capitals = plain_capitals(self.cell_at(list, entry, column));
        let packed = Packed::new(list as u8, column as u8, Strength::Strong as u8, CaseRule::Capitals as u8, capitals, 0);
        Some(Table::unpacked(entry, Packed(packed.0 | Packed::LAST), list))
    }

    /// The list of an entry, and the position of its column of names.
    fn plain_place(&self, entry: EntryId) -> Option<(List, usize)> {
        let holds = |schema: &&Schema| entry.0.wrapping_sub(self.directory(schema.list)[0]) < self.count(schema.list);
        let list = SCHEMAS.iter().find(holds)?.list;
        Some((list, list.position(Column::Name)?))
    }

    /// First byte of the string in which a form stands, or 0: verification reads on from there.
    pub(super) fn first_byte(&self, reference: u32) -> u8 {
        let place = || {
            if reference & PLAIN != 0 {
                let entry = EntryId(reference & !PLAIN);
                let (list, column) = self.plain_place(entry)?;
                return self.offset(list, entry, column);
            }
            let (entry, packed) = self.record(reference)?;
            self.offset(SCHEMAS.get(packed.list())?.list, entry, usize::from(packed.column()))
        };
        place().and_then(|offset| self.strings.get(offset as usize)).map_or(0, |byte| {
            self.see(std::slice::from_ref(byte));
            *byte
        })
    }

    #[inline]
    fn unpacked(entry: EntryId, packed: Packed, list: List) -> Alias {
        Alias {
            entry,
            list,
            column: packed.column(),
            strength: match packed.strength() {
                0 => Strength::Strong,
                1 => Strength::Acronym,
                _ => Strength::Weak,
            },
            case: match packed.case() {
                0 => CaseRule::Capitals,
                1 => CaseRule::Fold,
                _ => CaseRule::Exact,
            },
            capitals: packed.capitals(),
            last: packed.0 & Packed::LAST != 0,
            packed,
        }
    }

    /// An alias as it is written in its list, without the sign of its case rule.
    pub fn form(&self, alias: &Alias) -> &'a str {
        std::str::from_utf8(self.form_bytes(alias)).unwrap_or("")
    }

    /// As [`Table::form`], the bytes: the matcher compares them and seldom needs more.
    #[inline]
    pub fn form_bytes(&self, alias: &Alias) -> &'a [u8] {
        let cell = self.cell_bytes(alias.list, alias.entry, usize::from(alias.column));
        let form = match alias.packed.part() {
            0 if !cell.contains(&b'|') => cell,
            part => cell.split(|b| *b == b'|').nth(part).unwrap_or_default(),
        };
        match form {
            [b'=' | b'~', form @ ..] => form,
            form => form,
        }
    }

    /// Number of forms in the table. Cost: a pass over the slots.
    pub fn form_count(&self) -> usize {
        self.see(self.buckets.as_flattened());
        let payloads = self.buckets.iter().flat_map(|bucket| bucket.as_chunks::<4>().0[BUCKET..].iter().map(|word| u32::from_le_bytes(*word)));
        self.aliases.len() + payloads.filter(|payload| payload & PLAIN != 0).count()
    }

    /// Bytes of the index alone: filters and slots.
    pub fn index_bytes(&self) -> usize {
        let filters = [self.firsts, self.lower_firsts, self.seconds, self.lower_seconds, self.pairs];
        filters.iter().map(|filter| filter.len()).sum::<usize>() + size_of_val(self.buckets)
    }

    /// Whether the first token of some form may be one of this hash; false is certain. `lower` says that the token has no capital,
    /// which rules most names out.
    #[inline]
    pub fn may_be_first(&self, hash: u64, lower: bool) -> bool {
        may_hold(if lower { self.lower_firsts } else { self.firsts }, hash)
    }

    /// Whether the second token of some form may be one of this hash; false is certain.
    #[inline]
    pub fn may_be_second(&self, hash: u64, lower: bool) -> bool {
        may_hold(if lower { self.lower_seconds } else { self.seconds }, hash)
    }

    /// Whether some form may start with two tokens of this hash; false is certain.
    #[inline]
    pub fn may_be_pair(&self, hash: u64) -> bool {
        may_hold(self.pairs, hash)
    }

    /// A token-sequence prefix: whether it goes on, and its form's reference if it is a whole form.
    #[inline]
    pub fn prefix(&self, hash: u64) -> Option<(bool, Option<u32>)> {
        match self.payload(hash) {
            0 => None,
            payload => Some(Table::node(payload)),
        }
    }

    /// What a slot's payload says: whether the prefix goes on, and its form's reference if it is a whole form.
    #[inline]
    pub fn node(payload: u32) -> (bool, Option<u32>) {
        (payload & CONTINUES != 0, Some(payload & !CONTINUES).filter(|reference| *reference != 0))
    }

    /// The payload of a token-sequence prefix's slot; 0 when there is none.
    #[inline]
    pub fn payload(&self, hash: u64) -> u32 {
        match self.payload_at_home(hash) {
            (0, true) => self.payload_beyond(hash),
            (payload, _) => payload,
        }
    }

    /// The payload of a prefix's slot if it lies in its first bucket, or 0, and whether it may lie beyond.
    ///
    /// There is no branch on what is loaded, so the loads of many prefixes in a row overlap.
    #[inline]
    pub fn payload_at_home(&self, hash: u64) -> (u32, bool) {
        let home = bucket_of(hash, self.buckets.len());
        let (payload, overflows) = self.buckets.get(home).map_or((0, false), |bucket| {
            self.see(bucket);
            in_bucket(bucket, tag_of(hash))
        });
        (payload, (payload == 0) & overflows)
    }

    /// The payload of a prefix's slot in the buckets after its first one, or 0.
    #[cold]
    pub fn payload_beyond(&self, hash: u64) -> u32 {
        // Few buckets overflow, so a run ends soon; a damaged table ends after one round.
        let home = bucket_of(hash, self.buckets.len());
        let (before, after) = self.buckets.split_at_checked(home + 1).unwrap_or_default();
        for bucket in after.iter().chain(before) {
            self.see(bucket);
            match in_bucket(bucket, tag_of(hash)) {
                (0, true) => {}
                (payload, _) => return payload,
            }
        }
        0
    }

    /// The first entry of a list whose first column is `key`. Cost: some loads in the built-in table, else a binary search.
    pub fn entry(&self, list: List, key: &str) -> Option<EntryId> {
        let [first, count, ..] = self.directory(list);
        let is_key = |entry: &EntryId| self.cell_bytes(list, *entry, 0) == key.as_bytes();
        if !self.keys.is_empty() && KEYED.contains(&list) {
            let own = self.keyed(key_hash(list as u8, &[key])).filter(|value| value.wrapping_sub(first) < count);
            return own.map(EntryId).find(is_key);
        }
        // Bytes stand in the order of the text they are.
        let place = partition_point(count, |i| self.cell_bytes(list, EntryId(first + i), 0) < key.as_bytes());
        Some(EntryId(first + place)).filter(|entry| place < count && is_key(entry))
    }

    /// What the keys of this hash lead to, and some of other hashes.
    fn keyed(&self, hash: u64) -> impl Iterator<Item = u32> + use<'a> {
        let (before, after) = self.keys.split_at(key_place(hash, self.keys.len()));
        // Every other slot is free, so a run ends soon; a damaged table ends after one round.
        after.iter().chain(before).map_while(|slot| u32::from_le_bytes(*slot).checked_sub(1))
    }

    /// Tenures of a person, oldest first.
    pub fn tenures_of(&self, person: &str) -> impl Iterator<Item = EntryId> + use<'a> {
        let [first, count, ..] = self.directory(List::Tenures);
        let from = self.entry(List::Tenures, person).map_or(count, |entry| entry.0 - first);
        let more = (from..count).take_while(|i| self.cell_bytes(List::Tenures, EntryId(first + i), 0) == person.as_bytes()).count() as u32;
        (first + from..first + from + more).map(EntryId)
    }

    /// Tenures of a post, oldest first. Empty strings stand for "no state", "no organisation", "no portfolio".
    pub fn holders_of(&self, state: &str, org: &str, class: &str, portfolio: &str) -> impl Iterator<Item = EntryId> + use<'a> {
        let wanted = [state, org, class, portfolio];
        let len = self.posts.len() as u32;
        let first = if self.keys.is_empty() {
            partition_point(len, |i| self.post(i) < wanted)
        } else {
            self.keyed(key_hash(POSTS, &wanted)).find(|i| *i < len && self.post(*i) == wanted).unwrap_or(len)
        };
        let more = (first..len).take_while(|i| self.post(*i) == wanted).count();
        let posts = self.posts;
        posts.iter().skip(first as usize).take(more).map(|word| EntryId(u32::from_le_bytes(*word)))
    }

    /// State, organisation, class and portfolio of the tenure at a place among the posts.
    fn post(&self, place: u32) -> [&'a str; 4] {
        let entry = EntryId(self.word(self.posts, place as usize).unwrap_or_default());
        [Column::State, Column::Org, Column::Class, Column::Portfolio].map(|column| self.cell(List::Tenures, entry, column))
    }
}

/// Whether a filter lets a hash pass.
#[inline]
fn may_hold(filter: &[u8], hash: u64) -> bool {
    let (byte, bit) = filter_place(hash, filter.len());
    filter.get(byte).is_some_and(|bits| bits & bit != 0)
}

/// The payload of a tag in a bucket, or 0, and whether the bucket overflows. All slots are looked at: that is one
/// comparison of vectors.
#[inline]
fn in_bucket(bucket: &[u8; 8 * BUCKET], tag: u32) -> (u32, bool) {
    let (words, _) = bucket.as_chunks::<4>();
    let (tags, payloads) = words.split_at(BUCKET);
    let found = tags.iter().zip(payloads).fold(0, |found, (here, payload)| {
        let same = u32::from_le_bytes(*here) == tag;
        found | if same { u32::from_le_bytes(*payload) } else { 0 }
    });
    (found & !OVERFLOWS, u32::from_le_bytes(payloads[0]) & OVERFLOWS != 0)
}

fn partition_point(len: u32, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
