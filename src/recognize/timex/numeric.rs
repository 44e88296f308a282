//! Dates in digits: ISO 8601, and day, month and year with marks between.

use super::calendar::{pivot, valid};
use super::lexicon::Zone;
use super::meaning::{Calendar, Clock, Meaning, Piece, Toward, When, Year};
use super::reader::{Reader, plain_digits};
use crate::token::Kind;

/// A date in digits at `i`: `2024-09-18`, `2024-09-18T16:58Z`, `12/03/2024`, `01.07.2024`, `Sep10/2025`.
pub(super) fn numeric(r: &Reader<'_>, i: usize, month_first: impl Fn(u8, u8, i16) -> bool) -> Option<Piece> {
    let token = r.token(i)?;
    if token.kind == Kind::Alphanumeric {
        return glued(r, i);
    }
    let text = r.core(i);
    if text.contains('.') {
        let mut parts = text.split('.');
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        return if parts.next().is_some() || guarded(r, i) { None } else { assemble(i, i + 1, [a, b, c], ".", month_first) };
    }
    let (_, len) = plain_digits(text)?;
    let mark = r.core(i + 1);
    if !matches!(len, 1 | 2 | 4)
        || !matches!(mark, "-" | "/" | "–")
        || !r.touches(i + 1)
        || !r.touches(i + 2)
        || r.core(i + 3) != mark
        || !r.touches(i + 3)
        || !r.touches(i + 4)
    {
        return None;
    }
    if r.touches(i) && i > 0 && matches!(r.core(i - 1), "/" | "-" | "–" | "+") || guarded(r, i) {
        return None;
    }
    // "18T16:58:00Z" holds the day and the time
    let last = r.core(i + 4);
    let (last, hour) = last.split_once('T').map_or((last, None), |(day, hour)| (day, Some(hour)));
    if hour.is_none() && r.touches(i + 5) && r.core(i + 5) == mark {
        return None;
    }
    let piece = assemble(i, i + 5, [text, r.core(i + 2), last], mark, month_first)?;
    match hour {
        Some(hour) => iso_time(r, piece, hour),
        None => Some(piece),
    }
}

/// A number that belongs to a name or law: `version 2.10.2023`, `No. 12/03/2024`.
fn guarded(r: &Reader<'_>, i: usize) -> bool {
    use super::lexicon::Word;
    i > 0
        && r.joined(i)
        && (matches!(r.word(i - 1), Some((Word::Numbered, _))) || r.before_is_any(i, &["no", "#", "v"]) || i > 1 && r.mark(i - 1, ".") && r.is(i - 2, "no"))
}

fn assemble(start: usize, end: usize, parts: [&str; 3], mark: &str, month_first: impl Fn(u8, u8, i16) -> bool) -> Option<Piece> {
    let [(a, a_len), (b, b_len), (c, c_len)] = [plain_digits(parts[0])?, plain_digits(parts[1])?, plain_digits(parts[2])?];
    if b_len > 2 || b_len == 0 {
        return None;
    }
    let (year, month, day, rule) = if a_len == 4 && c_len <= 2 {
        (a as i16, b as u8, c as u8, "date.iso")
    } else if c_len == 4 || (c_len == 2 && mark != "-") {
        let year = if c_len == 4 { c as i16 } else { pivot(c) };
        let (first, second) = (u8::try_from(a).ok()?, b as u8);
        let swap = second > 12 || (first <= 12 && month_first(first, second, year));
        let (day, month) = if swap { (second, first) } else { (first, second) };
        (year, month, day, "date.numeric")
    } else {
        return None;
    };
    if !valid(month, day) || !(1000..=2199).contains(&year) {
        return None;
    }
    let calendar = Calendar { year: Year::Given(year), month, day, weekday: 0, toward: Toward::Open };
    Some(Piece::day(start, end, When::Calendar(calendar), rule, if rule == "date.iso" { 0.99 } else { 0.9 }))
}

