//! The scale of scores: from points to the chance that a topic is right.
//!
//! A logistic fit over the points of a topic, its share of the document's points and the document's length,
//! made by `examples/train-topics.rs` on points that five-fold cross-validation gave: each document was scored
//! with weights learned on the others, so that the scale does not flatter the weights.

/// Log-odds of a topic without points in a text of usual length.
const BASE: f32 = -7.09;
/// Log-odds per unit of ln(1 + points).
const POINTS: f32 = 2.20;
/// Log-odds for having all of the document's points.
const SHARE: f32 = 6.77;
/// Log-odds per unit of ln(tokens / [`USUAL`]): the same points say less in a longer text.
const LENGTH: f32 = -1.36;
/// Tokens of a text of usual length.
const USUAL: f32 = 400.0;
/// Fewer tokens than this count as this many.
const SHORTEST: f32 = 300.0;

/// The chance that a topic with `points` of the document's `total` is right.
pub fn chance(points: f32, total: f32, tokens: usize) -> f32 {
    let [one, grown, share, length] = terms(points, total, tokens);
    let odds = BASE * one + POINTS * grown + SHARE * share + LENGTH * length;
    1.0 / (1.0 + (-odds).exp())
}

/// What the fit weighs: 1, and the measures of points, share and length.
pub fn terms(points: f32, total: f32, tokens: usize) -> [f32; 4] {
    [1.0, points.ln_1p(), points / total.max(1e-6), (tokens as f32).max(SHORTEST).ln() - USUAL.ln()]
}
