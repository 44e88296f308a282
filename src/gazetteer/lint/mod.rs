//! Lint: what is wrong or doubtful in lists of names, said for the people who keep them.
//!
//! A check is one small function over all rows; its id is stable and stands in the output. An *error* is what
//! is certainly wrong (an id that leads nowhere, an end before the start); a *warning* is what a person should look at
//! (two entries that claim one form); a *note* says how the program will take something.
//!
//! | file | checks |
//! |---|---|
//! | `shape` | encoding, header, columns, blanks, sorting, doubled rows and values, empty sources, numbers |
//! | `ids` | ids, references from list to list, kinds and classes, guards without effect |
//! | `dates` | form, order and plausibility of dates, ordinals of series |
//! | `tenures` | overlapping tenures of one post, doubled and very long ones |
//! | `forms` | forms that several entries claim, common words, forms that never count |

mod dates;
mod forms;
mod ids;
mod shape;
mod tenures;

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::inspect;
use super::rows::{self, Row};
use super::schema::{List, SCHEMAS};
use super::table::Table;

/// A file to check.
#[derive(Clone, Debug)]
pub struct Source<'t> {
    /// Its name in findings.
    pub file: String,
    /// Its bytes.
    pub bytes: &'t [u8],
    /// What it is.
    pub layout: Layout,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A list as it stands in `gazetteers/`: strictly.
    Builtin(List),
    /// A user's list: any columns, any order.
    User,
    /// A list in a folder of lists that the program does not know.
    Stray,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Certainly wrong.
    Error,
    /// To be looked at.
    Warning,
    /// To be known.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// Line, counted from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// How much it matters.
    pub severity: Severity,
    /// The check's stable id.
    pub check: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { file, line, severity, check, message } = self;
        match line {
            0 => write!(f, "{file}: {severity}[{check}]: {message}"),
            _ => write!(f, "{file}:{line}: {severity}[{check}]: {message}"),
        }
    }
}

/// Checks lists. Users' lists are held against `base`, the lists they are added to; a folder's own lists stand for themselves.
///
/// Findings come in the order of `sources`, then by line.
pub fn lint(sources: &[Source<'_>], base: Option<&Table>) -> Vec<Finding> {
    let mut findings = Findings { sources, found: Vec::new() };
    let lists = Lists::read(sources, base, &mut findings);
    shape::check(&lists, &mut findings);
    ids::check(&lists, &mut findings);
    dates::check(&lists, &mut findings);
    tenures::check(&lists, &mut findings);
    forms::check(&lists, &mut findings);
    findings.sorted()
}

/// The findings so far.
struct Findings<'s> {
    sources: &'s [Source<'s>],
    /// Each with the number of its source.
    found: Vec<(usize, Finding)>,
}

impl Findings<'_> {
    /// A finding at a line of a source.
    fn at(&mut self, source: usize, line: usize, severity: Severity, check: &'static str, message: String) {
        let file = self.sources[source].file.clone();
        self.found.push((source, Finding { file, line, severity, check, message }));
    }

    /// A finding at an entry; of entries that are not being checked nothing is said.
    fn of(&mut self, entry: &Entry<'_>, severity: Severity, check: &'static str, message: String) {
        if let Some(source) = entry.source {
            self.at(source, entry.row.line, severity, check, message);
        }
    }

    fn sorted(mut self) -> Vec<Finding> {
        self.found.sort_by(|(a, x), (b, y)| (a, x.line, x.severity, x.check, &x.message).cmp(&(b, y.line, y.severity, y.check, &y.message)));
        self.found.dedup();
        self.found.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// A row and where it came from.
struct Entry<'t> {
    row: Row<'t>,
    /// Number of its source; none for entries of the lists that a user's are added to.
    source: Option<usize>,
    /// Whether it was read strictly.
    strict: bool,
}

impl<'t> Entry<'t> {
    fn cell(&self, column: &str) -> &'t str {
        self.row.cell(column)
    }

    /// What names it: its first cell, else its name.
    fn label(&self) -> &'t str {
        match self.row.cells.first() {
            Some(first) if !first.is_empty() => first,
            _ => self.cell("name"),
        }
    }

    /// Where another finding should point to: `people.tsv:12`, or the built-in list.
    fn place(&self, findings: &Findings<'_>) -> String {
        match self.source {
            Some(source) => {
                let file = &findings.sources[source].file;
                format!("{}:{}", file.rsplit('/').next().unwrap_or(file), self.row.line)
            }
            None => format!("built-in {}", self.row.list.name()),
        }
    }
}

