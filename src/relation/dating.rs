//! Dates that another sentence gives: the meeting at which something was said, the day that the lead reports.

use jiff::civil::Date;

use super::{DateBasis, Finished, Happening, Tense, merge};
use crate::annotation::{Grain, TimexKind};

/// Tokens in which the day of the report is looked for; titles and headings do not count.
const LEAD: usize = 90;
/// Days before the document's date that a report's day may lie.
const RECENT: i32 = 7;

/// Gives what has no date of its own the date of the meeting it belongs to, else the day that the lead reports.
pub(super) fn inherit<'a>(doc: &Finished<'_, 'a>, told: &mut [Happening<'a>]) {
    let lead = lead_day(doc);
    for i in 0..told.len() {
        if merge::is_spoken(told[i].kind) && told[i].tense == Tense::Past && told[i].date.is_some_and(|date| is_to_come(doc, date)) {
            // "said that talks would be held on Friday": the day is that of what was said.
            told[i].date = None;
        }
        if told[i].date.is_some() || told[i].tense != Tense::Past {
            continue;
        }
        let spoken = merge::is_spoken(told[i].kind);
        if !spoken && !matches!(told[i].kind, "meeting" | "call") {
            continue;
        }
        let dated = |h: &&Happening<'_>| {
            matches!(h.kind, "meeting" | "call" | "visit" | "signing" | "statement") && h.date.is_some() && h.basis.is_none() && h.tense == Tense::Past
        };
        let same = told[..i].iter().rev().filter(dated).find(|h| merge::is_held_by(doc, h, &told[i])).filter(|_| spoken);
        let (date, place, basis) = match (same, lead) {
            (Some(h), _) => (h.date, h.place, DateBasis::Meeting),
            (None, Some(day)) => (Some(day), None, DateBasis::Lead),
            (None, None) => continue,
        };
        let happening = &mut told[i];
        happening.date = date;
        happening.place = happening.place.or(place);
        happening.basis = Some(basis);
    }
}

/// Whether a date lies after the document's: what has been said was not said then.
fn is_to_come(doc: &Finished<'_, '_>, date: usize) -> bool {
    let (Some(today), value) = (doc.date, doc.timexes[date].value.as_str()) else { return false };
    let shared = today.len().min(value.len()).min(10);
    matches!((today.get(..shared), value.get(..shared)), (Some(today), Some(value)) if today < value) && value.starts_with(|c: char| c.is_ascii_digit())
}

/// The first day named at the top that is the document's or lies shortly before it.
fn lead_day(doc: &Finished<'_, '_>) -> Option<usize> {
    let today = doc.date.and_then(day)?;
    let text = (0..doc.ctx.tokens.len()).filter(|i| !doc.ctx.titled(*i));
    let end = text.take(LEAD).last().map_or(0, |last| last as u32 + 1);
    let top = doc.found.iter().take_while(|f| f.first < end).filter(|f| f.label == crate::annotation::Label::Date).filter_map(|f| f.link);
    top.map(|t| t as usize).find(|t| {
        let timex = &doc.timexes[*t];
        let is_day = matches!(timex.kind, TimexKind::Date | TimexKind::Time) && timex.grain <= Grain::Day;
        let before = day(&timex.value).filter(|_| is_day).and_then(|day| days_between(day, today));
        before.is_some_and(|days| (0..=RECENT).contains(&days))
    })
}

/// The day that a value begins with: `2024-09-18`.
fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// Days from `a` to `b`.
fn days_between(a: Date, b: Date) -> Option<i32> {
    b.since(a).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::{day, days_between};

    #[test]
    fn days_apart() {
        let apart = |a, b| days_between(day(a)?, day(b)?);
        assert_eq!(apart("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(apart("2023-02-28", "2023-03-01T10:00"), Some(1));
        assert_eq!(apart("2023-12-31", "2024-01-01"), Some(1));
        assert_eq!(day("2024-09"), None);
        assert_eq!(day("XXXX-09-18"), None);
    }
}
