//! Shape: encoding, header, columns, blanks, order, doubled rows and values, sources, numbers.

use std::collections::HashMap;

use unicode_normalization::is_nfc;

use super::dates::is_date;
use super::{Entry, Findings, Layout, List, Lists, SCHEMAS, Severity, Source, rows};
use crate::gazetteer::rows::Row;

use Severity::{Error, Note, Warning};

/// The text of a source, if it is one.
pub(super) fn text<'t>(number: usize, source: &Source<'t>, findings: &mut Findings<'_>) -> Option<&'t str> {
    match std::str::from_utf8(source.bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let line = 1 + source.bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            let column = error.valid_up_to() - source.bytes[..error.valid_up_to()].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            findings.at(number, line, Error, "encoding", format!("byte {} of the line is no UTF-8: save the file as UTF-8", column + 1));
            None
        }
    }
}

/// The rows of a list of `gazetteers/`; those with a wrong number of columns are told and left out.
pub(super) fn read_builtin<'t>(number: usize, list: List, text: &'t str, findings: &mut Findings<'_>) -> Vec<Row<'t>> {
    let schema = list.schema();
    let mut lines = text.lines();
    if lines.next() != Some(&schema.columns.join("\t")) {
        findings.at(number, 1, Error, "header", format!("the header must be, with tabs: {}", schema.columns.join(" ")));
        return Vec::new();
    }
    if let Some(at) = text.split_inclusive('\n').position(|line| line.ends_with("\r\n") || !line.ends_with('\n')) {
        findings.at(number, at + 1, Error, "line-ends", "every line ends with a line feed alone: save the file with Unix line ends".to_owned());
    }
    let mut rows = Vec::new();
    for (i, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.len() == schema.columns.len() {
            true => rows.push(Row { list, line: i + 2, cells }),
            false => findings.at(number, i + 2, Error, "columns", format!("{} columns instead of {}: count the tabs", cells.len(), schema.columns.len())),
        }
    }
    rows
}

/// The rows of a user's list, as far as they can be read.
pub(super) fn read_user<'t>(number: usize, source: &Source<'_>, text: &'t str, findings: &mut Findings<'_>) -> Vec<Row<'t>> {
    let header = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    match rows::read_user(&source.file, text) {
        Ok(rows) => {
            if header.is_some_and(|header| !header.split('\t').any(|column| column.trim() == "source")) && !rows.is_empty() {
                findings.at(number, 0, Note, "no-source", "no column `source`: it is not said where these rows come from".to_owned());
            }
            if rows.is_empty() {
                findings.at(number, 0, Warning, "empty-file", "no rows: write a header with the columns and one row for each name".to_owned());
            }
            rows
        }
        Err(error) => {
            // What stands before it can still be checked.
            let before: usize = text.split_inclusive('\n').take(error.line - 1).map(str::len).sum();
            let rows = rows::read_user(&source.file, &text[..before]).unwrap_or_default();
            let rest = text[before..].lines().count() - 1;
            let rest = if rest > 0 { format!(" (the {rest} lines after this one are not checked)") } else { String::new() };
            findings.at(number, error.line, Error, "format", format!("{}{rest}", error.message));
            rows
        }
    }
}

/// Columns whose values have a form: list, column, what it is, whether a value is one.
type Value = (List, &'static str, &'static str, fn(&str) -> bool);

