//! The commands of a validation study as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::run::EvaluateConfig;

/// `evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Coded sentences: CSV or JSON lines with uid, text, labels and perhaps document, weight and coder columns
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
