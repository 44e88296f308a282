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
/// organisation) stays while a role names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Keep these parts alone; empty: all.
    pub only: BTreeSet<Part>,
    /// Drop mentions and roles below this confidence. Topics have a score, not a confidence.
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
        let keeps = |m: &Mention<'_>| {
            self.wants(Part::of(m.label)) && self.sure(m.conf) && (m.label != Label::Role || offices.contains(&m.id))
        };
        let all: BTreeMap<Id, (Option<Id>, bool, Label)> =
            result.mentions.iter().map(|m| (m.id, (m.nested_in, keeps(m), m.label))).collect();
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
        macro_rules! thin {
            ($part:expr, $array:ident, |$entity:ident| $stays:expr $(, $count:ident)?) => {{
                let wanted = self.wants($part);
                result.$array.retain_mut(|$entity| {
                    let before = $entity.mentions.len();
                    $entity.mentions.retain(|id| kept.contains(id));
                    $($entity.$count = $entity.mentions.len();)?
                    wanted && if before > 0 { !$entity.mentions.is_empty() } else { $stays }
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
        if !self.wants(Part::Relations) {
            result.relations.clear();
        }
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
