//! From words of the text to the sequences that may match where they stand.
//!
//! A sequence is filed under two neighbouring elements, those of it that seldom stand near each
//! other: under every pair of words that they may be. Nearly all pairs of words in a text
//! have nothing filed under them, which one bit of a filter tells. So the cost follows
//! the text, hardly the number of sequences. A sequence of one word is filed under that word.

use rustc_hash::FxHashMap;

use super::unit::Known;

/// A sequence that may match around the words that it is filed under.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Signature bits of another element, of which one must stand behind the pair in its clause, or before it.
    pub(crate) needs: u64,
    /// Index of the sequence.
    pub(crate) sequence: u32,
    /// That of its pattern.
    pub(crate) pattern: u32,
    /// Index in it of the element that the word is, the first of a pair.
    pub(crate) element: u8,
    /// How many words may stand between the words of a pair.
    pub(crate) gap: u8,
    /// How many words may stand before and behind the words in the unit, or [`super::unit::ANYWHERE`].
    pub(crate) begin: u8,
    pub(crate) end: u8,
    /// Whether what it needs must stand behind.
    pub(crate) needs_ahead: bool,
    /// Whether it has no other elements than those that it is filed under.
    pub(crate) is_whole: bool,
    /// Whether it is of a guard.
    pub(crate) is_guard: bool,
}

/// Two words of a unit near each other, under which something may be filed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    /// Their ids.
    key: u64,
    /// Their indices in the unit.
    pub(crate) at: u32,
    pub(crate) to: u32,
    /// The gap that leads from one to the other.
    pub(crate) gap: u8,
}

impl Near {
    /// The words at `at` and `to`, which have these ids.
    #[inline]
    pub(crate) fn new(ids: (u32, u32), at: usize, to: usize, gap: u8) -> Near {
        Near {
            key: key(ids.0, ids.1),
            at: at as u32,
            to: to as u32,
            gap,
        }
    }
}

/// What a candidate is filed under, as indices of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Place {
    Word(u32),
    Pair(u32, u32),
}

/// Candidates by words and by pairs of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// By word id what is filed under the word alone: a range of candidates.
    alone: Vec<(u32, u32)>,
    /// By word id the signature of the second words of its pairs.
    seconds: Vec<u64>,
    /// Bit by bit whether a pair whose hash leads there has candidates.
    filter: Vec<u64>,
    /// Open addressing by the hash of the pair.
    slots: Vec<Slot>,
    /// Lists of candidates; pairs with the same ones share a list.
    candidates: Vec<Candidate>,
}

/// A pair of word ids and its range of candidates; an empty range marks an empty slot.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    list: (u32, u32),
}

/// The end of a range that is found at another place of the table.
const ELSEWHERE: u32 = u32::MAX;

