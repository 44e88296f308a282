//! Near spellings: listed people whose name differs from an unknown one by a letter or two that are easily
//! exchanged ("Haq" and "Huck"). They are shown as `similar`, never joined.
//!
//! `lexicon/near_letters.tsv` says which letters stand for which. All other words of the name must agree. Cost:
//! some hundred look-ups by hash for a name, without a walk over the list.

use crate::annotation::{Candidate, Score};
use crate::gazetteer::{Column, EntryId, List, Tables};
use crate::token::fold::{fold_into, hash_folded, hash_sequence};

/// Most letters of a surname in which two exchanges are tried; one in any other word.
const FEW_LETTERS: usize = 5;
/// Most similar people shown.
const MOST_SHOWN: usize = 3;

/// Which letters are taken for which.
pub struct NearLetters {
    groups: Vec<(String, Vec<String>)>,
}

impl NearLetters {
    /// Reads the list.
    pub fn new(table: &Tables) -> NearLetters {
        let cell = |entry, column| table.cell(List::NearLetters, entry, column).to_owned();
        let groups = table.entries(List::NearLetters).map(|e| (cell(e, Column::Form), cell(e, Column::Others).split('|').map(str::to_owned).collect()));
        NearLetters { groups: groups.collect() }
    }

    /// Gives each spelling of a folded word with one exchange; the same string is filled anew each time.
    fn exchange(&self, word: &str, spelling: &mut String, mut give: impl FnMut(&str)) {
        for (at, _) in word.char_indices() {
            let rest = &word[at..];
            for (letters, others) in self.groups.iter().filter(|(letters, _)| rest.starts_with(letters.as_str())) {
                for other in others {
                    spelling.clear();
                    spelling.push_str(&word[..at]);
                    spelling.push_str(other);
                    spelling.push_str(&rest[letters.len()..]);
                    give(spelling);
                }
            }
        }
    }
}

/// Listed people whose name is nearly `name`, a full name, the nearest first.
pub fn similar(table: &Tables, letters: &NearLetters, name: &str) -> Vec<Candidate> {
    let words: Vec<String> = name.split_whitespace().map(folded).collect();
    if words.len() < 2 || words.iter().any(|word| word.chars().any(|c| !c.is_alphabetic())) {
        return Vec::new();
    }
    let mut found: Vec<(usize, EntryId)> = Vec::new();
    let (mut once, mut twice) = (String::new(), String::new());
    for (k, word) in words.iter().enumerate() {
        let before = prefix(&words[..k]);
        let mut note = |spelling: &str, exchanges: usize| {
            if let Some(entry) = listed(table, &words, k, before, spelling)
                && !found.iter().any(|(_, known)| *known == entry)
            {
                found.push((exchanges, entry));
            }
        };
        letters.exchange(word, &mut once, |spelling| note(spelling, 1));
        if k + 1 == words.len() && word.chars().count() <= FEW_LETTERS {
            letters.exchange(word, &mut once, |spelling| letters.exchange(spelling, &mut twice, |spelling| note(spelling, 2)));
        }
    }
    found.retain(|(_, entry)| table.cell(List::People, *entry, Column::Name) != name);
    found.sort();
    found.iter().take(MOST_SHOWN).map(|(exchanges, entry)| candidate(table, *entry, *exchanges)).collect()
}

/// Hash of the words before, none at the start.
fn prefix(words: &[String]) -> Option<u64> {
    let hashes = words.iter().map(|word| hash_folded(word.as_bytes()));
    hashes.reduce(|hash, word| hash_sequence(hash, word, true))
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold_into(word, &mut out);
    out
}

/// The one listed person whose name has `spelling` for its word `k`. Most spellings are none: the hash tells before a
/// string is put together.
fn listed(table: &Tables, words: &[String], k: usize, before: Option<u64>, spelling: &str) -> Option<EntryId> {
    let own = hash_folded(spelling.as_bytes());
    let start = before.map_or(own, |hash| hash_sequence(hash, own, true));
    let hash = words[k + 1..].iter().fold(start, |hash, word| hash_sequence(hash, hash_folded(word.as_bytes()), true));
    if !table.may_hold(hash) {
        return None;
    }
    let word = |i: usize| if i == k { spelling } else { words[i].as_str() };
    table.only_entry(List::People, hash, &(0..words.len()).map(word).collect::<Vec<_>>().join(" "))
}

fn candidate(table: &Tables, entry: EntryId, exchanges: usize) -> Candidate {
    let cell = |column| table.cell(List::People, entry, column);
    Candidate {
        reference: format!("people/{}", cell(Column::Id)),
        score: Score(if exchanges == 1 { 0.6 } else { 0.4 }),
        why: Some(format!("near spelling of {}", cell(Column::Name))),
    }
}
