//! The registry of what a report folder holds: to add a table, write its file and name it here.

use super::confused::CONFUSED;
use super::page::{Chart, PAGE};
use super::schema::Schema;
use super::{
    CONFUSION, CONFUSION_CORRECTED, COOCCURRENCE, Confused, DOCUMENTS, DUPLICATES, EXAMPLES_TABLE,
    Extras, GROUPS, GROUPS_CONFUSION, GROUPS_KEYNESS, GROUPS_OVERLAP, KEYNESS, MATCHES, OVERLAP,
    PREVALENCE, PROBLEMS, RESPONSIBILITIES, ROLES, SENSITIVITY, SENTENCES, SHARED_RESPONSIBILITIES,
    Table, confusion, confusion_corrected, cooccurrence, duplicates, examples, groups,
    groups_confusion, groups_keyness, groups_overlap, keyness, overlap, prevalence,
    responsibilities, roles, sensitivity, shared_responsibilities,
};
use crate::aggregate::Tallies;
use crate::error::Error;
use crate::lexicon::Lexicon;

/// What tables are made of that are written once all documents are analysed.
#[derive(Clone, Copy, Debug)]
pub struct Totals<'a> {
    /// What was counted over all documents.
    pub tallies: &'a Tallies,
    /// The most confused documents.
    pub confused: &'a Confused,
    /// The lexicon that the counts of entries refer to.
    pub lexicon: &'a Lexicon,
    /// What was asked for besides.
    pub extras: &'a Extras,
    /// Whether cells are guarded against spreadsheets.
    pub safe: bool,
}

impl Totals<'_> {
    /// A new table with its header.
    pub fn table(&self, schema: &Schema) -> Table {
        Table::headed(schema, &[], self.safe)
    }
}

/// What must be asked for to have an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing: it is written by default.
    Nothing,
    /// `--coded`.
    Coded,
    /// `--dedup`.
    Dedup,
    /// `--sensitivity`.
    Sensitivity,
    /// `--group-by`.
    GroupBy,
    /// `--svg`.
    Svg,
    /// `--xlsx`.
    Xlsx,
}

/// One file of a report besides `manifest.json`.
#[derive(Debug)]
pub struct Output {
    /// Name used in `--outputs`.
    pub name: &'static str,
    /// The file that it is written to.
    pub file: &'static str,
    /// How it comes about.
    pub source: Source,
    /// What must be asked for to have it.
    pub asks: Asks,
}

