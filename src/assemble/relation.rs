//! The relations of the result.

use std::borrow::Cow;

use super::Builder;
use crate::annotation::{EntityRef, Id, Participant, Relation, Score, Trigger};
use crate::gazetteer::List;
use crate::relation::{Side, Who};

impl<'t> Builder<'_, 't> {
    /// Adds the relations, with the offices and states of their sides.
    pub(super) fn add_relations(&mut self) {
        for (i, told) in self.parts.relations.iter().enumerate() {
            let participants: Vec<Participant<'t>> = told.sides.iter().map(|side| self.participant(side)).collect();
            let place = told.place.map(|who| self.reference_to(who));
            let mut states: Vec<&'t str> = Vec::new();
            for reference in participants.iter().flat_map(|p| std::iter::once(&p.entity).chain(&p.acts_for)).chain(&place) {
                if let Some(code) = self.state_of(*reference).filter(|code| !states.contains(code)) {
                    states.push(code);
                }
            }
            let (start, end, _) = self.place(told.trigger);
            let (first, last, _) = self.place(told.evidence);
            self.out.relations.push(Relation {
                id: Id { letter: 'x', number: i as u32 + 1 },
                kind: told.kind,
                plover: Some(told.plover).filter(|class| !class.is_empty()),
                trigger: Trigger { start, end },
                within: self.in_title(told.trigger).then_some("title"),
                date: told.date.map(|t| Cow::Owned(self.parts.dated.timexes[t].value.clone())),
                date_basis: told.basis.map(|basis| basis.name()),
                place,
                participants,
                states,
                tense: told.tense.name(),
                attributed_by: told.attributed.map(|who| self.reference_to(who)),
                evidence: [first, last],
                content: told.content.map(|span| self.place(span)).map(|(start, end, _)| [start, end]),
                conf: Score(told.conf),
            });
        }
    }

    fn reference_to(&self, who: Who) -> EntityRef<'t> {
        match who {
            Who::Entity(e) => self.ids[e],
            Who::State(entry) => EntityRef::State(self.state_code(Some((List::States, entry)))),
        }
    }

    /// A side with the office that the text gives it, and for whom it acts by that.
    fn participant(&self, side: &Side<'t>) -> Participant<'t> {
        let entity = self.reference_to(side.who);
        let part = Some(side.part).filter(|part| !part.is_empty());
        let mut acts_for: Vec<EntityRef<'t>> = Vec::new();
        let mut role = side.office.and_then(|mention| self.role_of.get(&mention).copied());
        if let EntityRef::Id(id) = entity {
            let in_office = self.out.roles.iter().filter(|r| r.person == Some(id) && !matches!(r.status, "former" | "late"));
            for held in in_office {
                role = role.or(Some(held.id));
                for owner in held.org.map(EntityRef::Id).into_iter().chain(held.state.map(EntityRef::State)) {
                    if !acts_for.contains(&owner) {
                        acts_for.push(owner);
                    }
                }
            }
        }
        Participant { entity, role, acts_for, part }
    }

    /// The state a reference is, belongs to or lies in.
    fn state_of(&self, reference: EntityRef<'t>) -> Option<&'t str> {
        match reference {
            EntityRef::State(code) => Some(code).filter(|code| *code != "--"),
            EntityRef::Id(id) => match id.letter {
                'o' => self.out.organizations.iter().find(|o| o.id == id).and_then(|o| o.state),
                'l' => self.out.places.iter().find(|l| l.id == id).and_then(|l| l.state),
                _ => None,
            },
        }
    }
}
