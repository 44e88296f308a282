//! Floors on real releases that are not part of the project: the folder named by `EXTRACT_EVAL_DATA`.
//!
//! It holds `gold/press/dev.jsonl` (`id`, `date`, `text`, `topics`, `annotations` with offsets in code
//! points) and `sample/azernews-2024-09-18.txt` with what is expected of it as `.expected.json`.

use std::path::PathBuf;

use extract::annotation::{EntityRef, Extraction};
use serde_json::Value;

use crate::score::{Board, Gold, GoldMention, span};
use crate::support::{extract_at, extractor, label, read, shown, type_name};

/// What the program promises: F1 in per cent, for `state code` the share that is right.
const FLOORS: &[(&str, f64)] = &[
    ("person", 75.0),
    ("state", 92.0),
    ("state code", 97.0),
    ("date", 92.0),
    ("date value", 90.0),
    ("role", 55.0),
    ("organization", 55.0),
    ("role->person", 60.0),
    ("topics", 40.0),
];

/// A file of the evaluation data; nothing when there is none.
pub(crate) fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("EXTRACT_EVAL_DATA").filter(|folder| !folder.is_empty());
    if folder.is_none() {
        println!("skipped: EXTRACT_EVAL_DATA is not set");
    }
    folder.map(|folder| PathBuf::from(folder).join(file))
}

#[test]
fn floors_hold_on_press_releases() {
    let Some(file) = data("gold/press/dev.jsonl") else { return };
    let mut board = Board::default();
    for line in read(&file).lines() {
        let gold = document(&serde_json::from_str(line).unwrap());
        board.add(&gold, &extract_at(&gold.text, &gold.date));
    }
    println!("{}", board.table());
    board.hold(FLOORS, &file.display().to_string());
}

/// A record of the gold standard.
fn document(record: &Value) -> Gold {
    let string = |value: &Value| value.as_str().map(str::to_owned);
    let words = |value: &Value| value.as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let text = string(&record["text"]).unwrap();
    let bytes = byte_offsets(&text);
    let mention = |annotation: &Value| GoldMention {
        label: label(annotation["type"].as_str().unwrap()),
        span: offset(&bytes, &annotation["start"])..offset(&bytes, &annotation["end"]),
        id: string(&annotation["id"]),
        persons: words(&annotation["person"]),
        iso: string(&annotation["iso"]),
        value: string(&annotation["value"]),
    };
    Gold {
        mentions: record["annotations"].as_array().unwrap().iter().map(mention).collect(),
        topics: record["topics"].as_array().into_iter().flatten().filter_map(&string).collect(),
        date: string(&record["date"]).unwrap(),
        text,
    }
}

/// Byte at which each code point begins, and the end.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn offset(bytes: &[usize], code_point: &Value) -> usize {
    bytes[usize::try_from(code_point.as_u64().unwrap()).unwrap()]
}

#[test]
fn sample_comes_out_as_expected() {
    let Some(file) = data("sample/azernews-2024-09-18.txt") else { return };
    let text = read(&file);
    let expected: Value = serde_json::from_str(&read(&file.with_extension("expected.json"))).unwrap();
    let result = extractor().extract(&text);
    let mut wrong = mentions(&expected, &result, &text);

    for (person, title, state) in [
        ("Jeyhun Bayramov", "Minister of Foreign Affairs", "AZ"),
        ("Joshua Haq", "Deputy Assistant Secretary of State for European and Eurasian Affairs", "US"),
        ("Isobel Coleman", "deputy administrator of the International Development Agency", "US"),
    ] {
        let id = result.people.iter().find(|known| known.name == person).map(|known| known.id);
        let held: Vec<_> = result.roles.iter().filter(|role| role.person.is_some() && role.person == id).map(|role| (&*role.title, role.state)).collect();
        if !held.contains(&(title, Some(state))) {
            wrong.push(format!("{person}: {title}, {state}; found {held:?}"));
        }
    }

    let title = text.find("Secretary of State").unwrap();
    let inside = |at: u32| (title..title + "Secretary of State".len()).contains(&(at as usize));
    wrong.extend(
        result.mentions.iter().filter(|m| type_name(m.label) == "state" && inside(m.start)).map(|m| format!("in `Secretary of State` stands {}", shown(m))),
    );

    let event = |words: &str| result.mentions.iter().find(|m| type_name(m.label) == "event" && m.text.starts_with(words)).map(|m| m.entity);
    let unfccc =
        result.agreements.iter().find(|agreement| agreement.reference.as_deref() == Some("agreements/unfccc")).map(|agreement| agreement.id.to_string());
    match (event("COP29"), event("29th session")) {
        (Some(EntityRef::Id(short)), Some(EntityRef::Id(long))) if short == long => {
            let under = result.events.iter().find(|event| event.id == short).and_then(|event| event.under.as_deref());
            if under.is_none() || under != unfccc.as_deref() {
                wrong.push(format!("COP29 is under {under:?}, not the UNFCCC ({unfccc:?})"));
            }
        }
        both => wrong.push(format!("COP29 and its 29th session are not one event: {both:?}")),
    }

    for slug in ["climate-change", "peace-process", "bilateral-relations"] {
        if !result.topics.iter().any(|topic| topic.id == slug) {
            wrong.push(format!("topic {slug} is missing"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", file.display(), wrong.join("\n"));
}

/// Expected mentions that are not there with span, type, value and code.
fn mentions(expected: &Value, result: &Extraction<'_>, text: &str) -> Vec<String> {
    let bytes = byte_offsets(text);
    let mut wrong = Vec::new();
    for mention in expected["mentions"].as_array().unwrap() {
        let at = offset(&bytes, &mention["start"])..offset(&bytes, &mention["end"]);
        assert_eq!(&text[at.clone()], mention["text"].as_str().unwrap(), "the expected file does not fit its text");
        let wanted = format!("[{} {}]", mention["type"].as_str().unwrap(), &text[at.clone()]);
        let Some(found) = result.mentions.iter().find(|m| span(m) == at && mention["type"] == type_name(m.label)) else {
            let there: Vec<String> = result.mentions.iter().filter(|m| span(m).start < at.end && at.start < span(m).end).map(shown).collect();
            wrong.push(format!("{wanted} is missing at {}; there stands {there:?}", mention["start"]));
            continue;
        };
        let value = found.date.as_ref().map(|date| &*date.value);
        if mention["value"].as_str() != value {
            wrong.push(format!("{wanted}: value {value:?}, not {}", mention["value"]));
        }
        if mention["type"] == "state" && found.entity != EntityRef::State(leak(mention["entity"].as_str().unwrap())) {
            wrong.push(format!("{wanted}: {:?}, not {}", found.entity, mention["entity"]));
        }
    }
    wrong
}

/// Codes are `'static` in results; a test may afford it.
fn leak(code: &str) -> &'static str {
    code.to_owned().leak()
}
