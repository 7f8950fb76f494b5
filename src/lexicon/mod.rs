//! Lexicon files → one immutable matcher: the language of `docs/lexicon.md`.
//!
//! [`Lexicon::tokenize`] turns the words of a unit into ids, [`Lexicon::find`]
//! the ids into the matches that count. Both cost what the text costs and
//! hardly depend on how many patterns there are.

mod build;
mod candidates;
mod check;
mod classes;
mod expand;
mod file;
mod filing;
mod flat;
mod fold;
mod guards;
mod inflect;
mod matcher;
mod pairs;
mod pattern;
mod rules;
mod search;
mod show;
mod signature;
mod source;
mod table;
mod terms;
mod threads;
mod titles;
mod tokens;
mod unit;
mod values;
mod vocabulary;

#[cfg(test)]
mod naive;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::document::Token;
use crate::error::Error;
use crate::role::Role;
use crate::span::Span;

pub use flat::{FlatEntry, FlatSequence, FlatWord};
pub(crate) use fold::folded;

use build::Built;
use rules::{Kept, RuleMatcher, Rules, Work};
use source::Source;
use terms::Terms;
use titles::Overrides;
use vocabulary::{Coded, Vocabulary};

/// A responsibility.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Unique name, such as `product.roadmap`.
    pub id: String,
    /// What a report prints.
    pub label: String,
    /// Groups entries in reports.
    pub category: String,
    /// The label that it gives to a unit.
    pub role: Role,
    /// Whether it counts only under a heading, list introduction or column of its role.
    pub weak: bool,
    /// Where the responsibility is described, by short names.
    pub sources: Vec<String>,
    /// For people.
    pub note: String,
    /// Its patterns as written.
    pub patterns: Vec<String>,
}

/// Patterns that the analysis asks for by id.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Unique name, such as `role.product`.
    pub id: String,
    /// Its patterns as written.
    pub patterns: Vec<String>,
}

/// Whose match a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Index into [`Lexicon::entries`].
    Entry(u32),
    /// Index into [`Lexicon::cues`].
    Cue(u32),
}

/// A match that counts: guards, `yields_to` and the choice of the longest are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The entry or cue.
    pub owner: Owner,
    /// Index among the owner's patterns.
    pub pattern: u32,
    /// Index of its first token among the unit's tokens.
    pub first: u32,
    /// Index of its last token.
    pub last: u32,
    /// Bit i: token `first + i` is matched by a word of the pattern, not taken in by a gap.
    pub words: u64,
}

impl Hit {
    /// Indices of the tokens that words of the pattern matched, ascending.
    pub fn tokens(&self) -> impl Iterator<Item = usize> {
        let (first, words) = (self.first as usize, self.words);
        (0..64)
            .filter(move |bit| words >> bit & 1 != 0)
            .map(move |bit| first + bit)
    }
}

/// Memory that [`Lexicon::find`] uses again for every unit; one per thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    work: Work,
    kept: Vec<Kept>,
    hits: Vec<Hit>,
    words: tokens::Memory,
}

impl Scratch {
    /// What the last [`Lexicon::find`] found, in text order.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }
}

/// Everything that rolecall knows about words.
#[derive(Debug)]
pub struct Lexicon {
    sources: Vec<Source>,
    built: Built,
    entries: Vec<Entry>,
    cues: Vec<Cue>,
    vocabulary: Vocabulary,
    units: RuleMatcher,
    grammar: RuleMatcher,
    titles: RuleMatcher,
    overrides: Overrides,
    owners: Owners,
}

/// Whose the rules of each matcher are, by index.
#[derive(Debug)]
struct Owners {
    units: Vec<Owner>,
    grammar: Vec<Owner>,
}

impl Owners {
    fn new(built: &Built) -> Owners {
        let cues = |grammar: bool| {
            let all = (0u32..).zip(&built.cue_tables);
            let kind =
                all.filter(move |(_, tables)| build::is_grammar(&tables[0].id.value) == grammar);
            kind.map(|(index, _)| Owner::Cue(index))
        };
        let entries = (0..built.entry_tables.len() as u32).map(Owner::Entry);
        Owners {
            units: entries.chain(cues(false)).collect(),
            grammar: cues(true).collect(),
        }
    }
}

impl Lexicon {
    /// The built-in lexicon. It has no mistakes: a test sees to that.
    pub fn builtin() -> Result<Lexicon, Error> {
        Lexicon::compile(source::builtin())
    }

    /// The lexicon of the files `*.toml` in `dir`, or all mistakes in them.
    pub fn load(dir: &Path) -> Result<Lexicon, Error> {
        Lexicon::compile(source::read(dir, 0)?)
    }

    /// The lexicon with the files of `dir` added.
    pub fn extend(self, dir: &Path) -> Result<Lexicon, Error> {
        let mut sources = self.sources;
        let layer = sources.last().map_or(0, |source| source.layer + 1);
        sources.extend(source::read(dir, layer)?);
        Lexicon::compile(sources)
    }

