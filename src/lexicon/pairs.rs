//! From words of the text to the sequences that may match where they stand.
//!
//! A sequence is filed under two of its elements that seldom stand near each other: under every pair of words
//! that they may be, once for where the second follows directly, and once more for where a gap may lie between.
//! Nearly all pairs of words in a text have nothing filed under them, which one bit of a filter tells. So the cost
//! follows the text, hardly the number of sequences. A sequence of one word is filed under that word.

use super::candidates::{Candidate, Lists, Need};
use super::unit::{Known, Steps, UnitWords};

/// Two words of a unit near each other, under which something may be filed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Near {
    /// Their ids.
    key: u64,
    pub(crate) places: Places,
}

/// Where they stand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Places {
    /// Index of the first in the unit.
    pub(crate) at: u32,
    /// How many words on the second stands, and how far that is.
    pub(crate) ahead: u16,
    pub(crate) steps: Steps,
}

impl Near {
    /// The words of these ids, the second of which stands `ahead` words and `steps` behind the one at `at`.
    #[inline(always)]
    pub(crate) fn new(ids: (u32, u32), at: usize, ahead: usize, steps: u32) -> Near {
        Near {
            key: key(ids.0, ids.1, steps > 0),
            places: Places {
                at: at as u32,
                ahead: ahead as u16,
                steps: steps as Steps,
            },
        }
    }
}

impl Places {
    /// Indices of the first word and the last.
    #[inline(always)]
    pub(crate) fn ends(self) -> (usize, usize) {
        let first = self.at as usize;
        (first, first + usize::from(self.ahead))
    }
}

/// Words of a unit with the candidates that are filed under them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    /// Where the list begins.
    list: u32,
    pub(crate) places: Places,
}

/// What a candidate is filed under, as indices of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Place {
    Word(u32),
    /// Two words, the second directly behind the first.
    Next(u32, u32),
    /// Two words with a gap between them.
    Near(u32, u32),
}

/// Candidates by words and by pairs of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// By word id the list of what is filed under the word alone.
    alone: Vec<u32>,
    /// Bit by bit whether a pair whose hash leads there has candidates.
    filter: Vec<u64>,
    /// Open addressing by the hash of the pair.
    slots: Vec<Slot>,
    /// Lists of candidates, one behind the other; pairs with the same ones share a list.
    candidates: Vec<Candidate>,
    /// What each candidate needs, the ends of the lists marked.
    needs: Vec<Need>,
}

/// A pair of word ids and where its list begins; 0 for an empty slot.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Slot(u64);

/// Bits of a list or a place beside a key, and of each word id in it: half a million words, sixteen million places.
const PLACE_BITS: u32 = 24;
const WORD_BITS: u32 = 19;
const WORD_MASK: usize = (1 << WORD_BITS) - 1;

impl Slot {
    fn new(key: u64, list: u32) -> Slot {
        Slot(filed(key, list))
    }

    #[inline(always)]
    fn holds(self, key: u64) -> bool {
        self.0 >> PLACE_BITS == key
    }

    #[inline(always)]
    fn list(self) -> u32 {
        place(self.0)
    }
}

/// Bits of the filter for each pair.
const FILTER_BITS: usize = 8;

/// A list that is found at another place of the table.
const ELSEWHERE: u32 = u32::MAX;

