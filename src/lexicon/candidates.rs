//! Sequences that may match around words of a unit, in lists by the words that they are filed under.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::pairs::{Place, place};
use super::search::Compiled;
use super::unit::{ALWAYS, EDGE, Steps};

/// A sequence that may match around the words that it is filed under.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// What it needs besides what [`super::pairs::Pairs::needed`] looks at.
    pub(crate) also: Need,
    pub(crate) sequence: Compiled,
    /// How far apart the words of a pair may stand.
    pub(crate) limit: Steps,
    /// Index in the sequence of the element that the word is, the first of a pair.
    pub(crate) element: u8,
    /// Whether it has no other elements than those that it is filed under.
    pub(crate) is_whole: bool,
}

/// What must stand beside the words that a candidate is filed under: one of the signature bits of another element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Need(u64);

impl Need {
    /// Nothing.
    pub(crate) const NOTHING: Need = Need(ALWAYS);
    /// What is nowhere, for a list without candidates.
    const NOWHERE: Need = Need(Need::LAST);
    /// Set for the last candidate of a list.
    const LAST: u64 = EDGE << 1;
    /// Set where it must stand behind them, else it must stand before them.
    const AHEAD: u64 = Need::LAST << 1;

    /// One of `bits`, behind the words or before them in their clause.
    pub(crate) fn new(bits: u64, is_ahead: bool) -> Need {
        Need(bits | if is_ahead { Need::AHEAD } else { 0 })
    }

    /// Whether it is among what stands before the words and behind them.
    #[inline(always)]
    pub(crate) fn is_met(self, around: [u64; 2]) -> bool {
        self.0 & around[usize::from(self.0 & Need::AHEAD != 0)] != 0
    }

    /// The same for a candidate that others follow in its list.
    fn before_others(self) -> Need {
        Need(self.0 & !Need::LAST)
    }

    /// Whether no other candidate follows in its list.
    #[inline(always)]
    pub(crate) fn is_last(self) -> bool {
        self.0 & Need::LAST != 0
    }
}

/// Lists of candidates, each once.
pub(crate) struct Lists {
    candidates: Vec<Candidate>,
    needs: Vec<Need>,
    /// Place by place the range of its candidates.
    own: Vec<Range<u32>>,
    /// Several places → where the list of all their candidates begins.
    known: FxHashMap<Vec<u32>, u32>,
    /// The places at hand.
    places: Vec<u32>,
}

impl Lists {
    /// Where the empty list is: a candidate that needs what is nowhere.
    pub(crate) const EMPTY: u32 = 0;

    /// The lists of `candidates` by their places, and these with the furthest that a pair there may stand apart.
    pub(crate) fn new(mut filed: Vec<(Place, Need, Candidate)>) -> (Lists, Vec<(Place, Steps)>) {
        filed.sort_by_key(|(place, ..)| *place);
        let mut lists = Lists {
            candidates: filed.first().map(|one| one.2).into_iter().collect(),
            needs: vec![Need::NOWHERE],
            own: Vec::new(),
            known: FxHashMap::default(),
            places: Vec::new(),
        };
        let mut places = Vec::new();
        for alike in filed.chunk_by(|one, other| one.0 == other.0) {
            let from = lists.needs.len() as u32;
            lists.candidates.extend(alike.iter().map(|one| one.2));
            lists.needs.extend(alike.iter().map(|one| one.1));
            lists.own.push(from..lists.needs.len() as u32);
            lists.end();
            let limit = alike.iter().map(|one| one.2.limit).max();
            places.push((alike[0].0, limit.unwrap_or(0)));
        }
        (lists, places)
    }

    /// Marks the end of the list that was added last.
    fn end(&mut self) {
        if let Some(last) = self.needs.last_mut() {
            last.0 |= Need::LAST;
        }
    }

    /// The flag that [`Known::alone`] asks for where words are filed at all these places.
    pub(crate) fn alone(&self, all: &[u64]) -> u64 {
        let mut needs = all.iter().flat_map(|one| &self.needs[self.range(*one)]);
        if needs.all(|need| need.0 & EDGE != 0) {
            EDGE
        } else {
            ALWAYS
        }
    }

    /// Where the candidates of a place are.
    fn range(&self, filed: u64) -> Range<usize> {
        let own = &self.own[place(filed) as usize];
        own.start as usize..own.end as usize
    }

    /// The list of the candidates of all places that something is filed at.
    pub(crate) fn list(&mut self, all: &[u64]) -> u32 {
        if let [only] = all {
            return self.own[place(*only) as usize].start;
        }
        self.places.clear();
        self.places.extend(all.iter().map(|one| place(*one)));
        if let Some(list) = self.known.get(&self.places) {
            return *list;
        }
        let from = self.needs.len() as u32;
        for place in &self.places {
            let own = self.own[*place as usize].clone();
            self.candidates
                .extend_from_within(own.start as usize..own.end as usize);
            for index in own {
                self.needs.push(self.needs[index as usize].before_others());
            }
        }
        self.end();
        self.known.insert(self.places.clone(), from);
        from
    }

    /// All candidates and what they need, list by list.
    pub(crate) fn done(self) -> (Vec<Candidate>, Vec<Need>) {
        (self.candidates, self.needs)
    }
}
