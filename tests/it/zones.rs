//! Zones of real postings, judged by reading before the rules were written (`tests/data/zones.csv`).

use std::collections::HashMap;
use std::path::Path;

use rolecall::analyze::{AnalyzeOptions, Analyzer, Scratch};
use rolecall::document::{Document, Markup, Structure};
use rolecall::lexicon::Lexicon;
use rolecall::text::{Scratch as TextScratch, Splitter};

#[test]
fn zones_agree_with_readers() {
    let corpus = Path::new("../shared/corpora/pm_postings.csv");
    if !corpus.exists() {
        println!("skipped: {} is absent", corpus.display());
        return;
    }
    let mut judged: HashMap<String, Vec<(u32, String)>> = HashMap::new();
    for row in csv::Reader::from_path("tests/data/zones.csv")
        .unwrap()
        .records()
    {
        let row = row.unwrap();
        let unit = (row[1].parse().unwrap(), row[3].to_owned());
        judged.entry(row[0].to_owned()).or_default().push(unit);
    }
    let lexicon = Lexicon::builtin().unwrap();
    let analyzer = Analyzer::new(&lexicon, AnalyzeOptions::default());
    let splitter = Splitter::default();
    let (mut right, mut all) = (0, 0);
    for row in csv::Reader::from_path(corpus).unwrap().records() {
        let row = row.unwrap();
        let Some(units) = judged.get(&row[0]) else {
            continue;
        };
        let document = Document {
            title: row[1].to_owned(),
            text: row[3].to_owned(),
            ..Document::default()
        };
        let mut structure = Structure::default();
        splitter.structure(
            &document.text,
            Markup::Text,
            &mut TextScratch::default(),
            &mut structure,
        );
        let analysis = analyzer.analyze(&document, &structure, &mut Scratch::default());
        for (start, zone) in units {
            let at = structure
                .units
                .iter()
                .position(|unit| unit.span.start == *start);
            let found = at.map(|at| analysis.units[at].zone.name());
            let expected = if zone == "none" { "" } else { zone.as_str() };
            right += usize::from(found == Some(expected));
            all += 1;
        }
    }
    println!("{right} of {all} units agree");
    assert!(right as f64 >= AGREEMENT * all as f64, "{right} of {all}");
}

/// The share of units that must agree.
const AGREEMENT: f64 = 0.90;
