//! Places in real postings where two sentences or items may be glued together, judged by hand before the tool ran
//! (`docs/evidence/joins*.csv`: id, offset, verdict; drawn by `docs/evidence/draw_joins.py`).

use std::collections::HashMap;
use std::path::Path;

use rolecall::document::{Markup, Structure};
use rolecall::text::{Scratch, Splitter};

/// Cut, where a unit begins at the place or in the marks directly before it.
fn is_cut(text: &str, structure: &Structure, at: usize) -> bool {
    let glued =
        text[..at].trim_end_matches(|mark: char| !mark.is_alphanumeric() && !mark.is_whitespace());
    let first = if glued.ends_with(char::is_whitespace) {
        at
    } else {
        glued.len() + 1
    };
    let starts = |unit: &rolecall::document::Unit| unit.span.start as usize;
    structure
        .units
        .iter()
        .any(|unit| (first.min(at)..=at).contains(&starts(unit)))
}

/// Share of joins that are cut and of other places that are cut; `None` without the corpus.
fn measure(verdicts: &str) -> Option<(f64, f64)> {
    let corpus = Path::new("../shared/corpora/pm_postings.csv");
    if !corpus.exists() {
        println!("skipped: {} is absent", corpus.display());
        return None;
    }
    let mut texts = HashMap::new();
    for row in csv::Reader::from_path(corpus).unwrap().records() {
        let row = row.unwrap();
        texts.insert(row[0].to_owned(), row[3].to_owned());
    }
    let splitter = Splitter::default();
    let (mut scratch, mut structure) = (Scratch::default(), Structure::default());
    let (mut joins, mut joins_cut, mut others, mut others_cut) = (0, 0, 0, 0);
    for row in csv::Reader::from_path(verdicts).unwrap().records() {
        let row = row.unwrap();
        let text = &texts[&row[0]];
        let at: usize = row[1].parse().unwrap();
        splitter.structure(text, Markup::Text, &mut scratch, &mut structure);
        let cut = is_cut(text, &structure, at);
        let join = &row[2] == "join";
        if join != cut {
            println!("{} {at}: judged {}, cut: {cut}", &row[0], &row[2]);
        }
        joins += usize::from(join);
        joins_cut += usize::from(join && cut);
        others += usize::from(!join);
        others_cut += usize::from(!join && cut);
    }
    println!("{verdicts}: {joins_cut} of {joins} joins cut, {others_cut} of {others} others cut");
    Some((
        joins_cut as f64 / joins as f64,
        others_cut as f64 / others as f64,
    ))
}

#[test]
fn joins_are_cut_and_names_are_not() {
    if let Some((cut, wrong)) = measure("docs/evidence/joins.csv") {
        assert!(
            cut >= 0.95 && wrong <= 0.02,
            "{cut} of the joins, {wrong} of the others"
        );
    }
}

/// Judged after the rules were frozen and before their cuts were looked at; the rules were not changed for it.
#[test]
fn held_out_joins_are_cut_and_names_are_not() {
    if let Some((cut, wrong)) = measure("docs/evidence/joins_held_out.csv") {
        assert!(
            cut >= 0.90 && wrong <= 0.02,
            "{cut} of the joins, {wrong} of the others"
        );
    }
}
