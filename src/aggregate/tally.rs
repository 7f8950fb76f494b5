//! Everything that the summary tables need, as integers that add up.

use serde::{Deserialize, Serialize};

use crate::aggregate::Facts;
use crate::role::{Declared, Role};

/// The three pairs of roles, in the order in which reports list them.
pub const ROLE_PAIRS: [(Role, Role); 3] = [
    (Role::Product, Role::Project),
    (Role::Product, Role::Program),
    (Role::Project, Role::Program),
];

/// Declared roles plus one place, the last, for documents without a title.
const DECLARED: usize = Declared::ALL.len() + 1;

/// Sentences of one document that are counted apart in [`EntryTally::spread`].
const SPREAD: usize = 7;

/// Counts over documents. Adding the tallies of parts gives the tally of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What does not depend on the lexicon.
    pub sums: Sums,
    /// One per lexicon entry, in lexicon order.
    pub entries: Vec<EntryTally>,
}

/// The counts that are not of lexicon entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
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
    /// Units that count if they carry a label, by declared role.
    pub countable: [u64; DECLARED],
    /// Counted units with one of the three roles.
    pub role_labelled: u64,
    /// Documents with such a unit.
    pub role_documents: u64,
    /// Overlap counts of each pair of [`ROLE_PAIRS`].
    pub pairs: [PairTally; 3],
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
    /// The smaller and the larger of a document's counts of the two roles, summed over documents.
    pub least_most: [u64; 2],
}

/// Where a lexicon entry was found. Only units that count are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryTally {
    /// Units with the entry, by declared role ([`Declared::ALL`], then untitled).
    pub sentences: [u64; DECLARED],
    /// Documents with such a unit, by declared role.
    pub documents: [u64; DECLARED],
    /// Documents with 1, 2, … 7 such units, by the single role that they declare.
    pub spread: [[u64; SPREAD]; 3],
}

impl Tally {
    /// An empty tally for a lexicon of `entries` entries.
    pub fn new(entries: usize) -> Tally {
        Tally {
            entries: vec![EntryTally::default(); entries],
            ..Tally::default()
        }
    }

    /// Counts one document.
    pub fn add(&mut self, facts: &Facts<'_>) {
        let declared = declared_index(facts.declared);
        self.sums.documents += 1;
        self.sums.confusion[declared][facts.content.index()] += 1;
        self.sums.countable[declared] += u64::from(facts.countable);
        self.sums.units += facts.units.len() as u64;
        let tagged = facts.tagged();
        self.sums.tagged += u64::from(tagged.with(|labels| !labels.is_empty()));
        for role in Role::ALL {
            self.sums.labels[role as usize] +=
                u64::from(tagged.with(|labels| labels.contains(role)));
        }
        self.add_pairs(facts);
        self.add_entries(facts, declared);
    }

    /// Counts one document that is not analysed.
    pub fn add_set_aside(&mut self) {
        self.sums.documents += 1;
        self.sums.set_aside += 1;
    }

    fn add_pairs(&mut self, facts: &Facts<'_>) {
        let (counts, counted) = (facts.counts(), facts.counted());
        self.sums.role_labelled += u64::from(counts.role_labelled);
        self.sums.profiles[declared_index(facts.declared)].add(&Profile {
            labels: counts.labels.map(u64::from),
            role_labelled: counts.role_labelled.into(),
            labelled: counts.labelled.into(),
        });
        self.sums.role_documents += u64::from(counts.role_labelled > 0);
        for ((a, b), pair) in ROLE_PAIRS.into_iter().zip(&mut self.sums.pairs) {
            let both = counted.with(|labels| labels.contains(a) && labels.contains(b));
            let sentences = [counts.labels[a as usize], counts.labels[b as usize], both];
            add_all(&mut pair.sentences, &sentences.map(u64::from));
            let fifth = |role| counts.holds_a_fifth(role);
            count_pair(&mut pair.documents, fifth(a), fifth(b));
            let [a, b] = [a, b].map(|role| counts.labels[role as usize]);
            pair.least_most[0] += u64::from(a.min(b));
            pair.least_most[1] += u64::from(a.max(b));
        }
    }

