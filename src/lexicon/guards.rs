//! Whether the guards of a rule let a match of it pass.

use super::classes::Classes;
use super::expand::Sequence;
use super::matcher::{Found, MAX_SPAN, Matcher};
use super::pattern::Term;
use super::rules::{Rule, Rules};
use super::signature::Signature;
use super::unit::{UnitWords, Word};

/// The guards of some rules. They are looked for only in units where a rule that has guards matches.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards {
    /// Those that are more than a word; the pattern is the index of the guard.
    phrases: Matcher,
    classes: Classes,
    /// Those that are single words, rule by rule.
    words: Vec<GuardWords>,
}

/// The guards of a rule that are single words, as classes.
#[derive(Clone, Copy, Debug)]
struct GuardWords {
    unless: u32,
    unless_in_unit: u32,
    only_in_unit: u32,
}

/// A match of a guard that is more than a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GuardMatch {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) guard: u32,
}

/// What guards look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GuardedUnit<'a> {
    pub(crate) words: &'a [Word],
    /// The signature of the words.
    pub(crate) present: u64,
    /// Sorted.
    pub(crate) matches: &'a [GuardMatch],
}

impl Guards {
    /// The guards of `rules`; `ids` tells the word ids of a term.
    pub(crate) fn new<'i>(rules: &Rules, ids: impl Fn(&Term) -> &'i [u32]) -> Guards {
        let (mut single, mut phrases) = (Vec::new(), Vec::new());
        for guard in &rules.guards {
            let (alone, rest): (Vec<_>, Vec<_>) =
                guard.sequences.iter().cloned().partition(is_word);
            let terms = alone
                .iter()
                .flat_map(|sequence| sequence.elements[0].terms.iter());
            single.push(terms.flat_map(&ids).copied().collect::<Vec<u32>>());
            phrases.push(rest);
        }
        let mut classes = Classes::default();
        let mut union = |guards: &[u32]| {
            let words = guards.iter().flat_map(|guard| &single[*guard as usize]);
            classes.add(words.copied().collect())
        };
        let words = rules.rules.iter().map(|rule| GuardWords {
            unless: union(&rule.unless),
            unless_in_unit: union(&rule.unless_in_unit),
            only_in_unit: union(&rule.only_in_unit),
        });
        Guards {
            words: words.collect(),
            classes,
            phrases: Matcher::new(phrases.iter().map(Vec::as_slice), ids),
        }
    }

    /// The classes of words that stand in the guards.
    pub(crate) fn classes(&self) -> [&Classes; 2] {
        [self.phrases.classes(), &self.classes]
    }

    /// Makes the guards ready; see [`Matcher::file`].
    pub(crate) fn file(&mut self, weights: &[u64], signature: &Signature) {
        self.classes.sign(signature);
        self.phrases.file(weights, signature);
    }

    /// Fills `matches` with those of the phrases in a unit, sorted; `found` is scratch memory.
    pub(crate) fn find(
        &self,
        unit: &UnitWords,
        found: &mut Vec<Found>,
        matches: &mut Vec<GuardMatch>,
    ) {
        found.clear();
        self.phrases.find(unit, found);
        matches.clear();
        matches.extend(found.iter().map(|found| GuardMatch {
            first: found.first,
            last: found.last,
            guard: found.pattern,
        }));
        matches.sort_unstable();
    }

    /// Whether the guards of a rule let `found` pass.
    pub(crate) fn pass(
        &self,
        rules: &Rules,
        rule: u32,
        found: &Found,
        unit: &GuardedUnit<'_>,
    ) -> bool {
        let words = self.words[rule as usize];
        let rule = &rules.rules[rule as usize];
        (rule.only_in_unit.is_empty()
            || self.anywhere(&rule.only_in_unit, words.only_in_unit, unit))
            && !self.anywhere(&rule.unless_in_unit, words.unless_in_unit, unit)
            && !self.touching(rule, words.unless, found, unit)
    }

    /// Whether one of `guards`, of which `words` are the single words, matches in the unit.
    fn anywhere(&self, guards: &[u32], words: u32, unit: &GuardedUnit<'_>) -> bool {
        if guards.is_empty() {
            return false;
        }
        let phrase = |found: &GuardMatch| guards.binary_search(&found.guard).is_ok();
        let word = |word: &Word| self.classes.holds(words, word);
        let maybe = self.classes.bits(words) & unit.present != 0;
        maybe && unit.words.iter().any(word) || unit.matches.iter().any(phrase)
    }

    /// Whether a guard's match shares a word with `found`.
    fn touching(&self, rule: &Rule, words: u32, found: &Found, unit: &GuardedUnit<'_>) -> bool {
        let own = &unit.words[found.first as usize..=found.last as usize];
        let earliest = found.first.saturating_sub(MAX_SPAN as u32);
        let near = &unit.matches[unit.matches.partition_point(|other| other.first < earliest)..];
        let mut near = near.iter().take_while(|other| other.first <= found.last);
        near.any(|other| {
            found.first <= other.last && rule.unless.binary_search(&other.guard).is_ok()
        }) || own.iter().any(|word| self.classes.holds(words, word))
    }
}

/// Whether a sequence is one word, wherever it stands.
fn is_word(sequence: &Sequence) -> bool {
    sequence.elements.len() == 1 && sequence.begin.is_none() && sequence.end.is_none()
}