impl Pairs {
    /// Files `candidates`, each under its place, and notes so in `known`; `ids` tells the word ids
    /// of a class, `bits` its signature.
    pub(crate) fn new<'i>(
        candidates: &[(Place, Candidate)],
        known: &mut [Known],
        ids: impl Fn(u32) -> &'i [u32],
        bits: impl Fn(u32) -> u64,
    ) -> Pairs {
        let mut of_place: FxHashMap<Place, Vec<Candidate>> = FxHashMap::default();
        for (place, candidate) in candidates {
            of_place.entry(*place).or_default().push(*candidate);
        }
        let mut of_place: Vec<(Place, Vec<Candidate>)> = of_place.into_iter().collect();
        of_place.sort_unstable_by_key(|(place, _)| *place);
        let mut made = Pairs {
            alone: vec![(0, 0); known.len()],
            seconds: vec![0; known.len()],
            ..Pairs::default()
        };
        let (mut alone, mut pairs) = (Vec::new(), Vec::new());
        for ((place, candidates), index) in of_place.iter().zip(0u32..) {
            match *place {
                Place::Word(class) => {
                    alone.extend(ids(class).iter().map(|id| filed(key(0, *id), index)));
                }
                Place::Pair(first, second) => {
                    let gap = candidates.iter().map(|one| one.gap).max().unwrap_or(0);
                    for one in ids(first) {
                        let reach = &mut known[*one as usize].reach;
                        *reach = (*reach).max(gap.saturating_add(1));
                        made.seconds[*one as usize] |= bits(second);
                        let others = ids(second).iter();
                        pairs.extend(others.map(|other| filed(key(*one, *other), index)));
                    }
                }
            }
        }
        let mut lists = Lists::new(&of_place);
        each_key(&mut alone, |word, places| {
            known[word as usize].is_alone = true;
            made.alone[word as usize] = lists.list(places);
        });
        let mut slots = Vec::new();
        each_key(&mut pairs, |key, places| {
            let list = lists.list(places);
            slots.push(Slot { key, list });
        });
        made.candidates = lists.candidates;
        made.fill(&slots);
        made
    }

    /// Makes the filter, of 8 to 16 bits a pair, and the table of the pairs, at most two thirds full: what they
    /// cost is misses of the cache.
    fn fill(&mut self, pairs: &[Slot]) {
        let room = pairs.len().max(8).next_power_of_two();
        self.filter = vec![0; room / 8];
        self.slots = vec![Slot::default(); (pairs.len() * 3 / 2 + 1).next_power_of_two()];
        for pair in pairs {
            let bit = self.bit(hash(pair.key));
            self.filter[bit / 64] |= 1 << (bit % 64);
            let at = self.find(pair.key);
            self.slots[at] = *pair;
        }
    }

    /// The candidates filed under a word by itself.
    #[inline]
    pub(crate) fn alone(&self, word: u32) -> &[Candidate] {
        let (from, to) = self.alone[word as usize];
        &self.candidates[from as usize..to as usize]
    }

    /// The signature of the second words of the pairs that the word is the first one of.
    #[inline]
    pub(crate) fn seconds(&self, word: u32) -> u64 {
        self.seconds[word as usize]
    }

    /// Drops most pairs that nothing is filed under. Without branches, so that many looks into the filter,
    /// which is larger than the nearest cache, go on at a time.
    #[inline]
    pub(crate) fn sieve(&self, pairs: &mut Vec<Near>) {
        let mut kept = 0;
        for index in 0..pairs.len() {
            let pair = pairs[index];
            let bit = self.bit(hash(pair.key));
            pairs[kept] = pair;
            kept += (self.filter[bit / 64] >> (bit % 64) & 1) as usize;
        }
        pairs.truncate(kept);
    }

    /// Looks up where the candidates of each pair begin and end; without branches for the same reason.
    #[inline]
    pub(crate) fn lists(&self, pairs: &[Near], lists: &mut Vec<(u32, u32)>) {
        lists.clear();
        lists.extend(pairs.iter().map(|pair| {
            let slot = &self.slots[self.slot(hash(pair.key))];
            let is_its = slot.key == pair.key;
            (slot.list.0, if is_its { slot.list.1 } else { ELSEWHERE })
        }));
    }

    /// The candidates filed under a pair of words, for which [`Pairs::lists`] told `list`.
    #[inline]
    pub(crate) fn of(&self, pair: &Near, list: (u32, u32)) -> &[Candidate] {
        let (from, to) = match list {
            (_, ELSEWHERE) => self.slots[self.find(pair.key)].list,
            list => list,
        };
        &self.candidates[from as usize..to as usize]
    }

    /// Where in the table a pair stands, or the empty slot where it would.
    fn find(&self, key: u64) -> usize {
        let mut at = self.slot(hash(key));
        while self.slots[at].key != key && self.slots[at].list.1 != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// The place in the filter for a hash.
    #[inline]
    fn bit(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.filter.len() * 64 - 1)
    }

    /// The place in the table for a hash.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        (hash >> 24) as usize & (self.slots.len() - 1)
    }
}

/// Lists of candidates, each once.
struct Lists {
    candidates: Vec<Candidate>,
    /// Place by place the range of its candidates.
    own: Vec<(u32, u32)>,
    /// Several places → the range of all their candidates.
    known: FxHashMap<Vec<u32>, (u32, u32)>,
    /// The places at hand.
    places: Vec<u32>,
}

impl Lists {
    fn new(of_place: &[(Place, Vec<Candidate>)]) -> Lists {
        let mut candidates = Vec::new();
        let own = of_place.iter().map(|(_, own)| {
            let from = candidates.len() as u32;
            candidates.extend_from_slice(own);
            (from, candidates.len() as u32)
        });
        let own = own.collect();
        Lists {
            candidates,
            own,
            known: FxHashMap::default(),
            places: Vec::new(),
        }
    }

    /// The list of the candidates of all places that something is filed at.
    fn list(&mut self, all: &[u64]) -> (u32, u32) {
        if let [only] = all {
            return self.own[place(*only) as usize];
        }
        self.places.clear();
        self.places.extend(all.iter().map(|one| place(*one)));
        if let Some(list) = self.known.get(&self.places) {
            return *list;
        }
        let from = self.candidates.len() as u32;
        for place in &self.places {
            let (first, end) = self.own[*place as usize];
            self.candidates
                .extend_from_within(first as usize..end as usize);
        }
        let list = (from, self.candidates.len() as u32);
        self.known.insert(self.places.clone(), list);
        list
    }
}

/// Bits of a place beside a key, and of each word id in it: a million words, sixteen million places.
const PLACE_BITS: u32 = 24;
const WORD_BITS: u32 = 20;

/// A key and the index of a place that stands under it, in one number that sorts by both.
fn filed(key: u64, place: u32) -> u64 {
    debug_assert!(place >> PLACE_BITS == 0, "{place}");
    key << PLACE_BITS | u64::from(place)
}

/// The place of what [`filed`] made.
fn place(filed: u64) -> u32 {
    (filed & ((1 << PLACE_BITS) - 1)) as u32
}

/// Calls `each` with every key and what is filed under it, both in ascending order.
fn each_key(filed: &mut [u64], mut each: impl FnMut(u64, &[u64])) {
    filed.sort_unstable();
    for alike in filed.chunk_by(|one, other| one >> PLACE_BITS == other >> PLACE_BITS) {
        each(alike[0] >> PLACE_BITS, alike);
    }
}

#[inline]
fn key(first: u32, second: u32) -> u64 {
    u64::from(first) << WORD_BITS | u64::from(second)
}

#[inline]
fn hash(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}
