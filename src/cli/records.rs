//! `tag` and `documents`: filters from inputs to standard output.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{InputArgs, MeasureArgs};
use crate::error::Error;
use crate::report::{Record, RecordFormat};
use crate::run::FilterConfig;

/// `tag`.
#[derive(Debug, Args)]
pub struct TagArgs {
    /// Take each record as one sentence
    #[arg(long)]
    whole: bool,
    /// How records are read and written.
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// `documents`.
#[derive(Debug, Args)]
pub struct DocumentsArgs {
    /// How records are read and written.
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// What both have in common.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// Files, folders or archives; none or - for JSON lines on standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Format of the records written; the input may be an Arrow stream, too
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: RecordFormatArg,
    /// How the input is read.
    #[command(flatten)]
    pub input: InputArgs,
    /// What counts toward a document's measures.
    #[command(flatten)]
    measures: MeasureArgs,
    /// Worker threads; 0 for one per core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    threads: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RecordFormatArg {
    Jsonl,
    Csv,
    Arrow,
}

impl TagArgs {
    /// The validated configuration.
    pub fn config(&self) -> Result<FilterConfig, Error> {
        self.filter.config(Record::Unit, self.whole)
    }
}

impl DocumentsArgs {
    /// The validated configuration.
    pub fn config(&self) -> Result<FilterConfig, Error> {
        self.filter.config(Record::Document, false)
    }
}

impl FilterArgs {
    fn config(&self, record: Record, whole: bool) -> Result<FilterConfig, Error> {
        Ok(FilterConfig {
            record,
            format: match self.format {
                RecordFormatArg::Jsonl => RecordFormat::Jsonl,
                RecordFormatArg::Csv => RecordFormat::Csv,
                RecordFormatArg::Arrow => RecordFormat::Arrow,
            },
            whole,
            threads: self.threads,
            analyze: self.measures.options()?,
        })
    }
}
