//! Text in other languages and text in a wrong encoding: what is left out, and what is repaired.

use std::fs;

use crate::util::{rolecall, rows, stderr};

const GERMAN: &str = "Sie verantworten die Weiterentwicklung unserer Produkte, stimmen sich mit den Teams ab und berichten regelmäßig an die Leitung. Das Programm umfasst mehrere Projekte, deren Budget Sie planen.";

fn analyze(csv: &str, more: &[&str]) -> (tempfile::TempDir, serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("jobs.csv");
    fs::write(&input, csv).unwrap();
    let output = rolecall()
        .args(["analyze", "--quiet", "--out"])
        .args([folder.path().join("out"), input])
        .args(more)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let manifest = fs::read(folder.path().join("out/manifest.json")).unwrap();
    (folder, serde_json::from_slice(&manifest).unwrap())
}

#[test]
fn other_languages_stay_outside_the_tables_unless_asked_for() {
    let csv = format!(
        "id,title,description\n1,Product Manager,Own the roadmap of the product and all that belongs to it.\n2,Program Manager,\"{GERMAN}\"\n"
    );
    let (folder, manifest) = analyze(&csv, &[]);
    let out = folder.path().join("out");
    let documents = rows(&out.join("documents.csv"));
    assert_eq!(documents[1]["language"], "de");
    assert_eq!(
        (
            documents[1]["content_role"].as_str(),
            documents[1]["units"].as_str()
        ),
        ("", "0")
    );
    assert_eq!(manifest["counts"]["documents"], 2);
    assert_eq!(manifest["counts"]["set_aside"], 1);
    let problems = rows(&out.join("problems.csv"));
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (
            problems[0]["document_id"].as_str(),
            problems[0]["severity"].as_str()
        ),
        ("2", "warning")
    );
    assert!(
        problems[0]["reason"].contains("German (de)"),
        "{problems:?}"
    );
    assert!(
        rows(&out.join("sentences.csv"))
            .iter()
            .all(|row| row["document_id"] == "1")
    );
    let counted = rows(&out.join("confusion.csv"));
    let counted = counted
        .iter()
        .map(|row| row["documents"].parse::<u64>().unwrap());
    assert_eq!(counted.sum::<u64>(), 1);

    let (folder, manifest) = analyze(&csv, &["--any-language"]);
    let out = folder.path().join("out");
    let documents = rows(&out.join("documents.csv"));
    assert_eq!(
        (
            documents[1]["language"].as_str(),
            documents[1]["content_role"].as_str()
        ),
        ("de", "none")
    );
    assert_eq!(manifest["counts"]["set_aside"], 0);
    assert!(rows(&out.join("problems.csv")).is_empty());
}

#[test]
fn damaged_text_is_repaired_and_counted() {
    let csv = "id,title,description\n1,Product Manager,You donâ€™t just own the roadmap â€“ you explain it.\n2,Clean,The cafÃ© is closed; the naïve plan isn’t.\n";
    let (folder, manifest) = analyze(csv, &[]);
    let units = rows(&folder.path().join("out/sentences.csv"));
    assert_eq!(
        units[0]["text"],
        "You don’t just own the roadmap – you explain it."
    );
    assert_eq!(
        units[1]["text"],
        "The café is closed; the naïve plan isn’t."
    );
    assert_eq!(manifest["counts"]["repaired"], 2);

    let (folder, manifest) = analyze(csv, &["--no-repair"]);
    let units = rows(&folder.path().join("out/sentences.csv"));
    assert!(units[0]["text"].contains("donâ€™t"));
    assert_eq!(manifest["counts"]["repaired"], 0);
}
