//! Organisations: kind and state as the list or the text gives them, and other bodies of the same name.

use super::Builder;
use crate::annotation::{Candidate, Label, Organization, Score};
use crate::gazetteer::{Column, EntryId, List, Lookup, Strength};

impl<'t> Builder<'_, 't> {
    pub(super) fn add_organization(&mut self, e: usize) {
        let entity = &self.parts.entities[e];
        let entry = entity.entry;
        let mentions = self.mentions(e);
        let kind = self.cell(entry, Column::Kind).or(Some(entity.kind)).filter(|k| !k.is_empty());
        let nested = || entity.mentions.iter().find_map(|m| self.nested_state(*m));
        let issuer = || self.parts.issuer.filter(|i| kind == Some("ministry") && i.is_sure()).map(|i| self.state_code(Some((List::States, i.state))));
        let organization = Organization {
            id: self.id(e),
            name: self.name(e),
            kind,
            state: self.cell(entry, Column::State).filter(|s| s.len() == 2).or_else(|| if entry.is_none() { nested().or_else(issuer) } else { None }),
            known: entry.is_some(),
            reference: self.reference(entry),
            wikidata: self.cell(entry, Column::Wikidata),
            aliases: self.aliases(e),
            implicit: false,
            candidates: self.namesakes(e),
            salience: self.salience(e),
            count: mentions.len(),
            mentions,
        };
        self.out.organizations.push(organization);
    }

    fn nested_state(&self, mention: usize) -> Option<&'t str> {
        let span = self.parts.found[mention].span;
        let inner = self.parts.found.iter().find(|f| f.label == Label::State && span.contains(f.span))?;
        Some(self.state_code(inner.entry))
    }

    /// The listed bodies that have the name of every mention too: nothing in the text tells them apart.
    fn namesakes(&self, e: usize) -> Vec<Candidate> {
        let entity = &self.parts.entities[e];
        let mut others: Option<Vec<EntryId>> = None;
        for mention in &entity.mentions {
            let own = self.bodies_at(*mention);
            match &mut others {
                None => others = Some(own),
                Some(others) => others.retain(|entry| own.contains(entry)),
            }
            if others.as_ref().is_some_and(|others| others.len() < 2) {
                return Vec::new();
            }
        }
        let chosen = entity.entry.map(|(_, entry)| entry);
        let candidate = |entry: EntryId| {
            let cell = |column| self.table().cell(List::Organizations, entry, column);
            let why = ["the same name: ", cell(Column::Name)].concat();
            Candidate { reference: ["organizations/", cell(Column::Id)].concat(), score: Score(0.3), why: Some(why) }
        };
        others.unwrap_or_default().into_iter().filter(|entry| Some(*entry) != chosen).map(candidate).collect()
    }

    /// The listed bodies that a mention's words name, each once.
    fn bodies_at(&self, mention: usize) -> Vec<EntryId> {
        let found = &self.parts.found[mention];
        let ctx = self.parts.ctx;
        let names = |hit: &&Lookup| hit.list == List::Organizations && hit.end == found.end && hit.strength != Strength::Weak;
        let mut out: Vec<EntryId> = Vec::new();
        for hit in ctx.lookups.at(found.first as usize).iter().filter(names).filter(|hit| ctx.guards_agree(hit)) {
            if !out.contains(&hit.entry) {
                out.push(hit.entry);
            }
        }
        out
    }
}
