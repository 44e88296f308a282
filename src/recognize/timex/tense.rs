//! Whether a sentence speaks of the past or of what is to come.

use super::cues::Cue;
use super::reader::Reader;
use crate::token::{Gap, Kind};

/// Direction in which an incomplete date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    /// "will", "plans to".
    Future,
    /// "by", "due": ahead of what is spoken of, perhaps not of the document.
    Due,
    Unknown,
}

impl Direction {
    /// Whether the time ahead is meant, surely or likely.
    pub(super) fn ahead(self) -> bool {
        matches!(self, Direction::Future | Direction::Due)
    }
}
/// How far verbs are looked for.
const REACH: usize = 28;

/// The direction that the nearest verb before the tokens `start..end` gives, or failing that the first one behind.
pub(super) fn direction(r: &Reader<'_>, start: usize, end: usize) -> Direction {
    // "by Friday", "until the end of October"
    let bound = (1..=4usize).any(|back| {
        start >= back
            && r.is_any(start - back, &["by", "until", "till"])
            && (start - back + 1..start).all(|i| r.is_any(i, &["the", "end", "of", "no", "later", "than"]))
    });
    if bound {
        return Direction::Due;
    }
    let mut infinitive = false;
    for i in (start.saturating_sub(REACH)..start).rev() {
        if closes(r, i + 1) {
            break;
        }
        match cue(r, i) {
            Direction::Unknown if r.is(i, "to") && i + 1 < start && r.lower(i + 1) => {
                if r.cue(i + 1, Cue::Announced) {
                    return Direction::Due;
                }
                infinitive |= !r.cue(i + 1, Cue::NoInfinitive);
            }
            // "which is celebrated in October"
            Direction::Unknown if r.is_any(i, &["is", "are"]) && r.core(i + 1).ends_with("ed") => return Direction::Unknown,
            Direction::Unknown => {}
            found => return found,
        }
    }
    if infinitive {
        return Direction::Due;
    }
    for i in end..(end + REACH / 2).min(r.tokens.len()) {
        if closes(r, i) {
            break;
        }
        match cue(r, i) {
            Direction::Unknown => {}
            found => return found,
        }
    }
    Direction::Unknown
}

fn cue(r: &Reader<'_>, i: usize) -> Direction {
    let token = &r.tokens[i];
    let len = token.end - token.start;
    if token.kind != Kind::Word || len < 3 {
        return Direction::Unknown;
    }
    let classes = r.cues(i);
    if classes.holds(Cue::Future) {
        return Direction::Future;
    }
    if classes.holds(Cue::Due) {
        return Direction::Due;
    }
    let past = classes.holds(Cue::Past) || len > 4 && !classes.holds(Cue::NoParticiple) && r.lower(i) && r.core(i).ends_with("ed");
    // "will be held", "to be completed", "if approved": another verb decides
    if past && !(i > 0 && r.cue(i - 1, Cue::Auxiliary)) { Direction::Past } else { Direction::Unknown }
}

/// Whether a sentence ends before token `i`.
pub(super) fn closes(r: &Reader<'_>, i: usize) -> bool {
    let Some(token) = r.token(i) else { return true };
    token.gap == Gap::Paragraph
        || token.gap == Gap::Line && token.is_capitalized() && short_line(r.text, token.start as usize)
        || i > 0
            && token.gap != Gap::None
            && token.is_capitalized()
            && token.kind != Kind::Punctuation
            && matches!(r.core(i - 1), "." | "!" | "?" | ";")
            && !(i > 1 && r.core(i - 2).len() <= 4 && r.tokens[i - 2].is_capitalized())
}

/// Whether the line that ends before byte `at` is too short to be a wrapped one: a heading, a date line.
fn short_line(text: &str, at: usize) -> bool {
    const WRAPPED: usize = 48;
    let line = text.as_bytes()[..at].trim_ascii_end();
    line.len() < WRAPPED || line[line.len() - WRAPPED..].contains(&b'\n')
}
