//! Clock times, their zones, and the parts of the day.

use super::cues::Cue;
use super::lexicon::{Part, Word, Zone};
use super::meaning::{Clock, Meaning, Piece, Point, Repeat, When};
use super::number::amount;
use super::reader::{Reader, plain_digits};
use crate::token::Kind;

/// A clock time at `i`: `14:00`, `9 a.m.`, `5:31pm`, `23.59 GMT`, `1400 hours`, `noon`, `12 noon`, `five o'clock`.
pub(super) fn clock(r: &Reader<'_>, i: usize) -> Option<(Clock, usize)> {
    let token = r.token(i)?;
    match token.kind {
        Kind::Number | Kind::Alphanumeric => digital(r, i),
        Kind::Word => match r.word(i)? {
            (Word::Clock(hour), end) => Some((Clock { hour, minute: 0, second: None, zone: None }, end)),
            (Word::Number(_), _) => {
                let (n, end) = amount(r, i)?;
                let hour = u8::try_from(n.as_whole()?).ok()?;
                match r.next_word(end)? {
                    (Word::OClock, end) if hour <= 12 => finish(r, hour, 0, end),
                    _ => None,
                }
            }
            _ => None,
        },
        Kind::Punctuation => None,
    }
}

fn digital(r: &Reader<'_>, i: usize) -> Option<(Clock, usize)> {
    let (digits, suffix) = split(r.core(i))?;
    let (value, len) = plain_digits(digits)?;
    let value = u16::try_from(value).ok()?;
    if let Some(add) = meridiem(suffix).filter(|_| len <= 2) {
        return with_zone(r, twelve(value as u8, add)?, 0, None, i + 1);
    }
    if !suffix.is_empty() {
        // "8.30pm"
        if let Some((minutes, half)) = suffix.strip_prefix('.').and_then(split)
            && let (Some((minute, 2)), Some(add)) = (plain_digits(minutes), meridiem(half))
            && len <= 2
        {
            return with_zone(r, twelve(value as u8, add)?, u8::try_from(minute).ok()?, None, i + 1);
        }
        // "16.58"
        let (minute, 2) = plain_digits(suffix.strip_prefix('.')?)? else { return None };
        let (clock, end) = (len <= 2).then(|| finish(r, value as u8, minute as u8, i + 1))??;
        let certain = clock.zone.is_some() || end > i + 1 && !matches!(r.core(end - 1), ".") || r.is_any(end, &["hours", "hrs"]);
        return certain.then_some((clock, end));
    }
    if len <= 2 && r.touches(i + 1) && r.mark(i + 1, ":") && r.touches(i + 2) {
        // the offset of a zone, or the seconds of another time
        if i > 0 && r.touches(i) && matches!(r.core(i - 1), "+" | "-" | "−" | ":" | "/") {
            return None;
        }
        return minutes(r, value as u8, i + 2);
    }
    match (len, r.next_word(i + 1)) {
        (1 | 2, Some((Word::AmPm(_), _))) => finish(r, value as u8, 0, i + 1),
        (1 | 2, Some((Word::OClock, end))) if value <= 12 => finish(r, value as u8, 0, end),
        (1 | 2, Some((Word::Clock(hour), end))) if value == 12 => Some((Clock { hour, minute: 0, second: None, zone: None }, end)),
        (4, Some((Word::Zone(Zone::Fixed(_)), _))) if value < 2400 && value % 100 < 60 => finish(r, (value / 100) as u8, (value % 100) as u8, i + 1),
        (4, _)
            if value < 2400
                && value % 100 < 60
                && r.is_any(i + 1, &["hours", "hrs"])
                && r.joined(i + 1)
                && (digits.starts_with('0') || r.before_is_any(i, &["at", "from", "until", "by", "to"])) =>
        {
            with_zone(r, (value / 100) as u8, (value % 100) as u8, None, i + 2)
        }
        _ => None,
    }
}

