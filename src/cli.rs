//! The command line as typed: clap structs and enums; nothing else knows clap.

mod check;
mod input;

pub use check::CheckArgs;
pub use input::InputArgs;
use input::{GenreArg, genre};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{AnalyzeConfig, LexiconSource};
use crate::document::Genre;
use crate::error::Error;
use crate::input::{Part, READER_COMMAND};
use crate::report::Outputs;

mod lexicon;
mod measures;
mod records;
mod study;
mod study_file;
mod tables;

pub use lexicon::{
    DictionaryArg, DiffArgs, ImportArgs, LexiconAction, LexiconCommand, ListFormat, SuggestArgs,
};
pub use measures::MeasureArgs;
pub use records::{DocumentsArgs, FilterArgs, TagArgs};
pub use study::{EvaluateArgs, EvaluationFormat, SampleArgs};
pub use study_file::{STUDY_FILE, Typed, commented, parse};
pub use tables::{AskedArgs, CompareArgs, InitArgs, ReportArgs, VerifyArgs};

/// Tags sentences of job postings and essays as product, project or program
/// management work, and reports how far the roles are confused and overlap.
#[derive(Debug, Parser)]
#[command(name = "rolecall", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// The lexicon in use.
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    /// No progress and no summary; problems are still reported
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Read the settings of a study from this file [default: rolecall.toml, where there is one]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Do not read rolecall.toml
    #[arg(long, global = true)]
    no_config: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Analyse documents and write a folder of CSV tables
    Analyze(AnalyzeArgs),
    /// Merge the folders of `analyze --part K/N` into one report
    Merge(MergeArgs),
    /// Make the tables of an analysed folder again, or more of them, without the corpus
    Report(ReportArgs),
    /// Say what differs between two analysed folders, and why
    Compare(CompareArgs),
    /// Write a rolecall.toml with every setting of a study, explained
    Init(InitArgs),
    /// Check an analysed folder against its manifest and its own rows
    Verify(VerifyArgs),
    /// Tag records from standard input, one record per sentence
    Tag(TagArgs),
    /// Measure documents from standard input, one record per document
    Documents(DocumentsArgs),
    /// Point at sentences of essays that give one role another's work
    Check(CheckArgs),
    /// Show what one posting says, and the rule behind each decision
    Explain(ExplainArgs),
    /// Draw sentences of a report for people to code
    Sample(SampleArgs),
    /// Measure how far coded sentences, and the tool, agree
    Evaluate(EvaluateArgs),
    /// Check, list, show, compare and grow lexicons
    Lexicon(LexiconCommand),
    /// Reads documents for another process of this program
    #[command(name = READER_COMMAND, hide = true)]
    ReadApart {
        /// Memory of this process in bytes
        memory: u64,
    },
}

/// Which lexicon.
#[derive(Debug, Args)]
pub struct LexiconArgs {
    /// Use the lexicon files of this folder instead of the built-in ones
    #[arg(long = "lexicon", value_name = "DIR", global = true)]
    pub folder: Option<PathBuf>,
    /// Add the lexicon files of this folder; may be repeated
    #[arg(long, value_name = "DIR", global = true)]
    pub extend: Vec<PathBuf>,
}

/// `analyze`.
#[derive(Debug, Args)]
pub struct AnalyzeArgs {
    /// Files, folders or archives; - for standard input
    #[arg(required_unless_present = "files_from", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Folder to write; an earlier report in it is replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How the inputs are read.
    #[command(flatten)]
    pub input: InputArgs,
    /// Tables to write, separated by commas [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    outputs: Vec<String>,
    /// Leave the text columns of sentences.csv empty
    #[arg(long)]
    no_text: bool,
    /// Write the CSV files for spreadsheets: with a byte order mark, and an apostrophe before text that would be a formula
    #[arg(long)]
    csv_safe: bool,
    /// What counts toward a document's measures.
    #[command(flatten)]
    measures: MeasureArgs,
    /// Analyse part K of N only; `merge` puts the parts together
    #[arg(long, value_name = "K/N")]
    part: Option<String>,
    /// Go on where a killed run stopped, from what it left in DIR.partial
    #[arg(long)]
    resume: bool,
    /// Replace the output folder whatever is in it
    #[arg(long)]
    overwrite: bool,
    /// Worker threads; 0 for one per core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Print every setting in force, as a rolecall.toml, and stop
    #[arg(long)]
    dump_config: bool,
    /// What is asked for beyond the default tables.
    #[command(flatten)]
    asked: AskedArgs,
}

/// `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The folders of all parts, in any order
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// Folder to write; an earlier report in it is replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace the output folder whatever is in it
    #[arg(long)]
    pub overwrite: bool,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A file, a text in quotes, or - for standard input
    #[arg(value_name = "TEXT | FILE", default_value = "-")]
    pub subject: String,
    /// The job title
    #[arg(long, value_name = "TITLE", default_value = "")]
    pub title: String,
    /// Read the text as a posting or as an essay
    #[arg(long = "as", value_name = "GENRE", default_value = "posting")]
    genre: GenreArg,
}

impl LexiconArgs {
    /// Where the lexicon comes from.
    pub fn source(&self) -> LexiconSource {
        LexiconSource {
            folder: self.folder.clone(),
            extend: self.extend.clone(),
        }
    }
}

impl ExplainArgs {
    /// The genre to read the text as.
    pub fn genre(&self) -> Genre {
        genre(self.genre)
    }
}

impl AnalyzeArgs {
    /// The validated configuration.
    pub fn config(&self, quiet: bool) -> Result<AnalyzeConfig, Error> {
        let asked = self.asked.asked(self.csv_safe)?;
        let outputs = match self.outputs.as_slice() {
            [] => Outputs::by_default(),
            names => Outputs::named(names.iter().map(|name| name.trim()))?,
        };
        let outputs = outputs.with_asked(|asks| asked.wants(asks));
        if asked.needs_rows() && !(outputs.has("documents") && outputs.has("sentences")) {
            let why =
                "--outputs: what is asked for is made from documents and sentences; name these too";
            return Err(Error::Usage(why.into()));
        }
        if asked.dedup && self.no_text {
            return Err(Error::Usage(
                "--dedup needs the texts: it cannot be had with --no-text".into(),
            ));
        }
        Ok(AnalyzeConfig {
            out: self.out.clone(),
            overwrite: self.overwrite,
            resume: self.resume,
            outputs,
            with_text: !self.no_text,
            part: self.part.as_deref().map(parse_part).transpose()?,
            threads: self.threads,
            quiet,
            asked,
            analyze: self.measures.options()?,
        })
    }
}

/// Reads `K/N`.
fn parse_part(text: &str) -> Result<Part, Error> {
    let wrong = || {
        Error::Usage(format!(
            "--part {text}: give K/N with 1 <= K <= N, such as 2/16"
        ))
    };
    let (number, of) = text.split_once('/').ok_or_else(wrong)?;
    let part = Part {
        number: number.trim().parse().map_err(|_| wrong())?,
        of: of.trim().parse().map_err(|_| wrong())?,
    };
    if part.number == 0 || part.number > part.of {
        Err(wrong())
    } else {
        Ok(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn parts_are_one_of_n() {
        assert_eq!(parse_part("2/3").unwrap(), Part { number: 2, of: 3 });
        for wrong in ["0/3", "4/3", "1", "a/b", "1/0"] {
            assert!(parse_part(wrong).is_err(), "{wrong}");
        }
    }
}