const VALUES: &[Value] = &[
    (List::Places, "population", "a number", is_number),
    (List::Places, "geonames", "a number", is_number),
    (List::Events, "ordinal", "a number (29), a Roman one (XXVI), a part (5.2) or a day of every year (11-25)", is_ordinal),
    (List::Topics, "weight", "a number from 1 to 5", |cell| matches!(cell, "1" | "2" | "3" | "4" | "5")),
    (List::Topics, "learned", "a number above 0, at most 40", is_weight),
    (List::TopicEntities, "weight", "a number from 1 to 9", |cell| matches!(cell.as_bytes(), [b'1'..=b'9'])),
    (List::Topics, "negative", "0 or 1", is_flag),
    (List::Roles, "alone", "0 or 1", is_flag),
    (List::OrgHeads, "alone", "`the` or `1`", |cell| matches!(cell, "the" | "1")),
    (List::AgreementHeads, "alone", "`the`, `1` or `date`", |cell| matches!(cell, "the" | "1" | "date")),
    (List::EventHeads, "small", "`organization` or `place`", |cell| matches!(cell, "organization" | "place")),
    (List::GivenNames, "clash", "0 or 1", is_flag),
    (List::Surnames, "clash", "0 or 1", is_flag),
    (List::CommonWords, "per_million", "a number", is_number),
    (List::States, "wikidata", "a Wikidata id such as Q227", is_wikidata),
    (List::Organizations, "wikidata", "a Wikidata id such as Q1065", is_wikidata),
    (List::People, "wikidata", "a Wikidata id such as Q12785", is_wikidata),
    (List::Abbreviations, "split", "`never` or `may`", |cell| matches!(cell, "never" | "may")),
];

fn is_weight(cell: &str) -> bool {
    cell.parse().is_ok_and(|weight: f32| weight > 0.0 && weight <= 40.0)
}

fn is_number(cell: &str) -> bool {
    cell.bytes().all(|b| b.is_ascii_digit())
}

/// A number counts the members of a series; the other ways of writing are for readers.
fn is_ordinal(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '.']).collect();
    let is_day = || cell.len() == 5 && cell.as_bytes()[2] == b'-' && is_date(&format!("2024-{cell}"));
    match parts.len() {
        1 => is_number(cell) || cell.bytes().all(|b| b"IVXLC".contains(&b)),
        2 => parts.iter().all(|part| !part.is_empty() && is_number(part)) && (cell.contains('.') || is_day()),
        _ => false,
    }
}

fn is_flag(cell: &str) -> bool {
    matches!(cell, "0" | "1")
}

fn is_wikidata(cell: &str) -> bool {
    cell.strip_prefix('Q').is_some_and(|number| !number.is_empty() && is_number(number))
}

pub(super) fn check(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    files(lists, findings);
    for schema in SCHEMAS {
        let entries: Vec<&Entry<'_>> = lists.checked(schema.list).collect();
        entries.iter().for_each(|entry| row(entry, findings));
        order(&entries, findings);
        doubled(&entries, findings);
    }
    for (list, column, what, fits) in VALUES {
        for entry in lists.checked(*list) {
            let cell = entry.cell(column);
            if !cell.is_empty() && !fits(cell) {
                findings.of(entry, Error, "value", format!("`{column}` must be {what}, not `{cell}`"));
            }
        }
    }
}

/// A folder of lists must hold all of them.
fn files(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    if !lists.is_folder {
        return;
    }
    let is_there = |list| findings.sources.iter().any(|source| source.layout == Layout::Builtin(list));
    for schema in SCHEMAS.iter().filter(|schema| !is_there(schema.list)).collect::<Vec<_>>() {
        let folder = findings.sources.iter().find_map(|source| match source.layout {
            Layout::Builtin(list) => source.file.strip_suffix(list.schema().file),
            Layout::User | Layout::Stray => None,
        });
        let file = format!("{}{}", folder.unwrap_or_default(), schema.file);
        let message = format!("the file is missing: at least its header must be there: {}", schema.columns.join(" "));
        findings.found.push((usize::MAX, super::Finding { file, line: 0, severity: Error, check: "missing-file", message }));
    }
}

