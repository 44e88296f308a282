//! Tokens and matching with 10,000, 100,000 and 1,000,000 names, beside aho-corasick, daachorse and bare
//! `unicode_word_indices` in the same run; then what a million names cost in bytes and in time to be ready.
//!
//! Names: given names and surnames of the lexicon, joined at random with a fixed seed; one in eight has a middle name.
//! Text: as in `throughput`. Only ratios within one run hold.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)] // a bench: failing loudly is right, sizes are printed

use std::collections::BTreeSet;
use std::hint::black_box;

use aho_corasick::AhoCorasick;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::DoubleArrayAhoCorasickBuilder;
use extract::Extractor;
use extract::gazetteer::compile::{UserFile, compile_user};
use extract::gazetteer::{List, Lookups, OwnedTable, Tables, builtin};
use extract::token::tokenize;
use unicode_segmentation::UnicodeSegmentation;

mod press;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// Names as they stand in a list, all different.
fn names(count: usize) -> Vec<String> {
    let table = builtin().unwrap();
    let forms = |list: List| -> Vec<&str> {
        let forms = table.entries(list).map(|entry| table.cell(list, entry, "form"));
        forms.filter(|form| form.is_ascii() && form.len() > 2 && form.starts_with(|c: char| c.is_ascii_uppercase())).collect()
    };
    let (given, family) = (forms(List::GivenNames), forms(List::Surnames));
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    let mut names = BTreeSet::new();
    while names.len() < count {
        let middle = if next(8) == 0 { format!("{} ", given[next(given.len())]) } else { String::new() };
        names.insert(format!("{} {middle}{}", given[next(given.len())], family[next(family.len())]));
    }
    names.into_iter().collect()
}

fn compiled(names: &[String]) -> Vec<u8> {
    let tsv = std::iter::once("name\n".to_owned()).chain(names.iter().map(|name| format!("{name}\n"))).collect::<String>();
    compile_user(vec![UserFile { name: "people.tsv".to_owned(), bytes: tsv.into_bytes() }]).unwrap()
}

fn matching(c: &mut Criterion) {
    let documents: Vec<String> = press::documents().into_iter().map(|(text, _)| text).collect();
    let bytes: usize = documents.iter().map(String::len).sum();
    let mut group = c.benchmark_group("names");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("bare unicode_word_indices", |b| b.iter(|| documents.iter().map(|d| d.unicode_word_indices().count()).sum::<usize>()));
    let mut tokens = Vec::new();
    let mut lookups = Lookups::default();
    let tables = Tables::new(builtin().unwrap());
    group.bench_function("tokens + built-in lists", |b| {
        b.iter(|| {
            let count = |d: &String| {
                tokenize(d, &mut tokens);
                lookups.find(&tables, d, &tokens);
                lookups.iter().count()
            };
            documents.iter().map(count).sum::<usize>()
        });
    });
    for size in SIZES {
        let names = names(size);
        let file = compiled(&names);
        let owned = OwnedTable::new(file).unwrap();
        let table = owned.table();
        group.bench_function(format!("tokens + {size} names"), |b| {
            b.iter(|| {
                let count = |d: &String| {
                    tokenize(d, &mut tokens);
                    lookups.find_in_one(&table, d, &tokens);
                    lookups.iter().count()
                };
                documents.iter().map(count).sum::<usize>()
            });
        });
        let daachorse = DoubleArrayAhoCorasickBuilder::new().match_kind(daachorse::MatchKind::LeftmostLongest);
        let automaton = daachorse.build::<_, _, u32>(&names).unwrap();
        group.bench_function(format!("daachorse, {size} names"), |b| {
            b.iter(|| documents.iter().map(|d| automaton.leftmost_find_iter(d).count()).sum::<usize>())
        });
        drop(automaton);
        let automaton = AhoCorasick::builder().match_kind(aho_corasick::MatchKind::LeftmostLongest).build(&names).unwrap();
        group.bench_function(format!("aho-corasick, {size} names"), |b| b.iter(|| documents.iter().map(|d| automaton.find_iter(d).count()).sum::<usize>()));
    }
    group.finish();
}

fn ready(c: &mut Criterion) {
    let names = names(1_000_000);
    let file = compiled(&names);
    let path = std::env::temp_dir().join(format!("extract-bench-{}.gaz", std::process::id()));
    std::fs::write(&path, &file).unwrap();
    let owned = OwnedTable::new(file.clone()).unwrap();
    let per_name = |bytes: usize| bytes as f64 / names.len() as f64;
    println!("1,000,000 names: {:.1} bytes per name in the index, {:.1} in the whole file", per_name(owned.table().index_bytes()), per_name(file.len()));
    let documents = press::documents();
    let document = &documents.iter().find(|(text, _)| text.len() > 3000).unwrap_or(&documents[0]).0;
    let mut group = c.benchmark_group("ready");
    group.sample_size(20);
    group.bench_function("map 1,000,000 names + first document, matched", |b| {
        b.iter(|| {
            let table = OwnedTable::open_unsummed(&path).unwrap();
            let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
            tokenize(document, &mut tokens);
            lookups.find_in_one(&table.table(), document, &tokens);
            black_box(lookups.iter().count())
        });
    });
    group.bench_function("map and sum 1,000,000 names + first document, matched", |b| {
        b.iter(|| {
            let table = OwnedTable::open(&path).unwrap();
            let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
            tokenize(document, &mut tokens);
            lookups.find_in_one(&table.table(), document, &tokens);
            black_box(lookups.iter().count())
        });
    });
    group.bench_function("build an extractor with 1,000,000 names + first document, whole", |b| {
        b.iter(|| black_box(Extractor::builder().gazetteer(&path).build().unwrap().extract(document).mentions.len()));
    });
    group.bench_function("build an extractor + first document, whole", |b| {
        b.iter(|| black_box(Extractor::builder().build().unwrap().extract(document).mentions.len()));
    });
    group.finish();
    std::fs::remove_file(&path).unwrap();
}

criterion_group!(benches, ready, matching);
criterion_main!(benches);
