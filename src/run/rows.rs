//! A batch of records → the rows of the outputs that grow as documents are analysed, and what is counted in them.

use std::sync::Mutex;

use crate::aggregate::{Facts, Tallies};
use crate::config::AnalyzeConfig;
use crate::error::{Problem, Severity};
use crate::input::Batch;
use crate::lexicon::Lexicon;
use crate::report::{self, Confused, Output, PatternCells, STREAMED, Table};
use crate::run::worker::{Desk, Workshop};

/// Nothing is done that can fail while one of the locks here is held.
const HELD: &str = "no thread panics with the lock";

/// What became of one batch.
pub(super) struct Rows {
    /// Rows of each streamed output.
    pub(super) tables: [Table; STREAMED],
    /// Their lengths in bytes for each record.
    pub(super) lengths: Vec<[u32; STREAMED]>,
    /// What was counted.
    pub(super) tallies: Tallies,
    /// The most confused documents.
    pub(super) confused: Confused,
    /// What tells the batch from others.
    pub(super) fingerprint: u64,
}

/// Makes rows of batches; shared by all threads.
pub(super) struct Recorder<'a> {
    workshop: Workshop<'a>,
    lexicon: &'a Lexicon,
    config: &'a AnalyzeConfig,
    patterns: PatternCells,
    wanted: [Option<&'static Output>; STREAMED],
    with_confused: bool,
    /// Written tables, whose memory the next batches use.
    spare: Mutex<Vec<[Table; STREAMED]>>,
    /// What the next batches begin to count with.
    fresh: Mutex<(Tallies, Confused)>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(
        workshop: Workshop<'a>,
        lexicon: &'a Lexicon,
        config: &'a AnalyzeConfig,
    ) -> Recorder<'a> {
        Recorder {
            workshop,
            lexicon,
            config,
            patterns: PatternCells::new(lexicon, config.asked.csv_safe),
            wanted: config.outputs.streamed(),
            with_confused: config.outputs.has("confused"),
            spare: Mutex::default(),
            fresh: Mutex::new((Tallies::new(lexicon.entries().len()), Confused::default())),
        }
    }

    /// Analyses a batch.
    pub(super) fn rows(&self, batch: &Batch) -> Rows {
        let (tallies, confused) = self.fresh.lock().expect(HELD).clone();
        let mut rows = Rows {
            tables: self.tables(),
            lengths: Vec::with_capacity(batch.len()),
            tallies,
            confused,
            fingerprint: batch.fingerprint(),
        };
        self.workshop.at_a_desk(|desk| {
            let mut before = [0; STREAMED];
            for index in 0..batch.len() {
                self.record(batch, index, desk, &mut rows);
                let after = rows.tables.each_ref().map(|table| table.bytes().len());
                let length = |at| (after[at] - before[at]) as u32;
                rows.lengths.push(std::array::from_fn(length));
                before = after;
            }
        });
        rows
    }

    /// Takes the tables of a batch that is written, and what later batches begin to count with.
    pub(super) fn take_back(&self, tables: [Table; STREAMED], fresh: (Tallies, Confused)) {
        self.spare.lock().expect(HELD).push(tables);
        *self.fresh.lock().expect(HELD) = fresh;
    }

    /// Empty tables.
    fn tables(&self) -> [Table; STREAMED] {
        let spare = self.spare.lock().expect(HELD).pop();
        match spare {
            Some(mut tables) => {
                tables.iter_mut().for_each(Table::clear);
                tables
            }
            None => std::array::from_fn(|_| Table::new().guarded(self.config.asked.csv_safe)),
        }
    }

    fn record(&self, batch: &Batch, index: usize, desk: &mut Desk, rows: &mut Rows) {
        let finished = batch.finish(index);
        rows.tallies.tally.sums.repaired += finished.repaired;
        if let Some(document) = &finished.set_aside {
            rows.tallies.tally.add_set_aside();
            let [_, _, documents, _] = &mut rows.tables;
            report::set_aside_row(documents, document);
        }
        finished
            .problems
            .iter()
            .for_each(|problem| rows.problem(problem));
        let Some(document) = finished.document else {
            return;
        };
        let analysis = match self.workshop.analyze(&document, desk) {
            Ok(analysis) => analysis,
            Err(problem) => return rows.problem(&problem),
        };
        let (structure, lexicon) = (&desk.structure, self.lexicon);
        let with_text = self.config.with_text;
        let facts = Facts::of_analysis(&document, structure, &analysis, with_text);
        rows.tallies.add(&facts);
        if self.with_confused {
            rows.confused
                .add(&document, structure, &analysis, lexicon, with_text);
        }
        let [wants_sentences, wants_matches, ..] = self.wanted;
        let [sentences, matches, documents, _] = &mut rows.tables;
        if wants_sentences.is_some() {
            report::sentences_rows(
                sentences, &document, structure, &analysis, lexicon, with_text,
            );
        }
        if wants_matches.is_some() {
            report::matches_rows(matches, &document, &analysis, &self.patterns);
        }
        report::documents_row(documents, &document, &analysis);
    }
}

impl Rows {
    fn problem(&mut self, problem: &Problem) {
        let tally = &mut self.tallies.tally;
        match problem.severity {
            Severity::Error => tally.sums.errors += 1,
            Severity::Warning => tally.sums.warnings += 1,
        }
        let [.., problems] = &mut self.tables;
        report::problems_row(problems, problem);
    }
}
