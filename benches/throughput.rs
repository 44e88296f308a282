//! MB/s of the whole extractor and of its stages, beside bare `unicode_word_indices` in the same run.
//!
//! Text: the first 8 MB of `text/press-40mb.jsonl.gz` in the folder named by `EXTRACT_EVAL_DATA`;
//! without it, the releases of `fixtures/press` over and over. Only ratios within one run hold.
#![allow(missing_docs, clippy::unwrap_used)] // a bench: the macro's functions, and failing loudly is right

use std::hint::black_box;
use std::io::{BufRead, BufReader};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::gazetteer::{Lookups, builtin};
use extract::token::tokenize;
use extract::{Extractor, Input};
use unicode_segmentation::UnicodeSegmentation;

const BYTES: usize = 8_000_000;

fn documents() -> Vec<String> {
    let from_eval = std::env::var("EXTRACT_EVAL_DATA").ok().and_then(|root| {
        let file = std::fs::File::open(std::path::Path::new(&root).join("text/press-40mb.jsonl.gz")).ok()?;
        let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
        Some(lines.map_while(Result::ok).filter_map(|l| serde_json::from_str::<serde_json::Value>(&l).ok()?["text"].as_str().map(str::to_owned)).collect::<Vec<_>>())
    });
    let source = from_eval.filter(|d| !d.is_empty()).unwrap_or_else(fixtures);
    let mut size = 0;
    source.iter().cycle().take_while(|d| { size += d.len(); size < BYTES }).cloned().collect()
}

fn fixtures() -> Vec<String> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/press");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| !p.to_string_lossy().contains(".gold.")).collect();
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect()
}

fn throughput(c: &mut Criterion) {
    let documents = documents();
    let bytes: usize = documents.iter().map(String::len).sum();
    let table = builtin().unwrap();
    let extractor = Extractor::builder().build().unwrap();
    let mut group = c.benchmark_group("press");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("bare unicode_word_indices", |b| b.iter(|| documents.iter().map(|d| d.unicode_word_indices().count()).sum::<usize>()));
    group.bench_function("stage: tokens", |b| {
        let mut tokens = Vec::new();
        b.iter(|| documents.iter().map(|d| { tokenize(d, &mut tokens); tokens.len() }).sum::<usize>());
    });
    group.bench_function("stage: tokens + gazetteer", |b| {
        let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
        b.iter(|| documents.iter().map(|d| { tokenize(d, &mut tokens); lookups.find(&table, d, &tokens); lookups.iter().count() }).sum::<usize>());
    });
    group.bench_function("whole: result", |b| {
        b.iter(|| documents.iter().map(|d| extractor.extract_document(&Input { text: d, ..Input::default() }).mentions.len()).sum::<usize>());
    });
    group.bench_function("whole: result and JSON", |b| {
        let mut out = Vec::new();
        b.iter(|| for d in &documents {
            out.clear();
            serde_json::to_writer(&mut out, &extractor.extract_document(&Input { text: d, ..Input::default() })).unwrap();
            black_box(out.len());
        });
    });
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
