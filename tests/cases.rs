//! `fixtures/cases`: one marked example a line, one file per type (formats: `fixtures/README.md`).
//!
//! Every line must come out as marked, except those on `known-misses.tsv`; a line on that list that
//! comes out right must leave it. `KNOWN_MISSES=overwrite cargo test cases` brings the list up to
//! date; reasons written before stay, and new lines need one before the test passes again.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use extract::annotation::{EntityRef, Extraction, Form, Id, Label, Mention, Role};

use crate::relations;
use crate::score::span;
use crate::support::{extract_at, extractor, files, label, name, path, read, shown, type_name};

const FOLDER: &str = "fixtures/cases";
const LIST: &str = "fixtures/cases/known-misses.tsv";
const HEADER: &str = "file\tline\treason";
/// Reason that the update writes for a new line.
const OPEN: &str = "TODO: ";
/// Characters of a line that stand for it on the list.
const KEY: usize = 60;
/// The same in files whose lines begin with what is expected.
const LONG_KEY: usize = 200;

macro_rules! case_files {
    ($($name:ident)+) => {
        /// The files with a test.
        const NAMES: &[&str] = &[$(stringify!($name)),+];
        $(#[test] fn $name() { run(stringify!($name)); })+
    };
}

case_files!(agreement ambiguous coreference date event organization person place quote relation role state tenure topic);

#[test]
fn every_file_has_a_test() {
    let found: Vec<String> = files(FOLDER, ".txt").iter().map(|file| name(file)).collect();
    let known: Vec<String> = NAMES.iter().map(|name| format!("{name}.txt")).collect();
    assert_eq!(found, known, "name each file of {FOLDER} in case_files! of tests/cases.rs");
}

#[test]
fn halves_are_equal() {
    for name in NAMES {
        let lines = lines(name);
        let positive = lines.iter().filter(|line| line.positive).count();
        let negative = lines.len() - positive;
        if matches!(*name, "quote" | "relation") {
            assert!(negative * 2 >= positive, "{FOLDER}/{name}.txt: {positive} positive and {negative} negative lines: a third must be negative");
            continue;
        }
        let slack = positive.max(negative) / 10;
        assert!(positive.abs_diff(negative) <= slack, "{FOLDER}/{name}.txt: {positive} positive and {negative} negative lines: add to the shorter half");
    }
}

#[test]
fn list_is_in_order() {
    if overwriting() {
        return; // it is being written; the next run without the switch looks at it
    }
    let entries = known_misses();
    for (i, miss) in entries.iter().enumerate() {
        let at = format!("{LIST}:{}", i + 2);
        assert!(!miss.reason.trim().is_empty() && !miss.reason.starts_with(OPEN), "{at}: write why `{}` is not found yet", miss.key);
        let name = miss.file.strip_suffix(".txt").unwrap_or_default();
        assert!(NAMES.contains(&name), "{at}: there is no {FOLDER}/{}", miss.file);
        assert!(lines(name).iter().any(|line| line.key() == miss.key), "{at}: no line of {} starts `{}`: remove it from the list", miss.file, miss.key);
        assert!(!entries[..i].iter().any(|other| other.file == miss.file && other.key == miss.key), "{at}: stands there twice");
    }
}

/// Whether the list is to be brought up to date.
fn overwriting() -> bool {
    std::env::var("KNOWN_MISSES").is_ok_and(|value| value == "overwrite")
}

/// A line of a case file.
struct Line {
    number: usize,
    positive: bool,
    raw: String,
    /// Characters that stand for it on the list.
    key: usize,
}

impl Line {
    /// What stands for the line on the list.
    fn key(&self) -> String {
        self.raw.chars().take(self.key).collect::<String>().trim_end().to_owned()
    }
}

fn lines(name: &str) -> Vec<Line> {
    let text = read(&path(&format!("{FOLDER}/{name}.txt")));
    let mut half = None;
    let mut lines: Vec<Line> = Vec::new();
    for (i, raw) in text.lines().enumerate() {
        match raw {
            "## positive" => half = Some(true),
            "## negative" => half = Some(false),
            _ if raw.trim().is_empty() || raw.starts_with('#') => {}
            _ => {
                let positive = half.unwrap_or_else(|| panic!("{FOLDER}/{name}.txt:{}: stands before `## positive`", i + 1));
                let key = if matches!(name, "quote" | "relation") { LONG_KEY } else { KEY };
                lines.push(Line { number: i + 1, positive, raw: raw.to_owned(), key });
            }
        }
    }
    for (i, line) in lines.iter().enumerate() {
        let twin = lines[..i].iter().find(|other| other.key() == line.key());
        assert!(
            twin.is_none(),
            "{FOLDER}/{name}.txt:{}: begins as line {}: make their first {} characters differ",
            line.number,
            twin.map_or(0, |twin| twin.number),
            line.key
        );
    }
    lines
}

/// Runs a file's lines against the list, or writes the list.
fn run(name: &str) {
    let lines = lines(name);
    let verdicts: Vec<(&Line, Vec<String>)> = lines.iter().map(|line| (line, judge(name, line))).collect();
    let rate = |positive: bool| {
        let half = verdicts.iter().filter(|(line, _)| line.positive == positive);
        format!("{} of {}", half.clone().filter(|(_, wrong)| wrong.is_empty()).count(), half.count())
    };
    println!("{name}.txt: right are {} positive and {} negative lines", rate(true), rate(false));
    if overwriting() {
        return update(name, &verdicts);
    }
    let listed: BTreeSet<String> = known_misses().into_iter().filter(|miss| miss.file == format!("{name}.txt")).map(|miss| miss.key).collect();
    let mut report = String::new();
    for (line, wrong) in verdicts {
        let place = format!("{FOLDER}/{name}.txt:{}: {}", line.number, line.raw);
        match (wrong.is_empty(), listed.contains(&line.key())) {
            (true, true) => writeln!(report, "{place}\n    comes out right: remove it from {LIST}").unwrap(),
            (false, false) => writeln!(report, "{place}\n    {}", wrong.join("\n    ")).unwrap(),
            _ => {}
        }
    }
    assert!(
        report.is_empty(),
        "\n{report}\nIf a line is marked rightly, mend the recognizer (src/recognize/, src/resolve/, src/relation/, src/topic/) or add the name or guard to gazetteers/.\n\
         If it cannot be right yet: `KNOWN_MISSES=overwrite cargo test cases`, then write the reason into {LIST}."
    );
}

/// A line that is known not to come out right.
struct Miss {
    file: String,
    key: String,
    reason: String,
}

fn known_misses() -> Vec<Miss> {
    let text = read(&path(LIST));
    let mut rows = text.lines();
    assert_eq!(rows.next(), Some(HEADER), "{LIST}:1: the header must be `file`, `line`, `reason`");
    let split = |(i, row): (usize, &str)| match *row.split('\t').collect::<Vec<_>>() {
        [file, key, reason] => Miss { file: file.to_owned(), key: key.to_owned(), reason: reason.to_owned() },
        _ => panic!("{LIST}:{}: three columns, tabs between them", i + 2),
    };
    rows.enumerate().map(split).collect()
}

/// Writes the misses of one file into the list.
fn update(name: &str, verdicts: &[(&Line, Vec<String>)]) {
    static WRITING: Mutex<()> = Mutex::new(());
    let _alone = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let file = format!("{name}.txt");
    let (before, mut list): (Vec<Miss>, Vec<Miss>) = known_misses().into_iter().partition(|miss| miss.file == file);
    for (line, wrong) in verdicts.iter().filter(|(_, wrong)| !wrong.is_empty()) {
        let known = before.iter().find(|miss| miss.key == line.key()).map(|miss| miss.reason.clone());
        list.push(Miss { file: file.clone(), key: line.key(), reason: known.unwrap_or_else(|| format!("{OPEN}{}", wrong.join("; ").replace('\n', "⏎"))) });
    }
    list.sort_by(|a, b| a.file.cmp(&b.file));
    let rows: String = list.iter().map(|miss| format!("{}\t{}\t{}\n", miss.file, miss.key, miss.reason)).collect();
    fs::write(path(LIST), format!("{HEADER}\n{rows}")).unwrap();
}

/// What is wrong with a line; nothing when it comes out as marked.
fn judge(name: &str, line: &Line) -> Vec<String> {
    match name {
        "quote" => relations::judge_quote(&line.raw),
        "relation" => relations::judge_relation(&line.raw),
        "topic" => judge_topics(line),
        "coreference" => judge_coreference(line),
        "tenure" => judge_tenure(line),
        "ambiguous" => judge_ambiguous(line),
        "date" => {
            let (anchor, marked) = line.raw.split_once(" | ").unwrap_or_else(|| panic!("{FOLDER}/date.txt:{}: `ANCHOR | text`", line.number));
            let (text, marks) = unmark(marked);
            compare(Label::Date, &marks, &extract_at(&text, anchor), |mark, mention, _| {
                let value = mention.date.as_ref().map_or("", |date| &date.value);
                (mark.rest[0] != value).then(|| format!("value {value}"))
            })
        }
        _ => {
            let (text, marks) = unmark(&line.raw);
            let result = extractor().extract(&text);
            compare(label(name), &marks, &result, |mark, mention, result| match mention.label {
                Label::State => {
                    let code = serde_json::to_value(mention.entity).unwrap();
                    (code != mark.rest[0].as_str()).then(|| format!("code {code}"))
                }
                Label::Role if !mark.rest.is_empty() => wrong_role(mark, mention, result),
                _ => None,
            })
        }
    }
}

/// A `[type text…]` of a case line.
#[derive(Clone)]
struct Mark {
    kind: String,
    text: String,
    span: Range<usize>,
    /// What follows the text: value, code, state and holder.
    rest: Vec<String>,
}

/// A case line's text without its marks.
pub(crate) fn plain_text(marked: &str) -> String {
    unmark(marked).0
}

/// Takes the marks out of a line; `⏎` is a line end.
fn unmark(marked: &str) -> (String, Vec<Mark>) {
    let marked = marked.replace('⏎', "\n");
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut left = &*marked;
    while let Some((before, after)) = left.split_once('[') {
        let (body, after) = after.split_once(']').unwrap_or_else(|| panic!("no closing bracket in: {marked}"));
        let (kind, body) = body.split_once(' ').unwrap_or_else(|| panic!("no `[type text]` in: {marked}"));
        text.push_str(before);
        let mut parts: Vec<String> = match kind {
            "date" | "state" => body.rsplit_once('=').map_or(vec![body.to_owned()], |(text, value)| vec![text.to_owned(), value.to_owned()]),
            "role" => body.split('>').map(str::to_owned).collect(),
            _ => vec![body.to_owned()],
        };
        let own = parts.remove(0);
        marks.push(Mark { kind: kind.to_owned(), span: text.len()..text.len() + own.len(), text: own.clone(), rest: parts });
        text.push_str(&own);
        left = after;
    }
    text.push_str(left);
    (text, marks)
}

/// Compares the mentions of a type with the marks: every mark found and right, nothing else found.
fn compare(label: Label, marks: &[Mark], result: &Extraction<'_>, check: impl Fn(&Mark, &Mention<'_>, &Extraction<'_>) -> Option<String>) -> Vec<String> {
    let found: Vec<&Mention<'_>> = result.mentions.iter().filter(|m| m.label == label && m.form != Some(Form::Deictic)).collect();
    let mut wrong = Vec::new();
    for mark in marks {
        let wanted = [vec![mark.text.as_str()], mark.rest.iter().map(String::as_str).collect()].concat().join(" = ");
        match found.iter().find(|m| span(m) == mark.span) {
            Some(mention) => {
                wrong.extend(check(mark, mention, result).map(|but| format!("wanted [{} {wanted}], found it with {but}, via {}", mark.kind, mention.via)))
            }
            None => wrong.push(format!("missed [{} {wanted}]; there stands {}", mark.kind, standing(result, &mark.span))),
        }
    }
    let marked = |mention: &Mention<'_>| marks.iter().any(|mark| mark.span == span(mention));
    wrong.extend(found.into_iter().filter(|mention| !marked(mention)).map(|mention| format!("wrongly found {}", shown(mention))));
    wrong
}

/// What was found around a span.
fn standing(result: &Extraction<'_>, at: &Range<usize>) -> String {
    let there = result.mentions.iter().filter(|m| span(m).start < at.end && at.start < span(m).end);
    let there: Vec<String> = there.map(|m| shown(m)).collect();
    if there.is_empty() { "nothing".to_owned() } else { there.join(", ") }
}

/// States and holders of a role, when they are not the marked ones.
fn wrong_role(mark: &Mark, mention: &Mention<'_>, result: &Extraction<'_>) -> Option<String> {
    let [states, holders] = &mark.rest[..] else { panic!("`[role text>STATE>Holder]`: {}", mark.text) };
    let roles: Vec<_> = result.roles.iter().filter(|role| role.mention == mention.id).collect();
    let found: BTreeSet<&str> = roles.iter().filter_map(|role| role.state).collect();
    if states != "-" && found != states.split(' ').collect() {
        return Some(format!("states {found:?}"));
    }
    let people: BTreeSet<Id> = roles.iter().filter_map(|role| role.person).collect();
    let named = |person: Id, name: &str| result.mentions.iter().any(|m| m.text == name && m.entity == EntityRef::Id(person));
    let wanted: Vec<&str> = holders.split('+').filter(|name| *name != "-").collect();
    let right = people.len() == wanted.len() && wanted.iter().all(|name| people.iter().any(|person| named(*person, name)));
    let names: Vec<&str> = result.people.iter().filter(|person| people.contains(&person.id)).map(|person| &*person.name).collect();
    (!right).then(|| format!("holders {names:?} by {:?}", roles.first().and_then(|role| role.link)))
}

/// What the list says of each holder of a marked role, and of the status where the mark gives one.
fn judge_tenure(line: &Line) -> Vec<String> {
    let at = format!("{FOLDER}/tenure.txt:{}", line.number);
    let (date, marked) = line.raw.split_once(" | ").unwrap_or_else(|| panic!("{at}: `DATE | text`"));
    let (text, marks) = unmark(marked);
    let result = extract_at(&text, date);
    let mut wrong = Vec::new();
    let mut all_confirmed = true;
    for mark in &marks {
        let [holders] = &mark.rest[..] else { panic!("{at}: `[role text>Holder=verdict]`: {}", mark.text) };
        let there: Vec<_> = result.roles.iter().filter(|role| result.mentions.iter().any(|m| m.id == role.mention && span(m) == mark.span)).collect();
        if there.is_empty() {
            wrong.push(format!("missed [role {}]; there stands {}", mark.text, standing(&result, &mark.span)));
        }
        for holder in holders.split('+') {
            let parts: Vec<&str> = holder.split('=').collect();
            let (name, verdict, status) = match parts[..] {
                [name, verdict] => (name, verdict, None),
                [name, verdict, status] => (name, verdict, Some(status)),
                _ => panic!("{at}: `Holder=verdict` or `Holder=verdict=status`: {holder}"),
            };
            assert!(VERDICTS.contains(&verdict), "{at}: no verdict is called {verdict}");
            all_confirmed &= verdict == "confirmed";
            wrong.extend(there.first().and_then(|_| wrong_tenure(&result, &there, name, verdict, status)));
        }
    }
    assert_eq!(all_confirmed, line.positive, "{at}: a positive line holds confirmed holders alone, a negative one at least one who is not");
    wrong
}

/// The words of the list.
const VERDICTS: &[&str] = &["confirmed", "expired", "not-yet", "other-holder", "person-not-listed", "post-not-listed", "unverified-since"];

/// What is wrong with a role's holder; `people/ID` is one that only the list names.
fn wrong_tenure(result: &Extraction<'_>, roles: &[&Role<'_>], name: &str, verdict: &str, status: Option<&str>) -> Option<String> {
    let is_holder = |role: &&&Role<'_>| {
        if name.starts_with("people/") {
            return role.on_list.as_ref().and_then(|list| list.reference.as_deref()) == Some(name);
        }
        role.person.is_some_and(|person| result.mentions.iter().any(|m| m.text == name && m.entity == EntityRef::Id(person)))
    };
    let Some(role) = roles.iter().find(is_holder) else {
        return Some(format!("{} is no holder of {}", name, roles[0].title));
    };
    let found = role.on_list.as_ref().map_or("nothing", |list| list.verdict);
    let right = found == verdict && status.is_none_or(|status| status == role.status);
    (!right).then(|| format!("{}, {name}: wanted {verdict} {}, found {found} {}", role.title, status.unwrap_or_default(), role.status))
}