    fn add_entries(&mut self, facts: &Facts<'_>, declared: usize) {
        let mut found = facts.entries.clone();
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a == b) {
            let entry = &mut self.entries[same[0] as usize];
            entry.sentences[declared] += same.len() as u64;
            entry.documents[declared] += 1;
            if declared < Role::SINGLE.len() && same.len() <= SPREAD {
                entry.spread[declared][same.len() - 1] += 1;
            }
        }
    }

    /// Adds the counts of another part of the same run (same lexicon).
    pub fn merge(&mut self, other: &Tally) {
        let mut others = other.sums;
        for (sum, more) in self.sums.places().into_iter().zip(others.places()) {
            add_all(sum, more);
        }
        for (entry, more) in self.entries.iter_mut().zip(&other.entries) {
            add_all(&mut entry.sentences, &more.sentences);
            add_all(&mut entry.documents, &more.documents);
            add_all(entry.spread.as_flattened_mut(), more.spread.as_flattened());
        }
    }

    /// What one document adds, as numbered counts: those that are not of entries, then for each entry the documents
    /// that declare product, project and program. [`Tally::of_counts`] is the way back.
    pub fn counts_of(facts: &Facts<'_>) -> Vec<(usize, u64)> {
        let mut one = Tally::default();
        let without_entries = Facts {
            entries: Vec::new(),
            ..facts.clone()
        };
        one.add(&without_entries);
        let flat: Vec<u64> = one
            .sums
            .places()
            .into_iter()
            .flat_map(|counts| counts.iter().copied())
            .collect();
        let first = flat.len();
        let mut counts: Vec<(usize, u64)> = flat
            .into_iter()
            .enumerate()
            .filter(|(_, count)| *count > 0)
            .collect();
        if let Some(role) = facts.declared.and_then(Declared::role) {
            let slot = |entry: u32| first + entry as usize * Role::SINGLE.len() + role as usize;
            counts.extend(
                facts
                    .distinct_entries()
                    .into_iter()
                    .map(|entry| (slot(entry), 1)),
            );
        }
        counts
    }

    /// How many numbered counts there are for a lexicon of `entries` entries.
    pub fn count_slots(entries: usize) -> usize {
        let sums: usize = Sums::default()
            .places()
            .iter()
            .map(|counts| counts.len())
            .sum();
        sums + entries * Role::SINGLE.len()
    }

    /// The tally with these numbered counts.
    pub fn of_counts(counts: impl Iterator<Item = u64>, entries: usize) -> Tally {
        let mut counts = counts;
        let mut tally = Tally::new(entries);
        for place in tally.sums.places().into_iter().flatten() {
            *place = counts.next().unwrap_or(0);
        }
        for entry in &mut tally.entries {
            for place in &mut entry.documents[..Role::SINGLE.len()] {
                *place = counts.next().unwrap_or(0);
            }
        }
        tally
    }

    /// Documents with that declared role; `None` for untitled ones.
    pub fn declared(&self, declared: Option<Declared>) -> u64 {
        self.sums.confusion[declared_index(declared)].iter().sum()
    }

    /// The counted units of the documents with that declared role; `None` for untitled ones.
    pub fn profile(&self, declared: Option<Declared>) -> &Profile {
        &self.sums.profiles[declared_index(declared)]
    }

    /// The row of the confusion matrix of a declared role; `None` for untitled documents.
    pub fn confusion_row(&self, declared: Option<Declared>) -> &[u64; 5] {
        &self.sums.confusion[declared_index(declared)]
    }

    /// Units that could count, and those that do with each label, of one declared role; `None` for untitled documents.
    pub fn countable_and_counted(&self, declared: Option<Declared>) -> (u64, [u64; 4]) {
        let at = declared_index(declared);
        (self.sums.countable[at], self.sums.profiles[at].labels)
    }

    /// Share of the documents that declare `role` in which the entry counts; 0 where none declares it.
    pub fn rate(&self, entry: &EntryTally, role: Role) -> f64 {
        let declared = Some(Declared::Role(role));
        match self.declared(declared) {
            0 => 0.0,
            all => entry.documents_of(declared) as f64 / all as f64,
        }
    }
}

