//! Trains the weights of topic cues, and says by five-fold cross-validation what they are worth.
//!
//! ```sh
//! cargo run --release --example train-topics -- DIR            # figures only
//! cargo run --release --example train-topics -- DIR --write    # and the column `learned` of gazetteers/lexicon/topics.tsv
//! ```
//!
//! DIR holds `press/dev.jsonl` and `topics/topics.jsonl`: a document a line, with `text` and `topics`, the main one first.
//! Without `--write` a list of cue, topic and learned weight goes to standard output, after the figures.
//!
//! The model is that of `src/topic/scale.rs`: the log-odds of a topic are a weighted sum of ln(1 + points), of the share of the
//! document's points and of the length. A cue's weight is its written weight times e to a power that is learned, one part for the cue and one
//! for all cues of its topic; both are held to 0 by a normal prior, so that a cue seldom seen keeps what was written. There is no chance in it: the same
//! texts give the same weights.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod model;
mod report;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

use model::{Cause, Document, Model};
use serde_json::Value;

const FOLDS: usize = 5;
const SETS: [&str; 2] = ["press/dev.jsonl", "topics/topics.jsonl"];
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers/lexicon/topics.tsv");

type Key = (String, String);

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let dir = args.next().ok_or("usage: train-topics DIR [--write]")?;
    let write = args.next().as_deref() == Some("--write");
    let list = std::fs::read_to_string(LIST)?;
    let mut features = Features::default();
    let documents = read(Path::new(&dir), &written(&list)?, &mut features)?;
    println!("{} documents, {} cues and entities seen", documents.len(), features.priors.len());

    let mut unseen: Vec<model::Points> = vec![model::Points::default(); documents.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Document> = documents.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, d)| d).collect();
        let model = Model::train(&others, &features.priors, &features.topic_of, features.topics.len());
        for (i, document) in documents.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            unseen[i] = model.points(document);
        }
    }
    let all: Vec<&Document> = documents.iter().collect();
    let model = Model::train(&all, &features.priors, &features.topic_of, features.topics.len());
    let untrained = Model::untrained(&all, &features.priors, features.topics.len());
    let seen: Vec<model::Points> = documents.iter().map(|d| model.points(d)).collect();
    let plain: Vec<model::Points> = documents.iter().map(|d| untrained.points(d)).collect();
    let scale = model::fit_scale(&documents, &unseen);
    println!("src/topic/scale.rs: BASE {:.2} POINTS {:.2} SHARE {:.2} LENGTH {:.2}", scale[0], scale[1], scale[2], scale[3]);
    report::figures("written weights", &documents, &plain, &model::fit_scale(&documents, &plain));
    report::figures("in sample", &documents, &seen, &scale);
    report::figures("five-fold", &documents, &unseen, &scale);
    report::floors(&documents, &unseen, &scale);
    report::calibration(&documents, &unseen, &scale);

    let learned = features.learned(&model);
    if write {
        std::fs::write(LIST, rewritten(&list, &learned))?;
    } else {
        for ((cue, topic), (prior, weight)) in &learned {
            println!("{cue}\t{topic}\t{weight:.1}\t(written: {prior})");
        }
    }
    Ok(())
}

/// Cues and entities, numbered by first sight.
#[derive(Default)]
struct Features {
    number: HashMap<Key, usize>,
    priors: Vec<f32>,
    topic_of: Vec<usize>,
    topics: Vec<String>,
}

impl Features {
    fn topic(&mut self, slug: &str) -> usize {
        self.topics.iter().position(|t| t == slug).unwrap_or_else(|| {
            self.topics.push(slug.to_owned());
            self.topics.len() - 1
        })
    }

    fn feature(&mut self, key: Key, prior: f32) -> usize {
        let topic = self.topic(&key.1);
        *self.number.entry(key).or_insert_with(|| {
            self.priors.push(prior);
            self.topic_of.push(topic);
            self.priors.len() - 1
        })
    }

    /// Written and learned weight of every cue, where they differ; entities keep theirs.
    fn learned(&self, model: &Model) -> BTreeMap<Key, (f32, f32)> {
        let of = |(key, i): (&Key, &usize)| (key.clone(), (self.priors[*i], (model.weight(*i) * 10.0).round().max(1.0) / 10.0));
        self.number.iter().filter(|(key, _)| !key.0.starts_with("by:")).map(of).filter(|(_, (prior, weight))| prior != weight).collect()
    }
}

/// The weights written in the list.
fn written(list: &str) -> Result<HashMap<Key, f32>, Box<dyn Error>> {
    let mut out = HashMap::new();
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        out.insert((cells[0].to_owned(), cells[1].to_owned()), cells[2].parse()?);
    }
    Ok(out)
}

/// The list with the weights learned; a cue that was not seen or stays as it is has an empty cell.
fn rewritten(list: &str, learned: &BTreeMap<Key, (f32, f32)>) -> String {
    let mut out = String::with_capacity(list.len());
    for (i, line) in list.lines().enumerate() {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if i > 0 {
            let weight = learned.get(&(cells[0].clone(), cells[1].clone())).filter(|_| cells[4] != "1");
            cells[3] = weight.map_or_else(String::new, |(_, weight)| weight.to_string());
        }
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

fn read(dir: &Path, written: &HashMap<Key, f32>, features: &mut Features) -> Result<Vec<Document>, Box<dyn Error>> {
    let extractor = extract::Extractor::builder().build()?;
    let mut documents = Vec::new();
    for (set, file) in SETS.iter().enumerate() {
        let path = dir.join(file);
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let record: Value = serde_json::from_str(line)?;
            let gold: Vec<&str> = record["topics"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let gold = gold.into_iter().map(|slug| features.topic(slug)).collect();
            let (tokens, cues) = extractor.topic_cues(record["text"].as_str().unwrap_or_default());
            let causes = cues.into_iter().map(|cue| {
                let key = (cue.cue, cue.topic);
                let prior = written.get(&key).copied().unwrap_or(cue.weight);
                let feature = features.feature(key, prior);
                Cause { feature, topic: features.topic_of[feature], amount: cue.amount }
            });
            documents.push(Document { set, gold, tokens, causes: causes.collect() });
        }
    }
    Ok(documents)
}
