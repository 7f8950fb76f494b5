//! Word form → word id, and which ids stand for which terms of the patterns.
//!
//! Forms that no pattern can tell apart share an id: *manage* and *managing*
//! have one unless some pattern quotes one of them. Ids are numbered so that a
//! word's kind shows from its size: 0 for words that are in no pattern, then
//! the words to look through, then those that end a clause, then the rest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fold::fold;
use super::inflect::WordRules;
use super::pattern::Term;
use super::table::{self, FormTable};
use super::unit::{self, Steps};
use crate::span::Span;
use crate::text::words::Letters;

/// The word id of a form that is in no pattern.
pub(crate) const UNKNOWN: u32 = 0;

/// Letters of a prefix that the first check looks at.
const HEAD: usize = 3;

/// All word forms that some pattern knows.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    forms: FormTable,
    /// Prefix tables by length, longest first; the longest that fits decides.
    prefixes: Vec<(usize, FormTable)>,
    /// Which beginnings of three ASCII letters some prefix has.
    heads: Vec<u64>,
    /// Prefixes that begin with something else than three ASCII letters.
    odd_heads: bool,
    look_through: u32,
    clause: u32,
}

/// What an id stands for while the vocabulary is built: kind first, then terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    LookThrough,
    Clause,
    Other,
}

/// A word form, or what begins with a prefix, and what it stands for.
#[derive(Debug)]
struct Form {
    text: String,
    is_prefix: bool,
    kind: Kind,
    /// The terms that it satisfies, ascending.
    terms: Vec<u32>,
    /// How often it may be expected.
    weight: u64,
}

impl Form {
    fn meaning(&self) -> (Kind, &[u32]) {
        (self.kind, &self.terms)
    }
}

/// How often words stand in job postings, per million words.
const FREQUENCY: &str = include_str!("frequency.txt");
/// The weight of a form that is not in the list.
const RARE: u64 = 2;

/// A vocabulary, and what the matcher is built from.
#[derive(Debug)]
pub(crate) struct Coded {
    pub(crate) vocabulary: Vocabulary,
    /// For each term its word ids, ascending.
    pub(crate) ids: Vec<Vec<u32>>,
    /// For each word id how often it may be expected.
    pub(crate) weights: Vec<u64>,
}

impl Vocabulary {
    /// The vocabulary of `terms`.
    pub(crate) fn code(terms: &[&Term], rules: &WordRules) -> Coded {
        let forms = forms_of(terms, rules);
        // Forms of the same meaning share an id.
        let mut places: FxHashMap<(Kind, &[u32]), usize> = FxHashMap::default();
        let mut alike: Vec<(u64, Vec<u32>)> = Vec::new();
        for (form, index) in forms.iter().zip(0u32..) {
            let place = *places.entry(form.meaning()).or_insert(alike.len());
            if place == alike.len() {
                alike.push((RARE, Vec::new()));
            }
            alike[place].0 += form.weight;
            alike[place].1.push(index);
        }
        let meaning = |alike: &[u32]| forms[alike[0] as usize].meaning();
        // By kind, then the commonest first, so that what belongs to common words lies together in memory.
        alike.sort_by_key(|(weight, alike)| (meaning(alike).0, Reverse(*weight)));
        let mut ids = vec![Vec::new(); terms.len()];
        let mut weights = vec![RARE; alike.len() + 1];
        let mut id_of = vec![UNKNOWN; forms.len()];
        let mut last = [0u32; 2];
        for ((weight, alike), id) in alike.iter().zip(1u32..) {
            let (kind, of) = meaning(alike);
            if kind == Kind::LookThrough {
                last[0] = id;
            }
            if kind <= Kind::Clause {
                last[1] = id;
            }
            for term in of {
                ids[*term as usize].push(id);
            }
            weights[id as usize] = *weight;
            for form in alike {
                id_of[*form as usize] = id;
            }
        }
        let all = || forms.iter().zip(&id_of);
        // What is looked up often comes first in the tables.
        let mut words: Vec<(&Form, &u32)> = all().filter(|(form, _)| !form.is_prefix).collect();
        words.sort_by_key(|(form, _)| Reverse(form.weight));
        let mut vocabulary = Vocabulary {
            forms: FormTable::new(
                words
                    .into_iter()
                    .map(|(form, id)| (form.text.as_str(), *id)),
            ),
            prefixes: Vec::new(),
            heads: vec![0; (1 << 15) / 64],
            odd_heads: false,
            look_through: last[0],
            clause: last[1],
        };
        let prefixes = all().filter(|(form, _)| form.is_prefix);
        vocabulary.add_prefixes(prefixes.map(|(form, id)| (form.text.as_str(), *id)));
        Coded {
            vocabulary,
            ids,
            weights,
        }
    }

