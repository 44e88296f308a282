//! Matching: token sequences of the text against the table's forms.
//!
//! Every form that stands in the text is reported, overlapping ones too; deciding among them is
//! the recognizers' and the resolution's work. A hash hit is only a candidate: the folded bytes
//! and the case rule are verified.

use super::memo::Memo;
use super::schema::{List, Strength};
use super::search::Search;
use super::table::{EntryId, Table};
use super::tables::Tables;
use super::verify::Tokenized;
use crate::span::Span;
use crate::token::{Kind, Token};

/// A raw gazetteer hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// The text, without a possessive ending unless the form has it.
    pub span: Span,
    /// The entry.
    pub entry: EntryId,
    /// The entry's list.
    pub list: List,
    /// The column in which the form stands.
    pub column: u8,
    /// How much the form says alone.
    pub strength: Strength,
}

impl Lookup {
    /// Name of the column in which the form stands.
    pub fn column_name(&self) -> &'static str {
        self.list.schema().columns[usize::from(self.column)]
    }

    /// Number of tokens.
    pub fn len(&self) -> u32 {
        self.end - self.first
    }

    /// Whether the hit covers no token (never true for hits of the matcher).
    pub fn is_empty(&self) -> bool {
        self.first == self.end
    }
}

/// The bit of tokens that are numbers, with or without letters; no list has so high a one.
const NUMBER: u64 = 1 << 63;

/// All hits of a text, by first token, longer ones first.
#[derive(Default)]
pub struct Lookups {
    hits: Vec<Lookup>,
    /// The indices of the hits of lists of names: few of all.
    names: Vec<u32>,
    /// For each token the index of its first hit; one more at the end.
    starts: Vec<u32>,
    /// For each token the lists of its hits, a bit per list; [`NUMBER`] beside them.
    lists: Vec<u64>,
    search: Search,
    /// For each table what words of earlier texts led to.
    memos: Vec<Memo>,
    /// One bit per 16-bit prefix of the hashes of all tokens.
    seen: Vec<u64>,
}

impl Lookups {
    /// The hits that start at token `i`, longer ones first.
    #[inline]
    pub fn at(&self, i: usize) -> &[Lookup] {
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(a), Some(b)) => &self.hits[*a as usize..*b as usize],
            _ => &[],
        }
    }

    /// The longest hit of `list` that starts at token `i`.
    #[inline]
    pub fn longest(&self, i: usize, list: List) -> Option<&Lookup> {
        if !self.any_of(i, list) {
            return None;
        }
        self.at(i).iter().find(|hit| hit.list == list)
    }

    /// Whether a hit of `list` starts at token `i`: one load, no search.
    #[inline]
    pub fn any_of(&self, i: usize, list: List) -> bool {
        self.lists.get(i).is_some_and(|bits| bits & (1 << list as u64) != 0)
    }

    /// The lists with a hit that starts at token `i`, a bit each at the list's number.
    #[inline]
    pub fn lists(&self, i: usize) -> u64 {
        self.lists.get(i).copied().unwrap_or(0)
    }

    /// The first token from `i` on that starts a hit of `list` or holds a digit first: one load a token.
    #[inline]
    pub fn next_of_or_number(&self, i: usize, list: List) -> Option<usize> {
        let wanted = 1 << list as u64 | NUMBER;
        let rest = self.lists.get(i..)?;
        // Four at a time, for nine tokens in ten are neither.
        let fours = rest.as_chunks::<4>().0.iter();
        let skipped = 4 * fours.take_while(|four| (four[0] | four[1] | four[2] | four[3]) & wanted == 0).count();
        rest[skipped..].iter().position(|bits| bits & wanted != 0).map(|ahead| i + skipped + ahead)
    }

    /// Whether a token of this hash may stand in the text; false is certain.
    #[inline]
    pub fn may_hold(&self, hash: u64) -> bool {
        self.seen.get((hash >> 54) as usize).is_none_or(|bits| bits & 1 << (hash >> 48 & 63) != 0)
    }

    /// All hits in order.
    pub fn iter(&self) -> impl Iterator<Item = &Lookup> {
        self.hits.iter()
    }

    /// The hits of some lists of names (states, organisations … people) in order.
    pub fn named(&self, lists: &[List]) -> impl Iterator<Item = &Lookup> {
        debug_assert!(lists.iter().all(|list| *list < List::Guards), "these are no lists of names");
        self.names.iter().map(|i| &self.hits[*i as usize]).filter(move |hit| lists.contains(&hit.list))
    }

    /// Finds all forms of the tables in the text; earlier hits are dropped, memory is reused.
    pub fn find(&mut self, tables: &Tables, text: &str, tokens: &[Token]) {
        self.hits.clear();
        self.note_seen(tokens);
        for (number, table) in tables.iter() {
            let from = self.hits.len();
            self.find_in(&table, number, text, tokens);
            if !tables.is_single() {
                self.keep_used(tables, number, from);
            }
        }
        if !tables.is_single() {
            self.hits.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.end)));
        }
        self.index(tokens);
    }

    /// As [`Lookups::find`], with one table, and without what [`Lookups::may_hold`] asks: that is always true then.
    pub fn find_in_one(&mut self, table: &Table<'_>, text: &str, tokens: &[Token]) {
        self.hits.clear();
        self.seen.clear();
        self.find_in(table, 0, text, tokens);
        self.index(tokens);
    }

    fn note_seen(&mut self, tokens: &[Token]) {
        self.seen.clear();
        self.seen.resize(1 << 10, 0);
        for token in tokens {
            self.seen[(token.hash >> 54) as usize] |= 1 << (token.hash >> 48 & 63);
        }
    }

    /// Drops the hits from `from` on whose entries a later table overrides, and numbers the others for all tables.
    fn keep_used(&mut self, tables: &Tables, number: usize, from: usize) {
        let mut kept = from;
        for i in from..self.hits.len() {
            let mut hit = self.hits[i];
            if !tables.is_replaced(number, hit.list, hit.entry) {
                hit.entry = Tables::global(number, hit.entry);
                self.hits[kept] = hit;
                kept += 1;
            }
        }
        self.hits.truncate(kept);
    }

    /// Makes the hits findable by token.
    fn index(&mut self, tokens: &[Token]) {
        self.names.clear();
        self.starts.clear();
        self.starts.reserve(tokens.len() + 1);
        self.lists.clear();
        self.lists.extend(tokens.iter().map(|t| if matches!(t.kind, Kind::Number | Kind::Alphanumeric) { NUMBER } else { 0 }));
        for (i, hit) in self.hits.iter().enumerate() {
            let first = hit.first as usize;
            if self.starts.len() <= first {
                self.starts.resize(first + 1, i as u32);
            }
            self.lists[first] |= 1 << hit.list as u64;
            if hit.list < List::Guards {
                self.names.push(i as u32);
            }
        }
        self.starts.resize(tokens.len() + 1, self.hits.len() as u32);
    }

    /// Finds all forms of one table, by first token, longer ones first.
    fn find_in(&mut self, table: &Table<'_>, number: usize, text: &str, tokens: &[Token]) {
        if self.memos.len() <= number {
            self.memos.resize_with(number + 1, Memo::default);
        }
        self.search.find(table, Tokenized { text, tokens }, &mut self.memos[number], &mut self.hits);
    }
}
