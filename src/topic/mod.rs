//! Topics: what a document is about, from weighted cues.
//!
//! A topic's score grows with its cues' weights, damped for repetition and raised by position
//! in the title or lead; cues inside a longer negative phrase do not count. Each topic shows the cues
//! that made it, and their weights sum to its score.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::gazetteer::{EntryId, List, Table};
use crate::recognize::Context;
use crate::span::Span;
use crate::token::Gap;

/// A topic and its evidence.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Slug.
    pub slug: &'static str,
    /// 0 to 1.
    pub score: f32,
    /// First place of each cue, and its share of the score.
    pub evidence: Vec<(Span, f32)>,
}

/// How a cue counts.
#[derive(Clone, Copy)]
struct Cue {
    topic: u16,
    weight: f32,
    negative: bool,
    needs: &'static str,
}

/// Scores topics; it holds the cues by entry, each read from the table when it is first met: a short run meets few of
/// the eleven thousand.
pub struct TopicScorer {
    table: Table<'static>,
    first: u32,
    cues: Vec<OnceLock<Cue>>,
    /// Sorted.
    slugs: Vec<&'static str>,
}

/// Most topics a document gets.
const MOST: usize = 5;
/// Points that make a score of one half; the score is `points / (points + HALF)`.
const HALF: f32 = 20.0;
/// Share of the best topic's points that another needs.
const SHARE: f32 = 0.2;
/// Points a topic needs, unless it is the only one.
const FLOOR: f32 = 8.0;
/// What repetition adds: a cue seen n times counts 1 + REPEAT·ln n.
const REPEAT: f32 = 0.5;
/// Tokens after the first line that count as the lead.
const LEAD: u32 = 100;

impl TopicScorer {
    /// Over the cues of the table.
    pub fn new(table: &Table<'static>) -> TopicScorer {
        let entries = table.entries(List::Topics);
        let first = table.entries(List::Topics).next().map_or(0, |entry| entry.0);
        let slugs = table.entries(List::TopicMap).map(|entry| table.cell(List::TopicMap, entry, "form")).collect();
        TopicScorer { table: *table, first, cues: entries.map(|_| OnceLock::new()).collect(), slugs }
    }

    fn cue(&self, entry: EntryId) -> Option<&Cue> {
        let cue = self.cues.get(entry.0.wrapping_sub(self.first) as usize)?;
        Some(cue.get_or_init(|| self.read(entry)))
    }

    fn read(&self, entry: EntryId) -> Cue {
        let cell = |column| self.table.cell(List::Topics, entry, column);
        let topic = self.slugs.binary_search(&cell("topic"));
        Cue {
            // Lint holds that every topic is on the map; a cue of another one weighs nothing.
            topic: topic.unwrap_or(0) as u16,
            weight: if topic.is_ok() { cell("weight").parse().unwrap_or(0.0) } else { 0.0 },
            negative: cell("negative") == "1",
            needs: cell("needs"),
        }
    }

    /// The document's topics, best first.
    pub fn score(&self, ctx: &Context<'_, '_>) -> Vec<Scored> {
        let mut cues: Vec<Counted> = Vec::new();
        let mut number: FxHashMap<EntryId, usize> = FxHashMap::default();
        let title = ctx.tokens.iter().skip(1).position(|t| t.gap >= Gap::Line).map_or(0, |i| i as u32 + 1);
        let mut covered = 0u32;
        for hit in ctx.lookups.iter().filter(|h| h.list == List::Topics && ctx.guards_agree(h)) {
            if hit.first < covered {
                // Inside or behind the longest cue: only forms of equal extent share it.
                if cues.last().is_none_or(|c| c.last != (hit.first, hit.end)) {
                    continue;
                }
            }
            covered = hit.end;
            let Some(cue) = self.cue(hit.entry) else { continue };
            let place = if hit.first < title {
                1.5
            } else if hit.first < title + LEAD {
                1.3
            } else {
                1.0
            };
            let i = *number.entry(hit.entry).or_insert_with(|| {
                let weight = if cue.negative || !self.needed(ctx, cue) { 0.0 } else { cue.weight };
                cues.push(Counted { topic: cue.topic, span: hit.span, weight: weight * place, count: 0, last: (0, 0) });
                cues.len() - 1
            });
            cues[i].count += 1;
            cues[i].last = (hit.first, hit.end);
        }
        let mut points = vec![0.0f32; self.slugs.len()];
        for cue in &cues {
            points[usize::from(cue.topic)] += cue.points();
        }
        self.rank(&points, &cues)
    }

    fn needed(&self, ctx: &Context<'_, '_>, cue: &Cue) -> bool {
        cue.needs.is_empty() || cue.needs.split('|').any(|words| ctx.holds_words(words))
    }

    fn rank(&self, points: &[f32], cues: &[Counted]) -> Vec<Scored> {
        let mut order: Vec<usize> = (0..points.len()).filter(|t| points[*t] > 0.0).collect();
        order.sort_by(|a, b| points[*b].total_cmp(&points[*a]).then(self.slugs[*a].cmp(self.slugs[*b])));
        let best = order.first().map_or(0.0, |t| points[*t]);
        let stands = |(place, topic): &(usize, usize)| *place == 0 || points[*topic] >= FLOOR && points[*topic] >= best * SHARE;
        order.into_iter().enumerate().filter(stands).take(MOST).map(|(_, t)| self.scored(t, points[t], cues)).collect()
    }

    fn scored(&self, topic: usize, points: f32, cues: &[Counted]) -> Scored {
        let score = points / (points + HALF);
        let mut evidence: Vec<(Span, f32)> =
            cues.iter().filter(|c| usize::from(c.topic) == topic && c.weight > 0.0).map(|c| (c.span, c.points() / points * score)).collect();
        evidence.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Scored { slug: self.slugs[topic], score, evidence }
    }
}

/// A cue in a document.
struct Counted {
    topic: u16,
    /// First place.
    span: Span,
    /// Weight, raised by its first place.
    weight: f32,
    count: u32,
    /// Tokens of its last place.
    last: (u32, u32),
}

impl Counted {
    fn points(&self) -> f32 {
        self.weight * (1.0 + REPEAT * (self.count as f32).ln())
    }
}
