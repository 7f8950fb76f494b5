//! Compiled sequences, and the search for one of them in one unit, word by word.

use rustc_hash::FxHashMap;

use super::classes::{Class, Classes};
use super::expand::{MAX_WORDS, Sequence};
use super::pattern::Term;
use super::signature::Signature;
use super::unit::{UnitWords, Word};

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
    /// The words that fit; set by [`Sequences::sign`].
    class: Class,
    /// How many words may stand before it.
    pub(crate) gap: u8,
}

/// A sequence; its elements are a range of [`Sequences::elements`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compiled {
    first: u32,
    len: u8,
    /// How many words may stand before it in the unit, and behind it.
    pub(crate) begin: Option<u8>,
    pub(crate) end: Option<u8>,
    /// Index of the pattern as given to [`Sequences::new`].
    pub(crate) pattern: u32,
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
    /// Compiles `patterns`; `ids` tells the word ids of a term.
    pub(crate) fn new<'p, 'i>(
        patterns: impl Iterator<Item = Vec<&'p Sequence>>,
        ids: impl Fn(&Term) -> &'i [u32],
    ) -> Sequences {
        let mut made = Sequences::default();
        // Sets of words are shared; those that are not may still have the same words.
        let mut shared: FxHashMap<*const Term, u32> = FxHashMap::default();
        let mut known: FxHashMap<&[Term], u32> = FxHashMap::default();
        for (pattern, sequences) in (0u32..).zip(patterns) {
            for sequence in sequences {
                let first = made.elements.len() as u32;
                for element in &sequence.elements {
                    let class = *shared.entry(element.terms.as_ptr()).or_insert_with(|| {
                        *known.entry(&element.terms).or_insert_with(|| {
                            let terms = element.terms.iter();
                            let ids = terms.flat_map(|term| ids(term).iter().copied());
                            made.classes.add(ids.collect())
                        })
                    });
                    made.indices.push(class);
                    made.elements.push(Element {
                        class: Class::default(),
                        gap: element.gap,
                    });
                }
                made.all.push(Compiled {
                    first,
                    len: sequence.elements.len() as u8,
                    begin: sequence.begin,
                    end: sequence.end,
                    pattern,
                });
            }
        }
        made
    }

    /// Gives the classes their signature bits, which makes the sequences ready for a search.
    pub(crate) fn sign(&mut self, signature: &Signature) {
        self.classes.sign(signature);
        for (element, index) in self.elements.iter_mut().zip(&self.indices) {
            element.class = self.classes.class(*index);
        }
    }

    /// Every sequence with its elements and the indices of their classes, in the order of the patterns.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Compiled, &[Element], &[u32])> {
        self.all.iter().map(|sequence| {
            let elements = self.elements_of(sequence);
            let classes = &self.indices[sequence.first as usize..][..elements.len()];
            (sequence, elements, classes)
        })
    }

    /// The pattern of the sequence of that index.
    pub(crate) fn pattern(&self, sequence: u32) -> u32 {
        self.all[sequence as usize].pattern
    }

    /// The search for the sequence of that index in a unit.
    #[inline]
    pub(crate) fn search<'a>(&'a self, unit: &'a UnitWords, sequence: u32) -> Search<'a> {
        let sequence = &self.all[sequence as usize];
        Search {
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

    #[inline(always)]
    fn fits(&self, element: &Element, word: &Word) -> bool {
        self.classes.holds(&element.class, word)
    }

    /// Where matches may begin whose `element` stands at `at`: bit i is the place `at - i`.
    fn starts(&self, element: usize, at: usize) -> u64 {
        let earliest = at.saturating_sub(MAX_SPAN - 1);
        let mut reached = 1u64;
        for next in (0..element).rev() {
            let gap = self.elements[next + 1].gap;
            let element = &self.elements[next];
            let mut before = 0;
            while reached != 0 {
                let mut place = at - reached.trailing_zeros() as usize;
                reached &= reached - 1;
                let mut room = gap;
                while place > earliest && !self.words[place].is_parted(gap) {
                    place -= 1;
                    let word = &self.words[place];
                    before |= u64::from(self.fits(element, word)) << (at - place);
                    if !word.passes(&mut room) {
                        break;
                    }
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
        let begin = self.sequence.begin;
        if !begin.is_none_or(|gap| self.words[first].begins(gap)) {
            return;
        }
        let rest = match self.elements {
            [_] => self.ends(first).then_some((first, 1)),
            [_, last] => self.last(last, first),
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

    /// The last place and the words of the match of two elements that begins at `first`; `next` is the second.
    #[inline]
    fn last(&self, next: &Element, first: usize) -> Option<(usize, u64)> {
        let mut room = next.gap;
        let reach = self.words.len().min(first + MAX_SPAN);
        for (word, to) in self.words[first + 1..reach].iter().zip(first + 1..) {
            if word.is_parted(next.gap) {
                break;
            }
            if self.fits(next, word) && self.ends(to) {
                return Some((to, 1 << (to - first) | 1));
            }
            if !word.passes(&mut room) {
                break;
            }
        }
        None
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
        let next = &self.elements[element];
        let is_last = element + 1 == self.elements.len();
        let mut room = next.gap;
        let reach = self.words.len().min(first + MAX_SPAN);
        for (word, to) in self.words[at + 1..reach].iter().zip(at + 1..) {
            if word.is_parted(next.gap) {
                break;
            }
            if self.fits(next, word) {
                let rest = if is_last {
                    self.ends(to).then(|| (to, 1 << (to - first)))
                } else {
                    self.rest(element + 1, first, to, failed)
                };
                if let Some((last, words)) = rest {
                    return Some((last, words | bit));
                }
            }
            if !word.passes(&mut room) {
                break;
            }
        }
        failed[element - 1] |= bit;
        None
    }

    /// Whether a match may end at `last`.
    #[inline]
    fn ends(&self, last: usize) -> bool {
        let end = self.sequence.end;
        end.is_none_or(|gap| self.words[last].ends(gap))
    }
}
