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

/// Why a file whose first bytes are `head` cannot be read, whatever it is called.
pub(crate) fn refusal(head: &[u8]) -> Option<&'static str> {
    const SIGNS: &[(&[u8], &str)] = &[
        (
            b"PK\x03\x04",
            "is a ZIP archive or an Office file: save it as text, HTML or CSV",
        ),
        (b"%PDF-", "is a PDF: save it as text"),
        (
            b"\xd0\xcf\x11\xe0",
            "is a file of an old Office version: save it as text, HTML or CSV",
        ),
        (b"{\\rtf", "is rich text: save it as text"),
        (b"PAR1", "is a Parquet file: export it as CSV or JSON lines"),
        (b"BZh", "is compressed with bzip2: use gzip or zstd"),
        (b"\xfd7zXZ\0", "is compressed with xz: use gzip or zstd"),
    ];
    let sign = SIGNS.iter().find(|(magic, _)| head.starts_with(magic));
    sign.map(|(_, advice)| *advice)
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
