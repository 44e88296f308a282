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
    let mut counts: Vec<(&'a str, usize)> = Vec::new();
    for (i, token) in tokens.iter().enumerate().take(SAMPLE).filter(|(_, t)| t.is_word()) {
        words += 1;
        foreign_script += usize::from(token.core().slice(text).chars().next().is_some_and(|c| c as u32 > 0x24f && c.is_alphabetic()));
        for hit in lookups.at(i).iter().filter(|h| h.len() == 1) {
            match hit.list {
                List::FunctionWords => english += 1,
                List::LanguageWords => add(&mut counts, table.cell(List::LanguageWords, hit.entry, Column::Lang)),
                _ => {}
            }
        }
    }
    let best = counts.iter().copied().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    match best {
        Some((lang, count)) if count > english && count * 10 > words => lang,
        _ if foreign_script * 2 > words => "und",
        _ if words < SHORT || english * 10 >= words => "en",
        // Few words of grammar of any language: a list, a table, a headline.
        _ => "en",
    }
}

fn add<'a>(counts: &mut Vec<(&'a str, usize)>, lang: &'a str) {
    match counts.iter_mut().find(|(l, _)| *l == lang) {
        Some((_, count)) => *count += 1,
        None => counts.push((lang, 1)),
    }
}
