//! The cases of `fixtures/cases/date.txt` and some of this folder's own.

use super::{DocumentDate, Mode, Timex, TimexRecognizer};
use crate::gazetteer::{Lookups, builtin};
use crate::recognize::Context;
use crate::token::{Token, tokenize};

fn analyse(text: &str, anchor: Option<&str>, mode: Mode) -> Result<(Vec<Token>, Vec<Timex>), String> {
    let table = builtin()?;
    let recognizer = TimexRecognizer::new(&table);
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    let mut lookups = Lookups::default();
    lookups.find(&table, text, &tokens);
    let anchor = anchor.and_then(DocumentDate::parse);
    let context = Context { text, tokens: &tokens, sentences: &[0], lookups: &lookups, table: &table, marks: &[] };
    let found = recognizer.find(&context, anchor.as_ref(), mode);
    Ok((tokens, found))
}

fn values(text: &str, anchor: Option<&str>, mode: Mode) -> Result<Vec<(String, String)>, String> {
    let (_, found) = analyse(text, anchor, mode)?;
    Ok(found.into_iter().map(|t| (t.span.slice(text).to_owned(), t.value)).collect())
}

/// Splits `text with [date words=VALUE]` into the plain text and the marked pairs.
fn unmark(line: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, tail)) = rest.split_once("[date ") {
        text.push_str(before);
        let Some((inside, behind)) = tail.split_once(']') else { break };
        let (words, value) = inside.rsplit_once('=').unwrap_or((inside, ""));
        text.push_str(words);
        marks.push((words.to_owned(), value.to_owned()));
        rest = behind;
    }
    text.push_str(rest);
    (text, marks)
}

#[test]
fn every_case_of_the_file_holds() -> Result<(), String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/cases/date.txt");
    let Ok(file) = std::fs::read_to_string(path) else { return Ok(()) };
    let mut wrong = Vec::new();
    for (number, line) in file.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let Some((anchor, marked)) = line.split_once(" | ") else { continue };
        let (text, expected) = unmark(marked);
        let got = values(&text, Some(anchor.trim()), Mode::Extract)?;
        if got != expected {
            wrong.push(format!("line {}: {text}\n   wants {expected:?}\n   has   {got:?}", number + 1));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} cases differ\n{}", wrong.len(), wrong.join("\n"))) }
}