    /// Whether patterns look through the word.
    #[inline]
    pub(crate) fn looks_through(&self, word: u32) -> bool {
        word.wrapping_sub(1) < self.look_through
    }

    /// Whether no gap crosses the word.
    #[inline]
    pub(crate) fn ends_clause(&self, word: u32) -> bool {
        word > self.look_through && word <= self.clause
    }

    /// What the word takes of a gap.
    pub(crate) fn step(&self, word: u32) -> Steps {
        if self.looks_through(word) {
            unit::LOOK_THROUGH
        } else if self.ends_clause(word) {
            unit::CLAUSE
        } else {
            unit::COUNTED
        }
    }

    /// The id of the word at `span`; `buffer` is scratch memory.
    #[inline(never)]
    pub(crate) fn id(&self, text: &str, span: Span, buffer: &mut String) -> u32 {
        match table::short_key(text.as_bytes(), span) {
            Some(key) => self.id_of_letters(key),
            None => self.id_of_odd(span.of(text), buffer),
        }
    }

    /// The id of the folded word of up to 16 ASCII bytes, the first in the lowest byte.
    #[inline(always)]
    pub(crate) fn id_of_letters(&self, key: Letters) -> u32 {
        match self.forms.short(key) {
            Some(id) => id,
            None => self.prefix_of_short(key),
        }
    }

    /// Words that are long, not ASCII, or dressed in underscores.
    #[cold]
    fn id_of_odd(&self, word: &str, buffer: &mut String) -> u32 {
        buffer.clear();
        fold(word, buffer);
        if let Some(id) = self.forms.get(buffer) {
            return id;
        }
        let fits = |(len, table): &(usize, FormTable)| table.get(buffer.get(..*len)?);
        self.prefixes.iter().find_map(fits).unwrap_or(UNKNOWN)
    }

    #[inline(never)]
    fn prefix_of_short(&self, key: u128) -> u32 {
        let head = table::head(key);
        let maybe = self.heads[head >> 6] >> (head & 63) & 1 != 0;
        if !maybe && !self.odd_heads {
            return UNKNOWN;
        }
        self.prefix_search(key)
    }

    fn prefix_search(&self, key: u128) -> u32 {
        let len = table::key_len(key);
        for (prefix, table) in self.prefixes.iter().filter(|(prefix, _)| *prefix <= len) {
            let cut = key & table::low_bytes(*prefix);
            if let Some(id) = table.short(cut) {
                return id;
            }
        }
        UNKNOWN
    }

    fn add_prefixes<'f>(&mut self, prefixes: impl Iterator<Item = (&'f str, u32)>) {
        let mut by_len: BTreeMap<usize, Vec<(&str, u32)>> = BTreeMap::new();
        for (prefix, id) in prefixes {
            by_len.entry(prefix.len()).or_default().push((prefix, id));
            let begin = prefix.as_bytes();
            if begin.len() >= HEAD && begin[..HEAD].iter().all(u8::is_ascii_lowercase) {
                let head = table::head(table::key_of(&begin[..HEAD]));
                self.heads[head >> 6] |= 1 << (head & 63);
            } else {
                self.odd_heads = true;
            }
        }
        let tables = by_len.into_iter().rev();
        self.prefixes = tables
            .map(|(len, words)| (len, FormTable::new(words.into_iter())))
            .collect();
    }
}

