//! Calendar dates in words: every order of weekday, day, month and year.

use super::cues::Cue;
use super::lexicon::{Relation, Unit, Word};
use super::meaning::{Calendar, Meaning, Piece, Point, Toward, When, Year};
use super::number::{day_of_month, year};
use super::range;
use super::reader::Reader;
use crate::token::Kind;

/// A calendar date at `i`, as long as it goes: `Tuesday, 23 October 2024`, `Sept. 5`, `3rd of May`, `May 2024`.
///
/// A bare month is not taken here: it needs context ([`bare_month`]).
pub(super) fn date(r: &Reader<'_>, i: usize) -> Option<Piece> {
    match r.word(i) {
        Some((Word::Weekday { day, abbr }, end)) => weekday_date(r, i, day, abbr, end),
        Some((Word::Month { .. }, _)) => separated(r, i).or_else(|| month_first(r, i)),
        _ => separated(r, i).or_else(|| day_first(r, i)).or_else(|| year_first(r, i)),
    }
}

/// A month at `i`, its abbreviation's point included, and whether it is abbreviated.
fn month(r: &Reader<'_>, i: usize) -> Option<(u8, usize, bool)> {
    match r.next_word(i)? {
        (Word::Month { month, abbr }, end) => Some((month, if abbr { r.skip_point(end) } else { end }, abbr)),
        _ => None,
    }
}

/// `Tuesday, 23 October 2024`, `Monday June 19`, `Wed., Oct 5`, `Tuesday`.
fn weekday_date(r: &Reader<'_>, i: usize, weekday: u8, abbr: bool, end: usize) -> Option<Piece> {
    let mut at = if abbr { r.skip_point(end) } else { end };
    let pointed = at > end;
    if !r.possessive(at - 1) {
        let (mut part, mut next) = (None, at);
        if let Some((Word::Part(p), e)) = r.next_word(at) {
            (part, next) = (Some(p), e);
        }
        next = r.skip_comma(next);
        if r.is(next, "the") && r.joined(next) {
            next += 1;
        }
        if r.joined(next)
            && let Some(piece) = day_first(r, next).or_else(|| if matches!(r.word(next), Some((Word::Month { .. }, _))) { month_first(r, next) } else { None })
        {
            match piece.meaning {
                Meaning::Point(mut point) => {
                    if let Some(mut calendar) = point.calendar().filter(|c| c.day > 0) {
                        calendar.weekday = weekday;
                        point.when = When::Calendar(calendar);
                        point.part = point.part.or(part);
                        return Some(Piece { start: i, meaning: Meaning::Point(point), rule: "date.weekday_date", conf: 0.98, ..piece });
                    }
                }
                Meaning::Range(mut first, last) => {
                    if let Some(mut calendar) = first.calendar() {
                        calendar.weekday = weekday;
                        first.when = When::Calendar(calendar);
                        return Some(Piece { start: i, meaning: Meaning::Range(first, last), conf: 0.95, ..piece });
                    }
                }
                _ => {}
            }
        }
    }
    if !r.possessive(at - 1)
        && let Some(piece) = super::nth::numbered_weekday(r, i, weekday, at)
    {
        return Some(piece);
    }
    if abbr {
        at = end;
        // "Sat" and "Sun" are names and words too
        let plain = weekday <= 5 && !r.capital(end) && !r.hyphen(end);
        if !(pointed || plain) || !r.before_is_any(i, &["on", "last", "next"]) {
            return None;
        }
        at += usize::from(pointed && r.joined(end + 1) && !r.tokens[end + 1].is_capitalized());
    }
    let calendar = Calendar { weekday, ..Calendar::EMPTY };
    Some(Piece::day(i, at, When::Calendar(calendar), "date.weekday", 0.9))
}

/// `18 September 2024`, `18th of September`, `11-22 November`, `28 April–2 May 2023`, `18-Sep-2024`.
fn day_first(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (day, end) = day_of_month(r, i)?;
    if r.hyphen(end)
        && let Some((month, next, _)) = month(r, end + 1)
    {
        // 18-Sep-2024
        let given = r.hyphen(next).then(|| r.digits(next + 1)).flatten();
        if let Some((value, len @ (2 | 4))) = given {
            let year = if len == 2 { pivot(value) } else { value as i16 };
            return Some(calendar(i, next + 2, Year::Given(year), month, day, "date.day_month_year"));
        }
        return (!r.hyphen(next)).then(|| calendar(i, next, Year::Unknown, month, day, "date.day_month"));
    }
    if let Some(piece) = range::days_before_month(r, i, day, end) {
        return Some(piece);
    }
    let mut at = end;
    if r.is(at, "day") && r.is(at + 1, "of") {
        at += 1;
    }
    if r.is(at, "of") {
        at += 1;
    }
    let (month, next, abbr) = month(r, at)?;
    if !valid(month, day) || (abbr && r.is(next, "del")) {
        return None;
    }
    let (year, end) = year_behind(r, next);
    let rule = if year == Year::Unknown { "date.day_month" } else { "date.day_month_year" };
    if year == Year::Unknown
        && let Some((toward, stop)) = toward_behind(r, end)
    {
        let mut point = point(year, month, day);
        point.when = When::Calendar(Calendar { year, month, day, weekday: 0, toward });
        return Some(Piece::point(i, stop, point, "date.day_month_toward", 0.9));
    }
    Some(calendar(i, end, year, month, day, rule))
}

