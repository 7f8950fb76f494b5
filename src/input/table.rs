//! Tables of delimited text → rows.
//!
//! A row is broken where its quotes are wrong. It then ends before the next line from
//! which a whole row reads: one with as many fields as the header and the text quoted
//! as in the row before, so that one bad quote costs one row and not the rest of the file.

use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr_iter};

use super::batch::{Batch, Body, Draft, Lost, MOST_ROWS};
use super::chunk::Chunk;
use super::columns::{Columns, FIELDS, Field};
use super::csv::{self, Dialect, Scan, names, scan, unescape};
use super::decode::decode;
use super::gate::{Gate, Wanted};
use super::markup;
use super::stream::Stream;
use super::{InputOptions, Limits};
use crate::document::{Genre, Origin};
use crate::error::Severity;

/// A row that cannot be read, while its end is looked for.
struct Broken {
    row: u64,
    line: u64,
    reason: String,
}

/// Reads the rows of one table.
pub(super) struct Table {
    chunk: Chunk,
    dialect: Dialect,
    columns: Columns,
    label: Arc<str>,
    limits: Limits,
    fields: Vec<Range<usize>>,
    /// Rows begun so far.
    row: u64,
    /// Line at which the next record begins, from 1.
    line: u64,
    broken: Option<Broken>,
    /// True where the rest of the line is to be passed over.
    skip_line: bool,
    /// Whether the text was quoted in the last whole row.
    quoted: Option<bool>,
    /// True once it was said that there is no id column.
    told_missing_id: bool,
}

/// What reading at one place came to.
enum Step {
    /// Go on at this offset.
    Next(usize),
    /// The record is not all there.
    More,
}

impl Table {
    /// Reads the header. `Err` says why the table cannot be read.
    pub(super) fn new(
        mut stream: Stream,
        label: Arc<str>,
        delimiter: Option<u8>,
        options: &InputOptions,
    ) -> Result<Table, String> {
        let head = stream.head();
        let blank = head
            .iter()
            .take_while(|byte| b"\r\n".contains(byte))
            .count();
        let (dialect, announced) = csv::dialect(&head[blank..], delimiter);
        let mut start = blank;
        if announced {
            start +=
                memchr(dialect.terminator, &head[blank..]).map_or(head.len() - blank, |at| at + 1);
        }
        let mut fields = Vec::new();
        if start == head.len() {
            return Err("has no header: it is empty".to_string());
        }
        let end = match scan(head, start, dialect, false, &mut fields) {
            Scan::Record(end) => end,
            _ => match scan(head, start, dialect, true, &mut fields) {
                Scan::Record(end) if end == head.len() => end,
                _ => {
                    return Err(
                        "has no header that can be read within its first 64 KiB".to_string()
                    );
                }
            },
        };
        let columns = Columns::find(options, &names(head, &fields))?;
        let lines = memchr_iter(dialect.terminator, &head[..end]).count() as u64;
        let mut header = Vec::new();
        stream
            .pull(&mut header, end)
            .map_err(|error| format!("cannot be read: {error}"))?;
        Ok(Table {
            told_missing_id: false,
            chunk: Chunk::new(stream),
            dialect,
            columns,
            label,
            limits: options.limits,
            fields,
            row: 0,
            line: lines + 1,
            broken: None,
            skip_line: false,
            quoted: None,
        })
    }

    pub(super) fn into_chunk(self) -> Chunk {
        self.chunk
    }

