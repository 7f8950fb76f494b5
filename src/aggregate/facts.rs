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
    #[inline]
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
        let counted = self.counted();
        Counts {
            labels: Role::ALL.map(|role| counted.with(|labels| labels.contains(role))),
            role_labelled: counted.with(RoleSet::has_single),
            labelled: counted.with(|labels| !labels.is_empty()),
            countable: self.countable,
            ..Counts::default()
        }
    }

    /// Its units by the labels that they carry.
    pub(super) fn tagged(&self) -> UnitsByLabels {
        UnitsByLabels::of(self.units.iter().map(|unit| unit.tags))
    }

    /// Its units by the labels that count.
    pub(super) fn counted(&self) -> UnitsByLabels {
        UnitsByLabels::of(self.units.iter().map(|unit| unit.counted))
    }
}

/// How many units carry each set of labels.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitsByLabels([u32; RoleSet::COUNT]);

impl UnitsByLabels {
    fn of(units: impl Iterator<Item = RoleSet>) -> UnitsByLabels {
        let mut counts = [0; RoleSet::COUNT];
        units.for_each(|labels| counts[labels.index()] += 1);
        UnitsByLabels(counts)
    }

    /// How many carry labels that pass the test.
    pub(super) fn with(&self, test: impl Fn(RoleSet) -> bool) -> u32 {
        let mut units = 0;
        for (labels, count) in RoleSet::all().zip(self.0) {
            // Most sets are of no unit.
            if count > 0 && test(labels) {
                units += count;
            }
        }
        units
    }
}
