//! Lengths of time, and what they become with "ago", "later" or "a week" behind.

use super::cues::Cue;
use super::lexicon::{Relation, Shift, Unit, Word};
use super::meaning::{Base, Length, Meaning, Piece, Point, Repeat, When};
use super::number::{Amount, amount, year};
use super::reader::Reader;
use crate::token::Kind;

/// A unit at `i` behind a number: whether it may stand there in the singular is the caller's business.
fn unit(r: &Reader<'_>, i: usize, abbreviated: bool) -> Option<(Unit, bool, usize)> {
    match r.next_word(i)? {
        (Word::Unit(unit), end) => Some((unit, false, end)),
        (Word::Units(unit), end) => Some((unit, true, end)),
        (Word::Second, end) => Some((Unit::Second, false, end)),
        (Word::UnitAbbr(unit), end) if abbreviated => Some((unit, true, end)),
        (Word::Part(super::lexicon::Part::Night), end) if r.core(i).ends_with('s') => Some((Unit::Day, true, end)),
        _ => None,
    }
}

/// An amount and a unit at `i`: `three days`, `four-day`, `two and a half years`, `two to three months`, `seven short weeks`, `half an hour`, `2 years and 6 months`.
pub(super) fn length(r: &Reader<'_>, i: usize) -> Option<Piece> {
    if let Some(piece) = half(r, i) {
        return behind(r, piece);
    }
    let (first, end) = amount(r, i)?;
    if r.token(i)?.kind == Kind::Number
        && (year(r, i).is_some() && !r.core(i).contains(',') && !matches!(r.next_word(end), Some((Word::Units(_), _)))
            || r.touches(i) && i > 0 && !r.dash(i - 1) && !matches!(r.core(i - 1), "(" | "\"" | "“" | "‘" | "'" | "~" | "—" | "/" | "["))
    {
        return None;
    }
    if r.hyphen(end)
        && let Some((unit, _, stop)) = unit(r, end + 1, false)
    {
        if aged(r, stop) {
            return None;
        }
        let stop = if r.hyphen(stop) && r.is(stop + 1, "long") { stop + 2 } else { stop };
        return Some(piece(i, stop, first, unit, "duration.hyphenated", 0.93));
    }
    // "two to three months", "three or four months", "10-15 hours"
    let linked = r.joined(end) && (r.is_any(end, &["to", "or"]) || r.dash(end));
    if linked
        && let Some((second, next)) = amount(r, end + 1).filter(|_| r.joined(end + 1))
        && let (Amount::Milli(a), Amount::Milli(b)) = (first, second)
        && a < b
    {
        let (next, hyphenated) = if r.hyphen(next) { (next + 1, true) } else { (adjective(r, next), false) };
        if let Some((unit, plural, stop)) = unit(r, next, true) {
            if aged(r, stop) || !(plural || hyphenated) {
                return None;
            }
            let piece = Piece { start: i, end: stop, meaning: Meaning::Lengths(first, second, unit), rule: "duration.range", conf: 0.93 };
            return behind(r, piece);
        }
    }
    let at = adjective(r, end);
    let digits = r.token(i)?.kind == Kind::Number;
    let (unit, plural, stop) = unit(r, at, digits)?;
    let one = first.as_whole() == Some(1);
    if aged(r, stop) || !(plural || one || r.core(i).contains('.') && unit != Unit::Second) || unit == Unit::Quarter && first == Amount::Vague {
        return None;
    }
    if one && unit == Unit::Day && !digits && at == end && !r.possessive(stop - 1) && !followed_by_shift(r, stop) && !r.before_cue(i, Cue::OneDay) {
        // "one day" is mostly "some day"
        return None;
    }
    let mut found = piece(i, stop, first, unit, "duration.count", 0.93);
    if first == Amount::Vague {
        found.rule = "duration.vague_count";
        found.conf = 0.85;
    }
    compound(r, &mut found);
    behind(r, found)
}

/// Skips one adjective between number and unit: `seven short weeks`, `three more years`.
fn adjective(r: &Reader<'_>, i: usize) -> usize {
    match r.next_word(i) {
        Some((
            Word::Between
            | Word::Relation(Relation::Next | Relation::Last | Relation::Past | Relation::Coming | Relation::Recent | Relation::Previous)
            | Word::Fiscal(_),
            end,
        )) => end,
        _ if r.is(i, "more") && r.joined(i) => i + 1,
        _ => i,
    }
}

