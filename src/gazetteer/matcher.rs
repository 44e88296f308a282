//! Matching: token sequences of the text against the table's forms.
//!
//! Every form that stands in the text is reported, overlapping ones too; deciding among them is
//! the recognizers' and the resolution's work. A hash hit is only a candidate: the folded bytes
//! and the case rule are verified.

use std::ops::Range;

use super::format::CONTINUES;
use super::memo::{Known, Memo};
use super::schema::{CaseRule, List, Strength};
use super::table::{Alias, EntryId, Table};
use super::tables::Tables;
use crate::span::Span;
use crate::token::fold::{fold_into, fold_words, hash_possessive, hash_sequence};
use crate::token::{Case, Gap, Kind, Token};

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
    /// For each token what is known of it.
    known: Vec<Known>,
    /// The tokens that the memo does not know, with the payloads of their slots.
    news: Vec<(u32, u32)>,
    /// The tokens after which some form goes on with the next token, with what the two lead to.
    pairs: Vec<Pair>,
    /// For each table what words of earlier texts led to.
    memos: Vec<Memo>,
    /// One bit per 16-bit prefix of the hashes of all tokens.
    seen: Vec<u64>,
    scratch: String,
    form: String,
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
        let mut memo = std::mem::take(&mut self.memos[number]);
        memo.prepare(table.checksum());
        let mut known = std::mem::take(&mut self.known);
        known.clear();
        let may_start = |token: &Token| table.may_start(token.hash, token.case == Case::Lower);
        known.extend(tokens.iter().map(|token| if may_start(token) { memo.get(text.as_bytes(), token) } else { Known::NOTHING }));
        self.learn(table, text, tokens, &mut known, &mut memo);
        let mut pairs = std::mem::take(&mut self.pairs);
        find_pairs(table, tokens, &known, &mut pairs);
        let mut next_pair = pairs.iter().peekable();
        for (first, known) in known.iter().enumerate().filter(|(_, known)| known.payload != 0) {
            let before = self.hits.len();
            let pair = next_pair.next_if(|pair| pair.first as usize == first);
            match memo.hits(*known) {
                None => self.walk(table, text, tokens, first..first, tokens[first].hash, known.payload),
                Some(single) => {
                    let (here, span) = (first as u32, tokens[first].span());
                    self.hits.extend(single.iter().map(|hit| Lookup { first: here, end: here + 1, span, ..*hit }));
                    if let Some(pair) = pair {
                        self.walk(table, text, tokens, first..first + 1, pair.hash, pair.payload);
                    }
                }
            }
            self.hits[before..].reverse();
        }
        self.memos[number] = memo;
        (self.known, self.pairs) = (known, pairs);
    }

    /// Looks the tokens up that the memo does not know; it keeps what is found.
    fn learn(&mut self, table: &Table<'_>, text: &str, tokens: &[Token], known: &mut [Known], memo: &mut Memo) {
        let mut news = std::mem::take(&mut self.news);
        news.clear();
        let unknown = known.iter().zip(tokens).enumerate().filter(|(_, (known, _))| known.is_new());
        news.extend(unknown.map(|(i, (_, token))| (i as u32, table.payload(token.hash))));
        for (i, payload) in &news {
            let (i, before) = (*i as usize, self.hits.len());
            known[i] = match Memo::key(text.as_bytes(), &tokens[i]) {
                None => Known::not_kept(*payload),
                Some(key) => {
                    if let (_, Some(alias)) = Table::node(*payload) {
                        self.report(table, text, &tokens[i..=i], i, alias, tokens[i].end);
                    }
                    memo.put(key, *payload, self.hits.drain(before..))
                }
            };
        }
        self.news = news;
    }

    /// Reports the forms that start at token `reach.start` and end at or after token `reach.end`, where `hash` and
    /// `payload` are those of the tokens up to and with it; shorter ones first.
    fn walk(&mut self, table: &Table<'_>, text: &str, tokens: &[Token], reach: Range<usize>, mut hash: u64, payload: u32) {
        let Range { start: first, end: mut i } = reach;
        let mut node = Some(Table::node(payload));
        loop {
            let token = &tokens[i];
            let Some((mut goes_on, form)) = node else { break };
            if let Some(alias) = form {
                self.report(table, text, &tokens[first..=i], first, alias, token.core_end());
            }
            if token.clitic > 0 {
                // Only a form that keeps the ending ("People's Republic") may go on past it.
                if !goes_on {
                    break;
                }
                hash = hash_possessive(hash);
                match table.prefix(hash) {
                    None => break,
                    Some((more, form)) => {
                        goes_on = more;
                        if let Some(alias) = form {
                            self.report(table, text, &tokens[first..=i], first, alias, token.end);
                        }
                    }
                }
            }
            i += 1;
            match tokens.get(i) {
                Some(next) if goes_on && next.gap < Gap::Paragraph => hash = hash_sequence(hash, next.hash, next.gap != Gap::None),
                _ => break,
            }
            node = table.prefix(hash);
        }
    }

    fn report(&mut self, table: &Table<'_>, text: &str, tokens: &[Token], first: usize, alias: u32, end: u32) {
        let span = Span::new(tokens[0].start, end);
        let mut verified = false;
        let mut i = alias;
        while let Some(form) = table.alias(i) {
            i += 1;
            if case_agrees(text, tokens, span, &form, table) {
                // The bytes are looked at once, and only when some form's case agrees: all fold to the same.
                if !verified && !self.folds_to(text, tokens, span, table, &form) {
                    return;
                }
                verified = true;
                self.hits.push(Lookup {
                    first: first as u32,
                    end: (first + tokens.len()) as u32,
                    span,
                    entry: form.entry,
                    list: form.list,
                    column: form.column,
                    strength: form.strength,
                });
            }
            if form.last {
                return;
            }
        }
    }

    /// Whether the text under `span` folds to the same as `form`: compared in place when only ASCII case differs.
    fn folds_to(&mut self, text: &str, tokens: &[Token], span: Span, table: &Table<'_>, form: &Alias) -> bool {
        let written = &text.as_bytes()[span.start as usize..span.end as usize];
        let bytes = table.form_bytes(form);
        if !form.blanks() && written.eq_ignore_ascii_case(bytes) {
            return true;
        }
        if tokens.len() == 1 && written.is_ascii() && bytes.is_ascii() {
            return false;
        }
        fold_tokens(text, tokens, span.end, &mut self.scratch);
        self.form.clear();
        fold_words(table.form(form), form.blanks(), &mut self.form);
        self.scratch == self.form
    }
}

