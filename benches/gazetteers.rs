//! Tokens and matching with 10,000, 100,000 and 1,000,000 names, beside aho-corasick, daachorse and bare
//! `unicode_word_indices` in the same run; then what a million names cost in bytes and in time to be ready.
//!
//! Names: those of the built-in lists, then people, offices and companies put together at random with a fixed seed. The
//! automata look for the bytes as they are, once leftmost-longest and, as the matcher does, all that overlap; case,
//! diacritics, spaces and the ends of words they leave to whoever uses them. Text: as in `throughput`. Only ratios within one run hold.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)] // a bench: failing loudly is right, sizes are printed

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use aho_corasick::AhoCorasick;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use extract::Extractor;
use extract::gazetteer::compile::{UserFile, compile_user};
use extract::gazetteer::{Column, List, Lookups, OwnedTable, Tables, builtin};
use extract::token::tokenize;
use unicode_segmentation::UnicodeSegmentation;

mod press;

/// Rounds of which the best counts.
const ROUNDS: usize = 15;
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// Names as they stand in a list, all different: those of the built-in lists in an order of their own, then as many more,
/// put together at random, as it takes: people, offices of places, companies.
fn names(count: usize) -> Vec<String> {
    let table = builtin().unwrap();
    let cells = |list: List, column: Column| table.entries(list).map(move |entry| table.cell(list, entry, column)).collect::<Vec<_>>();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut real = BTreeSet::new();
    for list in [List::People, List::Organizations, List::Agreements, List::Events, List::Places] {
        let forms = [cells(list, Column::Name), cells(list, Column::Aliases)].concat();
        // A name of one word is left out: bare automata would find it inside of words, at the cost of their count, not of their speed.
        real.extend(forms.iter().flat_map(|cell| cell.split('|')).map(|form| form.trim_start_matches(['=', '~'])).filter(|form| form.contains(' ')));
    }
    let mut real: Vec<&str> = real.into_iter().collect();
    for i in (1..real.len()).rev() {
        real.swap(i, random.below(i + 1));
    }
    let mut names: BTreeSet<String> = real.into_iter().take(count).map(str::to_owned).collect();
    let forms = |list| cells(list, Column::Form).into_iter().map(|form| form.trim_start_matches(['=', '~'])).filter(|form| form.len() > 2).collect::<Vec<_>>();
    let (given, family) = (forms(List::GivenNames), forms(List::Surnames));
    let (heads, places, ends) = (forms(List::OrgHeads), cells(List::Places, Column::Name), forms(List::CompanySuffixes));
    while names.len() < count {
        let mut one = |of: &[&str]| of[random.below(of.len())].to_owned();
        let kind = one(&["person", "person", "person", "middle", "office", "office", "company"]);
        names.insert(match kind.as_str() {
            "person" => format!("{} {}", one(&given), one(&family)),
            "middle" => format!("{} {} {}", one(&given), one(&given), one(&family)),
            "office" => format!("{} of {}", title(&one(&heads)), one(&places)),
            _ => format!("{} {}", one(&family), one(&ends)),
        });
    }
    names.into_iter().collect()
}

/// A lexicon's word as it stands in a name.
fn title(word: &str) -> String {
    let upper = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    word.split(' ').map(upper).collect::<Vec<_>>().join(" ")
}

/// Numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % end
    }
}

fn compiled(names: &[String]) -> Vec<u8> {
    let tsv = std::iter::once("name\n".to_owned()).chain(names.iter().map(|name| format!("{name}\n"))).collect::<String>();
    compile_user(vec![UserFile { name: "people.tsv".to_owned(), bytes: tsv.into_bytes() }]).unwrap().bytes
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
        let automaton = DoubleArrayAhoCorasickBuilder::new().build::<_, _, u32>(&names).unwrap();
        group.bench_function(format!("daachorse overlapping, {size} names"), |b| {
            b.iter(|| documents.iter().map(|d| automaton.find_overlapping_iter(d).count()).sum::<usize>())
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
    let first = |table: OwnedTable| {
        let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
        tokenize(document, &mut tokens);
        lookups.find_in_one(&table.table(), document, &tokens);
        assert_eq!(table.damage(), None);
        black_box(lookups.iter().count())
    };
    group.bench_function("map 1,000,000 names, checked as read, + first document, matched", |b| {
        b.iter(|| first(OwnedTable::open_checked_as_read(&path).unwrap()));
    });
    group.bench_function("map 1,000,000 names, checked whole, + first document, matched", |b| b.iter(|| first(OwnedTable::open(&path).unwrap())));
    for as_read in [true, false] {
        let name = if as_read { "checked as read" } else { "checked whole" };
        group.bench_function(format!("build an extractor with 1,000,000 names, {name}, + first document, whole"), |b| {
            b.iter(|| {
                let extractor = Extractor::builder().gazetteer(&path).checked_as_read(as_read).build().unwrap();
                let found = extractor.extract(document).mentions.len();
                extractor.check_lists().unwrap();
                black_box(found)
            });
        });
    }
    group.bench_function("build an extractor + first document, whole", |b| {
        b.iter(|| black_box(Extractor::builder().build().unwrap().extract(document).mentions.len()));
    });
    group.finish();
    std::fs::remove_file(&path).unwrap();
}

/// The goals' ratios, by the best of rounds that take turns, so that a busy machine slows all alike.
fn ratios(_: &mut Criterion) {
    let documents: Vec<String> = press::documents().into_iter().map(|(text, _)| text).collect();
    let (few, many) = (names(10_000), names(1_000_000));
    let (few_compiled, many_compiled) = (OwnedTable::new(compiled(&few)).unwrap(), OwnedTable::new(compiled(&many)).unwrap());
    let leftmost: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new().match_kind(daachorse::MatchKind::LeftmostLongest).build(&many).unwrap();
    let overlapping: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new().build(&many).unwrap();
    let (mut tokens, mut lookups) = (Vec::new(), [Lookups::default(), Lookups::default()]);
    let mut find = |which: usize, table: &OwnedTable| {
        documents.iter().fold(0, |sum, document| {
            tokenize(document, &mut tokens);
            lookups[which].find_in_one(&table.table(), document, &tokens);
            sum + lookups[which].iter().count()
        })
    };
    let mut best = [f64::MAX; 4];
    for _ in 0..ROUNDS {
        let mut time = |which: usize, run: &mut dyn FnMut() -> usize| {
            let start = Instant::now();
            black_box(run());
            best[which] = best[which].min(start.elapsed().as_secs_f64());
        };
        time(0, &mut || find(0, &few_compiled));
        time(1, &mut || find(1, &many_compiled));
        time(2, &mut || documents.iter().map(|d| leftmost.leftmost_find_iter(d).count()).sum());
        time(3, &mut || documents.iter().map(|d| overlapping.find_overlapping_iter(d).count()).sum());
    }
    let [few, many, leftmost, overlapping] = best;
    println!("1,000,000 names ÷ 10,000 names: {:.2}", few / many);
    println!("1,000,000 names ÷ daachorse: {:.2} (leftmost-longest), {:.2} (overlapping)", leftmost / many, overlapping / many);
}

criterion_group!(benches, ready, matching, ratios);
criterion_main!(benches);
