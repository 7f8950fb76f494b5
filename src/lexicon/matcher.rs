//! The search for all sequences of a set of patterns in the words of a unit.
//!
//! Each sequence is filed under a rare word of it (see [`super::anchors`]); the
//! candidates that come up are verified word by word. The cost follows the
//! text, hardly the number of patterns.

use super::anchors::{Anchors, Candidate, Need};
use super::expand::Sequence;
use super::pattern::Term;
use super::search::{Compiled, Element, Found, Sequences};
use super::signature::{EDGE, Signature};
use super::unit::{UnitWords, Window};

/// What a verification costs, in looks at a candidate.
const VERIFY: f64 = 15.0;

/// All sequences of a set of patterns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    pub(crate) sequences: Sequences,
    anchors: Anchors,
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
        Matcher {
            sequences: Sequences::new(patterns, ids),
            anchors: Anchors::default(),
        }
    }

    /// Files every sequence under its anchor, which makes the matcher ready;
    /// `weights` tells how often each word id may be expected per million words, `audience` for
    /// a pattern who will want to know of it, as bits.
    pub(crate) fn file(
        &mut self,
        weights: &[u64],
        signature: &Signature,
        audience: impl Fn(u32) -> u64,
    ) {
        self.sequences.sign(signature);
        let classes = &self.sequences.classes;
        let rarity = |class: u32| {
            let ids = classes.ids(class).iter();
            let bits = classes.bits(class);
            Rarity {
                chance: ids.map(|id| weights[*id as usize]).sum::<u64>() as f64 / 1e6,
                bits,
                bits_chance: signature.chance(bits),
            }
        };
        let rarities: Vec<Rarity> = (0..classes.len()).map(rarity).collect();
        let mut filed = Vec::new();
        for ((sequence, elements, indices), index) in self.sequences.iter().zip(0u32..) {
            let rarities: Vec<Rarity> = indices.iter().map(|at| rarities[*at as usize]).collect();
            let (element, needs) = anchor(sequence, elements, &rarities);
            filed.push(Candidate {
                sequence: index,
                element: element as u8,
                class: indices[element],
                needs,
                audience: audience(sequence.pattern),
            });
        }
        self.anchors = Anchors::new(filed, weights.len(), |one| classes.ids(one.class));
    }

    /// Adds every match in a unit that some of `audience` may want to know of to `found`, in no
    /// particular order, some perhaps twice.
    pub(crate) fn find(&self, unit: &UnitWords, audience: u64, found: &mut Vec<Found>) {
        let places = unit.places();
        let edge = places.len() - 1;
        for (word, at) in places[1..edge].iter().zip(1..) {
            self.anchors.each(word, audience, |sequence, element| {
                let search = self.sequences.search(unit, sequence);
                search.around(usize::from(element), at, |one| found.push(one));
            });
        }
    }
}

/// The element to file a sequence under, and what others need around it; `rarities` are those of its elements.
fn anchor(sequence: &Compiled, elements: &[Element], rarities: &[Rarity]) -> (usize, [Need; 2]) {
    let rarity = |at: usize| rarities[at];
    let mut best = (f64::INFINITY, (0, [Need::NOTHING; 2]));
    for anchor in 0..elements.len() {
        let mut needs = [(1.0, Need::NOTHING); 2];
        let mut add = |passes: f64, need: Need| {
            if passes < needs[0].0 {
                needs = [(passes, need), needs[0]];
            } else if passes < needs[1].0 {
                needs[1] = (passes, need);
            }
        };
        for other in (0..elements.len()).filter(|other| *other != anchor) {
            let window = window(elements, anchor, other);
            let bits = rarity(other).bits;
            add(
                window.size() * rarity(other).bits_chance,
                Need { bits, window },
            );
        }
        for window in edges(sequence, elements, anchor) {
            add(window.edge(), Need { bits: EDGE, window });
        }
        let passes = needs[0].0 * needs[1].0;
        let cost = rarity(anchor).chance * (1.0 + VERIFY * passes);
        if cost < best.0 {
            best = (cost, (anchor, [needs[0].1, needs[1].1]));
        }
    }
    best.1
}

/// The windows that must reach to the edges of the unit around element `anchor`.
fn edges(
    sequence: &Compiled,
    elements: &[Element],
    anchor: usize,
) -> impl Iterator<Item = Window> + use<> {
    let window = |before: bool, outermost: bool, gap: u8| match outermost {
        true => Window::beside(before, gap),
        false => Window::far(before),
    };
    let last = elements.len() - 1;
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
