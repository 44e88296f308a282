//! The rules of time expressions: each has a stable id, examples and counterexamples in `fixtures/cases/date.txt`,
//! where its lines stand behind `# rule: ID`.

use std::collections::{BTreeMap, BTreeSet};

use extract::annotation::Label;
use regex::Regex;

use crate::cases::plain_text;
use crate::support::{extract_at, files, path, read};

const CASES: &str = "fixtures/cases/date.txt";
const SOURCE: &str = "src/recognize/timex";

/// The ids that the program's source gives to date mentions; references are shown by `--timex timeml` alone.
fn rules() -> BTreeSet<String> {
    let id = Regex::new(r#""((?:date|time|duration|set)\.[a-z_]+)""#).unwrap();
    files(SOURCE, ".rs").iter().flat_map(|file| id.captures_iter(&read(file)).map(|found| found[1].to_owned()).collect::<Vec<_>>()).collect()
}

/// What stands behind each `# rule: ID`: whether it is in the positive half, and the lines.
fn lines() -> BTreeMap<(String, bool), Vec<String>> {
    let (mut half, mut rule) = (true, None);
    let mut lines: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for line in read(&path(CASES)).lines() {
        match line {
            "## positive" | "## negative" => (half, rule) = (line == "## positive", None),
            _ => match (line.strip_prefix("# rule: "), &rule) {
                (Some(id), _) => rule = Some(id.to_owned()),
                (None, Some(id)) if !line.starts_with('#') => lines.entry((id.clone(), half)).or_default().push(line.to_owned()),
                _ => {}
            },
        }
    }
    lines
}

/// The rules that find dates in a case line.
fn found(line: &str) -> BTreeSet<String> {
    let (anchor, marked) = line.split_once(" | ").unwrap();
    let text = plain_text(marked);
    let result = extract_at(&text, anchor);
    result.mentions.iter().filter(|m| m.label == Label::Date).filter_map(|m| m.via.strip_prefix("rule:").map(str::to_owned)).collect()
}

#[test]
fn every_rule_has_examples_and_counterexamples() {
    let (rules, lines) = (rules(), lines());
    assert!(rules.len() > 90, "{SOURCE}: only {} rule ids are found", rules.len());
    let mut wrong = Vec::new();
    for rule in &rules {
        for positive in [true, false] {
            if !lines.contains_key(&(rule.clone(), positive)) {
                wrong.push(format!("{rule}: no line in the {} half: add `# rule: {rule}` and its lines", if positive { "positive" } else { "negative" }));
            }
        }
    }
    for ((rule, positive), lines) in &lines {
        if !rules.contains(rule) && !rule.starts_with("reference.") {
            wrong.push(format!("{rule}: no such rule in {SOURCE}"));
        }
        let hits: Vec<&String> = lines.iter().filter(|line| found(line).contains(rule)).collect();
        match (positive, hits.first()) {
            (true, None) if !rule.starts_with("reference.") => wrong.push(format!("{rule}: finds nothing in its examples")),
            (false, Some(line)) => wrong.push(format!("{rule}: finds something in a counterexample: {line}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{CASES}:\n{}", wrong.join("\n"));
}
