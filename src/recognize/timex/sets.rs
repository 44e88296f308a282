//! Recurring times.

use super::clock::clock;
use super::duration::times;
use super::lexicon::{Unit, Word};
use super::meaning::{Clock, Meaning, Piece, Point, Repeat, When};
use super::number::amount;
use super::reader::Reader;
use crate::token::Case;

fn set(start: usize, end: usize, repeat: Repeat, rule: &'static str, conf: f32) -> Piece {
    Piece { start, end, meaning: Meaning::Repeat(repeat), rule, conf }
}

/// `every year`, `each Monday`, `every two years`, `every other day`, `every morning`, `once every month`.
pub(super) fn every(r: &Reader<'_>, i: usize, end: usize) -> Option<Piece> {
    let start = times(r, i).unwrap_or(i);
    let mut at = end;
    let mut step = 1;
    if r.is_any(at, &["other", "second"]) && r.joined(at) {
        (step, at) = (2, at + 1);
    } else if r.is(at, "single") && r.joined(at) {
        at += 1;
    }
    let (repeat, end) = match r.next_word(at)? {
        (Word::Unit(Unit::Weekend), next) => (Repeat::Every(step, Unit::Weekend), next),
        (Word::Unit(unit), next) if unit != Unit::Second => (Repeat::Every(step, unit), next),
        (Word::Weekday { day, abbr: false }, next) => match r.next_word(next) {
            Some((Word::Part(part), stop)) => (Repeat::Weekday(day, Some(part)), stop),
            _ => (Repeat::Weekday(day, None), next),
        },
        (Word::Month { month, abbr: false }, next) => (Repeat::Month(month), next),
        (Word::Part(part), next) => (Repeat::Part(part), next),
        (Word::Season(season), next) => (Repeat::Season(season), next),
        _ => {
            let (count, next) = amount(r, at)?;
            let count = u32::try_from(count.as_whole()?).ok()?;
            match r.next_word(next)? {
                (Word::Units(unit) | Word::UnitAbbr(unit), next) => (Repeat::Every(count, unit), next),
                _ => return None,
            }
        }
    };
    let (weekday, timed) = match repeat {
        Repeat::Weekday(day, _) => (Some(day), true),
        Repeat::Every(1, Unit::Day) | Repeat::Part(_) => (None, true),
        _ => (None, false),
    };
    if timed && let Some((clock, stop)) = at_clock(r, end) {
        let clock = super::clock::halved(r, end, stop, clock, part_of(repeat));
        return Some(set(start, stop, Repeat::At(weekday, clock), "set.every_at", 0.93));
    }
    Some(set(start, end, repeat, "set.every", 0.93))
}

/// The weekday behind `every Monday and`, `every Monday/`: it recurs too.
pub(super) fn second_weekday(r: &Reader<'_>, before: &Piece) -> Option<Piece> {
    if !matches!(before.meaning, Meaning::Repeat(Repeat::Weekday(..))) || !matches!(before.rule, "set.every" | "set.weekday_list") {
        return None;
    }
    let and = |at: usize| r.joined(at) && r.is_any(at, &["and", "or", "&"]);
    let comma = r.skip_comma(before.end);
    let linked = and(comma) || r.mark(comma, "/") && r.touches(comma);
    let at = comma + usize::from(linked);
    let (Word::Weekday { day, abbr: false }, end) = r.next_word(at)? else { return None };
    // "every Monday, Friday and Sunday", but not "every Monday and Friday, 3 May"
    let listed = linked || comma > before.end && (and(end) || and(r.skip_comma(end)));
    let alone = super::calendar::date(r, at).is_some_and(|date| date.end == end);
    // a clock time is said of one day
    if !listed || !alone || r.possessive(end - 1) || at_clock(r, end).is_some() {
        return None;
    }
    let (part, end) = match r.next_word(end) {
        Some((Word::Part(part), stop)) => (Some(part), stop),
        _ => (None, end),
    };
    Some(set(at, end, Repeat::Weekday(day, part), "set.weekday_list", 0.88))
}