impl Pairs {
    /// Files `candidates` with what they need, each under its place, and notes so in `known`; `ids` tells the word ids
    /// of a class, `bits` its signature.
    pub(crate) fn new<'i>(
        candidates: Vec<(Place, Need, Candidate)>,
        known: &mut [Known],
        ids: impl Fn(u32) -> &'i [u32],
        bits: impl Fn(u32) -> u64,
    ) -> Pairs {
        let mut made = Pairs {
            alone: vec![Lists::EMPTY; known.len()],
            ..Pairs::default()
        };
        let (mut lists, places) = Lists::new(candidates);
        let (mut alone, mut pairs) = (Vec::new(), Vec::new());
        for ((place, limit), index) in places.iter().zip(0u32..) {
            let (first, second, is_near) = match *place {
                Place::Word(class) => {
                    alone.extend(ids(class).iter().map(|id| filed(u64::from(*id), index)));
                    continue;
                }
                Place::Next(first, second) => (first, second, false),
                Place::Near(first, second) => (first, second, true),
            };
            let (others, bits) = (ids(second), bits(second));
            for one in ids(first) {
                let known = &mut known[*one as usize];
                known.reach = known.reach.max(*limit);
                known.next |= bits;
                let keys = others.iter().map(|other| key(*one, *other, false));
                pairs.extend(keys.map(|key| filed(key, index)));
                if is_near {
                    known.near |= bits;
                    let keys = others.iter().map(|other| key(*one, *other, true));
                    pairs.extend(keys.map(|key| filed(key, index)));
                }
            }
        }
        let words = known.len();
        let alone = sorted(&alone, words, |key| key as usize);
        each_key(&alone, |word, places| {
            made.alone[word as usize] = lists.list(places);
            known[word as usize].alone = lists.alone(places);
        });
        let mut slots = Vec::new();
        let pairs = sorted(&pairs, 2 * words, |key| {
            2 * second(key) + usize::from(is_apart(key))
        });
        let pairs = sorted(&pairs, words, first);
        each_key(&pairs, |key, places| {
            slots.push((key, lists.list(places)));
        });
        (made.candidates, made.needs) = lists.done();
        assert!(
            words <= WORD_MASK && made.needs.len() < 1 << PLACE_BITS,
            "the lexicon has more words or patterns than a key has room for: {words}, {}",
            made.needs.len()
        );
        made.fill(&slots);
        made
    }

    /// Makes the filter and the table of the pairs, which is two thirds full: what they cost is misses of the cache.
    fn fill(&mut self, pairs: &[(u64, u32)]) {
        let bits = pairs.len().max(8) * FILTER_BITS;
        self.filter = vec![0; bits / 64 + 1];
        self.slots = vec![Slot::default(); pairs.len() * 3 / 2 + 1];
        for (key, list) in pairs {
            let bit = self.bit(hash(*key));
            self.filter[bit / 64] |= 1 << (bit % 64);
            let at = self.find(*key);
            self.slots[at] = Slot::new(*key, *list);
        }
    }

    /// What is filed under a word by itself, where it stands at `at`.
    #[inline]
    pub(crate) fn alone(&self, word: u32, at: usize) -> Listed {
        Listed {
            list: self.alone[word as usize],
            places: Places {
                at: at as u32,
                ..Places::default()
            },
        }
    }

    /// Moves the pairs that something may be filed under to the front; returns how many. Without branches, so that
    /// many looks into the filter, which is larger than the nearest cache, go on at a time.
    #[inline]
    pub(crate) fn sieve(&self, pairs: &mut [Near]) -> usize {
        let mut kept = 0;
        for index in 0..pairs.len() {
            let pair = pairs[index];
            let bit = self.bit(hash(pair.key));
            pairs[kept] = pair;
            kept += (self.filter[bit / 64] >> (bit % 64) & 1) as usize;
        }
        kept
    }

    /// Adds the lists of the pairs; first without branches for the same reason, then those that lie elsewhere.
    #[inline]
    pub(crate) fn lists(&self, pairs: &[Near], lists: &mut Vec<Listed>) {
        let first = lists.len();
        lists.extend(pairs.iter().map(|pair| {
            let slot = self.slots[self.slot(hash(pair.key))];
            let list = if slot.holds(pair.key) {
                slot.list()
            } else {
                ELSEWHERE
            };
            Listed {
                list,
                places: pair.places,
            }
        }));
        for (listed, pair) in lists[first..].iter_mut().zip(pairs) {
            if listed.list == ELSEWHERE {
                listed.list = self.slots[self.find(pair.key)].list();
            }
        }
    }

    /// Writes the candidates of all lists whose needs are met to the front of `met`, with the indices of their lists;
    /// returns how many.
    #[inline]
    pub(crate) fn needed(
        &self,
        unit: &UnitWords,
        lists: &[Listed],
        met: &mut Vec<(u32, u32)>,
    ) -> usize {
        let mut len = 0;
        for (listed, index) in lists.iter().zip(0..) {
            let around = unit.around(listed.places.ends());
            for (need, candidate) in self.needs[listed.list as usize..].iter().zip(listed.list..) {
                if len == met.len() {
                    met.resize(2 * len + 64, (0, 0));
                }
                met[len] = (candidate, index);
                len += usize::from(need.is_met(around));
                if need.is_last() {
                    break;
                }
            }
        }
        len
    }

    /// The candidate of that index.
    #[inline]
    pub(crate) fn candidate(&self, index: u32) -> &Candidate {
        &self.candidates[index as usize]
    }

    /// Where in the table a pair stands, or the empty slot where it would.
    fn find(&self, key: u64) -> usize {
        let mut at = self.slot(hash(key));
        while !self.slots[at].holds(key) && self.slots[at] != Slot::default() {
            at = if at + 1 < self.slots.len() { at + 1 } else { 0 };
        }
        at
    }

    /// The place in the filter for a hash.
    #[inline]
    fn bit(&self, hash: u64) -> usize {
        scaled((hash >> 32) as u32, self.filter.len() * 64)
    }

    /// The place in the table for a hash.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        scaled(hash as u32, self.slots.len())
    }
}