    /// Appends rows to the batch, from about `most` bytes; true at the table's end.
    pub(super) fn fill(&mut self, batch: &mut Batch, gate: &mut Gate, most: usize) -> bool {
        let begin = batch.bytes.len();
        let mut at = begin;
        let rows = batch.records.len() + MOST_ROWS;
        self.chunk.begin(&mut batch.bytes);
        loop {
            let step = if at == batch.bytes.len() {
                Step::More
            } else {
                self.step(batch, gate, at)
            };
            match step {
                Step::Next(next) if batch.records.len() >= rows => {
                    self.chunk.keep(&mut batch.bytes, next);
                    return false;
                }
                Step::Next(next) => at = next,
                Step::More if self.chunk.ended => break,
                Step::More if at > begin => {
                    self.chunk.keep(&mut batch.bytes, at);
                    return false;
                }
                Step::More => {
                    let waiting = batch.bytes.len() - at;
                    self.chunk.more(&mut batch.bytes, most.max(waiting));
                }
            }
        }
        self.end_broken(batch, gate);
        if let Some(error) = self.chunk.error.take() {
            let reason = format!("line {}: reading stopped: {error}", self.line);
            gate.problem(
                batch,
                self.origin(self.row + 1),
                "read",
                Severity::Error,
                reason,
            );
        }
        true
    }

    fn step(&mut self, batch: &mut Batch, gate: &mut Gate, at: usize) -> Step {
        if self.skip_line {
            return match memchr(self.dialect.terminator, &batch.bytes[at..]) {
                Some(offset) => {
                    self.skip_line = false;
                    self.line += 1;
                    Step::Next(at + offset + 1)
                }
                None => Step::Next(batch.bytes.len()),
            };
        }
        let whole = self.chunk.ended && self.chunk.error.is_none();
        match scan(&batch.bytes, at, self.dialect, whole, &mut self.fields) {
            Scan::Record(next) => self.record(batch, gate, at, next),
            Scan::Blank(next) => {
                self.line += 1;
                Step::Next(next)
            }
            Scan::Broken(reason) => self.begin_broken(at, reason.to_string()),
            Scan::Incomplete if batch.bytes.len() - at > self.limits.record => {
                let reason = format!("is longer than {} bytes (--max-record)", self.limits.record);
                self.begin_broken(at, reason)
            }
            Scan::Incomplete => Step::More,
        }
    }

    /// Notes that the row at `at` is broken, unless it is part of a broken one, and
    /// goes on with the next line.
    fn begin_broken(&mut self, at: usize, reason: String) -> Step {
        if self.broken.is_none() {
            self.row += 1;
            self.broken = Some(Broken {
                row: self.row,
                line: self.line,
                reason,
            });
        }
        self.skip_line = true;
        Step::Next(at)
    }

    /// Hands out the broken row, which ends before the current line.
    fn end_broken(&mut self, batch: &mut Batch, gate: &mut Gate) {
        let Some(broken) = self.broken.take() else {
            return;
        };
        let last = (self.line - 1).max(broken.line);
        let lines = if last == broken.line {
            format!("line {last}")
        } else {
            format!("lines {} to {last}", broken.line)
        };
        let reason = format!("{lines}: {}; not read", broken.reason);
        gate.problem(
            batch,
            self.origin(broken.row),
            "parse",
            Severity::Error,
            reason,
        );
    }

    /// Hands out the record in `self.fields`.
    fn record(&mut self, batch: &mut Batch, gate: &mut Gate, at: usize, next: usize) -> Step {
        let fits = self.fields.len() == self.columns.width;
        let text =
            self.columns.fields[Field::Text as usize].and_then(|column| self.fields.get(column));
        let quoted = text.is_some_and(|text| batch.bytes.get(text.start) == Some(&b'"'));
        if self.broken.is_some() {
            if !fits || self.quoted.is_some_and(|before| before != quoted) {
                self.skip_line = true;
                return Step::Next(at);
            }
            self.end_broken(batch, gate);
        }
        self.row += 1;
        let line = self.line;
        self.line += memchr_iter(self.dialect.terminator, &batch.bytes[at..next])
            .count()
            .max(1) as u64;
        let origin = self.origin(self.row);
        if !fits {
            let (found, width) = (self.fields.len(), self.columns.width);
            let reason =
                format!("line {line}: the row has {found} fields where the header has {width}");
            gate.problem(batch, origin, "parse", Severity::Error, reason);
            return Step::Next(next);
        }
        if next - at > self.limits.record {
            let reason = format!(
                "line {line}: is longer than {} bytes (--max-record)",
                self.limits.record
            );
            gate.problem(batch, origin, "read", Severity::Error, reason);
            return Step::Next(next);
        }
        self.quoted = Some(quoted);
        let cells = self.cells(batch);
        let id = batch.cells[cells.start].clone();
        let body = Body::Row { cells, line };
        if self.columns.fields[Field::Id as usize].is_none() {
            self.tell_missing_id(batch, gate);
            gate.record(batch, origin, Wanted::Nothing, body);
        } else {
            let value = unescape(&batch.bytes[id]).into_owned();
            // An id that is not text costs its record; the workers say so.
            let value = decode(&value)
                .map(|id| id.text.trim().to_string())
                .unwrap_or_default();
            gate.record(batch, origin, Wanted::Id(&value), body);
        }
        Step::Next(next)
    }