fn row(entry: &Entry<'_>, findings: &mut Findings<'_>) {
    let severity = if entry.strict { Error } else { Warning };
    let schema = entry.row.list.schema();
    for (column, cell) in schema.columns.iter().zip(&entry.row.cells).filter(|(_, cell)| !cell.is_empty()) {
        if entry.strict && !is_nfc(cell) {
            findings.of(entry, Error, "nfc", format!("`{column}` is not in NFC (letters and their accents as one character): {cell:?}: normalise the file"));
        }
        if cell.trim() != *cell || cell.split('|').any(|value| value.trim() != value) {
            findings.of(entry, severity, "blanks", format!("blanks around a value of `{column}`: {cell:?}: remove them"));
        }
        if cell.contains("  ") || cell.chars().any(char::is_control) {
            findings.of(entry, Warning, "blanks", format!("two blanks in a row or a control character in `{column}`: {cell:?}: write one blank"));
        }
        if cell.contains('|') {
            values(entry, column, cell, findings);
        }
    }
    if entry.row.cells.first().is_none_or(|cell| cell.is_empty()) && (entry.strict || entry.cell("name").is_empty() && entry.row.list != List::Tenures) {
        findings.of(entry, Error, "empty-key", format!("`{}` is empty: every row needs one", schema.columns[0]));
    }
    if entry.cell("source").is_empty() {
        match entry.strict {
            true => findings.of(entry, Error, "no-source", "`source` is empty: say where the row comes from (gazetteers/SOURCES.md)".to_owned()),
            false if user_names_sources(entry, findings) => {
                findings.of(entry, Warning, "no-source", "`source` is empty: say where the row comes from".to_owned())
            }
            false => {}
        }
    }
}

/// Whether the user's list has a column for sources at all.
fn user_names_sources(entry: &Entry<'_>, findings: &Findings<'_>) -> bool {
    let text = entry.source.and_then(|source| std::str::from_utf8(findings.sources[source].bytes).ok()).unwrap_or_default();
    let header = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    header.is_some_and(|header| header.split('\t').any(|column| column.trim() == "source"))
}

fn values(entry: &Entry<'_>, column: &str, cell: &str, findings: &mut Findings<'_>) {
    let values: Vec<&str> = cell.split('|').collect();
    if values.iter().any(|value| value.is_empty()) {
        findings.of(entry, if entry.strict { Error } else { Warning }, "empty-value", format!("nothing between two `|` of `{column}`: remove one"));
    }
    let twice = values.iter().enumerate().find(|(i, value)| !value.is_empty() && values[..*i].contains(value));
    if let Some((_, value)) = twice {
        findings.of(entry, Warning, "duplicate-value", format!("`{value}` stands twice in `{column}`: remove one"));
    }
}

/// Lists of `gazetteers/` are sorted: the program finds entries by binary search.
fn order(entries: &[&Entry<'_>], findings: &mut Findings<'_>) {
    for pair in entries.windows(2).filter(|pair| pair[0].strict && pair[1].strict) {
        let (before, after) = (&pair[0].row.cells, &pair[1].row.cells);
        if before == after {
            findings.of(pair[1], Error, "duplicate-row", "the row stands there twice: remove one".to_owned());
        } else if sorted_by(pair[0]) > sorted_by(pair[1]) {
            let message = format!("out of order: `{}` comes before `{}`: sort by bytes, as gazetteers/README.md shows", after[0], before[0]);
            findings.of(pair[1], Error, "order", message);
        }
    }
}

/// What a list is sorted by: the first column, then the row; tenures by person, then beginning.
fn sorted_by<'t>(entry: &Entry<'t>) -> Vec<&'t str> {
    let cells = entry.row.cells.iter().copied();
    match entry.row.list {
        List::Tenures => cells.clone().take(1).chain([entry.cell("from")]).chain(cells.skip(1)).collect(),
        _ => cells.collect(),
    }
}

