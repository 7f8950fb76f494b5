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
use crate::span::Span;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    LookThrough,
    Clause,
    Other,
}

type Meaning = (Kind, Vec<u32>);

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
        let prefixes = prefixes_of(terms);
        let kind = |form: &str| match form {
            _ if rules.look_through.contains(form) => Kind::LookThrough,
            _ if rules.clause_words.contains(form) => Kind::Clause,
            _ => Kind::Other,
        };
        let forms: Vec<(&str, Meaning)> = forms
            .iter()
            .map(|(form, of)| (form.as_str(), (kind(form), of.clone())))
            .collect();
        let alone = prefixes.values().map(|of| (Kind::Other, of.clone()));
        let mut meanings: Vec<Meaning> = forms.iter().map(|(_, meaning)| meaning.clone()).collect();
        meanings.extend(alone);
        meanings.sort();
        meanings.dedup();
        let index = |meaning: &Meaning| {
            let at = meanings.binary_search(meaning);
            at.expect("every meaning is in the list")
        };
        let frequency: FxHashMap<&str, u64> = FREQUENCY.lines().filter_map(frequency).collect();
        let weigh = |form: &str| frequency.get(form).copied().unwrap_or(RARE);
        let mut of_meaning = vec![RARE; meanings.len()];
        for (form, meaning) in &forms {
            of_meaning[index(meaning)] += weigh(form);
        }
        let numbers = number(&meanings, &of_meaning);
        let id = |meaning: &Meaning| numbers[index(meaning)];
        let mut ids = vec![Vec::new(); terms.len()];
        let mut weights = vec![RARE; meanings.len() + 1];
        let mut last = [0u32; 2];
        for ((kind, of), (id, weight)) in meanings.iter().zip(numbers.iter().zip(&of_meaning)) {
            if *kind == Kind::LookThrough {
                last[0] = last[0].max(*id);
            }
            if *kind <= Kind::Clause {
                last[1] = last[1].max(*id);
            }
            for term in of {
                ids[*term as usize].push(*id);
            }
            weights[*id as usize] = *weight;
        }
        let mut forms: Vec<(&str, u32)> = forms
            .iter()
            .map(|(form, meaning)| (*form, id(meaning)))
            .collect();
        forms.sort_by_key(|(form, _)| Reverse(weigh(form)));
        let mut vocabulary = Vocabulary {
            forms: FormTable::new(forms.iter().copied()),
            prefixes: Vec::new(),
            heads: vec![0; (1 << 15) / 64],
            odd_heads: false,
            look_through: last[0],
            clause: last[1],
        };
        vocabulary.add_prefixes(&prefixes, |of| id(&(Kind::Other, of.to_vec())));
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

    /// The id of the word at `span`; `buffer` is scratch memory.
    #[inline]
    pub(crate) fn id(&self, text: &str, span: Span, buffer: &mut String) -> u32 {
        match table::short_key(text.as_bytes(), span) {
            Some(key) => match self.forms.short(key) {
                Some(id) => id,
                None => self.prefix_of_short(key),
            },
            None => self.id_of_odd(span.of(text), buffer),
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

    #[inline]
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

    fn add_prefixes(&mut self, prefixes: &BTreeMap<String, Vec<u32>>, id: impl Fn(&[u32]) -> u32) {
        let mut by_len: BTreeMap<usize, Vec<(&str, u32)>> = BTreeMap::new();
        for (prefix, of) in prefixes {
            by_len
                .entry(prefix.len())
                .or_default()
                .push((prefix, id(of)));
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

/// Numbers the meanings from 1: by kind, then the commonest first, so that what belongs
/// to common words lies together in memory.
fn number(meanings: &[Meaning], weights: &[u64]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..meanings.len()).collect();
    order.sort_by_key(|at| (meanings[*at].0, Reverse(weights[*at])));
    let mut numbers = vec![0; meanings.len()];
    for (id, at) in (1u32..).zip(order) {
        numbers[at] = id;
    }
    numbers
}

/// A line of the list: a word and a number; none for a comment.
fn frequency(line: &str) -> Option<(&str, u64)> {
    let (word, count) = line.split_once(' ')?;
    Some((word, count.parse().ok()?))
}

/// Every form, in order, with the terms that it satisfies, ascending.
fn forms_of(terms: &[&Term], rules: &WordRules) -> Vec<(String, Vec<u32>)> {
    let kinds = rules.look_through.iter().chain(&rules.clause_words);
    let mut pairs: Vec<(String, Option<u32>)> = kinds.map(|word| (word.clone(), None)).collect();
    for (term, index) in terms.iter().zip(0u32..) {
        match term {
            Term::Plain(base) => {
                let forms = rules.forms(base).into_iter();
                pairs.extend(forms.map(|form| (form, Some(index))));
            }
            Term::Exact(word) => pairs.push((word.clone(), Some(index))),
            Term::Prefix(_) => {}
        }
    }
    pairs.sort();
    let mut forms: Vec<(String, Vec<u32>)> = Vec::new();
    for (form, index) in pairs {
        match forms.last_mut() {
            Some((last, of)) if *last == form => of.extend(index),
            _ => forms.push((form, index.into_iter().collect())),
        }
    }
    for (term, index) in terms.iter().zip(0u32..) {
        let Term::Prefix(prefix) = term else { continue };
        let from = forms.partition_point(|(form, _)| form < prefix);
        let fits = |(form, _): &&mut (String, Vec<u32>)| form.starts_with(prefix.as_str());
        for (_, of) in forms[from..].iter_mut().take_while(fits) {
            of.push(index);
        }
    }
    for (_, of) in &mut forms {
        of.sort_unstable();
        of.dedup();
    }
    forms
}

/// Every prefix with the terms that a word beginning so satisfies.
fn prefixes_of(terms: &[&Term]) -> BTreeMap<String, Vec<u32>> {
    let all: Vec<(&str, u32)> = terms
        .iter()
        .zip(0u32..)
        .filter_map(|(term, index)| match term {
            Term::Prefix(prefix) => Some((prefix.as_str(), index)),
            _ => None,
        })
        .collect();
    let satisfied = |word: &str| {
        let fits = all.iter().filter(|(prefix, _)| word.starts_with(prefix));
        fits.map(|(_, index)| *index).collect()
    };
    all.iter()
        .map(|(prefix, _)| ((*prefix).to_owned(), satisfied(prefix)))
        .collect()
}