    /// Remarks, before the first record, that there is no id column.
    fn tell_missing_id(&mut self, batch: &mut Batch, gate: &mut Gate) {
        if !std::mem::replace(&mut self.told_missing_id, true) {
            let reason = format!("no id column: rows are named {}#row", self.label);
            gate.problem(batch, self.origin(0), "identify", Severity::Warning, reason);
        }
    }

    /// Stores the wanted cells of the record; a column that is not there is empty.
    fn cells(&self, batch: &mut Batch) -> Range<usize> {
        let start = batch.cells.len();
        let wanted = self
            .columns
            .fields
            .iter()
            .copied()
            .chain(self.columns.keep.iter().map(|at| Some(*at)));
        let cell =
            |column: Option<usize>| column.map_or(0..0, |column| self.fields[column].clone());
        batch.cells.extend(wanted.map(cell));
        start..batch.cells.len()
    }

    fn origin(&self, row: u64) -> Origin {
        Origin {
            input: self.label.clone(),
            row,
        }
    }
}

/// Decodes the cells of a row, quotes included, which begins on `line`.
pub(super) fn finish(
    bytes: &[u8],
    cells: &[Range<usize>],
    line: u64,
    options: &InputOptions,
    draft: &mut Draft,
) -> Result<(), Lost> {
    draft.document.genre = options.genre.unwrap_or(Genre::Posting);
    for (at, cell) in cells.iter().enumerate() {
        let raw = unescape(&bytes[cell.clone()]);
        let name = FIELDS.get(at).map_or("kept value", |field| field.flag());
        let decoded =
            decode(&raw).map_err(|reason| ("decode", format!("line {line}: {name}: {reason}")))?;
        if let Some(remark) = decoded.remark {
            draft
                .warnings
                .push(("decode", format!("line {line}: {name}: {remark}")));
        }
        draft.set(at, decoded.text, options.markup);
    }
    Ok(())
}

impl Draft {
    /// Sets the field with this index of [`FIELDS`]; the next kept value where there is none.
    pub(super) fn set(
        &mut self,
        field: usize,
        value: std::borrow::Cow<'_, str>,
        choice: markup::MarkupChoice,
    ) {
        if FIELDS.get(field) == Some(&Field::Id) {
            return;
        }
        let value = self.repaired(value);
        let document = &mut self.document;
        match FIELDS.get(field) {
            Some(Field::Id) => (),
            Some(Field::Title) => document.title = markup::read_line(&value, choice),
            Some(Field::Employer) => document.employer = markup::read_line(&value, choice),
            Some(Field::Text) => {
                let empty = value.trim().is_empty();
                (document.text, document.markup) = markup::read(value, choice);
                if !empty && document.text.trim().is_empty() {
                    self.warnings
                        .push(("parse", "its text is markup without words".to_string()));
                }
            }
            None => document.kept.push(value.into_owned()),
        }
    }
}
