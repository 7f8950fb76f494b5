//! `problems.csv`: what went wrong, where, and what became of it.

use crate::error::Problem;
use crate::report::Table;
use crate::report::cells::one_line;
use crate::report::schema::{Column, Schema};

/// `problems.csv`.
pub const PROBLEMS: Schema = Schema {
    name: "problems",
    about: "One row per problem. Input rows = documents + errors.",
    columns: &[
        Column::text(
            "input",
            "the input as named on the command line, or the file's path below it",
        ),
        Column::count(
            "row",
            "",
            "CSV: record without the header; JSON lines: line; from 1; empty: the whole file",
        ),
        Column::text("document_id", "the document, where there is one"),
        Column::text(
            "stage",
            "what met it: `read`, `decode`, `parse`, `identify`, `analyze`",
        )
        .required(),
        Column::word(
            "severity",
            &["error", "warning"],
            "`error`: no document came of it; `warning`: the document is kept",
        )
        .required(),
        Column::text("reason", "what is wrong and what was done about it").required(),
    ],
    key: &[],
    references: &[],
};

/// One problem's row.
pub fn problems_row(table: &mut Table, problem: &Problem) {
    table.cell(problem.origin.input.as_bytes());
    match problem.origin.row {
        0 => table.cell(""),
        row => table.number(row),
    };
    table
        .cell(&problem.document_id)
        .cell(problem.stage)
        .cell(problem.severity.name())
        .cell(one_line(&problem.reason).as_bytes())
        .end_row();
}
