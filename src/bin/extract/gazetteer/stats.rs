//! `extract gazetteer stats`: what the lists hold and up to when they are known.

use std::io::{self, Write};
use std::path::PathBuf;

use extract::gazetteer::inspect::{self, ListStats};
use extract::gazetteer::lint::Layout;
use extract::gazetteer::rows::{self, Row};
use extract::gazetteer::schema::SCHEMAS;
use extract::gazetteer::{List, builtin_bytes};
use serde::Serialize;

use super::lint::Files;
use super::{Styles, count, grouped, json_line, say};
use crate::FAILED;

/// Everything that is said.
#[derive(Serialize)]
struct Stats {
    /// Identity of the built-in lists, as in the records.
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
    /// Size of the built-in table.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<usize>,
    lists: Vec<ListStats>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_date: Option<OnDate>,
}

/// What the list of offices cannot know on a day.
#[derive(Serialize)]
struct OnDate {
    date: String,
    /// Newest day on which an open office was checked.
    newest_as_of: String,
    /// Offices open when checked.
    open: usize,
    /// Of them those checked before the date.
    checked_before: usize,
}

pub(super) fn run(paths: &[PathBuf], date: Option<&str>, json: bool, styles: Styles, out: &mut impl Write) -> Result<u8, Box<dyn std::error::Error>> {
    let (stats, failed) = match paths.is_empty() {
        true => (of_builtin(date)?, false),
        false => of_files(paths, date),
    };
    match json {
        true => json_line(out, &stats)?,
        false => show(&stats, styles, out)?,
    }
    Ok(if failed { FAILED } else { 0 })
}

fn of_builtin(date: Option<&str>) -> Result<Stats, extract::Error> {
    let table = super::builtin()?;
    let lists = SCHEMAS.iter().map(|schema| ListStats::new(schema.list, inspect::rows(&table, schema.list))).collect();
    let on_date = date.map(|day| {
        let open = inspect::rows(&table, List::Tenures).map(|row| (row.cell("to"), row.cell("as_of"))).collect::<Vec<_>>();
        on_date(day, &open)
    });
    Ok(Stats { checksum: Some(format!("{:016x}", table.checksum())), bytes: Some(builtin_bytes()), lists, on_date })
}

/// Lists from files; what cannot be read is told.
fn of_files(paths: &[PathBuf], date: Option<&str>) -> (Stats, bool) {
    let files = Files::read(paths);
    let mut failed = files.failed;
    let mut by_list: Vec<Vec<Row<'_>>> = SCHEMAS.iter().map(|_| Vec::new()).collect();
    for file in files.files.iter().filter(|file| file.is_asked && file.layout != Layout::Stray) {
        match read(&file.name, &file.bytes, file.layout) {
            Ok(rows) => rows.into_iter().for_each(|row| by_list[row.list as usize].push(row)),
            Err(message) => {
                say(&message);
                failed = true;
            }
        }
    }
    let tenures: Vec<(&str, &str)> = by_list[List::Tenures as usize].iter().map(|row| (row.cell("to"), row.cell("as_of"))).collect();
    let on_date = date.map(|day| on_date(day, &tenures));
    let lists = SCHEMAS.iter().zip(by_list).filter(|(_, rows)| !rows.is_empty()).map(|(schema, rows)| ListStats::new(schema.list, rows.into_iter())).collect();
    (Stats { checksum: None, bytes: None, lists, on_date }, failed)
}

fn read<'t>(name: &str, bytes: &'t [u8], layout: Layout) -> Result<Vec<Row<'t>>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{name}: not UTF-8: `extract gazetteer lint` says where"))?;
    let rows = match layout {
        Layout::Builtin(list) => rows::read(list.schema(), text),
        _ => rows::read_user(name, text),
    };
    rows.map_err(|error| format!("{name}:{}: {}", error.line, error.message))
}

/// `tenures`: end and day of the check of each.
fn on_date(day: &str, tenures: &[(&str, &str)]) -> OnDate {
    let open: Vec<&str> = tenures.iter().filter(|(to, _)| to.is_empty()).map(|(_, as_of)| *as_of).collect();
    OnDate {
        date: day.to_owned(),
        newest_as_of: open.iter().max().copied().unwrap_or_default().to_owned(),
        open: open.len(),
        checked_before: open.iter().filter(|as_of| inspect::before(as_of, day)).count(),
    }
}

fn show(stats: &Stats, Styles { head, title, faint, doubtful, .. }: Styles, out: &mut impl Write) -> io::Result<()> {
    if let (Some(checksum), Some(bytes)) = (&stats.checksum, stats.bytes) {
        writeln!(out, "{title}Built-in lists{title:#}  {faint}checksum{faint:#} {checksum}  {faint}size{faint:#} {:.1} MB", bytes as f64 / 1e6)?;
    }
    let width = stats.lists.iter().map(|list| list.list.len()).max().unwrap_or(4).max(5);
    writeln!(
        out,
        "{head}{:width$} {:>9} {:>9} {:>9} {:>9} {:>9}  {:22}  sources{head:#}",
        "list", "entries", "forms", "strong", "acronyms", "weak", "data of"
    )?;
    for list in &stats.lists {
        let as_of =
            list.as_of.as_ref().map_or_else(String::new, |[oldest, newest]| if oldest == newest { newest.clone() } else { format!("{oldest}–{newest}") });
        let numbers =
            [list.entries, list.forms(), list.strong, list.acronyms, list.weak].map(|number| if number == 0 { "·".to_owned() } else { grouped(number) });
        let [entries, forms, strong, acronyms, weak] = numbers;
        let mut sources: Vec<String> = list.sources.iter().take(2).map(|(source, rows)| format!("{} {}", or_none(source), grouped(*rows))).collect();
        if list.sources.len() > 2 {
            sources.push(format!("{} more", list.sources.len() - 2));
        }
        writeln!(out, "{:width$} {entries:>9} {forms:>9} {strong:>9} {acronyms:>9} {weak:>9}  {as_of:22}  {faint}{}{faint:#}", list.list, sources.join("; "))?;
    }
    let sum = |number: fn(&ListStats) -> usize| stats.lists.iter().map(number).sum::<usize>();
    let (entries, forms) = (sum(|list| list.entries), sum(ListStats::forms));
    writeln!(out, "{title}{:width$} {:>9} {:>9}{title:#}", "all", grouped(entries), grouped(forms))?;
    if let Some(tenures) = stats.lists.iter().find(|list| list.open.is_some()) {
        let open = tenures.open.unwrap_or_default();
        let newest = tenures.as_of.as_ref().map_or("?", |[_, newest]| newest);
        writeln!(out, "{} of {} were open when they were checked; the newest check is of {newest}", grouped(open), count(tenures.entries, "office"))?;
    }
    if let Some(OnDate { date, newest_as_of, open, checked_before }) = &stats.on_date {
        if checked_before > &0 {
            writeln!(
                out,
                "{doubtful}warning{doubtful:#}: on {date} {} of {} open offices are not known: they were checked before that day (the newest of them in {newest_as_of}). A record says `unverified-since` of them",
                grouped(*checked_before),
                grouped(*open)
            )?;
        } else {
            writeln!(out, "on {date} all {} are known: they were checked on that day or later", count(*open, "open office"))?;
        }
    }
    Ok(())
}

fn or_none(source: &str) -> &str {
    if source.is_empty() { "no source" } else { source }
}
