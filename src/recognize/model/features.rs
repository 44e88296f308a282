//! Features of a candidate: each has a kind (`kinds.tsv` describes them) and a value; nothing is built or kept.

use super::super::{Context, Found, Names, bits};
use super::candidate::{Candidate, Runs};
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
const MASK: u64 = bits(LISTS);

const fn positions() -> [u8; 64] {
    let mut table = [0; 64];
    let mut k = 0;
    while k < LISTS.len() {
        table[LISTS[k] as usize] = k as u8;
        k += 1;
    }
    table
}

/// What the features are read from.
pub(super) struct Evidence<'e, 's, 'a> {
    pub(super) ctx: &'e Context<'s, 'a>,
    pub(super) names: &'e Names<'a>,
    pub(super) runs: &'e Runs,
    /// By run: how much of the line around it is capitalised.
    headlines: Vec<u64>,
    /// By the number of a span's words: how it was met, and how often.
    met: Vec<(u16, u16)>,
}

/// What stands before a name, for the features that unite it with others.
#[derive(Clone, Copy)]
pub(super) struct Left {
    /// Hash of the token.
    before: u64,
    /// Whether a verb of saying stands there.
    speaks: u64,
    /// What cuts the name off from the rest of its run: nothing, a neighbour's capital, a joint.
    cut: u64,
    opens: u64,
}

/// What ends a name and stands behind it, for the features that unite it with others.
#[derive(Clone, Copy)]
pub(super) struct Right {
    /// Hash of the token.
    behind: u64,
    speaks: u64,
    cut: u64,
    /// Lists of the last word.
    tail: u64,
    /// Whether a possessive ending stands there.
    clitic: u64,
}

impl<'e, 's, 'a> Evidence<'e, 's, 'a> {
    /// Reads how the candidates are met in the text.
    pub(super) fn new(ctx: &'e Context<'s, 'a>, names: &'e Names<'a>, runs: &'e Runs) -> Self {
        let mut evidence = Evidence { ctx, names, runs, headlines: Vec::new(), met: vec![(0, 0); runs.different()] };
        evidence.headlines = (0..runs.ends.len()).map(|run| evidence.headline(run)).collect();
        let mut before = (u32::MAX, 0);
        for span in &runs.spans {
            if before.0 != span.first {
                before = (span.first, evidence.manner_before(span.first as usize));
            }
            let seen = before.1 | evidence.manner_behind(span);
            let (flags, count) = &mut evidence.met[span.name as usize];
            *flags |= seen;
            *count += 1;
        }
        evidence
    }

    /// How a name is met that starts with token `first`.
    fn manner_before(&self, first: usize) -> u16 {
        let ctx = self.ctx;
        let mut flags = if ctx.opens(first) { 0 } else { met::INSIDE };
        if first > 0 && ctx.joined(first) {
            match ctx.word(first - 1) {
                "in" | "In" | "at" | "near" | "from" => flags |= met::LOCATED,
                "the" | "The" => flags |= met::ARTICLE,
                "of" => flags |= met::OF,
                before if (before == "." || ctx.tokens[first - 1].is_capitalized()) && ctx.is_addressed(first) => flags |= met::ADDRESSED,
                _ => {}
            }
        }
        flags
    }

    /// How `span` is met in its run and by what follows.
    fn manner_behind(&self, span: &Candidate) -> u16 {
        let (ctx, end) = (self.ctx, span.end as usize);
        let run = self.runs.run_of(span);
        let mut flags = if run.start == span.from && run.end == span.to { met::ALONE } else { 0 };
        if ctx.tokens[end - 1].clitic > 0 {
            flags |= met::POSSESSIVE;
        } else if self.speaks(end) == 1 {
            flags |= met::SPEAKS;
        }
        flags
    }

    /// Whether token `i` is a verb of saying that is joined to the one before it.
    fn speaks(&self, i: usize) -> u64 {
        let ctx = self.ctx;
        u64::from(ctx.is_in(i, List::SpeechVerbs) && ctx.tokens[i].case == Case::Lower && ctx.joined(i))
    }

    /// Whether the capitals of `span` say anything: it is met twice, or not among other capitals as in a headline.
    pub(super) fn is_marked(&self, span: &Candidate) -> bool {
        let (first, end) = (span.first as usize, span.end as usize);
        let is_listed = || self.ctx.word(end) == "," || first > 0 && self.ctx.word(first - 1) == ",";
        self.met[span.name as usize].1 > 1
            || match self.headlines[span.run as usize] {
                4 => false,
                3 => is_listed(),
                _ => true,
            }
    }

    /// Gives the features of `span`, by kind and value, to `out`.
    pub(super) fn of(&self, span: &Candidate, out: &mut impl FnMut(u64, u64)) {
        let left = self.left(span, out);
        let right = self.right(span, out);
        self.own(span, left, right, out);
    }

