//! Whole files → documents: plain text, Markdown, HTML, and what [`extract`] reads.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::batch::{Batch, Body, Draft, Lost};
use super::chunk::Chunk;
use super::decode::decode;
use super::extract::Extracted;
use super::gate::{Gate, Wanted};
use super::html::{self, Kind};
use super::isolate::Readers;
use super::markup::{self, MarkupChoice};
use super::stream::Stream;
use super::{Format, InputOptions, student};
use crate::document::{Document, Genre, Markup, Origin};
use crate::error::Severity;

/// Longest first line that is taken for a title, in bytes.
const LONGEST_TITLE: usize = 120;

/// Reads one file as one record.
pub(super) struct WholeFile {
    chunk: Chunk,
    label: Arc<str>,
    format: Format,
    limit: usize,
}

impl WholeFile {
    pub(super) fn new(
        stream: Stream,
        label: Arc<str>,
        format: Format,
        options: &InputOptions,
    ) -> WholeFile {
        WholeFile {
            chunk: Chunk::new(stream),
            label,
            format,
            limit: options.limits.record,
        }
    }

    pub(super) fn into_chunk(self) -> Chunk {
        self.chunk
    }

    /// Appends the file to the batch; always at its end.
    pub(super) fn fill(&mut self, batch: &mut Batch, gate: &mut Gate) -> bool {
        let start = batch.bytes.len();
        while !self.chunk.ended && batch.bytes.len() - start <= self.limit {
            let room = self.limit + 1 - (batch.bytes.len() - start);
            self.chunk.more(&mut batch.bytes, room.min(1 << 18));
        }
        let origin = Origin {
            input: self.label.clone(),
            row: 0,
        };
        let range = start..batch.bytes.len();
        let lost = if let Some(error) = self.chunk.error.take() {
            Some(format!("reading stopped: {error}"))
        } else if range.len() > self.limit {
            Some(format!(
                "the file is longer than {} bytes (--max-record)",
                self.limit
            ))
        } else {
            None
        };
        if let Some(reason) = lost {
            batch.bytes.truncate(start);
            gate.problem(batch, origin, "read", Severity::Error, reason);
        } else {
            let label = self.label.clone();
            gate.record(
                batch,
                origin,
                Wanted::Id(&label),
                Body::File(self.format, range),
            );
        }
        true
    }
}

/// Builds the document of one file. Its title is the first heading, what the page or its
/// front matter calls itself, a short first line, or the file's name: the first there is.
pub(super) fn finish(
    format: Format,
    bytes: &[u8],
    options: &InputOptions,
    readers: &Readers,
    draft: &mut Draft,
) -> Result<(), Lost> {
    draft.document.genre = options.genre.unwrap_or(Genre::Essay);
    draft.document.student = student::of(&draft.document.origin.input)
        .unwrap_or_default()
        .to_string();
    if format.is_binary() {
        let extracted = readers.document(format, bytes, &options.limits);
        return finish_extracted(extracted.map_err(|reason| ("parse", reason))?, draft);
    }
    let text = text_of(format, bytes, draft)?;
    let text = draft.repaired(text);
    let choice = match format {
        Format::Html if options.markup == MarkupChoice::Auto => MarkupChoice::Html,
        Format::Markdown if options.markup == MarkupChoice::Auto => MarkupChoice::Markdown,
        _ => options.markup,
    };
    let empty = text.trim().is_empty();
    let mut named = String::new();
    let document = &mut draft.document;
    if format == Format::Html && choice == MarkupChoice::Html {
        let page = html::convert(&text, Kind::WholePage);
        named = page.title;
        (document.text, document.markup) = (page.text, Markup::Markdown);
    } else if choice == MarkupChoice::Markdown {
        let (matter, body) = front_matter(&text);
        named = matter
            .lines()
            .find_map(|line| line.strip_prefix("title:"))
            .unwrap_or("")
            .to_string();
        document.text = body.to_string();
        document.markup = Markup::Markdown;
    } else {
        (document.text, document.markup) = markup::read(text, choice);
    }
    if !empty && document.text.trim().is_empty() {
        draft
            .warnings
            .push(("parse", "the file is markup without words".to_string()));
    }
    document.title = title(document, &named);
    Ok(())
}

/// Fills in what a reader of a binary format found.
fn finish_extracted(found: Extracted, draft: &mut Draft) -> Result<(), Lost> {
    let document = &mut draft.document;
    (document.text, document.markup) = (found.text, Markup::Markdown);
    document.pages = found.pages;
    document.title = title(document, &found.title);
    let remarks = found.remarks.into_iter();
    draft
        .warnings
        .extend(remarks.map(|remark| ("parse", remark)));
    if draft.document.text.trim().is_empty() {
        let reason = "the document has no text".to_string();
        draft.warnings.push(("parse", reason));
    }
    Ok(())
}

