//! `rolecall explain`: one text, what it says, and why.

use std::io::Read;
use std::path::Path;

use crate::analyze::{AnalyzeOptions, Analyzer};
use crate::document::{Document, Genre, Markup};
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report;
use crate::run::worker::{Desk, Workshop};
use crate::text::{Lists, Splitter};

/// Explains `subject`: a file's path, `-` for standard input, or a text.
///
/// # Errors
///
/// [`Error::Usage`] where the file or standard input cannot be read as text.
pub fn explain(
    subject: &str,
    title: &str,
    genre: Genre,
    lexicon: &Lexicon,
    lists: Lists,
    color: bool,
) -> Result<String, Error> {
    let document = Document {
        id: "text".into(),
        title: title.into(),
        text: read(subject)?,
        genre,
        markup: if subject.ends_with(".md") {
            Markup::Markdown
        } else {
            Markup::Text
        },
        ..Document::default()
    };
    let options = AnalyzeOptions::default();
    let workshop = Workshop::new(Splitter::new(lists), Analyzer::new(lexicon, options), false);
    let mut desk = Desk::default();
    let analysis = workshop
        .analyze(&document, &mut desk)
        .map_err(|problem| Error::Usage(problem.reason))?;
    Ok(report::explain(
        &document,
        &desk.structure,
        &analysis,
        lexicon,
        color,
    ))
}

fn read(subject: &str) -> Result<String, Error> {
    let bytes = if subject == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Error::Usage(format!("standard input cannot be read: {error}")))?;
        bytes
    } else if Path::new(subject).is_file() {
        std::fs::read(subject)
            .map_err(|error| Error::Usage(format!("{subject} cannot be read: {error}")))?
    } else {
        return Ok(subject.to_owned());
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::Usage(format!(
            "{subject} is not UTF-8 text (byte {at}); convert it, or use analyze"
        ))
    })
}
