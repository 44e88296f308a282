//! Features of a candidate: each is a hash of its kind and value, nothing is built or kept.

use rustc_hash::FxHashMap;

use super::super::{Context, Names};
use super::candidate::{Candidate, Runs};
use super::common::Common;
use crate::annotation::Label;
use crate::gazetteer::List;
use crate::token::{Case, Kind, Token};

/// Tokens on each side that tell whether a line is a headline.
const HEADLINE: usize = 10;

/// How a name was met elsewhere in the text, a bit each.
mod met {
    pub(super) const LOCATED: u16 = 1;
    pub(super) const ARTICLE: u16 = 2;
    pub(super) const ADDRESSED: u16 = 4;
    pub(super) const SPEAKS: u16 = 8;
    pub(super) const INSIDE: u16 = 16;
    pub(super) const ALONE: u16 = 32;
    pub(super) const POSSESSIVE: u16 = 64;
    pub(super) const OF: u16 = 128;
}

/// Lists whose hits at a word are features.
const LISTS: &[List] = &[
    List::States,
    List::Organizations,
    List::Agreements,
    List::Series,
    List::Events,
    List::Places,
    List::People,
    List::Guards,
    List::Roles,
    List::Portfolios,
    List::GivenNames,
    List::Surnames,
    List::SpeechVerbs,
    List::OrgHeads,
    List::AgreementHeads,
    List::EventHeads,
    List::PlaceHeads,
    List::CompanySuffixes,
    List::TimexWords,
    List::Topics,
    List::NameSuffixes,
    List::NameParticles,
];

/// Position in [`LISTS`] by list, so that a new list changes no feature.
const POSITIONS: [u8; 64] = positions();
/// The bits of the lists of [`LISTS`].
const MASK: u64 = mask();

const fn positions() -> [u8; 64] {
    let mut table = [0; 64];
    let mut k = 0;
    while k < LISTS.len() {
        table[LISTS[k] as usize] = k as u8;
        k += 1;
    }
    table
}

const fn mask() -> u64 {
    let (mut bits, mut k) = (0, 0);
    while k < LISTS.len() {
        bits |= 1 << LISTS[k] as u64;
        k += 1;
    }
    bits
}

/// What the features are read from.
pub(super) struct Evidence<'e, 's, 'a> {
    pub(super) ctx: &'e Context<'s, 'a>,
    pub(super) names: &'e Names<'a>,
    pub(super) runs: &'e Runs,
    pub(super) common: &'e Common,
    /// By run: how much of the line around it is capitalised.
    headlines: Vec<u64>,
    /// By the hash of a span: how it was met, and how often.
    met: FxHashMap<u64, (u16, u16)>,
}

impl<'e, 's, 'a> Evidence<'e, 's, 'a> {
    /// Reads how the candidates are met in the text.
    pub(super) fn new(ctx: &'e Context<'s, 'a>, names: &'e Names<'a>, runs: &'e Runs, common: &'e Common) -> Self {
        let mut evidence = Evidence { ctx, names, runs, common, headlines: Vec::new(), met: FxHashMap::default() };
        evidence.headlines = (0..runs.ends.len()).map(|run| evidence.headline(run)).collect();
        for span in &runs.spans {
            let seen = evidence.manner(span);
            let (flags, count) = evidence.met.entry(span.key).or_default();
            *flags |= seen;
            *count += 1;
        }
        evidence
    }

    fn manner(&self, span: &Candidate) -> u16 {
        let ctx = self.ctx;
        let (first, end) = (span.first as usize, span.end as usize);
        let run = self.runs.run_of(span);
        let mut flags = 0;
        if run.start == span.from && run.end == span.to {
            flags |= met::ALONE;
        }
        if !ctx.opens(first) {
            flags |= met::INSIDE;
        }
        if first > 0 && ctx.joined(first) {
            match ctx.word(first - 1) {
                "in" | "In" | "at" | "near" | "from" => flags |= met::LOCATED,
                "the" | "The" => flags |= met::ARTICLE,
                "of" => flags |= met::OF,
                before if (before == "." || ctx.tokens[first - 1].is_capitalized()) && ctx.is_addressed(first) => flags |= met::ADDRESSED,
                _ => {}
            }
        }
        if ctx.tokens[end - 1].clitic > 0 {
            flags |= met::POSSESSIVE;
        } else if ctx.joined(end) && ctx.is_in(end, List::SpeechVerbs) && ctx.tokens[end].case == Case::Lower {
            flags |= met::SPEAKS;
        }
        flags
    }

