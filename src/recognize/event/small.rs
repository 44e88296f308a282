//! Small words that make an event of the name before them: "NATO summit", "Rwandan genocide".
//!
//! Which do, and behind what, is the column `small` of `event_heads.tsv`.

use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, Lookup};
use crate::recognize::{Context, Found, Names};
use crate::token::Case;

/// Kinds of organisations that hold summits of their own.
const BODIES: &[&str] = &["igo", "un", "group"];

/// The event whose head in small letters is `hit`.
pub(super) fn behind_name<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup) -> Option<Found<'a>> {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let small = ctx.cell(hit, Column::Small);
    if small.is_empty() || ctx.tokens[first].case != Case::Lower || first == 0 || !ctx.same_line(first) || ctx.tokens[first - 1].clitic > 0 {
        return None;
    }
    let named = names.ending(first)?;
    let fits = match small {
        "organization" => named.label == Label::Organization && BODIES.contains(&named.kind) && !named.entry.is_none(),
        _ => matches!(named.label, Label::Place | Label::State),
    };
    if !fits || ctx.is_any(end, &["crime", "crimes"]) {
        return None;
    }
    let mut found = ctx.by_rule(named.first as usize, end, Label::Event, Form::Name, "event.small_head", 0.85);
    found.kind = ctx.cell(hit, Column::Kind);
    Some(found)
}
