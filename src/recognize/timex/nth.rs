//! Days, weeks, months and weekdays counted within a month or year: `first week of October 2024`, `last Monday of May`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::TimexAnchor;
use super::calendar::year_behind;
use super::cues::Cue;
use super::lexicon::{Relation, Unit, Word};
use super::meaning::{Calendar, Meaning, NthOf, Piece, Point, Toward, When, Year};
use super::number::{day_of_month, ordinal, year};
use super::periods::year_of;
use super::reader::Reader;
use super::resolve::{ALL, Anchors, NOTHING, Resolved, YEAR, date, days_between, period_value, unknown, weekday_of, ymd};
use super::tense::Direction;
use super::value;
use crate::annotation::Grain;

/// `first week of October 2024`, `third week of next year`, `9th month of 2021`, `last Monday of May`, `last day of 2023`.
pub(super) fn nth(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (n, end) = match r.word(i) {
        Some((Word::Relation(Relation::Last | Relation::Edge), end)) => (0, end),
        _ => ordinal(r, i)?,
    };
    let (of, next) = match r.next_word(end)? {
        (Word::Unit(Unit::Day), next) => (NthOf::Day, next),
        (Word::Unit(Unit::Week), next) => (NthOf::Week, next),
        (Word::Unit(Unit::Month), next) => (NthOf::Month, next),
        (Word::Weekday { day, abbr: false }, next) => (NthOf::Weekday(day), next),
        _ => return None,
    };
    let highest = match of {
        NthOf::Day => 31,
        NthOf::Week => 53,
        NthOf::Month => 12,
        NthOf::Weekday(_) => 5,
    };
    // "The Last Day of the Year" is a title
    let title = !matches!(of, NthOf::Weekday(_)) && r.capital(end);
    if n > highest || title || r.possessive(next - 1) {
        return None;
    }
    let linked = r.is_any(next, &["of", "in"]) && r.joined(next);
    let (year, month, stop) = whole(r, next, linked)?;
    let fits = match of {
        NthOf::Month => month == 0,
        NthOf::Week => month == 0 || n <= 5,
        NthOf::Day => month > 0 || linked && year != Year::Unknown && (n == 0 || n == 1),
        NthOf::Weekday(_) => month > 0 && linked,
    };
    fits.then(|| Piece::day(i, stop, When::Nth { n, of, year, month }, "date.nth", 0.92))
}

/// The month and year that `of` leads to: `October 2024`, `2024`, `this month`, `next year`.
fn whole(r: &Reader<'_>, next: usize, linked: bool) -> Option<(Year, u8, usize)> {
    let at = next + usize::from(linked);
    if linked && let Some((Word::Month { month, abbr }, end)) = r.next_word(at) {
        let end = if abbr { r.skip_point(end) } else { end };
        let (year, stop) = year_behind(r, end);
        return (!r.possessive(end - 1)).then_some((year, month, stop));
    }
    let (found, stop) = year_of(r, next);
    (found != Year::Unknown && (linked || !matches!(found, Year::Given(_)))).then_some((found, 0, stop))
}

/// `31st of this month`, `26th day of the month`, `from 4 to 22 of next month`.
pub(super) fn in_month(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (day, end) = day_of_month(r, i)?;
    let point = |by, day| Point::day(When::InMonth { by, day });
    let and = r.is(end, "and") && r.before_is_any(i, &["between"]);
    if let Some(linked) = (and || r.dash(end) || r.is_any(end, &["to", "until", "till", "through"])).then_some(end + 1)
        && r.joined(end)
        && r.joined(linked)
        && let Some((last, stop)) = day_of_month(r, linked)
        && last > day
        && let Some((by, stop)) = month(r, stop)
    {
        return Some(Piece { start: i, end: stop, meaning: Meaning::Range(point(by, day), point(by, last)), rule: "date.days_in_month", conf: 0.9 });
    }
    let end = if r.is(end, "day") && r.joined(end) { end + 1 } else { end };
    if !r.is(end, "of") {
        return None;
    }
    let (by, stop) = month(r, end)?;
    Some(Piece::day(i, stop, When::InMonth { by, day }, "date.day_in_month", 0.92))
}

