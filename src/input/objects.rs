//! A JSON file → records: the objects of an array, or objects one after another.
//!
//! Values that are no objects come to one problem for as many as stand in a row, so that a
//! gigabyte of `[1,1,1` is not half a billion problems.

use std::ops::Range;
use std::sync::Arc;

use super::InputOptions;
use super::batch::{Batch, Body, MOST_ROWS};
use super::chunk::Chunk;
use super::gate::{Gate, Wanted};
use super::json;
use super::stream::Stream;
use crate::document::Origin;
use crate::error::Severity;

/// Reads the values of one JSON file.
pub(super) struct Objects {
    chunk: Chunk,
    label: Arc<str>,
    options: Arc<InputOptions>,
    /// Values begun so far.
    row: u64,
    array: Array,
    /// The last values, where they are no objects.
    others: Option<Others>,
}

/// The array around the values.
#[derive(Debug, PartialEq, Eq)]
enum Array {
    None,
    Open,
    Closed,
}

/// Values one behind the other that are no objects.
struct Others {
    /// The numbers of the first and the last one.
    first: u64,
    last: u64,
    /// What the first one is.
    kind: &'static str,
}

/// What stands next in the bytes.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// A value with these bounds.
    Value(Range<usize>),
    /// Only white space, commas and brackets, up to this offset.
    Nothing(usize),
    /// A value that begins here and is not all there.
    Incomplete(usize),
    /// A byte that no value begins with.
    Foreign,
}

impl Objects {
    pub(super) fn new(stream: Stream, label: Arc<str>, options: Arc<InputOptions>) -> Objects {
        Objects {
            chunk: Chunk::new(stream),
            label,
            options,
            row: 0,
            array: Array::None,
            others: None,
        }
    }

    pub(super) fn into_chunk(self) -> Chunk {
        self.chunk
    }

    /// Appends values to the batch, from about `most` bytes; true at the file's end.
    pub(super) fn fill(&mut self, batch: &mut Batch, gate: &mut Gate, most: usize) -> bool {
        let begin = batch.bytes.len();
        let mut at = begin;
        let rows = batch.records.len() + MOST_ROWS;
        self.chunk.begin(&mut batch.bytes);
        loop {
            match self.next(&batch.bytes, at) {
                Next::Value(value) => {
                    at = value.end;
                    self.value(batch, gate, value);
                    if batch.records.len() >= rows {
                        self.chunk.keep(&mut batch.bytes, at);
                        return false;
                    }
                }
                Next::Nothing(end) if self.chunk.ended => {
                    at = end;
                    break;
                }
                Next::Incomplete(start)
                    if batch.bytes.len() - start > self.options.limits.record =>
                {
                    // Where the next value begins cannot be known from inside this one.
                    let limit = self.options.limits.record;
                    let reason =
                        format!("longer than {limit} bytes (--max-record); the rest is not read");
                    self.lost(batch, gate, "read", reason);
                    return true;
                }
                Next::Foreign => {
                    // Else each word of a text that is called JSON would be an error.
                    let reason = "not valid JSON: no value begins like this; the rest is not read";
                    self.lost(batch, gate, "parse", reason.to_string());
                    return true;
                }
                Next::Incomplete(start) if self.chunk.ended => {
                    at = start;
                    break;
                }
                Next::Nothing(here) | Next::Incomplete(here) => {
                    if here > begin {
                        self.chunk.keep(&mut batch.bytes, here);
                        return false;
                    }
                    let waiting = batch.bytes.len() - here;
                    self.chunk.more(&mut batch.bytes, most.max(waiting));
                }
            }
        }
        let unfinished = |what: &str| format!("not valid JSON: the file ends inside {what}");
        if let Some(error) = self.chunk.error.take() {
            self.lost(batch, gate, "read", format!("reading stopped: {error}"));
        } else if at < batch.bytes.len() {
            self.lost(batch, gate, "parse", unfinished("it"));
        } else if self.array == Array::Open {
            self.lost(batch, gate, "parse", unfinished("its list"));
        } else if self.array == Array::None && self.row == 0 {
            let reason = "not valid JSON: it holds nothing".to_string();
            self.lost(batch, gate, "parse", reason);
        }
        self.end_others(batch, gate);
        true
    }

