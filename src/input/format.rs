//! Which format an input has, told by its extension and its first bytes.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// The formats that can be read; compression is told apart and not a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Delimited text with a header: comma, semicolon, tab or bar, told from the header.
    Csv,
    /// Tab-separated text with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// A JSON array of objects, or objects one after another.
    Json,
    /// Plain text: the file is one document.
    Text,
    /// Markdown: the file is one document.
    Markdown,
    /// HTML: the file is one document.
    Html,
    /// Word's format: the file is one document.
    Docx,
    /// PDF: the file is one document.
    Pdf,
    /// Excel's format: its sheets are tables.
    Xlsx,
    /// OpenDocument's format of spreadsheets: its sheets are tables.
    Ods,
    /// Parquet: a table.
    Parquet,
    /// A ZIP archive of files in the other formats.
    Zip,
    /// An Arrow IPC stream: a table.
    Arrow,
}

const EXTENSIONS: &[(&str, Format)] = &[
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("json", Format::Json),
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("dotx", Format::Docx),
    ("pdf", Format::Pdf),
    ("xlsx", Format::Xlsx),
    ("xlsm", Format::Xlsx),
    ("ods", Format::Ods),
    ("parquet", Format::Parquet),
    ("zip", Format::Zip),
    ("arrows", Format::Arrow),
];

impl Format {
    /// The name used for `--input-format` and in the manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Jsonl => "jsonl",
            Format::Json => "json",
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
            Format::Parquet => "parquet",
            Format::Zip => "zip",
            Format::Arrow => "arrow",
        }
    }

    /// True where the bytes are no text in any encoding.
    pub(crate) const fn is_binary(self) -> bool {
        match self {
            Format::Csv | Format::Tsv | Format::Jsonl | Format::Json => false,
            Format::Text | Format::Markdown | Format::Html => false,
            Format::Docx | Format::Pdf | Format::Xlsx | Format::Ods => true,
            Format::Parquet | Format::Zip | Format::Arrow => true,
        }
    }

    /// The format that the file's extension names, `.gz` and `.zst` taken off first.
    pub fn of_path(path: &Path) -> Option<Format> {
        let extension = extension(path)?;
        let known = EXTENSIONS.iter().find(|(name, _)| *name == extension);
        known.map(|(_, format)| *format)
    }
}

/// The extension in lower case, `.gz` and `.zst` taken off first.
pub(crate) fn extension(path: &Path) -> Option<String> {
    let lower = |path: &Path| Some(path.extension()?.to_str()?.to_ascii_lowercase());
    let last = lower(path)?;
    if ["gz", "gzip", "zst", "zstd"].contains(&last.as_str()) {
        return lower(Path::new(path.file_stem()?));
    }
    Some(last)
}

/// What the first bytes of a file say that it is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magic {
    /// A format.
    Format(Format),
    /// A ZIP archive or a document that is packed as one: its members tell which.
    Package,
    /// A format that is not read, and what to do about it.
    Refused(&'static str),
}

/// Looks at the first bytes, `head`; `None` for text and what is unknown.
pub(crate) fn magic(head: &[u8]) -> Option<Magic> {
    const SIGNS: &[(&[u8], Magic)] = &[
        (b"PK\x03\x04", Magic::Package),
        (b"PK\x05\x06", Magic::Package),
        (b"%PDF-", Magic::Format(Format::Pdf)),
        (b"PAR1", Magic::Format(Format::Parquet)),
        (b"\xff\xff\xff\xff", Magic::Format(Format::Arrow)),
        (
            b"ARROW1\0\0",
            Magic::Refused("is an Arrow file (Feather): save it as Parquet or as an Arrow stream"),
        ),
        (
            b"\xd0\xcf\x11\xe0",
            Magic::Refused(
                "is a file of an old Office version, or has a password: save it as DOCX or XLSX without one",
            ),
        ),
        (
            b"{\\rtf",
            Magic::Refused("is rich text (RTF): save it as DOCX"),
        ),
        (
            b"BZh",
            Magic::Refused("is compressed with bzip2: use gzip or zstd"),
        ),
        (
            b"\xfd7zXZ\0",
            Magic::Refused("is compressed with xz: use gzip or zstd"),
        ),
        (
            b"7z\xbc\xaf\x27\x1c",
            Magic::Refused("is a 7z archive: pack it as ZIP"),
        ),
        (
            b"Rar!\x1a\x07",
            Magic::Refused("is a RAR archive: pack it as ZIP"),
        ),
    ];
    let sign = SIGNS.iter().find(|(sign, _)| head.starts_with(sign));
    sign.map(|(_, magic)| *magic)
}

