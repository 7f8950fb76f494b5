//! The search for all sequences of a set of patterns in the words of a unit.
//!
//! Each sequence is filed under two words of it that seldom stand together (see
//! [`super::pairs`]); the candidates that come up are verified word by word.

use super::classes::Classes;
use super::expand::Sequence;
use super::pairs::{Candidate, Near, Pairs, Place};
use super::pattern::Term;
use super::search::{Element, Found, MAX_SPAN, Sequences};
use super::signature::Signature;
use super::unit::{ANYWHERE, Known, UnitWords, Word};
use super::vocabulary::Vocabulary;

/// All sequences of a set of patterns, some of which are guards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    pub(crate) sequences: Sequences,
    /// Patterns from here on are guards.
    first_guard: u32,
    /// The widest gap that a sequence asks for at an edge of the unit.
    pub(crate) edge: u8,
    /// By word id.
    pub(crate) known: Vec<Known>,
    pairs: Pairs,
}

/// A guard that may match: looked at where something asks for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    sequence: u32,
    element: u8,
    at: u32,
}

/// Memory that is used again for every unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct MatchWork {
    near: Vec<Near>,
    /// Where the candidates of each begin and end.
    lists: Vec<(u32, u32)>,
    pub(crate) found: Vec<Found>,
    pub(crate) pending: Vec<Pending>,
}

/// What a look at the next word costs, in verifications.
const LOOK: f64 = 0.1;
/// What a pair of words in the tables costs, in verifications for each word of a text.
const PAIR: f64 = 1e-5;
/// A sequence whose pairs are more is filed under single words.
const MOST_PAIRS: usize = 20_000;

impl Matcher {
    /// Compiles `patterns`, those from `first_guard` on guards; `ids` tells the word ids of a term.
    pub(crate) fn new<'p, 'i>(
        patterns: impl Iterator<Item = Vec<&'p Sequence>>,
        first_guard: u32,
        ids: impl Fn(&Term) -> &'i [u32],
    ) -> Matcher {
        Matcher {
            sequences: Sequences::new(patterns, ids),
            first_guard,
            ..Matcher::default()
        }
    }

    /// Files every sequence, which makes the matcher ready; `weights` tells how often each word id may be
    /// expected per million words.
    pub(crate) fn file(&mut self, vocabulary: &Vocabulary, weights: &[u64], signature: &Signature) {
        self.sequences.sign(signature);
        let classes = &self.sequences.classes;
        let rarities: Vec<Rarity> = (0..classes.len())
            .map(|class| Rarity::new(class, classes, weights, signature))
            .collect();
        let mut filed = Vec::new();
        for ((sequence, elements, indices), index) in self.sequences.iter().zip(0u32..) {
            let rarities: Vec<Rarity> = indices.iter().map(|at| rarities[*at as usize]).collect();
            let (element, is_pair) = rarest(elements, &rarities);
            let last = element + usize::from(is_pair);
            let (needs, needs_ahead) = needs(&rarities, element, last);
            let candidate = Candidate {
                needs,
                sequence: index,
                pattern: sequence.pattern,
                element: element as u8,
                gap: elements.get(element + 1).map_or(0, |next| next.gap),
                begin: sequence.begin.filter(|_| element == 0).unwrap_or(ANYWHERE),
                end: sequence
                    .end
                    .filter(|_| last + 1 == elements.len())
                    .unwrap_or(ANYWHERE),
                needs_ahead,
                is_whole: element == 0 && last + 1 == elements.len(),
                is_guard: sequence.pattern >= self.first_guard,
            };
            self.edge = self.edge.max(sequence.begin.unwrap_or(0));
            self.edge = self.edge.max(sequence.end.unwrap_or(0));
            let place = if is_pair {
                Place::Pair(indices[element], indices[element + 1])
            } else {
                Place::Word(indices[element])
            };
            filed.push((place, candidate));
        }
        let known = (0..weights.len() as u32).map(|id| Known {
            bit: signature.number(id),
            kind: vocabulary.kind(id),
            reach: 0,
            is_alone: false,
        });
        self.known = known.collect();
        self.pairs = Pairs::new(
            &filed,
            &mut self.known,
            |class| classes.ids(class),
            |class| classes.bits(class),
        );
    }

    /// Adds every match in a unit to `work.found`, in no particular order, some perhaps twice; and
    /// to `work.pending` the guards that may match.
    pub(crate) fn find(&self, unit: &UnitWords, work: &mut MatchWork) {
        work.found.clear();
        work.pending.clear();
        work.near.clear();
        let words = unit.words();
        for (word, at) in words.iter().zip(0..) {
            if word.known.is_alone {
                for candidate in self.pairs.alone(word.id) {
                    self.verify(candidate, unit, (at, at), work);
                }
            }
            if word.known.reach > 0 {
                self.near(words, at, &mut work.near);
            }
        }
        self.pairs.sieve(&mut work.near);
        self.pairs.lists(&work.near, &mut work.lists);
        for index in 0..work.near.len() {
            let near = work.near[index];
            for candidate in self.pairs.of(&near, work.lists[index]) {
                if candidate.gap >= near.gap {
                    self.verify(candidate, unit, (near.at as usize, near.to as usize), work);
                }
            }
        }
    }

