//! Elections with their state or region and their year: "2019 Australian federal election", "Ontario general election, 1999".

use super::is_year;
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, Lookup};
use crate::recognize::{Context, Found, Names};

/// The election whose head is `hit` ("general election").
pub(super) fn dated<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, hit: &Lookup) -> Option<Found<'a>> {
    if ctx.cell(hit, Column::Kind) != "election" || ctx.shouted(hit.first as usize) {
        return None;
    }
    let (mut first, mut end) = (hit.first as usize, hit.end as usize);
    let whose = names.ending(first).filter(|f| matches!(f.label, Label::State | Label::Place) && ctx.same_line(first) && ctx.tokens[first - 1].clitic == 0);
    if let Some(whose) = whose {
        first = whose.first as usize;
    }
    let year_before = first > 0 && ctx.same_line(first) && is_year(ctx, first - 1) && ctx.tokens[first - 1].clitic == 0;
    if year_before {
        first -= 1;
    } else if whose.is_some() && ctx.word(end) == "," && is_year(ctx, end + 1) {
        end += 2;
    } else {
        return None;
    }
    // "the 2020 general election" names no place.
    whose?;
    let mut found = ctx.by_rule(first, end, Label::Event, Form::Name, "event.election", 0.85);
    found.kind = "election";
    Some(found)
}
