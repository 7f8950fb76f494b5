use super::*;
use crate::analyze::{AnalyzeOptions, Analyzer, Scratch};
use crate::document::{Document, Genre, Markup, Structure};
use crate::text::{Scratch as TextScratch, Splitter};

/// The name of each unit's zone.
fn zones(text: &str, genre: Genre) -> Vec<&'static str> {
    let lexicon = Lexicon::builtin().expect("the built-in lexicon is sound");
    let analyzer = Analyzer::new(&lexicon, AnalyzeOptions::default());
    let mut structure = Structure::default();
    Splitter::default().structure(
        text,
        Markup::Text,
        &mut TextScratch::default(),
        &mut structure,
    );
    let document = Document {
        text: text.to_owned(),
        genre,
        ..Document::default()
    };
    let analysis = analyzer.analyze(&document, &structure, &mut Scratch::default());
    analysis.units.iter().map(|unit| unit.zone.name()).collect()
}

fn posting(text: &str) -> Vec<&'static str> {
    zones(text, Genre::Posting)
}

#[test]
fn a_heading_lasts_until_the_next_that_says_a_zone() {
    let text = "Responsibilities:\n- Own the product roadmap.\n- Talk to the bakers.\n\nBread Ovens:\n- Mind the heat.\n\nQualifications:\n- A calm mind.";
    let expected = ["duties"; 5].into_iter().chain(["requirements"; 2]);
    assert_eq!(posting(text), expected.collect::<Vec<_>>());
}

#[test]
fn cues_correct_single_units_below_a_heading() {
    let text = "Requirements:\n- Five years of experience in retail.\n- A calm mind.\n\nWe are an equal opportunity employer.\n\nDental insurance and paid holidays are included.";
    assert_eq!(
        posting(text),
        [
            "requirements",
            "requirements",
            "requirements",
            "legal",
            "benefits"
        ]
    );
}

#[test]
fn labelled_text_leaves_the_counted_zones_only_under_a_heading() {
    let text = "We are an equal opportunity employer.\n\nYou own the product roadmap and the product backlog.";
    assert_eq!(posting(text), ["legal", "duties"]);
    let text = "Benefits:\n- Own the product roadmap.";
    assert_eq!(posting(text), ["benefits", "benefits"]);
}

#[test]
fn a_heading_without_a_zone_has_that_of_the_text_below() {
    let text = "Job Description\n\nWe bake bread for the whole street.\n\nResponsibilities:\n- Own the product roadmap.";
    assert_eq!(posting(text), ["about", "about", "duties", "duties"]);
    let text = "Job Description\n\nLead the bakers every morning.";
    assert_eq!(posting(text), ["duties", "duties"]);
}

#[test]
fn hiring_talk_is_about_the_employer_even_where_it_names_work() {
    let text = "The bakery is looking for a baker to own the product roadmap and to join the team.";
    assert_eq!(posting(text), ["about"]);
}

#[test]
fn text_without_headings_and_cues_is_unzoned() {
    assert_eq!(posting("The sun rises in the east."), [""]);
}

#[test]
fn hash_tags_are_in_no_zone() {
    assert_eq!(
        posting("Benefits:\n- Free lunch.\n\n#LI-Remote"),
        ["benefits", "benefits", ""]
    );
}

#[test]
fn essays_have_no_zones() {
    let text = "Responsibilities:\n- Own the product roadmap.";
    assert_eq!(zones(text, Genre::Essay), ["", ""]);
}
