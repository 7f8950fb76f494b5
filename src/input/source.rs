//! The inputs one after another → batches of raw records.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use super::batch::Batch;
use super::gate::Gate;
use super::isolate::Readers;
use super::open::{InputSummary, Opened, Opener, Opening, Reader, Refusal};
use super::walk::{Content, Entry, walk};
use super::{Format, InputOptions, PdfChoice};
use crate::document::Origin;
use crate::error::{Error, Severity};

/// Most records of a batch: small files must not make a batch of unbounded work.
const MOST_RECORDS: usize = 4096;

/// Reads inputs record by record. Memory is bounded by the batch and the longest
/// record; besides, ids take 20 to 40 MB for a million records.
pub struct Source {
    options: Arc<InputOptions>,
    readers: Arc<Readers>,
    opener: Opener,
    queue: VecDeque<Entry>,
    current: Option<Opened>,
    /// Number of the first record or problem of the current input.
    first: u64,
    gate: Gate,
    summaries: Vec<InputSummary>,
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
        let options = Arc::new(options);
        let opener = Opener::new(options.clone())?;
        if let Some(part) = options
            .part
            .filter(|part| part.number == 0 || part.number > part.of)
        {
            let (number, of) = (part.number, part.of);
            return Err(Error::Usage(format!(
                "--part {number}/{of}: the first number must be 1 to {of}"
            )));
        }
        let readers = Readers::new(&options);
        if options.pdf == PdfChoice::Pdftotext && readers.pdftotext().is_none() {
            return Err(Error::Usage(
                "--pdf pdftotext: Poppler's pdftotext is not installed (package poppler-utils); --pdf builtin does without".to_string(),
            ));
        }
        let source = Source {
            readers: Arc::new(readers),
            opener,
            queue: walk(inputs, &options)?.into(),
            current: None,
            first: 0,
            gate: Gate::new(options.part),
            summaries: Vec::new(),
            options,
        };
        for entry in &source.queue {
            source.check(entry)?;
        }
        Ok(source)
    }

    /// Finds the inputs of a command that reads JSON lines on standard input where none is named.
    ///
    /// # Errors
    ///
    /// As [`open`](Source::open).
    pub fn open_or_standard(inputs: &[PathBuf], options: InputOptions) -> Result<Source, Error> {
        let standard = [PathBuf::from("-")];
        let none = inputs.is_empty() && options.files_from.is_none();
        if !none && inputs != standard {
            return Source::open(inputs, options);
        }
        let format = Some(options.format.unwrap_or(Format::Jsonl));
        Source::open(&standard, InputOptions { format, ..options })
    }

    /// Tries to open a file that is named itself. Pipes can be read but once and wait.
    fn check(&self, entry: &Entry) -> Result<(), Error> {
        let regular = match &entry.content {
            Content::File(path) => path.is_file(),
            Content::Standard | Content::Member(..) | Content::Sheet(_) | Content::Nothing => false,
        };
        if !regular || !entry.named {
            return Ok(());
        }
        let label = &entry.label;
        match self.opener.open(entry) {
            Err(Refusal::Columns(reason)) => Err(Error::Usage(format!("{label} {reason}"))),
            Err(Refusal::Read(reason)) => {
                Err(Error::Usage(format!("cannot read {label}: {reason}")))
            }
            Ok(_) | Err(Refusal::Format(_)) => Ok(()),
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
            readers: self.readers.clone(),
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
            if ended && self.first == self.gate.next() {
                let origin = origin(&opened.label);
                let reason = "it holds no records".to_string();
                self.gate
                    .problem(&mut batch, origin, "read", Severity::Warning, reason);
            }
            if ended && opened.is_sheet {
                // Its workbook is in the list already.
            } else if ended {
                let mut summary = opened.summary();
                if summary.format == Format::Pdf {
                    summary.reader = Some(self.readers.pdf_reader());
                }
                let apart = summary.reader.is_some();
                self.summaries.push(summary);
                if apart {
                    // Reading it costs so much that the next one is for another thread.
                    break;
                }
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
        let origin = origin(&entry.label);
        if let Some((severity, reason)) = &entry.skipped {
            self.gate
                .problem(batch, origin, "read", *severity, reason.clone());
            return Ok(None);
        }
        let (stage, reason) = match self.opener.open(entry) {
            Ok(Opening::One(opened)) => {
                self.first = self.gate.next();
                return Ok(Some(opened));
            }
            Ok(Opening::Many(entries, summary)) => {
                self.summaries.push(summary);
                entries
                    .into_iter()
                    .rev()
                    .for_each(|entry| self.queue.push_front(entry));
                return Ok(None);
            }
            Err(Refusal::Columns(reason)) if entry.named => {
                return Err(Error::Usage(format!("{} {reason}", entry.label)));
            }
            Err(Refusal::Columns(reason) | Refusal::Format(reason)) => ("parse", reason),
            Err(Refusal::Read(reason)) => ("read", format!("cannot be read: {reason}")),
        };
        self.gate
            .problem(batch, origin, stage, Severity::Error, reason);
        Ok(None)
    }
}

/// A whole input, as what problems are of.
fn origin(label: &Arc<str>) -> Origin {
    Origin {
        input: label.clone(),
        row: 0,
    }
}
