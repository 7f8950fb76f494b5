//! `rolecall analyze`: a corpus → a folder of tables.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::aggregate::{Tallies, Tally};
use crate::analyze::Analyzer;
use crate::config::AnalyzeConfig;
use crate::error::Error;
use crate::input::{self, InputOptions};
use crate::lexicon::Lexicon;
use crate::report::page::{Tables, page};
use crate::report::{
    self, Confused, DATAPACKAGE, Output, Outputs, Resource, Source, Table, Totals,
};
use crate::run::checkpoint::{Checkpoint, Clock, Task};
use crate::run::extras::extras;
use crate::run::folder::{Folder, MANIFEST, Written};
use crate::run::manifest::{PART_FILE, PartFile, Study};
use crate::run::page::tables;
use crate::run::pipeline;
use crate::run::rows::{Recorder, Rows};
use crate::run::streamed::Streamed;
#[cfg(feature = "xlsx")]
use crate::run::workbook;
use crate::run::worker::Workshop;
use crate::text::{Lists, Splitter};

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
    config.asked.check_features()?;
    let input = with_columns(input, config);
    let mut source = input::Source::open(inputs, input.clone())?;
    let whole = InputOptions {
        part: None,
        ..input.clone()
    };
    let task = Task {
        study: Study::new(lexicon.hash(), config, &whole, &[(); 0]),
        inputs: inputs.to_vec(),
        part: config.part,
    };
    let mut folder = match config.resume {
        true => Folder::resume(&config.out, config.overwrite)?,
        false => Folder::create(&config.out, config.overwrite)?,
    };
    let workshop = Workshop::new(
        Splitter::new(lists),
        Analyzer::new(lexicon, config.analyze),
        false,
    );
    let recorder = Recorder::new(workshop, lexicon, config);
    let entries = lexicon.entries().len();
    let mut done = Streamed::begin(&folder, &task, config, &input, &mut source, entries)?;
    let mut clock = Clock::start();
    pipeline::run(
        &mut source,
        config.threads,
        |batch| recorder.rows(batch),
        |rows: Rows| {
            let tables = done.add(rows)?;
            recorder.take_back(tables, done.beside());
            progress(&done.tallies.tally);
            clock.tick(|| {
                folder.keep();
                done.checkpoint(&folder, &task)
            })
        },
    )?;
    let study = Study::new(lexicon.hash(), config, &whole, &source.summaries());
    let (mut written, tallies, confused) = done.finish()?;
    match config.part {
        None => finish_report(
            &folder,
            &study,
            &config.outputs,
            &whole.keep,
            (&tallies, &confused),
            lexicon,
            &mut written,
        )?,
        Some(part) => {
            let outputs = config
                .outputs
                .iter()
                .map(|output| output.name.to_owned())
                .collect();
            let kept = whole.keep.clone();
            let file = PartFile {
                part,
                outputs,
                kept,
                study,
                tallies: tallies.clone(),
                confused,
            };
            let bytes = serde_json::to_vec(&file).expect("plain structs can be written");
            folder.write(PART_FILE, &bytes)?;
            folder.write(MANIFEST, &file.study.manifest(&tallies.tally, &written))?;
        }
    }
    Checkpoint::remove(&folder)?;
    folder.publish()?;
    Ok(tallies.tally)
}

/// Keeps the metadata columns that what is asked for needs.
fn with_columns(mut input: InputOptions, config: &AnalyzeConfig) -> InputOptions {
    for name in config.asked.columns() {
        if !input.keep.contains(name) {
            input.keep.push(name.clone());
        }
    }
    input
}

/// Writes the tables that come from the tally, and the manifest.
pub(super) fn finish_report(
    folder: &Folder,
    study: &Study,
    outputs: &Outputs,
    kept: &[String],
    (tallies, confused): (&Tallies, &Confused),
    lexicon: &Lexicon,
    written: &mut Vec<Written>,
) -> Result<(), Error> {
    let extras = extras(folder.path(), study, lexicon)?;
    let totals = Totals {
        tallies,
        confused,
        lexicon,
        extras: &extras,
        safe: study.asked().csv_safe,
    };
    let missing = |output: &&Output| !written.iter().any(|file| file.file == output.file);
    let left: Vec<&Output> = outputs.iter().filter(missing).collect();
    // On all cores, so that the end of a run is not left to one.
    let made: Vec<Option<Vec<u8>>> = left
        .par_iter()
        .map(|output| match output.source {
            Source::Totals(_, write) | Source::Lines(write) => Some(write(&totals)),
            _ => None,
        })
        .collect();
    for (output, bytes) in left.into_iter().zip(made) {
        if let Some(bytes) = bytes {
            written.push(folder.write(output.file, &bytes)?);
        }
    }
    written.sort_by(|a, b| a.file.cmp(&b.file));
    let package = data_package(outputs, kept, written);
    written.push(folder.write(DATAPACKAGE, &package)?);
    let manifest = |written: &[Written]| study.manifest(&tallies.tally, written);
    folder.write(MANIFEST, &manifest(written))?;
    if drawn(folder, study, outputs, written)? {
        folder.write(MANIFEST, &manifest(written))?;
    }
    Ok(())
}

/// Writes what is made from the files in the folder, and can be made again from them; `false` if that is nothing.
fn drawn(
    folder: &Folder,
    study: &Study,
    outputs: &Outputs,
    written: &mut Vec<Written>,
) -> Result<bool, Error> {
    #[cfg(not(feature = "xlsx"))]
    let _ = study;
    let before = written.len();
    let reads = |output: &Output| matches!(output.source, Source::Page | Source::Chart(_));
    let tables = match outputs.iter().any(reads) {
        true => tables(folder.path())?,
        false => Tables::default(),
    };
    for output in outputs.iter() {
        let text = match output.source {
            Source::Page => Some(page(&tables)),
            Source::Chart(chart) => chart.file(&tables),
            #[cfg(feature = "xlsx")]
            Source::Workbook => {
                written.push(workbook::workbook(folder, study.asked().csv_safe)?);
                None
            }
            _ => None,
        };
        if let Some(text) = text {
            written.push(folder.write(output.file, text.as_bytes())?);
        }
    }
    Ok(written.len() > before)
}

/// `datapackage.json` over the tables among `written`.
fn data_package(outputs: &Outputs, kept: &[String], written: &[Written]) -> Vec<u8> {
    let resources: Vec<Resource<'_>> = outputs
        .iter()
        .filter_map(|output| {
            let written = written.iter().find(|written| written.file == output.file)?;
            Some(Resource {
                schema: output.schema()?,
                more: kept_columns(output, kept),
                file: output.file,
                bytes: written.bytes,
                blake3: &written.blake3,
            })
        })
        .collect();
    report::datapackage(&resources)
}

/// The metadata columns that an output has behind its own.
fn kept_columns<'k>(output: &Output, kept: &'k [String]) -> &'k [String] {
    match output.name {
        "documents" => kept,
        _ => &[],
    }
}

/// The header of a streamed output; `kept` are the metadata columns of `documents.csv`.
pub(super) fn header(output: &Output, kept: &[String], safe: bool) -> Vec<u8> {
    let headed = |schema| Table::headed(schema, kept_columns(output, kept), safe).into_bytes();
    output.schema().map(headed).unwrap_or_default()
}
