//! A small scorer: spans compared strictly, roles tied to people, state codes, date values, topics.
//!
//! The measures are those of the usual evaluations: a mention is right when span and type agree;
//! values, ties and codes are judged on mentions matched one to one (exact spans first, then the
//! largest overlap). Deictic states ("our country") and mentions in a title apart are passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use extract::annotation::{EntityRef, Extraction, Form, Id, Label, Mention};

use crate::support::type_name;

/// A document and what must be found in it.
#[derive(Default)]
pub(crate) struct Gold {
    pub(crate) text: String,
    pub(crate) date: String,
    pub(crate) topics: Vec<String>,
    pub(crate) mentions: Vec<GoldMention>,
}

/// A mention that must be found. Span in bytes.
pub(crate) struct GoldMention {
    pub(crate) label: Label,
    pub(crate) span: Range<usize>,
    /// Entity within the document.
    pub(crate) id: Option<String>,
    /// Holders of a role.
    pub(crate) persons: Vec<String>,
    /// Code of a state.
    pub(crate) iso: Option<String>,
    /// Value of a date.
    pub(crate) value: Option<String>,
}

/// How many were right, found and wanted.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Tally {
    fn share(part: usize, whole: usize) -> f64 {
        if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
    }

    fn precision(self) -> f64 {
        Tally::share(self.right, self.found)
    }

    fn recall(self) -> f64 {
        Tally::share(self.right, self.wanted)
    }

    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        Tally::share(2 * self.right, self.found + self.wanted)
    }
}

/// Tallies over many documents, by measure: a type's name, `date value`, `role->person`, `state code`, `topics`.
#[derive(Default)]
pub(crate) struct Board {
    tallies: BTreeMap<&'static str, Tally>,
}

impl Board {
    /// Counts a document. The result's offsets must be bytes.
    pub(crate) fn add(&mut self, gold: &Gold, result: &Extraction<'_>) {
        let found: Vec<&Mention<'_>> = result.mentions.iter().filter(|m| m.form != Some(Form::Deictic) && m.within.is_none()).collect();
        let labels: BTreeSet<Label> = found.iter().map(|m| m.label).chain(gold.mentions.iter().map(|m| m.label)).collect();
        for label in labels {
            let wanted: Vec<&GoldMention> = gold.mentions.iter().filter(|m| m.label == label).collect();
            let found: Vec<&Mention<'_>> = found.iter().copied().filter(|m| m.label == label).collect();
            let pairs = matches(&wanted, &found);
            let exact = |(g, f): &(usize, usize)| wanted[*g].span == span(found[*f]);
            self.count(type_name(label), pairs.iter().filter(|pair| exact(pair)).count(), found.len(), wanted.len());
            match label {
                Label::Date => {
                    let right = pairs.iter().filter(|(g, f)| same_value(wanted[*g].value.as_deref(), found[*f])).count();
                    self.count("date value", right, found.len(), wanted.len());
                }
                Label::State => {
                    let coded: Vec<_> = pairs.iter().filter(|pair| exact(pair) && wanted[pair.0].iso.is_some()).collect();
                    let right =
                        coded.iter().filter(|(g, f)| matches!(found[*f].entity, EntityRef::State(code) if wanted[*g].iso.as_deref() == Some(code))).count();
                    self.count("state code", right, coded.len(), coded.len());
                }
                Label::Role => self.ties(gold, result, &wanted, &found, &pairs),
                _ => {}
            }
        }
        if !gold.topics.is_empty() {
            let right = result.topics.iter().filter(|topic| gold.topics.iter().any(|slug| slug == topic.id)).count();
            self.count("topics", right, result.topics.len(), gold.topics.len());
        }
    }

    /// Roles tied to (one of) their holders.
    fn ties(&mut self, gold: &Gold, result: &Extraction<'_>, wanted: &[&GoldMention], found: &[&Mention<'_>], pairs: &[(usize, usize)]) {
        let holders = |role: &Mention<'_>| -> Vec<Id> { result.roles.iter().filter(|r| r.mention == role.id).filter_map(|r| r.person).collect() };
        let named = |person: Id| result.mentions.iter().filter(move |m| m.entity == EntityRef::Id(person)).map(span);
        let right = pairs.iter().filter(|(g, f)| {
            let spans = gold.mentions.iter().filter(|m| m.id.as_ref().is_some_and(|id| wanted[*g].persons.contains(id))).map(|m| m.span.clone());
            spans.into_iter().any(|a| holders(found[*f]).into_iter().any(|person| named(person).any(|b| overlap(&a, &b) > 0)))
        });
        let right = right.count();
        let tied = found.iter().filter(|role| !holders(role).is_empty()).count();
        self.count("role->person", right, tied, wanted.iter().filter(|role| !role.persons.is_empty()).count());
    }

    fn count(&mut self, measure: &'static str, right: usize, found: usize, wanted: usize) {
        let tally = self.tallies.entry(measure).or_default();
        tally.right += right;
        tally.found += found;
        tally.wanted += wanted;
    }

    /// A measure's F1 (for `state code`: the share that is right), in per cent.
    pub(crate) fn f1(&self, measure: &str) -> f64 {
        self.tallies.get(measure).copied().unwrap_or_default().f1()
    }

    /// All measures, for people.
    pub(crate) fn table(&self) -> String {
        let mut table = format!("{:14} {:>6} {:>6} {:>6} {:>6} {:>6}\n", "", "P", "R", "F1", "gold", "found");
        for (measure, tally) in &self.tallies {
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            writeln!(table, "{measure:14} {p:6.1} {r:6.1} {f1:6.1} {:6} {:6}", tally.wanted, tally.found).unwrap();
        }
        table
    }

    /// Fails when a measure is below its floor; says all that are.
    pub(crate) fn hold(&self, floors: &[(&str, f64)], what: &str) {
        let below: Vec<String> = floors
            .iter()
            .filter(|(measure, floor)| self.f1(measure) < *floor)
            .map(|(measure, floor)| format!("{measure} {:.1} (floor {floor})", self.f1(measure)))
            .collect();
        assert!(below.is_empty(), "{what}: below the floor: {}\n{}", below.join(", "), self.table());
    }
}

/// A mention's span in bytes.
pub(crate) fn span(mention: &Mention<'_>) -> Range<usize> {
    mention.start as usize..mention.end as usize
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Pairs of indices, one to one: exact spans first, then the largest overlap.
fn matches(wanted: &[&GoldMention], found: &[&Mention<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (g, gold) in wanted.iter().enumerate() {
        for (f, mention) in found.iter().enumerate() {
            let shared = overlap(&gold.span, &span(mention));
            if shared > 0 {
                pairs.push((gold.span != span(mention), std::cmp::Reverse(shared), g, f));
            }
        }
    }
    pairs.sort_unstable();
    let (mut used_gold, mut used_found) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|(_, _, g, f)| !used_gold.contains(g) && !used_found.contains(f) && used_gold.insert(*g) && used_found.insert(*f));
    pairs.into_iter().map(|(_, _, g, f)| (g, f)).collect()
}

/// Whether a date's value is the wanted one, seconds of zero aside.
fn same_value(wanted: Option<&str>, found: &Mention<'_>) -> bool {
    let plain = |value: &str| -> Vec<String> {
        let cut = |part: &str| if part.matches(':').count() == 2 { part.strip_suffix(":00").unwrap_or(part).to_owned() } else { part.to_owned() };
        value.trim().to_uppercase().split('/').map(cut).collect()
    };
    match (wanted, &found.date) {
        (Some(wanted), Some(date)) => plain(wanted) == plain(&date.value),
        _ => false,
    }
}
