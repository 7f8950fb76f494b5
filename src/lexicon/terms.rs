//! The terms of all patterns, numbered: each is hashed once, and what shares them compares numbers.

use rustc_hash::FxHashMap;

use super::pattern::Term;
use super::rules::Rules;

/// All terms that stand in patterns and guards, and the word ids that they stand for.
#[derive(Debug, Default)]
pub(crate) struct Terms<'t> {
    /// Term by number, in the order in which the rules first have them.
    pub(crate) all: Vec<&'t Term>,
    /// By number; set by [`Terms::coded`].
    ids: Vec<Vec<u32>>,
    /// Where a set of terms lies in memory → its number. Many sequences share a set.
    places: FxHashMap<usize, u32>,
    /// Set by number → the numbers of its terms; no two sets have the same.
    sets: Vec<Vec<u32>>,
}

impl<'t> Terms<'t> {
    /// Those of `all` rules.
    pub(crate) fn of(all: [&'t Rules; 3]) -> Terms<'t> {
        let mut terms = Terms::default();
        let mut numbers: FxHashMap<&Term, u32> = FxHashMap::default();
        let mut known: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
        for rules in all {
            let own = rules.rules.iter().flat_map(|rule| &rule.patterns);
            let sequences = own
                .chain(&rules.guards)
                .flat_map(|pattern| pattern.sequences.iter());
            for element in sequences.flat_map(|sequence| &sequence.elements) {
                let Terms {
                    all, places, sets, ..
                } = &mut terms;
                let mut number = |term: &'t Term| {
                    *numbers.entry(term).or_insert_with(|| {
                        all.push(term);
                        all.len() as u32 - 1
                    })
                };
                places.entry(address(&element.terms)).or_insert_with(|| {
                    let set: Vec<u32> = element.terms.iter().map(&mut number).collect();
                    *known.entry(set).or_insert_with_key(|set| {
                        sets.push(set.clone());
                        sets.len() as u32 - 1
                    })
                });
            }
        }
        terms
    }

    /// With the word ids of each term, by its number.
    pub(crate) fn coded(mut self, ids: Vec<Vec<u32>>) -> Terms<'t> {
        self.ids = ids;
        self
    }

    /// The number of a set of terms that stands in one of the rules.
    pub(crate) fn set(&self, terms: &[Term]) -> u32 {
        self.places[&address(terms)]
    }

    /// The word ids of a set, some perhaps twice.
    pub(crate) fn ids(&self, set: u32) -> impl Iterator<Item = u32> {
        let terms = self.sets[set as usize].iter();
        terms.flat_map(|term| &self.ids[*term as usize]).copied()
    }
}

fn address(terms: &[Term]) -> usize {
    terms.as_ptr() as usize
}
