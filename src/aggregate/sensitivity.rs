//! How far the confusion matrix rests on single lexicon entries.

use std::collections::BTreeMap;

use crate::aggregate::tally::declared_index;
use crate::aggregate::{Facts, UnitFacts};
use crate::analyze::{ContentRole, Counts, Thresholds};
use crate::role::{Declared, Role, RoleSet};

/// Documents that change their cell when one entry is left out.
///
/// An entry is taken out of what was found: units that only it labels lose the label. What the lexicon had put
/// aside in favour of the entry does not come back.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    thresholds: Thresholds,
    /// By entry, declared role, content role with it and without it.
    moves: BTreeMap<(usize, usize, usize, usize), u64>,
}

/// How one cell changes when one entry is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Position of the entry in the lexicon.
    pub entry: usize,
    /// Documents that come into the cell.
    pub gained: u64,
    /// Documents that leave it.
    pub lost: u64,
}

impl Shift {
    /// Documents gained less documents lost.
    pub fn change(&self) -> i64 {
        self.gained as i64 - self.lost as i64
    }
}

impl Sensitivity {
    /// Nothing counted yet.
    pub fn new(thresholds: Thresholds) -> Sensitivity {
        Sensitivity {
            thresholds,
            moves: BTreeMap::new(),
        }
    }

    /// Counts one document; `roles` are the labels of all entries.
    pub fn add(&mut self, facts: &Facts<'_>, roles: &[Role]) {
        let role_of = |entry: &u32| roles[*entry as usize];
        let mut found = facts.distinct_entries();
        found.retain(|entry| role_of(entry) != Role::Shared);
        let whole = Counts {
            responsibilities: found.len() as u32,
            ..facts.counts()
        };
        for entry in &found {
            let mut counts = whole;
            counts.responsibilities -= 1;
            for unit in &facts.units {
                take_out(&mut counts, facts, unit, *entry, &role_of);
            }
            let without = counts.measures(None, self.thresholds).content_role;
            if without != facts.content {
                let cell = (
                    declared_index(facts.declared),
                    facts.content.index(),
                    without.index(),
                );
                *self
                    .moves
                    .entry((*entry as usize, cell.0, cell.1, cell.2))
                    .or_default() += 1;
            }
        }
    }

    /// Every entry that changes a cell of the matrix: the most influential first.
    pub fn shifts(&self, declared: Option<Declared>, content: ContentRole) -> Vec<Shift> {
        let cell = (declared_index(declared), content.index());
        let mut shifts: BTreeMap<usize, Shift> = BTreeMap::new();
        for ((entry, row, from, to), count) in &self.moves {
            if *row == cell.0 && (*from == cell.1 || *to == cell.1) {
                let shift = shifts.entry(*entry).or_insert(Shift {
                    entry: *entry,
                    gained: 0,
                    lost: 0,
                });
                let side = if *to == cell.1 {
                    &mut shift.gained
                } else {
                    &mut shift.lost
                };
                *side += count;
            }
        }
        let mut shifts: Vec<Shift> = shifts.into_values().collect();
        let influence = |shift: &Shift| (shift.change().unsigned_abs(), shift.gained + shift.lost);
        shifts.sort_by(|a, b| influence(b).cmp(&influence(a)).then(a.entry.cmp(&b.entry)));
        shifts
    }
}

/// Takes an entry out of the counts of one unit, where nothing else stands behind its label.
fn take_out(
    counts: &mut Counts,
    facts: &Facts<'_>,
    unit: &UnitFacts<'_>,
    entry: u32,
    role_of: &impl Fn(&u32) -> Role,
) {
    let entries = facts.entries_of(unit);
    let role = role_of(&entry);
    let others = entries.iter().filter(|other| **other != entry);
    if !entries.contains(&entry) || others.map(role_of).any(|other| other == role) {
        return;
    }
    counts.labels[role as usize] -= 1;
    let mut left: RoleSet = unit.counted;
    left.remove(role);
    counts.role_labelled -= u32::from(!left.has_single());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_rests_on_one_entry_moves() {
        let roles = [Role::Product, Role::Product, Role::Project, Role::Project];
        let label = |role: Role| [role].into_iter().collect::<RoleSet>();
        let mut facts = Facts {
            id: "a",
            declared: Some(Declared::Role(Role::Project)),
            content: ContentRole::Role(Role::Product),
            countable: 6,
            units: Vec::new(),
            entries: Vec::new(),
        };
        let product = label(Role::Product);
        for entries in [vec![0], vec![0], vec![0, 1]] {
            facts.push(product, product, "", entries.into_iter());
        }
        for entry in [2, 3] {
            facts.push(
                label(Role::Project),
                label(Role::Project),
                "",
                [entry].into_iter(),
            );
        }
        let mut sensitivity = Sensitivity::new(Thresholds {
            min_responsibilities: 3,
            ..Thresholds::default()
        });
        sensitivity.add(&facts, &roles);
        // Without entry 0 one product unit stands against two project units.
        let declared = facts.declared;
        let left = sensitivity.shifts(declared, ContentRole::Role(Role::Product));
        assert_eq!(
            left.iter()
                .map(|shift| (shift.entry, shift.change()))
                .collect::<Vec<_>>(),
            [(0, -1)]
        );
        let came = sensitivity.shifts(declared, ContentRole::Role(Role::Project));
        assert_eq!((came[0].entry, came[0].gained), (0, 1));
        assert!(sensitivity.shifts(None, ContentRole::Mixed).is_empty());
    }
}
