//! Actors: the noun phrases that can be a side of a relation, title and apposition included.

use super::words::{Class, Words, class_before, class_end, is_class, is_determiner, is_preposition};
use super::{Finished, Who};
use crate::annotation::{Form, Label};
use crate::gazetteer::List;
use crate::resolve::holder::Held;

/// What kind of thing an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    /// An office whose holder is not named beside it.
    Office,
    State,
    Organization,
    Place,
    Event,
    Agreement,
}

impl Kind {
    /// Whether it can act.
    pub(super) fn acts(self) -> bool {
        matches!(self, Kind::Person | Kind::Office | Kind::State | Kind::Organization)
    }
}

/// A noun phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Actor {
    /// First token, title included.
    pub(super) first: usize,
    /// One past the last token, apposed title included.
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) who: Who,
    /// The role mention that names it alone.
    pub(super) office: Option<usize>,
    /// It owns what follows ("Armenia's").
    pub(super) possessive: bool,
    /// A title stands beside the name, a comma between.
    pub(super) apposed: bool,
    /// Its words are a group that acts for it ("the Turkish delegation").
    pub(super) group: bool,
}

/// All actors in text order; none overlaps another.
pub(super) fn all(doc: &Finished<'_, '_>) -> Vec<Actor> {
    let mut held: Vec<Option<&Held<'_>>> = vec![None; doc.found.len()];
    for h in doc.held {
        held[h.mention] = Some(h);
    }
    let mut out: Vec<Actor> = Vec::new();
    let mut covered = 0;
    for (i, f) in doc.found.iter().enumerate() {
        if f.first < covered || f.label == Label::Date {
            continue;
        }
        let floor = out.last().map_or(0, |a| a.end);
        let actor = match f.label {
            Label::Role => match held[i] {
                Some(h) => {
                    covered = f.end;
                    office(doc, h, i, &mut out)
                }
                None => None,
            },
            Label::Person => {
                covered = f.end;
                let named = named(doc, i, Kind::Person);
                named.map(|a| {
                    let apposed = apposed_title(doc, i);
                    Actor { first: title_start(doc, apposed.unwrap_or(a.first), floor), apposed: apposed.is_some(), ..a }
                })
            }
            Label::State => state(doc, i),
            Label::Organization => named(doc, i, Kind::Organization).filter(|a| a.possessive || !leads_on(doc, i)).map(|a| owned(doc, a)),
            Label::Place => named(doc, i, Kind::Place),
            Label::Event => named(doc, i, Kind::Event),
            Label::Agreement => named(doc, i, Kind::Agreement),
            Label::Date => None,
        };
        if f.label != Label::Role {
            covered = covered.max(f.end);
        }
        if let Some(mut actor) = actor {
            if is_complement(doc.ctx, out.last(), &actor)
                && let Some(last) = out.last_mut()
            {
                last.end = actor.end; // "President Erdogan of Turkey"
                continue;
            }
            if actor.kind.acts() {
                actor.first = group_start(doc.ctx, actor.first, floor).unwrap_or(actor.first);
            }
            actor.first = actor.first.max(floor);
            out.push(actor);
        }
    }
    out
}

/// Whether the phrase only says where the person before it belongs.
fn is_complement(ctx: Words<'_, '_>, last: Option<&Actor>, actor: &Actor) -> bool {
    let Some(last) = last.filter(|a| a.kind == Kind::Person && !a.possessive) else { return false };
    let of = if is_determiner(ctx, last.end + 1) { last.end + 2 } else { last.end + 1 };
    matches!(actor.kind, Kind::State | Kind::Organization | Kind::Place)
        && ctx.is_any(last.end, &["of", "from"])
        && ctx.joined(last.end)
        && actor.first <= of
        && actor.end > of
}

fn named(doc: &Finished<'_, '_>, i: usize, kind: Kind) -> Option<Actor> {
    let f = &doc.found[i];
    let (first, end) = (f.first as usize, f.end as usize);
    let possessive = doc.ctx.tokens[end - 1].clitic > 0 || doc.ctx.word(end) == "’" && doc.ctx.tokens[end].gap == crate::token::Gap::None;
    Some(Actor { first, end, kind, who: Who::Entity(doc.entity_of[i]?), office: None, possessive, apposed: false, group: false })
}

/// Whether a role, a person or an organisation follows at once, so that the name only describes it.
fn leads_on(doc: &Finished<'_, '_>, i: usize) -> bool {
    let mut end = doc.found[i].end;
    if doc.ctx.word(end as usize) == "(" && doc.ctx.word(end as usize + 2) == ")" {
        end += 3; // "Republic of Korea (ROK) Foreign Minister"
    }
    let next = doc.found[i + 1..]
        .iter()
        .take_while(|f| f.first <= end)
        .any(|f| f.first == end && matches!(f.label, Label::Role | Label::Person | Label::Organization));
    next && doc.ctx.joined(end as usize)
}

/// "Ukraine's delegation", "NATO officials": the group acts for it.
fn owned(doc: &Finished<'_, '_>, actor: Actor) -> Actor {
    match class_end(doc.ctx, actor.end, Class::Group).filter(|_| doc.ctx.joined(actor.end)) {
        Some(end) => Actor { end, possessive: false, group: true, ..actor },
        None => actor,
    }
}

