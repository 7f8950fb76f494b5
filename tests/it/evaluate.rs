//! `evaluate`: its figures are those of an independent scorer, its tables those of its figures.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::util::{files, rows, run, stderr};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");

/// The value of a figure of `tool` against `labels`.
fn figure(evaluation: &Value, label: &str, measure: &str) -> f64 {
    let pairs = evaluation["comparisons"].as_array().unwrap();
    let pair = pairs
        .iter()
        .find(|pair| pair["reference"] == "labels" && pair["other"] == "tool")
        .unwrap();
    let figures = pair["figures"].as_array().unwrap();
    let found = figures
        .iter()
        .find(|figure| figure["label"] == label && figure["measure"] == measure);
    found.unwrap()["value"].as_f64().unwrap()
}

fn evaluated(gold: &str) -> Value {
    let output = run(&["evaluate", gold, "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn figures_are_those_of_the_shared_scorer() {
    let (score, gold) = (
        format!("{SHARED}/tools/score.py"),
        format!("{SHARED}/gold/sentences_dev.csv"),
    );
    let python = Command::new("python3").arg("--version").output();
    if !Path::new(&score).exists() || python.is_err() {
        eprintln!("skipped: ../shared or python3 is not there");
        return;
    }
    let scored = Command::new("python3")
        .args([&score, "sentences", &gold, env!("CARGO_BIN_EXE_rolecall")])
        .output()
        .unwrap();
    let text = String::from_utf8(scored.stdout).unwrap();
    let scored: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let evaluation = evaluated(&gold);
    let close = |got: f64, want: &Value, what: &str| {
        let want = want.as_f64().unwrap();
        assert!((got - want).abs() < 1e-9, "{what}: {got} is not {want}");
    };
    for label in ["product", "project", "program", "shared"] {
        for measure in ["precision", "recall", "f1", "alpha"] {
            let got = figure(&evaluation, label, measure);
            close(got, &scored["labels"][label][measure], measure);
        }
    }
    let macro_f1 = figure(&evaluation, "roles", "macro_f1");
    close(macro_f1, &scored["macro_f1"], "macro-F1");
    close(
        figure(&evaluation, "all", "exact"),
        &scored["exact"],
        "exact",
    );
}

#[test]
fn tables_hold_every_figure_and_disagreement_and_repeat_exactly() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let args = [
        "evaluate",
        "fixtures/gold/units.csv",
        "--out",
        out.to_str().unwrap(),
    ];
    let output = run(&args, "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let first = files(&out);
    assert_eq!(first.len(), 5);
    assert_eq!(run(&args, "").status.code(), Some(0));
    assert!(first == files(&out), "a second run differs");
    let apart: u64 = rows(&out.join("label_confusion.csv"))
        .iter()
        .filter(|row| row["reference_labels"] != row["other_labels"])
        .map(|row| row["units"].parse::<u64>().unwrap())
        .sum();
    let disagreements = rows(&out.join("disagreements.csv"));
    assert_eq!(disagreements.len() as u64, apart);
    for row in &disagreements {
        assert!(
            row["other_labels"] == "none" || row["evidence"].contains('"'),
            "{row:?}"
        );
    }
}

#[test]
fn coders_and_tool_are_all_compared() {
    let place = tempfile::tempdir().unwrap();
    let gold = place.path().join("gold.csv");
    fs::write(
        &gold,
        "uid,text,coder_a,coder_b\n1,Own the product roadmap.,product,product\n2,Have lunch.,none,shared\n",
    )
    .unwrap();
    let evaluation = evaluated(gold.to_str().unwrap());
    let pairs = evaluation["comparisons"].as_array().unwrap();
    let names: Vec<String> = pairs
        .iter()
        .map(|pair| format!("{} {}", pair["reference"], pair["other"]).replace('"', ""))
        .collect();
    assert_eq!(names, ["coder_a coder_b", "coder_a tool", "coder_b tool"]);
    assert_eq!(pairs[1]["disagreements"].as_array().unwrap().len(), 0);
    assert_eq!(pairs[2]["disagreements"][0]["reference"], "shared");
}

#[test]
fn a_sheet_that_cannot_be_read_ends_with_2() {
    let place = tempfile::tempdir().unwrap();
    let gold = place.path().join("gold.csv");
    fs::write(&gold, "uid,text,labels\n1,x,manager\n").unwrap();
    let output = run(&["evaluate", gold.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("row 1: \"manager\" is no label"),
        "{}",
        stderr(&output)
    );
}
