//! MB/s of the date stage alone, tokens and list hits given, beside bare `unicode_word_indices` in the same run.
//!
//! Text: as in `throughput.rs`. As in the extractor, a document's tokens and hits are made right before the stage sees them, so that they are
//! in the cache; only the stage is timed. Only ratios within one run hold; the goal is four times the bare splitting.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)] // a bench: the macro's functions, failing loudly, showing its ratio

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extract::gazetteer::{Lookups, Tables, builtin};
use extract::recognize::Context;
use extract::recognize::common::CommonWords;
use extract::recognize::timex::{DocumentDate, Mode, TimexRecognizer};
use extract::token::{Token, tokenize};
use unicode_segmentation::UnicodeSegmentation;

mod press;

use press::Document;

/// The stage and what it is given.
struct Stage {
    table: Tables,
    recognizer: TimexRecognizer,
    tokens: Vec<Token>,
    lookups: Lookups,
}

impl Stage {
    fn new() -> Stage {
        let builtin = builtin().unwrap();
        let recognizer = TimexRecognizer::new(&builtin);
        Stage { recognizer, table: Tables::new(builtin), tokens: Vec::new(), lookups: Lookups::default() }
    }

    /// The time that the stage takes over all documents.
    fn run(&mut self, documents: &[Document]) -> Duration {
        let mut total = Duration::ZERO;
        for (text, date) in documents {
            tokenize(text, &mut self.tokens);
            self.lookups.find(&self.table, text, &self.tokens);
            let anchor = date.as_deref().and_then(DocumentDate::parse);
            let context = Context {
                text,
                tokens: &self.tokens,
                sentences: &[0],
                lookups: &self.lookups,
                table: &self.table,
                common: &CommonWords::default(),
                marks: &[],
                capitals: &[],
            };
            let start = Instant::now();
            black_box(self.recognizer.find(&context, anchor.as_ref(), Mode::Extract).len());
            total += start.elapsed();
        }
        total
    }
}

/// The time that bare splitting takes over all documents.
fn bare(documents: &[Document]) -> Duration {
    let start = Instant::now();
    for (text, _) in documents {
        black_box(text.unicode_word_indices().count());
    }
    start.elapsed()
}

fn stage(c: &mut Criterion) {
    let documents = press::documents();
    let mut stage = Stage::new();
    let bytes: usize = documents.iter().map(|(text, _)| text.len()).sum();
    let mut group = c.benchmark_group("dates");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("bare unicode_word_indices", |b| b.iter_custom(|times| (0..times).map(|_| bare(&documents)).sum()));
    group.bench_function("stage: dates", |b| b.iter_custom(|times| (0..times).map(|_| stage.run(&documents)).sum()));
    group.finish();
    // The best of rounds that take turns, so that a busy machine slows both.
    let rounds: Vec<(Duration, Duration)> = (0..12).map(|_| (bare(&documents), stage.run(&documents))).collect();
    let (splitting, finding) = (rounds.iter().map(|r| r.0).min().unwrap(), rounds.iter().map(|r| r.1).min().unwrap());
    println!("date stage ÷ bare unicode_word_indices: {:.2}", splitting.as_secs_f64() / finding.as_secs_f64());
}

criterion_group!(benches, stage);
criterion_main!(benches);
