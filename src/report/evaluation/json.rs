//! `evaluation.json`: everything that `evaluate` found, in one object.

use serde_json::{Value, json};

use super::labels;
use crate::evaluate::{Comparison, Evaluation, Figure, Sheet, TOOL};

/// The whole file, indented; ends with a line break.
pub fn evaluation_json(evaluation: &Evaluation, sheet: &Sheet) -> Vec<u8> {
    let value = json!({
        "units": evaluation.units,
        "documents": evaluation.documents,
        "comparisons": evaluation.comparisons.iter().map(|pair| comparison(pair, sheet)).collect::<Vec<_>>(),
        "coders_together": evaluation.joint.iter().map(figure).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&value).expect("a JSON value can be written");
    bytes.push(b'\n');
    bytes
}

fn comparison(pair: &Comparison, sheet: &Sheet) -> Value {
    let confusion = pair.confusion.iter().map(|cell| {
        json!({
            "reference": labels(cell.reference),
            "other": labels(cell.other),
            "units": cell.units,
            "weight": cell.weight,
        })
    });
    let disagreements = pair.disagreements.iter().map(|at| {
        let unit = &sheet.units[*at];
        let said = |coder: usize| unit.codings[coder].map(labels);
        json!({
            "uid": unit.uid,
            "document": unit.document,
            "reference": said(pair.coders.0),
            "other": said(pair.coders.1),
            "evidence": if pair.other == TOOL { unit.evidence.as_str() } else { "" },
            "text": unit.text,
        })
    });
    json!({
        "reference": pair.reference,
        "other": pair.other,
        "units": pair.units,
        "figures": pair.figures.iter().map(figure).collect::<Vec<_>>(),
        "confusion": confusion.collect::<Vec<_>>(),
        "disagreements": disagreements.collect::<Vec<_>>(),
    })
}

fn figure(figure: &Figure) -> Value {
    json!({
        "label": figure.label,
        "measure": figure.measure,
        "value": figure.value,
        "ci_low": figure.interval.map(|(low, _)| low),
        "ci_high": figure.interval.map(|(_, high)| high),
        "reason": figure.reason,
    })
}
