//! From what an expression says to its ISO 8601 value, by calendar arithmetic.

use jiff::ToSpan;
use jiff::civil::Date;

use super::holidays::holiday_in;
use super::lexicon::{Fiscal, Holiday, Season, Unit};
use super::meaning::{Base, Calendar, Period, Point, Toward, When, Year};
use super::tense::Direction;
use super::value::{self, clock_suffix, part_suffix, season_code};
use super::{DocumentDate, TimexAnchor};
use crate::annotation::Grain;

/// A resolved point.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// Its value.
    pub(super) value: String,
    pub(super) grain: Grain,
    /// Its first day, when known.
    pub(super) day: Option<Date>,
    pub(super) anchor: TimexAnchor,
    pub(super) completed: &'static [&'static str],
    /// The weekday that the text gives and the date has not.
    pub(super) wrong_weekday: bool,
}

/// The date before in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    pub(super) day: Date,
    pub(super) grain: Grain,
    pub(super) index: usize,
    /// Whether it stands in the same paragraph.
    pub(super) near: bool,
    /// The token up to which that is known.
    pub(super) seen: usize,
    /// Whether it is the expression before, a few words ahead in the same sentence.
    pub(super) listed: bool,
}

/// What dates are resolved against.
#[derive(Clone, Copy)]
pub(super) struct Anchors<'a> {
    pub(super) document: Option<&'a DocumentDate>,
    /// The document's day; corrected when the text itself numbers "today".
    pub(super) today: Option<Date>,
    pub(super) reference: Option<Reference>,
    pub(super) direction: Direction,
    /// Whether the text so far tells of times long past only, as a life does.
    pub(super) history: bool,
}

pub(super) const NOTHING: &[&str] = &[];
pub(super) const YEAR: &[&str] = &["year"];
pub(super) const ALL: &[&str] = &["year", "month", "day"];

