//! What a run will do: typed and validated, every default resolved.

use std::path::PathBuf;

use serde::Serialize;

use crate::analyze::AnalyzeOptions;
use crate::error::Error;
use crate::input::Part;
use crate::lexicon::Lexicon;

/// Files that `analyze` can write besides `manifest.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    /// One row per unit.
    Sentences,
    /// One row per match.
    Matches,
    /// One row per document.
    Documents,
    /// Declared by content role.
    Confusion,
    /// Pairs of roles.
    Overlap,
    /// Lexicon entries.
    Responsibilities,
    /// What went wrong.
    Problems,
}

impl Output {
    /// Every output, in the order of writing.
    pub const ALL: [Output; 7] = [
        Output::Sentences,
        Output::Matches,
        Output::Documents,
        Output::Confusion,
        Output::Overlap,
        Output::Responsibilities,
        Output::Problems,
    ];
    /// Outputs that are written row by row as documents are analysed.
    pub const STREAMED: [Output; 4] = [
        Output::Sentences,
        Output::Matches,
        Output::Documents,
        Output::Problems,
    ];

    /// The name used in `--outputs`.
    pub const fn name(self) -> &'static str {
        match self {
            Output::Sentences => "sentences",
            Output::Matches => "matches",
            Output::Documents => "documents",
            Output::Confusion => "confusion",
            Output::Overlap => "overlap",
            Output::Responsibilities => "responsibilities",
            Output::Problems => "problems",
        }
    }

    /// The output of that name.
    pub fn from_name(name: &str) -> Result<Output, Error> {
        Output::ALL
            .into_iter()
            .find(|output| output.name() == name)
            .ok_or_else(|| {
                let names = Output::ALL.map(Output::name).join(", ");
                Error::Usage(format!(
                    "--outputs: there is no output \"{name}\"; there are {names}"
                ))
            })
    }

    /// The file that it is written to.
    pub fn file(self) -> String {
        format!("{}.csv", self.name())
    }
}

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
    pub outputs: Vec<Output>,
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
