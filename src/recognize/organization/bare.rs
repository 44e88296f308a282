//! Heads that name a body alone: "Foreign Ministry", "the Senate", "Parliament".
//!
//! Which do, and whether they need an article, is the column `alone` of `org_heads.tsv`.

use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup};
use crate::recognize::phrase::is_name_word;
use crate::recognize::{Context, Found, Names};
use crate::token::{Case, Gap};

/// Proposes capitalised heads without a complement.
pub(super) fn find<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for i in ctx.capitals_from(0) {
        let Some(hit) = ctx.lookups.longest(i, List::OrgHeads).filter(|_| !ctx.shouted(i)) else { continue };
        let alone = ctx.cell(hit, Column::Alone);
        if alone.is_empty() || names.over(i).is_some() || !stands_alone(ctx, hit, alone) {
            continue;
        }
        let form = if alone == "the" { Form::Definite } else { Form::Name };
        let mut found = ctx.by_rule(i, hit.end as usize, Label::Organization, form, "organization.bare_head", 0.8);
        found.kind = ctx.cell(hit, Column::Kind);
        out.push(found);
    }
}

fn stands_alone(ctx: &Context<'_, '_>, hit: &Lookup, alone: &str) -> bool {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let capitalized = (first..end).all(|i| ctx.tokens[i].case != Case::Lower || ctx.is_function_word(i));
    capitalized && begins(ctx, hit, alone) && ends(ctx, end)
}

/// Whether the head may start a name: after an article, or, if it needs none, within a sentence and after no other capital.
fn begins(ctx: &Context<'_, '_>, hit: &Lookup, alone: &str) -> bool {
    let first = hit.first as usize;
    let Some(before) = first.checked_sub(1).filter(|_| ctx.joined(first)) else { return alone != "the" && hit.len() > 1 };
    if ctx.is_any(before, &["the"]) {
        return true;
    }
    if alone == "the" || ctx.opens(first) && hit.len() == 1 || ctx.is_any(before, &["a", "an", "every", "each", "any", "another", "no"]) {
        return false;
    }
    let named = is_name_word(ctx, before) && ctx.tokens[before].clitic == 0 && ctx.same_line(first);
    !named && !(ctx.word(before) == "-" && ctx.tokens[first].gap == Gap::None) || ends_title(ctx, first)
}

/// Whether nothing behind the head makes it part of something else: a title may follow ("Senate Majority Leader"), another name may not.
fn ends(ctx: &Context<'_, '_>, end: usize) -> bool {
    if ctx.tokens[end - 1].clitic > 0 || !ctx.same_line(end) {
        return true;
    }
    let complement = ctx.is_any(end, &["of", "for", "under"]) && is_name_word(ctx, end + 1) || ctx.is_any(end, &["on"]) && !ctx.has(end + 1, List::TimexWords);
    let glued = ctx.tokens.get(end).is_some_and(|t| t.gap == Gap::None) && matches!(ctx.word(end), "-" | "–" | "&");
    !glued && !complement && (!is_name_word(ctx, end) || ctx.has(end, List::Roles) || ctx.has(end, List::RankWords))
}

/// Whether the title of an office ends before token `i`: "Director | Finance Ministry".
fn ends_title(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.ending(i, List::Roles, 4).next().is_some()
}
