//! The language of `docs/lexicon.md` interpreted straight from strings, without
//! ids, anchors or classes: what the fast matcher is compared with.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::build::Built;
use super::expand::{Element, Sequence};
use super::fold::folded;
use super::inflect::WordRules;
use super::pattern::{Item, MAX_GAP, Part, Term, parse};
use super::rules::{Kept, Pattern, Rule, Rules};
use super::search::MAX_SPAN;
use crate::document::{Break, Token};

/// A unit's words, folded, with the mark before each.
pub(crate) struct Unit<'r> {
    rules: &'r WordRules,
    words: Vec<(String, Break)>,
    /// Forms of the plain words asked for so far.
    forms: RefCell<BTreeMap<Arc<str>, BTreeSet<String>>>,
}

/// First token, last token, bits of the matched words.
pub(crate) type Match = (usize, usize, u64);

impl<'r> Unit<'r> {
    pub(crate) fn new(rules: &'r WordRules, text: &str, tokens: &[Token]) -> Unit<'r> {
        let word = |token: &Token| (folded(token.span.of(text)), token.before);
        let words = tokens.iter().map(word).collect();
        let forms = RefCell::default();
        Unit {
            rules,
            words,
            forms,
        }
    }

    fn fits(&self, term: &Term, at: usize) -> bool {
        let word = &self.words[at].0;
        match term {
            Term::Plain(base) => {
                let mut forms = self.forms.borrow_mut();
                let forms = forms
                    .entry(base.clone())
                    .or_insert_with(|| self.rules.forms(base));
                forms.contains(word)
            }
            Term::Exact(exact) => **exact == **word,
            Term::Prefix(prefix) => word.starts_with(&**prefix),
        }
    }

    /// Whether a gap of `gap` words may lie between tokens `from` and `to`; no `from`
    /// is the beginning of the unit, and the end is one behind the last token.
    fn bridges(&self, from: Option<usize>, to: usize, gap: u8) -> bool {
        let between = from.map_or(0, |from| from + 1)..to;
        let marks = between.start + usize::from(from.is_none())..(to + 1).min(self.words.len());
        let mark_allowed = if gap == 0 { Break::None } else { Break::Comma };
        let counted = |at: &usize| !self.rules.look_through.contains(&self.words[*at].0);
        self.words[marks]
            .iter()
            .all(|(_, before)| *before <= mark_allowed)
            && between.clone().filter(counted).count() <= usize::from(gap)
            && !between
                .into_iter()
                .any(|at| self.rules.clause_words.contains(&self.words[at].0))
    }

    /// The matches of a sequence: for each first token the one with the shortest gaps.
    fn sequence(&self, sequence: &Sequence) -> Vec<Match> {
        let starts = (0..self.words.len()).filter(|at| {
            sequence
                .begin
                .is_none_or(|gap| self.bridges(None, *at, gap))
        });
        starts
            .filter_map(|first| {
                let here = sequence.elements[0]
                    .terms
                    .iter()
                    .any(|term| self.fits(term, first));
                if here {
                    self.rest(sequence, &sequence.elements[1..], first, first)
                } else {
                    None
                }
            })
            .collect()
    }

    fn rest(
        &self,
        sequence: &Sequence,
        elements: &[Element],
        first: usize,
        at: usize,
    ) -> Option<Match> {
        let bit = 1 << (at - first);
        let Some((element, others)) = elements.split_first() else {
            let ends = sequence
                .end
                .is_none_or(|gap| self.bridges(Some(at), self.words.len(), gap));
            return ends.then_some((first, at, bit));
        };
        (at + 1..self.words.len().min(first + MAX_SPAN))
            .filter(|to| self.bridges(Some(at), *to, element.gap))
            .filter(|to| element.terms.iter().any(|term| self.fits(term, *to)))
            .find_map(|to| self.rest(sequence, others, first, to))
            .map(|(first, last, words)| (first, last, words | bit))
    }

    pub(crate) fn pattern(&self, pattern: &Pattern) -> BTreeSet<Match> {
        pattern
            .sequences
            .iter()
            .flat_map(|sequence| self.sequence(sequence))
            .collect()
    }

    /// The matches that count, in text order.
    pub(crate) fn find(&self, rules: &Rules) -> Vec<Kept> {
        let guards: Vec<_> = rules
            .guards
            .iter()
            .map(|guard| self.pattern(guard))
            .collect();
        let mut passed: Vec<Kept> = Vec::new();
        for (index, rule) in (0u32..).zip(&rules.rules) {
            for (pattern, matched) in (0u32..).zip(&rule.patterns) {
                for (first, last, words) in self.pattern(matched) {
                    if allowed(rule, &guards, first, last) {
                        let (first, last) = (first as u32, last as u32);
                        passed.push(Kept {
                            rule: index,
                            pattern,
                            first,
                            last,
                            words,
                        });
                    }
                }
            }
        }
        let rule = |hit: &Kept| &rules.rules[hit.rule as usize];
        let positions = |hit: &Kept| -> BTreeSet<u32> {
            (0..64)
                .filter(|bit| hit.words >> bit & 1 == 1)
                .map(|bit| hit.first + bit)
                .collect()
        };
        let beaten = |hit: &Kept| {
            passed.iter().any(|other| {
                rule(other)
                    .label
                    .is_some_and(|label| rule(hit).yields_to.contains(label))
                    && !positions(other).is_disjoint(&positions(hit))
            })
        };
        let mut left: Vec<Kept> = passed.iter().filter(|hit| !beaten(hit)).copied().collect();
        let mut kept: Vec<Kept> = Vec::new();
        while let Some(best) = left.iter().copied().min_by_key(|hit| {
            (
                u32::MAX - (hit.last - hit.first),
                hit.first,
                64 - hit.words.count_ones(),
                hit.pattern,
            )
        }) {
            kept.push(best);
            left.retain(|hit| {
                hit.rule != best.rule || hit.last < best.first || best.last < hit.first
            });
        }
        kept.sort_by_key(|hit| (hit.first, hit.last, hit.rule, hit.pattern));
        kept
    }

    /// Every match of a pattern as written, whatever its gaps.
    pub(crate) fn written(
        &self,
        source: &str,
        sets: &BTreeMap<String, Vec<String>>,
    ) -> BTreeSet<Match> {
        let items = parse(source).expect("the pattern was parsed before");
        let mut found = BTreeSet::new();
        for state in self.walk(&items, sets, vec![State::default()]) {
            let (Some(first), Some(last)) = (state.first, state.last) else {
                continue;
            };
            if !state.at_end || self.bridges(Some(last), self.words.len(), state.gap) {
                found.insert((first, last, state.words));
            }
        }
        found
    }

    fn walk(
        &self,
        items: &[Item],
        sets: &BTreeMap<String, Vec<String>>,
        states: Vec<State>,
    ) -> Vec<State> {
        items.iter().fold(states, |states, item| match &item.part {
            Part::Word(term) => states
                .iter()
                .flat_map(|state| self.step(term, state))
                .collect(),
            Part::OneOf(all) => all
                .iter()
                .flat_map(|items| self.walk(items, sets, states.clone()))
                .collect(),
            Part::Optional(all) => {
                let taken = all
                    .iter()
                    .flat_map(|items| self.walk(items, sets, states.clone()));
                let mut taken: Vec<State> = taken.collect();
                taken.extend(states);
                taken
            }
            Part::Set(name) => {
                let members = sets[name]
                    .iter()
                    .map(|member| parse(member).expect("parsed before"));
                members
                    .flat_map(|items| self.walk(&items, sets, states.clone()))
                    .collect()
            }
            Part::Gap(words) => states
                .into_iter()
                .map(|state| State {
                    gap: (state.gap + words).min(MAX_GAP),
                    ..state
                })
                .collect(),
            Part::Start => states
                .into_iter()
                .map(|state| State {
                    at_start: true,
                    ..state
                })
                .collect(),
            Part::End => states
                .into_iter()
                .map(|state| State {
                    at_end: true,
                    ..state
                })
                .collect(),
        })
    }

    fn step(&self, term: &Term, state: &State) -> Vec<State> {
        let from = state.last.map_or(0, |last| last + 1);
        let limit = state.first.map_or(usize::MAX, |first| first + MAX_SPAN);
        let reachable = |at: usize| match state.last {
            Some(_) => self.bridges(state.last, at, state.gap),
            None => !state.at_start || self.bridges(None, at, state.gap),
        };
        (from..self.words.len().min(limit))
            .filter(|at| self.fits(term, *at) && reachable(*at))
            .map(|at| {
                let first = state.first.unwrap_or(at);
                State {
                    first: Some(first),
                    last: Some(at),
                    words: state.words | 1 << (at - first),
                    gap: 0,
                    ..*state
                }
            })
            .collect()
    }

    /// The same for all patterns of all rules, guards left aside.
    pub(crate) fn all_written(&self, built: &Built) -> Vec<(u32, u32, BTreeSet<Match>)> {
        let mut all = Vec::new();
        for (index, rule) in (0u32..).zip(&built.units.rules) {
            for (pattern, matched) in (0u32..).zip(&rule.patterns) {
                all.push((index, pattern, self.written(&matched.source, &built.sets)));
            }
        }
        all
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    first: Option<usize>,
    last: Option<usize>,
    words: u64,
    gap: u8,
    at_start: bool,
    at_end: bool,
}

fn allowed(rule: &Rule, guards: &[BTreeSet<Match>], first: usize, last: usize) -> bool {
    let anywhere = |guard: &u32| !guards[*guard as usize].is_empty();
    let touching = |guard: &u32| {
        guards[*guard as usize]
            .iter()
            .any(|(begin, end, _)| *begin <= last && first <= *end)
    };
    (rule.only_in_unit.is_empty() || rule.only_in_unit.iter().any(anywhere))
        && !rule.unless_in_unit.iter().any(anywhere)
        && !rule.unless.iter().any(touching)
}
