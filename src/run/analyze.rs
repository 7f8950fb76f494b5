//! `rolecall analyze`: a corpus → a folder of tables.

use std::path::PathBuf;

use crate::aggregate::Tally;
use crate::analyze::Analyzer;
use crate::config::{AnalyzeConfig, Output};
use crate::error::{Error, Problem, Severity};
use crate::input::{Batch, InputOptions, Source};
use crate::lexicon::Lexicon;
use crate::report::{self, Table};
use crate::run::folder::{Folder, MANIFEST, OutputFile, Written};
use crate::run::manifest::{PART_FILE, PART_INDEX, PartFile, Study};
use crate::run::pipeline;
use crate::run::worker::{Desk, Workshop};
use crate::text::{Lists, Splitter};

const STREAMED: usize = Output::STREAMED.len();

/// What became of one batch: rows of each streamed output, and their lengths per record.
struct Rows {
    bytes: [Vec<u8>; STREAMED],
    lengths: Vec<[u32; STREAMED]>,
    tally: Tally,
}

/// Reads `inputs`, writes the report of `config` and returns its tally.
/// `progress` is called with the documents done so far.
///
/// # Errors
///
/// [`Error::Usage`] before any output exists; [`Error::Output`] where a file cannot be written.
pub fn analyze(
    inputs: &[PathBuf],
    input: InputOptions,
    config: &AnalyzeConfig,
    lexicon: &Lexicon,
    lists: Lists,
    mut progress: impl FnMut(&Tally),
) -> Result<Tally, Error> {
    let mut source = Source::open(inputs, input.clone())?;
    let folder = Folder::create(&config.out, config.overwrite)?;
    let workshop = Workshop::new(
        Splitter::new(lists),
        Analyzer::new(lexicon, config.analyze),
        false,
    );
    let mut files = StreamedFiles::open(&folder, config, &input)?;
    let mut tally = Tally::new(lexicon.entries().len());
    pipeline::run(
        &mut source,
        config.threads,
        |batch| rows(batch, &workshop, lexicon, config),
        |rows: Rows| {
            tally.merge(&rows.tally);
            progress(&tally);
            files.write(&rows)
        },
    )?;
    let whole = InputOptions {
        part: None,
        ..input
    };
    let study = Study::new(lexicon.hash(), config, &whole, &source.summaries());
    let mut written = files.finish()?;
    match config.part {
        None => finish_report(
            &folder,
            &study,
            &config.outputs,
            &tally,
            lexicon,
            &mut written,
        )?,
        Some(part) => {
            let outputs = config
                .outputs
                .iter()
                .map(|output| output.name().to_owned())
                .collect();
            let kept = whole.keep.clone();
            let file = PartFile {
                part,
                outputs,
                kept,
                study,
                tally: tally.clone(),
            };
            let bytes = serde_json::to_vec(&file).expect("plain structs can be written");
            folder.write(PART_FILE, &bytes)?;
            folder.write(MANIFEST, &file.study.manifest(&tally, &written))?;
        }
    }
    folder.publish()?;
    Ok(tally)
}

/// Writes the tables that come from the tally, and the manifest.
pub(super) fn finish_report(
    folder: &Folder,
    study: &Study,
    outputs: &[Output],
    tally: &Tally,
    lexicon: &Lexicon,
    written: &mut Vec<Written>,
) -> Result<(), Error> {
    for output in Output::ALL
        .into_iter()
        .filter(|output| outputs.contains(output))
    {
        let bytes = match output {
            Output::Confusion => report::confusion(tally),
            Output::Overlap => report::overlap(tally),
            Output::Responsibilities => report::responsibilities(tally, lexicon),
            Output::Sentences | Output::Matches | Output::Documents | Output::Problems => continue,
        };
        written.push(folder.write(&output.file(), &bytes)?);
    }
    written.sort_by(|a, b| a.file.cmp(&b.file));
    folder.write(MANIFEST, &study.manifest(tally, written))?;
    Ok(())
}

