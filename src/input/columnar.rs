//! Record batches of Arrow streams and Parquet files → the bytes of a CSV table, which the reader of tables takes on,
//! so that columns, ids and broken values are treated alike whatever the format.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_ipc::reader::StreamReader;
use arrow_schema::{ArrowError, DataType, Schema};

/// Record batches, read as CSV: every cell quoted, a null an empty cell.
pub(super) struct BatchesAsCsv {
    batches: Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>,
    /// CSV of the header or of the batch at hand.
    rows: Vec<u8>,
    /// The part of `rows` that has been handed out.
    given: usize,
}

impl BatchesAsCsv {
    /// Reads the schema of an Arrow IPC stream.
    ///
    /// # Errors
    ///
    /// Where the bytes are no Arrow IPC stream.
    pub(super) fn of_stream(reader: impl Read + Send + 'static) -> io::Result<BatchesAsCsv> {
        let batches = StreamReader::try_new(reader, None).map_err(failed)?;
        Ok(BatchesAsCsv::new(&batches.schema(), batches))
    }

    /// Batches of this schema.
    pub(super) fn new(
        schema: &Schema,
        batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    ) -> BatchesAsCsv {
        BatchesAsCsv {
            rows: header(schema),
            given: 0,
            batches: Box::new(batches),
        }
    }
}

impl Read for BatchesAsCsv {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.rows.len() {
            let Some(batch) = self.next_batch()? else {
                return Ok(0);
            };
            self.rows.clear();
            self.given = 0;
            append_rows(&mut self.rows, &batch).map_err(failed)?;
        }
        let left = &self.rows[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

impl BatchesAsCsv {
    /// The next batch. Readers panic on some damaged files; that costs the rest of the file.
    fn next_batch(&mut self) -> io::Result<Option<RecordBatch>> {
        let next = catch_unwind(AssertUnwindSafe(|| self.batches.next()));
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "the file is damaged");
        next.map_err(|_| damaged())?.transpose().map_err(failed)
    }
}

fn header(schema: &Schema) -> Vec<u8> {
    let mut row = Vec::new();
    for field in schema.fields() {
        append_cell(&mut row, field.name().as_bytes());
    }
    end_row(&mut row);
    row
}

fn append_rows(rows: &mut Vec<u8>, batch: &RecordBatch) -> Result<(), ArrowError> {
    let options = FormatOptions::default();
    let formats = batch
        .columns()
        .iter()
        .map(|array| ArrayFormatter::try_new(array, &options))
        .collect::<Result<Vec<_>, _>>()?;
    for row in 0..batch.num_rows() {
        for (array, format) in batch.columns().iter().zip(&formats) {
            match array.data_type() {
                _ if array.is_null(row) => append_cell(rows, b""),
                DataType::Utf8 => append_cell(rows, array.as_string::<i32>().value(row).as_bytes()),
                _ => append_cell(rows, format.value(row).try_to_string()?.as_bytes()),
            }
        }
        end_row(rows);
    }
    Ok(())
}

fn append_cell(row: &mut Vec<u8>, value: &[u8]) {
    row.push(b'"');
    for &byte in value {
        if byte == b'"' {
            row.push(b'"');
        }
        row.push(byte);
    }
    row.extend_from_slice(b"\",");
}

fn end_row(row: &mut Vec<u8>) {
    row.pop();
    row.push(b'\n');
}

fn failed(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    }
}