impl Anchors<'_> {
    /// Resolves a point; `near` is the other end of a range, whose year and month may be filled in.
    pub(super) fn point(&self, point: &Point, near: Option<&Resolved>) -> Resolved {
        let mut resolved = self.when(point.when, near);
        if let Some(part) = point.part {
            resolved = with_suffix(resolved, part_suffix(part), Grain::PartOfDay);
        }
        if let Some(clock) = point.clock {
            let mut suffix = String::new();
            let grain = clock_suffix(&clock, resolved.day, &mut suffix);
            resolved = if clock.hour == u8::MAX { Resolved { value: resolved.value + &suffix, ..resolved } } else { with_suffix(resolved, &suffix, grain) };
        }
        resolved
    }

    fn when(&self, when: When, near: Option<&Resolved>) -> Resolved {
        match when {
            When::Nothing => near
                .map_or_else(|| self.same_day(), |n| Resolved { value: n.value.split('T').next().unwrap_or_default().to_owned(), completed: ALL, ..n.clone() }),
            When::Calendar(calendar) => self.calendar(calendar, near),
            When::Period { year, period, toward } => self.period(year, period, toward, near),
            When::Fiscal { year, kind } => self.fiscal(year, kind),
            When::Shift { base, unit, by } => self.shift(base, unit, by),
            When::Decade(decade) => known(format!("{decade:03}"), Grain::Decade, date(decade * 10, 1, 1)),
            When::Century(n) if n < 0 => known(format!("BC{:02}", -n), Grain::Century, None),
            When::Century(n) => known(format!("{n:02}"), Grain::Century, date(n * 100, 1, 1)),
            When::Historic(year) if year < 0 => known(format!("BC{:04}", -year), Grain::Year, None),
            When::Historic(year) => known(value::date(year, 0, 0), Grain::Year, date(year, 1, 1)),
            When::Holiday { holiday, year, toward } => self.holiday(holiday, year, toward),
            When::DayOfMonth(day) => self.day_of_month(day),
            When::InMonth { by, day } => self.in_month(by, day),
            When::Nth { n, of, year, month } => self.nth(n, of, year, month),
            When::Weekend => self.weekend(),
            When::Open => self.shift(Base::Document, Unit::Day, 0),
        }
    }

    /// The day of the date before, for a time of day that stands alone.
    fn same_day(&self) -> Resolved {
        match self.reference.filter(|r| r.grain <= Grain::Day) {
            Some(reference) => {
                Resolved { anchor: TimexAnchor::Timex(reference.index), completed: ALL, ..known(value::day(reference.day), Grain::Day, Some(reference.day)) }
            }
            None => unknown("XXXX-XX-XX".to_owned(), Grain::Day),
        }
    }

    pub(super) fn by_document(&self, value: String, grain: Grain, day: Option<Date>, completed: &'static [&'static str]) -> Resolved {
        Resolved { value, grain, day, anchor: TimexAnchor::Document, completed, wrong_weekday: false }
    }

    pub(super) fn year(&self, year: Year) -> Option<(i16, TimexAnchor)> {
        match year {
            Year::Given(year) => Some((year, TimexAnchor::Itself)),
            Year::Shift(by) => self.today.map(|t| (t.year() + i16::from(by), TimexAnchor::Document)),
            Year::Same => match self.reference {
                Some(r) => Some((r.day.year(), TimexAnchor::Timex(r.index))),
                None => self.today.map(|t| (t.year(), TimexAnchor::Document)),
            },
            Year::Unknown => None,
        }
    }

    pub(super) fn calendar(&self, c: Calendar, near: Option<&Resolved>) -> Resolved {
        if c.month == 0 && c.day == 0 && c.weekday > 0 {
            return self.weekday(c, near);
        }
        if c.month == 0 && c.day > 0 {
            return self.numbered_weekday(c);
        }
        if let Some((year, anchor)) = self.year(c.year) {
            let completed = if anchor == TimexAnchor::Itself { NOTHING } else { YEAR };
            return checked(Resolved { anchor, completed, ..ymd(year, c.month, c.day) }, c.weekday);
        }
        if let Some(other) = near.and_then(|n| n.day.map(|d| (d, n.anchor, n.grain))).filter(|o| o.2 != Grain::Year) {
            // The other end gives the year; a range runs forward.
            let (day, anchor, _) = other;
            let year = if c.month < day.month() as u8 { day.year() + 1 } else { day.year() };
            return checked(Resolved { anchor, completed: YEAR, ..ymd(year, c.month, c.day) }, c.weekday);
        }
        let Some(today) = self.today else {
            let value = if c.day > 0 { format!("XXXX-{:02}-{:02}", c.month, c.day) } else { format!("XXXX-{:02}", c.month) };
            return unknown(value, if c.day > 0 { Grain::Day } else { Grain::Month });
        };
        if let Some(told) = self.told().filter(|r| r.day.year() < today.year() - 1) {
            let anchor = TimexAnchor::Timex(told.index);
            let year = match c.toward {
                Toward::Open => told.day.year(),
                _ => self.year_seen_from(told.day, c),
            };
            return checked(Resolved { anchor, completed: YEAR, ..ymd(year, c.month, c.day) }, c.weekday);
        }
        let year = self.year_seen_from(today, c);
        checked(Resolved { anchor: TimexAnchor::Document, completed: YEAR, ..ymd(year, c.month, c.day) }, c.weekday)
    }

    /// The date before, where a story of an earlier year is told: a day or month in the same paragraph, no time ahead meant.
    /// In a history it may stand further up, and the time ahead is that of the story.
    fn told(&self) -> Option<Reference> {
        self.reference.filter(|r| r.grain <= Grain::Month && (self.history || r.near && !self.direction.ahead()))
    }

    fn year_seen_from(&self, today: Date, c: Calendar) -> i16 {
        if c.day > 0 { self.year_of_day(today, c) } else { self.year_of_month(today, c) }
    }

    /// The year of a month and day: the nearest one, moved by tense and by a weekday that must agree.
    fn year_of_day(&self, today: Date, c: Calendar) -> i16 {
        let year = today.year();
        let days = |y: i16| date(y, c.month as i8, c.day as i8).map(|d| days_between(today, d));
        if c.weekday > 0 {
            let fits = |y: &i16| date(*y, c.month as i8, c.day as i8).is_some_and(|d| weekday_of(d) == c.weekday);
            if let Some(y) = [year, year - 1, year + 1].iter().find(|y| fits(y)) {
                return *y;
            }
        }
        let here = days(year).unwrap_or(0);
        match c.toward {
            Toward::Last if here >= 0 => return year - 1,
            Toward::Next if here <= 0 => return year + 1,
            Toward::Last | Toward::Next | Toward::This => return year,
            Toward::Open => {}
        }
        match self.direction {
            Direction::Past if here > 45 => year - 1,
            d if d.ahead() && here < -92 => year + 1,
            Direction::Past if here < 0 => year,
            d if here > 183 && !d.ahead() => year - 1,
            _ if here < -300 => year + 1,
            _ => year,
        }
    }

    /// The year of a bare month: this year's if past or now, else last year's, unless the future is meant.
    fn year_of_month(&self, today: Date, c: Calendar) -> i16 {
        let (year, now, month) = (today.year(), today.month(), c.month as i8);
        match c.toward {
            Toward::Last => return if month < now { year } else { year - 1 },
            Toward::Next => return if month > now { year } else { year + 1 },
            Toward::This => return year,
            Toward::Open => {}
        }
        // "in November, Rome in December, Oslo in February": a list runs on
        if let Some(before) = self.reference.filter(|r| r.listed && r.grain == Grain::Month && r.day > today)
            && self.direction != Direction::Past
            && (month - before.day.month()).rem_euclid(12) <= 6
        {
            return before.day.year() + i16::from(month < before.day.month());
        }
        match self.direction {
            Direction::Future if month < now => year + 1,
            Direction::Due if month < now - 3 => year + 1,
            Direction::Unknown if now >= 11 && month <= 2 => year + 1,
            Direction::Past if month > now => year - 1,
            _ if month - now > 6 => year - 1,
            _ => year,
        }
    }

    /// The weekday nearest to the document's day on the side that is meant, its own day included.
    fn weekday(&self, c: Calendar, near: Option<&Resolved>) -> Resolved {
        if let Some((begin, anchor)) = near.and_then(|n| n.day.map(|d| (d, n.anchor))) {
            let ahead = (i64::from(c.weekday) - i64::from(weekday_of(begin))).rem_euclid(7);
            return self.moved(begin, ahead, anchor);
        }
        let Some(today) = self.today else { return unknown(format!("XXXX-WXX-{}", c.weekday), Grain::Day) };
        let back = (i64::from(weekday_of(today)) - i64::from(c.weekday)).rem_euclid(7);
        let by = match (c.toward, self.direction) {
            (Toward::Last, _) => -(if back == 0 { 7 } else { back }),
            (Toward::Next, _) => 7 - back,
            (Toward::This, Direction::Past) => -back,
            (Toward::This, _) | (Toward::Open, Direction::Future | Direction::Due) => (7 - back) % 7,
            (Toward::Open, _) => -back,
        };
        self.moved(today, by, TimexAnchor::Document)
    }

    fn moved(&self, from: Date, by: i64, anchor: TimexAnchor) -> Resolved {
        match from.checked_add(by.days()) {
            Ok(day) => Resolved { value: value::day(day), grain: Grain::Day, day: Some(day), anchor, completed: ALL, wrong_weekday: false },
            Err(_) => unknown("XXXX-XX-XX".to_owned(), Grain::Day),
        }
    }

    fn day_of_month(&self, day: u8) -> Resolved {
        let Some(today) = self.today else { return unknown(format!("XXXX-XX-{day:02}"), Grain::Day) };
        match nearest_day(today, day) {
            Some(found) => self.by_document(value::day(found), Grain::Day, Some(found), &["year", "month"]),
            None => unknown(format!("XXXX-XX-{day:02}"), Grain::Day),
        }
    }

    fn period(&self, year: Year, period: Period, toward: Toward, near: Option<&Resolved>) -> Resolved {
        let grain = match period {
            Period::Quarter(_) => Grain::Quarter,
            Period::Half(_) => Grain::Half,
            Period::Season(_) => Grain::Season,
            Period::FirstMonths(_) => Grain::Month,
        };
        let write = |year: &str| match period {
            Period::Quarter(n) => format!("{year}-Q{n}"),
            Period::Half(n) => format!("{year}-H{n}"),
            Period::Season(s) => format!("{year}-{}", season_code(s)),
            Period::FirstMonths(n) => format!("{year}-01/{year}-{n:02}"),
        };
        let first = match period {
            Period::Quarter(n) => 3 * (n as i8) - 2,
            Period::Half(n) => 6 * (n as i8) - 5,
            Period::Season(s) => season_month(s),
            Period::FirstMonths(_) => 1,
        };
        if let (Year::Same, Toward::Next, Some(told)) = (year, toward, self.reference) {
            let year = self.period_year(told.day, period, first, toward);
            return Resolved { anchor: TimexAnchor::Timex(told.index), completed: YEAR, ..known(write(&value::date(year, 0, 0)), grain, date(year, first, 1)) };
        }
        let (year, anchor) = match (self.year(year), near.and_then(|n| n.day.map(|d| (d.year(), n.anchor))), self.today) {
            (Some(found), _, _) | (None, Some(found), _) => found,
            (None, None, Some(today)) => (self.period_year(today, period, first, toward), TimexAnchor::Document),
            _ => return unknown(write("XXXX"), grain),
        };
        let completed = if anchor == TimexAnchor::Itself { NOTHING } else { YEAR };
        Resolved { value: write(&value::date(year, 0, 0)), grain, day: date(year, first, 1), anchor, completed, wrong_weekday: false }
    }

    fn period_year(&self, today: Date, period: Period, first: i8, toward: Toward) -> i16 {
        let year = today.year();
        let now = match period {
            // January belongs to a winter that began before the year's other seasons.
            Period::Season(_) if today.month() <= 2 => 0,
            Period::Season(_) => season_month(season_of(today)),
            _ => today.month(),
        };
        match toward {
            Toward::This => year,
            Toward::Last => {
                if first < now && first > 1 {
                    year
                } else {
                    year - 1
                }
            }
            Toward::Next => {
                if first > now {
                    year
                } else {
                    year + 1
                }
            }
            Toward::Open => match self.direction {
                Direction::Future if first < now => year + 1,
                Direction::Due if first < now - 3 => year + 1,
                Direction::Past if first > now => year - 1,
                Direction::Unknown if first > now + 3 => year - 1,
                _ => year,
            },
        }
    }

    fn fiscal(&self, year: Year, kind: Fiscal) -> Resolved {
        let write = |y: i16| format!("FY{y:04}");
        match (year, self.today) {
            (Year::Given(y), _) => known(write(y), Grain::Year, date(y, 1, 1)),
            (Year::Shift(by), Some(today)) => {
                // Named after the year in which it ends.
                let starts = if kind == Fiscal::July { 7 } else { 10 };
                let current = today.year() + i16::from(today.month() >= starts) + i16::from(by);
                self.by_document(write(current), Grain::Year, date(current, 1, 1), YEAR)
            }
            _ => unknown("FYXXXX".to_owned(), Grain::Year),
        }
    }

    fn shift(&self, base: Base, unit: Unit, by: i32) -> Resolved {
        let by_text = if base == Base::Text { self.reference.filter(|r| r.grain <= grain_of(unit) || r.grain <= Grain::Day) } else { None };
        let (from, anchor) = match (by_text, self.today) {
            (Some(reference), _) => (reference.day, TimexAnchor::Timex(reference.index)),
            (None, Some(today)) => (today, TimexAnchor::Document),
            _ => return unknown(unknown_value(unit), grain_of(unit)),
        };
        let exact = anchor != TimexAnchor::Document || self.document.is_none_or(|d| d.grain <= Grain::Day);
        let by = i64::from(by);
        let days = |n: i64| jiff::Span::new().try_days(n);
        let months = |n: i64| jiff::Span::new().try_months(n);
        let years = |n: i64| jiff::Span::new().try_years(n);
        // A length beyond the calendar ("20,000 years ago") has no date.
        let span = match unit {
            Unit::Week | Unit::Weekend => days(7 * by),
            Unit::Month => months(by),
            Unit::Quarter => months(3 * by),
            Unit::Year => years(by),
            Unit::Decade => years(10 * by),
            Unit::Century => years(100 * by),
            _ => days(by),
        };
        let moved = span.and_then(|span| from.checked_add(span));
        let Ok(day) = moved else { return unknown(unknown_value(unit), grain_of(unit)) };
        // "Profit in the third quarter rose from a year earlier": a quarter is meant
        let quarterly = unit == Unit::Year && by_text.is_some_and(|r| r.near && r.grain == Grain::Quarter);
        let unit = if quarterly { Unit::Quarter } else { unit };
        let weekly = by_text.is_some_and(|r| r.grain <= Grain::Day) && unit == Unit::Week && by.abs() > 1;
        let (value, first) = if weekly { (value::day(day), Some(day)) } else { period_value(unit, day, exact) };
        let grain = if weekly { Grain::Day } else { grain_of(unit) };
        Resolved { value, grain, day: first, anchor, completed: NOTHING, wrong_weekday: false }
    }

    fn holiday(&self, holiday: Holiday, year: Year, toward: Toward) -> Resolved {
        if let Some((year, anchor)) = self.year(year) {
            return match holiday_in(holiday, year) {
                Some(day) => Resolved { anchor, ..known(value::day(day), Grain::Day, Some(day)) },
                None => unknown(format!("{year:04}-XX-XX"), Grain::Day),
            };
        }
        let Some(today) = self.today else {
            let value = match holiday {
                Holiday::Fixed(month, day) => format!("XXXX-{month:02}-{day:02}"),
                _ => "XXXX-XX-XX".to_owned(),
            };
            return unknown(value, Grain::Day);
        };
        let years = [today.year() - 1, today.year(), today.year() + 1];
        let mut days = years.iter().filter_map(|y| holiday_in(holiday, *y));
        let found = match toward {
            Toward::Last => days.rfind(|d| *d < today),
            Toward::Next => days.find(|d| *d > today),
            _ => days.min_by_key(|d| days_between(today, *d).abs()),
        };
        match found {
            Some(day) => self.by_document(value::day(day), Grain::Day, Some(day), YEAR),
            None => unknown("XXXX-XX-XX".to_owned(), Grain::Day),
        }
    }
}

