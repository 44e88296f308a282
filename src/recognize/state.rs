//! States and territories, their demonyms and abbreviations.
//!
//! Finds: listed names in every spelling ("Republic of Korea", "the US"), demonyms ("Armenian",
//! "Armenians"). Misses on purpose: languages ("in English"), guarded forms ("Georgia" near
//! "Atlanta"). Needs: `states.tsv`, `guards.tsv`.

use super::{Context, Found};
use crate::annotation::{Form, Label};
use crate::gazetteer::{List, Lookup, Strength};

/// Proposes every state the text names.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.standing(List::States) {
        if !is_language(ctx, &hit) {
            out.push(ctx.by_hit(&hit, Label::State, form(&hit), conf(&hit)));
        }
    }
}

fn form(hit: &Lookup) -> Form {
    match hit.column_name() {
        "adjectives" | "nouns" => Form::Demonym,
        "acronyms" => Form::Abbreviation,
        _ => Form::Name,
    }
}

fn conf(hit: &Lookup) -> f32 {
    match hit.strength {
        Strength::Strong => 0.98,
        Strength::Acronym => 0.96,
        Strength::Weak => 0.8,
    }
}

/// "in English", "speaks French": the language, not the people.
pub fn is_language(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    if hit.column_name() != "adjectives" || hit.first == 0 {
        return false;
    }
    let (before, after) = (hit.first as usize - 1, hit.end as usize);
    let speaks = ctx.is_any(before, &["speak", "speaks", "speaking", "spoke", "into"]);
    let within = ctx.is_any(before, &["in", "from", "and"])
        && (!ctx.joined(after) || !ctx.tokens[after].is_word() || ctx.is_any(after, &["and", "or", "only", "language", "at", "on", "here"]));
    let language = ctx.is_any(after, &["language", "languages", "translation", "subtitles", "version"]);
    let tongue = ctx.is_any(hit.first as usize, &["english", "french", "spanish", "arabic", "portuguese", "german", "russian", "chinese", "italian"]);
    let closes = ctx.is_any(before, &["in"]) && (after == ctx.tokens.len() || matches!(ctx.word(after), "." | ")"));
    closes || tongue && (speaks || within && ctx.is_any(before, &["in"]) || language)
}
