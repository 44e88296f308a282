//! What an expression says, before it is resolved against a date.

use super::lexicon::{Fiscal, Holiday, Part, Reference, Season, Unit, Zone};
use super::number::Amount;

/// A year as the text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Unknown,
    /// "2024".
    Given(i16),
    /// "last year" behind a date: years from the document's.
    Shift(i8),
    /// "of the same year": the year of the date before in the text.
    Same,
}

/// Which of the recurring periods is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// Not said: tense and nearness decide.
    Open,
    /// "last Monday".
    Last,
    /// "this Monday".
    This,
    /// "next Monday".
    Next,
}

/// A date by calendar; 0 stands for what is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) year: Year,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) weekday: u8,
    pub(super) toward: Toward,
}

impl Calendar {
    /// Nothing said yet.
    pub(super) const EMPTY: Calendar = Calendar { year: Year::Unknown, month: 0, day: 0, weekday: 0, toward: Toward::Open };
}

/// A part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Quarter(u8),
    Half(u8),
    Season(Season),
    /// "first nine months".
    FirstMonths(u8),
}

/// What is counted within a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NthOf {
    Day,
    Week,
    Month,
    /// Monday = 1.
    Weekday(u8),
}

/// From where a shift is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// The document's date.
    Document,
    /// The date before in the text.
    Text,
}

/// Which day or longer time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Only the time of day is said.
    Nothing,
    Calendar(Calendar),
    Period {
        year: Year,
        period: Period,
        toward: Toward,
    },
    Fiscal {
        year: Year,
        kind: Fiscal,
    },
    Shift {
        base: Base,
        unit: Unit,
        by: i32,
    },
    /// 199 for the 1990s.
    Decade(i16),
    /// 19 for the 20th century; negative before Christ.
    Century(i16),
    /// A year before Christ or a short one.
    Historic(i16),
    Holiday {
        holiday: Holiday,
        year: Year,
        toward: Toward,
    },
    /// "(02)" behind "today": the day of the month.
    DayOfMonth(u8),
    /// "the 31st of this month": months from the document's, and the day.
    InMonth {
        by: i8,
        day: u8,
    },
    /// "first week of October 2024", "last Monday of May"; the last one has number 0.
    Nth {
        n: u8,
        of: NthOf,
        year: Year,
        month: u8,
    },
    /// "over the weekend".
    Weekend,
    /// "to date".
    Open,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
    pub(super) zone: Option<Zone>,
}

/// A point in time of any grain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) when: When,
    pub(super) part: Option<Part>,
    pub(super) clock: Option<Clock>,
}

impl Point {
    /// The point without a time of day.
    pub(super) fn day(when: When) -> Point {
        Point { when, part: None, clock: None }
    }

    /// The calendar date, if it is one.
    pub(super) fn calendar(&self) -> Option<Calendar> {
        match self.when {
            When::Calendar(calendar) => Some(calendar),
            _ => None,
        }
    }
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    /// "and six months".
    pub(super) extra: Option<(Amount, Unit)>,
    /// "and two days" behind that.
    pub(super) third: Option<(Amount, Unit)>,
}

impl Length {
    /// A length in one unit.
    pub(super) fn of(amount: Amount, unit: Unit) -> Length {
        Length { amount, unit, extra: None, third: None }
    }
}

/// What recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Once in this length.
    Every(u32, Unit),
    /// Every such weekday, perhaps at a part of the day.
    Weekday(u8, Option<Part>),
    /// Every such part of the day.
    Part(Part),
    /// Every such month.
    Month(u8),
    /// Every such season.
    Season(Season),
    /// Every day, or every such weekday, at a clock time.
    At(Option<u8>, Clock),
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Point(Point),
    Range(Point, Point),
    /// "two weeks before Christmas": so many units before (negative) or after a point.
    Offset(i32, Unit, Point),
    Length(Length),
    /// "two to three months": both amounts of one unit.
    Lengths(Amount, Amount, Unit),
    Repeat(Repeat),
    Reference(Reference),
}

/// An expression in the tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// First token.
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    /// The rule that found it.
    pub(super) rule: &'static str,
    pub(super) conf: f32,
}

impl Piece {
    /// A point from token `start` up to `end`.
    pub(super) fn point(start: usize, end: usize, point: Point, rule: &'static str, conf: f32) -> Piece {
        Piece { start, end, meaning: Meaning::Point(point), rule, conf }
    }

    /// A day or longer from token `start` up to `end`.
    pub(super) fn day(start: usize, end: usize, when: When, rule: &'static str, conf: f32) -> Piece {
        Piece::point(start, end, Point::day(when), rule, conf)
    }

    /// The point, if it is one.
    pub(super) fn as_point(&self) -> Option<Point> {
        match self.meaning {
            Meaning::Point(point) => Some(point),
            _ => None,
        }
    }

    /// The longer of two; the first when they are equal.
    pub(super) fn longer(a: Option<Piece>, b: Option<Piece>) -> Option<Piece> {
        match (a, b) {
            (Some(x), Some(y)) => Some(if y.end > x.end { y } else { x }),
            (x, y) => x.or(y),
        }
    }
}
