//! `sentences.csv`: one row per unit with its tags and whose work it is.

use crate::analyze::Analysis;
use crate::document::{Document, Structure};
use crate::lexicon::Lexicon;
use crate::report::Table;
use crate::report::cells::one_line;

/// The columns; `text` is left empty under `--no-text`.
pub const SENTENCES_HEADER: [&str; 15] = [
    "document_id",
    "sentence",
    "kind",
    "heading",
    "zone",
    "start",
    "end",
    "tags",
    "counted",
    "responsibilities",
    "attributed_to",
    "basis",
    "repeat_of",
    "rule",
    "text",
];

/// The rows of one document.
pub fn sentences_rows(
    table: &mut Table,
    document: &Document,
    structure: &Structure,
    analysis: &Analysis,
    lexicon: &Lexicon,
    with_text: bool,
) {
    for (at, (unit, tagged)) in structure.units.iter().zip(&analysis.units).enumerate() {
        let heading = unit
            .heading
            .map(|at| structure.units[at as usize].content.of(&document.text));
        table
            .cell(&document.id)
            .number(at as u64 + 1)
            .cell(unit.kind.name())
            .cell(
                heading
                    .filter(|_| with_text)
                    .map(one_line)
                    .unwrap_or_default()
                    .as_bytes(),
            )
            .cell(tagged.zone.name())
            .number(unit.span.start.into())
            .number(unit.span.end.into())
            .roles(tagged.tags)
            .roles(tagged.counted)
            .joined(
                ';',
                analysis
                    .entries_of(tagged)
                    .map(|entry| lexicon.entries()[entry as usize].id.as_str()),
            );
        let attributions = || {
            tagged
                .tags
                .iter()
                .map(|role| tagged.attributions[role as usize])
        };
        table
            .joined('+', attributions().map(|attribution| attribution.to.name()))
            .joined(
                '+',
                attributions()
                    .map(|attribution| attribution.basis.name())
                    .filter(|name| !name.is_empty()),
            );
        match tagged.repeat_of {
            Some(first) => table.number(u64::from(first) + 1),
            None => table.cell(""),
        };
        let text = if with_text {
            one_line(unit.content.of(&document.text))
        } else {
            "".into()
        };
        table.cell(unit.rule).cell(text.as_bytes()).end_row();
    }
}
