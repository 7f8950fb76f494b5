//! What can be asked for beyond the default tables, and the commands on analysed folders.

use std::path::PathBuf;

use clap::Args;

use crate::config::Asked;
use crate::error::Error;
use crate::run::{coded_documents, measured_error};

/// Flags of `analyze` and `report`.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "On request")]
pub struct AskedArgs {
    /// Add 95 % intervals by resampling documents to confusion.csv, overlap.csv and prevalence.csv
    #[arg(long)]
    bootstrap: bool,
    /// The same by resampling the groups that this column makes, such as the employer; ten groups are needed
    #[arg(long, value_name = "COL")]
    cluster: Option<String>,
    /// Find near-duplicates (duplicates.csv) and count each once in confusion.csv
    #[arg(long)]
    dedup: bool,
    /// Write how far each cell of the matrix rests on single lexicon entries (sensitivity.csv)
    #[arg(long)]
    sensitivity: bool,
    /// Write confusion, overlap and keyness for each value of this column (groups*.csv)
    #[arg(long, value_name = "COL")]
    group_by: Option<String>,
    /// Write the charts of the page as SVG files too (confusion.svg, overlap.svg, prevalence.svg and others)
    #[arg(long)]
    svg: bool,
    /// Write the tables as a workbook, report.xlsx, too (needs the feature xlsx)
    #[arg(long)]
    xlsx: bool,
    /// Correct the shares in prevalence.csv for the error that `evaluate` measured: an evaluation.json
    #[arg(long, value_name = "FILE")]
    evaluation: Option<PathBuf>,
    /// Estimate the matrix that people would see from documents that they coded (confusion_corrected.csv): a CSV with document_id and content_role
    #[arg(long, value_name = "FILE")]
    coded: Option<PathBuf>,
    /// Seed of the resampling
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Folder that analyze or merge wrote
    #[arg(value_name = "DIR")]
    pub report: PathBuf,
    /// What is asked for.
    #[command(flatten)]
    asked: AskedArgs,
}

/// `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Folder that analyze or merge wrote
    #[arg(value_name = "DIR")]
    pub report: PathBuf,
}

/// `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Folder that analyze or merge wrote
    #[arg(value_name = "DIR1")]
    pub first: PathBuf,
    /// Another
    #[arg(value_name = "DIR2")]
    pub second: PathBuf,
}

/// `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder of the study
    #[arg(value_name = "DIR", default_value = ".")]
    pub study: PathBuf,
}

impl AskedArgs {
    /// What was asked for; `csv_safe` as given.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where the evaluation or the coded documents cannot be read.
    pub fn asked(&self, csv_safe: bool) -> Result<Asked, Error> {
        Ok(Asked {
            bootstrap: self.bootstrap,
            cluster: self.cluster.clone(),
            dedup: self.dedup,
            sensitivity: self.sensitivity,
            group_by: self.group_by.clone(),
            svg: self.svg,
            xlsx: self.xlsx,
            seed: self.seed,
            csv_safe,
            coded: self.coded.as_deref().map(coded_documents).transpose()?,
            measured: self.evaluation.as_deref().map(measured_error).transpose()?,
        })
    }
}

impl ReportArgs {
    /// What was asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where the evaluation or the coded documents cannot be read.
    pub fn asked(&self) -> Result<Asked, Error> {
        self.asked.asked(false)
    }
}
