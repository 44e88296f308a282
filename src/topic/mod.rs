//! Topics: what a document is about, from weighted evidence.
//!
//! A topic's points grow with the weights of its cues and entities, damped for repetition, raised by position in the
//! title or lead and lowered in boilerplate; cues inside a longer negative phrase do not count. The score is the chance
//! that the topic is right, by its points. Each topic shows what made it, with weights that sum to its score.

mod count;
mod cues;
mod place;
mod scale;
mod user;

pub use count::{Cause, Mentions};
pub use user::UserTopics;

use self::count::{Counted, count};
use self::cues::Cues;
use crate::gazetteer::{Column, List, Table};
use crate::recognize::Context;

/// A topic and its evidence.
#[derive(Clone, Debug)]
pub struct Scored<'a> {
    /// Slug.
    pub slug: &'a str,
    /// The users' label.
    pub label: Option<&'a str>,
    /// 0 to 1: the chance that it is right.
    pub score: f32,
    /// What speaks for it, and its share of the score.
    pub evidence: Vec<(Cause, f32)>,
}

/// What a cue or an entity counts in a document: what the trainer of weights learns from.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct TopicCue {
    /// The cue as listed, or `by:` and the entity's reference.
    pub cue: String,
    /// The topic.
    pub topic: String,
    /// Its points per unit.
    pub weight: f32,
    /// How often it counts, by place and repetition.
    pub amount: f32,
}

/// Scores topics.
pub struct TopicScorer {
    cues: Cues,
}

/// Most topics a document gets.
const MOST: usize = 5;
/// Chance that a topic needs to be shown, unless it is the first.
const FLOOR: f32 = 0.35;
/// Points that a topic needs, unless it is the first: one cue alone says little, and short texts hold few.
const LEAST: f32 = 8.0;

impl TopicScorer {
    /// Over the cues of the built-in table and the users', whose table is number `number` of those in use.
    pub fn new(table: &Table<'static>, user: &UserTopics, number: usize) -> TopicScorer {
        TopicScorer { cues: Cues::new(table, user, number) }
    }

    /// The document's topics, best first.
    pub fn score(&self, ctx: &Context<'_, '_>, mentions: Mentions<'_, '_>) -> Vec<Scored<'_>> {
        let counted = count(ctx, &self.cues, mentions);
        let mut points = vec![0.0f32; self.cues.topics().len()];
        for cause in &counted {
            points[usize::from(cause.topic)] += cause.points();
        }
        let total: f32 = points.iter().sum();
        let mut order: Vec<(usize, f32)> =
            points.iter().enumerate().filter(|(_, p)| **p > 0.0).map(|(t, p)| (t, scale::chance(*p, total, ctx.tokens.len()))).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let shown = order.into_iter().enumerate().filter(|(rank, (t, score))| *rank == 0 || *score >= FLOOR && points[*t] >= LEAST).take(MOST);
        shown.map(|(_, (t, score))| self.scored(t, score, points[t], &counted)).collect()
    }

    /// What each cue and entity counts.
    pub fn counted(&self, ctx: &Context<'_, '_>, mentions: Mentions<'_, '_>) -> Vec<TopicCue> {
        let cue = |c: &Counted| match c.cause {
            Cause::Cue(entry, _) => ctx.table.cell(List::Topics, entry, Column::Form).to_owned(),
            Cause::Entity(e) => match mentions.entities[e].entry {
                Some((list, entry)) => format!("by:{}/{}", list.name(), ctx.table.cell(list, entry, Column::Id)),
                None => "by:portfolio".to_owned(),
            },
        };
        let slug = |c: &Counted| self.cues.topics()[usize::from(c.topic)].slug.clone();
        count(ctx, &self.cues, mentions).iter().map(|c| TopicCue { cue: cue(c), topic: slug(c), weight: c.weight, amount: c.amount() }).collect()
    }

    fn scored(&self, topic: usize, score: f32, points: f32, counted: &[Counted]) -> Scored<'_> {
        let mut evidence: Vec<(Cause, f32)> =
            counted.iter().filter(|c| usize::from(c.topic) == topic).map(|c| (c.cause, c.points() / points * score)).collect();
        // Stable: what weighs the same stays in the order of counting.
        evidence.sort_by(|a, b| b.1.total_cmp(&a.1));
        let topic = &self.cues.topics()[topic];
        Scored { slug: &topic.slug, label: topic.label.as_deref(), score, evidence }
    }
}
