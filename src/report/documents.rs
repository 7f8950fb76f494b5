//! `documents.csv`: one row per document with its measures.

use crate::analyze::Analysis;
use crate::document::Document;
use crate::report::Table;
use crate::report::schema::{CONTENT, Column, DECLARED, Schema};
use crate::role::{Declared, Role};

/// `documents.csv`, without the columns of `--keep`.
pub const DOCUMENTS: Schema = Schema {
    name: "documents",
    about: "One row per document, in input order, with its measures as section *What counts* of design.md defines them. The \
            columns named by `--keep` follow.",
    columns: &[
        Column::text(
            "document_id",
            "as read; `input#row` where the input has no usable id",
        )
        .required(),
        Column::text("title", "as read"),
        Column::text(
            "language",
            "ISO 639 code of the text's language, such as `en`; empty if it cannot be told",
        ),
        Column::word(
            "declared_role",
            DECLARED,
            "what the title says; empty without a title",
        ),
        Column::word(
            "content_role",
            CONTENT,
            "what the text says; empty where it was not analysed because of its language: all counts are then 0",
        ),
        Column::share(
            "share_product",
            "counted_product ÷ counted_role_labelled; the three may add up to more than 1",
        ),
        Column::share("share_project", "counted_project ÷ counted_role_labelled"),
        Column::share("share_program", "counted_program ÷ counted_role_labelled"),
        Column::share("share_shared", "counted_shared ÷ counted_labelled"),
        Column::share("margin", "largest of the three shares minus the second"),
        Column::share(
            "mixing",
            "Shannon entropy of the three shares, normalised to sum to 1, ÷ ln 3: 0 one role, 1 all alike",
        ),
        Column::share(
            "off_role_share",
            "counted_off_role ÷ counted_role_labelled; only with one declared role",
        ),
        Column::count("units", "sentences", "units of any kind").required(),
        Column::count(
            "tagged",
            "sentences",
            "units with any label, counted or not",
        )
        .required(),
        Column::count(
            "counted_product",
            "sentences",
            "counted units with the label",
        )
        .required(),
        Column::count("counted_project", "sentences", "the same").required(),
        Column::count("counted_program", "sentences", "the same").required(),
        Column::count("counted_shared", "sentences", "the same").required(),
        Column::count(
            "counted_role_labelled",
            "sentences",
            "counted units with at least one of the three roles",
        )
        .required(),
        Column::count(
            "counted_labelled",
            "sentences",
            "counted units with any label",
        )
        .required(),
        Column::count(
            "counted_off_role",
            "sentences",
            "counted role-labelled units without the declared role",
        )
        .required(),
        Column::count(
            "countable",
            "sentences",
            "units that would count if they carried a label: in a counted zone, and no repeats",
        )
        .required(),
        Column::count(
            "counted_responsibilities",
            "entries",
            "different lexicon entries behind the counted role labels",
        )
        .required(),
    ],
    key: &["document_id"],
    references: &[],
};

/// The row of a document that was not analysed because of its language: no measures, all counts 0.
pub fn set_aside_row(table: &mut Table, document: &Document) {
    table
        .cell(&document.id)
        .cell(&document.title)
        .cell(document.language);
    for column in &DOCUMENTS.columns[3..] {
        match column.required {
            true => table.number(0),
            false => table.cell(""),
        };
    }
    for value in &document.kept {
        table.cell(value);
    }
    table.end_row();
}

/// One document's row.
pub fn documents_row(table: &mut Table, document: &Document, analysis: &Analysis) {
    let Analysis {
        measures, counts, ..
    } = analysis;
    table
        .cell(&document.id)
        .cell(&document.title)
        .cell(document.language)
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
