//! `sample`: drawn as the key says, blind, and back into `evaluate`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::util::{corpus, files, rows, run, stderr};

/// A report of 300 postings.
fn report(place: &Path) -> PathBuf {
    let (input, out) = (place.join("postings.csv"), place.join("report"));
    fs::write(&input, corpus(300)).unwrap();
    let args = [
        "analyze",
        input.to_str().unwrap(),
        "--quiet",
        "--out",
        out.to_str().unwrap(),
    ];
    let output = run(&args, "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    out
}

fn sampled(report: &Path, out: &Path, more: &[&str]) -> std::process::Output {
    let args = [
        "sample",
        report.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    run(
        &[&args[..], &["--tagged", "40", "--untagged", "20"], more].concat(),
        "",
    )
}

#[test]
fn the_weights_of_the_sample_add_up_to_the_corpus() {
    let place = tempfile::tempdir().unwrap();
    let report = report(place.path());
    let out = place.path().join("sample");
    assert_eq!(sampled(&report, &out, &[]).status.code(), Some(0));
    let key = rows(&out.join("key.csv"));
    let drawable = rows(&report.join("sentences.csv"))
        .iter()
        .filter(|row| row["repeat_of"].is_empty() && row["kind"] != "heading")
        .count();
    let weight: f64 = key
        .iter()
        .map(|row| row["weight"].parse::<f64>().unwrap())
        .sum();
    assert!(
        (weight - drawable as f64).abs() < 1e-3,
        "{weight} {drawable}"
    );
    let mut counts: BTreeMap<[&str; 3], u64> = BTreeMap::new();
    for row in &key {
        let stratum = ["declared_role", "tag", "zone"].map(|name| row[name].as_str());
        *counts.entry(stratum).or_default() += 1;
    }
    for row in &key {
        let stratum = ["declared_role", "tag", "zone"].map(|name| row[name].as_str());
        assert_eq!(counts[&stratum].to_string(), row["sampled"]);
    }
    assert!(counts.len() > 20);
}

#[test]
fn sheets_are_blind_and_the_draw_repeats() {
    let place = tempfile::tempdir().unwrap();
    let report = report(place.path());
    let (first, again) = (place.path().join("first"), place.path().join("again"));
    sampled(&report, &first, &["--coders", "ann,ben"]);
    sampled(&report, &again, &["--coders", "ann,ben"]);
    assert!(files(&first) == files(&again));
    let [ann, ben] = ["ann", "ben"].map(|coder| rows(&first.join(format!("sheet_{coder}.csv"))));
    let columns: BTreeSet<&str> = ann[0].keys().map(String::as_str).collect();
    assert_eq!(
        columns,
        BTreeSet::from(["heading", "labels", "note", "text", "uid"])
    );
    let uids = |sheet: &[BTreeMap<String, String>]| -> Vec<String> {
        sheet.iter().map(|row| row["uid"].clone()).collect()
    };
    let (mut a, mut b) = (uids(&ann), uids(&ben));
    assert_ne!(a, b, "each coder has an order of their own");
    a.sort();
    b.sort();
    assert_eq!(a, b);
}

#[test]
fn filled_sheets_come_back_and_are_not_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let report = report(place.path());
    let out = place.path().join("sample");
    sampled(&report, &out, &["--coders", "ann"]);
    let tool: BTreeMap<String, String> = rows(&out.join("key.csv"))
        .into_iter()
        .map(|mut row| (row.remove("uid").unwrap(), row.remove("tool").unwrap()))
        .collect();
    let sheet = out.join("sheet_ann.csv");
    let mut filled = csv::Writer::from_path(sheet.with_extension("new")).unwrap();
    filled.write_record(["uid", "labels"]).unwrap();
    for (uid, labels) in &tool {
        filled.write_record([uid, labels]).unwrap();
    }
    filled.flush().unwrap();
    fs::rename(sheet.with_extension("new"), &sheet).unwrap();
    let output = run(&["evaluate", out.to_str().unwrap(), "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let evaluation: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let pair = &evaluation["comparisons"][0];
    assert_eq!(
        (&pair["reference"], &pair["other"]),
        (&"coder_ann".into(), &"tool".into())
    );
    assert_eq!(pair["units"], tool.len());
    assert_eq!(pair["disagreements"].as_array().unwrap().len(), 0);
    let refused = sampled(&report, &out, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        stderr(&refused).contains("--overwrite"),
        "{}",
        stderr(&refused)
    );
}