/// `September 18, 2024`, `Sept. 18`, `September the 18th`, `November 11-22, 2024`, `May 2024`.
fn month_first(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (Word::Month { month, abbr }, word_end) = r.word(i)? else { return None };
    let end = if abbr { r.skip_point(word_end) } else { word_end };
    if r.possessive(word_end - 1) {
        return None;
    }
    let the = r.is(end, "the") && r.joined(end);
    let at = if the || r.hyphen(end) { end + 1 } else { r.skip_comma(end) };
    let near = r.joined(at) && (at == end || the || r.hyphen(end));
    if near
        && let Some((day, next)) = day_of_month(r, at)
        && valid(month, day)
        && !is_count(r, i, at, next)
        && (!the || r.token(at).is_some_and(|t| t.kind != Kind::Number))
    {
        if let Some(piece) = range::days_behind_month(r, i, month, day, next) {
            return Some(piece);
        }
        let (year, stop) = year_behind(r, next);
        let rule = if year == Year::Unknown { "date.month_day" } else { "date.month_day_year" };
        return Some(calendar(i, stop, year, month, day, rule));
    }
    let of = r.is(at, "of") && r.joined(at);
    let at = if of { at + 1 } else { at };
    if r.joined(at)
        && let Some(value) = year(r, at)
        && !(of && value < 1500)
    {
        return Some(calendar(i, at + 1, Year::Given(value), month, 0, "date.month_year"));
    }
    if let (Year::Given(value), stop) = year_behind(r, end)
        && (of || r.is(end, "in"))
        && (value >= 1500 || r.is(end, "of"))
    {
        return Some(calendar(i, stop, Year::Given(value), month, 0, "date.month_year"));
    }
    let (year, stop) = relative_year(r, end)?;
    Some(calendar(i, stop, year, month, 0, "date.month_relative_year"))
}

/// Whether the number behind a month counts something: `In May 12 people died`.
fn is_count(r: &Reader<'_>, month: usize, number: usize, end: usize) -> bool {
    if r.mark(end, "%") || r.is_any(end, &["percent", "per", "million", "billion"]) && r.joined(end) {
        return true;
    }
    r.token(number).is_some_and(|t| t.kind == Kind::Number)
        && r.before_is_any(month, &["in", "since"])
        && r.lower(end)
        && (r.core(end).ends_with('s') || r.is_any(end, &["people", "men", "women", "children"]))
        && r.word(end).is_none()
}

/// `2024 September 18`, `2024 September`.
fn year_first(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let given = year(r, i)?;
    let (month, end, abbr) = month(r, i + 1).filter(|_| r.tokens[i + 1].gap == crate::token::Gap::Space)?;
    if let Some((day, end)) = day_of_month(r, end).filter(|(day, next)| r.joined(next - 1) && valid(month, *day)) {
        return Some(calendar(i, end, Year::Given(given), month, day, "date.year_month_day"));
    }
    // "in 2024 May said": a name may follow
    let named = abbr || matches!(month, 3 | 5) || r.capital(end) || r.possessive(end - 1);
    (!named && (!r.touches(end) || matches!(r.core(end), "." | "," | ")" | ";"))).then(|| calendar(i, end, Year::Given(given), month, 0, "date.year_month"))
}

