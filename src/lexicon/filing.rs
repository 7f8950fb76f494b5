//! Under which words of it a sequence is filed, and what it needs beside them.

use super::candidates::Need;
use super::classes::Classes;
use super::search::{Compiled, Element};
use super::signature::Signature;
use super::unit::{COUNTED, EDGE, Steps};

/// What a look at one more word costs, in verifications.
const LOOK: f64 = 0.005;
/// What a pair of words in the tables costs, in verifications for each word of a text.
const PAIR: f64 = 3e-6;
/// A sequence whose pairs are more is filed under single words.
const MOST_PAIRS: usize = 20_000;
/// How many elements on the second word of a pair may be: "development of products" is sought by its outer words.
const FURTHEST: usize = 2;
/// From this share of the words of a text on, a class has words of grammar, and stands beside others so many times
/// as often as chance has it ("development of").
const GRAMMAR: f64 = 0.003;
const BESIDE: f64 = 10.0;

/// What is expected of a class of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rarity {
    /// How many words it has.
    words: usize,
    /// How often one of its words stands in a text, per word.
    chance: f64,
    /// Its signature bits.
    bits: u64,
    /// How often a word with one of these bits stands in a text, per word.
    bits_chance: f64,
}

impl Rarity {
    /// That of the class of that index; `weights` tells how often each word id may be expected per million words.
    pub(crate) fn new(
        class: u32,
        classes: &Classes,
        weights: &[u64],
        signature: &Signature,
    ) -> Rarity {
        let ids = classes.ids(class);
        let weight: u64 = ids.iter().map(|id| weights[*id as usize]).sum();
        let bits = classes.bits(class);
        Rarity {
            words: ids.len(),
            chance: weight as f64 / 1e6,
            bits,
            bits_chance: signature.chance(bits),
        }
    }
}

/// The two elements to file a sequence under, those that seldom stand near each other; or the same one twice.
pub(crate) fn rarest(elements: &[Element], rarities: &[Rarity]) -> (usize, usize) {
    let pairs = (0..elements.len()).flat_map(|first| {
        let lasts = first + 1..elements.len().min(first + 1 + FURTHEST);
        lasts.map(move |last| (first, last))
    });
    let cost = |(first, last): (usize, usize)| {
        let (one, other) = (rarities[first], rarities[last]);
        let pairs = one.words * other.words;
        let reached = 1.0 + f64::from(leads(elements, first, last)) / f64::from(COUNTED);
        let is_grammar = one.chance.max(other.chance) > GRAMMAR;
        let met = other.chance * reached * if is_grammar { BESIDE } else { 1.0 };
        let cost = one.chance * (LOOK * reached + met.min(1.0)) + PAIR * pairs as f64;
        (pairs <= MOST_PAIRS).then_some((cost, (first, last)))
    };
    let cheapest = pairs
        .filter_map(cost)
        .min_by(|one, other| one.0.total_cmp(&other.0));
    let alone = || {
        let chance = |at: &usize| rarities[*at].chance;
        let rarest = (0..elements.len()).min_by(|one, other| chance(one).total_cmp(&chance(other)));
        rarest.map_or((0, 0), |at| (at, at))
    };
    cheapest.map_or_else(alone, |(_, pair)| pair)
}

/// How far the words of two elements may stand apart.
pub(crate) fn leads(elements: &[Element], first: usize, last: usize) -> Steps {
    let between = elements[first..=last].iter().skip(1);
    let words = (last - first).saturating_sub(1) as Steps * COUNTED;
    between.map(|element| element.limit).sum::<Steps>() + words
}

/// What a sequence needs beside its elements from `first` to `last`: the edge of the unit at which one of
/// them must stand, then the rarest others; at most two.
pub(crate) fn needs(
    sequence: &Compiled,
    rarities: &[Rarity],
    first: usize,
    last: usize,
) -> [Need; 2] {
    let mut edges = Vec::new();
    if first == 0 && sequence.begin == 0 {
        edges.push(Need::new(EDGE, false));
    }
    if last + 1 == rarities.len() && sequence.end == 0 {
        edges.push(Need::new(EDGE, true));
    }
    let others = (0..rarities.len()).filter(|at| !(first..=last).contains(at));
    let mut others: Vec<(f64, Need)> = others
        .map(|at| {
            (
                rarities[at].bits_chance,
                Need::new(rarities[at].bits, at > last),
            )
        })
        .collect();
    others.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut all = edges
        .into_iter()
        .chain(others.into_iter().map(|(_, need)| need));
    [(); 2].map(|()| all.next().unwrap_or(Need::NOTHING))
}
