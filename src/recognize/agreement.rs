//! Agreements: treaties, protocols, declarations, laws, resolutions.
//!
//! Finds: listed ones; composed names ("Convention on …", "… Act"); numbered resolutions with
//! their body; constitutions. Misses on purpose: unnamed ones ("the peace agreement").
//! Needs: `agreements.tsv`, `lexicon/agreement_heads.tsv`.

use super::phrase::headed;
use super::{Context, Found, Names, form_of};
use crate::annotation::{Form, Label};
use crate::gazetteer::{List, Strength};
use crate::token::Kind;

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
        let end = with_year(ctx, name.end);
        let mut found = ctx.by_rule(name.first, end, Label::Agreement, Form::Name, "agreement.head", 0.8);
        found.kind = ctx.cell(&name.head, "kind");
        out.push(found);
    }
    for i in 0..ctx.tokens.len() {
        let initial = ctx.text.as_bytes().get(ctx.tokens[i].start as usize).map(u8::to_ascii_lowercase);
        if !matches!(initial, Some(b'r' | b'o' | b'd' | b'c')) {
            continue;
        }
        let numbered = ctx.tokens.get(i + 1).is_some_and(|t| t.kind != Kind::Word || t.is(ctx.text, "no") || t.is(ctx.text, "number"));
        if numbered && ctx.is_any(i, &["resolution", "resolutions", "order", "directive", "regulation", "decree"]) {
            find_numbered(ctx, names, i, out);
        } else if ctx.word(i) == "Constitution" && !ctx.shouted(i) && names.over(i).is_none() {
            let mut found = ctx.by_rule(i, i + 1, Label::Agreement, Form::Name, "agreement.constitution", 0.85);
            found.kind = "constitution";
            out.push(found);
        }
    }
}

/// "Inflation Reduction Act of 2022" keeps its year.
fn with_year(ctx: &Context<'_, '_>, end: usize) -> usize {
    let year = |i: usize| ctx.tokens.get(i).is_some_and(|t| t.kind == Kind::Number && t.end - t.start == 4) && ctx.word(i).starts_with(['1', '2']);
    if ctx.word(end) == "of" && year(end + 1) { end + 2 } else { end }
}

/// "resolution 2231", "UN Security Council Resolution 2758 (XXVI)", "Executive Order 13846".
fn find_numbered<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, i: usize, out: &mut Vec<Found<'a>>) {
    let mut number = i + 1;
    if ctx.is_any(number, &["no", "number"]) {
        number += if ctx.word(number + 1) == "." { 2 } else { 1 };
    }
    if !ctx.tokens.get(number).is_some_and(|t| matches!(t.kind, Kind::Number | Kind::Alphanumeric)) || !ctx.joined(number) {
        return;
    }
    let mut end = number + 1;
    if ctx.word(end) == "/" && ctx.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Number) {
        end += 2;
    }
    let mut first = i;
    if let Some(body) = names.ending(i).filter(|f| f.label == Label::Organization) {
        first = body.first as usize;
    } else if i > 0 && ctx.is_any(i - 1, &["executive", "presidential", "council", "commission"]) {
        first = i - 1;
    } else if !ctx.is_any(i, &["resolution"]) {
        return;
    }
    let mut found = ctx.by_rule(first, end, Label::Agreement, Form::Name, "agreement.numbered", 0.85);
    found.kind = if ctx.is_any(i, &["resolution"]) { "resolution" } else { "law" };
    out.push(found);
}
