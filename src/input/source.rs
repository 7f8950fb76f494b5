//! The inputs one after another → batches of raw records.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;
use serde::Serialize;

use super::batch::Batch;
use super::columns::is_text;
use super::files::WholeFile;
use super::format::{json_kind, refusal, sniff};
use super::gate::Gate;
use super::lines::Lines;
use super::objects::Objects;
use super::stream::Stream;
use super::table::Table;
use super::walk::{Entry, walk};
use super::{Format, InputOptions};
use crate::document::Origin;
use crate::error::{Error, Severity};

/// Most records of a batch: small files must not make a batch of unbounded work.
const MOST_RECORDS: usize = 4096;

/// One input as it was read, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputSummary {
    /// What reports call the input.
    pub input: String,
    /// Its format.
    pub format: Format,
    /// Its length as stored, in bytes.
    pub bytes: u64,
    /// BLAKE3 of the stored bytes, in hexadecimal.
    pub blake3: String,
}

/// Reads inputs record by record. Memory is bounded by the batch and the longest
/// record; besides, ids take 20 to 40 MB for a million records.
pub struct Source {
    options: Arc<InputOptions>,
    encoding: Option<&'static Encoding>,
    queue: VecDeque<Entry>,
    current: Option<Opened>,
    gate: Gate,
    summaries: Vec<InputSummary>,
}

/// An input that is being read.
struct Opened {
    label: Arc<str>,
    format: Format,
    reader: Reader,
}

enum Reader {
    Table(Box<Table>),
    Lines(Lines),
    Objects(Objects),
    File(WholeFile),
}

/// Why an input cannot be opened.
enum Refusal {
    /// The bytes cannot be read.
    Read(String),
    /// The bytes are no such format.
    Format(String),
    /// Columns are missing; names the flag.
    Columns(String),
}

impl Source {
    /// Finds the inputs and checks what can be checked before anything is written: that
    /// files exist and tables that are named themselves have the columns asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where an input is missing, a column is missing from a table that
    /// is named itself, or an option has no meaning.
    pub fn open(inputs: &[PathBuf], options: InputOptions) -> Result<Source, Error> {
        let encoding = options.encoding.as_deref().map(encoding_of).transpose()?;
        if let Some(part) = options
            .part
            .filter(|part| part.number == 0 || part.number > part.of)
        {
            let (number, of) = (part.number, part.of);
            return Err(Error::Usage(format!(
                "--part {number}/{of}: the first number must be 1 to {of}"
            )));
        }
        let source = Source {
            encoding,
            queue: walk(inputs)?.into(),
            current: None,
            gate: Gate::new(options.part),
            summaries: Vec::new(),
            options: Arc::new(options),
        };
        for entry in &source.queue {
            source.check(entry)?;
        }
        Ok(source)
    }

    /// Tries to open a file that is named itself. Pipes can be read but once and wait.
    fn check(&self, entry: &Entry) -> Result<(), Error> {
        let regular = entry
            .path
            .as_deref()
            .filter(|path| entry.named && path.is_file());
        let Some(path) = regular else {
            return Ok(());
        };
        match self.open_entry(entry) {
            Err(Refusal::Columns(reason)) => Err(Error::Usage(format!("{} {reason}", entry.label))),
            Err(Refusal::Read(reason)) => Err(Error::Usage(format!(
                "cannot read {}: {reason}",
                path.display()
            ))),
            _ => Ok(()),
        }
    }

