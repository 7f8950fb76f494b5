//! Segmentation against cases as data, and against the published golden rules where they are present.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;

use rolecall::document::{Markup, Structure};
use rolecall::span::Span;
use rolecall::text::{Scratch, Splitter, words};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

#[derive(Deserialize)]
struct Golden {
    id: u32,
    input: String,
    expected: Vec<String>,
}

fn spans<'t>(splitter: &Splitter, text: &'t str) -> Vec<&'t str> {
    let mut structure = Structure::default();
    splitter.structure(text, Markup::Text, &mut Scratch::default(), &mut structure);
    structure
        .units
        .iter()
        .map(|unit| unit.span.of(text))
        .collect()
}

#[test]
fn golden_rules_of_english_hold() {
    let path = Path::new("../shared/gold/golden_rules_en.json");
    let Ok(file) = std::fs::read(path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let rules: Vec<Golden> = serde_json::from_slice(&file).unwrap();
    let splitter = Splitter::default();
    let mut broken = Vec::new();
    for rule in &rules {
        let expected: Vec<&str> = rule.expected.iter().map(|part| part.trim()).collect();
        let found = spans(&splitter, &rule.input);
        if found != expected {
            broken.push(format!("{}: {found:?}", rule.id));
        }
    }
    assert!(
        broken.is_empty(),
        "{} of {}:\n{}",
        broken.len(),
        rules.len(),
        broken.join("\n")
    );
}

/// One document of `step`.
fn words_of_the_corpora(step: usize) {
    for name in ["pm_postings", "other_postings"] {
        let path = format!("../shared/corpora/{name}.csv");
        let Ok(mut rows) = csv::Reader::from_path(&path) else {
            println!("skipped: {path} is absent");
            continue;
        };
        for row in rows.records().step_by(step) {
            let row = row.unwrap();
            let text = &row[3];
            let mut found = Vec::new();
            words::for_each(text, Span::new(0..text.len()), |word| {
                found.push(word.of(text))
            });
            let expected: Vec<&str> = text.unicode_words().collect();
            assert!(found == expected, "{}", &row[0]);
        }
    }
}

#[test]
fn words_of_the_corpora_are_those_of_the_crate() {
    words_of_the_corpora(40);
}

#[test]
#[ignore = "slow without optimisation"]
fn every_word_of_the_corpora_is_that_of_the_crate() {
    words_of_the_corpora(1);
}
