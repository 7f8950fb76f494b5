//! `overlap.csv`: how far each pair of roles shares sentences, responsibilities and documents.

use crate::aggregate::{ROLE_PAIRS, Tally, stats};
use crate::report::schema::{Column, ROLES, Schema};
use crate::report::{Table, Totals};
use crate::role::{Declared, Role};

/// Documents of a role that must have an entry for it to be in the role's set, as a share.
const MIN_RATE: f64 = 0.05;

/// `overlap.csv`.
pub const OVERLAP: Schema = Schema {
    name: "overlap",
    about: "One row per pair of roles, level and measure. Levels: `sentence`, the units in which each role counts; \
            `document`, the documents in which each holds a fifth of the role-labelled units; `responsibility`, the \
            entries found in at least min_rate of the documents that declare each.",
    columns: &[
        Column::word("role_a", ROLES, "the first role").required(),
        Column::word("role_b", ROLES, "the second role").required(),
        Column::word("level", &["sentence", "document", "responsibility"], "what the compared sets hold").required(),
        Column::word("measure", &["jaccard", "overlap_coefficient", "ruzicka"], "jaccard: both ÷ either; overlap_coefficient: \
            both ÷ the smaller of count_a and count_b (Szymkiewicz–Simpson); ruzicka: Σ min ÷ Σ max of the rates of all entries").required(),
        Column::share("value", "the measure; empty where a set is empty"),
        Column::count("count_a", "members", "size of the first set"),
        Column::count("count_b", "members", "size of the second set"),
        Column::count("both", "members", "members of both sets"),
        Column::count("either", "members", "members of any of the two sets"),
        Column::share("min_rate", "share of a role's documents that must hold an entry for it to be in the role's set"),
    ],
    key: &["role_a", "role_b", "level", "measure"],
    references: &[],
};

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
pub fn overlap(totals: &Totals<'_>) -> Vec<u8> {
    let tally = totals.tally;
    let mut table = Table::of(&OVERLAP);
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