/// `of this month`, `next month`, `of the month`: how many months from the document's.
fn month(r: &Reader<'_>, i: usize) -> Option<(i8, usize)> {
    let of = r.is_any(i, &["of", "in"]) && r.joined(i);
    let at = i + usize::from(of);
    let the = r.is(at, "the") && r.joined(at);
    let at = at + usize::from(the);
    let (by, unit) = match r.next_word(at)? {
        (Word::Relation(Relation::This), next) => (0, next),
        (Word::Relation(Relation::Next | Relation::Coming), next) => (1, next),
        (Word::Relation(Relation::Last | Relation::Previous), next) => (-1, next),
        (Word::Unit(Unit::Month), _) if of && the => (0, at),
        _ => return None,
    };
    match r.next_word(unit)? {
        (Word::Unit(Unit::Month), stop) => Some((by, stop)),
        _ => None,
    }
}

/// `Friday the 13th`, `Wednesday 23rd`: a weekday and the day of a month that is not said.
pub(super) fn numbered_weekday(r: &Reader<'_>, i: usize, weekday: u8, at: usize) -> Option<Piece> {
    let the = r.is(at, "the") && r.joined(at);
    let at = at + usize::from(the);
    if !r.joined(at) || r.digits(at).is_some() {
        return None;
    }
    let (day, end) = day_of_month(r, at)?;
    let word = r.token(at).is_some_and(|t| t.kind == crate::token::Kind::Word);
    // "On Monday the third report came": an adjective
    let closes = !r.joined(end) || r.tokens[end].kind == crate::token::Kind::Punctuation || r.cue(end, Cue::WeekdayDayEnd);
    if !closes || word && !the || r.hyphen(end) || year(r, end).is_some() {
        return None;
    }
    let calendar = Calendar { day, weekday, ..Calendar::EMPTY };
    Some(Piece::day(i, end, When::Calendar(calendar), "date.weekday_day", 0.9))
}

impl Anchors<'_> {
    /// The day of a month so many months from the document's.
    pub(super) fn in_month(&self, by: i8, day: u8) -> Resolved {
        let found = self.today.and_then(|t| t.first_of_month().checked_add(i64::from(by).months()).ok());
        match found.and_then(|first| date(first.year(), first.month(), day as i8)) {
            Some(found) => self.by_document(value::day(found), Grain::Day, Some(found), &["year", "month"]),
            None => unknown(format!("XXXX-XX-{day:02}"), Grain::Day),
        }
    }

    /// The weekend that is meant: the document's own, the coming one where the text looks ahead, else the last.
    pub(super) fn weekend(&self) -> Resolved {
        let Some(today) = self.today else { return unknown("XXXX-WXX-WE".to_owned(), Grain::Weekend) };
        let ahead = self.direction == Direction::Future || self.direction == Direction::Due;
        let by = if weekday_of(today) >= 6 || ahead { 0i64 } else { -7 };
        let Ok(day) = today.checked_add(by.days()) else { return unknown("XXXX-WXX-WE".to_owned(), Grain::Weekend) };
        let (value, first) = period_value(Unit::Weekend, day, true);
        self.by_document(value, Grain::Weekend, first, ALL)
    }

    /// A weekday with the day of an unsaid month: the nearest date that has both.
    pub(super) fn numbered_weekday(&self, c: Calendar) -> Resolved {
        let value = format!("XXXX-XX-{:02}", c.day);
        let Some(today) = self.today else { return unknown(value, Grain::Day) };
        let days = (-12..=12i64)
            .filter_map(|m| today.first_of_month().checked_add(m.months()).ok())
            .filter_map(|first| date(first.year(), first.month(), c.day as i8))
            .filter(|d| weekday_of(*d) == c.weekday);
        let day = days.min_by_key(|d| {
            let away = days_between(today, *d);
            if self.direction.ahead() && away < 0 { 400 - away } else { away.abs() }
        });
        match day {
            Some(day) => self.by_document(value::day(day), Grain::Day, Some(day), &["year", "month"]),
            None => unknown(value, Grain::Day),
        }
    }

    /// The n-th day, week, month or weekday of a year or month; 0 stands for the last.
    pub(super) fn nth(&self, n: u8, of: NthOf, year: Year, month: u8) -> Resolved {
        let whole = match (self.year(year), month) {
            (Some((year, anchor)), _) => Resolved { anchor, completed: if anchor == TimexAnchor::Itself { NOTHING } else { YEAR }, ..ymd(year, month, 0) },
            (None, 1..) => self.calendar(Calendar { month, toward: Toward::Open, ..Calendar::EMPTY }, None),
            _ => unknown("XXXX".to_owned(), Grain::Year),
        };
        let grain = match of {
            NthOf::Day | NthOf::Weekday(_) => Grain::Day,
            NthOf::Week => Grain::Week,
            NthOf::Month => Grain::Month,
        };
        let found = whole.day.and_then(|first| nth_in(n, of, first, month > 0));
        match found {
            Some(day) => {
                let (value, first) = match of {
                    NthOf::Day | NthOf::Weekday(_) => (value::day(day), Some(day)),
                    NthOf::Week => period_value(Unit::Week, day, true),
                    NthOf::Month => period_value(Unit::Month, day, true),
                };
                Resolved { value, grain, day: first, ..whole }
            }
            None => unknown(whole.value, grain),
        }
    }
}

