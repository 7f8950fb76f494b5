//! PDF → text, by `pdftotext` or a built-in reader: both give lines and where they stand,
//! and all that makes text of them is shared.
//!
//! The steps: pages of lines ([`poppler`], [`builtin`]), lines mended ([`lines`]), headers and
//! footers dropped ([`margins`]), paragraphs ([`blocks`], [`hyphens`]), text ([`layout`],
//! [`tables`]).

mod blocks;
mod builtin;
mod hyphens;
mod layout;
mod lines;
mod margins;
mod page;
mod poppler;
mod tables;

use serde::{Deserialize, Serialize};

use super::extract::Extracted;

/// `--pdf`: what reads PDFs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PdfChoice {
    /// `pdftotext` where it is installed, else the built-in reader.
    #[default]
    Auto,
    /// `pdftotext` of Poppler.
    Pdftotext,
    /// The built-in reader.
    Builtin,
}

/// The reader that is used, and the limits that hold for one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    /// Whether `pdftotext` reads; else the built-in reader does.
    pub pdftotext: bool,
    /// Pages.
    pub max_pages: usize,
    /// Bytes of text.
    pub max_text: usize,
    /// Seconds.
    pub max_seconds: u64,
}

/// The version of `pdftotext`, if it is installed.
pub(super) fn pdftotext_version() -> Option<String> {
    poppler::version()
}

/// Reads a PDF; `Err` is the reason why nothing can be read from it.
pub(super) fn read(bytes: &[u8], settings: &Settings) -> Result<Extracted, String> {
    let mut pages = if settings.pdftotext {
        poppler::pages(bytes, settings)?
    } else {
        builtin::pages(bytes, settings)?
    };
    if pages.is_empty() {
        return Err(lost(bytes));
    }
    if pages.len() > settings.max_pages {
        let most = settings.max_pages;
        return Err(format!("it has more than {most} pages (--max-pages)"));
    }
    pages.iter_mut().for_each(lines::mend);
    margins::strip(&mut pages);
    let all = pages.iter().flat_map(|page| &page.lines);
    let words = hyphens::Words::new(all.map(|line| line.text.as_str()));
    let blank: Vec<usize> = (0..pages.len())
        .filter(|at| pages[*at].lines.is_empty())
        .collect();
    if blank.len() == pages.len() {
        return Err(format!(
            "{}: scanned or damaged?",
            match pages.len() {
                1 => "its one page has no text".to_string(),
                count => format!("none of its {count} pages has text"),
            }
        ));
    }
    let (text, starts) = layout::text(&blocks::blocks(&pages, &words), pages.len());
    let mut remarks = Vec::new();
    if !blank.is_empty() {
        remarks.push(blank_pages(&blank, pages.len()));
    }
    remarks.extend(unread(&text));
    Ok(Extracted {
        text,
        pages: starts,
        remarks,
        ..Extracted::default()
    })
}

fn blank_pages(blank: &[usize], count: usize) -> String {
    const MOST: usize = 10;
    let numbers: Vec<String> = blank
        .iter()
        .take(MOST)
        .map(|at| (at + 1).to_string())
        .collect();
    let more = if blank.len() > MOST { ", …" } else { "" };
    format!(
        "of its {count} pages, {} without text ({}{more}): scanned or damaged?",
        blank.len(),
        numbers.join(", ")
    )
}

/// A remark where more than one character in two hundred could not be read: those that the
/// font does not name come as U+FFFD or in the private use area.
fn unread(text: &str) -> Option<String> {
    let unknown = |c: &char| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}');
    let (count, all) = (text.chars().filter(unknown).count(), text.chars().count());
    (count > 4 && count * 200 > all)
        .then(|| format!("{count} of its {all} characters could not be read"))
}

/// Why the reader gave up, as far as the bytes tell.
fn lost(bytes: &[u8]) -> String {
    if memchr::memmem::find(bytes, b"/Encrypt").is_some() {
        return "the PDF is encrypted: save it without a password".to_string();
    }
    "no PDF reader can make anything of it: damaged?".to_string()
}

fn too_slow(seconds: u64) -> String {
    format!("reading it took more than {seconds} seconds (--max-seconds)")
}

fn too_long(bytes: usize) -> String {
    format!("its text has more than {bytes} bytes (--max-text)")
}
