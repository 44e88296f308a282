//! Half-open byte ranges of the text.

/// A half-open range of bytes in a document's text. Both ends lie on character boundaries.
///
/// Bytes are 32 bit: a document may hold up to 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[inline]
    pub fn new(start: u32, end: u32) -> Span {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end }
    }

    /// Length in bytes.
    #[inline]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside (or equals) this span.
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[inline]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the two share bytes and neither contains the other.
    #[inline]
    pub fn crosses(self, other: Span) -> bool {
        self.overlaps(other) && !self.contains(other) && !other.contains(self)
    }

    /// The text under the span.
    ///
    /// # Panics
    /// When the span was made for another text and does not fit this one.
    #[inline]
    pub fn slice(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn span_relations() {
        let outer = Span::new(0, 10);
        let inner = Span::new(2, 5);
        let crossing = Span::new(8, 12);
        assert!(outer.contains(inner) && !inner.contains(outer));
        assert!(outer.crosses(crossing) && !outer.crosses(inner));
        assert!(!inner.overlaps(crossing));
        assert_eq!(inner.slice("0123456789"), "234");
    }
}
