//! Words of the lexicons in a span.

use super::LexiconHit;
use super::record::Seen;
use crate::gazetteer::List;
use crate::span::Span;

/// Whether a list holds names of things, not words.
pub(super) fn is_names(list: List) -> bool {
    list < List::Guards && list != List::Tenures
}

/// The lexicons' hits over a span, guards left out: candidates show them.
pub(super) fn over(seen: &Seen<'_, '_, '_>, span: Span) -> Vec<LexiconHit> {
    let sources = seen.sources();
    let hits = seen.ctx.lookups.iter().filter(|hit| hit.span.overlaps(span) && !is_names(hit.list) && hit.list != List::Guards);
    hits.map(|hit| LexiconHit { place: seen.units.place(hit.span), row: sources.hit(hit), says: sources.cells(hit.list, hit.entry) }).collect()
}
