//! The tables in use as one: the built-in one and, after it, the users', whose entries override it.

use super::format::MAX_ENTRIES;
use super::owned::OwnedTable;
use super::schema::{Column, List, Strength};
use super::table::{Alias, EntryId, Table};
use crate::token::fold::fold_words;

/// The tables that an extractor matches against, the built-in one first.
///
/// An entry of a later table replaces the entry of an earlier one that has the same list and id. Entries of
/// all tables are told apart by the upper bits of their [`EntryId`].
pub struct Tables {
    first: Table<'static>,
    later: Vec<OwnedTable>,
    /// Bit per list: the first table's entries of it are not used.
    hidden: u64,
}

impl Tables {
    /// Most tables in use at once.
    pub const MOST: usize = (u32::MAX / MAX_ENTRIES) as usize + 1;

    /// The first table alone.
    pub fn new(first: Table<'static>) -> Tables {
        Tables { first, later: Vec::new(), hidden: 0 }
    }

    /// Puts a table on top of the others.
    ///
    /// # Errors
    /// When there are [`Tables::MOST`] already.
    pub fn push(&mut self, table: OwnedTable) -> Result<(), String> {
        if self.later.len() + 1 == Tables::MOST {
            return Err(format!("more than {} compiled lists", Tables::MOST - 1));
        }
        self.later.push(table);
        Ok(())
    }

    /// Leaves out the first table's entries of these lists.
    pub fn hide(&mut self, lists: impl Iterator<Item = List>) {
        self.hidden = lists.fold(self.hidden, |bits, list| bits | 1 << list as u64);
    }