/// Two tokens that some form starts with.
struct Pair {
    first: u32,
    payload: u32,
    hash: u64,
}

/// The pairs of tokens that some form starts with.
///
/// Passes of their own: nothing waits for what they load, so the misses of tables larger than the cache overlap
/// (measured: most of the stage was these loads).
fn find_pairs(table: &Table<'_>, tokens: &[Token], known: &[Known], pairs: &mut Vec<Pair>) {
    pairs.clear();
    for (i, (two, known)) in tokens.windows(2).zip(known).enumerate() {
        if known.payload & CONTINUES != 0 && two[1].gap < Gap::Paragraph {
            let hash = hash_sequence(two[0].hash, two[1].hash, two[1].gap != Gap::None);
            if table.may_pair(hash) {
                pairs.push(Pair { first: i as u32, payload: 0, hash });
            }
        }
    }
    for pair in pairs.iter_mut() {
        pair.payload = table.payload(pair.hash);
    }
    pairs.retain(|pair| pair.payload != 0);
}

/// The folded text of a token run, one blank per gap.
fn fold_tokens(text: &str, tokens: &[Token], end: u32, out: &mut String) {
    out.clear();
    for (i, token) in tokens.iter().enumerate() {
        if i > 0 && token.gap != Gap::None {
            out.push(' ');
        }
        let stop = token.end.min(end);
        fold_into(&text[token.start as usize..stop as usize], out);
    }
}

fn case_agrees(text: &str, tokens: &[Token], span: Span, form: &Alias, table: &Table<'_>) -> bool {
    match form.case {
        CaseRule::Fold => true,
        CaseRule::Exact => same_letters(span.slice(text), table.form(form)),
        CaseRule::Capitals => capitals_agree(tokens, form.capitals),
    }
}

/// Letter for letter, white space runs being equal.
fn same_letters(text: &str, form: &str) -> bool {
    text == form || text.split_whitespace().eq(form.split_whitespace())
}

/// Every word that the form's mask wants capitalised is.
fn capitals_agree(tokens: &[Token], mut mask: u8) -> bool {
    for token in tokens.iter().filter(|t| t.is_word()) {
        if mask & 1 != 0 && token.case == Case::Lower {
            return false;
        }
        mask >>= 1;
    }
    true
}
