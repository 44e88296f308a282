//! Candidates: runs of capitalised words that nothing claimed, and the spans inside them.

use rustc_hash::FxHashMap;

use super::super::phrase::is_name_word;
use super::super::{Context, Names, Via};
use crate::annotation::Label;
use crate::gazetteer::List;
use crate::token::fold::hash_sequence;
use crate::token::{Case, Gap, Kind};

/// Most units of a run: beyond them the capitals are a headline.
const MAX_RUN: usize = 10;
/// Most units of a span.
const MAX_SPAN: usize = 5;
/// Level of frequency from which a single word is no name ("Administration", "Department"), and one that opens a sentence.
const COMMON: [u64; 2] = [4, 2];

/// A capitalised word nothing claimed, or a state or place that a longer name may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// First token.
    pub(super) first: u32,
    /// One past the last token.
    pub(super) end: u32,
    /// Whether nothing claimed it.
    pub(super) free: bool,
}

/// Some units of one run, neighbours in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// First token.
    pub(super) first: u32,
    /// One past the last token.
    pub(super) end: u32,
    /// First unit.
    pub(super) from: u32,
    /// One past the last unit.
    pub(super) to: u32,
    /// The run.
    pub(super) run: u32,
    /// Hash of the words.
    pub(super) key: u64,
    /// Number of the words among the different ones of the text.
    pub(super) name: u32,
}

/// The runs of a text: units, one run after the other.
pub(super) struct Runs {
    /// All units.
    pub(super) units: Vec<Unit>,
    /// One past the last unit of each run.
    pub(super) ends: Vec<u32>,
    /// The spans to judge, run by run.
    pub(super) spans: Vec<Candidate>,
    /// Numbers of the different spans by the hash of their words.
    names: FxHashMap<u64, u32>,
}

impl Runs {
    /// Collects the runs of a text.
    pub(super) fn find<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>) -> Runs {
        let mut runs = Runs { units: Vec::with_capacity(64), ends: Vec::with_capacity(64), spans: Vec::with_capacity(64), names: FxHashMap::default() };
        runs.names.reserve(64);
        let mut i = 0;
        while let Some(ahead) = ctx.tokens[i..].iter().position(|t| matches!(t.case, Case::Capital | Case::Upper | Case::Mixed)) {
            i += ahead;
            i = match unit_at(ctx, names, i) {
                Some(unit) => runs.run_from(ctx, names, unit),
                None => i + 1,
            };
        }
        runs
    }

    /// Number of different spans.
    pub(super) fn different(&self) -> usize {
        self.names.len()
    }

    /// Adds the run that starts with `unit`, unless a list or rule claimed all of it; returns where it ends.
    fn run_from<'a>(&mut self, ctx: &Context<'_, 'a>, names: &Names<'a>, unit: Unit) -> usize {
        let start = self.units.len();
        let mut last = unit;
        self.units.push(unit);
        while self.units.len() - start < MAX_RUN
            && let Some(next) = next_unit(ctx, names, last.end as usize)
        {
            self.units.push(next);
            last = next;
        }
        let is_one = self.units.len() == start + 1;
        if self.units[start..].iter().all(|u| !u.free) || is_one && is_common(ctx, &unit) {
            self.units.truncate(start);
            return last.end as usize;
        }
        let before = self.spans.len();
        for from in start..self.units.len() {
            self.spans_from(ctx, names, from);
        }
        if self.spans.len() == before {
            self.units.truncate(start);
        } else {
            self.ends.push(self.units.len() as u32);
        }
        last.end as usize
    }

    /// Adds the spans of the last run that start with unit `from`.
    fn spans_from<'a>(&mut self, ctx: &Context<'_, 'a>, names: &Names<'a>, from: usize) {
        let first = self.units[from].first as usize;
        if !may_start(ctx, names, first) {
            return;
        }
        let run = self.ends.len() as u32;
        let (mut key, mut hashed, mut is_free) = (ctx.tokens[first].hash, first + 1, false);
        for to in from + 1..=self.units.len().min(from + MAX_SPAN) {
            let unit = self.units[to - 1];
            let end = unit.end as usize;
            is_free |= unit.free;
            key = ctx.tokens[hashed..end].iter().fold(key, |hash, t| hash_sequence(hash, t.hash, t.gap != Gap::None));
            hashed = end;
            let is_single = end == first + 1;
            if is_free && !(to == from + 1 && is_common(ctx, &unit)) && may_end(ctx, names, end, is_single) && (!is_single || may_stand_alone(ctx, first)) {
                let next = self.names.len() as u32;
                let name = *self.names.entry(key).or_insert(next);
                self.spans.push(Candidate { first: first as u32, end: end as u32, from: from as u32, to: to as u32, run, key, name });
            }
        }
    }

    /// The units of the run that `span` lies in, as indices.
    pub(super) fn run_of(&self, span: &Candidate) -> std::ops::Range<u32> {
        self.units_of(span.run as usize)
    }

    /// The units of a run, as indices.
    pub(super) fn units_of(&self, run: usize) -> std::ops::Range<u32> {
        let start = if run == 0 { 0 } else { self.ends[run - 1] };
        start..self.ends[run]
    }
}

