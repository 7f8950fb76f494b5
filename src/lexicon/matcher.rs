//! Compiled sequences and the search for them in the words of a unit.
//!
//! Each sequence is filed under its rarest pair of neighbouring words; a single
//! word under itself. The text's pairs are looked up, and what is filed there is
//! verified word by word: the cost follows the text, not the number of patterns.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::expand::{MAX_WORDS, Sequence};
use super::pairs::{Anchor, Pairs};
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
    /// Word id → what the word can be in a sequence.
    uses: Vec<Use>,
    pairs: Pairs,
    /// Word id and sequence of one word, sorted.
    singles: Vec<(u32, u32)>,
}

/// What a word can be in the sequences.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    /// Its bit in the signature of a unit.
    bit: u64,
    /// One more than the widest gap behind it, where it is the left of a pair; else 0.
    left: u8,
    /// One more than the widest gap before it, where it is the right of a pair; else 0.
    right: u8,
    /// Whether a sequence consists of it alone.
    single: bool,
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
                        matcher
                            .classes
                            .add(element.terms.iter().flat_map(&ids).collect())
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

    /// Files every sequence under its rarest pair.
    fn file(&mut self, words: usize) {
        let mut counts = vec![0u64; words];
        for element in &self.elements {
            for id in self.classes.ids(element.class) {
                counts[id as usize] += 1;
            }
        }
        let weight =
            |class: u32| -> u64 { self.classes.ids(class).map(|id| counts[id as usize]).sum() };
        self.uses = signature(&counts);
        let bits = |class: u32| -> u64 {
            self.classes
                .ids(class)
                .fold(0, |bits, id| bits | self.uses[id as usize].bit)
        };
        let bits: Vec<u64> = (0..self.classes.len()).map(bits).collect();
        let mut filed = Vec::new();
        for (index, sequence) in (0u32..).zip(&self.sequences) {
            let elements = self.elements_of(sequence);
            let cost = |at: &usize| {
                let [left, right] = [elements[*at], elements[*at + 1]];
                weight(left.class) * weight(right.class) * (u64::from(right.gap) + 1)
            };
            let Some(at) = (0..elements.len() - 1).min_by_key(cost) else {
                for id in self.classes.ids(elements[0].class) {
                    self.singles.push((id, index));
                    self.uses[id as usize].single = true;
                }
                continue;
            };
            let anchor = Anchor {
                need: need(elements, at, &bits),
                sequence: index,
                element: at as u8,
            };
            let [left, right] = [elements[at], elements[at + 1]];
            let reach = right.gap + 1;
            for id in self.classes.ids(left.class) {
                let known = &mut self.uses[id as usize].left;
                *known = reach.max(*known);
                filed.extend(
                    self.classes
                        .ids(right.class)
                        .map(|other| (id, other, anchor)),
                );
            }
            for id in self.classes.ids(right.class) {
                let known = &mut self.uses[id as usize].right;
                *known = reach.max(*known);
            }
        }
        self.singles.sort_unstable();
        self.pairs = Pairs::new(filed);
    }

    fn elements_of(&self, sequence: &Compiled) -> &[Element] {
        &self.elements[sequence.first as usize..][..usize::from(sequence.len)]
    }

    /// Adds every match in a unit to `found`, in no particular order, some perhaps twice.
    pub(crate) fn find(&self, vocabulary: &Vocabulary, tokens: &[Token], found: &mut Vec<Found>) {
        let present = tokens
            .iter()
            .fold(0, |bits, token| bits | self.uses[token.word as usize].bit);
        for (at, token) in tokens.iter().enumerate() {
            let uses = self.uses[token.word as usize];
            if uses.single {
                self.find_singles(vocabulary, tokens, at, found);
            }
            if uses.right > 0 {
                self.find_pairs(vocabulary, tokens, at, present, found);
            }
        }
    }

    /// Adds the matches of the sequences that consist of the word at `at`.
    fn find_singles(
        &self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        at: usize,
        found: &mut Vec<Found>,
    ) {
        let word = tokens[at].word;
        let from = self.singles.partition_point(|(other, _)| *other < word);
        for (_, sequence) in self.singles[from..]
            .iter()
            .take_while(|(other, _)| *other == word)
        {
            self.matches_from(
                vocabulary,
                tokens,
                &self.sequences[*sequence as usize],
                at,
                found,
            );
        }
    }

    /// Looks for the sequences whose pair has its right word at `right`;
    /// `present` is the unit's signature.
    fn find_pairs(
        &self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        right: usize,
        present: u64,
        found: &mut Vec<Found>,
    ) {
        let reach = self.uses[tokens[right].word as usize].right;
        let mut between = 0;
        for left in (right.saturating_sub(MAX_SPAN - 1)..right).rev() {
            if tokens[left + 1].before == Break::Clause {
                break;
            }
            let word = tokens[left].word;
            if self.uses[word as usize].left > between {
                for anchor in self.pairs.get(word, tokens[right].word) {
                    if anchor.need & present != 0 {
                        self.verify(vocabulary, tokens, *anchor, left, found);
                    }
                }
            }
            if vocabulary.looks_through(word) {
                continue;
            }
            between += 1;
            if between >= reach || vocabulary.ends_clause(word) {
                break;
            }
        }
    }

    /// Looks for the matches of a sequence whose anchor element stands at `at`.
    fn verify(
        &self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        anchor: Anchor,
        at: usize,
        found: &mut Vec<Found>,
    ) {
        let sequence = &self.sequences[anchor.sequence as usize];
        if anchor.element == 0 {
            self.matches_from(vocabulary, tokens, sequence, at, found);
            return;
        }
        let search = self.search(vocabulary, tokens, sequence);
        let mut starts = search.starts(usize::from(anchor.element), at);
        while starts != 0 {
            let first = at - starts.trailing_zeros() as usize;
            starts &= starts - 1;
            self.matches_from(vocabulary, tokens, sequence, first, found);
        }
    }

    /// Adds the match of a sequence that begins at `first`, where its first element stands.
    fn matches_from(
        &self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        sequence: &Compiled,
        first: usize,
        found: &mut Vec<Found>,
    ) {
        let search = self.search(vocabulary, tokens, sequence);
        if sequence
            .begin
            .is_some_and(|words| !search.begins_unit(first, words))
        {
            return;
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

    fn search<'a>(
        &'a self,
        vocabulary: &'a Vocabulary,
        tokens: &'a [Token],
        sequence: &Compiled,
    ) -> Search<'a> {
        Search {
            vocabulary,
            tokens,
            classes: &self.classes,
            elements: self.elements_of(sequence),
            end: sequence.end,
        }
    }
}

/// A signature bit for each word id; the words that most sequences use have one of their own.
fn signature(counts: &[u64]) -> Vec<Use> {
    let mut order: Vec<usize> = (1..counts.len()).filter(|id| counts[*id] > 0).collect();
    order.sort_by_key(|id| std::cmp::Reverse(counts[*id]));
    let mut uses = vec![Use::default(); counts.len()];
    for (rank, id) in order.into_iter().enumerate() {
        uses[id].bit = 1 << if rank < 32 { rank } else { 32 + rank % 32 };
    }
    uses
}

/// The signature bits of which one must be present beside the pair at `at`:
/// those of the element with the fewest.
fn need(elements: &[Element], at: usize, bits: &[u64]) -> u64 {
    let others = (0..elements.len()).filter(|other| *other != at && *other != at + 1);
    let bits = others.map(|other| bits[elements[other].class as usize]);
    bits.min_by_key(|bits| bits.count_ones())
        .unwrap_or(u64::MAX)
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
