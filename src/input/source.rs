//! The inputs one after another → batches of raw records.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::Encoding;
use serde::Serialize;

use super::archive::{Archive, Store};
use super::batch::Batch;
#[cfg(feature = "arrow")]
use super::columnar::BatchesAsCsv;
use super::columns::is_text;
use super::files::WholeFile;
use super::format::{Magic, json_kind, magic, package, sniff};
use super::gate::Gate;
use super::isolate::Readers;
use super::lines::Lines;
use super::objects::Objects;
#[cfg(feature = "parquet")]
use super::parquet;
use super::stream::Stream;
use super::table::Table;
use super::walk::{Content, Entry, members, sheets, walk};
use super::{Format, InputOptions, Limits, PdfChoice, workbook};
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
    /// For a PDF, what read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
}

/// Reads inputs record by record. Memory is bounded by the batch and the longest
/// record; besides, ids take 20 to 40 MB for a million records.
pub struct Source {
    options: Arc<InputOptions>,
    readers: Arc<Readers>,
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
    /// True where it is a sheet of a workbook, not a file.
    is_sheet: bool,
    reader: Reader,
}

enum Reader {
    Table(Box<Table>),
    Lines(Lines),
    Objects(Objects),
    File(WholeFile),
}

/// What an input turned out to be.
enum Opening {
    /// Records, or one document.
    One(Opened),
    /// Other inputs, and what the manifest says of the one that holds them.
    Many(Vec<Entry>, InputSummary),
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
        let readers = Readers::new(&options);
        if options.pdf == PdfChoice::Pdftotext && readers.pdftotext().is_none() {
            return Err(Error::Usage(
                "--pdf pdftotext: Poppler's pdftotext is not installed (package poppler-utils); --pdf builtin does without".to_string(),
            ));
        }
        let source = Source {
            readers: Arc::new(readers),
            encoding,
            queue: walk(inputs, &options)?.into(),
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
        match self.open_entry(entry) {
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
        let origin = Origin {
            input: entry.label.clone(),
            row: 0,
        };
        if let Some((severity, reason)) = &entry.skipped {
            self.gate
                .problem(batch, origin, "read", *severity, reason.clone());
            return Ok(None);
        }
        let (stage, reason) = match self.open_entry(entry) {
            Ok(Opening::One(opened)) => return Ok(Some(opened)),
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

    fn open_entry(&self, entry: &Entry) -> Result<Opening, Refusal> {
        let reader = entry.open().map_err(read_error)?;
        let encoding = match entry.content {
            // UTF-8, whatever the files are in.
            Content::Sheet(_) => None,
            _ => self.encoding,
        };
        let stream = Stream::new(reader, encoding).map_err(read_error)?;
        let format = match magic(stream.head()) {
            Some(Magic::Package) => return self.open_package(entry, stream),
            Some(magic) => told(magic)?,
            None => self.text_format(entry, &stream)?,
        };
        self.reader(entry, stream, format).map(Opening::One)
    }

    /// The format of what is no binary file by its first bytes.
    fn text_format(&self, entry: &Entry, stream: &Stream) -> Result<Format, Refusal> {
        let named = Format::of_path(entry.file_name());
        match self.options.format.or(named) {
            Some(Format::Json) => Ok(json_kind(stream.head())),
            Some(format) if format.is_binary() => {
                let name = format.name();
                let reason = format!(
                    "is called {name} and is none, or is damaged; if it is text, say so with --input-format"
                );
                Err(Refusal::Format(reason))
            }
            Some(format) => Ok(format),
            None => Ok(sniff(stream.head(), |name| is_text(&self.options, name))),
        }
    }

    /// Opens a ZIP archive, or a document that is packed as one.
    fn open_package(&self, entry: &Entry, mut stream: Stream) -> Result<Opening, Refusal> {
        let limits = self.options.limits;
        let store = store(entry, &mut stream, &limits)?;
        let archive = Archive::open(store, entry.depth(), limits).map_err(Refusal::Format)?;
        let names = archive.members().iter().map(|member| member.name.as_str());
        match told(package(stream.head(), names))? {
            Format::Zip => {
                if entry.depth() >= limits.nesting {
                    let most = limits.nesting;
                    let reason =
                        format!("is an archive inside {most} others (--max-nesting): unpack it");
                    return Err(Refusal::Format(reason));
                }
                let entries = members(&Arc::new(archive), &entry.label);
                Ok(Opening::Many(
                    entries,
                    summary(&entry.label, Format::Zip, stream.finish()),
                ))
            }
            format @ (Format::Xlsx | Format::Ods) => self.open_workbook(entry, stream, format),
            format => self.reader(entry, stream, format).map(Opening::One),
        }
    }

    /// Opens the sheets of a workbook as tables.
    fn open_workbook(
        &self,
        entry: &Entry,
        mut stream: Stream,
        format: Format,
    ) -> Result<Opening, Refusal> {
        let limits = self.options.limits;
        let bytes = stream.whole(limits.record).map_err(read_error)?;
        let read = workbook::read(format, &bytes, &limits).map_err(Refusal::Format)?;
        let entries = sheets(read, &entry.label, entry.named, &self.options);
        let entries = entries.map_err(Refusal::Columns)?;
        Ok(Opening::Many(
            entries,
            summary(&entry.label, format, stream.finish()),
        ))
    }

    fn columnar_table(&self, csv: Stream, label: &Arc<str>) -> Result<Reader, Refusal> {
        let table = Table::new(csv, label.clone(), Some(b','), &self.options);
        Ok(Reader::Table(Box::new(table.map_err(Refusal::Columns)?)))
    }

    fn reader(&self, entry: &Entry, stream: Stream, format: Format) -> Result<Opened, Refusal> {
        let (label, options) = (entry.label.clone(), &self.options);
        let reader = match format {
            Format::Csv | Format::Tsv => {
                let delimiter = match (&entry.content, format) {
                    (Content::Sheet(_), _) => Some(b','),
                    (_, Format::Tsv) => Some(b'\t'),
                    _ => None,
                };
                let table = Table::new(stream, label.clone(), delimiter, options);
                Reader::Table(Box::new(table.map_err(Refusal::Columns)?))
            }
            Format::Arrow => self.columnar_table(as_csv(stream)?, &label)?,
            Format::Parquet => {
                self.columnar_table(parquet_as_csv(entry, stream, options)?, &label)?
            }
            Format::Jsonl => Reader::Lines(Lines::new(stream, label.clone(), options.clone())),
            Format::Json => Reader::Objects(Objects::new(stream, label.clone(), options.clone())),
            Format::Text | Format::Markdown | Format::Html | Format::Docx | Format::Pdf => {
                Reader::File(WholeFile::new(stream, label.clone(), format, options))
            }
            // Packages are opened before it comes to this.
            Format::Xlsx | Format::Ods | Format::Zip => {
                let reason = format!("is a damaged {} file", format.name());
                return Err(Refusal::Format(reason));
            }
        };
        Ok(Opened {
            label,
            format,
            is_sheet: matches!(entry.content, Content::Sheet(_)),
            reader,
        })
    }
}

/// Where the bytes of a binary file can be read from any place.
fn store(entry: &Entry, stream: &mut Stream, limits: &Limits) -> Result<Store, Refusal> {
    match &entry.content {
        Content::File(path) if !stream.is_compressed() => Ok(Store::File(path.clone())),
        _ => stream
            .whole(limits.record)
            .map(Store::Memory)
            .map_err(read_error),
    }
}

fn read_error(error: io::Error) -> Refusal {
    Refusal::Read(error.to_string())
}

/// The format that the first bytes tell, or the advice for one that is not read.
fn told(magic: Magic) -> Result<Format, Refusal> {
    match magic {
        Magic::Format(format) => Ok(format),
        Magic::Package => Ok(Format::Zip),
        Magic::Refused(advice) => Err(Refusal::Format(advice.to_string())),
    }
}

fn summary(label: &str, format: Format, (blake3, bytes): (String, u64)) -> InputSummary {
    InputSummary {
        input: label.to_string(),
        format,
        bytes,
        blake3,
        reader: None,
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
        summary(&self.label, self.format, chunk.finish())
    }
}

/// The rows of an Arrow stream as those of a CSV table.
#[cfg(feature = "arrow")]
fn as_csv(stream: Stream) -> Result<Stream, Refusal> {
    stream
        .converted(|reader| Ok(Box::new(BatchesAsCsv::of_stream(reader)?)))
        .map_err(|error| Refusal::Read(format!("is no Arrow stream: {error}")))
}

#[cfg(not(feature = "arrow"))]
fn as_csv(_stream: Stream) -> Result<Stream, Refusal> {
    let reason = "is an Arrow stream, which this build does not read: build with --features arrow";
    Err(Refusal::Format(reason.to_owned()))
}

/// The rows of a Parquet file as those of a CSV table.
#[cfg(feature = "parquet")]
fn parquet_as_csv(
    entry: &Entry,
    mut stream: Stream,
    options: &InputOptions,
) -> Result<Stream, Refusal> {
    let store = store(entry, &mut stream, &options.limits)?;
    let csv = parquet::open(&store, options).map_err(|error| match error {
        parquet::Unread::Damaged(reason) => Refusal::Format(reason),
        parquet::Unread::Columns(reason) => Refusal::Columns(reason),
    })?;
    stream.converted(|_| Ok(Box::new(csv))).map_err(read_error)
}

#[cfg(not(feature = "parquet"))]
fn parquet_as_csv(_: &Entry, _: Stream, _: &InputOptions) -> Result<Stream, Refusal> {
    let reason = "is a Parquet file, which this build does not read: build with --features parquet";
    Err(Refusal::Format(reason.to_owned()))
}

fn encoding_of(label: &str) -> Result<&'static Encoding, Error> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Error::Usage(format!(
            "--encoding {label}: no such encoding; try utf-8, windows-1252, macintosh or utf-16le"
        ))
    })
}