impl Sums {
    /// Every count, in an order that stays.
    fn places(&mut self) -> Vec<&mut [u64]> {
        use std::slice::from_mut;
        let mut all = vec![
            from_mut(&mut self.documents),
            from_mut(&mut self.set_aside),
            from_mut(&mut self.repaired),
            from_mut(&mut self.units),
            from_mut(&mut self.tagged),
            from_mut(&mut self.errors),
            from_mut(&mut self.warnings),
            from_mut(&mut self.role_labelled),
            from_mut(&mut self.role_documents),
            &mut self.labels[..],
            &mut self.countable[..],
            self.confusion.as_flattened_mut(),
        ];
        for profile in &mut self.profiles {
            let Profile {
                labels,
                role_labelled,
                labelled,
            } = profile;
            all.extend([&mut labels[..], from_mut(role_labelled), from_mut(labelled)]);
        }
        for pair in &mut self.pairs {
            all.extend([
                &mut pair.sentences[..],
                &mut pair.documents[..],
                &mut pair.least_most[..],
            ]);
        }
        all
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
    /// Units with the entry, whatever the title.
    pub fn all_sentences(&self) -> u64 {
        self.sentences.iter().sum()
    }

    /// Documents with the entry, whatever their title.
    pub fn all_documents(&self) -> u64 {
        self.documents.iter().sum()
    }

    /// Documents with the entry and that declared role; `None` for untitled ones.
    pub fn documents_of(&self, declared: Option<Declared>) -> u64 {
        self.documents[declared_index(declared)]
    }

    /// Units with the entry in documents of that declared role; `None` for untitled ones.
    pub fn sentences_of(&self, declared: Option<Declared>) -> u64 {
        self.sentences[declared_index(declared)]
    }

    /// Deviation of proportions (Gries 2008) over the `documents` that declare `role`, each taken for an equal part:
    /// half the sum of differences between a document's share of the units with the entry and `1 / documents`.
    /// 0: evenly spread; near 1: in few documents. `None` without such units, and where documents have
    /// eight of them on average.
    pub fn dispersion(&self, role: Role, documents: u64) -> Option<f64> {
        let at = role as usize;
        let (sentences, n) = (self.sentences[at] as f64, documents as f64);
        if self.sentences[at] == 0 || sentences / n > SPREAD as f64 {
            return None;
        }
        let above = |held: f64, count: u64| count as f64 * (held / sentences - 1.0 / n).max(0.0);
        let few: f64 = (1..)
            .zip(self.spread[at])
            .map(|(held, count)| above(f64::from(held), count))
            .sum();
        let told: u64 = self.spread[at].iter().sum();
        let units: u64 = (1..)
            .zip(self.spread[at])
            .map(|(held, count)| held * count)
            .sum();
        let many = (self.sentences[at] - units) as f64 / sentences
            - (self.documents[at] - told) as f64 / n;
        // Differences add up to 0: those above the mean are half of their sum.
        Some(few + many)
    }
}

/// Position in the arrays by declared role.
pub(super) fn declared_index(declared: Option<Declared>) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Four documents with 2, 1, 1 and 0 units: shares .5, .25, .25, 0 against .25 each.
    #[test]
    fn dispersion_is_the_deviation_of_proportions() {
        let mut entry = EntryTally::default();
        entry.sentences[0] = 4;
        entry.documents[0] = 3;
        entry.spread[0][0] = 2;
        entry.spread[0][1] = 1;
        assert_eq!(entry.dispersion(Role::Product, 4), Some(0.25));
        // One more document with twelve of them: shares 2, 1, 1, 0, 12 of 16 against a fifth.
        entry.sentences[0] = 16;
        entry.documents[0] = 4;
        let got = entry.dispersion(Role::Product, 5).unwrap();
        assert!((got - (12.0 / 16.0 - 0.2)).abs() < 1e-12, "{got}");
        assert_eq!(entry.dispersion(Role::Program, 5), None);
    }
}
