//! The candidates of a span: what was proposed, what a list has and nobody proposed, and what became of each.

use super::record::{Dropped, Seen};
use super::{Candidate, FeatureReason, GuardSeen, ModelReason, Named, Outcome, Place, Rival, Source, lexicon, role, source};
use crate::annotation::{EntityRef, Label, Mention, Score};
use crate::gazetteer::{Column, List, Lookup, Strength};
use crate::recognize::model::Reason;
use crate::recognize::{Context, Found, Via, state};
use crate::resolve::overlap;
use crate::span::Span;

/// Features of the model that are shown one by one.
const FEATURES: usize = 12;

/// Every candidate that overlaps `span`; those that stand first, then in text order.
pub(super) fn over<'t>(seen: &Seen<'_, '_, 't>, span: Span) -> Vec<Candidate<'t>> {
    let mut out: Vec<Candidate<'t>> = Vec::new();
    let mut add = |candidate: Candidate<'t>| {
        let known =
            out.iter().any(|c| c.place == candidate.place && c.label == candidate.label && c.source == candidate.source && c.outcome <= candidate.outcome);
        if !known {
            out.push(candidate);
        }
    };
    for found in seen.record.proposed.iter().filter(|found| found.span.overlaps(span)) {
        add(proposed(seen, found));
    }
    for (found, why) in seen.record.dropped.iter().filter(|(found, _)| found.span.overlaps(span)) {
        add(dropped(seen, found, why));
    }
    for mention in seen.extraction.mentions.iter().filter(|m| span_of(seen, m).overlaps(span) && !is_proposed(seen, m)) {
        add(afterwards(seen, mention));
    }
    for reason in seen.record.judged.iter().filter(|reason| reason.span.overlaps(span) && !is_taken(seen, reason)) {
        add(judged(seen, reason));
    }
    // A form may stand in two columns of one entry.
    let mut shown = Vec::new();
    for hit in seen.ctx.lookups.iter().filter(|hit| hit.span.overlaps(span) && lexicon::is_names(hit.list)) {
        let key = (hit.span, hit.list, hit.entry);
        if !shown.contains(&key) && !seen.record.proposed.iter().any(|found| found.span == hit.span && found.entry == Some((hit.list, hit.entry))) {
            shown.push(key);
            add(unproposed(seen, hit));
        }
    }
    out.sort_by(|a, b| a.outcome.cmp(&b.outcome).then(a.place.start.cmp(&b.place.start)).then(b.place.end.cmp(&a.place.end)));
    out
}

fn span_of(seen: &Seen<'_, '_, '_>, mention: &Mention<'_>) -> Span {
    seen.units.span(mention.start, mention.end, mention.within.is_some())
}

fn is_proposed(seen: &Seen<'_, '_, '_>, mention: &Mention<'_>) -> bool {
    let span = span_of(seen, mention);
    seen.record.kept.iter().any(|found| found.span == span && found.label == mention.label)
}

fn is_same(a: &Found<'_>, b: &Found<'_>) -> bool {
    a.span == b.span && a.label == b.label && a.via == b.via
}

fn proposed<'t>(seen: &Seen<'_, '_, 't>, found: &Found<'t>) -> Candidate<'t> {
    let record = seen.record;
    let mut candidate = bare(seen, found);
    let mention = seen.extraction.mentions.iter().find(|m| m.label == found.label && span_of(seen, m) == found.span);
    if record.kept.iter().any(|kept| is_same(kept, found)) {
        match mention {
            Some(mention) => stand(seen, &mut candidate, mention, found.via),
            None => {
                candidate.outcome = Outcome::Dropped;
                candidate.because = "it names nothing: no entity, office or date was made of it".to_owned();
            }
        }
    } else if record.settled.iter().any(|settled| is_same(settled, found)) {
        candidate.outcome = Outcome::Dropped;
        candidate.because = "idle role: the word is no office alone, and no holder stands beside it".to_owned();
    } else if let Some(winner) = record.settled.iter().filter(|winner| overlap::clash(winner, found)).max_by_key(|winner| winner.end - winner.first) {
        candidate.because = lost(winner, found);
        candidate.beaten_by = Some(Rival { place: seen.units.place(winner.span), label: winner.label, source: seen.sources().of(winner.via) });
    } else {
        candidate.because = "the same as another candidate".to_owned();
    }
    candidate
}

/// A candidate not yet judged.
fn bare<'t>(seen: &Seen<'_, '_, 't>, found: &Found<'t>) -> Candidate<'t> {
    let hit = seen.ctx.lookups.iter().find(|hit| hit.span == found.span && found.via == Via::Gazetteer(hit.list, hit.entry));
    let sources = seen.sources();
    let judgement = seen.record.judged.iter().find(|reason| reason.span == found.span && matches!(found.via, Via::Model(_)));
    let source = hit.map_or_else(|| sources.of(found.via), |hit| Source::List(sources.hit(hit)));
    Candidate {
        form: (!matches!(found.label, Label::Date | Label::Role)).then_some(found.form),
        conf: Some(Score(found.conf)),
        guards: hit.map(|hit| guards(seen, hit)).unwrap_or_default(),
        model: judgement.map(model),
        ..blank(seen.units.place(found.span), found.label, source, Outcome::Lost)
    }
}

