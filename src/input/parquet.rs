//! Parquet files → record batches of the columns that are wanted.

use std::fs::File;

use arrow_schema::Schema;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::ChunkReader;

use super::InputOptions;
use super::archive::Store;
use super::columnar::BatchesAsCsv;
use super::columns::Columns;

/// Rows of a batch: few, because texts are long.
const ROWS: usize = 512;

/// Why a file cannot be read as a table.
pub(super) enum Unread {
    /// It is damaged, or uses what is not known.
    Damaged(String),
    /// It lacks columns.
    Columns(String),
}

/// Opens a file; only the columns that documents are made of are read from it.
pub(super) fn open(store: &Store, options: &InputOptions) -> Result<BatchesAsCsv, Unread> {
    match store {
        Store::File(path) => {
            let file = File::open(path).map_err(|error| Unread::Damaged(error.to_string()))?;
            batches(file, options)
        }
        Store::Memory(bytes) => batches(Bytes::from_owner(bytes.clone()), options),
    }
}

fn batches(
    file: impl ChunkReader + 'static,
    options: &InputOptions,
) -> Result<BatchesAsCsv, Unread> {
    let damaged = |error: parquet::errors::ParquetError| {
        Unread::Damaged(format!("is a damaged Parquet file: {error}"))
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
    let names = names(builder.schema());
    let columns = Columns::find(options, &names).map_err(Unread::Columns)?;
    let wanted = columns.fields.iter().flatten().chain(&columns.keep);
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.copied());
    let reader = builder.with_projection(mask).with_batch_size(ROWS);
    let reader = reader.build().map_err(damaged)?;
    let schema = arrow_array::RecordBatchReader::schema(&reader);
    Ok(BatchesAsCsv::new(&schema, reader))
}

fn names(schema: &Schema) -> Vec<String> {
    let fields = schema.fields().iter();
    fields.map(|field| field.name().clone()).collect()
}
