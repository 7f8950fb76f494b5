//! `key.csv` and the coders' sheets of a sample.

use crate::report::Table;
use crate::sample::Stratum;

/// A unit that was drawn, with what `sentences.csv` says of it.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Its id in key and sheets.
    pub uid: String,
    /// The document.
    pub document: String,
    /// Its number in the document.
    pub sentence: String,
    /// The heading above it.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// The tool's labels, joined by `+`.
    pub tags: String,
    /// The lexicon entries behind them, joined by `;`.
    pub responsibilities: String,
    /// What it was drawn from.
    pub stratum: Stratum,
}

/// `key.csv`: what coders must not see. `counts` gives the units of a stratum in the corpus and in the sample.
pub fn sample_key(drawn: &[Drawn], counts: impl Fn(&Stratum) -> (u64, u64)) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "uid",
        "document",
        "sentence",
        "declared_role",
        "tag",
        "zone",
        "population",
        "sampled",
        "weight",
        "tool",
        "evidence",
        "text",
    ]);
    for unit in drawn {
        let (population, sampled) = counts(&unit.stratum);
        table
            .cell(&unit.uid)
            .cell(&unit.document)
            .cell(&unit.sentence)
            .cell(&unit.stratum.declared)
            .cell(&unit.stratum.tag)
            .cell(&unit.stratum.zone)
            .number(population)
            .number(sampled)
            .value(Some(population as f64 / sampled as f64))
            .cell(if unit.tags.is_empty() {
                "none"
            } else {
                &unit.tags
            })
            .cell(&unit.responsibilities)
            .cell(&unit.text)
            .end_row();
    }
    table.into_bytes()
}

/// One coder's sheet, its units in that order; the labels are to be filled in.
pub fn coding_sheet(drawn: &[Drawn], order: &[usize]) -> Vec<u8> {
    let mut table = Table::new();
    table.row(["uid", "heading", "text", "labels", "note"]);
    for at in order {
        let unit = &drawn[*at];
        table.row([&unit.uid, &unit.heading, &unit.text, "", ""].map(|cell| cell as &str));
    }
    table.into_bytes()
}
