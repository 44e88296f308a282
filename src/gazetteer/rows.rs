//! Rows: a list's TSV text as cells in the order of its schema, each with its line.
//!
//! The lists of `gazetteers/` are strict: the header names every column. A user's list may leave columns
//! out and order them freely; which list it is stands in a column `list` or in the file's name.

use super::schema::{List, SCHEMAS, Schema};

/// One row of a list.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    /// The list it belongs to.
    pub list: List,
    /// Line in its file, counted from 1.
    pub line: usize,
    /// Its cells, in the order of the list's columns.
    pub cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// A cell by column name; empty when the list has no such column.
    pub fn cell(&self, column: &str) -> &'t str {
        self.list.schema().column(column).map_or("", |c| self.cells[c])
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// Reads a list of `gazetteers/`: all columns, in order.
///
/// # Errors
/// The first line that breaks the format.
pub fn read<'t>(schema: &'static Schema, text: &'t str) -> Result<Vec<Row<'t>>, RowError> {
    let mut lines = text.lines().enumerate();
    if let Some((_, header)) = lines.next() {
        let wanted = schema.columns.join("\t");
        if header != wanted {
            return Err(RowError { line: 1, message: format!("the header must be: {}", wanted.replace('\t', " ")) });
        }
    }
    lines.map(|(i, line)| Ok(Row { list: schema.list, line: i + 1, cells: cells(line, schema.columns.len(), i + 1)? })).collect()
}

/// Reads a user's list: any columns of its list, in any order; blank lines and lines that start with `#` are skipped.
/// `file` is the file's name, which tells the list (`people.tsv`, `our.people.tsv`) where no column `list` does.
///
/// # Errors
/// The first line that breaks the format.
pub fn read_user<'t>(file: &str, text: &'t str) -> Result<Vec<Row<'t>>, RowError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((at, header)) = lines.next() else { return Ok(Vec::new()) };
    let header: Vec<&str> = header.split('\t').map(str::trim).collect();
    let list_column = header.iter().position(|column| *column == "list");
    let of_file = list_of_file(file);
    if list_column.is_none() && of_file.is_none() {
        let message = format!("which list is it? Name the file after its list (people.tsv, our.people.tsv) or add a column `list`; lists: {}", names());
        return Err(RowError { line: at + 1, message });
    }
    check_header(&header, list_column.map_or(of_file, |_| None)).map_err(|message| RowError { line: at + 1, message })?;
    lines
        .map(|(i, line)| {
            let row = cells(line, header.len(), i + 1)?;
            let list = match list_column {
                Some(column) => list_named(row[column].trim()).ok_or_else(|| format!("`{}` is no list; lists: {}", row[column], names())),
                None => of_file.ok_or_else(String::new),
            };
            list.and_then(|list| in_order(list, &header, &row))
                .map(|(list, cells)| Row { list, line: i + 1, cells })
                .map_err(|message| RowError { line: i + 1, message })
        })
        .collect()
}

/// Whether users may give rows of their own for a list: names and guards, not the words of grammar.
pub fn open_to_users(list: List) -> bool {
    list <= List::Guards
}

/// The list of a name (`people`) or of the type of its mentions (`person`).
pub fn list_named(name: &str) -> Option<List> {
    let name = match name {
        "state" => "states",
        "organization" | "organisation" | "organisations" => "organizations",
        "agreement" => "agreements",
        "event" => "events",
        "place" => "places",
        "person" => "people",
        "tenure" => "tenures",
        "guard" => "guards",
        _ => name,
    };
    SCHEMAS.iter().find(|schema| schema.name == name && open_to_users(schema.list)).map(|schema| schema.list)
}

/// The list that a file's name tells: the last dotted part before `.tsv`.
fn list_of_file(file: &str) -> Option<List> {
    let stem = file.strip_suffix(".tsv").unwrap_or(file);
    list_named(stem.rsplit(['.', '/', '\\']).next().unwrap_or(stem))
}

fn names() -> String {
    SCHEMAS.iter().filter(|schema| open_to_users(schema.list)).map(|schema| schema.name).collect::<Vec<_>>().join(", ")
}

/// Columns must be known (of `list`, or of any list) and stand once.
fn check_header(header: &[&str], list: Option<List>) -> Result<(), String> {
    for (i, column) in header.iter().enumerate() {
        if header[..i].contains(column) {
            return Err(format!("column `{column}` stands twice"));
        }
        let known = |schema: &Schema| schema.column(column).is_some();
        let fits = match list {
            Some(list) => known(list.schema()),
            None => *column == "list" || SCHEMAS.iter().any(|schema| open_to_users(schema.list) && known(schema)),
        };
        if !fits {
            let known = list.map_or_else(String::new, |list| format!("; {} has: {}", list.name(), list.schema().columns.join(", ")));
            return Err(format!("unknown column `{column}`{known}"));
        }
    }
    Ok(())
}

/// The cells of a user's row in the order of its list's schema.
fn in_order<'t>(list: List, header: &[&str], row: &[&'t str]) -> Result<(List, Vec<&'t str>), String> {
    let mut cells = vec![""; list.schema().columns.len()];
    for (column, cell) in header.iter().zip(row) {
        match list.schema().column(column) {
            Some(at) => cells[at] = cell.trim(),
            None if *column == "list" || cell.trim().is_empty() => {}
            None => return Err(format!("{} has no column `{column}`", list.name())),
        }
    }
    Ok((list, cells))
}

fn cells(line: &str, columns: usize, number: usize) -> Result<Vec<&str>, RowError> {
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.len() == columns {
        return Ok(cells);
    }
    Err(RowError { line: number, message: format!("{} columns instead of {columns}", cells.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_lists_take_any_columns_in_any_order() {
        let rows = read_user("our.people.tsv", "# our people\nname\tid\n\nAda Orrwell\tada\n").unwrap();
        assert_eq!((rows[0].list, rows[0].line, rows[0].cell("id"), rows[0].cell("name")), (List::People, 4, "ada", "Ada Orrwell"));
        let mixed = read_user("names.tsv", "list\tname\tkind\tfamily\nperson\tAda Orrwell\t\tOrrwell\norganizations\tOrrwell Trust\tngo\t\n").unwrap();
        assert_eq!((mixed[0].list, mixed[1].list, mixed[1].cell("kind")), (List::People, List::Organizations, "ngo"));
        assert!(read_user("x.tsv", "").unwrap().is_empty());
    }

    #[test]
    fn user_lists_say_what_is_wrong() {
        let cases = [
            ("names.tsv", "name\nAda\n", 1, "which list"),
            ("people.tsv", "name\tshoe\nAda\t1\n", 1, "unknown column `shoe`; people has: id, name"),
            ("people.tsv", "name\tname\nAda\tB\n", 1, "stands twice"),
            ("people.tsv", "name\tfamily\nAda\n", 2, "1 columns instead of 2"),
            ("names.tsv", "list\tname\nroles\tBoss\n", 2, "`roles` is no list"),
            ("names.tsv", "list\tname\tfamily\nstates\tUtopia\tU\n", 2, "states has no column `family`"),
        ];
        for (file, text, line, part) in cases {
            let error = read_user(file, text).unwrap_err();
            assert!(error.line == line && error.message.contains(part), "{file} {text:?}: {error:?}");
        }
    }
}
