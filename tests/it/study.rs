//! A study written down in `rolecall.toml`, and two reports compared.

use std::fs;
use std::path::Path;

use crate::util::{corpus, files, rolecall, stderr};

/// Runs a command in a folder and returns its exit code, standard output and standard error.
fn run_in(folder: &Path, words: &str) -> (i32, String, String) {
    let output = rolecall()
        .current_dir(folder)
        .args(words.split_whitespace())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code().unwrap(), said, stderr(&output))
}

#[test]
fn a_study_file_stands_for_flags_and_flags_win() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    fs::write(folder.join("postings.csv"), corpus(60)).unwrap();
    fs::create_dir(folder.join("elsewhere")).unwrap();
    let file = "inputs = [\"postings.csv\"]\nout = \"report\"\nkeep = [\"country\"]\nmin-units = 4\nsensitivity = true\nquiet = true\n";
    fs::write(folder.join("rolecall.toml"), file).unwrap();
    let (code, _, said) = run_in(folder, "analyze");
    assert_eq!(code, 0, "{said}");
    let by_file = files(&folder.join("report"));
    let flags = "analyze postings.csv --out flags --keep country --min-units 4 --sensitivity --quiet --no-config";
    assert_eq!(run_in(folder, flags).0, 0);
    assert!(by_file == files(&folder.join("flags")));
    let (_, dump, _) = run_in(folder, "analyze --min-units 5 --dump-config");
    for line in [
        "min-units = 5",
        "sensitivity = true",
        "keep = [\"country\"]",
        "min-share = 0.4",
    ] {
        assert!(dump.lines().any(|other| other == line), "{line}: {dump}");
    }
    // What is printed is a study file, and says the same; paths are seen from its folder.
    fs::write(folder.join("other.toml"), dump).unwrap();
    let (code, again, said) = run_in(
        &folder.join("elsewhere"),
        "analyze --config ../other.toml --dump-config",
    );
    assert_eq!(code, 0, "{said}");
    assert!(
        again.contains("min-units = 5") && again.contains("../postings.csv"),
        "{again}"
    );
}

#[test]
fn mistakes_in_a_study_file_are_told() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("rolecall.toml");
    for (text, expected) in [
        ("min_units = 3\n", "there is no setting \"min_units\""),
        ("sensitivity = 3\n", "sensitivity: give true or false"),
        ("out = [\n", "rolecall.toml"),
    ] {
        fs::write(&file, text).unwrap();
        let (code, _, said) = run_in(place.path(), "analyze x.csv --out y");
        assert_eq!(code, 2);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn init_writes_a_file_that_changes_nothing_until_it_is_edited() {
    let place = tempfile::tempdir().unwrap();
    let (code, _, said) = run_in(place.path(), "init");
    assert_eq!(code, 0, "{said}");
    let text = fs::read_to_string(place.path().join("rolecall.toml")).unwrap();
    assert!(
        text.contains("# min-units = 3\n") && text.contains("# inputs = []\n"),
        "{text}"
    );
    assert!(
        text.lines()
            .all(|line| line.is_empty() || line.starts_with('#'))
    );
    assert_eq!(
        run_in(place.path(), "init").0,
        2,
        "an existing file is kept"
    );
    // Every setting can be uncommented as it stands, but for texts that are then empty.
    let settings = text
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.contains(" = "));
    let set: Vec<&str> = settings
        .filter(|line| !line.ends_with("\"\"") && !line.ends_with("[]"))
        .collect();
    fs::write(place.path().join("rolecall.toml"), set.join("\n")).unwrap();
    fs::write(place.path().join("postings.csv"), corpus(5)).unwrap();
    let (code, _, said) = run_in(place.path(), "analyze postings.csv --out report");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn compare_says_what_differs_and_why() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let text = corpus(60);
    fs::write(folder.join("postings.csv"), &text).unwrap();
    let words = "analyze postings.csv --quiet --out";
    assert_eq!(run_in(folder, &format!("{words} first")).0, 0);
    assert_eq!(run_in(folder, &format!("{words} again")).0, 0);
    let (code, said, _) = run_in(folder, "compare first again");
    assert_eq!((code, said.as_str()), (0, "the reports say the same\n"));
    let changed = text.replacen(
        "Own the product roadmap and the product vision.",
        "Water the plants.",
        1,
    );
    fs::write(
        folder.join("postings.csv"),
        changed.lines().take(50).collect::<Vec<_>>().join("\n"),
    )
    .unwrap();
    let _ = run_in(folder, &format!("{words} second --min-units 1"));
    let (code, said, _) = run_in(folder, "compare first second");
    assert_eq!(code, 1);
    for expected in [
        "input: postings.csv has other bytes",
        "configuration.thresholds.min_units: 3 → 1",
        "in the first only",
        "product → none: Water the plants.",
        " × none: ",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}
