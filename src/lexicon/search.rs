//! Compiled sequences, and the search for one of them in one unit, word by word.

use rustc_hash::FxHashMap;

use super::classes::{Class, Classes};
use super::expand::{MAX_WORDS, Sequence};
use super::signature::Signature;
use super::terms::Terms;
use super::unit::{ANYWHERE, Steps, UnitWords, Word, limit};

/// The most tokens that a match may span, those between its words included.
pub(crate) const MAX_SPAN: usize = 64;

/// All sequences of a set of patterns, and the classes of words that stand in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequences {
    pub(crate) classes: Classes,
    elements: Vec<Element>,
    /// Element by element the index of its class.
    indices: Vec<u32>,
    all: Vec<Compiled>,
}

/// One word of a sequence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// The words that fit.
    class: Class,
    /// How far from the element before it.
    pub(crate) limit: Steps,
}

/// A sequence; its elements are a range of [`Sequences::elements`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compiled {
    first: u32,
    /// Index of the pattern as given to [`Sequences::new`].
    pub(crate) pattern: u32,
    len: u8,
    /// How many words may stand before it in the unit, and behind it, or [`ANYWHERE`].
    pub(crate) begin: u8,
    pub(crate) end: u8,
}

/// A match before guards and the choice of the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Index of the pattern as given to [`Sequences::new`].
    pub(crate) pattern: u32,
    /// Index of its first word.
    pub(crate) first: u32,
    /// Index of its last word.
    pub(crate) last: u32,
    /// Bit i: the word at `first + i` is matched by a word of the pattern.
    pub(crate) words: u64,
}

impl Sequences {
    /// Compiles `patterns`; `terms` are theirs.
    pub(crate) fn new<'p>(
        patterns: impl Iterator<Item = Vec<&'p Sequence>>,
        terms: &Terms<'_>,
    ) -> Sequences {
        let mut made = Sequences::default();
        // Set of terms → its class.
        let mut known: FxHashMap<u32, u32> = FxHashMap::default();
        for (pattern, sequences) in (0u32..).zip(patterns) {
            for sequence in sequences {
                let first = made.elements.len() as u32;
                for element in &sequence.elements {
                    let set = terms.set(&element.terms);
                    let add = || made.classes.add(terms.ids(set).collect());
                    let class = *known.entry(set).or_insert_with(add);
                    made.indices.push(class);
                    made.elements.push(Element {
                        class: made.classes.class(class),
                        limit: limit(element.gap),
                    });
                }
                made.all.push(Compiled {
                    first,
                    pattern,
                    len: sequence.elements.len() as u8,
                    begin: sequence.begin.unwrap_or(ANYWHERE),
                    end: sequence.end.unwrap_or(ANYWHERE),
                });
            }
        }
        made
    }

    /// Gives the classes their signature bits, which makes the sequences ready for a search.
    pub(crate) fn sign(&mut self, signature: &Signature) {
        self.classes.sign(signature);
    }

    /// Every sequence with its elements and the indices of their classes, in the order of the patterns.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Compiled, &[Element], &[u32])> {
        self.all.iter().map(|sequence| {
            let elements = self.elements_of(sequence);
            let classes = &self.indices[sequence.first as usize..][..elements.len()];
            (sequence, elements, classes)
        })
    }

    /// The search for a sequence in a unit.
    #[inline]
    pub(crate) fn search<'a>(&'a self, unit: &'a UnitWords, sequence: &'a Compiled) -> Search<'a> {
        Search {
            unit,
            words: unit.words(),
            classes: &self.classes,
            elements: self.elements_of(sequence),
            sequence,
        }
    }

    #[inline]
    fn elements_of(&self, sequence: &Compiled) -> &[Element] {
        &self.elements[sequence.first as usize..][..usize::from(sequence.len)]
    }
}