/// A day within the n-th part of the month or year that begins with `first`.
fn nth_in(n: u8, of: NthOf, first: Date, month: bool) -> Option<Date> {
    let last = if month { first.last_of_month() } else { first.last_of_year() };
    let back = i64::from(n.max(1)) - 1;
    let found = match (of, n) {
        (NthOf::Day, 0) => last,
        (NthOf::Day, _) => first.checked_add(back.days()).ok()?,
        (NthOf::Month, 0) => last,
        (NthOf::Month, _) => first.checked_add(back.months()).ok()?,
        // A week belongs to the month or year that holds its Thursday.
        (NthOf::Week, 0) => last.nth_weekday(-1, jiff::civil::Weekday::Thursday).ok().filter(|_| weekday_of(last) != 4).unwrap_or(last),
        (NthOf::Week, _) => {
            let ahead = (4 - i64::from(weekday_of(first))).rem_euclid(7);
            first.checked_add((ahead + 7 * back).days()).ok()?
        }
        (NthOf::Weekday(day), 0) => {
            let behind = (i64::from(weekday_of(last)) - i64::from(day)).rem_euclid(7);
            last.checked_sub(behind.days()).ok()?
        }
        (NthOf::Weekday(day), _) => {
            let ahead = (i64::from(day) - i64::from(weekday_of(first))).rem_euclid(7);
            first.checked_add((ahead + 7 * back).days()).ok()?
        }
    };
    (found <= last).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn parts_of_months_and_years() -> Result<(), String> {
        check(&[
            ("2024-09-18", "It closed in the [date first week of October 2023=2023-W40] and the [date last week of 2022=2022-W52]."),
            ("2024-09-18", "They met on the [date second Sunday of May=2024-05-12], the [date last Monday of March 2023=2023-03-27]."),
            (
                "2024-09-18",
                "By the [date 30th of this month=2024-09-30], on the [date 3rd of next month=2024-10-03]; open [date from 4 to 22 of this month=2024-09-04/2024-09-22].",
            ),
            ("2024-09-18", "It fell on [date Friday the 13th=2024-09-13]. On [date Monday=2024-09-16] the third report came."),
            ("2024-09-18", "It rained over the [date weekend=2024-W37-WE]."),
        ])
    }
}
