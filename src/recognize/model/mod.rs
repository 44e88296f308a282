//! Unknown names: a linear model decides what the capitalised words are that no list and no rule claimed.
//!
//! Candidates are the runs of left-over capitalised words and the spans inside them; their features are hashed words,
//! endings, shapes, neighbours, list memberships and repeats; a row of small integers per feature gives each class a
//! score. `MODEL.md` tells what it was trained on and how well it does; `examples/train-spans.rs` trains it.

mod candidate;
mod features;
mod reason;
mod weights;

use super::{Context, Found, Names, Via};
use crate::annotation::{Form, Label};
use crate::span::Span;
use candidate::{Candidate, Runs};
use features::{Evidence, Left, Right, hash};
pub(crate) use reason::Reason;
use weights::Tally;
pub use weights::Weights;

/// Number of classes: the types of [`TYPES`] and none.
pub const CLASSES: usize = 6;
/// The types in the order of the classes; the last class is none of them.
pub const TYPES: [Label; CLASSES - 1] = [Label::Person, Label::Organization, Label::Place, Label::Event, Label::Agreement];
/// Classes told apart by rule.
const PERSON: usize = 0;
const PLACE: usize = 2;
/// The share from which a type's candidates of several words stand, and of one word.
const THRESHOLDS: [[f32; 2]; CLASSES - 1] = [[0.65, 0.9], [0.7, 0.68], [0.7, 0.78], [0.75, 0.75], [0.75, 0.75]];

/// The model, ready for use.
pub struct SpanModel {
    weights: Weights,
}

/// A candidate and its features, for training.
pub struct Sample {
    /// The text.
    pub span: Span,
    /// Feature hashes.
    pub features: Vec<u64>,
}

/// What a candidate is likeliest to be.
struct Judged {
    span: Candidate,
    class: usize,
    /// The type's share among all classes.
    share: f32,
    /// The share of no name.
    none: f32,
    /// Of each class.
    scores: [f32; CLASSES],
}

impl Judged {
    /// The share from which it stands.
    fn needed(&self) -> f32 {
        THRESHOLDS[self.class][usize::from(self.span.end == self.span.first + 1)]
    }
}

impl SpanModel {
    /// The model with these weights.
    pub fn new(weights: Weights) -> SpanModel {
        SpanModel { weights }
    }

