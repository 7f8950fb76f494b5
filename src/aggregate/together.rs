//! Which lexicon entries are found in the same documents.

use serde::{Deserialize, Serialize};

use crate::aggregate::Facts;
use crate::role::Declared;

/// Groups of documents that pairs are counted in: those that declare each role, and all others.
const GROUPS: usize = 4;

/// Documents in which two entries both count, for every pair of entries.
///
/// A batch only lists the pairs that it meets; the table of all pairs (about 4 MB for 500 entries)
/// exists once, where batches are merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    met: Vec<u32>,
    #[serde(with = "sparse")]
    documents: Vec<u64>,
}

impl Together {
    /// Counts one document, whose entries are `distinct`, each once and in order.
    pub fn add(&mut self, facts: &Facts<'_>, distinct: &[u32]) {
        let group = match facts.declared.and_then(Declared::role) {
            Some(role) => role as usize,
            None => GROUPS - 1,
        };
        for (at, b) in distinct.iter().enumerate() {
            let below = pairs_below(*b);
            let slots = distinct[..at]
                .iter()
                .map(|a| (below + a) * GROUPS as u32 + group as u32);
            self.met.extend(slots);
        }
    }

    /// Adds the counts of another part of the same run; `entries` is the size of the lexicon.
    pub fn merge(&mut self, other: &Together, entries: usize) {
        self.settle(entries);
        for slot in &other.met {
            self.documents[*slot as usize] += 1;
        }
        for (sum, more) in self.documents.iter_mut().zip(&other.documents) {
            *sum += more;
        }
    }

    /// Puts the listed pairs into the table of all.
    pub fn settle(&mut self, entries: usize) {
        let size = pairs_below(entries as u32) as usize * GROUPS;
        self.documents.resize(size, 0);
        for slot in self.met.drain(..) {
            self.documents[slot as usize] += 1;
        }
    }

    /// Documents with both entries, by what they declare: each of the three roles, anything else.
    pub fn documents(&self, a: usize, b: usize) -> [u64; GROUPS] {
        let (low, high) = (a.min(b), a.max(b));
        let first = (pairs_below(high as u32) as usize + low) * GROUPS;
        std::array::from_fn(|group| self.documents.get(first + group).copied().unwrap_or(0))
    }
}

/// The table of all pairs as it is kept in files: most pairs never meet.
mod sparse {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Sparse {
        len: usize,
        /// Place and count of each count that is not 0.
        counts: Vec<(usize, u64)>,
    }

    pub(super) fn serialize<S: Serializer>(all: &[u64], to: S) -> Result<S::Ok, S::Error> {
        let mut counts = Vec::new();
        for (at, count) in all.iter().enumerate() {
            if *count > 0 {
                counts.push((at, *count));
            }
        }
        let len = all.len();
        Sparse { len, counts }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u64>, D::Error> {
        let Sparse { len, counts } = Sparse::deserialize(from)?;
        let mut all = vec![0; len];
        for (at, count) in counts {
            let beyond = || serde::de::Error::custom("a count stands behind the end of its table");
            *all.get_mut(at).ok_or_else(beyond)? = count;
        }
        Ok(all)
    }
}

/// Pairs of entries that are both below `entry`.
fn pairs_below(entry: u32) -> u32 {
    entry * entry.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::ContentRole;
    use crate::role::Role;

    #[test]
    fn pairs_add_up_in_any_order_of_merging() {
        let document = |declared| Facts {
            id: "a",
            declared,
            content: ContentRole::None,
            countable: 0,
            units: Vec::new(),
            entries: Vec::new(),
        };
        let (mut first, mut second) = (Together::default(), Together::default());
        first.add(&document(Some(Declared::Role(Role::Project))), &[0, 2, 3]);
        second.add(&document(None), &[2, 3]);
        let mut one = Together::default();
        one.merge(&first, 4);
        one.merge(&second, 4);
        let mut other = Together::default();
        other.merge(&second, 4);
        other.merge(&first, 4);
        assert_eq!(one, other);
        assert_eq!(one.documents(3, 2), [0, 1, 0, 1]);
        assert_eq!(one.documents(0, 2), [0, 1, 0, 0]);
        assert_eq!(one.documents(0, 1), [0; 4]);
    }
}
