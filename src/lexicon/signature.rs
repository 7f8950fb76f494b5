//! One of 60 bits for each word, so that a set of words or a stretch of text is
//! one number, and most words that are not in it are told by one test.

use super::classes::Classes;

/// Bits that belong to one word each; the other words share the rest.
const OWN_BITS: usize = 20;
const BITS: usize = 60;

/// The bits that words in use have. The others are free for flags beside a signature.
pub(crate) const USED: u64 = (1 << BITS) - 1;
/// The number that words have that are not in use.
const NONE: u8 = 63;

/// The bits of the words in use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signature {
    /// Word id → the number of its bit.
    bits: Vec<u8>,
    /// Bit → how often a word of it may be expected, per word of text.
    chance: Vec<f64>,
}

impl Signature {
    /// Gives the words of `classes` a bit each, the commonest a bit of their own. Words that
    /// stand in the same large classes share bits, so that a class has few; `weights`
    /// tells how often each word id may be expected per million words.
    pub(crate) fn new(weights: &[u64], classes: &[&Classes]) -> Signature {
        let kin = kin(weights.len(), classes);
        let mut order: Vec<usize> = (0..weights.len())
            .filter(|id| !kin[*id].is_empty())
            .collect();
        order.sort_by_key(|id| std::cmp::Reverse(weights[*id]));
        let own = OWN_BITS.min(order.len());
        let (own, shared) = order.split_at_mut(own);
        shared.sort_by_key(|id| (&kin[*id], *id));
        let total: u64 = shared.iter().map(|id| weights[*id]).sum();
        let mut signature = Signature {
            bits: vec![NONE; weights.len()],
            chance: vec![0.0; BITS],
        };
        let mut give = |id: usize, bit: usize| {
            signature.bits[id] = bit as u8;
            signature.chance[bit] += weights[id] as f64 / 1e6;
        };
        own.iter().zip(0..).for_each(|(id, bit)| give(*id, bit));
        let (mut before, width) = (0, total / (BITS - OWN_BITS) as u64 + 1);
        for id in shared {
            give(*id, OWN_BITS + (before / width) as usize);
            before += weights[*id];
        }
        signature
    }

    /// The number of a word's bit, below 64.
    pub(crate) fn number(&self, word: u32) -> u8 {
        self.bits[word as usize]
    }

    /// The bit of a word, 0 for a word that is not in use.
    pub(crate) fn bit(&self, word: u32) -> u64 {
        1 << self.number(word) & USED
    }

    /// How often a word of the text may be expected to have one of `bits`.
    pub(crate) fn chance(&self, bits: u64) -> f64 {
        let set = (0..BITS).filter(|bit| bits >> bit & 1 != 0);
        set.map(|bit| self.chance[bit]).sum()
    }
}

/// Word id → the classes that hold it, the largest first, by their rank in size.
fn kin(words: usize, classes: &[&Classes]) -> Vec<Vec<u32>> {
    let all = classes
        .iter()
        .flat_map(|classes| (0..classes.len()).map(|class| classes.ids(class)));
    let mut all: Vec<&[u32]> = all.collect();
    all.sort_by_key(|ids| (std::cmp::Reverse(ids.len()), *ids));
    all.dedup();
    let mut kin = vec![Vec::new(); words];
    for (rank, ids) in (0u32..).zip(all) {
        ids.iter().for_each(|id| kin[*id as usize].push(rank));
    }
    kin
}
