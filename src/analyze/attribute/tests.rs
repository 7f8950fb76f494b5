//! Runs `fixtures/cases/attribution.toml`: one passage, its claims and stance.

use serde::Deserialize;

use crate::analyze::{Analysis, AnalyzeOptions, Analyzer, Scratch, Stance};
use crate::document::{Document, Genre, Markup, Structure};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::text::{self, Splitter};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rule: String,
    text: String,
    target: Option<String>,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    stance: String,
}

/// The claims and stances of the units that lie mostly in `target`.
fn said(analysis: &Analysis, structure: &Structure, target: Span) -> (Vec<String>, Vec<Stance>) {
    let (mut claims, mut stances) = (Vec::new(), Vec::new());
    for (unit, tagged) in structure.units.iter().zip(&analysis.units) {
        if !target.overlaps(unit.span)
            || !(target.contains(unit.span) || unit.span.contains(target))
        {
            continue;
        }
        stances.push(tagged.stance);
        claims.extend(analysis.claims_of(tagged).iter().map(|claim| {
            format!(
                "{}>{}:{}",
                claim.role,
                claim.attribution.to.name(),
                claim.verdict.name()
            )
        }));
    }
    claims.sort();
    claims.dedup();
    (claims, stances)
}

#[test]
fn cases_hold() {
    let cases: Cases =
        toml::from_str(include_str!("../../../fixtures/cases/attribution.toml")).unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let analyzer = Analyzer::new(&lexicon, AnalyzeOptions::default());
    let splitter = Splitter::default();
    let (mut pieces, mut scratch) = (text::Scratch::default(), Scratch::default());
    let mut failures = Vec::new();
    for case in &cases.case {
        let document = Document {
            text: case.text.clone(),
            genre: Genre::Essay,
            ..Document::default()
        };
        let mut structure = Structure::default();
        splitter.structure(&case.text, Markup::Text, &mut pieces, &mut structure);
        let analysis = analyzer.analyze(&document, &structure, &mut scratch);
        let target = case.target.as_deref().unwrap_or(&case.text);
        let start = case
            .text
            .find(target)
            .expect("the target stands in the text");
        let (claims, stances) = said(
            &analysis,
            &structure,
            Span::new(start..start + target.len()),
        );
        let mut wanted = case.claims.clone();
        wanted.sort();
        let stance = Stance::ALL
            .into_iter()
            .find(|stance| stance.name() == case.stance);
        let agrees = match stance {
            None => true,
            Some(Stance::None) => stances.iter().all(|found| *found == Stance::None),
            Some(stance) => stances.contains(&stance),
        };
        let only_stance = case.claims.is_empty() && stance.is_some();
        if !agrees || (claims != wanted && !only_stance) {
            failures.push(format!(
                "{}: {}\n  wanted {wanted:?} {stance:?}\n  found  {claims:?} {stances:?}",
                case.rule, case.text
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} cases fail:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