fn state(doc: &Finished<'_, '_>, i: usize) -> Option<Actor> {
    let f = &doc.found[i];
    let (list, entry) = f.entry?;
    if list != List::States || leads_on(doc, i) {
        return None;
    }
    let ctx = doc.ctx;
    let (first, end) = (f.first as usize, f.end as usize);
    let mut actor = owned(
        doc,
        Actor { first, end, kind: Kind::State, who: Who::State(entry), office: None, possessive: ctx.tokens[end - 1].clitic > 0, apposed: false, group: false },
    );
    if !actor.group {
        // "Turkish defence delegation": one word between.
        let further = ctx.tokens.get(end).filter(|t| t.case == crate::token::Case::Lower && t.gap < crate::token::Gap::Line && !is_preposition(ctx, end));
        if let Some(end) = further.and_then(|_| class_end(ctx, end + 1, Class::Group)) {
            actor = Actor { end, possessive: false, group: true, ..actor };
        }
    }
    let adjective = f.form == Form::Demonym && !actor.group && !is_people(ctx, end);
    (!adjective).then_some(actor)
}

/// "Americans", "the Russians" are nouns; an adjective has a noun behind it.
fn is_people(ctx: Words<'_, '_>, end: usize) -> bool {
    ctx.word(end - 1).ends_with('s') && !ctx.word(end - 1).ends_with("ss")
}

/// An office named without its holder: the holder told elsewhere, else the state or organisation it belongs to. A title
/// beside its holder belongs to the holder's phrase.
fn office(doc: &Finished<'_, '_>, h: &Held<'_>, i: usize, out: &mut [Actor]) -> Option<Actor> {
    let f = &doc.found[i];
    let (first, end) = (f.first as usize, f.end as usize);
    let possessive = doc.ctx.tokens[end - 1].clitic > 0;
    let actor = |who| Actor { first: title_start(doc, first, 0), end, kind: Kind::Office, who, office: Some(i), possessive, apposed: false, group: false };
    if let Some(p) = h.person {
        let person = &doc.found[p];
        let who = Who::Entity(doc.entity_of[p]?);
        if h.link == Some("role.definite") {
            return Some(Actor { kind: Kind::Person, office: None, ..actor(who) });
        }
        let apposed = matches!(h.link, Some("role.apposition_after" | "role.coordination"));
        if let Some(last) = out.last_mut().filter(|a| apposed && a.who == who && person.end as usize <= first && first - a.end <= 8) {
            last.end = end;
            last.apposed = true;
        }
        return None;
    }
    if h.role.plural {
        return None;
    }
    let who = match (h.state, h.org) {
        (Some((state, _)), _) => Who::State(state),
        (None, Some(org)) => Who::Entity(doc.entity_of[org]?),
        (None, None) => {
            let told_apart = doc.held.iter().any(|other| other.person.is_some() && other.role.class == h.role.class);
            let of_state = h.role.is_of_state() && doc.ctx.tokens[first].is_capitalized() && !told_apart;
            Who::State(doc.issuer.filter(|i| i.is_sure() && of_state).map(|i| i.state)?)
        }
    };
    Some(actor(who))
}

/// "the Minister of Energy, Jane Doe": first token of the title before the comma.
fn apposed_title(doc: &Finished<'_, '_>, person: usize) -> Option<usize> {
    let held = doc.held.iter().find(|h| h.person == Some(person) && h.link == Some("role.apposition_before"))?;
    Some(held.role.found.first as usize).filter(|first| *first < doc.found[person].first as usize)
}

/// First token of the phrase whose name starts at `first`: titles, honorifics, "his Turkish counterpart".
fn title_start(doc: &Finished<'_, '_>, first: usize, floor: usize) -> usize {
    let ctx = doc.ctx;
    let mut start = first;
    while start > floor && ctx.joined(start) && first - start < 24 {
        let before = doc.found.partition_point(|f| (f.first as usize) < start);
        let ending = doc.found[..before].iter().rev().take(6).filter(|f| f.end as usize == start && f.label != Label::Date && f.label != Label::Person);
        if let Some(f) = ending.min_by_key(|f| f.first) {
            start = (f.first as usize).max(floor);
            continue;
        }
        let j = start - 1;
        let honorific = (j.saturating_sub(3)..=j).find(|k| ctx.lookups.at(*k).iter().any(|h| h.list == List::Honorifics && h.end as usize == start));
        if let Some(k) = honorific {
            start = k.max(floor);
        } else if ctx.word(j) == "." && ctx.tokens[j].gap == crate::token::Gap::None && j > floor && ctx.has(j - 1, List::Honorifics) {
            start = j - 1;
        } else if ctx.word(j) == "/" && ctx.tokens[j].gap == crate::token::Gap::None {
            start = j; // "High Representative/Vice-President"
        } else if let Some(k) = class_before(ctx, start, Class::Title).filter(|k| *k >= floor) {
            start = k;
        } else if is_determiner(ctx, j) || ctx.tokens[j].is_capitalized() && ctx.tokens[j].is_word() && !ctx.opens(j) && !is_preposition(ctx, j) {
            start = j;
        } else {
            break;
        }
    }
    start
}

/// "the delegation of Turkey", "a group led by X": first token of the group's words before a name.
fn group_start(ctx: Words<'_, '_>, first: usize, floor: usize) -> Option<usize> {
    let mut at = first;
    while at > floor && is_determiner(ctx, at - 1) {
        at -= 1;
    }
    if at <= floor + 1 || !ctx.is_any(at - 1, &["of", "from"]) {
        return None;
    }
    let group = (at.saturating_sub(3).max(floor)..at - 1).find(|k| class_end(ctx, *k, Class::Group).is_some_and(|end| end == at - 1))?;
    let mut start = group;
    while start > floor
        && group - start < 4
        && (is_determiner(ctx, start - 1) || ctx.tokens[start - 1].is_word() && !is_preposition(ctx, start - 1) && is_class(ctx, start - 1, Class::Title))
    {
        start -= 1;
    }
    Some(start)
}
