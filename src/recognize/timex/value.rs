//! Writing values: clock times, parts of the day, lengths and sets.

use std::fmt::Write as _;

use jiff::civil::{Date, Weekday};

use super::lexicon::{Part, Season, Unit, Zone};
use super::meaning::{Clock, Length, Repeat};
use super::number::Amount;
use crate::annotation::Grain;

/// `TMO` and its like.
pub(super) fn part_suffix(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Night => "TNI",
    }
}

/// `SU` and its like.
pub(super) fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// Appends `T16:58:30+04:00`; an hour of 255 stands for none.
pub(super) fn clock_suffix(clock: &Clock, day: Option<Date>, out: &mut String) -> Grain {
    if clock.hour != u8::MAX {
        out.push('T');
        two(clock.hour, out);
        out.push(':');
        two(clock.minute, out);
    }
    if let Some(second) = clock.second {
        let _ = write!(out, ":{second:02}");
    }
    if let Some(zone) = clock.zone {
        let minutes = offset(zone, day);
        let _ = write!(out, "{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    }
    if clock.second.is_some() { Grain::Second } else { Grain::Minute }
}

/// Minutes east of Greenwich on that day.
fn offset(zone: Zone, day: Option<Date>) -> i16 {
    match zone {
        Zone::Fixed(minutes) => minutes,
        Zone::American(standard) => standard + if day.is_some_and(american_summer) { 60 } else { 0 },
    }
}

/// Whether the United States keep summer time: second Sunday of March to first Sunday of November.
fn american_summer(day: Date) -> bool {
    let sunday = |month: i8, nth: i8| Date::new(day.year(), month, 1).and_then(|d| d.nth_weekday_of_month(nth, Weekday::Sunday));
    match (sunday(3, 2), sunday(11, 1)) {
        (Ok(begin), Ok(end)) => day >= begin && day < end,
        _ => false,
    }
}

/// `2024-09-18`; 0 stands for what is not said.
pub(super) fn date(year: i16, month: u8, day: u8) -> String {
    let mut out = String::with_capacity("2024-09-18T16:58".len());
    if (0..10_000).contains(&year) {
        two((year / 100) as u8, &mut out);
        two((year % 100) as u8, &mut out);
    } else {
        let _ = write!(out, "{year:04}");
    }
    for part in [month, day].into_iter().take_while(|part| *part > 0) {
        out.push('-');
        two(part, &mut out);
    }
    out
}

/// An exact day.
pub(super) fn day(day: Date) -> String {
    date(day.year(), day.month() as u8, day.day() as u8)
}

/// Two digits.
fn two(n: u8, out: &mut String) {
    out.push(char::from(b'0' + n / 10 % 10));
    out.push(char::from(b'0' + n % 10));
}

/// A number as it is.
fn plain(n: u64, out: &mut String) {
    if n >= 10 {
        plain(n / 10, out);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

/// A number of thousandths without needless zeros.
fn decimal(milli: u64, out: &mut String) {
    plain(milli / 1000, out);
    let rest = milli % 1000;
    if rest > 0 {
        let digits = format!("{rest:03}");
        let _ = write!(out, ".{}", digits.trim_end_matches('0'));
    }
}

/// A length: `P3D`, `PT90M`, `P2.5Y`, `PXY`, `P2Y6M`.
pub(super) fn length(length: &Length) -> String {
    let mut out = String::from("P");
    let mut timed = false;
    field(length.amount, length.unit, &mut timed, &mut out);
    for (amount, unit) in length.extra.into_iter().chain(length.third) {
        field(amount, unit, &mut timed, &mut out);
    }
    out
}

fn field(amount: Amount, unit: Unit, timed: &mut bool, out: &mut String) {
    if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) && !*timed {
        *timed = true;
        out.push('T');
    }
    let (times, code) = match unit {
        Unit::Second => (1, "S"),
        Unit::Minute => (1, "M"),
        Unit::Hour => (1, "H"),
        Unit::Day => (1, "D"),
        Unit::Weekend => (1, "WE"),
        Unit::Week => (1, "W"),
        Unit::Fortnight => (2, "W"),
        Unit::Month => (1, "M"),
        Unit::Quarter => (3, "M"),
        Unit::Year => (1, "Y"),
        Unit::Decade => (10, "Y"),
        Unit::Century => (100, "Y"),
        Unit::Millennium => (1000, "Y"),
    };
    match amount {
        // half an hour, half a day, half a year: in the finer unit
        Amount::Milli(n @ (250 | 500)) if matches!(unit, Unit::Hour | Unit::Day | Unit::Year) => {
            let (per, code) = match unit {
                Unit::Hour => (60, "M"),
                Unit::Day => (24, "H"),
                _ => (12, "M"),
            };
            if unit == Unit::Day {
                out.push('T');
            }
            decimal(n * per, out);
            out.push_str(code);
        }
        Amount::Milli(n) => {
            decimal(n * times, out);
            out.push_str(code);
        }
        Amount::Vague => {
            out.push('X');
            out.push_str(match unit {
                Unit::Decade => "DE",
                Unit::Century => "CE",
                Unit::Millennium => "ML",
                Unit::Quarter => "Q",
                _ => code,
            });
        }
    }
}

/// A set: `P1Y`, `XXXX-WXX-1`, `XXXX-WXX-1TMO`.
pub(super) fn repeat(repeat: Repeat) -> String {
    match repeat {
        Repeat::Every(1, Unit::Weekend) => "XXXX-WXX-WE".to_owned(),
        Repeat::Every(n, unit) => length(&Length::of(Amount::whole(n), unit)),
        Repeat::Weekday(day, part) => format!("XXXX-WXX-{day}{}", part.map_or("", part_suffix)),
        Repeat::Part(part) => format!("XXXX-XX-XX{}", part_suffix(part)),
        Repeat::Month(month) => format!("XXXX-{month:02}"),
        Repeat::Season(season) => format!("XXXX-{}", season_code(season)),
        Repeat::At(weekday, clock) => {
            let mut out = weekday.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| format!("XXXX-WXX-{day}"));
            clock_suffix(&clock, None, &mut out);
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_iso() {
        let write = |milli, unit| length(&Length::of(Amount::Milli(milli), unit));
        for (milli, unit, expected) in [
            (3000, Unit::Day, "P3D"),
            (90_000, Unit::Minute, "PT90M"),
            (2500, Unit::Year, "P2.5Y"),
            (2000, Unit::Decade, "P20Y"),
            (500, Unit::Hour, "PT30M"),
            (500, Unit::Century, "P50Y"),
            (250, Unit::Century, "P25Y"),
            (500, Unit::Year, "P6M"),
        ] {
            assert_eq!(write(milli, unit), expected);
        }
        let compound = Length { amount: Amount::whole(2), unit: Unit::Year, extra: Some((Amount::whole(6), Unit::Month)), third: None };
        assert_eq!(length(&compound), "P2Y6M");
    }
}