/// A line of the list: a word and a number; none for a comment.
fn frequency(line: &str) -> Option<(&str, u64)> {
    let (word, count) = line.split_once(' ')?;
    Some((word, count.parse().ok()?))
}

/// Every form and every prefix, each once, in an order that depends on the arguments alone.
fn forms_of(terms: &[&Term], rules: &WordRules) -> Vec<Form> {
    let (prefixes, inflector) = (Prefixes::of(terms), rules.inflector());
    let frequency: FxHashMap<&str, u64> = FREQUENCY.lines().filter_map(frequency).collect();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut satisfied: Vec<Vec<u32>> = Vec::new();
    let mut add = |form: String, term: Option<u32>| {
        let place = *places.entry(form).or_insert_with(|| {
            satisfied.push(Vec::new());
            satisfied.len() - 1
        });
        let known = &mut satisfied[place];
        known.extend(term.filter(|term| known.last() != Some(term)));
    };
    for word in rules.look_through.iter().chain(&rules.clause_words) {
        add(word.clone(), None);
    }
    for (term, index) in terms.iter().zip(0u32..) {
        match term {
            Term::Plain(base) => inflector.each_form(base, |form| add(form, Some(index))),
            Term::Exact(word) => add(word.to_string(), Some(index)),
            Term::Prefix(_) => {}
        }
    }
    let mut texts: Vec<(usize, String)> = places
        .into_iter()
        .map(|(form, place)| (place, form))
        .collect();
    texts.sort_unstable_by_key(|(place, _)| *place);
    // They were the first to be added, and no word is both.
    let (look_through, clause) = (rules.look_through.len(), rules.clause_words.len());
    let kind = |place: usize| match place {
        _ if place < look_through => Kind::LookThrough,
        _ if place < look_through + clause => Kind::Clause,
        _ => Kind::Other,
    };
    let words = texts
        .into_iter()
        .zip(satisfied)
        .map(|((place, text), mut terms)| {
            terms.extend(prefixes.satisfied(&text));
            Form {
                kind: kind(place),
                weight: frequency.get(text.as_str()).copied().unwrap_or(RARE),
                is_prefix: false,
                terms: sorted(terms),
                text,
            }
        });
    let beginnings = prefixes.all.iter().map(|prefix| Form {
        text: (*prefix).to_owned(),
        is_prefix: true,
        kind: Kind::Other,
        terms: sorted(prefixes.satisfied(prefix).collect()),
        weight: 0,
    });
    words.chain(beginnings).collect()
}

fn sorted(mut terms: Vec<u32>) -> Vec<u32> {
    terms.sort_unstable();
    terms
}

/// The prefixes among the terms.
struct Prefixes<'t> {
    /// Sorted.
    all: Vec<&'t str>,
    terms: FxHashMap<&'t str, u32>,
    /// Ascending.
    lengths: Vec<usize>,
}

impl<'t> Prefixes<'t> {
    fn of(terms: &[&'t Term]) -> Prefixes<'t> {
        let prefixes = terms
            .iter()
            .zip(0u32..)
            .filter_map(|(term, index)| match term {
                Term::Prefix(prefix) => Some((&**prefix, index)),
                _ => None,
            });
        let terms: FxHashMap<&str, u32> = prefixes.collect();
        let mut all: Vec<&str> = terms.keys().copied().collect();
        all.sort_unstable();
        let mut lengths: Vec<usize> = all.iter().map(|prefix| prefix.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Prefixes {
            all,
            terms,
            lengths,
        }
    }

    /// The terms whose prefix `word` begins with, the shortest prefix first.
    fn satisfied(&self, word: &str) -> impl Iterator<Item = u32> {
        let beginnings = self.lengths.iter().filter_map(|length| word.get(..*length));
        beginnings.filter_map(|beginning| self.terms.get(beginning).copied())
    }
}
