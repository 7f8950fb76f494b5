//! What is asked for beyond the default tables; reports made again, checked and guarded.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::util::{corpus, files, rolecall, rows, stderr};

const EVERYTHING: &[&str] = &[
    "--bootstrap",
    "--dedup",
    "--sensitivity",
    "--svg",
    "--group-by",
    "country",
    "--seed",
    "7",
];

/// Runs a command with these words and paths.
fn command(words: &[&str], paths: &[&Path]) -> Output {
    rolecall()
        .args(words)
        .args(paths)
        .arg("--quiet")
        .output()
        .unwrap()
}

/// A corpus of some hundred postings, analysed with these arguments.
fn analyzed(place: &Path, name: &str, args: &[&str]) -> PathBuf {
    let input = place.join("postings.csv");
    if !input.exists() {
        fs::write(&input, corpus(500)).unwrap();
    }
    let out = place.join(name);
    let usual = [
        "analyze",
        "--keep",
        "country",
        "--min-units",
        "1",
        "--min-responsibilities",
        "5",
    ];
    let words = [&usual, args].concat();
    let output = command(&words, &[&input, Path::new("--out"), &out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    out
}

fn same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(*bytes == b[name], "{name} differs");
    }
}

#[test]
fn everything_asked_for_is_the_same_on_any_threads_and_parts() {
    let place = tempfile::tempdir().unwrap();
    let whole = files(&analyzed(place.path(), "whole", EVERYTHING));
    // The workbook needs a feature, the corrected matrix a file; they have tests of their own.
    let wanted = rolecall::report::OUTPUTS
        .iter()
        .filter(|output| output.name != "workbook" && output.name != "confusion_corrected");
    assert_eq!(whole.len(), wanted.count() + 2);
    let threads = analyzed(place.path(), "threads", &[EVERYTHING, &["-j8"]].concat());
    same(&whole, &files(&threads));
    let parts: Vec<PathBuf> = ["1/3", "2/3", "3/3"]
        .iter()
        .map(|part| {
            analyzed(
                place.path(),
                &part.replace('/', "of"),
                &[EVERYTHING, &["--part", part]].concat(),
            )
        })
        .collect();
    let merged = place.path().join("merged");
    let mut paths: Vec<&Path> = parts.iter().map(PathBuf::as_path).collect();
    paths.extend([Path::new("--out"), &merged]);
    let output = command(&["merge"], &paths);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    same(&whole, &files(&merged));
}

