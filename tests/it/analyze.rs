//! `analyze` and `merge`: the same bytes on any number of threads and parts, and tables that add up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::util::{corpus, files, rolecall, rows, run, stderr};

/// Writes a corpus, analyses it with these arguments and returns the report's folder.
fn analyzed(place: &Path, name: &str, args: &[&str]) -> PathBuf {
    let input = place.join("postings.csv");
    if !input.exists() {
        fs::write(&input, corpus(3000)).unwrap();
    }
    let out = place.join(name);
    let output = rolecall()
        .args([
            "analyze",
            input.to_str().unwrap(),
            "--quiet",
            "--keep",
            "country",
            "--out",
            out.to_str().unwrap(),
        ])
        .args(args)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    out
}

#[test]
fn threads_do_not_change_a_byte() {
    let place = tempfile::tempdir().unwrap();
    let one = files(&analyzed(place.path(), "one", &["-j1"]));
    for threads in ["-j2", "-j8"] {
        assert!(
            one == files(&analyzed(place.path(), threads, &[threads])),
            "{threads}"
        );
    }
    let by_default = rolecall::report::Outputs::by_default();
    assert_eq!(one.len(), by_default.iter().count() + 2);
}

#[test]
fn merged_parts_are_one_run() {
    let place = tempfile::tempdir().unwrap();
    let whole = files(&analyzed(place.path(), "whole", &[]));
    for of in [1, 3, 16] {
        // Given in another order than they are numbered.
        let parts: Vec<PathBuf> = (1..=of)
            .rev()
            .map(|number| {
                analyzed(
                    place.path(),
                    &format!("{number}of{of}"),
                    &["--part", &format!("{number}/{of}")],
                )
            })
            .collect();
        let merged = place.path().join(format!("merged{of}"));
        let output = rolecall()
            .arg("merge")
            .args(&parts)
            .arg("--quiet")
            .arg("--out")
            .arg(&merged)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        for (name, bytes) in &files(&merged) {
            assert!(*bytes == whole[name], "{name} differs for {of} parts");
        }
        assert_eq!(files(&merged).len(), whole.len());
    }
}

#[test]
fn a_missing_part_is_named() {
    let place = tempfile::tempdir().unwrap();
    let second = analyzed(place.path(), "second", &["--part", "2/3"]);
    let out = place.path().join("merged");
    let output = rolecall()
        .arg("merge")
        .arg(second)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("part 1/3 is missing"),
        "{}",
        stderr(&output)
    );
    assert!(!out.exists());
}

#[test]
fn tables_are_sums_of_the_rows() {
    let place = tempfile::tempdir().unwrap();
    let out = analyzed(place.path(), "report", &[]);
    let documents = rows(&out.join("documents.csv"));
    let sentences = rows(&out.join("sentences.csv"));
    assert_eq!(documents.len(), 3000);
    confusion_adds_up(&out, &documents);
    responsibilities_add_up(&out, &documents, &sentences);
    overlap_adds_up(&out, &sentences);
    pairs_add_up(&out, &sentences);
    keyness_adds_up(&out);
    examples_are_sentences(&out, &sentences);
    let units: usize = documents
        .iter()
        .map(|row| row["units"].parse::<usize>().unwrap())
        .sum();
    assert_eq!(units, sentences.len());
}

type Row = BTreeMap<String, String>;

fn confusion_adds_up(out: &Path, documents: &[Row]) {
    let cells = rows(&out.join("confusion.csv"));
    assert_eq!(cells.len(), 6 * 5);
    for cell in &cells {
        let same = |row: &&Row| row["declared_role"] == cell["declared_role"];
        let row_total = documents.iter().filter(same).count();
        let count = documents
            .iter()
            .filter(same)
            .filter(|row| row["content_role"] == cell["content_role"])
            .count();
        assert_eq!(
            (cell["documents"].clone(), cell["row_total"].clone()),
            (count.to_string(), row_total.to_string())
        );
    }
    assert!(cells.iter().filter(|cell| cell["documents"] != "0").count() > 8);
}

fn responsibilities_add_up(out: &Path, documents: &[Row], sentences: &[Row]) {
    let declared: BTreeMap<&str, &str> = documents
        .iter()
        .map(|row| (row["document_id"].as_str(), row["declared_role"].as_str()))
        .collect();
    let mut found = 0;
    for entry in rows(&out.join("responsibilities.csv")) {
        let role = entry["role"].as_str();
        let has = |row: &&Row| {
            row["responsibilities"]
                .split(';')
                .any(|id| id == entry["responsibility"])
                && row["counted"].split('+').any(|counted| counted == role)
        };
        let with: Vec<&Row> = sentences.iter().filter(has).collect();
        assert_eq!(entry["sentences"], with.len().to_string(), "{entry:?}");
        let ids: BTreeSet<&str> = with.iter().map(|row| row["document_id"].as_str()).collect();
        assert_eq!(entry["documents"], ids.len().to_string(), "{entry:?}");
        for name in ["product", "project", "program", "mixed", "other", ""] {
            let column = if name.is_empty() {
                "documents_untitled".into()
            } else {
                format!("documents_{name}")
            };
            let count = ids.iter().filter(|id| declared[*id] == name).count();
            assert_eq!(entry[&column], count.to_string(), "{column} {entry:?}");
        }
        found += usize::from(!with.is_empty());
    }
    assert!(found >= 8, "only {found} entries were found");
}

