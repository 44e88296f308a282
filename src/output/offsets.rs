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
        let title = self.doc.title.as_deref().unwrap_or("");

        let mut in_text: Vec<&mut u32> = Vec::with_capacity(self.mentions.len() * 2);
        let mut in_title: Vec<&mut u32> = Vec::new();
        for mention in &mut self.mentions {
            let side = if mention.within.is_some() { &mut in_title } else { &mut in_text };
            side.extend([&mut mention.start, &mut mention.end]);
        }
        for evidence in self.topics.iter_mut().flat_map(|topic| &mut topic.evidence) {
            let Some([start, end]) = &mut evidence.span else { continue };
            // A cue may stand in the title alone; its own words tell.
            let here = text.get(*start as usize..*end as usize);
            let side = if here == evidence.text || evidence.text.is_none() { &mut in_text } else { &mut in_title };
            side.extend([start, end]);
        }
        for relation in &mut self.relations {
            let side = if relation.within.is_some() { &mut in_title } else { &mut in_text };
            side.extend([&mut relation.trigger.start, &mut relation.trigger.end]);
            side.extend(&mut relation.evidence);
            side.extend(relation.content.iter_mut().flatten());
        }
        rewrite(in_text, text, unit);
        rewrite(in_title, title, unit);
    }
}

/// Replaces byte positions of `text`, in any order, by positions in `unit`.
fn rewrite(mut positions: Vec<&mut u32>, text: &str, unit: OffsetUnit) {
    if text.is_ascii() {
        return;
    }
    positions.sort_unstable_by_key(|position| **position);
    let (mut byte, mut units) = (0, 0);
    for position in positions {
        let to = *position as usize;
        // A position that is no character boundary of this text cannot come from it: counted as the end.
        let passed = text.get(byte..to).unwrap_or(&text[byte..]);
        units += length(passed, unit);
        byte += passed.len();
        *position = units;
    }
}

/// Length in `unit`; fits, as bytes do.
fn length(text: &str, unit: OffsetUnit) -> u32 {
    let length = match unit {
        OffsetUnit::Utf8Byte => text.len(),
        OffsetUnit::CodePoint => text.chars().count(),
        OffsetUnit::Utf16 => text.chars().map(char::len_utf16).sum(),
    };
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_each_unit() {
        let text = "é😀x İ";
        let bytes = [0u32, 2, 6, 7, 8, 10];
        for (unit, expected) in [(OffsetUnit::CodePoint, [0u32, 1, 2, 3, 4, 5]), (OffsetUnit::Utf16, [0, 1, 3, 4, 5, 6])] {
            let mut shuffled = [bytes[3], bytes[0], bytes[5], bytes[1], bytes[4], bytes[2]];
            rewrite(shuffled.iter_mut().collect(), text, unit);
            assert_eq!(shuffled, [expected[3], expected[0], expected[5], expected[1], expected[4], expected[2]]);
        }
    }
}
