//! Keeping part of a result: `--only`, `--min-conf`, `--flat`.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{Anchor, EntityRef, Extraction, Id, Label, Mention, Score};

/// A part of a result that can be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// People.
    People,
    /// Roles.
    Roles,
    /// States.
    States,
    /// Organisations.
    Organizations,
    /// Places.
    Places,
    /// Agreements.
    Agreements,
    /// Events.
    Events,
    /// Dates.
    Dates,
    /// Topics.
    Topics,
    /// Relations.
    Relations,
}

impl Part {
    /// The part that holds entities of a mention's type.
    pub fn of(label: Label) -> Part {
        match label {
            Label::Person => Part::People,
            Label::Role => Part::Roles,
            Label::State => Part::States,
            Label::Organization => Part::Organizations,
            Label::Place => Part::Places,
            Label::Agreement => Part::Agreements,
            Label::Event => Part::Events,
            Label::Date => Part::Dates,
        }
    }
}

/// What to keep of a result. The default keeps everything.
///
/// Ids stay what they were, so two views of one document can be compared. A reference to
/// something dropped is removed (a state's code stays: it says something by itself), and so is
/// a topic's evidence that is nothing but such a reference; weights are not made up for it.
/// An entity goes when all its mentions went; one that never had any (an implicit
/// organisation) stays while a role names it. With relations asked for and their sides not, the sides
/// stay without mentions, for a relation is nothing without their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Keep these parts alone; empty: all.
    pub only: BTreeSet<Part>,
    /// Drop mentions, roles and relations below this confidence. Topics have a score, not a confidence.
    pub min_conf: Option<f32>,
    /// Keep the outermost mentions, looking through role spans. Applied last: a mention inside a
    /// dropped one is outermost.
    pub flat: bool,
}

impl Filter {
    /// Whether it keeps everything.
    pub fn is_empty(&self) -> bool {
        self.only.is_empty() && self.min_conf.is_none() && !self.flat
    }

    /// Applies the filter.
    pub fn apply(&self, result: &mut Extraction<'_>) {
        if self.is_empty() {
            return;
        }
        self.mentions(result);
        let kept: BTreeSet<Id> = result.mentions.iter().map(|mention| mention.id).collect();
        self.roles(result, &kept);
        self.entities(result, &kept);
        self.references(result, &kept);
    }

    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    fn sure(&self, conf: Score) -> bool {
        // Compared as shown, with two decimals: `--min-conf 0.8` keeps what reads 0.8.
        self.min_conf.is_none_or(|least| (conf.0 * 100.0).round() >= (least * 100.0).round())
    }

    /// Drops mentions and joins those nested in a dropped one to the next one outward.
    fn mentions(&self, result: &mut Extraction<'_>) {
        // A role mention whose office-holdings all go names nothing any more.
        let offices: BTreeSet<Id> = result.roles.iter().filter(|role| self.sure(role.conf)).map(|role| role.mention).collect();
        let keeps = |m: &Mention<'_>| self.wants(Part::of(m.label)) && self.sure(m.conf) && (m.label != Label::Role || offices.contains(&m.id));
        let all: BTreeMap<Id, (Option<Id>, bool, Label)> = result.mentions.iter().map(|m| (m.id, (m.nested_in, keeps(m), m.label))).collect();
        let outward = |from: Option<Id>| std::iter::successors(from, |id| all.get(id).and_then(|(outer, ..)| *outer));
        let is_kept = |id: &Id| all.get(id).is_some_and(|(_, kept, _)| *kept);
        let is_role = |id: &Id| all.get(id).is_some_and(|(.., label)| *label == Label::Role);
        result.mentions.retain_mut(|m| {
            if !is_kept(&m.id) {
                return false;
            }
            m.nested_in = outward(m.nested_in).find(|id| is_kept(id));
            !(self.flat && outward(m.nested_in).any(|id| is_kept(&id) && !is_role(&id)))
        });
    }

    fn roles(&self, result: &mut Extraction<'_>, kept: &BTreeSet<Id>) {
        let wanted = self.wants(Part::Roles);
        result.roles.retain(|role| wanted && self.sure(role.conf) && kept.contains(&role.mention));
    }

