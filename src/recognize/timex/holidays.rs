//! The days on which holidays fall.

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexicon::Holiday;
use super::resolve::{date, weekday_of};

/// The day of a holiday in a year.
pub(super) fn holiday_in(holiday: Holiday, year: i16) -> Option<Date> {
    match holiday {
        Holiday::Fixed(month, day) => date(year, month as i8, day as i8),
        Holiday::Easter(offset) => easter(year)?.checked_add(i64::from(offset).days()).ok(),
        Holiday::Nth(month, nth, weekday) => {
            let first = date(year, month as i8, 1)?;
            let ahead = (i64::from(weekday) - i64::from(weekday_of(first))).rem_euclid(7) + 7 * (i64::from(nth) - 1);
            first.checked_add(ahead.days()).ok()
        }
    }
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_fall_where_they_should() {
        assert_eq!(easter(2024).map(|d| d.to_string()).as_deref(), Some("2024-03-31"));
        assert_eq!(easter(2025).map(|d| d.to_string()).as_deref(), Some("2025-04-20"));
        assert_eq!(holiday_in(Holiday::Nth(11, 4, 4), 2024).map(|d| d.to_string()).as_deref(), Some("2024-11-28"));
    }
}
