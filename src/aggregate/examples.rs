//! The clearest sentences for each lexicon entry and declared role.

use serde::{Deserialize, Serialize};

use crate::aggregate::Facts;
use crate::aggregate::facts::UnitFacts;
use crate::role::{Declared, Role};

/// Sentences kept for each entry and role.
pub const EXAMPLES: usize = 3;

/// The rank before which every sentence stands.
const NO_BAR: (u32, u64) = (u32::MAX, u64::MAX);

/// A sentence and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Example {
    /// Rank: less is clearer; then an order that has nothing to do with where a sentence stands.
    rank: (u32, u64),
    /// The document.
    pub document: String,
    /// Number of the unit within it, from 1.
    pub sentence: u64,
    /// Its text on one line.
    pub text: String,
}

/// The best examples so far. Merging the examples of parts in any order gives those of the whole:
/// a sentence's rank depends on the sentence alone, and the same words are kept once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examples {
    /// By entry, then by the role declared; in order of rank.
    best: Vec<Vec<Example>>,
    /// The rank in each place that elsewhere as many examples reach as are kept.
    #[serde(skip)]
    reached: Vec<(u32, u64)>,
}

impl Examples {
    /// No examples yet, for a lexicon of `entries` entries.
    pub fn new(entries: usize) -> Examples {
        Examples {
            best: vec![Vec::new(); entries * Role::SINGLE.len()],
            reached: Vec::new(),
        }
    }

    /// No examples yet, for a part that is merged into these: it leaves out what would not be kept.
    pub fn beside(&self) -> Examples {
        Examples {
            best: vec![Vec::new(); self.best.len()],
            reached: self.best.iter().map(|best| last_rank(best)).collect(),
        }
    }

    /// Looks at the counted units of one document.
    pub fn add(&mut self, facts: &Facts<'_>) {
        let Some(role) = facts.declared.and_then(Declared::role) else {
            return;
        };
        let mut words = Vec::new();
        for (number, unit) in (1..).zip(&facts.units) {
            let entries = facts.entries_of(unit);
            if entries.is_empty() {
                continue;
            }
            words.clear();
            words.extend(unit.text.split_whitespace());
            let unclear = unclearness(unit, words.len(), entries.len());
            let places = entries.iter().map(|entry| place(*entry as usize, role));
            // The order is only worked out where the sentence is clear enough.
            if places.clone().all(|place| self.bar(place) < (unclear, 0)) {
                continue;
            }
            let rank = (unclear, order(facts.id, number, &words));
            for place in places {
                if self.bar(place) < rank {
                    continue;
                }
                let example = Example {
                    rank,
                    document: facts.id.to_owned(),
                    sentence: number,
                    text: words.join(" "),
                };
                insert(&mut self.best[place], example);
            }
        }
    }

    /// The last rank that is kept in a place, here or where these are merged.
    fn bar(&self, place: usize) -> (u32, u64) {
        let reached = self.reached.get(place).copied().unwrap_or(NO_BAR);
        reached.min(last_rank(&self.best[place]))
    }

    /// Adds the examples of another part of the same run.
    pub fn merge(&mut self, other: Examples) {
        for (best, more) in self.best.iter_mut().zip(other.best) {
            more.into_iter().for_each(|example| insert(best, example));
        }
    }

    /// The clearest sentences of documents that declare `role`, best first.
    pub fn of(&self, entry: usize, role: Role) -> &[Example] {
        &self.best[place(entry, role)]
    }
}

fn place(entry: usize, role: Role) -> usize {
    entry * Role::SINGLE.len() + role as usize
}

/// The rank of the last of `best`, where no more are kept.
fn last_rank(best: &[Example]) -> (u32, u64) {
    best.get(EXAMPLES - 1).map_or(NO_BAR, |last| last.rank)
}

/// Keeps `best` in order, each text once, and no longer than [`EXAMPLES`].
fn insert(best: &mut Vec<Example>, example: Example) {
    let same = |kept: &Example| kept.rank.1 == example.rank.1;
    if let Some(at) = best.iter().position(same) {
        if best[at] <= example {
            return;
        }
        best.remove(at);
    }
    let at = best.partition_point(|kept| *kept < example);
    best.insert(at, example);
    best.truncate(EXAMPLES);
}

/// A clear example carries one label, says one thing and is neither a scrap nor a paragraph.
fn unclearness(unit: &UnitFacts<'_>, words: usize, entries: usize) -> u32 {
    let length = match words {
        6..=20 => 0,
        4..=30 => 1,
        _ => 3,
    };
    2 * (unit.counted.len() as u32 - 1) + (entries as u32 - 1) + length
}

/// A number that only depends on the words, or on the place where there is no text (FNV-1a).
fn order(document: &str, sentence: u64, words: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    if words.is_empty() {
        take(document.as_bytes());
        take(&sentence.to_le_bytes());
    }
    for word in words {
        take(word.as_bytes());
        take(b" ");
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::ContentRole;
    use crate::role::RoleSet;

    fn facts<'t>(id: &'t str, texts: &[&'t str]) -> Facts<'t> {
        let mut facts = Facts {
            id,
            declared: Some(Declared::Role(Role::Product)),
            content: ContentRole::None,
            countable: 0,
            units: Vec::new(),
            entries: Vec::new(),
        };
        let label: RoleSet = [Role::Product].into_iter().collect();
        for text in texts {
            facts.push(label, label, text, [0].into_iter());
        }
        facts
    }

    #[test]
    fn the_same_words_are_kept_once_whatever_the_order() {
        let clear = "You own and explain the product roadmap.";
        let long = "Roadmap.";
        let documents = [
            facts("b", &[clear, long]),
            facts(
                "a",
                &[long, "We expect you to keep the product roadmap.", clear],
            ),
            facts("c", &["You will own the roadmap of our product every day."]),
        ];
        let mut forward = Examples::new(1);
        documents.iter().for_each(|document| forward.add(document));
        let mut backward = Examples::new(1);
        for document in documents.iter().rev() {
            let mut part = backward.beside();
            part.add(document);
            backward.merge(part);
        }
        assert_eq!(forward, backward);
        let found = forward.of(0, Role::Product);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|example| example.text != long));
        let own = found.iter().find(|example| example.text == clear).unwrap();
        assert_eq!((own.document.as_str(), own.sentence), ("a", 3));
        assert!(forward.of(0, Role::Project).is_empty());
    }
}
