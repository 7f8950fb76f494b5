//! One row per document, with the responsibilities behind its counted labels.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Float64Builder, Int32Builder, ListBuilder, StringBuilder};

use super::{Column, append_names, named};
use crate::analyze::{Analysis, Counts, Measures};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::report::DOCUMENTS;
use crate::role::Declared;

/// The columns of `documents.csv`, and the responsibilities counted.
#[derive(Debug)]
pub(in crate::report::records) struct DocumentColumns {
    document_id: StringBuilder,
    title: StringBuilder,
    language: StringBuilder,
    declared_role: StringBuilder,
    content_role: StringBuilder,
    measures: [Float64Builder; 7],
    counts: [Int32Builder; 11],
    responsibilities: ListBuilder<StringBuilder>,
    kept: Vec<(String, StringBuilder)>,
}

impl DocumentColumns {
    pub(super) fn new(kept: &[String]) -> DocumentColumns {
        DocumentColumns {
            document_id: StringBuilder::new(),
            title: StringBuilder::new(),
            language: StringBuilder::new(),
            declared_role: StringBuilder::new(),
            content_role: StringBuilder::new(),
            measures: std::array::from_fn(|_| Float64Builder::new()),
            counts: std::array::from_fn(|_| Int32Builder::new()),
            responsibilities: ListBuilder::default(),
            kept: kept
                .iter()
                .map(|name| (name.clone(), StringBuilder::new()))
                .collect(),
        }
    }

    pub(super) fn add(&mut self, document: &Document, analysis: &Analysis, lexicon: &Lexicon) {
        self.known(document);
        self.declared_role
            .append_option(analysis.declared.map(Declared::name));
        self.content_role
            .append_value(analysis.measures.content_role.name());
        self.numbers(measures(&analysis.measures), counts(&analysis.counts));
        let entries = analysis.responsibilities().into_iter();
        append_names(
            &mut self.responsibilities,
            entries.map(|entry| lexicon.entries()[entry as usize].id.as_str()),
        );
    }

    /// Adds a document that was not analysed because of its language.
    pub(super) fn set_aside(&mut self, document: &Document) {
        self.known(document);
        self.declared_role.append_null();
        self.content_role.append_null();
        self.numbers([None; 7], [0; 11]);
        append_names(&mut self.responsibilities, []);
    }

    /// What is known of a document before it is analysed.
    fn known(&mut self, document: &Document) {
        self.document_id.append_value(&document.id);
        self.title.append_value(&document.title);
        let language = document.language;
        self.language
            .append_option((!language.is_empty()).then_some(language));
        for ((_, column), value) in self.kept.iter_mut().zip(&document.kept) {
            column.append_value(value);
        }
    }

    fn numbers(&mut self, measures: [Option<f64>; 7], counts: [u32; 11]) {
        for (column, value) in self.measures.iter_mut().zip(measures) {
            column.append_option(value);
        }
        for (column, count) in self.counts.iter_mut().zip(counts) {
            column.append_value(count as i32);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Column> {
        let strings: [ArrayRef; 5] = [
            Arc::new(self.document_id.finish()),
            Arc::new(self.title.finish()),
            Arc::new(self.language.finish()),
            Arc::new(self.declared_role.finish()),
            Arc::new(self.content_role.finish()),
        ];
        let (own, numbers) = DOCUMENTS.columns.split_at(strings.len());
        let (shares, whole) = numbers.split_at(self.measures.len());
        let mut columns = named(own, strings);
        let measures = self.measures.each_mut();
        columns.extend(named(
            shares,
            measures.map(|column| Arc::new(column.finish()) as ArrayRef),
        ));
        let counts = self.counts.each_mut();
        columns.extend(named(
            whole,
            counts.map(|column| Arc::new(column.finish()) as ArrayRef),
        ));
        let mut push = |name: &str, array: ArrayRef| columns.push((name.to_owned(), array));
        push("responsibilities", Arc::new(self.responsibilities.finish()));
        for (name, column) in &mut self.kept {
            push(name, Arc::new(column.finish()));
        }
        columns
    }
}

/// The columns from `share_product` to `off_role_share`.
fn measures(measures: &Measures) -> [Option<f64>; 7] {
    let [product, project, program] = match measures.shares {
        Some(shares) => shares.map(Some),
        None => [None; 3],
    };
    [
        product,
        project,
        program,
        measures.share_shared,
        measures.margin,
        measures.mixing,
        measures.off_role_share,
    ]
}

/// The columns from `units` to `counted_responsibilities`.
fn counts(counts: &Counts) -> [u32; 11] {
    let [product, project, program, shared] = counts.labels;
    [
        counts.units,
        counts.tagged,
        product,
        project,
        program,
        shared,
        counts.role_labelled,
        counts.labelled,
        counts.off_role,
        counts.countable,
        counts.responsibilities,
    ]
}
