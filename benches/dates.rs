//! MB/s of the date stage alone, tokens and list hits given, beside bare `unicode_word_indices` in the same run.
//!
//! Text: as in `throughput.rs`. The stage is promised at four times the bare splitting at least; only ratios within one run hold.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)] // a bench: the macro's functions, failing loudly, showing its ratio

use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::gazetteer::{Lookups, Tables, builtin};
use extract::recognize::Context;
use extract::recognize::timex::{DocumentDate, Mode, TimexRecognizer};
use extract::token::{Token, tokenize};
use unicode_segmentation::UnicodeSegmentation;

mod press;

/// A document as the date stage gets it.
struct Ready {
    text: String,
    tokens: Vec<Token>,
    lookups: Lookups,
    anchor: Option<DocumentDate>,
}

fn ready(table: &Tables) -> Vec<Ready> {
    let prepare = |(text, date): press::Document| {
        let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
        tokenize(&text, &mut tokens);
        lookups.find(table, &text, &tokens);
        Ready { anchor: date.as_deref().and_then(DocumentDate::parse), text, tokens, lookups }
    };
    press::documents().into_iter().map(prepare).collect()
}

fn bare(documents: &[Ready]) -> usize {
    documents.iter().map(|d| d.text.unicode_word_indices().count()).sum()
}

fn dates(documents: &[Ready], table: &Tables, recognizer: &TimexRecognizer) -> usize {
    let find = |d: &Ready| {
        let context = Context { text: &d.text, tokens: &d.tokens, sentences: &[0], lookups: &d.lookups, table, marks: &[] };
        recognizer.find(&context, d.anchor.as_ref(), Mode::Extract).len()
    };
    documents.iter().map(find).sum()
}

fn stage(c: &mut Criterion) {
    let builtin = builtin().unwrap();
    let recognizer = TimexRecognizer::new(&builtin);
    let table = Tables::new(builtin);
    let documents = ready(&table);
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    let mut group = c.benchmark_group("dates");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("bare unicode_word_indices", |b| b.iter(|| bare(&documents)));
    group.bench_function("stage: dates", |b| b.iter(|| dates(&documents, &table, &recognizer)));
    group.finish();
    println!("date stage ÷ bare unicode_word_indices: {:.2}", ratio(&documents, &table, &recognizer));
}

/// The best of several rounds that take turns, so that a busy machine slows both.
fn ratio(documents: &[Ready], table: &Tables, recognizer: &TimexRecognizer) -> f64 {
    let (mut splitting, mut finding) = (f64::MAX, f64::MAX);
    for _ in 0..15 {
        let start = Instant::now();
        assert!(bare(documents) > 0);
        splitting = splitting.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        assert!(dates(documents, table, recognizer) > 0);
        finding = finding.min(start.elapsed().as_secs_f64());
    }
    splitting / finding
}

criterion_group!(benches, stage);
criterion_main!(benches);
