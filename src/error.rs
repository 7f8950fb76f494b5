//! What can go wrong: an [`Error`] stops the run, a [`Problem`] costs one document.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::document::Origin;

/// A failure that stops the run. Its text says what is wrong, where, and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The command line or `rolecall.toml` asks for something that cannot be done.
    Usage(String),
    /// A lexicon file is wrong; one entry per mistake, in file order.
    Lexicon(Vec<LexiconError>),
    /// An output could not be written.
    Output {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The reader of standard output went away; not a failure of the run.
    ClosedPipe,
}

/// A mistake in a lexicon file, with the place to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// File name within the lexicon folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Error {
    /// Exit code: 2 for usage, configuration and lexicon errors, 4 for outputs, 0 for a closed pipe.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Usage(_) | Error::Lexicon(_) => 2,
            Error::Output { .. } => 4,
            Error::ClosedPipe => 0,
        }
    }

    /// The error of a write to `path`, a closed pipe told apart.
    pub fn output(path: impl Into<PathBuf>, source: std::io::Error) -> Error {
        if source.kind() == std::io::ErrorKind::BrokenPipe {
            return Error::ClosedPipe;
        }
        Error::Output {
            path: path.into(),
            source,
        }
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.file, self.line, self.column, self.message
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage(message) => f.write_str(message),
            Error::Lexicon(errors) => {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Error::Output { path, source } => {
                write!(f, "cannot write {}: {source}", path.display())
            }
            Error::ClosedPipe => f.write_str("standard output was closed"),
        }
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity.name(), self.origin.input)?;
        if self.origin.row > 0 {
            write!(f, "#{}", self.origin.row)?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document is kept.
    Warning,
    /// No document came of the input.
    Error,
}

impl Severity {
    /// The name used in `problems.csv`.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Something wrong with one document or one row of an input; a row of `problems.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it was met.
    pub origin: Origin,
    /// The document, where there is one; else empty.
    pub document_id: String,
    /// The stage that met it: `read`, `decode`, `parse`, `identify`, `analyze`.
    pub stage: &'static str,
    /// Whether the document is lost.
    pub severity: Severity,
    /// What is wrong and what was done about it.
    pub reason: String,
}
