//! Bare years, and the guard against other numbers that look like one.

use super::calendar::point;
use super::cues::{Classes, Cue};
use super::lexicon::Word;
use super::meaning::{Meaning, Piece, Point, When, Year};
use super::number::year;
use super::reader::Reader;
use crate::token::{Case, Kind};

/// A year at `i` that stands alone: `in 2024`, `the 2023 attack`, `(2019)`, `since 1695`, `2012-13`, `2022/23`.
///
/// Nouns that take a number (`resolution 2231`), currencies, units and plural nouns behind (`1999 sheep`) speak against it.
pub(super) fn bare_year(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let value = year(r, i)?;
    let lead = if i > 0 && r.joined(i) { r.core(i - 1) } else { "" };
    let lead = if lead == "." && circa(r, i) { "c" } else { lead };
    let before = if lead.is_empty() { Classes::NONE } else { r.cues(i - 1) };
    let sure = before.holds(Cue::YearSure) || lead == "c";
    let likely = before.holds(Cue::YearLikely);
    if blocked_before(r, i, lead) {
        return None;
    }
    let end = i + 1;
    // "A 9-iron and 2012 golf balls": only years are joined to years
    if r.is_any(i.wrapping_sub(1), &["and", "or"])
        && i >= 2
        && r.joined(i)
        && r.lower(end)
        && r.tokens[i - 2].kind != Kind::Number
        && !r.cue(end, Cue::YearPair)
    {
        return None;
    }
    if let Some(piece) = short_range(r, i, value).filter(|_| value >= 1500) {
        return Some(piece);
    }
    if blocked_behind(r, end) {
        return None;
    }
    let start = if r.is_any(i.wrapping_sub(1), &["year", "biennium"]) && i > 0 && r.joined(i) && !r.is(i.wrapping_sub(2), "fiscal") { i - 1 } else { i };
    let possessive = r.possessive(i.wrapping_sub(1)) || r.is_any(i.wrapping_sub(1), &["the", "a", "this"]);
    let counted = r.lower(end) && r.core(end).ends_with('s') && !r.core(end).ends_with("ss") && !r.cue(end, Cue::NoCount);
    let bracketed = lead == "(" && (matches!(r.core(end), ")" | "," | ";") || r.dash(end));
    let floor = if sure {
        1000
    } else if bracketed || likely || possessive {
        1500
    } else {
        1800
    };
    let row = i > 0 && r.joined(i) && r.tokens[i - 1].kind == Kind::Number;
    let ok = paired(r, i, value)
        || value >= floor
            && match (sure, likely) {
                (true, _) => !counted || r.is_any(i - 1, &["in", "since", "by", "until", "year", "during"]),
                (_, true) => !counted || possessive,
                _ => {
                    !counted
                    && (if bracketed || possessive { 1500 } else { 1900 }..=2100).contains(&value)
                    // "12 2012": a list or table of numbers
                    && !row
                    && !follows_verb_like(r, i)
                }
            };
    if !ok {
        return None;
    }
    let conf = if sure {
        0.95
    } else if likely {
        0.85
    } else {
        0.7
    };
    Some(Piece::point(start, end, point(Year::Given(value), 0, 0), "date.year", conf))
}

/// Whether a later year follows behind a dash or `to`: `2014-2018` is sure to be two years.
fn paired(r: &Reader<'_>, i: usize, first: i16) -> bool {
    let link = i + 1;
    let linked = r.dash(link) && r.touches(link) == r.touches(link + 1) || r.is_any(link, &["to", "through"]) && r.joined(link);
    linked
        && !r.touches(i)
        && (1900..=2100).contains(&first)
        && year(r, link + 1).is_some_and(|last| (first + 1..=2100).contains(&last) && last - first < 100)
        && !r.hyphen(link + 2)
        && (!r.lower(link + 2) || r.cue(link + 2, Cue::YearPair))
}

