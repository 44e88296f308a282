//! People within a document: short forms join the full name they shorten.
//!
//! A name whose words are among those of exactly one longer name is that person: "Orrwell", "Mr Orrwell",
//! "ORRWELL" of "Tamsin Orrwell"; "Choi" of "Choi Jong-kun". Among several longer names the one mentioned last
//! before it is taken and the others stay as candidates; "Mr" and "Ms" tell a couple apart. A leader's surname from the list yields to a person
//! of that surname who is named in full, but not behind the leader's title.

use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List, Lookup};
use crate::recognize::{Context, Found, Via};
use crate::token::Case;

use super::coreference::Entity;

/// The words of a person's longest name, by hash.
struct Name {
    entity: usize,
    words: Vec<u64>,
    /// Its mentions, by place in the text.
    starts: Vec<u32>,
    /// What forms of address and the given name say.
    gender: Gender,
}

/// Whether a person is a woman or a man, as far as the text and the given name say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
    /// Nothing says it.
    Unknown,
}

/// Joins short forms of people to their full names. `of` gives each mention's entity; an emptied entity is left
/// without mentions.
pub(super) fn join_short_forms<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], entities: &mut [Entity<'a>], of: &mut [Option<usize>]) {
    let names: Vec<Name> = (0..entities.len()).filter(|e| entities[*e].label == Label::Person).map(|e| name(ctx, found, entities, e)).collect();
    for short in &names {
        let fuller: Vec<&Name> =
            names.iter().filter(|full| shortens(short, full) && may_be_one(ctx, found, &entities[short.entity], &entities[full.entity])).collect();
        let Some(target) = nearest(short, &fuller) else { continue };
        let others = fuller.iter().filter(|full| full.entity != target.entity).map(|full| full.entity).collect::<Vec<_>>();
        let mentions = std::mem::take(&mut entities[short.entity].mentions);
        for mention in &mentions {
            of[*mention] = Some(target.entity);
        }
        entities[target.entity].mentions.extend(mentions);
        for other in others {
            if !entities[target.entity].rivals.contains(&other) {
                entities[target.entity].rivals.push(other);
            }
        }
    }
}

fn name<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], entities: &[Entity<'a>], entity: usize) -> Name {
    let mentions = &entities[entity].mentions;
    let words = mentions.iter().map(|m| words(ctx, &found[*m])).max_by_key(Vec::len).unwrap_or_default();
    let gender = gender_of(ctx, found, &entities[entity]);
    Name { entity, words, starts: mentions.iter().map(|m| found[*m].span.start).collect(), gender }
}

/// What the forms of address before a person's name, or else its given name, say.
pub fn gender_of<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], person: &Entity<'a>) -> Gender {
    let first = |of: fn(&Context<'_, '_>, &Found<'_>) -> Gender| person.mentions.iter().map(|m| of(ctx, &found[*m])).find(|gender| *gender != Gender::Unknown);
    first(addressed).or_else(|| first(given)).unwrap_or(Gender::Unknown)
}

/// What a form of address right before a mention says.
fn addressed(ctx: &Context<'_, '_>, found: &Found<'_>) -> Gender {
    let first = found.first as usize;
    let point = usize::from(first > 0 && ctx.word(first - 1) == ".");
    let ends = |h: &&Lookup| h.list == List::Honorifics && (h.end as usize == first || h.end as usize + point == first);
    let hit = (first.saturating_sub(3)..first).filter(|i| ctx.has(*i, List::Honorifics)).flat_map(|i| ctx.lookups.at(i)).find(ends);
    hit.map_or(Gender::Unknown, |h| gender(ctx.cell(h, Column::Gender)))
}

/// What the given name of a full name says.
fn given(ctx: &Context<'_, '_>, found: &Found<'_>) -> Gender {
    let hit = ctx.lookups.longest(found.first as usize, List::GivenNames).filter(|_| found.end > found.first + 1);
    hit.map_or(Gender::Unknown, |h| gender(ctx.cell(h, Column::Gender)))
}

fn gender(cell: &str) -> Gender {
    match cell {
        "f" | "F" => Gender::Female,
        "m" | "M" => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// The capitalised words of a mention but for initials and suffixes, by hash.
fn words(ctx: &Context<'_, '_>, found: &Found<'_>) -> Vec<u64> {
    let is_suffix = |i: usize| {
        i > found.first as usize
            && ctx.has(i, List::NameSuffixes)
            && ctx.lookups.at(i).iter().any(|h| h.list == List::NameSuffixes && ctx.cell(h, Column::Inside) == "1")
    };
    (found.first as usize..found.end as usize)
        .filter(|i| {
            let token = &ctx.tokens[*i];
            let is_particle = *i + 1 < found.end as usize && ctx.has(*i, List::NameParticles);
            matches!(token.case, Case::Capital | Case::Upper | Case::Mixed)
                && !is_particle
                && ctx.word(*i).chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
                && !is_suffix(*i)
        })
        .map(|i| ctx.tokens[i].hash)
        .collect()
}

/// Whether the words of `short` stand in this order in `full`, which has more, and either name can stand alone: the
/// first word (a given name, or a family name that leads) or one from the second on.
fn shortens(short: &Name, full: &Name) -> bool {
    if short.entity == full.entity || short.words.is_empty() || short.words.len() >= full.words.len() || full.words.len() < 2 {
        return false;
    }
    if short.gender != Gender::Unknown && full.gender != Gender::Unknown && short.gender != full.gender {
        return false;
    }
    let mut rest = full.words.iter();
    short.words.iter().all(|word| rest.any(|other| other == word))
}

/// Whether what the list says of both does not part them: a surname alone says nothing for certain, but that of a leader behind
/// the leader's title ("President Orrwell") is no relative's ("Tam Orrwell") whom nothing calls so.
fn may_be_one<'a>(ctx: &Context<'_, 'a>, found: &[Found<'a>], short: &Entity<'a>, full: &Entity<'a>) -> bool {
    if short.entry.is_none() || short.entry == full.entry {
        return true;
    }
    let mut listed = short.mentions.iter().map(|m| &found[*m]).filter(|f| matches!(f.via, Via::Gazetteer(..)));
    if listed.clone().any(|f| f.form != Form::Surname) {
        return false;
    }
    match listed.find_map(|f| title(ctx, f)) {
        Some(class) => full.mentions.iter().any(|m| title(ctx, &found[*m]) == Some(class)),
        None => true,
    }
}

/// Class of the title right before a name, or behind it after a comma.
fn title<'a>(ctx: &Context<'_, 'a>, found: &Found<'a>) -> Option<&'a str> {
    let (first, end) = (found.first as usize, found.end as usize);
    let before = |i: usize| ctx.has(i, List::Roles).then(|| ctx.lookups.longest(i, List::Roles)).flatten().filter(|hit| hit.end as usize == first);
    let behind = || (ctx.word(end) == ",").then(|| ctx.lookups.longest(end + 1, List::Roles)).flatten();
    let hit = (first.saturating_sub(3)..first).find_map(before).or_else(behind)?;
    Some(ctx.cell(hit, Column::Class))
}

/// The fuller name mentioned last before the short one's first mention, else the first one after it.
fn nearest<'n>(short: &Name, fuller: &[&'n Name]) -> Option<&'n Name> {
    let at = short.starts.iter().min()?;
    let before = |name: &Name| name.starts.iter().filter(|start| *start < at).max().copied();
    let last = fuller.iter().copied().filter(|name| before(name).is_some()).max_by_key(|name| before(name));
    last.or_else(|| fuller.iter().copied().min_by_key(|name| name.starts.iter().min().copied()))
}
