//! Quarters, halves, seasons, fiscal years, decades and centuries.

use super::lexicon::{Fiscal, Relation, Unit, Word};
use super::meaning::{Base, Meaning, Period, Piece, Point, Toward, When, Year};
use super::number::{amount, ordinal, year};
use super::reader::{Reader, plain_digits};
use crate::token::Kind;

/// The year behind a period: `2024`, `of 2024`, `of the year`, `of last year`, `of fiscal 2023`.
pub(super) fn year_of(r: &Reader<'_>, end: usize) -> (Year, usize) {
    let mut at = r.skip_comma(end);
    let of = r.is_any(at, &["of", "in"]) && r.joined(at);
    if of {
        at += 1;
    }
    if r.is(at, "the") && r.joined(at) {
        at += 1;
    }
    if !r.joined(at) {
        return (Year::Unknown, end);
    }
    if let Some(value) = year(r, at).filter(|y| *y >= 1800) {
        return (Year::Given(value), at + 1);
    }
    match r.word(at) {
        Some((Word::Relation(relation), next)) => {
            let next = match r.next_word(next) {
                Some((Word::Fiscal(_), skip)) => skip,
                _ => next,
            };
            if let Some((Word::Unit(Unit::Year), stop)) = r.next_word(next) {
                return match relation {
                    Relation::This => (Year::Shift(0), stop),
                    Relation::Last | Relation::Previous | Relation::ThisPast => (Year::Shift(-1), stop),
                    Relation::Next | Relation::Coming => (Year::Shift(1), stop),
                    Relation::Same | Relation::That => (Year::Same, stop),
                    _ => (Year::Unknown, end),
                };
            }
            (Year::Unknown, end)
        }
        Some((Word::Unit(Unit::Year), stop)) if of => (Year::Shift(0), stop),
        Some((Word::Fiscal(_), next)) if of => match (r.next_word(next), year(r, next)) {
            (_, Some(value)) => (Year::Given(value), next + 1),
            (Some((Word::Unit(Unit::Year), stop)), _) => match year(r, stop) {
                Some(value) => (Year::Given(value), stop + 1),
                None => (Year::Shift(0), stop),
            },
            _ => (Year::Unknown, end),
        },
        _ => (Year::Unknown, end),
    }
}

/// `first quarter of 2024`, `second half of the year`, `third-quarter`, `last quarter of 2023`, `first nine months of 2022`, `first decade of the 21st century` is no period.
pub(super) fn ordinal_period(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (n, end) = match r.word(i) {
        Some((Word::Relation(Relation::Last | Relation::Edge), end)) => (0, end),
        _ => ordinal(r, i)?,
    };
    let at = if r.hyphen(end) { end + 1 } else { end };
    match r.next_word(at) {
        Some((Word::Unit(Unit::Quarter), next)) if n <= 4 => {
            let (year, stop) = year_of(r, next);
            if (n == 0 || r.is(next, "of")) && year == Year::Unknown {
                return None;
            }
            let period = Period::Quarter(if n == 0 { 4 } else { n });
            Some(Piece::day(i, stop, When::Period { year, period, toward: Toward::Open }, "date.quarter", if year == Year::Unknown { 0.8 } else { 0.96 }))
        }
        Some((Word::Half, next)) if n == 1 || n == 2 => {
            let (year, stop) = year_of(r, next);
            (year != Year::Unknown).then(|| Piece::day(i, stop, When::Period { year, period: Period::Half(n), toward: Toward::Open }, "date.half", 0.96))
        }
        Some((Word::Unit(Unit::Century), _)) if n > 0 => century(r, i),
        _ if n == 1 => {
            let (count, next) = amount(r, end)?;
            let (Word::Units(Unit::Month), next) = r.next_word(next)? else { return None };
            let count = u8::try_from(count.as_whole()?).ok().filter(|c| (2..=11).contains(c))?;
            let (year, stop) = year_of(r, next);
            let period = match count {
                3 => Period::Quarter(1),
                6 => Period::Half(1),
                _ => Period::FirstMonths(count),
            };
            (year != Year::Unknown).then(|| Piece::day(i, stop, When::Period { year, period, toward: Toward::Open }, "date.first_months", 0.95))
        }
        _ => None,
    }
}

