//! `claims.csv`, `mixups.csv` and `essays.csv`, and `check --format csv`.

use super::{Checked, Row, Shown};
use crate::aggregate::ClaimCounts;
use crate::analyze::{Claim, Stance, Verdict};
use crate::document::Document;
use crate::report::Table;
use crate::report::cells::one_line;
use crate::report::sentences::page_cell;
use crate::span::line_column;

/// The columns of `claims.csv` and `mixups.csv`; those of the claim are empty in the row
/// of a unit that has a stance and no claim.
pub const CLAIMS_HEADER: [&str; 19] = [
    "document_id",
    "sentence",
    "line",
    "page",
    "stance",
    "verdict",
    "role",
    "attributed_to",
    "responsibility",
    "label",
    "basis",
    "confidence",
    "role_start",
    "role_end",
    "start",
    "end",
    "role_text",
    "matched_text",
    "text",
];

/// The columns of `essays.csv`.
pub const ESSAYS_HEADER: [&str; 15] = [
    "document_id",
    "student",
    "words",
    "sentences",
    "claims",
    "consistent",
    "mix_up",
    "denied",
    "reported",
    "joint",
    "unattributed",
    "mix_up_share",
    "equates",
    "reports_equating",
    "distinguishes",
];

/// The rows of one essay: one for each claim shown, and for each unit that has a stance only.
pub fn claims_rows(table: &mut Table, checked: Checked<'_>, shown: Shown) {
    for row in checked.rows(shown) {
        for claim in &row.claims {
            unit_cells(table, checked, &row);
            claim_cells(table, checked, claim);
            text_cell(table, checked, &row);
        }
        if row.claims.is_empty() && row.stance != Stance::None {
            unit_cells(table, checked, &row);
            for _ in 0..13 {
                table.cell("");
            }
            text_cell(table, checked, &row);
        }
    }
}

fn unit_cells(table: &mut Table, checked: Checked<'_>, row: &Row<'_>) {
    let (line, _) = line_column(&checked.document.text, row.unit.content.start as usize);
    table
        .cell(&checked.document.id)
        .number(row.number as u64)
        .number(line as u64);
    page_cell(table, checked.document, row.unit.content.start).cell(row.stance.name());
}

fn claim_cells(table: &mut Table, checked: Checked<'_>, claim: &Claim) {
    let text = checked.document.text.as_str();
    let entry = &checked.lexicon.entries()[claim.entry as usize];
    let (basis, mention) = (claim.attribution.basis, claim.attribution.mention);
    table
        .cell(claim.verdict.name())
        .cell(claim.role.name())
        .cell(claim.attribution.to.name())
        .cell(&entry.id)
        .cell(&entry.label)
        .cell(basis.name())
        .cell(basis.confidence().name());
    if mention.is_empty() {
        table.cell("").cell("");
    } else {
        table
            .number(mention.start.into())
            .number(mention.end.into());
    }
    table
        .number(claim.span.start.into())
        .number(claim.span.end.into())
        .cell(one_line(mention.of(text)).as_bytes())
        .cell(one_line(claim.span.of(text)).as_bytes());
}

fn text_cell(table: &mut Table, checked: Checked<'_>, row: &Row<'_>) {
    let text = row.unit.content.of(&checked.document.text);
    table.cell(one_line(text).as_bytes()).end_row();
}

/// The row of one essay.
pub fn essays_row(table: &mut Table, document: &Document, counts: &ClaimCounts) {
    table
        .cell(&document.id)
        .cell(&document.student)
        .number(counts.words)
        .number(counts.sentences)
        .number(counts.claims());
    for verdict in Verdict::ALL {
        table.number(counts.of(verdict));
    }
    table.value(counts.mix_up_share());
    for stance in [
        Stance::Equates,
        Stance::ReportsEquating,
        Stance::Distinguishes,
    ] {
        table.number(counts.stances[stance as usize]);
    }
    table.end_row();
}
