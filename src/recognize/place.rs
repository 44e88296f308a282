//! Places that are no states.
//!
//! Finds: listed cities, regions, seas; composed names ("Zangezur Corridor", "Taksim Square").
//! Misses on purpose: places inside other names ("Paris Agreement" — resolution drops them).
//! Needs: `places.tsv`, `lexicon/place_heads.tsv`.

use super::phrase::headed;
use super::{Context, Found, Names};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup, Strength};

/// Words after which a name is where something is.
const LOCATIVE: &[&str] = &["in", "at", "near", "from", "to", "around", "outside", "via", "towards"];

/// Proposes listed places, and towns called like a state or another town by the region behind them.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.lookups.named(&[List::Places, List::States]) {
        if is_second_half(ctx, hit) {
            continue;
        }
        let agreed = ctx.guards_agree(hit);
        if !agreed && ctx.region_behind(hit) {
            out.push(ctx.by_rule(hit.first as usize, hit.end as usize, Label::Place, Form::Name, "place.before_region", 0.8));
        }
        let conf = if hit.strength == Strength::Weak { 0.7 } else { 0.93 };
        if agreed && hit.list == List::Places && (hit.strength != Strength::Weak || is_located(ctx, hit)) {
            out.push(ctx.by_hit(hit, Label::Place, Form::Name, conf));
        }
    }
}

/// "Euro-Atlantic": what a hyphen ties to a word that is no name is half a word.
fn is_second_half(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    let first = hit.first as usize;
    let glued = |i: usize| ctx.tokens[i].gap == crate::token::Gap::None;
    hit.list == List::Places
        && first > 1
        && matches!(ctx.word(first - 1), "-" | "–")
        && glued(first)
        && glued(first - 1)
        && ctx.tokens[first - 2].case == crate::token::Case::Capital
        && ![List::States, List::Places, List::Organizations, List::People, List::Surnames].iter().any(|list| ctx.has(first - 2, *list))
}

/// The state in "Sen. Jane Doe (D-CT)".
fn find_constituencies<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for i in 4..ctx.tokens.len() {
        let code = ctx.tokens[i].case == crate::token::Case::Upper && ctx.tokens[i].end - ctx.tokens[i].start == 2;
        if code && matches!(ctx.word(i - 1), "-" | "–") && matches!(ctx.word(i - 2), "D" | "R" | "I") && ctx.word(i - 3) == "(" && ctx.word(i + 1) == ")" {
            let mut found = ctx.by_rule(i, i + 1, Label::Place, Form::Abbreviation, "place.constituency", 0.9);
            found.kind = "region";
            out.push(found);
        }
    }
}

/// Proposes composed names of places.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    find_constituencies(ctx, out);
    for name in headed(ctx, names, List::PlaceHeads) {
        // "Pacific Region of the World Bank": a body has divisions, no place of the name.
        let of_body = (name.head.end as usize..name.end).any(|i| names.starting(i).is_some_and(|f| f.label == Label::Organization));
        let end = if of_body { name.head.end as usize } else { name.end };
        if end == name.first + 1 {
            continue;
        }
        let mut found = ctx.by_rule(name.first, end, Label::Place, Form::Name, "place.head", 0.75);
        found.kind = ctx.cell(&name.head, Column::Kind);
        out.push(found);
    }
}

/// A weak name counts behind a preposition of place, between a town and a comma or before a comma and a state or place,
/// beside a role ("Georgia Governor", "Mayor of Columbus"), and where a kind of place or, for a river, "the" stands before it.
fn is_located(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let goes_on = super::phrase::is_name_word(ctx, end);
    if first > 0 && ctx.joined(first) && !goes_on {
        let before = first - 1;
        let of = ctx.is_any(before, &["of"]) && before > 0;
        if ctx.is_any(before, LOCATIVE) || of && (is_kind_before(ctx, hit, before) || role_ends(ctx, before)) || ctx.region_of_town(hit) {
            return true;
        }
        if ctx.is_any(before, &["the"]) && ctx.cell(hit, Column::Kind) == "river" {
            return true;
        }
    }
    let before_state = ctx.word(end) == "," && (ctx.has(end + 1, List::States) || ctx.has(end + 1, List::Places));
    before_state
        || ctx.has(first, List::Guards)
            && ctx.same_line(end)
            && ctx.tokens[end - 1].clitic == 0
            && ctx.lookups.longest(end, List::Roles).is_some_and(|h| is_local(ctx, h))
}

/// "the city of Jena", "the state of Georgia": before token `of` the kind of place that the entry is.
fn is_kind_before(ctx: &Context<'_, '_>, hit: &Lookup, of: usize) -> bool {
    ctx.lookups.at(of - 1).iter().any(|h| h.list == List::PlaceHeads && h.len() == 1 && ctx.cell(h, Column::Kind) == ctx.cell(hit, Column::Kind))
}

/// Whether a role that a region or town has ends before token `i`.
fn role_ends(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.ending(i, List::Roles, 4).any(|hit| is_local(ctx, hit))
}

fn is_local(ctx: &Context<'_, '_>, role: &Lookup) -> bool {
    matches!(ctx.cell(role, Column::Class), "governor" | "mayor" | "legislator")
}
