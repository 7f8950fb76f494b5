//! Bytes → documents: which files there are, what they hold, and what is wrong with them.
//!
//! [`Source`] reads the inputs one after another, cuts them into raw records and
//! checks their ids; it is sequential and cheap. [`Batch::finish`] does the costly
//! part for one record — decoding, conversion of HTML, building the
//! [`Document`](crate::document::Document) — and is pure, so that it can run on
//! every core. Every record ends as a document or as a problem of severity `error`.

mod archive;
mod batch;
mod chunk;
#[cfg(feature = "arrow")]
mod columnar;
mod columns;
mod csv;
mod decode;
mod docx;
mod entities;
mod extract;
mod files;
mod format;
mod gate;
mod html;
mod isolate;
mod json;
mod language;
mod layout;
mod lines;
mod markup;
mod mojibake;
mod objects;
mod open;
mod package;
#[cfg(feature = "parquet")]
mod parquet;
mod pdf;
mod source;
mod stream;
mod student;
mod table;
#[cfg(test)]
mod tests;
mod walk;
mod workbook;
mod xml;
mod zstd;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::document::Genre;

pub use batch::{Batch, Finished};
pub use format::Format;
pub use gate::Part;
pub use isolate::{COMMAND as READER_COMMAND, serve as serve_reader};
pub use markup::MarkupChoice;
pub use open::InputSummary;
pub use pdf::PdfChoice;
pub use source::Source;

/// What to read from the inputs and how; the flags of the command line that concern reading.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InputOptions {
    /// `--id`: the column with the id; by default the first usual name that is there.
    pub id: Option<String>,
    /// `--title`: the column with the job title; by default as for `id`.
    pub title: Option<String>,
    /// `--text`: the column with the text; by default as for `id`.
    pub text: Option<String>,
    /// `--employer`: the column with the employer; by default as for `id`.
    pub employer: Option<String>,
    /// `--keep`: metadata columns that documents carry through, in this order.
    pub keep: Vec<String>,
    /// `--as`: the genre of all documents; by default rows are postings and files are essays.
    pub genre: Option<Genre>,
    /// `--markup`: how the marks in text are read.
    pub markup: MarkupChoice,
    /// `--input-format`: the format of all inputs; by default extension and content tell.
    pub format: Option<Format>,
    /// `--encoding`: a label of the WHATWG Encoding Standard; by default told from the bytes.
    pub encoding: Option<String>,
    /// `--files-from`: a file with the names of more inputs, one a line; `-` is standard input.
    #[serde(skip)]
    pub files_from: Option<PathBuf>,
    /// `--follow-links`: whether symbolic links in folders are followed.
    pub follow_links: bool,
    /// `--part`: the share of the records that is handed out.
    pub part: Option<Part>,
    /// `--pdf`: what reads PDFs.
    pub pdf: PdfChoice,
    /// `--any-language`: whether text in other languages than English is analysed.
    pub any_language: bool,
    /// `--no-repair`: whether text that was read in a wrong encoding once is left so.
    pub no_repair: bool,
    /// The program that reads risky formats in a process apart when started with
    /// [`READER_COMMAND`]; without one they are read in this process, where a hostile file
    /// can end it.
    #[serde(skip)]
    pub reader: Option<PathBuf>,
    /// Bounds beyond which a record, document or archive is refused.
    pub limits: Limits,
}

/// Bounds beyond which a record, document or archive becomes a problem row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// `--max-record`: one row, line or whole file as it is stored (decompressed), in bytes.
    pub record: usize,
    /// `--max-text`: the text of one document, decoded and converted, in bytes; at most 4 GiB.
    pub text: usize,
    /// `--max-entries`: members of one archive.
    pub entries: usize,
    /// `--max-nesting`: archives inside archives; 1 reads the members of an archive and no deeper.
    pub nesting: usize,
    /// `--max-ratio`: how many times larger than stored a member may be beyond its first 10 MiB.
    pub ratio: u64,
    /// `--max-unpacked`: all members of one archive together, in bytes.
    pub unpacked: u64,
    /// `--max-cells`: cells of one workbook.
    pub cells: usize,
    /// `--max-pages`: pages of one document.
    pub pages: usize,
    /// `--max-seconds`: time in which one document must be read where it is read in a process apart.
    pub seconds: u64,
    /// `--max-memory`: memory of each of these processes, in bytes.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            record: 64 << 20,
            text: 16 << 20,
            entries: 20_000,
            nesting: 1,
            ratio: 200,
            unpacked: 4 << 30,
            cells: 5_000_000,
            pages: 2000,
            seconds: 30,
            memory: 256 << 20,
        }
    }
}
