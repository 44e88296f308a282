//! The document's own date line among the first expressions.

use super::{Timex, TimexAnchor};
use crate::annotation::{Grain, TimexKind};
use crate::token::{Case, Gap, Kind, Token};

/// Lines that are looked at.
const LINES: usize = 15;
const LABELS: &[&str] = &[
    "date",
    "dated",
    "published",
    "posted",
    "updated",
    "on",
    "issued",
    "release",
    "released",
    "for",
    "immediate",
    "created",
    "by",
    "time",
    "at",
    "modified",
    "last",
    "day",
    "press",
    "of",
    "embargoed",
    "until",
    "the",
    "and",
    "news",
    "media",
    "newswire",
    "via",
];

/// The expression that is the document's own date: on a line of its own (`Published: 12/03/2024`), or opening the text behind
/// a place (`BAKU, Azerbaijan, February 8.`). One with a time of day is preferred, then one with a year, then the first.
///
/// `timexes` are those of the text's beginning, found without an anchor; tokens are the whole text's. A date in a running sentence is none.
pub fn dateline(text: &str, tokens: &[Token], timexes: &[Timex]) -> Option<usize> {
    let mut best: Option<(u8, usize)> = None;
    let mut lines = 0;
    let mut walked = 0;
    for (index, timex) in timexes.iter().enumerate() {
        let first = timex.tokens.0 as usize;
        lines += tokens.get(walked..first + 1).unwrap_or(&[]).iter().filter(|t| t.gap >= Gap::Line).count();
        walked = first + 1;
        if lines > LINES {
            break;
        }
        if !is_day(timex) {
            continue;
        }
        let Some(own_line) = standing(text, tokens, timex) else { continue };
        let score = 4 * u8::from(timex.kind == TimexKind::Time) + 2 * u8::from(timex.anchor == TimexAnchor::Itself) + u8::from(own_line);
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Whether the expression names a day of a month.
fn is_day(timex: &Timex) -> bool {
    let dated = timex.value.len() >= 10 && timex.value.as_bytes().get(7) == Some(&b'-') && !timex.value.contains("XX-XX");
    dated
        && timex.range.is_none()
        && matches!(timex.grain, Grain::Day | Grain::Minute | Grain::Second)
        && matches!(timex.anchor, TimexAnchor::Itself | TimexAnchor::None)
}

/// Whether the expression stands as a date line: `Some(true)` when it has its line for itself but for labels.
fn standing(text: &str, tokens: &[Token], timex: &Timex) -> Option<bool> {
    let (first, end) = (timex.tokens.0 as usize, timex.tokens.1 as usize);
    let mut start = first;
    while start > 0 && tokens.get(start)?.gap < Gap::Line {
        start -= 1;
    }
    if first - start > 16 {
        return None;
    }
    let core = |i: usize| tokens.get(i).map_or("", |t| t.core().slice(text));
    let label = |i: usize| LABELS.iter().any(|l| core(i).eq_ignore_ascii_case(l));
    let before = tokens.get(start..first)?;
    let running = before.iter().enumerate().any(|(k, t)| t.kind == Kind::Word && t.case == Case::Lower && !label(start + k));
    // "On July 21, the court …" runs on
    let opens = first > start && core(start).eq_ignore_ascii_case("on") && first - start <= 2;
    if running || opens && runs_on(tokens, end) {
        return None;
    }
    let last = before.last();
    let linked = last.is_none_or(|t| t.kind == Kind::Punctuation || label(first - 1) || t.case == Case::Upper || t.kind != Kind::Word);
    let behind = tokens.get(end);
    let ends = behind.is_none_or(|t| t.gap >= Gap::Line);
    let own = ends && before.iter().enumerate().all(|(k, t)| t.kind == Kind::Punctuation || label(start + k))
        || before.is_empty() && behind.is_none_or(|t| t.gap >= Gap::Line || t.kind == Kind::Punctuation);
    if own {
        return Some(true);
    }
    let closed = behind.is_none_or(|t| t.gap >= Gap::Line || t.kind == Kind::Punctuation && !matches!(core(end), "," | "%" | "'" | "’"));
    let place = last.is_some_and(|t| t.kind == Kind::Punctuation) && before.first().is_some_and(|t| t.is_capitalized() || t.kind == Kind::Punctuation);
    (closed && (linked || place)).then_some(false)
}

/// Whether a running sentence follows: a word without capital soon behind.
fn runs_on(tokens: &[Token], end: usize) -> bool {
    tokens.get(end..(end + 3).min(tokens.len())).unwrap_or(&[]).iter().take_while(|t| t.gap < Gap::Line).any(|t| t.kind == Kind::Word)
}