pub(super) fn known(value: String, grain: Grain, day: Option<Date>) -> Resolved {
    Resolved { value, grain, day, anchor: TimexAnchor::Itself, completed: NOTHING, wrong_weekday: false }
}

pub(super) fn unknown(value: String, grain: Grain) -> Resolved {
    Resolved { value, grain, day: None, anchor: TimexAnchor::None, completed: NOTHING, wrong_weekday: false }
}

/// A date of year, month and day; 0 for what is not said.
pub(super) fn ymd(year: i16, month: u8, day: u8) -> Resolved {
    let (m, d) = (month as i8, day as i8);
    match (month, day) {
        (0, _) => known(value::date(year, 0, 0), Grain::Year, date(year, 1, 1)),
        (_, 0) => known(value::date(year, month, 0), Grain::Month, date(year, m, 1)),
        _ => known(value::date(year, month, day), Grain::Day, date(year, m, d)),
    }
}

fn checked(mut resolved: Resolved, weekday: u8) -> Resolved {
    resolved.wrong_weekday = weekday > 0 && resolved.day.is_some_and(|d| resolved.grain == Grain::Day && weekday_of(d) != weekday);
    resolved
}

fn with_suffix(resolved: Resolved, suffix: &str, grain: Grain) -> Resolved {
    Resolved { value: resolved.value + suffix, grain, ..resolved }
}

pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Monday = 1.
pub(super) fn weekday_of(day: Date) -> u8 {
    day.weekday().to_monday_one_offset() as u8
}

/// The day numbered `day` that lies nearest to `today`, at most half a month away.
pub(super) fn nearest_day(today: Date, day: u8) -> Option<Date> {
    [-1i64, 0, 1]
        .iter()
        .filter_map(|m| today.first_of_month().checked_add(m.months()).ok())
        .filter_map(|first| date(first.year(), first.month(), day as i8))
        .min_by_key(|d| days_between(today, *d).abs())
}

pub(super) fn grain_of(unit: Unit) -> Grain {
    match unit {
        Unit::Second => Grain::Second,
        Unit::Minute => Grain::Minute,
        Unit::Hour => Grain::Hour,
        Unit::Day => Grain::Day,
        Unit::Weekend => Grain::Weekend,
        Unit::Week | Unit::Fortnight => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Year => Grain::Year,
        Unit::Decade => Grain::Decade,
        Unit::Century | Unit::Millennium => Grain::Century,
    }
}

pub(super) fn unknown_value(unit: Unit) -> String {
    match unit {
        Unit::Year | Unit::Decade | Unit::Century => "XXXX",
        Unit::Month => "XXXX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Quarter => "XXXX-QX",
        _ => "XXXX-XX-XX",
    }
    .to_owned()
}

