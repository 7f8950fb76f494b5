//! A lexicon → the text of another tool's dictionary, and what that cannot say.

use super::{DictionaryFormat, liwc, quanteda, spacy};
use crate::lexicon::{FlatEntry, FlatSequence, Lexicon};

/// Phrases that one sequence may be written out to where a format has no alternatives.
const MOST_PHRASES: usize = 1024;

/// The dictionary, and one sentence for everything that it does not carry.
pub fn export(lexicon: &Lexicon, format: DictionaryFormat) -> (String, Vec<String>) {
    let flat = lexicon.flat();
    let mut notes = Vec::new();
    let (text, left_out) = match format {
        DictionaryFormat::Liwc => liwc::write(lexicon, &flat),
        DictionaryFormat::Quanteda => quanteda::write(lexicon, &flat),
        DictionaryFormat::Spacy => (spacy::write(lexicon, &flat), 0),
    };
    let count = |test: &dyn Fn(&FlatEntry) -> bool| flat.iter().filter(|entry| test(entry)).count();
    let guarded = count(&|entry| entry.is_guarded);
    let yielding = count(&|entry| entry.yields);
    let weak = lexicon.entries().iter().filter(|entry| entry.weak).count();
    let sequences = flat.iter().flat_map(|entry| &entry.sequences);
    let anchored = sequences
        .clone()
        .filter(|sequence| sequence.is_anchored)
        .count();
    for (count, what) in [
        (
            guarded,
            "entries lose their guards (unless, unless_in_unit, only_in_unit): they will match more",
        ),
        (
            yielding,
            "entries no longer yield to other labels: a text may get several",
        ),
        (
            weak,
            "weak entries count everywhere, not only under a heading of their role",
        ),
        (
            anchored,
            "sequences are no longer bound to the beginning or end of a unit",
        ),
        (
            left_out,
            "sequences are left out, for the format has no gaps, or they stand for too many phrases",
        ),
    ] {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    }
    notes.push(
        "not carried: labels of entries, sources, examples, cues, titles, clause marks; and that shared gives way to the roles".into(),
    );
    (text, notes)
}

/// Every phrase that a sequence stands for, words separated by a space, `*` for any ending; `None` where
/// there is a gap or there are too many.
pub(super) fn phrases(sequence: &FlatSequence) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    for word in &sequence.words {
        let choices = word.forms.len() + word.prefixes.len();
        if word.gap > 0 || all.len() * choices > MOST_PHRASES {
            return None;
        }
        let prefixes = word
            .prefixes
            .iter()
            .map(|beginning| format!("{beginning}*"));
        let choices: Vec<String> = word.forms.iter().cloned().chain(prefixes).collect();
        all = all
            .iter()
            .flat_map(|head| {
                let space = if head.is_empty() { "" } else { " " };
                choices
                    .iter()
                    .map(move |choice| format!("{head}{space}{choice}"))
            })
            .collect();
    }
    Some(all)
}