/// `Q1 2024`, `Q3`, `H1 of 2023`, `FY2024`, `FY24`, `1990s`, `90s`.
pub(super) fn coded(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let text = r.core(i);
    let bytes = text.as_bytes();
    match bytes {
        [b'Q' | b'q', n @ b'1'..=b'4'] | [b'H', n @ b'1'..=b'2'] => {
            let period = if bytes[0] != b'H' { Period::Quarter(n - b'0') } else { Period::Half(n - b'0') };
            let (year, end) = year_of(r, i + 1);
            if year == Year::Unknown && bytes[0] != b'Q' {
                return None;
            }
            Some(Piece::day(i, end, When::Period { year, period, toward: Toward::Open }, "date.quarter_code", if year == Year::Unknown { 0.8 } else { 0.97 }))
        }
        [b'F', b'Y', digits @ ..] => {
            let (value, len) = plain_digits(std::str::from_utf8(digits).ok()?)?;
            let year = match len {
                2 => super::calendar::pivot(value),
                4 => i16::try_from(value).ok()?,
                _ => return None,
            };
            Some(Piece::day(i, i + 1, When::Fiscal { year: Year::Given(year), kind: Fiscal::October }, "date.fiscal_code", 0.97))
        }
        [.., b's'] => decade(r, i, text.strip_suffix('s')?),
        _ => None,
    }
}

/// `2019 Q1`, `2019-H2`: the year first.
pub(super) fn year_code(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let given = year(r, i).filter(|y| *y >= 1900)?;
    let at = if r.hyphen(i + 1) { i + 2 } else { i + 1 };
    if !r.joined(at) || r.touches(at) && at == i + 1 {
        return None;
    }
    let period = match r.core(at).as_bytes() {
        [b'Q' | b'q', n @ b'1'..=b'4'] => Period::Quarter(n - b'0'),
        [b'H', n @ b'1'..=b'2'] => Period::Half(n - b'0'),
        _ => return None,
    };
    Some(Piece::day(i, at + 1, When::Period { year: Year::Given(given), period, toward: Toward::Open }, "date.year_quarter_code", 0.97))
}

/// `1990s`, `90s`, `1980's`.
fn decade(r: &Reader<'_>, i: usize, digits: &str) -> Option<Piece> {
    let (value, len) = plain_digits(digits)?;
    // "in the 30s °F"
    if value % 10 != 0 || r.mark(i + 1, "°") {
        return None;
    }
    let cued = r.before_is_any(i, &["the", "early", "mid", "late", "-", "'", "’", "and", "to"]);
    let decade = match len {
        4 if (1000..=2100).contains(&value) => value / 10,
        2 if cued && value >= 20 => 190 + value / 10,
        _ => return None,
    };
    Some(Piece::day(i, i + 1, When::Decade(decade as i16), "date.decade", if len == 4 { 0.97 } else { 0.75 }))
}

/// `1980's` as a decade: three tokens, and no possessive ending.
pub(super) fn possessive_decade(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let ending = r.touches(i + 1) && matches!(r.core(i + 1), "'" | "’") && r.touches(i + 2) && r.is(i + 2, "s");
    if !ending || !r.before_is_any(i, &["the", "early", "mid", "late", "-"]) {
        return None;
    }
    decade(r, i, r.core(i)).map(|piece| Piece { end: i + 3, ..piece })
}

/// `20th century`, `twenty-first century`, `17th-century`, `3rd century BC`.
pub(super) fn century(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (n, end) = ordinal(r, i)?;
    let at = if r.hyphen(end) { end + 1 } else { end };
    // "scored a third century" is a game's
    if at == end && r.token(i)?.kind == Kind::Word && r.before_is_any(i, &["a", "his", "her"]) {
        return None;
    }
    let (Word::Unit(Unit::Century) | Word::Units(Unit::Century), end) = r.next_word(at)? else { return None };
    let (sign, end) = match r.next_word(end) {
        Some((Word::Era(sign), next)) => (i16::from(sign), if r.core(next - 1).contains('.') { r.skip_point(next) } else { next }),
        _ => (1, end),
    };
    (1..=30).contains(&n).then(|| Piece::day(i, end, When::Century((i16::from(n) - 1) * sign), "date.century", 0.96))
}

/// `spring 2023`, `summer of 2012`, `the summer` is none; `winter 2022/23` gives its first year.
pub(super) fn season(r: &Reader<'_>, i: usize, season: super::lexicon::Season, end: usize) -> Option<Piece> {
    let (year, stop) = year_of(r, end);
    if year == Year::Unknown {
        // Alone only where a preposition makes it a time.
        if r.capital(i) && r.capital(end) || r.possessive(i) || !r.before_is_any(i, &["in", "by", "until", "since", "during"]) {
            return None;
        }
        let open = When::Period { year, period: Period::Season(season), toward: Toward::Open };
        return Some(Piece::day(i, end, open, "date.season", 0.7));
    }
    Some(Piece::day(i, stop, When::Period { year, period: Period::Season(season), toward: Toward::Open }, "date.season_year", 0.95))
}