    /// The features of what stands before `span`: the same for all spans of a run that start with one unit.
    pub(super) fn left(&self, span: &Candidate, out: &mut impl FnMut(u64, u64)) -> Left {
        let ctx = self.ctx;
        let first = span.first as usize;
        let hash = |k: usize| ctx.tokens[first - k].hash;
        let is_joined = first > 0 && ctx.joined(first);
        let b1 = if is_joined { hash(1) } else { 1 };
        let b2 = if is_joined && first > 1 && ctx.joined(first - 1) { hash(2) } else { 2 };
        out(30, b1);
        out(31, mix(b1) ^ b2);
        out(32, b2);
        let ending = |i: usize| self.names.over(i).filter(|f| f.end as usize == i + 1);
        out(43, self.neighbour(first.checked_sub(1), ending));
        if first > 0 && self.is_joint(first - 1) {
            out(45, self.neighbour(first.checked_sub(2), ending));
        }
        // "Ministry for the", "Movement for": what a claimed name goes on with.
        let back = first.checked_sub(1).map(|i| if ctx.word(i) == "the" { i.saturating_sub(1) } else { i });
        if let Some(i) = back.filter(|i| *i > 0 && self.is_tie(*i)) {
            out(55, mix(ctx.tokens[i].hash) ^ self.neighbour(Some(i - 1), ending));
        }
        out(50, first.checked_sub(1).map_or(9, |i| self.rarity(i)));
        if let Some(i) = first.checked_sub(1) {
            self.small_ending(51, i, out);
        }
        let is_cut = span.from > self.runs.run_of(span).start;
        let cut = if is_cut { self.cut(first - 1) } else { 0 };
        if cut == 1 {
            out(63, ctx.tokens[first - 1].hash);
            out(64, self.lists(first - 1));
        }
        Left { before: b1, speaks: u64::from(first > 0 && self.speaks(first - 1) == 1), cut, opens: u64::from(ctx.opens(first)) }
    }

    /// The features of what stands behind `span`: the same for all spans of a run that end with one unit.
    pub(super) fn right(&self, span: &Candidate, out: &mut impl FnMut(u64, u64)) -> Right {
        let ctx = self.ctx;
        let end = span.end as usize;
        let is_joined = ctx.joined(end);
        let a1 = if is_joined { ctx.tokens[end].hash } else { 0 };
        let a2 = if is_joined && ctx.joined(end + 1) { ctx.tokens[end + 1].hash } else { 1 };
        let clitic = u64::from(ctx.tokens[end - 1].clitic > 0);
        out(33, if clitic == 1 { 1 } else { a1 });
        out(34, mix(a1) ^ a2);
        out(35, a2);
        out(40, clitic);
        let starting = |i: usize| self.names.over(i).filter(|f| f.first as usize == i);
        out(44, self.neighbour(Some(end), starting));
        if self.is_joint(end) {
            out(46, self.neighbour(Some(end + 1), starting));
        }
        if end + 1 < ctx.tokens.len() && self.is_tie(end) {
            let on = end + 1 + usize::from(ctx.word(end + 1) == "the");
            out(56, mix(ctx.tokens[end].hash) ^ self.neighbour(Some(on), starting));
            out(57, mix(ctx.tokens[end].hash) ^ u64::from(ctx.tokens.get(on).is_some_and(Token::is_capitalized)));
        }
        out(49, if end < ctx.tokens.len() { self.rarity(end) } else { 9 });
        self.small_ending(53, end, out);
        let is_cut = span.to < self.runs.run_of(span).end;
        let cut = if is_cut { self.cut(end) } else { 0 };
        if cut == 1 {
            out(65, ctx.tokens[end].hash);
            out(66, self.lists(end));
        }
        Right { behind: a1, speaks: self.speaks(end), cut, tail: self.lists(end - 1), clitic }
    }

    /// The features of the name itself, and those that unite its words with what stands beside.
    pub(super) fn own(&self, span: &Candidate, left: Left, right: Right, out: &mut impl FnMut(u64, u64)) {
        let shape = self.shape(span);
        self.words(span, shape, right.tail, out);
        out(37, mix(left.before) ^ shape);
        out(38, mix(right.behind) ^ shape ^ right.clitic);
        out(39, mix(left.before) ^ right.tail);
        out(47, right.speaks << 1 | left.speaks);
        self.place(span, left, right, out);
    }

