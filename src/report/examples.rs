//! `examples.csv`: what sets each role apart, in sentences of the corpus.

use crate::aggregate::distinctions;
use crate::report::Totals;
use crate::report::schema::{Column, LABELS, OF_RESPONSIBILITY, OF_UNIT, ROLES, Schema};
use crate::role::Role;

/// Responsibilities shown for each role.
const TOP: usize = 12;

/// `examples.csv`.
pub const EXAMPLES_TABLE: Schema = Schema {
    name: "examples",
    about: "For each declared role its twelve most distinctive responsibilities (largest lrc in keyness.csv, above 0), each with \
            up to three sentences of documents that declare the role: those that say one thing in 6 to 20 words first, then \
            in an order that depends on the words alone; the same words once.",
    columns: &[
        Column::word("target_role", ROLES, "the declared role").required(),
        Column::count(
            "rank",
            "",
            "rank of the responsibility for the role, from 1",
        )
        .required(),
        Column::text("responsibility", "id of the entry").required(),
        Column::word("role", LABELS, "its label").required(),
        Column::text("label", "the responsibility in words"),
        Column::number("lrc", "conservative log ratio, as in keyness.csv").required(),
        Column::count("example", "", "rank of the sentence, from 1").required(),
        Column::text("document_id", "the document").required(),
        Column::count("sentence", "", "number of the unit within it").required(),
        Column::text("text", "the unit on one line; empty under `--no-text`"),
    ],
    key: &["target_role", "rank", "example"],
    references: &[OF_RESPONSIBILITY, OF_UNIT],
};

/// The whole table.
pub fn examples(totals: &Totals<'_>) -> Vec<u8> {
    let mut table = totals.table(&EXAMPLES_TABLE);
    let found = distinctions(&totals.tallies.tally);
    for role in Role::SINGLE {
        let own = found
            .iter()
            .filter(|one| one.target == role && one.lrc > 0.0);
        for (rank, distinction) in (1..).zip(own.take(TOP)) {
            let entry = &totals.lexicon.entries()[distinction.entry];
            let sentences = totals.tallies.examples.of(distinction.entry, role);
            for (number, example) in (1..).zip(sentences) {
                table
                    .cell(role.name())
                    .number(rank)
                    .cell(&entry.id)
                    .cell(entry.role.name())
                    .cell(&entry.label)
                    .value(Some(distinction.lrc))
                    .number(number)
                    .cell(&example.document)
                    .number(example.sentence)
                    .cell(&example.text)
                    .end_row();
            }
        }
    }
    table.into_bytes()
}
