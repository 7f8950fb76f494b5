//! What the tallies take of a document: the same whether it was just analysed or is read again from a report.

use std::ops::Range;

use crate::analyze::{Analysis, ContentRole, Counts};
use crate::document::{Document, Structure};
use crate::role::{Declared, Role, RoleSet};

/// One document.
#[derive(Clone, Debug)]
pub struct Facts<'t> {
    /// Its id.
    pub id: &'t str,
    /// What its title says; `None` without a title.
    pub declared: Option<Declared>,
    /// What its text says.
    pub content: ContentRole,
    /// Units that count if they carry a label.
    pub countable: u32,
    /// All units, in text order.
    pub units: Vec<UnitFacts<'t>>,
    /// Lexicon entries behind the counted labels: those of each unit together, each once.
    pub entries: Vec<u32>,
}

/// One unit.
#[derive(Clone, Debug)]
pub struct UnitFacts<'t> {
    /// Its labels.
    pub tags: RoleSet,
    /// Those that count.
    pub counted: RoleSet,
    /// Its entries within [`Facts::entries`].
    pub entries: Range<usize>,
    /// Its text; empty under `--no-text`.
    pub text: &'t str,
}

impl<'t> Facts<'t> {
    /// Of a document that was just analysed.
    pub fn of_analysis(
        document: &'t Document,
        structure: &Structure,
        analysis: &Analysis,
        with_text: bool,
    ) -> Facts<'t> {
        let mut facts = Facts {
            id: &document.id,
            declared: analysis.declared,
            content: analysis.measures.content_role,
            countable: analysis.counts.countable,
            units: Vec::with_capacity(analysis.units.len()),
            entries: Vec::new(),
        };
        for (unit, tagged) in structure.units.iter().zip(&analysis.units) {
            let text = if with_text {
                unit.content.of(&document.text)
            } else {
                ""
            };
            facts.push(
                tagged.tags,
                tagged.counted,
                text,
                analysis.counted_entries(tagged),
            );
        }
        facts
    }

    /// Adds a unit; an entry may recur in `entries`.
    pub fn push(
        &mut self,
        tags: RoleSet,
        counted: RoleSet,
        text: &'t str,
        entries: impl Iterator<Item = u32>,
    ) {
        let first = self.entries.len();
        for entry in entries {
            if !self.entries[first..].contains(&entry) {
                self.entries.push(entry);
            }
        }
        let entries = first..self.entries.len();
        self.units.push(UnitFacts {
            tags,
            counted,
            entries,
            text,
        });
    }

    /// The entries behind the counted labels of a unit, each once.
    pub fn entries_of(&self, unit: &UnitFacts<'_>) -> &[u32] {
        &self.entries[unit.entries.clone()]
    }

    /// The entries of the whole document, each once, in lexicon order.
    pub fn distinct_entries(&self) -> Vec<u32> {
        let mut entries = self.entries.clone();
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The counts that its measures rest on; those that the tallies do not need are 0.
    pub fn counts(&self) -> Counts {
        Counts {
            labels: Role::ALL.map(|role| self.count(|unit| unit.counted.contains(role))),
            role_labelled: self.count(|unit| unit.counted.has_single()),
            countable: self.countable,
            ..Counts::default()
        }
    }

    fn count(&self, test: impl Fn(&UnitFacts<'_>) -> bool) -> u32 {
        self.units.iter().filter(|unit| test(unit)).count() as u32
    }
}
