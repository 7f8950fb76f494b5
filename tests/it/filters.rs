//! `tag` and `documents` say what `analyze` says of the same records.

use std::fs;

use crate::util::{rolecall, run, stderr};

#[test]
fn filters_write_the_rows_of_the_report() {
    let place = tempfile::tempdir().unwrap();
    let records = fs::read_to_string("fixtures/postings.jsonl").unwrap();
    let report = place.path().join("report");
    let analyzed = rolecall()
        .args([
            "analyze",
            "fixtures/postings.jsonl",
            "--keep",
            "country",
            "--out",
        ])
        .arg(&report)
        .output()
        .unwrap();
    assert_eq!(analyzed.status.code(), Some(0), "{}", stderr(&analyzed));
    for (command, file) in [("tag", "sentences.csv"), ("documents", "documents.csv")] {
        let output = run(&[command, "--format", "csv", "--keep", "country"], &records);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let rows = fs::read(report.join(file)).unwrap();
        assert!(output.stdout == rows, "{command} and {file} differ");
    }
}

#[test]
fn a_document_is_one_json_line_with_its_responsibilities() {
    let record = r#"{"id":"a","title":"Product Manager","text":"Own the product roadmap.\nTrack the project budget."}"#;
    let output = run(&["documents", "--min-units", "1"], record);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let written: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(written["id"], "a");
    assert_eq!(written["declared_role"], "product");
    assert_eq!(written["share_product"], 0.5);
    let entries = written["responsibilities"].as_array().unwrap();
    assert!(
        entries.iter().any(|entry| entry == "product.roadmap"),
        "{written}"
    );
}

#[test]
#[cfg(not(feature = "arrow"))]
fn a_build_without_arrow_says_so_before_it_reads() {
    let output = run(&["documents", "--format", "arrow"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("--features arrow"),
        "{}",
        stderr(&output)
    );
}