    /// The unknown names among the words that `names` leaves.
    pub fn find<'a>(&self, ctx: &Context<'_, 'a>, names: &Names<'a>) -> Vec<Found<'a>> {
        let runs = Runs::find(ctx, names);
        let mut judged = self.judge(ctx, names, &runs);
        // The surer first; a candidate that overlaps one that stands falls.
        judged.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.span.first.cmp(&b.span.first)).then(b.span.end.cmp(&a.span.end)));
        let mut found: Vec<Found<'a>> = Vec::new();
        for j in judged {
            if found.iter().all(|f| f.end <= j.span.first || j.span.end <= f.first) {
                found.push(mention(ctx, &j));
            }
        }
        found
    }

    /// The candidates that are taken for a name.
    fn judge<'a>(&self, ctx: &Context<'_, 'a>, names: &Names<'a>, runs: &Runs) -> Vec<Judged> {
        if runs.spans.is_empty() {
            return Vec::new();
        }
        let evidence = Evidence::new(ctx, names, runs);
        let mut judged = self.likely(&evidence);
        judged.retain(|j| j.share >= j.needed() && evidence.is_marked(&j.span));
        judged
    }

    /// The candidates for which some type is likelier than no name.
    fn likely(&self, evidence: &Evidence<'_, '_, '_>) -> Vec<Judged> {
        let runs = evidence.runs;
        let all = self.scores(evidence, runs);
        let mut sums = vec![([0; CLASSES], 0); runs.different()];
        for (span, scores) in runs.spans.iter().zip(&all) {
            let (sum, count) = &mut sums[span.name as usize];
            sum.iter_mut().zip(scores).for_each(|(s, score)| *s += score);
            *count += 1;
        }
        let judge = |(span, own): (&Candidate, &[i32; CLASSES])| {
            let (sum, count) = &sums[span.name as usize];
            // Half by its own neighbours, half by those of all places where it stands.
            let scores = std::array::from_fn(|k| 0.5 * own[k] as f32 + 0.5 * sum[k] as f32 / *count as f32);
            scores[..TYPES.len()].iter().any(|s| *s > scores[TYPES.len()]).then(|| self.judged(evidence, span, scores))
        };
        runs.spans.iter().zip(&all).filter_map(judge).collect()
    }

    /// The likeliest type of a candidate.
    fn judged(&self, evidence: &Evidence<'_, '_, '_>, span: &Candidate, scores: [f32; CLASSES]) -> Judged {
        let mut shares = self.weights.shares(&scores);
        if holds_state(evidence.names, evidence.runs, span) {
            // A state inside a place or a person's name would be lost.
            (shares[PERSON], shares[PLACE]) = (0.0, 0.0);
        }
        let class = (0..TYPES.len()).fold(0, |best, k| if shares[k] > shares[best] { k } else { best });
        Judged { span: *span, class, share: shares[class], none: shares[TYPES.len()], scores }
    }

    /// The scores of all candidates: what stands beside them is read once for all that share it.
    fn scores(&self, evidence: &Evidence<'_, '_, '_>, runs: &Runs) -> Vec<[i32; CLASSES]> {
        let mut left: Option<(u32, Left, [i32; CLASSES])> = None;
        let mut rights: Vec<(u32, Right, [i32; CLASSES])> = Vec::new();
        let (mut run, mut tally) = (0, Tally::new(&self.weights));
        let scores_of = |span: &Candidate| {
            if run != span.run {
                run = span.run;
                rights.clear();
            }
            let (_, before, of_left) = match left {
                Some(left) if left.0 == span.first => left,
                _ => {
                    let before = evidence.left(span, &mut |kind, value| tally.add(hash(kind, value)));
                    *left.insert((span.first, before, tally.take()))
                }
            };
            let known = rights.iter().find(|right| right.0 == span.end).copied();
            let (_, behind, of_right) = known.unwrap_or_else(|| {
                let behind = evidence.right(span, &mut |kind, value| tally.add(hash(kind, value)));
                let right = (span.end, behind, tally.take());
                rights.push(right);
                right
            });
            evidence.own(span, before, behind, &mut |kind, value| tally.add(hash(kind, value)));
            let mut scores = tally.take();
            scores.iter_mut().zip(of_left.iter().zip(&of_right)).for_each(|(score, (left, right))| *score += left + right);
            scores
        };
        runs.spans.iter().map(scores_of).collect()
    }

    /// All candidates of a text with their features.
    pub fn samples<'a>(&self, ctx: &Context<'_, 'a>, names: &Names<'a>) -> Vec<Sample> {
        let runs = Runs::find(ctx, names);
        let evidence = Evidence::new(ctx, names, &runs);
        let sample = |span: &Candidate| {
            let mut features = Vec::new();
            evidence.of(span, &mut |kind, value| features.push(hash(kind, value)));
            Sample { span: ctx.span(span.first as usize, span.end as usize), features }
        };
        runs.spans.iter().map(sample).collect()
    }
}

fn holds_state(names: &Names<'_>, runs: &Runs, span: &Candidate) -> bool {
    let mut held = runs.units[span.from as usize..span.to as usize].iter().filter(|u| !u.free);
    held.any(|u| names.over(u.first as usize).is_some_and(|f| f.label == Label::State))
}

fn mention<'a>(ctx: &Context<'_, 'a>, judged: &Judged) -> Found<'a> {
    let (first, end) = (judged.span.first as usize, judged.span.end as usize);
    let label = TYPES[judged.class];
    let form = match label {
        Label::Person if judged.span.to - judged.span.from == 1 => Form::Surname,
        Label::Person => Form::Full,
        _ => Form::Name,
    };
    let mut found = ctx.by_rule(first, end, label, form, "", judged.share);
    found.via = Via::Model("span");
    found
}