/// How an output comes about.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Row by row, as documents are analysed.
    Documents(&'static Schema),
    /// At the end, from the totals.
    Totals(&'static Schema, fn(&Totals<'_>) -> Vec<u8>),
    /// At the end, from the totals, as JSON lines.
    Lines(fn(&Totals<'_>) -> Vec<u8>),
    /// From its tables, where they hold something to draw.
    Chart(Chart),
    /// From all other files of the report.
    Page,
    /// From its tables.
    Workbook,
}

/// Every output, in the order of writing; the streamed ones first.
pub static OUTPUTS: [Output; 29] = [
    streamed("sentences.csv", &SENTENCES),
    streamed("matches.csv", &MATCHES),
    streamed("documents.csv", &DOCUMENTS),
    streamed("problems.csv", &PROBLEMS),
    summed("confusion.csv", &CONFUSION, confusion),
    summed("overlap.csv", &OVERLAP, overlap),
    summed("responsibilities.csv", &RESPONSIBILITIES, responsibilities),
    summed("roles.csv", &ROLES, roles),
    summed(
        "shared_responsibilities.csv",
        &SHARED_RESPONSIBILITIES,
        shared_responsibilities,
    ),
    summed("keyness.csv", &KEYNESS, keyness),
    summed("examples.csv", &EXAMPLES_TABLE, examples),
    summed("cooccurrence.csv", &COOCCURRENCE, cooccurrence),
    summed("prevalence.csv", &PREVALENCE, prevalence),
    asked(
        Asks::Coded,
        "confusion_corrected.csv",
        &CONFUSION_CORRECTED,
        confusion_corrected,
    ),
    asked(Asks::Dedup, "duplicates.csv", &DUPLICATES, duplicates),
    asked(
        Asks::Sensitivity,
        "sensitivity.csv",
        &SENSITIVITY,
        sensitivity,
    ),
    asked(Asks::GroupBy, "groups.csv", &GROUPS, groups),
    asked(
        Asks::GroupBy,
        "groups_confusion.csv",
        &GROUPS_CONFUSION,
        groups_confusion,
    ),
    asked(
        Asks::GroupBy,
        "groups_overlap.csv",
        &GROUPS_OVERLAP,
        groups_overlap,
    ),
    asked(
        Asks::GroupBy,
        "groups_keyness.csv",
        &GROUPS_KEYNESS,
        groups_keyness,
    ),
    Output {
        name: "confused",
        file: CONFUSED,
        source: Source::Lines(|totals| totals.confused.jsonl()),
        asks: Asks::Nothing,
    },
    chart("confusion.svg", Chart::Confusion),
    chart("profiles.svg", Chart::Profiles),
    chart("prevalence.svg", Chart::Prevalence),
    chart("overlap.svg", Chart::Overlap),
    chart("shared.svg", Chart::Shared),
    chart("distinctive.svg", Chart::Distinctive),
    Output {
        name: "page",
        file: PAGE,
        source: Source::Page,
        asks: Asks::Nothing,
    },
    Output {
        name: "workbook",
        file: WORKBOOK,
        source: Source::Workbook,
        asks: Asks::Xlsx,
    },
];

/// The tables as a workbook.
pub const WORKBOOK: &str = "report.xlsx";

/// How many outputs are written row by row: `sentences`, `matches`, `documents` and `problems`, the first of [`OUTPUTS`].
pub const STREAMED: usize = 4;

/// Which outputs to write, in the order of [`OUTPUTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outputs([bool; OUTPUTS.len()]);

const fn streamed(file: &'static str, schema: &'static Schema) -> Output {
    Output {
        name: schema.name,
        file,
        source: Source::Documents(schema),
        asks: Asks::Nothing,
    }
}

const fn summed(
    file: &'static str,
    schema: &'static Schema,
    write: fn(&Totals<'_>) -> Vec<u8>,
) -> Output {
    asked(Asks::Nothing, file, schema, write)
}

const fn asked(
    asks: Asks,
    file: &'static str,
    schema: &'static Schema,
    write: fn(&Totals<'_>) -> Vec<u8>,
) -> Output {
    Output {
        name: schema.name,
        file,
        source: Source::Totals(schema, write),
        asks,
    }
}

const fn chart(file: &'static str, chart: Chart) -> Output {
    Output {
        name: file,
        file,
        source: Source::Chart(chart),
        asks: Asks::Svg,
    }
}

impl Output {
    /// What its table holds; `None` where it is no table.
    pub const fn schema(&self) -> Option<&'static Schema> {
        match self.source {
            Source::Documents(schema) | Source::Totals(schema, _) => Some(schema),
            Source::Lines(_) | Source::Chart(_) | Source::Page | Source::Workbook => None,
        }
    }
}

impl Outputs {
    /// All that are written by default.
    pub fn by_default() -> Outputs {
        Outputs(std::array::from_fn(|at| OUTPUTS[at].asks == Asks::Nothing))
    }

    /// The same, with those that `asks` says are asked for and without those that it says are not.
    pub fn with_asked(mut self, asks: impl Fn(Asks) -> bool) -> Outputs {
        for (chosen, output) in self.0.iter_mut().zip(&OUTPUTS) {
            if output.asks != Asks::Nothing {
                *chosen = asks(output.asks);
            }
        }
        self
    }

    /// Those of these names.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for a name that there is not.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Outputs, Error> {
        let mut chosen = Outputs([false; OUTPUTS.len()]);
        for name in names {
            let Some(at) = OUTPUTS.iter().position(|output| output.name == name) else {
                let known: Vec<&str> = OUTPUTS.iter().map(|output| output.name).collect();
                return Err(Error::Usage(format!(
                    "--outputs: there is no output \"{name}\"; there are {}",
                    known.join(", ")
                )));
            };
            chosen.0[at] = true;
        }
        Ok(chosen)
    }

    /// Whether the output of that name is among them.
    pub fn has(&self, name: &str) -> bool {
        self.iter().any(|output| output.name == name)
    }

    /// The outputs, in order.
    pub fn iter(&self) -> impl Iterator<Item = &'static Output> {
        let chosen = self.0;
        let all = OUTPUTS.iter().zip(chosen);
        all.filter_map(|(output, chosen)| chosen.then_some(output))
    }

    /// For each streamed output, whether it is among them.
    pub fn streamed(&self) -> [Option<&'static Output>; STREAMED] {
        std::array::from_fn(|at| self.0[at].then_some(&OUTPUTS[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streamed_outputs_come_first_and_files_are_named_by_their_tables() {
        for (at, output) in OUTPUTS.iter().enumerate() {
            let streamed = matches!(output.source, Source::Documents(_));
            assert_eq!(streamed, at < STREAMED, "{}", output.name);
            if let Some(schema) = output.schema() {
                assert_eq!(output.file, format!("{}.csv", schema.name));
            }
        }
    }

    #[test]
    fn keys_and_references_name_columns_that_exist() {
        for output in &OUTPUTS {
            let Some(schema) = output.schema() else {
                continue;
            };
            let has = |schema: &Schema, name: &str| {
                schema.columns.iter().any(|column| column.name == name)
            };
            assert!(schema.key.iter().all(|name| has(schema, name)));
            for reference in schema.references {
                assert!(reference.columns.iter().all(|name| has(schema, name)));
                let other = OUTPUTS.iter().find(|other| other.name == reference.table);
                let other = other.and_then(Output::schema).expect("a table that exists");
                assert_eq!(reference.key, other.key, "{}", output.name);
            }
        }
    }

    #[test]
    fn an_unknown_output_is_told_with_those_there_are() {
        let refused = Outputs::named(["confusion", "overlaps"]).unwrap_err();
        assert!(
            refused.to_string().contains("confusion, overlap"),
            "{refused}"
        );
        let two = Outputs::named(["overlap", "documents"]).unwrap();
        let names: Vec<&str> = two.iter().map(|output| output.name).collect();
        assert_eq!(names, ["documents", "overlap"]);
        assert!(two.has("overlap") && !two.has("matches"));
    }
}
