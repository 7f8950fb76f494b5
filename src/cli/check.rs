//! The flags of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::InputArgs;
use crate::analyze::Confidence;
use crate::report::Shown;
use crate::run::{CheckConfig, CheckFormat};

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files, folders or archives; none or - for JSON lines on standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Show every sentence with every claim and its stance, not only mix-ups and equations
    #[arg(long)]
    all: bool,
    /// Format of what is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: CheckFormatArg,
    /// Least confidence of the claims shown and counted
    #[arg(long, value_name = "LEVEL", default_value = "low")]
    min_confidence: ConfidenceArg,
    /// Folder to write mixups.csv, claims.csv and essays.csv to; an earlier report in it is replaced
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the output folder whatever is in it
    #[arg(long)]
    overwrite: bool,
    /// End with exit code 1 where there is one
    #[arg(long, value_name = "WHAT", default_value = "none")]
    fail_on: FailOnArg,
    /// Write codes instead of file names, and keep names and codes in this CSV file
    #[arg(long, value_name = "FILE")]
    pseudonyms: Option<PathBuf>,
    /// How the inputs are read.
    #[command(flatten)]
    pub input: InputArgs,
    /// Worker threads; 0 for one per core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    threads: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CheckFormatArg {
    /// Sentences with the evidence underlined
    Human,
    /// One JSON object per sentence and line
    Jsonl,
    /// The same objects as one array
    Json,
    /// The columns of claims.csv
    Csv,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ConfidenceArg {
    Low,
    Medium,
    High,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOnArg {
    MixUp,
    None,
}

impl CheckArgs {
    /// The configuration; `color` is for text on a terminal.
    pub fn config(&self, color: bool) -> CheckConfig {
        CheckConfig {
            shown: Shown {
                all: self.all,
                min_confidence: match self.min_confidence {
                    ConfidenceArg::Low => Confidence::Low,
                    ConfidenceArg::Medium => Confidence::Medium,
                    ConfidenceArg::High => Confidence::High,
                },
            },
            format: match self.format {
                CheckFormatArg::Human => CheckFormat::Human,
                CheckFormatArg::Jsonl => CheckFormat::Jsonl,
                CheckFormatArg::Json => CheckFormat::Json,
                CheckFormatArg::Csv => CheckFormat::Csv,
                CheckFormatArg::Sarif => CheckFormat::Sarif,
            },
            color,
            out: self.out.clone(),
            overwrite: self.overwrite,
            pseudonyms: self.pseudonyms.clone(),
            threads: self.threads,
        }
    }

    /// Whether a mix-up is to be told by the exit code.
    pub fn fails_on_mix_up(&self) -> bool {
        self.fail_on == FailOnArg::MixUp
    }
}
