//! The matcher against a naive one with the same rules, and compiled lists against damage.

use std::collections::BTreeSet;

use extract::gazetteer::compile::{UserFile, compile_user};
use extract::gazetteer::{Column, List, Lookups, OwnedTable, Table, Tables, builtin};
use extract::token::fold::{fold_into, fold_words};
use extract::token::{Case, Gap, Token, tokenize};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Words that meet again in texts and names, in several spellings each.
const WORDS: &[&str] = &[
    "Jae",
    "jae",
    "JAE",
    "Myung",
    "myung",
    "O’Neill",
    "O'Neill",
    "o'neill",
    "People's",
    "People’s",
    "People",
    "Republic",
    "REPUBLIC",
    "of",
    "the",
    "US",
    "us",
    "U.S.",
    "WHO",
    "who",
    "Áli",
    "Ali",
    "ALI",
    "Əli",
    "Bank",
    "bank’s",
    "Bank's",
    "Azer\u{ad}bai",
    "Azerbai",
    "3rd",
    "No. 5",
    "eBay",
    "ŒUVRE",
    "œuvre",
    "Straße",
    "STRASSE",
    "e\u{301}",
    "é",
];

/// What stands between words.
const JOINTS: &[&str] = &[" ", " ", " ", "-", "–", "  ", "\n", "\u{a0}", ", ", ". ", "\n\n", ""];

fn name() -> impl Strategy<Value = String> {
    let sign = prop_oneof![6 => Just(""), 1 => Just("="), 1 => Just("~")];
    let joint = prop::sample::select(&["-", " ", " ", " "][..]);
    (sign, prop::collection::vec((prop::sample::select(WORDS), joint), 1..4)).prop_map(|(sign, words)| {
        let mut name = String::from(sign);
        for (i, (word, joint)) in words.iter().enumerate() {
            if i > 0 {
                name.push_str(joint);
            }
            name.push_str(word);
        }
        name
    })
}

fn text() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(WORDS), prop::sample::select(JOINTS));
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.iter().flat_map(|(word, joint)| [*word, *joint]).collect())
}

