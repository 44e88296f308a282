//! Cues: what each says, for which topic, and under which condition.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicU64, Ordering};

use super::user::UserTopics;
use crate::gazetteer::{Column, EntryId, List, Table, Tables};
use crate::recognize::Context;
use crate::token::Token;

/// How a cue counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cue {
    /// Index of the topic.
    pub topic: u16,
    /// Points; none for a phrase that cancels the cues inside it.
    pub weight: f32,
    /// Whether it needs some word in the text: see [`Cues::is_backed`].
    pub needs: bool,
}

impl Cue {
    /// In one word, which is never 0.
    fn packed(self) -> u64 {
        u64::from(self.weight.to_bits()) | u64::from(self.topic) << 32 | u64::from(self.needs) << 48 | 1 << 63
    }

    fn unpacked(word: u64) -> Cue {
        Cue { topic: (word >> 32) as u16, weight: f32::from_bits(word as u32), needs: word >> 48 & 1 != 0 }
    }
}

/// A topic's names.
pub struct Topic {
    /// Its slug.
    pub slug: String,
    /// Its label, where the users gave one.
    pub label: Option<String>,
    /// Whether the built-in cues are left out.
    replaced: bool,
}

/// The cues of all topics. A built-in one is read from the table when it is first met: a short run meets few of the eleven
/// thousand. They are kept packed, for a long run meets them in no order, and what does not lie near is slow.
pub struct Cues {
    table: Table<'static>,
    first: u32,
    /// Packed; 0 for one not met yet.
    builtin: Vec<AtomicU64>,
    /// First of the users' cues among all tables' entries.
    own_first: u32,
    own: Vec<Cue>,
    topics: Vec<Topic>,
}

/// A need of fewer letters is a whole word, of which only the plural counts besides.
const STEM: usize = 5;

impl Cues {
    /// The built-in cues and the users', whose table is number `number` of the tables in use.
    pub fn new(table: &Table<'static>, user: &UserTopics, number: usize) -> Cues {
        let first = table.entries(List::Topics).next().map_or(0, |entry| entry.0);
        let slugs = table.entries(List::TopicMap).map(|entry| table.cell(List::TopicMap, entry, Column::Form));
        let named = |slug: &str| user.topics.iter().find(|t| t.slug == slug);
        let mut topics: Vec<Topic> = slugs
            .map(|slug| Topic {
                slug: slug.to_owned(),
                label: named(slug).and_then(|t| t.label.clone()),
                replaced: user.replaces_all || named(slug).is_some_and(|t| t.replaced),
            })
            .collect();
        let new: Vec<&super::user::UserTopic> = user.topics.iter().filter(|t| topics.iter().all(|known| known.slug != t.slug)).collect();
        topics.extend(new.into_iter().map(|t| Topic { slug: t.slug.clone(), label: t.label.clone(), replaced: true }));
        topics.sort_by(|a, b| a.slug.cmp(&b.slug));
        let index = |slug: &str| topics.binary_search_by(|t| t.slug.as_str().cmp(slug)).unwrap_or(0) as u16;
        let own = user
            .cues
            .iter()
            .map(|cue| Cue { topic: index(&cue.topic), weight: if cue.negative { 0.0 } else { cue.weight }, needs: !cue.needs.is_empty() })
            .collect();
        Cues {
            table: *table,
            first,
            builtin: table.entries(List::Topics).map(|_| AtomicU64::new(0)).collect(),
            own_first: Tables::global(number, EntryId(0)).0,
            own,
            topics,
        }
    }

    /// All topics, by slug.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// Index of a topic whose built-in evidence counts.
    pub fn builtin_topic(&self, slug: &str) -> Option<u16> {
        let i = self.topics.binary_search_by(|t| t.slug.as_str().cmp(slug)).ok()?;
        (!self.topics[i].replaced).then_some(i as u16)
    }

    /// Whether an entry is one of the users' cues.
    pub fn is_own(&self, entry: EntryId) -> bool {
        !self.own.is_empty() && entry.0 >= self.own_first
    }

    /// The cue of an entry.
    #[inline]
    pub fn get(&self, entry: EntryId) -> Option<Cue> {
        if self.is_own(entry) {
            return self.own.get((entry.0 - self.own_first) as usize).copied();
        }
        let place = self.builtin.get(entry.0.wrapping_sub(self.first) as usize)?;
        match place.load(Ordering::Relaxed) {
            0 => {
                let cue = self.read(entry);
                // Whoever reads it meanwhile stores the same.
                place.store(cue.packed(), Ordering::Relaxed);
                Some(cue)
            }
            word => Some(Cue::unpacked(word)),
        }
    }