/// `half an hour`, `half a century`, `half-year`, `quarter of a century`, `quarter-century`.
fn half(r: &Reader<'_>, i: usize) -> Option<Piece> {
    let thousandths = match r.word(i)? {
        (Word::Half, _) => 500,
        (Word::Unit(Unit::Quarter), _) => 250,
        _ => return None,
    };
    let mut at = i + 1;
    if r.is(at, "of") {
        at += 1;
    }
    if r.is_any(at, &["a", "an"]) || r.hyphen(at) {
        at += 1;
    }
    let counted = thousandths == 500 && at == i + 1 && r.before_is_any(i, &["a", "every", "each", "another"]);
    if thousandths == 500 && at == i + 1 && !counted || !r.joined(at) {
        return None;
    }
    let (Word::Unit(unit), end) = r.word(at)? else { return None };
    matches!(unit, Unit::Hour | Unit::Day | Unit::Year | Unit::Century | Unit::Decade | Unit::Millennium)
        .then(|| piece(i, end, Amount::Milli(thousandths), unit, "duration.fraction", 0.9))
        .filter(|p| (thousandths != 250 || matches!(unit, Unit::Hour | Unit::Century)) && !aged(r, p.end))
}

/// `and six months` behind years.
fn compound(r: &Reader<'_>, found: &mut Piece) {
    let Meaning::Length(mut length) = found.meaning else { return };
    let finer = |a: Unit, b: Unit| {
        matches!(
            (a, b),
            (Unit::Year, Unit::Month | Unit::Week | Unit::Day)
                | (Unit::Month, Unit::Week | Unit::Day)
                | (Unit::Week, Unit::Day)
                | (Unit::Day, Unit::Hour)
                | (Unit::Hour, Unit::Minute)
                | (Unit::Minute, Unit::Second)
        )
    };
    if r.is(found.end, "and") && r.is(found.end + 1, "a") && r.is(found.end + 2, "half") {
        if let Amount::Milli(n) = length.amount {
            length.amount = Amount::Milli(n + 500);
            (found.meaning, found.end) = (Meaning::Length(length), found.end + 3);
        }
        return;
    }
    let mut at = r.skip_comma(found.end);
    if r.is(at, "and") && r.joined(at) {
        at += 1;
    }
    if !r.joined(at) {
        return;
    }
    if let Some((amount, next)) = amount(r, at)
        && let Some((unit, _, stop)) = unit(r, next, true)
        && finer(length.unit, unit)
        && amount != Amount::Vague
    {
        length.extra = Some((amount, unit));
        let mut end = stop;
        let mut at = r.skip_comma(end);
        if r.is(at, "and") && r.joined(at) {
            at += 1;
        }
        // "2 years, 1 month and 21 days"
        if let Some((third, next)) = r.joined(at).then(|| self::amount(r, at)).flatten().filter(|(a, _)| *a != Amount::Vague)
            && let Some((smaller, _, stop)) = self::unit(r, next, true)
            && finer(unit, smaller)
        {
            length.third = Some((third, smaller));
            end = stop;
        }
        (found.meaning, found.end) = (Meaning::Length(length), end);
    }
}

/// Whether the length is an age: `years old`, `-old`, `years of age`.
fn aged(r: &Reader<'_>, end: usize) -> bool {
    let at = if r.dash(end) { end + 1 } else { end };
    r.joined(at) && (r.is_any(at, &["old", "olds"]) || r.is(at, "of") && r.is(at + 1, "age"))
}

fn followed_by_shift(r: &Reader<'_>, end: usize) -> bool {
    matches!(r.next_word(end), Some((Word::Shift(_), _)))
}

/// What a length becomes by the words behind: a point (`ago`, `later`), a set (`a week`).
fn behind(r: &Reader<'_>, piece: Piece) -> Option<Piece> {
    let at = piece.end;
    if let Some((Word::Shift(shift), end)) = r.next_word(at).filter(|_| !r.possessive(at - 1)) {
        return shifted(r, piece, shift, end);
    }
    if let Some((unit, end)) = each(r, at).filter(|_| matches!(piece.meaning, Meaning::Length(_) | Meaning::Lengths(..))) {
        return Some(Piece { end, meaning: Meaning::Repeat(Repeat::Every(1, unit)), rule: "set.length_per_unit", conf: 0.9, ..piece });
    }
    Some(piece)
}

