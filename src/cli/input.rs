//! The flags of all commands that read documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::document::Genre;
use crate::input::{Format, InputOptions, Limits, MarkupChoice, Part, PdfChoice};

/// How inputs are read.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Column with the id [default: the first usual name, such as id or job_id]
    #[arg(long, value_name = "COL")]
    id: Option<String>,
    /// Column with the job title [default: as for --id]
    #[arg(long, value_name = "COL")]
    title: Option<String>,
    /// Column with the text [default: as for --id]
    #[arg(long, value_name = "COL")]
    text: Option<String>,
    /// Column with the employer
    #[arg(long, value_name = "COL")]
    employer: Option<String>,
    /// Metadata column to carry into documents.csv; may be repeated
    #[arg(long, value_name = "COL")]
    keep: Vec<String>,
    /// Read all documents as postings or as essays [default: rows are postings, files are essays]
    #[arg(long = "as", value_name = "GENRE")]
    genre: Option<GenreArg>,
    /// How the marks in text are read
    #[arg(long, value_name = "KIND", default_value = "auto")]
    markup: MarkupArg,
    /// Format of all inputs [default: told from extension and content]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<FormatArg>,
    /// Character encoding of all inputs, such as windows-1252 [default: told from the bytes]
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Read also the inputs that this file names, one a line (or with NULs between them); - for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Follow symbolic links in folders
    #[arg(long)]
    follow_links: bool,
    /// Leave text as it is that was read in a wrong encoding once, such as `donâ€™t`
    #[arg(long)]
    no_repair: bool,
    /// Analyse text in other languages than English too
    #[arg(long)]
    any_language: bool,
    /// What reads PDFs: pdftotext where it is installed, else a built-in reader
    #[arg(long, value_name = "READER", default_value = "auto")]
    pdf: PdfArg,
    /// Bounds.
    #[command(flatten)]
    limits: LimitArgs,
}

/// Beyond what a record, document or archive is a problem row. Sizes are bytes, or have K, M or G behind them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct LimitArgs {
    /// One row, line, object or file, decompressed
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    max_record: u64,
    /// The text of one document, converted
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size)]
    max_text: u64,
    /// Members of one archive
    #[arg(long, value_name = "N", default_value_t = Limits::default().entries)]
    max_entries: usize,
    /// Archives inside archives; 1 reads the members of an archive and no archive among them
    #[arg(long, value_name = "N", default_value_t = Limits::default().nesting)]
    max_nesting: usize,
    /// Times that a member may be larger than stored, beyond its first 10 MiB
    #[arg(long, value_name = "N", default_value_t = Limits::default().ratio)]
    max_ratio: u64,
    /// All members of one archive together
    #[arg(long, value_name = "SIZE", default_value = "4G", value_parser = size)]
    max_unpacked: u64,
    /// Cells of one workbook
    #[arg(long, value_name = "N", default_value_t = Limits::default().cells)]
    max_cells: usize,
    /// Pages of one PDF
    #[arg(long, value_name = "N", default_value_t = Limits::default().pages)]
    max_pages: usize,
    /// Seconds in which one PDF or Word file must be read
    #[arg(long, value_name = "N", default_value_t = Limits::default().seconds)]
    max_seconds: u64,
    /// Memory of each process that reads PDFs and Word files
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    max_memory: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum GenreArg {
    Posting,
    Essay,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MarkupArg {
    Auto,
    Text,
    Markdown,
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PdfArg {
    Auto,
    Pdftotext,
    Builtin,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    Csv,
    Tsv,
    Jsonl,
    Json,
    Text,
    Markdown,
    Html,
}

impl InputArgs {
    /// The options that were typed, for the part to be read.
    pub fn options(&self, part: Option<Part>) -> InputOptions {
        InputOptions {
            id: self.id.clone(),
            title: self.title.clone(),
            text: self.text.clone(),
            employer: self.employer.clone(),
            keep: self.keep.clone(),
            genre: self.genre.map(genre),
            markup: match self.markup {
                MarkupArg::Auto => MarkupChoice::Auto,
                MarkupArg::Text => MarkupChoice::Text,
                MarkupArg::Markdown => MarkupChoice::Markdown,
                MarkupArg::Html => MarkupChoice::Html,
            },
            format: self.input_format.map(|format| match format {
                FormatArg::Csv => Format::Csv,
                FormatArg::Tsv => Format::Tsv,
                FormatArg::Jsonl => Format::Jsonl,
                FormatArg::Json => Format::Json,
                FormatArg::Text => Format::Text,
                FormatArg::Markdown => Format::Markdown,
                FormatArg::Html => Format::Html,
            }),
            encoding: self.encoding.clone(),
            files_from: self.files_from.clone(),
            follow_links: self.follow_links,
            part,
            pdf: match self.pdf {
                PdfArg::Auto => PdfChoice::Auto,
                PdfArg::Pdftotext => PdfChoice::Pdftotext,
                PdfArg::Builtin => PdfChoice::Builtin,
            },
            any_language: self.any_language,
            no_repair: self.no_repair,
            reader: std::env::current_exe().ok(),
            limits: self.limits.limits(),
        }
    }
}

impl LimitArgs {
    fn limits(&self) -> Limits {
        // Longer than memory can hold is no limit.
        let bytes = |size: u64| usize::try_from(size).unwrap_or(usize::MAX);
        Limits {
            record: bytes(self.max_record),
            text: bytes(self.max_text),
            entries: self.max_entries,
            nesting: self.max_nesting,
            ratio: self.max_ratio,
            unpacked: self.max_unpacked,
            cells: self.max_cells,
            pages: self.max_pages,
            seconds: self.max_seconds,
            memory: self.max_memory,
        }
    }
}

/// Reads a number of bytes: `4096`, `64K`, `16M`, `4G`.
fn size(text: &str) -> Result<u64, String> {
    let units = [('K', 10), ('M', 20), ('G', 30)];
    let upper = text.to_ascii_uppercase();
    let unit = units.iter().find(|(unit, _)| upper.ends_with(*unit));
    let (digits, shift) = unit.map_or((upper.as_str(), 0), |(_, shift)| {
        (&upper[..upper.len() - 1], *shift)
    });
    let number = digits.parse::<u64>().ok();
    number
        .and_then(|number| number.checked_mul(1 << shift))
        .ok_or_else(|| "give a number of bytes, or one with K, M or G behind it".to_string())
}

pub(super) fn genre(genre: GenreArg) -> Genre {
    match genre {
        GenreArg::Posting => Genre::Posting,
        GenreArg::Essay => Genre::Essay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_of_1024() {
        assert_eq!(size("4096"), Ok(4096));
        assert_eq!(size("64k"), Ok(64 << 10));
        assert_eq!(size("16M"), Ok(16 << 20));
        assert_eq!(size("4G"), Ok(4 << 30));
        for wrong in ["", "M", "1.5G", "-1", "20000000000G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        let args = LimitArgs {
            max_record: size("64M").unwrap(),
            max_text: size("16M").unwrap(),
            max_entries: 20_000,
            max_nesting: 1,
            max_ratio: 200,
            max_unpacked: size("4G").unwrap(),
            max_cells: 5_000_000,
            max_pages: 2000,
            max_seconds: 30,
            max_memory: size("256M").unwrap(),
        };
        assert_eq!(args.limits(), Limits::default());
    }
}
