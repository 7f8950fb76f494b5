//! How far each pair of roles overlaps: in sentences, in documents, in responsibilities.

use crate::aggregate::{PairTally, ROLE_PAIRS, Tally, stats};
use crate::role::Role;

/// Share of the documents that declare a role in which an entry must count for the role to have it.
pub const MIN_RATE: f64 = 0.05;

/// One measure of one pair of roles at one level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// The two roles.
    pub roles: (Role, Role),
    /// `sentence`, `document` or `responsibility`.
    pub level: &'static str,
    /// `jaccard`, `overlap_coefficient`, `co_tagged_share` or `ruzicka`.
    pub measure: &'static str,
    /// The measure; `None` where a set that it divides by is empty.
    pub value: Option<f64>,
    /// The counts behind it; none for sums of rates.
    pub sets: Option<Sets>,
}

/// Sizes of two sets and what they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sets {
    /// Members of the first.
    pub a: u64,
    /// Members of the second.
    pub b: u64,
    /// Members of both.
    pub both: u64,
    /// Members of the set of any role.
    pub all: u64,
}

impl Sets {
    /// Members of the first or the second.
    pub fn either(&self) -> u64 {
        self.a + self.b - self.both
    }
}

/// Every measure, in the order in which reports list them; as many for any tally.
pub fn overlaps(tally: &Tally) -> Vec<Overlap> {
    let rates: Vec<[f64; 3]> = tally
        .entries
        .iter()
        .map(|entry| Role::SINGLE.map(|role| tally.rate(entry, role)))
        .collect();
    let pairs = ROLE_PAIRS.into_iter().zip(&tally.sums.pairs);
    pairs
        .flat_map(|(roles, pair)| overlaps_of(tally, roles, pair, &rates))
        .collect()
}

fn overlaps_of(
    tally: &Tally,
    roles: (Role, Role),
    pair: &PairTally,
    rates: &[[f64; 3]],
) -> impl Iterator<Item = Overlap> {
    let both = rates
        .iter()
        .map(|rate| (rate[roles.0 as usize], rate[roles.1 as usize]));
    let [least, most] = pair.least_most;
    let sum = |level, value| Overlap {
        roles,
        level,
        measure: "ruzicka",
        value,
        sets: None,
    };
    let sentences = measured(
        roles,
        "sentence",
        sets(pair.sentences, tally.sums.role_labelled),
    );
    let documents = measured(
        roles,
        "document",
        sets(pair.documents, tally.sums.role_documents),
    );
    let documents = documents
        .into_iter()
        .chain([sum("document", stats::share(least, most))]);
    let entries = measured(roles, "responsibility", shared_entries(roles, rates));
    let entries = entries
        .into_iter()
        .chain([sum("responsibility", stats::ruzicka(both))]);
    sentences.into_iter().chain(documents).chain(entries)
}

fn sets([a, b, both]: [u64; 3], all: u64) -> Sets {
    Sets { a, b, both, all }
}

fn shared_entries(roles: (Role, Role), rates: &[[f64; 3]]) -> Sets {
    let count =
        |test: &dyn Fn(&[f64; 3]) -> bool| rates.iter().filter(|rate| test(rate)).count() as u64;
    let has = |rate: &[f64; 3], role: Role| rate[role as usize] >= MIN_RATE;
    Sets {
        a: count(&|rate| has(rate, roles.0)),
        b: count(&|rate| has(rate, roles.1)),
        both: count(&|rate| has(rate, roles.0) && has(rate, roles.1)),
        all: count(&|rate| Role::SINGLE.into_iter().any(|role| has(rate, role))),
    }
}

fn measured(roles: (Role, Role), level: &'static str, sets: Sets) -> [Overlap; 3] {
    let Sets { a, b, both, all } = sets;
    [
        ("jaccard", stats::share(both, sets.either())),
        (
            "overlap_coefficient",
            stats::overlap_coefficient(a, b, both),
        ),
        ("co_tagged_share", stats::share(both, all)),
    ]
    .map(|(measure, value)| Overlap {
        roles,
        level,
        measure,
        value,
        sets: Some(sets),
    })
}
