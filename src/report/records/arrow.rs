//! Units or documents as Arrow columns, for Spark's `mapInArrow`, pandas, polars and DuckDB.
//!
//! The columns are those of `sentences.csv` and `documents.csv`, and what only a list can hold behind them. What is a
//! joined list there is a list here, numbers are signed, since Spark knows no others, and every column may hold nulls.

mod documents;
mod units;

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};

use crate::analyze::Analysis;
use crate::document::{Document, Structure};
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{self, Record};

/// The columns of some consecutive documents.
#[derive(Debug)]
pub(super) enum Columns {
    Units(Box<units::UnitColumns>),
    Documents(Box<documents::DocumentColumns>),
}

impl Columns {
    pub(super) fn new(record: Record, kept: &[String]) -> Columns {
        match record {
            Record::Unit => Columns::Units(Box::default()),
            Record::Document => Columns::Documents(Box::new(documents::DocumentColumns::new(kept))),
        }
    }

    pub(super) fn add(
        &mut self,
        document: &Document,
        structure: &Structure,
        analysis: &Analysis,
        lexicon: &Lexicon,
    ) {
        match self {
            Columns::Units(columns) => columns.add(document, structure, analysis, lexicon),
            Columns::Documents(columns) => columns.add(document, analysis, lexicon),
        }
    }

    /// Adds a document that was not analysed because of its language; it has no units.
    pub(super) fn set_aside(&mut self, document: &Document) {
        match self {
            Columns::Units(_) => {}
            Columns::Documents(columns) => columns.set_aside(document),
        }
    }

    fn finish(self) -> RecordBatch {
        let columns = match self {
            Columns::Units(columns) => columns.finish(),
            Columns::Documents(columns) => columns.finish(),
        };
        let fields = columns
            .iter()
            .map(|(name, array)| Field::new(name, array.data_type().clone(), true));
        let schema = Schema::new(fields.collect::<Fields>());
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        RecordBatch::try_new(Arc::new(schema), arrays).expect("columns are of one length")
    }
}

/// A named column.
type Column = (String, ArrayRef);

/// The `columns` of a table with what they hold.
fn named<const N: usize>(columns: &[report::schema::Column], arrays: [ArrayRef; N]) -> Vec<Column> {
    assert_eq!(columns.len(), N, "each column has an array");
    let names = columns.iter().map(|column| column.name.to_owned());
    names.zip(arrays).collect()
}

/// Writes an Arrow IPC stream.
pub(super) struct StreamWriter<W: Write>(arrow_ipc::writer::StreamWriter<W>);

impl<W: Write> StreamWriter<W> {
    pub(super) fn start(record: Record, kept: &[String], out: W) -> Result<Self, Error> {
        // The schema is that of a batch without rows, so that it is stated only once.
        let schema = Columns::new(record, kept).finish().schema();
        arrow_ipc::writer::StreamWriter::try_new(out, &schema)
            .map(StreamWriter)
            .map_err(failed)
    }

    pub(super) fn write(&mut self, columns: Columns) -> Result<(), Error> {
        let batch = columns.finish();
        if batch.num_rows() == 0 {
            return Ok(());
        }
        self.0.write(&batch).map_err(failed)
    }

    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.0.finish().map_err(failed)
    }
}

fn failed(error: ArrowError) -> Error {
    let source = match error {
        ArrowError::IoError(_, source) => source,
        other => std::io::Error::other(other),
    };
    Error::output("standard output", source)
}

/// Appends a list of names as one value.
fn append_names<'a>(
    list: &mut ListBuilder<StringBuilder>,
    names: impl IntoIterator<Item = &'a str>,
) {
    for name in names {
        list.values().append_value(name);
    }
    list.append(true);
}

/// The type of the items of a list.
fn item(data_type: DataType) -> Field {
    Field::new("item", data_type, true)
}