/// All rows, by list: those to check and those they are held against.
struct Lists<'t> {
    by_list: Vec<Vec<Entry<'t>>>,
    /// Whether a whole folder of lists is checked.
    is_folder: bool,
    /// Entries whose id a user's row takes, and their names.
    overridden: Vec<((List, &'t str), &'t str)>,
}

impl<'t> Lists<'t> {
    fn read(sources: &'t [Source<'t>], base: Option<&'t Table>, findings: &mut Findings<'_>) -> Lists<'t> {
        let is_folder = sources.iter().any(|source| source.layout != Layout::User);
        let mut lists = Lists { by_list: SCHEMAS.iter().map(|_| Vec::new()).collect(), is_folder, overridden: Vec::new() };
        let mut given = HashSet::new();
        for (number, source) in sources.iter().enumerate() {
            let Some(text) = shape::text(number, source, findings) else { continue };
            let rows = match source.layout {
                Layout::Builtin(list) => shape::read_builtin(number, list, text, findings),
                Layout::User => shape::read_user(number, source, text, findings),
                Layout::Stray => {
                    let message = "nobody reads this file: rename it as in src/gazetteer/schema.rs, or remove it".to_owned();
                    findings.at(number, 0, Severity::Warning, "stray-file", message);
                    continue;
                }
            };
            let strict = source.layout != Layout::User;
            for row in rows {
                if !strict && !row.cell("id").is_empty() {
                    given.insert((row.list, row.cell("id")));
                }
                lists.by_list[row.list as usize].push(Entry { row, source: Some(number), strict });
            }
        }
        if let Some(table) = base {
            for schema in SCHEMAS
                .iter()
                .filter(|schema| !is_folder || sources.iter().all(|source| source.layout != Layout::Builtin(schema.list)) && schema.list == List::CommonWords)
            {
                lists.by_list[schema.list as usize].extend(inspect::rows(table, schema.list).map(|row| Entry { row, source: None, strict: true }));
            }
        }
        lists.override_with(&given);
        lists
    }

    /// An id of a user's list takes the place of the entry that has it in the lists below.
    fn override_with(&mut self, given: &HashSet<(List, &str)>) {
        if given.is_empty() {
            return;
        }
        let (by_list, overridden) = (&mut self.by_list, &mut self.overridden);
        for entries in by_list {
            entries.retain(|entry| {
                let id = (entry.row.list, entry.cell("id"));
                let is_taken = entry.strict && given.contains(&id);
                if is_taken {
                    overridden.push((id, entry.cell("name")));
                }
                !is_taken
            });
        }
    }

    fn of(&self, list: List) -> &[Entry<'t>] {
        &self.by_list[list as usize]
    }

    /// The rows to check.
    fn checked(&self, list: List) -> impl Iterator<Item = &Entry<'t>> {
        self.of(list).iter().filter(|entry| entry.source.is_some())
    }
}

/// Checks some lines of one user's list, or of the built-in lists, for the tests of the checks.
#[cfg(test)]
mod testing {
    use super::*;

    /// The findings of files, as `line check`, joined by commas; notes are left out. A file named as in `gazetteers/` is read strictly.
    pub(super) fn found(files: &[(&str, &str)]) -> String {
        all(files)
            .iter()
            .filter(|finding| finding.severity != Severity::Note)
            .map(|finding| format!("{} {}", finding.line, finding.check))
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(super) fn all(files: &[(&str, &str)]) -> Vec<Finding> {
        let layout = |file: &str| SCHEMAS.iter().find(|schema| schema.file == file).map_or(Layout::User, |schema| Layout::Builtin(schema.list));
        let sources: Vec<Source<'_>> =
            files.iter().map(|(file, text)| Source { file: (*file).to_owned(), bytes: text.as_bytes(), layout: layout(file) }).collect();
        let mut found = lint(&sources, None);
        found.retain(|finding| finding.check != "missing-file");
        found
    }

    /// A strict list: `rows` hold some columns in the order of `columns`; the others are empty, `source` is filled.
    pub(super) fn list(file: &str, columns: &str, rows: &[&str]) -> String {
        let schema = SCHEMAS.iter().find(|schema| schema.file == file).unwrap();
        let mut text = schema.columns.join("\t") + "\n";
        for row in rows {
            let cells: Vec<(&str, &str)> = columns.split(' ').zip(row.split('\t')).collect();
            let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map_or(if *column == "source" { "test" } else { "" }, |(_, cell)| cell);
            text += &(schema.columns.iter().map(cell).collect::<Vec<_>>().join("\t") + "\n");
        }
        text
    }
}