    /// Whether the capitals of `span` say anything: it is met twice, or not among other capitals as in a headline.
    pub(super) fn is_marked(&self, span: &Candidate) -> bool {
        let (first, end) = (span.first as usize, span.end as usize);
        let is_listed = || self.ctx.word(end) == "," || first > 0 && self.ctx.word(first - 1) == ",";
        let count = self.met.get(&span.key).map_or(0, |(_, count)| *count);
        count > 1
            || match self.headlines[span.run as usize] {
                4 => false,
                3 => is_listed(),
                _ => true,
            }
    }

    /// Gives the features of `span` to `emit`.
    pub(super) fn of(&self, span: &Candidate, emit: &mut impl FnMut(u64)) {
        let mut out = |kind: u64, value: u64| emit(mix(value ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let shape = self.shape(span);
        self.words(span, shape, &mut out);
        self.around(span, shape, &mut out);
        self.place(span, &mut out);
    }

    /// The words of the name themselves.
    fn words(&self, span: &Candidate, shape: u64, out: &mut impl FnMut(u64, u64)) {
        let ctx = self.ctx;
        let (first, last) = (span.first as usize, span.end as usize - 1);
        let single = u64::from(first == last);
        out(1, span.key);
        out(2, shape);
        let tail = self.lists(last);
        let (mut lowest, mut lists) = (u64::MAX, 0u64);
        for i in first..=last {
            let token = &ctx.tokens[i];
            out(3, token.hash);
            if token.is_capitalized() {
                lowest = lowest.min(self.common.level(token.hash));
                lists |= self.lists(i);
            }
        }
        out(4, lowest << 1 | single);
        out(5, tail << 1 | single);
        each_bit(tail, |k| out(6, k << 1 | single));
        self.ending(7, last, single, out);
        if single == 0 {
            let head = self.lists(first);
            out(10, ctx.tokens[first].hash);
            out(11, ctx.tokens[last].hash);
            out(12, head);
            each_bit(head, |k| out(13, k));
            each_bit(lists, |k| out(14, k));
            out(15, self.common.level(ctx.tokens[last].hash));
            out(16, mix(head) ^ tail << 1 ^ shape);
            self.ending(17, first, 0, out);
        }
        for hit in ctx.lookups.at(first).iter().filter(|h| h.end as usize == last + 1 && MASK >> h.list as u64 & 1 == 1) {
            out(20, u64::from(POSITIONS[hit.list as usize]) << 2 | hit.strength as u64);
        }
    }

    /// The first and last letters of a word.
    fn ending(&self, kind: u64, i: usize, single: u64, out: &mut impl FnMut(u64, u64)) {
        let word = self.ctx.word(i).as_bytes();
        let n = word.len();
        if n > 3 {
            out(kind, bytes(&word[n - 3..]) << 1 | single);
            out(kind, bytes(&word[n - 2..]) << 1 | single);
        }
        if n > 5 {
            out(kind, bytes(&word[n - 4..]));
            out(kind + 1, bytes(&word[..3]));
        }
    }

    /// What stands before and behind.
    fn around(&self, span: &Candidate, shape: u64, out: &mut impl FnMut(u64, u64)) {
        let ctx = self.ctx;
        let (first, end) = (span.first as usize, span.end as usize);
        let tail = self.lists(end - 1);
        let clitic = u64::from(ctx.tokens[end - 1].clitic > 0);
        let before = |k: usize| first.checked_sub(k).filter(|_| (first + 1 - k..=first).all(|i| ctx.joined(i))).map_or(k as u64, |i| ctx.tokens[i].hash);
        let behind = |k: usize| if (end..=end + k).all(|i| ctx.joined(i)) { ctx.tokens[end + k].hash } else { k as u64 };
        let (b1, b2, a1, a2) = (before(1), before(2), behind(0), behind(1));
        out(30, b1);
        out(31, mix(b1) ^ b2);
        out(32, b2);
        out(33, if clitic == 1 { 1 } else { a1 });
        out(34, mix(a1) ^ a2);
        out(35, a2);
        out(37, mix(b1) ^ shape);
        out(38, mix(a1) ^ shape ^ clitic);
        out(39, mix(b1) ^ tail);
        out(40, clitic);
        let left = self.neighbour(first.checked_sub(1), |i| self.names.over(i).filter(|f| f.end as usize == i + 1));
        let right = self.neighbour(Some(end), |i| self.names.over(i).filter(|f| f.first as usize == i));
        out(43, left);
        out(44, right);
        let joint = |i: Option<usize>| i.is_some_and(|i| matches!(ctx.word(i), "," | "and" | "&" | "(" | "/" | "or"));
        if joint(first.checked_sub(1)) {
            out(45, self.neighbour(first.checked_sub(2), |i| self.names.over(i).filter(|f| f.end as usize == i + 1)));
        }
        if joint(Some(end)) {
            out(46, self.neighbour(Some(end + 1), |i| self.names.over(i).filter(|f| f.first as usize == i)));
        }
        // "Ministry for the", "Movement for": what a claimed name goes on with.
        let tie = |i: usize| matches!(ctx.word(i), "of" | "for" | "on" | "by" | "and" | "in");
        let back = first.checked_sub(1).map(|i| if ctx.word(i) == "the" { i.saturating_sub(1) } else { i });
        if let Some(i) = back.filter(|i| *i > 0 && tie(*i)) {
            out(55, mix(ctx.tokens[i].hash) ^ self.neighbour(Some(i - 1), |i| self.names.over(i).filter(|f| f.end as usize == i + 1)));
        }
        if end + 1 < ctx.tokens.len() && tie(end) {
            let on = end + 1 + usize::from(ctx.word(end + 1) == "the");
            out(56, mix(ctx.tokens[end].hash) ^ self.neighbour(Some(on), |i| self.names.over(i).filter(|f| f.first as usize == i)));
            out(57, mix(ctx.tokens[end].hash) ^ u64::from(ctx.tokens.get(on).is_some_and(Token::is_capitalized)));
        }
        let speech = |i: usize| u64::from(ctx.is_in(i, List::SpeechVerbs) && ctx.tokens[i].case == Case::Lower && ctx.joined(i));
        out(47, speech(end) << 1 | u64::from(first > 0 && speech(first - 1) == 1));
        let level = |hash| self.common.level(hash);
        out(49, ctx.tokens.get(end).map_or(9, |t| t.case as u64 * 10 + level(t.hash)));
        out(50, first.checked_sub(1).map_or(9, |i| ctx.tokens[i].case as u64 * 10 + level(ctx.tokens[i].hash)));
        for (kind, word) in [(51, first.checked_sub(1)), (53, Some(end))] {
            if let Some(word) = word.filter(|i| ctx.tokens.get(*i).is_some_and(|t| t.case == Case::Lower)) {
                let word = ctx.word(word).as_bytes();
                if word.len() > 4 {
                    out(kind, bytes(&word[word.len() - 3..]));
                }
            }
        }
    }

    /// A mention beside the name.
    fn neighbour(&self, i: Option<usize>, at: impl Fn(usize) -> Option<&'e super::super::Found<'a>>) -> u64 {
        i.filter(|i| *i < self.ctx.tokens.len()).and_then(at).map_or(0, |f| 1 + label(f.label))
    }

    /// Where the name stands in its run, line and text.
    fn place(&self, span: &Candidate, out: &mut impl FnMut(u64, u64)) {
        let ctx = self.ctx;
        let (first, end) = (span.first as usize, span.end as usize);
        let run = self.runs.run_of(span);
        let cut = |outside: Option<usize>| outside.map_or(0, |i| if ctx.tokens[i].is_capitalized() { 1 } else { 2 });
        let left = cut((span.from > run.start).then(|| first - 1));
        let right = cut((span.to < run.end).then_some(end));
        let opens = u64::from(ctx.opens(first));
        let headline = self.headlines[span.run as usize];
        let single = u64::from(span.to == span.from + 1);
        out(60, left << 4 | right << 2 | single << 1 | opens);
        out(61, left << 8 | right << 6 | u64::from((run.end - run.start).min(7)) << 2 | single);
        out(62, headline << 2 | opens << 1 | single);
        if left == 1 {
            out(63, ctx.tokens[first - 1].hash);
            out(64, self.lists(first - 1));
        }
        if right == 1 {
            out(65, ctx.tokens[end].hash);
            out(66, self.lists(end));
        }
        let held = self.runs.units[span.from as usize..span.to as usize].iter().filter(|u| !u.free);
        for unit in held {
            let at = u64::from(unit.first == span.first) << 1 | u64::from(unit.end == span.end);
            let of = self.names.over(unit.first as usize).map_or(0, |f| label(f.label));
            out(67, at << 4 | of);
            out(68, at << 4 | of | self.lists(end - 1) << 8);
        }
        let (flags, count) = self.met.get(&span.key).copied().unwrap_or_default();
        each_bit(u64::from(flags), |bit| out(69, bit << 1 | single));
        out(71, u64::from(count.min(4)) << 2 | opens << 1 | u64::from(flags & met::INSIDE > 0));
        if opens == 1 {
            out(72, self.common.level(ctx.tokens[first].hash) << 4 | u64::from(flags & met::INSIDE > 0) << 1 | single);
        }
    }

    /// How the words are written: their cases, the joints between them.
    fn shape(&self, span: &Candidate) -> u64 {
        let tokens = &self.ctx.tokens[span.first as usize..span.end as usize];
        tokens.iter().take(7).fold(1, |shape, t| shape * 12 + word_shape(self.ctx.text, t))
    }

    /// How much of the line around a run is capitalised.
    fn headline(&self, run: usize) -> u64 {
        let ctx = self.ctx;
        let units = self.runs.units_of(run);
        let (first, end) = (self.runs.units[units.start as usize].first as usize, self.runs.units[units.end as usize - 1].end as usize);
        let before = (1..=HEADLINE).map_while(|k| first.checked_sub(k).filter(|i| ctx.same_line(*i + 1)));
        let behind = (end..end + HEADLINE).take_while(|i| ctx.same_line(*i));
        let words = before.chain(behind).filter(|i| ctx.tokens[*i].is_word() && ctx.tokens[*i].end - ctx.tokens[*i].start > 3);
        let (capitals, all) = words.fold((0, 0), |(c, n), i| (c + u64::from(ctx.tokens[i].is_capitalized()), n + 1));
        (capitals * 4).checked_div(all).unwrap_or(7)
    }

    /// The lists of [`LISTS`] with a form that starts at token `i`, a bit each.
    #[inline]
    fn lists(&self, i: usize) -> u64 {
        let (mut bits, mut left) = (0, self.ctx.lookups.lists(i) & MASK);
        while left > 0 {
            bits |= 1 << POSITIONS[left.trailing_zeros() as usize];
            left &= left - 1;
        }
        bits
    }
}

/// Calls `each` with the numbers of the bits that are set.
#[inline]
fn each_bit(mut bits: u64, mut each: impl FnMut(u64)) {
    while bits > 0 {
        each(u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

fn word_shape(text: &str, token: &Token) -> u64 {
    let bytes = token.core().slice(text).as_bytes();
    if token.case == Case::Capital && bytes.get(1..).is_some_and(|rest| rest.iter().any(u8::is_ascii_uppercase)) {
        return 10; // "HDBank", "McCain"
    }
    let long = u64::from(token.core_end() - token.start > 4);
    match (token.kind, token.case) {
        (Kind::Alphanumeric, _) => 1,
        (Kind::Punctuation, _) => 2,
        (_, Case::Upper) => 3 + long,
        (_, Case::Capital) => 5 + long,
        (_, Case::Mixed) => 7,
        (_, Case::Lower) => 8,
        _ => 9,
    }
}

fn label(label: Label) -> u64 {
    label as u64
}

fn bytes(word: &[u8]) -> u64 {
    word.iter().fold(0, |value, b| value << 8 | u64::from(b.to_ascii_lowercase()))
}

#[inline]
fn mix(x: u64) -> u64 {
    let product = u128::from(x ^ 0x2545_f491_4f6c_dd1d) * u128::from(0xff51_afd7_ed55_8ccdu64);
    product as u64 ^ (product >> 64) as u64
}
