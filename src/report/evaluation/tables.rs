//! `agreement.csv`, `label_confusion.csv` and `disagreements.csv`.

use super::labels;
use crate::evaluate::{Evaluation, Figure, Sheet, TOOL};
use crate::report::Table;
use crate::report::cells::one_line;

/// What stands for all coders together in `agreement.csv`.
const ALL_CODERS: &str = "coders";

/// `agreement.csv`: one row per pair of codings, label and measure.
pub fn agreement(evaluation: &Evaluation) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "reference",
        "other",
        "units",
        "label",
        "measure",
        "value",
        "ci_low",
        "ci_high",
        "reason",
    ]);
    for pair in &evaluation.comparisons {
        for figure in &pair.figures {
            figure_row(
                &mut table,
                (&pair.reference, &pair.other),
                pair.units,
                figure,
            );
        }
    }
    for figure in &evaluation.joint {
        figure_row(
            &mut table,
            (ALL_CODERS, ALL_CODERS),
            evaluation.units,
            figure,
        );
    }
    table.into_bytes()
}

fn figure_row(table: &mut Table, names: (&str, &str), units: usize, figure: &Figure) {
    table
        .cell(names.0)
        .cell(names.1)
        .number(units as u64)
        .cell(figure.label)
        .cell(figure.measure)
        .value(figure.value)
        .value(figure.interval.map(|(low, _)| low))
        .value(figure.interval.map(|(_, high)| high))
        .cell(&figure.reason)
        .end_row();
}

/// `label_confusion.csv`: how often each set of labels meets each other.
pub fn label_confusion(evaluation: &Evaluation) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "reference",
        "other",
        "reference_labels",
        "other_labels",
        "units",
        "weight",
    ]);
    for pair in &evaluation.comparisons {
        for cell in &pair.confusion {
            table
                .cell(&pair.reference)
                .cell(&pair.other)
                .cell(labels(cell.reference))
                .cell(labels(cell.other))
                .number(cell.units as u64)
                .value(Some(cell.weight))
                .end_row();
        }
    }
    table.into_bytes()
}

/// `disagreements.csv`: every unit on which two codings differ, with the evidence for the tool's labels.
pub fn disagreements(evaluation: &Evaluation, sheet: &Sheet) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "reference",
        "other",
        "uid",
        "document",
        "reference_labels",
        "other_labels",
        "evidence",
        "text",
    ]);
    for pair in &evaluation.comparisons {
        for at in &pair.disagreements {
            let unit = &sheet.units[*at];
            let said = |coder: usize| unit.codings[coder].map_or_else(String::new, labels);
            let evidence = if pair.other == TOOL {
                &unit.evidence
            } else {
                ""
            };
            table
                .cell(&pair.reference)
                .cell(&pair.other)
                .cell(&unit.uid)
                .cell(&unit.document)
                .cell(said(pair.coders.0))
                .cell(said(pair.coders.1))
                .cell(evidence)
                .cell(one_line(&unit.text).as_bytes())
                .end_row();
        }
    }
    table.into_bytes()
}
