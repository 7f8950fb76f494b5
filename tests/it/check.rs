//! `rolecall check` from outside: formats, exit codes, tables and pseudonyms.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::util::{files, rolecall, rows, run, stderr};

const ESSAY: &str = "The product manager owns the product roadmap.\n\
                     In our school the product manager tracks the project budget.\n\
                     A product manager and a project manager are one and the same job.\n";

fn essay(place: &Path) -> String {
    let path = place.join("Anna Berg.txt");
    fs::write(&path, ESSAY).unwrap();
    path.to_str().unwrap().to_owned()
}

fn check(args: &[&str]) -> String {
    let output = rolecall().arg("check").args(args).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn people_get_the_sentence_with_its_evidence_underlined() {
    let place = tempfile::tempdir().unwrap();
    let text = check(&[&essay(place.path())]);
    let under = |needle: &str| {
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.contains(needle)).unwrap();
        let column = lines[at].find(needle).unwrap();
        lines[at + 1][column..].to_owned()
    };
    assert!(text.contains("Anna Berg.txt:2:1"), "{text}");
    assert!(
        under("tracks the project budget").starts_with("^^^^^^"),
        "{text}"
    );
    assert!(
        under("product manager tracks").starts_with("---------------"),
        "{text}"
    );
    assert!(text.contains("reads as if"), "{text}");
    assert!(
        text.ends_with("1 essay: 1 mix-up in 2 claims, 1 equation (1 consistent)\n"),
        "{text}"
    );
    assert!(!text.contains('\x1b'), "no colours but on a terminal");
}

#[test]
fn json_csv_and_json_lines_say_the_same() {
    let place = tempfile::tempdir().unwrap();
    let path = essay(place.path());
    let lines = check(&[&path, "--all", "--format", "jsonl"]);
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let array: Vec<Value> =
        serde_json::from_str(&check(&[&path, "--all", "--format", "json"])).unwrap();
    assert_eq!(lines, array);
    assert_eq!(lines.len(), 3);
    let claim = &lines[1]["claims"][0];
    assert_eq!(claim["verdict"], "mix_up");
    let at = |key: &str| claim[key].as_u64().unwrap() as usize;
    assert_eq!(&ESSAY[at("role_start")..at("role_end")], "product manager");
    let table = check(&[&path, "--format", "csv"]);
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.contains(",mix_up,project,product,"), "{table}");
}

#[test]
fn sarif_has_what_the_schema_requires() {
    let place = tempfile::tempdir().unwrap();
    let sarif: Value =
        serde_json::from_str(&check(&[&essay(place.path()), "--format", "sarif"])).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules: Vec<&Value> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| &rule["id"])
        .collect();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert!(rules.contains(&&result["ruleId"]), "{result}");
        assert!(result["message"]["text"].is_string(), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "Anna%20Berg.txt");
        assert!(place["region"]["startLine"].as_u64() > Some(1), "{result}");
    }
}

#[test]
fn a_mix_up_is_told_by_the_exit_code_where_asked() {
    let place = tempfile::tempdir().unwrap();
    let path = essay(place.path());
    let code = |args: &[&str]| {
        rolecall()
            .args(["check", &path])
            .args(args)
            .output()
            .unwrap()
            .status
            .code()
    };
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "mix-up"]), Some(1));
    assert_eq!(code(&["--fail-on", "none"]), Some(0));
    let clean = "{\"id\":\"a\",\"text\":\"The project manager tracks the project budget.\"}\n";
    let output = run(
        &["check", "--fail-on", "mix-up", "--format", "jsonl"],
        clean,
    );
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

#[test]
fn tables_add_up_and_hold_no_names_under_pseudonyms() {
    let place = tempfile::tempdir().unwrap();
    let path = essay(place.path());
    let (out, map) = (place.path().join("out"), place.path().join("map.csv"));
    let (out_name, map_name) = (out.to_str().unwrap(), map.to_str().unwrap());
    let args = [path.as_str(), "--out", out_name, "--pseudonyms", map_name];
    let text = check(&args);
    assert!(!text.contains("Anna"), "{text}");
    for (name, bytes) in files(&out) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Anna"), "{name}");
    }
    let essays = rows(&out.join("essays.csv"));
    let claims = rows(&out.join("claims.csv"));
    let stated = claims
        .iter()
        .filter(|row| !row["verdict"].is_empty())
        .count();
    assert_eq!(essays[0]["claims"], stated.to_string());
    assert_eq!(
        (&*essays[0]["mix_up"], &*essays[0]["mix_up_share"]),
        ("1", "0.500000")
    );
    assert_eq!(rows(&out.join("mixups.csv")).len(), 2);
    let code = rows(&map)[0]["code"].clone();
    assert_eq!(essays[0]["document_id"], code);
    check(&args);
    assert_eq!(rows(&out.join("essays.csv"))[0]["document_id"], code);
}

#[test]
fn doubtful_claims_can_be_left_out() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("essay.txt");
    fs::write(
        &path,
        "The product manager is busy. She tracks the project budget.\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(check(&[path, "--format", "jsonl"]).lines().count(), 1);
    assert_eq!(
        check(&[path, "--format", "jsonl", "--min-confidence", "medium"])
            .lines()
            .count(),
        1
    );
    assert_eq!(
        check(&[path, "--format", "jsonl", "--min-confidence", "high"])
            .lines()
            .count(),
        0
    );
}