/// `23/Sep/2020`, `2019-Sep-1`, `Sep/23/2020`: three parts with one mark between, the month in letters.
fn separated(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let mark = r.core(i + 1);
    if mark == "/"
        && let (Some((Word::Month { month, .. }, _)), Some(given)) = (r.word(i), year(r, i + 2))
        && r.touches(i + 1)
        && r.touches(i + 2)
        && !(r.touches(i + 3) && r.core(i + 3) == "/")
    {
        return Some(calendar(i, i + 3, Year::Given(given), month, 0, "date.separated"));
    }
    let tied = matches!(mark, "-" | "/") && r.core(i + 3) == mark && (i + 1..=i + 4).all(|at| r.touches(at));
    if !tied || r.touches(i + 5) && r.core(i + 5) == mark && r.touches(i + 6) {
        return None;
    }
    let named = |at| match r.word(at) {
        Some((Word::Month { month, .. }, end)) if end == at + 1 => Some(month),
        _ => None,
    };
    let small = |at| r.digits(at).filter(|(n, len)| *len <= 2 && (1..=31).contains(n)).map(|(n, _)| n as u8);
    let (given, month, day) = match (year(r, i), named(i), named(i + 2), year(r, i + 4)) {
        (Some(given), _, Some(month), _) => (given, month, small(i + 4)?),
        (_, Some(month), _, Some(given)) => (given, month, small(i + 2)?),
        (_, _, Some(month), Some(given)) => (given, month, small(i)?),
        _ => return None,
    };
    valid(month, day).then(|| calendar(i, i + 5, Year::Given(given), month, day, "date.separated"))
}

/// `last`, `next` at the end of a clause: `12th of October last`.
fn toward_behind(r: &Reader<'_>, end: usize) -> Option<(Toward, usize)> {
    let toward = match r.next_word(end)? {
        (Word::Relation(Relation::Last), _) => Toward::Last,
        (Word::Relation(Relation::Next), _) => Toward::Next,
        _ => return None,
    };
    let closes = !r.joined(end + 1) || r.tokens[end + 1].kind == Kind::Punctuation;
    closes.then_some((toward, end + 1))
}

/// A year behind a date: `2024`, `, 2024`, `/2024`, `of last year`, `this year`.
pub(super) fn year_behind(r: &Reader<'_>, end: usize) -> (Year, usize) {
    if r.touches(end) && r.mark(end, "/") && r.touches(end + 1) {
        if let Some(value) = year(r, end + 1) {
            return (Year::Given(value), end + 2);
        }
        return (Year::Unknown, end);
    }
    let comma = r.skip_comma(end);
    let inside = comma == end && r.is(end, "in");
    let at = if inside || comma == end && r.is(end, "of") { end + 1 } else { comma };
    if r.joined(at)
        && let Some(value) = year(r, at)
        // "on 3 May in 2,000 homes"
        && !(inside && (value < 1500 || r.lower(at + 1) && r.core(at + 1).ends_with('s')))
        && !r.mark(at + 1, "%")
        && !(r.touches(at + 1) && r.mark(at + 1, "/") && r.touches(at + 2))
    {
        return (Year::Given(value), at + 1);
    }
    // "in December of 384,": a year of three digits, where a mark shows that nothing is counted
    if let Some((value, 3)) = r.digits(at).filter(|_| r.joined(at) && !inside && comma == end)
        && (!r.joined(at + 1) || matches!(r.core(at + 1), ")" | "," | ";" | "."))
        && !r.touches(at + 2)
    {
        return (Year::Given(value as i16), at + 1);
    }
    relative_year(r, end).unwrap_or((Year::Unknown, end))
}

/// `this year`, `of last year`, `of the same year`, `next year` behind a date.
fn relative_year(r: &Reader<'_>, end: usize) -> Option<(Year, usize)> {
    let mut at = r.skip_comma(end);
    let of = r.is(at, "of") && r.joined(at);
    if of {
        at += 1;
    }
    let the = r.is(at, "the") && r.joined(at);
    if the {
        at += 1;
    }
    let (Word::Relation(relation), next) = r.next_word(at)? else { return None };
    let (Word::Unit(Unit::Year), stop) = r.next_word(next)? else { return None };
    let year = match relation {
        Relation::This => Year::Shift(0),
        Relation::Last | Relation::ThisPast => Year::Shift(-1),
        Relation::Next => Year::Shift(1),
        Relation::Same | Relation::That if of || the => Year::Same,
        _ => return None,
    };
    (at == end || of || year == Year::Same).then_some((year, stop))
}