    fn entities(&self, result: &mut Extraction<'_>, kept: &BTreeSet<Id>) {
        let named: BTreeSet<Id> = result.roles.iter().filter_map(|role| role.org).collect();
        let sides = self.sides(result);
        macro_rules! thin {
            ($part:expr, $array:ident, |$entity:ident| $stays:expr $(, $count:ident)?) => {{
                let wanted = self.wants($part);
                result.$array.retain_mut(|$entity| {
                    let before = $entity.mentions.len();
                    $entity.mentions.retain(|id| kept.contains(id));
                    $($entity.$count = $entity.mentions.len();)?
                    if wanted { if before > 0 { !$entity.mentions.is_empty() } else { $stays } } else { is_side(&sides, $entity) }
                });
            }};
        }
        thin!(Part::People, people, |_person| true, count);
        thin!(Part::States, states, |_state| true, count);
        thin!(Part::Organizations, organizations, |org| named.contains(&org.id), count);
        thin!(Part::Places, places, |_place| true, count);
        thin!(Part::Agreements, agreements, |_agreement| true, count);
        thin!(Part::Events, events, |_event| true, count);
        thin!(Part::Dates, dates, |_date| true);
        if !self.wants(Part::Topics) {
            result.topics.clear();
        }
        let wanted = self.wants(Part::Relations);
        result.relations.retain(|relation| wanted && self.sure(relation.conf));
    }

    /// What the kept relations name: alone they would say little.
    fn sides(&self, result: &Extraction<'_>) -> BTreeSet<Id> {
        let kept = result.relations.iter().filter(|relation| self.wants(Part::Relations) && self.sure(relation.conf));
        let references = kept.flat_map(|relation| {
            let sides = relation.participants.iter().flat_map(|side| std::iter::once(side.entity).chain(side.acts_for.iter().copied()));
            sides.chain(relation.place).chain(relation.attributed_by)
        });
        references.filter_map(|reference| if let EntityRef::Id(id) = reference { Some(id) } else { None }).collect()
    }

    fn references(&self, result: &mut Extraction<'_>, kept: &BTreeSet<Id>) {
        let ids: BTreeSet<Id> = (result.people.iter().map(|e| e.id))
            .chain(result.roles.iter().map(|e| e.id))
            .chain(result.organizations.iter().map(|e| e.id))
            .chain(result.places.iter().map(|e| e.id))
            .chain(result.agreements.iter().map(|e| e.id))
            .chain(result.events.iter().map(|e| e.id))
            .chain(result.dates.iter().map(|e| e.id))
            .chain(result.relations.iter().map(|e| e.id))
            .collect();
        let role_of: BTreeMap<Id, Id> = result.roles.iter().rev().map(|role| (role.mention, role.id)).collect();
        for mention in &mut result.mentions {
            follow(mention, &role_of, kept);
        }

        for role in &mut result.roles {
            role.person = role.person.filter(|id| ids.contains(id));
            role.org = role.org.filter(|id| ids.contains(id));
        }
        for event in &mut result.events {
            event.under = event.under.take().filter(|under| !is_id(under, 'a') || ids.iter().any(|id| id.to_string() == *under));
        }
        for topic in &mut result.topics {
            topic.evidence.retain_mut(|evidence| {
                if let Some(EntityRef::Id(id)) = evidence.by
                    && !ids.contains(&id)
                {
                    evidence.by = None;
                }
                evidence.by.is_some() || evidence.span.is_some()
            });
        }
        let stays = |reference: &EntityRef<'_>| matches!(reference, EntityRef::State(_)) || matches!(reference, EntityRef::Id(id) if ids.contains(id));
        result.relations.retain_mut(|relation| {
            relation.place = relation.place.filter(stays);
            relation.attributed_by = relation.attributed_by.filter(stays);
            relation.participants.retain(|participant| stays(&participant.entity));
            for participant in &mut relation.participants {
                participant.role = participant.role.filter(|id| ids.contains(id));
                participant.acts_for.retain(stays);
            }
            !relation.participants.is_empty()
        });
        if let Some(date) = &mut result.doc.date {
            date.mention = date.mention.filter(|id| kept.contains(id));
        }
        if let Some(issuer) = &mut result.doc.issuer {
            issuer.org = issuer.org.filter(|id| ids.contains(id));
            if issuer.org.is_none() && issuer.state.is_none() {
                result.doc.issuer = None;
            }
        }
    }
}

