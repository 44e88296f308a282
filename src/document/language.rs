//! Language: from the text's most frequent small words.

use crate::gazetteer::{Column, List, Lookups, Tables};
use crate::token::Token;

/// Tokens looked at; the first few paragraphs tell enough.
const SAMPLE: usize = 300;
/// Words below which a text is taken for English unless its script says otherwise.
const SHORT: usize = 12;

/// ISO 639-1 code of the language: `en`, another one whose words the lexicon knows, or `und`.
pub fn language<'a>(text: &str, tokens: &[Token], lookups: &Lookups, table: &'a Tables) -> &'a str {
    let mut english = 0usize;
    let mut words = 0usize;
    let mut foreign_script = 0usize;
    let mut foreign = 0usize;
    for (i, token) in tokens.iter().enumerate().take(SAMPLE).filter(|(_, t)| t.is_word()) {
        words += 1;
        foreign_script += usize::from(is_foreign(token.core().slice(text)));
        english += usize::from(lookups.any_of(i, List::FunctionWords));
        foreign += lookups.at(i).len() * usize::from(lookups.any_of(i, List::LanguageWords));
    }
    // Which language they are of is asked only when they may be the most: `foreign` counts too many rather than too few.
    let counts = if foreign > english { counts(tokens.len().min(SAMPLE), lookups, table) } else { Vec::new() };
    let best = counts.iter().copied().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    match best {
        Some((lang, count)) if count > english && count * 10 > words => lang,
        _ if foreign_script * 2 > words => "und",
        _ if words < SHORT || english * 10 >= words => "en",
        // Few words of grammar of any language: a list, a table, a headline.
        _ => "en",
    }
}

/// Whether a word begins with a letter beyond the Latin ones.
fn is_foreign(word: &str) -> bool {
    !word.as_bytes().first().is_some_and(u8::is_ascii) && word.chars().next().is_some_and(|c| c as u32 > 0x24f && c.is_alphabetic())
}

/// How many of the first `tokens` tokens are words of each language.
fn counts<'a>(tokens: usize, lookups: &Lookups, table: &'a Tables) -> Vec<(&'a str, usize)> {
    let mut counts = Vec::new();
    for hit in lookups.iter().take_while(|h| (h.first as usize) < tokens).filter(|h| h.list == List::LanguageWords && h.len() == 1) {
        add(&mut counts, table.cell(List::LanguageWords, hit.entry, Column::Lang));
    }
    counts
}

fn add<'a>(counts: &mut Vec<(&'a str, usize)>, lang: &'a str) {
    match counts.iter_mut().find(|(l, _)| *l == lang) {
        Some((_, count)) => *count += 1,
        None => counts.push((lang, 1)),
    }
}
