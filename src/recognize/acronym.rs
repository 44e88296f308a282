//! Acronyms in brackets tell how far the name before them goes: "Trade in Services Agreement (TiSA)".
//!
//! The letters are matched with the first letters of the words before the bracket, from the last to the first (Schwartz and
//! Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text", PSB 2003); small words may be
//! left out. A listed body whose acronym was introduced for another name is not meant.

use super::{Context, Found, Via};
use crate::annotation::{Form, Label};
use crate::gazetteer::{Column, List};
use crate::token::Case;

/// Letters of an acronym, most.
const MOST: usize = 10;
/// Letters from which an acronym alone shows that the words before it are a name.
const SURE: usize = 3;
/// Bytes from which a word tells one name from another.
const TELLING: usize = 4;

/// Widens composed names that end before a bracketed acronym to all words it stands for. A listed acronym that stands for words which
/// nothing claims is not the listed body: "Ecole Nationale d'Administration (ENA)" is no news agency.
pub fn settle<'a>(ctx: &Context<'_, 'a>, proposed: &mut Vec<Found<'a>>) {
    let opens = |i: &usize| !ctx.tokens[*i].is_word() && ctx.text.as_bytes()[ctx.tokens[*i].start as usize] == b'(';
    for bracket in (1..ctx.tokens.len()).filter(opens).filter_map(|open| bracket(ctx, open)) {
        let (first, end) = (bracket.first as u32, bracket.open as u32);
        let before = || proposed.iter().enumerate().filter(|(_, found)| found.end == end && found.first < end);
        let is_composed = |found: &Found<'_>| matches!(found.label, Label::Organization | Label::Agreement | Label::Event) && matches!(found.via, Via::Rule(_));
        if before().any(|(_, found)| found.first <= first) {
            continue;
        }
        if let Some((i, _)) = before().find(|(_, found)| is_composed(found)) {
            (proposed[i].first, proposed[i].span) = (first, ctx.span(bracket.first, bracket.open));
        } else if bracket.is_sure && before().next().is_none() {
            drop_listed(ctx, proposed, &bracket);
        }
    }
}

/// Takes back a listed acronym in a bracket, and its repeats, unless the text also names the body in full or the words before the bracket
/// are like its name.
fn drop_listed<'a>(ctx: &Context<'_, 'a>, proposed: &mut Vec<Found<'a>>, bracket: &Bracket) {
    let acronym = bracket.open as u32 + 1;
    let at = |found: &&Found<'_>| found.first == acronym && found.end == acronym + 1 && found.label == Label::Organization && found.form == Form::Acronym;
    let Some(entry) = proposed.iter().find(at).and_then(|found| found.entry) else { return };
    let of_entry = |found: &Found<'_>| found.entry == Some(entry);
    let listed = [Column::Name, Column::Aliases].map(|column| ctx.table.cell(entry.0, entry.1, column).to_lowercase());
    let mut words = (bracket.first..bracket.open).map(|i| ctx.word(i)).filter(|word| word.len() >= TELLING);
    if words.any(|word| listed.iter().any(|names| names.contains(&word.to_lowercase()))) {
        return;
    }
    if proposed.iter().all(|found| !of_entry(found) || found.form == Form::Acronym) {
        proposed.retain(|found| !of_entry(found));
    }
}

/// A bracket that holds an acronym, and the words it stands for.
struct Bracket {
    open: usize,
    /// First token of the words.
    first: usize,
    /// Whether the words are a name for sure: all but small ones capitalised, and as many as there are letters.
    is_sure: bool,
}

fn bracket(ctx: &Context<'_, '_>, open: usize) -> Option<Bracket> {
    let acronym = ctx.word(open + 1);
    let letters = acronym.chars().filter(|c| c.is_alphabetic()).count();
    let is_acronym = ctx.word(open + 2) == ")" && (2..=MOST).contains(&letters) && acronym.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let mut first = is_acronym.then(|| long_form(ctx, open, acronym)).flatten()?;
    if ctx.is_any(first, &["the"]) {
        first += 1;
    }
    let words = (first..open).filter(|i| ctx.tokens[*i].is_word());
    let is_name = words.clone().all(|i| without_article(ctx.word(i)).starts_with(char::is_uppercase) || ctx.is_function_word(i));
    // An office, its rank before it, is no name.
    let is_office = words.clone().any(|i| ctx.has(i, List::Roles));
    (!is_office).then_some(Bracket { open, first, is_sure: letters >= SURE && is_name && words.count() >= SURE })
}

/// First token of the words before `open` whose first letters spell `acronym`.
fn long_form(ctx: &Context<'_, '_>, open: usize, acronym: &str) -> Option<usize> {
    let mut letters = acronym.chars().filter(|c| c.is_alphabetic()).rev().flat_map(char::to_lowercase).peekable();
    let mut at = open;
    while letters.peek().is_some() {
        at = at.checked_sub(1).filter(|i| ctx.same_line(i + 1))?;
        let token = &ctx.tokens[at];
        if !token.is_word() {
            let is_joint = matches!(ctx.word(at), "-" | "–" | "‑" | "&" | "/" | ",");
            if !is_joint {
                return None;
            }
            continue;
        }
        let initial = initial(ctx.word(at));
        if letters.peek() == Some(&initial) {
            letters.next();
        } else if token.case != Case::Lower || !ctx.is_function_word(at) {
            return None;
        }
    }
    ctx.tokens[at].is_capitalized().then_some(at)
}

fn initial(word: &str) -> char {
    without_article(word).chars().next().and_then(|c| c.to_lowercase().next()).unwrap_or('\0')
}

/// A word without an article that is written to it ("d'Administration").
fn without_article(word: &str) -> &str {
    ["d'", "d’", "l'", "l’", "D'", "D’", "L'", "L’"].iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word)
}