/// A year of three digits: `c. 347`, `(c. 314 – 368)`; and `in 348`, `around 328` where the text has marked one so before.
pub(super) fn short_year(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (value, 3) = r.digits(i)? else { return None };
    if r.touches(i) && i > 0 && !matches!(r.core(i - 1), "(" | "." | "–" | "-") || value < 100 {
        return None;
    }
    let closed = |at: usize| !r.joined(at) || !r.touches(at + 1) && matches!(r.core(at), ")" | "," | ";" | ".") || r.capital(at) && !r.touches(at);
    let ended = (i > 1 && r.dash(i - 1) && circa(r, i - 2)).then(|| closed(i + 1));
    let year = point(Year::Unknown, 0, 0);
    let piece = Piece::point(i, i + 1, Point { when: When::Historic(value as i16), ..year }, "date.short_year", 0.75);
    if circa(r, i) || ended == Some(true) {
        return Some(piece);
    }
    let led =
        r.before_is_any(i, &["in", "around", "about", "until", "by"]) && (closed(i + 1) || r.dash(i + 1) && r.digits(i + 2).is_some_and(|(_, len)| len == 3));
    let ending = i > 1 && r.dash(i - 1) && r.digits(i - 2).is_some_and(|(n, len)| len == 3 && n < value) && closed(i + 1);
    ((led || ending) && (0..i).any(|at| r.digits(at).is_some_and(|(_, len)| len == 3) && circa(r, at))).then_some(piece)
}

/// Whether "c." or "circa" stands before the number.
fn circa(r: &Reader<'_>, i: usize) -> bool {
    // "CA 241" is a road
    let marks = |at: usize| matches!(r.core(at), "c" | "ca" | "circa" | "Circa");
    i > 0 && r.joined(i) && (marks(i - 1) || i > 1 && r.mark(i - 1, ".") && marks(i - 2))
}

/// `2012-13`, `2022/23`, `2022–25`: the second year is short; `2022/2023` has a slash.
fn short_range(r: &Reader<'_>, i: usize, first: i16) -> Option<Piece> {
    if !r.touches(i + 1) || !r.touches(i + 2) || !(r.dash(i + 1) || r.core(i + 1) == "/") {
        return None;
    }
    let slash = r.core(i + 1) == "/";
    let last = match r.digits(i + 2)? {
        (two, 2) => first / 100 * 100 + two as i16,
        (four, 4) if slash => four as i16,
        _ => return None,
    };
    let span = last - first;
    let closed = !(r.touches(i + 3) && (r.dash(i + 3) && r.touches(i + 4) || r.core(i + 3) == "/"));
    let lone =
        r.digits(i + 2).is_some_and(|(two, len)| len == 2 && two <= 12) && span > 1 && !r.before_cue(i, Cue::YearSure) && !r.before_is_any(i, &["for", "the"]);
    // "2008/4" is a document number, "2014/65" a directive
    if span < 1 || span > if slash { 1 } else { 60 } || !closed || lone {
        return None;
    }
    let start = if r.before_is_any(i, &["biennium"]) { i - 1 } else { i };
    Some(Piece {
        start,
        end: i + 3,
        meaning: Meaning::Range(point(Year::Given(first), 0, 0), point(Year::Given(last), 0, 0)),
        rule: "date.year_range_short",
        conf: 0.9,
    })
}

fn blocked_before(r: &Reader<'_>, i: usize, lead: &str) -> bool {
    if lead.is_empty() {
        return false;
    }
    let before = &r.tokens[i - 1];
    let touching = r.touches(i);
    if touching
        && (matches!(lead, "$" | "€" | "£" | "¥" | "₹" | "#" | "/" | ":" | "@" | "+" | "_" | "=" | "§" | "." | "\\")
            || r.dash(i - 1) && i >= 2 && r.touches(i - 1) && r.tokens[i - 2].kind != Kind::Word)
    {
        return true;
    }
    if touching
        && r.dash(i - 1)
        && !r.is_any(i.wrapping_sub(2), &["post", "pre", "mid", "early", "late", "end"])
        && i >= 2
        && r.touches(i - 1)
        && !matches!(r.word(i - 2), Some((Word::Month { .. }, _)))
    {
        return true;
    }
    if matches!(lead, "$" | "€" | "£" | "US$" | "#" | "№" | "USD" | "EUR" | "AZN" | "CHF" | "Rs") {
        return true;
    }
    // "Resolution 2231", "No. 2010", "the old number, 1991,"
    let noun = if matches!(lead, "." | "," | "(" | ")") && i >= 2 { i - 2 } else { i - 1 };
    let numbered = matches!(r.word(noun), Some((Word::Numbered, _))) && (lead != "," || r.is_any(noun, &["number", "numbers"])) && lead != "(";
    let no = r.cue(noun, Cue::NumberedShort) && lead != ",";
    // A phone number or another row of digits.
    let row = before.kind == Kind::Number
        && !touching
        && r.core(i - 1).len() > 2
        && before.gap <= crate::token::Gap::Space
        && r.token(i).is_some_and(|t| t.gap == crate::token::Gap::Space)
        && year(r, i - 1).is_none();
    let bracketed = lead == ")" && i >= 3 && (r.tokens[i - 2].kind == Kind::Number || r.core(i - 2) == "EU");
    numbered || no || row || bracketed || matches!(lead, "ISO" | "IEC" | "ext")
}