    #[cold]
    fn read(&self, entry: EntryId) -> Cue {
        let cell = |column| self.table.cell(List::Topics, entry, column);
        let topic = self.builtin_topic(cell(Column::Topic));
        let weight = if cell(Column::Learned).is_empty() { cell(Column::Weight) } else { cell(Column::Learned) };
        // Lint holds that every topic is on the map; a cue of another one, or of a topic that users replace, weighs nothing.
        let counts = topic.is_some() && cell(Column::Negative) != "1";
        let weight = if counts { weight.parse().unwrap_or(0.0) } else { 0.0 };
        Cue { topic: topic.unwrap_or(0), weight, needs: !cell(Column::Needs).is_empty() }
    }

    /// Whether one of the words that a cue needs stands in the text.
    pub fn is_backed(&self, entry: EntryId, cue: Cue, ctx: &Context<'_, '_>, initials: &OnceCell<Initials>) -> bool {
        let needs = match cue.needs {
            false => return true,
            true => ctx.table.cell(List::Topics, entry, Column::Needs),
        };
        needs.split('|').any(|words| stands(ctx, initials.get_or_init(|| Initials::of(ctx)), words))
    }
}

/// A text's tokens by their first letter: few begin with the one wanted.
pub struct Initials {
    /// For each letter, and after them for what is none, 1 + its last token; 0 when there is none.
    last: [u32; LETTERS + 1],
    /// For each token, 1 + the one before that has its letter; 0 when there is none.
    before: Vec<u32>,
}

const LETTERS: usize = 26;

impl Initials {
    fn of(ctx: &Context<'_, '_>) -> Initials {
        let mut last = [0; LETTERS + 1];
        let of = |(i, token): (usize, &Token)| {
            let letter = Initials::letter(ctx.text.as_bytes()[token.start as usize]);
            std::mem::replace(&mut last[letter], i as u32 + 1)
        };
        let before = ctx.tokens.iter().enumerate().map(of).collect();
        Initials { last, before }
    }

    fn letter(byte: u8) -> usize {
        usize::from((byte | 0x20).wrapping_sub(b'a')).min(LETTERS)
    }

    /// The tokens that begin with a letter, the last one first.
    fn beginning(&self, letter: u8) -> impl Iterator<Item = usize> + '_ {
        let token = |after: u32| after.checked_sub(1).map(|i| i as usize);
        std::iter::successors(token(self.last[Initials::letter(letter)]), move |i| token(self.before[*i]))
    }
}

/// Whether `words` stand in the text. The last may be a stem: five letters or more also stand for every longer word that
/// begins with them, fewer for themselves and their plural.
fn stands(ctx: &Context<'_, '_>, initials: &Initials, words: &str) -> bool {
    let mut wanted = words.split_whitespace();
    let Some(first) = wanted.next() else { return false };
    let more = wanted.count();
    initials.beginning(first.as_bytes()[0]).any(|i| {
        let whole = |k: usize, word: &str| if k == more { is_form(ctx.word(i + k), word) } else { ctx.word(i + k).eq_ignore_ascii_case(word) };
        whole(0, first) && words.split_whitespace().enumerate().skip(1).all(|(k, word)| whole(k, word))
    })
}

fn is_form(word: &str, stem: &str) -> bool {
    let Some(start) = word.as_bytes().get(..stem.len()) else { return false };
    if !start.eq_ignore_ascii_case(stem.as_bytes()) {
        return false;
    }
    let rest = &word.as_bytes()[stem.len()..];
    rest.is_empty() || stem.len() >= STEM || rest.eq_ignore_ascii_case(b"s")
}

#[cfg(test)]
mod tests {
    use super::{Cue, is_form};

    #[test]
    fn a_cue_is_what_was_packed() {
        for (topic, weight, needs) in [(0, 0.0, false), (7, 2.35, true), (u16::MAX, f32::MAX, false), (1, 0.1, true)] {
            let cue = Cue { topic, weight, needs };
            assert_ne!(cue.packed(), 0);
            assert_eq!(Cue::unpacked(cue.packed()), cue);
        }
    }

    #[test]
    fn long_needs_are_stems() {
        for (word, stem, wanted) in [
            ("migrants", "migra", true),
            ("Touristic", "touris", true),
            ("mines", "mine", true),
            ("Mine", "mine", true),
            ("minerals", "mine", false),
            ("tour", "touris", false),
            ("war", "war", true),
            ("warning", "war", false),
        ] {
            assert_eq!(is_form(word, stem), wanted, "{word} {stem}");
        }
    }
}
