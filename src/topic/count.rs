//! Counting: which cues and entities speak for which topic in a document, and how much.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::cues::Cues;
use super::place::Places;
use crate::annotation::Label;
use crate::gazetteer::{Column, EntryId, List, Lookup};
use crate::recognize::{Context, Found};
use crate::resolve::coreference::Entity;
use crate::span::Span;

/// What speaks for a topic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// A cue, with its first place.
    Cue(EntryId, Span),
    /// An entity, by its index.
    Entity(usize),
}

/// A cause in a document.
pub struct Counted {
    /// Index of the topic.
    pub topic: u16,
    /// What speaks for it.
    pub cause: Cause,
    /// Its weight.
    pub weight: f32,
    /// What its first place counts.
    pub place: f32,
    count: u32,
}

/// What repetition adds: a cue seen n times counts 1 + REPEAT·ln n.
const REPEAT: f32 = 0.5;
/// Points of a ministry for the topics of its portfolio: many a release only comes from there.
const MINISTRY: f32 = 1.5;
/// Different cues that room is made for from the start.
const USUAL_CUES: usize = 56;

impl Counted {
    /// How much of the weight counts, by place and repetition.
    pub fn amount(&self) -> f32 {
        self.place * (1.0 + REPEAT * (self.count as f32).ln())
    }

    /// Its points.
    pub fn points(&self) -> f32 {
        self.weight * self.amount()
    }
}

/// The document's mentions and what they are mentions of.
#[derive(Clone, Copy)]
pub struct Mentions<'d, 'a> {
    /// The mentions.
    pub found: &'d [Found<'a>],
    /// The entities.
    pub entities: &'d [Entity<'a>],
}

/// All causes with points in a document.
pub fn count(ctx: &Context<'_, '_>, cues: &Cues, mentions: Mentions<'_, '_>) -> Vec<Counted> {
    let places = Places::of(ctx);
    let mut out = Vec::new();
    count_entities(ctx, cues, mentions, &places, &mut out);
    let spoken: Vec<(u16, usize)> = out.iter().filter_map(|c| if let Cause::Entity(e) = c.cause { Some((c.topic, e)) } else { None }).collect();
    // A cue that is a mention of an entity that speaks for the same topic is counted there.
    let told = |topic: u16, first: u32, end: u32| {
        spoken
            .iter()
            .any(|(of, e)| *of == topic && mentions.entities[*e].mentions.iter().map(|m| &mentions.found[*m]).any(|f| f.first <= first && end <= f.end))
    };
    count_cues(ctx, cues, &places, &told, &mut out);
    out.retain(|c| c.weight > 0.0);
    out
}

fn count_cues(ctx: &Context<'_, '_>, cues: &Cues, places: &Places, told: &dyn Fn(u16, u32, u32) -> bool, out: &mut Vec<Counted>) {
    let mut number: FxHashMap<EntryId, usize> = FxHashMap::with_capacity_and_hasher(USUAL_CUES, Default::default());
    // Of the built-in cues and of the users', one past the last token and the tokens of the cue that reached it.
    let mut covered = [(0u32, (0u32, 0u32)); 2];
    let initials = OnceCell::new();
    let mut count = |hit: &Lookup| {
        let covered = &mut covered[usize::from(cues.is_own(hit.entry))];
        // Inside or behind the longest cue: only forms of equal extent share it.
        if hit.first < covered.0 && covered.1 != (hit.first, hit.end) {
            return;
        }
        *covered = (hit.end, (hit.first, hit.end));
        let Some(cue) = cues.get(hit.entry) else { return };
        // In a line of capitals "WHO" is the pronoun as likely as the body.
        if hit.len() == 1 && ctx.shouted(hit.first as usize) && ctx.is_function_word(hit.first as usize) {
            return;
        }
        if cue.weight > 0.0 && told(cue.topic, hit.first, hit.end) {
            return;
        }
        let i = *number.entry(hit.entry).or_insert_with(|| {
            let weight = if cues.is_backed(hit.entry, cue, ctx, &initials) { cue.weight } else { 0.0 };
            let cause = Cause::Cue(hit.entry, hit.span);
            out.push(Counted { topic: cue.topic, cause, weight, place: places.factor(hit.first), count: 0 });
            out.len() - 1
        });
        out[i].count += 1;
    };
    for i in 0..ctx.tokens.len() {
        if ctx.has(i, List::Topics) {
            ctx.lookups.at(i).iter().filter(|h| h.list == List::Topics && ctx.guards_agree(h)).for_each(&mut count);
        }
    }
}

fn count_entities(ctx: &Context<'_, '_>, cues: &Cues, mentions: Mentions<'_, '_>, places: &Places, out: &mut Vec<Counted>) {
    let mut key = String::new();
    for (e, entity) in mentions.entities.iter().enumerate() {
        if !matches!(entity.label, Label::Organization | Label::Agreement | Label::Event) || entity.mentions.is_empty() {
            continue;
        }
        let first = entity.mentions.iter().map(|m| mentions.found[*m].first).min().unwrap_or(0);
        let (topics, weight) = says(ctx, entity, mentions, &mut key);
        for topic in topics.split('|').filter_map(|slug| cues.builtin_topic(slug)) {
            let count = entity.mentions.len() as u32;
            out.push(Counted { topic, cause: Cause::Entity(e), weight, place: places.factor(first), count });
        }
    }
}

/// The topics that an entity speaks for, `|` between them, and its weight: by its entry, its series or what it is held under, or, for a
/// ministry, by the portfolio in its name.
fn says<'a>(ctx: &Context<'_, 'a>, entity: &Entity<'a>, mentions: Mentions<'_, '_>, key: &mut String) -> (&'a str, f32) {
    let mut listed = |list: &str, id: &str| {
        if id.is_empty() {
            return None;
        }
        key.clear();
        key.extend([list, "/", id]);
        let entry = ctx.table.entry(List::TopicEntities, key)?;
        let cell = |column| ctx.table.cell(List::TopicEntities, entry, column);
        Some((cell(Column::Topics), cell(Column::Weight).parse().unwrap_or(0.0)))
    };
    if let Some((list, entry)) = entity.entry {
        let cell = |column| ctx.table.cell(list, entry, column);
        let own = listed(list.name(), cell(Column::Id));
        let wider = own
            .or_else(|| if list == List::Events { listed("series", cell(Column::Series)).or_else(|| listed("agreements", cell(Column::Under))) } else { None });
        if let Some(found) = wider {
            return found;
        }
    }
    if entity.kind != "ministry" {
        return ("", 0.0);
    }
    let found = &mentions.found[entity.mentions[0]];
    let inside = (found.first as usize..found.end as usize).flat_map(|i| ctx.lookups.at(i)).filter(|h| h.list == List::Portfolios && h.end <= found.end);
    let longest = inside.max_by_key(|h| (h.end - h.first, std::cmp::Reverse(h.first)));
    longest.map_or(("", 0.0), |h| (ctx.cell(h, Column::Topics), MINISTRY))
}
