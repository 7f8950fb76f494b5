//! Every responsibility that was found, for sorting and filtering.

use super::figures::{clip, count, exact, percent};
use super::tables::{ResponsibilityRow, Tables};
use crate::role::Role;

/// Rows on the page, those of most documents first; the table beside it has all.
const MOST_ROWS: usize = 500;

/// The rows shown, and how many there are.
pub(super) struct List {
    pub(super) rows: Vec<Row>,
    pub(super) found: String,
    pub(super) entries: String,
    pub(super) is_whole: bool,
}

/// One responsibility.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) id: String,
    pub(super) role: Option<Role>,
    pub(super) category: String,
    pub(super) documents: u64,
    pub(super) sentences: u64,
    /// Exact and rounded, for each role.
    pub(super) rates: [[String; 2]; 3],
}

impl Row {
    pub(super) fn documents(&self) -> String {
        count(self.documents)
    }

    pub(super) fn sentences(&self) -> String {
        count(self.sentences)
    }
}

/// The section; `None` where the table is not there.
pub(super) fn list(tables: &Tables) -> Option<List> {
    let entries = tables.responsibilities.as_deref()?;
    let mut found: Vec<&ResponsibilityRow> =
        entries.iter().filter(|row| row.documents > 0).collect();
    found.sort_by_key(|row| std::cmp::Reverse(row.documents));
    Some(List {
        found: count(found.len() as u64),
        entries: count(entries.len() as u64),
        is_whole: found.len() <= MOST_ROWS,
        rows: found.iter().take(MOST_ROWS).map(|row| view(row)).collect(),
    })
}

fn view(row: &ResponsibilityRow) -> Row {
    Row {
        label: clip(&row.label, 120),
        id: clip(&row.responsibility, 80),
        role: Role::from_name(&row.role),
        category: clip(&row.category, 40),
        documents: row.documents,
        sentences: row.sentences,
        rates: [row.rate_product, row.rate_project, row.rate_program]
            .map(|rate| [exact(rate), percent(rate)]),
    }
}
