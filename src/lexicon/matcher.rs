//! Compiled sequences and the search for them in the words of a unit.
//!
//! Each sequence is looked for only where its rarest word stands, and only in
//! units that hold a word for its next-rarest place; then it is verified word
//! by word. The cost follows the words of the text, not the number of patterns.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::expand::Sequence;
use super::pattern::Term;
use super::vocabulary::Vocabulary;
use crate::document::{Break, Token};

/// The most tokens that a match may span, those between its words included.
pub(crate) const MAX_SPAN: usize = 64;

/// All sequences of a set of patterns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    classes: Classes,
    elements: Vec<Element>,
    sequences: Vec<Compiled>,
    anchors: Vec<Anchor>,
    /// Word id → where its anchors begin; one more at the end.
    by_word: Vec<u32>,
    /// Word id → its bit in a unit's signature.
    signature: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Element {
    class: u32,
    gap: u8,
}

#[derive(Clone, Copy, Debug)]
struct Compiled {
    first: u32,
    len: u8,
    begin: Option<u8>,
    end: Option<u8>,
    pattern: u32,
}

/// A sequence filed under a word of its rarest element.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Signature bits of which the unit must have one.
    need: u64,
    sequence: u32,
    element: u8,
}

/// A match before guards and the choice of the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Index of the pattern as given to [`Matcher::new`].
    pub(crate) pattern: u32,
    /// Index of its first token.
    pub(crate) first: u32,
    /// Index of its last token.
    pub(crate) last: u32,
    /// Bit i: token `first + i` is matched by a word of the pattern.
    pub(crate) words: u64,
}

impl Matcher {
    /// Compiles `patterns`; `ids` tells the word ids of a term.
    pub(crate) fn new<'p>(
        patterns: impl Iterator<Item = &'p [Sequence]>,
        words: usize,
        ids: impl Fn(&Term) -> Vec<u32>,
    ) -> Matcher {
        let mut matcher = Matcher::default();
        let mut known: BTreeMap<&[Term], u32> = BTreeMap::new();
        for (pattern, sequences) in (0u32..).zip(patterns) {
            for sequence in sequences {
                let first = matcher.elements.len() as u32;
                for element in &sequence.elements {
                    let class = *known.entry(&element.terms).or_insert_with(|| {
                        let mut all: Vec<u32> = element.terms.iter().flat_map(&ids).collect();
                        all.sort_unstable();
                        all.dedup();
                        matcher.classes.add(&all)
                    });
                    matcher.elements.push(Element {
                        class,
                        gap: element.gap,
                    });
                }
                matcher.sequences.push(Compiled {
                    first,
                    len: sequence.elements.len() as u8,
                    begin: sequence.begin,
                    end: sequence.end,
                    pattern,
                });
            }
        }
        matcher.file(words);
        matcher
    }

    /// Files every sequence under the words of its rarest element.
    fn file(&mut self, words: usize) {
        let mut uses = vec![0u64; words];
        for element in &self.elements {
            for id in self.classes.ids(element.class) {
                uses[id as usize] += 1;
            }
        }
        self.signature = signature(&uses);
        let weight =
            |class: u32| -> u64 { self.classes.ids(class).map(|id| uses[id as usize]).sum() };
        let bits = |class: u32| {
            self.classes
                .ids(class)
                .fold(0, |bits, id| bits | self.signature[id as usize])
        };
        let mut filed: Vec<(u32, Anchor)> = Vec::new();
        for (index, sequence) in (0u32..).zip(&self.sequences) {
            let elements = self.elements_of(sequence);
            let mut order: Vec<usize> = (0..elements.len()).collect();
            order.sort_by_key(|at| weight(elements[*at].class));
            let others = order[1..].iter().map(|at| bits(elements[*at].class));
            let anchor = Anchor {
                need: others
                    .min_by_key(|bits| bits.count_ones())
                    .unwrap_or(u64::MAX),
                sequence: index,
                element: order[0] as u8,
            };
            filed.extend(
                self.classes
                    .ids(elements[order[0]].class)
                    .map(|id| (id, anchor)),
            );
        }
        filed.sort_by_key(|(id, anchor)| (*id, anchor.sequence));
        self.by_word = vec![0; words + 1];
        for (id, _) in &filed {
            self.by_word[*id as usize + 1] += 1;
        }
        for word in 0..words {
            self.by_word[word + 1] += self.by_word[word];
        }
        self.anchors = filed.into_iter().map(|(_, anchor)| anchor).collect();
    }

    fn elements_of(&self, sequence: &Compiled) -> &[Element] {
        &self.elements[sequence.first as usize..][..usize::from(sequence.len)]
    }

    /// Adds every match in a unit to `found`, in no particular order, some perhaps twice.
    pub(crate) fn find(&self, vocabulary: &Vocabulary, tokens: &[Token], found: &mut Vec<Found>) {
        let present = tokens
            .iter()
            .fold(0, |bits, token| bits | self.signature[token.word as usize]);
        for (at, token) in tokens.iter().enumerate() {
            let word = token.word as usize;
            let range = self.by_word[word] as usize..self.by_word[word + 1] as usize;
            for anchor in &self.anchors[range] {
                if anchor.need & present != 0 {
                    self.verify(vocabulary, tokens, anchor, at, found);
                }
            }
        }
    }

    /// Looks for the matches of a sequence whose anchor element stands at `at`.
    fn verify(
        &self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        anchor: &Anchor,
        at: usize,
        found: &mut Vec<Found>,
    ) {
        let sequence = &self.sequences[anchor.sequence as usize];
        let search = Search {
            vocabulary,
            tokens,
            classes: &self.classes,
            elements: self.elements_of(sequence),
            end: sequence.end,
        };
        let mut starts = search.starts(usize::from(anchor.element), at);
        while starts != 0 {
            let first = at - starts.trailing_zeros() as usize;
            starts &= starts - 1;
            if sequence
                .begin
                .is_some_and(|words| !search.begins_unit(first, words))
            {
                continue;
            }
            if let Some((last, words)) = search.from(first) {
                found.push(Found {
                    pattern: sequence.pattern,
                    first: first as u32,
                    last: last as u32,
                    words,
                });
            }
        }
    }
}

