//! The phrases of a unit: two to four words that stand together and that no match touches.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::{Break, Token};
use crate::lexicon::folded;
use crate::span::Span;

/// Words of the shortest and the longest phrase.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;

/// Words with which no phrase begins or ends.
#[derive(Clone, Debug)]
pub struct StopWords(BTreeSet<&'static str>);

impl StopWords {
    /// The list that ships with the tool.
    pub fn built_in() -> StopWords {
        StopWords(include_str!("stop_words.txt").split_whitespace().collect())
    }
}

/// A phrase in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The same for the same folded words.
    pub number: u64,
    /// From its first word to its last.
    pub span: Span,
}

/// The words of one unit, ready to be put together; used again for every unit.
#[derive(Clone, Debug, Default)]
pub struct PhraseWords {
    words: Vec<String>,
}

impl PhraseWords {
    /// Calls `found` with each phrase of the unit whose words are `tokens`, unless it touches one of `covered`.
    pub fn each(
        &mut self,
        text: &str,
        tokens: &[Token],
        covered: &[Span],
        stop: &StopWords,
        mut found: impl FnMut(Phrase),
    ) {
        self.words.clear();
        self.words
            .extend(tokens.iter().map(|token| folded(token.span.of(text))));
        let touched = |span: Span| {
            covered
                .iter()
                .any(|other| other.start < span.end && span.start < other.end)
        };
        for first in 0..tokens.len() {
            if !self.is_edge(first, stop) {
                continue;
            }
            for length in LENGTHS {
                let last = first + length - 1;
                if last >= tokens.len() || tokens[last].before != Break::None {
                    break;
                }
                let span = Span {
                    start: tokens[first].span.start,
                    end: tokens[last].span.end,
                };
                if touched(span) {
                    break;
                }
                if self.is_edge(last, stop) {
                    // The keys are fixed: numbers are the same on every run.
                    let mut hasher = DefaultHasher::new();
                    self.words[first..=last].hash(&mut hasher);
                    found(Phrase {
                        number: hasher.finish(),
                        span,
                    });
                }
            }
        }
    }

    /// Whether a phrase may begin or end with the word.
    fn is_edge(&self, at: usize, stop: &StopWords) -> bool {
        let word = self.words[at].as_str();
        word.chars().any(char::is_alphabetic) && word.chars().count() > 1 && !stop.0.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, Scratch};

    fn phrases(text: &str, covered: &str) -> Vec<String> {
        let lexicon = Lexicon::builtin().expect("has no mistakes");
        let mut tokens = Vec::new();
        let whole = Span::new(0..text.len());
        lexicon.tokenize(text, whole, &mut tokens, &mut Scratch::default());
        let at = text.find(covered).expect("is there");
        let covered = [Span::new(at..at + covered.len())];
        let covered = if covered[0].is_empty() {
            &[]
        } else {
            &covered[..]
        };
        let mut found = Vec::new();
        PhraseWords::default().each(text, &tokens, covered, &StopWords::built_in(), |phrase| {
            found.push(phrase.span.of(text).to_owned());
        });
        found
    }

    #[test]
    fn phrases_end_at_marks_and_stop_words() {
        assert_eq!(
            phrases("Run the town hall, ship it", ""),
            ["Run the town", "Run the town hall", "town hall"]
        );
    }

    #[test]
    fn nothing_that_an_entry_covers_is_a_phrase() {
        assert_eq!(
            phrases("Own pricing models and vendor onboarding", "pricing models"),
            ["vendor onboarding"]
        );
    }

    #[test]
    fn a_phrase_has_one_number_in_any_case() {
        let number = |text: &str| {
            let lexicon = Lexicon::builtin().expect("has no mistakes");
            let mut tokens = Vec::new();
            lexicon.tokenize(
                text,
                Span::new(0..text.len()),
                &mut tokens,
                &mut Scratch::default(),
            );
            let mut numbers = Vec::new();
            let stop = StopWords::built_in();
            PhraseWords::default().each(text, &tokens, &[], &stop, |phrase| {
                numbers.push(phrase.number);
            });
            numbers
        };
        assert_eq!(number("Vendor Onboarding"), number("vendor onboarding"));
        assert_ne!(number("vendor onboarding"), number("onboarding vendor"));
    }
}
