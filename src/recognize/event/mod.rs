//! Events: conferences, summits, sessions, wars, exercises, days, elections.
//!
//! Finds: listed ones; members of a series by ordinal ("29th session of the Conference of the
//! Parties to the UN Framework Convention on Climate Change", "COP 31"); composed names ("… Diplomacy Forum", "Operation
//! …"); numbered sessions of a body; elections with state and year; what small words name behind a name ("NATO summit",
//! "Rwandan genocide"). Misses on purpose: unnamed meetings and visits.
//! Needs: `events.tsv`, `series.tsv`, `lexicon/event_heads.tsv`.

mod election;
mod numbered;
mod series;
mod small;

use super::phrase::{headed, is_name_word};
use super::{Context, Found, Names, form_of};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Strength};
use numbered::ordinal;

/// Kinds of heads that any gathering may have: a name of such a kind needs a number, a year or a body.
const LOOSE: &[&str] = &["meeting", "session", "process", "disaster"];
/// Kinds of heads whose name follows: "Operation Sovereign Borders".
const NAMED_AFTER: &[&str] = &["operation", "exercise"];

/// Proposes listed events and members of series.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.standing(List::Events) {
        let conf = if hit.strength == Strength::Weak { 0.75 } else { 0.95 };
        out.push(ctx.by_hit(&hit, Label::Event, form_of(&hit), conf));
    }
    series::find(ctx, out);
}

/// Proposes composed names.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for name in headed(ctx, names, List::EventHeads) {
        let (first, mut end) = (with_edition(ctx, names, name.first), with_year(ctx, name.end));
        let kind = ctx.cell(&name.head, Column::Kind);
        if NAMED_AFTER.contains(&kind) && end == name.head.end as usize {
            end = with_year(ctx, named_after(ctx, end));
        }
        if LOOSE.contains(&kind) && !is_told_apart(ctx, names, first, end, &name.head) {
            continue;
        }
        let mut found = ctx.by_rule(first, end, Label::Event, Form::Name, "event.head", 0.75);
        found.kind = kind;
        out.push(found);
    }
    for i in 0..ctx.tokens.len() {
        if let Some(hit) = ctx.lookups.longest(i, List::EventHeads).copied() {
            out.extend(small::behind_name(ctx, names, &hit));
            out.extend(numbered::session(ctx, names, &hit));
            out.extend(election::dated(ctx, names, &hit));
            out.extend(operation(ctx, names, &hit));
        }
    }
}

/// "Operation Sovereign Borders", "Exercise Steadfast Defender 2024": a head that is nothing without the name behind it.
fn operation<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &crate::gazetteer::Lookup) -> Option<Found<'a>> {
    let (first, at) = (hit.first as usize, hit.end as usize);
    if !NAMED_AFTER.contains(&ctx.cell(hit, Column::Kind)) || !ctx.tokens[first].is_capitalized() || ctx.shouted(first) || hit.len() > 1 {
        return None;
    }
    let end = named_after(ctx, at);
    let named = end > at && !names.starting(at).is_some_and(|f| matches!(f.label, Label::Person | Label::Date));
    let mut found = named.then(|| ctx.by_rule(first, with_year(ctx, end), Label::Event, Form::Name, "event.operation", 0.85))?;
    found.kind = ctx.cell(hit, Column::Kind);
    Some(found)
}

/// One past the capitalised words from `at` on.
fn named_after(ctx: &Context<'_, '_>, at: usize) -> usize {
    let mut end = at;
    while end < at + 4 && ctx.same_line(end) && is_name_word(ctx, end) && ctx.tokens[end - 1].clitic == 0 && !ctx.has(end, List::Roles) {
        end += 1;
    }
    end
}

/// Whether a name tells its event from others of its kind.
fn is_told_apart<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, end: usize, head: &crate::gazetteer::Lookup) -> bool {
    let owned = (first..head.first as usize).any(|i| ctx.tokens[i].clitic > 0 && !names.over(i).is_some_and(|f| f.label == Label::Organization));
    let numbered = ordinal(ctx, first).is_some() || (first..end).any(|i| ctx.word(i).bytes().any(|b| b.is_ascii_digit()));
    let body = (first..end).any(|i| names.over(i).is_some_and(|f| matches!(f.label, Label::Organization | Label::Agreement)));
    let annual = ctx.is_any(head.first as usize, &["annual", "spring"]) || first < head.first as usize && ctx.is_any(head.first as usize - 1, &["annual"]);
    numbered || !owned && (body && !ctx.titled(first) || annual && body)
}

/// "29th", "Second", "2024" or "COP26" before the name belongs to it.
fn with_edition<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize) -> usize {
    if first == 0 || !ctx.same_line(first) {
        return first;
    }
    if let Some((_, start)) = ordinal(ctx, first - 1) {
        return start;
    }
    if ctx.word(first - 1) == "Our" || ctx.word(first - 1) == "One" && !ctx.opens(first - 1) {
        return with_edition(ctx, names, first - 1);
    }
    match names.ending(first) {
        Some(f) if f.label == Label::Event && f.form == Form::Acronym => f.first as usize,
        _ if is_year(ctx, first - 1) => first - 1,
        _ => first,
    }
}

fn with_year(ctx: &Context<'_, '_>, end: usize) -> usize {
    if ctx.same_line(end) && is_year(ctx, end) && !(ctx.same_line(end + 1) && is_name_word(ctx, end + 1)) { end + 1 } else { end }
}

fn is_year(ctx: &Context<'_, '_>, i: usize) -> bool {
    let word = ctx.word(i);
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20") || word.starts_with("18")) && word.bytes().all(|b| b.is_ascii_digit())
}
