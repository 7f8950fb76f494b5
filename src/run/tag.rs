//! `rolecall tag`: JSON lines in, one record per unit out, in input order.

use std::io::Write;
use std::path::PathBuf;

use crate::analyze::{AnalyzeOptions, Analyzer};
use crate::error::{Error, Severity};
use crate::input::{Format, InputOptions, Source};
use crate::lexicon::Lexicon;
use crate::report::{self, Table};
use crate::run::pipeline;
use crate::run::worker::Workshop;
use crate::text::{Lists, Splitter};

/// How `tag` writes its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagFormat {
    /// JSON lines.
    Jsonl,
    /// The columns of `sentences.csv`.
    Csv,
}

/// What can be set about `tag`.
#[derive(Clone, Debug)]
pub struct TagConfig {
    /// JSON lines or CSV.
    pub format: TagFormat,
    /// Whether each record is one unit.
    pub whole: bool,
    /// Worker threads; 0 for one per core.
    pub threads: usize,
}

/// Tags the records on standard input; writes them to `out` and problems to `problems`.
/// Returns how many records were lost.
pub fn tag(
    config: &TagConfig,
    input: InputOptions,
    lexicon: &Lexicon,
    lists: Lists,
    out: &mut impl Write,
    problems: &mut impl Write,
) -> Result<u64, Error> {
    let input = InputOptions {
        format: Some(input.format.unwrap_or(Format::Jsonl)),
        ..input
    };
    let mut source = Source::open(&[PathBuf::from("-")], input)?;
    let workshop = Workshop::new(
        Splitter::new(lists),
        Analyzer::new(lexicon, AnalyzeOptions::default()),
        config.whole,
    );
    let failed = |error| Error::output("standard output", error);
    if config.format == TagFormat::Csv {
        let table = Table::of(&report::SENTENCES);
        out.write_all(&table.into_bytes()).map_err(failed)?;
    }
    let mut lost = 0;
    let work = |batch: &crate::input::Batch| {
        workshop.at_a_desk(|desk| {
            let (mut json, mut table, mut said) = (Vec::new(), Table::new(), Vec::new());
            for index in 0..batch.len() {
                let finished = batch.finish(index);
                said.extend(finished.problems);
                let Some(document) = finished.document else {
                    continue;
                };
                match workshop.analyze(&document, desk) {
                    Ok(analysis) => match config.format {
                        TagFormat::Jsonl => {
                            report::jsonl(
                                &mut json,
                                &document,
                                &desk.structure,
                                &analysis,
                                lexicon,
                            );
                        }
                        TagFormat::Csv => report::sentences_rows(
                            &mut table,
                            &document,
                            &desk.structure,
                            &analysis,
                            lexicon,
                            true,
                        ),
                    },
                    Err(problem) => said.push(problem),
                }
            }
            json.extend(table.into_bytes());
            (json, said)
        })
    };
    pipeline::run(&mut source, config.threads, work, |(bytes, said)| {
        for problem in said {
            lost += u64::from(problem.severity == Severity::Error);
            // Standard error may be closed; the records matter more.
            let _ = writeln!(problems, "{problem}");
        }
        out.write_all(&bytes).map_err(failed)
    })?;
    out.flush().map_err(failed)?;
    Ok(lost)
}
