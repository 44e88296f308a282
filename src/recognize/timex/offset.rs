//! Lengths counted from a date that is said: `two weeks before Christmas`, `three days after 5 May`.

use super::lexicon::{Unit, Word};
use super::meaning::{Meaning, Piece, When};
use super::reader::Reader;
use super::resolve::{Anchors, Resolved, grain_of, period_value, unknown, unknown_value};
use super::value;
use crate::annotation::Grain;

/// `three days before the length's date`: the length with the point behind `before`, `after` or `from`.
///
/// Only whole days, weeks, months and years count; a date that only names something ("two days before Monday's vote") is left alone.
pub(super) fn offset(r: &Reader<'_>, piece: &Piece, point: impl Fn(&Reader<'_>, usize) -> Option<Piece>) -> Option<Piece> {
    let Meaning::Length(length) = piece.meaning else { return None };
    if !matches!(piece.rule, "duration.count" | "duration.one") || length.extra.is_some() {
        return None;
    }
    let unit = match length.unit {
        unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year) => unit,
        _ => return None,
    };
    let n = length.amount.as_whole()?;
    let at = piece.end;
    if !r.joined(at) || !r.joined(at + 1) {
        return None;
    }
    let (sign, from) = if r.is(at, "before") {
        (-1, false)
    } else if r.is(at, "after") {
        (1, false)
    } else if r.is(at, "from") {
        (1, true)
    } else {
        return None;
    };
    let at = at + 1;
    let at = if r.is(at, "the") { at + 1 } else { at };
    let other = point(r, at)?;
    let inner = other.as_point()?;
    // "for two years from 1 June" lasts; only a day word or holiday is counted from
    let deictic = matches!(inner.when, When::Shift { .. } | When::Holiday { .. }) || matches!(r.word(at), Some((Word::Weekday { .. }, _)));
    let kept = !from || deictic && !r.before_is_any(piece.start, &["for", "of"]);
    let grain = fine(&inner.when, unit);
    (kept && grain && !r.possessive(other.end - 1) && inner.clock.is_none() && inner.part.is_none()).then(|| Piece {
        end: other.end,
        meaning: Meaning::Offset(sign * n, unit, inner),
        rule: "date.offset",
        conf: 0.88,
        ..*piece
    })
}

/// Whether a point is fine enough to count such units from.
fn fine(when: &When, unit: Unit) -> bool {
    match when {
        When::Calendar(c) => c.day > 0 || c.weekday > 0 || c.month > 0 && matches!(unit, Unit::Month | Unit::Year) || unit == Unit::Year,
        When::Shift { unit: other, .. } => *other == Unit::Day || *other == unit,
        When::Holiday { .. } | When::InMonth { .. } | When::Nth { .. } => true,
        _ => false,
    }
}

impl Anchors<'_> {
    /// A resolved point moved by so many units.
    pub(super) fn offset(&self, from: Resolved, n: i32, unit: Unit) -> Resolved {
        let n = i64::from(n);
        let span = match unit {
            Unit::Week => jiff::Span::new().try_weeks(n),
            Unit::Month => jiff::Span::new().try_months(n),
            Unit::Year => jiff::Span::new().try_years(n),
            _ => jiff::Span::new().try_days(n),
        };
        let moved = from.day.and_then(|day| span.and_then(|span| day.checked_add(span)).ok());
        let Some(day) = moved else { return unknown(unknown_value(unit), grain_of(unit)) };
        let daily = matches!(unit, Unit::Day | Unit::Week);
        let (value, first) = if daily { (value::day(day), Some(day)) } else { period_value(unit, day, true) };
        Resolved { value, grain: if daily { Grain::Day } else { grain_of(unit) }, day: first, wrong_weekday: false, ..from }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check;

    #[test]
    fn counted_from_a_date() -> Result<(), String> {
        check(&[
            ("2024-09-18", "It opened [date two weeks before Christmas=2024-12-11] and [date three days after 5 May 2023=2023-05-08]."),
            ("2024-09-18", "It is [date two days from tomorrow=2024-09-21]; it runs for [date two years=P2Y] from [date 1 June 2024=2024-06-01]."),
            ("2024-09-18", "They left [date two days=P2D] after [date Monday=2024-09-16]'s vote."),
        ])
    }
}
