//! Every document of some inputs, analysed, in input order: what the commands about lexicons share.

use std::io::Write;
use std::path::PathBuf;

use crate::analyze::Analysis;
use crate::document::{Document, Structure};
use crate::error::{Error, Severity};
use crate::input::{Batch, InputOptions, Source};
use crate::run::pipeline;
use crate::run::worker::Workshop;

/// What to read, and on how many threads (0: one per core).
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Files or folders.
    pub inputs: Vec<PathBuf>,
    /// How they are read.
    pub input: InputOptions,
    /// Worker threads.
    pub threads: usize,
}

/// Calls `look` on every document on all threads, and `sink` on what it returns, in input order. Problems are
/// written to `problems`. Returns how many documents were lost.
///
/// # Errors
///
/// Those of reading, and the first of `sink`.
pub(crate) fn visit<R: Send>(
    corpus: &Corpus,
    workshop: &Workshop<'_>,
    problems: &mut impl Write,
    look: impl Fn(&Document, &Structure, &Analysis) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut source = Source::open(&corpus.inputs, corpus.input.clone())?;
    let mut lost = 0;
    let work = |batch: &Batch| {
        workshop.at_a_desk(|desk| {
            let (mut seen, mut said) = (Vec::new(), Vec::new());
            for index in 0..batch.len() {
                let finished = batch.finish(index);
                said.extend(finished.problems);
                let Some(document) = finished.document else {
                    continue;
                };
                match workshop.analyze(&document, desk) {
                    Ok(analysis) => seen.push(look(&document, &desk.structure, &analysis)),
                    Err(problem) => said.push(problem),
                }
            }
            (seen, said)
        })
    };
    pipeline::run(&mut source, corpus.threads, work, |(seen, said)| {
        for problem in said {
            lost += u64::from(problem.severity == Severity::Error);
            // Standard error may be closed; the findings matter more.
            let _ = writeln!(problems, "{problem}");
        }
        seen.into_iter().try_for_each(&mut sink)
    })?;
    Ok(lost)
}
