//! One row per document, with the responsibilities behind its counted labels.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Float64Builder, Int32Builder, ListBuilder, StringBuilder};

use super::{Column, append_names};
use crate::analyze::{Analysis, Counts, Measures};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::role::Declared;

/// Names of the shares and other measures, in the order of [`measures`].
const MEASURES: [&str; 7] = [
    "share_product",
    "share_project",
    "share_program",
    "share_shared",
    "margin",
    "mixing",
    "off_role_share",
];

/// Names of the counts, in the order of [`counts`].
const COUNTS: [&str; 11] = [
    "units",
    "tagged",
    "counted_product",
    "counted_project",
    "counted_program",
    "counted_shared",
    "counted_role_labelled",
    "counted_labelled",
    "counted_off_role",
    "countable",
    "counted_responsibilities",
];

/// The columns of `documents.csv`, and the responsibilities counted.
#[derive(Debug)]
pub(in crate::report::records) struct DocumentColumns {
    document_id: StringBuilder,
    title: StringBuilder,
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
        self.document_id.append_value(&document.id);
        self.title.append_value(&document.title);
        self.declared_role
            .append_option(analysis.declared.map(Declared::name));
        self.content_role
            .append_value(analysis.measures.content_role.name());
        let values = measures(&analysis.measures);
        for (column, value) in self.measures.iter_mut().zip(values) {
            column.append_option(value);
        }
        for (column, count) in self.counts.iter_mut().zip(counts(&analysis.counts)) {
            column.append_value(count as i32);
        }
        let entries = analysis.responsibilities().into_iter();
        append_names(
            &mut self.responsibilities,
            entries.map(|entry| lexicon.entries()[entry as usize].id.as_str()),
        );
        for ((_, column), value) in self.kept.iter_mut().zip(&document.kept) {
            column.append_value(value);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        let mut push = |name: &str, array: ArrayRef| columns.push((name.to_owned(), array));
        push("document_id", Arc::new(self.document_id.finish()));
        push("title", Arc::new(self.title.finish()));
        push("declared_role", Arc::new(self.declared_role.finish()));
        push("content_role", Arc::new(self.content_role.finish()));
        for (name, column) in MEASURES.into_iter().zip(&mut self.measures) {
            push(name, Arc::new(column.finish()));
        }
        for (name, column) in COUNTS.into_iter().zip(&mut self.counts) {
            push(name, Arc::new(column.finish()));
        }
        push("responsibilities", Arc::new(self.responsibilities.finish()));
        for (name, column) in &mut self.kept {
            push(name, Arc::new(column.finish()));
        }
        columns
    }
}

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
