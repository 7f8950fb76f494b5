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

/// Two postings, the second in German.
const IN_TWO_LANGUAGES: &str = r#"{"id":"a","title":"Product Manager","text":"Own the roadmap of the product and all that belongs to it.","country":"IE"}
{"id":"b","title":"Program Manager","text":"Sie verantworten die Weiterentwicklung unserer Produkte, stimmen sich mit den Teams ab und berichten regelmäßig an die Leitung. Das Programm umfasst mehrere Projekte, deren Budget Sie planen.","country":"DE"}
"#;

#[test]
fn a_document_in_another_language_keeps_its_record_and_has_no_units() {
    let place = tempfile::tempdir().unwrap();
    let (input, report) = (place.path().join("jobs.jsonl"), place.path().join("report"));
    fs::write(&input, IN_TWO_LANGUAGES).unwrap();
    let analyzed = rolecall()
        .args(["analyze", "--quiet", "--keep", "country", "--out"])
        .args([&report, &input])
        .output()
        .unwrap();
    assert_eq!(analyzed.status.code(), Some(0), "{}", stderr(&analyzed));
    for (command, file) in [("tag", "sentences.csv"), ("documents", "documents.csv")] {
        let arguments = [command, "--format", "csv", "--keep", "country"];
        let output = run(&arguments, IN_TWO_LANGUAGES);
        assert!(
            stderr(&output).contains("German (de)"),
            "{}",
            stderr(&output)
        );
        let rows = fs::read(report.join(file)).unwrap();
        assert!(output.stdout == rows, "{command} and {file} differ");
    }
    let output = run(&["documents"], IN_TWO_LANGUAGES);
    let lines = String::from_utf8(output.stdout).unwrap();
    let aside: serde_json::Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!(
        (&aside["id"], &aside["language"]),
        (&"b".into(), &"de".into())
    );
    assert!(aside["content_role"].is_null(), "{aside}");
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
