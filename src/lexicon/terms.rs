//! The terms of all patterns, numbered: each is hashed once, and what shares them compares numbers.

use rustc_hash::FxHashMap;

use super::pattern::Term;
use super::rules::Rules;

/// All terms that stand in patterns and guards, and the word ids that they stand for.
#[derive(Debug, Default)]
pub(crate) struct Terms<'t> {
    /// Term by number, in the order in which the rules first have them.
    pub(crate) all: Vec<&'t Term>,
    /// Where a set of terms lies in memory → their numbers. Many sequences share a set.
    sets: FxHashMap<usize, Vec<u32>>,
    /// By number; set by [`Terms::coded`].
    ids: Vec<Vec<u32>>,
}

impl<'t> Terms<'t> {
    /// Those of `all` rules.
    pub(crate) fn of(all: [&'t Rules; 3]) -> Terms<'t> {
        let mut terms = Terms::default();
        let mut numbers: FxHashMap<&Term, u32> = FxHashMap::default();
        for rules in all {
            let own = rules.rules.iter().flat_map(|rule| &rule.patterns);
            let sequences = own
                .chain(&rules.guards)
                .flat_map(|pattern| pattern.sequences.iter());
            for element in sequences.flat_map(|sequence| &sequence.elements) {
                let all = &mut terms.all;
                let mut number = |term: &'t Term| {
                    *numbers.entry(term).or_insert_with(|| {
                        all.push(term);
                        all.len() as u32 - 1
                    })
                };
                let set = terms.sets.entry(address(&element.terms));
                set.or_insert_with(|| element.terms.iter().map(&mut number).collect());
            }
        }
        terms
    }

    /// With the word ids of each term, by its number.
    pub(crate) fn coded(mut self, ids: Vec<Vec<u32>>) -> Terms<'t> {
        self.ids = ids;
        self
    }

    /// The numbers of a set of terms that stands in one of the rules.
    pub(crate) fn numbers(&self, set: &[Term]) -> &[u32] {
        self.sets.get(&address(set)).map_or(&[], Vec::as_slice)
    }

    /// The word ids of the terms of these numbers, some perhaps twice.
    pub(crate) fn ids<'a>(&'a self, numbers: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
        let of_each = numbers.iter().map(|number| &self.ids[*number as usize]);
        of_each.flatten().copied()
    }
}

fn address(set: &[Term]) -> usize {
    set.as_ptr() as usize
}