/// What can be a side of a relation.
trait Sided {
    /// Its id; states have a code.
    fn side(&self) -> Option<Id>;
}

macro_rules! sided {
    ($($kind:ident),+) => { $(impl Sided for crate::annotation::$kind<'_> {
        fn side(&self) -> Option<Id> {
            Some(self.id)
        }
    })+ };
}
sided!(Person, Organization, Place, Agreement, Event, Date);

impl Sided for crate::annotation::State<'_> {
    fn side(&self) -> Option<Id> {
        None
    }
}

fn is_side(sides: &BTreeSet<Id>, entity: &impl Sided) -> bool {
    entity.side().is_some_and(|id| sides.contains(&id))
}

/// Removes or redirects what a kept mention refers to.
fn follow(mention: &mut Mention<'_>, role_of: &BTreeMap<Id, Id>, kept: &BTreeSet<Id>) {
    if mention.label == Label::Role
        && let Some(role) = role_of.get(&mention.id)
    {
        mention.entity = EntityRef::Id(*role); // its first entry may have gone
    }
    if let Some(date) = &mut mention.date
        && let Some(Anchor::Mention(id)) = date.anchor
        && !kept.contains(&id)
    {
        date.anchor = None;
    }
}

/// Whether a text is an id of this document with that letter (`a1`), not a gazetteer reference.
fn is_id(text: &str, letter: char) -> bool {
    text.strip_prefix(letter).is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::*;

    fn id(letter: char, number: u32) -> Id {
        Id { letter, number }
    }

    fn mention(number: u32, label: Label, entity: EntityRef<'static>, nested_in: Option<u32>, conf: f32) -> Mention<'static> {
        let nested_in = nested_in.map(|outer| id('m', outer));
        let (form, stands_for, within, date) = (None, None, None, None);
        let via = "rule:test".into();
        Mention { id: id('m', number), start: 0, end: 0, text: "", label, entity, form, stands_for, nested_in, within, via, conf: Score(conf), date }
    }

    /// `[m0 role [m1 org [m2 state]]] [m3 person] [m4 org]`, one topic that rests on an organisation.
    fn sample() -> Extraction<'static> {
        let state = EntityRef::State("AM");
        let org = |number, mentions: Vec<Id>| Organization {
            id: id('o', number),
            name: "".into(),
            kind: None,
            state: None,
            known: false,
            reference: None,
            wikidata: None,
            aliases: vec![],
            implicit: mentions.is_empty(),
            candidates: vec![],
            salience: Score(0.0),
            count: mentions.len(),
            mentions,
        };
        let role = |number, org| Role {
            id: id('r', number),
            title: "".into(),
            class: "minister",
            portfolio: None,
            mention: id('m', 0),
            person: Some(id('p', 1)),
            org: Some(id('o', org)),
            state: Some("AM"),
            inferred: false,
            status: "current",
            link: None,
            state_basis: None,
            on_list: None,
            conf: Score(if number == 1 { 0.5 } else { 0.9 }),
        };
        let evidence = |by| Evidence { span: None, text: None, by: Some(by), w: Score(0.5) };
        Extraction {
            schema: SCHEMA,
            doc: Doc { issuer: Some(Issuer { org: Some(id('o', 2)), state: None, basis: "", conf: Score(1.0) }), ..Doc::default() },
            people: vec![Person {
                id: id('p', 1),
                name: "".into(),
                known: false,
                reference: None,
                wikidata: None,
                similar: vec![],
                candidates: vec![],
                salience: Score(0.0),
                mentions: vec![id('m', 3)],
                count: 1,
            }],
            roles: vec![role(1, 1), role(2, 3)],
            states: vec![State { id: "AM", name: "Armenia", iso3: None, wikidata: None, salience: Score(0.0), mentions: vec![id('m', 2)], count: 1 }],
            organizations: vec![org(1, vec![id('m', 1)]), org(2, vec![id('m', 4)]), org(3, vec![])],
            places: vec![],
            agreements: vec![],
            events: vec![],
            dates: vec![],
            topics: vec![Topic {
                id: "defence",
                label: "Defence",
                main: true,
                score: Score(1.0),
                evidence: vec![evidence(EntityRef::Id(id('o', 2))), evidence(state)],
                maps: None,
            }],
            relations: vec![Relation {
                id: id('x', 1),
                kind: "statement",
                plover: None,
                trigger: Trigger { start: 0, end: 0 },
                within: None,
                date: None,
                date_basis: None,
                place: None,
                participants: vec![Participant {
                    entity: EntityRef::Id(id('p', 1)),
                    role: Some(id('r', 1)),
                    acts_for: vec![EntityRef::Id(id('o', 1))],
                    part: Some("speaker"),
                }],
                states: vec!["AM"],
                tense: "past",
                attributed_by: None,
                evidence: [0, 0],
                content: None,
                conf: Score(0.7),
            }],
            mentions: vec![
                mention(0, Label::Role, EntityRef::Id(id('r', 1)), None, 0.9),
                mention(1, Label::Organization, EntityRef::Id(id('o', 1)), Some(0), 0.6),
                mention(2, Label::State, state, Some(1), 0.9),
                mention(3, Label::Person, EntityRef::Id(id('p', 1)), None, 0.9),
                mention(4, Label::Organization, EntityRef::Id(id('o', 2)), None, 0.6),
            ],
        }
    }

    fn filtered(filter: &Filter) -> Extraction<'static> {
        let mut result = sample();
        filter.apply(&mut result);
        result
    }

    fn numbers(result: &Extraction<'_>) -> Vec<u32> {
        result.mentions.iter().map(|mention| mention.id.number).collect()
    }

    #[test]
    fn flat_looks_through_roles_only() {
        let result = filtered(&Filter { flat: true, ..Filter::default() });
        assert_eq!(numbers(&result), [0, 1, 3, 4]);
        assert!(result.states.is_empty(), "its only mention stood inside an organisation's");
        assert_eq!(result.organizations.len(), 3, "the implicit one belongs to a role");
    }

    #[test]
    fn confidence_moves_what_rests_on_the_dropped() {
        let result = filtered(&Filter { min_conf: Some(0.8), ..Filter::default() });
        assert_eq!(numbers(&result), [0, 2, 3]);
        assert_eq!(result.mentions[1].nested_in, Some(id('m', 0)), "the next one outward");
        assert_eq!(result.mentions[0].entity, EntityRef::Id(id('r', 2)), "the first office-holding left");
        assert_eq!(result.roles.iter().map(|role| role.id).collect::<Vec<_>>(), [id('r', 2)]);
        assert_eq!(result.organizations.iter().map(|org| org.id).collect::<Vec<_>>(), [id('o', 3)]);
        assert_eq!(result.topics[0].evidence.len(), 1, "a state speaks for itself, a dropped organisation does not");
        assert!(result.doc.issuer.is_none());
    }

    #[test]
    fn a_role_mention_goes_with_its_last_office() {
        let mut result = sample();
        result.roles.truncate(1);
        Filter { min_conf: Some(0.55), ..Filter::default() }.apply(&mut result);
        assert_eq!(numbers(&result), [1, 2, 3, 4]);
        assert_eq!(result.mentions[0].nested_in, None);
    }

    #[test]
    fn relations_alone_keep_their_sides() {
        let result = filtered(&Filter { only: BTreeSet::from([Part::Relations]), ..Filter::default() });
        assert_eq!(result.relations.len(), 1);
        assert_eq!(result.people.iter().map(|person| (person.id, person.count)).collect::<Vec<_>>(), [(id('p', 1), 0)]);
        assert_eq!(result.organizations.iter().map(|org| org.id).collect::<Vec<_>>(), [id('o', 1)], "for whom the person acts");
        assert!(result.mentions.is_empty() && result.roles.is_empty() && result.relations[0].participants[0].role.is_none());
        let sure = filtered(&Filter { min_conf: Some(0.8), ..Filter::default() });
        assert!(sure.relations.is_empty(), "it was less sure");
    }

    #[test]
    fn parts_alone_refer_to_nothing_dropped() {
        let result = filtered(&Filter { only: BTreeSet::from([Part::Roles]), ..Filter::default() });
        assert_eq!(numbers(&result), [0]);
        assert!(result.people.is_empty() && result.organizations.is_empty() && result.topics.is_empty());
        assert!(result.roles.iter().all(|role| role.person.is_none() && role.org.is_none() && role.state == Some("AM")));
    }
}