/// Equal numbers one entity, different numbers different ones.
fn judge_coreference(line: &Line) -> Vec<String> {
    let (text, marks) = unmark(&line.raw);
    let result = extractor().extract(&text);
    let mut wrong = Vec::new();
    let mut seen = Vec::new();
    for mark in &marks {
        let (kind, number) = mark.kind.split_once('#').unwrap_or_else(|| panic!("{FOLDER}/coreference.txt:{}: `[type#N text]`", line.number));
        match result.mentions.iter().find(|m| span(m) == mark.span && type_name(m.label) == kind) {
            Some(mention) => match identity(&result, mention) {
                Some(entity) => seen.push((mark, number, mention, entity)),
                None => wrong.push(format!("[{} {}] has no holder", mark.kind, mark.text)),
            },
            None => wrong.push(format!("missed [{} {}]; there stands {}", mark.kind, mark.text, standing(&result, &mark.span))),
        }
    }
    for (i, (mark, number, mention, entity)) in seen.iter().enumerate() {
        for (other, other_number, _, earlier) in &seen[..i] {
            if (number == other_number) != (entity == earlier) {
                let verdict = if number == other_number { "must be one, are two" } else { "must be two, are one" };
                wrong.push(format!("[{} {}] and [{} {}] {verdict}; the latter {}", other.kind, other.text, mark.kind, mark.text, shown(mention)));
            }
        }
    }
    wrong
}