    /// Each table with its number.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, Table<'_>)> {
        let later = self.later.iter().enumerate().map(|(i, table)| (i + 1, table.table()));
        std::iter::once((0, self.first)).chain(later)
    }

    /// Checksum of all tables: identity of the data.
    pub fn checksum(&self) -> u64 {
        self.later.iter().fold(self.first.checksum() ^ self.hidden, |sum, table| sum.rotate_left(1) ^ table.table().checksum())
    }

    /// What is wrong with a table that is checked as it is read, as far as it has been, and its file. Cost: a load per table.
    pub fn damage(&self) -> Option<(&str, String)> {
        self.later.iter().find_map(|table| Some((table.file().unwrap_or_default(), table.damage()?)))
    }

    /// Whether there is but one table with nothing hidden.
    #[inline]
    pub fn is_single(&self) -> bool {
        self.later.is_empty() && self.hidden == 0
    }

    /// Number of an entry of table `number` among all tables.
    #[inline]
    pub fn global(number: usize, entry: EntryId) -> EntryId {
        EntryId(entry.0 & (MAX_ENTRIES - 1) | ((number as u32) * MAX_ENTRIES))
    }

    #[inline]
    fn home(&self, entry: EntryId) -> (Table<'_>, EntryId) {
        let number = (entry.0 / MAX_ENTRIES) as usize;
        let later = number.checked_sub(1).and_then(|i| self.later.get(i));
        (later.map_or(self.first, OwnedTable::table), EntryId(entry.0 % MAX_ENTRIES))
    }

    /// Whether the entry of table `number` is hidden, or overridden by a later table. Cost: nothing for the last table.
    #[inline]
    pub fn is_replaced(&self, number: usize, list: List, entry: EntryId) -> bool {
        if number == 0 && self.hidden >> list as u64 & 1 != 0 {
            return true;
        }
        let key = || self.home(Tables::global(number, entry)).0.cell_at(list, entry, 0);
        self.later.iter().skip(number).map(OwnedTable::table).any(|later| later.count(list) > 0 && has_identity(list) && later.entry(list, key()).is_some())
    }

    /// Text of a cell; empty when the list has no such column.
    #[inline]
    pub fn cell(&self, list: List, entry: EntryId, column: Column) -> &str {
        if entry.0 < MAX_ENTRIES {
            return self.first.cell(list, entry, column);
        }
        let (table, entry) = self.home(entry);
        table.cell(list, entry, column)
    }

    /// Text of a cell by the column's position.
    #[inline]
    pub fn cell_at(&self, list: List, entry: EntryId, place: usize) -> &str {
        let (table, entry) = self.home(entry);
        table.cell_at(list, entry, place)
    }

    /// File and line of an entry, as far as they are known: of a built-in one those below `gazetteers/`, where the first line of
    /// a file is its header; of a user's list compiled before, the compiled file.
    pub fn origin(&self, list: List, entry: EntryId) -> (Option<&str>, Option<u32>) {
        match (entry.0 / MAX_ENTRIES).checked_sub(1) {
            Some(later) => self.later.get(later as usize).map_or((None, None), |table| table.origin(EntryId(entry.0 % MAX_ENTRIES))),
            None => (Some(list.schema().file), self.first.entries(list).next().map(|first| entry.0 - first.0 + 2)),
        }
    }

    /// The entry of a list whose first column is `key`, of the latest table that has it. Cost: a binary search per table.
    pub fn entry(&self, list: List, key: &str) -> Option<EntryId> {
        self.iter().rev().find_map(|(number, table)| {
            if number == 0 && self.hidden >> list as u64 & 1 != 0 {
                return None;
            }
            Some(Tables::global(number, table.entry(list, key)?))
        })
    }

    /// Whether some form, or the beginning of one, may have this hash; false is certain.
    pub fn may_hold(&self, hash: u64) -> bool {
        self.iter().any(|(_, table)| table.prefix(hash).is_some())
    }

    /// The one entry of a list that has a form, not a weak one, of this hash and folded text.
    pub fn only_entry(&self, list: List, hash: u64, folded: &str) -> Option<EntryId> {
        let mut entries = self.iter().flat_map(|(number, table)| {
            let own = forms(table, hash, folded).filter(|form| form.list == list && form.strength != Strength::Weak).map(|form| form.entry);
            own.filter(|entry| !self.is_replaced(number, list, *entry)).map(|entry| Tables::global(number, entry)).collect::<Vec<_>>()
        });
        let first = entries.next()?;
        entries.all(|other| other == first).then_some(first)
    }

    /// The entries of a list that are in use, table by table.
    pub fn entries(&self, list: List) -> impl Iterator<Item = EntryId> + '_ {
        self.iter().flat_map(move |(number, table)| {
            table.entries(list).filter(move |entry| self.is_single() || !self.is_replaced(number, list, *entry)).map(move |entry| Tables::global(number, entry))
        })
    }

    /// Tenures of a person, oldest first; of one that stands in several tables, the latest.
    pub fn tenures_of(&self, person: &str) -> Vec<EntryId> {
        self.gather(|table| table.tenures_of(person).collect())
    }

    /// Tenures of a post, oldest first. Empty strings stand for "no state", "no organisation", "no portfolio".
    pub fn holders_of(&self, state: &str, org: &str, class: &str, portfolio: &str) -> Vec<EntryId> {
        self.gather(|table| table.holders_of(state, org, class, portfolio).collect())
    }

    fn gather(&self, of: impl Fn(&Table<'_>) -> Vec<EntryId>) -> Vec<EntryId> {
        let mut all: Vec<EntryId> = Vec::new();
        for (number, table) in self.iter().filter(|(number, _)| *number > 0 || self.hidden >> List::Tenures as u64 & 1 == 0) {
            let more: Vec<EntryId> = of(&table).into_iter().map(|entry| Tables::global(number, entry)).collect();
            if !all.is_empty() && !more.is_empty() {
                all.retain(|old| !more.iter().any(|new| self.tenure(*old) == self.tenure(*new)));
            }
            all.extend(more);
        }
        if !self.later.is_empty() {
            all.sort_by_key(|entry| self.cell(List::Tenures, *entry, Column::From));
        }
        all
    }

    /// What makes a tenure the same in two tables: person, office and beginning.
    fn tenure(&self, entry: EntryId) -> [&str; 6] {
        [Column::Person, Column::Class, Column::Portfolio, Column::State, Column::Org, Column::From].map(|column| self.cell(List::Tenures, entry, column))
    }
}

/// The aliases of a table that have this hash and folded text.
fn forms<'a>(table: Table<'a>, hash: u64, folded: &str) -> impl Iterator<Item = Alias> + use<'a> {
    let alias = table.prefix(hash).and_then(|(_, alias)| alias).filter(|alias| {
        let mut form = String::new();
        table.alias(*alias).is_some_and(|alias| {
            fold_words(table.form(&alias), alias.blanks(), &mut form);
            form == folded
        })
    });
    let mut last = false;
    let group = alias.into_iter().flat_map(|first| first..=u32::MAX).map_while(move |i| table.alias(i));
    group.take_while(move |form| !std::mem::replace(&mut last, form.last))
}

/// Tenures have no id of their own: they are joined, not overridden by person. So are guards and topic cues of one form.
fn has_identity(list: List) -> bool {
    !matches!(list, List::Tenures | List::Guards | List::Topics)
}
