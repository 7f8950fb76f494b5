//! The rows of `lexicon diff`.

use crate::report::Table;

/// The columns.
pub const CHANGES_HEADER: [&str; 7] = [
    "document_id",
    "sentence",
    "old_tags",
    "new_tags",
    "old_responsibilities",
    "new_responsibilities",
    "text",
];

/// A unit that two lexicons tag differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The document.
    pub document: String,
    /// Number of the unit, from 1.
    pub sentence: u64,
    /// Labels joined by `+` and entries joined by `;` under the first lexicon.
    pub old: (String, String),
    /// The same under the second.
    pub new: (String, String),
    /// The unit's text on one line.
    pub text: String,
}

/// One row.
pub fn changes_row(table: &mut Table, change: &Change) {
    table
        .cell(&change.document)
        .number(change.sentence)
        .cell(&change.old.0)
        .cell(&change.new.0)
        .cell(&change.old.1)
        .cell(&change.new.1)
        .cell(&change.text)
        .end_row();
}
