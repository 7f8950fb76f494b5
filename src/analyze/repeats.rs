//! Finds units that repeat an earlier unit of the same document word for word.

use std::collections::hash_map::Entry;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::document::UnitIndex;
use crate::span::Span;

/// The units of one document seen so far.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    /// By the [`print`] of their text.
    first: FxHashMap<u64, (UnitIndex, Span)>,
    /// By a hash of their folded text, those whose print another unit has.
    exact: FxHashMap<u64, (UnitIndex, Span)>,
    folded: Vec<u8>,
    earlier: Vec<u8>,
}

impl Repeats {
    /// Forgets the document at hand.
    pub(crate) fn clear(&mut self) {
        self.first.clear();
        self.exact.clear();
    }

    /// The first unit with the same text, or none, and then this one is the first.
    pub(crate) fn seen(&mut self, text: &str, span: Span, unit: UnitIndex) -> Option<UnitIndex> {
        let own = (unit, span);
        let (first, earlier) = match self.first.entry(print(span.of(text).as_bytes())) {
            Entry::Vacant(place) => {
                place.insert(own);
                return None;
            }
            Entry::Occupied(place) => *place.get(),
        };
        fold(span.of(text), &mut self.folded);
        fold(earlier.of(text), &mut self.earlier);
        if self.earlier == self.folded {
            return Some(first);
        }
        let mut hasher = FxHasher::default();
        hasher.write(&self.folded);
        match self.exact.entry(hasher.finish()) {
            Entry::Vacant(place) => {
                place.insert(own);
                None
            }
            Entry::Occupied(place) => {
                let (first, earlier) = *place.get();
                fold(earlier.of(text), &mut self.earlier);
                (self.earlier == self.folded).then_some(first)
            }
        }
    }
}

/// A number that is the same for texts that repeat each other, and for few others: of their first four and their
/// last four letters or digits.
fn print(text: &[u8]) -> u64 {
    first_four(text.iter()) << 32 | first_four(text.iter().rev())
}

/// The first four letters or digits, folded.
fn first_four<'t>(bytes: impl Iterator<Item = &'t u8>) -> u64 {
    let mut four = 0;
    for byte in bytes {
        let folded = FOLDED[usize::from(*byte)];
        if folded != 0 {
            four = four << 8 | u64::from(folded);
            if four >> 24 != 0 {
                break;
            }
        }
    }
    four
}

/// Byte → what stands for it: letters and digits in lower case, 0 for other
/// ASCII, and whatever is not ASCII as it is.
const FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let own = byte as u8;
        if own.is_ascii_alphanumeric() || !own.is_ascii() {
            folded[byte] = own.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Puts the letters and digits of `text` into `folded`.
fn fold(text: &str, folded: &mut Vec<u8>) {
    folded.clear();
    folded.resize(text.len(), 0);
    let mut len = 0;
    for byte in text.bytes() {
        folded[len] = FOLDED[usize::from(byte)];
        len += usize::from(folded[len] != 0);
    }
    folded.truncate(len);
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
        let text = "Own roadmaps; map roads now! roadmaps own, MAP ROADS NOW";
        let mut repeats = Repeats::default();
        assert_eq!(repeats.seen(text, Span::new(0..12), 0), None);
        assert_eq!(repeats.seen(text, Span::new(14..28), 1), None);
        assert_eq!(repeats.seen(text, Span::new(29..41), 2), None);
        assert_eq!(repeats.seen(text, Span::new(43..56), 3), Some(1));
    }
}
