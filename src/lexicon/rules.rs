//! Which matches count: guards, yielding, and the longest match of each rule.

use super::classes::Classes;
use super::expand::Sequence;
use super::matcher::{Found, MAX_SPAN, Matcher};
use super::pattern::Term;
use super::vocabulary::Vocabulary;
use crate::document::Token;
use crate::role::{Role, RoleSet};

/// A pattern as written, with what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) source: String,
    pub(crate) sequences: Vec<Sequence>,
}

/// Patterns and what decides whether a match of one counts: an entry, cue or title.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rule {
    pub(crate) patterns: Vec<Pattern>,
    /// Indices of guards, ascending.
    pub(crate) unless: Vec<u32>,
    pub(crate) unless_in_unit: Vec<u32>,
    pub(crate) only_in_unit: Vec<u32>,
    pub(crate) yields_to: RoleSet,
    /// The label that makes others yield; none for weak entries, cues and titles.
    pub(crate) label: Option<Role>,
}

/// Rules that are matched together, and the guards that they share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub(crate) rules: Vec<Rule>,
    pub(crate) guards: Vec<Pattern>,
}

/// A match that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kept {
    pub(crate) rule: u32,
    /// Index among the rule's patterns.
    pub(crate) pattern: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) words: u64,
}

/// Rules ready to be matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleMatcher {
    matcher: Matcher,
    /// Matcher pattern → rule and pattern of it; guards come behind all rules.
    owners: Vec<(u32, u32)>,
    guards_from: u32,
    /// Guard → the single words that it consists of. Most guards' words are
    /// common; they are looked for only where a match asks.
    guard_words: Classes,
}

/// Whether a sequence is one word, wherever it stands.
fn is_word(sequence: &Sequence) -> bool {
    sequence.elements.len() == 1 && sequence.begin.is_none() && sequence.end.is_none()
}

/// Memory that is used again for every unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    found: Vec<Found>,
    /// Guard, first and last token of its matches; sorted.
    guards: Vec<(u32, u32, u32)>,
    /// Matches that their guards let pass.
    passed: Vec<Kept>,
    /// Token → labels of the entries that it belongs to.
    labels: Vec<RoleSet>,
    /// Token → one more than the rule whose kept match covers it.
    covered: Vec<u32>,
}

impl RuleMatcher {
    pub(crate) fn new(rules: &Rules, words: usize, ids: impl Fn(&Term) -> Vec<u32>) -> RuleMatcher {
        let mut owners = Vec::new();
        for (index, rule) in (0u32..).zip(&rules.rules) {
            owners.extend((0..rule.patterns.len() as u32).map(|pattern| (index, pattern)));
        }
        let mut guard_words = Classes::default();
        let mut guards: Vec<Vec<Sequence>> = Vec::new();
        for guard in &rules.guards {
            let (alone, rest): (Vec<_>, Vec<_>) =
                guard.sequences.iter().cloned().partition(is_word);
            let terms = alone
                .iter()
                .flat_map(|sequence| &sequence.elements[0].terms);
            guard_words.add(terms.flat_map(&ids).collect());
            guards.push(rest);
        }
        let own = rules.rules.iter().flat_map(|rule| &rule.patterns);
        let own = own.map(|pattern| &pattern.sequences[..]);
        let patterns = own.chain(guards.iter().map(Vec::as_slice));
        RuleMatcher {
            matcher: Matcher::new(patterns, words, ids),
            guards_from: owners.len() as u32,
            owners,
            guard_words,
        }
    }

    /// Fills `kept` with the matches in a unit that count, in text order.
    pub(crate) fn find(
        &self,
        rules: &Rules,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        work: &mut Work,
        kept: &mut Vec<Kept>,
    ) {
        kept.clear();
        work.found.clear();
        self.matcher.find(vocabulary, tokens, &mut work.found);
        if work
            .found
            .iter()
            .all(|found| found.pattern >= self.guards_from)
        {
            return;
        }
        self.guard(rules, tokens, work);
        yielding(rules, tokens.len(), work);
        longest(tokens.len(), work, kept);
        kept.sort_unstable_by_key(|hit| (hit.first, hit.last, hit.rule, hit.pattern));
    }