/// Whether a unit is a single word that is no name for being common.
fn is_common(ctx: &Context<'_, '_>, unit: &Unit) -> bool {
    let first = unit.first as usize;
    unit.end == unit.first + 1 && ctx.common_level(first) >= COMMON[usize::from(ctx.opens(first))]
}

/// Whether a name may start with token `first`: it is no part of what is written together with it, and not the rest of a claimed name
/// ("Movement for the [Liberation of X]").
fn may_start<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return true };
    if ctx.tokens[first].gap == Gap::None && matches!(ctx.word(before), "-" | "–" | "‑" | "/" | "#" | "@" | "_" | "." | "$") {
        return false;
    }
    if ctx.tokens[before].case != Case::Lower {
        return true;
    }
    let back = first - usize::from(ctx.word(before) == "the");
    !(back > 1 && matches!(ctx.word(back - 1), "of" | "for" | "on" | "by") && names.ending(back - 1).is_some_and(|f| is_long(f.label)))
}

/// Whether a name may end before token `end`: nothing is written together with it, and, for several words, no claimed name goes on
/// with them ("[Joint Monitoring] and Evaluation Commission").
fn may_end<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, end: usize, is_single: bool) -> bool {
    let Some(next) = ctx.tokens.get(end).filter(|_| ctx.tokens[end - 1].clitic == 0) else { return true };
    if next.gap == Gap::None && matches!(ctx.word(end), "-" | "–" | "‑" | "/" | "@" | "_") {
        // "Gorman-Rupp", "HIV/AIDS", but "Orrwell-led".
        let behind = ctx.tokens.get(end + 1).filter(|t| t.gap == Gap::None);
        if behind.is_some_and(|t| t.is_capitalized() || ctx.word(end) != "-") {
            return false;
        }
    }
    is_single || !matches!(ctx.word(end), "and" | "&") || !names.starting(end + 1).is_some_and(|f| is_long(f.label) && matches!(f.via, Via::Rule(_)))
}

/// Whether names of this type go on with further words.
fn is_long(label: Label) -> bool {
    matches!(label, Label::Organization | Label::Agreement | Label::Event)
}

/// Whether the single word `i` may be a name.
fn may_stand_alone(ctx: &Context<'_, '_>, i: usize) -> bool {
    let token = &ctx.tokens[i];
    let is_verb = ctx.opens(i) && token.case == Case::Capital && ctx.is_in(i, List::SpeechVerbs);
    // "AI", "LNG": what a topic's cue abbreviates is a thing; "MOU" and "Bill" are agreements when named before.
    let is_thing = token.case == Case::Upper && ctx.is_in(i, List::Topics) || ctx.is_in(i, List::AgreementHeads);
    // "Calif., ": a point that ends no sentence.
    let is_short = ctx.word(i + 1) == "." && ctx.tokens[i + 1].gap == Gap::None && ctx.word(i + 2) == ",";
    !is_verb && !is_thing && !is_short && !ctx.is_in(i, List::Abbreviations) && !abbreviates_words(ctx, i)
}

