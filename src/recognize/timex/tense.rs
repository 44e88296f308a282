//! Whether a sentence speaks of the past or of what is to come.

use super::reader::Reader;
use crate::token::{Gap, Kind};

/// Direction in which an incomplete date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

const FUTURE: &[&str] = &[
    "will", "shall", "would", "scheduled", "planned", "plans", "plan", "planning", "upcoming", "expected", "due", "forthcoming", "set", "slated", "ahead", "going", "intends", "intend", "hopes", "hope", "aims", "should", "must", "deadline", "invited", "invite", "invites", "'ll", "tomorrow",
];
const PAST: &[&str] = &[
    "was", "were", "had", "did", "has", "have", "been", "said", "told", "met", "held", "took", "began", "made", "came", "went", "gave", "saw", "became", "left", "spoke", "found", "sent", "brought", "paid", "led", "won", "lost", "fell", "rose", "grew", "hit", "struck", "broke", "wrote",
    "kept", "felt", "since", "yesterday", "ago", "drew", "flew", "shot", "swore", "chose", "ran", "stood", "put",
];
/// How far verbs are looked for.
const REACH: usize = 28;

/// The direction that the nearest verb before the tokens `start..end` gives, or failing that the first one behind.
pub(super) fn direction(r: &Reader<'_>, start: usize, end: usize) -> Direction {
    let mut infinitive = false;
    for i in (start.saturating_sub(REACH)..start).rev() {
        if closes(r, i + 1) {
            break;
        }
        match cue(r, i) {
            Direction::Unknown => infinitive |= r.is(i, "to") && r.lower(i + 1) && i + 1 < start && !r.is_any(i + 1, &["the", "a", "an", "his", "her", "its", "their", "this", "that", "our", "be", "date", "reporters", "some", "all"]),
            found => return found,
        }
    }
    if infinitive {
        return Direction::Future;
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

/// Whether a sentence ends before token `i`.
fn closes(r: &Reader<'_>, i: usize) -> bool {
    let Some(token) = r.token(i) else { return true };
    token.gap == Gap::Paragraph || i > 0 && token.gap != Gap::None && matches!(r.core(i - 1), "." | "!" | "?" | ";") && token.kind != Kind::Punctuation && token.is_capitalized() && !(i > 1 && r.core(i - 2).len() <= 4 && r.tokens[i - 2].is_capitalized())
}

fn cue(r: &Reader<'_>, i: usize) -> Direction {
    let token = &r.tokens[i];
    if token.kind != Kind::Word || token.end - token.start < 2 {
        return Direction::Unknown;
    }
    let text = r.core(i);
    if FUTURE.iter().any(|w| text.eq_ignore_ascii_case(w)) {
        return Direction::Future;
    }
    let past = PAST.iter().any(|w| text.eq_ignore_ascii_case(w)) || text.len() > 4 && text.ends_with("ed") && r.lower(i) && !matches!(text, "need" | "united" | "indeed" | "speed" | "hundred" | "exceed" | "proceed" | "succeed" | "related" | "based" | "so-called" | "limited");
    if past { Direction::Past } else { Direction::Unknown }
}
