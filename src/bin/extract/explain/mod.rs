//! `extract explain`: why a span, topic or relation is found, or not.

mod show;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use clap::Args;
use extract::annotation::OffsetUnit;
use extract::explain::{Explanation, Query, Spans, Topics};
use extract::source::{self, Document, Found, Inputs};
use extract::{Extractor, GivenDate, Input};

use crate::args::{self, Color, Unit};
use crate::lists::Lists;
use crate::settings::color;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The document: text or JSONL (every record is explained); `-` for standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: OsString,

    /// Explain what stands at this offset
    #[arg(long, value_name = "OFFSET", conflicts_with = "text")]
    at: Option<u32>,

    /// Explain each place where the text says this
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,

    /// Explain this topic, found or not; `all` for all found
    #[arg(long, value_name = "SLUG")]
    topic: Option<String>,

    /// Date of the document: YYYY-MM-DD, or `today` (UTC). Overrides record, text and file name
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    date: Option<String>,

    /// Unit of the offsets, of --at and of those shown
    #[arg(long, value_enum, default_value_t = Unit::CodePoint, value_name = "UNIT")]
    offsets: Unit,

    #[command(flatten)]
    lists: Lists,

    /// One JSON object per document, as in a pipe
    #[arg(long)]
    json: bool,
}

impl Explain {
    fn query(&self) -> Query {
        let asked = self.at.is_some() || self.text.is_some();
        let spans = match (&self.text, self.at) {
            (Some(text), _) => Spans::Text(text.clone()),
            (None, Some(offset)) => Spans::At(offset),
            (None, None) if self.topic.is_some() => Spans::None,
            (None, None) => Spans::All,
        };
        let topics = match self.topic.as_deref() {
            Some("all") => Topics::Found,
            Some(slug) => Topics::One(slug.to_owned()),
            None if asked => Topics::None,
            None => Topics::Found,
        };
        Query { spans, topics, offsets: OffsetUnit::from(self.offsets) }
    }
}

/// Does it and gives the exit status: 0 explained, 1 nothing there to explain, 2 a document that cannot be read.
pub(crate) fn run(command: Explain) -> Result<u8, Box<dyn std::error::Error>> {
    let is_terminal = io::stdout().is_terminal();
    let query = command.query();
    let extractor = command.lists.extractor(Extractor::builder())?;
    let json = command.json || !is_terminal;
    let styles = show::Styles::new(color(Color::Auto, is_terminal));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut status, mut written) = (1, Ok(()));
    let inputs = Inputs::Paths(vec![command.file.clone()]);
    let options = source::Options::default();
    let _ = source::read(&inputs, &options, &mut |found| {
        let item = match found {
            Found::Note(note) => {
                say(&note);
                return ControlFlow::Continue(());
            }
            Found::Item(item) => item,
        };
        match item.load(&options) {
            Ok(document) => {
                let explanation = explain(&extractor, &document, command.date.as_deref(), &query);
                if !explanation.is_empty() && status == 1 {
                    status = 0;
                }
                written = write(&explanation, &query, json, styles, &mut out);
            }
            Err(failure) => {
                say(&format!("{}: {}", failure.source.as_deref().unwrap_or(&failure.id), failure.message));
                status = crate::FAILED;
            }
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written?;
    out.flush()?;
    Ok(status)
}

fn explain<'e>(extractor: &'e Extractor, document: &'e Document, date: Option<&str>, query: &Query) -> Explanation<'e> {
    let given = match date {
        Some(value) => Some(GivenDate { value: value.to_owned(), from: "option" }),
        None => document.date.as_ref().map(|(value, from)| GivenDate { value: value.clone(), from: from.as_str() }),
    };
    let input =
        Input { id: document.id.as_str().into(), text: &document.text, title: document.title.as_deref(), date: given, warnings: document.warnings.clone() };
    extractor.explain(&input, query)
}

fn write(explanation: &Explanation<'_>, query: &Query, json: bool, styles: show::Styles, out: &mut impl Write) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, explanation)?;
        return out.write_all(b"\n");
    }
    if explanation.is_empty() {
        match &query.spans {
            Spans::Text(text) => say(&format!("the text does not say `{text}`")),
            Spans::At(offset) => say(&format!("the text ends before offset {offset}")),
            Spans::All | Spans::None => say("nothing was found in the text"),
        }
    }
    show::explanation(explanation, styles, out)
}

/// A message on standard error.
fn say(message: &str) {
    // Without standard error there is no one to tell.
    let _ = writeln!(io::stderr(), "extract: {message}");
}
