//! `matches.csv`: one row per match, the evidence behind every tag.

use crate::analyze::{Analysis, Match};
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

/// The cells from `responsibility` to `pattern` of every pattern of a lexicon, which stand in many rows.
#[derive(Debug)]
pub struct PatternCells {
    cells: Table,
    /// By entry, then by pattern: where its cells end.
    ends: Vec<usize>,
    /// By entry: its first pattern.
    first: Vec<usize>,
}

impl PatternCells {
    /// Those of `lexicon`, with text guarded against spreadsheets if `safe`.
    pub fn new(lexicon: &Lexicon, safe: bool) -> PatternCells {
        let mut cells = Table::new().guarded(safe);
        let (mut ends, mut first) = (Vec::new(), Vec::new());
        for entry in lexicon.entries() {
            first.push(ends.len());
            for pattern in &entry.patterns {
                cells
                    .plain(&entry.id)
                    .plain(entry.role.name())
                    .cell(&entry.category)
                    .cell(pattern);
                ends.push(cells.bytes().len());
            }
        }
        PatternCells { cells, ends, first }
    }

    fn of(&self, found: &Match) -> &[u8] {
        let at = self.first[found.entry as usize] + found.pattern as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells.bytes()[start..self.ends[at]]
    }
}

/// The rows of one document.
pub fn matches_rows(
    table: &mut Table,
    document: &Document,
    analysis: &Analysis,
    patterns: &PatternCells,
) {
    let mut id = table.aside();
    id.cell(&document.id);
    for found in &analysis.matches {
        table
            .made(id.bytes())
            .number(u64::from(found.unit) + 1)
            .made(patterns.of(found))
            .number(found.span.start.into())
            .number(found.span.end.into())
            .line(found.span.of(&document.text))
            .end_row();
    }
}