/// A bit for each word id: the words that most sequences use have one of their own.
fn signature(uses: &[u64]) -> Vec<u64> {
    let mut order: Vec<usize> = (1..uses.len()).filter(|id| uses[*id] > 0).collect();
    order.sort_by_key(|id| std::cmp::Reverse(uses[*id]));
    let mut bits = vec![0; uses.len()];
    for (rank, id) in order.into_iter().enumerate() {
        bits[id] = 1 << if rank < 32 { rank } else { 32 + rank % 32 };
    }
    bits
}

/// The search for one sequence in one unit.
struct Search<'a> {
    vocabulary: &'a Vocabulary,
    tokens: &'a [Token],
    classes: &'a Classes,
    elements: &'a [Element],
    end: Option<u8>,
}

impl Search<'_> {
    /// Where matches may begin whose `element` stands at `at`: bit i is token `at - i`.
    fn starts(&self, element: usize, at: usize) -> u64 {
        let mut reached = 1u64;
        for next in (0..element).rev() {
            let gap = self.elements[next + 1].gap;
            let mut before = 0;
            while reached != 0 {
                let back = reached.trailing_zeros() as usize;
                reached &= reached - 1;
                let mut room = gap;
                for to in (at.saturating_sub(MAX_SPAN - 1)..at - back).rev() {
                    if self.parted(to + 1, gap) {
                        break;
                    }
                    let word = self.tokens[to].word;
                    if self.classes.holds(self.elements[next].class, word) {
                        before |= 1 << (at - to);
                    }
                    if !self.passes(word, &mut room) {
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
    fn from(&self, first: usize) -> Option<(usize, u64)> {
        let mut failed = [0u64; super::expand::MAX_WORDS];
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
        let Element { class, gap } = self.elements[element + 1];
        let mut room = gap;
        for to in at + 1..self.tokens.len().min(first + MAX_SPAN) {
            if self.parted(to, gap) {
                break;
            }
            let word = self.tokens[to].word;
            if self.classes.holds(class, word)
                && let Some((last, words)) = self.rest(element + 1, first, to, failed)
            {
                return Some((last, words | bit));
            }
            if !self.passes(word, &mut room) {
                break;
            }
        }
        failed[element] |= bit;
        None
    }

    /// Whether the mark before token `at` parts words with such a gap between them.
    #[inline]
    fn parted(&self, at: usize, gap: u8) -> bool {
        let before = self.tokens[at].before;
        if gap == 0 {
            before != Break::None
        } else {
            before == Break::Clause
        }
    }

    /// Whether a gap with `room` left may take the word in.
    #[inline]
    fn passes(&self, word: u32, room: &mut u8) -> bool {
        if self.vocabulary.looks_through(word) {
            return true;
        }
        if *room == 0 || self.vocabulary.ends_clause(word) {
            return false;
        }
        *room -= 1;
        true
    }

    fn begins_unit(&self, first: usize, words: u8) -> bool {
        let mut room = words;
        (0..first)
            .rev()
            .all(|at| !self.parted(at + 1, words) && self.passes(self.tokens[at].word, &mut room))
    }

    fn ends_unit(&self, last: usize, words: u8) -> bool {
        let mut room = words;
        (last + 1..self.tokens.len())
            .all(|at| !self.parted(at, words) && self.passes(self.tokens[at].word, &mut room))
    }
}
