//! Search: the places of a text where forms of one table stand.
//!
//! A prefix is a run of tokens that some form starts with, or is. The search goes through ever fewer of them in passes: the
//! tokens that may start a form, those of them that do, the pairs of tokens, then runs of three and more. In no pass does a
//! branch or an address hang on what the same pass loads, so the loads of a table larger than the processor's cache overlap
//! instead of waiting for each other, and no branch is mispredicted on them. (Measured with a million names: these two were
//! most of the time.)

use std::hint::black_box;

use super::format::CONTINUES;
use super::matcher::Lookup;
use super::memo::{Known, Memo};
use super::table::Table;
use super::verify::{Candidate, Tokenized, Verifier};
use crate::token::fold::{hash_possessive, hash_sequence};
use crate::token::{Case, Gap, Token};

/// A token that starts some form, with what is known of it.
#[derive(Clone, Copy)]
struct Start {
    token: u32,
    known: Known,
}

/// A run of tokens whose hash is that of a prefix.
#[derive(Clone, Copy, Default)]
struct Prefix {
    first: u32,
    last: u32,
    hash: u64,
}

/// The passes' lists, kept for the next text.
#[derive(Default)]
pub(super) struct Search {
    /// Tokens that may start a form, later those that may start one together with the next token.
    maybe: Sieve<u32>,
    starts: Vec<Start>,
    /// The indices of those starts that the memo does not know.
    news: Sieve<u32>,
    /// Runs of tokens that may be prefixes, of one length at a time, and of the next.
    prefixes: Sieve<Prefix>,
    longer: Sieve<Prefix>,
    payloads: Payloads,
    candidates: Vec<Candidate>,
    verifier: Verifier,
}

impl Search {
    /// Adds all hits of the table in the text, by first token, longer ones first.
    pub(super) fn find(&mut self, table: &Table<'_>, text: Tokenized<'_>, memo: &mut Memo, hits: &mut Vec<Lookup>) {
        memo.prepare(table.checksum(), text.tokens.len());
        self.find_starts(table, text, memo);
        self.learn(table, text, memo, hits);
        self.candidates.clear();
        self.find_pairs(table, text);
        self.find_longer(table, text);
        self.report(table, text, memo, hits);
    }

    /// The tokens that may start a form, with what the memo knows of them.
    fn find_starts(&mut self, table: &Table<'_>, text: Tokenized<'_>, memo: &Memo) {
        self.maybe.empty(text.tokens.len());
        for (i, token) in text.tokens.iter().enumerate() {
            self.maybe.offer(i as u32, table.may_be_first(token.hash, token.case == Case::Lower));
        }
        self.starts.clear();
        let known = |i: &u32| Start { token: *i, known: memo.get(text.text.as_bytes(), &text.tokens[*i as usize]) };
        self.starts.extend(self.maybe.kept().iter().map(known));
    }

    /// Looks the tokens up that the memo does not know; it keeps what is found.
    fn learn(&mut self, table: &Table<'_>, text: Tokenized<'_>, memo: &mut Memo, hits: &mut Vec<Lookup>) {
        self.news.empty(self.starts.len());
        for (i, start) in self.starts.iter().enumerate() {
            self.news.offer(i as u32, start.known.is_new());
        }
        let Search { starts, news, payloads, verifier, .. } = self;
        let hashes = news.kept().iter().map(|i| text.tokens[starts[*i as usize].token as usize].hash);
        let found = payloads.look_up(table, hashes);
        warm(table, found.iter().filter_map(|payload| Table::node(*payload).1));
        for (i, payload) in news.kept().iter().zip(found) {
            let start = &mut starts[*i as usize];
            let token = &text.tokens[start.token as usize];
            start.known = match Memo::key(text.text.as_bytes(), token) {
                None => Known::not_kept(*payload),
                Some(key) => {
                    let before = hits.len();
                    if let (_, Some(form)) = Table::node(*payload) {
                        let candidate = Candidate { first: start.token, last: start.token, end: token.end, form };
                        verifier.report(table, text, candidate, hits);
                    }
                    memo.put(key, *payload, hits.drain(before..))
                }
            };
        }
    }

    /// The runs of two tokens that may be prefixes, not looked up; also the candidates among the tokens that the memo does not keep.
    fn find_pairs(&mut self, table: &Table<'_>, text: Tokenized<'_>) {
        let Search { starts, maybe, prefixes, candidates, .. } = self;
        maybe.empty(starts.len());
        for Start { token, known } in starts.iter() {
            if let Some(second) = text.tokens.get(*token as usize + 1) {
                let goes_on = (known.payload & CONTINUES != 0) & known.is_kept() & (second.gap < Gap::Paragraph);
                maybe.offer(*token, goes_on & table.may_be_second(second.hash, second.case == Case::Lower));
            }
        }
        prefixes.empty(starts.len());
        for first in maybe.kept() {
            let [one, two] = [0, 1].map(|i| &text.tokens[*first as usize + i]);
            let hash = longer(one.hash, two);
            prefixes.offer(Prefix { first: *first, last: first + 1, hash }, table.may_be_pair(hash));
        }
        for Start { token, known } in starts.iter().filter(|start| start.known.payload != 0 && !start.known.is_kept()) {
            let one = Prefix { first: *token, last: *token, hash: text.tokens[*token as usize].hash };
            let pair = go_on(table, text.tokens, one, known.payload, candidates);
            prefixes.offer(pair.unwrap_or_default(), pair.is_some());
        }
    }

