//! The verification of one sequence in one unit, word by word.

use super::classes::Classes;
use super::expand::MAX_WORDS;
use super::matcher::MAX_SPAN;
use super::unit::{Word, parted, passes};

/// One word of a compiled sequence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// The words that fit.
    pub(crate) class: u32,
    /// How many words may stand before it.
    pub(crate) gap: u8,
}

/// The search for one sequence in one unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) classes: &'a Classes,
    pub(crate) elements: &'a [Element],
    pub(crate) end: Option<u8>,
}

impl Search<'_> {
    #[inline]
    fn holds(&self, element: &Element, word: &Word) -> bool {
        self.classes.holds(element.class, word)
    }

    /// Where matches may begin whose `element` stands at `at`: bit i is token `at - i`.
    pub(crate) fn starts(&self, element: usize, at: usize) -> u64 {
        let mut reached = 1u64;
        for next in (0..element).rev() {
            let gap = self.elements[next + 1].gap;
            let element = &self.elements[next];
            let mut before = 0;
            while reached != 0 {
                let back = reached.trailing_zeros() as usize;
                reached &= reached - 1;
                let mut room = gap;
                for to in (at.saturating_sub(MAX_SPAN - 1)..at - back).rev() {
                    if parted(&self.words[to + 1], gap) {
                        break;
                    }
                    let word = &self.words[to];
                    if self.holds(element, word) {
                        before |= 1 << (at - to);
                    }
                    if !passes(word, &mut room) {
                        break;
                    }
                }
            }
            reached = before;
        }
        reached
    }

    /// The match that begins at `first`, each gap as short as it can be, the
    /// first gap before all: its last token and the bits of its words.
    pub(crate) fn from(&self, first: usize) -> Option<(usize, u64)> {
        let mut failed = [0u64; MAX_WORDS];
        self.rest(0, first, first, &mut failed)
    }

    /// The same for the elements from `element` on, which stands at `at`.
    fn rest(
        &self,
        element: usize,
        first: usize,
        at: usize,
        failed: &mut [u64],
    ) -> Option<(usize, u64)> {
        let bit = 1u64 << (at - first);
        if failed[element] & bit != 0 {
            return None;
        }
        if element + 1 == self.elements.len() {
            let ends = self.end.is_none_or(|words| self.ends_unit(at, words));
            return ends.then_some((at, bit));
        }
        let next = &self.elements[element + 1];
        let gap = next.gap;
        let mut room = gap;
        for to in at + 1..self.words.len().min(first + MAX_SPAN) {
            let word = &self.words[to];
            if parted(word, gap) {
                break;
            }
            if self.holds(next, word)
                && let Some((last, words)) = self.rest(element + 1, first, to, failed)
            {
                return Some((last, words | bit));
            }
            if !passes(word, &mut room) {
                break;
            }
        }
        failed[element] |= bit;
        None
    }

    /// Whether at most `words` words stand before token `first`.
    pub(crate) fn begins_unit(&self, first: usize, words: u8) -> bool {
        let mut room = words;
        let mut before = (0..first).rev();
        before.all(|at| !parted(&self.words[at + 1], words) && passes(&self.words[at], &mut room))
    }

    fn ends_unit(&self, last: usize, words: u8) -> bool {
        let mut room = words;
        let mut behind = self.words[last + 1..].iter();
        behind.all(|word| !parted(word, words) && passes(word, &mut room))
    }
}