/// `a week`, `per day`, `each month` at `i`: the unit, not shorter than a day.
pub(super) fn each(r: &Reader<'_>, i: usize) -> Option<(Unit, usize)> {
    if !r.joined(i) || !(r.is_any(i, &["a", "each", "every"]) || matches!(r.word(i), Some((Word::Per, _)))) {
        return None;
    }
    match r.next_word(i + 1)? {
        (Word::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year)), end) => Some((unit, end)),
        _ => None,
    }
}

/// `three days ago`, `two weeks later`, `one year previously`.
fn shifted(r: &Reader<'_>, piece: Piece, shift: Shift, end: usize) -> Option<Piece> {
    let Meaning::Length(mut length) = piece.meaning else { return Some(piece) };
    // "a year and two months ago" is counted in months; years and days keep the grain of the years
    if let Some((amount, unit)) = length.extra.and_then(|(more, finer)| in_finer(length.amount, length.unit, more, finer)) {
        (length.amount, length.unit) = (amount, unit);
    }
    let (base, sign) = match shift {
        Shift::Ago => (Base::Document, -1),
        Shift::FromNow => (Base::Document, 1),
        Shift::Earlier => (Base::Text, -1),
        Shift::Later => (Base::Text, 1),
    };
    if r.is(end, "than") && r.joined(end) || r.is(end - 1, "back") && r.is_any(end, &["to", "in", "from", "into"]) {
        return Some(piece);
    }
    if length.amount == Amount::Vague {
        // Several years ago: a reference, no date.
        return Some(Piece {
            end,
            meaning: Meaning::Reference(if sign < 0 { super::lexicon::Reference::Past } else { super::lexicon::Reference::Future }),
            rule: "reference.vague_shift",
            conf: 0.8,
            ..piece
        });
    }
    let Some(n) = length.amount.as_whole() else { return Some(piece) };
    if matches!(length.unit, Unit::Hour | Unit::Minute | Unit::Second) {
        return Some(Piece { end, rule: "duration.ago", ..piece });
    }
    // "Today, 107 years later": counted to the document, not from it
    let today = matches!(shift, Shift::Later) && {
        let comma = piece.start.wrapping_sub(1);
        piece.start >= 2 && r.mark(comma, ",") && matches!(r.word(comma - 1), Some((Word::Day(0), _)))
    };
    // decades are counted in years, fortnights in weeks
    let (unit, n) = match length.unit {
        Unit::Decade => (Unit::Year, n.saturating_mul(10)),
        Unit::Century => (Unit::Year, n.saturating_mul(100)),
        Unit::Millennium => (Unit::Year, n.saturating_mul(1000)),
        Unit::Fortnight => (Unit::Week, n.saturating_mul(2)),
        unit => (unit, n),
    };
    let when = if today { When::Shift { base: Base::Document, unit, by: 0 } } else { When::Shift { base, unit, by: sign * n } };
    let rule = match shift {
        Shift::Ago => "date.ago",
        Shift::FromNow => "date.from_now",
        Shift::Earlier => "date.earlier",
        Shift::Later => "date.later",
    };
    Some(Piece { end, meaning: Meaning::Point(Point::day(when)), rule, conf: 0.9, ..piece })
}

/// Two amounts in the finer unit, where one holds a whole number of the other.
fn in_finer(amount: Amount, unit: Unit, more: Amount, finer: Unit) -> Option<(Amount, Unit)> {
    let per = match (unit, finer) {
        (Unit::Year, Unit::Month) => 12,
        (Unit::Week, Unit::Day) => 7,
        _ => return None,
    };
    let n = amount.as_whole()?.checked_mul(per)?.checked_add(more.as_whole()?)?;
    Some((Amount::whole(u32::try_from(n).ok()?), finer))
}

/// A piece that means a length.
pub(super) fn piece(start: usize, end: usize, amount: Amount, unit: Unit, rule: &'static str, conf: f32) -> Piece {
    Piece { start, end, meaning: Meaning::Length(Length::of(amount, unit)), rule, conf }
}

