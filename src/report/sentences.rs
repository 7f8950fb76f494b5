//! `sentences.csv`: one row per unit with its tags and whose work it is.

use crate::analyze::{Analysis, TaggedUnit};
use crate::document::{Document, Structure, UnitIndex};
use crate::lexicon::Lexicon;
use crate::report::Table;
use crate::report::schema::{Column, OF_DOCUMENT, Schema, ZONES};

/// `sentences.csv`.
pub const SENTENCES: Schema = Schema {
    name: "sentences",
    about: "One row per unit (sentence, list item, heading, table cell or reference), in text order.",
    columns: &[
        Column::text("document_id", "the document").required(),
        Column::count("sentence", "", "number within the document, from 1").required(),
        Column::word(
            "kind",
            &["sentence", "item", "heading", "cell", "reference"],
            "what it is",
        )
        .required(),
        Column::text(
            "heading",
            "text of the heading above; empty under `--no-text`",
        ),
        Column::word("zone", ZONES, "part of a posting; empty if unknown"),
        Column::count(
            "start",
            "bytes",
            "offset in the document's text, list mark included",
        )
        .required(),
        Column::count("end", "bytes", "offset behind it").required(),
        Column::count(
            "page",
            "",
            "page of a PDF, from 1; empty where the format has none",
        ),
        Column::text("tags", "the labels of the codebook"),
        Column::text(
            "counted",
            "those of them that count toward the document's measures",
        ),
        Column::text("responsibilities", "ids of the lexicon entries found"),
        Column::text(
            "attributed_to",
            "for each tag, who is said to do it: a role, `joint` or `unattributed`",
        ),
        Column::text(
            "basis",
            "for each tag, what that rests on; `title`: the declared role of the posting",
        ),
        Column::count(
            "repeat_of",
            "",
            "number of the first unit with the same words",
        ),
        Column::text(
            "rule",
            "the rule that made the boundary before it ([segmentation.md](segmentation.md))",
        )
        .required(),
        Column::text(
            "text",
            "the unit on one line, without list mark; empty under `--no-text`",
        ),
    ],
    key: &["document_id", "sentence"],
    references: &[OF_DOCUMENT],
};

/// The page that a byte stands on; empty where the format has none.
pub(super) fn page_cell<'t>(table: &'t mut Table, document: &Document, at: u32) -> &'t mut Table {
    table.count(document.page(at))
}

/// The rows of one document.
pub fn sentences_rows(
    table: &mut Table,
    document: &Document,
    structure: &Structure,
    analysis: &Analysis,
    lexicon: &Lexicon,
    with_text: bool,
) {
    let mut id = table.aside();
    id.cell(&document.id);
    let mut heading = Heading::new(table);
    for (at, (unit, tagged)) in structure.units.iter().zip(&analysis.units).enumerate() {
        if with_text {
            heading.turn_to(unit.heading, document, structure);
        }
        table
            .made(id.bytes())
            .number(at as u64 + 1)
            .plain(unit.kind.name())
            .made(heading.cell.bytes())
            .plain(tagged.zone.name())
            .number(unit.span.start.into())
            .number(unit.span.end.into());
        let (page, repeat_of) = (document.page(unit.span.start), tagged.repeat_of);
        if page.is_none() && tagged.tags.is_empty() && repeat_of.is_none() {
            table.blank(7);
        } else {
            table.count(page);
            labels(table, tagged, analysis, lexicon);
            table.count(repeat_of.map(|first| u64::from(first) + 1));
        }
        table.plain(unit.rule);
        if with_text {
            table.line(unit.content.of(&document.text));
        } else {
            table.blank(1);
        }
        table.end_row();
    }
}

/// The cells from `tags` to `basis`.
fn labels(table: &mut Table, tagged: &TaggedUnit, analysis: &Analysis, lexicon: &Lexicon) {
    let entry = |entry| lexicon.entries()[entry as usize].id.as_str();
    let attributions = || {
        tagged
            .tags
            .iter()
            .map(|role| tagged.attributions[role as usize])
    };
    let bases = attributions().map(|attribution| attribution.basis.name());
    table
        .roles(tagged.tags)
        .roles(tagged.counted)
        .joined(';', analysis.entries_of(tagged).map(entry))
        .joined('+', attributions().map(|attribution| attribution.to.name()))
        .joined('+', bases.filter(|name| !name.is_empty()));
}

/// The cell with the heading, which stands in the rows of all units under it.
struct Heading {
    unit: Option<UnitIndex>,
    cell: Table,
}

impl Heading {
    /// That of units under no heading.
    fn new(table: &Table) -> Heading {
        let mut cell = table.aside();
        cell.blank(1);
        Heading { unit: None, cell }
    }

    fn turn_to(&mut self, unit: Option<UnitIndex>, document: &Document, structure: &Structure) {
        if self.unit != unit {
            self.unit = unit;
            let text = unit.map(|at| structure.units[at as usize].content.of(&document.text));
            self.cell.clear();
            self.cell.line(text.unwrap_or_default());
        }
    }
}