/// A candidate of which nothing else is known.
fn blank<'t>(place: Place, label: Label, source: Source, outcome: Outcome) -> Candidate<'t> {
    Candidate {
        place,
        label,
        form: None,
        source,
        conf: None,
        outcome,
        because: String::new(),
        beaten_by: None,
        guards: Vec::new(),
        mention: None,
        entity: None,
        model: None,
        value: None,
        roles: Vec::new(),
    }
}

/// Why `found` gave way.
fn lost(winner: &Found<'_>, found: &Found<'_>) -> String {
    let label = winner.label.name();
    match overlap::advantage(winner, found) {
        "longer" if winner.span.contains(found.span) => format!("the {label} around it is longer, and no {} may nest in it", found.label.name()),
        "more confident" => format!("the {label} is as long and more confident ({:.2} against {:.2})", winner.conf, found.conf),
        "type goes first" => format!("as long and as confident: {label} goes before {}", found.label.name()),
        other => format!("the {label} that overlaps it is {}", if other == "longer" { "longer" } else { "equal and comes first" }),
    }
}

fn stand<'t>(seen: &Seen<'_, '_, 't>, candidate: &mut Candidate<'t>, mention: &Mention<'t>, via: Via) {
    candidate.outcome = Outcome::Stands;
    candidate.because = match via {
        Via::Gazetteer(..) => "listed, and nothing longer or surer claims its words".to_owned(),
        Via::Rule(_) => "the rule holds, and nothing longer or surer claims its words".to_owned(),
        Via::Coreference(_) => "it repeats a name of the text, and nothing else claims its words".to_owned(),
        Via::Model(_) => "no list, rule or repeat claims its words, and the model's share for its type reaches the threshold".to_owned(),
    };
    fill(seen, candidate, mention);
}

fn fill<'t>(seen: &Seen<'_, '_, 't>, candidate: &mut Candidate<'t>, mention: &Mention<'t>) {
    candidate.mention = Some(mention.id.to_string());
    candidate.form = mention.form;
    match mention.label {
        Label::Role => candidate.roles = role::of_mention(seen, mention.id),
        Label::Date => candidate.value = mention.date.as_ref().map(|date| date.value.to_string()),
        _ => candidate.entity = Some(named(seen, mention.entity)),
    }
}

/// A mention made after settling ("our country").
fn afterwards<'t>(seen: &Seen<'_, '_, 't>, mention: &Mention<'t>) -> Candidate<'t> {
    let rule = mention.via.strip_prefix("rule:").or(mention.via.strip_prefix("coref:")).unwrap_or(&mention.via);
    let mut candidate = Candidate {
        conf: Some(mention.conf),
        because: "the rule holds, and no other mention stands there".to_owned(),
        ..blank(seen.units.place(span_of(seen, mention)), mention.label, Source::Rule(source::rule(rule)), Outcome::Stands)
    };
    fill(seen, &mut candidate, mention);
    candidate
}

fn dropped<'t>(seen: &Seen<'_, '_, 't>, found: &Found<'t>, why: &Dropped) -> Candidate<'t> {
    let because = match why {
        Dropped::StopList(line) => format!("the stop list has it ({line})"),
        Dropped::Paragraphs => "a blank line stands inside it".to_owned(),
    };
    Candidate { outcome: Outcome::Dropped, because, ..bare(seen, found) }
}

/// Whether the model proposed what it judged.
fn is_taken(seen: &Seen<'_, '_, '_>, reason: &Reason) -> bool {
    let record = seen.record;
    let mut found = record.proposed.iter().chain(record.dropped.iter().map(|(found, _)| found));
    found.any(|found| found.span == reason.span && matches!(found.via, Via::Model(_)))
}

/// A candidate of the model that it did not propose.
fn judged<'t>(seen: &Seen<'_, '_, 't>, reason: &Reason) -> Candidate<'t> {
    let (label, share, needed) = (reason.label.name(), reason.share, reason.needed);
    let because = if share < needed {
        format!("the model gives {label} a share of {share:.2}; {needed:.2} is needed")
    } else if !reason.is_marked {
        "it stands once, in a line where all words have capitals".to_owned()
    } else {
        "the model is surer of another name that shares a word with it".to_owned()
    };
    let source = seen.sources().of(Via::Model("span"));
    Candidate { because, model: Some(model(reason)), ..blank(seen.units.place(reason.span), reason.label, source, Outcome::NotProposed) }
}

