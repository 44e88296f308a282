//! Which rules are tried at which word: left to right, the longest expression wins.

use super::calendar;
use super::clock;
use super::cues::Cue;
use super::duration::{self, modified};
use super::lexicon::{Reference, Relation, Unit, Word};
use super::meaning::{Meaning, Piece, Toward, When, Year};
use super::nth;
use super::numeric;
use super::offset;
use super::periods;
use super::range;
use super::reader::{Reader, plain_digits};
use super::relative;
use super::sets;
use super::years;
use crate::gazetteer::List;
use crate::token::{Gap, Kind};

/// Order of day and month in ambiguous dates: given both numbers and the year, whether the month stands first.
pub(super) type MonthFirst<'a> = &'a dyn Fn(u8, u8, i16) -> bool;

/// "now" where it may be the first end of a range; a reference if it is not.
const NOW: &str = "reference.now";

/// The expression that starts at token `i` (modifiers before it down to `floor` included).
pub(super) fn expression(r: &Reader<'_>, i: usize, floor: usize, order: MonthFirst<'_>) -> Option<Piece> {
    let piece = match r.tokens[i].kind {
        Kind::Punctuation => return None,
        Kind::Word => {
            let (word, end) = r.word(i)?;
            if !word.starts() {
                return None;
            }
            from_word(r, i, word, end, floor, order)?
        }
        Kind::Number | Kind::Alphanumeric => from_number(r, i, order)?,
    };
    let next = |r: &Reader<'_>, at: usize| point(r, at, order);
    let piece = sets::clock_first(r, &piece).unwrap_or(piece);
    let piece = range::extend(r, piece, floor, next);
    if piece.rule == NOW {
        // "between now and the vote": no date behind, so a mere reference
        return Some(Piece { meaning: Meaning::Reference(Reference::Present), rule: "reference.word", ..piece });
    }
    let piece = offset::offset(r, &piece, next).unwrap_or(piece);
    Some(match piece.meaning {
        Meaning::Offset(..) => modified(r, piece, floor),
        Meaning::Length(_) | Meaning::Lengths(..) | Meaning::Repeat(_) | Meaning::Reference(_) => modified(r, piece, floor),
        Meaning::Point(point) => match point.when {
            When::Shift { .. } if matches!(piece.rule, "date.ago" | "date.later" | "date.earlier" | "date.from_now") => modified(r, piece, floor),
            When::Calendar(_) | When::Nothing if approximate(r, piece.start) > 0 => {
                let start = piece.start - approximate(r, piece.start);
                if start >= floor { Piece { start, ..piece } } else { piece }
            }
            _ => piece,
        },
        Meaning::Range(..) => piece,
    })
}

/// Tokens of `approximately`, `around`, `about` or `circa` before a date or clock time.
fn approximate(r: &Reader<'_>, start: usize) -> usize {
    usize::from(r.before_is_any(start, &["approximately", "circa", "roughly"]))
}

/// A point at `i`, for the second end of a range or behind a portion word; no range is looked for.
pub(super) fn point(r: &Reader<'_>, i: usize, order: MonthFirst<'_>) -> Option<Piece> {
    let piece = match r.token(i)?.kind {
        Kind::Punctuation => None,
        Kind::Word => match r.word(i)? {
            (Word::Month { month, abbr: false }, end) => calendar::date(r, i)
                .map(|p| clock::with_time(r, p))
                .or_else(|| r.capital(i).then(|| calendar::calendar(i, end, Year::Unknown, month, 0, "date.month"))),
            (Word::Unit(unit), end) => periods::unit_of(r, i, unit, end, calendar::date),
            (word, end) if word.starts() => from_word(r, i, word, end, i, order),
            _ => None,
        },
        Kind::Number | Kind::Alphanumeric => from_number(r, i, order).or_else(|| {
            let year = super::number::year(r, i).filter(|_| !r.hyphen(i + 1))?;
            Some(Piece::point(i, i + 1, calendar::point(Year::Given(year), 0, 0), "date.year", 0.8))
        }),
    };
    piece.filter(|p| matches!(p.meaning, Meaning::Point(_)))
}

