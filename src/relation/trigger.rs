//! Triggers: the words that open a frame, and what the frame takes.

use super::per_entry::PerEntry;
use super::words::{Class, Words, head, is_beside_verb, is_class, is_preposition, speech_verb, triggers};
use crate::gazetteer::{Column, EntryId, List, Lookup, Tables};
use crate::token::Gap;

/// How a trigger joins what stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A finite verb: who acts stands before it.
    Verb,
    /// A noun: who acts stands before the verb that carries it, or owns it.
    Noun,
    /// A verb of saying.
    Speech,
    /// The words tell who else took part in what was told before ("was attended by").
    Joining,
}

/// What a frame takes after its trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// People, office-holders, states, organisations.
    Actor,
    /// People and office-holders, or a delegation.
    Holder,
    /// People named.
    Person,
    /// As `Actor`, if a word for what is given stands there.
    Aid,
    /// As `Actor`, as an owner or adjective of what is condemned too.
    Target,
    /// A place or state, which becomes the place.
    Place,
    /// An event or a word for one; no side of its own.
    Event,
    /// An agreement or a word for one; no side of its own.
    Agreement,
    /// Nothing.
    Nothing,
}

/// Which sides must be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Who acts.
    Left,
    /// Whom it concerns.
    Right,
    /// Both.
    Both,
    /// Two sides, wherever they stand.
    Two,
}

/// A trigger in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trigger<'a> {
    /// First token and one past the last.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) shape: Shape,
    /// Type of relation.
    pub(super) kind: &'a str,
    /// Part of those who act.
    pub(super) left: &'a str,
    /// Part of those it concerns.
    pub(super) right: &'a str,
    /// Prepositions that lead to the right side, `|` between; `*` is none.
    pub(super) links: &'a str,
    pub(super) takes: Takes,
    pub(super) needs: Needs,
    /// What the words say of the time by themselves; empty when the verb's form tells.
    pub(super) tense: &'a str,
    pub(super) plover: &'a str,
}

/// All triggers in text order; none overlaps another.
pub(super) fn all<'a>(ctx: Words<'_, 'a>) -> Vec<Trigger<'a>> {
    let mut out: Vec<Trigger<'a>> = Vec::new();
    let wanted = 1 << List::SpeechVerbs as u64 | 1 << List::RelationTriggers as u64;
    let mut i = 0;
    while i < ctx.tokens.len() {
        if ctx.lookups.lists(i) & wanted == 0 {
            i += 1;
            continue;
        }
        let said = ctx.lookups.longest(i, List::SpeechVerbs).filter(|hit| !ctx.has(i, List::RelationTriggers) || ctx.is_any(hit.end as usize, &["that"]));
        let said = said.and_then(|hit| speech(ctx, hit));
        let trigger = said.or_else(|| ctx.lookups.longest(i, List::RelationTriggers).filter(|_| !is_compound(ctx, i)).and_then(|hit| listed(ctx, hit)));
        match trigger {
            Some(trigger) => {
                i = trigger.end;
                out.push(trigger);
            }
            None => i += 1,
        }
    }
    out
}

/// The listed triggers. Boxed, so that the places of those that are never met take little.
pub(super) type Triggers = PerEntry<Box<Listed>>;

/// What the list says of a trigger.
pub(super) struct Listed {
    shape: Shape,
    kind: Box<str>,
    left: Box<str>,
    right: Box<str>,
    links: Box<str>,
    takes: Takes,
    needs: Needs,
    tense: Box<str>,
    plover: Box<str>,
}

impl Listed {
    fn read(table: &Tables, entry: EntryId) -> Listed {
        let cell = |column| table.cell(List::RelationTriggers, entry, column);
        Listed {
            shape: match cell(Column::Pos) {
                "noun" => Shape::Noun,
                "speech" => Shape::Speech,
                "joining" => Shape::Joining,
                _ => Shape::Verb,
            },
            kind: cell(Column::Type).into(),
            left: cell(Column::Left).into(),
            right: cell(Column::Right).into(),
            links: cell(Column::Links).into(),
            takes: match cell(Column::Takes) {
                "actor" => Takes::Actor,
                "holder" => Takes::Holder,
                "person" => Takes::Person,
                "aid" => Takes::Aid,
                "target" => Takes::Target,
                "place" => Takes::Place,
                "event" => Takes::Event,
                "agreement" => Takes::Agreement,
                _ => Takes::Nothing,
            },
            needs: match cell(Column::Needs) {
                "right" => Needs::Right,
                "both" => Needs::Both,
                "two" => Needs::Two,
                _ => Needs::Left,
            },
            tense: cell(Column::Tense).into(),
            plover: cell(Column::Plover).into(),
        }
    }

    fn at<'a>(&'a self, hit: &Lookup) -> Trigger<'a> {
        let Listed { shape, kind, left, right, links, takes, needs, tense, plover } = self;
        let (first, end) = (hit.first as usize, hit.end as usize);
        Trigger { first, end, shape: *shape, kind, left, right, links, takes: *takes, needs: *needs, tense, plover }
    }
}

fn listed<'a>(ctx: Words<'_, 'a>, hit: &Lookup) -> Option<Trigger<'a>> {
    triggers(ctx).get(hit.entry, || Box::new(Listed::read(ctx.table, hit.entry))).map(|trigger| trigger.at(hit))
}

/// "newly-appointed": the second part of a compound is no verb.
fn is_compound(ctx: Words<'_, '_>, i: usize) -> bool {
    i > 0 && matches!(ctx.word(i - 1), "-" | "‑") && ctx.tokens[i].gap == Gap::None && ctx.tokens[i - 1].gap == Gap::None
}

/// "we welcome", "I also commend": a bare verb behind the author's pronoun.
fn is_first_person(ctx: Words<'_, '_>, verb: usize) -> bool {
    let pronoun = |i: usize| is_class(ctx, i, Class::Author);
    verb > 0 && (pronoun(verb - 1) || verb > 1 && is_beside_verb(ctx, verb - 1) && pronoun(verb - 2))
}

/// Verbs that tell what somebody said; bare verbs and participles are no sentence's verb.
fn speech<'a>(ctx: Words<'_, 'a>, hit: &Lookup) -> Option<Trigger<'a>> {
    let (first, end) = (hit.first as usize, hit.end as usize);
    let verb = speech_verb(ctx, hit);
    // "in said amount": the one named before.
    let is_adjective = || first > 0 && is_preposition(ctx, first - 1) && ctx.is_any(first, &["said"]);
    if !verb.tells || is_compound(ctx, first) || is_adjective() {
        return None;
    }
    let word = ctx.word(first);
    let is_bare = || ctx.tokens[first].hash == verb.head && word.eq_ignore_ascii_case(head(ctx.cell(hit, Column::Lemma)));
    if word.ends_with("ing") || is_bare() && !(verb.in_first_person && is_first_person(ctx, first)) {
        return None;
    }
    let (left, links, plover) = ("speaker", "", if verb.accuses { "ACCUSE" } else { "" });
    Some(Trigger { first, end, shape: Shape::Speech, kind: "statement", left, right: "", links, takes: Takes::Nothing, needs: Needs::Left, tense: "", plover })
}
