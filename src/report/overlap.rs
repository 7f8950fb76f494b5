//! `overlap.csv`: how far each pair of roles shares sentences, responsibilities and documents.

use crate::aggregate::{ROLE_PAIRS, Tally, stats};
use crate::report::Table;
use crate::role::{Declared, Role};

/// Documents of a role that must have an entry for it to be in the role's set, as a share.
const MIN_RATE: f64 = 0.05;

const COLUMNS: [&str; 10] = [
    "role_a", "role_b", "level", "measure", "value", "count_a", "count_b", "both", "either",
    "min_rate",
];

/// Counts of two sets and their intersection.
struct Sets {
    a: u64,
    b: u64,
    both: u64,
}

impl Sets {
    fn either(&self) -> u64 {
        self.a + self.b - self.both
    }
}

/// The whole table.
pub fn overlap(tally: &Tally) -> Vec<u8> {
    let mut table = Table::new();
    table.row(COLUMNS);
    for ((a, b), pair) in ROLE_PAIRS.into_iter().zip(&tally.pairs) {
        for (level, [count_a, count_b, both]) in
            [("sentence", pair.sentences), ("document", pair.documents)]
        {
            set_rows(
                &mut table,
                (a, b),
                level,
                &Sets {
                    a: count_a,
                    b: count_b,
                    both,
                },
                None,
            );
        }
        responsibility_rows(&mut table, tally, (a, b));
    }
    table.into_bytes()
}

fn set_rows(
    table: &mut Table,
    pair: (Role, Role),
    level: &str,
    sets: &Sets,
    min_rate: Option<f64>,
) {
    let jaccard = stats::share(sets.both, sets.either());
    let coefficient = stats::overlap_coefficient(sets.a, sets.b, sets.both);
    for (measure, value) in [("jaccard", jaccard), ("overlap_coefficient", coefficient)] {
        row(table, pair, level, measure, value);
        table
            .number(sets.a)
            .number(sets.b)
            .number(sets.both)
            .number(sets.either())
            .value(min_rate)
            .end_row();
    }
}

fn responsibility_rows(table: &mut Table, tally: &Tally, pair: (Role, Role)) {
    let rates: Vec<(f64, f64)> = tally
        .entries
        .iter()
        .map(|entry| {
            let rate = |role| {
                let declared = Some(Declared::Role(role));
                stats::share(entry.documents_of(declared), tally.declared(declared)).unwrap_or(0.0)
            };
            (rate(pair.0), rate(pair.1))
        })
        .collect();
    let count =
        |test: fn(f64, f64) -> bool| rates.iter().filter(|(a, b)| test(*a, *b)).count() as u64;
    let sets = Sets {
        a: count(|a, _| a >= MIN_RATE),
        b: count(|_, b| b >= MIN_RATE),
        both: count(|a, b| a >= MIN_RATE && b >= MIN_RATE),
    };
    set_rows(table, pair, "responsibility", &sets, Some(MIN_RATE));
    row(
        table,
        pair,
        "responsibility",
        "ruzicka",
        stats::ruzicka(rates.into_iter()),
    );
    table.cell("").cell("").cell("").cell("").cell("").end_row();
}

fn row(table: &mut Table, pair: (Role, Role), level: &str, measure: &str, value: Option<f64>) {
    table
        .cell(pair.0.name())
        .cell(pair.1.name())
        .cell(level)
        .cell(measure)
        .value(value);
}
