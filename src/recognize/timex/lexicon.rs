//! Words of time expressions: the list's classes as a small enum, resolved once per table.

use crate::gazetteer::{Column, List, Table};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A season of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Where a period lies, seen from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// "last": the one before; with a number the ones up to now.
    Last,
    /// "past": always a length up to now.
    Past,
    /// "previous".
    Previous,
    /// "this", "current".
    This,
    /// "this past".
    ThisPast,
    /// "next", "upcoming".
    Next,
    /// "coming".
    Coming,
    /// "following": after the date before in the text.
    Following,
    /// "same".
    Same,
    /// "that".
    That,
    /// "recent".
    Recent,
    /// "final", "opening": only with a length.
    Edge,
}

/// Direction words behind a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    Ago,
    Earlier,
    Later,
    FromNow,
}

/// The kind of year that "fiscal" and its like make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fiscal {
    /// "fiscal", "FY": from October.
    October,
    /// "financial", "budget": from July.
    July,
    /// "calendar", "academic": counted as the plain year.
    January,
}

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of Greenwich.
    Fixed(i16),
    /// Standard time in minutes east of Greenwich, with the summer time of the United States.
    American(i16),
}

/// A holiday's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// Month and day.
    Fixed(u8, u8),
    /// Days after Easter Sunday.
    Easter(i16),
    /// Month, which one, and which weekday (Monday = 1).
    Nth(u8, u8, u8),
}

/// References that are no dates; only TimeML marks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    Past,
    Present,
    Future,
}

/// What a listed word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month; `abbr` when it is an abbreviation.
    Month {
        month: u8,
        abbr: bool,
    },
    /// A weekday, Monday = 1.
    Weekday {
        day: u8,
        abbr: bool,
    },
    /// "Mondays".
    Weekdays(u8),
    Unit(Unit),
    Units(Unit),
    UnitAbbr(Unit),
    /// "second": an ordinal or a unit.
    Second,
    Half,
    Part(Part),
    /// "noon", "midnight": the hour.
    Clock(u8),
    Season(Season),
    Number(u32),
    Multiplier(u32),
    Vague,
    Ordinal(u8),
    /// "today" and its like: days from the document's.
    Day(i8),
    Tonight,
    Relation(Relation),
    Shift(Shift),
    /// "daily": how many of a unit one period is.
    Set(u8, Unit),
    Every,
    Per,
    Times,
    /// "early", "mid".
    PortionAdjective,
    /// "beginning", "end".
    PortionNoun,
    /// "year-end".
    PortionEnd(Unit),
    Fiscal(Fiscal),
    Decade(i16),
    Era(i8),
    /// "a.m.": the hours to add.
    AmPm(u8),
    OClock,
    Zone(Zone),
    Holiday(Holiday),
    Modifier,
    /// "over": a modifier in some places only.
    Over,
    /// Adjectives between number and unit.
    Between,
    /// Nouns that a number follows ("resolution").
    Numbered,
    /// Nouns that make "today's" a mere reference ("world").
    Generic,
    Reference(Reference),
    /// "to date": an open end.
    OpenEnd,
    /// A class this version does not know.
    Unknown,
}

impl Word {
    /// Whether an expression can be found from this word.
    #[inline]
    pub(super) fn starts(self) -> bool {
        !matches!(
            self,
            Word::Shift(_)
                | Word::Per
                | Word::Times
                | Word::Era(_)
                | Word::AmPm(_)
                | Word::OClock
                | Word::Zone(_)
                | Word::Modifier
                | Word::Over
                | Word::Between
                | Word::Numbered
                | Word::Generic
                | Word::OpenEnd
                | Word::UnitAbbr(_)
                | Word::Unknown
        )
    }

    /// Whether the word may stand behind a number within an expression.
    pub(super) fn follows_number(self) -> bool {
        !matches!(
            self,
            Word::Per
                | Word::Times
                | Word::Numbered
                | Word::Generic
                | Word::Reference(_)
                | Word::Modifier
                | Word::Over
                | Word::Every
                | Word::Set(..)
                | Word::Season(_)
                | Word::Day(_)
                | Word::Tonight
                | Word::PortionAdjective
                | Word::PortionNoun
                | Word::PortionEnd(_)
                | Word::Holiday(_)
                | Word::Weekdays(_)
                | Word::OpenEnd
        )
    }

