//! MB/s of the whole extractor and of its stages, beside bare `unicode_word_indices` in the same run.
//!
//! Text: the first 8 MB of `text/press-40mb.jsonl.gz` in the folder named by `EXTRACT_EVAL_DATA`;
//! without it, the releases of `fixtures/press` over and over. Only ratios within one run hold.
#![allow(missing_docs, clippy::unwrap_used)] // a bench: the macro's functions, and failing loudly is right

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::gazetteer::{Lookups, Tables, builtin};
use extract::token::tokenize;
use extract::{Extractor, GivenDate, Input};
use unicode_segmentation::UnicodeSegmentation;

mod press;

use press::Document;

fn input(document: &Document) -> Input<'_> {
    let date = document.1.as_ref().map(|value| GivenDate { value: value.clone(), from: "field" });
    Input { text: &document.0, date, ..Input::default() }
}

fn throughput(c: &mut Criterion) {
    let documents = press::documents();
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
