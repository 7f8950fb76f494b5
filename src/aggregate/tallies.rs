//! All that is counted while a corpus is analysed.

use serde::{Deserialize, Serialize};

use crate::aggregate::{Examples, Facts, Tally, Together};

/// The counts, the pairs of entries and the examples of some documents; those of parts add up to those of the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies {
    /// Counts of documents, units and entries.
    pub tally: Tally,
    /// Entries found in the same documents.
    pub together: Together,
    /// The clearest sentence of each entry.
    pub examples: Examples,
}

impl Tallies {
    /// Nothing counted yet, for a lexicon of `entries` entries.
    pub fn new(entries: usize) -> Tallies {
        Tallies {
            tally: Tally::new(entries),
            together: Together::default(),
            examples: Examples::new(entries),
        }
    }

    /// Nothing counted yet, for a part that is merged into these: it leaves out what would not be kept.
    pub fn beside(&self) -> Tallies {
        Tallies {
            tally: Tally::new(self.tally.entries.len()),
            together: Together::default(),
            examples: self.examples.beside(),
        }
    }

    /// Counts one document.
    pub fn add(&mut self, facts: &Facts<'_>) {
        self.tally.add(facts);
        self.together.add(facts, &facts.distinct_entries());
        self.examples.add(facts);
    }

    /// Settles what is only listed: after it the size does not depend on how many documents there were.
    pub fn settle(&mut self) {
        self.together.settle(self.tally.entries.len());
    }

    /// Adds what another part of the same run counted.
    pub fn merge(&mut self, other: Tallies) {
        self.tally.merge(&other.tally);
        self.together
            .merge(&other.together, self.tally.entries.len());
        self.examples.merge(other.examples);
    }
}
