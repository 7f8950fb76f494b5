//! What `lexicon check --corpus` prints: entries that a corpus does not need.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::lexicon::Lexicon;

/// Units below which it is too early to call an entry shadowed.
const ENOUGH: u64 = 3;

/// How the entries of a lexicon fare in a corpus, as indices into its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryUse {
    /// Entries that were never found.
    pub never: Vec<u32>,
    /// Entries that were always found within the words of another one of their label, with it and their units.
    pub shadowed: Vec<(u32, u32, u64)>,
    /// Entries of different labels that were found on the same words, with how many units; most first.
    pub colliding: Vec<(u32, u32, u64)>,
}

impl EntryUse {
    /// From the units of each entry, the units in which one lay within another, and those on the same words.
    pub fn new(
        units: Vec<u64>,
        within: &BTreeMap<(u32, u32), u64>,
        same: BTreeMap<(u32, u32), u64>,
    ) -> EntryUse {
        let never = (0u32..).zip(&units).filter(|(_, units)| **units == 0);
        let always = within.iter().filter(|((inner, _), times)| {
            let all = units[*inner as usize];
            **times == all && all >= ENOUGH
        });
        let mut shadowed: Vec<(u32, u32, u64)> = always
            .map(|((inner, outer), times)| (*inner, *outer, *times))
            .collect();
        // Entries that shadow each other are told of once.
        shadowed.dedup_by_key(|(inner, ..)| *inner);
        let mut colliding: Vec<(u32, u32, u64)> = same
            .into_iter()
            .map(|((first, second), times)| (first, second, times))
            .collect();
        colliding.sort_by_key(|(.., times)| std::cmp::Reverse(*times));
        EntryUse {
            never: never.map(|(entry, _)| entry).collect(),
            shadowed,
            colliding,
        }
    }

    /// One line per finding.
    pub fn shown(&self, lexicon: &Lexicon) -> String {
        let id = |entry: u32| lexicon.entries()[entry as usize].id.as_str();
        let mut out = String::new();
        for entry in &self.never {
            let _ = writeln!(out, "never found: {}", id(*entry));
        }
        for (inner, outer, units) in &self.shadowed {
            let _ = writeln!(
                out,
                "shadowed: {} by {}, in all its {units} units",
                id(*inner),
                id(*outer)
            );
        }
        for (first, second, units) in &self.colliding {
            let _ = writeln!(
                out,
                "colliding: {} and {} on the same words, in {units} units",
                id(*first),
                id(*second)
            );
        }
        let _ = writeln!(
            out,
            "{} of {} entries never found, {} shadowed, {} pairs colliding",
            self.never.len(),
            lexicon.entries().len(),
            self.shadowed.len(),
            self.colliding.len()
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_by_what_became_of_them() {
        let within = BTreeMap::from([((1, 2), 4), ((2, 1), 4), ((3, 1), 2)]);
        let same = BTreeMap::from([((1, 4), 1), ((2, 4), 3)]);
        let found = EntryUse::new(vec![0, 4, 9, 2, 5], &within, same);
        assert_eq!(found.never, [0]);
        // Entry 2 has units of its own; entry 3 was found too seldom to tell.
        assert_eq!(found.shadowed, [(1, 2, 4)]);
        assert_eq!(found.colliding, [(2, 4, 3), (1, 4, 1)]);
    }
}
