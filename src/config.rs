//! What a run will do: typed and validated, every default resolved.

use std::path::PathBuf;

use crate::analyze::AnalyzeOptions;
use crate::error::Error;
use crate::input::Part;
use crate::lexicon::Lexicon;
use crate::report::Outputs;

/// Where the lexicon comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconSource {
    /// Replaces the built-in lexicon.
    pub folder: Option<PathBuf>,
    /// Adds to it, in order.
    pub extend: Vec<PathBuf>,
}

/// Everything about how `analyze` writes.
#[derive(Clone, Debug)]
pub struct AnalyzeConfig {
    /// The folder to write.
    pub out: PathBuf,
    /// Whether a folder that is no earlier report may be replaced.
    pub overwrite: bool,
    /// What to write.
    pub outputs: Outputs,
    /// Whether `sentences.csv` holds the text of units and headings.
    pub with_text: bool,
    /// The part to analyse, if not all.
    pub part: Option<Part>,
    /// Worker threads; 0 for one per core.
    pub threads: usize,
    /// No progress and no summary.
    pub quiet: bool,
    /// How documents are analysed.
    pub analyze: AnalyzeOptions,
}

impl LexiconSource {
    /// Loads the lexicon.
    ///
    /// # Errors
    ///
    /// [`Error::Lexicon`] with every mistake; [`Error::Usage`] where a folder cannot be read.
    pub fn load(&self) -> Result<Lexicon, Error> {
        let first = match &self.folder {
            Some(folder) => Lexicon::load(folder)?,
            None => Lexicon::builtin()?,
        };
        self.extend
            .iter()
            .try_fold(first, |lexicon, folder| lexicon.extend(folder))
    }
}
