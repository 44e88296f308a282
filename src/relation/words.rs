//! Words of the relations' grammar: classes from `lexicon/relation_words.tsv` and kinds of words of grammar.

use crate::gazetteer::{Column, List};
use crate::recognize::Context;

/// End of the word or phrase of `class` that starts at token `i`.
pub(super) fn class_end(ctx: &Context<'_, '_>, i: usize, class: &str) -> Option<usize> {
    if !ctx.has(i, List::RelationWords) {
        return None;
    }
    ctx.lookups.at(i).iter().find(|h| h.list == List::RelationWords && ctx.cell(h, Column::Class) == class).map(|h| h.end as usize)
}

/// Whether a word or phrase of `class` starts at token `i`.
pub(super) fn is_class(ctx: &Context<'_, '_>, i: usize, class: &str) -> bool {
    class_end(ctx, i, class).is_some()
}

/// First token of the phrase of `class` that ends right before token `end`.
pub(super) fn class_before(ctx: &Context<'_, '_>, end: usize, class: &str) -> Option<usize> {
    (end.saturating_sub(5)..end).find(|i| {
        ctx.has(*i, List::RelationWords)
            && ctx.lookups.at(*i).iter().any(|h| h.list == List::RelationWords && h.end as usize == end && ctx.cell(h, Column::Class) == class)
    })
}

/// Whether token `i` is a word of grammar of that kind (preposition, auxiliary, adverb…).
pub(super) fn is_kind(ctx: &Context<'_, '_>, i: usize, kind: &str) -> bool {
    ctx.has(i, List::FunctionWords) && ctx.lookups.at(i).iter().any(|h| h.list == List::FunctionWords && h.len() == 1 && ctx.cell(h, Column::Kind) == kind)
}

/// Whether token `i` stands beside a verb and says nothing of who acts: an auxiliary, an adverb.
pub(super) fn is_beside_verb(ctx: &Context<'_, '_>, i: usize) -> bool {
    let word = ctx.word(i);
    is_kind(ctx, i, "auxiliary")
        || is_kind(ctx, i, "adverb")
        || word.len() > 4 && word.ends_with("ly") && ctx.tokens[i].case == crate::token::Case::Lower
        || ctx.is_any(i, &["both", "each", "all"])
}

/// Whether token `i` is a determiner.
pub(super) fn is_determiner(ctx: &Context<'_, '_>, i: usize) -> bool {
    is_kind(ctx, i, "determiner")
}

/// Whether token `i` is a preposition.
pub(super) fn is_preposition(ctx: &Context<'_, '_>, i: usize) -> bool {
    is_kind(ctx, i, "preposition")
}
