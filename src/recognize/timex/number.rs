//! Numbers in digits and words.

use super::lexicon::Word;
use super::reader::{Reader, plain_digits};
use crate::token::Kind;

/// How many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// In thousandths, so that "two and a half" is exact.
    Milli(u64),
    /// "several", "few".
    Vague,
}

impl Amount {
    /// A whole amount.
    pub(super) fn whole(n: u32) -> Amount {
        Amount::Milli(u64::from(n) * 1000)
    }

    /// The amount if it is whole and fits.
    pub(super) fn as_whole(self) -> Option<i32> {
        match self {
            Amount::Milli(n) if n % 1000 == 0 => i32::try_from(n / 1000).ok(),
            _ => None,
        }
    }
}

/// An amount at `i` and the token behind it: `12`, `1,000`, `2.5`, `twenty-five`, `two hundred and fifty`, `2 ½`, `several`.
pub(super) fn amount(r: &Reader<'_>, i: usize) -> Option<(Amount, usize)> {
    let token = r.token(i)?;
    match token.kind {
        Kind::Number => {
            let milli = decimal(r.core(i))?;
            let end = i + 1;
            if let Some((Word::Multiplier(times), next)) = r.next_word(end) {
                return Some((Amount::Milli(milli * u64::from(times)), next));
            }
            Some(with_half(r, milli, end))
        }
        Kind::Word => match r.word(i)? {
            (Word::Vague, end) => Some((Amount::Vague, end)),
            (Word::Number(_) | Word::Multiplier(_), _) => words(r, i).map(|(n, end)| with_half(r, n * 1000, end)),
            _ => None,
        },
        _ => None,
    }
}

/// `and a half` or `½` behind a number.
fn with_half(r: &Reader<'_>, milli: u64, end: usize) -> (Amount, usize) {
    if r.is(end, "and") && r.is(end + 1, "a") && r.is(end + 2, "half") && r.joined(end + 2) {
        return (Amount::Milli(milli + 500), end + 3);
    }
    if r.mark(end, "½") {
        return (Amount::Milli(milli + 500), end + 1);
    }
    (Amount::Milli(milli), end)
}

/// Thousandths of a number in digits: `12`, `1,000`, `2.5`.
fn decimal(text: &str) -> Option<u64> {
    if text.len() > 9 {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut value: u64 = 0;
    for b in whole.bytes() {
        match b {
            b'0'..=b'9' => value = value * 10 + u64::from(b - b'0'),
            b',' => {}
            _ => return None,
        }
    }
    let mut milli = value * 1000;
    let mut place = 100;
    for b in fraction.bytes() {
        if !b.is_ascii_digit() {
            return None;
        }
        milli += u64::from(b - b'0') * place;
        place /= 10;
    }
    Some(milli)
}

/// A number in words at `i`: `twenty five`, `two hundred and fifty`, `hundred`.
fn words(r: &Reader<'_>, i: usize) -> Option<(u64, usize)> {
    let (mut total, mut part, mut end) = (0u64, 0u64, i);
    let mut seen = false;
    loop {
        let at = if seen && part >= 100 && r.is(end, "and") && r.joined(end) { end + 1 } else { end };
        let word = if seen { r.next_word(at) } else { r.word(at) };
        match word {
            Some((Word::Number(n), next)) if !seen || at > end || part % 100 == 0 || (part % 10 == 0 && part % 100 >= 20 && n < 10) => {
                part = part.saturating_add(u64::from(n));
                end = next;
            }
            Some((Word::Multiplier(100), next)) if at == end => {
                part = part.max(1).saturating_mul(100);
                end = next;
            }
            Some((Word::Multiplier(n), next)) if at == end => {
                total = total.saturating_add(part.max(1).saturating_mul(u64::from(n)));
                part = 0;
                end = next;
            }
            _ => break,
        }
        seen = true;
    }
    // beyond this nothing is counted in time
    (seen && total.saturating_add(part) < 1_000_000_000_000).then_some((total.saturating_add(part), end))
}

/// An ordinal at `i` and the token behind it: `3rd`, `21st`, `third`, `twenty-first`.
pub(super) fn ordinal(r: &Reader<'_>, i: usize) -> Option<(u8, usize)> {
    let token = r.token(i)?;
    match token.kind {
        Kind::Alphanumeric => {
            let text = r.core(i);
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let (number, suffix) = text.split_at_checked(digits)?;
            if !["st", "nd", "rd", "th"].iter().any(|s| suffix.eq_ignore_ascii_case(s)) {
                return None;
            }
            let (value, _) = plain_digits(number)?;
            Some((u8::try_from(value).ok()?, i + 1))
        }
        Kind::Word => match r.word(i)? {
            (Word::Ordinal(n), end) => Some((n, end)),
            (Word::Second, end) => Some((2, end)),
            _ => None,
        },
        _ => None,
    }
}

/// A day of the month at `i`: one or two digits, or an ordinal.
pub(super) fn day_of_month(r: &Reader<'_>, i: usize) -> Option<(u8, usize)> {
    let (day, end) = match r.digits(i) {
        Some((value, 1..=2)) => (u8::try_from(value).ok()?, i + 1),
        Some(_) => return None,
        None => ordinal(r, i)?,
    };
    (1..=31).contains(&day).then_some((day, end))
}

/// A year of four digits at `i`.
pub(super) fn year(r: &Reader<'_>, i: usize) -> Option<i16> {
    match r.digits(i) {
        Some((value, 4)) if (1000..=2199).contains(&value) => i16::try_from(value).ok(),
        _ => None,
    }
}
