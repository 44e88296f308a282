//! Trains the model of unknown names: `cargo run --release --example train-spans -- FOLDER [FOLDS OUT [FILE…]]`.
//!
//! FOLDER holds the gold sets of `SETS` (JSON Lines: `text`, `annotations[{start, end, type}]` in code points, `ignore`).
//! Without FOLDS the weights are written to `src/recognize/model/spans.bin`; with it every set is predicted by weights
//! trained on the other folds, a file of records per set below OUT, and the calibration is printed; the sets in FILE… are
//! predicted by weights trained on all. The same data give the same bytes. `src/recognize/model/MODEL.md` tells about licences and figures.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)] // a tool for developers: failing loudly is right

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use extract::annotation::{Label, OffsetUnit};
use extract::recognize::model::{CLASSES, TYPES, Weights};
use extract::{Extractor, GivenDate, Input};
use serde_json::Value;

/// File, and how much a sample of it counts: news and government text is what the program is for.
const SETS: &[(&str, f32)] = &[
    ("gum-train.jsonl", 2.0),
    ("gum-dev.jsonl", 2.0),
    ("crossner-politics-train.jsonl", 2.0),
    ("wikigold.jsonl", 1.0),
    ("redocred-dev.jsonl", 1.0),
    ("re3d-dev.jsonl", 2.0),
];
/// Sources of re3d under free licences.
const RE3D: &[&str] = &["CENTCOM", "Australian Department of Foreign Affairs", "Delegation of the European Union to Syria"];
const NONE: usize = CLASSES - 1;
/// Rows of weights, as a binary logarithm.
const BITS: u32 = 17;
const EPOCHS: usize = 6;
const RATE: f32 = 0.05;
/// Pull towards zero, per step, as a share of the rate.
const DECAY: f32 = 2e-6;
/// How much a sample counts that is seen with the lists of names hidden.
const HIDDEN: f32 = 0.5;

struct Document {
    set: usize,
    fold: usize,
    record: Value,
    samples: Vec<Sample>,
}

struct Sample {
    rows: Vec<u32>,
    class: usize,
    weight: f32,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = args.first().expect("usage: train-spans FOLDER [FOLDS OUT]");
    let folds: usize = args.get(1).map_or(0, |n| n.parse().unwrap());
    let documents = read(Path::new(folder), folds.max(1));
    if folds == 0 {
        let rows = train(documents.iter());
        std::fs::write("src/recognize/model/spans.bin", quantize(&rows)).unwrap();
        return;
    }
    let out = Path::new(&args[2]);
    std::fs::create_dir_all(out).unwrap();
    let mut bins: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
    let mut files: Vec<_> = SETS.iter().map(|(file, _)| std::fs::File::create(out.join(file)).unwrap()).collect();
    for fold in 0..folds {
        let extractor = extractor(documents.iter().filter(|d| d.fold != fold));
        for document in documents.iter().filter(|d| d.fold == fold) {
            predict(&extractor, &document.record, &mut files[document.set], &mut bins);
        }
    }
    print_bins(&bins);
    let extractor = extractor(documents.iter());
    for file in &args[3..] {
        let (file, mut bins) = (Path::new(file), HashMap::new());
        let mut to = std::fs::File::create(out.join(file.file_name().unwrap())).unwrap();
        for line in std::fs::read_to_string(file).unwrap().lines() {
            predict(&extractor, &serde_json::from_str(line).unwrap(), &mut to, &mut bins);
        }
        println!("{}", file.display());
        print_bins(&bins);
    }
}

/// An extractor with weights trained on these documents.
fn extractor<'d>(documents: impl Iterator<Item = &'d Document>) -> Extractor {
    let weights = Weights::read(Cow::Owned(quantize(&train(documents)))).unwrap();
    Extractor::builder().weights(weights).build().unwrap()
}

/// The documents of all sets, with their candidates.
fn read(folder: &Path, folds: usize) -> Vec<Document> {
    let (whole, bare) = (Extractor::builder().build().unwrap(), Extractor::builder().no_builtin().build().unwrap());
    let mut documents = Vec::new();
    for (set, (file, weight)) in SETS.iter().enumerate() {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        for (n, line) in text.lines().enumerate() {
            let record: Value = serde_json::from_str(line).unwrap();
            let mut samples = Vec::new();
            let may_train = record["src"].as_str().is_none_or(|src| RE3D.contains(&src));
            if may_train {
                collect(&whole, &record, *weight, &mut samples);
                collect(&bare, &record, *weight * HIDDEN, &mut samples);
            }
            documents.push(Document { set, fold: n % folds, record, samples });
        }
    }
    println!("{} documents, {} samples", documents.len(), documents.iter().map(|d| d.samples.len()).sum::<usize>());
    documents
}

