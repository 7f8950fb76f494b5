//! `cooccurrence.csv`: responsibilities that are asked for together.

use crate::aggregate::keyness::{Contrast, benjamini_hochberg};
use crate::aggregate::stats;
use crate::report::Totals;
use crate::report::schema::{Column, Reference, Schema};

/// Documents that must ask for two responsibilities for the pair to be listed: below, tests say nothing.
const MIN_DOCUMENTS: u64 = 5;

/// `cooccurrence.csv`.
pub const COOCCURRENCE: Schema = Schema {
    name: "cooccurrence",
    about: "One row per pair of lexicon entries that both count in five documents or more; most documents first.",
    columns: &[
        Column::text(
            "responsibility_a",
            "id of the entry that comes first in the lexicon",
        )
        .required(),
        Column::text("responsibility_b", "id of the other").required(),
        Column::count("documents", "documents", "documents in which both count").required(),
        Column::count(
            "documents_product",
            "documents",
            "of those that declare product",
        )
        .required(),
        Column::count(
            "documents_project",
            "documents",
            "of those that declare project",
        )
        .required(),
        Column::count(
            "documents_program",
            "documents",
            "of those that declare program",
        )
        .required(),
        Column::count(
            "documents_a",
            "documents",
            "documents in which the first counts",
        )
        .required(),
        Column::count(
            "documents_b",
            "documents",
            "documents in which the second counts",
        )
        .required(),
        Column::share(
            "jaccard",
            "documents ÷ documents in which one of them counts",
        )
        .required(),
        Column::number(
            "lift",
            "documents × all documents ÷ (documents_a × documents_b): 1 where they are independent",
        )
        .required(),
        Column::number(
            "g2",
            "log-likelihood ratio of the four cells, without correction",
        )
        .required(),
        Column::share("p", "p of g2 (chi-squared, 1 degree of freedom)").required(),
        Column::share("q", "Benjamini–Hochberg over the rows of the table").required(),
    ],
    key: &["responsibility_a", "responsibility_b"],
    references: &[
        Reference {
            columns: &["responsibility_a"],
            table: "responsibilities",
            key: &["responsibility"],
        },
        Reference {
            columns: &["responsibility_b"],
            table: "responsibilities",
            key: &["responsibility"],
        },
    ],
};

struct Pair {
    entries: (usize, usize),
    by_role: [u64; 4],
    both: u64,
    /// Documents with the second entry among those with the first, against those without.
    contrast: Contrast,
}

/// The whole table.
pub fn cooccurrence(totals: &Totals<'_>) -> Vec<u8> {
    let tally = &totals.tallies.tally;
    let pairs = pairs(totals);
    let p: Vec<f64> = pairs.iter().map(|pair| pair.contrast.p()).collect();
    let q = benjamini_hochberg(&p);
    let mut table = totals.table(&COOCCURRENCE);
    for (at, pair) in pairs.iter().enumerate() {
        let (a, b) = pair.entries;
        let documents = |entry: usize| tally.entries[entry].all_documents();
        let independent = documents(a) as f64 * documents(b) as f64 / tally.sums.documents as f64;
        table
            .cell(&totals.lexicon.entries()[a].id)
            .cell(&totals.lexicon.entries()[b].id)
            .number(pair.both);
        for count in &pair.by_role[..3] {
            table.number(*count);
        }
        table
            .number(documents(a))
            .number(documents(b))
            .value(stats::share(
                pair.both,
                documents(a) + documents(b) - pair.both,
            ))
            .value(Some(pair.both as f64 / independent))
            .value(Some(pair.contrast.g2()))
            .small(p[at])
            .small(q[at])
            .end_row();
    }
    table.into_bytes()
}

/// The pairs that are listed, in their order.
fn pairs(totals: &Totals<'_>) -> Vec<Pair> {
    let tally = &totals.tallies.tally;
    let documents: Vec<u64> = tally
        .entries
        .iter()
        .map(|entry| entry.all_documents())
        .collect();
    let frequent: Vec<usize> = (0..documents.len())
        .filter(|at| documents[*at] >= MIN_DOCUMENTS)
        .collect();
    let mut pairs = Vec::new();
    for (at, b) in frequent.iter().copied().enumerate() {
        for a in frequent[..at].iter().copied() {
            let by_role = totals.tallies.together.documents(a, b);
            let both = by_role.iter().sum();
            // Where every document holds the first there is nothing to compare with.
            if both >= MIN_DOCUMENTS && documents[a] < tally.sums.documents {
                let contrast = Contrast {
                    a: both,
                    b: documents[b] - both,
                    n1: documents[a],
                    n2: tally.sums.documents - documents[a],
                };
                pairs.push(Pair {
                    entries: (a, b),
                    by_role,
                    both,
                    contrast,
                });
            }
        }
    }
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.both), pair.entries));
    pairs
}
