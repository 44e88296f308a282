//! Names composed around a head word: "Ministry of Health", "Asian Development Bank",
//! "Convention on Biological Diversity", "7th Antalya Diplomacy Forum".
//!
//! The heads are data; what may stand before and after them is the grammar in `left` and
//! `right`, shared by the recognizers of organisations, agreements, events and places.

mod left;
mod right;

use super::{Context, Names};
use crate::annotation::Label;
use crate::gazetteer::{Column, List, Lookup};
use crate::token::{Case, Gap, Kind};

/// Longest name, in tokens: beyond it the capitals are a headline.
const MAX_TOKENS: usize = 24;

/// A composed name.
#[derive(Clone, Copy)]
pub(crate) struct Headed {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// The head's hit.
    pub(crate) head: Lookup,
}

/// All composed names whose heads are in `list`, with something before or after the head.
pub(crate) fn headed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, list: List) -> Vec<Headed> {
    let mut out: Vec<Headed> = Vec::new();
    let mut next = 0;
    for i in ctx.capitals_from(0) {
        if i < next {
            continue;
        }
        let Some(hit) = ctx.lookups.longest(i, list).copied() else { continue };
        next = hit.end as usize;
        if ctx.cell(&hit, Column::Position) == "alone" {
            continue;
        }
        if ctx.shouted(hit.first as usize) || !is_capitalized_throughout(ctx, &hit) {
            continue;
        }
        if let Some(name) = around(ctx, names, &hit, &mut out) {
            next = name.end;
            out.push(name);
        }
    }
    out
}

/// The name around one head; takes up the name before it that it only goes on ("Minnesota Army" | "National Guard").
fn around<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup, before: &mut Vec<Headed>) -> Option<Headed> {
    let head = hit.first as usize;
    let floor = before.last().map_or(0, |h| h.end);
    let is_suffix = ctx.cell(hit, Column::Position) == "suffix" || ctx.tokens[hit.end as usize - 1].clitic > 0;
    let end = if is_suffix { hit.end as usize } else { right::end(ctx, names, hit) };
    let mut first = left::Left {
        ctx,
        names,
        head,
        floor,
        complete: end > hit.end as usize,
        is_numbered: hit.list == List::OrgHeads && matches!(ctx.cell(hit, Column::Kind), "armed-forces" | "court"),
        titles_stop: hit.list != List::PlaceHeads,
        is_law: hit.list == List::AgreementHeads,
    }
    .start();
    let goes_on = before.last().copied().filter(|h| h.end == first && ctx.tokens[first - 1].clitic == 0 && ctx.same_line(first));
    first = goes_on.map_or(first, |h| h.first);
    if (first == head && end == hit.end as usize) || end - first > MAX_TOKENS {
        return None;
    }
    if goes_on.is_some() {
        before.pop();
    }
    Some(Headed { first, end, head: *hit })
}

/// "Supreme Court", not "Supreme court": all words of a head but those of grammar are capitalised.
fn is_capitalized_throughout(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    (hit.first as usize + 1..hit.end as usize).all(|i| ctx.tokens[i].case != Case::Lower || ctx.is_function_word(i))
}

/// Whether token `i` can be part of a name: a capitalised word that is none of grammar.
pub(crate) fn is_name_word(ctx: &Context<'_, '_>, i: usize) -> bool {
    let Some(token) = ctx.tokens.get(i) else { return false };
    match token.kind {
        Kind::Word | Kind::Alphanumeric => token.case != Case::Lower && token.case != Case::None && !ctx.is_function_word(i),
        _ => false,
    }
}

/// A capitalised run around `i` without any head: from its first to one past its last token.
pub(crate) fn capital_run(ctx: &Context<'_, '_>, i: usize) -> (usize, usize) {
    let (mut first, mut end) = (i, i + 1);
    while first > 0 && ctx.same_line(first) && is_name_word(ctx, first - 1) && ctx.tokens[first - 1].clitic == 0 {
        first -= 1;
    }
    while ctx.same_line(end) && is_name_word(ctx, end) && ctx.tokens[end - 1].clitic == 0 {
        end += 1;
    }
    (first, end)
}

/// One past the complement that follows token `at - 1` with one of `prepositions`, further ones included; none if none follows.
pub(crate) fn complemented<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, at: usize, prepositions: &[&str]) -> Option<usize> {
    right::complemented(ctx, names, at, prepositions)
}

/// Whether token `i` is a hyphen or dash written to the words around it.
fn is_hyphen(ctx: &Context<'_, '_>, i: usize) -> bool {
    matches!(ctx.word(i), "-" | "–" | "‑") && ctx.tokens[i].gap == Gap::None && ctx.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None)
}

/// Whether a name other than a date covers token `i`.
fn is_named<'a>(names: &Names<'a>, i: usize) -> bool {
    names.over(i).is_some_and(|f| f.label != Label::Date)
}
