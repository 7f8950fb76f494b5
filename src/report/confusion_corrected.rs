//! `confusion_corrected.csv`: documents by declared role and the content role that people give, estimated from a coded sample.

use crate::aggregate::coded::{CodedRow, estimate};
use crate::aggregate::stats;
use crate::analyze::ContentRole;
use crate::report::Totals;
use crate::report::schema::{CONTENT, Column, DECLARED, Schema};
use crate::role::Declared;

/// `confusion_corrected.csv`.
pub const CONFUSION_CORRECTED: Schema = Schema {
    name: "confusion_corrected",
    about: "Under `--coded`, one row per cell of the matrix of documents by declared role and by the content role that people would give: the tool's row weighted by what people say of the documents coded in each of its cells (double sampling). The coded documents of a cell must be drawn from it at random; how many of which cell does not matter.",
    columns: &[
        Column::word(
            "declared_role",
            DECLARED,
            "what the titles declare; empty: no title",
        ),
        Column::word(
            "content_role",
            CONTENT,
            "what people say that the texts say",
        )
        .required(),
        Column::count("row_total", "documents", "documents that declare the role").required(),
        Column::count("row_coded", "documents", "of those that people coded").required(),
        Column::count(
            "coded",
            "documents",
            "of those to which they gave the content role",
        )
        .required(),
        Column::share(
            "share",
            "share of the row that the tool gives the content role",
        ),
        Column::share(
            "corrected",
            "share of the row that people would give it; empty where none of its documents is coded",
        ),
        Column::share(
            "ci_low",
            "lower limit of its 95 % interval (Wilson at the effective size of the coded sample), whatever people would say of cells without a coded document",
        ),
        Column::share("ci_high", "upper limit"),
        Column::text(
            "note",
            "which cells of the tool's row have no coded document: the estimate leaves them out",
        ),
    ],
    key: &["declared_role", "content_role"],
    references: &[],
};

/// The whole table; rows of declared roles without documents are left out.
pub fn confusion_corrected(totals: &Totals<'_>) -> Vec<u8> {
    let mut table = totals.table(&CONFUSION_CORRECTED);
    let Some(coded) = &totals.extras.coded else {
        return table.into_bytes();
    };
    for declared in Declared::ALL.into_iter().map(Some).chain([None]) {
        let documents = totals.tallies.tally.confusion_row(declared);
        let total: u64 = documents.iter().sum();
        let row = coded.row(declared);
        if total == 0 {
            continue;
        }
        for content in ContentRole::ALL {
            let found = estimate(documents, row, content);
            table
                .cell(declared.map_or("", Declared::name))
                .cell(content.name())
                .number(total)
                .number(row.iter().flatten().sum::<u64>())
                .number(row.iter().map(|tool| tool[content.index()]).sum::<u64>())
                .value(stats::share(documents[content.index()], total))
                .value(found.map(|found| found.share))
                .interval(found.map(|found| found.limits))
                .cell(uncoded(documents, row))
                .end_row();
        }
    }
    table.into_bytes()
}

/// Which cells of a row have documents and none that is coded.
fn uncoded(documents: &[u64; 5], coded: &CodedRow) -> String {
    let open = ContentRole::ALL.into_iter().filter(|role| {
        let at = role.index();
        documents[at] > 0 && coded[at].iter().sum::<u64>() == 0
    });
    let names: Vec<&str> = open.map(ContentRole::name).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(
            "no document is coded of those that the tool calls {}",
            names.join(", ")
        ),
    }
}
