//! Whether the guards of a rule let a match of it pass.
//!
//! Guards are looked for only where a rule that has them matches, and of all guards only those
//! of the rules that match: rules are told apart by one of 64 bits each.

use super::classes::{Class, Classes};
use super::expand::Sequence;
use super::matcher::{Matcher, Pending};
use super::pattern::Term;
use super::rules::{Rule, Rules};
use super::search::{Found, MAX_SPAN};
use super::signature::Signature;
use super::unit::UnitWords;

/// The guards of some rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards {
    /// Guard by guard the bits of the rules that have it.
    audiences: Vec<u64>,
    /// Those that are single words: three classes for each rule, in the order of [`GuardWords`].
    words: Classes,
    /// Rule by rule the single words.
    lists: Vec<GuardWords>,
}

/// The guards of a rule that are single words, as classes; set by [`Guards::sign`].
#[derive(Clone, Copy, Debug)]
struct GuardWords {
    unless: Class,
    unless_in_unit: Class,
    only_in_unit: Class,
    /// Whether the rule has guards of more than a word.
    has_phrases: bool,
}

/// A match of a guard that is more than a word, by its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GuardMatch {
    first: u32,
    last: u32,
    guard: u32,
}

/// Memory that is used again for every unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct GuardWork {
    /// Sorted.
    matches: Vec<GuardMatch>,
}

impl Guards {
    /// The guards of `rules`, and for each what of it is more than a word;
    /// `ids` tells the word ids of a term.
    pub(crate) fn new<'r, 'i>(
        rules: &'r Rules,
        ids: impl Fn(&Term) -> &'i [u32],
    ) -> (Guards, Vec<Vec<&'r Sequence>>) {
        let (mut single, mut phrases) = (Vec::new(), Vec::new());
        for guard in &rules.guards {
            let (alone, rest): (Vec<_>, Vec<_>) =
                guard.sequences.iter().partition(|one| is_word(one));
            let terms = alone
                .iter()
                .flat_map(|sequence| sequence.elements[0].terms.iter());
            single.push(terms.flat_map(&ids).copied().collect::<Vec<u32>>());
            phrases.push(rest);
        }
        let mut words = Classes::default();
        let mut union = |guards: &[u32]| {
            let all = guards.iter().flat_map(|guard| &single[*guard as usize]);
            words.add(all.copied().collect());
        };
        let mut audiences = vec![0; phrases.len()];
        let mut lists = Vec::new();
        for (rule, index) in rules.rules.iter().zip(0u32..) {
            let own = [&rule.unless, &rule.unless_in_unit, &rule.only_in_unit];
            let mut has_phrases = false;
            for guard in own.into_iter().flatten() {
                audiences[*guard as usize] |= bit_of(index);
                has_phrases |= !phrases[*guard as usize].is_empty();
            }
            own.into_iter().for_each(|guards| union(guards));
            lists.push(GuardWords {
                unless: Class::default(),
                unless_in_unit: Class::default(),
                only_in_unit: Class::default(),
                has_phrases,
            });
        }
        let guards = Guards {
            audiences,
            words,
            lists,
        };
        (guards, phrases)
    }

    /// The classes of the single words.
    pub(crate) fn classes(&self) -> &Classes {
        &self.words
    }

    /// Gives the single words their signature bits, which makes the guards ready.
    pub(crate) fn sign(&mut self, signature: &Signature) {
        self.words.sign(signature);
        for (list, first) in self.lists.iter_mut().zip((0u32..).step_by(3)) {
            list.unless = self.words.class(first);
            list.unless_in_unit = self.words.class(first + 1);
            list.only_in_unit = self.words.class(first + 2);
        }
    }

    /// The bit of a rule, where it needs [`Guards::find`] to decide.
    #[inline]
    pub(crate) fn audience(&self, rule: u32) -> u64 {
        let needed = self.lists[rule as usize].has_phrases;
        u64::from(needed) << (rule % 64)
    }

    /// Finds the guards of the rules of `audience` among those that `pending` of `matcher` may match.
    pub(crate) fn find(
        &self,
        matcher: &Matcher,
        unit: &UnitWords,
        pending: &[Pending],
        audience: u64,
        work: &mut GuardWork,
    ) {
        work.matches.clear();
        if audience == 0 {
            return;
        }
        let is_asked = |guard: u32| self.audiences[guard as usize] & audience != 0;
        matcher.find_guards(unit, pending, is_asked, |guard, found| {
            work.matches.push(GuardMatch {
                first: found.first,
                last: found.last,
                guard,
            });
        });
        work.matches.sort_unstable();
    }

    /// Whether the guards of a rule that look at the whole unit let its matches there pass;
    /// `index` is that of the rule.
    pub(crate) fn pass_unit(
        &self,
        rule: &Rule,
        index: u32,
        unit: &UnitWords,
        work: &GuardWork,
    ) -> bool {
        let words = self.lists[index as usize];
        (rule.only_in_unit.is_empty()
            || self.anywhere(&rule.only_in_unit, words.only_in_unit, unit, work))
            && !self.anywhere(&rule.unless_in_unit, words.unless_in_unit, unit, work)
    }

    /// Whether one of `guards`, of which `words` are the single words, matches in the unit.
    fn anywhere(&self, guards: &[u32], words: Class, unit: &UnitWords, work: &GuardWork) -> bool {
        let phrase = |found: &GuardMatch| guards.binary_search(&found.guard).is_ok();
        let mut places = unit.words().iter();
        words.may_hold(unit.present) && places.any(|word| self.words.holds(&words, word))
            || work.matches.iter().any(phrase)
    }

    /// Whether no guard of a rule shares a word with a match of it.
    pub(crate) fn pass_match(
        &self,
        rule: &Rule,
        index: u32,
        found: &Found,
        unit: &UnitWords,
        work: &GuardWork,
    ) -> bool {
        if rule.unless.is_empty() {
            return true;
        }
        let words = self.lists[index as usize].unless;
        let own = &unit.words()[found.first as usize..=found.last as usize];
        let earliest = found.first.saturating_sub(MAX_SPAN as u32);
        let near = &work.matches[work.matches.partition_point(|other| other.first < earliest)..];
        let mut near = near.iter().take_while(|other| other.first <= found.last);
        !near.any(|other| {
            found.first <= other.last && rule.unless.binary_search(&other.guard).is_ok()
        }) && !own.iter().any(|word| self.words.holds(&words, word))
    }
}

/// The bit of a rule among those who want to know of a guard.
fn bit_of(rule: u32) -> u64 {
    1 << (rule % 64)
}

/// Whether a sequence is one word, wherever it stands.
fn is_word(sequence: &Sequence) -> bool {
    sequence.elements.len() == 1 && sequence.begin.is_none() && sequence.end.is_none()
}
