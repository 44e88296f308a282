//! Ranges: two ends in one expression.

use super::calendar::{self, year_behind};
use super::clock::{clock, is_day};
use super::cues::Cue;
use super::lexicon::{Unit, Word};
use super::meaning::{Base, Calendar, Clock, Meaning, Piece, Point, When, Year};
use super::number::{day_of_month, year};
use super::reader::Reader;

/// What links two ends, and the token behind it: a dash, `to`, `through`, `until`; `and` behind `between`.
fn connector(r: &Reader<'_>, start: usize, at: usize) -> Option<usize> {
    if r.dash(at) {
        // "--" is a dash too
        let next = if r.dash(at + 1) && r.touches(at + 1) { at + 2 } else { at + 1 };
        return r.joined(next).then_some(next);
    }
    if !r.joined(at) || !r.joined(at + 1) {
        return None;
    }
    if r.cue(at, Cue::RangeLink) || r.is(at, "and") && opener(r, start).is_some_and(|o| r.is(o, "between")) {
        // "through to", "up to"
        return Some(if r.is(at + 1, "to") { at + 2 } else { at + 1 });
    }
    None
}

/// The `from` or `between` before `start`, an article between skipped.
fn opener(r: &Reader<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    if at > 0 && r.joined(at) && r.is(at - 1, "the") {
        at -= 1;
    }
    (at > 0 && r.joined(at) && r.is_any(at - 1, &["from", "between"])).then(|| at - 1)
}

/// `11-22 November`, `14 to 24 March 2019`, `26 - 27 June 2024`: two days before one month.
pub(super) fn days_before_month(r: &Reader<'_>, i: usize, day: u8, end: usize) -> Option<Piece> {
    let at = connector(r, i, end)?;
    let (second, mut next) = day_of_month(r, at)?;
    if r.is(next, "of") {
        next += 1;
    }
    let (Word::Month { month, abbr }, next) = r.next_word(next)? else { return None };
    let next = if abbr { r.skip_point(next) } else { next };
    if second <= day || !calendar::valid(month, second) {
        return None;
    }
    let (year, end) = year_behind(r, next);
    Some(days(i, end, year, month, day, second))
}

/// `November 11-22, 2024`, `June 14 to 19`, `Sept. 4 and 5` behind `between`: two days behind one month.
pub(super) fn days_behind_month(r: &Reader<'_>, i: usize, month: u8, day: u8, end: usize) -> Option<Piece> {
    let at = connector(r, i, end)?;
    let (second, next) = day_of_month(r, at)?;
    if second <= day || !calendar::valid(month, second) || r.mark(next, ":") || matches!(r.next_word(next), Some((Word::Month { .. } | Word::AmPm(_), _))) {
        return None;
    }
    let (year, end) = year_behind(r, next);
    Some(days(i, end, year, month, day, second))
}

fn days(start: usize, end: usize, year: Year, month: u8, first: u8, last: u8) -> Piece {
    let meaning = Meaning::Range(calendar::point(year, month, first), calendar::point(year, month, last));
    Piece { start, end, meaning, rule: "date.day_range", conf: 0.96 }
}

/// `9-11 a.m.`, `10 to 11:30 p.m.`: the hour of the first end stands bare.
pub(super) fn hours(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (hour, 1..=2) = r.digits(i)? else { return None };
    let at = connector(r, i, i + 1)?;
    let (last, end) = clock(r, at)?;
    let half = matches!(r.core(end - 1), c if c.to_ascii_lowercase().contains('m')) || r.core(end - 1) == "." || last.zone.is_some();
    if hour > 12 || !half {
        return None;
    }
    let mut hour = hour as u8;
    if last.hour >= 12 && hour < 12 && hour + 12 <= last.hour {
        hour += 12;
    }
    let point = |clock| Point { when: When::Nothing, part: None, clock: Some(clock) };
    let first = Clock { hour, minute: 0, second: None, zone: last.zone };
    Some(Piece { start: i, end, meaning: Meaning::Range(point(first), point(last)), rule: "time.hour_range", conf: 0.85 })
}

/// Extends a point by a second end, and a range by `from` or `between`.
pub(super) fn extend(r: &Reader<'_>, piece: Piece, floor: usize, point: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Piece {
    let piece = match piece.meaning {
        Meaning::Point(first) => second_end(r, &piece, first, &point).unwrap_or(piece),
        _ => piece,
    };
    let piece = dated(r, piece, point);
    match piece.meaning {
        Meaning::Range(..) => match opener(r, piece.start).filter(|at| *at >= floor) {
            Some(start) => Piece { start, ..piece },
            None => piece,
        },
        _ => piece,
    }
}

