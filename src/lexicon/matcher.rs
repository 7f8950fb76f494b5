//! Compiled sequences and the search for them in the words of a unit.
//!
//! Each sequence is filed under a rare word of it (see [`super::anchors`]); the
//! candidates that come up are verified word by word. The cost follows the
//! text, hardly the number of patterns.

use rustc_hash::FxHashMap;

use super::anchors::{Anchors, Candidate, Need};
use super::classes::Classes;
use super::expand::Sequence;
use super::pattern::Term;
use super::search::{Element, Search};
use super::signature::{EDGE, Signature};
use super::unit::{UnitWords, Window, Word};

/// The most tokens that a match may span, those between its words included.
pub(crate) const MAX_SPAN: usize = 64;

/// What a verification costs, in looks at a candidate.
const VERIFY: f64 = 15.0;

/// All sequences of a set of patterns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    classes: Classes,
    elements: Vec<Element>,
    sequences: Vec<Compiled>,
    anchors: Anchors,
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

/// What is expected of a class of words.
#[derive(Clone, Copy, Debug)]
struct Rarity {
    /// How often one of its words stands in a text, per word.
    chance: f64,
    /// Its signature bits.
    bits: u64,
    /// How often a word with one of these bits stands in a text, per word.
    bits_chance: f64,
}

impl Matcher {
    /// Compiles `patterns`; `ids` tells the word ids of a term.
    pub(crate) fn new<'p, 'i>(
        patterns: impl Iterator<Item = &'p [Sequence]>,
        ids: impl Fn(&Term) -> &'i [u32],
    ) -> Matcher {
        let mut matcher = Matcher::default();
        let mut known: FxHashMap<&[Term], u32> = FxHashMap::default();
        for (pattern, sequences) in (0u32..).zip(patterns) {
            for sequence in sequences {
                let first = matcher.elements.len() as u32;
                for element in &sequence.elements {
                    let class = *known.entry(&element.terms).or_insert_with(|| {
                        let ids = element
                            .terms
                            .iter()
                            .flat_map(|term| ids(term).iter().copied());
                        matcher.classes.add(ids.collect())
                    });
                    let gap = element.gap;
                    matcher.elements.push(Element { class, gap });
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
        matcher
    }

    /// The classes of words that stand in the sequences.
    pub(crate) fn classes(&self) -> &Classes {
        &self.classes
    }

    /// Files every sequence under its anchor, which makes the matcher ready;
    /// `weights` tells how often each word id may be expected per million words.
    pub(crate) fn file(&mut self, weights: &[u64], signature: &Signature) {
        self.classes.sign(signature);
        let rarity = |class: u32| {
            let ids = self.classes.ids(class).iter();
            let bits = self.classes.bits(class);
            Rarity {
                chance: ids.map(|id| weights[*id as usize]).sum::<u64>() as f64 / 1e6,
                bits,
                bits_chance: signature.chance(bits),
            }
        };
        let rarities: Vec<Rarity> = (0..self.classes.len()).map(rarity).collect();
        let mut filed = Vec::new();
        for (index, sequence) in (0u32..).zip(&self.sequences) {
            let elements = self.elements_of(sequence);
            let (element, needs) = anchor(sequence, elements, &rarities);
            let candidate = Candidate {
                sequence: index,
                element: element as u8,
                needs,
            };
            let ids = self.classes.ids(elements[element].class).iter();
            filed.extend(ids.map(|id| (*id, candidate)));
        }
        self.anchors = Anchors::new(filed, weights.len());
    }

    fn elements_of(&self, sequence: &Compiled) -> &[Element] {
        &self.elements[sequence.first as usize..][..usize::from(sequence.len)]
    }

    /// Adds every match in a unit to `found`, in no particular order, some perhaps twice.
    pub(crate) fn find(&self, unit: &UnitWords, found: &mut Vec<Found>) {
        for (at, word) in unit.words.iter().enumerate() {
            self.anchors
                .each(word.id, unit.around(at), |sequence, element| {
                    let sequence = &self.sequences[sequence as usize];
                    self.verify(&unit.words, sequence, usize::from(element), at, found);
                });
        }
    }

    /// Looks for the matches of a sequence of which `element` stands at `at`.
    fn verify(
        &self,
        words: &[Word],
        sequence: &Compiled,
        element: usize,
        at: usize,
        found: &mut Vec<Found>,
    ) {
        if element == 0 {
            self.matches_from(words, sequence, at, found);
            return;
        }
        let mut starts = self.search(words, sequence).starts(element, at);
        while starts != 0 {
            let first = at - starts.trailing_zeros() as usize;
            starts &= starts - 1;
            self.matches_from(words, sequence, first, found);
        }
    }

    /// Adds the match of a sequence that begins at `first`, where its first element stands.
    fn matches_from(
        &self,
        words: &[Word],
        sequence: &Compiled,
        first: usize,
        found: &mut Vec<Found>,
    ) {
        let search = self.search(words, sequence);
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

    fn search<'a>(&'a self, words: &'a [Word], sequence: &Compiled) -> Search<'a> {
        Search {
            words,
            classes: &self.classes,
            elements: self.elements_of(sequence),
            end: sequence.end,
        }
    }
}

/// The element to file a sequence under, and what others need around it.
fn anchor(sequence: &Compiled, elements: &[Element], rarities: &[Rarity]) -> (usize, [Need; 2]) {
    let rarity = |at: usize| rarities[elements[at].class as usize];
    let choices = (0..elements.len()).map(|anchor| {
        let others = (0..elements.len()).filter(|other| *other != anchor);
        let mut needs: Vec<(f64, Need)> = others
            .map(|other| {
                let need = Need {
                    bits: rarity(other).bits,
                    window: window(elements, anchor, other),
                };
                let passes = need.window.size() * rarity(other).bits_chance;
                (passes.min(1.0), need)
            })
            .collect();
        needs.extend(edges(sequence, anchor).map(|window| {
            let bits = EDGE;
            (window.edge(), Need { bits, window })
        }));
        needs.sort_by(|one, two| one.0.total_cmp(&two.0));
        needs.resize(2.max(needs.len()), (1.0, Need::NOTHING));
        let passes = needs[0].0 * needs[1].0;
        let cost = rarity(anchor).chance * (1.0 + VERIFY * passes);
        (cost, (anchor, [needs[0].1, needs[1].1]))
    });
    let best = choices.min_by(|one, two| one.0.total_cmp(&two.0));
    best.expect("a sequence has an element").1
}

/// The windows that must reach to the edges of the unit around element `anchor`.
fn edges(sequence: &Compiled, anchor: usize) -> impl Iterator<Item = Window> {
    let window = |before: bool, outermost: bool, gap: u8| match outermost {
        true => Window::beside(before, gap),
        false => Window::far(before),
    };
    let last = usize::from(sequence.len) - 1;
    let begin = sequence.begin.map(|gap| window(true, anchor == 0, gap));
    let end = sequence.end.map(|gap| window(false, anchor == last, gap));
    begin.into_iter().chain(end)
}

/// Where element `other` stands as seen from the anchor.
fn window(elements: &[Element], anchor: usize, other: usize) -> Window {
    match (anchor, other) {
        _ if other + 1 == anchor => Window::beside(true, elements[anchor].gap),
        _ if anchor + 1 == other => Window::beside(false, elements[other].gap),
        _ => Window::far(other < anchor),
    }
}
