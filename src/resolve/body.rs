//! Bodies named without their state: "the Foreign Ministry" of the issuer, "Armenia's Parliament".

use crate::annotation::Label;
use crate::gazetteer::{Column, EntryId, List, Strength};
use crate::recognize::{Context, Found, Via};
use crate::resolve::coreference::Entity;

/// Links entities that only bare heads name to the listed body of the neighbouring state, else of the issuer's.
pub fn link<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], entities: &mut [Entity<'a>], issuer: Option<EntryId>) {
    for e in 0..entities.len() {
        let entity = &entities[e];
        let bare = |m: &usize| found[*m].via == Via::Rule("organization.bare_head");
        if entity.label != Label::Organization || entity.entry.is_some() || !entity.mentions.iter().any(bare) {
            continue;
        }
        let neighbour = entity.mentions.iter().find_map(|m| state_before(found, &found[*m]));
        let Some(state) = neighbour.or(issuer) else { continue };
        let code = ctx.table.cell(List::States, state, Column::Id);
        let Some(body) = entity.mentions.iter().find_map(|m| listed(ctx, &found[*m], code)) else { continue };
        let entry = Some((List::Organizations, body));
        // One entity per body: where another mention is linked to it already, this one stays apart.
        if !entities.iter().any(|other| other.entry == entry) {
            entities[e].entry = entry;
        }
    }
}

/// The state whose name or possessive stands straight before the mention.
fn state_before<'a>(found: &[Found<'a>], mention: &Found<'a>) -> Option<EntryId> {
    let state = found.iter().find(|f| f.label == Label::State && f.end == mention.first)?;
    state.entry.map(|(_, entry)| entry)
}

/// The body of the state `code` whose weak name the mention is, if there is only one.
fn listed<'a>(ctx: &Context<'_, 'a>, mention: &Found<'a>, code: &str) -> Option<EntryId> {
    let hits = ctx.lookups.at(mention.first as usize).iter();
    let mut fitting =
        hits.filter(|h| h.list == List::Organizations && h.strength == Strength::Weak && h.end == mention.end && ctx.cell(h, Column::State) == code);
    let body = fitting.next()?.entry;
    fitting.all(|h| h.entry == body).then_some(body)
}