/// The title of a document that calls itself `named`.
fn title(document: &Document, named: &str) -> String {
    let named = named.trim().trim_matches(['"', '\'']);
    heading(&document.text, document.markup)
        .or((!named.is_empty()).then_some(named))
        .or(first_line(&document.text))
        .map_or_else(
            || stem(&document.origin.input),
            |title| markup::read_line(title, MarkupChoice::Auto),
        )
}

/// The file's text; an HTML page that is not UTF-8 is read in the encoding it declares.
fn text_of<'a>(format: Format, bytes: &'a [u8], draft: &mut Draft) -> Result<Cow<'a, str>, Lost> {
    if format == Format::Html
        && std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = declared(bytes)
    {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(text);
    }
    let decoded = decode(bytes).map_err(|reason| ("decode", reason))?;
    draft
        .warnings
        .extend(decoded.remark.map(|remark| ("decode", remark)));
    Ok(decoded.text)
}

/// The encoding that a `charset=` in the first 1024 bytes names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + 8;
    let label = head[at..].trim_ascii_start();
    let label = label
        .strip_prefix(b"\"")
        .or(label.strip_prefix(b"'"))
        .unwrap_or(label);
    let end = label
        .iter()
        .position(|byte| b"\"'/> ;\t\r\n".contains(byte))?;
    Encoding::for_label(&label[..end])
}

/// The front matter between `---` lines, and what follows it.
fn front_matter(text: &str) -> (&str, &str) {
    let Some(rest) = text.strip_prefix("---\n").or(text.strip_prefix("---\r\n")) else {
        return ("", text);
    };
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (&rest[..end], &rest[end + line.len()..]);
        }
        end += line.len();
    }
    ("", text)
}

/// The words of the first `#` heading, or of a first line that `=` underlines.
fn heading(text: &str, markup: Markup) -> Option<&str> {
    if markup != Markup::Markdown {
        return None;
    }
    let hash = text.lines().find_map(|line| {
        let words = line.trim_start_matches('#');
        (words.len() < line.len() && words.starts_with(' '))
            .then(|| words.trim().trim_end_matches('#').trim_end())
    });
    hash.filter(|words| !words.is_empty())
}

/// The first line with words, if it is short and does not read as a sentence or an item.
fn first_line(text: &str) -> Option<&str> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = line.trim_matches('*');
    let sentence = line.ends_with(['.', '!', '?', ':', ';', ',']) || line.len() > LONGEST_TITLE;
    let words = line.starts_with(|c: char| c.is_alphanumeric() || "\"'“‘(".contains(c));
    (words && !sentence).then_some(line)
}

/// The file's name without folder and extensions, its `_` and `-` as spaces.
fn stem(label: &str) -> String {
    let mut path = Path::new(label);
    while let Some(stem) = path
        .file_stem()
        .filter(|stem| Some(*stem) != path.file_name())
    {
        path = Path::new(stem);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.replace(['_', '-'], " ").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: Format, name: &str, bytes: &[u8]) -> crate::document::Document {
        let mut draft = Draft::default();
        draft.document.origin.input = name.into();
        let readers = Readers::default();
        finish(
            format,
            bytes,
            &InputOptions::default(),
            &readers,
            &mut draft,
        )
        .unwrap();
        draft.document
    }

    #[test]
    fn titles_come_from_heading_page_first_line_or_name() {
        let cases: &[(Format, &str, &str)] = &[
            (
                Format::Markdown,
                "Intro.\n\n## Two *jobs* ##\ntext",
                "Two *jobs*",
            ),
            (
                Format::Markdown,
                "---\ntitle: \"On roles\"\n---\nText is long.",
                "On roles",
            ),
            (
                Format::Text,
                "\n  Roles & confusion\n\nText.",
                "Roles & confusion",
            ),
            (
                Format::Text,
                "The text begins at once.\nMore",
                "week 1 my essay",
            ),
            (Format::Text, "- an item\nmore", "week 1 my essay"),
            (Format::Text, "", "week 1 my essay"),
            (Format::Html, "<title>A page</title><p>Text.", "A page"),
            (
                Format::Html,
                "<title>A page</title><h1>A <i>job</i></h1>",
                "A job",
            ),
        ];
        for (format, text, title) in cases {
            assert_eq!(
                read(*format, "essays/week_1-my essay.txt.gz", text.as_bytes()).title,
                *title,
                "{text}"
            );
        }
    }

    #[test]
    fn front_matter_is_no_text() {
        let document = read(Format::Markdown, "a.md", b"---\nauthor: x\n---\n# Roles\n");
        assert_eq!(
            (document.text.as_str(), document.genre),
            ("# Roles\n", Genre::Essay)
        );
    }

    #[test]
    fn a_page_is_read_in_the_encoding_it_declares() {
        let page = b"<html><head><meta charset='iso-8859-2'></head><p>Pilsen = Plze\xf2</p>";
        assert_eq!(read(Format::Html, "a.html", page).text, "Pilsen = Plzeň\n");
    }
}