fn blocked_behind(r: &Reader<'_>, end: usize) -> bool {
    if !r.joined(end) {
        return false;
    }
    if r.touches(end) {
        let mark = r.core(end);
        let digit = r.touches(end + 1) && r.token(end + 1).is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Punctuation);
        if matches!(mark, "/" | "_" | "=" | "@" | "%" | "°" | "\\") && (digit || mark != "/") || mark == "/" && r.touches(end + 1) {
            return true;
        }
        if matches!(mark, "-" | "–" | ":" | "+") && digit && year(r, end + 1).is_none() {
            return true;
        }
        if mark == "-" && r.touches(end + 1) && r.lower(end + 1) {
            // "2000-member", "2012-era" counts or describes
            return !r.is_any(end + 1, &["era", "style", "vintage", "born", "based", "present"]);
        }
    }
    if r.tokens[end].kind == Kind::Number && !r.touches(end) && year(r, end).is_none() && r.core(end).len() > 2 {
        return true;
    }
    // "a 2000 year old temple"
    let aged = r.is_any(end, &["year", "years"]) && r.is(end + 1, "old");
    aged || r.cue(end, Cue::YearUnit) || matches!(r.word(end), Some((Word::Units(_) | Word::UnitAbbr(_), _)))
}

/// Whether a lone number stands where an object is likelier than a date: "scored 2024", "closed at 2001".
fn follows_verb_like(r: &Reader<'_>, i: usize) -> bool {
    if i == 0 || !r.joined(i) {
        return false;
    }
    let before = &r.tokens[i - 1];
    before.kind == Kind::Word && before.case == Case::Lower && r.cue(i - 1, Cue::NumberVerb)
}

/// `1230 BC`, `AD 79`, `594 BCE`, `900 CE`.
pub(super) fn era(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let (value, 1..=4) = r.digits(i)? else { return None };
    let Some((Word::Era(sign), end)) = r.next_word(i + 1) else {
        // "AD 79": the era first, and only the one that is written so
        let led = i > 0 && r.joined(i) && !r.touches(i) && r.is(i - 1, "AD") && r.core(i - 1) == "AD" && !r.hyphen(i + 1);
        return led.then(|| Piece::point(i - 1, i + 1, Point::day(When::Historic(value as i16)), "date.era", 0.9));
    };
    let end = if r.core(end - 1).contains('.') { r.skip_point(end) } else { end };
    let year = value as i16 * i16::from(sign);
    Some(Piece::point(i, end, Point::day(When::Historic(year)), "date.era", 0.95))
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn years_and_other_numbers() -> Result<(), String> {
        check(&[
            ("2024-09-18", "In [date 2019=2019], the [date 2020=2020] vote, by [date 2050=2050], since [date 1695=1695]."),
            ("2024-09-18", "Resolution 2231, Room 2010, $1999, 2020 km and 1998 ships."),
            ("2024-09-18", "The strategy [date 2013-17=2013/2017], [date 2022/23=2022/2023], [date 2004 through 2007=2004/2007]; paper 2008/4."),
            ("2024-09-18", "The wall of [date 79 AD=0079] and [date 1230 BC=BC1230]."),
        ])
    }
}