/// A bare month at `i` where its surroundings speak for a date: `in March`, `the June session`, `November's conference`.
///
/// Months that are also words or given names need a cue word; the others a capital only.
pub(super) fn bare_month(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (Word::Month { month, abbr }, end) = r.word(i)? else { return None };
    let cued = r.before_cue(i, Cue::Month);
    if abbr {
        return (r.mark(end, ".") && r.touches(end) && r.before_is_any(i, &["in", "since", "by", "until"])).then(|| bare(i, end + 1, month, 0.75));
    }
    let name_like = matches!(month, 3..=6 | 8);
    let capital_behind = r.capital(end) && !r.possessive(i) && r.tokens[end].case == crate::token::Case::Capital;
    let capital_before = i > 0 && r.joined(i) && r.tokens[i - 1].is_capitalized() && !r.opens(i - 1) && !cued;
    let sitting = r.lower(end) && r.cue(end, Cue::MonthSitting);
    if sitting || the_before_capital(r, i, end) {
        return Some(bare(i, end, month, 0.8));
    }
    if r.mark(end, "-") && r.hyphen(end) && r.lower(end + 1) && !cued {
        return None;
    }
    if r.before_cue(i, Cue::MonthSure) {
        return Some(bare(i, end, month, 0.9));
    }
    if capital_before || r.before_is_any(i, &["ms", "mr", "mrs", "dr"]) || r.mark(i.wrapping_sub(1), ".") && !r.opens(i) {
        return None;
    }
    if name_like {
        let the = r.before_is_any(i, &["the"]) && r.lower(end) && !matches!(r.word(end), Some((Word::Numbered, _)));
        return (cued && !capital_behind || the).then(|| bare(i, end, month, 0.8));
    }
    (!capital_behind || cued || r.before_is_any(i, &["the"])).then(|| bare(i, end, month, 0.85))
}

/// `the June National Conference`: an article stands before no given name. May and March are too often part of a name.
fn the_before_capital(r: &Reader<'_>, i: usize, end: usize) -> bool {
    r.before_is_any(i, &["the"]) && r.capital(end) && !r.possessive(i) && !matches!(r.word(i), Some((Word::Month { month: 3 | 5, .. }, _)))
}

fn bare(start: usize, end: usize, month: u8, conf: f32) -> Piece {
    Piece { conf, ..calendar(start, end, Year::Unknown, month, 0, "date.month") }
}

/// A calendar date as a piece.
pub(super) fn calendar(start: usize, end: usize, year: Year, month: u8, day: u8, rule: &'static str) -> Piece {
    let conf = if year == Year::Unknown { 0.95 } else { 0.98 };
    Piece::point(start, end, point(year, month, day), rule, conf)
}

/// A calendar date as a point.
pub(super) fn point(year: Year, month: u8, day: u8) -> Point {
    Point::day(When::Calendar(Calendar { year, month, day, weekday: 0, toward: Toward::Open }))
}

/// Whether the month can have such a day.
pub(super) fn valid(month: u8, day: u8) -> bool {
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=longest).contains(&day)
}

/// The year of two digits.
pub(super) fn pivot(two: u32) -> i16 {
    let two = two as i16;
    if two < 70 { 2000 + two } else { 1900 + two }
}

/// The day behind `June 15 and`: `16`. Its month and year are those of the date before.
pub(super) fn second_day(r: &Reader<'_>, before: &Piece) -> Option<Piece> {
    let first = before.as_point()?.calendar().filter(|c| c.day > 0 && c.month > 0 && matches!(before.rule, "date.month_day" | "date.weekday_date"))?;
    let mut at = r.skip_comma(before.end);
    if r.is_any(at, &["and", "or", "&"]) && r.joined(at) {
        at += 1;
    }
    if at == before.end || !r.joined(at) {
        return None;
    }
    let (day, end) = day_of_month(r, at)?;
    let closes = !r.joined(end) || matches!(r.core(end), "," | "." | ";" | ")" | ":") || r.cue(end, Cue::DayListEnd);
    if !valid(first.month, day)
        || day <= first.day
        || !closes
        || r.digits(at).is_none()
        || matches!(r.next_word(end), Some((Word::Month { .. } | Word::Unit(_) | Word::Units(_), _)))
    {
        return None;
    }
    let (year, end) = year_behind(r, end);
    let year = if year == Year::Unknown { first.year } else { year };
    Some(calendar(at, end, year, first.month, day, "date.day_list"))
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn dates_in_every_order() -> Result<(), String> {
        check(&[
            ("2024-09-18", "The [date 18th of September, 2023=2023-09-18] and [date September the 5th=2024-09-05]."),
            ("2024-09-18", "Signed [date 18-Sep-2023=2023-09-18], [date Sept. 2, 2023=2023-09-02], [date Wed., Oct. 4, 2023=2023-10-04]."),
            ("2024-09-18", "It closed in [date March of last year=2023-03] and on [date 2 April this year=2024-04-02]."),
            ("2024-12-30", "Talks will be held on [date January 9=2025-01-09]."),
            ("2025-01-10", "The bridge fell on [date December 20=2024-12-20]."),
            ("2024-06-01", "They met on [date June 15=2024-06-15], [date 16=2024-06-16] and [date 17=2024-06-17]."),
            ("", "On [date September 18=XXXX-09-18] it rained."),
            ("2024-09-18", "Ms. April Jones may leave."),
            ("2024-09-18", "Ahead of [date November=2024-11]'s vote the [date June=2024-06] session looks short."),
        ])
    }
}