/// What a ZIP archive is, told by the names of its members and its first bytes.
pub(crate) fn package<'a>(head: &[u8], names: impl Iterator<Item = &'a str>) -> Magic {
    let mime = &head[..head.len().min(128)];
    let says = |kind: &str| memchr::memmem::find(mime, kind.as_bytes()).is_some();
    if says("mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        return Magic::Format(Format::Ods);
    }
    if says("mimetypeapplication/vnd.oasis.opendocument") {
        return Magic::Refused("is an OpenDocument text: save it as DOCX");
    }
    if says("mimetypeapplication/epub") {
        return Magic::Refused("is an e-book (EPUB): save its text as HTML");
    }
    let mut office = false;
    let mut found = None;
    for name in names {
        office |= name == "[Content_Types].xml";
        found = found.or(match name.split_once('/') {
            Some(("word", _)) => Some(Magic::Format(Format::Docx)),
            Some(("xl", "workbook.bin")) => Some(Magic::Refused(
                "is a binary Excel workbook (XLSB): save it as XLSX",
            )),
            Some(("xl", "workbook.xml")) => Some(Magic::Format(Format::Xlsx)),
            Some(("ppt", _)) => Some(Magic::Refused(
                "is a PowerPoint presentation: save its text as DOCX or PDF",
            )),
            Some(("Index", name)) if name.ends_with(".iwa") => {
                office = true;
                Some(Magic::Refused(
                    "is a Pages, Numbers or Keynote document: export it as DOCX or XLSX",
                ))
            }
            _ => None,
        });
    }
    found
        .filter(|_| office)
        .unwrap_or(Magic::Format(Format::Zip))
}

/// JSON lines where the first line is a whole object, else JSON over several lines.
pub(crate) fn json_kind(head: &[u8]) -> Format {
    let start = head.trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', start) else {
        return if start.starts_with(b"{") {
            Format::Jsonl
        } else {
            Format::Json
        };
    };
    let line = serde_json::from_slice::<serde::de::IgnoredAny>(&start[..end]);
    if start.starts_with(b"{") && line.is_ok() {
        Format::Jsonl
    } else {
        Format::Json
    }
}

/// The format of bytes without a telling name: JSON lines and HTML by their first
/// characters, a table by a header with a column that `is_text_column` knows, else plain text.
pub(crate) fn sniff(head: &[u8], is_text_column: impl Fn(&str) -> bool) -> Format {
    let start = head.trim_ascii_start();
    if start.starts_with(b"{") {
        return json_kind(start);
    }
    if start.starts_with(b"[") && start[1..].trim_ascii_start().starts_with(b"{") {
        return Format::Json;
    }
    let opening = start[..start.len().min(9)].to_ascii_lowercase();
    if opening.starts_with(b"<!doctype") || opening.starts_with(b"<html") {
        return Format::Html;
    }
    let header = super::csv::header(start);
    if header.iter().any(|name| is_text_column(name)) {
        return Format::Csv;
    }
    Format::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_tell_through_compression_and_case() {
        let of = |name: &str| Format::of_path(Path::new(name));
        assert_eq!(of("jobs.csv"), Some(Format::Csv));
        assert_eq!(of("in/Jobs.JSONL.gz"), Some(Format::Jsonl));
        assert_eq!(of("a.b.md.zst"), Some(Format::Markdown));
        assert_eq!(of("jobs"), None);
        assert_eq!(of("jobs.gz"), None);
        assert_eq!(of("photo.png"), None);
    }

    #[test]
    fn content_tells_where_the_name_does_not() {
        let of = |head: &str| sniff(head.as_bytes(), |name| name == "description");
        assert_eq!(of(" {\"text\":1}"), Format::Jsonl);
        assert_eq!(of("{\"text\":1}\n{\"text\":2}\n"), Format::Jsonl);
        assert_eq!(of("{\n \"text\":1}\n"), Format::Json);
        assert_eq!(of("[ {\"text\":1}]"), Format::Json);
        assert_eq!(of("[1] a source"), Format::Text);
        assert_eq!(of("\n<!DOCTYPE html>"), Format::Html);
        assert_eq!(of("id,description\n1,x\n"), Format::Csv);
        assert_eq!(of("id;\"description\"\n1;x\n"), Format::Csv);
        assert_eq!(of("We hire, and train, people.\n"), Format::Text);
        assert_eq!(of(""), Format::Text);
    }
}
