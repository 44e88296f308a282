//! Words of the relations' grammar: classes from `lexicon/relation_words.tsv` and kinds of words of grammar.

use std::ops::Deref;

use super::per_entry::PerEntry;
use super::trigger::Triggers;
use crate::gazetteer::{Column, List, Lookup, Tables};
use crate::recognize::Context;
use crate::token::Case;
use crate::token::fold::hash_folded;

/// What a word or phrase is to a relation's grammar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing that is asked for.
    #[default]
    None,
    Adverb,
    Auxiliary,
    Determiner,
    Preposition,
    Aid,
    Author,
    Authored,
    Chamber,
    Future,
    Group,
    House,
    Intent,
    Joint,
    Led,
    Light,
    Negation,
    Object,
    Outlet,
    Possible,
    Pronoun,
    Receiving,
    Sides,
    Title,
    WeakSpeech,
}

/// Kinds of words of grammar.
const KINDS: &[(&str, Class)] =
    &[("adverb", Class::Adverb), ("auxiliary", Class::Auxiliary), ("determiner", Class::Determiner), ("preposition", Class::Preposition)];
/// Classes of `lexicon/relation_words.tsv`.
const CLASSES: &[(&str, Class)] = &[
    ("aid", Class::Aid),
    ("author", Class::Author),
    ("authored", Class::Authored),
    ("chamber", Class::Chamber),
    ("future", Class::Future),
    ("group", Class::Group),
    ("house", Class::House),
    ("intent", Class::Intent),
    ("joint", Class::Joint),
    ("led", Class::Led),
    ("light", Class::Light),
    ("negation", Class::Negation),
    ("object", Class::Object),
    ("outlet", Class::Outlet),
    ("possible", Class::Possible),
    ("pronoun", Class::Pronoun),
    ("receiving", Class::Receiving),
    ("sides", Class::Sides),
    ("title", Class::Title),
    ("weak-speech", Class::WeakSpeech),
];

/// What a verb of saying says of its sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SpeechVerb {
    /// It tells what some one speaker said.
    pub(super) tells: bool,
    /// So does its bare form behind "we" and "I".
    pub(super) in_first_person: bool,
    /// It accuses.
    pub(super) accuses: bool,
    /// Hash of the first word of its lemma.
    pub(super) head: u64,
}

impl SpeechVerb {
    /// "Discussed" and "quoted" tell what was said of no one speaker.
    fn new(kind: &str, lemma: &str) -> SpeechVerb {
        let head = head(lemma);
        let quoting = matches!(head, "quote" | "cite" | "conclude" | "think" | "ponder" | "speak" | "advise" | "attest" | "brief");
        SpeechVerb {
            tells: !quoting && !matches!(kind, "discuss" | "agree" | "expect" | "congratulate" | "support"),
            in_first_person: matches!(kind, "praise" | "thank" | "urge" | "stress" | "regret" | "affirm"),
            accuses: kind == "accuse",
            head: hash_folded(head.as_bytes()),
        }
    }
}

/// First word of a lemma: the verb.
pub(super) fn head(lemma: &str) -> &str {
    lemma.split(' ').next().unwrap_or(lemma)
}

/// The classes of the words on the lists, each read once: they are asked for at every token around a trigger.
pub struct WordClasses {
    grammar: PerEntry<Class>,
    relation: PerEntry<Class>,
    speech: PerEntry<SpeechVerb>,
    triggers: Triggers,
}

impl WordClasses {
    /// Places for what the lists say.
    pub fn new(table: &Tables) -> WordClasses {
        WordClasses {
            grammar: PerEntry::new(table, List::FunctionWords),
            relation: PerEntry::new(table, List::RelationWords),
            speech: PerEntry::new(table, List::SpeechVerbs),
            triggers: PerEntry::new(table, List::RelationTriggers),
        }
    }

    /// A document, its words with their classes.
    pub fn over<'d, 'a>(&'a self, ctx: &'d Context<'d, 'a>) -> Words<'d, 'a> {
        Words { ctx, classes: self }
    }
}

/// What is known of a document's tokens, and the classes of its words.
#[derive(Clone, Copy)]
pub struct Words<'d, 'a> {
    ctx: &'d Context<'d, 'a>,
    classes: &'a WordClasses,
}

impl<'d, 'a> Deref for Words<'d, 'a> {
    type Target = Context<'d, 'a>;

    fn deref(&self) -> &Context<'d, 'a> {
        self.ctx
    }
}

/// The listed triggers.
pub(super) fn triggers<'a>(ctx: Words<'_, 'a>) -> &'a Triggers {
    &ctx.classes.triggers
}

