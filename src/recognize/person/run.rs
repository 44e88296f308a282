//! Runs of words that may make a person's name: initials, particles, hyphens, nicknames and suffixes included.

use super::super::guard::Personal;
use super::super::phrase::is_name_word;
use super::super::{Context, Names};
use super::Around;
use crate::annotation::Label;
use crate::gazetteer::{Column, List};
use crate::token::{Case, Gap, Kind, Token};

/// Most words in a name.
pub(super) const MAX_WORDS: usize = 7;
/// Most letters of the lower-case half of a hyphenated name ("Dong-kwan").
const HYPHENATED: usize = 6;

/// Tokens that may be a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) end: usize,
}

/// The first token from `from` on that may start a run: most cannot, by their case.
pub(super) fn next_start(ctx: &Context<'_, '_>, from: usize) -> Option<usize> {
    let may_start = |(ahead, token): (usize, &Token)| match token.case {
        Case::Capital | Case::Upper | Case::Mixed => token.kind == Kind::Word,
        Case::Lower => ctx.has(from + ahead, List::NameParticles),
        Case::None => false,
    };
    ctx.tokens.get(from..)?.iter().enumerate().position(may_start).map(|ahead| from + ahead)
}

/// The run of name parts that starts at token `i`.
pub(super) fn at<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, i: usize) -> Option<Run> {
    let mut end = if is_part(ctx, names, around, i) { i + 1 } else { leading_particles(ctx, names, around, i)? };
    while end < ctx.tokens.len() && end - i < 2 * MAX_WORDS && ctx.tokens[end - 1].clitic == 0 {
        let next = if ctx.tokens[end].is_word() {
            (ctx.same_line(end) && is_part(ctx, names, around, end)).then_some(end + 1).or_else(|| after_particles(ctx, names, around, end))
        } else {
            past_point(ctx, end)
                .or_else(|| past_hyphen(ctx, names, around, end))
                .or_else(|| after_particles(ctx, names, around, end))
                .or_else(|| past_nickname(ctx, names, around, end))
        };
        match next {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(Run { first: i, end })
}

/// Whether token `i` may be a word of a person's name.
fn is_part<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, i: usize) -> bool {
    let Some(token) = ctx.tokens.get(i) else { return false };
    if !matches!(token.kind, Kind::Word)
        || !matches!(token.case, Case::Capital | Case::Upper | Case::Mixed)
        || token.case == Case::Mixed && !ctx.word(i).starts_with(char::is_uppercase) && !ctx.word(i).contains(['\'', '’'])
        || around.inside(i)
        || ctx.has(i, List::Honorifics)
        || ctx.is_function_word(i) && !is_named_month(ctx, i) && !is_pointed(ctx, i)
    {
        return false;
    }
    match names.over(i) {
        None => true,
        // A lone city or state may be a given name or surname when a name goes on; a longer name is its own.
        Some(f) => {
            f.label == Label::Place
                && f.end == f.first + 1
                && (ctx.is_in(i, List::GivenNames) && f.conf < 0.98 || ctx.is_in(i, List::Surnames) && i > 0 && ctx.is_in(i - 1, List::GivenNames))
        }
    }
}

/// "Chad A. Orrwell", "Maria I. Quill": an initial that is a word of grammar too, inside a line and with its point.
fn is_pointed(ctx: &Context<'_, '_>, i: usize) -> bool {
    is_initial(ctx, i) && i > 0 && ctx.same_line(i) && ctx.tokens[i - 1].is_capitalized() && ctx.word(i + 1) == "." && ctx.tokens[i + 1].gap == Gap::None
}

/// "Mrs May": a month that is a word of grammar too.
fn is_named_month(ctx: &Context<'_, '_>, i: usize) -> bool {
    ctx.is_month(i) && (ctx.personal(i) == Personal::Sure || ctx.is_addressed(i) && ctx.joined(i) && !(ctx.same_line(i + 1) && is_name_word(ctx, i + 1)))
}

/// Whether token `i` is an initial, or several with points between them ("J", "K.N.M").
pub(super) fn is_initial(ctx: &Context<'_, '_>, i: usize) -> bool {
    if ctx.tokens.get(i).is_none_or(|t| t.case != Case::Upper) {
        return false;
    }
    let word = ctx.word(i);
    // "NATO": the second letter tells most words of capitals.
    if let [first, second, ..] = word.as_bytes()
        && first.is_ascii()
        && second.is_ascii_uppercase()
    {
        return false;
    }
    word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// One past the point of an initial or of a short abbreviated name ("Sh. Baghirov") before `end`.
fn past_point(ctx: &Context<'_, '_>, end: usize) -> Option<usize> {
    let is_point = ctx.word(end) == "." && ctx.tokens[end].gap == Gap::None;
    let goes_on = || ctx.same_line(end + 1) && is_name_word(ctx, end + 1);
    let is_short = || ctx.word(end - 1).chars().count() == 2 && ctx.tokens[end - 1].case == Case::Capital && goes_on() && !is_word_of_its_own(ctx, end - 1);
    (is_point && (is_initial(ctx, end - 1) && (goes_on() || ctx.tokens.get(end + 1).is_some_and(|t| t.gap == Gap::None)) || is_short())).then_some(end + 1)
}

/// "St." and "Xi" are no shortened given names.
fn is_word_of_its_own(ctx: &Context<'_, '_>, i: usize) -> bool {
    [List::Surnames, List::GivenNames].iter().any(|list| ctx.is_in(i, *list)) || ctx.has(i, List::Abbreviations)
}

/// One past the second half of a hyphenated name at the hyphen `at`.
fn past_hyphen<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, at: usize) -> Option<usize> {
    let is_hyphen = matches!(ctx.word(at), "-" | "‐" | "‑") && ctx.tokens[at].gap == Gap::None;
    let next = ctx.tokens.get(at + 1).filter(|t| is_hyphen && t.gap == Gap::None && t.kind == Kind::Word)?;
    // "Kim Dong-kwan", but not "Merkel-led", "Paris-based".
    let is_syllable = || next.case == Case::Lower && ctx.word(at + 1).chars().count() <= HYPHENATED && ctx.commonness(at + 1) == 0;
    (is_part(ctx, names, around, at + 1) || is_syllable()).then_some(at + 2)
}

/// One past the name that follows particles at the start of a run ("von der Leyen", "al-Alimi").
fn leading_particles<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, i: usize) -> Option<usize> {
    let starts = ctx.tokens[i].case == Case::Lower && ctx.has(i, List::NameParticles) && !ctx.is_function_word(i);
    starts.then(|| after_particles(ctx, names, around, i)).flatten()
}

