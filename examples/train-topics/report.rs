//! Figures: micro F1, main topic right, and how often a score comes true.

use crate::SETS;
use crate::model::{Document, Points, Scale, chance, terms};

/// As in `src/topic/mod.rs`.
const FLOOR: f32 = 0.35;
const MOST: usize = 5;
const LEAST: f32 = 8.0;

/// Topics of a document with their scores, best first.
fn ranked(document: &Document, points: &Points, scale: &Scale) -> Vec<(usize, f32)> {
    let mut out: Vec<(usize, f32)> = points.of.iter().map(|(t, p)| (*t, chance(scale, &terms(*p, points.total, document.tokens)))).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

fn shown(ranked: Vec<(usize, f32)>, points: &Points, floor: f32) -> impl Iterator<Item = (usize, f32)> {
    let enough = |topic: usize| points.of.iter().any(|(t, p)| *t == topic && *p >= LEAST);
    ranked.into_iter().enumerate().filter(move |(rank, (t, score))| *rank == 0 || *score >= floor && enough(*t)).map(|(_, topic)| topic).take(MOST)
}

/// F1 and share of main topics right, in hundredths.
fn judge(documents: &[Document], points: &[Points], scale: &Scale, set: usize, floor: f32) -> (f32, f32) {
    let (mut hits, mut gold, mut found, mut main, mut n) = (0, 0, 0, 0, 0);
    for (document, points) in documents.iter().zip(points).filter(|(d, _)| d.set == set) {
        let topics: Vec<usize> = shown(ranked(document, points, scale), points, floor).map(|(t, _)| t).collect();
        hits += topics.iter().filter(|t| document.gold.contains(t)).count();
        (gold, found, n) = (gold + document.gold.len(), found + topics.len(), n + 1);
        main += usize::from(topics.first() == document.gold.first());
    }
    (200.0 * hits as f32 / (gold + found) as f32, 100.0 * main as f32 / n as f32)
}

pub fn figures(what: &str, documents: &[Document], points: &[Points], scale: &Scale) {
    for (set, name) in SETS.iter().enumerate() {
        let (f1, main) = judge(documents, points, scale, set, FLOOR);
        println!("{what:16} {name:20} micro F1 {f1:.1}  main right {main:.1} %");
    }
}

pub fn floors(documents: &[Document], points: &[Points], scale: &Scale) {
    for floor in [0.3, 0.35, 0.4, 0.45, 0.5] {
        let f1: Vec<String> = (0..SETS.len()).map(|set| format!("{:.1}", judge(documents, points, scale, set, floor).0)).collect();
        println!("five-fold, floor {floor}: micro F1 {}", f1.join(", "));
    }
}

/// Score bin, topics in it, mean score and share right: over all topics with points, shown or not.
pub fn calibration(documents: &[Document], points: &[Points], scale: &Scale) {
    println!("score      topics  mean score  share right");
    for bin in 0..10 {
        let in_bin = |score: f32| ((score * 10.0) as usize).min(9) == bin;
        let (mut n, mut sum, mut right) = (0, 0.0, 0);
        for (document, points) in documents.iter().zip(points) {
            for (topic, score) in ranked(document, points, scale).into_iter().filter(|(_, score)| in_bin(*score)) {
                (n, sum, right) = (n + 1, sum + score, right + usize::from(document.gold.contains(&topic)));
            }
        }
        let of = |x: f32| x / (n.max(1) as f32);
        println!("0.{bin}-{:<7.1} {n:6}  {:10.2}  {:11.2}", (bin + 1) as f32 / 10.0, of(sum), of(right as f32));
    }
}