    /// Looks the prefixes up, those of each length together, then the ones that they go on with.
    fn find_longer(&mut self, table: &Table<'_>, text: Tokenized<'_>) {
        let Search { prefixes, longer, payloads, candidates, .. } = self;
        while prefixes.len > 0 {
            let found = payloads.look_up(table, prefixes.kept().iter().map(|prefix| prefix.hash));
            longer.empty(prefixes.len);
            for (prefix, payload) in prefixes.kept().iter().zip(found).filter(|(_, payload)| **payload != 0) {
                let next = go_on(table, text.tokens, *prefix, *payload, candidates);
                longer.offer(next.unwrap_or_default(), next.is_some());
            }
            std::mem::swap(prefixes, longer);
        }
        candidates.sort_unstable_by_key(|candidate| (candidate.first, candidate.end));
    }

    /// The hits: of single tokens from the memo, of others after verification.
    fn report(&mut self, table: &Table<'_>, text: Tokenized<'_>, memo: &Memo, hits: &mut Vec<Lookup>) {
        warm(table, self.candidates.iter().map(|candidate| candidate.form));
        let mut candidates = self.candidates.iter().peekable();
        for start in self.starts.iter().filter(|start| start.known.payload != 0) {
            let (first, before) = (start.token, hits.len());
            let span = text.tokens[first as usize].span();
            hits.extend(memo.hits(start.known).iter().map(|hit| Lookup { first, end: first + 1, span, ..*hit }));
            while let Some(candidate) = candidates.next_if(|candidate| candidate.first == first) {
                self.verifier.report(table, text, *candidate, hits);
            }
            hits[before..].reverse();
        }
    }
}

/// Reads what verifying these forms will read: no form's loads wait for those of the one before, so they overlap.
fn warm(table: &Table<'_>, forms: impl Iterator<Item = u32>) {
    black_box(forms.fold(0, |sum, form| sum ^ table.first_byte(form)));
}

/// Notes the forms that a prefix is; returns the run that is one token longer, not looked up, if any form goes on.
fn go_on(table: &Table<'_>, tokens: &[Token], prefix: Prefix, payload: u32, candidates: &mut Vec<Candidate>) -> Option<Prefix> {
    let Prefix { first, last, mut hash } = prefix;
    let token = tokens.get(last as usize)?;
    let mut note = |form: Option<u32>, end| candidates.extend(form.map(|form| Candidate { first, last, end, form }));
    let (mut goes_on, form) = Table::node(payload);
    note(form, token.core_end());
    if token.clitic > 0 {
        // Only a form that keeps the ending ("People's Republic") may go on past it.
        if !goes_on {
            return None;
        }
        hash = hash_possessive(hash);
        let form;
        (goes_on, form) = table.prefix(hash)?;
        note(form, token.end);
    }
    let next = tokens.get(last as usize + 1).filter(|next| goes_on && next.gap < Gap::Paragraph)?;
    Some(Prefix { first, last: last + 1, hash: longer(hash, next) })
}

/// Hash of the tokens of a hash and the one after them.
#[inline]
fn longer(hash: u64, next: &Token) -> u64 {
    hash_sequence(hash, next.hash, next.gap != Gap::None)
}

/// A list of what passes a test, filled without a branch on the outcome.
#[derive(Default)]
struct Sieve<T> {
    /// The first `len` have passed; the others are room.
    items: Vec<T>,
    len: usize,
}

impl<T: Copy + Default> Sieve<T> {
    /// Drops all, and makes room for as many as will be offered.
    fn empty(&mut self, most: usize) {
        self.len = 0;
        if self.items.len() < most {
            self.items.resize(most, T::default());
        }
    }

    /// Keeps an item if it passed. There must be room: see [`Sieve::empty`].
    #[inline]
    fn offer(&mut self, item: T, passed: bool) {
        debug_assert!(self.len < self.items.len(), "more are offered than there is room for");
        if let Some(place) = self.items.get_mut(self.len) {
            *place = item;
            self.len += usize::from(passed);
        }
    }

    fn kept(&self) -> &[T] {
        &self.items[..self.len]
    }
}

/// What the table says of many prefixes.
#[derive(Default)]
struct Payloads {
    found: Vec<u32>,
    /// Index and hash of those that may not lie in their first bucket.
    far: Sieve<(u32, u64)>,
}

impl Payloads {
    /// The payloads of prefixes by their hashes, 0 for those that are none.
    fn look_up(&mut self, table: &Table<'_>, hashes: impl ExactSizeIterator<Item = u64>) -> &[u32] {
        let Payloads { found, far } = self;
        far.empty(hashes.len());
        found.clear();
        found.extend(hashes.enumerate().map(|(i, hash)| {
            let (payload, may_be_far) = table.payload_at_home(hash);
            far.offer((i as u32, hash), may_be_far);
            payload
        }));
        for (i, hash) in far.kept() {
            found[*i as usize] = table.payload_beyond(*hash);
        }
        found
    }
}
