//! What `rolecall lexicon check` finds beyond mistakes of form: examples that
//! fail, patterns that cannot count, and the same pattern in two places.

use std::collections::BTreeMap;

use super::expand::Sequence;
use super::file::{Kind, Table};
use super::rules::{Rule, Rules};
use super::source::{self, Mistake, Text};
use super::{Lexicon, Owner, Scratch, build};
use crate::error::LexiconError;
use crate::span::Span;

impl Lexicon {
    /// Every mistake that only running the lexicon shows, in file order; and
    /// the ids of `cues` that the lexicon lacks, at the head of its first file.
    pub fn check(&self, cues: &[&str]) -> Vec<LexiconError> {
        let mut mistakes = Vec::new();
        for id in cues.iter().filter(|id| self.cue(id).is_none()) {
            let message = format!("there is no cue `{id}`, which the analysis needs");
            mistakes.push(Mistake {
                place: Default::default(),
                message,
            });
        }
        self.check_examples(&mut mistakes);
        self.check_patterns(&mut mistakes);
        source::located(&self.sources, mistakes)
    }

    /// The tables of entries, cues and titles with their owner in a unit; titles have none.
    fn tables(&self) -> impl Iterator<Item = (Option<Owner>, u32, &Table)> {
        let entries = (0u32..).zip(&self.built.entry_tables);
        let entries = entries.map(|(index, table)| (Some(Owner::Entry(index)), index, table));
        let cues = (0u32..).zip(&self.built.cue_tables);
        let cues = cues.flat_map(|(index, tables)| {
            tables
                .iter()
                .map(move |table| (Some(Owner::Cue(index)), index, table))
        });
        let titles = (0u32..)
            .zip(&self.built.title_tables)
            .map(|(index, table)| (None, index, table));
        entries.chain(cues).chain(titles)
    }

    fn check_examples(&self, mistakes: &mut Vec<Mistake>) {
        let mut scratch = Scratch::default();
        for (owner, index, table) in self.tables() {
            for (examples, wanted) in [(&table.matches, true), (&table.misses, false)] {
                for example in examples {
                    if let Some(message) = self.failure(owner, index, example, wanted, &mut scratch)
                    {
                        let place = example.place;
                        mistakes.push(Mistake { place, message });
                    }
                }
            }
        }
    }

    /// What is wrong with an example, if it does not behave as `wanted`.
    fn failure(
        &self,
        owner: Option<Owner>,
        index: u32,
        example: &Text,
        wanted: bool,
        scratch: &mut Scratch,
    ) -> Option<String> {
        let text = &example.value;
        let Some(owner) = owner else {
            let matched = self.title_rules(text).contains(&index);
            let what = if wanted {
                "this title does not match"
            } else {
                "this title matches"
            };
            return (matched != wanted).then(|| format!("{what}: {text}"));
        };
        let mut tokens = Vec::new();
        self.tokenize(text, Span::new(0..text.len()), &mut tokens, scratch);
        if build::is_grammar(self.name(owner)) {
            self.find_grammar(&tokens, scratch);
        } else {
            self.find(&tokens, scratch);
        }
        let hit = scratch.hits().iter().find(|hit| hit.owner == owner);
        match hit {
            Some(hit) if !wanted => {
                let words: Vec<&str> = hit.tokens().map(|at| tokens[at].span.of(text)).collect();
                let pattern = self.pattern(hit);
                Some(format!(
                    "`{pattern}` matches \"{}\" here, but must not: {text}",
                    words.join(" ")
                ))
            }
            None if wanted => Some(format!(
                "no pattern of {} matches here: {text}",
                self.name(owner)
            )),
            _ => None,
        }
    }

    /// The id of an entry or cue.
    pub fn name(&self, owner: Owner) -> &str {
        match owner {
            Owner::Entry(index) => &self.entries[index as usize].id,
            Owner::Cue(index) => &self.cues[index as usize].id,
        }
    }