/// Minutes at `i`, behind the hour's colon; seconds and the rest behind.
fn minutes(r: &Reader<'_>, hour: u8, i: usize) -> Option<(Clock, usize)> {
    let (digits, suffix) = split(r.core(i))?;
    let (minute, 2) = plain_digits(digits)? else { return None };
    if let Some(add) = meridiem(suffix) {
        return with_zone(r, twelve(hour, add)?, minute as u8, None, i + 1);
    }
    if suffix.eq_ignore_ascii_case("z") {
        return check(Clock { hour, minute: minute as u8, second: None, zone: Some(Zone::Fixed(0)) }).map(|c| (c, i + 1));
    }
    if !suffix.is_empty() {
        return None;
    }
    if r.touches(i + 1) && r.mark(i + 1, ":") && r.touches(i + 2) {
        let (digits, suffix) = split(r.core(i + 2))?;
        let (second, 2) = plain_digits(digits)? else { return None };
        let add = meridiem(suffix);
        let hour = if let Some(add) = add { twelve(hour, add)? } else { hour };
        let (mut clock, end) = if suffix.eq_ignore_ascii_case("z") {
            (Clock { hour, minute: minute as u8, second: None, zone: Some(Zone::Fixed(0)) }, i + 3)
        } else if add.is_some() {
            with_zone(r, hour, minute as u8, None, i + 3)?
        } else {
            finish(r, hour, minute as u8, i + 3)?
        };
        clock.second = Some(second as u8);
        return check(clock).map(|c| (c, end));
    }
    finish(r, hour, minute as u8, i + 1)
}

/// `a.m.` and a zone behind hour and minute.
fn finish(r: &Reader<'_>, hour: u8, minute: u8, end: usize) -> Option<(Clock, usize)> {
    match r.next_word(end) {
        Some((Word::AmPm(add), next)) => {
            let next = if r.core(next - 1).contains('.') { r.skip_point(next) } else { next };
            with_zone(r, twelve(hour, add)?, minute, None, next)
        }
        _ => with_zone(r, hour, minute, None, end),
    }
}

fn with_zone(r: &Reader<'_>, hour: u8, minute: u8, second: Option<u8>, end: usize) -> Option<(Clock, usize)> {
    let (zone, end) = match zone(r, end) {
        Some((zone, next)) => (Some(zone), next),
        None => (None, end),
    };
    check(Clock { hour, minute, second, zone }).map(|c| (c, end))
}

fn check(clock: Clock) -> Option<Clock> {
    (clock.hour <= 24 && clock.minute < 60 && clock.second.unwrap_or(0) < 61).then_some(clock)
}

