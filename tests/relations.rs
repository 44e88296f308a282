//! Relations and quotations: the lines of `fixtures/cases/relation.txt` and `quote.txt`, and how many must come out right.

use std::collections::BTreeMap;

use extract::annotation::{EntityRef, Extraction, Relation};

use crate::support::{extract_at, path, read};

/// Per cent of the relations found that must be right, and of those told that must be found.
const PRECISION: usize = 90;
const RECALL: usize = 75;
/// Per cent of the quotations whose speaker must be right.
const SPEAKERS: usize = 85;

/// A relation as a line tells it.
struct Told<'l> {
    kind: &'l str,
    sides: Vec<&'l str>,
    date: Option<&'l str>,
}

fn told(list: &str) -> Vec<Told<'_>> {
    let one = |item| {
        let (kind, rest) = str::split_once(item, ' ').unwrap_or_else(|| panic!("`type Side + Side @date`: {item}"));
        let (sides, date) = rest.rsplit_once(" @").map_or((rest, None), |(sides, date)| (sides, Some(date)));
        Told { kind, sides: sides.split(" + ").collect(), date }
    };
    if list == "-" { Vec::new() } else { list.split("; ").map(one).collect() }
}

/// Whether a reference is what `name` says: a state's code, or an entity that some mention names so.
fn is_named(result: &Extraction<'_>, reference: EntityRef<'_>, name: &str) -> bool {
    reference == EntityRef::State(name) || result.mentions.iter().any(|mention| mention.entity == reference && mention.text == name)
}

fn has_sides(result: &Extraction<'_>, relation: &Relation<'_>, sides: &[&str]) -> bool {
    relation.participants.len() == sides.len() && sides.iter().all(|name| relation.participants.iter().any(|p| is_named(result, p.entity, name)))
}

fn shown(result: &Extraction<'_>, relation: &Relation<'_>) -> String {
    let name = |reference| result.mentions.iter().find(|mention| mention.entity == reference).map_or("?", |mention| mention.text);
    let sides: Vec<&str> = relation.participants.iter().map(|p| name(p.entity)).collect();
    let date = relation.date.as_deref().map(|date| format!(" @{date}")).unwrap_or_default();
    format!("{} {}{date}", relation.kind, sides.join(" + "))
}

/// What a line of `relation.txt` tells, what is found and how many agree, and what is wrong.
struct Verdict {
    told: usize,
    found: usize,
    right: usize,
    wrong: Vec<String>,
}

fn compare(raw: &str) -> Verdict {
    let parts: Vec<&str> = raw.splitn(3, " | ").collect();
    let [date, list, text] = parts[..] else { panic!("`DATE | relations | text`: {raw}") };
    let (told, text) = (told(list), text.replace(" ¶ ", "\n\n"));
    let result = extract_at(&text, date);
    let mut left: Vec<&Relation<'_>> = result.relations.iter().collect();
    let mut wrong = Vec::new();
    for want in &told {
        let fits = |relation: &&Relation<'_>| {
            relation.kind == want.kind && has_sides(&result, relation, &want.sides) && want.date.is_none_or(|date| relation.date.as_deref() == Some(date))
        };
        match left.iter().position(fits) {
            Some(i) => drop(left.remove(i)),
            None => wrong.push(format!("missed {} {} {}", want.kind, want.sides.join(" + "), want.date.unwrap_or_default())),
        }
    }
    let right = told.len() - wrong.len();
    wrong.extend(left.iter().map(|relation| format!("wrongly found {}", shown(&result, relation))));
    Verdict { told: told.len(), found: result.relations.len(), right, wrong }
}

/// What is wrong with a line of `relation.txt`.
pub(crate) fn judge_relation(raw: &str) -> Vec<String> {
    compare(raw).wrong
}

/// What is wrong with a line of `quote.txt`: `Speaker = first words; … | text`.
pub(crate) fn judge_quote(raw: &str) -> Vec<String> {
    let (list, text) = raw.split_once(" | ").unwrap_or_else(|| panic!("`Speaker = words | text`: {raw}"));
    let result = extract_at(text, "2024-09-18");
    let statements: Vec<&Relation<'_>> = result.relations.iter().filter(|relation| relation.kind == "statement").collect();
    let wanted: Vec<(&str, &str)> = list.split("; ").filter_map(|item| item.split_once(" = ")).collect();
    let mut wrong = Vec::new();
    for (speaker, words) in &wanted {
        let by = statements.iter().find(|s| s.participants.first().is_some_and(|p| is_named(&result, p.entity, speaker)));
        let content = by.and_then(|s| s.content).and_then(|[start, end]| text.get(start as usize..end as usize));
        match (by, content) {
            (None, _) => wrong.push(format!("missed what {speaker} says")),
            (_, content) if !content.is_some_and(|content| content.starts_with(words)) => wrong.push(format!("{speaker} says {content:?}")),
            _ => {}
        }
    }
    if statements.len() > wanted.len() {
        wrong.extend(statements.iter().map(|statement| format!("found {}", shown(&result, statement))));
    }
    wrong
}

