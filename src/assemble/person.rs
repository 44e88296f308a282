//! People: names, links to the list, near spellings and whom else a name may mean.

use super::Builder;
use crate::annotation::{Candidate, Person, Score};
use crate::gazetteer::{Column, List};
use crate::resolve::similar::similar;

impl Builder<'_, '_> {
    pub(super) fn add_person(&mut self, e: usize) {
        let entry = self.parts.entities[e].entry;
        let mentions = self.mentions(e);
        let person = Person {
            id: self.id(e),
            name: self.name(e),
            known: entry.is_some(),
            reference: self.reference(entry),
            wikidata: self.cell(entry, Column::Wikidata),
            similar: if entry.is_none() { self.similar(e) } else { Vec::new() },
            candidates: self.candidates(e),
            salience: self.salience(e),
            count: mentions.len(),
            mentions,
        };
        self.out.people.push(person);
    }

    /// Near spellings on the list of a full name that is on none.
    fn similar(&self, e: usize) -> Vec<Candidate> {
        similar(self.table(), self.parts.near_letters, self.longest(e))
    }

    /// Whom else a person's mentions may name: other people of the text with that surname, leaders on the list who share it.
    fn candidates(&self, e: usize) -> Vec<Candidate> {
        let entity = &self.parts.entities[e];
        let date = self.parts.dated.given.as_ref().map(|g| g.value.as_str());
        let mut out: Vec<Candidate> = Vec::new();
        for rival in &entity.rivals {
            let reference = self.reference(self.parts.entities[*rival].entry).unwrap_or_else(|| self.id(*rival).to_string());
            out.push(Candidate { reference, score: Score(0.3), why: Some(format!("{} in this text has that name too", self.name(*rival))) });
        }
        let lone = entity.mentions.first().map(|m| &self.parts.found[*m]).filter(|f| f.entry.is_none() && f.end == f.first + 1);
        let Some(found) = lone.filter(|_| entity.entry.is_none() && entity.mentions.iter().all(|m| self.parts.found[*m].entry.is_none())) else {
            return out;
        };
        let hits = self.parts.ctx.lookups.at(found.first as usize).iter().filter(|h| h.list == List::People && h.end == found.end);
        for hit in hits {
            let in_office = date.is_some_and(|date| self.parts.tenures.in_office(hit.entry, date));
            let reference = ["people/", self.table().cell(List::People, hit.entry, Column::Id)].concat();
            let why = if in_office { "surname; in office at the document's date" } else { "surname" };
            if !out.iter().any(|known| known.reference == reference) {
                out.push(Candidate { reference, score: Score(if in_office { 0.5 } else { 0.2 }), why: Some(why.to_owned()) });
            }
        }
        out.sort_by(|a, b| b.score.0.total_cmp(&a.score.0).then_with(|| a.reference.cmp(&b.reference)));
        out
    }
}
