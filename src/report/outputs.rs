//! The registry of what a report folder holds: to add a table, write its file and name it here.

use super::confused::CONFUSED;
use super::page::PAGE;
use super::schema::Schema;
use super::{
    CONFUSION, Confused, DOCUMENTS, MATCHES, OVERLAP, PROBLEMS, RESPONSIBILITIES, ROLES, SENTENCES,
    confusion, overlap, responsibilities, roles,
};
use crate::aggregate::Tally;
use crate::error::Error;
use crate::lexicon::Lexicon;

/// What tables are made of that are written once all documents are analysed.
#[derive(Clone, Copy, Debug)]
pub struct Totals<'a> {
    /// The counts over all documents.
    pub tally: &'a Tally,
    /// The most confused documents.
    pub confused: &'a Confused,
    /// The lexicon that the counts of entries refer to.
    pub lexicon: &'a Lexicon,
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
    /// From all other files of the report.
    Page,
}

/// Every output, in the order of writing; the streamed ones first.
pub static OUTPUTS: [Output; 10] = [
    streamed("sentences.csv", &SENTENCES),
    streamed("matches.csv", &MATCHES),
    streamed("documents.csv", &DOCUMENTS),
    streamed("problems.csv", &PROBLEMS),
    summed("confusion.csv", &CONFUSION, confusion),
    summed("overlap.csv", &OVERLAP, overlap),
    summed("responsibilities.csv", &RESPONSIBILITIES, responsibilities),
    summed("roles.csv", &ROLES, roles),
    Output {
        name: "confused",
        file: CONFUSED,
        source: Source::Lines(|totals| totals.confused.jsonl()),
    },
    Output {
        name: "page",
        file: PAGE,
        source: Source::Page,
    },
];

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
    }
}

const fn summed(
    file: &'static str,
    schema: &'static Schema,
    write: fn(&Totals<'_>) -> Vec<u8>,
) -> Output {
    Output {
        name: schema.name,
        file,
        source: Source::Totals(schema, write),
    }
}

impl Output {
    /// What its table holds; `None` where it is no table.
    pub const fn schema(&self) -> Option<&'static Schema> {
        match self.source {
            Source::Documents(schema) | Source::Totals(schema, _) => Some(schema),
            Source::Lines(_) | Source::Page => None,
        }
    }
}

impl Outputs {
    /// All of them.
    pub fn all() -> Outputs {
        Outputs([true; OUTPUTS.len()])
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
