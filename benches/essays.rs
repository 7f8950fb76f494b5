//! Speed of checking essays, single-threaded: `cargo bench --bench essays`.
//!
//! A thousand essays made from those of `fixtures/essays`, paragraphs in another order each time.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use rolecall::analyze::{AnalyzeOptions, Analyzer, Scratch};
use rolecall::document::{Document, Genre, Markup, Structure};
use rolecall::lexicon::Lexicon;
use rolecall::text::{self, Splitter};

const ESSAYS: usize = 1000;

fn main() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir("fixtures/essays")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let essays: Vec<Document> = (0..ESSAYS)
        .map(|at| {
            let mut paragraphs: Vec<&str> = texts[at % texts.len()].split("\n\n").collect();
            let turn = at / texts.len() % paragraphs.len();
            paragraphs.rotate_left(turn);
            Document {
                text: paragraphs.join("\n\n"),
                genre: Genre::Essay,
                ..Document::default()
            }
        })
        .collect();
    let lexicon = Lexicon::builtin().unwrap();
    let analyzer = Analyzer::new(&lexicon, AnalyzeOptions::default());
    let splitter = Splitter::default();
    let (mut pieces, mut scratch) = (text::Scratch::default(), Scratch::default());
    let mut structure = Structure::default();
    let mut counts = Vec::new();
    let bytes: usize = essays.iter().map(|essay| essay.text.len()).sum();
    for _ in 0..3 {
        let start = Instant::now();
        let mut claims = 0;
        for essay in &essays {
            splitter.structure(&essay.text, Markup::Text, &mut pieces, &mut structure);
            claims += analyzer
                .analyze(essay, &structure, &mut scratch)
                .claims
                .len();
        }
        let seconds = start.elapsed().as_secs_f64();
        let speed = bytes as f64 / seconds / 1e6;
        println!(
            "{ESSAYS} essays, {bytes} bytes, {claims} claims: {seconds:.2} s, {speed:.1} MB/s"
        );
        counts.push(claims);
    }
    assert!(counts[0] > ESSAYS && counts.iter().all(|count| *count == counts[0]));
}
