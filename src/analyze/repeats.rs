//! Finds units that repeat an earlier unit of the same document word for word.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::document::UnitIndex;
use crate::span::Span;

/// The units of one document seen so far, by their text without case, white
/// space and marks.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    first: FxHashMap<u64, (UnitIndex, Span)>,
}

impl Repeats {
    /// Forgets the document at hand.
    pub(crate) fn clear(&mut self) {
        self.first.clear();
    }

    /// The first unit with the same text, or none, and then this one is the first.
    pub(crate) fn seen(&mut self, text: &str, span: Span, unit: UnitIndex) -> Option<UnitIndex> {
        let mut hasher = FxHasher::default();
        for byte in folded(span.of(text)) {
            hasher.write_u8(byte);
        }
        match self.first.get(&hasher.finish()) {
            Some((first, earlier)) if folded(earlier.of(text)).eq(folded(span.of(text))) => {
                Some(*first)
            }
            Some(_) => None,
            None => {
                self.first.insert(hasher.finish(), (unit, span));
                None
            }
        }
    }
}

/// Letters and digits in lower case, and whatever is not ASCII as it stands.
fn folded(text: &str) -> impl Iterator<Item = u8> {
    text.bytes()
        .filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        .map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_marks_do_not_hide_a_repeat() {
        let text = "Own the roadmap.\n- own  the roadmap\nOwn the road";
        let mut repeats = Repeats::default();
        assert_eq!(repeats.seen(text, Span::new(0..16), 0), None);
        assert_eq!(repeats.seen(text, Span::new(19..35), 1), Some(0));
        assert_eq!(repeats.seen(text, Span::new(36..48), 2), None);
    }
}