    fn read(class: &str, value: &str) -> Word {
        let number = || value.parse::<u32>().unwrap_or(0);
        let byte = || value.parse::<u8>().unwrap_or(0);
        match class {
            "month" => Word::Month { month: byte(), abbr: false },
            "month-abbr" => Word::Month { month: byte(), abbr: true },
            "weekday" => Word::Weekday { day: byte(), abbr: false },
            "weekday-abbr" => Word::Weekday { day: byte(), abbr: true },
            "weekdays" => Word::Weekdays(byte()),
            "unit" => Word::Unit(unit(value)),
            "units" => Word::Units(unit(value)),
            "unit-abbr" => Word::UnitAbbr(unit(value)),
            "second" => Word::Second,
            "half" => Word::Half,
            "part" => Word::Part(part(value)),
            "clock" => Word::Clock(value.get(..2).and_then(|v| v.parse().ok()).unwrap_or(0)),
            "season" => Word::Season(season(value)),
            "number" => Word::Number(number()),
            "multiplier" => Word::Multiplier(number()),
            "vague" => Word::Vague,
            "ordinal" => Word::Ordinal(byte()),
            "day" => Word::Day(value.parse().unwrap_or(0)),
            "tonight" => Word::Tonight,
            "relation" => Word::Relation(relation(value)),
            "shift" => Word::Shift(shift(value)),
            "set" => period(value),
            "every" => Word::Every,
            "per" => Word::Per,
            "times" => Word::Times,
            "portion-adj" => Word::PortionAdjective,
            "portion-noun" => Word::PortionNoun,
            "portion-end" => Word::PortionEnd(unit(value)),
            "fiscal" => Word::Fiscal(match value {
                "fiscal" | "FY" => Fiscal::October,
                "financial" => Fiscal::July,
                _ => Fiscal::January,
            }),
            "decade" => Word::Decade(value.parse().unwrap_or(0)),
            "era" => Word::Era(value.parse().unwrap_or(1)),
            "ampm" => Word::AmPm(if value == "pm" { 12 } else { 0 }),
            "oclock" => Word::OClock,
            "zone" => Word::Zone(match value.strip_prefix("US") {
                Some(standard) => Zone::American(standard.parse().unwrap_or(0)),
                None => Zone::Fixed(value.parse().unwrap_or(0)),
            }),
            "holiday" => holiday(value).map_or(Word::Unknown, Word::Holiday),
            "modifier" => Word::Modifier,
            "modifier-over" => Word::Over,
            "between" => Word::Between,
            "numbered" => Word::Numbered,
            "generic" => Word::Generic,
            "past-ref" => Word::Reference(Reference::Past),
            "present-ref" => Word::Reference(Reference::Present),
            "future-ref" => Word::Reference(Reference::Future),
            "open-end" => Word::OpenEnd,
            _ => Word::Unknown,
        }
    }
}

/// The meanings of the list's entries, by entry.
pub(super) fn read(table: &Table<'static>) -> (u32, Vec<Word>) {
    let mut entries = table.entries(List::TimexWords).peekable();
    let first = entries.peek().map_or(0, |entry| entry.0);
    let cell = |entry, column| table.cell(List::TimexWords, entry, column);
    (first, entries.map(|entry| Word::read(cell(entry, Column::Class), cell(entry, Column::Value))).collect())
}

fn unit(value: &str) -> Unit {
    match value {
        "TS" => Unit::Second,
        "TM" => Unit::Minute,
        "TH" => Unit::Hour,
        "WE" => Unit::Weekend,
        "W" => Unit::Week,
        "FN" => Unit::Fortnight,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "Y" => Unit::Year,
        "DE" => Unit::Decade,
        "CE" => Unit::Century,
        "ML" => Unit::Millennium,
        _ => Unit::Day,
    }
}

fn part(value: &str) -> Part {
    match value {
        "MO" => Part::Morning,
        "AF" => Part::Afternoon,
        "EV" => Part::Evening,
        _ => Part::Night,
    }
}

fn season(value: &str) -> Season {
    match value {
        "SP" => Season::Spring,
        "SU" => Season::Summer,
        "FA" => Season::Autumn,
        _ => Season::Winter,
    }
}

fn relation(value: &str) -> Relation {
    match value {
        "last" => Relation::Last,
        "past" => Relation::Past,
        "previous" => Relation::Previous,
        "this" => Relation::This,
        "this-last" => Relation::ThisPast,
        "next" => Relation::Next,
        "coming" => Relation::Coming,
        "following" => Relation::Following,
        "same" => Relation::Same,
        "that" => Relation::That,
        "recent" => Relation::Recent,
        _ => Relation::Edge,
    }
}

fn shift(value: &str) -> Shift {
    match value {
        "ago" => Shift::Ago,
        "earlier" => Shift::Earlier,
        "later" => Shift::Later,
        _ => Shift::FromNow,
    }
}

fn period(value: &str) -> Word {
    let (time, rest) = match value.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('P').unwrap_or(value)),
    };
    let Some((end, _)) = rest.char_indices().last() else { return Word::Unknown };
    let unit = match (&rest[end..], time) {
        ("H", true) => Unit::Hour,
        ("M", true) => Unit::Minute,
        ("W", false) => Unit::Week,
        ("M", false) => Unit::Month,
        ("Y", false) => Unit::Year,
        _ => Unit::Day,
    };
    Word::Set(rest[..end].parse().unwrap_or(1), unit)
}

fn holiday(value: &str) -> Option<Holiday> {
    if let Some(days) = value.strip_prefix("easter") {
        return days.parse().ok().map(Holiday::Easter);
    }
    if let Some(rest) = value.strip_prefix("nth-") {
        let mut parts = rest.split('-').map(str::parse);
        return Some(Holiday::Nth(parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?));
    }
    let (month, day) = value.split_once('-')?;
    Some(Holiday::Fixed(month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_has_a_meaning() -> Result<(), String> {
        let (_, words) = read(&crate::gazetteer::builtin()?);
        assert!(words.len() > 500);
        assert!(words.iter().all(|word| *word != Word::Unknown));
        Ok(())
    }

    #[test]
    fn values_are_read() {
        assert_eq!(Word::read("set", "P3M"), Word::Set(3, Unit::Month));
        assert_eq!(Word::read("set", "PT1H"), Word::Set(1, Unit::Hour));
        assert_eq!(Word::read("holiday", "easter-2"), Word::Holiday(Holiday::Easter(-2)));
        assert_eq!(Word::read("zone", "US-300"), Word::Zone(Zone::American(-300)));
    }
}
