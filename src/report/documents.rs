//! `documents.csv`: one row per document with its measures.

use crate::analyze::Analysis;
use crate::document::Document;
use crate::report::Table;
use crate::role::{Declared, Role};

const COLUMNS: [&str; 22] = [
    "document_id",
    "title",
    "declared_role",
    "content_role",
    "share_product",
    "share_project",
    "share_program",
    "share_shared",
    "margin",
    "mixing",
    "off_role_share",
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

/// The header; `kept` are the metadata columns carried through.
pub fn documents_header(table: &mut Table, kept: &[String]) {
    table.row(COLUMNS.into_iter().chain(kept.iter().map(String::as_str)));
}

/// One document's row.
pub fn documents_row(table: &mut Table, document: &Document, analysis: &Analysis) {
    let Analysis {
        measures, counts, ..
    } = analysis;
    table
        .cell(&document.id)
        .cell(&document.title)
        .cell(analysis.declared.map_or("", Declared::name))
        .cell(measures.content_role.name());
    for role in Role::SINGLE {
        table.value(measures.shares.map(|shares| shares[role as usize]));
    }
    table
        .value(measures.share_shared)
        .value(measures.margin)
        .value(measures.mixing)
        .value(measures.off_role_share)
        .number(counts.units.into())
        .number(counts.tagged.into());
    for role in Role::ALL {
        table.number(counts.labels[role as usize].into());
    }
    table
        .number(counts.role_labelled.into())
        .number(counts.labelled.into())
        .number(counts.off_role.into())
        .number(counts.countable.into())
        .number(counts.responsibilities.into());
    for value in &document.kept {
        table.cell(value);
    }
    table.end_row();
}
