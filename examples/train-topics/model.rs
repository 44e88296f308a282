//! The model: points from weights, log-odds from points, and how both are learned.

/// A cue or entity in a document.
pub struct Cause {
    pub feature: usize,
    pub topic: usize,
    pub amount: f32,
}

/// A document with its topics, the main one first.
pub struct Document {
    pub set: usize,
    pub gold: Vec<usize>,
    pub tokens: usize,
    pub causes: Vec<Cause>,
}

/// Points of the topics of a document that have any, and their sum.
#[derive(Clone, Default)]
pub struct Points {
    pub of: Vec<(usize, f32)>,
    pub total: f32,
}

/// Weights of the terms of `src/topic/scale.rs`.
pub type Scale = [f32; 4];

pub struct Model {
    priors: Vec<f32>,
    power: Vec<f32>,
    scale: Scale,
    topics: usize,
}

/// How strongly powers are held to 0, for a cue and for a topic.
const HOLD: f32 = 4.0;
const HOLD_TOPIC: f32 = 5.0;
/// How much it counts that the main topic comes first, and how sharply the most points win there.
const MAIN: f32 = 1.0;
const SHARP: f32 = 2.0;
const ROUNDS: usize = 4;
const STEPS: usize = 40;
const RATE: f32 = 0.03;
/// Powers stay within this: weights within a sixth and six times.
const MOST: f32 = 1.8;

/// As in `src/topic/scale.rs`.
pub fn terms(points: f32, total: f32, tokens: usize) -> [f32; 4] {
    [1.0, points.ln_1p(), points / total.max(1e-6), (tokens as f32).max(300.0).ln() - 400f32.ln()]
}

pub fn chance(scale: &Scale, terms: &[f32; 4]) -> f32 {
    let odds: f32 = scale.iter().zip(terms).map(|(a, b)| a * b).sum();
    1.0 / (1.0 + (-odds).exp())
}

impl Model {
    pub fn untrained(documents: &[&Document], priors: &[f32], topics: usize) -> Model {
        let mut model = Model { priors: priors.to_vec(), power: vec![0.0; priors.len()], scale: [-3.0, 1.0, 3.0, 0.0], topics };
        model.rescale(documents);
        model
    }

    pub fn train(documents: &[&Document], priors: &[f32], topic_of: &[usize], topics: usize) -> Model {
        let mut model = Model::untrained(documents, priors, topics);
        // The powers of the cues, then those of the topics; what Adam remembers of both.
        let n = priors.len();
        let mut powers = vec![0.0f32; n + topics];
        let (mut first, mut second) = (vec![0.0f32; n + topics], vec![0.0f32; n + topics]);
        for step in 1..=ROUNDS * STEPS {
            let mut gradient = model.gradient(documents);
            gradient.resize(n + topics, 0.0);
            for (i, topic) in topic_of.iter().enumerate() {
                gradient[n + topic] += gradient[i];
            }
            for (i, power) in powers.iter_mut().enumerate() {
                let g = gradient[i] - if i < n { HOLD } else { HOLD_TOPIC } * *power;
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.99 * second[i] + 0.01 * g * g;
                let (m, v) = (first[i] / (1.0 - 0.9f32.powi(step as i32)), second[i] / (1.0 - 0.99f32.powi(step as i32)));
                *power = (*power + RATE * m / (v.sqrt() + 1e-4)).clamp(-MOST, MOST);
            }
            for (i, topic) in topic_of.iter().enumerate() {
                model.power[i] = (powers[i] + powers[n + topic]).clamp(-MOST, MOST);
            }
            if step % STEPS == 0 && step < ROUNDS * STEPS {
                model.rescale(documents);
            }
        }
        model
    }

    pub fn weight(&self, feature: usize) -> f32 {
        self.priors[feature] * self.power[feature].exp()
    }

    pub fn points(&self, document: &Document) -> Points {
        let mut all = vec![0.0f32; self.topics];
        for cause in &document.causes {
            all[cause.topic] += self.weight(cause.feature) * cause.amount;
        }
        let of: Vec<(usize, f32)> = all.into_iter().enumerate().filter(|(_, p)| *p > 0.0).collect();
        Points { total: of.iter().map(|(_, p)| p).sum(), of }
    }

