//! One row per unit, with its matches.

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_schema::{DataType, Field, Fields};

use super::{Column, append_names, item, named};
use crate::analyze::{Analysis, TaggedUnit};
use crate::document::{Document, Structure, Unit};
use crate::lexicon::Lexicon;
use crate::report::{MATCHES, SENTENCES, one_line};

/// The columns of `sentences.csv`, and the unit's matches behind them.
#[derive(Debug, Default)]
pub(in crate::report::records) struct UnitColumns {
    document_id: StringBuilder,
    sentence: Int32Builder,
    kind: StringBuilder,
    heading: StringBuilder,
    zone: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
    page: Int32Builder,
    tags: ListBuilder<StringBuilder>,
    counted: ListBuilder<StringBuilder>,
    responsibilities: ListBuilder<StringBuilder>,
    attributed_to: ListBuilder<StringBuilder>,
    basis: ListBuilder<StringBuilder>,
    repeat_of: Int32Builder,
    rule: StringBuilder,
    text: StringBuilder,
    matches: MatchColumns,
}

/// The matches of all units one after another, and where each unit's end.
#[derive(Debug, Default)]
struct MatchColumns {
    responsibility: StringBuilder,
    role: StringBuilder,
    category: StringBuilder,
    pattern: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
    matched_text: StringBuilder,
    lengths: Vec<usize>,
}

impl UnitColumns {
    pub(super) fn add(
        &mut self,
        document: &Document,
        structure: &Structure,
        analysis: &Analysis,
        lexicon: &Lexicon,
    ) {
        for (at, (unit, tagged)) in structure.units.iter().zip(&analysis.units).enumerate() {
            let heading = unit.heading.map(|at| &structure.units[at as usize]);
            self.place(document, at, unit, heading);
            self.findings(analysis, tagged, lexicon);
            self.matches.add(document, analysis, tagged, lexicon);
        }
    }

    fn place(&mut self, document: &Document, at: usize, unit: &Unit, heading: Option<&Unit>) {
        let line = |unit: &Unit| one_line(unit.content.of(&document.text)).into_owned();
        self.document_id.append_value(&document.id);
        self.sentence.append_value(at as i32 + 1);
        self.kind.append_value(unit.kind.name());
        self.heading.append_option(heading.map(line));
        self.start.append_value(unit.span.start as i32);
        self.end.append_value(unit.span.end as i32);
        let page = document.page(unit.span.start);
        self.page.append_option(page.map(|page| page as i32));
        self.rule.append_value(unit.rule);
        self.text.append_value(line(unit));
    }

    fn findings(&mut self, analysis: &Analysis, tagged: &TaggedUnit, lexicon: &Lexicon) {
        let zone = tagged.zone.name();
        self.zone.append_option((!zone.is_empty()).then_some(zone));
        append_names(&mut self.tags, tagged.tags.iter().map(|role| role.name()));
        append_names(
            &mut self.counted,
            tagged.counted.iter().map(|role| role.name()),
        );
        let entries = analysis.entries_of(tagged);
        append_names(
            &mut self.responsibilities,
            entries.map(|entry| lexicon.entries()[entry as usize].id.as_str()),
        );
        let attributions = || {
            let tags = tagged.tags.iter();
            tags.map(|role| tagged.attributions[role as usize])
        };
        append_names(
            &mut self.attributed_to,
            attributions().map(|attribution| attribution.to.name()),
        );
        append_names(
            &mut self.basis,
            attributions().map(|attribution| attribution.basis.name()),
        );
        self.repeat_of
            .append_option(tagged.repeat_of.map(|first| first as i32 + 1));
    }

    pub(super) fn finish(mut self) -> Vec<Column> {
        let arrays: [ArrayRef; 16] = [
            Arc::new(self.document_id.finish()),
            Arc::new(self.sentence.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.heading.finish()),
            Arc::new(self.zone.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.page.finish()),
            Arc::new(self.tags.finish()),
            Arc::new(self.counted.finish()),
            Arc::new(self.responsibilities.finish()),
            Arc::new(self.attributed_to.finish()),
            Arc::new(self.basis.finish()),
            Arc::new(self.repeat_of.finish()),
            Arc::new(self.rule.finish()),
            Arc::new(self.text.finish()),
        ];
        let mut columns = named(SENTENCES.columns, arrays);
        columns.push(("matches".to_owned(), self.matches.finish()));
        columns
    }
}

impl MatchColumns {
    fn add(
        &mut self,
        document: &Document,
        analysis: &Analysis,
        tagged: &TaggedUnit,
        lexicon: &Lexicon,
    ) {
        let matches = analysis.matches_of(tagged);
        for found in matches {
            let entry = &lexicon.entries()[found.entry as usize];
            self.responsibility.append_value(&entry.id);
            self.role.append_value(found.role.name());
            self.category.append_value(&entry.category);
            self.pattern
                .append_value(&entry.patterns[found.pattern as usize]);
            self.start.append_value(found.span.start as i32);
            self.end.append_value(found.span.end as i32);
            self.matched_text
                .append_value(one_line(found.span.of(&document.text)));
        }
        self.lengths.push(matches.len());
    }

    fn finish(mut self) -> ArrayRef {
        let arrays: [ArrayRef; 7] = [
            Arc::new(self.responsibility.finish()),
            Arc::new(self.role.finish()),
            Arc::new(self.category.finish()),
            Arc::new(self.pattern.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.matched_text.finish()),
        ];
        // The first two columns of the table say which unit it is.
        let columns = named(&MATCHES.columns[2..], arrays);
        let fields: Fields = columns
            .iter()
            .map(|(name, array)| Field::new(name, array.data_type().clone(), true))
            .collect();
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let matches = StructArray::new(fields.clone(), arrays, None);
        let ends = arrow_buffer::OffsetBuffer::from_lengths(self.lengths);
        let field = Arc::new(item(DataType::Struct(fields)));
        Arc::new(ListArray::new(field, ends, Arc::new(matches), None))
    }
}
