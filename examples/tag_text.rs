//! Tags one text with the library: `cargo run --example tag_text`.

use rolecall::analyze::{AnalyzeOptions, Analyzer, Scratch};
use rolecall::document::{Document, Markup, Structure};
use rolecall::lexicon::Lexicon;
use rolecall::text::{self, Lists, Splitter};

#[allow(clippy::print_stdout)]
fn main() -> Result<(), rolecall::error::Error> {
    let lexicon = Lexicon::builtin()?;
    let document = Document {
        text: "You own the product roadmap. You track the project budget.".into(),
        ..Document::default()
    };
    let mut structure = Structure::default();
    let splitter = Splitter::new(Lists::built_in());
    splitter.structure(
        &document.text,
        Markup::Text,
        &mut text::Scratch::default(),
        &mut structure,
    );
    let analyzer = Analyzer::new(&lexicon, AnalyzeOptions::default());
    let analysis = analyzer.analyze(&document, &structure, &mut Scratch::default());
    for (unit, tagged) in structure.units.iter().zip(&analysis.units) {
        println!(
            "{:<10} {}",
            tagged.tags.to_string(),
            unit.content.of(&document.text)
        );
    }
    Ok(())
}
