//! Whether a sentence speaks of the past or of what is to come.

use super::reader::Reader;
use crate::token::fold::hash_folded;
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

const FUTURE: &[&str] = &[
    "will",
    "shall",
    "would",
    "upcoming",
    "forthcoming",
    "slated",
    "going",
    "intends",
    "intend",
    "hopes",
    "hope",
    "aims",
    "tomorrow",
    "plans",
    "plan",
    "planning",
    "scheduled",
];
const DUE: &[&str] = &["ahead", "planned", "expected", "due", "set", "should", "must", "deadline", "invited", "invite", "invites"];
const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "has",
    "have",
    "been",
    "said",
    "told",
    "met",
    "held",
    "took",
    "began",
    "made",
    "came",
    "went",
    "gave",
    "saw",
    "became",
    "left",
    "spoke",
    "found",
    "sent",
    "brought",
    "paid",
    "led",
    "won",
    "lost",
    "fell",
    "rose",
    "grew",
    "hit",
    "struck",
    "broke",
    "wrote",
    "kept",
    "felt",
    "since",
    "yesterday",
    "ago",
    "drew",
    "flew",
    "shot",
    "swore",
    "chose",
    "ran",
    "stood",
    "put",
    "earlier",
];
/// Infinitives that announce: "to meet on Friday".
const EVENTS: &[&str] = &["hold", "meet", "visit", "convene", "vote", "resume", "begin", "start", "open", "travel", "host", "launch", "be"];
const NO_PARTICIPLES: &[&str] = &["need", "united", "indeed", "speed", "hundred", "exceed", "proceed", "succeed", "related", "based", "limited"];
/// How far verbs are looked for.
const REACH: usize = 28;

/// The cue words by the hash of their folded form.
pub(super) struct Cues(Vec<(u64, Direction)>);

impl Cues {
    /// Hashes the lists once.
    pub(super) fn new() -> Cues {
        let list = |words: &'static [&'static str], direction| words.iter().map(move |w| (hash_folded(w.as_bytes()), direction));
        let mut all: Vec<_> = list(FUTURE, Direction::Future).chain(list(DUE, Direction::Due)).chain(list(PAST, Direction::Past)).collect();
        all.sort_unstable_by_key(|(hash, _)| *hash);
        Cues(all)
    }

    fn get(&self, hash: u64) -> Option<Direction> {
        self.0.binary_search_by_key(&hash, |(h, _)| *h).ok().map(|i| self.0[i].1)
    }

    /// The direction that the nearest verb before the tokens `start..end` gives, or failing that the first one behind.
    pub(super) fn direction(&self, r: &Reader<'_>, start: usize, end: usize) -> Direction {
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
            match self.cue(r, i) {
                Direction::Unknown if r.is(i, "to") && i + 1 < start && r.lower(i + 1) => {
                    if r.is_any(i + 1, EVENTS) {
                        return Direction::Due;
                    }
                    infinitive |=
                        !r.is_any(i + 1, &["the", "a", "an", "his", "her", "its", "their", "this", "that", "our", "date", "reporters", "some", "all"]);
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
            match self.cue(r, i) {
                Direction::Unknown => {}
                found => return found,
            }
        }
        Direction::Unknown
    }

    fn cue(&self, r: &Reader<'_>, i: usize) -> Direction {
        let token = &r.tokens[i];
        let len = token.end - token.start;
        if token.kind != Kind::Word || len < 3 {
            return Direction::Unknown;
        }
        let found = match self.get(token.hash) {
            Some(found) => found,
            None if len > 4 && r.core(i).ends_with("ed") && r.lower(i) && !r.is_any(i, NO_PARTICIPLES) => Direction::Past,
            None => return Direction::Unknown,
        };
        // "will be held", "to be completed", "if approved": another verb decides
        if found == Direction::Past && i > 0 && r.is_any(i - 1, &["be", "being", "is", "are", "if", "once"]) {
            return Direction::Unknown;
        }
        found
    }
}

/// Whether a sentence ends before token `i`.
fn closes(r: &Reader<'_>, i: usize) -> bool {
    let Some(token) = r.token(i) else { return true };
    token.gap == Gap::Paragraph
        || i > 0
            && token.gap != Gap::None
            && matches!(r.core(i - 1), "." | "!" | "?" | ";")
            && token.kind != Kind::Punctuation
            && token.is_capitalized()
            && !(i > 1 && r.core(i - 2).len() <= 4 && r.tokens[i - 2].is_capitalized())
}
