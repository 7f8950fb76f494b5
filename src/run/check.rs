//! `rolecall check`: essays → who is said to do what.

use std::io::Write;
use std::path::PathBuf;

use crate::analyze::{AnalyzeOptions, Analyzer};
use crate::document::Genre;
use crate::error::{Error, Severity};
use crate::input::{Batch, Format, InputOptions, Source};
use crate::lexicon::Lexicon;
use crate::report::{self, Checked, Shown};
use crate::run::pipeline;
use crate::run::worker::Workshop;
use crate::text::{Lists, Splitter};

/// What can be set about `check`.
#[derive(Clone, Debug)]
pub struct CheckConfig {
    /// What is shown.
    pub shown: Shown,
    /// Worker threads; 0 for one per core.
    pub threads: usize,
}

/// What a check found.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckCounts {
    /// Inputs that could not be read.
    pub lost: u64,
    /// Mix-ups shown.
    pub mix_ups: u64,
}

/// Checks `inputs`, JSON lines on standard input where there are none or `-`.
pub fn check(
    inputs: &[PathBuf],
    input: InputOptions,
    config: &CheckConfig,
    lexicon: &Lexicon,
    lists: Lists,
    out: &mut impl Write,
    problems: &mut impl Write,
) -> Result<CheckCounts, Error> {
    let standard = [PathBuf::from("-")];
    let from_standard = inputs.is_empty() || inputs == standard;
    let format = if from_standard {
        Some(input.format.unwrap_or(Format::Jsonl))
    } else {
        input.format
    };
    let input = InputOptions {
        format,
        genre: Some(input.genre.unwrap_or(Genre::Essay)),
        ..input
    };
    let mut source = Source::open(if from_standard { &standard } else { inputs }, input)?;
    let workshop = Workshop::new(
        Splitter::new(lists),
        Analyzer::new(lexicon, AnalyzeOptions::default()),
        false,
    );
    let failed = |error| Error::output("standard output", error);
    let mut counts = CheckCounts::default();
    let work = |batch: &Batch| {
        workshop.at_a_desk(|desk| {
            let (mut bytes, mut said) = (Vec::new(), Vec::new());
            for index in 0..batch.len() {
                let finished = batch.finish(index);
                said.extend(finished.problems);
                let Some(document) = finished.document else {
                    continue;
                };
                match workshop.analyze(&document, desk) {
                    Ok(analysis) => {
                        let checked = Checked {
                            document: &document,
                            structure: &desk.structure,
                            analysis: &analysis,
                            lexicon,
                        };
                        report::check_jsonl(&mut bytes, checked, config.shown);
                    }
                    Err(problem) => said.push(problem),
                }
            }
            (bytes, said)
        })
    };
    pipeline::run(&mut source, config.threads, work, |(bytes, said)| {
        for problem in said {
            counts.lost += u64::from(problem.severity == Severity::Error);
            // Standard error may be closed; the records matter more.
            let _ = writeln!(problems, "{problem}");
        }
        out.write_all(&bytes).map_err(failed)
    })?;
    out.flush().map_err(failed)?;
    Ok(counts)
}
