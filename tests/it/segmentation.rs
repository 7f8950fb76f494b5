//! Segmentation against cases as data, and against the published golden rules where they are present.

use std::path::Path;

use rolecall::document::{Markup, Structure, Unit};
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
                found.push(word.of(text));
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    units: Vec<String>,
    rules: Option<Vec<String>>,
    headings: Option<Vec<i64>>,
    columns: Option<Vec<i64>>,
    rows: Option<Vec<i64>>,
    intros: Option<Vec<i64>>,
    #[serde(default)]
    markdown: bool,
    known_limit: Option<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// What differs from the case, if anything.
fn difference(splitter: &Splitter, case: &Case) -> Option<String> {
    let mut structure = Structure::default();
    let markup = if case.markdown {
        Markup::Markdown
    } else {
        Markup::Text
    };
    splitter.structure(&case.text, markup, &mut Scratch::default(), &mut structure);
    let units = &structure.units;
    let shown = |unit: &Unit| format!("{}: {}", unit.kind.name(), unit.span.of(&case.text));
    let found: Vec<String> = units.iter().map(shown).collect();
    if found != case.units {
        return Some(format!("units {found:#?}"));
    }
    let uncertain = |unit: &Unit| if unit.uncertain { "?" } else { "" };
    let rules: Vec<String> = units
        .iter()
        .map(|unit| format!("{}{}", unit.rule, uncertain(unit)))
        .collect();
    if case
        .rules
        .as_ref()
        .is_some_and(|expected| *expected != rules)
    {
        return Some(format!("rules {rules:?}"));
    }
    type Link = fn(&Unit) -> Option<u32>;
    let links: [(&str, &Option<Vec<i64>>, Link); 4] = [
        ("headings", &case.headings, |unit| unit.heading),
        ("columns", &case.columns, |unit| unit.column),
        ("rows", &case.rows, |unit| unit.row),
        ("intros", &case.intros, |unit| unit.intro),
    ];
    for (name, expected, link) in links {
        let found: Vec<i64> = units
            .iter()
            .map(|unit| link(unit).map_or(-1, i64::from))
            .collect();
        if expected.as_ref().is_some_and(|expected| *expected != found) {
            return Some(format!("{name} {found:?}"));
        }
    }
    None
}

#[test]
fn cases_hold_and_known_limits_do_not() {
    let cases: Cases =
        toml::from_str(include_str!("../../fixtures/cases/segmentation.toml")).unwrap();
    let splitter = Splitter::default();
    let mut wrong = Vec::new();
    for case in &cases.case {
        match (difference(&splitter, case), &case.known_limit) {
            (Some(difference), None) => wrong.push(format!("{}: {difference}", case.name)),
            (None, Some(limit)) => {
                wrong.push(format!("{}: no limit any more ({limit})", case.name));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
