//! Raw records with the bytes they lie in, and the costly step from a record to a document.

use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::isolate::Readers;
use super::language::{self, ENGLISH};
use super::{Format, InputOptions, files, json, mojibake, table};
use crate::document::{Document, Origin};
use crate::error::{Problem, Severity};

/// Most records that one reading of a table or of JSON adds to a batch: rows of a few bytes
/// would else take a hundred times as much memory as their bytes.
pub(super) const MOST_ROWS: usize = 1 << 14;

/// Some consecutive records of the inputs, not decoded yet.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) bytes: Vec<u8>,
    /// Where the cells of rows lie in `bytes`, their quotes included.
    pub(super) cells: Vec<Range<usize>>,
    pub(super) records: Vec<Record>,
    pub(super) options: Arc<InputOptions>,
    pub(super) readers: Arc<Readers>,
}

/// One record, its id settled.
#[derive(Debug)]
pub(super) struct Record {
    pub ordinal: u64,
    pub origin: Origin,
    pub id: String,
    pub body: Body,
    pub problem: Option<Problem>,
}

/// What a record is made of.
#[derive(Debug)]
pub(super) enum Body {
    /// A table's row: its range of [`Batch::cells`], in the order id, title, text,
    /// employer, kept columns; and the line it begins on.
    Row { cells: Range<usize>, line: u64 },
    /// A JSON object.
    Json(Range<usize>),
    /// A whole file.
    File(Format, Range<usize>),
    /// Only the record's problem.
    Nothing,
}

/// What became of one record.
#[derive(Debug, Default)]
pub struct Finished {
    /// Number of the record over the whole run, from 0, in input order; the same in every part.
    pub ordinal: u64,
    /// The document; `None` where the record is lost, which one problem of severity
    /// `error` then says, or where there is only a remark on an input.
    pub document: Option<Document>,
    /// A document that is in another language than English and is not to be analysed; a
    /// warning says so.
    pub set_aside: Option<Document>,
    /// What was wrong with the record, in the order met.
    pub problems: Vec<Problem>,
    /// Fields whose text was repaired (see [`InputOptions::no_repair`]).
    pub repaired: u64,
}

/// A document that is being built, and what was remarked on the way.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub document: Document,
    /// Stage and reason of each warning.
    pub warnings: Vec<(&'static str, String)>,
    /// Whether damaged text is repaired, and of how many fields it was.
    pub repair: bool,
    pub repaired: u64,
}

impl Draft {
    /// A field's text, repaired where it was read in a wrong encoding once.
    pub(super) fn repaired<'a>(&mut self, text: Cow<'a, str>) -> Cow<'a, str> {
        match mojibake::repair(&text).filter(|_| self.repair) {
            Some(better) => {
                self.repaired += 1;
                Cow::Owned(better)
            }
            None => text,
        }
    }
}

/// Stage and reason why a record is lost.
pub(super) type Lost = (&'static str, String);

impl Batch {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True where the batch has no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Memory that it takes, about, in bytes.
    pub fn size(&self) -> usize {
        self.bytes.capacity()
    }

    /// A number that differs, all but surely, where the bytes or the records do.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write(&self.bytes);
        hasher.write_usize(self.records.len());
        hasher.finish()
    }

    /// Decodes and converts the record at `index`, which must be below [`len`](Batch::len).
    /// Depends on nothing but the record and the options.
    pub fn finish(&self, index: usize) -> Finished {
        let record = &self.records[index];
        let mut finished = Finished {
            ordinal: record.ordinal,
            problems: record.problem.iter().cloned().collect(),
            ..Finished::default()
        };
        if matches!(record.body, Body::Nothing) {
            return finished;
        }
        let mut draft = Draft {
            repair: !self.options.no_repair,
            ..Draft::default()
        };
        draft.document.id.clone_from(&record.id);
        draft.document.origin = record.origin.clone();
        let built = catch_unwind(AssertUnwindSafe(|| self.build(&record.body, &mut draft)));
        let built = built.unwrap_or_else(|_| {
            let reason = "its reader failed on it; please report it with the document";
            Err(("read", reason.to_string()))
        });
        let set_aside = built.is_ok() && is_foreign(&mut draft) && !self.options.any_language;
        let problem = |stage, severity, reason| Problem {
            origin: record.origin.clone(),
            document_id: record.id.clone(),
            stage,
            severity,
            reason,
        };
        let warnings = draft.warnings.into_iter();
        let warnings = warnings.map(|(stage, reason)| problem(stage, Severity::Warning, reason));
        finished.problems.extend(warnings);
        finished.repaired = draft.repaired;
        match built {
            Err((stage, reason)) => {
                let lost = problem(stage, Severity::Error, reason);
                finished.problems.push(lost);
            }
            Ok(()) if set_aside => {
                let reason = format!(
                    "its language is {}, not English: left out of the tables (--any-language)",
                    language::name(draft.document.language)
                );
                let remark = problem("identify", Severity::Warning, reason);
                finished.problems.push(remark);
                finished.set_aside = Some(draft.document);
            }
            Ok(()) => finished.document = Some(draft.document),
        }
        finished
    }

    /// Fills in the document of a record.
    fn build(&self, body: &Body, draft: &mut Draft) -> Result<(), Lost> {
        let options = &*self.options;
        match body {
            Body::Row { cells, line } => {
                let cells = &self.cells[cells.clone()];
                table::finish(&self.bytes, cells, *line, options, draft)?;
            }
            Body::Json(range) => json::finish(&self.bytes[range.clone()], options, draft)?,
            Body::File(format, range) => {
                let bytes = &self.bytes[range.clone()];
                files::finish(*format, bytes, options, &self.readers, draft)?;
            }
            Body::Nothing => (),
        }
        fits(&draft.document.text, options.limits.text)
    }
}

/// Tells the document's language; true where it is another one than English.
fn is_foreign(draft: &mut Draft) -> bool {
    let document = &mut draft.document;
    document.language = language::language(&document.text);
    !matches!(document.language, "" | ENGLISH)
}

/// Refuses a text that is longer than the limit or than offsets reach.
fn fits(text: &str, limit: usize) -> Result<(), Lost> {
    let limit = limit.min(u32::MAX as usize);
    if text.len() > limit {
        let reason = format!(
            "its text has {} bytes, more than {limit} (--max-text)",
            text.len()
        );
        return Err(("read", reason));
    }
    Ok(())
}
