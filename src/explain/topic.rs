//! Why a topic has its score, and which of its cues did not count.

use super::candidate::place;
use super::record::Seen;
use super::{TopicCue, TopicReason};
use crate::annotation::{EntityRef, Score, Topic};
use crate::gazetteer::{Column, List, Lookup};
use crate::span::Span;

/// The topics of the result.
pub(super) fn found(seen: &Seen<'_, '_, '_>) -> Vec<TopicReason> {
    seen.extraction.topics.iter().map(|topic| reason(seen, topic)).collect()
}

/// A topic by its slug, found or not.
pub(super) fn one(seen: &Seen<'_, '_, '_>, slug: &str) -> TopicReason {
    if let Some(topic) = seen.extraction.topics.iter().find(|topic| topic.id == slug) {
        return reason(seen, topic);
    }
    let unused = unused(seen, slug, &[]);
    let why_not = if !is_known(seen, slug) {
        "there is no such topic"
    } else if seen.extraction.doc.lang != "en" {
        "the text is not English: topics are not told"
    } else if unused.is_empty() {
        "no cue of it stands in the text"
    } else if unused.iter().all(|cue| !cue.says.starts_with("counted")) {
        "none of its cues counts here"
    } else {
        "its cues weigh too little beside those of the topics found"
    };
    TopicReason { id: slug.to_owned(), found: false, main: false, score: Score(0.0), why_not: Some(why_not.to_owned()), evidence: Vec::new(), unused }
}

/// Whether the map of topics has it, or some cue of the users.
fn is_known(seen: &Seen<'_, '_, '_>, slug: &str) -> bool {
    let table = seen.ctx.table;
    table.entry(List::TopicMap, slug).is_some() || table.entries(List::Topics).any(|entry| table.cell(List::Topics, entry, Column::Topic) == slug)
}

fn reason(seen: &Seen<'_, '_, '_>, topic: &Topic<'_>) -> TopicReason {
    let mut evidence = Vec::new();
    let mut used = Vec::new();
    for piece in &topic.evidence {
        if let Some(cue) = piece.by.and_then(|by| of_entity(seen, by, piece.w)) {
            evidence.push(cue);
            continue;
        }
        let text = piece.text.unwrap_or("");
        let wanted = piece.span.map(|[start, end]| seen.units.span(start, end, false));
        let hit = cues(seen, topic.id).find(|hit| wanted.map_or_else(|| hit.span.slice(seen.ctx.text) == text, |span| hit.span == span));
        let Some(span) = wanted.or(hit.map(|hit| hit.span)) else { continue };
        used.extend(hit.map(|hit| hit.entry));
        evidence.push(TopicCue {
            place: seen.units.place(span),
            w: piece.w,
            count: hit.map_or(1, |hit| count(seen, hit)),
            row: hit.map(|hit| seen.sources().hit(hit)),
            says: hit.map(|hit| seen.sources().cells(hit.list, hit.entry)).unwrap_or_default(),
        });
    }
    TopicReason { id: topic.id.to_owned(), found: true, main: topic.main, score: topic.score, why_not: None, evidence, unused: unused(seen, topic.id, &used) }
}

/// Evidence from a thing that the text names: its first mention.
fn of_entity(seen: &Seen<'_, '_, '_>, by: EntityRef<'_>, w: Score) -> Option<TopicCue> {
    let mut mentions = seen.extraction.mentions.iter().filter(|mention| mention.entity == by);
    let first = mentions.next()?;
    let place = place(seen, first.start, first.end, first.within.is_some());
    Some(TopicCue { place, w, count: 1 + mentions.count(), row: None, says: format!("the {} named", first.label.name()) })
}

fn cues<'r>(seen: &Seen<'r, '_, '_>, slug: &str) -> impl Iterator<Item = &'r Lookup> {
    let ctx = seen.ctx;
    ctx.lookups.iter().filter(move |hit| hit.list == List::Topics && ctx.cell(hit, Column::Topic) == slug)
}

fn count(seen: &Seen<'_, '_, '_>, wanted: &Lookup) -> usize {
    seen.ctx.lookups.iter().filter(|hit| hit.list == List::Topics && hit.entry == wanted.entry).count()
}

/// Cues of a topic that are no evidence, once each.
fn unused(seen: &Seen<'_, '_, '_>, slug: &str, used: &[crate::gazetteer::EntryId]) -> Vec<TopicCue> {
    let mut known = used.to_vec();
    let mut out = Vec::new();
    for hit in cues(seen, slug) {
        if known.contains(&hit.entry) {
            continue;
        }
        known.push(hit.entry);
        out.push(TopicCue {
            place: seen.units.place(hit.span),
            w: Score(0.0),
            count: count(seen, hit),
            row: Some(seen.sources().hit(hit)),
            says: idle(seen, hit),
        });
    }
    out
}

/// Why a cue does not count, or that it does and weighs too little.
fn idle(seen: &Seen<'_, '_, '_>, hit: &Lookup) -> String {
    let ctx = seen.ctx;
    let needs = ctx.cell(hit, Column::Needs);
    if !ctx.guards_agree(hit) {
        "a guard holds it back".to_owned()
    } else if ctx.cell(hit, Column::Negative) == "1" {
        "a negative cue: it keeps shorter ones inside it from counting".to_owned()
    } else if !needs.is_empty() && !needs.split('|').any(|words| ctx.holds_words(words)) {
        format!("needs one of `{needs}` in the text")
    } else if let Some(longer) = longer(seen, hit.span) {
        format!("inside the longer cue `{longer}`")
    } else {
        format!("counted, weight {}: too little to show", ctx.cell(hit, Column::Weight))
    }
}

fn longer<'r>(seen: &Seen<'r, '_, '_>, span: Span) -> Option<&'r str> {
    let around = seen.ctx.lookups.iter().find(|h| h.list == List::Topics && h.span != span && h.span.contains(span))?;
    Some(around.span.slice(seen.ctx.text))
}