    /// Splits what was found into guards' matches and the matches that pass them.
    fn guard(&self, rules: &Rules, tokens: &[Token], work: &mut Work) {
        work.guards.clear();
        for found in work
            .found
            .iter()
            .filter(|found| found.pattern >= self.guards_from)
        {
            work.guards
                .push((found.pattern - self.guards_from, found.first, found.last));
        }
        work.guards.sort_unstable();
        work.passed.clear();
        for found in work
            .found
            .iter()
            .filter(|found| found.pattern < self.guards_from)
        {
            let (rule, pattern) = self.owners[found.pattern as usize];
            if self.passes(&rules.rules[rule as usize], found, tokens, &work.guards) {
                work.passed.push(Kept {
                    rule,
                    pattern,
                    first: found.first,
                    last: found.last,
                    words: found.words,
                });
            }
        }
    }

    fn passes(
        &self,
        rule: &Rule,
        found: &Found,
        tokens: &[Token],
        guards: &[(u32, u32, u32)],
    ) -> bool {
        let holds = |guard: u32, tokens: &[Token]| {
            tokens
                .iter()
                .any(|token| self.guard_words.holds(guard, token.word))
        };
        let anywhere = |guard: &u32| {
            let at = guards.partition_point(|(other, ..)| other < guard);
            guards.get(at).is_some_and(|(other, ..)| other == guard) || holds(*guard, tokens)
        };
        let touching = |guard: &u32| {
            let earliest = found.first.saturating_sub(MAX_SPAN as u32);
            let at =
                guards.partition_point(|(other, first, _)| (other, *first) < (guard, earliest));
            guards[at..]
                .iter()
                .take_while(|(other, first, _)| other == guard && *first <= found.last)
                .any(|(_, _, last)| *last >= found.first)
                || holds(*guard, &tokens[found.first as usize..=found.last as usize])
        };
        (rule.only_in_unit.is_empty() || rule.only_in_unit.iter().any(anywhere))
            && !rule.unless.iter().any(touching)
            && !rule.unless_in_unit.iter().any(anywhere)
    }
}

/// Drops the matches that share a pattern word with a match of a label they yield to.
fn yielding(rules: &Rules, tokens: usize, work: &mut Work) {
    let rule = |hit: &Kept| &rules.rules[hit.rule as usize];
    if work.passed.iter().all(|hit| rule(hit).yields_to.is_empty()) {
        return;
    }
    work.labels.clear();
    work.labels.resize(tokens, RoleSet::EMPTY);
    for hit in &work.passed {
        if let Some(label) = rule(hit).label {
            for token in tokens_of(hit) {
                work.labels[token].insert(label);
            }
        }
    }
    let labels = &work.labels;
    work.passed.retain(|hit| {
        let yields_to = rule(hit).yields_to;
        yields_to.is_empty()
            || !tokens_of(hit)
                .any(|token| labels[token].iter().any(|label| yields_to.contains(label)))
    });
}

fn tokens_of(hit: &Kept) -> impl Iterator<Item = usize> {
    let (first, mut words) = (hit.first as usize, hit.words);
    std::iter::from_fn(move || {
        let next = (words != 0).then(|| first + words.trailing_zeros() as usize);
        words &= words.wrapping_sub(1);
        next
    })
}

/// Keeps, rule by rule, the longest of the matches that overlap.
fn longest(tokens: usize, work: &mut Work, kept: &mut Vec<Kept>) {
    work.passed.sort_unstable_by_key(|hit| {
        let length = hit.last - hit.first;
        (
            hit.rule,
            u32::MAX - length,
            hit.first,
            64 - hit.words.count_ones(),
            hit.pattern,
        )
    });
    if work.passed.len() < 2 {
        kept.extend_from_slice(&work.passed);
        return;
    }
    work.covered.clear();
    work.covered.resize(tokens, 0);
    for hit in &work.passed {
        let covered = &mut work.covered[hit.first as usize..=hit.last as usize];
        if covered.iter().all(|rule| *rule != hit.rule + 1) {
            covered.fill(hit.rule + 1);
            kept.push(*hit);
        }
    }
}
