//! `shared_responsibilities.csv`: what several roles are asked for alike.

use crate::aggregate::{EntryTally, MIN_RATE};
use crate::report::Totals;
use crate::report::schema::{Column, LABELS, OF_RESPONSIBILITY, Schema};
use crate::role::{Declared, Role, RoleSet};

/// `shared_responsibilities.csv`.
pub const SHARED_RESPONSIBILITIES: Schema = Schema {
    name: "shared_responsibilities",
    about: "One row per lexicon entry that counts in at least a twentieth (`min_rate` of overlap.csv) of the documents of two \
            or three declared roles; most roles first, then by min_rate.",
    columns: &[
        Column::text("responsibility", "id of the entry").required(),
        Column::word("role", LABELS, "its label").required(),
        Column::text("category", "its group within the label"),
        Column::text("label", "the responsibility in words"),
        Column::text(
            "shared_by",
            "the declared roles that have it, joined by `+`",
        )
        .required(),
        Column::share(
            "min_rate",
            "smallest of their rates: so much of it they have in common",
        )
        .required(),
        Column::share(
            "evenness",
            "smallest ÷ largest of their rates: 1 where all ask for it alike",
        )
        .required(),
        Column::share(
            "rate_product",
            "share of the documents that declare product in which it counts",
        ),
        Column::share("rate_project", "the same for project"),
        Column::share("rate_program", "the same for program"),
        Column::count(
            "documents_product",
            "documents",
            "documents behind rate_product",
        )
        .required(),
        Column::count(
            "documents_project",
            "documents",
            "documents behind rate_project",
        )
        .required(),
        Column::count(
            "documents_program",
            "documents",
            "documents behind rate_program",
        )
        .required(),
    ],
    key: &["responsibility"],
    references: &[OF_RESPONSIBILITY],
};

struct Shared<'a> {
    entry: usize,
    counts: &'a EntryTally,
    rates: [f64; 3],
    by: RoleSet,
    least: f64,
    most: f64,
}

/// The whole table.
pub fn shared_responsibilities(totals: &Totals<'_>) -> Vec<u8> {
    let tally = &totals.tallies.tally;
    let mut found: Vec<Shared<'_>> = tally
        .entries
        .iter()
        .enumerate()
        .filter_map(|(entry, counts)| {
            let rates = Role::SINGLE.map(|role| tally.rate(counts, role));
            shared(entry, counts, rates)
        })
        .collect();
    found.sort_by(|a, b| {
        let roles = b.by.len().cmp(&a.by.len());
        roles
            .then(b.least.total_cmp(&a.least))
            .then(a.entry.cmp(&b.entry))
    });
    let mut table = totals.table(&SHARED_RESPONSIBILITIES);
    for shared in &found {
        let entry = &totals.lexicon.entries()[shared.entry];
        table
            .cell(&entry.id)
            .cell(entry.role.name())
            .cell(&entry.category)
            .cell(&entry.label)
            .roles(shared.by)
            .value(Some(shared.least))
            .value(Some(shared.least / shared.most));
        for (role, rate) in Role::SINGLE.into_iter().zip(shared.rates) {
            let any = tally.declared(Some(Declared::Role(role))) > 0;
            table.value(any.then_some(rate));
        }
        for role in Role::SINGLE {
            table.number(shared.counts.documents_of(Some(Declared::Role(role))));
        }
        table.end_row();
    }
    table.into_bytes()
}

fn shared(entry: usize, counts: &EntryTally, rates: [f64; 3]) -> Option<Shared<'_>> {
    let has = |role: &Role| rates[*role as usize] >= MIN_RATE;
    let by: RoleSet = Role::SINGLE.into_iter().filter(has).collect();
    let own = || by.iter().map(|role| rates[role as usize]);
    (by.len() > 1).then(|| Shared {
        entry,
        counts,
        rates,
        by,
        least: own().fold(f64::INFINITY, f64::min),
        most: own().fold(0.0, f64::max),
    })
}
