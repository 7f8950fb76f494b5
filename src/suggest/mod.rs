//! Phrases that postings of one role use more than others and that no entry covers: what a lexicon may lack. Pure.

mod phrases;

pub use phrases::{Phrase, PhraseWords, StopWords};

use rustc_hash::FxHashMap;

use crate::aggregate::keyness::{Contrast, benjamini_hochberg};
use crate::role::{Declared, Role};

/// Documents by declared role: product, project, program, all others.
pub type Groups = [u32; 4];

/// The place of a declared role in [`Groups`].
pub fn group(declared: Option<Declared>) -> usize {
    declared
        .and_then(Declared::role)
        .map_or(3, |role| role as usize)
}

/// Phrases of a corpus as counts of documents.
#[derive(Clone, Debug, Default)]
pub struct PhraseTally {
    documents: Groups,
    phrases: FxHashMap<u64, Groups>,
}

/// Phrases kept before those found in a single document are dropped, so that memory is bounded: some 300 MB.
const MOST_PHRASES: usize = 8_000_000;

impl PhraseTally {
    /// Counts a document with these phrases, each once.
    pub fn add(&mut self, group: usize, phrases: &[u64]) {
        self.documents[group] += 1;
        for phrase in phrases {
            self.phrases.entry(*phrase).or_default()[group] += 1;
        }
        if self.phrases.len() > MOST_PHRASES {
            self.phrases
                .retain(|_, counts| counts.iter().sum::<u32>() > 1);
        }
    }

    /// Documents by declared role.
    pub fn documents(&self) -> Groups {
        self.documents
    }

    /// The phrases that documents declaring `role` hold more than all others, the most certain difference first.
    /// Only phrases of at least `least` of these documents are tested; q-values are over all that are.
    pub fn keys(&self, role: Role, least: u32) -> Vec<Key> {
        let own = role as usize;
        let total: u32 = self.documents.iter().sum();
        let (n1, n2) = (self.documents[own], total - self.documents[own]);
        if n1 == 0 || n2 == 0 {
            return Vec::new();
        }
        let tested = self
            .phrases
            .iter()
            .filter(|(_, counts)| counts[own] >= least);
        let mut keys: Vec<Key> = tested
            .map(|(phrase, counts)| {
                let a = counts[own];
                let b = counts.iter().sum::<u32>() - a;
                let [a, b, n1, n2] = [a, b, n1, n2].map(u64::from);
                let contrast = Contrast { a, b, n1, n2 };
                let (phrase, p) = (*phrase, contrast.p());
                Key {
                    phrase,
                    contrast,
                    p,
                    q: 1.0,
                    lrc: 0.0,
                }
            })
            .collect();
        // No order of the map may show.
        keys.sort_unstable_by_key(|key| key.phrase);
        let p: Vec<f64> = keys.iter().map(|key| key.p).collect();
        let tests = keys.len() as u64;
        for (key, q) in keys.iter_mut().zip(benjamini_hochberg(&p)) {
            key.q = q;
            key.lrc = key.contrast.lrc(tests);
        }
        keys.retain(|key| key.lrc > 0.0);
        keys.sort_by(|a, b| b.lrc.total_cmp(&a.lrc).then(a.phrase.cmp(&b.phrase)));
        keys
    }
}

/// A phrase that is typical of a role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Its number, see [`Phrase::number`].
    pub phrase: u64,
    /// Documents with and without it.
    pub contrast: Contrast,
    /// Of the log-likelihood ratio.
    pub p: f64,
    /// The same after Benjamini and Hochberg.
    pub q: f64,
    /// Conservative log ratio, Bonferroni over all phrases tested.
    pub lrc: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrase_of_one_role_comes_out() {
        let mut tally = PhraseTally::default();
        for at in 0..400u64 {
            let group = (at % 4) as usize;
            let mut phrases = vec![1, 100 + at];
            if group == 2 && at % 8 < 6 {
                phrases.push(7);
            }
            tally.add(group, &phrases);
        }
        let keys = tally.keys(Role::Program, 3);
        assert_eq!(keys.len(), 1, "{keys:?}");
        assert_eq!(keys[0].phrase, 7);
        assert_eq!(
            keys[0].contrast,
            Contrast {
                a: 50,
                b: 0,
                n1: 100,
                n2: 300
            }
        );
        assert!(keys[0].q < 1e-6 && keys[0].lrc > 2.0);
        assert!(tally.keys(Role::Product, 3).is_empty());
    }

    #[test]
    fn a_role_without_documents_has_no_keys() {
        let mut tally = PhraseTally::default();
        tally.add(0, &[1]);
        assert!(tally.keys(Role::Project, 1).is_empty());
        assert!(tally.keys(Role::Product, 1).is_empty());
    }
}
