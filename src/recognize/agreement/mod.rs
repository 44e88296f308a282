//! Agreements: treaties, protocols, declarations, laws, resolutions.
//!
//! Finds: listed ones; composed names ("Convention on …", "… Act, 2022", "Ordinance of 4 March 2022"); numbered
//! resolutions with their body, bills and sections of codes ("S. 367", "22 U.S.C. 2778"); heads with an article ("the
//! Convention", "this Bill"). Misses on purpose: unnamed ones ("the peace agreement"), plans and programmes.
//! Needs: `agreements.tsv`, `lexicon/agreement_heads.tsv`.

mod numbered;

use super::phrase::{Headed, headed, is_name_word};
use super::{Context, Found, Names, form_of};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Strength};
use crate::token::{Case, Kind};

/// What stands before a head that names an agreement alone.
const ARTICLES: &[&str] = &["the", "this", "that", "new", "its"];
/// Small words inside the name of a convention or law.
const INNER: &[&str] = &["of", "against", "for", "with", "at", "to", "by", "from", "all", "the", "and", "its", "their"];

/// Proposes listed agreements.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.standing(List::Agreements) {
        let conf = if hit.strength == Strength::Weak { 0.75 } else { 0.95 };
        out.push(ctx.by_hit(&hit, Label::Agreement, form_of(&hit), conf));
    }
}

/// Proposes composed names, numbered resolutions and constitutions.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for name in headed(ctx, names, List::AgreementHeads) {
        let end = with_date(ctx, names, between(ctx, names, with_title(ctx, names, &name)));
        let mut found = ctx.by_rule(name.first, end, Label::Agreement, Form::Name, "agreement.head", 0.8);
        found.kind = ctx.cell(&name.head, Column::Kind);
        out.push(found);
    }
    find_bare(ctx, names, out);
    numbered::find(ctx, names, out);
}

/// "the Convention", "this Bill", "Constitution", "Ordinance of 4 March 2022".
fn find_bare<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for i in ctx.capitals_from(1) {
        let Some(hit) = ctx.lookups.longest(i, List::AgreementHeads).filter(|_| !ctx.shouted(i) && names.over(i).is_none()) else { continue };
        let at = hit.end as usize;
        let capitalized = (i..at).all(|k| ctx.tokens[k].case != Case::Lower || ctx.is_function_word(k));
        let goes_on = ctx.same_line(at) && is_name_word(ctx, at) && ctx.tokens[at - 1].clitic == 0 || before_name(ctx, i);
        if !capitalized || goes_on {
            continue;
        }
        let end = between(ctx, names, at);
        let end = if end > at { end } else { with_date(ctx, names, at) };
        let alone = ctx.cell(hit, Column::Alone);
        let named = alone == "1" || alone == "the" && ctx.joined(i) && ctx.is_any(i - 1, ARTICLES);
        if !named && end == at || alone.is_empty() {
            continue;
        }
        let form = if end > at || alone == "1" { Form::Name } else { Form::Definite };
        let mut found = ctx.by_rule(i, end, Label::Agreement, form, "agreement.bare_head", 0.8);
        found.kind = ctx.cell(hit, Column::Kind);
        out.push(found);
    }
}

/// Whether a capitalised word that is no sentence's first stands straight before token `i`: what follows is the end of a longer name.
fn before_name(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.same_line(i) && is_name_word(ctx, i - 1) && ctx.tokens[i - 1].clitic == 0
}

/// "Convention on the Elimination of All Forms of Discrimination against Women": a name whose head takes a title goes on over small words
/// as long as capitals follow that are no names of their own.
fn with_title<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, name: &Headed) -> usize {
    let mut end = name.end;
    if end <= name.head.end as usize + 1 || !matches!(ctx.cell(&name.head, Column::Kind), "convention" | "protocol" | "law" | "treaty" | "declaration") {
        return end;
    }
    while ctx.tokens[end - 1].clitic == 0 && !names.over(end - 1).is_some_and(|f| matches!(f.label, Label::State | Label::Organization)) {
        let mut next = end;
        while next < end + 3 && ctx.joined(next) && INNER.contains(&ctx.word(next)) {
            next += 1;
        }
        let capital = next > end && ctx.joined(next) && is_name_word(ctx, next) && !ctx.has(next, List::Roles) && names.over(next).is_none();
        if !capital || ctx.word(end) == "and" && ctx.has(next, List::AgreementHeads) {
            break;
        }
        end = next + 1;
        while ctx.same_line(end) && is_name_word(ctx, end) && names.over(end).is_none() && ctx.tokens[end - 1].clitic == 0 {
            end += 1;
        }
    }
    end
}

/// "Treaty between the Republic of A and the Republic of B": both parties belong to the name.
fn between<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, at: usize) -> usize {
    let skip = |i: usize| i + usize::from(ctx.is_any(i, &["the"]));
    let party = |i: usize| names.starting(i).filter(|f| matches!(f.label, Label::State | Label::Organization)).map(|f| f.end as usize);
    let starts = if ctx.word(at) == "between" { at + 1 } else { return at };
    let Some(and) = party(skip(starts)).filter(|end| ctx.word(*end) == "and") else { return at };
    party(skip(and + 1)).unwrap_or(at)
}

/// "Inflation Reduction Act of 2022", "Appropriations Act, 2022", "House of Lords Act 1999", "Appeal of 13 June 2016" keep their date.
fn with_date<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, end: usize) -> usize {
    if ctx.tokens[end - 1].clitic > 0 || !ctx.joined(end) {
        return end;
    }
    let year = |i: usize| ctx.tokens.get(i).is_some_and(|t| t.kind == Kind::Number && t.end - t.start == 4) && ctx.word(i).starts_with(['1', '2']);
    match ctx.word(end) {
        "of" if year(end + 1) => end + 2,
        "of" => names.starting(end + 1).filter(|f| f.label == Label::Date && ctx.word(end + 1) != "the").map_or(end, |f| f.end as usize),
        "," if year(end + 1) && ctx.joined(end + 1) => end + 2,
        _ if year(end) => end + 1,
        _ => end,
    }
}
