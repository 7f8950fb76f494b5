//! `matches.csv`: one row per match, the evidence behind every tag.

use crate::analyze::Analysis;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::report::Table;
use crate::report::schema::{Column, LABELS, OF_RESPONSIBILITY, OF_UNIT, Schema};

/// `matches.csv`.
pub const MATCHES: Schema = Schema {
    name: "matches",
    about: "One row per match: the evidence behind every tag.",
    columns: &[
        Column::text("document_id", "the document").required(),
        Column::count("sentence", "", "number of the unit within it").required(),
        Column::text("responsibility", "id of the lexicon entry").required(),
        Column::word("role", LABELS, "its label").required(),
        Column::text("category", "its group within the label"),
        Column::text(
            "pattern",
            "the pattern that matched, as written in the lexicon",
        )
        .required(),
        Column::count(
            "start",
            "bytes",
            "offset of the first word in the document's text",
        )
        .required(),
        Column::count("end", "bytes", "offset behind the last word").required(),
        Column::text("matched_text", "what stands between the two, on one line"),
    ],
    key: &[],
    references: &[OF_UNIT, OF_RESPONSIBILITY],
};

/// The rows of one document.
pub fn matches_rows(
    table: &mut Table,
    document: &Document,
    analysis: &Analysis,
    lexicon: &Lexicon,
) {
    let id = table.cell_bytes(&document.id);
    for found in &analysis.matches {
        let entry = &lexicon.entries()[found.entry as usize];
        table
            .plain(&id)
            .number(u64::from(found.unit) + 1)
            .plain(&entry.id)
            .plain(entry.role.name())
            .cell(&entry.category)
            .cell(&entry.patterns[found.pattern as usize])
            .number(found.span.start.into())
            .number(found.span.end.into())
            .line(found.span.of(&document.text))
            .end_row();
    }
}