    /// The next records, from about `max_bytes` of input; `None` at the end. A batch may
    /// be empty: a long record needs several, and other parts have their share.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where standard input or a pipe lacks a column.
    pub fn next_batch(&mut self, max_bytes: usize) -> Result<Option<Batch>, Error> {
        let mut batch = Batch {
            options: self.options.clone(),
            ..Batch::default()
        };
        while batch.bytes.len() < max_bytes && batch.records.len() < MOST_RECORDS {
            let Some(mut opened) = self.current.take() else {
                let Some(entry) = self.queue.pop_front() else {
                    break;
                };
                self.current = self.begin(&entry, &mut batch)?;
                continue;
            };
            let most = max_bytes - batch.bytes.len();
            let ended = match &mut opened.reader {
                Reader::Table(table) => table.fill(&mut batch, &mut self.gate, most),
                Reader::Lines(lines) => lines.fill(&mut batch, &mut self.gate, most),
                Reader::Objects(objects) => objects.fill(&mut batch, &mut self.gate, most),
                Reader::File(file) => file.fill(&mut batch, &mut self.gate),
            };
            if ended {
                self.summaries.push(opened.summary());
            } else {
                self.current = Some(opened);
            }
        }
        let ended = self.current.is_none() && self.queue.is_empty();
        Ok((!ended || !batch.is_empty()).then_some(batch))
    }

    /// The inputs read to their end so far, in input order; after the last batch, all.
    pub fn summaries(&self) -> &[InputSummary] {
        &self.summaries
    }

    /// Opens the next input, or hands out the problem that it is.
    fn begin(&mut self, entry: &Entry, batch: &mut Batch) -> Result<Option<Opened>, Error> {
        let origin = Origin {
            input: entry.label.clone(),
            row: 0,
        };
        if let Some(reason) = &entry.skipped {
            self.gate
                .problem(batch, origin, "read", Severity::Warning, reason.clone());
            return Ok(None);
        }
        let (stage, reason) = match self.open_entry(entry) {
            Ok(opened) => return Ok(Some(opened)),
            Err(Refusal::Columns(reason)) if entry.named => {
                return Err(Error::Usage(format!("{} {reason}", entry.label)));
            }
            Err(Refusal::Columns(reason) | Refusal::Format(reason)) => ("parse", reason),
            Err(Refusal::Read(reason)) => ("read", reason),
        };
        self.gate
            .problem(batch, origin, stage, Severity::Error, reason);
        Ok(None)
    }

    fn open_entry(&self, entry: &Entry) -> Result<Opened, Refusal> {
        let path = entry.path.as_deref();
        let stream =
            Stream::open(path, self.encoding).map_err(|error| Refusal::Read(error.to_string()))?;
        if let Some(reason) = refusal(stream.head()) {
            return Err(Refusal::Format(reason.to_string()));
        }
        let named = Format::of_path(path.unwrap_or(Path::new("")));
        let format = match self.options.format.or(named) {
            Some(Format::Json) => json_kind(stream.head()),
            Some(format) => format,
            None => sniff(stream.head(), |name| is_text(&self.options, name)),
        };
        let label = entry.label.clone();
        let reader = match format {
            Format::Csv | Format::Tsv => {
                let delimiter = (format == Format::Tsv).then_some(b'\t');
                let table = Table::new(stream, label.clone(), delimiter, &self.options);
                Reader::Table(Box::new(table.map_err(Refusal::Columns)?))
            }
            Format::Jsonl => Reader::Lines(Lines::new(stream, label.clone(), self.options.clone())),
            Format::Json => {
                Reader::Objects(Objects::new(stream, label.clone(), self.options.clone()))
            }
            Format::Text | Format::Markdown | Format::Html => {
                Reader::File(WholeFile::new(stream, label.clone(), format, &self.options))
            }
        };
        Ok(Opened {
            label,
            format,
            reader,
        })
    }
}

impl Opened {
    fn summary(self) -> InputSummary {
        let chunk = match self.reader {
            Reader::Table(table) => table.into_chunk(),
            Reader::Lines(lines) => lines.into_chunk(),
            Reader::Objects(objects) => objects.into_chunk(),
            Reader::File(file) => file.into_chunk(),
        };
        let (blake3, bytes) = chunk.finish();
        InputSummary {
            input: self.label.to_string(),
            format: self.format,
            bytes,
            blake3,
        }
    }
}

fn encoding_of(label: &str) -> Result<&'static Encoding, Error> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Error::Usage(format!(
            "--encoding {label}: no such encoding; try utf-8, windows-1252, macintosh or utf-16le"
        ))
    })
}
