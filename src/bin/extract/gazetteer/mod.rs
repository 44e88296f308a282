//! `extract gazetteer`: checking, counting and searching the lists.

mod compile;
mod find;
mod lint;
mod stats;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::Subcommand;
use serde::Serialize;

use crate::args::{self, Color};
use crate::settings::color;

#[derive(Debug, Subcommand)]
pub(crate) enum Gazetteer {
    /// Check lists: doubled ids, clashing names, overlapping tenures, common words, dead references…
    ///
    /// A file is a user's list and is held against the built-in ones; a folder laid out like `gazetteers/` is checked
    /// as a whole. Exit status: 0 nothing wrong, 1 errors found, 2 wrong usage or a file that cannot be read.
    Lint {
        /// Lists (.tsv), or folders of lists
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,

        /// One JSON object per finding: file, line, severity, check, message
        #[arg(long)]
        json: bool,

        /// Exit with 1 for warnings too
        #[arg(long)]
        deny_warnings: bool,
    },
    /// Compile lists of your own into one file that is mapped, not read: a million names are ready at once
    ///
    /// A list is TSV: its file name (people.tsv, our.people.tsv) or a column `list` tells the type, the other columns are
    /// those of that list in gazetteers/README.md, any of them, in any order; `name` is enough.
    Compile {
        /// Lists (.tsv)
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,

        /// File to write; it is put in place whole, also over an older one
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Count entries, forms and sources of the lists, and say up to when they are known
    Stats {
        /// Lists (.tsv) or folders of lists instead of the built-in ones
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,

        /// Say what the list of offices cannot know on this day: YYYY-MM-DD, or `today` (UTC)
        #[arg(long, value_name = "DATE", value_parser = args::date)]
        date: Option<String>,

        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Show every entry that a name or id leads to, with its forms and offices; exit status 1 when there is none
    Find {
        /// A name in any spelling the lists know, or an id (az-bayramov-jeyhun, people/az-bayramov-jeyhun)
        #[arg(value_name = "NAME")]
        name: String,

        /// The day on which offices are judged: YYYY-MM-DD, or `today` (UTC)
        #[arg(long, value_name = "DATE", value_parser = args::date)]
        date: Option<String>,

        /// Also entries whose names hold NAME as whole words
        #[arg(long)]
        contains: bool,

        /// One JSON object per entry, as in a pipe
        #[arg(long)]
        json: bool,
    },
}

/// Does it and gives the exit status.
pub(crate) fn run(command: Gazetteer) -> Result<u8, Box<dyn std::error::Error>> {
    let is_terminal = io::stdout().is_terminal();
    let styles = Styles::new(color(Color::Auto, is_terminal));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let status = match command {
        Gazetteer::Lint { paths, json, deny_warnings } => lint::run(&paths, json, deny_warnings, styles, &mut out)?,
        Gazetteer::Compile { paths, output } => compile::run(&paths, &output)?,
        Gazetteer::Stats { paths, date, json } => stats::run(&paths, date.as_deref(), json, styles, &mut out)?,
        Gazetteer::Find { name, date, contains, json } => {
            find::run(&extract::gazetteer::inspect::Query { name: &name, contains, date: date.as_deref() }, json || !is_terminal, styles, &mut out)?
        }
    };
    out.flush()?;
    Ok(status)
}

/// How things look on a terminal; without colour every style is empty.
#[derive(Clone, Copy, Default)]
struct Styles {
    head: Style,
    title: Style,
    faint: Style,
    bad: Style,
    doubtful: Style,
}

impl Styles {
    fn new(color: bool) -> Styles {
        if !color {
            return Styles::default();
        }
        Styles {
            head: AnsiColor::Cyan.on_default().bold(),
            title: Style::new().bold(),
            faint: Style::new().dimmed(),
            bad: AnsiColor::Red.on_default().bold(),
            doubtful: AnsiColor::Yellow.on_default().bold(),
        }
    }
}

/// The built-in lists.
fn builtin() -> Result<extract::gazetteer::Table<'static>, extract::Error> {
    extract::gazetteer::builtin().map_err(extract::Error::builtin)
}

fn json_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A message on standard error.
fn say(message: &str) {
    // Without standard error there is no one to tell.
    let _ = writeln!(io::stderr(), "extract: {message}");
}

/// `1 error`, `2 errors`.
fn count(number: usize, thing: &str) -> String {
    let grouped = grouped(number);
    match (number, thing.strip_suffix('y')) {
        (1, _) => format!("{grouped} {thing}"),
        (_, Some(stem)) => format!("{grouped} {stem}ies"),
        _ => format!("{grouped} {thing}s"),
    }
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!((grouped(7), grouped(999), grouped(1000), grouped(1234567)), ("7".into(), "999".into(), "1,000".into(), "1,234,567".into()));
        assert_eq!((count(1, "error"), count(0, "error"), count(2, "entry")), ("1 error".into(), "0 errors".into(), "2 entries".into()));
    }
}
