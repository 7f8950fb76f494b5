//! Records for pipes: one per unit or one per document, as JSON lines, CSV or an Arrow stream.

mod json;

#[cfg(feature = "arrow")]
mod arrow;

use std::io::Write;

use crate::analyze::Analysis;
use crate::document::{Document, Structure};
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{DOCUMENTS, SENTENCES, Table, documents_row, sentences_rows, set_aside_row};

/// What one record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A unit: what `sentences.csv` holds.
    Unit,
    /// A document: what `documents.csv` holds.
    Document,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFormat {
    /// JSON lines.
    Jsonl,
    /// The columns of `sentences.csv` or `documents.csv`.
    Csv,
    /// An Arrow IPC stream.
    Arrow,
}

/// The records of some consecutive documents, not written yet.
#[derive(Debug)]
pub struct Records {
    record: Record,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    Jsonl(Vec<u8>),
    Csv(Table),
    #[cfg(feature = "arrow")]
    Arrow(arrow::Columns),
}

/// Writes records one batch after another.
pub struct RecordWriter<W: Write> {
    sink: Sink<W>,
}

enum Sink<W: Write> {
    Bytes(W),
    #[cfg(feature = "arrow")]
    Arrow(Box<arrow::StreamWriter<W>>),
}

impl Records {
    /// No records yet; `kept` names the metadata columns carried through.
    pub fn new(record: Record, format: RecordFormat, kept: &[String]) -> Records {
        let rows = match format {
            RecordFormat::Jsonl => Rows::Jsonl(Vec::new()),
            RecordFormat::Csv => Rows::Csv(Table::new()),
            #[cfg(feature = "arrow")]
            RecordFormat::Arrow => Rows::Arrow(arrow::Columns::new(record, kept)),
            #[cfg(not(feature = "arrow"))]
            RecordFormat::Arrow => {
                let _ = kept;
                unreachable!("the writer refused the format")
            }
        };
        Records { record, rows }
    }

    /// Adds the records of one document.
    pub fn add(
        &mut self,
        document: &Document,
        structure: &Structure,
        analysis: &Analysis,
        lexicon: &Lexicon,
    ) {
        match (&mut self.rows, self.record) {
            (Rows::Jsonl(out), Record::Unit) => {
                json::units(out, document, structure, analysis, lexicon);
            }
            (Rows::Jsonl(out), Record::Document) => {
                json::document(out, document, analysis, lexicon);
            }
            (Rows::Csv(table), Record::Unit) => {
                sentences_rows(table, document, structure, analysis, lexicon, true);
            }
            (Rows::Csv(table), Record::Document) => documents_row(table, document, analysis),
            #[cfg(feature = "arrow")]
            (Rows::Arrow(columns), _) => columns.add(document, structure, analysis, lexicon),
        }
    }

    /// Adds the record of a document that was not analysed because of its language; it has no units.
    pub fn set_aside(&mut self, document: &Document) {
        if self.record == Record::Unit {
            return;
        }
        match &mut self.rows {
            Rows::Jsonl(out) => json::set_aside(out, document),
            Rows::Csv(table) => set_aside_row(table, document),
            #[cfg(feature = "arrow")]
            Rows::Arrow(columns) => columns.set_aside(document),
        }
    }
}

impl<W: Write> RecordWriter<W> {
    /// Writes the head of the format, if it has one.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where this build lacks the format; [`Error::Output`] where `out` cannot be written.
    pub fn start(
        record: Record,
        format: RecordFormat,
        kept: &[String],
        mut out: W,
    ) -> Result<RecordWriter<W>, Error> {
        let sink = match format {
            RecordFormat::Jsonl => Sink::Bytes(out),
            RecordFormat::Csv => {
                let (schema, kept) = match record {
                    Record::Unit => (&SENTENCES, &[][..]),
                    Record::Document => (&DOCUMENTS, kept),
                };
                let own = schema.columns.iter().map(|column| column.name);
                let mut table = Table::new();
                table.row(own.chain(kept.iter().map(String::as_str)));
                out.write_all(&table.into_bytes()).map_err(failed)?;
                Sink::Bytes(out)
            }
            #[cfg(feature = "arrow")]
            RecordFormat::Arrow => {
                Sink::Arrow(Box::new(arrow::StreamWriter::start(record, kept, out)?))
            }
            #[cfg(not(feature = "arrow"))]
            RecordFormat::Arrow => {
                return Err(Error::Usage(
                    "--format arrow: this build has no Arrow; build with --features arrow".into(),
                ));
            }
        };
        Ok(RecordWriter { sink })
    }

    /// Appends a batch of records.
    ///
    /// # Errors
    ///
    /// [`Error::Output`].
    pub fn write(&mut self, records: Records) -> Result<(), Error> {
        match (&mut self.sink, records.rows) {
            (Sink::Bytes(out), Rows::Jsonl(bytes)) => out.write_all(&bytes).map_err(failed),
            (Sink::Bytes(out), Rows::Csv(table)) => {
                out.write_all(&table.into_bytes()).map_err(failed)
            }
            #[cfg(feature = "arrow")]
            (Sink::Arrow(writer), Rows::Arrow(columns)) => writer.write(columns),
            #[cfg(feature = "arrow")]
            _ => unreachable!("records are of the writer's format"),
        }
    }

    /// Writes the end of the format and what is still buffered.
    ///
    /// # Errors
    ///
    /// [`Error::Output`].
    pub fn finish(self) -> Result<(), Error> {
        match self.sink {
            Sink::Bytes(mut out) => out.flush().map_err(failed),
            #[cfg(feature = "arrow")]
            Sink::Arrow(writer) => writer.finish(),
        }
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::output("standard output", error)
}