/// The day behind a range of clock times: `9 a.m. to 5 p.m. on Friday`.
fn dated(r: &Reader<'_>, piece: Piece, point: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Piece {
    let Meaning::Range(mut first, mut last) = piece.meaning else { return piece };
    if first.when != When::Nothing || last.when != When::Nothing || first.clock.is_none() || last.clock.is_none() {
        return piece;
    }
    let mut at = r.skip_comma(piece.end);
    if r.is(at, "on") && r.joined(at) {
        at += 1;
    }
    let day = if r.joined(at) && !r.touches(at) { point(r, at) } else { None };
    // "9 a.m. – 5 p.m. Saturday:" the next line of a timetable
    let day = day.filter(|found| !r.mark(found.end, ":"));
    let Some((day, found)) = day.and_then(|d| Some((d.as_point()?, d))).filter(|(p, _)| is_day(p) && p.clock.is_none() && p.part.is_none()) else {
        return piece;
    };
    (first.when, last.when) = (day.when, day.when);
    Piece { end: found.end, meaning: Meaning::Range(first, last), rule: "time.clock_range_date", conf: 0.93, ..piece }
}

/// Gives the halves of the day and the zone that one end of a range says to the other: `from 1:30 to 3 p.m.`, `9:00 to 17:00 GMT`.
fn shared(r: &Reader<'_>, from: (usize, usize), to: (usize, usize), first: &mut Clock, last: &mut Clock) {
    let said = |(start, end): (usize, usize)| {
        (start..end).any(|i| matches!(r.word(i), Some((Word::AmPm(_) | Word::Clock(_), _))) || r.core(i).bytes().any(|b| matches!(b, b'm' | b'M')))
    };
    let time = |c: &Clock| (c.hour, c.minute);
    match (said(from), said(to)) {
        (false, true) if last.hour >= 12 && first.hour < 12 && (first.hour + 12, first.minute) < time(last) => first.hour += 12,
        (true, false) if first.hour >= 12 && last.hour < 12 && time(first) < (last.hour + 12, last.minute) => last.hour += 12,
        _ => {}
    }
    if first.zone.is_none() {
        first.zone = last.zone;
    }
}

fn second_end(r: &Reader<'_>, piece: &Piece, first: Point, point: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Option<Piece> {
    if r.possessive(piece.end - 1) {
        return None;
    }
    let opened = opener(r, piece.start).is_some();
    let make = |end, last, rule| Some(Piece { end, meaning: Meaning::Range(first, last), rule, ..*piece });
    let at = connector(r, piece.start, piece.end)?;
    let mut at = at;
    if r.is(at, "the") {
        at += 1;
    }
    let dashed = r.dash(piece.end);
    let years = matches!(first.when, When::Calendar(c) if c.month == 0 && c.weekday == 0);
    if let (true, Some(last)) = (years, year(r, at)) {
        let When::Calendar(c) = first.when else { return None };
        let Year::Given(begin) = c.year else { return None };
        return if last > begin && last - begin < 600 && !r.hyphen(at + 1) {
            make(at + 1, calendar::point(Year::Given(last), 0, 0), "date.year_range")
        } else {
            None
        };
    }
    if let Some((Word::OpenEnd, end)) = r.word(at).filter(|_| !dashed) {
        return make(end, Point::day(When::Open), "date.open_range");
    }
    if let (Some(mut begin), Some((mut last, end))) = (first.clock, clock(r, at)) {
        // "from 4 p.m. today to 5 p.m. tomorrow": each end its day
        if let Some(other) = point(r, at)
            && let Some(last) = other.as_point().filter(|p| p.clock.is_some() && p.when != When::Nothing)
            && first.when != When::Nothing
            && !dashed
        {
            return make(other.end, last, "time.clock_date_range");
        }
        shared(r, (piece.start, piece.end), (at, end), &mut begin, &mut last);
        let first = Point { clock: Some(begin), ..first };
        let meaning = Meaning::Range(first, Point { when: first.when, part: None, clock: Some(last) });
        return Some(Piece { end, meaning, rule: "time.clock_range", ..*piece });
    }
    // "from January 2019 until now"
    if opened && !dashed && r.is(at, "now") && r.joined(at) {
        return make(at + 1, Point::day(When::Open), "date.open_range");
    }
    let other = point(r, at)?;
    let last = other.as_point()?;
    if dashed && r.hyphen(piece.end) != r.touches(at) && !opened && !r.touches(piece.end) && other.conf < 0.9 {
        return None;
    }
    let rule = match (kind(&first)?, kind(&last)?) {
        (a, b) if a == b => RULES[a as usize],
        // "from 2021 to March 2023", "between 3 May and today"
        (1 | 2, 0..=2 | 5) | (0, 1..=2 | 5) | (3 | 5, 0) if opened => "date.mixed_range",
        (0, 5) if !dashed => "date.mixed_range",
        (2, 0..=1) if r.is(piece.end, "through") => "date.mixed_range",
        _ => return None,
    };
    // "12 May 1872 – 3 November 1931": the days of a life, not a time that lasted
    if dashed && lifelong(&first, &last) {
        return None;
    }
    ordered(&first, &last).then(|| make(other.end, last, rule))?
}