/// A plural unit without number: `decades`, `for years`, `months of talks`, `days after`, `decades-long`.
pub(super) fn vague(r: &Reader<'_>, i: usize, unit: Unit, end: usize) -> Option<Piece> {
    if let Some((Word::Shift(shift), stop)) = r.next_word(end) {
        return shifted(r, piece(i, end, Amount::Vague, unit, "duration.vague", 0.8), shift, stop);
    }
    if r.hyphen(end) && r.is(end + 1, "long") {
        return Some(piece(i, end + 2, Amount::Vague, if unit == Unit::Decade { Unit::Year } else { unit }, "duration.vague_long", 0.85));
    }
    if r.hyphen(end) || i > 0 && r.hyphen(i - 1) {
        return None;
    }
    if aged(r, end) {
        return None;
    }
    let vague = piece(i, end, Amount::Vague, unit, "duration.vague", 0.8);
    if matches!(unit, Unit::Decade | Unit::Century | Unit::Millennium) {
        let determined = r.before_is_any(i, &["the", "these", "those", "th"]) && !r.is_any(end, &["of", "after", "following"]);
        return (!determined).then_some(vague);
    }
    if r.before_cue(i, Cue::NoVague) {
        return None;
    }
    let lead = r.before_cue(i, Cue::LengthLead) && (unit != Unit::Quarter && unit != Unit::Weekend);
    let trail = r.joined(end)
        && (r.is_any(end, &["after", "before"])
            || r.is(end, "of") && !matches!(unit, Unit::Minute | Unit::Hour | Unit::Quarter | Unit::Second | Unit::Weekend));
    let alone = i == 0 || !r.joined(i) || !r.lower(i - 1) || r.cue(i - 1, Cue::LengthBehind);
    let worked = r.before_is_any(i, &["worked"]);
    (lead || worked || trail && alone).then_some(vague)
}

/// A singular unit: `for a decade`, `a year ago`, `a year of work`, `$3 billion a year`, `per month`, `week-long`.
pub(super) fn single(r: &Reader<'_>, i: usize, unit: Unit, end: usize) -> Option<Piece> {
    if r.hyphen(end) && r.is(end + 1, "long") {
        return Some(piece(i, end + 2, Amount::whole(1), unit, "duration.long", 0.85));
    }
    if i == 0 || !r.joined(i) {
        return None;
    }
    let long = matches!(
        unit,
        Unit::Day | Unit::Week | Unit::Fortnight | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century | Unit::Weekend | Unit::Millennium
    );
    if matches!(r.word(i - 1), Some((Word::Per, _))) {
        let start = times(r, i - 1).unwrap_or(i - 1);
        return (long && unit != Unit::Weekend).then_some(Piece {
            start,
            end,
            meaning: Meaning::Repeat(Repeat::Every(1, unit)),
            rule: "set.per_unit",
            conf: 0.93,
        });
    }
    let tied = i >= 2 && r.hyphen(i - 1) && r.is_any(i - 2, &["all", "full", "whole"]) && matches!(unit, Unit::Day | Unit::Week | Unit::Month);
    if tied {
        return Some(piece(i - 2, end, Amount::whole(1), unit, "duration.all", 0.8));
    }
    if r.is_any(i - 1, &["all", "another"]) && long && !r.hyphen(end) && !aged(r, end) && !r.capital(i) {
        let trail = !r.joined(end) || !r.tokens[end].is_capitalized() && !r.is(end, "of");
        return trail.then(|| piece(i - 1, end, Amount::whole(1), unit, "duration.all", 0.8));
    }
    // "a full year", "an entire decade"
    let full = i >= 2 && r.joined(i - 1) && r.is_any(i - 1, &["full", "whole", "entire", "further", "additional"]) && r.is_any(i - 2, &["a", "an"]);
    if full && long && !aged(r, end) && !r.hyphen(end) {
        return Some(piece(i - 1, end, Amount::whole(1), unit, "duration.full", 0.85));
    }
    if !r.is_any(i - 1, &["a", "an"]) || aged(r, end) {
        return None;
    }
    let before = i - 1;
    let one = piece(i, end, Amount::whole(1), unit, "duration.one", 0.85);
    if let Some((Word::Shift(shift), stop)) = r.next_word(end).filter(|_| long && !r.possessive(i)) {
        return shifted(r, Piece { start: before, ..one }, shift, stop);
    }
    if before > 0 && r.joined(before) {
        if let Some(start) = times(r, before).filter(|_| long) {
            return Some(Piece { start, end, meaning: Meaning::Repeat(Repeat::Every(1, unit)), rule: "set.times_unit", conf: 0.93 });
        }
        if long && rate(r, before - 1) {
            return Some(Piece { start: before, end, meaning: Meaning::Repeat(Repeat::Every(1, unit)), rule: "set.a_unit", conf: 0.88 });
        }
    }
    let cued = r.before_cue(before, Cue::Length);
    let of = r.is(end, "of") && r.joined(end) && matches!(unit, Unit::Year | Unit::Decade | Unit::Month | Unit::Week | Unit::Century);
    if !cued && (unit == Unit::Day || !of) || unit == Unit::Second || r.before_is_any(before, &["in"]) && !long {
        return None;
    }
    if r.before_is_any(before, &["in"]) && r.lower(end) && !r.cue(end, Cue::LengthEnd) {
        // "in a year destined to be the hottest"
        return None;
    }
    let mut one = one;
    compound(r, &mut one);
    Some(one)
}

