//! Offsets in another unit.

use crate::annotation::{Extraction, OffsetUnit};

impl Extraction<'_> {
    /// Turns byte offsets into those of `unit`. `text` is the text the result was made from.
    ///
    /// Does nothing when the offsets are no longer bytes. One pass over the text, however many
    /// spans there are; none at all when the text is ASCII.
    pub fn convert_offsets(&mut self, unit: OffsetUnit, text: &str) {
        if self.doc.offsets != OffsetUnit::Utf8Byte || unit == OffsetUnit::Utf8Byte {
            return;
        }
        self.doc.offsets = unit;
        let (in_text, in_title) = (Ruler::new(text, unit), Ruler::new(self.doc.title.as_deref().unwrap_or(""), unit));
        if in_text.is_idle() && in_title.is_idle() {
            return;
        }
        for mention in &mut self.mentions {
            let ruler = if mention.within.is_some() { &in_title } else { &in_text };
            [&mut mention.start, &mut mention.end].into_iter().for_each(|position| ruler.convert(position));
        }
        for evidence in self.topics.iter_mut().flat_map(|topic| &mut topic.evidence) {
            let Some([start, end]) = &mut evidence.span else { continue };
            // A cue may stand in the title alone; its own words tell.
            let here = text.get(*start as usize..*end as usize);
            let ruler = if here == evidence.text || evidence.text.is_none() { &in_text } else { &in_title };
            [start, end].into_iter().for_each(|position| ruler.convert(position));
        }
        for relation in &mut self.relations {
            let ruler = if relation.within.is_some() { &in_title } else { &in_text };
            let trigger = [&mut relation.trigger.start, &mut relation.trigger.end].into_iter();
            trigger.chain(&mut relation.evidence).chain(relation.content.iter_mut().flatten()).for_each(|position| ruler.convert(position));
        }
    }
}

/// Turns byte positions of a text into those in another unit.
struct Ruler<'x> {
    text: &'x str,
    unit: OffsetUnit,
    /// Units before each block of [`BLOCK`] bytes, and in the whole text; nothing when units are bytes, as in ASCII.
    blocks: Vec<u32>,
}

const BLOCK: usize = 32;

impl Ruler<'_> {
    fn new(text: &str, unit: OffsetUnit) -> Ruler<'_> {
        let mut blocks = Vec::new();
        if !text.is_ascii() {
            blocks.reserve(text.len() / BLOCK + 2);
            let mut before = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                blocks.push(before);
                before += length(block, unit);
            }
            blocks.push(before);
        }
        Ruler { text, unit, blocks }
    }

    fn is_idle(&self) -> bool {
        self.blocks.is_empty()
    }

    fn convert(&self, position: &mut u32) {
        let Some(all) = self.blocks.last() else { return };
        let at = *position as usize;
        // A position that is no character boundary of this text cannot come from it: counted as the end.
        let is_here = at < self.text.len() && self.text.is_char_boundary(at);
        *position = if is_here { self.blocks[at / BLOCK] + length(&self.text.as_bytes()[at / BLOCK * BLOCK..at], self.unit) } else { *all };
    }
}

/// Length in `unit` of bytes of a text, a character counted where it begins; fits, as bytes do.
fn length(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let count = |is: fn(&u8) -> bool| bytes.iter().map(|byte| u32::from(is(byte))).sum::<u32>();
    let characters = || count(|byte| *byte & 0xc0 != 0x80);
    match unit {
        OffsetUnit::Utf8Byte => bytes.len() as u32,
        OffsetUnit::CodePoint => characters(),
        // Those of four bytes are two units.
        OffsetUnit::Utf16 => characters() + count(|byte| *byte >= 0xf0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_each_unit() {
        let text = "é😀x İ";
        for (unit, expected) in [(OffsetUnit::CodePoint, [0u32, 1, 2, 3, 4, 5]), (OffsetUnit::Utf16, [0, 1, 3, 4, 5, 6])] {
            for pad in [0, 20, 31, 32, 64] {
                let text = "-".repeat(pad as usize) + text;
                let ruler = Ruler::new(&text, unit);
                for (byte, expected) in [0u32, 2, 6, 7, 8, 10].into_iter().zip(expected) {
                    let mut position = byte + pad;
                    ruler.convert(&mut position);
                    assert_eq!(position, expected + pad, "byte {byte} behind {pad}, {unit:?}");
                }
                for strange in [pad + 1, pad + 11] {
                    let mut position = strange;
                    ruler.convert(&mut position);
                    assert_eq!(position, expected[5] + pad, "no boundary: the end");
                }
            }
        }
    }
}
