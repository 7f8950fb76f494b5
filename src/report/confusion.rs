//! `confusion.csv`: documents by declared and content role, with Wilson intervals.

use crate::aggregate::{Tally, stats};
use crate::analyze::ContentRole;
use crate::report::Table;
use crate::role::Declared;

/// The whole table. Documents without a title have an empty `declared_role`.
pub fn confusion(tally: &Tally) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "declared_role",
        "content_role",
        "documents",
        "row_total",
        "share",
        "ci_low",
        "ci_high",
    ]);
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