fn part_of(repeat: Repeat) -> Option<super::lexicon::Part> {
    match repeat {
        Repeat::Part(part) | Repeat::Weekday(_, Some(part)) => Some(part),
        _ => None,
    }
}

/// `at 9 a.m.` behind a set.
fn at_clock(r: &Reader<'_>, end: usize) -> Option<(Clock, usize)> {
    let at = if r.is(end, "at") && r.joined(end) { end + 1 } else { end };
    if r.joined(at) && !r.touches(at) { clock(r, at) } else { None }
}

/// `9 a.m. every Sunday`, `10:00 on Mondays`: the clock time first.
pub(super) fn clock_first(r: &Reader<'_>, piece: &Piece) -> Option<Piece> {
    let Meaning::Point(Point { when: When::Nothing, part: None, clock: Some(clock) }) = piece.meaning else { return None };
    let at = if r.is(piece.end, "on") && r.joined(piece.end) { piece.end + 1 } else { piece.end };
    let found = match r.next_word(at)? {
        (Word::Every, end) => every(r, at, end)?,
        (Word::Weekdays(day), end) => weekdays(r, at, day, end)?,
        (Word::Set(1, Unit::Day), end) => adverb(r, at, 1, Unit::Day, end)?,
        _ => return None,
    };
    let weekday = match found.meaning {
        Meaning::Repeat(Repeat::Weekday(day, _)) => Some(day),
        Meaning::Repeat(Repeat::Every(1, Unit::Day)) => None,
        _ => return None,
    };
    Some(set(piece.start, found.end, Repeat::At(weekday, clock), "set.at_every", 0.92))
}

/// `daily`, `annual`, `twice yearly`: capitals as in a newspaper's name speak against it.
pub(super) fn adverb(r: &Reader<'_>, i: usize, count: u8, unit: Unit, end: usize) -> Option<Piece> {
    let token = r.token(i)?;
    let title = token.case == Case::Capital && (r.capital(end) || i > 0 && r.joined(i) && r.tokens[i - 1].is_capitalized() && !r.opens(i - 1));
    let names = title || i > 0 && r.hyphen(i - 1) || r.hyphen(end);
    // "our daily lives" is no time
    let life = r.is_any(end, &["life", "lives", "bread", "basis-"]) && r.joined(end);
    if names || life {
        return None;
    }
    let start = times(r, i).unwrap_or(i);
    Some(set(start, end, Repeat::Every(u32::from(count), unit), "set.adverb", 0.9))
}

/// `Mondays`, `Friday mornings` is none.
pub(super) fn weekdays(r: &Reader<'_>, i: usize, day: u8, end: usize) -> Option<Piece> {
    if let Some((clock, stop)) = at_clock(r, end) {
        return Some(set(i, stop, Repeat::At(Some(day), clock), "set.weekdays_at", 0.9));
    }
    (!r.capital(end)).then(|| set(i, end, Repeat::Weekday(day, None), "set.weekdays", 0.85))
}

/// `on weekends`, `at weekends`.
pub(super) fn weekends(r: &Reader<'_>, i: usize, end: usize) -> Option<Piece> {
    r.before_is_any(i, &["on", "at", "and", "during"]).then(|| set(i, end, Repeat::Every(1, Unit::Weekend), "set.weekends", 0.8))
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn recurring_times() -> Result<(), String> {
        check(&[
            ("2024-09-18", "[date Every two years=P2Y], [date every other day=P2D], [date each Monday morning=XXXX-WXX-1TMO], on [date Fridays=XXXX-WXX-5]."),
            ("2024-09-18", "The [date annual=P1Y] fair, [date twice yearly=P1Y], the Daily Mirror and our daily lives."),
        ])
    }
}
