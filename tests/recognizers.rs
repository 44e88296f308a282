//! The cases of a peer's test suite, Recognizers-Text's specs for English dates, judged by our own output.
//!
//! They are in the folder named by `EXTRACT_EVAL_DATA`: `gold/timex/recognizers-parsers.jsonl` and `-model.jsonl`
//! (`input`, `reference`, `expected[{start, length, text, timex, values}]`). Kinds of cases that news does not hold are left out
//! by `fixtures/recognizers-excluded.tsv`, each with its reason. A case passes when every expected expression is found with a
//! value that agrees and nothing else is found. Values agree as far as the two conventions can:
//! a past or a future reading counts; their ranges end exclusively or at the last unit's begin; a length and a time counted
//! in months or years keep our coarser grain; a part of a period ("end of March") has the period's value.

use std::fmt::Write as _;

use extract::annotation::{Extraction, Label, Mention, TimexKind};
use extract::{GivenDate, Input};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday, date};
use regex::bytes::Regex as Ascii;
use regex::{Captures, Regex};
use serde_json::Value;

use crate::eval::data;
use crate::support::{extractor, path, read};

/// Share of the cases that pass, in per cent.
const FLOOR: f64 = 80.0;
const EXCLUDED: &str = "fixtures/recognizers-excluded.tsv";

#[test]
fn peers_cases_pass() {
    let files: Vec<_> = ["gold/timex/recognizers-parsers.jsonl", "gold/timex/recognizers-model.jsonl"].into_iter().filter_map(data).collect();
    if files.is_empty() {
        return;
    }
    let (kinds, spelling) = (Kind::all(), Spelling::new());
    let mut left_out = vec![0; kinds.len()];
    let (mut passed, mut judged, mut misses) = (0, 0, String::new());
    for line in files.iter().flat_map(|file| read(file).lines().map(str::to_owned).collect::<Vec<_>>()) {
        let case: Value = serde_json::from_str(&line).unwrap();
        if let Some(kind) = kinds.iter().position(|kind| kind.holds(&case)) {
            left_out[kind] += 1;
            continue;
        }
        judged += 1;
        let wrong = judge(&case, &spelling);
        if wrong.is_empty() {
            passed += 1;
        } else {
            writeln!(misses, "{} {}: {}", case["id"], case["input"], wrong.join("; ")).unwrap();
        }
    }
    for (kind, cases) in kinds.iter().zip(&left_out) {
        println!("left out {cases:4}  {}: {}", kind.name, kind.reason);
        assert!(*cases > 0, "{EXCLUDED}: no case is {:?}: remove the row", kind.name);
    }
    let rate = 100.0 * f64::from(passed) / f64::from(judged);
    println!("{misses}{passed} of {judged} cases pass: {rate:.1} %");
    assert!(rate >= FLOOR, "{rate:.1} % of the peer's cases pass, {FLOOR} % are promised");
}

/// A kind of cases that news does not hold.
struct Kind {
    name: String,
    pattern: Ascii,
    unless: Option<Ascii>,
    reason: String,
}

impl Kind {
    fn all() -> Vec<Kind> {
        let text = read(&path(EXCLUDED));
        let ascii = |pattern: &str| Ascii::new(&format!("(?-u){pattern}")).unwrap_or_else(|error| panic!("{EXCLUDED}: {pattern}: {error}"));
        let row = |row: &str| match *row.split('\t').collect::<Vec<_>>() {
            [name, pattern, unless, reason] if !reason.is_empty() => {
                Kind { name: name.to_owned(), pattern: ascii(pattern), unless: (!unless.is_empty()).then(|| ascii(unless)), reason: reason.to_owned() }
            }
            _ => panic!("{EXCLUDED}: four columns, the reason filled: {row}"),
        };
        text.lines().skip(1).map(row).collect()
    }

    /// Whether an expected expression of the case is of the kind. The patterns see `timex :: text :: input`.
    fn holds(&self, case: &Value) -> bool {
        case["expected"].as_array().unwrap().iter().any(|expected| {
            let lower = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
            let seen = format!("{} :: {} :: {}", expected["timex"].as_str().unwrap_or_default(), lower(&expected["text"]), lower(&case["input"]));
            self.pattern.is_match(seen.as_bytes()) && !self.unless.as_ref().is_some_and(|unless| unless.is_match(seen.as_bytes()))
        })
    }
}

/// Names of months, weekdays and holidays get the capitals that news gives them.
struct Spelling(Regex);

impl Spelling {
    fn new() -> Spelling {
        let phrases = "christmas (?:day|eve)|new year'?s? (?:day|eve)|easter (?:sunday|monday)|palm sunday|good friday|boxing day|ash wednesday";
        let months = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec";
        let days = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thu|thurs?|fri|easter|christmas|halloween|thanksgiving|new year";
        Spelling(Regex::new(&format!(r"(?-u:\b)(?:{phrases}|{months}|{days})(?-u:\b)")).unwrap())
    }

