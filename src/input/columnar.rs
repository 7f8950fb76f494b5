//! Record batches of an Arrow stream → the bytes of a CSV table, which the reader of tables takes on,
//! so that columns, ids and broken values are treated alike whatever the format.

use std::io::{self, Read};

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_ipc::reader::StreamReader;
use arrow_schema::{ArrowError, DataType, Schema};

/// An Arrow IPC stream, read as CSV: every cell quoted, a null an empty cell.
pub(super) struct ArrowAsCsv<R: Read> {
    batches: StreamReader<R>,
    /// CSV of the header or of the batch at hand.
    rows: Vec<u8>,
    /// The part of `rows` that has been handed out.
    given: usize,
}

impl<R: Read> ArrowAsCsv<R> {
    /// Reads the schema.
    ///
    /// # Errors
    ///
    /// Where the bytes are no Arrow IPC stream.
    pub(super) fn new(reader: R) -> io::Result<ArrowAsCsv<R>> {
        let batches = StreamReader::try_new(reader, None).map_err(failed)?;
        Ok(ArrowAsCsv {
            rows: header(&batches.schema()),
            given: 0,
            batches,
        })
    }
}

impl<R: Read> Read for ArrowAsCsv<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.rows.len() {
            let Some(batch) = self.batches.next() else {
                return Ok(0);
            };
            self.rows.clear();
            self.given = 0;
            append_rows(&mut self.rows, &batch.map_err(failed)?).map_err(failed)?;
        }
        let left = &self.rows[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
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
