//! `rolecall lexicon` as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::InputArgs;
use crate::config::LexiconSource;
use crate::error::Error;
use crate::exchange::DictionaryFormat;
use crate::role::Role;
use crate::run::{Corpus, SuggestConfig};

/// `lexicon`.
#[derive(Debug, Args)]
pub struct LexiconCommand {
    /// What to do with it.
    #[command(subcommand)]
    pub action: LexiconAction,
}

/// What `lexicon` does.
#[derive(Debug, Subcommand)]
pub enum LexiconAction {
    /// Run every example and find every mistake; with a corpus, also entries that it does not need
    Check {
        /// File or folder in which entries are looked for; may be repeated
        #[arg(long = "corpus", value_name = "INPUT")]
        corpus: Vec<PathBuf>,
    },
    /// List all entries
    List,
    /// Show one entry, cue or set with its patterns
    Show {
        /// Id of an entry or cue
        id: String,
    },
    /// Find phrases that are typical of a declared role and that no entry covers
    Suggest(SuggestArgs),
    /// Write the entries as a dictionary of LIWC, quanteda or spaCy
    Export {
        /// Format of the dictionary
        #[arg(long, value_name = "FORMAT")]
        format: DictionaryArg,
    },
    /// Make lexicon files of a dictionary of LIWC, quanteda or spaCy
    Import(ImportArgs),
    /// Write a CSV row for every sentence that two lexicons tag differently
    Diff(DiffArgs),
}

/// `lexicon suggest`.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Files or folders with titles and texts
    #[arg(required = true, value_name = "CORPUS")]
    inputs: Vec<PathBuf>,
    /// Phrases for each role
    #[arg(long, value_name = "N", default_value_t = 25)]
    per_role: usize,
    /// Documents of the role that must hold a phrase
    #[arg(long, value_name = "N", default_value_t = 5)]
    min_documents: u32,
    /// Format of what is printed
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
    /// How the inputs are read.
    #[command(flatten)]
    input: InputArgs,
    /// Worker threads; 0 for one per core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// `lexicon diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// Folder of the first lexicon, or "built-in"
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// Folder of the second lexicon, or "built-in"
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Files or folders
    #[arg(required = true, value_name = "CORPUS")]
    inputs: Vec<PathBuf>,
    /// How the inputs are read.
    #[command(flatten)]
    input: InputArgs,
    /// Worker threads; 0 for one per core
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// `lexicon import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The dictionary
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder to write the lexicon files to; it must be new or empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Format of the dictionary [default: told from .dic, .yml, .yaml or .jsonl]
    #[arg(long, value_name = "FORMAT")]
    format: Option<DictionaryArg>,
    /// Label of what names none: product, project, program or shared
    #[arg(long, value_name = "LABEL")]
    role: Option<String>,
}

/// A dictionary format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DictionaryArg {
    /// LIWC .dic.
    Liwc,
    /// quanteda or Lexicoder YAML.
    Quanteda,
    /// spaCy EntityRuler or SpanRuler JSON lines.
    Spacy,
}

impl DictionaryArg {
    /// The format.
    pub fn format(self) -> DictionaryFormat {
        match self {
            DictionaryArg::Liwc => DictionaryFormat::Liwc,
            DictionaryArg::Quanteda => DictionaryFormat::Quanteda,
            DictionaryArg::Spacy => DictionaryFormat::Spacy,
        }
    }
}

impl ImportArgs {
    /// The format that was typed, or that the file's name tells.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where neither does.
    pub fn format(&self) -> Result<DictionaryFormat, Error> {
        let extension = self
            .file
            .extension()
            .and_then(|extension| extension.to_str());
        match (self.format, extension) {
            (Some(format), _) => Ok(format.format()),
            (None, Some("dic")) => Ok(DictionaryFormat::Liwc),
            (None, Some("yml" | "yaml")) => Ok(DictionaryFormat::Quanteda),
            (None, Some("jsonl")) => Ok(DictionaryFormat::Spacy),
            (None, _) => Err(Error::Usage(format!(
                "{}: give the format with --format",
                self.file.display()
            ))),
        }
    }

    /// The label that was typed.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where there is no such label.
    pub fn role(&self) -> Result<Option<Role>, Error> {
        let role = |name: &String| {
            let unknown = || {
                Error::Usage(format!(
                    "--role {name}: there are product, project, program and shared"
                ))
            };
            Role::from_name(name).ok_or_else(unknown)
        };
        self.role.as_ref().map(role).transpose()
    }
}

/// What `lexicon suggest` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Table,
    /// CSV.
    Csv,
}

impl SuggestArgs {
    /// What to read.
    pub fn corpus(&self) -> Corpus {
        corpus(&self.inputs, &self.input, self.threads)
    }

    /// The configuration.
    pub fn config(&self) -> SuggestConfig {
        SuggestConfig {
            per_role: self.per_role,
            min_documents: self.min_documents,
        }
    }
}

impl DiffArgs {
    /// What to read.
    pub fn corpus(&self) -> Corpus {
        corpus(&self.inputs, &self.input, self.threads)
    }

    /// The two lexicons, the older first.
    pub fn sources(&self) -> [LexiconSource; 2] {
        [&self.old, &self.new].map(|folder| LexiconSource {
            folder: Some(folder.clone()).filter(|folder| folder.as_os_str() != "built-in"),
            extend: Vec::new(),
        })
    }
}

fn corpus(inputs: &[PathBuf], input: &InputArgs, threads: usize) -> Corpus {
    Corpus {
        inputs: inputs.to_vec(),
        input: input.options(None),
        threads,
    }
}