/// `T16:58:00+04:00` behind an ISO date.
fn iso_time(r: &Reader<'_>, piece: Piece, hour: &str) -> Option<Piece> {
    let Meaning::Point(mut point) = piece.meaning else { return None };
    let (hour, 2) = plain_digits(hour)? else { return Some(piece) };
    let mut end = piece.end;
    let mut clock = Clock { hour: hour as u8, minute: 0, second: None, zone: None };
    let mut field = 0;
    while field < 2 && r.touches(end) && r.core(end) == ":" && r.touches(end + 1) {
        let text = r.core(end + 1);
        let (digits, zulu) = text.strip_suffix(['Z', 'z']).map_or((text, false), |d| (d, true));
        let digits = digits.split_once('.').map_or(digits, |(whole, _)| whole);
        let (value, 2) = plain_digits(digits)? else { break };
        if field == 0 {
            clock.minute = value as u8
        } else {
            clock.second = Some(value as u8)
        }
        end += 2;
        field += 1;
        if zulu {
            clock.zone = Some(Zone::Fixed(0));
            break;
        }
    }
    if clock.zone.is_none() && r.touches(end) && matches!(r.core(end), "+" | "-" | "−") && r.touches(end + 1) {
        let sign = if r.core(end) == "+" { 1 } else { -1 };
        if let Some((value, len)) = r.digits(end + 1) {
            let value = value as i16;
            if len == 4 {
                clock.zone = Some(Zone::Fixed(sign * (value / 100 * 60 + value % 100)));
                end += 2;
            } else if len == 2 {
                let minutes = if r.core(end + 2) == ":" && r.touches(end + 2) { r.digits(end + 3).map(|(m, _)| m as i16) } else { None };
                clock.zone = Some(Zone::Fixed(sign * (value * 60 + minutes.unwrap_or(0))));
                end += if minutes.is_some() { 4 } else { 2 };
            }
        }
    }
    point.clock = Some(clock);
    Some(Piece { end, meaning: Meaning::Point(point), rule: "date.iso_time", ..piece })
}

/// `Sep10/2025`, `Mar9/2023`, `Oct2`: month and day written as one word.
fn glued(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let text = r.core(i);
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let month = month_by_name(text.get(..letters)?)?;
    let (day, 1..=2) = plain_digits(text.get(letters..)?)? else { return None };
    let slash = r.touches(i + 1) && r.core(i + 1) == "/" && r.touches(i + 2);
    let year = if slash { super::number::year(r, i + 2) } else { None }?;
    let day = day as u8;
    let calendar = Calendar { year: Year::Given(year), month, day, weekday: 0, toward: Toward::Open };
    valid(month, day).then(|| Piece::day(i, i + 3, When::Calendar(calendar), "date.glued", 0.97))
}

fn month_by_name(name: &str) -> Option<u8> {
    const NAMES: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    if name.len() < 3 {
        return None;
    }
    NAMES
        .iter()
        .position(|full| {
            full.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) || name.eq_ignore_ascii_case("sept") && *full == "september"
        })
        .map(|i| i as u8 + 1)
}

/// The point of an ISO-like text such as the date of a record: `2024-09-18`, `2024-09`, `2024`.
pub(super) fn parse_iso(text: &str) -> Option<(i16, u8, u8)> {
    let mut parts = text.get(..text.find(['T', ' ']).unwrap_or(text.len()))?.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month = parts.next().map_or(Some(0), |m| m.parse().ok().filter(|m| (1..=12).contains(m)))?;
    let day = parts.next().map_or(Some(0), |d| d.parse().ok().filter(|d| valid(month, *d)))?;
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn dates_in_digits() -> Result<(), String> {
        check(&[
            ("2024-03-15", "As of [date 12/03/2024=2024-03-12] and [date 2024-03-12T09:30:00Z=2024-03-12T09:30:00+00:00]."),
            ("2007-07-09", "It flew on [date 7/8/07=2007-07-08]."),
            ("2024-09-18", "See [date 31.12.2023=2023-12-31], version 2.10.2023 and No. 12/03/2024."),
            ("2024-09-18", "(Galle/[date Sep10/2025=2025-09-10])"),
        ])
    }
}
