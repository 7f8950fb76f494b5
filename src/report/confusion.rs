//! `confusion.csv`: documents by declared and content role, with Wilson intervals.

use crate::aggregate::stats;
use crate::analyze::ContentRole;
use crate::report::schema::{CONTENT, Column, DECLARED, Schema};
use crate::report::{Table, Totals};
use crate::role::Declared;

/// `confusion.csv`.
pub const CONFUSION: Schema = Schema {
    name: "confusion",
    about: "One row per cell of the matrix of documents by declared and content role, empty cells too.",
    columns: &[
        Column::word(
            "declared_role",
            DECLARED,
            "what the titles declare; empty: no title",
        ),
        Column::word("content_role", CONTENT, "what the texts say").required(),
        Column::count("documents", "documents", "documents of the cell").required(),
        Column::count("row_total", "documents", "documents that declare the role").required(),
        Column::share("share", "documents ÷ row_total"),
        Column::share(
            "ci_low",
            "lower limit of the 95 % Wilson interval of the share (no continuity correction)",
        ),
        Column::share("ci_high", "upper limit"),
    ],
    key: &["declared_role", "content_role"],
    references: &[],
};

/// The whole table.
pub fn confusion(totals: &Totals<'_>) -> Vec<u8> {
    let tally = totals.tally;
    let mut table = Table::of(&CONFUSION);
    let declared = Declared::ALL.into_iter().map(Some).chain([None]);
    for declared in declared {
        let row = tally.confusion_row(declared);
        let total = row.iter().sum();
        for (content, documents) in ContentRole::ALL.into_iter().zip(row) {
            let interval = stats::wilson(*documents, total);
            table
                .cell(declared.map_or("", Declared::name))
                .cell(content.name())
                .number(*documents)
                .number(total)
                .value(stats::share(*documents, total))
                .value(interval.map(|(low, _)| low))
                .value(interval.map(|(_, high)| high))
                .end_row();
        }
    }
    table.into_bytes()
}