fn overlap_adds_up(out: &Path, sentences: &[Row]) {
    for row in rows(&out.join("overlap.csv"))
        .iter()
        .filter(|row| row["level"] == "sentence")
    {
        let has =
            |unit: &Row, role: &str| unit["counted"].split('+').any(|counted| counted == role);
        let both = sentences
            .iter()
            .filter(|unit| has(unit, &row["role_a"]) && has(unit, &row["role_b"]))
            .count();
        let a = sentences
            .iter()
            .filter(|unit| has(unit, &row["role_a"]))
            .count();
        assert_eq!(
            (row["both"].clone(), row["count_a"].clone()),
            (both.to_string(), a.to_string())
        );
    }
}

/// The entries behind the counted labels of a unit; entries are named after their label.
fn counted_entries(row: &Row) -> impl Iterator<Item = &str> {
    let counts = |id: &&str| {
        let label = id.split('.').next().unwrap();
        row["counted"].split('+').any(|counted| counted == label)
    };
    row["responsibilities"].split(';').filter(counts)
}

fn pairs_add_up(out: &Path, sentences: &[Row]) {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in sentences {
        let of = entries.entry(row["document_id"].as_str()).or_default();
        of.extend(counted_entries(row));
    }
    let pairs = rows(&out.join("cooccurrence.csv"));
    assert!(pairs.len() > 5, "{}", pairs.len());
    for pair in &pairs {
        let has = |of: &BTreeSet<&str>, column: &str| of.contains(pair[column].as_str());
        let [a, b] = ["responsibility_a", "responsibility_b"];
        let both = entries
            .values()
            .filter(|of| has(of, a) && has(of, b))
            .count();
        let first = entries.values().filter(|of| has(of, a)).count();
        assert_eq!(pair["documents"], both.to_string(), "{pair:?}");
        assert_eq!(pair["documents_a"], first.to_string(), "{pair:?}");
    }
}

fn keyness_adds_up(out: &Path) {
    let entries = rows(&out.join("responsibilities.csv"));
    let of = |id: &str| {
        entries
            .iter()
            .find(|entry| entry["responsibility"] == id)
            .unwrap()
    };
    let keyness = rows(&out.join("keyness.csv"));
    assert!(
        keyness
            .iter()
            .any(|row| row["lrc"].parse::<f64>().unwrap() > 0.5)
    );
    for row in &keyness {
        let entry = of(&row["responsibility"]);
        let count = |role: &str| entry[&format!("documents_{role}")].parse::<u64>().unwrap();
        let all: u64 = ["product", "project", "program"].map(count).iter().sum();
        let target = count(&row["target_role"]);
        assert_eq!(row["documents_target"], target.to_string(), "{row:?}");
        assert_eq!(
            row["documents_reference"],
            (all - target).to_string(),
            "{row:?}"
        );
        assert_eq!(
            row["rate_target"],
            entry[&format!("rate_{}", row["target_role"])]
        );
    }
}

fn examples_are_sentences(out: &Path, sentences: &[Row]) {
    let examples = rows(&out.join("examples.csv"));
    assert!(!examples.is_empty());
    for example in &examples {
        let same = |row: &&Row| {
            row["document_id"] == example["document_id"] && row["sentence"] == example["sentence"]
        };
        let row = sentences.iter().find(same).unwrap();
        assert_eq!(row["text"], example["text"]);
        assert!(
            counted_entries(row).any(|id| id == example["responsibility"]),
            "{example:?}"
        );
    }
}

#[test]
fn every_input_row_is_a_document_or_an_error() {
    let place = tempfile::tempdir().unwrap();
    let input = place.path().join("in.csv");
    let bad = "id,title,text\na,Product Manager,Own the product roadmap.\nb,too few\na,Again,\"\"\n,None,x\n";
    fs::write(&input, bad).unwrap();
    let out = place.path().join("out");
    let output = run(
        &[
            "analyze",
            input.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ],
        "",
    );
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let documents = rows(&out.join("documents.csv"));
    let problems = rows(&out.join("problems.csv"));
    let errors = problems
        .iter()
        .filter(|row| row["severity"] == "error")
        .count();
    assert_eq!((documents.len(), errors), (3, 1));
    assert_eq!(documents[1]["units"], "0");
    assert_eq!(
        problems
            .iter()
            .filter(|row| row["severity"] == "warning")
            .count(),
        2
    );
}

#[test]
fn a_killed_run_leaves_the_earlier_report() {
    let place = tempfile::tempdir().unwrap();
    let out = analyzed(place.path(), "report", &[]);
    let before = files(&out);
    let mut child = rolecall()
        .args([
            "analyze",
            "-",
            "--input-format",
            "csv",
            "--out",
            out.to_str().unwrap(),
        ])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), corpus(2000).as_bytes()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(before == files(&out));
}

#[test]
fn work_of_another_role_does_not_count_for_the_advertised_one() {
    let place = tempfile::tempdir().unwrap();
    let (input, out) = (place.path().join("one.csv"), place.path().join("out"));
    // Each sentence with the labels that count.
    let duties = [
        (
            "You report to the program manager, who owns program governance.",
            "",
        ),
        ("You plan the project schedule.", "project"),
        ("The product owner maintains the product backlog.", ""),
        (
            "Support the program manager in program governance.",
            "program",
        ),
    ];
    let text = duties.map(|(text, _)| text).join(" ");
    let posting = format!("id,title,description\n1,Project Manager,\"{text}\"\n");
    fs::write(&input, posting).unwrap();
    let output = rolecall()
        .args(["--quiet", "analyze"])
        .arg(&input)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let counted: Vec<(String, String)> = rows(&out.join("sentences.csv"))
        .iter()
        .map(|row| (row["text"].clone(), row["counted"].clone()))
        .collect();
    let wanted = duties.map(|(text, label)| (text.to_owned(), label.to_owned()));
    assert_eq!(counted, wanted);
    let document = &rows(&out.join("documents.csv"))[0];
    assert_eq!(document["share_product"], "0.000000");
}