    /// Adds the words behind that at `at` which may make a pair with it.
    #[inline]
    fn near(&self, words: &[Word], at: usize, near: &mut Vec<Near>) {
        let word = &words[at];
        let seconds = self.pairs.seconds(word.id);
        if seconds & word.ahead == 0 {
            return;
        }
        let widest = word.known.reach - 1;
        let (mut room, mut has_comma) = (widest, false);
        for (next, to) in words[at + 1..].iter().zip(at + 1..at + MAX_SPAN) {
            if next.is_parted(widest) {
                break;
            }
            has_comma |= next.is_parted(0);
            if seconds & next.bit() != 0 {
                let gap = (widest - room).max(u8::from(has_comma));
                near.push(Near::new((word.id, next.id), at, to, gap));
            }
            if !next.passes(&mut room) {
                break;
            }
        }
    }

    /// Adds what matches of a candidate, where the words that it is filed under stand at `at`.
    #[inline]
    fn verify(
        &self,
        candidate: &Candidate,
        unit: &UnitWords,
        at: (usize, usize),
        work: &mut MatchWork,
    ) {
        let words = unit.words();
        let (first, last) = (&words[at.0], &words[at.1]);
        let around = if candidate.needs_ahead {
            last.ahead
        } else {
            first.behind
        };
        if candidate.needs & around == 0 && !candidate.is_whole
            || !first.begins(candidate.begin)
            || !last.ends(candidate.end)
        {
            return;
        }
        if candidate.is_guard {
            work.pending.push(Pending {
                sequence: candidate.sequence,
                element: candidate.element,
                at: at.0 as u32,
            });
        } else if candidate.is_whole && at.1 - at.0 <= 1 {
            work.found.push(Found {
                pattern: candidate.pattern,
                first: at.0 as u32,
                last: at.1 as u32,
                words: 1 | 1 << (at.1 - at.0),
            });
        } else {
            let search = self.sequences.search(unit, candidate.sequence);
            search.around(usize::from(candidate.element), at.0, |one| {
                work.found.push(one);
            });
        }
    }

    /// Adds the matches of the `pending` guards to `found` that `is_asked` for, by the number of the guard.
    pub(crate) fn find_guards(
        &self,
        unit: &UnitWords,
        pending: &[Pending],
        is_asked: impl Fn(u32) -> bool,
        mut found: impl FnMut(u32, Found),
    ) {
        for one in pending {
            let guard = self.sequences.pattern(one.sequence) - self.first_guard;
            if is_asked(guard) {
                let search = self.sequences.search(unit, one.sequence);
                search.around(usize::from(one.element), one.at as usize, |one| {
                    found(guard, one);
                });
            }
        }
    }
}

/// What is expected of a class of words.
#[derive(Clone, Copy, Debug)]
struct Rarity {
    /// How many words it has.
    words: usize,
    /// How often one of its words stands in a text, per word.
    chance: f64,
    /// Its signature bits.
    bits: u64,
    /// How often a word with one of these bits stands in a text, per word.
    bits_chance: f64,
}

impl Rarity {
    fn new(class: u32, classes: &Classes, weights: &[u64], signature: &Signature) -> Rarity {
        let ids = classes.ids(class);
        let weight: u64 = ids.iter().map(|id| weights[*id as usize]).sum();
        let bits = classes.bits(class);
        Rarity {
            words: ids.len(),
            chance: weight as f64 / 1e6,
            bits,
            bits_chance: signature.chance(bits),
        }
    }
}

/// The element to file a sequence under, and whether with the next.
fn rarest(elements: &[Element], rarities: &[Rarity]) -> (usize, bool) {
    let pair = |at: usize| {
        let (one, other) = (rarities[at], rarities[at + 1]);
        let pairs = one.words * other.words;
        let looks = one.chance * reached(elements[at + 1].gap);
        let cost = looks * (LOOK + other.chance) + PAIR * pairs as f64;
        (pairs <= MOST_PAIRS).then_some((cost, at))
    };
    let best = (0..elements.len() - 1)
        .filter_map(pair)
        .min_by(|one, other| one.0.total_cmp(&other.0));
    match best {
        Some((_, at)) => (at, true),
        None => {
            let chance = |at: &usize| rarities[*at].chance;
            let rarest =
                (0..elements.len()).min_by(|one, other| chance(one).total_cmp(&chance(other)));
            (rarest.unwrap_or(0), false)
        }
    }
}

/// About how many words lie within a gap of that many.
fn reached(gap: u8) -> f64 {
    1.3 + f64::from(gap)
}

/// The signature bits of the rarest element outside of those from `first` to `last`, and whether it
/// stands behind them; no bits where there is none.
fn needs(rarities: &[Rarity], first: usize, last: usize) -> (u64, bool) {
    let others = (0..rarities.len()).filter(|at| !(first..=last).contains(at));
    others
        .map(|at| (rarities[at], at > last))
        .min_by(|one, other| one.0.bits_chance.total_cmp(&other.0.bits_chance))
        .map_or((0, true), |(rarest, is_behind)| (rarest.bits, is_behind))
}
