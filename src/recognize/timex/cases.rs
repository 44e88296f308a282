//! Cases of this folder's own; those of `fixtures/cases/date.txt` run with the other case files.

use super::{DocumentDate, Mode, Timex, TimexAnchor, TimexRecognizer, dateline};
use proptest::prelude::*;

use crate::gazetteer::{Lookups, Tables, builtin};
use crate::recognize::Context;
use crate::recognize::common::CommonWords;
use crate::token::{Token, tokenize};

fn analyse(text: &str, anchor: Option<&str>, mode: Mode) -> Result<(Vec<Token>, Vec<Timex>), String> {
    let table = builtin()?;
    let recognizer = TimexRecognizer::new(&table);
    let table = Tables::new(table);
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    let mut lookups = Lookups::default();
    lookups.find(&table, text, &tokens);
    let anchor = anchor.and_then(DocumentDate::parse);
    let context =
        Context { text, tokens: &tokens, sentences: &[0], lookups: &lookups, table: &table, common: &CommonWords::default(), marks: &[], capitals: &[] };
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

/// Runs a table of `(anchor, text with [date words=VALUE])`; an empty anchor stands for none.
pub(super) fn check(cases: &[(&str, &str)]) -> Result<(), String> {
    let mut wrong = Vec::new();
    for (anchor, marked) in cases {
        let (text, expected) = unmark(marked);
        let got = values(&text, (!anchor.is_empty()).then_some(*anchor), Mode::Extract)?;
        if got != expected {
            wrong.push(format!("{text}\n   wants {expected:?}\n   has   {got:?}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

#[test]
fn timeml_marks_references_and_both_ends_of_a_range() -> Result<(), String> {
    let got = values("It now runs from 2019 to 2021, over the past decade.", Some("2024-09-18"), Mode::TimeMl)?;
    let expected = [("now", "PRESENT_REF"), ("2019", "2019"), ("2021", "2021"), ("the past decade", "P10Y")];
    assert_eq!(got, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    Ok(())
}

#[test]
fn fields_say_what_was_filled_in() -> Result<(), String> {
    let text = "On September 16 it rained; the same day the dam broke. Sunday, 17 September 2024 was dry.";
    let (_, found) = analyse(text, Some("2024-09-18"), Mode::Extract)?;
    assert_eq!(found.len(), 3);
    assert_eq!((found[0].anchor, found[0].completed, found[0].rule), (TimexAnchor::Document, &["year"][..], "date.month_day"));
    assert_eq!((found[1].anchor, found[1].value.as_str()), (TimexAnchor::Timex(0), "2024-09-16"));
    assert_eq!((found[2].anchor, found[2].value.as_str()), (TimexAnchor::Itself, "2024-09-17"));
    assert!(found[2].warning.as_deref().is_some_and(|w| w.ends_with("is a Tuesday")));
    Ok(())
}

#[test]
fn the_date_line_is_found() -> Result<(), String> {
    for (text, expected) in [
        ("date 2024-09-18 18 September 2024 16:58 (UTC+04:00)\n\nTalks held in Baku\n\nOn September 17 they met.", Some("2024-09-18T16:58+04:00")),
        ("Harbour reopens\n\nBAKU, Azerbaijan, February 8. The harbour reopened on January 3, 2024.", Some("XXXX-02-08")),
        ("16 Nov. 14:00 (UTC+3 MSK)\nStatement", Some("XXXX-11-16T14:00+03:00")),
        ("Washington, DC – March 3, 2024 – The fund said", Some("2024-03-03")),
        ("Published: 25/03/2024\nThe minister said on 2 March 2024 that", Some("2024-03-25")),
        ("The minister met him on 2 March 2024 and left.", None),
        ("On May 4, 2024, the court ruled.", None),
    ] {
        let (tokens, found) = analyse(text, None, Mode::Extract)?;
        let line = dateline(text, &tokens, &found).map(|i| found[i].value.as_str());
        assert_eq!(line, expected, "{text}");
    }
    Ok(())
}

const VOCABULARY: &[&str] = &[
    "May",
    "Sept.",
    "March",
    "Monday",
    "Wed.",
    "5",
    "31",
    "16",
    "2024",
    "1999",
    "20,000",
    "3.5",
    "hundred",
    "million",
    "two",
    "half",
    "quarter",
    "of",
    "a",
    "the",
    "and",
    "to",
    "from",
    "between",
    "-",
    "–",
    "/",
    ":",
    ",",
    ".",
    "(",
    ")",
    "years",
    "year",
    "weeks",
    "century",
    "decades",
    "ago",
    "later",
    "last",
    "next",
    "this",
    "same",
    "that",
    "past",
    "today",
    "tonight",
    "morning",
    "night",
    "noon",
    "p.m.",
    "GMT",
    "+",
    "04:00",
    "Q1",
    "FY24",
    "1990s",
    "3rd",
    "first",
    "second",
    "every",
    "daily",
    "per",
    "early",
    "end",
    "fiscal",
    "Easter",
    "BC",
    "now",
    "in",
    "at",
    "on",
    "by",
    "will",
    "said",
    "’s",
    "2024-09-18",
    "18T16",
    "12/03/2024",
    "01.07.2024",
    "Sep10/2025",
    "old",
    "\n\n",
    "x",
    "999999999",
];

proptest! {
    #[test]
    fn any_run_of_words_is_taken(picks in proptest::collection::vec((0..VOCABULARY.len(), proptest::bool::ANY), 0..24), timeml in proptest::bool::ANY, dated in proptest::bool::ANY) {
        let mut text = String::new();
        for (pick, spaced) in picks {
            text.push_str(VOCABULARY[pick]);
            if spaced {
                text.push(' ');
            }
        }
        let mode = if timeml { Mode::TimeMl } else { Mode::Extract };
        let (tokens, found) = analyse(&text, dated.then_some("2024-09-18"), mode).map_err(TestCaseError::fail)?;
        let mut end = 0;
        for timex in &found {
            prop_assert!(timex.span.start >= end && !timex.span.is_empty(), "{}: {:?}", text, found);
            prop_assert!(!timex.value.is_empty() && timex.tokens.1 as usize <= tokens.len());
            end = timex.span.end;
        }
        let _ = dateline(&text, &tokens, &found);
    }
}

#[test]
fn nothing_overlaps_and_spans_fit() -> Result<(), String> {
    for text in [
        "May 5 May 6 2024 2025-26-27 1/2/3 12:30:45:50 (+04:00) Q1 Q2 of the year",
        "’s 's — 2024– –2024 1990's’ the 1990's",
        "5 5 5 p.m. p.m. 5 p.m.",
        "from between from May to",
        "(",
        "10 September",
    ] {
        let (tokens, found) = analyse(text, Some("2024-09-18"), Mode::Extract)?;
        let mut end = 0;
        for timex in &found {
            assert!(timex.span.start >= end && !timex.span.is_empty(), "{text}: {found:?}");
            assert!(timex.tokens.1 as usize <= tokens.len());
            end = timex.span.end;
        }
    }
    Ok(())
}
