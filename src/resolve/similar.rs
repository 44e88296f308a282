//! Near spellings: listed people whose name differs from an unknown one by a letter or two that are easily
//! exchanged ("Haq" and "Huck"). They are shown as `similar`, never joined.
//!
//! `lexicon/near_letters.tsv` says which letters stand for which. All other words of the name must agree. Cost:
//! some hundred look-ups by hash for a name, without a walk over the list.

use rustc_hash::FxHashMap;

use crate::annotation::{Candidate, Score};
use crate::gazetteer::{EntryId, List, Tables};
use crate::token::fold::{fold_into, hash_folded, hash_sequence};

/// Exchanges allowed in a surname of few letters; one in any other word.
const MOST_EXCHANGES: usize = 2;
/// Most letters of a surname in which two exchanges are tried.
const FEW_LETTERS: usize = 5;
/// Most spellings tried for a word.
const MOST_SPELLINGS: usize = 200;
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
        let groups = table.entries(List::NearLetters).map(|e| (cell(e, "form"), cell(e, "others").split('|').map(str::to_owned).collect()));
        NearLetters { groups: groups.collect() }
    }

    /// Other spellings of a folded word, with the number of exchanges.
    fn spellings(&self, word: &str, most: usize) -> FxHashMap<String, usize> {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        seen.insert(word.to_owned(), 0);
        let mut last = vec![word.to_owned()];
        for exchanges in 1..=most {
            let mut next = Vec::new();
            for spelling in &last {
                self.exchange(spelling, |other| {
                    if seen.len() < MOST_SPELLINGS && !seen.contains_key(&other) {
                        seen.insert(other.clone(), exchanges);
                        next.push(other);
                    }
                });
            }
            last = next;
        }
        seen.remove(word);
        seen
    }

    fn exchange(&self, word: &str, mut give: impl FnMut(String)) {
        for (at, _) in word.char_indices() {
            let rest = &word[at..];
            for (letters, others) in self.groups.iter().filter(|(letters, _)| rest.starts_with(letters.as_str())) {
                for other in others {
                    give(format!("{}{other}{}", &word[..at], &rest[letters.len()..]));
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
    for (k, word) in words.iter().enumerate() {
        let is_short_surname = k + 1 == words.len() && word.chars().count() <= FEW_LETTERS;
        for (spelling, exchanges) in letters.spellings(word, if is_short_surname { MOST_EXCHANGES } else { 1 }) {
            let Some(entry) = listed(table, &words, k, &spelling) else { continue };
            if !found.iter().any(|(_, known)| *known == entry) {
                found.push((exchanges, entry));
            }
        }
    }
    found.sort();
    found.iter().take(MOST_SHOWN).map(|(exchanges, entry)| candidate(table, *entry, *exchanges)).collect()
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold_into(word, &mut out);
    out
}

/// The one listed person whose name has `spelling` for its word `k`.
fn listed(table: &Tables, words: &[String], k: usize, spelling: &str) -> Option<EntryId> {
    let word = |i: usize| if i == k { spelling } else { words[i].as_str() };
    let hash = (1..words.len()).fold(hash_folded(word(0).as_bytes()), |hash, i| hash_sequence(hash, hash_folded(word(i).as_bytes()), true));
    table.only_entry(List::People, hash, &(0..words.len()).map(word).collect::<Vec<_>>().join(" "))
}

fn candidate(table: &Tables, entry: EntryId, exchanges: usize) -> Candidate {
    let cell = |column| table.cell(List::People, entry, column);
    Candidate {
        reference: format!("people/{}", cell("id")),
        score: Score(if exchanges == 1 { 0.6 } else { 0.4 }),
        why: Some(format!("near spelling of {}", cell("name"))),
    }
}
