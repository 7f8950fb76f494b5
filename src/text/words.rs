//! Words of a piece of text, by the Unicode rules (UAX #29).

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

/// Calls `word` for each word of `text[span]`, in order.
pub fn for_each(text: &str, span: Span, mut word: impl FnMut(Span)) {
    for (at, found) in span.of(text).unicode_word_indices() {
        let start = span.start as usize + at;
        word(Span::new(start..start + found.len()));
    }
}
