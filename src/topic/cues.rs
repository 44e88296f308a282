//! Cues: what each says, for which topic, and under which condition.

use std::sync::OnceLock;

use super::user::UserTopics;
use crate::gazetteer::{Column, EntryId, List, Table, Tables};
use crate::recognize::Context;

/// How a cue counts.
#[derive(Clone, Copy)]
pub struct Cue<'a> {
    /// Index of the topic.
    pub topic: u16,
    /// Points; none for a phrase that cancels the cues inside it.
    pub weight: f32,
    /// Words of which one must stand in the text.
    needs: &'a str,
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

/// The cues of all topics. A built-in one is read from the table when it is first met: a short run meets few of the eleven thousand.
pub struct Cues {
    table: Table<'static>,
    first: u32,
    builtin: Vec<OnceLock<Cue<'static>>>,
    /// First of the users' cues among all tables' entries.
    own_first: u32,
    own: Vec<Cue<'static>>,
    own_needs: Vec<String>,
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
        let own = user.cues.iter().map(|cue| Cue { topic: index(&cue.topic), weight: if cue.negative { 0.0 } else { cue.weight }, needs: "" }).collect();
        Cues {
            table: *table,
            first,
            builtin: table.entries(List::Topics).map(|_| OnceLock::new()).collect(),
            own_first: Tables::global(number, EntryId(0)).0,
            own,
            own_needs: user.cues.iter().map(|cue| cue.needs.clone()).collect(),
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
    pub fn get(&self, entry: EntryId) -> Option<Cue<'_>> {
        if self.is_own(entry) {
            let i = (entry.0 - self.own_first) as usize;
            return Some(Cue { needs: self.own_needs.get(i)?, ..*self.own.get(i)? });
        }
        let cue = self.builtin.get(entry.0.wrapping_sub(self.first) as usize)?;
        Some(*cue.get_or_init(|| self.read(entry)))
    }

    fn read(&self, entry: EntryId) -> Cue<'static> {
        let cell = |column| self.table.cell(List::Topics, entry, column);
        let topic = self.builtin_topic(cell(Column::Topic));
        let weight = if cell(Column::Learned).is_empty() { cell(Column::Weight) } else { cell(Column::Learned) };
        // Lint holds that every topic is on the map; a cue of another one, or of a topic that users replace, weighs nothing.
        let counts = topic.is_some() && cell(Column::Negative) != "1";
        Cue { topic: topic.unwrap_or(0), weight: if counts { weight.parse().unwrap_or(0.0) } else { 0.0 }, needs: cell(Column::Needs) }
    }
}

impl Cue<'_> {
    /// Whether one of the words that the cue needs stands in the text.
    pub fn is_backed(&self, ctx: &Context<'_, '_>) -> bool {
        self.needs.is_empty() || self.needs.split('|').any(|words| stands(ctx, words))
    }
}

/// Whether `words` stand in the text. The last may be a stem: five letters or more also stand for every longer word that
/// begins with them, fewer for themselves and their plural.
fn stands(ctx: &Context<'_, '_>, words: &str) -> bool {
    let mut wanted = words.split_whitespace();
    let Some(first) = wanted.next() else { return false };
    let more = wanted.count();
    // Few tokens begin with the letter wanted: the others are not looked at further.
    let letter = first.as_bytes()[0].to_ascii_lowercase();
    let begins = |i: &usize| ctx.text.as_bytes()[ctx.tokens[*i].start as usize].eq_ignore_ascii_case(&letter);
    (0..ctx.tokens.len().saturating_sub(more)).filter(begins).any(|i| {
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
    use super::is_form;

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
