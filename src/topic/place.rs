//! Places in a document: title, lead, body, and what stands in every release of a sender.

use crate::gazetteer::{Column, List};
use crate::recognize::Context;
use crate::token::Gap;

/// Tokens after the title that count as the lead.
const LEAD: u32 = 100;
/// Longest line, in tokens, that is a heading.
const HEADING: usize = 14;
/// Tokens within which a run-in heading has its colon ("About Acme: Acme is…").
const RUN_IN: usize = 10;

/// Where the parts of a document begin.
pub struct Places {
    /// One past the title's last token.
    title: u32,
    /// First token of the boilerplate.
    boilerplate: u32,
}

impl Places {
    /// Of the document that `ctx` shows.
    pub fn of(ctx: &Context<'_, '_>) -> Places {
        let title = ctx.tokens.iter().skip(1).position(|t| t.gap >= Gap::Line).map_or(0, |i| i as u32 + 1);
        // A release says what it has to say before it speaks of its sender.
        let earliest = (title as usize).max(ctx.tokens.len() / 3);
        let opens = |i: &usize| ctx.tokens[*i].gap >= Gap::Line && ctx.has(*i, List::BoilerplateHeads) && is_heading(ctx, *i);
        let boilerplate = (earliest..ctx.tokens.len()).find(opens).unwrap_or(ctx.tokens.len());
        Places { title, boilerplate: boilerplate as u32 }
    }

    /// What a cue at this token counts.
    pub fn factor(&self, token: u32) -> f32 {
        if token >= self.boilerplate {
            0.3
        } else if token < self.title {
            1.5
        } else if token < self.title + LEAD {
            1.3
        } else {
            1.0
        }
    }
}

/// Whether a head of boilerplate at token `i` heads what follows: alone on a short line, or before a colon; and with the
/// name that it may need ("About Acme", not "About 200 people").
fn is_heading(ctx: &Context<'_, '_>, i: usize) -> bool {
    let line = 1 + ctx.tokens[i + 1..].iter().take(HEADING + 1).take_while(|t| t.gap < Gap::Line).count();
    let short = line <= HEADING || (i..i + RUN_IN.min(line)).any(|k| ctx.word(k) == ":");
    let fits = |hit: &&crate::gazetteer::Lookup| {
        let next = hit.end as usize;
        let named = || ctx.same_line(next) && (ctx.tokens[next].is_capitalized() || ctx.is_any(next, &["the"]));
        hit.list == List::BoilerplateHeads && (ctx.cell(hit, Column::Next) != "name" || next < ctx.tokens.len() && named())
    };
    short && !ctx.word(i + line - 1).ends_with(['?', '!']) && ctx.lookups.at(i).iter().any(|hit| fits(&hit))
}