/// The start of `once`, `twice`, `three times` before `at`.
pub(super) fn times(r: &Reader<'_>, at: usize) -> Option<usize> {
    let before = at.checked_sub(1).filter(|_| r.joined(at))?;
    match r.word(before)? {
        (Word::Times, _) if r.is(before, "times") => {
            let number = before.checked_sub(1).filter(|_| r.joined(before))?;
            let counts = matches!(r.word(number), Some((Word::Number(_) | Word::Vague, _))) || r.digits(number).is_some();
            counts.then_some(number)
        }
        (Word::Times, _) => Some(before),
        _ => None,
    }
}

/// Whether the token at `i` ends a quantity, so that "a year" behind it makes a rate.
fn rate(r: &Reader<'_>, i: usize) -> bool {
    if matches!(r.tokens[i].kind, Kind::Number) || matches!(r.core(i), "%") || r.cue(i, Cue::Rate) {
        return true;
    }
    // "12 meetings a year": a plural noun behind a number
    r.core(i).ends_with('s')
        && r.lower(i)
        && i > 0
        && (r.tokens[i - 1].kind == Kind::Number
            || matches!(r.word(i - 1), Some((Word::Number(_) | Word::Multiplier(_), _)))
            || i > 1 && r.tokens[i - 2].kind == Kind::Number && r.lower(i - 1))
}

/// Moves the start over a modifier that changes the time: `more than five years`, `almost three months`, `about 15 to 20 months`.
pub(super) fn modified(r: &Reader<'_>, piece: Piece, floor: usize) -> Piece {
    let mut start = piece.start;
    // "more than a decade": the article lies between
    let article = start > floor && r.joined(start) && r.is_any(start - 1, &["a", "an"]);
    let from = if article { start - 1 } else { start };
    for back in 1..=4 {
        let Some(at) = from.checked_sub(back).filter(|at| *at >= floor) else { break };
        if !(at + 1..=from).all(|i| r.joined(i)) {
            break;
        }
        match r.word(at) {
            Some((Word::Modifier, end)) if end == from => {
                start = at;
                break;
            }
            Some((Word::Over, end)) if end == from => {
                let amount = r.before_cue(at, Cue::OverLead) || r.is(piece.end, "of") || piece.rule == "date.ago" || r.is(at, "under");
                if amount && (!r.is(at, "under") || r.before_is_any(at, &["in", "for", "of", "just"])) {
                    start = at;
                }
                break;
            }
            _ if r.is(at, "some") && at + 1 == from && r.token(from).is_some_and(|t| t.kind == Kind::Number) => {
                start = at;
                break;
            }
            _ => {}
        }
    }
    Piece { start, ..piece }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn lengths_of_time() -> Result<(), String> {
        check(&[
            ("2024-09-18", "For [date almost two and a half years=P2.5Y], [date two years and six months=P2Y6M], [date half an hour=PT30M]."),
            ("2024-09-18", "A [date 30-year=P30Y] war, a 16-year-old girl aged 12 years old, [date decades=PXDE] of peace."),
            ("2024-09-18", "In a [date quarter of a century=P25Y], [date more than a decade ago=2014], [date three weeks ago=2024-W35]."),
            ("2024-09-18", "On [date 3 May=2024-05-03] it began; [date two days later=2024-05-05] it ended."),
            ("2024-09-18", "[date 10-15 hours a day=P1D], [date three times a week=P1W], $3 billion [date a year=P1Y], ten [date per month=P1M]."),
            ("2024-09-18", "The [date first 100 days=P100D] and the [date last few weeks=PXW] went by in [date seven short weeks=P7W]."),
        ])
    }
}
