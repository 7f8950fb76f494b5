//! Byte ranges of a document's text: the only way rolecall refers to text.

use std::ops::Range;

/// A half-open range of bytes, `start..end`, of one document's text.
///
/// Both ends lie on character boundaries of that text. Offsets are 32 bits
/// wide: a document's text is at most 4 GiB, which `input` enforces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset in bytes of the first byte.
    pub start: u32,
    /// Offset in bytes behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`, whose ends must fit 32 bits.
    #[inline]
    pub fn new(range: Range<usize>) -> Span {
        debug_assert!(range.start <= range.end && range.end <= u32::MAX as usize);
        Span {
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The text that the span covers.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same range as `usize`, to index with.
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the span covers nothing.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True where the two spans share at least one byte.
    #[inline]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True where `other` lies inside this span.
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Line and column, both from 1, of a byte offset; columns count characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(line_column("a\nbé c", 5), (2, 3));
        assert_eq!(line_column("", 0), (1, 1));
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0..3).overlaps(Span::new(3..5)));
        assert!(Span::new(0..4).overlaps(Span::new(3..5)));
    }
}
