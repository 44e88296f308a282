//! Why a relation is there.

use super::candidate::{named, place};
use super::record::Seen;
use super::{ParticipantReason, Place, RelationReason, source};
use crate::annotation::Relation;
use crate::gazetteer::{Column, List, Lookup};

/// The relations whose trigger `asked` wants.
pub(super) fn explain(seen: &Seen<'_, '_, '_>, asked: impl Fn(&Place) -> bool) -> Vec<RelationReason> {
    seen.extraction.relations.iter().map(|relation| reason(seen, relation)).filter(|reason| asked(&reason.trigger)).collect()
}

fn reason(seen: &Seen<'_, '_, '_>, relation: &Relation<'_>) -> RelationReason {
    let in_title = relation.within.is_some();
    let here = |start, end| place(seen, start, end, in_title);
    let row = trigger(seen, relation);
    let side = |side: &crate::annotation::Participant<'_>| ParticipantReason {
        who: named(seen, side.entity),
        part: side.part.map(str::to_owned),
        role: side.role.map(|role| role.to_string()),
    };
    RelationReason {
        id: relation.id.to_string(),
        kind: relation.kind.to_owned(),
        trigger: here(relation.trigger.start, relation.trigger.end),
        says: row.map(|hit| seen.sources().cells(hit.list, hit.entry)).unwrap_or_default(),
        row: row.map(|hit| seen.sources().hit(hit)),
        participants: relation.participants.iter().map(side).collect(),
        tense: relation.tense,
        date: relation.date.as_ref().map(ToString::to_string),
        date_basis: relation.date_basis.map(source::rule),
        evidence: here(relation.evidence[0], relation.evidence[1]),
        conf: relation.conf,
    }
}

/// The row that opened it: of its type first, else a verb of saying, else the longest.
fn trigger<'r>(seen: &Seen<'r, '_, '_>, relation: &Relation<'_>) -> Option<&'r Lookup> {
    let span = seen.units.span(relation.trigger.start, relation.trigger.end, relation.within.is_some());
    let hits = || seen.ctx.lookups.iter().filter(|hit| hit.span.overlaps(span));
    let of_type = hits().find(|hit| hit.list == List::RelationTriggers && seen.ctx.cell(hit, Column::Type) == relation.kind);
    of_type.or_else(|| hits().find(|hit| hit.list == List::SpeechVerbs)).or_else(|| hits().find(|hit| hit.list == List::RelationTriggers))
}
