//! The commands of a validation study as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::error::Error;
use crate::run::{EvaluateConfig, SampleConfig};

/// `evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Coded sentences: CSV or JSON lines with uid, text, labels and perhaps document, weight and coder columns; or a
    /// folder that sample wrote, its sheets filled in
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// Column of a coder; may be repeated [default: every column that begins with coder]
    #[arg(long = "coder", value_name = "COL")]
    coders: Vec<String>,
    /// Format of what is printed
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: EvaluationFormat,
    /// Folder to write agreement.csv, label_confusion.csv, disagreements.csv and evaluation.json to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Tag the sentences even where the sheet has a column tool
    #[arg(long)]
    retag: bool,
    /// Seed of the bootstrap
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// `sample`.
#[derive(Debug, Args)]
pub struct SampleArgs {
    /// Folder that analyze wrote
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// Folder to write key.csv, a sheet for each coder and codebook.md to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Names of the coders, separated by commas
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "a,b"
    )]
    coders: Vec<String>,
    /// Tagged sentences to draw, evenly over declared role, tag and zone
    #[arg(long, value_name = "N", default_value_t = 200)]
    tagged: u64,
    /// Untagged sentences to draw, in proportion to declared role and zone
    #[arg(long, value_name = "N", default_value_t = 100)]
    untagged: u64,
    /// Seed of the draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Replace the output folder whatever is in it
    #[arg(long)]
    overwrite: bool,
}

/// What `evaluate` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EvaluationFormat {
    /// For people.
    Table,
    /// `agreement.csv`.
    Csv,
    /// Everything.
    Json,
}

impl EvaluateArgs {
    /// The configuration.
    pub fn config(&self) -> EvaluateConfig {
        EvaluateConfig {
            coders: self.coders.clone(),
            retag: self.retag,
            seed: self.seed,
            out: self.out.clone(),
        }
    }
}

impl SampleArgs {
    /// The configuration.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for a coder's name that cannot be part of a file's.
    pub fn config(&self) -> Result<SampleConfig, Error> {
        let plain = |name: &&String| {
            let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            !name.is_empty() && name.chars().all(fits)
        };
        if let Some(name) = self.coders.iter().find(|name| !plain(name)) {
            return Err(Error::Usage(format!(
                "--coders: \"{name}\" is no name; use letters, digits, - and _"
            )));
        }
        Ok(SampleConfig {
            out: self.out.clone(),
            overwrite: self.overwrite,
            coders: self.coders.clone(),
            tagged: self.tagged,
            untagged: self.untagged,
            seed: self.seed,
        })
    }
}
