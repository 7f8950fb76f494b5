//! How far a run has come, so that it can go on after it was killed.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::aggregate::Tallies;
use crate::error::Error;
use crate::input::Part;
use crate::report::Confused;
use crate::run::folder::Folder;
use crate::run::manifest::Study;

/// The file of a partial folder that says how far it has come.
const CHECKPOINT: &str = "checkpoint.json";

/// The shortest time between two checkpoints.
const PAUSE: Duration = Duration::from_millis(500);

/// Times that the pause is longer than writing the last checkpoint took.
const PAUSE_FACTOR: u32 = 50;

/// What was done when the files had these lengths.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// What the run does.
    pub(super) task: Task,
    /// Batches read, worked on and written.
    pub(super) batches: u64,
    /// Fingerprint of what they held ([`chain`]).
    pub(super) fingerprint: u64,
    /// Length of each streamed file in bytes, then of a part's index.
    pub(super) lengths: Vec<u64>,
    /// What was counted in them.
    pub(super) tallies: Tallies,
    /// The documents for the page.
    pub(super) confused: Confused,
}

/// What a run does; a checkpoint of another one is of no use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Task {
    /// Tool, lexicon and configuration; its inputs are not read yet, and so not in it.
    pub(super) study: Study,
    /// The inputs as named.
    pub(super) inputs: Vec<PathBuf>,
    /// The part to analyse, if not all.
    pub(super) part: Option<Part>,
}

/// When the next checkpoint is due: at most about a fiftieth of the time goes into writing them.
#[derive(Debug)]
pub(super) struct Clock {
    due: Instant,
}

impl Clock {
    pub(super) fn start() -> Clock {
        Clock {
            due: Instant::now() + PAUSE,
        }
    }

    /// Calls `write` if a checkpoint is due.
    pub(super) fn tick(&mut self, write: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let begun = Instant::now();
        if begun < self.due {
            return Ok(());
        }
        write()?;
        self.due = Instant::now() + PAUSE.max(begun.elapsed() * PAUSE_FACTOR);
        Ok(())
    }
}

impl Checkpoint {
    /// Puts the checkpoint in the place of the one before it.
    pub(super) fn write(&self, folder: &Folder) -> Result<(), Error> {
        let bytes = serde_json::to_vec(self).expect("plain structs can be written");
        let (new, place) = (folder.on_disk("checkpoint.new"), folder.on_disk(CHECKPOINT));
        fs::write(&new, bytes)
            .and_then(|()| fs::rename(&new, &place))
            .map_err(|source| Error::output(&place, source))
    }

    /// The checkpoint in the folder; `None` where the run was killed before its first.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where it is of another task, or cannot be read.
    pub(super) fn read(folder: &Folder, task: &Task) -> Result<Option<Checkpoint>, Error> {
        let path = folder.on_disk(CHECKPOINT);
        let Ok(bytes) = fs::read(&path) else {
            return Ok(None);
        };
        let refused = |why: &str| {
            Error::Usage(format!(
                "--resume: {}: {why}; start afresh without --resume",
                path.display()
            ))
        };
        let checkpoint: Checkpoint = serde_json::from_slice(&bytes)
            .map_err(|_| refused("it is of another version of the tool"))?;
        if checkpoint.task != *task {
            return Err(refused(
                "inputs, lexicon or configuration are not those of the killed run",
            ));
        }
        Ok(Some(checkpoint))
    }

    /// Takes the checkpoint away, before the folder is complete.
    pub(super) fn remove(folder: &Folder) -> Result<(), Error> {
        let path = folder.on_disk(CHECKPOINT);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::output(path, source))
            }
            _ => Ok(()),
        }
    }
}

/// Adds a batch's fingerprint to that of those before it.
pub(super) fn chain(before: u64, batch: u64) -> u64 {
    (before.rotate_left(5) ^ batch).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
