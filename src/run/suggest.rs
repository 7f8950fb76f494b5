//! `rolecall lexicon suggest`: a corpus → phrases typical of each declared role that no entry covers.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;

use rustc_hash::FxHashSet;

use crate::analyze::{Analysis, AnalyzeOptions, Analyzer, TaggedUnit, ZoneSet};
use crate::document::{Document, Structure, Unit, UnitKind};
use crate::error::Error;
use crate::lexicon::{Hit, Lexicon, Owner, Scratch};
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
    let finder = Finder::new(lexicon, &stop);
    let look = |document: &Document, structure: &Structure, analysis: &Analysis| {
        let mut phrases: Vec<(u64, u64)> = Vec::new();
        finder.each((document, structure, analysis), |phrase, unit| {
            phrases.push((
                sentence_number(unit.content.of(&document.text)),
                phrase.number,
            ));
        });
        (group(analysis.declared), phrases)
    };
    let mut tally = PhraseTally::default();
    let mut known: FxHashSet<u64> = FxHashSet::default();
    let count = |(group, phrases): (usize, Vec<(u64, u64)>)| {
        // A sentence that an employer puts into every posting says nothing of the role.
        let new = phrases
            .iter()
            .filter(|(sentence, _)| !known.contains(sentence));
        let mut numbers: Vec<u64> = new.map(|(_, phrase)| *phrase).collect();
        numbers.sort_unstable();
        numbers.dedup();
        tally.add(group, &numbers);
        known.extend(phrases.iter().map(|(sentence, _)| *sentence));
        Ok(())
    };
    let lost = visit(corpus, &workshop, problems, look, count)?;
    let keys = Role::SINGLE.map(|role| {
        let mut keys = tally.keys(role, config.min_documents);
        keys.truncate(config.per_role * SPARE);
        keys
    });
    let examples = examples(corpus, &workshop, &finder, &keys)?;
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
    finder: &Finder<'_>,
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
        finder.each((document, structure, analysis), |phrase, unit| {
            let known = found.iter().any(|(number, ..)| *number == phrase.number);
            if !known && wanted.binary_search(&phrase.number).is_ok() {
                let shown = |span: Span| one_line(span.of(&document.text)).into_owned();
                let words = shown(phrase.span).to_lowercase();
                found.push((phrase.number, words, shown(unit.content)));
            }
        });
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
        let padded = padded(phrase);
        let says_the_same = |other: &Suggestion| {
            let other = self::padded(&other.phrase);
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

/// The words with a space before and behind each, so that one phrase is looked for in another by whole words.
fn padded(phrase: &str) -> String {
    let words = phrase.split(|c: char| c == '-' || c == '/' || c.is_whitespace());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// The same number for the same sentence in any case.
fn sentence_number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.to_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// Finds phrases in documents.
struct Finder<'l> {
    lexicon: &'l Lexicon,
    stop: &'l StopWords,
    /// The names of the roles, which are no work.
    names: [Option<u32>; 3],
    not_content: Option<u32>,
}

impl<'l> Finder<'l> {
    fn new(lexicon: &'l Lexicon, stop: &'l StopWords) -> Finder<'l> {
        Finder {
            lexicon,
            stop,
            names: Role::SINGLE.map(|role| lexicon.cue(&format!("role.{role}"))),
            not_content: lexicon.cue("not_content"),
        }
    }

    /// Calls `found` with each phrase of the units that could count and hold no `not_content`; phrases that an
    /// entry or the name of a role touches are left out.
    fn each(
        &self,
        (document, structure, analysis): (&Document, &Structure, &Analysis),
        mut found: impl FnMut(Phrase, &Unit),
    ) {
        let (mut tokens, mut scratch) = (Vec::new(), Scratch::default());
        let (mut words, mut covered) = (PhraseWords::default(), Vec::new());
        for (unit, tagged) in structure.units.iter().zip(&analysis.units) {
            if !could_count(unit, tagged) {
                continue;
            }
            tokens.clear();
            self.lexicon
                .tokenize(&document.text, unit.content, &mut tokens, &mut scratch);
            self.lexicon.find(&tokens, &mut scratch);
            if scratch
                .hits()
                .iter()
                .any(|hit| self.is(hit, &[self.not_content]))
            {
                continue;
            }
            covered.clear();
            let touching = scratch
                .hits()
                .iter()
                .filter(|hit| matches!(hit.owner, Owner::Entry(_)) || self.is(hit, &self.names));
            covered.extend(touching.map(|hit| {
                let (first, last) = (
                    tokens[hit.first as usize].span,
                    tokens[hit.last as usize].span,
                );
                Span {
                    start: first.start,
                    end: last.end,
                }
            }));
            words.each(&document.text, &tokens, &covered, self.stop, |phrase| {
                found(phrase, unit);
            });
        }
    }

    fn is(&self, hit: &Hit, cues: &[Option<u32>]) -> bool {
        matches!(hit.owner, Owner::Cue(cue) if cues.contains(&Some(cue)))
    }
}

fn could_count(unit: &Unit, tagged: &TaggedUnit) -> bool {
    let is_text = !matches!(unit.kind, UnitKind::Heading | UnitKind::Reference);
    is_text && tagged.repeat_of.is_none() && ZoneSet::COUNTED.contains(tagged.zone)
}
