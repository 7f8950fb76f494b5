//! `rolecall lexicon suggest`: a corpus → phrases typical of each declared role that no entry covers.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use crate::analyze::{Analysis, AnalyzeOptions, Analyzer, TaggedUnit, ZoneSet};
use crate::document::{Document, Structure, Unit, UnitKind};
use crate::error::Error;
use crate::lexicon::{Lexicon, Scratch};
use crate::report::{Suggestion, one_line};
use crate::role::Role;
use crate::run::visit::{Corpus, visit};
use crate::run::worker::Workshop;
use crate::span::Span;
use crate::suggest::{Key, Phrase, PhraseTally, PhraseWords, StopWords, group};
use crate::text::{Lists, Splitter};

/// Phrases looked at for each one shown: many say the same as a better one.
const SPARE: usize = 6;

/// Sentences shown for each phrase.
const EXAMPLES: usize = 3;

/// What can be set about `suggest`.
#[derive(Clone, Copy, Debug)]
pub struct SuggestConfig {
    /// Phrases for each role.
    pub per_role: usize,
    /// Documents of the role that must hold a phrase.
    pub min_documents: u32,
}

/// Reads the corpus twice, to count and to find examples, and returns the suggestions, role by role.
///
/// # Errors
///
/// [`Error::Usage`] where an input cannot be read, or is standard input, which cannot be read twice.
pub fn suggest(
    corpus: &Corpus,
    config: SuggestConfig,
    lexicon: &Lexicon,
    lists: Lists,
    problems: &mut impl Write,
) -> Result<(Vec<Suggestion>, u64), Error> {
    if corpus.inputs.iter().any(|input| input == Path::new("-")) {
        let reason = "lexicon suggest reads its input twice; give a file, not -";
        return Err(Error::Usage(reason.into()));
    }
    let options = AnalyzeOptions::default();
    let workshop = Workshop::new(Splitter::new(lists), Analyzer::new(lexicon, options), false);
    let stop = StopWords::built_in();
    let look = |document: &Document, structure: &Structure, analysis: &Analysis| {
        let mut phrases = Vec::new();
        let found = |phrase: Phrase, _: &Unit| phrases.push(phrase.number);
        each_phrase((document, structure, analysis), lexicon, &stop, found);
        phrases.sort_unstable();
        phrases.dedup();
        (group(analysis.declared), phrases)
    };
    let mut tally = PhraseTally::default();
    let count = |(group, phrases): (usize, Vec<u64>)| {
        tally.add(group, &phrases);
        Ok(())
    };
    let lost = visit(corpus, &workshop, problems, look, count)?;
    let keys = Role::SINGLE.map(|role| {
        let mut keys = tally.keys(role, config.min_documents);
        keys.truncate(config.per_role * SPARE);
        keys
    });
    let examples = examples(corpus, &workshop, lexicon, &stop, &keys)?;
    let mut suggestions = Vec::new();
    for (role, keys) in Role::SINGLE.into_iter().zip(&keys) {
        suggestions.extend(chosen(role, keys, &examples, config.per_role));
    }
    Ok((suggestions, lost))
}

/// Words of a phrase and sentences that hold it, by role and number.
type Examples = BTreeMap<(usize, u64), (String, Vec<String>)>;

fn examples(
    corpus: &Corpus,
    workshop: &Workshop<'_>,
    lexicon: &Lexicon,
    stop: &StopWords,
    keys: &[Vec<Key>; 3],
) -> Result<Examples, Error> {
    let wanted: [Vec<u64>; 3] = std::array::from_fn(|role| {
        let mut numbers: Vec<u64> = keys[role].iter().map(|key| key.phrase).collect();
        numbers.sort_unstable();
        numbers
    });
    let look = |document: &Document, structure: &Structure, analysis: &Analysis| {
        let group = group(analysis.declared);
        let mut found: Vec<(u64, String, String)> = Vec::new();
        let Some(wanted) = wanted.get(group) else {
            return (group, found);
        };
        each_phrase(
            (document, structure, analysis),
            lexicon,
            stop,
            |phrase, unit| {
                let known = found.iter().any(|(number, ..)| *number == phrase.number);
                if !known && wanted.binary_search(&phrase.number).is_ok() {
                    let shown = |span: Span| one_line(span.of(&document.text)).into_owned();
                    found.push((
                        phrase.number,
                        shown(phrase.span).to_lowercase(),
                        shown(unit.content),
                    ));
                }
            },
        );
        (group, found)
    };
    let mut examples = Examples::new();
    let keep = |(group, found): (usize, Vec<(u64, String, String)>)| {
        for (number, phrase, text) in found {
            let (_, texts) = examples
                .entry((group, number))
                .or_insert((phrase, Vec::new()));
            if texts.len() < EXAMPLES && !texts.contains(&text) {
                texts.push(text);
            }
        }
        Ok(())
    };
    // The first reading has told of every problem.
    visit(corpus, workshop, &mut std::io::sink(), look, keep)?;
    Ok(examples)
}

/// The best phrases of a role, none within another.
fn chosen(role: Role, keys: &[Key], examples: &Examples, most: usize) -> Vec<Suggestion> {
    let mut chosen: Vec<Suggestion> = Vec::new();
    for key in keys {
        let Some((phrase, texts)) = examples.get(&(role as usize, key.phrase)) else {
            continue;
        };
        let padded = format!(" {phrase} ");
        let says_the_same = |other: &Suggestion| {
            let other = format!(" {} ", other.phrase);
            other.contains(&padded) || padded.contains(&other)
        };
        if chosen.len() < most && !chosen.iter().any(says_the_same) {
            chosen.push(Suggestion {
                role,
                phrase: phrase.clone(),
                key: *key,
                examples: texts.clone(),
            });
        }
    }
    chosen
}

/// Calls `found` with the phrases of the units that could count.
fn each_phrase(
    (document, structure, analysis): (&Document, &Structure, &Analysis),
    lexicon: &Lexicon,
    stop: &StopWords,
    mut found: impl FnMut(Phrase, &Unit),
) {
    let (mut tokens, mut scratch, mut words) =
        (Vec::new(), Scratch::default(), PhraseWords::default());
    for (unit, tagged) in structure.units.iter().zip(&analysis.units) {
        if !could_count(unit, tagged) {
            continue;
        }
        tokens.clear();
        lexicon.tokenize(&document.text, unit.content, &mut tokens, &mut scratch);
        let covered: Vec<Span> = analysis
            .matches_of(tagged)
            .iter()
            .map(|found| found.span)
            .collect();
        words.each(&document.text, &tokens, &covered, stop, |phrase| {
            found(phrase, unit)
        });
    }
}

fn could_count(unit: &Unit, tagged: &TaggedUnit) -> bool {
    let is_text = !matches!(unit.kind, UnitKind::Heading | UnitKind::Reference);
    is_text && tagged.repeat_of.is_none() && ZoneSet::COUNTED.contains(tagged.zone)
}
