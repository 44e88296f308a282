//! The stop list: texts that must not be marked.

use std::fmt::{self, Display, Formatter};

use rustc_hash::FxHashMap;

use crate::annotation::Label;
use crate::error::Error;
use crate::token::fold::fold_words;

/// Texts that must not be marked, each for one type or for all.
#[derive(Default)]
pub struct StopList {
    /// By folded text.
    entries: FxHashMap<String, Vec<Stop>>,
}

/// A line of a stop list.
pub struct Stop {
    /// File and line, for explanations.
    at: String,
    /// The type it holds for; none for all.
    label: Option<Label>,
    /// The letters it holds for, if only these.
    exact: Option<String>,
    /// What it is for.
    reason: String,
}

impl StopList {
    /// Adds the lines of a TSV text: what is stopped, the type for which (empty or `*`: all), the reason. A first line
    /// `text type reason`, blank lines and lines that start with `#` are skipped.
    ///
    /// `=Text` holds for these letters only, otherwise case, diacritics and runs of white space do not matter.
    ///
    /// # Errors
    /// The first line that breaks the format; `file` stands in its message.
    pub fn read(&mut self, file: &str, text: &str) -> Result<(), Error> {
        for (i, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') || i == 0 && line.split('\t').next() == Some("text") {
                continue;
            }
            self.add(line, format!("{file}:{}", i + 1))
                .map_err(|what| Error::data(file, Some(i + 1), what, Some("a line holds text, type, reason, with tabs between".to_owned())))?;
        }
        Ok(())
    }

    fn add(&mut self, line: &str, at: String) -> Result<(), String> {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() > 3 {
            return Err(format!("{} columns instead of 3", cells.len()));
        }
        let label = match cells.get(1).copied().unwrap_or_default() {
            "" | "*" => None,
            name => Some(Label::named(name).ok_or_else(|| format!("`{name}` is no type; types: {}", Label::names()))?),
        };
        let (text, exact) = match cells[0].strip_prefix('=') {
            Some(text) => (text, Some(text.to_owned())),
            None => (cells[0], None),
        };
        if text.is_empty() {
            return Err("the text is empty".to_owned());
        }
        self.entries.entry(folded(text)).or_default().push(Stop { at, label, exact, reason: cells.get(2).copied().unwrap_or_default().to_owned() });
        Ok(())
    }

    /// Whether nothing is stopped.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether `text` must not be marked as `label`.
    pub fn holds(&self, text: &str, label: Label) -> bool {
        self.find(text, label).is_some()
    }

    /// The line by which `text` must not be marked as `label`.
    pub fn find(&self, text: &str, label: Label) -> Option<&Stop> {
        let stops = self.entries.get(&folded(text))?;
        stops.iter().find(|s| s.label.is_none_or(|l| l == label) && s.exact.as_deref().is_none_or(|exact| exact == text))
    }
}

impl Display for Stop {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.at)?;
        if self.reason.is_empty() { Ok(()) } else { write!(f, ", {}", self.reason) }
    }
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_words(text, false, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_list_holds_by_text_and_type() {
        let mut list = StopList::default();
        list.read("stop.tsv", "text\ttype\treason\n# ours\nTime\torganization\tthe word, not the magazine\n=May\tperson\t\nNice\n").unwrap();
        assert!(list.holds("TIME", Label::Organization) && !list.holds("Time", Label::Event));
        assert!(list.holds("May", Label::Person) && !list.holds("MAY", Label::Person));
        assert!(list.holds("nice", Label::Place) && list.holds("Nice", Label::Person));
        assert!(!list.holds("Nicer", Label::Place));
    }

    #[test]
    fn stop_list_says_what_is_wrong() {
        for (text, part) in [("a\tb\tc\td\n", "4 columns"), ("Time\tmagazine\n", "`magazine` is no type; types: person"), ("\tperson\n", "empty")] {
            let error = StopList::default().read("stop.tsv", text).unwrap_err().to_string();
            assert!(error.starts_with("stop.tsv:1: ") && error.contains(part), "{error}");
        }
    }
}