/// Rows of users' lists that stand twice, and words of the lexicon that are listed twice with the same meaning.
fn doubled(entries: &[&Entry<'_>], findings: &mut Findings<'_>) {
    let mut seen: HashMap<&[&str], &Entry<'_>> = HashMap::new();
    for entry in entries {
        // The source does not make a row another one.
        let cells = &entry.row.cells[..entry.row.cells.len() - 1];
        if let Some(first) = seen.insert(cells, entry).filter(|first| !first.strict || first.row.cells != entry.row.cells) {
            findings.of(entry, Error, "duplicate-row", format!("says the same as {}: remove one", first.place(findings)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all, found, list};

    const SERIES: &str = "id name kind forms acronyms under body source";

    fn series(rows: &[&str]) -> String {
        list("series.tsv", "id name kind forms", rows)
    }

    #[test]
    fn strict_lists_keep_their_form() {
        let good = series(&["a\tA Summit\tsummit\tA Summit|A summit meeting", "b\tB Summit\tsummit\tB Summit"]);
        let header = SERIES.replace(' ', "\t");
        let cases = [
            (good.clone(), ""),
            (good.replace("\ttest\n", "\t\n"), "2 no-source, 3 no-source"),
            (good.replace("A Summit|", "A Summit| "), "2 blanks"),
            (good.replace("A Summit|", "A Summit||"), "2 empty-value"),
            (good.replace("A summit meeting", "A Summit"), "2 duplicate-value"),
            (good.replace("B Summit\tsummit", "B  Summit\tsummit"), "3 blanks"),
            (good.replace("b\tB", "b\tB\u{65}\u{301}"), "3 nfc"),
            (good.replace("\nb\t", "\n\t"), "3 empty-key, 3 order"),
            (good.replace("\tsummit\t", "\t"), "2 columns, 3 columns"),
            (good.replace('\n', "\r\n"), "1 line-ends"),
            (good.trim_end().to_owned(), "3 line-ends"),
            (format!("{header}\nb\tB\tsummit\tB Summit\t\t\t\ttest\na\tA\tsummit\tA Summit\t\t\t\ttest\n"), "3 order"),
            ("id\tname\n".to_owned(), "1 header"),
        ];
        for (text, wanted) in cases {
            assert_eq!(found(&[("series.tsv", &text)]), wanted, "{text}");
        }
        let doubled = series(&["a\tA Summit\tsummit\tA Summit", "a\tA Summit\tsummit\tA Summit"]);
        assert_eq!(found(&[("series.tsv", &doubled)]), "3 duplicate-id, 3 duplicate-row");
    }

    #[test]
    fn ordinals_are_numbers_parts_or_days() {
        assert!(["29", "XXVI", "5.2", "11-25", "02-29"].into_iter().all(super::is_ordinal));
        assert!(!["29th", "13-25", "1-2", "5.", "-", "x", "1.2.3"].into_iter().any(super::is_ordinal));
    }

    #[test]
    fn users_lists_are_free_but_not_careless() {
        let cases = [
            ("name\nAda Orrwell\n", ""),
            ("# ours\n\nid\tname\tsource\nada\tAda Orrwell\tsite\n", ""),
            ("id\tname\tsource\nada\tAda Orrwell\t\n", "2 no-source"),
            ("name\taliases\nAda Orrwell\tA. Orrwell||Ada\n", "2 empty-value"),
            ("name\taliases\nAda Orrwell\tA. Orrwell|A. Orrwell\n", "2 duplicate-value"),
            ("name\taliases\nAda Orrwell\tA. Orrwell\nAda Orrwell\tA. Orrwell\n", "3 duplicate-row"),
            ("name\tshoe\nAda\t1\n", "1 format"),
            ("name\tfamily\nAda Orrwell\tOrrwell\nBea\nCy Dee\tDee\n", "3 format"),
            ("name\tfamily\n", "0 empty-file"),
            ("family\nOrrwell\n", "2 empty-key"),
            ("name\twikidata\nAda Orrwell\t42\n", "2 value"),
        ];
        for (text, wanted) in cases {
            assert_eq!(found(&[("our.people.tsv", text)]), wanted, "{text}");
        }
        assert_eq!(all(&[("our.people.tsv", "name\nAda Orrwell\n")])[0].check, "no-source");
        assert_eq!(found(&[("names.tsv", "name\nAda\n")]), "1 format");
    }

    #[test]
    fn bytes_that_are_no_text_are_placed() {
        use super::super::{Layout, Source, lint};
        let source = Source { file: "people.tsv".to_owned(), bytes: b"name\nAda\nB\xe9a\n", layout: Layout::User };
        let findings = lint(&[source], None);
        assert_eq!(findings[0].to_string(), "people.tsv:3: error[encoding]: byte 2 of the line is no UTF-8: save the file as UTF-8");
    }
}
