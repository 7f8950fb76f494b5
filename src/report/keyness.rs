//! `keyness.csv`: what sets the documents that declare a role apart from those of the other two.

use crate::aggregate::{Distinction, distinctions, stats};
use crate::report::schema::{Column, LABELS, OF_RESPONSIBILITY, ROLES, Schema};
use crate::report::{Table, Totals};

/// `keyness.csv`.
pub const KEYNESS: Schema = Schema {
    name: "keyness",
    about: "One row per declared role and lexicon entry: documents that declare the role against documents that declare \
            another of the three. Entries that count in none of them are left out. Sorted by role and lrc.",
    columns: KEYNESS_COLUMNS,
    key: &["target_role", "responsibility"],
    references: &[OF_RESPONSIBILITY],
};

/// The columns, also of the table by groups.
pub(super) const KEYNESS_COLUMNS: &[Column] = &[
    Column::word("target_role", ROLES, "the declared role that is set apart").required(),
    Column::text("responsibility", "id of the entry").required(),
    Column::word("role", LABELS, "its label").required(),
    Column::text("label", "the responsibility in words"),
    Column::number(
        "lrc",
        "conservative log ratio (Evert): the limit nearer to 0 of the Clopper–Pearson interval of the log ratio, at 5 % \
         shared out among all tests of the table; 0 where the interval holds 0",
    )
    .required(),
    Column::number("log_ratio", "log2 of rate_target ÷ rate_reference (Hardie); a count of 0 taken for 0.5").required(),
    Column::flag("zero_count", "whether the log ratio rests on a count of 0").required(),
    Column::number("g2", "log-likelihood ratio over the four cells (Dunning), without correction").required(),
    Column::share("p", "p of g2 (chi-squared, 1 degree of freedom)").required(),
    Column::share("q", "Benjamini–Hochberg over all tests of the table").required(),
    Column::count("tests", "tests", "tests of the table").required(),
    Column::count("documents_target", "documents", "documents that declare the role in which the entry counts").required(),
    Column::count("target_total", "documents", "documents that declare the role").required(),
    Column::share("rate_target", "documents_target ÷ target_total").required(),
    Column::count("documents_reference", "documents", "documents that declare another of the three in which it counts").required(),
    Column::count("reference_total", "documents", "documents that declare another of the three").required(),
    Column::share("rate_reference", "documents_reference ÷ reference_total").required(),
    Column::count("sentences_target", "sentences", "counted units with the entry in documents that declare the role").required(),
    Column::share(
        "dispersion",
        "deviation of proportions (Gries) of these units over the documents that declare the role, each taken for an equal \
         part: 0 evenly spread, near 1 in few documents; empty without such units",
    ),
];

/// The whole table.
pub fn keyness(totals: &Totals<'_>) -> Vec<u8> {
    let mut table = totals.table(&KEYNESS);
    let found = distinctions(&totals.tallies.tally);
    for distinction in &found {
        keyness_cells(&mut table, totals, distinction, found.len());
        table.end_row();
    }
    table.into_bytes()
}

fn keyness_cells(table: &mut Table, totals: &Totals<'_>, found: &Distinction, tests: usize) {
    let entry = &totals.lexicon.entries()[found.entry];
    let (contrast, target) = (found.contrast, found.target);
    let sentences = totals.tallies.tally.entries[found.entry].sentences[target as usize];
    table
        .cell(target.name())
        .cell(&entry.id)
        .cell(entry.role.name())
        .cell(&entry.label)
        .value(Some(found.lrc))
        .value(Some(contrast.log_ratio()))
        .cell(if contrast.has_zero() { "true" } else { "false" })
        .value(Some(contrast.g2()))
        .small(found.p)
        .small(found.q)
        .number(tests as u64)
        .number(contrast.a)
        .number(contrast.n1)
        .value(stats::share(contrast.a, contrast.n1))
        .number(contrast.b)
        .number(contrast.n2)
        .value(stats::share(contrast.b, contrast.n2))
        .number(sentences)
        .value(found.dispersion);
}
