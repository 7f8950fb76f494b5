//! `rolecall tag` and `rolecall documents`: inputs, or records on standard input → one record per unit
//! or per document on standard output, in input order.

use std::io::Write;
use std::path::PathBuf;

use crate::analyze::{AnalyzeOptions, Analyzer};
use crate::error::{Error, Severity};
use crate::input::{Batch, InputOptions, Source};
use crate::lexicon::Lexicon;
use crate::report::{Record, RecordFormat, RecordWriter, Records};
use crate::run::pipeline;
use crate::run::worker::Workshop;
use crate::text::{Lists, Splitter};

/// What can be set about `tag` and `documents`.
#[derive(Clone, Debug)]
pub struct FilterConfig {
    /// What one record written is about.
    pub record: Record,
    /// How it is written.
    pub format: RecordFormat,
    /// Whether each record read is one unit.
    pub whole: bool,
    /// Worker threads; 0 for one per core.
    pub threads: usize,
    /// How documents are analysed.
    pub analyze: AnalyzeOptions,
}

/// Reads `inputs`, JSON lines or an Arrow stream on standard input where there are none; writes what was found in them to `out` and problems to
/// `problems`. Returns how many records were lost.
///
/// # Errors
///
/// [`Error::Usage`] where the input lacks a column or the build lacks the format;
/// [`Error::Output`] where `out` cannot be written.
pub fn filter(
    inputs: &[PathBuf],
    config: &FilterConfig,
    input: InputOptions,
    lexicon: &Lexicon,
    lists: Lists,
    out: &mut impl Write,
    problems: &mut impl Write,
) -> Result<u64, Error> {
    let kept = input.keep.clone();
    let mut writer = RecordWriter::start(config.record, config.format, &kept, out)?;
    let mut source = Source::open_or_standard(inputs, input)?;
    let workshop = Workshop::new(
        Splitter::new(lists),
        Analyzer::new(lexicon, config.analyze),
        config.whole,
    );
    let work = |batch: &Batch| {
        workshop.at_a_desk(|desk| {
            let mut records = Records::new(config.record, config.format, &kept);
            let mut said = Vec::new();
            for index in 0..batch.len() {
                let finished = batch.finish(index);
                said.extend(finished.problems);
                if let Some(document) = &finished.set_aside {
                    records.set_aside(document);
                }
                let Some(document) = finished.document else {
                    continue;
                };
                match workshop.analyze(&document, desk) {
                    Ok(analysis) => {
                        records.add(&document, &desk.structure, &analysis, lexicon);
                    }
                    Err(problem) => said.push(problem),
                }
            }
            (records, said)
        })
    };
    let mut lost = 0;
    pipeline::run(&mut source, config.threads, work, |(records, said)| {
        for problem in said {
            lost += u64::from(problem.severity == Severity::Error);
            // Standard error may be closed; the records matter more.
            let _ = writeln!(problems, "{problem}");
        }
        writer.write(records)
    })?;
    writer.finish()?;
    Ok(lost)
}