    fn news(&self, text: &str) -> String {
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        self.0.replace_all(text, |found: &Captures<'_>| found[0].split(' ').map(capital).collect::<Vec<_>>().join(" ")).into_owned()
    }
}

/// What is wrong with a case; nothing when it passes.
fn judge(case: &Value, spelling: &Spelling) -> Vec<String> {
    let text = spelling.news(case["input"].as_str().unwrap());
    let given = case["reference"].as_str().map(|reference| GivenDate { value: reference[..10].to_owned(), from: "field" });
    let found: Extraction<'_> = extractor().extract_document(&Input { id: "-".into(), text: &text, date: given, ..Input::default() });
    let dates: Vec<&Mention<'_>> = found.mentions.iter().filter(|mention| mention.label == Label::Date).collect();
    let mut used = vec![false; dates.len()];
    let mut wrong = Vec::new();
    for expected in case["expected"].as_array().unwrap() {
        let Some(start) = expected["start"].as_u64() else { continue };
        let end = start + expected["length"].as_u64().unwrap();
        let byte = |at: u64| text.char_indices().nth(at as usize).map_or(text.len(), |(byte, _)| byte);
        let (start, end) = (byte(start), byte(end));
        let mut agrees = false;
        let mut values = Vec::new();
        for (mention, used) in dates.iter().zip(&mut used) {
            if (mention.start as usize) < end && start < mention.end as usize {
                *used = true;
                agrees |= agree(expected, mention);
                values.push(mention.date.as_ref().map_or("", |date| &date.value));
            }
        }
        if !agrees {
            wrong.push(format!("{} is {}, found {values:?}", expected["text"], expected["timex"]));
        }
    }
    wrong.extend(dates.iter().zip(used).filter(|(_, used)| !used).map(|(mention, _)| format!("also found {:?}", mention.text)));
    wrong
}

/// Whether an expected value and ours agree.
fn agree(expected: &Value, mention: &Mention<'_>) -> bool {
    let timex = expected["timex"].as_str().unwrap_or_default();
    let Some(ours) = &mention.date else { return false };
    let value = &*ours.value;
    if timex == value || format!("{timex}:00") == value {
        return true;
    }
    match ours.kind {
        TimexKind::Duration => {
            let length = timex.trim_matches(['(', ')']).rsplit(',').next().unwrap_or_default();
            return length == value || seconds(length).is_some() && seconds(length) == seconds(value);
        }
        TimexKind::Set => {
            let hour = timex.starts_with('T') && clock(timex).is_some() && clock(timex) == clock(value);
            let part = timex.starts_with('T') && value == format!("XXXX-XX-XX{timex}");
            return hour || part || timex == "P1WE" && value == "XXXX-WXX-WE" || seconds(timex).is_some() && seconds(timex) == seconds(value);
        }
        _ => {}
    }
    let readings = expected["values"].as_array().into_iter().flatten().flat_map(|v| [Some(v), v.get("past"), v.get("future")]).flatten();
    let rule = mention.via.to_string();
    let words = mention.text.split([' ', '-']).any(|w| ["end", "middle", "beginning", "start", "early", "mid", "late"].contains(&w.to_lowercase().as_str()));
    let portion = rule.starts_with("rule:date.portion") || words;
    let counted = ["ago", "later", "earlier", "from_now", "relative_unit", "offset"].iter().any(|name| rule == format!("rule:date.{name}"));
    readings.into_iter().any(|reading| reading_agrees(reading, timex, value, portion, counted))
}

/// Whether one reading of the expected value is ours.
fn reading_agrees(reading: &Value, timex: &str, value: &str, portion: bool, counted: bool) -> bool {
    let get = |keys: &[&str]| keys.iter().find_map(|key| reading[*key].as_str());
    let one = get(&["date", "dateTime", "time", "value"]);
    let (start, end) = (get(&["startDate", "startDateTime", "startTime", "start"]), get(&["endDate", "endDateTime", "endTime", "end"]));
    let (a, b) = value.split_once('/').unwrap_or((value, value));
    if let Some(part) = ["MO", "AF", "EV", "NI"].iter().find(|part| timex.ends_with(&format!("T{part}"))) {
        let day = start.is_some_and(|start| start.get(..10) == value.get(..10));
        return value.ends_with(&format!("T{part}")) && (value.starts_with("XXXX") || timex.starts_with('T') || day);
    }
    let hours = |text: &str| text.len() == 8 && text.as_bytes()[2] == b':';
    if one.is_some_and(hours) || start.is_some_and(hours) || end.is_some_and(hours) {
        let same = |theirs: Option<&str>, ours: &str| theirs.is_none_or(|theirs| clock(theirs) == clock(ours));
        let ends = if start.is_some() && end.is_some() { value.contains('/') } else { !value.contains('/') };
        return value.contains('T') && ends && same(one.or(start), a) && (start.is_none() || same(end, b));
    }
    let (Some(first), Some(last)) = (interval(a), interval(b)) else { return false };
    let within = |at: DateTime, from: &(DateTime, DateTime)| from.0 <= at && at <= from.1;
    match (one.and_then(moment), start.and_then(moment), end.and_then(moment)) {
        (Some(at), ..) => a == b && (at == first.0 || portion && within(at, &first) || counted && !value.contains('T') && within(at, &first)),
        (_, Some(from), Some(to)) => {
            let day = timex.len() == 10 && !timex.starts_with('(');
            from == first.0 && (to == last.0 || to == last.1 || day) || portion && within(from, &first) && within(to, &last)
        }
        (_, Some(at), None) | (_, None, Some(at)) => at == first.0 || at == last.1 || (portion || counted) && within(at, &(first.0, last.1)),
        _ => false,
    }
}

/// A moment as the spec writes it.
fn moment(text: &str) -> Option<DateTime> {
    text.replace(' ', "T").parse().ok().or_else(|| text.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)))
}

