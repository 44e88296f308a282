//! The command line as clap sees it. Validation only; `settings` turns it into what the library takes.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use extract::annotation::OffsetUnit;
use extract::output::Part;
use extract::source::{self, Encoding, InputKind};

use crate::explain::Explain;
use crate::gazetteer::Gazetteer;
use crate::lists::Lists;

const EXAMPLES: &str = "\
Examples:
  extract release.txt                            a readable summary on a terminal, JSON in a pipe
  curl -s URL | extract --date 2024-09-18        one text from standard input
  extract press/ > press.out.jsonl               a directory, one record per file
  extract corpus.jsonl.gz --id-field url         records with their own ids
  find . -name '*.txt' -print0 | extract -0 --files-from -
  extract press/ --output-dir out --only people,roles

Exit status: 0 done (even if nothing was found), 1 with -e and nothing found at all,
2 wrong usage or a failed input (the others are still done), 130 interrupted.";

/// Reads press releases and says, as JSON, who is in them, in which office and for which state, when, and what they are about.
#[derive(Debug, Parser)]
#[command(name = "extract", disable_version_flag = true, args_conflicts_with_subcommands = true, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Files, directories (walked in sorted order), `-` for standard input [default: standard input]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<OsString>,

    /// Read the paths from FILE (`-`: standard input), one per line
    #[arg(long, value_name = "FILE", conflicts_with = "paths", help_heading = "Input")]
    pub(crate) files_from: Option<OsString>,

    /// Names in --files-from end in NUL, as `find -print0` writes them
    #[arg(short = '0', long = "null", requires = "files_from", conflicts_with = "paths", help_heading = "Input")]
    pub(crate) null: bool,

    /// What the inputs hold; auto: JSONL by extension (.jsonl, .ndjson, also .gz) or first line, else text
    #[arg(long, value_enum, default_value_t = Input::Auto, value_name = "KIND", help_heading = "Input")]
    pub(crate) input: Input,

    /// One JSONL record out for each line in, whatever the line holds; bad lines do not change the exit status
    #[arg(long, help_heading = "Input")]
    pub(crate) lines: bool,

    /// JSONL field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text", help_heading = "Input")]
    pub(crate) text_field: String,

    /// JSONL field that holds the id
    #[arg(long, value_name = "NAME", default_value = "id", help_heading = "Input")]
    pub(crate) id_field: String,

    /// JSONL field that holds the date
    #[arg(long, value_name = "NAME", default_value = "date", help_heading = "Input")]
    pub(crate) date_field: String,

    /// JSONL field that holds the title
    #[arg(long, value_name = "NAME", default_value = "title", help_heading = "Input")]
    pub(crate) title_field: String,

    /// Pass the other fields of a JSONL record through, as `doc.fields`
    #[arg(long, help_heading = "Input")]
    pub(crate) keep_fields: bool,

    /// Encoding of inputs without a byte-order mark (utf-8, utf-16le, windows-1251, …) [default: UTF-8, else a guess with a warning]
    #[arg(long, value_name = "LABEL", help_heading = "Input")]
    pub(crate) encoding: Option<Encoding>,

    /// Refuse a text whose encoding needs a guess or whose bytes need replacing: it becomes an error record
    #[arg(long, help_heading = "Input")]
    pub(crate) strict: bool,

    /// Largest document in bytes; K, M, G multiply by 1024. A larger one becomes an error record
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M", help_heading = "Input")]
    pub(crate) max_doc_bytes: u64,

    /// Follow symbolic links inside directories
    #[arg(short = 'L', long, help_heading = "Input")]
    pub(crate) follow: bool,

    /// Date of the documents, the anchor of `yesterday`: YYYY-MM-DD, or `today` (UTC). Overrides record, text and file name
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = "Extraction")]
    pub(crate) date: Option<String>,

    /// Date values: `timeml` adds PAST_REF, PRESENT_REF, FUTURE_REF and splits intervals into their two ends
    #[arg(long, value_enum, default_value_t = Timex::Extract, value_name = "MODE", help_heading = "Extraction")]
    pub(crate) timex: Timex,

    /// Keep these parts alone: people, roles, states, organizations, places, agreements, events, dates, topics, relations
    #[arg(long, value_name = "PARTS", value_parser = part, value_delimiter = ',', help_heading = "Extraction")]
    pub(crate) only: Vec<Part>,

    /// Drop mentions and roles below this confidence
    #[arg(long, value_name = "0..1", value_parser = share, help_heading = "Extraction")]
    pub(crate) min_conf: Option<f32>,

    /// Keep the outermost of nested mentions; those inside a role span count as outermost
    #[arg(long, help_heading = "Extraction")]
    pub(crate) flat: bool,

    #[command(flatten)]
    pub(crate) lists: Lists,

    /// Unit of the offsets
    #[arg(long, value_enum, default_value_t = Unit::CodePoint, value_name = "UNIT", help_heading = "Output")]
    pub(crate) offsets: Unit,

    /// Format [default: text on a terminal, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) format: Option<Format>,

    /// Write one file per document below DIR, named as in the input tree with the format's extension added
    #[arg(long, value_name = "DIR", conflicts_with = "lines", help_heading = "Output")]
    pub(crate) output_dir: Option<PathBuf>,

    /// Overwrite files in --output-dir
    #[arg(long, requires = "output_dir", help_heading = "Output")]
    pub(crate) force: bool,

    /// Colour in the text format; auto: NO_COLOR, CLICOLOR_FORCE, then whether it is a terminal
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = "Output")]
    pub(crate) color: Color,

    /// Exit with 1 when no annotation was found in any document
    #[arg(short = 'e', long, help_heading = "Output")]
    pub(crate) exit_status: bool,

    /// No messages on standard error; records and exit status still tell
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,

    /// Documents worked on at once [default: cores available]. The output is the same for any number
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Print the version; with --json also that of the gazetteers
    #[arg(short = 'V', long)]
    pub(crate) version: bool,

    /// With --version: as JSON
    #[arg(long, requires = "version", hide_short_help = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say why a span, topic or relation is found, or not: candidates, list rows, rules, guards, winner and losers
    ///
    /// Without --at, --text and --topic every mention, relation and topic is explained. Exit status: 0 explained, 1 nothing
    /// there to explain, 2 wrong usage or a document that cannot be read.
    Explain(Explain),
    /// Print the JSON Schema of the records
    Schema,
    /// Check, count and search the lists of names
    #[command(subcommand)]
    Gazetteer(Gazetteer),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    Auto,
    Text,
    Jsonl,
}

