//! The issuer: on whose behalf the text speaks.

use std::collections::BTreeMap;

use crate::annotation::Label;
use crate::gazetteer::{Column, EntryId, List};
use crate::recognize::{Context, Found};
use crate::resolve::holder::Held;
use crate::resolve::tenure::{Post, Tenures};

/// Issuing state with its basis and confidence.
#[derive(Clone, Copy, Debug)]
pub struct IssuerState {
    /// The state's entry.
    pub state: EntryId,
    /// What spoke for it most.
    pub basis: &'static str,
    /// Confidence.
    pub conf: f32,
    /// Index of the issuing organisation's mention.
    pub org: Option<usize>,
}

impl IssuerState {
    /// Whether it may be taken for the state of offices and bodies named without one.
    pub fn is_sure(&self) -> bool {
        self.conf >= 0.55
    }
}

/// Weighs what hints at the issuer: unowned offices of listed people, the dateline's city, the
/// publisher, the first ministry.
pub fn find<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], held: &[Held<'a>], tenures: &Tenures<'a>) -> Option<IssuerState> {
    let mut votes: BTreeMap<&'a str, (f32, &'static str, f32)> = BTreeMap::new();
    let mut vote = |code: &'a str, weight: f32, basis: &'static str| {
        if code.len() == 2 {
            let entry = votes.entry(code).or_insert((0.0, basis, 0.0));
            entry.0 += weight;
            if weight > entry.2 {
                (entry.1, entry.2) = (basis, weight);
            }
        }
    };
    for h in held.iter().filter(|h| h.state.is_none() && h.org.is_none()).take(4) {
        if let Some(code) = h.person.and_then(|p| listed_state(tenures, ctx, &found[p], h)) {
            vote(code, 1.5, "office-holder named without a state");
        }
    }
    let lead = ctx.tokens.len().min(60) as u32;
    for f in found.iter().filter(|f| f.first < lead) {
        if let (Label::Place, Some((List::Places, e))) = (f.label, f.entry)
            && is_dateline(ctx, f)
        {
            vote(ctx.table.cell(List::Places, e, Column::State), 1.5, "dateline");
        }
    }
    let mut org = None;
    for (i, f) in found.iter().enumerate().filter(|(_, f)| f.label == Label::Organization) {
        let Some((List::Organizations, e)) = f.entry else { continue };
        let near = f.first < lead || f.end as usize + 60 > ctx.tokens.len();
        match f.kind {
            "media" if near => vote(ctx.table.cell(List::Organizations, e, Column::State), 0.8, "publisher"),
            "ministry" | "agency" | "government" if f.first < lead => {
                org = org.or(Some(i));
                // "The Canadian Government has expressed": others speak of a government so.
                let weight = if f.kind == "government" { 0.3 } else { 0.8 };
                vote(ctx.table.cell(List::Organizations, e, Column::State), weight, "government body in the lead");
            }
            _ => {}
        }
    }
    let total: f32 = votes.values().map(|v| v.0).sum();
    let (code, (weight, basis, _)) = votes.into_iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(a.0)))?;
    let state = ctx.table.entry(List::States, code)?;
    let conf = (weight / total) * (0.5 + 0.15 * weight).min(0.95);
    (conf >= 0.5).then_some(IssuerState { state, basis, conf, org })
}

/// State of the office that a listed person holds, when the title matches it.
fn listed_state<'a>(tenures: &Tenures<'a>, ctx: &Context<'_, 'a>, person: &Found<'a>, held: &Held<'a>) -> Option<&'a str> {
    let (List::People, entry) = person.entry? else { return None };
    let post = Post { class: held.role.class, portfolio: held.role.portfolio, state: "", org: "" };
    let tenure = tenures.matching(entry, &post).pop()?;
    Some(ctx.table.cell(List::Tenures, tenure, Column::State)).filter(|s| !s.is_empty())
}

/// A place that opens a line and is followed by a comma, dash, bracket or date.
fn is_dateline<'a>(ctx: &Context<'_, 'a>, f: &Found<'a>) -> bool {
    let (first, end) = (f.first as usize, f.end as usize);
    ctx.opens(first) && matches!(ctx.word(end), "," | "-" | "–" | "—" | "(" | ":" | ".")
}
