//! `responsibilities.csv`: how often each lexicon entry was found, and under which declared roles.

use crate::aggregate::stats;
use crate::report::Totals;
use crate::report::schema::{Column, LABELS, Schema};
use crate::role::Declared;

/// `responsibilities.csv`.
pub const RESPONSIBILITIES: Schema = Schema {
    name: "responsibilities",
    about: "One row per lexicon entry, in lexicon order, entries that were never found included. Counted units only.",
    columns: &[
        Column::text("responsibility", "id of the entry").required(),
        Column::word("role", LABELS, "its label").required(),
        Column::text("category", "its group within the label"),
        Column::text("label", "the responsibility in words"),
        Column::count("sentences", "sentences", "counted units with the entry").required(),
        Column::count("documents", "documents", "documents with such a unit").required(),
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
            "documents_mixed",
            "documents",
            "of those that declare several roles",
        )
        .required(),
        Column::count(
            "documents_other",
            "documents",
            "of those that declare none of them",
        )
        .required(),
        Column::count(
            "documents_untitled",
            "documents",
            "of those without a title",
        )
        .required(),
        Column::share(
            "rate_product",
            "documents_product ÷ documents that declare product",
        ),
        Column::share("rate_project", "the same for project"),
        Column::share("rate_program", "the same for program"),
        Column::share("rate_mixed", "the same for several roles"),
        Column::share("rate_other", "the same for none of them"),
        Column::share("rate_untitled", "the same without a title"),
    ],
    key: &["responsibility"],
    references: &[],
};

/// The whole table.
pub fn responsibilities(totals: &Totals<'_>) -> Vec<u8> {
    let (tally, lexicon) = (&totals.tallies.tally, totals.lexicon);
    let declared: Vec<Option<Declared>> =
        Declared::ALL.into_iter().map(Some).chain([None]).collect();
    let mut table = totals.table(&RESPONSIBILITIES);
    for (entry, counts) in lexicon.entries().iter().zip(&tally.entries) {
        table
            .cell(&entry.id)
            .cell(entry.role.name())
            .cell(&entry.category)
            .cell(&entry.label)
            .number(counts.all_sentences())
            .number(counts.all_documents());
        for declared in &declared {
            table.number(counts.documents_of(*declared));
        }
        for declared in &declared {
            table.value(stats::share(
                counts.documents_of(*declared),
                tally.declared(*declared),
            ));
        }
        table.end_row();
    }
    table.into_bytes()
}
