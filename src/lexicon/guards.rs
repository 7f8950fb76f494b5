//! Whether the guards of a rule let a match of it pass.
//!
//! Guards are looked for only where a rule that has them matches, and of all guards only those
//! of the rules that match: rules are told apart by one of 64 bits each.

use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::expand::Sequence;
use super::matcher::{Matcher, Pending};
use super::rules::Rules;
use super::search::{Found, MAX_SPAN};
use super::signature::Signature;
use super::terms::Terms;
use super::unit::{UnitWords, Word};

/// The guards of some rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards {
    /// Guard by guard the bits of the rules that have it.
    audiences: Vec<u64>,
    /// The lists of single words.
    words: Classes,
    /// Rule by rule its guards.
    rules: Vec<RuleGuards>,
}

/// The guards of a rule, all that most questions ask for in one place.
#[derive(Clone, Copy, Debug, Default)]
struct RuleGuards {
    unless: GuardList,
    unless_in_unit: GuardList,
    only_in_unit: GuardList,
    /// Whether one of them is more than a word.
    has_phrases: bool,
}

/// A list of guards.
#[derive(Clone, Copy, Debug, Default)]
struct GuardList {
    /// The signature bits of those that are single words; set by [`Guards::sign`].
    bits: u64,
    /// The set of these.
    words: u32,
    is_empty: bool,
}

/// A match of a guard that is more than a word, by its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GuardMatch {
    first: u32,
    last: u32,
    guard: u32,
    /// The bits of the rules that have it.
    audience: u64,
}

/// Memory that is used again for every unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct GuardWork {
    /// Sorted.
    matches: Vec<GuardMatch>,
}

impl Guards {
    /// The guards of `rules`, and for each what of it is more than a word;
    /// `terms` are theirs.
    pub(crate) fn new<'r>(rules: &'r Rules, terms: &Terms<'_>) -> (Guards, Vec<Vec<&'r Sequence>>) {
        let (mut single, mut phrases) = (Vec::new(), Vec::new());
        for guard in &rules.guards {
            let (alone, rest): (Vec<_>, Vec<_>) =
                guard.sequences.iter().partition(|one| is_word(one));
            let sets = alone.iter().map(|sequence| &sequence.elements[0].terms);
            let ids = sets.flat_map(|set| terms.ids(terms.set(set)));
            single.push(ids.collect::<Vec<u32>>());
            phrases.push(rest);
        }
        let mut words = Classes::default();
        // Rules of a file have many lists in common.
        let mut known: FxHashMap<&[u32], u32> = FxHashMap::default();
        let mut list = |guards: &'r [u32]| GuardList {
            bits: 0,
            words: *known.entry(guards).or_insert_with(|| {
                let all = guards.iter().flat_map(|guard| &single[*guard as usize]);
                words.add(all.copied().collect())
            }),
            is_empty: guards.is_empty(),
        };
        let mut audiences = vec![0; phrases.len()];
        let mut of_rules = Vec::new();
        for (rule, index) in rules.rules.iter().zip(0u32..) {
            let own = [&rule.unless, &rule.unless_in_unit, &rule.only_in_unit];
            let mut has_phrases = false;
            for guard in own.into_iter().flatten() {
                audiences[*guard as usize] |= bit_of(index);
                has_phrases |= !phrases[*guard as usize].is_empty();
            }
            let [unless, unless_in_unit, only_in_unit] = own.map(|guards| list(guards));
            of_rules.push(RuleGuards {
                unless,
                unless_in_unit,
                only_in_unit,
                has_phrases,
            });
        }
        let guards = Guards {
            audiences,
            words,
            rules: of_rules,
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
        for rule in &mut self.rules {
            let lists = [
                &mut rule.unless,
                &mut rule.unless_in_unit,
                &mut rule.only_in_unit,
            ];
            for list in lists {
                list.bits = self.words.bits(list.words);
            }
        }
    }

    /// The bit of a rule, where it needs [`Guards::find`] to decide.
    #[inline]
    pub(crate) fn audience(&self, rule: u32) -> u64 {
        let needed = self.rules[rule as usize].has_phrases;
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
                audience: self.audiences[guard as usize],
            });
        });
        work.matches.sort_unstable();
    }

    /// Whether the guards of a rule that look at the whole unit let its matches there pass;
    /// `index` is that of the rule.
    pub(crate) fn pass_unit(
        &self,
        rules: &Rules,
        index: u32,
        unit: &UnitWords,
        work: &GuardWork,
    ) -> bool {
        let guards = &self.rules[index as usize];
        let (unless, only) = (&guards.unless_in_unit, &guards.only_in_unit);
        let rule = &rules.rules[index as usize];
        let anywhere =
            |list: &GuardList, all: &[u32]| self.anywhere(list, all, bit_of(index), unit, work);
        (only.is_empty || anywhere(only, &rule.only_in_unit))
            && (unless.is_empty || !anywhere(unless, &rule.unless_in_unit))
    }

    /// Whether one of the guards of a list, which are `all`, matches in the unit.
    fn anywhere(
        &self,
        list: &GuardList,
        all: &[u32],
        audience: u64,
        unit: &UnitWords,
        work: &GuardWork,
    ) -> bool {
        let mut phrases = work.matches.iter();
        list.bits & unit.present != 0 && self.holds_one(list, unit.words())
            || phrases.any(|found| found.is_of(audience, all))
    }

    /// Whether one of `words` is a guard of the list.
    fn holds_one(&self, list: &GuardList, words: &[Word]) -> bool {
        let mut words = words.iter();
        words.any(|word| word.is_in(list.bits) != 0 && self.words.holds_of(list.words, word))
    }

    /// Whether no guard of a rule shares a word with a match of it.
    pub(crate) fn pass_match(
        &self,
        rules: &Rules,
        index: u32,
        found: &Found,
        unit: &UnitWords,
        work: &GuardWork,
    ) -> bool {
        let unless = &self.rules[index as usize].unless;
        if unless.is_empty {
            return true;
        }
        let own = &unit.words()[found.first as usize..=found.last as usize];
        if self.holds_one(unless, own) {
            return false;
        }
        let all = &rules.rules[index as usize].unless;
        let earliest = found.first.saturating_sub(MAX_SPAN as u32);
        let near = &work.matches[work.matches.partition_point(|other| other.first < earliest)..];
        let mut near = near.iter().take_while(|other| other.first <= found.last);
        !near.any(|other| found.first <= other.last && other.is_of(bit_of(index), all))
    }
}

impl GuardMatch {
    /// Whether its guard is one of `guards`, which are of the rule of that bit.
    fn is_of(&self, rule: u64, guards: &[u32]) -> bool {
        self.audience & rule != 0 && guards.binary_search(&self.guard).is_ok()
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
