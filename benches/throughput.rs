//! MB/s of the whole extractor and of its stages, beside bare `unicode_word_indices` in the same run.
//!
//! Text: the first 8 MB of `text/press-40mb.jsonl.gz` in the folder named by `EXTRACT_EVAL_DATA`;
//! without it, the releases of `fixtures/press` over and over. Only ratios within one run hold.
#![allow(missing_docs, clippy::unwrap_used)] // a bench: the macro's functions, and failing loudly is right

use std::hint::black_box;
use std::io::{BufRead, BufReader};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::gazetteer::{Lookups, Tables, builtin};
use extract::token::tokenize;
use extract::{Extractor, GivenDate, Input};
use unicode_segmentation::UnicodeSegmentation;

const BYTES: usize = 8_000_000;

/// A release and its date.
type Document = (String, Option<String>);

fn documents() -> Vec<Document> {
    let from_eval = std::env::var("EXTRACT_EVAL_DATA").ok().and_then(|root| {
        let file = std::fs::File::open(std::path::Path::new(&root).join("text/press-40mb.jsonl.gz")).ok()?;
        let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
        Some(
            lines
                .map_while(Result::ok)
                .filter_map(|l| {
                    let record: serde_json::Value = serde_json::from_str(&l).ok()?;
                    Some((record["text"].as_str()?.to_owned(), record["date"].as_str().map(str::to_owned)))
                })
                .collect::<Vec<_>>(),
        )
    });
    let source = from_eval.filter(|d| !d.is_empty()).unwrap_or_else(fixtures);
    let mut size = 0;
    source
        .iter()
        .cycle()
        .take_while(|d| {
            size += d.0.len();
            size < BYTES
        })
        .cloned()
        .collect()
}

fn fixtures() -> Vec<Document> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/press");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| !p.to_string_lossy().contains(".gold.")).collect();
    paths.sort();
    paths.iter().map(|p| (std::fs::read_to_string(p).unwrap(), None)).collect()
}

fn input(document: &Document) -> Input<'_> {
    let date = document.1.as_ref().map(|value| GivenDate { value: value.clone(), from: "field" });
    Input { text: &document.0, date, ..Input::default() }
}

fn throughput(c: &mut Criterion) {
    let documents = documents();
    let bytes: usize = documents.iter().map(|d| d.0.len()).sum();
    let table = Tables::new(builtin().unwrap());
    let extractor = Extractor::builder().build().unwrap();
    let mut group = c.benchmark_group("press");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("bare unicode_word_indices", |b| b.iter(|| documents.iter().map(|(d, _)| d.unicode_word_indices().count()).sum::<usize>()));
    group.bench_function("stage: tokens", |b| {
        let mut tokens = Vec::new();
        b.iter(|| {
            documents
                .iter()
                .map(|(d, _)| {
                    tokenize(d, &mut tokens);
                    tokens.len()
                })
                .sum::<usize>()
        });
    });
    group.bench_function("stage: tokens + gazetteer", |b| {
        let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
        b.iter(|| {
            documents
                .iter()
                .map(|(d, _)| {
                    tokenize(d, &mut tokens);
                    lookups.find(&table, d, &tokens);
                    lookups.iter().count()
                })
                .sum::<usize>()
        });
    });
    group.bench_function("whole: result", |b| {
        b.iter(|| documents.iter().map(|d| extractor.extract_document(&input(d)).mentions.len()).sum::<usize>());
    });
    group.bench_function("whole: result and JSON", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            for d in &documents {
                out.clear();
                serde_json::to_writer(&mut out, &extractor.extract_document(&input(d))).unwrap();
                black_box(out.len());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
