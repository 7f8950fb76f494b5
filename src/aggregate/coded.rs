//! The confusion matrix as people would have filled it, estimated from documents that they coded.

use crate::aggregate::stats::{share, wilson_of};
use crate::analyze::ContentRole;
use crate::role::Declared;

/// Content roles, in the order of [`ContentRole::ALL`].
const ROLES: usize = ContentRole::ALL.len();

/// Coded documents of one declared role: by the content role that the tool gave, then by that which people gave.
pub type CodedRow = [[u64; ROLES]; ROLES];

/// Coded documents of each declared role, in the order of [`Declared::ALL`], then without a title.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    rows: [CodedRow; Declared::ALL.len() + 1],
}

/// The share of a row that people would give a content role, and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub share: f64,
    /// The interval.
    pub limits: (f64, f64),
}

impl Coded {
    /// Counts a document.
    pub fn add(&mut self, declared: Option<Declared>, tool: ContentRole, people: ContentRole) {
        self.rows[row_index(declared)][tool.index()][people.index()] += 1;
    }

    /// The documents of a declared role; `None` for untitled ones.
    pub fn row(&self, declared: Option<Declared>) -> &CodedRow {
        &self.rows[row_index(declared)]
    }
}

fn row_index(declared: Option<Declared>) -> usize {
    declared.map_or(Declared::ALL.len(), Declared::index)
}

/// The share of a row's documents that people would give the content role `people`, by double sampling (Tenenbein 1970):
/// Σⱼ wⱼ θⱼ, where wⱼ is the share of the row that the tool gives role j, and θⱼ the share of those coded among them
/// that people give `people`. It needs no assumption on the tool's errors, only that the coded documents of each cell
/// were drawn from it at random; how many of which cell does not matter.
///
/// The interval is Wilson's at the effective size p(1 − p) ÷ V, where V = Σⱼ wⱼ² θⱼ(1 − θⱼ) ÷ nⱼ + (Σⱼ wⱼ θⱼ² − p²) ÷ N; in V
/// and this p half a document is added to either side of each θⱼ, so that few coded documents that agree are no certainty.
///
/// Of cells without a coded document nothing is known: the estimate leaves them out, and the interval holds whatever they are.
///
/// `documents`: the row of the matrix. `None` where no document of it is coded.
pub fn estimate(
    documents: &[u64; ROLES],
    coded: &CodedRow,
    people: ContentRole,
) -> Option<Estimate> {
    let is_coded = |cell: &(&u64, &[u64; ROLES])| cell.1.iter().any(|count| *count > 0);
    let cells = || documents.iter().zip(coded).filter(is_coded);
    let total: u64 = cells().map(|(documents, _)| documents).sum();
    let known = share(total, documents.iter().sum()).filter(|known| *known > 0.0)?;
    let (mut estimated, mut smoothed, mut within, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for (documents, coded) in cells() {
        let weight = share(*documents, total)?;
        let (of, n) = (coded[people.index()], coded.iter().sum::<u64>());
        estimated += weight * share(of, n)?;
        let theta = (of as f64 + 0.5) / (n as f64 + 1.0);
        smoothed += weight * theta;
        within += weight * weight * theta * (1.0 - theta) / n as f64;
        squares += weight * theta * theta;
    }
    let between = (squares - smoothed * smoothed).max(0.0) / total as f64;
    let size = smoothed * (1.0 - smoothed) / (within + between);
    let (low, high) = wilson_of(estimated, size.min(total as f64));
    Some(Estimate {
        share: estimated,
        limits: (low * known, high * known + (1.0 - known)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::stats::wilson;
    use crate::role::Role;

    const PROJECT: ContentRole = ContentRole::Role(Role::Project);

    #[test]
    fn shares_of_cells_are_weighted_by_the_row() {
        // Of the 60 that the tool calls program a fifth is project work, of the 40 that it calls project nine tenths are.
        let documents = [0, 40, 60, 0, 0];
        let mut coded = CodedRow::default();
        coded[1] = [0, 9, 1, 0, 0];
        coded[2] = [0, 4, 16, 0, 0];
        let found = estimate(&documents, &coded, PROJECT).unwrap();
        assert!((found.share - (0.4 * 0.9 + 0.6 * 0.2)).abs() < 1e-12);
        assert!(found.limits.0 < found.share && found.share < found.limits.1);
        let shares = ContentRole::ALL.map(|role| estimate(&documents, &coded, role).unwrap().share);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_row_that_is_coded_without_error_has_its_own_interval() {
        let documents = [0, 300, 700, 0, 0];
        let mut coded = CodedRow::default();
        coded[1][1] = 300;
        coded[2][2] = 700;
        let found = estimate(&documents, &coded, PROJECT).unwrap();
        let (low, high) = wilson(300, 1000).unwrap();
        assert_eq!(found.share, 0.3);
        assert!((found.limits.0 - low).abs() < 1e-3 && (found.limits.1 - high).abs() < 1e-3);
        assert!(found.limits.0 <= low && found.limits.1 >= high);
    }

    #[test]
    fn a_cell_that_nobody_coded_may_be_anything() {
        let mut coded = CodedRow::default();
        coded[1][1] = 90;
        let found = estimate(&[0, 90, 10, 0, 0], &coded, PROJECT).unwrap();
        assert_eq!(found.share, 1.0);
        assert!(
            found.limits.0 < 0.9 && found.limits.1 > 0.999_999,
            "{found:?}"
        );
        let none = estimate(&[0, 90, 10, 0, 0], &coded, ContentRole::Mixed).unwrap();
        assert!(none.share == 0.0 && none.limits.0 == 0.0 && none.limits.1 > 0.1);
        assert_eq!(
            estimate(&[5, 0, 0, 0, 0], &CodedRow::default(), PROJECT),
            None
        );
        assert_eq!(estimate(&[0; 5], &CodedRow::default(), PROJECT), None);
    }
}
