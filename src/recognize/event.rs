//! Events: conferences, summits, sessions, wars, exercises, days.
//!
//! Finds: listed ones; members of a series by ordinal ("29th session of the Conference of the
//! Parties to the UN Framework Convention on Climate Change", "COP 31"); composed names
//! ("… Diplomacy Forum"). Misses on purpose: unnamed meetings and visits.
//! Needs: `events.tsv`, `series.tsv`, `lexicon/event_heads.tsv`.

use super::phrase::{headed, is_name_word};
use super::{Context, Found, Names, form_of};
use crate::annotation::{Form, Label};
use crate::gazetteer::{EntryId, List, Lookup, Strength};
use crate::token::Kind;

/// Proposes listed events and members of series.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.standing(List::Events) {
        let conf = if hit.strength == Strength::Weak { 0.75 } else { 0.95 };
        out.push(ctx.by_hit(&hit, Label::Event, form_of(&hit), conf));
    }
    for hit in ctx.lookups.iter().filter(|h| h.list == List::Series) {
        find_in_series(ctx, hit, out);
    }
}

/// Proposes composed names.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for name in headed(ctx, names, List::EventHeads) {
        let first = with_ordinal(ctx, name.first);
        let end = with_year(ctx, name.end);
        let mut found = ctx.by_rule(first, end, Label::Event, Form::Name, "event.head", 0.75);
        found.kind = ctx.cell(&name.head, "kind");
        out.push(found);
    }
}

/// "29th" or "Second" or "2024" before the name belongs to it.
fn with_ordinal(ctx: &Context<'_, '_>, first: usize) -> usize {
    let before = first.wrapping_sub(1);
    if first > 0 && ctx.same_line(first) && (ordinal(ctx, before).is_some() || is_year(ctx, before)) { before } else { first }
}

fn with_year(ctx: &Context<'_, '_>, end: usize) -> usize {
    if ctx.same_line(end) && is_year(ctx, end) && !is_name_word(ctx, end + 1) { end + 1 } else { end }
}

fn is_year(ctx: &Context<'_, '_>, i: usize) -> bool {
    let word = ctx.word(i);
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

/// An ordinal after or before the series' name: the member, listed or not.
fn find_in_series<'a>(ctx: &Context<'_, 'a>, hit: &Lookup, out: &mut Vec<Found<'a>>) {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let (number, first, end, form) = if hit.column_name() == "acronyms" {
        let at = if matches!(ctx.word(end), "-" | "–") { end + 1 } else { end };
        let Some(number) =
            ctx.tokens.get(at).filter(|t| t.kind == Kind::Number && ctx.same_line(at)).and_then(|_| ctx.word(at).parse().ok()).filter(|n| *n < 200)
        else {
            return;
        };
        (number, first, at + 1, Form::Acronym)
    } else {
        let Some((number, start)) = first.checked_sub(1).and_then(|i| ordinal(ctx, i)) else { return };
        (number, start, end, Form::Full)
    };
    let series = ctx.cell(hit, "id");
    let mut found = ctx.by_rule(first, end, Label::Event, form, "event.ordinal_of_series", 0.95);
    found.kind = ctx.cell(hit, "kind");
    found.entry = member(ctx, series, number).map(|entry| (List::Events, entry)).or(Some((List::Series, hit.entry)));
    found.link = Some(number);
    out.push(found);
}

/// The listed event of a series with an ordinal.
fn member(ctx: &Context<'_, '_>, series: &str, number: u32) -> Option<EntryId> {
    ctx.table
        .entries(List::Events)
        .find(|e| ctx.table.cell(List::Events, *e, "series") == series && ctx.table.cell(List::Events, *e, "ordinal").parse() == Ok(number))
}

const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Value of an ordinal that ends at token `i` and its first token: "29th", "Seventy-ninth".
fn ordinal(ctx: &Context<'_, '_>, i: usize) -> Option<(u32, usize)> {
    let word = ctx.word(i);
    let digits: &str = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.len() < word.len() && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH") {
        return digits.parse().ok().map(|n| (n, i));
    }
    let unit = ORDINALS.iter().position(|o| word.eq_ignore_ascii_case(o)).map(|n| n as u32 + 1);
    if let Some(unit) = unit {
        if i >= 2
            && ctx.word(i - 1) == "-"
            && unit < 10
            && let Some(tens) = tens(ctx.word(i - 2))
        {
            return Some((tens + unit, i - 2));
        }
        return Some((unit, i));
    }
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"]
        .iter()
        .position(|o| word.eq_ignore_ascii_case(o))
        .map(|n| (20 + 10 * n as u32, i))
}

fn tens(word: &str) -> Option<u32> {
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].iter().position(|t| word.eq_ignore_ascii_case(t)).map(|n| 20 + 10 * n as u32)
}
