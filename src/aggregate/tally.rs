//! Everything that the summary tables need, as integers that add up.

use serde::{Deserialize, Serialize};

use crate::analyze::Analysis;
use crate::role::{Declared, Role};

/// The three pairs of roles, in the order in which reports list them.
pub const ROLE_PAIRS: [(Role, Role); 3] = [
    (Role::Product, Role::Project),
    (Role::Product, Role::Program),
    (Role::Project, Role::Program),
];

/// Declared roles plus one place, the last, for documents without a title.
const DECLARED: usize = Declared::ALL.len() + 1;

/// Counts over documents. Adding the tallies of parts gives the tally of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents, those set aside included.
    pub documents: u64,
    /// Documents that were not analysed because of their language: in no other count.
    pub set_aside: u64,
    /// Fields of text whose wrong encoding was repaired.
    pub repaired: u64,
    /// Units of any kind.
    pub units: u64,
    /// Units with any label.
    pub tagged: u64,
    /// Units with each label, in the order of [`Role::ALL`].
    pub labels: [u64; 4],
    /// Problems of severity error.
    pub errors: u64,
    /// Problems of severity warning.
    pub warnings: u64,
    /// Documents by declared role ([`Declared::ALL`], then untitled) and content role.
    pub confusion: [[u64; 5]; DECLARED],
    /// Counted units by declared role, in the same order.
    pub profiles: [Profile; DECLARED],
    /// Overlap counts of each pair of [`ROLE_PAIRS`].
    pub pairs: [PairTally; 3],
    /// One per lexicon entry, in lexicon order.
    pub entries: Vec<EntryTally>,
}

/// What the counted units of some documents are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Counted units with each label, in the order of [`Role::ALL`].
    pub labels: [u64; 4],
    /// Counted units with at least one of the three roles.
    pub role_labelled: u64,
    /// Counted units with any label.
    pub labelled: u64,
}

/// How often two roles meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairTally {
    /// Units in which the first role counts, the second does, both do.
    pub sentences: [u64; 3],
    /// Documents in which the first role holds a fifth of the role-labelled units, the second does, both do.
    pub documents: [u64; 3],
}

/// Where a lexicon entry was found. Only units that count are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryTally {
    /// Units with the entry.
    pub sentences: u64,
    /// Documents with such a unit, by declared role ([`Declared::ALL`], then untitled).
    pub documents: [u64; DECLARED],
}

impl Tally {
    /// An empty tally for a lexicon of `entries` entries.
    pub fn new(entries: usize) -> Tally {
        Tally {
            entries: vec![EntryTally::default(); entries],
            ..Tally::default()
        }
    }

    /// Counts one analysed document.
    pub fn add(&mut self, analysis: &Analysis) {
        let declared = declared_index(analysis.declared);
        self.documents += 1;
        self.confusion[declared][analysis.measures.content_role.index()] += 1;
        for unit in &analysis.units {
            self.units += 1;
            self.tagged += u64::from(!unit.tags.is_empty());
            for role in unit.tags.iter() {
                self.labels[role as usize] += 1;
            }
        }
        let counts = &analysis.counts;
        self.profiles[declared].add(&Profile {
            labels: counts.labels.map(u64::from),
            role_labelled: counts.role_labelled.into(),
            labelled: counts.labelled.into(),
        });
        self.add_pairs(analysis);
        self.add_entries(analysis, declared);
    }

    /// Counts one document that is not analysed.
    pub fn add_set_aside(&mut self) {
        self.documents += 1;
        self.set_aside += 1;
    }

    fn add_pairs(&mut self, analysis: &Analysis) {
        for ((a, b), pair) in ROLE_PAIRS.into_iter().zip(&mut self.pairs) {
            for unit in &analysis.units {
                count_pair(
                    &mut pair.sentences,
                    unit.counted.contains(a),
                    unit.counted.contains(b),
                );
            }
            let fifth = |role| analysis.counts.holds_a_fifth(role);
            count_pair(&mut pair.documents, fifth(a), fifth(b));
        }
    }

    fn add_entries(&mut self, analysis: &Analysis, declared: usize) {
        let mut seen: Vec<u32> = Vec::new();
        for unit in &analysis.units {
            let first = seen.len();
            for entry in analysis.counted_entries(unit) {
                if !seen[first..].contains(&entry) {
                    seen.push(entry);
                    self.entries[entry as usize].sentences += 1;
                }
            }
        }
        seen.sort_unstable();
        seen.dedup();
        for entry in seen {
            self.entries[entry as usize].documents[declared] += 1;
        }
    }

    /// Adds the counts of another part of the same run (same lexicon).
    pub fn merge(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.set_aside += other.set_aside;
        self.repaired += other.repaired;
        self.units += other.units;
        self.tagged += other.tagged;
        self.errors += other.errors;
        self.warnings += other.warnings;
        add_all(&mut self.labels, &other.labels);
        for (row, more) in self.confusion.iter_mut().zip(&other.confusion) {
            add_all(row, more);
        }
        for (profile, more) in self.profiles.iter_mut().zip(&other.profiles) {
            profile.add(more);
        }
        for (pair, more) in self.pairs.iter_mut().zip(&other.pairs) {
            add_all(&mut pair.sentences, &more.sentences);
            add_all(&mut pair.documents, &more.documents);
        }
        for (entry, more) in self.entries.iter_mut().zip(&other.entries) {
            entry.sentences += more.sentences;
            add_all(&mut entry.documents, &more.documents);
        }
    }

    /// Documents with that declared role; `None` for untitled ones.
    pub fn declared(&self, declared: Option<Declared>) -> u64 {
        self.confusion[declared_index(declared)].iter().sum()
    }

    /// The counted units of the documents with that declared role; `None` for untitled ones.
    pub fn profile(&self, declared: Option<Declared>) -> &Profile {
        &self.profiles[declared_index(declared)]
    }

    /// The row of the confusion matrix of a declared role; `None` for untitled documents.
    pub fn confusion_row(&self, declared: Option<Declared>) -> &[u64; 5] {
        &self.confusion[declared_index(declared)]
    }
}

impl Profile {
    fn add(&mut self, more: &Profile) {
        add_all(&mut self.labels, &more.labels);
        self.role_labelled += more.role_labelled;
        self.labelled += more.labelled;
    }
}

impl EntryTally {
    /// Documents with the entry, whatever their title.
    pub fn all_documents(&self) -> u64 {
        self.documents.iter().sum()
    }

    /// Documents with the entry and that declared role; `None` for untitled ones.
    pub fn documents_of(&self, declared: Option<Declared>) -> u64 {
        self.documents[declared_index(declared)]
    }
}

fn declared_index(declared: Option<Declared>) -> usize {
    declared.map_or(DECLARED - 1, Declared::index)
}

fn count_pair(counts: &mut [u64; 3], a: bool, b: bool) {
    counts[0] += u64::from(a);
    counts[1] += u64::from(b);
    counts[2] += u64::from(a && b);
}

fn add_all(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}