    /// The words of the name themselves.
    fn words(&self, span: &Candidate, shape: u64, tail: u64, out: &mut impl FnMut(u64, u64)) {
        let ctx = self.ctx;
        let (first, last) = (span.first as usize, span.end as usize - 1);
        let single = u64::from(first == last);
        out(1, span.key);
        out(2, shape);
        let (mut lowest, mut lists) = (u64::MAX, 0u64);
        for i in first..=last {
            let token = &ctx.tokens[i];
            out(3, token.hash);
            if token.is_capitalized() {
                lowest = lowest.min(ctx.common_level(i));
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
            out(15, ctx.common_level(last));
            out(16, mix(head) ^ tail << 1 ^ shape);
            self.ending(17, first, 0, out);
        }
        if ctx.has_any(first, MASK) {
            for hit in ctx.lookups.at(first).iter().filter(|h| h.end as usize == last + 1 && MASK >> h.list as u64 & 1 == 1) {
                out(20, u64::from(POSITIONS[hit.list as usize]) << 2 | hit.strength as u64);
            }
        }
    }

    /// The first and last letters of a word.
    fn ending(&self, kind: u64, i: usize, single: u64, out: &mut impl FnMut(u64, u64)) {
        let word = self.ctx.word(i).as_bytes();
        let Some((_, last)) = word.split_last_chunk::<4>() else { return };
        let last = bytes(last);
        out(kind, (last & 0xff_ffff) << 1 | single);
        out(kind, (last & 0xffff) << 1 | single);
        if word.len() > 5 {
            out(kind, last);
            out(kind + 1, bytes(&word[..3]));
        }
    }

    /// The last letters of a word without capitals.
    fn small_ending(&self, kind: u64, i: usize, out: &mut impl FnMut(u64, u64)) {
        if self.ctx.tokens.get(i).is_some_and(|t| t.case == Case::Lower) {
            let word = self.ctx.word(i).as_bytes();
            if word.len() > 4 {
                out(kind, bytes(&word[word.len() - 3..]));
            }
        }
    }

    /// A mention beside the name.
    fn neighbour(&self, i: Option<usize>, at: impl Fn(usize) -> Option<&'e Found<'a>>) -> u64 {
        i.filter(|i| *i < self.ctx.tokens.len()).and_then(at).map_or(0, |f| 1 + label(f.label))
    }

    fn is_joint(&self, i: usize) -> bool {
        matches!(self.ctx.word(i), "," | "and" | "&" | "(" | "/" | "or")
    }

    fn is_tie(&self, i: usize) -> bool {
        matches!(self.ctx.word(i), "of" | "for" | "on" | "by" | "and" | "in")
    }

    /// Case and frequency of token `i`, beside the name.
    fn rarity(&self, i: usize) -> u64 {
        self.ctx.tokens[i].case as u64 * 10 + self.ctx.common_level(i)
    }

    /// What token `i` of the same run is that stands right outside the name: a capitalised word, or a joint.
    fn cut(&self, i: usize) -> u64 {
        if self.ctx.tokens[i].is_capitalized() { 1 } else { 2 }
    }

    /// Where the name stands in its run, line and text.
    fn place(&self, span: &Candidate, Left { cut: left, opens, .. }: Left, Right { cut: right, tail, .. }: Right, out: &mut impl FnMut(u64, u64)) {
        let ctx = self.ctx;
        let run = self.runs.run_of(span);
        let headline = self.headlines[span.run as usize];
        let single = u64::from(span.to == span.from + 1);
        out(60, left << 4 | right << 2 | single << 1 | opens);
        out(61, left << 8 | right << 6 | u64::from((run.end - run.start).min(7)) << 2 | single);
        out(62, headline << 2 | opens << 1 | single);
        let held = self.runs.units[span.from as usize..span.to as usize].iter().filter(|u| !u.free);
        for unit in held {
            let at = u64::from(unit.first == span.first) << 1 | u64::from(unit.end == span.end);
            let of = self.names.over(unit.first as usize).map_or(0, |f| label(f.label));
            out(67, at << 4 | of);
            out(68, at << 4 | of | tail << 8);
        }
        let (flags, count) = self.met[span.name as usize];
        each_bit(u64::from(flags), |bit| out(69, bit << 1 | single));
        let is_inside = u64::from(flags & met::INSIDE > 0);
        out(71, u64::from(count.min(4)) << 2 | opens << 1 | is_inside);
        if opens == 1 {
            out(72, ctx.common_level(span.first as usize) << 4 | is_inside << 1 | single);
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
        let from = (first.saturating_sub(HEADLINE)..first).rev().find(|i| !ctx.same_line(i + 1)).map_or(first.saturating_sub(HEADLINE), |i| i + 1);
        let far = ctx.tokens.len().min(end + HEADLINE);
        let to = (end..far).find(|i| !ctx.same_line(*i)).unwrap_or(far);
        let words = ctx.tokens[from..first].iter().chain(&ctx.tokens[end..to]).filter(|t| t.is_word() && t.end - t.start > 3);
        let (capitals, all) = words.fold((0, 0), |(c, n), t| (c + u64::from(t.is_capitalized()), n + 1));
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

/// A feature by its kind and value.
#[inline]
pub(super) fn hash(kind: u64, value: u64) -> u64 {
    mix(value ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The list of a bit of [`MASK`]'s lists, by its position in [`LISTS`].
pub(super) fn list_name(position: u64) -> Option<&'static str> {
    LISTS.get(position as usize).map(|list| list.name())
}

/// How a name was met, by the number of its bit.
pub(super) fn manner(bit: u64) -> Option<&'static str> {
    let said = match 1u16.checked_shl(bit as u32)? {
        met::LOCATED => "after `in`, `at`, `near` or `from`",
        met::ARTICLE => "after an article",
        met::ADDRESSED => "after a form of address",
        met::SPEAKS => "before a verb of saying",
        met::INSIDE => "inside a sentence",
        met::ALONE => "with no other capitals beside it",
        met::POSSESSIVE => "with a possessive ending",
        met::OF => "after `of`",
        _ => return None,
    };
    Some(said)
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
