//! `problems.csv`: what went wrong, where, and what became of it.

use crate::error::Problem;
use crate::report::Table;
use crate::report::cells::one_line;

/// The columns; `row` is empty for a whole file.
pub const PROBLEMS_HEADER: [&str; 6] =
    ["input", "row", "document_id", "stage", "severity", "reason"];

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
