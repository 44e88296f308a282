//! Where things come from: rows of lists by file and line, rules by id and description.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{Listed, Source};
use crate::gazetteer::{EntryId, List, Lookup, Strength, Tables};
use crate::recognize::Via;

/// A rule, basis or verdict and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleText {
    /// Its stable id, as the result shows it.
    pub id: String,
    /// One line.
    pub description: &'static str,
}

/// One line on a rule, basis or verdict that a result names by `id` (`person.given_name`, `surname`, `confirmed`); none for
/// an unknown id.
pub fn rule_text(id: &str) -> Option<&'static str> {
    static RULES: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let rules = RULES.get_or_init(|| include_str!("rules.tsv").lines().skip(1).filter_map(|line| line.split_once('\t')).collect());
    rules.get(id).copied()
}

/// A rule with its description.
pub(super) fn rule(id: &str) -> RuleText {
    RuleText { id: id.to_owned(), description: rule_text(id).unwrap_or("") }
}

/// Names rows of the tables in use.
#[derive(Clone, Copy)]
pub(super) struct Sources<'t>(pub(super) &'t Tables);

impl Sources<'_> {
    pub(super) fn of(&self, via: Via) -> Source {
        match via {
            Via::Gazetteer(list, entry) => Source::List(self.row(list, entry)),
            Via::Rule(id) => Source::Rule(rule(id)),
            Via::Coreference(id) => Source::Coreference(rule(id)),
            Via::Model(id) => Source::Model(rule(id)),
        }
    }

    pub(super) fn row(&self, list: List, entry: EntryId) -> Listed {
        let (file, line) = self.0.origin(list, entry);
        let file = file.unwrap_or("a user's list").to_owned();
        Listed { list: list.name(), entry: self.0.cell_at(list, entry, 0).to_owned(), file, line, column: None, strength: None }
    }

    pub(super) fn hit(&self, hit: &Lookup) -> Listed {
        let strength = match hit.strength {
            Strength::Strong => "strong",
            Strength::Acronym => "acronym",
            Strength::Weak => "weak",
        };
        Listed { column: Some(hit.column_name()), strength: Some(strength), ..self.row(hit.list, hit.entry) }
    }

    /// The filled cells of a row, without its key, source and lists of names.
    pub(super) fn cells(&self, list: List, entry: EntryId) -> String {
        const LEFT_OUT: &[&str] = &["source", "aliases", "plurals", "abbreviations", "topics"];
        let columns = list.schema().columns.iter().enumerate().skip(1).filter(|(_, column)| !LEFT_OUT.contains(column));
        let filled = columns.map(|(place, column)| (column, self.0.cell_at(list, entry, place))).filter(|(_, cell)| !cell.is_empty());
        filled.map(|(column, cell)| format!("{column} {cell}")).collect::<Vec<_>>().join(", ")
    }
}