fn lines(name: &str) -> Vec<String> {
    let text = read(&path(&format!("fixtures/cases/{name}.txt")));
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn relations_are_right_and_found() {
    let (mut told, mut found, mut right) = (0, 0, 0);
    let lines = lines("relation");
    let mut of: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in &lines {
        let verdict = compare(line);
        (told, found, right) = (told + verdict.told, found + verdict.found, right + verdict.right);
        let kind = line.split(" | ").nth(1).and_then(|list| list.split(' ').next()).unwrap_or_default();
        let count = of.entry(kind).or_default();
        *count = (count.0 + 1, count.1 + usize::from(verdict.wrong.is_empty()));
    }
    println!("{} lines: {told} told, {found} found, {right} right; lines right by first type: {of:?}", lines.len());
    assert!(lines.len() >= 120, "at least 120 lines");
    assert!(right * 100 >= found * PRECISION, "precision: {right} of {found}");
    assert!(right * 100 >= told * RECALL, "recall: {right} of {told}");
}

#[test]
fn speakers_are_right() {
    let lines = lines("quote");
    let spoken: Vec<&String> = lines.iter().filter(|line| !line.starts_with("- ")).collect();
    let right = spoken.iter().filter(|line| judge_quote(line).iter().all(|wrong| wrong.contains(" says Some"))).count();
    println!("{} quotations, speaker right in {right}", spoken.len());
    assert!(spoken.len() >= 40, "at least 40 quotations");
    assert!(right * 100 >= spoken.len() * SPEAKERS, "speaker right in {right} of {}", spoken.len());
}

/// Releases in which one happening is told several times.
#[test]
fn a_meeting_is_one_relation() {
    let text = "Minister Holmqvist meets Ambassador Valmar\n\nForeign Minister Lena Holmqvist met with Ambassador Pedro Valmar in Oslo on 17 September. \
        During the talks with Ambassador Pedro Valmar, Minister Lena Holmqvist praised the ferry line. Ambassador Valmar thanked Minister Holmqvist for the meeting.";
    let result = extract_at(text, "2024-09-18");
    let meetings: Vec<String> = result.relations.iter().filter(|r| r.kind == "meeting").map(|r| shown(&result, r)).collect();
    assert_eq!(meetings.len(), 1, "{meetings:?}");
    assert!(meetings[0].ends_with("@2024-09-17"), "{meetings:?}");
    let meeting = result.relations.iter().find(|r| r.kind == "meeting").unwrap();
    assert!(meeting.place.is_some_and(|place| is_named(&result, place, "Oslo")));
    assert_eq!(meeting.plover, Some("CONSULT"));
}

#[test]
fn tense_and_attribution() {
    for (text, tense) in [
        ("Minister Lena Holmqvist met with Ambassador Pedro Valmar in the garden.", "past"),
        ("Minister Lena Holmqvist will meet Ambassador Pedro Valmar.", "planned"),
        ("Minister Lena Holmqvist is expected to meet Ambassador Pedro Valmar.", "planned"),
        ("Minister Lena Holmqvist could meet Ambassador Pedro Valmar.", "hypothetical"),
        ("Minister Lena Holmqvist did not meet Ambassador Pedro Valmar.", "negated"),
        ("Minister Lena Holmqvist refused to meet Ambassador Pedro Valmar.", "negated"),
        ("Minister Lena Holmqvist is visiting Norway.", "ongoing"),
    ] {
        let result = extract_at(text, "2024-09-18");
        assert_eq!(result.relations.first().map(|r| r.tense), Some(tense), "{text}");
    }
    let result = extract_at("Minister Lena Holmqvist said that President Pedro Valmar had arrived in Tashkent.", "2024-09-18");
    let visit = result.relations.iter().find(|r| r.kind == "visit").unwrap();
    assert!(visit.attributed_by.is_some_and(|who| is_named(&result, who, "Lena Holmqvist")));
}
