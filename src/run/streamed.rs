//! The files that grow as documents are analysed, what was counted for them, and how far they have come.

use crate::aggregate::Tallies;
use crate::config::AnalyzeConfig;
use crate::error::Error;
use crate::input::{InputOptions, Source};
use crate::report::{Confused, STREAMED, Table};
use crate::run::analyze::header;
use crate::run::checkpoint::{Checkpoint, Task, chain};
use crate::run::folder::{Folder, OutputFile, Written};
use crate::run::manifest::PART_INDEX;
use crate::run::pipeline::BATCH_BYTES;
use crate::run::rows::Rows;

/// All that was done so far.
pub(super) struct Streamed {
    /// One per streamed output that is wanted, and the index of a part.
    files: [Option<OutputFile>; STREAMED + 1],
    pub(super) tallies: Tallies,
    confused: Confused,
    batches: u64,
    fingerprint: u64,
}

impl Streamed {
    /// Begins the files of a run, or goes on with those of a killed one.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where `folder` holds a checkpoint of another task, or the input has changed since.
    pub(super) fn begin(
        folder: &Folder,
        task: &Task,
        config: &AnalyzeConfig,
        input: &InputOptions,
        source: &mut Source,
        entries: usize,
    ) -> Result<Streamed, Error> {
        match Checkpoint::read(folder, task)? {
            Some(checkpoint) => Streamed::resume(folder, config, source, checkpoint),
            None => {
                folder.clear()?;
                Streamed::create(folder, config, input, entries)
            }
        }
    }

    fn create(
        folder: &Folder,
        config: &AnalyzeConfig,
        input: &InputOptions,
        entries: usize,
    ) -> Result<Streamed, Error> {
        let mut files = [const { None }; STREAMED + 1];
        for (file, output) in files.iter_mut().zip(config.outputs.streamed()) {
            if let Some(output) = output {
                let opened = file.insert(folder.open(output.file)?);
                if config.part.is_none() {
                    opened.write(&header(output, &input.keep, config.asked.csv_safe))?;
                }
            }
        }
        if config.part.is_some() {
            files[STREAMED] = Some(folder.open(PART_INDEX)?);
        }
        Ok(Streamed {
            files,
            tallies: Tallies::new(entries),
            confused: Confused::default(),
            batches: 0,
            fingerprint: 0,
        })
    }

    /// Opens the files as they were at the checkpoint, and passes over the input that they come of.
    fn resume(
        folder: &Folder,
        config: &AnalyzeConfig,
        source: &mut Source,
        checkpoint: Checkpoint,
    ) -> Result<Streamed, Error> {
        let mut fingerprint = 0;
        for _ in 0..checkpoint.batches {
            let batch = source.next_batch(BATCH_BYTES)?.unwrap_or_default();
            fingerprint = chain(fingerprint, batch.fingerprint());
        }
        if fingerprint != checkpoint.fingerprint {
            return Err(Error::Usage(
                "--resume: the inputs are not those of the killed run; start afresh without --resume".into(),
            ));
        }
        let names = config.outputs.streamed().map(|output| Some(output?.file));
        let index = config.part.map(|_| PART_INDEX);
        let mut files = [const { None }; STREAMED + 1];
        let mut lengths = checkpoint.lengths.into_iter();
        for (file, name) in files.iter_mut().zip(names.into_iter().chain([index])) {
            if let Some(name) = name {
                *file = Some(folder.reopen(name, lengths.next().unwrap_or_default())?);
            }
        }
        Ok(Streamed {
            files,
            tallies: checkpoint.tallies,
            confused: checkpoint.confused,
            batches: checkpoint.batches,
            fingerprint,
        })
    }

    /// Appends a batch; gives its tables back.
    pub(super) fn add(&mut self, rows: Rows) -> Result<[Table; STREAMED], Error> {
        for (file, table) in self.files.iter_mut().zip(&rows.tables) {
            if let Some(file) = file {
                file.write(table.bytes())?;
            }
        }
        if let Some(index) = &mut self.files[STREAMED] {
            for length in rows.lengths.iter().flatten() {
                index.write(&length.to_le_bytes())?;
            }
        }
        self.tallies.merge(rows.tallies);
        self.confused.merge(rows.confused);
        self.batches += 1;
        self.fingerprint = chain(self.fingerprint, rows.fingerprint);
        Ok(rows.tables)
    }

    /// What later batches begin to count with.
    pub(super) fn beside(&self) -> (Tallies, Confused) {
        (self.tallies.beside(), self.confused.beside())
    }

    /// Notes in `folder` how far the files have come.
    pub(super) fn checkpoint(&mut self, folder: &Folder, task: &Task) -> Result<(), Error> {
        let files = self.files.iter_mut().flatten();
        let lengths = files.map(OutputFile::flushed).collect::<Result<_, _>>()?;
        let checkpoint = Checkpoint {
            task: task.clone(),
            batches: self.batches,
            fingerprint: self.fingerprint,
            lengths,
            tallies: self.tallies.clone(),
            confused: self.confused.clone(),
        };
        checkpoint.write(folder)
    }

    /// Flushes and closes the files.
    pub(super) fn finish(self) -> Result<(Vec<Written>, Tallies, Confused), Error> {
        let files = self.files.into_iter().flatten();
        let written = files.map(OutputFile::finish).collect::<Result<_, _>>()?;
        Ok((written, self.tallies, self.confused))
    }
}