impl From<Input> for InputKind {
    fn from(input: Input) -> InputKind {
        match input {
            Input::Auto => InputKind::Auto,
            Input::Text => InputKind::Text,
            Input::Jsonl => InputKind::Jsonl,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Timex {
    Extract,
    Timeml,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    #[value(aliases = ["char", "chars"])]
    CodePoint,
    #[value(name = "utf8-byte", aliases = ["byte", "bytes"])]
    Utf8Byte,
    #[value(alias = "utf-16")]
    Utf16,
}

impl From<Unit> for OffsetUnit {
    fn from(unit: Unit) -> OffsetUnit {
        match unit {
            Unit::CodePoint => OffsetUnit::CodePoint,
            Unit::Utf8Byte => OffsetUnit::Utf8Byte,
            Unit::Utf16 => OffsetUnit::Utf16,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Indented; an array when there may be several documents
    Json,
    /// One record per line
    Jsonl,
    /// One mention per line, with the document's id
    Mentions,
    /// A readable summary
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

fn part(name: &str) -> Result<Part, String> {
    Ok(match name.trim().to_ascii_lowercase().as_str() {
        "people" | "person" => Part::People,
        "roles" | "role" => Part::Roles,
        "states" | "state" => Part::States,
        "organizations" | "organization" | "organisations" | "organisation" => Part::Organizations,
        "places" | "place" => Part::Places,
        "agreements" | "agreement" => Part::Agreements,
        "events" | "event" => Part::Events,
        "dates" | "date" => Part::Dates,
        "topics" | "topic" => Part::Topics,
        "relations" | "relation" => Part::Relations,
        _ => {
            return Err("known are people, roles, states, organizations, places, agreements, events, dates, topics, relations".to_owned());
        }
    })
}

fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "a number from 0 to 1 is wanted, such as 0.8".to_owned())
}

pub(crate) fn date(text: &str) -> Result<String, String> {
    match text {
        "today" => Ok(source::today()),
        _ => source::iso_date(text).ok_or_else(|| "a date such as 2024-09-18 is wanted, or `today`".to_owned()),
    }
}

fn size(text: &str) -> Result<u64, String> {
    let upper = text.trim().to_ascii_uppercase();
    let number = upper.trim_end_matches("IB").trim_end_matches('B');
    let (number, factor) = match number.as_bytes().last() {
        Some(b'K') => (&number[..number.len() - 1], 1 << 10),
        Some(b'M') => (&number[..number.len() - 1], 1 << 20),
        Some(b'G') => (&number[..number.len() - 1], 1 << 30),
        _ => (number, 1),
    };
    let bytes = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    bytes.filter(|bytes| (1..=u64::from(u32::MAX)).contains(bytes)).ok_or_else(|| "a size from 1 to 4095M is wanted, such as 1048576, 64M or 1G".to_owned())
}

impl Args {
    /// What clap's own rules cannot say.
    ///
    /// # Errors
    /// A usage error that names both sides.
    pub(crate) fn check(self) -> Result<Args, clap::Error> {
        let clash = |with: &str| Err(Args::command().error(ErrorKind::ArgumentConflict, format!("--lines is JSONL in and out; it cannot be used with {with}")));
        match (self.lines, self.input, self.format) {
            (true, Input::Text, _) => clash("--input text"),
            (true, _, Some(Format::Json | Format::Mentions | Format::Text)) => clash("another --format"),
            _ => Ok(self),
        }
    }

    /// The parts asked for, once each.
    pub(crate) fn parts(&self) -> BTreeSet<Part> {
        self.only.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_option_has_help_that_starts_with_a_capital_and_has_no_full_stop() {
        for arg in Args::command().get_arguments().filter(|arg| arg.get_id() != "help") {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with(|c: char| c.is_uppercase()) && !help.ends_with('.'), "--{}: {help:?}", arg.get_id());
        }
    }

    #[test]
    fn sizes() {
        assert_eq!((size("10"), size("64M"), size("1 KiB"), size("2GB")), (Ok(10), Ok(64 << 20), Ok(1024), Ok(2 << 30)));
        assert!(size("0").is_err() && size("5G").is_err() && size("M").is_err() && size("-1").is_err());
    }
}
