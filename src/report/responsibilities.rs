//! `responsibilities.csv`: how often each lexicon entry was found, and under which declared roles.

use crate::aggregate::{Tally, stats};
use crate::lexicon::Lexicon;
use crate::report::Table;
use crate::role::Declared;

/// The whole table, in lexicon order, entries that were never found included.
pub fn responsibilities(tally: &Tally, lexicon: &Lexicon) -> Vec<u8> {
    let declared: Vec<Option<Declared>> =
        Declared::ALL.into_iter().map(Some).chain([None]).collect();
    let name = |declared: &Option<Declared>| declared.map_or("untitled", Declared::name);
    let mut table = Table::new();
    for column in [
        "responsibility",
        "role",
        "category",
        "label",
        "sentences",
        "documents",
    ] {
        table.cell(column);
    }
    for prefix in ["documents", "rate"] {
        for declared in &declared {
            table.cell(format!("{prefix}_{}", name(declared)));
        }
    }
    table.end_row();
    for (entry, counts) in lexicon.entries().iter().zip(&tally.entries) {
        table
            .cell(&entry.id)
            .cell(entry.role.name())
            .cell(&entry.category)
            .cell(&entry.label)
            .number(counts.sentences)
            .number(counts.all_documents());
        for declared in &declared {
            table.number(counts.documents_of(*declared));
        }
        for declared in &declared {
            table.value(stats::share(
                counts.documents_of(*declared),
                tally.declared(*declared),
            ));
        }
        table.end_row();
    }
    table.into_bytes()
}