    fn compile(sources: Vec<Source>) -> Result<Lexicon, Error> {
        let mut mistakes = Vec::new();
        let files: Vec<u32> = (0..sources.len() as u32).collect();
        let read = threads::each(&files, |file| {
            let mut mistakes = Vec::new();
            (file::read(&sources, *file, &mut mistakes), mistakes)
        });
        let mut sheets = Vec::with_capacity(read.len());
        for (sheet, of_file) in read {
            sheets.push(sheet);
            mistakes.extend(of_file);
        }
        let overrides = Overrides::of(&mut sheets);
        let built = build::build(&sources, sheets, &mut mistakes);
        if !mistakes.is_empty() {
            return Err(Error::Lexicon(source::located(&sources, mistakes)));
        }
        Ok(Lexicon::assemble(sources, built, overrides))
    }

    fn assemble(sources: Vec<Source>, built: Built, overrides: Overrides) -> Lexicon {
        let all = [&built.units, &built.grammar, &built.titles];
        let terms = Terms::of(all);
        let Coded {
            vocabulary,
            ids,
            weights,
        } = Vocabulary::code(&terms.all, &built.words);
        let terms = terms.coded(ids);
        let matchers = threads::each(&all, |rules| {
            RuleMatcher::new(rules, &vocabulary, &weights, &terms)
        });
        let [units, grammar, titles] = <[RuleMatcher; 3]>::try_from(matchers)
            .expect("there are as many matchers as sets of rules");
        Lexicon {
            entries: show::entries(&built),
            owners: Owners::new(&built),
            cues: show::cues(&built),
            sources,
            built,
            vocabulary,
            units,
            grammar,
            titles,
            overrides,
        }
    }

    /// BLAKE3 over the names and contents of the files, in hex.
    pub fn hash(&self) -> String {
        source::hash(&self.sources)
    }

    /// The responsibilities: file by file in the order of file names, each file in its own order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The cues in the order of their ids.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// The index of the cue `id` in [`Lexicon::cues`].
    pub fn cue(&self, id: &str) -> Option<u32> {
        let found = self.cues.binary_search_by(|cue| cue.id.as_str().cmp(id));
        found.ok().map(|index| index as u32)
    }

    /// The members of a set as written; none where there is no such set.
    pub fn set(&self, name: &str) -> &[String] {
        self.built.sets.get(name).map_or(&[], Vec::as_slice)
    }

    /// Every form that a plain word of a pattern stands for, itself included, in order.
    pub fn forms(&self, base: &str) -> impl Iterator<Item = String> {
        self.built.words.forms(base).into_iter()
    }

    /// The source text of the pattern behind a hit.
    pub fn pattern(&self, hit: &Hit) -> &str {
        let patterns = match hit.owner {
            Owner::Entry(index) => &self.entries[index as usize].patterns,
            Owner::Cue(index) => &self.cues[index as usize].patterns,
        };
        &patterns[hit.pattern as usize]
    }

    /// Adds the words of `text[span]`, one unit, to `tokens`: one token for every word.
    pub fn tokenize(&self, text: &str, span: Span, tokens: &mut Vec<Token>, scratch: &mut Scratch) {
        tokens::tokenize(&self.vocabulary, text, span, tokens, &mut scratch.words);
    }

    /// Whether patterns look through the word (*the*, *our*); `word` is a [`Token::word`].
    pub fn looks_through(&self, word: u32) -> bool {
        self.vocabulary.looks_through(word)
    }

    /// Whether the word begins another clause (*while*, *who*); `word` is a [`Token::word`].
    pub fn ends_clause(&self, word: u32) -> bool {
        self.vocabulary.ends_clause(word)
    }

    /// Finds the entries and cues in one unit: [`Scratch::hits`] has them until the next call.
    pub fn find(&self, tokens: &[Token], scratch: &mut Scratch) {
        self.find_with(
            &self.units,
            &self.built.units,
            &self.owners.units,
            tokens,
            scratch,
        );
    }

    /// Finds the cues of grammar (`grammar.*`) in one unit, which [`Lexicon::find`] leaves out:
    /// [`Scratch::hits`] has them until the next call.
    pub fn find_grammar(&self, tokens: &[Token], scratch: &mut Scratch) {
        self.find_with(
            &self.grammar,
            &self.built.grammar,
            &self.owners.grammar,
            tokens,
            scratch,
        );
    }

    fn find_with(
        &self,
        matcher: &RuleMatcher,
        rules: &Rules,
        owners: &[Owner],
        tokens: &[Token],
        scratch: &mut Scratch,
    ) {
        let Scratch {
            work, kept, hits, ..
        } = scratch;
        matcher.find(rules, tokens, work, kept);
        hits.clear();
        hits.extend(kept.iter().map(|kept| Hit {
            owner: owners[kept.rule as usize],
            pattern: kept.pattern,
            first: kept.first,
            last: kept.last,
            words: kept.words,
        }));
    }
}
