//! Dates: their form, their order, their plausibility; ordinals of series.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Entry, Findings, List, Lists, Severity};

use Severity::{Error, Warning};

/// Columns of dates: list, column, earliest plausible year.
const COLUMNS: &[(List, &str, &str)] = &[
    (List::Agreements, "signed", "1200"),
    (List::Events, "start", "1000"),
    (List::Events, "end", "1000"),
    (List::Tenures, "from", "1900"),
    (List::Tenures, "to", "1900"),
    (List::Tenures, "as_of", "1990"),
];

/// Later years are slips.
const LATEST: &str = "2060";

/// Columns of one row of which the first must not be after the second.
const IN_ORDER: &[(List, &str, &str, &str)] = &[
    (List::Events, "start", "end", "end-before-start"),
    (List::Tenures, "from", "to", "end-before-start"),
    (List::Tenures, "from", "as_of", "checked-before-start"),
];

pub(super) fn check(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    for (list, column, earliest) in COLUMNS {
        for entry in lists.checked(*list).filter(|entry| !entry.cell(column).is_empty()) {
            let date = entry.cell(column);
            if !is_date(date) {
                findings.of(entry, Error, "date-form", format!("`{column}` `{date}` is no date of the calendar: write YYYY, YYYY-MM or YYYY-MM-DD"));
            } else if date < *earliest || date > LATEST {
                findings.of(entry, Warning, "implausible-year", format!("`{column}` {date}: is the year right?"));
            }
        }
    }
    for (list, first, second, id) in IN_ORDER {
        for entry in lists.checked(*list).filter(|entry| !entry.cell(second).is_empty()) {
            let (from, to) = (entry.cell(first), entry.cell(second));
            if after(from, to) {
                let severity = if *id == "end-before-start" { Error } else { Warning };
                findings.of(entry, severity, id, format!("`{first}` {from} is after `{second}` {to}: correct one of them"));
            }
        }
    }
    for entry in lists.checked(List::Tenures).filter(|entry| entry.cell("as_of").is_empty()) {
        findings.of(
            entry,
            if entry.strict { Error } else { Warning },
            "no-as-of",
            "`as_of` is empty: write the day on which the office was last checked".to_owned(),
        );
    }
    ordinals(lists, findings);
}

/// Whether `a` begins after `b` ends, at the precision both share.
pub(super) fn after(a: &str, b: &str) -> bool {
    let shared = a.len().min(b.len());
    a.get(..shared) > b.get(..shared)
}

/// A year, month or day that the calendar has.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |i: usize, width: usize| {
        parts.get(i).filter(|part| part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).and_then(|part| part.parse::<u32>().ok())
    };
    let Some(year) = number(0, 4) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = |month: u32| match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (parts.len(), number(1, 2), number(2, 2)) {
        (1, ..) => true,
        (2, Some(month), _) => (1..=12).contains(&month),
        (3, Some(month), Some(day)) => (1..=12).contains(&month) && (1..=days(month)).contains(&day),
        _ => false,
    }
}

/// Members of a series: one for each ordinal, and later ones begin later.
fn ordinals(lists: &Lists<'_>, findings: &mut Findings<'_>) {
    let mut series: BTreeMap<&str, Vec<(u32, &Entry<'_>)>> = BTreeMap::new();
    for event in lists.of(List::Events) {
        if let Some(ordinal) = event.cell("ordinal").parse().ok().filter(|_| !event.cell("series").is_empty()) {
            series.entry(event.cell("series")).or_default().push((ordinal, event));
        }
    }
    for (name, mut members) in series {
        members.sort_by_key(|(ordinal, _)| *ordinal);
        for pair in members.windows(2) {
            let [(a, earlier), (b, later)] = [pair[0], pair[1]];
            let other = |entry: &Entry<'_>, findings: &Findings<'_>| format!("{} ({})", entry.label(), entry.place(findings));
            match a.cmp(&b) {
                // A resumed session (cop6-2, cma1-3) has the number of the one it resumes.
                Ordering::Equal if is_resumed(later, earlier) => {}
                Ordering::Equal => {
                    let message = format!("{} is number {b} of the series `{name}` too: correct one of them", other(earlier, findings));
                    findings.of(later, Warning, "same-ordinal", message);
                }
                _ if !later.cell("start").is_empty() && after(earlier.cell("start"), later.cell("start")) => {
                    let message = format!(
                        "number {b} of `{name}` starts on {}, before number {a}, {}: correct a date or an ordinal",
                        later.cell("start"),
                        other(earlier, findings)
                    );
                    findings.of(later, Warning, "ordinal-order", message);
                }
                _ => {}
            }
        }
    }
}

/// Whether the ids say that one event resumes the other, or that both resume a third.
fn is_resumed(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let stem = |entry: &Entry<'_>| {
        let id = entry.label().to_owned();
        match id.rsplit_once('-') {
            Some((stem, part)) if part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit()) => stem.to_owned(),
            _ => id,
        }
    };
    stem(a) == stem(b)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, list};
    use super::{after, is_date};

    #[test]
    fn dates_are_of_the_calendar() {
        for good in ["2024", "2024-02", "2024-02-29", "2000-02-29", "1999-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["", "24", "2024-13", "2023-02-29", "1900-02-29", "2024-04-31", "2024-1-1", "2024-01-01T00", "March 2024", "2024-00", "2024-01-00"] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn order_is_judged_at_shared_precision() {
        assert!(after("2024-03", "2024-02-28") && after("2025", "2024-12") && !after("2024", "2024-03") && !after("", "2024"));
    }

    #[test]
    fn events_end_after_they_start_and_series_go_on() {
        let cases = [
            (vec!["a\tA Summit\tsummit\t\t\t2024-03-01\t2024-03-02"], ""),
            (vec!["a\tA Summit\tsummit\t\t\t2024-03-02\t2024-03-01"], "2 end-before-start"),
            (vec!["a\tA Summit\tsummit\t\t\t2024-03-02\t2024-03"], ""),
            (vec!["a\tA Summit\tsummit\t\t\t2024-3-2"], "2 date-form"),
            (vec!["a\tA Summit\tsummit\t\t\t2204-03-02"], "2 implausible-year"),
            (vec!["a\tA Summit\tsummit\ts\t1\t2023", "b\tB Summit\tsummit\ts\t2\t2024"], ""),
            (vec!["a\tA Summit\tsummit\ts\t1\t2025", "b\tB Summit\tsummit\ts\t2\t2024"], "3 ordinal-order"),
            (vec!["a\tA Summit\tsummit\ts\t6\t2000", "a-2\tA Summit, resumed\tsummit\ts\t6\t2001"], ""),
            (vec!["a\tA Summit\tsummit\ts\t2\t2023", "b\tB Summit\tsummit\ts\t2\t2024"], "3 same-ordinal"),
        ];
        let series = list("series.tsv", "id name kind forms", &["s\tSummit\tsummit\tSummit of S"]);
        for (rows, wanted) in cases {
            let events = list("events.tsv", "id name kind series ordinal start end", &rows);
            assert_eq!(found(&[("events.tsv", &events), ("series.tsv", &series)]), wanted, "{rows:?}");
        }
    }
}
