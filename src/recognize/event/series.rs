//! Members of a series, by number: "29th session of the Conference of the Parties …", "COP 31", "INC-5".

use super::numbered::ordinal;
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, EntryId, List, Lookup};
use crate::recognize::{Context, Found};
use crate::token::Kind;

/// Proposes what the forms of series and a number name.
pub(super) fn find<'a>(ctx: &Context<'_, 'a>, out: &mut Vec<Found<'a>>) {
    for hit in ctx.lookups.named(&[List::Series]) {
        find_in_series(ctx, hit, out);
    }
}

/// An ordinal after or before the series' name: the member, listed or not.
fn find_in_series<'a>(ctx: &Context<'_, 'a>, hit: &Lookup, out: &mut Vec<Found<'a>>) {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let (number, first, end, form) = if hit.column_name() == "acronyms" {
        let at = if matches!(ctx.word(end), "-" | "–") { end + 1 } else { end };
        let Some(number) =
            ctx.tokens.get(at).filter(|t| t.kind == Kind::Number && ctx.same_line(at)).and_then(|_| ctx.word(at).parse().ok()).filter(|n| *n < 200)
        else {
            return;
        };
        (number, first, at + 1, Form::Acronym)
    } else {
        let Some((number, start)) = first.checked_sub(1).and_then(|i| ordinal(ctx, i)) else { return };
        (number, start, end, Form::Full)
    };
    let series = ctx.cell(hit, Column::Id);
    let mut found = ctx.by_rule(first, end, Label::Event, form, "event.ordinal_of_series", 0.95);
    found.kind = ctx.cell(hit, Column::Kind);
    found.entry = member(ctx, series, number).map(|entry| (List::Events, entry)).or(Some((List::Series, hit.entry)));
    found.link = Some(number);
    out.push(found);
}

/// The listed event of a series with an ordinal.
fn member(ctx: &Context<'_, '_>, series: &str, number: u32) -> Option<EntryId> {
    ctx.table
        .entries(List::Events)
        .find(|e| ctx.table.cell(List::Events, *e, Column::Series) == series && ctx.table.cell(List::Events, *e, Column::Ordinal).parse() == Ok(number))
}
