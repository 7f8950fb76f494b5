//! What a run will do: typed and validated, every default resolved.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::aggregate::corrected::MeasuredError;
use crate::analyze::{AnalyzeOptions, ContentRole};
use crate::error::Error;
use crate::input::Part;
use crate::lexicon::Lexicon;
use crate::report::{Asks, Outputs};

/// Where the lexicon comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconSource {
    /// Replaces the built-in lexicon.
    pub folder: Option<PathBuf>,
    /// Adds to it, in order.
    pub extend: Vec<PathBuf>,
}

/// What is asked for beyond the default tables, and how they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    /// Intervals by resampling documents.
    pub bootstrap: bool,
    /// Intervals by resampling the groups that this metadata column makes.
    pub cluster: Option<String>,
    /// Near-duplicates found, and counted once.
    pub dedup: bool,
    /// How far the matrix rests on single entries.
    pub sensitivity: bool,
    /// Tables for each value of this metadata column.
    pub group_by: Option<String>,
    /// The charts as SVG files.
    pub svg: bool,
    /// The tables as a workbook; only where the feature `xlsx` is built in.
    pub xlsx: bool,
    /// Seed of the resampling.
    pub seed: u64,
    /// Text that a spreadsheet would take for a formula is guarded.
    pub csv_safe: bool,
    /// Content roles that people gave to documents, by id, to correct the matrix by.
    pub coded: Option<BTreeMap<String, ContentRole>>,
    /// How well the tool agrees with people, to correct shares by.
    pub measured: Option<MeasuredError>,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked {
            bootstrap: false,
            cluster: None,
            dedup: false,
            sensitivity: false,
            group_by: None,
            svg: false,
            xlsx: false,
            seed: 1,
            csv_safe: false,
            coded: None,
            measured: None,
        }
    }
}

impl Asked {
    /// Whether the rows of the report must be read again for it.
    pub fn needs_rows(&self) -> bool {
        let columns = self.cluster.is_some() || self.group_by.is_some();
        let coded = self.coded.is_some();
        self.bootstrap || self.dedup || self.sensitivity || columns || coded
    }

    /// Whether outputs that ask for this are wanted.
    pub fn wants(&self, asks: Asks) -> bool {
        match asks {
            Asks::Nothing => true,
            Asks::Coded => self.coded.is_some(),
            Asks::Dedup => self.dedup,
            Asks::Sensitivity => self.sensitivity,
            Asks::GroupBy => self.group_by.is_some(),
            Asks::Svg => self.svg,
            Asks::Xlsx => self.xlsx,
        }
    }

    /// Checks that the features for it are built in.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where one is not.
    pub fn check_features(&self) -> Result<(), Error> {
        if self.xlsx && cfg!(not(feature = "xlsx")) {
            return Err(Error::Usage(
                "--xlsx: this rolecall was built without workbooks; build it with --features xlsx"
                    .into(),
            ));
        }
        Ok(())
    }

    /// The metadata columns that it needs.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        self.cluster.iter().chain(&self.group_by)
    }
}

/// Everything about how `analyze` writes.
#[derive(Clone, Debug)]
pub struct AnalyzeConfig {
    /// The folder to write.
    pub out: PathBuf,
    /// Whether a folder that is no earlier report may be replaced.
    pub overwrite: bool,
    /// Whether to go on where a killed run stopped.
    pub resume: bool,
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
    /// What is asked for beyond the default tables.
    pub asked: Asked,
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