/// Splits leading digits from the rest: `5` `pm`, `16` `.58`.
fn split(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn meridiem(suffix: &str) -> Option<u8> {
    if suffix.eq_ignore_ascii_case("am") || suffix.eq_ignore_ascii_case("a.m") {
        Some(0)
    } else if suffix.eq_ignore_ascii_case("pm") || suffix.eq_ignore_ascii_case("p.m") {
        Some(12)
    } else {
        None
    }
}

fn twelve(hour: u8, add: u8) -> Option<u8> {
    match hour {
        0..=11 => Some(hour + add),
        12 => Some(add),
        // "18:30 pm" says it twice
        13..=23 if add == 12 => Some(hour),
        _ => None,
    }
}

/// A zone at `i`: `GMT`, `UTC+4`, `ET`. One in brackets is read but lies outside the expression.
fn zone(r: &Reader<'_>, i: usize) -> Option<(Zone, usize)> {
    if r.mark(i, "(") {
        let (zone, _) = plain_zone(r, i + 1)?;
        return Some((zone, i));
    }
    if r.touches(i) && matches!(r.core(i), "+" | "-" | "−") && r.touches(i + 1) && r.digits(i + 1).is_some_and(|(_, len)| len == 2) {
        return offset(r, i).map(|(minutes, end)| (Zone::Fixed(minutes), end));
    }
    plain_zone(r, i)
}

fn plain_zone(r: &Reader<'_>, i: usize) -> Option<(Zone, usize)> {
    let (Word::Zone(zone), end) = r.next_word(i)? else { return None };
    if let Some((minutes, end)) = offset(r, end).filter(|_| zone == Zone::Fixed(0)) {
        let end = match r.next_word(end) {
            Some((Word::Zone(Zone::Fixed(same)), next)) if same == minutes => next,
            _ => end,
        };
        return Some((Zone::Fixed(minutes), end));
    }
    Some((zone, end))
}

/// `+04:00`, `+4`, `-0530` at `i`, in minutes.
fn offset(r: &Reader<'_>, i: usize) -> Option<(i16, usize)> {
    let sign = match r.core(i) {
        "+" => 1,
        "-" | "−" | "–" => -1,
        _ => return None,
    };
    let (value, len) = r.digits(i + 1).filter(|_| r.touches(i + 1))?;
    let value = i16::try_from(value).ok()?;
    if len == 4 {
        return Some((sign * (value / 100 * 60 + value % 100), i + 2));
    }
    if r.touches(i + 2) && r.mark(i + 2, ":") && r.touches(i + 3) {
        let (minutes, 2) = r.digits(i + 3)? else { return None };
        return Some((sign * (value * 60 + minutes as i16), i + 4));
    }
    (value <= 14).then_some((sign * value * 60, i + 2))
}

/// Attaches a part of the day: `Tuesday evening`, `Friday in the morning`, `Monday a.m.` is none.
pub(super) fn with_part(r: &Reader<'_>, piece: Piece) -> Piece {
    let Meaning::Point(mut point) = piece.meaning else { return piece };
    // "Tuesday in the morning"
    let inside = r.is(piece.end, "in") && r.is(piece.end + 1, "the") && r.joined(piece.end) && r.joined(piece.end + 1);
    match r.next_word(if inside { piece.end + 2 } else { piece.end }) {
        // "The Sunday Night Orchestra" is a name
        Some((Word::Part(_), next)) if r.capital(next - 1) && r.capital(next) => piece,
        Some((Word::Part(part), next)) if point.part.is_none() && is_day(&point) && !r.possessive(piece.end - 1) => {
            point.part = Some(part);
            Piece { end: next, meaning: Meaning::Point(point), rule: "time.day_part", ..piece }
        }
        _ => piece,
    }
}

/// Attaches a time of day behind a date: `18 September 2024 16:58`, `Feb. 25, 2016, at 11:00 a.m.`, `Tuesday evening`.
pub(super) fn with_time(r: &Reader<'_>, piece: Piece) -> Piece {
    let Meaning::Point(point) = piece.meaning else { return piece };
    if point.clock.is_some() || !is_day(&point) {
        return piece;
    }
    let piece = with_part(r, piece);
    with_clock(r, piece).unwrap_or(piece)
}

fn with_clock(r: &Reader<'_>, piece: Piece) -> Option<Piece> {
    let Meaning::Point(mut point) = piece.meaning else { return None };
    let mut at = piece.end;
    if r.mark(at, ",") || r.mark(at, "|") || r.dash(at) && r.touches(at) == r.touches(at + 1) {
        at += 1;
    }
    if r.mark(at, "@") || r.is_any(at, &["at", "around", "by"]) && r.joined(at) {
        at += 1;
    }
    if !r.joined(at) || r.touches(at) && at == piece.end {
        return None;
    }
    let (clock, end) = clock(r, at)?;
    point.clock = Some(halved(r, at, end, clock, point.part));
    point.part = None;
    Some(Piece { end, meaning: Meaning::Point(point), rule: if clock.zone.is_some() { "date.date_time_zone" } else { "date.date_time" }, ..piece })
}

/// A clock time without a.m. or p.m. behind a part of the day: "Tuesday evening at 8:30" is 20:30.
pub(super) fn halved(r: &Reader<'_>, start: usize, end: usize, clock: Clock, part: Option<Part>) -> Clock {
    let said = (start..end).any(|i| r.core(i).bytes().any(|b| matches!(b, b'm' | b'M'))) || matches!(r.word(start), Some((Word::Clock(_), _)));
    match part {
        Some(Part::Afternoon | Part::Evening) if !said && clock.hour < 12 && clock.zone.is_none() => Clock { hour: clock.hour + 12, ..clock },
        _ => clock,
    }
}

/// Whether the point names one day, so that a time of day may follow.
pub(super) fn is_day(point: &Point) -> bool {
    match point.when {
        When::Calendar(c) => c.day > 0 || c.weekday > 0,
        When::Shift { unit, .. } => unit == super::lexicon::Unit::Day,
        When::DayOfMonth(_) | When::Holiday { .. } => true,
        _ => false,
    }
}

/// A clock time with the day behind it, if one is said: `10 a.m. on Tuesday`, `3 p.m. Friday`, `14:00`.
pub(super) fn time(r: &Reader<'_>, i: usize, day: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Option<Piece> {
    let expected = r.before_is_any(i, &["at", "by", "until", "from"]);
    let (clock, end) = clock(r, i)?;
    if !expected && named(r, i, end, &clock) {
        return None;
    }
    let bare = Point { when: When::Nothing, part: None, clock: Some(clock) };
    let mut at = r.skip_comma(end);
    if r.is(at, "on") && r.joined(at) {
        at += 1;
    }
    if r.joined(at)
        && let Some(piece) = day(r, at)
        && let Some(point) = piece.as_point().filter(|p| is_day(p) && p.clock.is_none())
    {
        let clock = halved(r, i, end, clock, point.part);
        return Some(Piece::point(i, piece.end, Point { clock: Some(clock), part: None, ..point }, "time.clock_date", 0.95));
    }
    let certain = clock.zone.is_some() || end > i + 3 || expected || matches!(r.word(i), Some((Word::Clock(_), _)));
    Some(Piece::point(i, end, bare, "time.clock", if certain { 0.9 } else { 0.75 }))
}

/// Whether the time is none: `Noon Energy`, a ratio (`odds of 6:40`) or a verse (`John 3:16`).
fn named(r: &Reader<'_>, i: usize, end: usize, clock: &Clock) -> bool {
    if matches!(r.word(i), Some((Word::Clock(_), _))) {
        return r.capital(i) && r.capital(end);
    }
    let plain = clock.zone.is_none() && clock.second.is_none() && end == i + 3;
    let ratio = (1..=3).any(|back| i >= back && r.joined(i - back + 1) && r.cue(i - back, Cue::Ratio));
    let verse =
        r.core(i).len() == 1 && i > 0 && r.joined(i) && r.tokens[i - 1].kind == Kind::Word && r.capital(i - 1) && !r.opens(i - 1) && r.word(i - 1).is_none();
    plain && (ratio || verse)
}

/// A part of a day with the day behind it: `evening of 3 May`, `night of February 25-26, 1992`, `overnight on July 6`.
pub(super) fn part_of_day(r: &Reader<'_>, i: usize, part: Part, end: usize, day: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Option<Piece> {
    let mut at = end;
    let linked = r.is_any(at, &["of", "on"]) && r.joined(at);
    if linked {
        at += 1;
    }
    if r.is(at, "the") {
        at += 1;
    }
    let piece = if r.joined(at) && (linked || r.is(i, "overnight")) { day(r, at) } else { None };
    match piece.map(|p| (p, p.meaning)) {
        Some((piece, Meaning::Point(point))) if is_day(&point) => {
            let mut point = point;
            let (mut rule, mut end) = ("time.part_of_date", piece.end);
            point.part = Some(part);
            if let Some((Word::Zone(zone), next)) = r.next_word(end) {
                // "overnight July 6 AEST": the zone is said of no clock time
                point.clock = Some(Clock { hour: u8::MAX, minute: 0, second: None, zone: Some(zone) });
                (rule, end) = ("time.part_of_date_zone", next);
            }
            Some(Piece::point(i, end, point, rule, 0.93))
        }
        Some((piece, Meaning::Range(mut first, _))) if is_day(&first) => {
            first.part = Some(part);
            Some(Piece::point(i, piece.end, first, "time.part_of_date", 0.9))
        }
        _ => {
            let sitting = r.joined(end) && r.cue(end, Cue::PartSitting);
            let during = r.before_is_any(i, &["the"]) && i >= 2 && r.is_any(i - 2, &["in", "during"]);
            // "in the mornings"
            if during && r.core(end - 1).ends_with('s') {
                return Some(Piece { start: i, end, meaning: Meaning::Repeat(Repeat::Part(part)), rule: "set.day_parts", conf: 0.8 });
            }
            let cued = r.before_is_any(i, &["the"]) && (sitting || i >= 2 && r.is_any(i - 2, &["in", "during"]));
            cued.then(|| Piece::point(i, end, Point { when: When::Nothing, part: Some(part), clock: None }, "time.part", 0.7))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn clock_times() -> Result<(), String> {
        check(&[
            ("2024-09-18", "Doors open [date today at 9:30 a.m.=2024-09-18T09:30] and close at [date 5:15pm=2024-09-18T17:15]."),
            ("2024-09-18", "Due by [date 18 July 2024 at 23.59 GMT=2024-07-18T23:59+00:00]."),
            ("2024-07-01", "Call at [date 3 p.m. ET on Friday, 5 July 2024=2024-07-05T15:00-04:00]."),
            ("2024-09-18", "The ratio 16:9 and the rate 24.29% stayed."),
            ("2024-09-18", "[date Monday morning=2024-09-16TMO], the [date evening of 3 May=2024-05-03TEV] and [date last night=2024-09-17TNI]."),
            ("2024-09-18", "Open [date 9 a.m. to 5 p.m.=XXXX-XX-XXT09:00/XXXX-XX-XXT17:00]."),
        ])
    }
}