#[test]
fn a_report_made_again_is_the_same_and_can_be_asked_for_more() {
    let place = tempfile::tempdir().unwrap();
    let plain = analyzed(place.path(), "plain", &[]);
    let before = files(&plain);
    fs::write(plain.join("notes.txt"), "mine").unwrap();
    let output = command(&["report"], &[&plain]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut again = files(&plain);
    assert_eq!(again.remove("notes.txt"), Some(b"mine".to_vec()));
    same(&before, &again);
    let everything = files(&analyzed(place.path(), "everything", EVERYTHING));
    let output = command(&[&["report"], EVERYTHING].concat(), &[&plain]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut more = files(&plain);
    more.remove("notes.txt");
    same(&everything, &more);
}

#[test]
fn asked_tables_add_up() {
    let place = tempfile::tempdir().unwrap();
    let out = analyzed(place.path(), "out", EVERYTHING);
    let documents = rows(&out.join("documents.csv"));
    let whole = rows(&out.join("confusion.csv"));
    let groups = rows(&out.join("groups_confusion.csv"));
    let number = |text: &String| text.parse::<f64>().unwrap();
    for cell in whole.iter().filter(|cell| cell["documents"] != "0") {
        let of = |row: &&BTreeMap<String, String>| {
            row["declared_role"] == cell["declared_role"]
                && row["content_role"] == cell["content_role"]
        };
        let sum: f64 = groups
            .iter()
            .filter(of)
            .map(|row| number(&row["documents"]))
            .sum();
        assert_eq!(sum, number(&cell["documents"]));
        let [low, share, high] = ["boot_low", "share", "boot_high"].map(|name| number(&cell[name]));
        assert!(low <= share && share <= high, "{cell:?}");
        assert_eq!(cell["clusters"], "500");
    }
    let repeats = rows(&out.join("duplicates.csv"));
    let later = repeats
        .iter()
        .filter(|row| row["document_id"] != row["first_document_id"])
        .count();
    assert!(later > 0 && repeats.iter().all(|row| number(&row["similarity"]) >= 0.8));
    let once: f64 = whole
        .iter()
        .map(|cell| number(&cell["dedup_documents"]))
        .sum();
    assert_eq!(once, (documents.len() - later) as f64);
    let moves = rows(&out.join("sensitivity.csv"));
    assert!(moves.iter().any(|row| row["lost"] != "0"));
    for row in &moves {
        let without = number(&row["documents"]) + number(&row["gained"]) - number(&row["lost"]);
        let change = number(&row["share_without"]) - number(&row["share"]);
        assert!(
            without >= 0.0 && (change - number(&row["change"])).abs() < 2e-6,
            "{row:?}"
        );
    }
}

#[test]
fn few_clusters_get_the_reason_instead_of_an_interval() {
    let place = tempfile::tempdir().unwrap();
    let out = analyzed(place.path(), "out", &["--cluster", "country"]);
    for row in rows(&out.join("overlap.csv")) {
        assert_eq!((row["ci_low"].as_str(), row["clusters"].as_str()), ("", ""));
        assert!(
            row["reason"].starts_with("4 clusters are too few"),
            "{row:?}"
        );
    }
    let refused = command(&["report", "--cluster", "employer"], &[&out]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        stderr(&refused).contains("--keep employer"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn verify_finds_what_was_changed() {
    let place = tempfile::tempdir().unwrap();
    let out = analyzed(place.path(), "out", &["--sensitivity"]);
    let verified = |code: i32| {
        let output = command(&["verify"], &[&out]);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(verified(0), "");
    let table = out.join("documents.csv");
    let text = fs::read_to_string(&table).unwrap();
    // A document that spoke for nobody now speaks for product.
    fs::write(&table, text.replacen(",none,", ",product,", 1)).unwrap();
    let found = verified(1);
    for expected in ["documents.csv: ", "confusion.csv: the rows"] {
        assert!(found.contains(expected), "{found}");
    }
    let refused = command(&["report"], &[&out]);
    assert!(
        stderr(&refused).contains("changed after the report was made"),
        "{}",
        stderr(&refused)
    );
    fs::write(&table, text).unwrap();
    fs::remove_file(out.join("keyness.csv")).unwrap();
    assert!(verified(1).contains("keyness.csv: "));
}

#[test]
fn shares_are_corrected_by_an_evaluation() {
    let place = tempfile::tempdir().unwrap();
    let evaluation = place.path().join("evaluation");
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold/units.csv");
    let output = command(&["evaluate", "--out"], &[&evaluation, &gold]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let file = evaluation.join("evaluation.json");
    let out = analyzed(
        place.path(),
        "out",
        &["--bootstrap", "--evaluation", file.to_str().unwrap()],
    );
    let number = |text: &String| text.parse::<f64>().unwrap();
    let corrected = rows(&out.join("prevalence.csv"));
    let row = corrected
        .iter()
        .find(|row| row["declared_role"] == "product" && row["label"] == "product")
        .unwrap();
    let [share, sensitivity, specificity] =
        ["share", "sensitivity", "specificity"].map(|name| number(&row[name]));
    let wanted = (share + specificity - 1.0) / (sensitivity + specificity - 1.0);
    assert!(
        (number(&row["corrected"]) - wanted.clamp(0.0, 1.0)).abs() < 1e-5,
        "{row:?}"
    );
    assert!(number(&row["corrected_low"]) <= number(&row["corrected"]));
}

#[test]
fn the_matrix_is_corrected_by_coded_documents() {
    let place = tempfile::tempdir().unwrap();
    let out = analyzed(place.path(), "out", &[]);
    let documents = rows(&out.join("documents.csv"));
    // People agree with the tool, but for every third of what it calls project, which they call program.
    let mut coded = String::from("document_id;content_role\n");
    let mut projects = 0;
    for row in documents
        .iter()
        .filter(|row| row["declared_role"] != "other")
    {
        let tool = row["content_role"].as_str();
        projects += usize::from(tool == "project");
        let people = if tool == "project" && projects % 3 == 0 {
            "program"
        } else {
            tool
        };
        coded.push_str(&format!("{};{people}\n", row["document_id"]));
    }
    let file = place.path().join("coded.csv");
    fs::write(&file, &coded).unwrap();
    let report = |text: &str| {
        fs::write(&file, text).unwrap();
        command(&["report", "--coded"], &[&file, &out])
    };
    let output = report(&coded);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(command(&["verify"], &[&out]).status.code(), Some(0));
    let corrected = rows(&out.join("confusion_corrected.csv"));
    let number = |row: &BTreeMap<String, String>, name: &str| row[name].parse::<f64>().unwrap();
    let mut moved = 0.0;
    for row in &corrected {
        if row["declared_role"] == "other" {
            assert!(row["corrected"].is_empty() && row["note"].starts_with("no document is coded"));
            continue;
        }
        // All are coded, so the estimate is what people say.
        let wanted = number(row, "coded") / number(row, "row_total");
        assert!((number(row, "corrected") - wanted).abs() < 2e-6, "{row:?}");
        assert!(number(row, "ci_low") <= wanted + 1e-6 && wanted - 1e-6 <= number(row, "ci_high"));
        moved += (wanted - number(row, "share")).abs();
    }
    assert!(moved > 0.1, "the matrix is corrected");
    for (wrong, said) in [
        (
            "document_id,content_role\np1,nurse\n",
            "row 1: content_role \"nurse\" is none of product",
        ),
        (
            "document_id,content_role\np1,none\np1,none\n",
            "row 2: p1 is coded twice",
        ),
        (
            "document_id,role\np1,none\n",
            "there is no column content_role",
        ),
        (
            "document_id,content_role\nelsewhere,none\n",
            "1 coded documents are not in the report, such as elsewhere",
        ),
    ] {
        let output = report(wrong);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

#[test]
fn documents_set_aside_for_their_language_stay_so() {
    let place = tempfile::tempdir().unwrap();
    let french = "Vous serez responsable de la feuille de route du produit et de la vision, avec les équipes de la société.";
    let text = format!(
        "{}f1,Chef de produit,\"{french} {french}\",c9\n",
        corpus(60)
    );
    fs::write(place.path().join("postings.csv"), text).unwrap();
    let out = analyzed(place.path(), "out", EVERYTHING);
    let documents = rows(&out.join("documents.csv"));
    let aside = documents
        .iter()
        .filter(|row| row["content_role"].is_empty())
        .count();
    assert_eq!((documents.len(), aside), (61, 1));
    let before = files(&out);
    let output = command(&[&["report"], EVERYTHING].concat(), &[&out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    same(&before, &files(&out));
    assert_eq!(command(&["verify"], &[&out]).status.code(), Some(0));
}

#[test]
fn a_formula_in_a_posting_is_inert() {
    let place = tempfile::tempdir().unwrap();
    let input = place.path().join("in.csv");
    let posting = "id,title,text,city\n=1+1,=HYPERLINK(\"x\"),\"Own the product roadmap.\n=HYPERLINK(\"\"http://x\"\")\n@home\",-3\n";
    fs::write(&input, posting).unwrap();
    let out = place.path().join("out");
    let words = ["analyze", "--csv-safe", "--keep", "city", "--bootstrap"];
    let output = command(&words, &[&input, Path::new("--out"), &out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for (name, bytes) in files(&out)
        .iter()
        .filter(|(name, _)| name.ends_with(".csv"))
    {
        assert!(bytes.starts_with("\u{feff}".as_bytes()), "{name}");
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let header = reader.headers().unwrap().clone();
        for row in reader.records().map(Result::unwrap) {
            for (column, cell) in header.iter().zip(&row) {
                let number = cell.parse::<f64>().is_ok();
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@']),
                    "{name} {column}: {cell}"
                );
            }
        }
    }
    let document = &rows(&out.join("documents.csv"))[0];
    assert_eq!(
        (document["document_id"].as_str(), document["city"].as_str()),
        ("'=1+1", "'-3")
    );
    let before = files(&out);
    let output = command(&["report", "--bootstrap"], &[&out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    same(&before, &files(&out));
    assert_eq!(command(&["verify"], &[&out]).status.code(), Some(0));
}
