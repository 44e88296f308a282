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
    /// Letters and what they are taken for, by their first byte.
    groups: Vec<Vec<(String, Vec<String>)>>,
}

impl NearLetters {
    /// Reads the list.
    pub fn new(table: &Tables) -> NearLetters {
        let mut groups = vec![Vec::new(); 256];
        for entry in table.entries(List::NearLetters) {
            let letters = table.cell(List::NearLetters, entry, Column::Form).to_owned();
            let others = table.cell(List::NearLetters, entry, Column::Others).split('|').map(str::to_owned).collect();
            if let Some(first) = letters.bytes().next() {
                groups[usize::from(first)].push((letters, others));
            }
        }
        NearLetters { groups }
    }

    /// Gives each spelling of a folded word with one exchange of letters that end behind byte `from`, and where they start;
    /// the same string is filled anew each time.
    fn exchange(&self, word: &str, from: usize, spelling: &mut String, mut give: impl FnMut(&str, usize)) {
        for (at, first) in word.bytes().enumerate() {
            for (letters, others) in &self.groups[usize::from(first)] {
                let end = at + letters.len();
                if end <= from || !word.as_bytes()[at..].starts_with(letters.as_bytes()) {
                    continue;
                }
                for other in others {
                    spelling.clear();
                    spelling.push_str(&word[..at]);
                    spelling.push_str(other);
                    spelling.push_str(&word[end..]);
                    give(spelling, at);
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
    let hashes: Vec<u64> = words.iter().map(|word| hash_folded(word.as_bytes())).collect();
    let mut found: Vec<(usize, EntryId)> = Vec::new();
    let (mut once, mut twice) = (String::new(), String::new());
    let mut before = None;
    for (k, word) in words.iter().enumerate() {
        let mut note = |spelling: &str, exchanges: usize| {
            let own = hash_folded(spelling.as_bytes());
            if let Some(entry) = listed(table, &words, k, sequence(before, own, &hashes[k + 1..]), spelling)
                && !found.iter().any(|(_, known)| *known == entry)
            {
                found.push((exchanges, entry));
            }
        };
        letters.exchange(word, 0, &mut once, |spelling, _| note(spelling, 1));
        if k + 1 == words.len() && word.chars().count() <= FEW_LETTERS {
            // Of two exchanges that do not touch, the first in the word is made first: the other order gives the same.
            letters.exchange(word, 0, &mut once, |spelling, at| letters.exchange(spelling, at, &mut twice, |spelling, _| note(spelling, 2)));
        }
        before = Some(sequence(before, hashes[k], &[]));
        // No listed name begins so.
        if before.is_some_and(|hash| !table.may_hold(hash)) {
            break;
        }
    }
    found.retain(|(_, entry)| table.cell(List::People, *entry, Column::Name) != name);
    found.sort();
    found.iter().take(MOST_SHOWN).map(|(exchanges, entry)| candidate(table, *entry, *exchanges)).collect()
}

/// Hash of the words before, if any, a word and those behind it.
fn sequence(before: Option<u64>, word: u64, behind: &[u64]) -> u64 {
    let start = before.map_or(word, |hash| hash_sequence(hash, word, true));
    behind.iter().fold(start, |hash, word| hash_sequence(hash, *word, true))
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold_into(word, &mut out);
    out
}

/// The one listed person whose name has `spelling` for its word `k`, and by that the hash. Most spellings are none: the
/// hash tells before a string is put together.
fn listed(table: &Tables, words: &[String], k: usize, hash: u64, spelling: &str) -> Option<EntryId> {
    if !table.may_hold(hash) {
        return None;
    }
    let word = |i: usize| if i == k { spelling } else { words[i].as_str() };
    table.only_entry(List::People, hash, &(0..words.len()).map(word).collect::<Vec<_>>().join(" "))
}

fn candidate(table: &Tables, entry: EntryId, exchanges: usize) -> Candidate {
    let cell = |column| table.cell(List::People, entry, column);
    Candidate {
        reference: ["people/", cell(Column::Id)].concat(),
        score: Score(if exchanges == 1 { 0.6 } else { 0.4 }),
        why: Some(["near spelling of ", cell(Column::Name)].concat()),
    }
}