/// The header of a streamed output; `kept` are the metadata columns of `documents.csv`.
pub(super) fn header(output: Output, kept: &[String]) -> Vec<u8> {
    let mut table = Table::new();
    match output {
        Output::Sentences => table.row(report::SENTENCES_HEADER),
        Output::Matches => table.row(report::MATCHES_HEADER),
        Output::Documents => report::documents_header(&mut table, kept),
        Output::Problems => table.row(report::PROBLEMS_HEADER),
        Output::Confusion | Output::Overlap | Output::Responsibilities => {}
    }
    table.into_bytes()
}

/// The files that grow as documents are analysed, and the index of a part.
struct StreamedFiles {
    files: [Option<OutputFile>; STREAMED],
    index: Option<OutputFile>,
}

impl StreamedFiles {
    fn open(
        folder: &Folder,
        config: &AnalyzeConfig,
        input: &InputOptions,
    ) -> Result<StreamedFiles, Error> {
        let mut files = [None, None, None, None];
        for (file, output) in files.iter_mut().zip(Output::STREAMED) {
            if config.outputs.contains(&output) {
                let opened = file.insert(folder.open(&output.file())?);
                if config.part.is_none() {
                    opened.write(&header(output, &input.keep))?;
                }
            }
        }
        let index = config.part.map(|_| folder.open(PART_INDEX)).transpose()?;
        Ok(StreamedFiles { files, index })
    }

    fn write(&mut self, rows: &Rows) -> Result<(), Error> {
        for (file, bytes) in self.files.iter_mut().zip(&rows.bytes) {
            if let Some(file) = file {
                file.write(bytes)?;
            }
        }
        if let Some(index) = &mut self.index {
            for length in rows.lengths.iter().flatten() {
                index.write(&length.to_le_bytes())?;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<Written>, Error> {
        self.files
            .into_iter()
            .flatten()
            .chain(self.index)
            .map(OutputFile::finish)
            .collect()
    }
}

/// Analyses a batch into rows.
fn rows(batch: &Batch, workshop: &Workshop<'_>, lexicon: &Lexicon, config: &AnalyzeConfig) -> Rows {
    workshop.at_a_desk(|desk| {
        let mut tables: [Table; STREAMED] = std::array::from_fn(|_| Table::new());
        let mut tally = Tally::new(lexicon.entries().len());
        let mut lengths = Vec::with_capacity(batch.len());
        let mut before = [0; STREAMED];
        for index in 0..batch.len() {
            record(
                batch,
                index,
                (workshop, desk),
                lexicon,
                config,
                &mut tables,
                &mut tally,
            );
            let after: [usize; STREAMED] = std::array::from_fn(|at| tables[at].byte_count());
            lengths.push(std::array::from_fn(|at| (after[at] - before[at]) as u32));
            before = after;
        }
        Rows {
            bytes: tables.map(Table::into_bytes),
            lengths,
            tally,
        }
    })
}

fn record(
    batch: &Batch,
    index: usize,
    (workshop, desk): (&Workshop<'_>, &mut Desk),
    lexicon: &Lexicon,
    config: &AnalyzeConfig,
    [sentences, matches, documents, problems]: &mut [Table; STREAMED],
    tally: &mut Tally,
) {
    let finished = batch.finish(index);
    let mut report_problem = |problem: &Problem| {
        match problem.severity {
            Severity::Error => tally.errors += 1,
            Severity::Warning => tally.warnings += 1,
        }
        report::problems_row(problems, problem);
    };
    finished.problems.iter().for_each(&mut report_problem);
    let Some(document) = finished.document else {
        return;
    };
    let analysis = match workshop.analyze(&document, desk) {
        Ok(analysis) => analysis,
        Err(problem) => return report_problem(&problem),
    };
    tally.add(&analysis);
    if config.outputs.contains(&Output::Sentences) {
        report::sentences_rows(
            sentences,
            &document,
            &desk.structure,
            &analysis,
            lexicon,
            config.with_text,
        );
    }
    if config.outputs.contains(&Output::Matches) {
        report::matches_rows(matches, &document, &analysis, lexicon);
    }
    report::documents_row(documents, &document, &analysis);
}
