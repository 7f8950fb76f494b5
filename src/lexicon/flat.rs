//! Entries as plain words and gaps, for tools that do not know the lexicon language.

use super::Lexicon;
use super::expand::Sequence;
use super::pattern::Term;

/// The patterns of an entry, and what they cannot say by themselves.
#[derive(Clone, Debug)]
pub struct FlatEntry {
    /// Index into [`Lexicon::entries`].
    pub entry: usize,
    /// Every sequence of words that its patterns stand for.
    pub sequences: Vec<FlatSequence>,
    /// Whether guards or conditions decide over its matches.
    pub is_guarded: bool,
    /// Whether it gives way to other labels.
    pub yields: bool,
}

/// Words in a fixed order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatSequence {
    /// The words.
    pub words: Vec<FlatWord>,
    /// Whether it must begin or end its unit.
    pub is_anchored: bool,
}

/// One word: any of `forms`, or any that begins with one of `prefixes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatWord {
    /// How many other words may stand before it.
    pub gap: u8,
    /// Folded words in every inflection and spelling, sorted.
    pub forms: Vec<String>,
    /// Beginnings of folded words.
    pub prefixes: Vec<String>,
}

impl Lexicon {
    /// All entries, flattened, in their order.
    pub fn flat(&self) -> Vec<FlatEntry> {
        let entries = self.built.units.rules.iter().take(self.entries.len());
        let flat = entries.enumerate().map(|(entry, rule)| FlatEntry {
            entry,
            sequences: rule
                .patterns
                .iter()
                .flat_map(|pattern| pattern.sequences.iter())
                .map(|sequence| self.flat_sequence(sequence))
                .collect(),
            is_guarded: !(rule.unless.is_empty()
                && rule.unless_in_unit.is_empty()
                && rule.only_in_unit.is_empty()),
            yields: !rule.yields_to.is_empty(),
        });
        flat.collect()
    }

    /// The words that patterns look through (*the*, *our*), sorted.
    pub fn look_through(&self) -> impl Iterator<Item = &str> {
        self.built.words.look_through.iter().map(String::as_str)
    }

    fn flat_sequence(&self, sequence: &Sequence) -> FlatSequence {
        let words = sequence.elements.iter().map(|element| {
            let (mut forms, mut prefixes) = (Vec::new(), Vec::new());
            for term in element.terms.iter() {
                match term {
                    Term::Plain(word) => forms.extend(self.built.words.forms(word)),
                    Term::Exact(word) => forms.push(word.to_string()),
                    Term::Prefix(beginning) => prefixes.push(beginning.to_string()),
                }
            }
            forms.sort();
            forms.dedup();
            FlatWord {
                gap: element.gap,
                forms,
                prefixes,
            }
        });
        FlatSequence {
            words: words.collect(),
            is_anchored: sequence.begin.is_some() || sequence.end.is_some(),
        }
    }
}