fn from_word(r: &Reader<'_>, i: usize, word: Word, end: usize, floor: usize, order: MonthFirst<'_>) -> Option<Piece> {
    let date = |r: &Reader<'_>, at: usize| calendar_point(r, at, order);
    let next = |r: &Reader<'_>, at: usize| point(r, at, order);
    if barren(r, word, end) {
        return None;
    }
    match word {
        Word::Month { .. } => {
            range::months(r, i).or_else(|| calendar::date(r, i).map(|p| dated_year(r, clock::with_time(r, p)))).or_else(|| calendar::bare_month(r, i))
        }
        Word::Weekday { .. } => weekday(r, i),
        Word::Weekdays(day) => sets::weekdays(r, i, day, end),
        Word::Unit(unit) => {
            let of = periods::unit_of(r, i, unit, end, calendar::date).or_else(|| relative::unit_phrase(r, i, unit, end, floor));
            of.or_else(|| if unit == Unit::Quarter { duration::length(r, i) } else { duration::single(r, i, unit, end) })
        }
        Word::Units(Unit::Weekend) => sets::weekends(r, i, end),
        Word::Units(unit) => duration::vague(r, i, unit, end),
        Word::Half => duration::length(r, i),
        Word::Second | Word::Ordinal(_) => {
            let first = matches!(word, Word::Ordinal(1)).then(|| relative::first_units(r, i, end)).flatten();
            let period = Piece::longer(periods::ordinal_period(r, i), nth::nth(r, i));
            let date = Piece::longer(calendar::date(r, i).map(|p| clock::with_time(r, p)), nth::in_month(r, i));
            Piece::longer(Piece::longer(period, first), date)
        }
        Word::Number(_) | Word::Multiplier(_) => {
            let time = clock::time(r, i, date);
            let date = calendar::date(r, i);
            Piece::longer(Piece::longer(date, duration::length(r, i)), time)
        }
        Word::Vague => duration::length(r, i),
        Word::Part(part) => clock::part_of_day(r, i, part, end, date),
        Word::Clock(_) => clock::time(r, i, date),
        Word::Season(season) => periods::season(r, i, season, end),
        Word::Day(offset) => relative::day_word(r, i, offset, end),
        Word::Tonight => relative::tonight(r, i, end),
        Word::Relation(relation) => {
            let edge = matches!(relation, Relation::Last | Relation::Edge);
            let period = edge.then(|| Piece::longer(periods::ordinal_period(r, i), nth::nth(r, i))).flatten();
            Piece::longer(period, relative::relation(r, i, relation, end, floor))
        }
        Word::Set(count, unit) => sets::adverb(r, i, count, unit, end),
        Word::Every => sets::every(r, i, end),
        Word::PortionAdjective => relative::portion(r, i, false, end, next),
        Word::PortionNoun => relative::portion(r, i, true, end, next),
        Word::PortionEnd(unit) => Some(portion_end(r, i, unit, end)),
        Word::Fiscal(kind) => periods::fiscal(r, i, kind, end),
        Word::Decade(decade) => periods::decade_word(r, i, decade, end),
        Word::Holiday(holiday) => holiday_date(r, i, holiday, end),
        Word::Reference(_)
            if r.hyphen(end)
                || matches!(
                    r.next_word(end),
                    Some((Word::Unit(_) | Word::Units(_) | Word::Number(_) | Word::Vague | Word::Weekday { .. } | Word::Month { .. }, _))
                )
                || r.token(end).is_some_and(|t| t.kind == Kind::Number) =>
        {
            None
        }
        Word::Reference(_) if r.is(i, "now") && r.before_is_any(i, &["between", "from"]) && r.is_any(end, &["and", "to", "until", "through"]) => {
            Some(Piece::day(i, end, When::Open, NOW, 0.9))
        }
        Word::Reference(reference) => Some(Piece { start: i, end, meaning: Meaning::Reference(reference), rule: "reference.word", conf: 0.8 }),
        _ => None,
    }
}