    fn check_patterns(&self, mistakes: &mut Vec<Mistake>) {
        let mut seen: BTreeMap<&Sequence, (&Table, &Text, &Rule)> = BTreeMap::new();
        for (tables, rules, rule) in self.rules() {
            let texts = tables
                .iter()
                .flat_map(|table| table.patterns.iter().map(move |text| (table, text)));
            for ((table, text), pattern) in texts.zip(&rule.patterns) {
                if let Some(guard) = always_guarded(rule, rules, &pattern.sequences) {
                    let message = format!(
                        "`{}` can never count: the guard `{guard}` covers all that it matches",
                        text.value
                    );
                    mistakes.push(Mistake {
                        place: text.place,
                        message,
                    });
                }
                let mut told = false;
                for sequence in pattern.sequences.iter() {
                    let Some((other, first, other_rule)) = seen.get(sequence) else {
                        seen.insert(sequence, (table, text, rule));
                        continue;
                    };
                    if let Some(message) = self
                        .clash((table, rule), (other, other_rule), text, first)
                        .filter(|_| !told)
                    {
                        mistakes.push(Mistake {
                            place: text.place,
                            message,
                        });
                        told = true;
                    }
                }
            }
        }
    }

    /// Every rule with the tables that it comes from and the rules it is matched with.
    fn rules(&self) -> Vec<(&[Table], &Rules, &Rule)> {
        let built = &self.built;
        let owned = |owners: &'_ [Owner], rules| -> Vec<(&[Table], &Rules, &Rule)> {
            let tables = owners.iter().map(|owner| match *owner {
                Owner::Entry(index) => std::slice::from_ref(&built.entry_tables[index as usize]),
                Owner::Cue(index) => &built.cue_tables[index as usize][..],
            });
            let with: &Rules = rules;
            tables
                .zip(&with.rules)
                .map(|(tables, rule)| (tables, with, rule))
                .collect()
        };
        let mut all = owned(&self.owners.units, &built.units);
        all.extend(owned(&self.owners.grammar, &built.grammar));
        let titles = built.title_tables.iter().map(std::slice::from_ref);
        all.extend(
            titles
                .zip(&built.titles.rules)
                .map(|(tables, rule)| (tables, &built.titles, rule)),
        );
        all
    }

    /// What is wrong with a sequence that stands in both tables.
    fn clash(
        &self,
        (table, rule): (&Table, &Rule),
        (other, other_rule): (&Table, &Rule),
        text: &Text,
        first: &Text,
    ) -> Option<String> {
        let at = source::shown(&self.sources, first.place);
        let (own, pattern) = (&text.value, &first.value);
        if table.place == other.place {
            return Some(format!(
                "`{own}` repeats `{pattern}` of {at}, at least in part"
            ));
        }
        // A guard may tell them apart; cues and titles ask different questions.
        let comparable = table.kind == Kind::Entry && other.kind == Kind::Entry;
        let guarded = [rule, other_rule]
            .iter()
            .any(|rule| !(rule.only_in_unit.is_empty() && rule.unless_in_unit.is_empty()));
        let yields = |table: &Table, other: &Table| {
            other
                .role
                .is_some_and(|role| table.yields_to.contains(role))
        };
        if !comparable
            || guarded
            || table.weak != other.weak
            || yields(table, other)
            || yields(other, table)
        {
            return None;
        }
        let what = if table.role == other.role {
            "also"
        } else {
            "with another label"
        };
        Some(format!(
            "`{own}` stands {what} in {} ({at}, `{pattern}`)",
            other.id.value
        ))
    }
}

/// The guard, if any, that matches wherever any of `sequences` does.
fn always_guarded<'r>(rule: &Rule, rules: &'r Rules, sequences: &[Sequence]) -> Option<&'r str> {
    let kills = |guard: &&u32, sequence: &Sequence| {
        let guard = &rules.guards[**guard as usize];
        guard.sequences.iter().any(|guard| covers(guard, sequence))
    };
    let vetoes = || rule.unless.iter().chain(&rule.unless_in_unit);
    if sequences.is_empty()
        || !sequences
            .iter()
            .all(|sequence| vetoes().any(|guard| kills(&guard, sequence)))
    {
        return None;
    }
    let first = vetoes().find(|guard| kills(guard, &sequences[0]))?;
    Some(&rules.guards[*first as usize].source)
}

/// Whether the guard's words stand side by side in `sequence`, in the same form or a wider one.
fn covers(guard: &Sequence, sequence: &Sequence) -> bool {
    if guard.begin.is_some()
        || guard.end.is_some()
        || guard.elements.len() > sequence.elements.len()
    {
        return false;
    }
    sequence
        .elements
        .windows(guard.elements.len())
        .any(|window| {
            window
                .iter()
                .zip(&guard.elements)
                .enumerate()
                .all(|(at, (element, guard))| {
                    (at == 0 || element.gap <= guard.gap)
                        && element.terms.iter().all(|term| guard.terms.contains(term))
                })
        })
}
