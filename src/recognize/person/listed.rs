//! People on the list, by their full names.

use super::super::phrase::is_name_word;
use super::super::{Context, Found};
use super::run;
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup, Strength};
use crate::token::{Case, Gap};

/// Proposes listed people.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.lookups.named(&[List::People]).filter(|h| h.strength != Strength::Weak) {
        let first = past_titles(ctx, hit);
        if !is_longer(ctx, first)
            && !is_hyphenated(ctx, hit.end as usize)
            && !(hit.column_name() == "aliases" && goes_on(ctx, hit.end as usize))
            && ctx.guards_agree(hit)
        {
            let mut found = ctx.by_hit(hit, Label::Person, Form::Full, 0.97);
            let end = run::past_suffix(ctx, hit.end as usize);
            if (first, end) != (hit.first as usize, hit.end as usize) {
                (found.first, found.end) = (first as u32, end as u32);
                found.span = ctx.span(first, end);
            }
            if is_namesake(ctx, hit, end) {
                found.entry = None;
            }
            out.push(found);
        }
    }
}

/// "Donald Trump Jr." is not the listed Donald Trump, unless the list gives him that suffix.
fn is_namesake(ctx: &Context<'_, '_>, hit: &Lookup, end: usize) -> bool {
    let junior = (hit.end as usize..end).any(|i| ctx.is_any(i, &["Jr", "Junior", "Jr."]));
    junior && ![ctx.cell(hit, Column::Name), ctx.cell(hit, Column::Aliases)].iter().any(|cell| cell.contains("Jr"))
}

/// The first word of the name: "Pope Francis" is listed with the form of address, which is none of the name.
fn past_titles(ctx: &Context<'_, '_>, hit: &Lookup) -> usize {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let is_title = |h: &Lookup| {
        (h.end as usize) < end
            && match h.list {
                List::Honorifics => true,
                List::Roles => matches!(ctx.cell(h, Column::Use), "honorific-role" | "religious"),
                _ => false,
            }
    };
    if ctx.is_in(first, List::GivenNames) && !ctx.is_in(first, List::Honorifics) {
        return first;
    }
    ctx.lookups.at(first).iter().filter(|h| is_title(h)).map(|h| h.end as usize).max().unwrap_or(first)
}

/// Whether the last word of a name that ends before token `end` is but half of a hyphenated one ("Hwang Hee" of "Hwang Hee-Chan").
fn is_hyphenated(ctx: &Context<'_, '_>, end: usize) -> bool {
    matches!(ctx.word(end), "-" | "‐" | "‑")
        && ctx.tokens[end].gap == Gap::None
        && ctx.tokens.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.is_capitalized())
}

/// Whether the name begins earlier, with a given name before the listed form.
fn is_longer(ctx: &Context<'_, '_>, first: usize) -> bool {
    first > 0
        && ctx.same_line(first)
        && ctx.is_in(first - 1, List::GivenNames)
        && is_name_word(ctx, first - 1)
        && ctx.tokens[first - 1].clitic == 0
        && !ctx.has(first - 1, List::Roles)
        && !ctx.has(first - 1, List::Honorifics)
}

/// Whether a name that ends before token `end` goes on with another given name, as Arabic names do:
/// it is then hardly the alias.
fn goes_on(ctx: &Context<'_, '_>, end: usize) -> bool {
    let sure = |i: usize| ctx.lookups.longest(i, List::GivenNames).is_some_and(|h| ctx.cell(h, Column::Clash) != "1");
    ctx.tokens.get(end).is_some_and(|t| t.case == Case::Capital && t.gap == Gap::Space)
        && ctx.tokens[end - 1].clitic == 0
        && sure(end)
        && is_name_word(ctx, end)
        && !ctx.has(end, List::Roles)
        && !ctx.has(end, List::Honorifics)
}
