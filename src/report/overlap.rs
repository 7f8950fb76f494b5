//! `overlap.csv`: how far each pair of roles shares sentences, documents and responsibilities.

use crate::aggregate::{MIN_RATE, overlaps};
use crate::report::Totals;
use crate::report::schema::{Column, ROLES, Schema};

/// `overlap.csv`.
pub const OVERLAP: Schema = Schema {
    name: "overlap",
    about: "One row per pair of roles, level and measure. Levels: `sentence`, the units in which each role counts; \
            `document`, the documents in which each holds a fifth of the role-labelled units; `responsibility`, the \
            entries that count in at least min_rate of the documents that declare each.",
    columns: &[
        Column::word("role_a", ROLES, "the first role").required(),
        Column::word("role_b", ROLES, "the second role").required(),
        Column::word("level", &["sentence", "document", "responsibility"], "what the compared sets hold").required(),
        Column::word(
            "measure",
            &["jaccard", "overlap_coefficient", "co_tagged_share", "ruzicka"],
            "jaccard: both ÷ either; overlap_coefficient: both ÷ the smaller of count_a and count_b (Szymkiewicz–Simpson); \
             co_tagged_share: both ÷ all; ruzicka: Σ min ÷ Σ max, over entries of their rates among the documents that declare \
             each role, over documents of the units in which each role counts",
        )
        .required(),
        Column::share("value", "the measure; empty where it would divide by 0"),
        Column::share("ci_low", "lower limit of the 95 % interval under `--bootstrap` (documents) or `--cluster` (groups)"),
        Column::share("ci_high", "upper limit"),
        Column::count("count_a", "members", "size of the first set; empty for ruzicka, as the next four"),
        Column::count("count_b", "members", "size of the second set"),
        Column::count("both", "members", "members of both sets"),
        Column::count("either", "members", "members of one of the two sets at least"),
        Column::count("all", "members", "members of the set of any of the three roles"),
        Column::share("min_rate", "share of a role's documents that must hold an entry for it to be in the role's set"),
        Column::count("clusters", "clusters", "documents or groups that were resampled"),
        Column::text("reason", "why an interval that was asked for is empty"),
    ],
    key: &["role_a", "role_b", "level", "measure"],
    references: &[],
};

/// The whole table.
pub fn overlap(totals: &Totals<'_>) -> Vec<u8> {
    let mut table = totals.table(&OVERLAP);
    for (at, one) in overlaps(&totals.tallies.tally).into_iter().enumerate() {
        let interval = totals.extras.interval(|all| all.overlap[at]);
        table
            .cell(one.roles.0.name())
            .cell(one.roles.1.name())
            .cell(one.level)
            .cell(one.measure)
            .value(one.value)
            .interval(interval);
        let counts = one
            .sets
            .map(|sets| [sets.a, sets.b, sets.both, sets.either(), sets.all]);
        for at in 0..5 {
            table.count(counts.map(|counts| counts[at]));
        }
        let by_rate = one.level == "responsibility" && one.sets.is_some();
        table
            .value(by_rate.then_some(MIN_RATE))
            .count(totals.extras.clusters())
            .cell(totals.extras.reason(one.value, interval))
            .end_row();
    }
    table.into_bytes()
}