/// Whether a word that only opens an expression has nothing behind it at `end` to open. Most numbers, ordinals and "this" are such.
fn barren(r: &Reader<'_>, word: Word, end: usize) -> bool {
    match word {
        Word::Number(_) | Word::Multiplier(_) | Word::Vague | Word::Ordinal(_) | Word::Second => closed(r, end),
        Word::Relation(relation) => {
            r.token(end).is_none_or(|t| t.kind == Kind::Word)
                && !r.lookups.any_of(end, List::TimexWords)
                && !(relation == Relation::This && r.lookups.any_of(end + 1, List::TimexWords))
        }
        _ => false,
    }
}

/// Whether nothing at `at` goes on with a date, time or length behind a number: no word of one, no link to more of it, no mark but a closing one.
fn closed(r: &Reader<'_>, at: usize) -> bool {
    let Some(token) = r.token(at) else { return true };
    if token.gap == Gap::Paragraph {
        return true;
    }
    match token.kind {
        Kind::Word => match r.word(at) {
            Some((Word::Multiplier(_), end)) => closed(r, end),
            Some((word, _)) => !word.follows_number() && !linked(r, at),
            None => !linked(r, at),
        },
        Kind::Punctuation => match r.core(at) {
            ")" | "]" | "," | ";" | "%" | "+" | "”" | "\"" | "?" | "!" => true,
            "." => !r.touches(at + 1),
            _ => false,
        },
        Kind::Number | Kind::Alphanumeric => false,
    }
}

/// Whether `to`, `of`, `and` at `at` link a number to something that may be time.
fn linked(r: &Reader<'_>, at: usize) -> bool {
    if !r.cue(at, Cue::Link) {
        return false;
    }
    let next = at + 1;
    r.lookups.any_of(next, List::TimexWords) || r.token(next).is_some_and(|t| t.kind != Kind::Word) || r.is_any(next, &["the", "a", "to", "of"])
}

fn from_number(r: &Reader<'_>, i: usize, order: MonthFirst<'_>) -> Option<Piece> {
    let text = r.core(i);
    let alphanumeric = r.tokens[i].kind == Kind::Alphanumeric;
    if text.len() > 10 || alphanumeric && text.len() > 5 && !text.is_ascii() {
        return None;
    }
    // a zone in brackets behind "16.58"
    let bracket = matches!(r.core(i + 1), "(" | "[") && !text.contains('.');
    if !alphanumeric && (bracket || closed(r, i + 1)) && text.bytes().filter(|b| *b == b'.').count() < 2 {
        let (_, len) = plain_digits(text)?;
        // "AD 79"
        let era = if r.before_is_any(i, &["AD"]) { years::era(r, i) } else { None };
        return match len {
            4 => era.or_else(|| years::bare_year(r, i)),
            3 => era.or_else(|| years::short_year(r, i)),
            _ => era,
        };
    }
    if let Some(piece) = numeric::numeric(r, i, order) {
        return Some(clock::with_time(r, piece));
    }
    if let Some(piece) = periods::possessive_decade(r, i) {
        return Some(piece);
    }
    let coded = if alphanumeric { periods::coded(r, i) } else { years::era(r, i) };
    if coded.is_some() {
        return coded;
    }
    let day = |r: &Reader<'_>, at: usize| calendar_point(r, at, order);
    let date = calendar::date(r, i).map(|p| clock::with_time(r, p));
    if let Some(found) = date.filter(|p| p.end > i + 1) {
        return Some(found);
    }
    if let Some(found) = nth::in_month(r, i).or_else(|| periods::year_code(r, i)) {
        return Some(found);
    }
    if alphanumeric {
        let period = Piece::longer(periods::ordinal_period(r, i), nth::nth(r, i));
        let time = clock::time(r, i, day);
        return Piece::longer(period, time);
    }
    let length = duration::length(r, i);
    let hours = range::hours(r, i);
    let time = Piece::longer(hours, clock::time(r, i, day));
    let found = Piece::longer(time, length);
    if found.is_some() {
        return found;
    }
    years::bare_year(r, i).or_else(|| years::short_year(r, i))
}