/// Begin and exclusive end of one of our values.
fn interval(value: &str) -> Option<(DateTime, DateTime)> {
    let midnight = |day: Date| day.at(0, 0, 0, 0);
    let span = |begin: Date, length: jiff::Span| Some((midnight(begin), midnight(begin.checked_add(length).ok()?)));
    if let Some((day, time)) = value.split_once('T') {
        let (hour, minute, second) = clock(time)?;
        let at = day.parse::<Date>().ok()?.at(hour, minute, second, 0);
        return Some((at, at));
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let parts: Vec<&str> = value.split('-').collect();
    match *parts.as_slice() {
        [year] if value.len() == 4 => span(date(number(year)?, 1, 1), 1.year()),
        [decade] if value.len() == 3 => span(date(number(decade)? * 10, 1, 1), 10.years()),
        [fiscal] => span(date(number(fiscal.strip_prefix("FY")?)?, 1, 1), 1.year()),
        [year, week] | [year, week, "WE"] if week.starts_with('W') => {
            let monday = ISOWeekDate::new(number(year)?, number(&week[1..])? as i8, Weekday::Monday).ok()?.date();
            if parts.len() == 3 { span(monday.checked_add(5.days()).ok()?, 2.days()) } else { span(monday, 7.days()) }
        }
        [year, quarter] if quarter.starts_with('Q') => span(Date::new(number(year)?, (3 * number(&quarter[1..])? - 2) as i8, 1).ok()?, 3.months()),
        [year, half] if half.starts_with('H') => span(Date::new(number(year)?, (6 * number(&half[1..])? - 5) as i8, 1).ok()?, 6.months()),
        [year, month] => span(Date::new(number(year)?, number(month)? as i8, 1).ok()?, 1.month()),
        [_, _, _] => span(value.parse().ok()?, 1.day()),
        _ => None,
    }
}

/// Hour, minute and second of a text that holds a clock time.
fn clock(text: &str) -> Option<(i8, i8, i8)> {
    let time = text.rsplit(['T', ' ']).next()?;
    let time = time.split(['+', 'Z']).next()?;
    let time = if time.len() > 6 && time.as_bytes()[time.len() - 6] == b'-' { &time[..time.len() - 6] } else { time };
    let mut fields = time.split(':').map(|field| field.parse::<i8>().ok());
    let hour = fields.next()??;
    Some((hour % 24, fields.next().flatten().unwrap_or(0), fields.next().flatten().unwrap_or(0)))
}

/// A length's seconds, months being of equal length.
fn seconds(length: &str) -> Option<u64> {
    let (mut total, mut number, mut timed) = (0.0, String::new(), false);
    for c in length.strip_prefix('P')?.chars() {
        match c {
            'T' => timed = true,
            '0'..='9' | '.' => number.push(c),
            _ => {
                let unit = match (c, timed) {
                    ('Y', false) => 365.25 * 86_400.0,
                    ('M', false) => 365.25 / 12.0 * 86_400.0,
                    ('W', false) => 7.0 * 86_400.0,
                    ('D', false) => 86_400.0,
                    ('H', true) => 3_600.0,
                    ('M', true) => 60.0,
                    ('S', true) => 1.0,
                    _ => return None,
                };
                total += number.parse::<f64>().ok()? * unit;
                number.clear();
            }
        }
    }
    number.is_empty().then_some(total.round() as u64)
}