/// Two exact days so many years apart that they are a birth and a death.
fn lifelong(first: &Point, last: &Point) -> bool {
    const YEARS: i16 = 15;
    match (first.calendar(), last.calendar()) {
        (Some(Calendar { year: Year::Given(a), day: 1.., .. }), Some(Calendar { year: Year::Given(b), day: 1.., .. })) => b - a >= YEARS,
        _ => false,
    }
}

/// `January–September 2024`, `Nov-Feb 2017`, `from Sept. to Nov. 2023`, `between May and June in 1981`: two months, the year behind.
pub(super) fn months(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let named = |at: usize| match r.word(at) {
        Some((Word::Month { month, abbr }, end)) => Some((month, if abbr { r.skip_point(end) } else { end }, end - 1, abbr)),
        _ => None,
    };
    let (first, end, word, abbr) = named(i)?;
    if r.possessive(word) {
        return None;
    }
    let dashed = r.dash(end);
    let opened = opener(r, i).is_some();
    let at = connector(r, i, end)?;
    let (last, stop, word, _) = named(at).filter(|_| r.joined(at))?;
    let (year, behind) = if r.possessive(word) { (Year::Unknown, stop) } else { year_behind(r, stop) };
    let given = matches!(year, Year::Given(_));
    // Without a year, names of months that are words need "from" or "between".
    if !given && (abbr && !opened || dashed && !(r.touches(end) && r.touches(at)) || !opened && (matches!(first, 3 | 5) || matches!(last, 3 | 5))) {
        return None;
    }
    let end = if given || year != Year::Unknown { behind } else { stop };
    let day_follows = day_of_month(r, end).is_some_and(|(_, next)| r.joined(end) && !r.is_any(next, &["people"]) && !given);
    if day_follows {
        return None;
    }
    let begins = match year {
        Year::Given(y) if last < first => Year::Given(y - 1),
        year => year,
    };
    let meaning = Meaning::Range(calendar::point(begins, first, 0), calendar::point(year, last, 0));
    Some(Piece { start: i, end, meaning, rule: "date.month_range", conf: 0.93 })
}

const RULES: [&str; 6] = ["date.date_range", "date.month_range", "date.year_range", "date.weekday_range", "date.period_range", "date.shift_range"];

/// Which points can be the two ends of one range.
fn kind(point: &Point) -> Option<u8> {
    Some(match point.when {
        When::Calendar(c) if c.day > 0 => 0,
        When::Calendar(c) if c.month > 0 => 1,
        When::Calendar(c) if c.weekday > 0 => 3,
        When::Calendar(_) => 2,
        When::Period { .. } | When::Decade(_) | When::Century(_) | When::Fiscal { .. } => 4,
        When::Shift { unit: Unit::Day, base: Base::Document, .. } | When::Open => 5,
        _ => return None,
    })
}

/// Whether the second end can lie behind the first.
fn ordered(first: &Point, last: &Point) -> bool {
    match (first.calendar(), last.calendar()) {
        (Some(a), Some(b)) => match (a.year, b.year) {
            (Year::Given(x), Year::Given(y)) => (x, a.month, a.day) < (y, if b.month == 0 { 13 } else { b.month }, if b.day == 0 { 32 } else { b.day }),
            _ => true,
        },
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn ranges_of_every_shape() -> Result<(), String> {
        check(&[
            ("2024-10-01", "It runs [date from 18 to 29 November=2024-11-18/2024-11-29] and [date June 4–5, 2026=2026-06-04/2026-06-05]."),
            ("2024-09-18", "[date April 28–May 2, 2023=2023-04-28/2023-05-02]; [date December 29 – January 3, 2024=2023-12-29/2024-01-03]."),
            ("2024-09-18", "[date Between January and March 2024=2024-01/2024-03], [date from Thursday to Friday=2024-09-12/2024-09-13]."),
            ("2024-09-18", "[date From 2021 to date=2021/2024-09-18], [date from May 3 until June 5, 2024=2024-05-03/2024-06-05]."),
        ])
    }
}
