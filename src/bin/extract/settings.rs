//! From the arguments to what a run needs.

use std::env;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use extract::annotation::OffsetUnit;
use extract::output::Filter;
use extract::source::{self, FieldNames, InputKind, Inputs};
use extract::{Error, Extractor, TimexMode};

use crate::args::{Args, Color, Format, Timex};

/// Everything a run needs, fixed before it starts.
pub(crate) struct Settings {
    pub(crate) extractor: Extractor,
    pub(crate) inputs: Inputs,
    pub(crate) source: source::Options,
    pub(crate) date: Option<String>,
    pub(crate) filter: Filter,
    pub(crate) offsets: OffsetUnit,
    pub(crate) format: Format,
    pub(crate) color: bool,
    pub(crate) output_dir: Option<PathBuf>,
    pub(crate) force: bool,
    pub(crate) jobs: usize,
    pub(crate) quiet: bool,
}

impl Settings {
    /// # Errors
    /// When the extractor cannot be built.
    pub(crate) fn new(args: Args) -> Result<Settings, Error> {
        let filter = Filter { only: args.parts(), min_conf: args.min_conf, flat: args.flat };
        let mode = match args.timex {
            Timex::Extract => TimexMode::Extract,
            Timex::Timeml => TimexMode::TimeMl,
        };
        let inputs = match args.files_from {
            Some(from) => Inputs::List { from, nul: args.null },
            None if args.paths.is_empty() => Inputs::Paths(vec!["-".into()]),
            None => Inputs::Paths(args.paths),
        };
        let is_terminal = args.output_dir.is_none() && io::stdout().is_terminal();
        Ok(Settings {
            extractor: args.lists.extractor(Extractor::builder().timex(mode).checked_as_read(true))?,
            inputs,
            source: source::Options {
                kind: if args.lines { InputKind::Jsonl } else { args.input.into() },
                fields: FieldNames { text: args.text_field, id: args.id_field, date: args.date_field, title: args.title_field },
                keep_fields: args.keep_fields,
                every_line: args.lines,
                encoding: args.encoding,
                strict: args.strict,
                max_bytes: args.max_doc_bytes,
                follow_links: args.follow,
                skip: args.output_dir.clone(),
            },
            date: args.date,
            filter,
            offsets: args.offsets.into(),
            format: match args.format {
                _ if args.lines => Format::Jsonl,
                Some(format) => format,
                None if is_terminal => Format::Text,
                None => Format::Jsonl,
            },
            color: color(args.color, is_terminal),
            output_dir: args.output_dir,
            force: args.force,
            jobs: args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, NonZeroUsize::get), usize::from),
            quiet: args.quiet,
        })
    }
}

/// `--color`, then NO_COLOR, then CLICOLOR_FORCE, then the terminal.
pub(crate) fn color(asked: Color, is_terminal: bool) -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0") => true,
        Color::Auto => is_terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}
