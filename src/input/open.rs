//! One entry of the inputs → what reads its records: its format, told by its first bytes, and its packing.

use std::io;
use std::sync::Arc;

use encoding_rs::Encoding;
use serde::Serialize;

use super::archive::{Archive, Store};
#[cfg(feature = "arrow")]
use super::columnar::BatchesAsCsv;
use super::columns::is_text;
use super::files::WholeFile;
use super::format::{Magic, json_kind, magic, package, sniff};
use super::lines::Lines;
use super::objects::Objects;
#[cfg(feature = "parquet")]
use super::parquet;
use super::stream::Stream;
use super::table::Table;
use super::walk::{Content, Entry, members, sheets};
use super::{Format, InputOptions, Limits, workbook};
use crate::error::Error;

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

/// An input that is being read.
pub(super) struct Opened {
    pub(super) label: Arc<str>,
    format: Format,
    /// True where it is a sheet of a workbook, not a file.
    pub(super) is_sheet: bool,
    pub(super) reader: Reader,
}

/// What reads an input, by how its records lie in it.
pub(super) enum Reader {
    Table(Box<Table>),
    Lines(Lines),
    Objects(Objects),
    File(WholeFile),
}

/// What an input turned out to be.
pub(super) enum Opening {
    /// Records, or one document.
    One(Opened),
    /// Other inputs, and what the manifest says of the one that holds them.
    Many(Vec<Entry>, InputSummary),
}

/// Why an input cannot be opened.
pub(super) enum Refusal {
    /// The bytes cannot be read.
    Read(String),
    /// The bytes are no such format.
    Format(String),
    /// Columns are missing; names the flag.
    Columns(String),
}

/// Opens entries.
pub(super) struct Opener {
    options: Arc<InputOptions>,
    encoding: Option<&'static Encoding>,
}

impl Opener {
    /// # Errors
    ///
    /// [`Error::Usage`] where the encoding asked for is none.
    pub(super) fn new(options: Arc<InputOptions>) -> Result<Opener, Error> {
        let encoding = options.encoding.as_deref().map(encoding_of).transpose()?;
        Ok(Opener { options, encoding })
    }

    /// Opens an entry as far as what its first bytes say.
    pub(super) fn open(&self, entry: &Entry) -> Result<Opening, Refusal> {
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
        let archive = Archive::open(store.clone(), entry.depth(), limits);
        let archive = archive.map_err(Refusal::Format)?;
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
            format @ (Format::Xlsx | Format::Ods) => {
                self.open_workbook(entry, stream, store, format)
            }
            format => self.reader(entry, stream, format).map(Opening::One),
        }
    }

    /// Opens the sheets of a workbook as tables.
    fn open_workbook(
        &self,
        entry: &Entry,
        stream: Stream,
        store: Store,
        format: Format,
    ) -> Result<Opening, Refusal> {
        let read = workbook::read(format, store, &self.options.limits).map_err(Refusal::Format)?;
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
    /// What the manifest says of it, once it has been read to its end.
    pub(super) fn summary(self) -> InputSummary {
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
