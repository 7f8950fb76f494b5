//! `roles.csv`: for each declared role, how often it is confused and what its documents' sentences are about.

use crate::aggregate::{Tally, stats};
use crate::report::schema::{Column, DECLARED, Schema};
use crate::report::{Table, Totals};
use crate::role::{Declared, Role};

/// `roles.csv`.
pub const ROLES: Schema = Schema {
    name: "roles",
    about: "One row per declared role: how often it is confused, and what the sentences of its documents are about. \
            The counts of sentences are sums over documents, so that a long one weighs more than a short one.",
    columns: &[
        Column::word(
            "declared_role",
            DECLARED,
            "what the titles declare; empty: no title",
        ),
        Column::count("documents", "documents", "documents that declare the role").required(),
        Column::count(
            "confused_documents",
            "documents",
            "documents whose content role is another of the three roles; only for one of the three",
        ),
        Column::share("role_confusion", "confused_documents ÷ documents"),
        Column::share(
            "ci_low",
            "lower limit of the 95 % Wilson interval of role_confusion (no continuity correction)",
        ),
        Column::share("ci_high", "upper limit"),
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
        Column::share(
            "share_product",
            "counted_product ÷ counted_role_labelled; the three may add up to more than 1",
        ),
        Column::share("share_project", "counted_project ÷ counted_role_labelled"),
        Column::share("share_program", "counted_program ÷ counted_role_labelled"),
        Column::share("share_shared", "counted_shared ÷ counted_labelled"),
    ],
    // No key: the row of documents without a title has none, and a key of empty cells alone is refused by validators.
    key: &[],
    references: &[],
};

/// The whole table. Documents without a title have an empty `declared_role`.
pub fn roles(totals: &Totals<'_>) -> Vec<u8> {
    let tally = &totals.tallies.tally;
    let mut table = totals.table(&ROLES);
    for declared in Declared::ALL.into_iter().map(Some).chain([None]) {
        table.cell(declared.map_or("", Declared::name));
        confusion_cells(&mut table, tally, declared);
        profile_cells(&mut table, tally, declared);
        table.end_row();
    }
    table.into_bytes()
}

fn confusion_cells(table: &mut Table, tally: &Tally, declared: Option<Declared>) {
    let documents = tally.declared(declared);
    table.number(documents);
    let Some(own) = declared.and_then(Declared::role) else {
        table.cell("").cell("").cell("").cell("");
        return;
    };
    let row = tally.confusion_row(declared);
    let others = Role::SINGLE.into_iter().filter(|role| *role != own);
    let confused = others.map(|role| row[role as usize]).sum();
    let interval = stats::wilson(confused, documents);
    table
        .number(confused)
        .value(stats::share(confused, documents))
        .value(interval.map(|(low, _)| low))
        .value(interval.map(|(_, high)| high));
}

fn profile_cells(table: &mut Table, tally: &Tally, declared: Option<Declared>) {
    let profile = tally.profile(declared);
    for count in profile.labels {
        table.number(count);
    }
    table.number(profile.role_labelled).number(profile.labelled);
    for role in Role::ALL {
        let whole = match role {
            Role::Shared => profile.labelled,
            _ => profile.role_labelled,
        };
        table.value(stats::share(profile.labels[role as usize], whole));
    }
}
