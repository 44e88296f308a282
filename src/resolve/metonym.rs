//! Metonyms: a capital or a seat of government that speaks for its state.
//!
//! "Baku said …" stays a place, "the Kremlin denied …" an organisation; both say for which state they stand.

use crate::annotation::Label;
use crate::gazetteer::{Column, EntryId, List};
use crate::recognize::{Context, Found};
use crate::token::Case;

/// Seats of government, by the ids of their entries: what they do, the state does.
const SEATS: &[&str] = &["white-house", "kremlin", "downing-street"];
/// Seats of other governments too, so that their names stand for no one state.
const SHARED: &[&str] = &["BE", "NL", "CH"];

/// The state that `found` stands for here.
pub fn state_of<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>) -> Option<EntryId> {
    match (found.label, found.entry?) {
        (Label::Organization, (List::Organizations, entry)) => {
            let seat = SEATS.contains(&ctx.table.cell(List::Organizations, entry, Column::Id));
            seat.then(|| ctx.table.entry(List::States, ctx.table.cell(List::Organizations, entry, Column::State)))?
        }
        (Label::Place, (List::Places, entry)) => {
            let state = ctx.table.cell(List::Places, entry, Column::State);
            let capital = ctx.table.entry(List::States, state).filter(|_| !SHARED.contains(&state))?;
            let is_capital = capital_names(ctx, capital).any(|name| name == ctx.table.cell(List::Places, entry, Column::Name));
            (is_capital && (acts(ctx, found) || faces_another(ctx, found))).then_some(capital)
        }
        _ => None,
    }
}

fn capital_names<'a>(ctx: &Context<'_, 'a>, state: EntryId) -> impl Iterator<Item = &'a str> {
    ctx.table.cell(List::States, state, Column::Capital).split('|')
}

/// A verb of saying behind the name, which no preposition of place leads in: "Baku rejected".
fn acts<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>) -> bool {
    let (first, end) = (found.first as usize, found.end as usize);
    let placed = first > 0 && ctx.joined(first) && ctx.is_any(first - 1, &["in", "at", "near", "from", "to", "outside", "around", "of"]);
    let verb = |i: usize| ctx.is_in(i, List::SpeechVerbs) && ctx.tokens[i].case == Case::Lower;
    let helped = ctx.is_any(end, &["has", "have", "had", "will", "would", "also"]) && verb(end + 1);
    !placed && ctx.tokens[end - 1].clitic == 0 && ctx.joined(end) && (verb(end) || helped)
}

/// "between Baku and Yerevan": one of two capitals after "between".
fn faces_another<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>) -> bool {
    let (first, end) = (found.first as usize, found.end as usize);
    let is_capital = |i: usize| {
        ctx.lookups.at(i).iter().any(|h| {
            h.list == List::Places
                && ctx
                    .table
                    .entry(List::States, ctx.cell(h, Column::State))
                    .is_some_and(|s| capital_names(ctx, s).any(|name| name == ctx.cell(h, Column::Name)))
        })
    };
    let bond =
        |between: usize| ["relations", "ties", "talks", "dialogue", "agreement", "peace", "tensions", "negotiations"].iter().any(|w| ctx.is_any(between, &[w]));
    let leads = first >= 2 && ctx.is_any(first - 1, &["between"]) && bond(first - 2) && ctx.is_any(end, &["and"]) && is_capital(end + 1);
    let follows = first >= 4
        && ctx.is_any(first - 1, &["and"])
        && (first.saturating_sub(4)..first - 1).any(|k| k >= 2 && ctx.is_any(k - 1, &["between"]) && bond(k - 2) && is_capital(k));
    leads || follows
}