/// The candidates of a document with what the gold says of them.
fn collect(extractor: &Extractor, record: &Value, weight: f32, out: &mut Vec<Sample>) {
    let text = record["text"].as_str().unwrap();
    let bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let at = |value: &Value| bytes[value.as_u64().unwrap() as usize];
    let mut gold: HashMap<(u32, u32), usize> = HashMap::new();
    for annotation in record["annotations"].as_array().unwrap() {
        let class = class_of(annotation["type"].as_str().unwrap());
        let (mut start, end) = (at(&annotation["start"]), at(&annotation["end"]));
        if text[start as usize..end as usize].starts_with("the ") {
            start += 4;
        }
        gold.insert((start, end), class);
    }
    let ignored: Vec<(u32, u32)> = record["ignore"].as_array().into_iter().flatten().map(|pair| (at(&pair[0]), at(&pair[1]))).collect();
    for sample in extractor.span_samples(text) {
        let span = (sample.span.start, sample.span.end);
        let class = gold.get(&span).copied();
        if class.is_none() && ignored.iter().any(|i| i.0 < span.1 && span.0 < i.1) {
            continue;
        }
        let rows = sample.features.iter().map(|hash| (hash >> (64 - BITS)) as u32).collect();
        out.push(Sample { rows, class: class.unwrap_or(NONE), weight });
    }
}

fn class_of(label: &str) -> usize {
    let label = if label == "state" { "place" } else { label };
    TYPES.iter().position(|t| Label::named(label) == Some(*t)).unwrap_or(NONE)
}

/// Multinomial logistic regression by AdaGrad, samples in a fixed shuffled order.
fn train<'d>(documents: impl Iterator<Item = &'d Document>) -> Vec<f32> {
    let samples: Vec<&Sample> = documents.flat_map(|d| &d.samples).collect();
    let mut weights = vec![0f32; CLASSES << BITS];
    let mut squares = vec![1e-3f32; CLASSES << BITS];
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, ((random >> 33) % (i as u64 + 1)) as usize);
        }
        for sample in order.iter().map(|i| samples[*i]) {
            let shares = shares(&weights, &sample.rows);
            for (class, share) in shares.iter().enumerate() {
                let gradient = (share - f32::from(u8::from(class == sample.class))) * sample.weight;
                for row in &sample.rows {
                    let at = *row as usize * CLASSES + class;
                    let step = gradient + DECAY * samples.len() as f32 * 0.01 * weights[at];
                    squares[at] += step * step;
                    weights[at] -= RATE * step / squares[at].sqrt();
                }
            }
        }
    }
    weights
}

fn shares(weights: &[f32], rows: &[u32]) -> [f32; CLASSES] {
    let mut scores = [0f32; CLASSES];
    for row in rows {
        let at = *row as usize * CLASSES;
        scores.iter_mut().zip(&weights[at..at + CLASSES]).for_each(|(s, w)| *s += w);
    }
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut shares = scores.map(|s| (s - top).exp());
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|s| *s /= sum);
    shares
}

/// The weights as small integers; the largest ones are cut.
fn quantize(weights: &[f32]) -> Vec<u8> {
    let mut sizes: Vec<f32> = weights.iter().map(|w| w.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let scale = sizes[sizes.len() - sizes.len() / 2000 - 1].max(0.05) / 127.0;
    let rows: Vec<i8> = weights.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8).collect();
    Weights::write(&rows, BITS, scale)
}

/// Writes the record of a document and counts how the model's confidences came true.
fn predict(extractor: &Extractor, record: &Value, out: &mut std::fs::File, bins: &mut HashMap<(usize, usize), (usize, usize)>) {
    let date = record["date"].as_str().map(|value| GivenDate { value: value.to_owned(), from: "field" });
    let text = record["text"].as_str().unwrap();
    let input = Input { id: record["id"].as_str().unwrap().into(), text, date, ..Input::default() };
    let mut found = extractor.extract_document(&input);
    found.convert_offsets(OffsetUnit::CodePoint, text);
    for mention in found.mentions.iter().filter(|m| m.via.starts_with("model:")) {
        let (start, end) = (u64::from(mention.start), u64::from(mention.end));
        let covers = |a: &Value| a["start"].as_u64() == Some(start) && a["end"].as_u64() == Some(end);
        let right =
            record["annotations"].as_array().unwrap().iter().any(|a| covers(a) && TYPES.get(class_of(a["type"].as_str().unwrap())) == Some(&mention.label));
        let touched = |i: &Value| i[0].as_u64().unwrap() < end && start < i[1].as_u64().unwrap();
        if !right && record["ignore"].as_array().into_iter().flatten().any(touched) {
            continue;
        }
        let class = TYPES.iter().position(|t| *t == mention.label).unwrap();
        let bin = bins.entry((class, (mention.conf.0 * 20.0) as usize)).or_default();
        *bin = (bin.0 + 1, bin.1 + usize::from(right));
    }
    writeln!(out, "{}", serde_json::to_string(&found).unwrap()).unwrap();
}

fn print_bins(bins: &HashMap<(usize, usize), (usize, usize)>) {
    for (class, label) in TYPES.iter().enumerate() {
        for bin in 0..=20 {
            if let Some((all, right)) = bins.get(&(class, bin)) {
                println!("{:12} conf {:.2}  right {:5.1} %  of {all}", format!("{label:?}"), bin as f32 / 20.0, 100.0 * *right as f32 / *all as f32);
            }
        }
    }
}
