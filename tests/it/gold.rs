//! Agreement of `rolecall tag --whole` with the project's own coded units (`fixtures/gold/units.csv`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Seek, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Each label and the least F1 it may have: what was measured, less some 0.03. Raise them with the lexicons.
const FLOORS: [(&str, f64); 4] = [
    ("product", 0.92),
    ("project", 0.92),
    ("program", 0.95),
    ("shared", 0.96),
];
/// The least mean F1 of the three roles.
const MACRO_FLOOR: f64 = 0.92;

type Labels = BTreeMap<String, BTreeSet<String>>;

/// The text and the labels of each unit by its uid.
fn gold() -> (BTreeMap<String, String>, Labels) {
    let (mut texts, mut labels) = (BTreeMap::new(), Labels::new());
    for row in csv::Reader::from_path("fixtures/gold/units.csv")
        .unwrap()
        .records()
    {
        let row = row.unwrap();
        texts.insert(row[0].to_owned(), row[2].to_owned());
        let coded = row[3].split('+').filter(|label| *label != "none");
        labels.insert(row[0].to_owned(), coded.map(str::to_owned).collect());
    }
    (texts, labels)
}

/// What the binary tags each text with. Input is a file, so that no pipe can fill up.
fn tagged(texts: &BTreeMap<String, String>) -> Labels {
    let mut input: File = tempfile::tempfile().unwrap();
    for (id, text) in texts {
        writeln!(input, "{}", json!({ "id": id, "text": text })).unwrap();
    }
    input.rewind().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .args(["tag", "--whole"])
        .stdin(Stdio::from(input))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", output.status);
    let mut labels = Labels::new();
    for line in std::str::from_utf8(&output.stdout).unwrap().lines() {
        let unit: Value = serde_json::from_str(line).unwrap();
        let tags = unit["tags"].as_array().unwrap().iter();
        let id = unit["id"].as_str().unwrap().to_owned();
        let tags = tags.map(|tag| tag.as_str().unwrap().to_owned()).collect();
        assert!(labels.insert(id, tags).is_none(), "one unit each: {line}");
    }
    labels
}

/// Precision, recall and F1 of one label.
#[allow(clippy::cast_precision_loss)] // some hundred units
fn agreement(label: &str, coded: &Labels, tagged: &Labels) -> (f64, f64, f64) {
    let (mut both, mut only_coded, mut only_tagged) = (0_usize, 0_usize, 0_usize);
    for (id, wanted) in coded {
        match (wanted.contains(label), tagged[id].contains(label)) {
            (true, true) => both += 1,
            (true, false) => only_coded += 1,
            (false, true) => only_tagged += 1,
            (false, false) => {}
        }
    }
    let share = |rest: usize| both as f64 / (both + rest).max(1) as f64;
    let f1 = 2.0 * both as f64 / (2 * both + only_coded + only_tagged).max(1) as f64;
    (share(only_tagged), share(only_coded), f1)
}

#[test]
fn tags_agree_with_the_coded_units() {
    let (texts, coded) = gold();
    let tagged = tagged(&texts);
    assert_eq!(texts.len(), tagged.len(), "one object per record");
    for (id, text) in &texts {
        if coded[id] != tagged[id] {
            println!(
                "{id} coded {:?}, tagged {:?}: {text}",
                coded[id], tagged[id]
            );
        }
    }
    let figures = FLOORS.map(|(label, floor)| {
        let (precision, recall, f1) = agreement(label, &coded, &tagged);
        println!("{label:8} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}");
        (label, f1, floor)
    });
    let macro_f1 = figures[..3].iter().map(|(_, f1, _)| f1).sum::<f64>() / 3.0;
    println!(
        "mean F1 of the three roles {macro_f1:.3}; {} units",
        texts.len()
    );
    for (label, f1, floor) in figures {
        assert!(f1 >= floor, "{label}: F1 {f1:.3} is below {floor}");
    }
    assert!(
        macro_f1 >= MACRO_FLOOR,
        "mean F1 {macro_f1:.3} is below {MACRO_FLOOR}"
    );
}