/// The search for one sequence in one unit. Offsets are indices of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search<'a> {
    unit: &'a UnitWords,
    words: &'a [Word],
    classes: &'a Classes,
    elements: &'a [Element],
    sequence: &'a Compiled,
}

impl Search<'_> {
    /// Calls `found` with the matches whose `element` stands at `at`.
    #[inline]
    pub(crate) fn around(&self, element: usize, at: usize, mut found: impl FnMut(Found)) {
        if element == 0 {
            self.from(at, &mut found);
            return;
        }
        let mut starts = self.starts(element, at);
        while starts != 0 {
            let first = at - starts.trailing_zeros() as usize;
            starts &= starts - 1;
            self.from(first, &mut found);
        }
    }

    /// The words that may stand for an element behind `at`, with their indices; `first` is that of the match.
    #[inline(always)]
    fn reached(
        &self,
        element: &Element,
        first: usize,
        at: usize,
    ) -> impl Iterator<Item = (&Word, usize)> {
        let (before, limit) = (&self.words[at], u32::from(element.limit));
        let end = self.words.len().min(first + MAX_SPAN);
        self.words[at + 1..end]
            .iter()
            .zip(at + 1..)
            .take_while(move |(word, _)| before.steps_to(word) <= limit)
            .filter(|(word, _)| self.classes.holds(element.class, word))
    }

    /// Where matches may begin whose `element` stands at `at`: bit i is the place `at - i`.
    fn starts(&self, element: usize, at: usize) -> u64 {
        let earliest = at.saturating_sub(MAX_SPAN - 1);
        let mut reached = 1u64;
        for next in (0..element).rev() {
            let limit = u32::from(self.elements[next + 1].limit);
            let class = self.elements[next].class;
            let mut before = 0;
            while reached != 0 {
                let to = at - reached.trailing_zeros() as usize;
                reached &= reached - 1;
                for place in (earliest..to).rev() {
                    let word = &self.words[place];
                    if word.steps_to(&self.words[to]) > limit {
                        break;
                    }
                    before |= u64::from(self.classes.holds(class, word)) << (at - place);
                }
            }
            reached = before;
        }
        reached
    }

    /// Calls `found` with the match that begins at `first`, where its first element stands, each gap as short as it
    /// can be, the first gap before all.
    #[inline]
    fn from(&self, first: usize, found: &mut impl FnMut(Found)) {
        if !self.unit.begins(first, self.sequence.begin) {
            return;
        }
        let rest = match self.elements {
            [_] => self.ends(first).then_some((first, 1)),
            [_, last] => self
                .reached(last, first, first)
                .find(|(_, to)| self.ends(*to))
                .map(|(_, to)| (to, 1 << (to - first) | 1)),
            _ => self.rest(1, first, first, &mut [0; MAX_WORDS]),
        };
        if let Some((last, words)) = rest {
            found(Found {
                pattern: self.sequence.pattern,
                first: first as u32,
                last: last as u32,
                words,
            });
        }
    }

    /// The last place and the words of the match whose elements before `element` end at `at`. `failed` has,
    /// element by element, the places from which the rest was not found, as bits from `first` on.
    fn rest(
        &self,
        element: usize,
        first: usize,
        at: usize,
        failed: &mut [u64; MAX_WORDS],
    ) -> Option<(usize, u64)> {
        let bit = 1u64 << (at - first);
        if failed[element - 1] & bit != 0 {
            return None;
        }
        let is_last = element + 1 == self.elements.len();
        for (_, to) in self.reached(&self.elements[element], first, at) {
            let rest = if is_last {
                self.ends(to).then(|| (to, 1 << (to - first)))
            } else {
                self.rest(element + 1, first, to, failed)
            };
            if let Some((last, words)) = rest {
                return Some((last, words | bit));
            }
        }
        failed[element - 1] |= bit;
        None
    }

    /// Whether a match may end at `last`.
    #[inline]
    fn ends(&self, last: usize) -> bool {
        self.unit.ends(last, self.sequence.end)
    }
}
