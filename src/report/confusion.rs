//! `confusion.csv`: documents by declared and content role, with Wilson intervals.

use crate::aggregate::{Tally, stats};
use crate::analyze::ContentRole;
use crate::report::Totals;
use crate::report::schema::{CONTENT, Column, DECLARED, Schema};
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
        Column::share(
            "boot_low",
            "lower limit of its 95 % percentile interval under `--bootstrap` (documents) or `--cluster` (groups)",
        ),
        Column::share("boot_high", "upper limit"),
        Column::count(
            "clusters",
            "clusters",
            "documents or groups that were resampled",
        ),
        Column::count(
            "dedup_documents",
            "documents",
            "documents of the cell that repeat no earlier one; these five under `--dedup` only",
        ),
        Column::count(
            "dedup_row_total",
            "documents",
            "such documents that declare the role",
        ),
        Column::share("dedup_share", "dedup_documents ÷ dedup_row_total"),
        Column::share("dedup_ci_low", "lower limit of its 95 % Wilson interval"),
        Column::share("dedup_ci_high", "upper limit"),
        Column::text("reason", "why an interval that was asked for is empty"),
    ],
    key: &["declared_role", "content_role"],
    references: &[],
};

/// The whole table.
pub fn confusion(totals: &Totals<'_>) -> Vec<u8> {
    let tally = &totals.tallies.tally;
    let mut table = totals.table(&CONFUSION);
    let declared = Declared::ALL.into_iter().map(Some).chain([None]);
    let cells = declared.flat_map(|declared| ContentRole::ALL.map(|content| (declared, content)));
    for (at, (declared, content)) in cells.enumerate() {
        let cell = |tally: &Tally| {
            let row = tally.confusion_row(declared);
            (row[content.index()], row.iter().sum::<u64>())
        };
        let (documents, total) = cell(tally);
        let share = stats::share(documents, total);
        let resampled = totals.extras.interval(|all| all.confusion[at]);
        let once = totals.extras.deduplicated.as_ref().map(cell);
        let once_share = once.and_then(|(documents, total)| stats::share(documents, total));
        table
            .cell(declared.map_or("", Declared::name))
            .cell(content.name())
            .number(documents)
            .number(total)
            .value(share)
            .interval(stats::wilson(documents, total))
            .interval(resampled)
            .count(totals.extras.clusters())
            .count(once.map(|(documents, _)| documents))
            .count(once.map(|(_, total)| total))
            .value(once_share)
            .interval(once.and_then(|(documents, total)| stats::wilson(documents, total)))
            .cell(totals.extras.reason(share, resampled))
            .end_row();
    }
    table.into_bytes()
}