/// A hit: bytes, entry, column.
type Hit = (u32, u32, String, &'static str);

/// Names of an organisation: its name, aliases, acronyms.
type Names = (String, Vec<String>, Vec<String>);

fn compiled(entries: &[Names]) -> Vec<u8> {
    let rows = entries.iter().enumerate().map(|(i, (name, aliases, acronyms))| format!("{i}\t{name}\t{}\t{}\n", aliases.join("|"), acronyms.join("|")));
    let tsv = format!("id\tname\taliases\tacronyms\n{}", rows.collect::<String>());
    compile_user(vec![UserFile { name: "organizations.tsv".to_owned(), bytes: tsv.into_bytes() }]).unwrap().bytes
}

fn tables(entries: &[Names]) -> Tables {
    let mut tables = Tables::new(builtin().unwrap());
    tables.hide([List::Organizations].into_iter());
    tables.push(OwnedTable::new(compiled(entries)).unwrap()).unwrap();
    tables
}

fn matched(entries: &[Names], text: &str, tokens: &[Token]) -> BTreeSet<Hit> {
    found(&tables(entries), &mut Lookups::default(), text, tokens)
}

fn found(tables: &Tables, lookups: &mut Lookups, text: &str, tokens: &[Token]) -> BTreeSet<Hit> {
    lookups.find(tables, text, tokens);
    let own = lookups.iter().filter(|hit| hit.list == List::Organizations);
    own.map(|hit| (hit.span.start, hit.span.end, tables.cell(hit.list, hit.entry, Column::Id).to_owned(), hit.column_name())).collect()
}

/// Every run of tokens against every form.
fn naive(entries: &[Names], text: &str, tokens: &[Token]) -> BTreeSet<Hit> {
    let mut hits = BTreeSet::new();
    for (i, (name, aliases, acronyms)) in entries.iter().enumerate() {
        let forms = std::iter::once((name, "name")).chain(aliases.iter().map(|a| (a, "aliases"))).chain(acronyms.iter().map(|a| (a, "acronyms")));
        for (form, column) in forms {
            for first in 0..tokens.len() {
                for end in first + 1..=tokens.len() {
                    for stop in stands(form, column, text, &tokens[first..end]) {
                        hits.insert((tokens[first].start, stop, i.to_string(), column));
                    }
                }
            }
        }
    }
    hits
}

/// The ends, without or with the possessive ending, at which the form stands over these tokens.
fn stands(form: &str, column: &str, text: &str, run: &[Token]) -> Vec<u32> {
    if run[1..].iter().any(|token| token.gap == Gap::Paragraph) {
        return Vec::new();
    }
    let (sign, raw) = match form.chars().next() {
        Some('=' | '~') => form.split_at(1),
        _ => ("", form),
    };
    let capitals = raw.chars().any(char::is_uppercase);
    let shout = capitals && !raw.contains(' ') && !raw.chars().any(char::is_lowercase) && raw.chars().filter(|c| c.is_alphabetic()).count() <= 6;
    let exact = sign == "=" || sign.is_empty() && (column == "acronyms" && capitals || shout);
    let last = run[run.len() - 1];
    let mut ends = vec![last.core_end(), last.end];
    ends.dedup();
    ends.retain(|end| {
        let mut folded = String::new();
        for (k, token) in run.iter().enumerate() {
            if k > 0 && token.gap != Gap::None {
                folded.push(' ');
            }
            fold_into(&text[token.start as usize..token.end.min(*end) as usize], &mut folded);
        }
        let fold = |blanks| {
            let mut out = String::new();
            fold_words(raw, blanks, &mut out);
            out
        };
        let inner_hyphen = raw.chars().collect::<Vec<_>>().windows(3).any(|w| w[1] == '-' && w[0].is_alphabetic() && w[2].is_alphabetic());
        if folded != fold(false) && !(inner_hyphen && !exact && folded == fold(true)) {
            return false;
        }
        let written = &text[run[0].start as usize..*end as usize];
        match exact {
            true => written.split_whitespace().eq(raw.split_whitespace()),
            false => sign == "~" || capitals_stand(raw, run),
        }
    });
    ends
}

/// Every word that is capitalised in the form, of its first eight, is no lower-case word in the text.
fn capitals_stand(raw: &str, run: &[Token]) -> bool {
    let mut own = Vec::new();
    tokenize(raw, &mut own);
    let upper = |token: &Token| raw[token.start as usize..].starts_with(char::is_uppercase);
    let (own, run) = (own.iter().filter(|token| token.is_word()), run.iter().filter(|token| token.is_word()));
    own.take(8).zip(run).all(|(form, token)| !upper(form) || token.case != Case::Lower)
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn matcher_finds_what_a_naive_one_finds(
        entries in prop::collection::vec((name(), prop::collection::vec(name(), 0..3), prop::collection::vec(name(), 0..2)), 1..8),
        text in text(),
    ) {
        let mut tokens = Vec::new();
        tokenize(&text, &mut tokens);
        prop_assert_eq!(matched(&entries, &text, &tokens), naive(&entries, &text, &tokens));
    }

    #[test]
    fn words_kept_from_other_texts_and_lists_change_nothing(
        entries in prop::collection::vec((name(), prop::collection::vec(name(), 0..3), prop::collection::vec(name(), 0..2)), 1..8),
        others in prop::collection::vec((name(), prop::collection::vec(name(), 0..3), prop::collection::vec(name(), 0..2)), 1..4),
        texts in prop::collection::vec(text(), 2..5),
    ) {
        let (own, other) = (tables(&entries), tables(&others));
        let mut kept = Lookups::default();
        for text in &texts {
            let mut tokens = Vec::new();
            tokenize(text, &mut tokens);
            prop_assert_eq!(found(&own, &mut kept, text, &tokens), found(&own, &mut Lookups::default(), text, &tokens));
            prop_assert_eq!(found(&other, &mut kept, text, &tokens), found(&other, &mut Lookups::default(), text, &tokens));
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read_without_panic(at in any::<prop::sample::Index>(), change in any::<[u8; 4]>(), cut in any::<prop::sample::Index>(), text in text()) {
        let entries = [("Jae Myung".to_owned(), vec!["People's Bank".to_owned()], vec!["US".to_owned()]), ("Ali".to_owned(), Vec::new(), Vec::new())];
        let whole = compiled(&entries);
        let mut bytes = whole.clone();
        let at = at.index(bytes.len() - 4);
        bytes[at..at + 4].copy_from_slice(&change);
        prop_assert!(bytes == whole || OwnedTable::new(bytes.clone()).is_err(), "a changed file passed");
        prop_assert!(OwnedTable::new(whole[..cut.index(whole.len())].to_vec()).is_err(), "a file cut short passed");
        // Past the checksum, as a file that was not summed: wrong answers, but answers.
        if let Ok(table) = Table::new(&bytes) {
            read_all(&table, &text);
        }
    }

    #[test]
    fn a_changed_file_checked_as_it_is_read_gives_the_same_or_tells(
        names in prop::collection::btree_set("[a-d]{2,4}( [a-d]{2,4})?", 300..600),
        at in any::<prop::sample::Index>(),
        change in 1u8..,
        text in "([a-d]{2,4} ){0,30}",
    ) {
        let entries: Vec<_> = names.into_iter().map(|name| (name, Vec::new(), Vec::new())).collect();
        let whole = compiled(&entries);
        let mut bytes = whole.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        let found = |table: &Table<'_>| {
            let (mut tokens, mut lookups) = (Vec::new(), Lookups::default());
            tokenize(&text, &mut tokens);
            lookups.find_in_one(table, &text, &tokens);
            lookups.iter().map(|hit| (hit.span, table.cell(hit.list, hit.entry, Column::Name).to_owned())).collect::<Vec<_>>()
        };
        if let Ok(table) = OwnedTable::open_checked_as_read(file.path()) {
            let changed = found(&table.table());
            prop_assert!(table.damage().is_some() || changed == found(&Table::new(&whole).unwrap()), "a change at byte {} came through", at);
        }
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Table::new(&bytes).is_err());
    }
}

/// Reads whatever a table can be asked for.
fn read_all(table: &Table<'_>, text: &str) {
    for list in [List::Organizations, List::People, List::Tenures] {
        for entry in table.entries(list).take(1000) {
            let _ = (0..list.schema().columns.len()).map(|place| table.cell_at(list, entry, place).len()).sum::<usize>();
        }
        let _ = table.entry(list, "0");
    }
    let _ = (table.tenures_of("0").take(1000).count(), table.holders_of("", "", "", "").take(1000).count());
    for i in (0..=table.form_count() as u32).flat_map(|i| [i, i | 1 << 29]) {
        let _ = table.alias(i).map(|alias| table.form(&alias).len());
    }
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    let mut lookups = Lookups::default();
    lookups.find_in_one(table, text, &tokens);
    let _ = lookups.iter().count();
}
