//! Organisations.
//!
//! Finds: listed ones, with the state that stands before them ("U.S. Senate"); names composed around
//! a head ("Ministry of …", "… Bank", "… Office"); heads that are names alone ("Foreign Ministry", "the
//! Senate"); companies by legal form, ticker, web address or chief ("Acme Holdings, Inc.", "Acme (NYSE: ACM)",
//! "chief executive of Acme"). Misses on purpose: lower-case generics ("the government").
//! Needs: `organizations.tsv`, `lexicon/org_heads.tsv`, `lexicon/company_suffixes.tsv`.

mod bare;
mod company;
mod website;

use super::phrase::headed;
use super::{Context, Found, Names, form_of};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup, Strength};

/// Kinds of organisations that a state has, so that its name before theirs is part of it.
const OF_STATES: &[&str] = &["ministry", "legislature", "government", "agency", "court", "armed-forces", "police", "central-bank", "institution"];

/// Proposes listed organisations.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    let hits = ctx.standing(List::Organizations);
    for hit in hits.iter().filter(|hit| !is_told_apart(&hits, hit)) {
        out.push(ctx.by_hit(hit, Label::Organization, form_of(hit), conf(hit)));
    }
    find_cued(ctx, out);
}

/// Of two bodies with one acronym the text names the other in full, and this one not.
fn is_told_apart(hits: &[Lookup], hit: &Lookup) -> bool {
    let is_named = |entry| hits.iter().any(|other| other.entry == entry && other.strength == Strength::Strong);
    let same_words = |other: &&Lookup| other.first == hit.first && other.end == hit.end && other.entry != hit.entry;
    hit.strength == Strength::Acronym && hits.iter().filter(same_words).any(|other| is_named(other.entry)) && !is_named(hit.entry)
}

/// A weak name whose neighbours say what it is: "the airline Example", "Example spokesperson Jane Doe".
fn find_cued<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.lookups.named(&[List::Organizations]).filter(|h| h.strength == Strength::Weak && is_cued(ctx, h) && ctx.guards_agree(h)) {
        let rivals = ctx.lookups.at(hit.first as usize).iter().filter(|h| h.list == List::Organizations && h.end == hit.end && h.entry != hit.entry).count();
        let mut found = ctx.by_hit(hit, Label::Organization, Form::Variant, 0.72);
        if rivals > 0 {
            // Which of several bodies it is stays open.
            found.entry = None;
            found.via = super::Via::Rule("organization.cued");
        }
        out.push(found);
    }
}

fn is_cued(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    let (first, end) = (hit.first as usize, hit.end as usize);
    if !ctx.tokens[first].is_capitalized() || ctx.shouted(first) || ctx.titled(first) {
        return false;
    }
    let small = |k: usize| ctx.tokens[k].case == crate::token::Case::Lower;
    let kind_before = ctx.same_line(first) && (first.saturating_sub(3)..first).any(|k| small(k) && ends_at(ctx, k, first, List::OrgHeads, &[]));
    let office =
        ctx.same_line(end) && ctx.lookups.longest(end, List::Roles).is_some_and(|h| matches!(ctx.cell(h, Column::Class), "executive" | "spokesperson"));
    let office_before = first > 1
        && ctx.is_any(first - 1, &["of", "at"])
        && (first.saturating_sub(5)..first - 1).any(|k| ends_at(ctx, k, first - 1, List::Roles, &["executive", "spokesperson"]));
    kind_before || office && ctx.tokens[end - 1].clitic == 0 && !small(end - 1) || office_before
}

/// Whether a form of `list` (of one of `classes`, if any are given) goes from token `k` to `end`.
fn ends_at(ctx: &Context<'_, '_>, k: usize, end: usize, list: List, classes: &[&str]) -> bool {
    ctx.lookups.at(k).iter().any(|h| h.list == list && h.end as usize == end && (classes.is_empty() || classes.contains(&ctx.cell(h, Column::Class))))
}

/// Proposes composed names and companies.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for name in headed(ctx, names, List::OrgHeads) {
        if is_alliance_of_states(ctx, names, name.first, &name.head) {
            continue;
        }
        let kind = ctx.cell(&name.head, Column::Kind);
        let mut found = ctx.by_rule(name.first, name.end, Label::Organization, Form::Name, "organization.head", 0.85);
        found.kind = kind;
        out.push(found);
    }
    find_of_states(ctx, names, out);
    bare::find(ctx, names, out);
    company::find(ctx, names, out);
    website::find(ctx, names, out);
}

fn conf(hit: &Lookup) -> f32 {
    match hit.strength {
        Strength::Strong => 0.96,
        Strength::Acronym => 0.93,
        Strength::Weak => 0.75,
    }
}

/// "the U.S.-Japan Alliance": what ties two states, no body.
fn is_alliance_of_states<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, first: usize, head: &Lookup) -> bool {
    let between = first..head.first as usize;
    head.len() == 1
        && matches!(ctx.cell(head, Column::Kind), "ngo" | "group")
        && between.len() > 2
        && between.clone().any(|i| ctx.word(i) == "-")
        && between.into_iter().all(|i| !ctx.tokens[i].is_word() || names.over(i).is_some_and(|f| f.label == Label::State))
}

/// A listed organisation of a state with the state's name straight before it: "U.S. Senate", "German Bundestag".
fn find_of_states<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for found in names.found.iter().filter(|f| f.label == Label::Organization && OF_STATES.contains(&f.kind)) {
        let first = found.first as usize;
        let Some(state) = names.ending(first).filter(|s| s.label == Label::State) else { continue };
        if ctx.same_line(first) && ctx.tokens[first - 1].clitic == 0 {
            out.push(Found { span: ctx.span(state.first as usize, found.end as usize), first: state.first, ..*found });
        }
    }
}