/// A calendar date or a day word without time of day, for a time before it.
fn calendar_point(r: &Reader<'_>, i: usize, order: MonthFirst<'_>) -> Option<Piece> {
    match r.word(i) {
        Some((Word::Tonight, end)) => relative::tonight(r, i, end),
        Some((Word::Holiday(holiday), end)) => holiday_date(r, i, holiday, end),
        Some((Word::Day(offset), end)) if r.possessive(end - 1) || !matches!(r.next_word(end), Some((Word::Part(_), _))) => {
            Some(Piece::day(i, end, When::Shift { base: super::meaning::Base::Document, unit: Unit::Day, by: i32::from(offset) }, "date.deictic", 0.95))
        }
        Some((Word::Day(offset), end)) => relative::day_word(r, i, offset, end),
        Some((Word::Relation(relation), end)) => relative::relation(r, i, relation, end, i),
        Some((Word::Weekday { .. }, _)) => calendar::date(r, i).map(|day| clock::with_part(r, day)),
        None => calendar::date(r, i).or_else(|| numeric::numeric(r, i, order)),
        _ => calendar::date(r, i),
    }
}

/// `Wed Oct 26 15:50:06 2016`: the year behind the time.
fn dated_year(r: &Reader<'_>, piece: Piece) -> Piece {
    let Meaning::Point(mut point) = piece.meaning else { return piece };
    let (Some(mut calendar), Some(clock)) = (point.calendar(), point.clock) else { return piece };
    let given = super::number::year(r, piece.end).filter(|_| r.joined(piece.end) && clock.second.is_some() && calendar.year == Year::Unknown);
    let Some(given) = given else { return piece };
    calendar.year = Year::Given(given);
    point.when = When::Calendar(calendar);
    Piece { end: piece.end + 1, meaning: Meaning::Point(point), rule: "date.unix_time", ..piece }
}

/// A weekday that is not part of a name ("The Friday Times").
fn weekday(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let piece = dated_year(r, clock::with_time(r, calendar::date(r, i)?));
    let named = piece.rule == "date.weekday" && r.before_cue(i, Cue::WeekdayName) && (r.capital(piece.end) || !r.is(i - 1, "the")) && !r.possessive(i);
    // "on a Monday": no one day
    let any = i >= 2 && r.is(i - 1, "a") && r.is(i - 2, "on") && (!r.lower(piece.end) || r.cue(piece.end, Cue::WeekdayDayEnd));
    (!named && !(any && matches!(piece.rule, "date.weekday" | "time.day_part"))).then_some(piece)
}

fn portion_end(r: &Reader<'_>, i: usize, unit: Unit, end: usize) -> Piece {
    if let Some(year) = super::number::year(r, end).filter(|_| r.joined(end) && unit == Unit::Year) {
        return Piece::point(i, end + 1, calendar::point(Year::Given(year), 0, 0), "date.portion", 0.93);
    }
    Piece::point(i, end, periods::current(unit), "date.portion_end", 0.85)
}

/// `Christmas`, `Easter 2024`, `New Year's Day`: not before a noun it only colours ("Christmas tree").
fn holiday_date(r: &Reader<'_>, i: usize, holiday: super::lexicon::Holiday, end: usize) -> Option<Piece> {
    if let Some(year) = super::number::year(r, end).filter(|_| r.joined(end)) {
        return Some(Piece::day(i, end + 1, When::Holiday { holiday, year: Year::Given(year), toward: Toward::Open }, "date.holiday_year", 0.95));
    }
    let single = end == i + 1;
    let lead = r.before_cue(i, Cue::Holiday);
    if single && (!lead || r.lower(end) && !r.cue(end, Cue::HolidayEnd)) {
        return None;
    }
    Some(Piece::day(i, end, When::Holiday { holiday, year: Year::Unknown, toward: Toward::Open }, "date.holiday", 0.96))
}
