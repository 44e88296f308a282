//! One relation per happening: what is told twice is merged, what is told inside a statement gets its speaker.

use super::words::{Class, is_class};
use super::{Finished, Happening, Side, Tense, Who, dating};
use crate::annotation::Label;
use crate::gazetteer::EntryId;

/// Merges, attributes and dates what was told.
pub(super) fn settle<'a>(doc: &Finished<'_, 'a>, told: Vec<Happening<'a>>) -> Vec<Happening<'a>> {
    let spoken: Vec<(crate::span::Span, Option<Who>)> =
        told.iter().filter(|h| h.kind == "statement").filter_map(|h| h.content.map(|content| (content, h.sides.first().map(|s| s.who)))).collect();
    let mut out: Vec<Happening<'a>> = Vec::new();
    for mut happening in told {
        if happening.attributed.is_none() {
            let around = spoken.iter().find(|(content, _)| content.contains(happening.trigger));
            happening.attributed =
                around.and_then(|(_, who)| *who).filter(|who| happening.kind != "statement" || happening.sides.iter().all(|s| s.who != *who));
        }
        match out.iter_mut().find(|known| same(doc, known, &happening)) {
            Some(known) => absorb(doc, known, happening),
            None => out.push(happening),
        }
    }
    out.retain(|h| h.kind != "statement" || !h.sides.iter().all(|side| is_outlet(doc, side.who)));
    dating::inherit(doc, &mut out);
    out
}

/// Outlets and press services pass on what others say.
pub(super) fn is_outlet(doc: &Finished<'_, '_>, who: Who) -> bool {
    let Who::Entity(e) = who else { return false };
    let entity = &doc.entities[e];
    let named = |m: &usize| (doc.found[*m].first as usize..doc.found[*m].end as usize).any(|i| is_class(doc.ctx, i, Class::Outlet));
    entity.label == Label::Organization && (entity.kind == "media" || entity.mentions.iter().any(named))
}

/// Types that consist in saying something.
pub(super) fn is_spoken(kind: &str) -> bool {
    matches!(kind, "statement" | "condemnation" | "congratulation" | "condolence" | "agreement")
}

/// Whether all speakers took part.
pub(super) fn is_held_by(doc: &Finished<'_, '_>, meeting: &Happening<'_>, statement: &Happening<'_>) -> bool {
    statement.sides.iter().all(|s| meeting.sides.iter().any(|m| alike(doc, m, s)))
}

/// Types that may tell of one happening in different words.
fn group(kind: &str) -> &str {
    if kind == "call" { "meeting" } else { kind }
}

fn same<'a>(doc: &Finished<'_, 'a>, known: &Happening<'a>, new: &Happening<'a>) -> bool {
    if group(known.kind) != group(new.kind) || (known.tense == Tense::Negated) != (new.tense == Tense::Negated) {
        return false;
    }
    let inside = |a: &[Side<'_>], b: &[Side<'_>]| a.iter().all(|x| b.iter().any(|y| alike(doc, x, y)));
    match group(known.kind) {
        "meeting" => {
            let dated = known
                .date
                .zip(new.date)
                .is_none_or(|(a, b)| a == b || doc.timexes[a].value == doc.timexes[b].value || overlaps(&doc.timexes[a].value, &doc.timexes[b].value));
            (inside(&new.sides, &known.sides) || inside(&known.sides, &new.sides)) && (dated || known.tense == new.tense)
        }
        "visit" => {
            known.sides.iter().any(|x| new.sides.iter().any(|y| alike(doc, x, y))) && (known.place == new.place || known.place.is_none() || new.place.is_none())
        }
        "statement" => {
            let speakers = |h: &Happening<'a>| h.sides.iter().filter(|s| s.part == "speaker").copied().collect::<Vec<_>>();
            let (a, b) = (speakers(known), speakers(new));
            a.len() == b.len() && inside(&a, &b)
        }
        _ => inside(&known.sides, &new.sides) || inside(&new.sides, &known.sides),
    }
}

/// A day lies in the month of the other value, or the like.
fn overlaps(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Two sides may be one: the same, or a state and a person who acts for it.
fn alike(doc: &Finished<'_, '_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    a.who == b.who
        || match (a.who, b.who) {
            (Who::State(state), Who::Entity(e)) | (Who::Entity(e), Who::State(state)) => acts_for(doc, e, state),
            (Who::Entity(a), Who::Entity(b)) => shares_surname(doc, a, b),
            _ => false,
        }
}

/// Two people one of whom is named by the first or last word of the other's name alone ("Blinken" in a headline).
fn shares_surname(doc: &Finished<'_, '_>, a: usize, b: usize) -> bool {
    let (a, b) = (&doc.entities[a], &doc.entities[b]);
    if a.label != Label::Person || b.label != Label::Person {
        return false;
    }
    let words = |mention: usize| {
        let f = &doc.found[mention];
        doc.ctx.tokens[f.first as usize..f.end as usize].iter().map(|t| t.hash)
    };
    let ends = |short: usize, long: usize| {
        let behind = words(short).rev().zip(words(long).rev()).all(|(x, y)| x == y);
        words(short).len() < words(long).len() && (behind || words(short).len() == 1 && words(short).next() == words(long).next())
    };
    // The first mention is the fullest form, or the one of the headline.
    let (Some(x), Some(y)) = (a.mentions.first(), b.mentions.first()) else { return false };
    ends(*x, *y) || ends(*y, *x)
}

/// Words of a person's fullest name.
fn fullness(doc: &Finished<'_, '_>, who: Who) -> u32 {
    match who {
        Who::Entity(e) => doc.entities[e].mentions.iter().map(|m| doc.found[*m].end - doc.found[*m].first).max().unwrap_or(0),
        Who::State(_) => 0,
    }
}

fn acts_for(doc: &Finished<'_, '_>, entity: usize, state: EntryId) -> bool {
    doc.entities[entity].label == Label::Person
        && doc
            .held
            .iter()
            .any(|h| h.state.is_some_and(|(s, _)| s == state) && h.person.into_iter().chain(h.others.iter().copied()).any(|p| doc.entity_of[p] == Some(entity)))
}

/// Takes up what the second telling adds.
fn absorb<'a>(doc: &Finished<'_, 'a>, known: &mut Happening<'a>, new: Happening<'a>) {
    for side in new.sides {
        match known.sides.iter_mut().find(|s| alike(doc, s, &side)) {
            // The named person says more than the state, the full name more than the surname.
            Some(s) if s.who != side.who && fullness(doc, s.who) < fullness(doc, side.who) => *s = Side { part: s.part, ..side },
            Some(_) => {}
            None => known.sides.push(side),
        }
    }
    known.date = known.date.or(new.date);
    known.place = known.place.or(new.place);
    if known.kind == "meeting" && new.kind == "call" {
        known.kind = new.kind;
    }
    known.conf = (known.conf + 0.05).min(0.95);
}
