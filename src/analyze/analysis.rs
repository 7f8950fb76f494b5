//! What the analysis of one document says: plain data, spans only.

use std::ops::Range;

use crate::analyze::{Attribution, Claim, Counts, Measures, Stance, Zone};
use crate::document::UnitIndex;
use crate::role::{Declared, Role, RoleSet};
use crate::span::Span;

/// The analysis of one document; `units` runs parallel to its structure's units.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What the title says; `None` without a title.
    pub declared: Option<Declared>,
    /// One per unit of the structure, in the same order.
    pub units: Vec<TaggedUnit>,
    /// Every match that stands behind a tag, in text order within each unit.
    pub matches: Vec<Match>,
    /// Who is said to do what, in unit order; essays only.
    pub claims: Vec<Claim>,
    /// Counts of the counted units.
    pub counts: Counts,
    /// The measures that follow from them.
    pub measures: Measures,
}

/// What was found about one unit.
#[derive(Clone, Debug, Default)]
pub struct TaggedUnit {
    /// The zone that it stands in.
    pub zone: Zone,
    /// Its labels.
    pub tags: RoleSet,
    /// Those of its labels that count toward the document's measures.
    pub counted: RoleSet,
    /// Whose work each label is, indexed by `Role as usize`; meaningful for `tags` only.
    pub attributions: [Attribution; 4],
    /// Its matches within [`Analysis::matches`].
    pub matches: Range<u32>,
    /// Its claims within [`Analysis::claims`].
    pub claims: Range<u32>,
    /// What it says of the roles themselves.
    pub stance: Stance,
    /// The first unit with the same words, where this one repeats it.
    pub repeat_of: Option<UnitIndex>,
}

/// One lexicon entry found in one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The unit.
    pub unit: UnitIndex,
    /// Index of the entry in the lexicon.
    pub entry: u32,
    /// Index of the pattern among the entry's patterns.
    pub pattern: u32,
    /// The entry's label.
    pub role: Role,
    /// From the first to the last word matched.
    pub span: Span,
    /// Who the text says does it.
    pub attribution: Attribution,
}

impl Analysis {
    /// The matches of a unit.
    pub fn matches_of(&self, unit: &TaggedUnit) -> &[Match] {
        &self.matches[unit.matches.start as usize..unit.matches.end as usize]
    }

    /// The claims of a unit.
    pub fn claims_of(&self, unit: &TaggedUnit) -> &[Claim] {
        &self.claims[unit.claims.start as usize..unit.claims.end as usize]
    }

    /// The entries found in a unit, each once, in the order of their first match.
    pub fn entries_of(&self, unit: &TaggedUnit) -> impl Iterator<Item = u32> {
        let matches = self.matches_of(unit);
        matches.iter().enumerate().filter_map(|(at, found)| {
            let again = matches[..at]
                .iter()
                .any(|earlier| earlier.entry == found.entry);
            (!again).then_some(found.entry)
        })
    }

    /// The entries behind the document's counted labels, each once, in lexicon order.
    pub fn responsibilities(&self) -> Vec<u32> {
        let units = self.units.iter();
        let mut entries: Vec<u32> = units.flat_map(|unit| self.counted_entries(unit)).collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The entries behind a unit's counted labels, in match order; an entry may recur.
    pub fn counted_entries(&self, unit: &TaggedUnit) -> impl Iterator<Item = u32> {
        let counted = unit.counted;
        self.matches_of(unit)
            .iter()
            .filter(move |found| counted.contains(found.role))
            .map(|found| found.entry)
    }
}