/// A number below `len` for a hash, each with the same chance.
#[inline(always)]
fn scaled(hash: u32, len: usize) -> usize {
    ((u64::from(hash) * len as u64) >> 32) as usize
}

/// A key and the index of a place that stands under it, in one number.
fn filed(key: u64, place: u32) -> u64 {
    debug_assert!(place >> PLACE_BITS == 0, "{place}");
    key << PLACE_BITS | u64::from(place)
}

/// The place of what [`filed`] made.
pub(crate) fn place(filed: u64) -> u32 {
    (filed & ((1 << PLACE_BITS) - 1)) as u32
}

/// What is filed, in the order of what `rank` says of its keys, which is below `ranks`; the order of equals stays.
/// By counting: comparing was a tenth of the start-up.
fn sorted(filed: &[u64], ranks: usize, rank: impl Fn(u64) -> usize) -> Vec<u64> {
    let rank = |filed: &u64| rank(filed >> PLACE_BITS);
    let mut ends = vec![0; ranks];
    filed.iter().for_each(|one| ends[rank(one)] += 1);
    let mut before = 0;
    for end in &mut ends {
        before += std::mem::replace(end, before);
    }
    let mut sorted = vec![0; filed.len()];
    for one in filed {
        let at = &mut ends[rank(one)];
        sorted[*at] = *one;
        *at += 1;
    }
    sorted
}

/// Calls `each` with every key and what is filed under it, where equal keys stand side by side.
fn each_key(filed: &[u64], mut each: impl FnMut(u64, &[u64])) {
    for alike in filed.chunk_by(|one, other| one >> PLACE_BITS == other >> PLACE_BITS) {
        each(alike[0] >> PLACE_BITS, alike);
    }
}

/// The key of two words, the second of which stands directly behind the first or apart from it.
#[inline(always)]
fn key(first: u32, second: u32, is_apart: bool) -> u64 {
    (u64::from(is_apart) << WORD_BITS | u64::from(first)) << WORD_BITS | u64::from(second)
}

fn first(key: u64) -> usize {
    (key >> WORD_BITS) as usize & WORD_MASK
}

fn second(key: u64) -> usize {
    key as usize & WORD_MASK
}

fn is_apart(key: u64) -> bool {
    key >> (2 * WORD_BITS) != 0
}

#[inline]
fn hash(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}
