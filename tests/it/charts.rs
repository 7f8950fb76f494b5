//! `--svg`: charts as files that stand alone, with the numbers of the tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::util::{corpus, rows, run, stderr};

const CHARTS: [&str; 6] = [
    "confusion",
    "profiles",
    "prevalence",
    "overlap",
    "shared",
    "distinctive",
];

/// Analyses a corpus with the charts; its name would be markup if it were not escaped.
fn analyzed(place: &Path, more: &[&str]) -> impl Fn(&str) -> String {
    let (input, out) = (place.join("a<b&c.csv"), place.join("report"));
    fs::write(&input, corpus(600)).unwrap();
    let paths = [input.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = run(
        &[&["analyze", "--quiet", "--svg"], more, &paths].concat(),
        "",
    );
    assert!(output.status.success(), "{}", stderr(&output));
    move |name| fs::read_to_string(out.join(name)).unwrap()
}

/// The texts of an SVG file with their class, in order. It must be well-formed.
fn texts(svg: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut texts = Vec::new();
    let (mut class, mut inside, mut open) = (String::new(), String::new(), 0);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                open += 1;
                for attribute in start.attributes() {
                    let attribute = attribute.expect("well-formed attributes");
                    if start.name().as_ref() == "text" && attribute.key.as_ref() == "class" {
                        class = attribute.value.into_owned();
                    }
                }
                inside.clear();
            }
            Event::Text(text) => inside.push_str(&text.into_inner()),
            Event::End(end) => {
                open -= 1;
                if end.name().as_ref() == "text" {
                    texts.push((class.clone(), inside.clone()));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "an element is not closed");
    texts
}

/// The texts of one class.
fn of<'a>(texts: &'a [(String, String)], class: &str) -> Vec<&'a str> {
    let own = texts.iter().filter(|(other, _)| other == class);
    own.map(|(_, text)| text.as_str()).collect()
}

fn percent(row: &BTreeMap<String, String>, column: &str) -> String {
    let percent = 100.0 * row[column].parse::<f64>().unwrap();
    match percent > 0.0 && percent < 0.95 {
        true => format!("{percent:.1}\u{a0}%"),
        false => format!("{percent:.0}\u{a0}%"),
    }
}

#[test]
fn every_chart_stands_alone() {
    let place = tempfile::tempdir().unwrap();
    let file = analyzed(place.path(), &[]);
    for chart in CHARTS {
        let svg = file(&format!("{chart}.svg"));
        let texts = texts(&svg);
        assert_eq!(of(&texts, "title").len(), 1, "{chart} has a heading");
        assert!(
            svg.contains("a&#60;b&#38;c.csv"),
            "{chart} names its source"
        );
        assert!(svg.contains("fill=\"#ffffff\""), "{chart} has a background");
        for foreign in ["var(", "href", "url(", "@import"] {
            assert!(!svg.contains(foreign), "{chart} needs {foreign}");
        }
    }
    let manifest = file("manifest.json");
    assert!(
        CHARTS
            .iter()
            .all(|chart| manifest.contains(&format!("\"{chart}.svg\"")))
    );
}

#[test]
fn charts_have_the_numbers_of_the_tables() {
    let place = tempfile::tempdir().unwrap();
    let file = analyzed(place.path(), &["--bootstrap"]);
    let table = |name: &str| rows(&place.path().join("report").join(name));

    let mut confusion = table("confusion.csv");
    confusion.retain(|row| row["row_total"] != "0");
    let drawn = texts(&file("confusion.svg"));
    let shares: Vec<String> = confusion.iter().map(|row| percent(row, "share")).collect();
    assert_eq!(of(&drawn, "small middle"), shares);
    let counts: Vec<&str> = confusion
        .iter()
        .map(|row| row["documents"].as_str())
        .collect();
    let confused = table("roles.csv");
    let confused = confused
        .iter()
        .filter(|row| !row["role_confusion"].is_empty());
    let confused: Vec<String> = confused.map(|row| percent(row, "role_confusion")).collect();
    let mut big = of(&drawn, "big middle");
    big.retain(|text| !text.ends_with('%'));
    assert_eq!(big, counts);
    let mut big = of(&drawn, "big middle");
    big.retain(|text| text.ends_with('%'));
    assert_eq!(big, confused);

    let mut prevalence = table("prevalence.csv");
    prevalence.retain(|row| ["product", "project", "program"].contains(&&*row["declared_role"]));
    let wanted: Vec<String> = prevalence
        .iter()
        .map(|row| {
            let [low, high] = ["ci_low", "ci_high"].map(|name| percent(row, name));
            let low = low.trim_end_matches("\u{a0}%");
            format!("{} ({low}–{high})", percent(row, "share"))
        })
        .collect();
    assert_eq!(of(&texts(&file("prevalence.svg")), "small end"), wanted);

    let entries = table("responsibilities.csv");
    let wanted: usize = entries
        .iter()
        .filter(|row| {
            let rate = |role: &str| row[&format!("rate_{role}")].parse::<f64>().unwrap();
            ["product", "project", "program"]
                .into_iter()
                .any(|role| rate(role) >= 0.05)
        })
        .count();
    let drawn = texts(&file("overlap.svg"));
    let sum: usize = of(&drawn, "big middle")
        .iter()
        .map(|text| text.parse::<usize>().unwrap())
        .sum();
    assert_eq!(sum, wanted);
}
