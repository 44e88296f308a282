//! Dates that come with a document.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};

/// Today's date in UTC. The only use of the clock, for those who ask for it.
pub fn today() -> String {
    Timestamp::now().to_zoned_datetime(TimeZone::UTC).date().to_string()
}

/// The ISO 8601 form of a date as people and feeds write it: `2024`, `2024-09`, `2024-09-18`,
/// `2024-09-18T16:58:00+04:00` (also with a blank, `Z`, fractions), `Wed, 18 Sep 2024 16:58:00 +0400`.
/// `None` when it is no date.
pub fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.is_ascii() {
        return None;
    }
    match text.len() {
        4 => text.parse::<u16>().ok().filter(|_| digits(text)).map(|_| text.to_owned()),
        7 => format!("{text}-01").parse::<Date>().ok().map(|_| text.to_owned()),
        8 | 10 => text.parse::<Date>().ok().map(|date| date.to_string()),
        _ => stamp(text).or_else(|| rfc2822(text)),
    }
}

/// `2024-09-18T16:58[:00[.000]][Z|+04:00]`, to the minute or second.
fn stamp(text: &str) -> Option<String> {
    let (date, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(zone_at);
    let moment: DateTime = format!("{date}T{time}").parse().ok()?;
    let zone = match zone.trim() {
        "" => "".to_owned(),
        "Z" | "z" => "Z".to_owned(),
        offset => offset_of(offset)?,
    };
    Some(format!("{}{zone}", minute(moment)))
}

/// `+0400`, `+04:00` or `+04`.
fn offset_of(text: &str) -> Option<String> {
    let number = text.strip_prefix(['+', '-'])?.replace(':', "");
    let (hours, minutes) = number.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    (digits(hours) && digits(minutes) && minutes.len() == 2).then(|| format!("{}{hours}:{minutes}", &text[..1]))
}

fn rfc2822(text: &str) -> Option<String> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(format!("{}{}", minute(zoned.datetime()), offset_of(&zoned.strftime("%z").to_string())?))
}

/// To the minute; to the second when it has one.
fn minute(moment: DateTime) -> String {
    let form = if moment.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    moment.strftime(form).to_string()
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day in a file's name: `2024-09-18-visit.txt`, `mfa_20240918.txt`, `2024_09_18.txt`.
/// The first one that is a day from 1900 to 2099 and does not stand inside a longer number.
pub(super) fn in_file_name(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(|&at| is_digit(at) && (at == 0 || !is_digit(at - 1))).find_map(|at| {
        let run = (at..).take_while(|&i| is_digit(i)).count();
        let digits = match run {
            8 => name[at..at + 8].to_owned(),
            4 => {
                let separator = bytes.get(at + 4).filter(|byte| matches!(byte, b'-' | b'_' | b'.'))?;
                let part = name.get(at..at + 10)?;
                (bytes[at + 7] == *separator && !is_digit(at + 10)).then(|| part.replace(*separator as char, ""))?
            }
            _ => return None,
        };
        let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
        let date: Date = format!("{year}-{month}-{day}").parse().ok()?;
        (1900..2100).contains(&date.year()).then(|| date.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_forms() {
        let table = [
            ("2024", "2024"),
            ("2024-09", "2024-09"),
            ("2024-09-18", "2024-09-18"),
            ("20240918", "2024-09-18"),
            (" 2024-09-18T16:58:00Z ", "2024-09-18T16:58Z"),
            ("2024-09-18 16:58:31", "2024-09-18T16:58:31"),
            ("2024-09-18T16:58:00.123+04:00", "2024-09-18T16:58+04:00"),
            ("2024-09-18 16:58:00 +0400", "2024-09-18T16:58+04:00"),
            ("Wed, 18 Sep 2024 16:58:00 +0400", "2024-09-18T16:58+04:00"),
        ];
        for (given, expected) in table {
            assert_eq!(iso(given).as_deref(), Some(expected), "{given}");
        }
        for bad in ["", "yesterday", "2024-13", "2024-02-30", "18.09.2024", "20x4", "2024-09-18T25:00", "１２３４"] {
            assert_eq!(iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn file_names() {
        let table = [
            ("2024-09-18-foo.txt", Some("2024-09-18")),
            ("mfa_20240918_visit.txt", Some("2024-09-18")),
            ("az.2024_09_18.txt.gz", Some("2024-09-18")),
            ("no-123-2024.09.18.txt", Some("2024-09-18")),
            ("2024-09.txt", None),
            ("2024-13-40.txt", None),
            ("1202409181.txt", None),
            ("2024-09-181.txt", None),
            ("18-09-2024.txt", None),
            ("şəkil-2024-09-18.txt", Some("2024-09-18")),
            ("2024-09-1ş.txt", None),
        ];
        for (name, expected) in table {
            assert_eq!(in_file_name(name).as_deref(), expected, "{name}");
        }
    }
}