/// The features that weigh most; the others as one.
fn model(reason: &Reason) -> ModelReason {
    let (shown, others) = reason.features.split_at(reason.features.len().min(FEATURES));
    ModelReason {
        share: Score(reason.share),
        none: Score(reason.none),
        needed: Score(reason.needed),
        features: shown.iter().map(|f| FeatureReason { says: f.says.clone(), w: Score(f.weight) }).collect(),
        others: (others.len(), Score(others.iter().map(|f| f.weight).sum())),
        elsewhere: Score(reason.elsewhere),
    }
}

/// A hit of a list of names that nobody proposed.
fn unproposed<'t>(seen: &Seen<'_, '_, 't>, hit: &Lookup) -> Candidate<'t> {
    let guards = guards(seen, hit);
    let source = Source::List(seen.sources().hit(hit));
    Candidate { because: because(seen, hit, &guards), guards, ..blank(seen.units.place(hit.span), label_of(hit.list), source, Outcome::NotProposed) }
}

fn label_of(list: List) -> Label {
    match list {
        List::States => Label::State,
        List::Organizations => Label::Organization,
        List::Agreements => Label::Agreement,
        List::Series | List::Events => Label::Event,
        List::Places => Label::Place,
        _ => Label::Person,
    }
}

/// Why no recognizer proposed a hit.
fn because(seen: &Seen<'_, '_, '_>, hit: &Lookup, guards: &[GuardSeen]) -> String {
    let ctx = seen.ctx;
    if let Some(guard) = guards.iter().find(|guard| guard.fired) {
        return format!("a guard of `{}` holds it back", guard.form);
    }
    let around = seen.record.proposed.iter().find(|found| found.span.contains(hit.span) && found.span != hit.span && found.label == label_of(hit.list));
    if let Some(found) = around {
        return format!("part of the longer `{}`", found.span.slice(ctx.text));
    }
    if hit.strength == Strength::Weak && !has_strong(ctx, hit) {
        return "a weak form: no strong form of the entry stands in the text, and nothing beside it speaks for it".to_owned();
    }
    match hit.list {
        List::States if state::is_language(ctx, hit) => "it is read as the name of a language".to_owned(),
        List::Series => "a series alone is no event: a number or a year must stand beside it".to_owned(),
        List::People => "a person is proposed at its full name, or beside a title or given name".to_owned(),
        list => format!("the recognizer of {} did not take it in this place", list.name()),
    }
}

fn has_strong(ctx: &Context<'_, '_>, hit: &Lookup) -> bool {
    ctx.lookups.iter().any(|h| h.list == hit.list && h.entry == hit.entry && h.strength != Strength::Weak && ctx.guards_agree(h))
}

fn guards(seen: &Seen<'_, '_, '_>, hit: &Lookup) -> Vec<GuardSeen> {
    let ctx = seen.ctx;
    let about = |guard: &Lookup| {
        let objection = ctx.objection(guard, hit);
        GuardSeen {
            form: guard.span.slice(ctx.text).to_owned(),
            row: seen.sources().row(guard.list, guard.entry),
            fired: objection.is_some(),
            condition: objection.map(|(column, _)| column),
            value: objection.map(|(_, value)| value.to_owned()),
            note: ctx.cell(guard, Column::Note).to_owned(),
        }
    };
    ctx.guards_of(hit).map(about).collect()
}

/// An entity of the result by name.
pub(super) fn named(seen: &Seen<'_, '_, '_>, entity: EntityRef<'_>) -> Named {
    let result = seen.extraction;
    let id = match entity {
        EntityRef::State(code) => {
            let name = result.states.iter().find(|s| s.id == code).map_or("", |s| s.name);
            return Named { id: code.to_owned(), name: name.to_owned(), reference: Some(format!("states/{code}")).filter(|_| code != "--") };
        }
        EntityRef::Id(id) => id,
    };
    let of = |name: &str, reference: Option<String>| Named { id: id.to_string(), name: name.to_owned(), reference };
    match id.letter {
        'p' => result.people.iter().find(|e| e.id == id).map(|e| of(&e.name, e.reference.clone())),
        'o' => result.organizations.iter().find(|e| e.id == id).map(|e| of(&e.name, e.reference.clone())),
        'l' => result.places.iter().find(|e| e.id == id).map(|e| of(&e.name, None)),
        'a' => result.agreements.iter().find(|e| e.id == id).map(|e| of(&e.name, e.reference.clone())),
        'e' => result.events.iter().find(|e| e.id == id).map(|e| of(&e.name, e.reference.clone())),
        _ => None,
    }
    .unwrap_or_else(|| of("", None))
}

/// A span of the result as a place.
pub(super) fn place(seen: &Seen<'_, '_, '_>, start: u32, end: u32, in_title: bool) -> Place {
    seen.units.place(seen.units.span(start, end, in_title))
}
