//! Organisations.
//!
//! Finds: listed ones; names composed around a head ("Ministry of …", "… Bank", "… Office");
//! companies by legal form or ticker ("Acme Holdings, Inc.", "Acme (NYSE: ACM)"); acronyms in
//! brackets. Misses on purpose: lower-case generics ("the government").
//! Needs: `organizations.tsv`, `lexicon/org_heads.tsv`, `lexicon/company_suffixes.tsv`.

use super::phrase::{capital_run, headed, is_name_word};
use super::{Context, Found, Names, form_of};
use crate::annotation::{Form, Label};
use crate::gazetteer::{List, Lookup, Strength};

/// Proposes listed organisations.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.standing(List::Organizations) {
        out.push(ctx.by_hit(&hit, Label::Organization, form_of(&hit), conf(&hit)));
    }
}

/// Proposes composed names and companies.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for name in headed(ctx, names, List::OrgHeads) {
        let mut found = ctx.by_rule(name.first, name.end, Label::Organization, Form::Name, "organization.head", 0.85);
        found.kind = ctx.cell(&name.head, "kind");
        out.push(found);
    }
    find_companies(ctx, names, out);
}

fn conf(hit: &Lookup) -> f32 {
    match hit.strength {
        Strength::Strong => 0.96,
        Strength::Acronym => 0.93,
        Strength::Weak => 0.75,
    }
}

fn find_companies<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for i in 1..ctx.tokens.len() {
        if let Some(hit) = ctx.lookups.longest(i, List::CompanySuffixes) {
            if let Some(first) = company_start(ctx, i) {
                let mut found = ctx.by_rule(first, hit.end as usize, Label::Organization, Form::Name, "organization.legal_form", 0.88);
                found.span.end = hit.span.end;
                found.kind = "company";
                out.push(found);
            }
        } else if !ctx.tokens[i].is_word() && is_ticker(ctx, i) && is_name_word(ctx, i - 1) && !names.over(i - 1).is_some_and(|f| f.label == Label::State) {
            let (first, end) = capital_run(ctx, i - 1);
            let mut found = ctx.by_rule(first, end, Label::Organization, Form::Name, "organization.ticker", 0.9);
            found.kind = "company";
            out.push(found);
        }
    }
}

/// First token of the company name whose legal form stands at `suffix`.
fn company_start(ctx: &Context<'_, '_>, suffix: usize) -> Option<usize> {
    if !ctx.tokens[suffix].is_capitalized() || ctx.shouted(suffix) {
        return None;
    }
    let mut last = suffix;
    if ctx.word(last - 1) == "," && ctx.tokens[last - 1].gap == crate::token::Gap::None {
        last -= 1;
    }
    if last == 0 || !ctx.same_line(last) || !is_name_word(ctx, last - 1) || ctx.tokens[last - 1].clitic > 0 {
        return None;
    }
    let mut first = capital_run(ctx, last - 1).0;
    while first >= 2 && matches!(ctx.word(first - 1), "&" | "-") && is_name_word(ctx, first - 2) && ctx.same_line(first) {
        first = capital_run(ctx, first - 2).0;
    }
    Some(first)
}

/// "(NYSE: ACM)" starting at the bracket.
fn is_ticker(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.word(i) == "("
        && ctx.is_any(
            i + 1,
            &["NYSE", "NASDAQ", "Nasdaq", "OTC", "OTCQB", "OTCQX", "TSX", "LSE", "AIM", "ASX", "TSXV", "CSE", "FSE", "HKEX", "SGX", "BSE", "NSE", "Euronext"],
        )
        && (ctx.word(i + 2) == ":" || ctx.word(i + 3) == ":" || ctx.word(i + 4) == ":")
}