/// The verb of saying that a hit of their list is.
#[inline]
pub(super) fn speech_verb(ctx: Words<'_, '_>, hit: &Lookup) -> SpeechVerb {
    let cell = |column| ctx.table.cell(List::SpeechVerbs, hit.entry, column);
    ctx.classes.speech.get(hit.entry, || SpeechVerb::new(cell(Column::Kind), cell(Column::Lemma))).copied().unwrap_or_default()
}

/// The class of a hit of the relation words.
#[inline]
fn class_of(ctx: Words<'_, '_>, hit: &Lookup) -> Class {
    let read = || named(CLASSES, ctx.table.cell(List::RelationWords, hit.entry, Column::Class));
    ctx.classes.relation.get(hit.entry, read).copied().unwrap_or_default()
}

/// The kind of a hit of the function words.
#[inline]
fn kind_of(ctx: Words<'_, '_>, hit: &Lookup) -> Class {
    let read = || named(KINDS, ctx.table.cell(List::FunctionWords, hit.entry, Column::Kind));
    ctx.classes.grammar.get(hit.entry, read).copied().unwrap_or_default()
}

/// The class of a name.
fn named(classes: &[(&str, Class)], name: &str) -> Class {
    classes.iter().find(|(known, _)| *known == name).map_or(Class::None, |(_, class)| *class)
}

/// End of the word or phrase of `class` that starts at token `i`.
#[inline]
pub(super) fn class_end(ctx: Words<'_, '_>, i: usize, class: Class) -> Option<usize> {
    if !ctx.has(i, List::RelationWords) {
        return None;
    }
    ctx.lookups.at(i).iter().find(|h| h.list == List::RelationWords && class_of(ctx, h) == class).map(|h| h.end as usize)
}

/// Whether a word or phrase of `class` starts at token `i`.
#[inline]
pub(super) fn is_class(ctx: Words<'_, '_>, i: usize, class: Class) -> bool {
    class_end(ctx, i, class).is_some()
}

/// First token of the phrase of `class` that ends right before token `end`.
pub(super) fn class_before(ctx: Words<'_, '_>, end: usize, class: Class) -> Option<usize> {
    (end.saturating_sub(5)..end).find(|i| {
        ctx.has(*i, List::RelationWords)
            && ctx.lookups.at(*i).iter().any(|h| h.list == List::RelationWords && h.end as usize == end && class_of(ctx, h) == class)
    })
}

/// Whether token `i` is a word of grammar of one of those kinds.
#[inline]
fn is_kind(ctx: Words<'_, '_>, i: usize, kinds: &[Class]) -> bool {
    ctx.has(i, List::FunctionWords) && ctx.lookups.at(i).iter().any(|h| h.list == List::FunctionWords && h.len() == 1 && kinds.contains(&kind_of(ctx, h)))
}

/// Whether token `i` stands beside a verb and says nothing of who acts: an auxiliary, an adverb.
pub(super) fn is_beside_verb(ctx: Words<'_, '_>, i: usize) -> bool {
    if is_kind(ctx, i, &[Class::Auxiliary, Class::Adverb]) {
        return true;
    }
    let word = ctx.word(i);
    word.len() > 4 && word.ends_with("ly") && ctx.tokens[i].case == Case::Lower || matches!(word.len(), 3..=4) && ctx.is_any(i, &["both", "each", "all"])
}

/// Whether token `i` is a determiner.
#[inline]
pub(super) fn is_determiner(ctx: Words<'_, '_>, i: usize) -> bool {
    is_kind(ctx, i, &[Class::Determiner])
}

/// Whether token `i` is a preposition.
#[inline]
pub(super) fn is_preposition(ctx: Words<'_, '_>, i: usize) -> bool {
    is_kind(ctx, i, &[Class::Preposition])
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, KINDS};
    use crate::gazetteer::{Column, List, builtin};

    #[test]
    fn names_of_classes_are_those_of_the_lists() {
        let table = builtin().unwrap();
        for (list, column, names) in [(List::FunctionWords, Column::Kind, KINDS), (List::RelationWords, Column::Class, CLASSES)] {
            for (name, _) in names {
                assert!(table.entries(list).any(|entry| table.cell(list, entry, column) == *name), "{}: no word of class {name}", list.name());
            }
        }
        for entry in table.entries(List::RelationWords) {
            let class = table.cell(List::RelationWords, entry, Column::Class);
            assert!(CLASSES.iter().any(|(name, _)| *name == class), "{class} is no class");
        }
    }
}