/// "Foreign Direct Investment (FDI)": what the words before the bracket mean, they would tell.
fn abbreviates_words(ctx: &Context<'_, '_>, i: usize) -> bool {
    if i < 2 || ctx.word(i - 1) != "(" || ctx.word(i + 1) != ")" || ctx.tokens[i].case == Case::Capital {
        return false;
    }
    let (last, first) = (ctx.word(i).chars().next_back(), ctx.word(i - 2).chars().next());
    last.zip(first).is_some_and(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// Whether a full stop glues two words together ("today.The", "name.pdf").
fn is_glued(word: &str) -> bool {
    if !word.as_bytes().contains(&b'.') {
        return false;
    }
    word.len() > 3 && word.split('.').skip(1).any(|part| part.len() > 1) || word.split('.').rev().skip(1).any(|part| part.ends_with(char::is_lowercase))
}

/// The unit that starts at token `i`.
fn unit_at<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> Option<Unit> {
    if !matches!(ctx.tokens.get(i)?.case, Case::Capital | Case::Upper | Case::Mixed) {
        return None;
    }
    if let Some(found) = names.over(i) {
        let holds = matches!(found.label, Label::State | Label::Place) && found.first as usize == i;
        return holds.then_some(Unit { first: found.first, end: found.end, free: false });
    }
    // A state's name that nothing claimed here was refused by its guards ("Dominican Order").
    if !is_name_word(ctx, i)
        || ctx.shouted(i)
        || ctx.is_in(i, List::States)
        || is_glued(ctx.word(i))
        || ctx.has(i, List::Honorifics) && ctx.lookups.longest(i, List::Honorifics).is_some_and(|h| h.len() <= 2)
    {
        return None;
    }
    let first = i as u32;
    // "J. Doe": the point of an initial belongs to it when a name goes on.
    let is_initial = ctx.tokens[i].end - ctx.tokens[i].start <= 2 && ctx.tokens[i].case == Case::Upper && ctx.word(i + 1) == ".";
    if is_initial && ctx.tokens[i + 1].gap == Gap::None && ctx.same_line(i + 2) && is_name_word(ctx, i + 2) {
        return Some(Unit { first, end: first + 2, free: true });
    }
    Some(Unit { first, end: first + 1, free: true })
}

/// The unit that a run goes on with after token `end - 1`.
fn next_unit<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, end: usize) -> Option<Unit> {
    if ctx.tokens[end - 1].clitic > 0 || !ctx.tokens.get(end)?.gap.lt(&Gap::Line) {
        return None;
    }
    if let Some(unit) = unit_at(ctx, names, end) {
        return Some(unit);
    }
    let at = past_joint(ctx, names, end)?;
    unit_at(ctx, names, at).filter(|_| (end..=at).all(|i| ctx.same_line(i)))
}

/// One past the joint that starts at token `i`: a hyphen, "&", "of the", "and", a particle of names.
fn past_joint<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize) -> Option<usize> {
    if names.over(i).is_some() {
        return None;
    }
    let token = &ctx.tokens[i];
    match ctx.word(i) {
        "-" | "–" | "‑" => (token.gap == Gap::None && ctx.tokens.get(i + 1)?.gap == Gap::None).then_some(i + 1),
        "&" => Some(i + 1),
        "of" | "for" | "and" | "on" => Some(i + 1 + usize::from(ctx.word(i + 1) == "the")),
        _ if token.case == Case::Lower && token.kind == Kind::Word && ctx.has(i, List::NameParticles) => {
            let further = ctx.tokens.get(i + 1).is_some_and(|t| t.case == Case::Lower) && ctx.has(i + 1, List::NameParticles);
            Some(i + 1 + usize::from(further))
        }
        _ => None,
    }
}
