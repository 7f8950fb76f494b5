//! JSON lines → records: one object a line.

use std::sync::Arc;

use memchr::memchr;

use super::InputOptions;
use super::batch::{Batch, Body, MOST_ROWS};
use super::chunk::Chunk;
use super::gate::{Gate, Wanted};
use super::json;
use super::stream::Stream;
use crate::document::Origin;
use crate::error::Severity;

/// Reads the lines of one input.
pub(super) struct Lines {
    chunk: Chunk,
    label: Arc<str>,
    options: Arc<InputOptions>,
    /// Lines begun so far.
    line: u64,
    /// True inside a line that is too long.
    skip: bool,
}

impl Lines {
    pub(super) fn new(stream: Stream, label: Arc<str>, options: Arc<InputOptions>) -> Lines {
        Lines {
            chunk: Chunk::new(stream),
            label,
            options,
            line: 0,
            skip: false,
        }
    }

    pub(super) fn into_chunk(self) -> Chunk {
        self.chunk
    }

    /// Appends lines to the batch, from about `most` bytes; true at the input's end.
    pub(super) fn fill(&mut self, batch: &mut Batch, gate: &mut Gate, most: usize) -> bool {
        let begin = batch.bytes.len();
        let mut at = begin;
        let rows = batch.records.len() + MOST_ROWS;
        self.chunk.begin(&mut batch.bytes);
        // Bytes before this offset are known to hold no line end.
        let mut searched = at;
        loop {
            if let Some(offset) = memchr(b'\n', &batch.bytes[searched..]) {
                self.line(batch, gate, at, searched + offset);
                at = searched + offset + 1;
                searched = at;
                if batch.records.len() >= rows {
                    self.chunk.keep(&mut batch.bytes, at);
                    return false;
                }
                continue;
            }
            let waiting = batch.bytes.len() - at;
            if waiting > self.options.limits.record {
                self.too_long(batch, gate);
                at = batch.bytes.len();
            }
            searched = batch.bytes.len();
            if self.chunk.ended {
                break;
            }
            if at > begin {
                self.chunk.keep(&mut batch.bytes, at);
                return false;
            }
            self.chunk.more(&mut batch.bytes, most.max(waiting));
        }
        let end = batch.bytes.len();
        if let Some(error) = self.chunk.error.take() {
            let reason = format!("reading stopped: {error}");
            self.line += 1;
            gate.problem(batch, self.origin(), "read", Severity::Error, reason);
        } else if at < end {
            self.line(batch, gate, at, end);
        }
        true
    }

    fn line(&mut self, batch: &mut Batch, gate: &mut Gate, at: usize, end: usize) {
        if std::mem::take(&mut self.skip) {
            return;
        }
        self.line += 1;
        let line = &batch.bytes[at..end];
        if line.trim_ascii().is_empty() {
            return;
        }
        if line.len() > self.options.limits.record {
            self.line -= 1;
            self.too_long(batch, gate);
            self.skip = false;
            return;
        }
        let body = Body::Json(at..end);
        match json::id(line, &self.options) {
            Some(id) => gate.record(batch, self.origin(), Wanted::Id(&id), body),
            // Not an object: the workers say why.
            None => gate.record(batch, self.origin(), Wanted::Nothing, body),
        }
    }

    /// Hands out the problem of a line beyond the limit, once, and passes over its rest.
    fn too_long(&mut self, batch: &mut Batch, gate: &mut Gate) {
        if std::mem::replace(&mut self.skip, true) {
            return;
        }
        self.line += 1;
        let reason = format!(
            "the line is longer than {} bytes (--max-record)",
            self.options.limits.record
        );
        gate.problem(batch, self.origin(), "read", Severity::Error, reason);
    }

    fn origin(&self) -> Origin {
        Origin {
            input: self.label.clone(),
            row: self.line,
        }
    }
}