    fn value(&mut self, batch: &mut Batch, gate: &mut Gate, value: Range<usize>) {
        self.row += 1;
        let first = batch.bytes[value.start];
        if first != b'{' {
            let new = || Others {
                first: self.row,
                last: self.row,
                kind: kind(first),
            };
            self.others.get_or_insert_with(new).last = self.row;
            return;
        }
        self.end_others(batch, gate);
        let id = json::id(&batch.bytes[value.clone()], &self.options);
        let wanted = id.as_deref().map_or(Wanted::Nothing, Wanted::Id);
        gate.record(batch, self.origin(self.row), wanted, Body::Json(value));
    }

    fn lost(&mut self, batch: &mut Batch, gate: &mut Gate, stage: &'static str, reason: String) {
        self.end_others(batch, gate);
        self.row += 1;
        let origin = self.origin(self.row);
        gate.problem(batch, origin, stage, Severity::Error, reason);
    }

    /// Hands out the problem of the values before that are no objects.
    fn end_others(&mut self, batch: &mut Batch, gate: &mut Gate) {
        let Some(Others { first, last, kind }) = self.others.take() else {
            return;
        };
        let reason = if first == last {
            format!("not a JSON object but {kind}")
        } else {
            format!("not JSON objects: values {first} to {last}; not read")
        };
        let origin = self.origin(first);
        gate.problem(batch, origin, "parse", Severity::Error, reason);
    }

    fn origin(&self, row: u64) -> Origin {
        Origin {
            input: self.label.clone(),
            row,
        }
    }

    /// Finds the next value at or behind `at`.
    fn next(&mut self, bytes: &[u8], mut at: usize) -> Next {
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' | b',' => at += 1,
                b']' => {
                    if self.array == Array::Open {
                        self.array = Array::Closed;
                    }
                    at += 1;
                }
                b'[' if self.array == Array::None && self.row == 0 => {
                    self.array = Array::Open;
                    at += 1;
                }
                byte if !b"{[\"-0123456789tfn}".contains(byte) => return Next::Foreign,
                _ => {
                    return match value_end(
                        bytes,
                        at,
                        self.chunk.ended && self.chunk.error.is_none(),
                    ) {
                        Some(end) => Next::Value(at..end),
                        None => Next::Incomplete(at),
                    };
                }
            }
        }
        Next::Nothing(at)
    }
}

/// What a value that begins with this byte is.
fn kind(first: u8) -> &'static str {
    match first {
        b'[' => "a list",
        b'"' => "a string",
        b'-' | b'0'..=b'9' => "a number",
        _ => "another value",
    }
}

/// Offset behind the value that starts at `at`: its brackets balanced outside strings.
/// `None` where it is not all there; `whole` says that no bytes follow.
fn value_end(bytes: &[u8], at: usize, whole: bool) -> Option<usize> {
    let (mut depth, mut place) = (0u64, at);
    loop {
        match bytes.get(place) {
            None => return (whole && depth == 0).then_some(place),
            Some(b'"') => {
                place = string_end(bytes, place + 1)?;
                if depth == 0 {
                    return Some(place);
                }
                continue;
            }
            Some(b'{' | b'[') => depth += 1,
            // The end of the array behind a number or a word.
            Some(b'}' | b']') if depth == 0 && place > at => return Some(place),
            Some(b'}' | b']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            Some(b',' | b' ' | b'\n' | b'\r' | b'\t') if depth == 0 => return Some(place),
            Some(_) => (),
        }
        place += 1;
    }
}

/// Offset behind the quote that ends the string whose text starts at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_their_brackets_balance() {
        let cases = [
            ("{\"a\":\"}\\\"]\",\"b\":[{}]} ,", Some(21)),
            ("\"a,b\",", Some(5)),
            ("12,", Some(2)),
            ("12]", Some(2)),
            ("{\"a\":[}", None),
            ("{\"a\":\"x", None),
            ("}x", Some(1)),
        ];
        for (text, end) in cases {
            assert_eq!(value_end(text.as_bytes(), 0, true), end, "{text}");
        }
        assert_eq!(value_end(b"12", 0, true), Some(2));
        assert_eq!(value_end(b"12", 0, false), None);
    }
}
