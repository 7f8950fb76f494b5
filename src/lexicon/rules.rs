//! Which matches count: guards, yielding, and the longest match of each rule.

use std::sync::Arc;

use super::expand::Sequence;
use super::guards::{GuardWork, Guards};
use super::matcher::{MatchWork, Matcher};
use super::search::Found;
use super::signature::Signature;
use super::terms::Terms;
use super::unit::UnitWords;
use super::vocabulary::Vocabulary;
use crate::document::Token;
use crate::role::{Role, RoleSet};

/// A pattern as written, with what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) source: String,
    pub(crate) sequences: Arc<[Sequence]>,
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
    /// Matcher pattern → rule and pattern of it.
    owners: Vec<(u32, u32)>,
    guards: Guards,
}

/// Memory that is used again for every unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    unit: UnitWords,
    matches: MatchWork,
    guards: GuardWork,
    /// Matches that their guards let pass.
    passed: Vec<Kept>,
    /// Token → labels of the entries that it belongs to.
    labels: Vec<RoleSet>,
    /// Token → whether a kept match of the rule at hand covers it.
    covered: Vec<bool>,
}

impl RuleMatcher {
    /// Compiles `rules`, whose `terms` are coded; `weights` tells how often
    /// each word id may be expected per million words.
    pub(crate) fn new(
        rules: &Rules,
        vocabulary: &Vocabulary,
        weights: &[u64],
        terms: &Terms<'_>,
    ) -> RuleMatcher {
        let mut owners = Vec::new();
        for (index, rule) in (0u32..).zip(&rules.rules) {
            owners.extend((0..rule.patterns.len() as u32).map(|pattern| (index, pattern)));
        }
        let (mut guards, phrases) = Guards::new(rules, terms);
        let own = rules.rules.iter().flat_map(|rule| &rule.patterns);
        let own = own.map(|pattern| pattern.sequences.iter().collect());
        let all = own.chain(phrases);
        let mut matcher = Matcher::new(all, owners.len() as u32, terms);
        let classes = [&matcher.sequences.classes, guards.classes()];
        let signature = Signature::new(weights, &classes);
        matcher.file(vocabulary, weights, &signature);
        guards.sign(&signature);
        RuleMatcher {
            matcher,
            owners,
            guards,
        }
    }

    /// Fills `kept` with the matches in a unit that count, in text order.
    pub(crate) fn find(
        &self,
        rules: &Rules,
        tokens: &[Token],
        work: &mut Work,
        kept: &mut Vec<Kept>,
    ) {
        kept.clear();
        let matcher = &self.matcher;
        work.unit.fill(&matcher.known, tokens);
        matcher.find(&work.unit, &mut work.matches);
        if work.matches.found.is_empty() {
            return;
        }
        self.guard(rules, work);
        yielding(rules, tokens.len(), work);
        longest(tokens.len(), work, kept);
        kept.sort_unstable_by_key(|hit| (hit.first, hit.last, hit.rule, hit.pattern));
    }

    /// Fills `work.passed` with the matches that their guards let pass, rule by rule.
    fn guard(&self, rules: &Rules, work: &mut Work) {
        let Work {
            unit,
            matches,
            guards,
            passed,
            ..
        } = work;
        let MatchWork { found, pending, .. } = matches;
        // Patterns are numbered rule by rule.
        found.sort_unstable();
        passed.clear();
        let rule_of = |found: &Found| self.owners[found.pattern as usize].0;
        let audience = found
            .iter()
            .fold(0, |all, one| all | self.guards.audience(rule_of(one)));
        self.guards
            .find(&self.matcher, unit, pending, audience, guards);
        for of_rule in found.chunk_by(|one, other| rule_of(one) == rule_of(other)) {
            let index = rule_of(&of_rule[0]);
            if !self.guards.pass_unit(rules, index, unit, guards) {
                continue;
            }
            let passes = |found: &&Found| self.guards.pass_match(rules, index, found, unit, guards);
            passed.extend(of_rule.iter().filter(passes).map(|found| Kept {
                rule: index,
                pattern: self.owners[found.pattern as usize].1,
                first: found.first,
                last: found.last,
                words: found.words,
            }));
        }
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
    for of_rule in work
        .passed
        .chunk_by_mut(|one, other| one.rule == other.rule)
    {
        if let [only] = of_rule {
            kept.push(*only);
            continue;
        }
        of_rule.sort_unstable_by_key(|hit| {
            let length = hit.last - hit.first;
            (
                u32::MAX - length,
                hit.first,
                64 - hit.words.count_ones(),
                hit.pattern,
            )
        });
        work.covered.clear();
        work.covered.resize(tokens, false);
        for hit in of_rule {
            let covered = &mut work.covered[hit.first as usize..=hit.last as usize];
            if !covered.contains(&true) {
                covered.fill(true);
                kept.push(*hit);
            }
        }
    }
}
