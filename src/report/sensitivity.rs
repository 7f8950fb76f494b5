//! `sensitivity.csv`: how far each cell of the matrix moves when one lexicon entry is left out.

use crate::aggregate::stats;
use crate::analyze::ContentRole;
use crate::report::schema::{CONTENT, Column, DECLARED, OF_RESPONSIBILITY, Schema};
use crate::report::{Table, Totals};
use crate::role::Declared;

/// `sensitivity.csv`.
pub const SENSITIVITY: Schema = Schema {
    name: "sensitivity",
    about: "Under `--sensitivity`, one row per cell of the confusion matrix and lexicon entry without which documents come into \
            the cell or leave it, the most influential first: rank 1 to 5 are the five most influential. The entry is taken out \
            of what was found; what the lexicon had put aside in its favour does not come back.",
    columns: &[
        Column::word(
            "declared_role",
            DECLARED,
            "row of the matrix; empty: no title",
        ),
        Column::word("content_role", CONTENT, "column of the matrix").required(),
        Column::count("rank", "", "rank by size of the change, from 1").required(),
        Column::text("responsibility", "id of the entry that is left out").required(),
        Column::count("documents", "documents", "documents of the cell").required(),
        Column::count(
            "gained",
            "documents",
            "documents that come into the cell without the entry",
        )
        .required(),
        Column::count("lost", "documents", "documents that leave it").required(),
        Column::share("share", "share of the row in the cell").required(),
        Column::share("share_without", "the same without the entry").required(),
        Column::number("change", "share_without − share").required(),
    ],
    key: &["declared_role", "content_role", "responsibility"],
    references: &[OF_RESPONSIBILITY],
};

/// The whole table.
pub fn sensitivity(totals: &Totals<'_>) -> Vec<u8> {
    let mut table: Table = totals.table(&SENSITIVITY);
    let Some(found) = &totals.extras.sensitivity else {
        return table.into_bytes();
    };
    for declared in Declared::ALL.into_iter().map(Some).chain([None]) {
        let row = totals.tallies.tally.confusion_row(declared);
        let total = row.iter().sum();
        for (content, documents) in ContentRole::ALL.into_iter().zip(row) {
            let share = |documents| stats::share(documents, total).unwrap_or(0.0);
            for (rank, shift) in (1..).zip(found.shifts(declared, content)) {
                let without = documents + shift.gained - shift.lost;
                table
                    .cell(declared.map_or("", Declared::name))
                    .cell(content.name())
                    .number(rank)
                    .cell(&totals.lexicon.entries()[shift.entry].id)
                    .number(*documents)
                    .number(shift.gained)
                    .number(shift.lost)
                    .value(Some(share(*documents)))
                    .value(Some(share(without)))
                    .value(Some(share(without) - share(*documents)))
                    .end_row();
            }
        }
    }
    table.into_bytes()
}
