//! The setting of a relation: tense, date and place.

use super::actor::Kind;
use super::clause::Clause;
use super::words::{Class, class_before, is_class, is_determiner, is_preposition};
use super::{Finished, Tense, Who};
use crate::annotation::{Grain, Label, TimexKind};

/// Tokens between a trigger and its date.
const NEAR: usize = 28;

/// What the words before a verb (and a hint of the list) say of its time.
pub(super) fn tense(clause: &Clause<'_, '_>, verb: usize, hint: &str) -> Tense {
    let ctx = clause.ctx;
    let listed = match hint {
        "planned" => Some(Tense::Planned),
        "ongoing" => Some(Tense::Ongoing),
        "negated" => Some(Tense::Negated),
        "hypothetical" => Some(Tense::Hypothetical),
        _ => None,
    };
    let mut i = verb;
    let mut seen = Tense::Past;
    while i > clause.first && verb - i < 7 {
        let j = i - 1;
        if is_class(ctx, j, Class::Negation) || class_before(ctx, i, Class::Negation).is_some() {
            return Tense::Negated;
        }
        if is_class(ctx, j, Class::Future) || class_before(ctx, i, Class::Future).is_some() {
            return if seen == Tense::Past { Tense::Planned } else { seen };
        }
        if is_class(ctx, j, Class::Possible) || class_before(ctx, i, Class::Possible).is_some() {
            seen = Tense::Hypothetical;
        } else if ctx.is_any(j, &["to"]) && seen == Tense::Past {
            seen = if clause.ctx.word(verb).ends_with("ing") { Tense::Past } else { Tense::Planned };
        } else if !super::words::is_beside_verb(ctx, j) && !ctx.is_any(j, &["be", "not"]) {
            break;
        } else if ctx.is_any(j, &["is", "are", "am"]) && ctx.word(verb).ends_with("ing") {
            seen = Tense::Ongoing;
        }
        i = j;
    }
    listed.unwrap_or(seen)
}

/// The date told nearest to the trigger in its sentence; `free` tells which tokens may hold it.
pub(super) fn date(doc: &Finished<'_, '_>, clause: &Clause<'_, '_>, trigger: (usize, usize), free: impl Fn(usize) -> bool) -> Option<usize> {
    let from = doc.found.partition_point(|f| (f.first as usize) < clause.first);
    let dates =
        doc.found[from..].iter().take_while(|f| (f.first as usize) < clause.end).filter(|f| f.label == Label::Date && Some(f.span.start) != doc.dateline);
    let mut best: Option<(usize, usize)> = None;
    for f in dates {
        let (Some(t), first, end) = (f.link, f.first as usize, f.end as usize) else { continue };
        let Some(timex) = doc.timexes.get(t as usize) else { continue };
        if !matches!(timex.kind, TimexKind::Date | TimexKind::Time) || timex.grain >= Grain::Decade || timex.value.starts_with('P') || !free(first) {
            continue;
        }
        // "since 2019", "of 23 May 2005": no day of what is told.
        if first > 0 && doc.ctx.is_any(first - 1, &["since", "until", "till", "by", "before", "after"]) {
            continue;
        }
        let away = if first >= trigger.1 { first - trigger.1 } else { trigger.0.saturating_sub(end) + 3 };
        let away = away + if timex.grain > Grain::Week { 12 } else { 0 };
        if away <= NEAR + 12 && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, t as usize));
        }
    }
    best.map(|(_, t)| t)
}

/// The place behind the trigger: "in Geneva", "at the Elysee".
pub(super) fn place(clause: &Clause<'_, '_>, trigger: (usize, usize)) -> Option<Who> {
    let here = &clause.actors[clause.here.0..clause.here.1];
    let mut places = here.iter().filter(|a| {
        let led = a.first > clause.first && {
            let mut at = a.first;
            while at > clause.first && is_determiner(clause.ctx, at - 1) {
                at -= 1;
            }
            at > clause.first && is_preposition(clause.ctx, at - 1) && clause.ctx.is_any(at - 1, &["in", "at", "to"])
        };
        led && (a.kind == Kind::Place || a.kind == Kind::State && !a.possessive && !a.group && clause.ctx.is_any(a.first - 1, &["in"]))
    });
    let behind = places.clone().find(|a| a.first >= trigger.1 && a.first - trigger.1 < NEAR);
    behind.or_else(|| places.find(|a| a.end <= trigger.0 && trigger.0 - a.end < 12)).map(|a| a.who)
}