    fn rescale(&mut self, documents: &[&Document]) {
        let points: Vec<Points> = documents.iter().map(|d| self.points(d)).collect();
        self.scale = fit(documents.iter().copied().zip(&points));
    }

    /// Slope of the log-likelihood over the powers.
    fn gradient(&self, documents: &[&Document]) -> Vec<f32> {
        let mut out = vec![0.0f32; self.power.len()];
        let mut slope = vec![0.0f32; self.topics];
        let [_, grown, share, _] = self.scale;
        for document in documents {
            let points = self.points(document);
            let missed: Vec<(usize, f32, f32)> = points
                .of
                .iter()
                .map(|(t, p)| {
                    let right = f32::from(u8::from(document.gold.contains(t)));
                    (*t, *p, right - chance(&self.scale, &terms(*p, points.total, document.tokens)))
                })
                .collect();
            let spread: f32 = missed.iter().map(|(_, p, miss)| miss * share * p / (points.total * points.total)).sum();
            let main = document.gold.first().filter(|main| points.of.iter().any(|(t, _)| t == *main));
            let sum: f32 = points.of.iter().map(|(_, p)| p.powf(SHARP)).sum();
            for (t, p, miss) in &missed {
                slope[*t] = miss * (grown / (1.0 + p) + share / points.total) - spread;
                if let Some(main) = main {
                    slope[*t] += MAIN * SHARP * (f32::from(u8::from(main == t)) - p.powf(SHARP) / sum) / p;
                }
            }
            for cause in &document.causes {
                out[cause.feature] += slope[cause.topic] * self.weight(cause.feature) * cause.amount;
            }
        }
        out
    }
}

pub fn fit_scale(documents: &[Document], points: &[Points]) -> Scale {
    fit(documents.iter().zip(points))
}

#[allow(clippy::needless_range_loop, reason = "matrices are read by row and column")]
/// Logistic regression by Newton's method.
fn fit<'d>(pairs: impl Iterator<Item = (&'d Document, &'d Points)>) -> Scale {
    let rows: Vec<([f32; 4], f32)> =
        pairs.flat_map(|(d, points)| points.of.iter().map(|(t, p)| (terms(*p, points.total, d.tokens), f32::from(u8::from(d.gold.contains(t)))))).collect();
    let mut scale = [0.0f64; 4];
    for _ in 0..25 {
        let (mut slope, mut bend) = ([0.0f64; 4], [[0.0f64; 4]; 4]);
        for (x, y) in &rows {
            let odds: f64 = scale.iter().zip(x).map(|(a, b)| a * f64::from(*b)).sum();
            let p = 1.0 / (1.0 + (-odds).exp());
            for i in 0..4 {
                slope[i] += (f64::from(*y) - p) * f64::from(x[i]);
                for j in 0..4 {
                    bend[i][j] += p * (1.0 - p) * f64::from(x[i]) * f64::from(x[j]);
                }
            }
        }
        for (i, row) in bend.iter_mut().enumerate() {
            row[i] += 1e-3;
        }
        let step = solve(bend, slope);
        for (a, b) in scale.iter_mut().zip(step) {
            *a += b;
        }
    }
    scale.map(|a| a as f32)
}

#[allow(clippy::needless_range_loop, reason = "matrices are read by row and column")]
/// Gauss's elimination; the matrix is positive definite.
fn solve(mut a: [[f64; 4]; 4], mut b: [f64; 4]) -> [f64; 4] {
    for i in 0..4 {
        for k in i + 1..4 {
            let factor = a[k][i] / a[i][i];
            let row = a[i];
            for (cell, above) in a[k].iter_mut().zip(row).skip(i) {
                *cell -= factor * above;
            }
            b[k] -= factor * b[i];
        }
    }
    let mut x = [0.0; 4];
    for i in (0..4).rev() {
        let known: f64 = (i + 1..4).map(|j| a[i][j] * x[j]).sum();
        x[i] = (b[i] - known) / a[i][i];
    }
    x
}
