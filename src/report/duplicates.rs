//! `duplicates.csv`: which documents nearly repeat an earlier one.

use crate::report::Totals;
use crate::report::schema::{Column, OF_DOCUMENT, Reference, Schema};

/// `duplicates.csv`.
pub const DUPLICATES: Schema = Schema {
    name: "duplicates",
    about: "Under `--dedup`, one row per document of a group of near-duplicates, in input order. A document belongs to the earliest \
            document that shares at least .8 of their five-word shingles with it; candidates are found by MinHash, similarity is exact.",
    columns: &[
        Column::text("document_id", "the document").required(),
        Column::text(
            "first_document_id",
            "the first document of its group: the one that has the group's vote",
        )
        .required(),
        Column::share(
            "similarity",
            "Jaccard similarity of the five-word shingles of the two",
        )
        .required(),
    ],
    key: &["document_id"],
    references: &[
        OF_DOCUMENT,
        Reference {
            columns: &["first_document_id"],
            table: "documents",
            key: &["document_id"],
        },
    ],
};

/// The whole table.
pub fn duplicates(totals: &Totals<'_>) -> Vec<u8> {
    let mut table = totals.table(&DUPLICATES);
    for (first, document, similarity) in &totals.extras.duplicates {
        table
            .cell(document)
            .cell(first)
            .value(Some(*similarity))
            .end_row();
    }
    table.into_bytes()
}
