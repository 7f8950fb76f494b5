//! The evaluation on the terminal.

use std::fmt::Write;

use super::labels;
use crate::evaluate::{Comparison, Evaluation, Figure, Sheet, TOOL};
use crate::role::Role;

/// The measures that have a column, and their heads.
const COLUMNS: [(&str, &str); 6] = [
    ("precision", "P"),
    ("recall", "R"),
    ("f1", "F1"),
    ("agreement", "agree"),
    ("kappa", "kappa"),
    ("alpha", "alpha"),
];

/// Pairs of label sets and disagreements shown of each comparison.
const SHOWN: usize = 8;

/// The whole text; ends with a line break.
pub fn evaluation_summary(evaluation: &Evaluation, sheet: &Sheet) -> String {
    let of = if sheet.knows_documents {
        "documents"
    } else {
        "documents (there is no column document: each unit is taken for one)"
    };
    let mut out = format!(
        "{} units of {} {of}\n",
        evaluation.units, evaluation.documents
    );
    for pair in &evaluation.comparisons {
        comparison(&mut out, pair, sheet);
    }
    if !evaluation.joint.is_empty() {
        out.push_str("\nall coders together\n");
        for figure in &evaluation.joint {
            line(
                &mut out,
                &format!("  {:<10}alpha {}", figure.label, with_interval(figure)),
            );
        }
    }
    out
}

fn comparison(out: &mut String, pair: &Comparison, sheet: &Sheet) {
    line(
        out,
        &format!(
            "\n{} against {}, {} units\n",
            pair.other, pair.reference, pair.units
        ),
    );
    let find = |label: &str, measure: &str| {
        let mut figures = pair.figures.iter();
        figures.find(|figure| figure.label == label && figure.measure == measure)
    };
    let mut head = format!("  {:<10}", "");
    for (_, name) in COLUMNS {
        let _ = write!(head, "{name:>7}");
    }
    line(out, &format!("{head}   95 % of alpha"));
    for role in Role::ALL {
        let mut row = format!("  {:<10}", role.name());
        for (measure, _) in COLUMNS {
            let value = find(role.name(), measure).and_then(|figure| figure.value);
            let _ = write!(
                row,
                "{:>7}",
                value.map_or_else(|| "-".into(), |value| format!("{value:.3}"))
            );
        }
        if let Some(interval) = find(role.name(), "alpha").and_then(|figure| figure.interval) {
            let _ = write!(row, "   {:.3} to {:.3}", interval.0, interval.1);
        }
        line(out, &row);
    }
    for (label, measure, said) in [
        ("roles", "macro_f1", "macro-F1 of the three roles"),
        ("all", "exact", "all labels of a unit alike"),
    ] {
        if let Some(figure) = find(label, measure) {
            line(out, &format!("  {said} {}", with_interval(figure)));
        }
    }
    reasons(out, pair);
    differences(out, pair, sheet);
}

fn with_interval(figure: &Figure) -> String {
    match (figure.value, figure.interval) {
        (Some(value), Some((low, high))) => format!("{value:.3} ({low:.3} to {high:.3})"),
        (Some(value), None) => format!("{value:.3}"),
        (None, _) => format!("- ({})", figure.reason),
    }
}

/// Why figures or intervals are missing, each reason once.
fn reasons(out: &mut String, pair: &Comparison) {
    let mut said: Vec<&str> = Vec::new();
    for figure in pair
        .figures
        .iter()
        .filter(|figure| !figure.reason.is_empty())
    {
        if !said.contains(&figure.reason.as_str()) {
            said.push(&figure.reason);
            let what = if figure.value.is_none() {
                "a figure"
            } else {
                "an interval"
            };
            line(out, &format!("  without {what}: {}", figure.reason));
        }
    }
}

fn differences(out: &mut String, pair: &Comparison, sheet: &Sheet) {
    let apart = pair
        .confusion
        .iter()
        .filter(|cell| cell.reference != cell.other);
    if pair.disagreements.is_empty() {
        return;
    }
    line(
        out,
        &format!(
            "\n  {} units differ; {} -> {}:",
            pair.disagreements.len(),
            pair.reference,
            pair.other
        ),
    );
    for cell in apart.take(SHOWN) {
        line(
            out,
            &format!(
                "  {:>6}  {} -> {}",
                cell.units,
                labels(cell.reference),
                labels(cell.other)
            ),
        );
    }
    for at in pair.disagreements.iter().take(SHOWN) {
        let unit = &sheet.units[*at];
        let said = |coder: usize| unit.codings[coder].map_or_else(String::new, labels);
        let text = unit.text.split_whitespace().collect::<Vec<_>>().join(" ");
        line(
            out,
            &format!(
                "\n  {}  {} -> {}",
                unit.uid,
                said(pair.coders.0),
                said(pair.coders.1)
            ),
        );
        line(out, &format!("    {text}"));
        if pair.other == TOOL && !unit.evidence.is_empty() {
            line(out, &format!("    {}", unit.evidence));
        }
    }
    let more = pair.disagreements.len().saturating_sub(SHOWN);
    if more > 0 {
        line(
            out,
            &format!("\n  and {more} more: --out DIR writes them all"),
        );
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}
