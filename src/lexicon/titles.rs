//! Job titles → declared roles, and what single employers mean by theirs.

use super::file::Sheet;
use super::fold::folded;
use super::rules::Kept;
use super::source::Text;
use super::{Lexicon, Scratch};
use crate::role::{Declared, Role};
use crate::span::Span;
use crate::text::words;

/// One line of an `[employer."…"]` table, as read.
#[derive(Debug)]
pub(crate) struct OverrideLine {
    pub(crate) employer: String,
    pub(crate) title: Text,
    /// `None` for `other`.
    pub(crate) role: Option<Role>,
}

/// What employers mean by the words of their titles.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    own: Vec<Override>,
    /// Words at the end of a company's name that do not tell it from others.
    legal_forms: Vec<String>,
}

#[derive(Debug)]
struct Override {
    employer: Vec<String>,
    title: Vec<String>,
    role: Option<Role>,
}

impl Overrides {
    /// Takes the lines and legal forms out of the sheets.
    pub(super) fn of(sheets: &mut [Sheet]) -> Overrides {
        let forms = sheets.iter().flat_map(|sheet| &sheet.legal_forms);
        let mut overrides = Overrides {
            legal_forms: forms.map(|form| folded(&form.value)).collect(),
            own: Vec::new(),
        };
        let lines = sheets
            .iter_mut()
            .flat_map(|sheet| sheet.employers.drain(..));
        for line in lines {
            overrides.own.push(Override {
                employer: overrides.employer_words(&line.employer),
                // A TOML key is written without spaces.
                title: words_of(&line.title.value.replace('_', " ")),
                role: line.role,
            });
        }
        overrides
    }

    /// The line that decides about a title of that employer.
    fn of_title(&self, title: &str, employer: &str) -> Option<&Override> {
        if self.own.is_empty() || employer.is_empty() {
            return None;
        }
        let (employer, title) = (self.employer_words(employer), words_of(title));
        let holds = |own: &&Override| {
            let len = own.title.len();
            own.employer == employer && title.windows(len).any(|words| *words == own.title)
        };
        self.own
            .iter()
            .filter(holds)
            .max_by_key(|own| own.title.len())
    }

    fn employer_words(&self, name: &str) -> Vec<String> {
        let mut words = words_of(name);
        while words.len() > 1
            && words
                .last()
                .is_some_and(|word| self.legal_forms.contains(word))
        {
            words.pop();
        }
        words
    }
}

impl Lexicon {
    /// The role that a job title declares; `None` for an empty title. Where the employer (empty if unknown)
    /// has lines of its own for words of the title, the longest of them decides, of equals the last.
    pub fn declare(&self, title: &str, employer: &str) -> Option<Declared> {
        if title.trim().is_empty() {
            return None;
        }
        if let Some(own) = self.overrides.of_title(title, employer) {
            return Some(own.role.map_or(Declared::Other, Declared::Role));
        }
        let mut declared = None;
        for rule in self.title_rules(title) {
            if let Some(role) = self.built.title_tables[rule as usize].role {
                declared = match declared {
                    None => Some(Declared::Role(role)),
                    Some(Declared::Role(other)) if other == role => declared,
                    Some(_) => Some(Declared::Mixed),
                };
            }
        }
        Some(declared.unwrap_or(Declared::Other))
    }

    /// The title tables that match, those left out that share a word with one of `other`.
    pub(super) fn title_rules(&self, title: &str) -> Vec<u32> {
        let (mut tokens, mut scratch) = (Vec::new(), Scratch::default());
        let Ok(len) = u32::try_from(title.len()) else {
            return Vec::new();
        };
        let span = Span { start: 0, end: len };
        self.tokenize(title, span, &mut tokens, &mut scratch);
        let Scratch { work, kept, .. } = &mut scratch;
        self.titles.find(&self.built.titles, &tokens, work, kept);
        let is_other = |hit: &Kept| self.built.title_tables[hit.rule as usize].role.is_none();
        let beaten = |hit: &Kept| {
            let touches = |other: &Kept| other.first <= hit.last && hit.first <= other.last;
            !is_other(hit) && kept.iter().any(|other| is_other(other) && touches(other))
        };
        let mut rules: Vec<u32> = kept
            .iter()
            .filter(|hit| !beaten(hit))
            .map(|hit| hit.rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

fn words_of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words::for_each(text, Span::new(0..text.len()), |span| {
        found.push(folded(span.of(text)));
    });
    found
}