/// `fiscal year 2023`, `fiscal 2023`, `FY 2023`, `financial year 2012-13`.
pub(super) fn fiscal(r: &Reader<'_>, i: usize, kind: Fiscal, end: usize) -> Option<Piece> {
    let mut at = end;
    let named = match r.next_word(at) {
        Some((Word::Unit(Unit::Year) | Word::Units(Unit::Year), next)) => {
            at = next;
            true
        }
        _ => false,
    };
    if !named && kind != Fiscal::October {
        return None;
    }
    let given = if r.joined(at) { year(r, at) } else { None };
    let Some(mut value) = given else {
        let (short, 2) = r.digits(at).filter(|_| r.is(i, "FY") && r.joined(at))? else { return None };
        return Some(Piece::day(i, at + 1, When::Fiscal { year: Year::Given(super::calendar::pivot(short)), kind }, "date.fiscal_year", 0.95));
    };
    let mut stop = at + 1;
    // "2012-13", "2022/2023": the year is named after its end
    if r.touches(stop) && (r.dash(stop) || r.core(stop) == "/") && r.touches(stop + 1) {
        match r.digits(stop + 1) {
            Some((two, 2)) if two as i16 == (value + 1) % 100 => (value, stop) = (value + 1, stop + 2),
            Some((four, 4)) if four as i16 == value + 1 => (value, stop) = (value + 1, stop + 2),
            _ => {}
        }
    }
    let when = if kind == Fiscal::January { super::calendar::point(Year::Given(value), 0, 0).when } else { When::Fiscal { year: Year::Given(value), kind } };
    Some(Piece::day(i, stop, when, "date.fiscal_year", 0.96))
}

/// `nineties`, behind `the`, `early`, `late`.
pub(super) fn decade_word(r: &Reader<'_>, i: usize, decade: i16, end: usize) -> Option<Piece> {
    r.before_is_any(i, &["the", "early", "mid", "late"]).then(|| Piece::day(i, end, When::Decade(decade), "date.decade_word", 0.8))
}

/// `month of February`, `week of March 3`, `year 2024`, `the year of 2024`: the unit belongs to the expression.
pub(super) fn unit_of(r: &Reader<'_>, i: usize, unit: Unit, end: usize, point: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Option<Piece> {
    let begins = unit == Unit::Week && r.is_any(end, &["starting", "beginning", "commencing", "ending"]);
    let of = (r.is(end, "of") || begins) && r.joined(end);
    let at = if of { end + 1 } else { end };
    let at = if begins && r.is(at, "on") { at + 1 } else { at };
    if !r.joined(at) || r.token(at)?.kind == Kind::Punctuation {
        return None;
    }
    match unit {
        Unit::Year => {
            let value = year(r, at)?;
            Some(Piece::point(i, at + 1, super::calendar::point(Year::Given(value), 0, 0), "date.year_of", 0.95))
        }
        Unit::Month if of => {
            let piece = match r.word(at) {
                Some((Word::Month { month, abbr: false }, stop)) => {
                    point(r, at).unwrap_or_else(|| super::calendar::calendar(at, stop, Year::Unknown, month, 0, "date.month"))
                }
                _ => return None,
            };
            piece.as_point()?.calendar().filter(|c| c.day == 0).map(|_| Piece { start: i, rule: "date.month_of", ..piece })
        }
        Unit::Week if of => {
            let at = if r.is(at, "the") { at + 1 } else { at };
            let piece = point(r, at)?;
            piece.as_point()?.calendar().filter(|c| c.day > 0 && c.month > 0).map(|_| Piece { start: i, rule: "date.week_of", conf: 0.85, ..piece })
        }
        _ => None,
    }
}

/// The point of a unit around the document's date: `the year`, `the century` behind a portion word.
pub(super) fn current(unit: Unit) -> Point {
    Point::day(When::Shift { base: Base::Document, unit, by: 0 })
}

/// Whether the piece means a point (a year, a decade …) that a portion word may stand before.
pub(super) fn divisible(piece: &Piece) -> bool {
    match piece.meaning {
        Meaning::Point(point) => point.clock.is_none() && !matches!(point.when, When::Nothing | When::Open),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn quarters_decades_and_their_like() -> Result<(), String> {
        check(&[
            ("2024-09-18", "In the [date second half of this year=2024-H2] and [date Q4 of 2023=2023-Q4]."),
            ("2024-09-18", "[date fiscal year 2025=FY2025], [date FY24=FY2024], [date this financial year=FY2025], [date next fiscal year=FY2025]."),
            ("2024-09-18", "The [date 1990s=199], the [date late 1980's=198], the [date 20th century=19], [date spring 2023=2023-SP]."),
            ("2024-09-18", "The [date first nine months of 2023=2023-01/2023-09] and the [date month of February=2024-02]."),
        ])
    }
}
