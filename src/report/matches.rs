//! `matches.csv`: one row per match, the evidence behind every tag.

use crate::analyze::Analysis;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::report::Table;
use crate::report::cells::one_line;

/// The columns.
pub const MATCHES_HEADER: [&str; 9] = [
    "document_id",
    "sentence",
    "responsibility",
    "role",
    "category",
    "pattern",
    "start",
    "end",
    "matched_text",
];

/// The rows of one document.
pub fn matches_rows(
    table: &mut Table,
    document: &Document,
    analysis: &Analysis,
    lexicon: &Lexicon,
) {
    for found in &analysis.matches {
        let entry = &lexicon.entries()[found.entry as usize];
        table
            .cell(&document.id)
            .number(u64::from(found.unit) + 1)
            .cell(&entry.id)
            .cell(entry.role.name())
            .cell(&entry.category)
            .cell(&entry.patterns[found.pattern as usize])
            .number(found.span.start.into())
            .number(found.span.end.into())
            .cell(one_line(found.span.of(&document.text)).as_bytes())
            .end_row();
    }
}