/// What a mention stands for: its entity, and for a role the person who holds it.
fn identity<'t>(result: &Extraction<'t>, mention: &Mention<'t>) -> Option<EntityRef<'t>> {
    if mention.label != Label::Role {
        return Some(mention.entity);
    }
    result.roles.iter().filter(|role| role.mention == mention.id).find_map(|role| role.person).map(EntityRef::Id)
}

/// Every name of every type, and the topics where a line gives some; `¶` is an empty line.
fn judge_ambiguous(line: &Line) -> Vec<String> {
    const TYPES: &[Label] = &[Label::State, Label::Place, Label::Person, Label::Organization, Label::Agreement, Label::Event, Label::Date];
    let (slugs, marked) = line.raw.split_once(" | ").unwrap_or(("", &line.raw));
    let (text, marks) = unmark(&marked.replace(" ¶ ", "\n\n"));
    let result = extractor().extract(&text);
    let mut wrong = if slugs.is_empty() { Vec::new() } else { wrong_topics(slugs, &text) };
    for label in TYPES {
        let (own, _): (Vec<Mark>, Vec<Mark>) = marks.iter().cloned().partition(|mark| mark.kind == type_name(*label));
        wrong.extend(compare(*label, &own, &result, |mark, mention, _| {
            let code = serde_json::to_value(mention.entity).unwrap();
            (*label == Label::State && code != mark.rest[0].as_str()).then(|| format!("code {code}"))
        }));
    }
    wrong
}

/// Wanted topics found, unwanted ones (`!slug`) not.
fn judge_topics(line: &Line) -> Vec<String> {
    let (slugs, text) = line.raw.split_once(" | ").unwrap_or_else(|| panic!("{FOLDER}/topic.txt:{}: `slug !slug | text`", line.number));
    wrong_topics(slugs, text)
}

fn wrong_topics(slugs: &str, text: &str) -> Vec<String> {
    let result = extractor().extract(text);
    let mut wrong = Vec::new();
    for slug in slugs.split(' ') {
        let found = |slug: &str| result.topics.iter().find(|topic| topic.id == slug);
        match slug.strip_prefix('!') {
            Some(unwanted) => wrong.extend(found(unwanted).map(|topic| {
                let cues: Vec<&str> = topic.evidence.iter().filter_map(|evidence| evidence.text).collect();
                format!("wrongly found {unwanted} {:.2} by {cues:?}", topic.score.0)
            })),
            None if found(slug).is_none() => {
                let there: Vec<&str> = result.topics.iter().map(|topic| topic.id).collect();
                wrong.push(format!("missed {slug}; found {there:?}"));
            }
            None => {}
        }
    }
    wrong
}
