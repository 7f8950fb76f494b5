//! Raw records with the bytes they lie in, and the costly step from a record to a document.

use std::ops::Range;
use std::sync::Arc;

use super::{Format, InputOptions, files, json, table};
use crate::document::{Document, Origin};
use crate::error::{Problem, Severity};

/// Some consecutive records of the inputs, not decoded yet.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) bytes: Vec<u8>,
    /// Where the cells of rows lie in `bytes`, their quotes included.
    pub(super) cells: Vec<Range<usize>>,
    pub(super) records: Vec<Record>,
    pub(super) options: Arc<InputOptions>,
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
    /// What was wrong with the record, in the order met.
    pub problems: Vec<Problem>,
}

/// A document that is being built, and what was remarked on the way.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub document: Document,
    /// Stage and reason of each warning.
    pub warnings: Vec<(&'static str, String)>,
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

    /// Decodes and converts the record at `index`, which must be below [`len`](Batch::len).
    /// Depends on nothing but the record and the options.
    pub fn finish(&self, index: usize) -> Finished {
        let record = &self.records[index];
        let mut problems: Vec<Problem> = record.problem.iter().cloned().collect();
        let mut draft = Draft::default();
        draft.document.id.clone_from(&record.id);
        draft.document.origin = record.origin.clone();
        let options = &*self.options;
        let built = match &record.body {
            Body::Row { cells, line } => table::finish(
                &self.bytes,
                &self.cells[cells.clone()],
                *line,
                options,
                &mut draft,
            ),
            Body::Json(range) => json::finish(&self.bytes[range.clone()], options, &mut draft),
            Body::File(format, range) => {
                files::finish(*format, &self.bytes[range.clone()], options, &mut draft)
            }
            Body::Nothing => {
                return Finished {
                    ordinal: record.ordinal,
                    document: None,
                    problems,
                };
            }
        };
        let problem = |stage, severity, reason| Problem {
            origin: record.origin.clone(),
            document_id: record.id.clone(),
            stage,
            severity,
            reason,
        };
        let built = built.and_then(|()| fits(&draft.document.text, options.limits.text));
        let warnings = draft.warnings.into_iter();
        problems.extend(warnings.map(|(stage, reason)| problem(stage, Severity::Warning, reason)));
        let document = match built {
            Ok(()) => Some(draft.document),
            Err((stage, reason)) => {
                problems.push(problem(stage, Severity::Error, reason));
                None
            }
        };
        Finished {
            ordinal: record.ordinal,
            document,
            problems,
        }
    }
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
