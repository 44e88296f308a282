//! Places that are no states.
//!
//! Finds: listed cities, regions, seas; composed names ("Zangezur Corridor", "Taksim Square").
//! Misses on purpose: places inside other names ("Paris Agreement" — resolution drops them).
//! Needs: `places.tsv`, `lexicon/place_heads.tsv`.

use super::phrase::headed;
use super::{Context, Found, Names};
use crate::annotation::{Form, Label};
use crate::gazetteer::{List, Lookup, Strength};

/// Words after which a name is where something is.
const LOCATIVE: &[&str] = &["in", "at", "near", "from", "to", "around", "outside", "via", "towards"];

/// Proposes listed places.
pub fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.lookups.iter().filter(|h| h.list == List::Places) {
        let conf = if hit.strength == Strength::Weak { 0.7 } else { 0.93 };
        if ctx.guards_agree(hit) && (hit.strength != Strength::Weak || is_located(ctx, hit)) {
            out.push(ctx.by_hit(hit, Label::Place, Form::Name, conf));
        }
    }
}

/// Proposes composed names of places.
pub fn find_composed<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, out: &mut Vec<Found<'a>>) {
    for name in headed(ctx, names, List::PlaceHeads) {
        let mut found = ctx.by_rule(name.first, name.end, Label::Place, Form::Name, "place.head", 0.75);
        found.kind = ctx.cell(&name.head, "kind");
        out.push(found);
    }
}

/// A weak name counts where a preposition of place stands before it, or a comma and a state or place after it.
fn is_located(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let after_preposition = first > 0 && ctx.is_any(first - 1, LOCATIVE) && ctx.joined(first) && !super::phrase::is_name_word(ctx, end);
    let before_state = ctx.word(end) == "," && (ctx.has(end + 1, List::States) || ctx.has(end + 1, List::Places));
    after_preposition || before_state
}
