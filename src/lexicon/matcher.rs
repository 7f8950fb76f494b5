//! The search for all sequences of a set of patterns in the words of a unit.
//!
//! Each sequence is filed under two words of it that seldom stand together (see [`super::filing`] and
//! [`super::pairs`]); the candidates that come up are verified word by word.

use super::candidates::Candidate;
use super::expand::Sequence;
use super::filing::{Rarity, leads, needs, rarest};
use super::pairs::{Listed, Near, Pairs, Place, Places};
use super::search::{Found, MAX_SPAN, Sequences};
use super::signature::Signature;
use super::terms::Terms;
use super::unit::{Known, UnitWords, Word};
use super::vocabulary::Vocabulary;

/// All sequences of a set of patterns, some of which are guards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    pub(crate) sequences: Sequences,
    /// Patterns from here on are guards.
    first_guard: u32,
    /// By word id.
    pub(crate) known: Vec<Known>,
    pairs: Pairs,
}

/// A guard that may match: looked at where something asks for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    /// Index of the candidate.
    candidate: u32,
    guard: u32,
    at: u32,
}

/// Memory that is used again for every unit; of `near` and `met` only the front counts at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct MatchWork {
    near: Vec<Near>,
    lists: Vec<Listed>,
    /// Candidates whose needs are met, and their lists, by index.
    met: Vec<(u32, u32)>,
    pub(crate) found: Vec<Found>,
    pub(crate) pending: Vec<Pending>,
}

impl Matcher {
    /// Compiles `patterns`, those from `first_guard` on guards; `terms` are theirs.
    pub(crate) fn new<'p>(
        patterns: impl Iterator<Item = Vec<&'p Sequence>>,
        first_guard: u32,
        terms: &Terms<'_>,
    ) -> Matcher {
        Matcher {
            sequences: Sequences::new(patterns, terms),
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
        for (sequence, elements, indices) in self.sequences.iter() {
            let rarities: Vec<Rarity> = indices.iter().map(|at| rarities[*at as usize]).collect();
            let (first, last) = rarest(elements, &rarities);
            let [need, also] = needs(sequence, &rarities, first, last);
            let candidate = Candidate {
                also,
                sequence: *sequence,
                limit: leads(elements, first, last),
                element: first as u8,
                is_whole: last - first <= 1 && elements.len() == last - first + 1,
            };
            let place = match (indices[first], indices[last]) {
                (word, _) if first == last => Place::Word(word),
                (word, other) if candidate.limit == 0 => Place::Next(word, other),
                (word, other) => Place::Near(word, other),
            };
            filed.push((place, need, candidate));
        }
        let known = (0..weights.len() as u32).map(|id| Known {
            next: 0,
            near: 0,
            reach: 0,
            step: vocabulary.step(id),
            bit: signature.number(id),
            alone: 0,
        });
        self.known = known.collect();
        self.pairs = Pairs::new(
            filed,
            &mut self.known,
            |class| classes.ids(class),
            |class| classes.bits(class),
        );
    }

    /// Adds every match in a unit to `work.found`, in no particular order, some perhaps twice; and
    /// to `work.pending` the guards that may match.
    ///
    /// Step by step for all words: the processor then waits for the memory of many of them at a time, and
    /// does not have to guess the way of each.
    pub(crate) fn find(&self, unit: &UnitWords, work: &mut MatchWork) {
        let words = unit.words();
        work.clear();
        for (word, at) in words.iter().zip(0..) {
            if word.is_alone() {
                work.lists.push(self.pairs.alone(word.id, at));
            }
        }
        let len = near(words, &mut work.near);
        let len = self.pairs.sieve(&mut work.near[..len]);
        self.pairs.lists(&work.near[..len], &mut work.lists);
        let len = self.pairs.needed(unit, &work.lists, &mut work.met);
        let MatchWork {
            lists,
            met,
            found,
            pending,
            ..
        } = work;
        for (candidate, list) in &met[..len] {
            let places = lists[*list as usize].places;
            self.verify(*candidate, unit, places, found, pending);
        }
    }

    /// Adds what matches of a candidate whose needs are met to `found`, or to `pending` if it is a guard.
    #[inline]
    fn verify(
        &self,
        index: u32,
        unit: &UnitWords,
        places: Places,
        found: &mut Vec<Found>,
        pending: &mut Vec<Pending>,
    ) {
        let candidate = self.pairs.candidate(index);
        let sequence = &candidate.sequence;
        if places.steps > candidate.limit || !candidate.also.is_met(unit.around(places.ends())) {
            return;
        }
        if sequence.pattern >= self.first_guard {
            pending.push(Pending {
                candidate: index,
                guard: sequence.pattern - self.first_guard,
                at: places.at,
            });
        } else if candidate.is_whole && places.ahead <= 1 {
            let (at, to) = places.ends();
            if unit.begins(at, sequence.begin) && unit.ends(to, sequence.end) {
                found.push(Found {
                    pattern: sequence.pattern,
                    first: at as u32,
                    last: to as u32,
                    words: 1 | 1 << (to - at),
                });
            }
        } else {
            self.around(candidate, unit, places.at, |one| found.push(one));
        }
    }

    /// Calls `found` with the matches of the `pending` guards that `is_asked` for, by the number of the guard.
    pub(crate) fn find_guards(
        &self,
        unit: &UnitWords,
        pending: &[Pending],
        is_asked: impl Fn(u32) -> bool,
        mut found: impl FnMut(u32, Found),
    ) {
        for one in pending.iter().filter(|one| is_asked(one.guard)) {
            let candidate = self.pairs.candidate(one.candidate);
            self.around(candidate, unit, one.at, |of_guard| {
                found(one.guard, of_guard);
            });
        }
    }

    /// Calls `found` with the matches of a candidate, the first word of whose place stands at `at`.
    #[inline(always)]
    fn around(&self, candidate: &Candidate, unit: &UnitWords, at: u32, found: impl FnMut(Found)) {
        let search = self.sequences.search(unit, &candidate.sequence);
        search.around(usize::from(candidate.element), at as usize, found);
    }
}

impl MatchWork {
    fn clear(&mut self) {
        self.lists.clear();
        self.found.clear();
        self.pending.clear();
    }
}

/// Writes the words that may make pairs to the front of `near`; returns how many.
fn near(words: &[Word], near: &mut Vec<Near>) -> usize {
    let mut len = 0;
    for (word, at) in words.iter().zip(0..) {
        let known = &word.known;
        let partners = [known.next & word.ahead, known.near & word.ahead];
        if partners[0] == 0 {
            continue;
        }
        if near.len() < len + MAX_SPAN {
            near.resize(2 * near.len() + MAX_SPAN, Near::default());
        }
        let reach = u32::from(known.reach) * u32::from(partners[1] != 0);
        let room = &mut near[len..len + MAX_SPAN];
        let mut added = 0;
        for (next, ahead) in words[at + 1..].iter().zip(1..MAX_SPAN) {
            let steps = word.steps_to(next);
            if steps > reach {
                break;
            }
            room[added % MAX_SPAN] = Near::new((word.id, next.id), at, ahead, steps);
            added += next.is_in(partners[usize::from(steps > 0)]);
        }
        len += added;
    }
    len
}