/// The period of `unit` that holds `day`, and its first day. Without an exact day finer periods stay open.
pub(super) fn period_value(unit: Unit, day: Date, exact: bool) -> (String, Option<Date>) {
    let year = day.year();
    let week = || {
        let iso = day.iso_week_date();
        (format!("{:04}-W{:02}", iso.year(), iso.week()), day.checked_sub((i64::from(weekday_of(day)) - 1).days()).ok())
    };
    match unit {
        Unit::Year => (value::date(year, 0, 0), date(year, 1, 1)),
        Unit::Month => (value::date(year, day.month() as u8, 0), Some(day.first_of_month())),
        Unit::Quarter => (format!("{year:04}-Q{}", (day.month() + 2) / 3), date(year, (day.month() - 1) / 3 * 3 + 1, 1)),
        Unit::Decade => (format!("{:03}", year / 10), date(year / 10 * 10, 1, 1)),
        Unit::Century | Unit::Millennium => (format!("{:02}", year / 100), date(year / 100 * 100, 1, 1)),
        _ if !exact => (format!("{year:04}-{:02}-XX", day.month()), None),
        Unit::Week | Unit::Fortnight => week(),
        Unit::Weekend => {
            let (value, first) = week();
            (value + "-WE", first.and_then(|f| f.checked_add(5.days()).ok()))
        }
        _ => (value::day(day), Some(day)),
    }
}

fn season_month(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

fn season_of(day: Date) -> Season {
    match day.month() {
        3..=5 => Season::Spring,
        6..=8 => Season::Summer,
        9..=11 => Season::Autumn,
        _ => Season::Winter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbered_day_is_the_nearest() {
        let near = |y, m, d, n| date(y, m, d).and_then(|t| nearest_day(t, n)).map(|d| d.to_string());
        assert_eq!(near(2025, 1, 17, 16).as_deref(), Some("2025-01-16"));
        assert_eq!(near(2025, 2, 1, 31).as_deref(), Some("2025-01-31"));
        assert_eq!(near(2024, 12, 31, 1).as_deref(), Some("2025-01-01"));
    }
}