/// One past the name part that follows lower-case particles at `at` ("von der Leyen", "bin Salman").
fn after_particles<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, at: usize) -> Option<usize> {
    if !ctx.has(at, List::NameParticles) {
        return None;
    }
    let particle = |i: usize, last: bool| ctx.lookups.longest(i, List::NameParticles).is_some_and(|h| (ctx.cell(h, Column::Position) == "final") == last);
    let mut i = at;
    while i < at + 3 && (ctx.same_line(i) || i == at) && ctx.tokens.get(i).is_some_and(|t| t.case == Case::Lower) && particle(i, false) {
        i += 1;
        if matches!(ctx.word(i), "-") && ctx.tokens[i].gap == Gap::None {
            i += 1;
        }
    }
    if i == at {
        return (ctx.same_line(at) && particle(at, true)).then_some(at + 1);
    }
    (is_part(ctx, names, around, i) && ctx.joined(i) && !ctx.is_any(at, &["and", "of"])).then_some(i + 1)
}

/// One past the name that follows a nickname in quotes at `at`: `Charles "Tex" Watson`.
fn past_nickname<'a>(ctx: &Context<'_, 'a>, names: &Names<'a>, around: &Around, at: usize) -> Option<usize> {
    const QUOTES: &[(&str, &str)] = &[("\"", "\""), ("“", "”"), ("'", "'"), ("‘", "’"), ("(", ")")];
    let close = QUOTES.iter().find(|(open, _)| *open == ctx.word(at))?.1;
    if ctx.tokens[at].gap != Gap::Space {
        return None;
    }
    let end = (at + 2..at + 5).find(|i| ctx.word(*i) == close)?;
    let inside = (at + 1..end).all(|i| ctx.tokens[i].is_capitalized() && !around.inside(i) || ctx.word(i) == ".");
    let behind = end + 1;
    let is_name = ctx.tokens.get(behind).is_some_and(|t| t.gap == Gap::Space) && is_part(ctx, names, around, behind);
    // A bracket holds a party or a state more often than a nickname.
    let is_nickname = close != ")" || ctx.is_in(at + 1, List::GivenNames) && end == at + 2;
    (inside && is_name && is_nickname).then_some(behind + 1)
}

/// One past a suffix that belongs to the name before `end`: "Jr.", ", Jr.", "III".
pub(super) fn past_suffix(ctx: &Context<'_, '_>, end: usize) -> usize {
    if end == 0 || ctx.tokens[end - 1].clitic > 0 {
        return end;
    }
    let comma = usize::from(ctx.word(end) == ",");
    let at = end + comma;
    if !ctx.has(at, List::NameSuffixes) {
        return end;
    }
    let suffix =
        ctx.lookups.at(at).iter().filter(|h| h.list == List::NameSuffixes && ctx.cell(h, Column::Inside) == "1" && ctx.same_line(at)).max_by_key(|h| h.end);
    match suffix {
        Some(h) if comma == 0 || ctx.cell(h, Column::Kind) == "generational" => {
            let stop = h.end as usize;
            // "Jr" is listed with and without its point.
            let point = ctx.word(stop) == "." && ctx.tokens[stop].gap == Gap::None && ctx.is_any(stop - 1, &["Jr", "Sr"]);
            stop + usize::from(point)
        }
        _ => end,
    }
}

/// The end of what stands before a joint that ends right before token `first`: "A, B", "A and B".
pub(super) fn before_joint(ctx: &Context<'_, '_>, first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..3 {
        let before = at.checked_sub(1)?;
        let is_joint = matches!(ctx.word(before), "," | "and" | "&" | ";")
            || ctx.has(before, List::Honorifics) && ctx.lookups.at(before).iter().any(|h| h.list == List::Honorifics && h.end as usize == at);
        if !is_joint || !ctx.joined(at) {
            break;
        }
        at = before;
    }
    (at < first).then_some(at)
}

/// The first token behind a joint that stands at token `end`.
pub(super) fn after_joint(ctx: &Context<'_, '_>, end: usize) -> Option<usize> {
    let mut at = end;
    while at < end + 2 && matches!(ctx.word(at), "," | "and" | "&" | ";") && ctx.joined(at + 1) {
        at += 1;
    }
    if at > end
        && let Some(h) = ctx.lookups.longest(at, List::Honorifics)
    {
        at = h.end as usize;
    }
    (at > end).then_some(at)
}
