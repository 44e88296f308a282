//! From bytes of the text that was read to offsets of the title or the text, in the unit asked for, and back.

use super::Place;
use crate::annotation::OffsetUnit;
use crate::span::Span;

/// Offsets of one document.
pub(super) struct Units<'s> {
    whole: &'s str,
    /// Bytes of the title before the text.
    offset: usize,
    titled: bool,
    /// Per byte of the text its offset in the unit, and that of the end; none when they are the same.
    units: Option<Vec<u32>>,
}

impl<'s> Units<'s> {
    pub(super) fn new(whole: &'s str, offset: usize, titled: bool, unit: OffsetUnit) -> Units<'s> {
        let same = whole.is_ascii() || unit == OffsetUnit::Utf8Byte;
        Units { whole, offset, titled, units: (!same).then(|| count(whole, unit)) }
    }

    fn at(&self, byte: usize) -> u32 {
        self.units.as_ref().map_or(byte as u32, |units| units.get(byte).or(units.last()).copied().unwrap_or(0))
    }

    /// A span of the text that was read.
    pub(super) fn place(&self, span: Span) -> Place {
        let in_title = self.titled && (span.end as usize) <= self.offset;
        let base = if in_title { 0 } else { self.at(self.offset) };
        Place {
            start: self.at(span.start as usize) - base,
            end: self.at(span.end as usize) - base,
            text: span.slice(self.whole).to_owned(),
            within: in_title.then_some("title"),
        }
    }

    /// The span of a mention of the result, whose offsets are bytes of the title or the text.
    pub(super) fn span(&self, start: u32, end: u32, in_title: bool) -> Span {
        let base = if in_title { 0 } else { self.offset as u32 };
        Span::new(start + base, end + base)
    }

    /// The byte at an offset of the text; none past its end.
    pub(super) fn byte(&self, offset: u32) -> Option<u32> {
        let byte = match &self.units {
            None => self.offset + offset as usize,
            Some(units) => {
                let wanted = offset + self.at(self.offset);
                units.partition_point(|unit| *unit <= wanted).checked_sub(1)?
            }
        };
        (byte < self.whole.len()).then_some(byte as u32)
    }
}

fn count(text: &str, unit: OffsetUnit) -> Vec<u32> {
    let mut units = Vec::with_capacity(text.len() + 1);
    let mut now = 0;
    for c in text.chars() {
        units.extend(std::iter::repeat_n(now, c.len_utf8()));
        now += if unit == OffsetUnit::Utf16 { c.len_utf16() as u32 } else { 1 };
    }
    units.push(now);
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_both_ways_with_a_title_before() {
        let whole = "Tëst\n\né😀x";
        for (unit, x) in [(OffsetUnit::CodePoint, 2), (OffsetUnit::Utf16, 3), (OffsetUnit::Utf8Byte, 6)] {
            let units = Units::new(whole, 7, true, unit);
            let span = Span::new(13, 14);
            let place = units.place(span);
            assert_eq!((place.start, place.end, place.text.as_str(), place.within), (x, x + 1, "x", None));
            assert_eq!(units.byte(x), Some(13));
            assert_eq!(units.byte(x + 1), None);
            assert_eq!(units.place(Span::new(0, 5)).within, Some("title"));
            assert_eq!(units.span(6, 7, false), span);
        }
    }
}
